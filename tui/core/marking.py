"""A text and its spans as inline Markdown: marks around the spans, all other signs escaped."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from tui.core.episode import CELL_BORDER, Span, SpanKind

INLINE_MARKS = re.compile(
    r"""[\\`*\[\]<~]         # code, emphasis, links, tags, strikethrough
    |\$(?=\d)               # an amount of money, which two of may be taken for a formula
    |\^(?=[\w-]+\s*(?:\Z|\|)) # what Obsidian would take for the name of the block
    |(?<!\w)_|_(?!\w)        # emphasis; inside a word an underscore is only itself
    |==|%%                   # marks and comments
    |\A=|=\Z|!\Z             # what the mark of a span beside it would make one of
    |&(?=\#|\w+;)            # what looks like an entity
    """,
    re.VERBOSE,
)
"""Characters that Markdown would take for marks anywhere in a line, table rows aside."""

BORDER = re.compile(rf"{re.escape(CELL_BORDER)}|\|")

MARKERS = {
    SpanKind.STRONG: "**",
    SpanKind.EMPHASIS: "*",
    SpanKind.MARK: "==",
    SpanKind.STRIKE: "~~",
}
"""What stands before and after a stretch of Markdown; code and links are made otherwise."""


def inline_markdown(text: str, spans: Iterable[Span]) -> str:
    """Return a block's text as Markdown, with its spans marked and all other signs escaped."""
    out: list[str] = []
    open_spans: list[Span] = []
    at = 0

    def go_on(to: int) -> None:
        """Write the text up to a place, closing the spans that end on the way."""
        nonlocal at
        while open_spans and open_spans[-1].end <= to:
            span = open_spans.pop()
            out.append(written(text[at : span.end], span) + closing(span, text))
            at = span.end
        out.append(written(text[at:to], open_spans[-1] if open_spans else None))
        at = to

    for span in markable_spans(text, spans):
        go_on(span.start)
        open_spans.append(span)
        out.append(opening(span, text))
    go_on(len(text))
    return "".join(out)


def markable_spans(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return the spans that Markdown can mark, in order, each inside the one before or after it."""
    given = sorted(spans, key=lambda span: (span.start, -span.end))
    codes = [span for span in given if span.kind == SpanKind.CODE]
    outside_code = [
        span for span in given if not (is_inside(span.start, codes) or is_inside(span.end, codes))
    ]
    usable: list[Span] = []
    last_of_kind: dict[SpanKind, Span] = {}
    for cut in uncrossed(outside_code):
        span = trimmed(cut, text)
        if is_markable(span, text, codes) and not runs_into(last_of_kind.get(span.kind), span):
            last_of_kind[span.kind] = span
            usable.append(span)
    return usable


def runs_into(last: Span | None, span: Span) -> bool:
    """Say whether a span is inside or right after one of its kind: their marks would become others."""
    if last is None:
        return False
    return span.start < last.end or (span.start == last.end and span.kind != SpanKind.LINK)


def is_inside(at: float, codes: list[Span]) -> bool:
    """Say whether a place is inside code, where no mark can stand."""
    index = bisect_left(codes, at, key=lambda code: code.start) - 1
    return index >= 0 and at < codes[index].end


def uncrossed(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that begin inside another and go on after it cut in two at its end.

    Of spans with the same stretch, code comes last: nothing is marked inside it.
    """
    waiting = [
        (span.start, -span.end, span.kind == SpanKind.CODE, index, span) for index, span in enumerate(spans)
    ]
    heapify(waiting)
    done: list[Span] = []
    open_ends: list[int] = []
    while waiting:
        start, minus_end, is_code, index, span = heappop(waiting)
        while open_ends and open_ends[-1] <= start:
            open_ends.pop()
        end = min(-minus_end, open_ends[-1]) if open_ends else -minus_end
        if end < -minus_end:
            heappush(waiting, (end, minus_end, is_code, index, span))
        open_ends.append(end)
        done.append(Span(start, end, span.kind, span.target))
    return done


def trimmed(span: Span, text: str) -> Span:
    """Return a span without the blanks at its ends, beside which marks would not be read as marks."""
    inside = text[span.start : span.end]
    start = span.start + len(inside) - len(inside.lstrip())
    return Span(start, start + len(inside.strip()), span.kind, span.target)


def is_markable(span: Span, text: str, codes: list[Span]) -> bool:
    """Say whether there is anything to mark, and marks around it are read as such.

    Between a letter and a punctuation mark they are not (CommonMark 6.2, flanking delimiter runs);
    the marks of code inside the span are such punctuation.
    """
    if span.start == span.end or span.kind not in MARKERS:
        return span.start < span.end
    first, last = text[span.start], text[span.end - 1]
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    opens = not before.isalnum() or (first.isalnum() and not is_inside(span.start + 0.5, codes))
    closes = not after.isalnum() or (last.isalnum() and not is_inside(span.end - 0.5, codes))
    return opens and closes


def written(text: str, inside: Span | None) -> str:
    """Return a stretch of text: as it is inside code, else with Markdown's signs escaped."""
    if inside and inside.kind == SpanKind.CODE:
        return text
    return INLINE_MARKS.sub(lambda match: "".join("\\" + sign for sign in match[0]), text)


def opening(span: Span, text: str) -> str:
    """Return the mark before a span."""
    if span.kind == SpanKind.CODE:
        return code_fence(span, text)
    return "[" if span.kind == SpanKind.LINK else MARKERS[span.kind]


def closing(span: Span, text: str) -> str:
    """Return the mark after a span."""
    if span.kind == SpanKind.CODE:
        return code_fence(span, text)[::-1]
    if span.kind == SpanKind.LINK:
        return f"]({link_target(span.target or '')})"
    return MARKERS[span.kind]


def code_fence(span: Span, text: str) -> str:
    """Return what stands before a span of code; a blank keeps its own back-quotes from the fence."""
    inside = text[span.start : span.end]
    fence = back_quotes(inside, at_least=1)
    return fence + " " if inside.startswith("`") or inside.endswith("`") else fence


def link_target(target: str) -> str:
    """Return where a link leads as Markdown: in angle brackets where a sign in it would end it."""
    if re.search(r"[\s()<>\\]", target):
        return "<" + re.sub(r"[<>\\]", lambda sign: f"%{ord(sign[0]):02X}", target).replace(" ", "%20") + ">"
    return target


def back_quotes(text: str, at_least: int) -> str:
    """Return a run of back-quotes longer than any in the text, so that it can stand around it."""
    return "`" * max([at_least, *(len(run) + 1 for run in re.findall("`+", text))])


def fenced(text: str, language: str | None = None) -> str:
    """Return a block of code between fences that it can't close."""
    fence = back_quotes(text, at_least=3)
    return f"{fence}{language or ''}\n{text}\n{fence}"


def row_markdown(text: str, spans: Iterable[Span] = ()) -> str:
    """Return a table row's text as Markdown; a border sign that stands between no cells is escaped."""
    marked = inline_markdown(text, spans)
    return "| " + BORDER.sub(lambda sign: sign[0] if sign[0] == CELL_BORDER else r"\|", marked) + " |"


def table_rule(columns: int) -> str:
    """Return the line below a table's first row, which makes it a table in Markdown."""
    return "|" + " --- |" * columns
