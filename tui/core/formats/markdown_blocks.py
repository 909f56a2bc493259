"""The blocks of a Markdown document: from markdown-it's tokens to one flat run of items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.core.episode import Block, BlockKind, Span, SpanKind
from tui.core.formats.draft import Heading, Item
from tui.core.formats.html_text import Edge, Fragment, pieces_of
from tui.core.formats.lines import shifted
from tui.core.formats.markdown_folds import QUERY
from tui.core.formats.markdown_html import Enclosures, Lists
from tui.core.formats.markdown_inline import MAX_NESTING, Environment, Inline, inline_text, parser
from tui.core.formats.time_links import linked_time
from tui.core.formats.times import closing_range, leading_time

if TYPE_CHECKING:
    from markdown_it.token import Token

CELL_GAP = " | "
CALLOUT = re.compile(r"\[!(?P<kind>[\w -]{1,40})(?:\|[^\]\n]*)?\](?P<sign>[+-]?)[ \t]*")
TASK = re.compile(r"\[([ xX])\] ")
SETEXT_CHARS = 120
"""A longer line above dashes is a paragraph whose author left out the blank line before a rule."""

LANGUAGE = re.compile(r"[\w+#.-]{1,30}")
"""The name of a language beside a fence; what else stands there is an app's."""

QUERIES = frozenset({"dataview", "dataviewjs", "base", "tasks", "query"})
"""Languages of code that an app shows the answer of, not the code."""


MOST_ADDRESSES = 20
"""So many tell which episode the times of a document lead to."""


class TooDeepError(Exception):
    """Lists or quotations are nested so deeply that the parser would drop text."""


@dataclass(slots=True)
class Container:
    """A quotation, or a list and the item being read in it."""

    is_quote: bool
    number: int | None = None
    fresh: bool = False
    """The item has no text yet."""

    fold: str | None = None
    """What is folded in it from here on."""


def markdown_items(text: str, environment: Environment | None = None) -> list[Item]:
    """Return the headings and blocks of a Markdown text; line feeds in a block are its source's line ends.

    Args:
        text: The document's source.
        environment: Gets the ``tags`` and inline ``fields`` found, and the ``addresses`` that times link to.

    Raises:
        TooDeepError: Lists or quotations are nested deeper than ``MAX_NESTING``.
    """
    environment = {} if environment is None else environment
    tokens = parser().parse(text, environment)
    return Blocks(environment).read(tokens)


