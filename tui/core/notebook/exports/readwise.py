"""Highlights as the table that Readwise imports: seven columns, CSV by RFC 4180.

A spreadsheet would carry out a cell that begins like a formula, so such cells begin with an apostrophe;
list items get a bullet instead of a dash, which is such a beginning too.
"""

import csv
import re
from collections.abc import Sequence
from io import StringIO

from tui.core.notebook.exports.entries import pointed_tags, web_url
from tui.core.notebook.exports.values import ExportSettings
from tui.core.notebook.values import Highlight

COLUMNS = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")
DASH = re.compile(r"^(\s*)- ", re.M)
FORMULA = ("=", "+", "-", "@", "\t")
APOSTROPHE = "'"
"""What spreadsheets take for: this is text."""


def render(highlights: Sequence[Highlight], settings: ExportSettings) -> str:
    """Return the table; its lines end as the standard wants, in CR LF."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for highlight in highlights:
        writer.writerow([harmless(cell) for cell in cells(highlight)])
    return text.getvalue()


def cells(highlight: Highlight) -> tuple[str, ...]:
    """Return what stands in the columns."""
    source = highlight.source
    people = " and ".join(source.people)
    return (
        DASH.sub(r"\1• ", highlight.text),
        source.title,
        source.show or people,
        web_url(source),
        note(highlight),
        str(location(highlight)),
        highlight.created.replace("T", " ").removesuffix("Z"),
    )


def note(highlight: Highlight) -> str:
    """Return the note, and the tags as Readwise reads them out of notes."""
    return " ".join([highlight.note, *pointed_tags(highlight)]).strip()


def location(highlight: Highlight) -> int:
    """Return what puts an episode's highlights in order: the second, or the character, where they begin."""
    return highlight.anchor.start if highlight.start_s is None else int(highlight.start_s)


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return APOSTROPHE + cell if cell.lstrip(" ").startswith(FORMULA) else cell
