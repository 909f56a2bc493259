"""From a parsed page to headings and blocks: one walk over its tree, without recursion.

Two flows of text come out of it: the page's own, and the furniture around it, which is kept apart.
"""

import re
from typing import TYPE_CHECKING

from tui.core.episode import SpanKind
from tui.core.formats.draft import Item
from tui.core.formats.html_elements import BOLD_STYLE, INLINE, SPANS, UNSEEN, Attributes, Judge
from tui.core.formats.html_flow import Flow
from tui.core.formats.html_line import web_link
from tui.core.formats.html_marks import SPECIAL, Leave
from tui.core.formats.html_turns import STAMP_ALONE, LabelPart, Turn, marks_time
from tui.core.formats.lines import word_set

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

LINES = (
    frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "summary", "dt", "figcaption", "caption"}) | INLINE
)
"""Elements in which one with a name of its own, as ``x-tooltip``, is part of the line."""

BRACKETS = {"q": ("“", "”"), "rt": ("(", ")")}
"""What browsers show around an element; readings stand above their words there, and behind them here."""

ANCHOR = re.compile(r"[#¶§🔗\s\ufe0f]*")
"""The link to itself that a heading has on many pages."""

CHIPS = word_set("tag chip badge pill label tags")
"""Words in the classes of what stands in a box of its own within a line."""

BUTTON_CHARS = 20


