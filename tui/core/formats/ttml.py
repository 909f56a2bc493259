"""Timed text in XML: TTML of the W3C, as Apple Podcasts keeps its transcripts.

Read by its tags alone, without a parser of XML: only a few elements matter, the beginning of a large file is
no whole document, and nothing in it can be expanded.
"""

import html
import re
from collections.abc import Iterator

from tui.core.cleaning import clean
from tui.core.formats import plain
from tui.core.formats.cues import Cue, transcript_items
from tui.core.formats.draft import JUDGED_CHARS, Draft, Source, gather
from tui.core.formats.html_text import attribute
from tui.core.formats.times import STAMP, seconds

ROOT = re.compile(r"<(?:\w+:)?tt[\s>]")
ELEMENT = re.compile(r"<(?P<close>/?)(?:\w+:)?(?P<name>p|agent)(?P<attributes>\s[^<>]*)?>")
"""A paragraph or a speaker's declaration. It stops at the next bracket, so that it takes linear time."""

WORD = re.compile(r"<(?:\w+:)?span\s[^<>]*\bunit\s*=\s*[\"']word[\"']")
BEGIN = re.compile(r"\sbegin=[\"'](?P<time>[^\"'<>]{1,30})[\"']")
WORD_END = re.compile(r"</(?:\w+:)?span\s*>")
BREAK = re.compile(r"<(?:\w+:)?br\s*/?>")
TAG = re.compile(r"<[^<>]*>")
LANGUAGE = re.compile(r"\bxml:lang\s*=\s*[\"'](?P<code>[A-Za-z]{2,3}(?:-\w+)*)[\"']")

OFFSET = re.compile(r"(?P<count>\d{1,9}(?:\.\d{1,9})?)(?P<unit>h|ms|m|s|)")
UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "": 1.0, "ms": 0.001}
"""Times counted from the beginning, in hours, minutes, seconds or thousandths (TTML 2, 12.3.1)."""


def fits(source: Source) -> bool:
    """Say whether a text is TTML."""
    return source.text.lstrip().startswith("<") and ROOT.search(source.judged[:4000]) is not None


def read(source: Source) -> Draft:
    """Return the paragraphs of timed text as a transcript; without any, the text as it stands."""
    cues = list(cues_of(source.text))
    if not cues:
        return plain.read(source)
    language = LANGUAGE.search(source.judged[:4000])
    items = transcript_items(cues, long=len(source.text) > JUDGED_CHARS)
    fields = {"language": language["code"]} if language else {}
    return Draft(gather(items), "It is timed text in XML.", fields=fields)


def cues_of(text: str) -> Iterator[Cue]:
    """Yield the paragraphs of timed text as cues."""
    names: dict[str, str] = {}
    for name, attributes, inner in elements(text):
        opening = f"<p{attributes}>".replace("ttm:agent", "agent").replace("xml:id", "id")
        shown = plain_text(inner)
        if name == "agent":
            names[attribute(opening, "id")] = shown
        elif shown:
            speaker = attribute(opening, "agent")
            first = BEGIN.search(inner)
            begin = attribute(opening, "begin") or (first["time"] if first else "")
            end_s = time_of(attribute(opening, "end"))
            yield Cue(time_of(begin), end_s, shown, names.get(speaker) or speaker or None)


def elements(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the name, attributes and content of each paragraph and declared speaker, the last perhaps cut."""
    opened: re.Match[str] | None = None
    for tag in ELEMENT.finditer(text):
        if opened and (tag["close"] or tag["name"] == opened["name"]):
            yield opened["name"], opened["attributes"] or "", text[opened.end() : tag.start()]
            opened = None
        if not tag["close"] and not (tag["attributes"] or "").endswith("/"):
            opened = tag
    if opened:
        yield opened["name"], opened["attributes"] or "", text[opened.end() :]


def plain_text(inner: str) -> str:
    """Return the text of a paragraph; words that stand in elements of their own are parted by blanks."""
    if WORD.search(inner):
        inner = WORD_END.sub(" ", inner)
    marked = TAG.sub("", BREAK.sub(" ", inner))
    return " ".join(clean(html.unescape(marked)).text.split())


def time_of(value: str) -> float | None:
    """Return the seconds that a time of TTML says, or None."""
    value = value.strip()[:30]
    offset = OFFSET.fullmatch(value)
    if offset:
        return round(float(offset["count"]) * UNITS[offset["unit"]], 3)
    return round(seconds(value), 3) if re.fullmatch(STAMP, value) else None
