"""Pieces of HTML inside Markdown, as text: tags go, what they enclose stays."""

import html
import re
from dataclasses import dataclass

from tui.core.cleaning import clean, clean_line
from tui.core.formats.lines import squeeze, word_set

TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<attributes>(?:\s[^<>]*)?)/?>")
"""Stops at the next bracket of either kind, so that hostile input costs no more than its length."""

ATTRIBUTE = re.compile(
    r"""\b(?P<name>[a-z-]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))"""
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

UNSEEN = re.compile(r"<!--|<(script|style|template)\b[^<>]*>", re.I)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of text between two tags that break lines."""

    element: str
    """The block element it stands in: ``p``, ``blockquote``, ``li``, ``h2`` …; "" outside of any."""

    text: str


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
    found: list[Fragment] = []
    words: list[str] = []
    element = ""
    at = 0
    source = without_unseen(source)
    for tag in TAG.finditer(source):
        name = tag["name"].lower()
        if name not in KNOWN:
            continue
        words.append(decoded(source[at : tag.start()]))
        at = tag.end()
        if name == "img":
            words.append(attribute(tag[0], "alt"))
        elif name == "br" or name in BLOCKS:
            add_fragment(found, element, words)
            element = element if name == "br" else ("" if tag["close"] else name)
    words.append(decoded(source[at:]))
    add_fragment(found, element, words)
    return found


def add_fragment(found: list[Fragment], element: str, words: list[str]) -> None:
    """Add the words read so far, if there are any, and begin anew."""
    text = squeeze("".join(words))
    words.clear()
    if text:
        found.append(Fragment(element, text))


def decoded(text: str) -> str:
    """Return text with its entities decoded once, and clean again after that."""
    return clean(html.unescape(text)).text if "&" in text else text


def without_unseen(source: str) -> str:
    """Return HTML without comments, scripts and styles; one that is never closed goes on to the end."""
    kept: list[str] = []
    at = 0
    for opened in UNSEEN.finditer(source):
        if opened.start() < at:
            continue
        kept.append(source[at : opened.start()])
        closing = f"</{opened[1].lower()}>" if opened[1] else "-->"
        close = source.find(closing, opened.end())
        if close < 0:
            return "".join(kept)
        at = close + len(closing)
    return "".join([*kept, source[at:]])
