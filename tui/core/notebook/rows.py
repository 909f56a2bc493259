"""The notebook's values as rows of its tables, and back.

What comes out of a database is cleaned like what comes out of a file, whoever wrote it: a row of another kind
than expected is mended, never an error.
"""

import json
import math
import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tui.core.cleaning import clean, clean_line, has_unsafe
from tui.core.notebook.schema import COLUMNS
from tui.core.notebook.values import Anchor, Bookmark, Colour, Highlight, Reading, ReadingState, Source

Row = tuple[Any, ...]
"""What sqlite3 gives and takes: texts, numbers, bytes and None, in the order of ``schema.COLUMNS``."""

COLOURS = {colour.value: colour for colour in Colour}
STATES = {state.value: state for state in ReadingState}
NO_EXTRA: Mapping[str, object] = MappingProxyType({})
NO_LIST, NO_OBJECT = "[]", "{}"

LARGEST = 2**53
"""Greater numbers are none of ours."""

DEEPEST = 20
"""How deep what an import brought along may be nested."""


def text_in(value: object) -> str:
    """Return a text of any number of lines, clean."""
    return clean(value).text if isinstance(value, str) else ""


def optional_text(value: object) -> str | None:
    """Return a text of any number of lines, clean; None for none."""
    return None if value is None else text_in(value)


def line_in(value: object) -> str:
    """Return a text of one line, clean."""
    return clean_line(value) if isinstance(value, str) else ""


def optional_line(value: object) -> str | None:
    """Return a text of one line, clean; None for none."""
    return line_in(value) or None


def count_in(value: object) -> int:
    """Return a number from 0."""
    return min(max(value, 0), LARGEST) if isinstance(value, int) else 0


def optional_number(value: object) -> int | None:
    """Return a whole number; None for anything else."""
    return value if isinstance(value, int) and abs(value) <= LARGEST else None


def seconds_in(value: object) -> float | None:
    """Return a time in seconds; None for none."""
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def path_bytes(value: object) -> bytes:
    """Return a path as the system has it."""
    return value if isinstance(value, bytes) else os.fsencode(value) if isinstance(value, str) else b""


def path_in(value: object) -> Path:
    """Return a path."""
    return Path(os.fsdecode(path_bytes(value)))


def json_in(value: object) -> str:
    """Return a text that may be JSON; what is in it is cleaned when it is taken apart."""
    return value if isinstance(value, str) else ""


Sort = tuple[tuple[type, ...], Callable[[object], object]]

TEXT: Sort = ((str,), text_in)
LINE: Sort = ((str,), line_in)
COUNT: Sort = ((int,), count_in)
OPTIONAL_LINE: Sort = ((str, type(None)), optional_line)
JSON: Sort = ((str,), json_in)

SORTS: dict[str, Sort] = {
    **dict.fromkeys(("prefix", "suffix", "text", "note"), TEXT),
    **dict.fromkeys(("number", "seen", "turn", "first", "last", "section", "is_favourite"), COUNT),
    **dict.fromkeys(("show", "date", "url", "language", "speaker"), OPTIONAL_LINE),
    **dict.fromkeys(("people", "tags", "extra", "read_sections"), JSON),
    "exact": ((str, type(None)), optional_text),
    "episode": ((int, type(None)), optional_number),
    "start_s": ((float, int, type(None)), seconds_in),
    "share": ((float, int), lambda value: seconds_in(value) or 0.0),
    "path": ((bytes,), path_bytes),
}
"""Of which types the values of a column are, and what mends others; all other columns hold lines."""

FITTING: dict[tuple[str, tuple[type, ...]], bool] = {}
"""Whether rows of a table with values of these types need no mending: there are few combinations."""


def mended(table: str, row: Row) -> Row:
    """Return a row of a table as it can be used, which nearly every row is."""
    types = (table, tuple(map(type, row)))
    fits = FITTING.get(types)
    if fits is None:
        wanted = [SORTS.get(column, LINE)[0] for column in COLUMNS[table]]
        fits = FITTING[types] = all(type(value) in types for value, types in zip(row, wanted, strict=True))
    # One search in all texts at once.
    if fits and not has_unsafe("".join([value for value in row if type(value) is str])):
        return row
    menders = [SORTS.get(column, LINE)[1] for column in COLUMNS[table]]
    return tuple([mend(value) for mend, value in zip(menders, row, strict=True)])


def source_from(row: Row) -> Source:
    """Return the source in a row."""
    _, id, path, content, title, show, episode, people, date, url, language, tags, _ = mended("sources", row)
    return Source(
        *(id, path_in(path), content, title, show, episode, names_in(people), date, url, language),
        names_in(tags),
    )