class Blocks:
    """The items read so far, and the containers that are open."""

    def __init__(self, environment: Environment | None = None) -> None:
        self.environment: Environment = {} if environment is None else environment
        self.items: list[Item] = []
        self.containers: list[Container] = []
        self.cells: list[tuple[str, tuple[Span, ...]]] = []
        self.enclosures = Enclosures(self.items)
        self.lists = Lists()

    def read(self, tokens: Sequence["Token"]) -> list[Item]:
        """Return what the tokens of a document hold."""
        opening = None
        for token in tokens:
            if token.level >= MAX_NESTING - 1:
                raise TooDeepError
            if token.type == "inline":
                self.add_inline(token, opening)
            elif token.type in ("fence", "code_block"):
                self.add_code(token)
            elif token.type == "hr":
                self.items.append(Block(BlockKind.RULE, ""))
            elif token.type == "html_block":
                self.add_html(token.content)
            else:
                self.follow(token)
            opening = token
        self.enclosures.finish()
        return self.items

    def follow(self, token: "Token") -> None:
        """Keep account of the open containers and of the cells of a table's row."""
        kind = token.type
        if kind == "blockquote_open":
            self.containers.append(Container(is_quote=True, fold=self.fold))
        elif kind in ("bullet_list_open", "ordered_list_open"):
            self.containers.append(Container(is_quote=False, fold=self.fold))
        elif kind == "list_item_open":
            item = self.containers[-1]
            item.fresh, item.number = True, int(token.info) if token.info else None
        elif kind in ("blockquote_close", "bullet_list_close", "ordered_list_close"):
            self.containers.pop()
        elif kind == "tr_close":
            self.add_row()

    @property
    def fold(self) -> str | None:
        """The folded stretch that is open."""
        return self.containers[-1].fold if self.containers else None

    def add_inline(self, token: "Token", opening: "Token | None") -> None:
        """Add the text of a heading, cell or paragraph."""
        inline = inline_text(token.content, self.environment)
        text = inline.text
        within = opening.type if opening else ""
        if within in ("th_open", "td_open"):
            self.cells.append((text.replace("\n", " "), inline.spans))
        elif within == "heading_open" and opening is not None and not self.is_rule_below(opening, text):
            self.add_heading(inline, int(opening.tag[1:]))
        else:
            self.add_text(text, inline.spans, self.time_of(inline))
            if within == "heading_open":
                self.items.append(Block(BlockKind.RULE, ""))

    def is_rule_below(self, opening: "Token", text: str) -> bool:
        """Say whether what the grammar takes for an underlined heading is a paragraph above a rule."""
        return opening.markup == "-" and (
            len(text) > SETEXT_CHARS or "\n" in text or text.endswith((".", "。"))
        )

    def time_of(self, inline: Inline, *, is_heading: bool = False) -> float | None:
        """Return the time that a text links to; the address is noted down."""
        if not inline.addresses:
            return None
        timed = linked_time(inline.text, inline.addresses, is_heading=is_heading)
        if timed is None:
            return None
        if timed.address:
            addresses = self.environment.setdefault("addresses", [])
            addresses += [timed.address] if len(addresses) < MOST_ADDRESSES else []
        return timed.start_s

    def add_heading(self, inline: Inline, level: int) -> None:
        """Add a heading; inside a list or quotation it is a block set in bold."""
        text = inline.text.replace("\n", " ")
        start_s = self.time_of(inline, is_heading=True)
        if self.containers:
            spans = (Span(0, len(text), SpanKind.STRONG), *inline.spans) if text else ()
            self.add_text(text, spans, start_s)
        else:
            heading = timed_heading(text, level, without_bold(text, inline.spans))
            heading = heading if heading.start_s is not None else replace(heading, start_s=start_s)
            self.items.append(heading)
            self.enclosures.heading = heading

    def add_text(self, text: str, spans: tuple[Span, ...], start_s: float | None = None) -> None:
        """Add a paragraph: of its own, of a list item or of a quotation."""
        if not text:
            return
        innermost = self.containers[-1] if self.containers else None
        if innermost and innermost.is_quote:
            self.add_quote(text, spans, innermost, start_s)
        elif innermost and innermost.fresh:
            innermost.fresh = False
            kind = BlockKind.BULLET if innermost.number is None else BlockKind.NUMBERED
            task = TASK.match(text)
            text = ("☐ " if task[1] == " " else "☑ ") + text[task.end() :] if task else text
            spans = shifted(spans, -2, len(text)) if task else spans
            self.add(kind, text, spans, innermost.number, start_s)
        else:
            self.add(BlockKind.PARAGRAPH, text, spans, start_s=start_s)

    def add_quote(
        self, text: str, spans: tuple[Span, ...], container: Container, start_s: float | None
    ) -> None:
        """Add a quotation; the first line of a callout is its title, or its kind says what it is.

        A callout marked with a minus is folded below its title, as Obsidian shows it.
        """
        callout = CALLOUT.match(text)
        if callout:
            first, _, rest = text[callout.end() :].partition("\n")
            kind = callout["kind"].replace("-", " ").strip()
            title = first.strip() or kind.capitalize()
            self.add(BlockKind.QUOTE, title, (Span(0, len(title), SpanKind.STRONG),))
            if callout["sign"] == "-":
                container.fold = container.fold or kind.lower() or "callout"
            cut = len(text) - len(rest)
            text, spans = rest, shifted(spans, -cut, len(rest))
        if text:
            self.add(BlockKind.QUOTE, text, spans, start_s=start_s)

    def add_row(self) -> None:
        """Add the cells read since the last row as one."""
        spans: list[Span] = []
        at = 0
        for text, inside in self.cells:
            spans += shifted(inside, at, at + len(text))
            at += len(text) + len(CELL_GAP)
        row = CELL_GAP.join(text for text, _ in self.cells)
        self.cells.clear()
        if row.strip(" |"):
            self.add(BlockKind.TABLE_ROW, row, tuple(spans))

    def add_code(self, token: "Token") -> None:
        """Add code; a query that only an app can answer is folded."""
        text = token.content.rstrip("\n").expandtabs(4)
        language = token.info.strip().partition(" ")[0]
        if text.strip():
            fold = self.fold or (QUERY if language.lower() in QUERIES else None)
            code = Block(BlockKind.CODE, text, len(self.containers), fold=fold)
            self.items.append(replace(code, language=language) if LANGUAGE.fullmatch(language) else code)

    def add_html(self, source: str) -> None:
        """Add the text of a piece of HTML."""
        self.lists = Lists()
        for piece in pieces_of(source):
            if isinstance(piece, Fragment):
                self.add_fragment(piece)
            else:
                self.add_edge(piece)
        if self.cells:
            self.add_row()

    def add_fragment(self, fragment: Fragment) -> None:
        """Add a stretch of text out of HTML as what its element makes it."""
        text, spans, element = fragment.text, fragment.spans, fragment.element
        inline = Inline(text, spans, fragment.addresses)
        if element[:1] == "h" and element[1:].isdecimal():
            self.add_heading(inline, int(element[1:]))
        elif element in ("td", "th"):
            self.cells.append((text, spans))
        elif element == "pre":
            self.add(BlockKind.CODE, text)
        elif element == "li":
            number = self.lists.next_number()
            kind = BlockKind.BULLET if number is None else BlockKind.NUMBERED
            depth = len(self.containers) + max(1, len(self.lists.numbers))
            self.items.append(Block(kind, text, depth, spans, number, None, self.time_of(inline), self.fold))
        elif element == "summary":
            self.add_text(text, (Span(0, len(text), SpanKind.STRONG),))
            self.enclosures.note_summary(text)
        else:
            self.add_text(text, spans, self.time_of(inline))

    def add_edge(self, edge: Edge) -> None:
        """Follow the beginning or end of an element of HTML."""
        element = edge.element
        if element == "hr":
            self.items.append(Block(BlockKind.RULE, ""))
        elif element == "tr" and self.cells:
            self.add_row()
        elif element in ("ol", "ul"):
            self.lists.follow(edge)
        else:
            self.enclosures.follow(edge)

    def add(
        self,
        kind: BlockKind,
        text: str,
        spans: tuple[Span, ...] = (),
        number: int | None = None,
        start_s: float | None = None,
    ) -> None:
        """Add a block at the depth of the open containers."""
        if kind is not BlockKind.CODE and kind is not BlockKind.PARAGRAPH:
            text = text.replace("\n", " ")
        if text.strip():
            depth = 0 if kind is BlockKind.TABLE_ROW else len(self.containers)
            self.items.append(Block(kind, text, depth, spans, number, None, start_s, self.fold))


def without_bold(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the spans of a heading without the bold set over all of it: a heading is bold already."""
    return tuple(
        span
        for span in spans
        if not (span.kind is SpanKind.STRONG and not span.start and span.end == len(text))
    )


def timed_heading(text: str, level: int, spans: tuple[Span, ...]) -> Heading:
    """Return a heading; a time it begins with is taken out of its words, a stretch at its end stays."""
    timed = leading_time(text)
    if timed and timed[1] < len(text):
        start_s, length = timed
        rest = text[length:]
        return Heading(rest, level, shifted(spans, -length, len(rest)), start_s)
    return Heading(text, level, spans, timed[0] if timed else closing_range(text))
