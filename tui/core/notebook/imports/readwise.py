"""Readwise's CSV read: the table it imports, and the one it exports."""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO

from tui.core.cleaning import clean_line
from tui.core.formats.csv_tables import by_name, header_of
from tui.core.formats.readwise_csv import AUTHORS, COLOURS, DATES, HIGHLIGHT, TITLES, first_cell, offset_of
from tui.core.notebook.exports.readwise import APOSTROPHE, COLUMNS, FORMULA
from tui.core.notebook.imports import fields
from tui.core.notebook.imports.note_tags import apart, without_tags
from tui.core.notebook.imports.values import (
    Incoming,
    NotUnderstoodError,
    Problem,
    named_by_contents,
    source_without_file,
    time_of,
)
from tui.core.notebook.values import Anchor, Colour, Highlight, Source

IMPORT_HEADER = tuple(name.lower() for name in COLUMNS)
"""The columns of the table that Readwise imports; there the author of a podcast is its show."""

THEIR_COLOURS = {
    "green": Colour.GREEN,
    "blue": Colour.BLUE,
    **dict.fromkeys(("pink", "purple", "red", "rose"), Colour.ROSE),
}
KNOWN = frozenset({HIGHLIGHT, *TITLES, *AUTHORS, *DATES, *COLOURS, "note", "tags", "url"})
EXTRA = "readwise"


def fits(text: str) -> bool:
    """Say whether a text is such a table, by the names of its columns."""
    header = header_of(text)[1]
    return HIGHLIGHT in header and any(name in header for name in (*TITLES, "note", "url", "location"))


def read(text: str) -> Iterator[Incoming | Problem]:
    """Yield the highlights of a table, and which of its rows are none."""
    skipped = text[: len(text) - len(text.lstrip())].count("\n")
    text = text.lstrip()
    delimiter, header = header_of(text)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for number, row in enumerate(reader):
            at, line = line + skipped, reader.line_num + 1
            if number and any(cell.strip() for cell in row):
                yield incoming(by_name(header, row), header, at)
    except csv.Error:
        reason = "from here on it can't be read: a quotation mark too many, or one that is missing"
        yield Problem(line + skipped, reason)


def incoming(row: Mapping[str, str], header: tuple[str, ...], line: int) -> Incoming | Problem:
    """Return the highlight of a row."""
    try:
        return Incoming(highlight_of(row, header), line)
    except NotUnderstoodError as error:
        return Problem(line, str(error))


def highlight_of(row: Mapping[str, str], header: tuple[str, ...]) -> Highlight:
    """Return the highlight of a row.

    Raises:
        NotUnderstoodError: There is no text in it.
    """
    text = cell(row, HIGHLIGHT).strip()
    if not text:
        raise NotUnderstoodError("there is no text in it")
    note, in_note = without_tags(cell(row, "note"))
    listed = (clean_line(tag).lstrip(".") for tag in cell(row, "tags").split(","))
    tags, is_favourite = apart(tuple(dict.fromkeys(filter(None, (*listed, *in_note)))))
    start_s = offset_of(dict(row))
    created = time_of(first_cell(dict(row), DATES))
    known = KNOWN if created else KNOWN - {*DATES}
    rest = {name: value for name, value in row.items() if name not in known and value.strip()}
    return named_by_contents(
        Highlight(
            id="",
            source=source_of(row, is_show=header == IMPORT_HEADER or start_s is not None),
            anchor=Anchor(text, start=position(row)),
            text=text,
            colour=THEIR_COLOURS.get(first_cell(dict(row), COLOURS).lower(), Colour.AMBER),
            note=note,
            tags=tags,
            is_favourite=is_favourite,
            start_s=start_s,
            created=created,
            modified=created,
            extra=fields.extra({EXTRA: rest}) if rest else {},
        )
    )


def cell(row: Mapping[str, str], name: str) -> str:
    """Return what stands in a cell, clean, without the mark that keeps it from being a formula."""
    text = fields.lines(row.get(name, ""))
    return text[1:] if text.startswith(APOSTROPHE) and text[1:].lstrip(" ").startswith(FORMULA) else text


def source_of(row: Mapping[str, str], *, is_show: bool) -> Source:
    """Return the episode, or the book, that a row is out of."""
    author = clean_line(first_cell(dict(row), AUTHORS))
    return source_without_file(
        next((clean_line(cell(row, name)) for name in TITLES if row.get(name, "").strip()), ""),
        show=author if is_show and author else None,
        people=(author,) if author and not is_show else (),
        url=fields.url(row.get("url", "")),
    )


def position(row: Mapping[str, str]) -> int:
    """Return what puts a book's highlights in order: their location, as far as it is a number."""
    place = row.get("location", "").strip()
    return int(place) if place.isascii() and place.isdecimal() and len(place) < 10 else 0
