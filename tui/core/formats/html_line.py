"""The text of one block of a page while it is put together: white space as a browser shows it, and spans."""

import re
from urllib.parse import urljoin

from tui.core.cleaning import clean, clean_line
from tui.core.episode import CJK, Span, SpanKind
from tui.core.formats.lines import shifted

SPACE = re.compile(r"\s{2,}|[\t\n\r\f\v]")
"""White space that is shown as one blank."""

TAB_CHARS = 4
STOPS = tuple(":;,)!?")
ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.I)
ADDRESS_CHARS = 4000


class Line:
    """Text so far, and the spans in it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.last = ""
        """The last character; empty at the beginning."""

        self.linked = 0
        """How many letters and digits stand in links."""

        self.spans: list[Span] = []
        self.open: list[tuple[SpanKind, int, str | None]] = []
        """Spans that have begun: kind, first character and address."""

        self.links = 0
        """How many links are open, those with an address of no use among them."""

        self.apart = False
        """What comes next is set apart from what stands before, though nothing is between them."""

    def add(self, text: str) -> None:
        """Add text with its white space collapsed, cleaned after its entities were decoded.

        A line's end in the source stays one until the text is taken.
        """
        text = SPACE.sub(line_end_or_blank if "\n" in text else " ", clean(text).text)
        if text[:1].isspace() and (not self.last or self.last.isspace()):
            text = text.lstrip()
        if not text:
            return
        if self.apart and run_together(self.last, text[0]):
            self.put(" ")
        self.apart = False
        self.put(text)

    def add_code(self, text: str) -> None:
        """Add text whose line breaks and blanks stay."""
        text = clean(text).text.expandtabs(TAB_CHARS)
        if text:
            self.put(text)

    def put(self, text: str) -> None:
        """Add text as it is."""
        self.pieces.append(text)
        self.length += len(text)
        self.last = text[-1]
        if self.links:
            self.linked += sum(map(str.isalnum, text))

    def begin(self, kind: SpanKind, target: str | None = None) -> None:
        """Begin a span here."""
        self.open.append((kind, self.length, target))

    def end(self, kind: SpanKind) -> None:
        """End the innermost open span of a kind."""
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index][0] is kind:
                self.close(self.open.pop(index))
                return

    def close(self, span: tuple[SpanKind, int, str | None]) -> None:
        """Keep a span that ends here, if it holds anything."""
        kind, start, target = span
        if start < self.length:
            self.spans.append(Span(start, self.length, kind, target))

    def take(self) -> tuple[str, tuple[Span, ...]]:
        """Return the text on one line and its spans, and begin anew."""
        text, spans = self.take_lines()
        return text.replace("\n", " "), spans

    def take_lines(self) -> tuple[str, tuple[Span, ...]]:
        """Return the text with its line ends, and its spans, and begin anew; open spans go on."""
        if not self.pieces:
            return "", ()
        for span in self.open:
            self.close(span)
        whole = "".join(self.pieces)
        text = whole.strip()
        spans = tuple(self.spans)
        if len(text) < len(whole):
            spans = shifted(spans, len(whole.lstrip()) - len(whole), len(text))
        self.pieces, self.spans = [], []
        self.open = [(kind, 0, target) for kind, _, target in self.open]
        self.length, self.linked, self.last, self.apart = 0, 0, "", False
        return text, tuple(sorted(spans, key=lambda span: (span.start, -span.end)))

    def take_code(self) -> str:
        """Return text whose line breaks and blanks stay, without blank lines around it, and begin anew."""
        text = "".join(self.pieces)
        self.take_lines()
        lines = text.split("\n")
        while lines and not lines[0].strip():
            del lines[0]
        return "\n".join(line.rstrip() for line in lines).rstrip()


def line_end_or_blank(space: re.Match[str]) -> str:
    """Return a line's end for white space with one in it, a blank for any other."""
    return "\n" if "\n" in space[0] else " "


def run_together(before: str, after: str) -> bool:
    """Say whether two characters would look like one word, or like a word and its stop."""
    ends_word = before.isalnum() or before in STOPS
    return ends_word and after.isalnum() and not (CJK.match(before) or CJK.match(after))


def web_link(href: str, base: str) -> str | None:
    """Return the web or mail address a link leads to, or None.

    Args:
        href: As the page has it; one relative to the page is completed.
        base: The page's own address, or "".
    """
    href = clean_line(href[:ADDRESS_CHARS])
    if base and href and not href.startswith("#") and ":" not in href.partition("/")[0]:
        try:
            href = urljoin(base, href)
        except ValueError:
            return None
    return href if ADDRESS.fullmatch(href) else None
