"""Saving what can be saved of a damaged notebook, and making a whole one of it and of the newest backup.

What SQLite can still read is taken as it reads it; for the rest the pages are gone through
(``core.notebook.pages``). A row that is in the backup too, but was not changed since, is taken from there:
what makes it differ is the damage.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from tui.core.notebook.connecting import BUSY_S, WAL, beside, connect
from tui.core.notebook.pages import image_of, records
from tui.core.notebook.rows import Row, mended, source_row
from tui.core.notebook.schema import COLUMNS, LONGEST_ID, migrate
from tui.core.notebook.store import UNKNOWN
from tui.core.notebook.values import Source

Rows = dict[str, dict[str, Row]]
"""Of each table, by what its things are told from others by, which is the second column."""

TABLES = {len(columns): table for table, columns in COLUMNS.items()}
"""By how many columns a row has, which table it is of."""

DAMAGED = "\ufffd"
"""What stands for bytes that are no text."""


def no_rows() -> Rows:
    """Return tables without rows."""
    return {table: {} for table in COLUMNS}


def saved_from(file: Path, wal: Path | None = None) -> Rows:
    """Return what can be read of a damaged file, which is left as it is.

    Args:
        file: The file.
        wal: What was written last; None for the file beside it.

    Raises:
        OSError: The file can't be read at all.
    """
    wal = wal or beside(file, WAL)
    with TemporaryDirectory(prefix="pullquote-") as folder:
        copy = Path(folder) / "copy.db"
        copyfile(file, copy)
        with suppress(OSError):
            copyfile(wal, beside(copy, WAL))
        data = copy.read_bytes()
        wal_data = beside(copy, WAL).read_bytes() if beside(copy, WAL).exists() else b""
        found = read_copy(copy)
    for table, row in rows_in(data, wal_data):
        found[table].setdefault(row[1], row)
    return found


def read_copy(copy: Path) -> Rows:
    """Return what SQLite can read of a copy of a damaged file."""
    try:
        with closing(connect(copy, "rw", BUSY_S)) as connection:
            return read_all(connection)
    except sqlite3.Error:
        return no_rows()


def read_all(connection: sqlite3.Connection) -> Rows:
    """Return the rows of a database, as far as they can be read from the beginning and from the end."""
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    found = no_rows()
    for table, columns in COLUMNS.items():
        for order in ("ASC", "DESC"):
            query = f"SELECT {', '.join(columns)} FROM {table} ORDER BY number {order}"
            if take(connection, query, table, found[table]):
                break
    return found


def take(connection: sqlite3.Connection, query: str, table: str, found: dict[str, Row]) -> bool:
    """Put the rows that a query gives to those that were found; return whether it went to the end."""
    try:
        for row in connection.execute(query):
            row = mended(table, row)
            if is_plausible(table, row):
                found.setdefault(row[1], row)
    except sqlite3.Error:
        return False
    return True


def rows_in(data: bytes, wal: bytes) -> Iterator[tuple[str, Row]]:
    """Yield the rows of our tables that are left in the pages of a file, with their tables."""
    for number, values in records(image_of(data, wal)):
        table = TABLES.get(len(values))
        row = mended(table, (number, *values[1:])) if table is not None else ()
        if table is not None and is_plausible(table, row):
            yield table, row


def is_plausible(table: str, row: Row) -> bool:
    """Say whether a row can be one of a table: it names its thing, and what that belongs to."""
    names = row[1:2] if table in ("sources", "readings") else row[1:3]
    return all(0 < len(name) <= LONGEST_ID and DAMAGED not in name for name in names)


def united(found: Rows, backup: Rows) -> Rows:
    """Return what was saved and what a backup has."""
    made = no_rows()
    for table in COLUMNS:
        made[table] = {**backup[table], **found[table]}
        for key in found[table].keys() & backup[table].keys():
            made[table][key] = truer(table, found[table][key], backup[table][key])
    return made


def truer(table: str, saved: Row, backup: Row) -> Row:
    """Return the truer of two rows of one thing: the saved one, unless the damage shows in it."""
    modified = COLUMNS[table].index("modified") if table == "highlights" else None
    is_unchanged = modified is not None and saved[modified] == backup[modified]
    is_garbled = any(isinstance(value, str) and DAMAGED in value for value in saved)
    return backup if is_unchanged or is_garbled else saved


def rows_of_whole(file: Path) -> Rows:
    """Return the rows of a file that is not damaged, of whatever older version, which is left as it is.

    Raises:
        OSError: It can't be read.
        sqlite3.Error: It can't be read.
    """
    with TemporaryDirectory(prefix="pullquote-") as folder:
        copy = Path(folder) / "copy.db"
        copyfile(file, copy)
        with closing(connect(copy, "rw", BUSY_S)) as connection:
            migrate(connection)
            return read_all(connection)


def write_rows(connection: sqlite3.Connection, rows: Rows) -> None:
    """Write rows into an empty notebook.

    Raises:
        sqlite3.Error: They can't be written.
    """
    rows["highlights"] = without_twins(rows["highlights"])
    add_missing_sources(rows)
    connection.execute("BEGIN IMMEDIATE")
    for table, columns in COLUMNS.items():
        marks = ", ".join("?" * len(columns))
        connection.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",
            numbered(table, rows[table].values()),
        )
    connection.execute("COMMIT")


def without_twins(highlights: dict[str, Row]) -> dict[str, Row]:
    """Return highlights, of one that is there under two ids only the first: the other id was damaged."""
    columns = COLUMNS["highlights"]
    telling = [columns.index(name) for name in ("number", "exact", "created")]
    made: dict[Row, str] = {}
    for id, row in highlights.items():
        made.setdefault(tuple(row[index] for index in telling), id)
    return {id: highlights[id] for id in made.values()}


def add_missing_sources(rows: Rows) -> None:
    """Add a source for what is left of episodes of which nothing else is known."""
    for table in ("highlights", "bookmarks", "readings"):
        column = COLUMNS[table].index("source")
        for row in rows[table].values():
            if row[column] not in rows["sources"]:
                unknown = source_row(Source(row[column], Path(), "", UNKNOWN))
                rows["sources"][row[column]] = (None, *unknown, 0)


def numbered(table: str, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows in the order of their numbers; of two with one number, the second gets a new one, later."""
    has_anchor = "exact" in COLUMNS[table] and table != "readings"
    seen: set[int] = set()
    again: list[Row] = []
    for row in sorted(rows, key=lambda row: row[0] or 0):
        whole = row
        if has_anchor and row[3] is None:
            whole = (*row[:3], "", *row[4:])
        if not row[0] or row[0] in seen:
            again.append((None, *whole[1:]))
            continue
        seen.add(row[0])
        yield whole
    yield from again
