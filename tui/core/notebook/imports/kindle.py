"""A Kindle's clippings read: highlights with the notes on them, in any language of the device."""

import re
from collections.abc import Iterator
from datetime import datetime

from tui.core.formats.kindle_clippings import SEPARATOR, Entry, Marked, Shelf, entry_of
from tui.core.formats.kindle_words import authors_of, is_note, title_and_author
from tui.core.notebook.exports.kindle import LOCATION_CHARS, MONTHS
from tui.core.notebook.imports import fields
from tui.core.notebook.imports.note_tags import apart, without_tags
from tui.core.notebook.imports.values import (
    Incoming,
    Problem,
    named_by_contents,
    source_without_file,
    time_of,
)
from tui.core.notebook.values import Anchor, Highlight

DATE = re.compile(
    r"(?:(?P<month>[A-Z][a-z]+) (?P<day>\d{1,2})|(?P<day_first>\d{1,2}) (?P<month_last>[A-Z][a-z]+)),? "
    r"(?P<year>\d{4}),? (?P<time>\d{1,2}:\d\d(?::\d\d)?)(?: (?P<half>[AP]M))?"
)
"""When a clipping was made, as an English device says it."""

EXTRA = "kindle"
SPACES = re.compile(r"[\u202f\xa0]")


def fits(text: str) -> bool:
    """Say whether a text is such a file: what stands before the first separator is an entry."""
    first = SEPARATOR.search(text)
    return first is not None and any(
        entry_of(piece) is not None for piece in SEPARATOR.split(text[: first.end() + 20_000])[:3]
    )


def read(text: str) -> Iterator[Incoming | Problem]:
    """Yield the highlights of a file, book by book, and what in it is no clipping."""
    shelves: dict[str, Shelf] = {}
    lines: dict[Entry, int] = {}
    problems: list[Problem] = []
    at = line = 0
    for end in [*(found.span() for found in SEPARATOR.finditer(text)), (len(text), len(text))]:
        piece = text[at : end[0]]
        begins = line + len(piece) - len(piece.lstrip("\n")) + 1 if piece.strip() else 0
        entry = entry_of(piece)
        if entry is not None:
            lines.setdefault(entry, begins)
            shelves.setdefault(entry.book, Shelf()).add(entry)
        elif piece.strip():
            problems.append(Problem(begins, "it is no clipping"))
        line += text.count("\n", at, end[1])
        at = end[1]
    for shelf in shelves.values():
        for marked in shelf.marked:
            yield incoming(marked, lines[marked.entry])
    yield from problems


def incoming(marked: Marked, line: int) -> Incoming | Problem:
    """Return the highlight of a clipping; a note on a place without one is none."""
    entry = marked.entry
    if is_note(entry.about):
        return Problem(line, "it is a note without a highlight")
    title, author = title_and_author(entry.book)
    note, tags = without_tags("\n\n".join(marked.notes))
    tags, is_favourite = apart(tags)
    created = made_at(entry.about)
    first, last = entry.span
    kept: dict[str, object] = {"about": entry.about}
    if marked.earlier:
        kept["earlier"] = marked.earlier
    highlight = Highlight(
        id="",
        source=source_without_file(title, show=None, people=authors_of(author)),
        anchor=Anchor(entry.text, start=character(first), end=character(last)),
        text=entry.text,
        note=note,
        tags=tags,
        is_favourite=is_favourite,
        created=created,
        modified=created,
        extra=fields.extra({EXTRA: kept}),
    )
    return Incoming(named_by_contents(highlight), line)


def character(location: int) -> int:
    """Return about where a location begins, in characters."""
    return max(location - 1, 0) * LOCATION_CHARS


def made_at(about: str) -> str:
    """Return when a clipping was made, taken for UTC; empty where it is told in another language."""
    found = DATE.search(SPACES.sub(" ", about))
    if found is None:
        return ""
    month = found["month"] or found["month_last"]
    if month not in MONTHS:
        return ""
    hours, _, rest = found["time"].partition(":")
    hour = int(hours) % 12 + (12 if found["half"] == "PM" else 0) if found["half"] else int(hours)
    minute, _, second = rest.partition(":")
    day = int(found["day"] or found["day_first"])
    try:
        made = datetime(int(found["year"]), MONTHS.index(month) + 1, day, hour, int(minute), int(second or 0))
    except ValueError:
        return ""
    return time_of(made.isoformat())
