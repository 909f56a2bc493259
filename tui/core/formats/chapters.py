"""Chapters: where the parts of an episode begin and what they are called, in every shape players read.

JSON chapters of Podcasting 2.0 (1.0 to 1.2) and what looks like them, Podlove Simple Chapters, FFmpeg's
metadata, Audacity's labels, WebVTT of the kind ``chapters``, and lists of times in plain text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui.core.cleaning import clean_line
from tui.core.decoding import decode
from tui.core.episode import Block, BlockKind, Section, Span, SpanKind, clock
from tui.core.formats import plain
from tui.core.formats.captions import captions_of
from tui.core.formats.chapter_lines import chapters_in_lines
from tui.core.formats.draft import Draft, Heading, Item, Source, gather
from tui.core.formats.html_text import attribute
from tui.core.formats.json_values import Json, first_number, first_text, load, mapping, objects
from tui.core.formats.times import clock_time
from tui.core.formats.values import web_address
from tui.errors import UnreadableError

START_NAMES = ("startTime", "start_time", "start", "time", "timestamp", "offset")
START_MS_NAMES = ("startTimeMs", "startMs", "start_ms", "start_time_ms")
TITLE_NAMES = ("title", "name", "headline", "label", "chapter", "gist")
TEXT_NAMES = ("description", "summary")
URL_NAMES = ("url", "href", "link")

XML_ROOT = re.compile(r"\s*(?:<\?xml[^<>]*\?>\s*)?(?:<!--[^<>]*-->\s*)*<(?:\w+:)?[Cc]hapters\b")
XML_CHAPTER = re.compile(r"<(?:\w+:)?chapter\s[^<>]*>", re.I)
FFMETADATA = ";FFMETADATA"
ESCAPED = re.compile(r"\\(.)", re.S)
LABEL = re.compile(r"(?P<start>\d{1,7}(?:[.,]\d+)?)\t\d{1,7}(?:[.,]\d+)?\t(?P<title>.*)")
VTT_KIND = re.compile(r"WEBVTT[^\n]*\n(?:[^\n]+\n)*?Kind:\s*chapters\b", re.I)

LONGEST_S = 1e6
GENERATED = re.compile(r"Part \d+|\d{1,3}(?::\d\d){1,2}|")
"""Headings that a transcript got here, having none of its own."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of an episode."""

    start_s: float
    title: str
    """Clean, on one line; may be empty."""

    text: str = ""
    """What else is said about it."""

    url: str | None = None
    is_listed: bool = True
    """False for one that is no entry of the outline, only a change of picture or link."""


def fits(source: Source) -> bool:
    """Say whether a text is a list of chapters made for programs."""
    return bool(chapters_in(source.judged, source.name))


def read(source: Source) -> Draft:
    """Return chapters as the outline of an episode; a text that is none after all comes back as it stands."""
    found = chapters_in(source.text, source.name)
    if not found:
        return plain.read(source)
    fields = fields_of(source.text)
    items = chapter_items(found, about=fields.pop("summary", ""))
    return Draft(gather(items), "It is a list of chapters.", fields.get("title", ""), fields=fields)


def chapters_of(data: bytes, name: str) -> tuple[Chapter, ...]:
    """Return the chapters that a file holds, in the order of their times; none if it is no list of chapters.

    Args:
        data: The file's bytes.
        name: Its name.
    """
    try:
        text = decode(data, truncated=False, name=name).text
    except UnreadableError:
        return ()
    found = chapters_in(text, name) or [Chapter(start_s, title) for start_s, title in chapters_in_lines(text)]
    return tuple(sorted(found, key=lambda chapter: chapter.start_s))


def chapters_in(text: str, name: str) -> list[Chapter]:
    """Return the chapters of a text made for programs, in their order; none if it is something else."""
    opening = text.lstrip()[:1]
    if opening in ("{", "["):
        return list(json_chapters(load(text).value))
    if opening == ";":
        return list(ffmetadata_chapters(text))
    if opening == "<":
        return list(xml_chapters(text)) if XML_ROOT.match(text) else []
    if text.startswith("WEBVTT"):
        is_named = ".chapters." in name.lower()
        return list(vtt_chapters(text)) if is_named or VTT_KIND.match(text[:1000]) else []
    return list(labels(text)) if opening.isdecimal() and "\t" in text[:100] else []


def json_chapters(value: object) -> Iterator[Chapter]:
    """Yield the chapters of a JSON value: those in its ``chapters``, or it is their list itself."""
    listed = objects(value) or objects(mapping(value).get("chapters"))
    found = [(chapter, json_start(chapter)) for chapter in listed]
    if not any(start_s is not None and first_text(chapter, *TITLE_NAMES) for chapter, start_s in found):
        return
    for chapter, start_s in found:
        url = first_text(chapter, *URL_NAMES)
        yield Chapter(
            start_s or 0.0,
            first_text(chapter, *TITLE_NAMES),
            first_text(chapter, *TEXT_NAMES),
            web_address(url) if url else None,
            is_listed=chapter.get("toc") is not False,
        )


def json_start(chapter: Json) -> float | None:
    """Return when a chapter begins, in seconds: a number, or a time like ``8:26.250``."""
    start_ms = first_number(chapter, *START_MS_NAMES)
    if start_ms is not None:
        return in_bounds(start_ms / 1000)
    start_s = first_number(chapter, *START_NAMES)
    if start_s is None:
        start_s = clock_time(first_text(chapter, *START_NAMES))
    return in_bounds(start_s)


def in_bounds(start_s: float | None) -> float | None:
    """Return a time that an episode can have, or None."""
    return round(start_s, 3) if start_s is not None and 0 <= start_s < LONGEST_S else None


