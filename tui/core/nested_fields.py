"""Lists and objects inside front matter, as lists of text.

Fields are texts and lists of texts (``core.formats.draft.Fields``). What publishers nest in them is put into
lines people can read: people by their names, chapters as ``1:02:03 Title``, quotations with who said them.
"""

import re
from collections.abc import Mapping, Sequence

from tui.core.cleaning import clean
from tui.core.episode import clock
from tui.core.formats.draft import Fields
from tui.core.formats.times import STAMP, clock_time

NAMES = ("name", "title", "text", "quote", "question", "content", "label", "value", "insight", "point")
"""What stands for an object in a list, the first of them that it has."""

DETAILS = ("answer", "description", "explanation", "impact_reason", "summary")
"""What may follow it, on a line of its own."""

SAID_BY = ("speaker", "author", "said_by", "by", "person")
"""Who said a quotation."""

STARTS = (
    "starttime",
    "start_time",
    "startseconds",
    "start_s",
    "start",
    "time",
    "timestamp",
    "seconds",
    "offset",
)
"""Names of a chapter's time: Podcasting 2.0, WebVTT and Whisper tools, people."""

CHAPTERS = "chapters"
CHAPTER_LISTS = frozenset(
    {"chapters", "podcast_chapters", "timestamps", "time_stamps", "timecodes", "psc_chapters"}
)
"""Fields that hold chapters, whatever their shape."""

Object = Mapping[str, object]


def flattened(values: Object) -> Fields:
    """Return fields by lower-case name: texts and lists of texts, clean; anything else is left out."""
    fields: dict[str, str | tuple[str, ...]] = {}
    for key, value in values.items():
        name = clean_text(key).strip().lower()
        chapters = chapter_list(value) if name.replace("-", "_") in CHAPTER_LISTS else ()
        if chapters:
            fields.setdefault(CHAPTERS, chapters)
        elif isinstance(value, list):
            fields.setdefault(name, texts_of(value))
        else:
            text = one_text(value)
            if text is not None:
                fields.setdefault(name, text)
    return fields


def texts_of(values: Sequence[object]) -> tuple[str, ...]:
    """Return the entries of a list that say something."""
    return tuple(text for text in map(entry_text, values) if text)


def entry_text(value: object) -> str | None:
    """Return an entry of a list as text; an object of one entry was rather meant as text with a colon."""
    if isinstance(value, dict) and len(value) == 1:
        key, only = next(iter(value.items()))
        if str(key).lower() not in NAMES and isinstance(only, str):
            return clean_text(f"{key}: {only}").strip()
    return one_text(value)


def one_text(value: object) -> str | None:
    """Return a single value as clean text: of an object what names it; None if there is none."""
    if isinstance(value, dict):
        value = object_text(value)
    if value is None or isinstance(value, list):
        return None
    # JSON, TOML and YAML escapes are decoded only now, after the text was cleaned.
    return clean_text(value).lstrip("\n").rstrip()


def object_text(value: Object) -> str | None:
    """Return what an object says: its name or text, who said it, and what more there is to it."""
    given = {
        str(key).lower(): entry for key, entry in value.items() if isinstance(entry, str) and entry.strip()
    }
    name = next((key for key in NAMES if key in given), None)
    if name is None:
        return None
    text = given[name].strip()
    if name in ("text", "quote", "content"):
        speaker = next((given[key] for key in SAID_BY if key in given), None)
        text = f"{text} — {speaker}" if speaker else text
    more = (
        next((given[key] for key in DETAILS if key in given), None) if name not in ("name", "title") else None
    )
    return f"{text}\n{more}" if more else text


def chapter_list(value: object) -> tuple[str, ...]:
    """Return chapters, each as its time and title on one line; none if the value holds none.

    Understood are Podcasting 2.0 chapters, lists of objects with a time and a title, lists of lines, and
    objects whose names are times.
    """
    if isinstance(value, dict):
        inner = value.get(CHAPTERS)
        if isinstance(inner, list):
            return chapter_list(inner)
        if value and all(isinstance(key, str) and re.fullmatch(STAMP, key) for key in value):
            return tuple(f"{key} {one_text(title) or ''}".strip() for key, title in value.items())
        return ()
    if not isinstance(value, list):
        return ()
    return tuple(line for line in map(chapter_line, value) if line)


def chapter_line(value: object) -> str | None:
    """Return one chapter as a line: ``1:02:03 Title``, or the title alone where its time can't be read."""
    if not isinstance(value, dict):
        return one_text(value)
    title = one_text(value)
    given = {str(key).lower(): entry for key, entry in value.items()}
    start = next((given[key] for key in STARTS if given.get(key) is not None), None)
    start_s = clock_time(str(start)) if start is not None else None
    if start_s is None:
        return title
    return f"{clock(start_s)} {title}" if title else clock(start_s)


def clean_text(value: object) -> str:
    """Return a value as clean text of any number of lines."""
    return clean(str(value)).text