class Walk:
    """A walk over a page's tree."""

    def __init__(self, judge: Judge, base: str = "", roots: frozenset[int] = frozenset()) -> None:
        """Prepare for a walk.

        Args:
            judge: Who knows furniture.
            base: The page's address, or "".
            roots: The elements that hold the page's text, by ``mem_id``; without any, all of it does.
        """
        self.judge = judge
        self.base = base
        self.roots = roots
        self.items: list[Item] = []
        self.furniture: list[Item] = []
        self.page = Flow(self.items)
        self.flow = Flow(self.furniture, is_furniture=True) if roots else self.page
        self.within = 0
        """How many elements are open that hold the page's text by their name."""

        self.path: list[tuple[LexborNode, str, Leave]] = []
        """The open elements."""

    @property
    def turns(self) -> dict[int, Turn]:
        """What the beginnings of the page's blocks say about them, by the ``id`` of the block."""
        return self.page.turns

    def walk_tree(self, tree: "LexborHTMLParser") -> None:
        """Read all that a page holds."""
        if tree.body is not None:
            self.walk(tree.body)

    def walk(self, root: "LexborNode") -> None:
        """Read all that an element holds."""
        node = root.first_child
        while node is not None or self.path:
            if node is None:
                node, _, leave = self.path.pop()
                leave()
                node = node.next
                continue
            tag = node.tag or ""
            if tag == "-text":
                self.add_text(node.text_content or "")
                node = node.next
                continue
            first, entered = self.enter(tag, node) if tag not in UNSEEN else (None, None)
            if entered is None:
                node = node.next
            else:
                self.path.append((node, tag, entered))
                node = first
        self.flow.end_block()

    def add_text(self, text: str) -> None:
        """Add a text of the page to the line."""
        if self.flow.code:
            self.flow.line.add_code(text)
        else:
            self.flow.line.add(text)

    def enter(self, tag: str, node: "LexborNode") -> tuple["LexborNode | None", Leave | None]:
        """Return where to go on in an element, and what leaves it again: None to pass it over."""
        attributes: Attributes = node.attributes
        if tag == "template":
            return self.enter_template(node, attributes)
        return node.first_child, self.leave_for(tag, node, attributes)

    def enter_template(
        self, node: "LexborNode", attributes: Attributes
    ) -> tuple["LexborNode | None", Leave | None]:
        """Enter a template if the page shows it: where a saved page keeps what its own elements drew."""
        fragments = node.template_fragments() if attributes.get("shadowrootmode") else []
        return (fragments[0].first_child, self.flow.break_line) if fragments else (None, None)

    def leave_for(self, tag: str, node: "LexborNode", attributes: Attributes) -> Leave | None:
        """Enter an element as what it is, and return what leaves it again."""
        if self.roots and self.flow is not self.page and node.mem_id in self.roots:
            return self.enter_flow(self.page, block=True, within=1)
        if self.flow is self.page and attributes and self.judge.is_hidden(node, attributes):
            return self.enter_furniture(block=tag not in INLINE)
        if tag in INLINE or ("-" in tag and self.path and self.path[-1][1] in LINES):
            return self.enter_inline(tag, node, attributes)
        if tag == "button" and self.is_text_button(node):
            return self.enter_inline("span", node, attributes)
        within = self.within > 0 or bool(self.flow.containers)
        if self.flow is self.page and self.judge.is_furniture(node, tag, attributes, within=within):
            return self.enter_furniture(block=True)
        special = SPECIAL.get(tag)
        return special(self.flow, node, attributes) if special else self.enter_block(tag, attributes)

    def is_text_button(self, node: "LexborNode") -> bool:
        """Say whether a button is part of the text: a time to play from, a heading that unfolds."""
        if self.flow.heading or self.flow.is_bold:
            return not self.flow.line.pieces
        text = node.text()
        return len(text) < BUTTON_CHARS and STAMP_ALONE.fullmatch(text) is not None

    def enter_flow(self, flow: Flow, *, block: bool, within: int = 0) -> Leave:
        """Go on in another flow of text until the element is left."""
        before = self.flow
        if block:
            before.break_line()
        self.flow = flow
        self.within += within

        def leave() -> None:
            flow.end_block()
            self.flow = before
            self.within -= within

        return leave

    def enter_furniture(self, *, block: bool) -> Leave:
        """Read an element as furniture."""
        return self.enter_flow(Flow(self.furniture, is_furniture=True), block=block)

    def enter_inline(self, tag: str, node: "LexborNode", attributes: Attributes) -> Leave:
        """Enter an element within a line."""
        if tag == "a":
            return self.enter_link(node, attributes)
        flow, line = self.flow, self.flow.line
        time = self.label_of(tag, node, attributes)
        kind = SPANS.get(tag)
        if kind is None and "style" in attributes and BOLD_STYLE.search(attributes["style"] or ""):
            kind = SpanKind.STRONG
        opening, closing = BRACKETS.get(tag, ("", ""))
        line.add(opening)
        if kind:
            line.begin(kind)
        start = line.length

        def leave() -> None:
            if time is not None and line.length > start:
                flow.label.append(LabelPart(time, start, line.length))
            if kind:
                line.end(kind)
            line.add(closing)

        return leave

    def label_of(self, tag: str, node: "LexborNode", attributes: Attributes) -> bool | None:
        """Return whether an element within a line marks a time (or a speaker), None for neither.

        One with a name that follows another without a blank stands apart from it on the page.
        """
        if tag not in ("cite", "time") and "class" not in attributes:
            return None
        names = self.judge.names_of(attributes)
        if names & CHIPS:
            self.flow.line.add(" ")
        before = node.prev
        if before is not None and before.tag in INLINE and tag not in ("code", "sub", "sup"):
            self.flow.line.apart = True
        return marks_time(tag, names)

    def enter_link(self, node: "LexborNode", attributes: Attributes) -> Leave:
        """Enter a link; a heading's own anchor is none of its words."""
        flow, line = self.flow, self.flow.line
        if flow.heading and ANCHOR.fullmatch(node.text()) and node.css_first("img") is None:
            return self.enter_flow(Flow([]), block=False)
        if node.prev is not None and node.prev.tag == "a":
            line.apart = True
        target = web_link(attributes.get("href") or "", self.base)
        line.links += 1
        if target:
            line.begin(SpanKind.LINK, target)

        def leave() -> None:
            line.links -= 1
            if target:
                line.end(SpanKind.LINK)

        return leave

    def enter_block(self, tag: str, attributes: Attributes) -> Leave:
        """Enter a block without a meaning of its own."""
        flow = self.flow
        flow.break_line()
        inner = tag in ("article", "main")
        self.within += inner
        time = marks_time(tag, self.judge.names_of(attributes)) if "class" in attributes else None

        def leave() -> None:
            if time is not None and flow.line.length:
                flow.label.append(LabelPart(time, 0, flow.line.length))
            flow.break_line()
            self.within -= inner

        return leave