def xml_chapters(text: str) -> Iterator[Chapter]:
    """Yield the chapters of Podlove Simple Chapters (podlove.org/simple-chapters)."""
    for tag in XML_CHAPTER.finditer(text):
        start = attribute(tag[0], "start")
        start_s = in_bounds(clock_time(start))
        if start_s is not None:
            url = attribute(tag[0], "href")
            yield Chapter(start_s, attribute(tag[0], "title"), url=web_address(url) if url else None)


def ffmetadata_chapters(text: str) -> Iterator[Chapter]:
    """Yield the chapters of FFmpeg's metadata, version 1 (ffmpeg.org/ffmpeg-formats.html, Metadata)."""
    if not text.lstrip().startswith(FFMETADATA):
        return
    for section in text.split("[CHAPTER]")[1:]:
        values = ffmetadata_values(section.partition("\n[")[0])
        top, _, bottom = values.get("timebase", "1/1000000000").partition("/")
        try:
            start_s = in_bounds(float(values["start"][:30]) * float(top[:20]) / float(bottom[:20]))
        except (KeyError, ValueError, ZeroDivisionError, OverflowError):
            continue
        if start_s is not None:
            yield Chapter(start_s, values.get("title", ""))


def ffmetadata_values(section: str) -> dict[str, str]:
    """Return the fields of a section of FFmpeg's metadata, by names in lower case."""
    values: dict[str, str] = {}
    for line in section.replace("\\\n", " ").split("\n"):
        name, equals, value = line.partition("=")
        if equals and not line.startswith((";", "#")):
            values.setdefault(name.strip().lower(), clean_line(ESCAPED.sub(r"\1", value)))
    return values


def labels(text: str) -> Iterator[Chapter]:
    """Yield the chapters of labels as Audacity exports them: begin, end and name, parted by tabs."""
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("\\")]
    found = [LABEL.fullmatch(line) for line in lines]
    if all(found[:-1]):  # the last line may be cut
        for label in filter(None, found):
            yield Chapter(float(label["start"].replace(",", ".")), clean_line(label["title"]))


def vtt_chapters(text: str) -> Iterator[Chapter]:
    """Yield the chapters of WebVTT whose cues are their titles."""
    for cue in captions_of(text).cues:
        if cue.start_s is not None:
            yield Chapter(cue.start_s, " ".join(cue.text.split()))


def fields_of(text: str) -> dict[str, str]:
    """Return what a list of chapters says about the episode."""
    opening = text.lstrip()[:1]
    if opening == ";":
        values = ffmetadata_values(text.partition("[CHAPTER]")[0])
        named = {"title": values.get("title"), "show": values.get("album"), "author": values.get("artist")}
    elif opening == "{":
        value = mapping(load(text).value)
        named = {
            "title": first_text(value, "title", "episode"),
            "show": first_text(value, "podcastName", "podcast", "show"),
            "author": first_text(value, "author"),
            "summary": first_text(value, "description"),
        }
    else:
        named = {}
    return {name: text for name, text in named.items() if text}


def chapter_items(chapters: Sequence[Chapter], about: str = "") -> Iterator[Item]:
    """Yield the headings that chapters are, and below each its text and link.

    A chapter that is no entry of the outline is a paragraph of the one before it.
    """
    if about:
        yield Block(BlockKind.PARAGRAPH, about)
    for chapter in chapters:
        title = chapter.title or clock(chapter.start_s)
        if chapter.is_listed:
            yield Heading(title, 1, start_s=chapter.start_s)
        elif chapter.title:
            yield Block(BlockKind.PARAGRAPH, title, start_s=chapter.start_s)
        if chapter.text:
            yield Block(BlockKind.PARAGRAPH, chapter.text)
        if chapter.url:
            link = Span(0, len(chapter.url), SpanKind.LINK, chapter.url)
            yield Block(BlockKind.PARAGRAPH, chapter.url, spans=(link,))


def with_chapters(sections: Sequence[Section], chapters: Sequence[Chapter]) -> tuple[Section, ...]:
    """Return a transcript cut at the times of chapters, its blocks in their order and none of them lost.

    A paragraph that a chapter begins in goes where more of it is said. A transcript without times, or with
    headings of its own, comes back as it is.

    Args:
        sections: The transcript.
        chapters: In any order; those that are no entries of an outline are passed over.
    """
    blocks = [block for section in sections for block in section.blocks]
    listed = sorted((chapter for chapter in chapters if chapter.is_listed), key=lambda one: one.start_s)
    own = any(not GENERATED.fullmatch(section.title) for section in sections)
    if own or not listed or not any(block.start_s is not None for block in blocks):
        return tuple(sections)
    items: list[Item] = []
    waiting = 0
    for block, (begin_s, end_s) in zip(blocks, stretches(blocks), strict=True):
        while waiting < len(listed) and begins_by(listed[waiting].start_s, begin_s, end_s):
            items += chapter_items(listed[waiting : waiting + 1])
            waiting += 1
        items.append(block)
    items += chapter_items(listed[waiting:])
    return gather(items)


def begins_by(chapter_s: float, begin_s: float | None, end_s: float | None) -> bool:
    """Say whether a chapter has begun when a block begins, or does before half of the block is said."""
    if begin_s is None:
        return False
    return chapter_s <= begin_s or (end_s is not None and chapter_s - begin_s < end_s - chapter_s)


def stretches(blocks: Sequence[Block]) -> list[tuple[float | None, float | None]]:
    """Return when each block is said and when the next one with a time is, in seconds.

    A block without a time goes with the one before it, and begins no chapter.
    """
    ends: list[float | None] = []
    after: float | None = None
    for block in reversed(blocks):
        ends.append(after)
        after = block.start_s if block.start_s is not None else after
    return [(block.start_s, end_s) for block, end_s in zip(blocks, reversed(ends), strict=True)]
