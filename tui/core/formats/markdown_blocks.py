"""The blocks of a Markdown document: from markdown-it's tokens to one flat run of items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.core.episode import Block, BlockKind, Span, SpanKind
from tui.core.formats.draft import Heading, Item
from tui.core.formats.html_text import Fragment, fragments
from tui.core.formats.lines import shifted
from tui.core.formats.markdown_inline import MAX_NESTING, inline_text, parser
from tui.core.formats.times import closing_range, leading_time

if TYPE_CHECKING:
    from markdown_it.token import Token

CELL_GAP = " | "
CALLOUT = re.compile(r"\[!([\w-]+)\][+-]?[ \t]*")
TASK = re.compile(r"\[([ xX])\] ")
SETEXT_CHARS = 120
"""A longer line above dashes is a paragraph whose author left out the blank line before a rule."""


class TooDeepError(Exception):
    """Lists or quotations are nested so deeply that the parser would drop text."""


@dataclass(slots=True)
class Container:
    """A quotation, or a list and the item being read in it."""

    is_quote: bool
    number: int | None = None
    fresh: bool = False
    """The item has no text yet."""


def markdown_items(text: str) -> list[Item]:
    """Return the headings and blocks of a Markdown text; line feeds in a block are its source's line ends.

    Raises:
        TooDeepError: Lists or quotations are nested deeper than ``MAX_NESTING``.
    """
    tokens = parser().parse(text)
    return Blocks().read(tokens)


class Blocks:
    """The items read so far, and the containers that are open."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.containers: list[Container] = []
        self.cells: list[tuple[str, tuple[Span, ...]]] = []

    def read(self, tokens: Sequence["Token"]) -> list[Item]:
        """Return what the tokens of a document hold."""
        opening = None
        for token in tokens:
            if token.level >= MAX_NESTING - 1:
                raise TooDeepError
            if token.type == "inline":
                self.add_inline(token, opening)
            elif token.type in ("fence", "code_block"):
                self.add(BlockKind.CODE, token.content.rstrip("\n").expandtabs(4))
            elif token.type == "hr":
                self.items.append(Block(BlockKind.RULE, ""))
            elif token.type == "html_block":
                self.add_html(token.content)
            else:
                self.follow(token)
            opening = token
        return self.items

    def follow(self, token: "Token") -> None:
        """Keep account of the open containers and of the cells of a table's row."""
        kind = token.type
        if kind == "blockquote_open":
            self.containers.append(Container(is_quote=True))
        elif kind in ("bullet_list_open", "ordered_list_open"):
            self.containers.append(Container(is_quote=False))
        elif kind == "list_item_open":
            item = self.containers[-1]
            item.fresh, item.number = True, int(token.info) if token.info else None
        elif kind in ("blockquote_close", "bullet_list_close", "ordered_list_close"):
            self.containers.pop()
        elif kind == "tr_close":
            self.add_row()

    def add_inline(self, token: "Token", opening: "Token | None") -> None:
        """Add the text of a heading, cell or paragraph."""
        text, spans = inline_text(token)
        within = opening.type if opening else ""
        if within in ("th_open", "td_open"):
            self.cells.append((text.replace("\n", " "), spans))
        elif within == "heading_open" and opening is not None and not self.is_rule_below(opening, text):
            self.add_heading(text.replace("\n", " "), int(opening.tag[1:]), spans)
        else:
            self.add_text(text, spans)
            if within == "heading_open":
                self.items.append(Block(BlockKind.RULE, ""))

    def is_rule_below(self, opening: "Token", text: str) -> bool:
        """Say whether what the grammar takes for an underlined heading is a paragraph above a rule."""
        return opening.markup == "-" and (
            len(text) > SETEXT_CHARS or "\n" in text or text.endswith((".", "。"))
        )

    def add_heading(self, text: str, level: int, spans: tuple[Span, ...]) -> None:
        """Add a heading; inside a list or quotation it is a block set in bold."""
        if self.containers:
            self.add_text(text, (Span(0, len(text), SpanKind.STRONG), *spans) if text else ())
        else:
            self.items.append(timed_heading(text, level, spans))

    def add_text(self, text: str, spans: tuple[Span, ...]) -> None:
        """Add a paragraph: of its own, of a list item or of a quotation."""
        if not text:
            return
        innermost = self.containers[-1] if self.containers else None
        if innermost and innermost.is_quote:
            self.add_quote(text, spans)
        elif innermost and innermost.fresh:
            innermost.fresh = False
            kind = BlockKind.BULLET if innermost.number is None else BlockKind.NUMBERED
            task = TASK.match(text)
            text = ("☐ " if task[1] == " " else "☑ ") + text[task.end() :] if task else text
            spans = shifted(spans, -2, len(text)) if task else spans
            self.add(kind, text, spans, innermost.number)
        else:
            self.add(BlockKind.PARAGRAPH, text, spans)

    def add_quote(self, text: str, spans: tuple[Span, ...]) -> None:
        """Add a quotation; the first line of a callout is its title, or its kind says what it is."""
        callout = CALLOUT.match(text)
        if callout:
            first, _, rest = text[callout.end() :].partition("\n")
            title = first.strip() or callout[1].capitalize()
            self.add(BlockKind.QUOTE, title, (Span(0, len(title), SpanKind.STRONG),))
            cut = len(text) - len(rest)
            text, spans = rest, shifted(spans, -cut, len(rest))
        if text:
            self.add(BlockKind.QUOTE, text, spans)

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

    def add_html(self, source: str) -> None:
        """Add the text of a piece of HTML."""
        for fragment in fragments(source):
            self.add_fragment(fragment)

    def add_fragment(self, fragment: Fragment) -> None:
        """Add a stretch of text out of HTML as what its element makes it."""
        text, element = fragment.text, fragment.element
        if element[:1] == "h" and element[1:].isdecimal():
            self.add_heading(text, int(element[1:]), ())
        elif element == "blockquote":
            self.items.append(Block(BlockKind.QUOTE, text, len(self.containers) + 1))
        elif element == "li":
            self.items.append(Block(BlockKind.BULLET, text, len(self.containers) + 1))
        elif element == "summary":
            self.add_text(text, (Span(0, len(text), SpanKind.STRONG),))
        else:
            self.add_text(text, ())

    def add(
        self, kind: BlockKind, text: str, spans: tuple[Span, ...] = (), number: int | None = None
    ) -> None:
        """Add a block at the depth of the open containers."""
        if kind is not BlockKind.CODE and kind is not BlockKind.PARAGRAPH:
            text = text.replace("\n", " ")
        if text.strip():
            depth = 0 if kind is BlockKind.TABLE_ROW else len(self.containers)
            self.items.append(Block(kind, text, depth, spans, number))


def timed_heading(text: str, level: int, spans: tuple[Span, ...]) -> Heading:
    """Return a heading; a time it begins with is taken out of its words, a stretch at its end stays."""
    timed = leading_time(text)
    if timed and timed[1] < len(text):
        start_s, length = timed
        rest = text[length:]
        return Heading(rest, level, shifted(spans, -length, len(rest)), start_s)
    return Heading(text, level, spans, timed[0] if timed else closing_range(text))
