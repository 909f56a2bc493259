"""What an episode is: show, number, people, date, address, length, language, tags.

Taken from the fields of the front matter, the lines ``Key: value`` at the beginning of the text, the
title and the file's name, in this order. The names of fields are those seen in the wild.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tui.core.cleaning import clean_line
from tui.core.episode import Block, BlockKind, Section, SpanKind
from tui.core.formats.draft import Fields
from tui.core.formats.values import (
    VIDEO_ID,
    file_date,
    guess_language,
    language_code,
    parse_date,
    parse_duration,
    web_address,
    whole_number,
)

FieldValue = str | tuple[str, ...]
Value = TypeVar("Value")

TAG_CHARS = 60
TITLE_CHARS = 300
LANGUAGE_CHARS = 4000

SHOW_KEYS = (
    *("show", "show_title", "podcast", "podcast_title", "podcast_name", "podcastname", "channel"),
    *("series", "album"),
)
PEOPLE_KEYS = (
    *("guest", "guests", "speaker", "speakers", "host", "hosts", "owner_host", "show_author", "participant"),
    *("participants", "people", "author", "authors", "interviewee", "interviewer"),
)
DATE_KEYS = (
    *("date", "published", "publish_date", "publishdate", "publish_time", "pubdate", "published_date"),
    *("episode_publish_date", "episode_date", "release_date", "published_at", "year", "created"),
)
URL_KEYS = (
    *("url", "link", "source_url", "source", "original_url", "youtube_url", "video_url", "video", "media"),
    *("episode_url", "episode_link", "webpage_url", "permalink", "showlink"),
)
VIDEO_KEYS = ("video_id", "videoid", "youtube_id")
DURATION_KEYS = (
    *("duration", "duration_seconds", "duration_s", "episode_duration_minutes", "podcast_duration", "length"),
    *("duration_minutes", "runtime"),
)
TAG_KEYS = ("tags", "tag", "labels", "topics", "keywords", "categories", "yt_tags")
NUMBER_KEYS = ("episode_number", "episodenumber", "number", "episode", "episode_no", "ep")
LANGUAGE_KEYS = ("language", "lang", "locale")

TEXT_KEYS = ("body", "content", "text", "transcript", "summary", "notes", "description")
"""Fields that may hold a whole document."""

SINGULAR_PEOPLE = frozenset({"guest", "speaker", "host", "author", "show_author", "owner_host"})
"""Fields of one person: after a comma comes what they do, not another person."""

OTHER_KEYS = ("title", "episode_title", "full_title", "rating", "summary", "tl;dr")

KNOWN_KEYS = frozenset(
    key
    for keys in (
        *(SHOW_KEYS, PEOPLE_KEYS, DATE_KEYS, URL_KEYS, VIDEO_KEYS, DURATION_KEYS, TAG_KEYS, NUMBER_KEYS),
        *(LANGUAGE_KEYS, OTHER_KEYS),
    )
    for key in keys
)
"""Fields that a line of the text can hold."""

FIELD_LINE = re.compile(
    r"[\W_]{0,6}(?P<key>[A-Za-z][\w;()/ -]{1,30}?)[*_`]*\s*(?:::|:|：)[*_`]*\s+(?P<value>\S.*)", re.S
)
FIELD_LINE_CHARS = 500
FIELD_BLOCKS = 40
FIELD_SECTIONS = 3
"""How far into a text its own metadata lines may stand."""

SHOW_IN_TITLE = re.compile(
    r"\s(?:[|｜•·]|[-–—])\s+(?P<show>[^|｜]{2,60}?)\s*(?:#|(?:Ep\.?|Episode)\s*#?)(?P<number>\d{1,5})\s*$",
    re.I,
)
SHOW_WORDS = re.compile(r"\s[|｜]\s+(?P<show>[^|｜]*\b(?:Podcast|Show|Radio)\b[^|｜]*)$", re.I)
SHOW_FIRST = re.compile(r"(?P<show>[^|:：#]{2,60}?)\s+#(?P<number>\d{1,5})\s*[-–—:|]")
NUMBER_FIRST = re.compile(r"\s*(?:#|(?:Ep\.?|Episode)\s*#?\s*|E(?=\d))(?P<number>\d{1,5})\b", re.I)
SHOW_IN_TEXT = re.compile(
    r"\bepisode of (?:the )?(?P<show>[A-Z][^.,:;]{2,60}?) (?:features|is|explores|covers|discusses)\b"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about an episode besides its text."""

    show: str | None = None
    number: int | None = None
    date: str | None = None
    url: str | None = None
    duration_s: int | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()


def metadata(fields: Fields, title: str, file_name: str, sections: Sequence[Section]) -> Metadata:
    """Return what the fields, the title, the file's name and the text say about an episode."""
    named = {normal_key(key): value for key, value in fields.items()}
    show, number = show_and_number(title)
    return Metadata(
        show=text_field(named, SHOW_KEYS) or show or show_in_text(sections),
        number=first_of(whole_number, named, NUMBER_KEYS) or number,
        date=first_of(parse_date, named, DATE_KEYS) or file_date(file_name),
        url=first_of(web_address, named, URL_KEYS) or video_address(named),
        duration_s=duration_field(named),
        language=first_of(language_code, named, LANGUAGE_KEYS) or guess_language(opening_text(sections)),
        tags=tag_list(named),
    )


