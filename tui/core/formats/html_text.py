"""Pieces of HTML inside Markdown, as text: tags go, what they enclose stays."""

import html
import re
from dataclasses import dataclass

from tui.core.cleaning import clean, clean_line
from tui.core.episode import Span, SpanKind
from tui.core.formats.lines import word_set
from tui.core.formats.spanned_text import SpannedText

TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<attributes>(?:\s[^<>]*)?)/?>")
"""Stops at the next bracket of either kind, so that hostile input costs no more than its length."""

ATTRIBUTE = re.compile(
    r"""\b(?P<name>[a-z-]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""", re.I
)

INLINE = word_set(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i iframe img input ins kbd label mark "
    "meter nobr picture q rp rt ruby s samp small source span strike strong sub sup svg time tt u var video "
    "audio track wbr"
)
BLOCKS = word_set(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav ol option p pre section "
    "select summary table tbody td tfoot th thead title tr ul"
)
KNOWN = INLINE | BLOCKS
"""Elements of HTML. Whatever else stands between angle brackets, as ``<Speaker 1>``, is text."""

EDGES = word_set("aside blockquote details hr li ol tr ul")
"""Elements that say how the text between their tags stands on the page, even across paragraphs."""

UNSEEN = re.compile(r"<!--|<(script|style|template)\b[^<>]*>", re.I)

TAG_KINDS = {
    "b": SpanKind.STRONG,
    "strong": SpanKind.STRONG,
    "i": SpanKind.EMPHASIS,
    "em": SpanKind.EMPHASIS,
    "cite": SpanKind.EMPHASIS,
    "code": SpanKind.CODE,
    "kbd": SpanKind.CODE,
    "mark": SpanKind.MARK,
    "s": SpanKind.STRIKE,
    "del": SpanKind.STRIKE,
    "strike": SpanKind.STRIKE,
    "a": SpanKind.LINK,
}
TIME_ATTRIBUTES = ("data-t", "data-time", "data-timestamp", "data-seconds", "data-start")
"""Where a link to a moment may hold its time instead of in an address."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of text between two tags that break lines."""

    element: str
    """The block element it stands in: ``p``, ``li``, ``h2`` …; "" outside of any."""

    text: str
    spans: tuple[Span, ...] = ()
    addresses: tuple[tuple[int, int, str], ...] = ()
    """Where links stand, and where they lead."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning or end of an element that sets its text apart."""

    element: str
    is_end: bool
    is_open: bool = False
    """Details that are shown from the start."""


def attribute(tag: str, name: str) -> str:
    """Return an attribute of a tag, clean and its entities decoded; "" where it has none."""
    for found in ATTRIBUTE.finditer(tag):
        if found["name"].lower() == name:
            return clean_line(html.unescape(found["double"] or found["single"] or found["bare"] or ""))
    return ""


def fragments(source: str) -> list[Fragment]:
    """Return the text of a piece of HTML, broken where its elements break lines.

    Comments, scripts and styles are left out; images give their description.
    """
    return [piece for piece in pieces_of(source) if isinstance(piece, Fragment)]


def pieces_of(source: str) -> list[Fragment | Edge]:
    """Return the fragments of a piece of HTML, and the edges of the elements that set text apart."""
    pieces = Pieces()
    at = 0
    source = without_unseen(source)
    for tag in TAG.finditer(source):
        name = tag["name"].lower()
        if name not in KNOWN or tag.start() < at:
            continue
        pieces.text.add(decoded(source[at : tag.start()]))
        at = tag.end()
        if name == "pre" and not tag["close"]:
            at = pieces.add_lines(source, at)
        elif name in BLOCKS or name == "br":
            pieces.add_block_tag(tag, name)
        else:
            add_inline_tag(pieces.text, tag, name)
    pieces.text.add(decoded(source[at:]))
    pieces.end_fragment()
    return pieces.found


class Pieces:
    """The fragments and edges found so far, and the text of the next one."""

    def __init__(self) -> None:
        self.found: list[Fragment | Edge] = []
        self.text = SpannedText()
        self.element = ""

    def end_fragment(self) -> None:
        """Add the words read so far, if there are any, and begin anew."""
        text, spans = self.text.finished()
        if text:
            # A line's end in the source is a blank here: lines are broken by tags alone.
            addresses = tuple(self.text.addresses)
            self.found.append(Fragment(self.element, text.replace("\n", " "), spans, addresses))
        self.text = SpannedText()

    def add_block_tag(self, tag: re.Match[str], name: str) -> None:
        """End a line at a tag, and note what the tag says."""
        self.end_fragment()
        if name == "br":
            return
        self.element = "" if tag["close"] else name
        if name in EDGES:
            is_open = name == "details" and re.search(r"\sopen\b", tag["attributes"]) is not None
            self.found.append(Edge(name, bool(tag["close"]), is_open))

    def add_lines(self, source: str, at: int) -> int:
        """Add preformatted text, its lines kept, and return where it ends."""
        self.end_fragment()
        end = source.find("</pre>", at)
        end = len(source) if end < 0 else end
        inner = TAG.sub(lambda tag: "" if tag["name"].lower() in KNOWN else tag[0], source[at:end])
        lines = decoded(inner).strip("\n")
        if lines.strip():
            self.found.append(Fragment("pre", lines))
        return end


def add_inline_tag(text: SpannedText, tag: re.Match[str], name: str) -> None:
    """Heed what a tag inside a line says about its text; of an image, add the description."""
    if name == "img":
        text.add(attribute(tag[0], "alt"))
        return
    kind = TAG_KINDS.get(name)
    if kind and tag["close"]:
        text.end(kind)
    elif kind:
        text.begin(kind, address_of(tag[0]) if name == "a" else None)


def address_of(tag: str) -> str | None:
    """Return where a link's tag leads, or the time it stands for as ``#t=…``."""
    address = attribute(tag, "href")
    if not address or address.startswith("#"):
        times = (attribute(tag, name) for name in TIME_ATTRIBUTES)
        address = next((f"#t={time}" for time in times if time), address)
    return address or None


def decoded(text: str) -> str:
    """Return text with its entities decoded once, and clean again after that."""
    return clean(html.unescape(text)).text if "&" in text else text


def without_unseen(source: str) -> str:
    """Return HTML without comments, scripts and styles; one that is never closed stays as text."""
    kept: list[str] = []
    at = 0
    unclosed: set[str] = set()
    for opened in UNSEEN.finditer(source):
        closing = f"</{opened[1].lower()}>" if opened[1] else "-->"
        if opened.start() < at or closing in unclosed:
            continue
        close = source.find(closing, opened.end())
        if close < 0:
            unclosed.add(closing)
            continue
        kept.append(source[at : opened.start()])
        at = close + len(closing)
    return "".join([*kept, source[at:]])