def source_row(source: Source) -> Row:
    """Return the row of a source, without ``number`` and ``seen``."""
    return (
        source.id,
        os.fsencode(source.path),
        *map(stored, (source.content, source.title, source.show)),
        source.number,
        json_of(source.people),
        *map(stored, (source.date, source.url, source.language)),
        json_of(source.tags),
    )


def highlight_from(row: Row, source: Source) -> Highlight:
    """Return the highlight in a row."""
    (
        number,
        id,
        _,
        exact,
        *anchor,
        text,
        colour,
        note,
        tags,
        favourite,
        speaker,
        start_s,
        made,
        changed,
        extra,
    ) = mended("highlights", row)
    return Highlight(
        *(id, source, Anchor(exact or "", *anchor), text, COLOURS.get(colour, Colour.AMBER), note),
        () if tags == NO_LIST else names_in(tags),
        *(bool(favourite), speaker, start_s, made, changed, number),
        NO_EXTRA if extra == NO_OBJECT else extra_in(extra),
    )


def highlight_row(highlight: Highlight) -> Row:
    """Return the row of a highlight; without a number where it has none yet."""
    return (
        highlight.order or None,
        highlight.id,
        highlight.source.id,
        *anchor_row(highlight.anchor),
        stored(highlight.text),
        highlight.colour.value,
        stored(highlight.note),
        json_of(highlight.tags),
        int(highlight.is_favourite),
        stored(highlight.speaker),
        highlight.start_s,
        highlight.created,
        highlight.modified,
        json_of(dict(highlight.extra)),
    )


def bookmark_from(row: Row, source: Source) -> Bookmark:
    """Return the bookmark in a row."""
    _, id, _, exact, *anchor, letter, created = mended("bookmarks", row)
    return Bookmark(id, source, Anchor(exact or "", *anchor), letter, created)


def bookmark_row(bookmark: Bookmark) -> Row:
    """Return the row of a bookmark, without its number."""
    return (
        bookmark.id,
        bookmark.source.id,
        *anchor_row(bookmark.anchor),
        stored(bookmark.letter),
        bookmark.created,
    )


def reading_from(row: Row, source: Source) -> Reading:
    """Return how far a reader is, from a row."""
    _, _, state, exact, *anchor, share, read_sections, read_at, _ = mended("readings", row)
    return Reading(
        source,
        STATES.get(state, ReadingState.UNREAD),
        None if exact is None else Anchor(exact, *anchor),
        min(max(float(share), 0.0), 1.0),
        frozenset(ordinals_in(read_sections)),
        read_at,
    )


def reading_row(reading: Reading) -> Row:
    """Return the row of how far a reader is, without ``number`` and ``turn``."""
    place = (None, "", "", 0, 0, 0, "") if reading.place is None else anchor_row(reading.place)
    return (
        reading.source.id,
        reading.state.value,
        *place,
        reading.share,
        json_of(sorted(reading.read_sections)),
        reading.read_at,
    )


def anchor_row(anchor: Anchor) -> Row:
    """Return the columns of an anchor."""
    texts = map(stored, (anchor.exact, anchor.prefix, anchor.suffix))
    return (*texts, anchor.start, anchor.end, anchor.section, stored(anchor.heading))


def stored(text: str | None) -> str | None:
    """Return a text as a database can hold it, clean: no lone surrogates, no zero bytes."""
    return None if text is None else clean(text).text


def json_of(value: object) -> str:
    """Return a value as JSON; what JSON does not know is written as its text."""
    return json.dumps(value if not isinstance(value, tuple) else list(value), default=str)


def value_in(text: str) -> object:
    """Return the value of a text of JSON; None for a text that is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


@lru_cache(4096)
def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a JSON list, clean, each once."""
    value = value_in(text)
    found = map(line_in, value) if isinstance(value, list) else ()
    return tuple(dict.fromkeys(name for name in found if name))


def ordinals_in(text: str) -> tuple[int, ...]:
    """Return the whole numbers in a JSON list."""
    value = value_in(text)
    return tuple(one for one in value if type(one) is int and one >= 0) if isinstance(value, list) else ()


def extra_in(text: str) -> Mapping[str, object]:
    """Return a JSON object, its texts clean."""
    value = cleaned(value_in(text))
    return MappingProxyType(value) if isinstance(value, dict) else NO_EXTRA


def cleaned(value: object, depth: int = 0) -> object:
    """Return a value of JSON with all its texts clean; what is nested too deep is left out."""
    if isinstance(value, str):
        return clean(value).text
    if depth > DEEPEST:
        return None
    if isinstance(value, list):
        return [cleaned(part, depth + 1) for part in value]
    if isinstance(value, dict):
        return {clean(name).text: cleaned(part, depth + 1) for name, part in value.items()}
    return value
