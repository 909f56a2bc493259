"""What an episode is: show, number, people, date, address, length, language, tags.

Taken from the fields of the front matter, the lines ``Key: value`` at the beginning of the text, the
title and the file's name, in this order. The names of fields are those seen in the wild
(``core.field_names``).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeVar

from tui.core.cleaning import clean_line
from tui.core.episode import Block, BlockKind, Section, SpanKind
from tui.core.field_names import DATE_KEYS as DATE_KEYS
from tui.core.field_names import (
    DURATION_KEYS,
    EPISODE_KEYS,
    LANGUAGE_KEYS,
    SHOW_KEYS,
    TITLE_KEYS,
    VIDEO_KEYS,
)
from tui.core.field_names import KNOWN_KEYS as KNOWN_KEYS
from tui.core.field_names import NUMBER_KEYS as NUMBER_KEYS
from tui.core.field_names import PEOPLE_KEYS as PEOPLE_KEYS
from tui.core.field_names import TAG_KEYS as TAG_KEYS
from tui.core.field_names import URL_KEYS as URL_KEYS
from tui.core.field_names import normal_key as normal_key
from tui.core.formats.draft import Fields, same_title
from tui.core.formats.values import (
    VIDEO_ID,
    episode_number,
    language_code,
    parse_date,
    parse_duration,
    text_language,
    web_address,
)
from tui.core.title_facts import file_facts
from tui.core.title_facts import show_and_number as show_and_number

FieldValue = str | tuple[str, ...]
Value = TypeVar("Value")

TAG_CHARS = 60
LANGUAGE_CHARS = 4000

TEXT_KEYS = ("body", "content", "text", "transcript", "summary", "notes", "description")
"""Fields that may hold a whole document."""

FIELD_LINE = re.compile(
    r"[\W_]{0,6}(?P<key>[^\W\d_][\w;()/／&. -]{0,30}?)[*_`]*\s*"
    r"(?:(?:::|:)[*_`]*\s+|：[*_`]*\s*)(?P<value>\S.*)",
    re.S,
)
FROM_LINE = re.compile(r"From:\s+(?P<value>\[\[[^\[\]]+\]\]|[\w.-]+)\s*$")
"""Where notes on a channel's videos come from: one word or link, for there are other lines that begin so."""

ANOTHER_FIELD = re.compile(r"\s*[;；|·]\s*(?=[^\W\d_][\w /-]{0,30}\s*[:：])")
"""Between the fields of a line that holds several."""

CELL_GAP = " | "
FIELD_LINE_CHARS = 500
FIELD_BLOCKS = 40
FIELD_SECTIONS = 5
"""How far into a text its own metadata lines may stand."""

MOST_OF_ONE = 2
"""How often a line may begin with the same people's field; a label of turns comes oftener."""

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
    told = file_facts(file_name, is_titled=not same_title(title, PurePath(file_name).stem))
    opening = opening_text(sections)
    numbers = (first_of(episode_number, named, NUMBER_KEYS), number, told.number)
    return Metadata(
        show=text_field(named, SHOW_KEYS) or show or show_in_text(sections) or told.show,
        number=next((known for known in numbers if known is not None), None),
        date=first_of(parse_date, named, DATE_KEYS) or told.date,
        url=first_of(web_address, named, (*URL_KEYS, *SHOW_KEYS)) or video_address(named) or told.url,
        duration_s=duration_field(named),
        language=text_language(opening, first_of(language_code, named, LANGUAGE_KEYS)),
        tags=tag_list(named),
    )


def title_in_fields(fields: Fields) -> str:
    """Return the title that fields give, in any language, on one line; a list is none."""
    named = {normal_key(key): value for key, value in fields.items() if isinstance(value, str)}
    return text_field(named, TITLE_KEYS) or ""


def episode_in_fields(fields: Fields) -> str:
    """Return what a field called after the episode names, on one line; nothing where it is a number."""
    named = {normal_key(key): value for key, value in fields.items() if isinstance(value, str)}
    told = text_field(named, EPISODE_KEYS) or ""
    return told if any(map(str.isalpha, told)) and episode_number(told) is None else ""


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


def field_line(text: str) -> tuple[str, str] | None:
    """Return the field and value of a line like ``**Show:** X`` or ``Show:: X`` with a known field."""
    if len(text) > FIELD_LINE_CHARS or not (":" in text[:60] or "：" in text[:60]):
        return None
    origin = FROM_LINE.fullmatch(text)
    if origin:
        return "show", origin["value"]
    found = FIELD_LINE.match(text)
    if found is None:
        return None
    key = normal_key(found["key"])
    return (key, found["value"].strip()) if key in KNOWN_KEYS else None


def fields_of_block(block: Block) -> list[tuple[str, str]]:
    """Return the fields that a block holds: a line of one or several, or a table's row of two cells."""
    if block.kind is BlockKind.TABLE_ROW:
        key, gap, value = block.text.partition(CELL_GAP)
        key = normal_key(key.rstrip(":： "))
        is_field = gap and CELL_GAP not in value and key in KNOWN_KEYS and len(value) <= FIELD_LINE_CHARS
        return [(key, value.strip())] if is_field and value.strip() else []
    first = field_line(block.text)
    if first is None:
        return []
    more = [field_line(part) for part in ANOTHER_FIELD.split(block.text)]
    return [found for found in more if found] if len(more) > 1 and all(more) else [first]


def text_fields(sections: Iterable[Section]) -> Fields:
    """Return the fields in lines at the beginning of a text; a link's target counts as its text.

    Where lines begin again and again with a field of people, they are turns of a conversation.
    """
    fields: dict[str, FieldValue] = {}
    uses: Counter[str] = Counter()
    for block in opening_blocks(sections):
        targets = [span.target for span in block.spans if span.kind is SpanKind.LINK and span.target]
        for key, value in fields_of_block(block):
            uses[key] += 1
            fields.setdefault(key, targets[0] if targets and key in URL_KEYS else value)
    return {key: value for key, value in fields.items() if key not in PEOPLE_KEYS or uses[key] <= MOST_OF_ONE}


def opening_blocks(sections: Iterable[Section]) -> list[Block]:
    """Return the paragraphs, bullets, quotations and rows at the beginning of a text."""
    kinds = (BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.QUOTE, BlockKind.TABLE_ROW)
    opening = [section for section in sections if section.ordinal < FIELD_SECTIONS]
    return [block for section in opening for block in section.blocks[:FIELD_BLOCKS] if block.kind in kinds]


def one_line(value: FieldValue | None) -> str:
    """Return a field's value on one line, a list's first entry, wikilink brackets left out."""
    if isinstance(value, tuple):
        value = value[0] if value else ""
    return without_brackets(clean_line(value)) if value else ""


def without_brackets(text: str) -> str:
    """Return text with ``[[page|words]]`` and ``[words](address)`` replaced by the words."""
    if "[" not in text:
        return text.strip()
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


def show_in_text(sections: Sequence[Section]) -> str | None:
    """Return the show that the first paragraph of a summary names."""
    for block in opening_blocks(sections)[:3]:
        found = SHOW_IN_TEXT.search(block.text[:500])
        if found:
            return found["show"]
    return None
