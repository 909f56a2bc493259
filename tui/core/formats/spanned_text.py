"""Plain text put together piece by piece, with the spans that fit it."""

import re
from collections.abc import Sequence

from tui.core.cleaning import clean_line
from tui.core.episode import Span, SpanKind
from tui.core.formats.lines import GAPS, shifted

MAX_OPEN = 30
"""How many spans may lie in each other: hostile text opens thousands, and never ends them."""

LINK_TARGET = re.compile(r"(?:https?://|mailto:)\S+$", re.I)


class SpannedText:
    """A text being written, its source lines ended by line feeds, and the spans inside it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.last = "\n"
        self.open: list[tuple[SpanKind, int, str | None]] = []
        self.spans: list[Span] = []
        self.addresses: list[tuple[int, int, str]] = []
        """Where each link stands, and where it leads, whatever its scheme."""

    def add(self, text: str) -> None:
        """Add text; white space meeting white space is not doubled."""
        text = GAPS.sub(" ", text)
        if self.last.isspace():
            text = text.lstrip()
        if text:
            self.pieces.append(text)
            self.length += len(text)
            self.last = text[-1]

    def add_break(self) -> None:
        """Add the end of a source line, as a line feed."""
        if self.last == "\n":
            return
        if self.last == " " and self.pieces:
            self.pieces[-1] = self.pieces[-1][:-1]
            self.length -= 1
        self.pieces.append("\n")
        self.length += 1
        self.last = "\n"

    def begin(self, kind: SpanKind, address: str | None = None) -> None:
        """Begin a span; of a link, its address as it is written."""
        if len(self.open) < MAX_OPEN:
            self.open.append((kind, self.length, address))

    def end(self, kind: SpanKind) -> None:
        """End the innermost open span of a kind."""
        for index in reversed(range(len(self.open))):
            if self.open[index][0] is kind:
                _, start, address = self.open.pop(index)
                self.close(kind, start, address)
                return

    def close(self, kind: SpanKind, start: int, address: str | None) -> None:
        """Add a span that ends here, unless it is empty, or a link that leads nowhere."""
        if start >= self.length:
            return
        if address:
            self.addresses.append((start, self.length, address))
        target = link_target(address) if address else None
        if target or kind is not SpanKind.LINK:
            self.spans.append(Span(start, self.length, kind, target))

    def finished(self) -> tuple[str, tuple[Span, ...]]:
        """Return the text without white space at its ends, and its spans in order."""
        text = "".join(self.pieces).rstrip()
        spans = (trimmed(span, text) for span in self.spans)
        ordered = sorted((span for span in spans if span), key=lambda span: (span.start, -span.end))
        return text, tuple(ordered)


def spans_of_parts(spans: Sequence[Span], parts: Sequence[tuple[int, int]]) -> list[tuple[Span, ...]]:
    """Return the spans inside each part of a text, counted from the part's beginning.

    Args:
        spans: Those of the text, ordered by their beginnings.
        parts: Where each part begins and ends, from left to right. The work is that of one pass.
    """
    found: list[tuple[Span, ...]] = []
    open_spans: list[Span] = []
    at = 0
    for begin, end in parts:
        while at < len(spans) and spans[at].start < end:
            open_spans.append(spans[at])
            at += 1
        found.append(shifted(open_spans, -begin, end - begin))
        open_spans = [span for span in open_spans if span.end > end]
    return found


def trimmed(span: Span, text: str) -> Span | None:
    """Return a span without white space at its ends, or None if nothing is left of it."""
    start, end = span.start, min(span.end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end, span.kind, span.target) if start < end else None


def link_target(address: str) -> str | None:
    """Return an address a link may lead to, clean, or None: only the web and mail are followed."""
    target = clean_line(address)
    return target if LINK_TARGET.match(target) else None
