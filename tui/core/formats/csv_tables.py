"""Tables in files of comma-separated values, whatever separates them, and however they are broken."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import StringIO

from tui.core.formats.lines import squeeze

DELIMITERS = (",", ";", "\t")
HEADER_CHARS = 2000


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table below its header."""

    header: tuple[str, ...]
    """The columns' names in lower case."""

    rows: list[dict[str, str]] = field(default_factory=list)
    """Each by the columns' names, which are unlike; a cell without a column has the name ""."""

    rest: str = ""
    """What could not be read any more, from the beginning of its row."""


def header_of(text: str) -> tuple[str, tuple[str, ...]]:
    """Return what separates the cells of a text's first line, and these in lower case."""
    line = text.lstrip()[:HEADER_CHARS].split("\n", 1)[0]
    cells = {delimiter: names(line, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: len(cells[delimiter]))
    return best, cells[best]


def names(line: str, delimiter: str) -> tuple[str, ...]:
    """Return the names in a header."""
    try:
        row = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return ()
    seen: dict[str, int] = {}
    unlike: list[str] = []
    for cell in row:
        name = squeeze(cell).lower()
        seen[name] = seen.get(name, 0) + 1
        unlike.append(name if seen[name] == 1 else f"{name} {seen[name]}".strip())
    return tuple(unlike)


def table_of(text: str) -> Table:
    """Return the table a text is.

    The module ``csv`` stops at a field of more than 128 kB, as one quotation mark too many makes of all that
    follows. The limit is one for the whole process and stays; what comes after it is left as it is.
    """
    text = text.lstrip()
    delimiter, header = header_of(text)
    lines = StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter)
    rows: list[dict[str, str]] = []
    read = 0
    try:
        for row in reader:
            if read:
                rows.append(by_name(header, row))
            read = reader.line_num
    except csv.Error:
        return Table(header, rows, "\n".join(text.split("\n")[read:]))
    return Table(header, [row for row in rows if any(row.values())])


def by_name(header: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """Return a row's cells by the names of their columns; cells too many are joined under no name."""
    cells = dict(zip(header, row, strict=False))
    more = "\n".join(cell for cell in row[len(header) :] if cell.strip())
    return {**cells, "": "\n".join(filter(None, (cells.get("", ""), more)))} if more else cells


def written(header: Sequence[str], rows: Sequence[dict[str, str]]) -> str:
    """Return a table as text with commas."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        more = [row[""]] if "" not in header and row.get("") else []
        writer.writerow([*(row.get(name, "") for name in header), *more])
    return text.getvalue()