def opening_text(sections: Sequence[Section]) -> str:
    """Return some text of an episode's beginning, titles included."""
    pieces: list[str] = []
    chars = 0
    for section in sections:
        for text in (section.title, *(block.text for block in section.blocks)):
            pieces.append(text[:LANGUAGE_CHARS])
            chars += len(text)
            if chars > LANGUAGE_CHARS:
                return " ".join(pieces)
    return " ".join(pieces)


def normal_key(key: str) -> str:
    """Return a field's name as the tables here have it: lower case, words joined by underscores."""
    key = re.sub(r"\((s)\)", r"\1", key.strip().lower())
    return re.sub(r"[\s/-]+", "_", key).strip("_*")


def field_line(text: str) -> tuple[str, str] | None:
    """Return the field and value of a line like ``**Show:** X`` or ``Show:: X`` with a known field."""
    if len(text) > FIELD_LINE_CHARS or not (":" in text[:60] or "：" in text[:60]):
        return None
    found = FIELD_LINE.match(text)
    if found is None:
        return None
    key = normal_key(found["key"])
    return (key, found["value"].strip()) if key in KNOWN_KEYS else None


def text_fields(sections: Iterable[Section]) -> Fields:
    """Return the fields in lines at the beginning of a text; a link's target counts as its text."""
    fields: dict[str, FieldValue] = {}
    for block in opening_blocks(sections):
        found = field_line(block.text)
        if found:
            key, value = found
            targets = [span.target for span in block.spans if span.kind is SpanKind.LINK and span.target]
            fields.setdefault(key, targets[0] if targets and key in URL_KEYS else value)
    return fields


def opening_blocks(sections: Iterable[Section]) -> list[Block]:
    """Return the paragraphs and bullets at the beginning of a text."""
    kinds = (BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.QUOTE)
    opening = [section for section in sections if section.ordinal < FIELD_SECTIONS]
    return [block for section in opening for block in section.blocks[:FIELD_BLOCKS] if block.kind in kinds]


def one_line(value: FieldValue | None) -> str:
    """Return a field's value on one line, a list's first entry, wikilink brackets left out."""
    if isinstance(value, tuple):
        value = value[0] if value else ""
    return without_brackets(clean_line(value or ""))


def without_brackets(text: str) -> str:
    """Return text with ``[[page|words]]`` and ``[words](address)`` replaced by the words."""
    text = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]", r"\1", text)
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).strip()


def text_field(fields: Mapping[str, FieldValue], keys: Iterable[str]) -> str | None:
    """Return the first of the fields that says something, on one line."""
    texts = (one_line(fields.get(key)) for key in keys)
    return next((text for text in texts if text and "://" not in text), None)


def first_of(
    parse: Callable[[str], Value | None], fields: Mapping[str, FieldValue], keys: Iterable[str]
) -> Value | None:
    """Return what the first of the fields that can be parsed gives."""
    for key in keys:
        text = one_line(fields.get(key))
        value = parse(text) if text else None
        if value is not None:
            return value
    return None


def video_address(fields: Mapping[str, FieldValue]) -> str | None:
    """Return the address of the video whose YouTube id a field holds."""
    for key in VIDEO_KEYS:
        text = one_line(fields.get(key))
        if VIDEO_ID.fullmatch(text):
            return f"https://www.youtube.com/watch?v={text}"
    return None


def duration_field(fields: Mapping[str, FieldValue]) -> int | None:
    """Return an episode's length in seconds; a bare number is of the unit that its field names."""
    for key in DURATION_KEYS:
        text = one_line(fields.get(key))
        unit = 1 if "second" in key or key.endswith("_s") else 60 if "minute" in key else None
        duration_s = parse_duration(text, unit)
        if duration_s:
            return duration_s
    return None


def tag_list(fields: Mapping[str, FieldValue]) -> tuple[str, ...]:
    """Return the tags of all fields that hold some, each once, without number signs."""
    tags: dict[str, None] = {}
    for key in TAG_KEYS:
        value = fields.get(key) or ()
        if isinstance(value, str):
            value = tuple(re.split(r"\s+(?=#)|[,;，、]", value)) if value.strip() else ()
        for tag in value:
            name = without_brackets(clean_line(tag)).lstrip("#").strip()
            if name and len(name) <= TAG_CHARS:
                tags.setdefault(name)
    return tuple(tags)


def show_and_number(title: str) -> tuple[str | None, int | None]:
    """Return the show and the episode's number that a title names.

    >>> show_and_number("Ann Lee: On Tea | Leaf Talk #7")
    ('Leaf Talk', 7)
    """
    title = title[:TITLE_CHARS]
    found = SHOW_IN_TITLE.search(title) or SHOW_FIRST.match(title)
    if found:
        return found["show"].strip(" -–—|:"), int(found["number"])
    number = NUMBER_FIRST.match(title)
    show = SHOW_WORDS.search(title)
    return (show["show"].strip() if show else None), (int(number["number"]) if number else None)


def show_in_text(sections: Sequence[Section]) -> str | None:
    """Return the show that the first paragraph of a summary names."""
    for block in opening_blocks(sections)[:3]:
        found = SHOW_IN_TEXT.search(block.text[:500])
        if found:
            return found["show"]
    return None
