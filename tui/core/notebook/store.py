"""What is in the notebook's file: read as values, and changed by them."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tui.core.cache import collection_paused
from tui.core.cleaning import clean_line
from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.merging import is_overtaken, merged, moved_on
from tui.core.notebook.rows import (
    Row,
    bookmark_from,
    bookmark_row,
    highlight_from,
    highlight_row,
    reading_from,
    reading_row,
    source_from,
    source_row,
)
from tui.core.notebook.schema import COLUMNS, LONGEST_ID
from tui.core.notebook.values import Bookmark, Highlight, Kept, Reading, Source, now

UNKNOWN = "An episode that is not known any more"

MANY = 500
"""From so many rows on, all sources are read at once."""


class OvertakenError(Exception):
    """What was to be taken back was changed elsewhere meanwhile."""


class Store:
    """The notebook's file, open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.sources: dict[str, Source] = {}
        """Those that were read, by their ids."""

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def rows(self, table: str, rest: str, values: Sequence[object] = ()) -> list[Row]:
        """Return rows of a table with all their columns.

        Args:
            table: Which.
            rest: The conditions and the order, in SQL.
            values: What stands for the question marks in it.

        Raises:
            sqlite3.Error: They can't be read.
        """
        return self.ask(f"SELECT {', '.join(COLUMNS[table])} FROM {table} {rest}", values)

    def ask(self, query: str, values: Sequence[object] = ()) -> list[Row]:
        """Return what a query in SQL gives.

        Raises:
            sqlite3.Error: It can't be answered.
        """
        try:
            return self.connection.execute(query, values).fetchall()
        except sqlite3.OperationalError as error:
            if "decode" not in str(error):
                raise
        # Some other program wrote what is no UTF-8; replacing that costs time, so it is done when needed.
        self.connection.text_factory = lambda data: data.decode("utf-8", "replace")
        try:
            return self.connection.execute(query, values).fetchall()
        finally:
            self.connection.text_factory = str

    def sources_where(self, rest: str, values: Sequence[object] = ()) -> list[Source]:
        """Return sources, given conditions and order in SQL."""
        return [source_from(row) for row in self.rows("sources", rest, values)]

    def highlights(self, rest: str = "ORDER BY number", values: Sequence[object] = ()) -> list[Highlight]:
        """Return highlights, given conditions and order in SQL."""
        with collection_paused():
            rows = self.rows("highlights", rest, values)
            sources = self.sources_of(rows, 2)
            return [highlight_from(row, sources[row[2]]) for row in rows]

    def recent_highlights(self, most: int) -> list[Highlight]:
        """Return so many highlights at most, episode by episode, that of the newest first."""
        newest = self.ask("SELECT source FROM highlights ORDER BY number DESC LIMIT ?", [most])
        found: list[Highlight] = []
        for (source,) in dict.fromkeys(newest):
            rest = "WHERE source = ? ORDER BY section, first, number LIMIT ?"
            found += self.highlights(rest, [source, max(most - len(found), 0)])
        return found

    def bookmarks(self, rest: str = "ORDER BY number", values: Sequence[object] = ()) -> list[Bookmark]:
        """Return bookmarks, given conditions and order in SQL."""
        rows = self.rows("bookmarks", rest, values)
        sources = self.sources_of(rows, 2)
        return [bookmark_from(row, sources[row[2]]) for row in rows]

    def readings(self, rest: str = "ORDER BY number", values: Sequence[object] = ()) -> list[Reading]:
        """Return how far the reader is in episodes, given conditions and order in SQL."""
        rows = self.rows("readings", rest, values)
        sources = self.sources_of(rows, 1)
        return [reading_from(row, sources[row[1]]) for row in rows]

    def sources_of(self, rows: Iterable[Row], column: int) -> dict[str, Source]:
        """Return the sources that rows name in a column, by their ids."""
        wanted = {row[column] for row in rows} - self.sources.keys()
        if len(wanted) > MANY:
            known = self.sources_where("")
        elif wanted:
            known = self.sources_where(f"WHERE id IN ({', '.join('?' * len(wanted))})", [*wanted])
        else:
            known = []
        self.sources.update({source.id: source for source in known})
        for id in wanted - self.sources.keys():
            self.sources[id] = Source(str(id), Path(), "", UNKNOWN)
        return self.sources

    # Changing: inside a transaction.

    def make(self, change: Change, *, is_undo: bool = False) -> Change:
        """Carry out a change, and return what came of it: each thing as it was found and as it is now.

        Args:
            change: What is to be done; other fields that other windows changed meanwhile stay.
            is_undo: Nothing is done if it would take back what was done elsewhere.

        Raises:
            OvertakenError: It would.
            sqlite3.Error: It can't be written.
        """
        done: list[Edit] = []
        for edit in change.edits:
            edit = self.settled(edit)
            found = self.find(edit)
            if is_undo and is_overtaken(edit, found):
                raise OvertakenError
            becomes = merged(edit, found)
            if isinstance(becomes, Bookmark) and becomes.letter:
                done += self.free_letter(becomes)
            self.put(found, becomes)
            done.append(Edit(found, becomes))
        return Change(change.said, tuple(done))

    def move_on(self, reading: Reading) -> Edit:
        """Take down how far a reader has come; return what that changed.

        Raises:
            sqlite3.Error: It can't be written.
        """
        source = self.settle(reading.source)
        known = self.readings("WHERE source = ?", [source.id])
        found = known[0] if known else None
        becomes = moved_on(found, replace(reading, source=source))
        self.put(found, becomes)
        self.connection.execute(
            "UPDATE readings SET turn = 1 + (SELECT max(turn) FROM readings) WHERE source = ?", [source.id]
        )
        return Edit(found, becomes)

    def refresh(self, source: Source) -> None:
        """Take down what is known of an episode now, if anything is kept of it.

        Raises:
            sqlite3.Error: It can't be written.
        """
        changes = ", ".join(f"{column} = ?" for column in COLUMNS["sources"][1:-1])
        self.connection.execute(
            f"UPDATE sources SET {changes}, seen = 1 + (SELECT max(seen) FROM sources) WHERE id = ?",
            [*source_row(source), source.id],
        )
        self.sources.clear()

    def find(self, edit: Edit) -> Kept | None:
        """Return the thing that an edit is about as it is in the file; None if it is not there."""
        thing = edit.after or edit.before
        found: Sequence[Kept] = ()
        match thing:
            case Highlight():
                found = self.highlights("WHERE id = ?", [thing.id])
            case Bookmark():
                found = self.bookmarks("WHERE id = ?", [thing.id])
            case Reading():
                found = self.readings("WHERE source = ?", [thing.source.id])
        return found[0] if found else None

    def free_letter(self, bookmark: Bookmark) -> list[Edit]:
        """Remove the other bookmarks with a letter that marks one place only; return what was done."""
        same_letter = self.bookmarks("WHERE letter = ? AND id <> ?", [bookmark.letter, bookmark.id])
        is_global = bookmark.letter.isupper()
        rivals = [one for one in same_letter if is_global or one.source.id == bookmark.source.id]
        for rival in rivals:
            self.put(rival, None)
        return [Edit(rival, None) for rival in rivals]

    def settle(self, source: Source) -> Source:
        """Return a source as it is in the file, where it is written if it is new.

        Two windows that see a new episode give it two ids: that of the first that kept something stays.
        """
        known = self.sources_where("WHERE id = ?", [source.id])
        if not known and source.content:
            known = self.sources_where("WHERE path = ? AND content = ?", source_row(source)[1:3])
        if known:
            return known[0]
        row = source_row(source)
        self.connection.execute(
            f"INSERT INTO sources ({', '.join(COLUMNS['sources'][1:])})"
            f" VALUES ({', '.join('?' * len(row))}, 1 + coalesce((SELECT max(seen) FROM sources), 0))",
            row,
        )
        return source

    def settled(self, edit: Edit) -> Edit:
        """Return an edit whose things name their sources as the file does."""
        before, after = edit.before, edit.after
        # What an import moves to another episode has two.
        stays = before is not None and after is not None and before.source.id == after.source.id
        if after is not None:
            after = replace(after, source=self.settle(after.source))
        if before is not None:
            source = after.source if after is not None and stays else self.settle(before.source)
            before = replace(before, source=source)
        return Edit(before, after)

    def keys(self) -> Iterator[tuple[type, str]]:
        """Yield what all things are told from others by."""
        for kind, (table, _, key) in TABLES.items():
            yield from ((kind, row[0]) for row in self.ask(f"SELECT {key} FROM {table}"))

    def put(self, found: Kept | None, becomes: Kept | None) -> None:
        """Write what becomes of a thing: only the columns in which it changed."""
        thing = becomes or found
        if thing is None or found == becomes:
            return
        becomes = dated(found, becomes)
        table, row_of, key = TABLES[type(thing)]
        id = thing.source.id if isinstance(thing, Reading) else thing.id
        if becomes is None:
            self.connection.execute(f"DELETE FROM {table} WHERE {key} = ?", [id])
            return
        columns = COLUMNS[table][0 if table == "highlights" else 1 :]
        row = row_of(becomes)
        if found is None:
            self.insert(table, columns, row)
            return
        changes = [
            (column, new)
            for column, new, old in zip(columns, row, row_of(found), strict=False)
            if new != old and column != "number"
        ]
        if changes:
            assigned = ", ".join(f"{column} = ?" for column, _ in changes)
            values = [value for _, value in changes]
            self.connection.execute(f"UPDATE {table} SET {assigned} WHERE {key} = ?", [*values, id])

    def insert(self, table: str, columns: Sequence[str], row: Row) -> None:
        """Write a new row; under the number it had, if it had one and nobody else has it now.

        Raises:
            ValueError: Its id would be read back as another one.
        """
        id = row[columns.index("id" if "id" in columns else "source")]
        if not 0 < len(id) <= LONGEST_ID or clean_line(id) != id:
            raise ValueError("its id is none")
        if columns[0] == "number" and row[0] is not None:
            taken = self.ask(f"SELECT 1 FROM {table} WHERE number = ?", row[:1])
            row = (None, *row[1:]) if taken else row
        named = ", ".join(columns[: len(row)])
        marks = ", ".join("?" * len(row))
        self.connection.execute(f"INSERT INTO {table} ({named}) VALUES ({marks})", row)


TABLES: dict[type, tuple[str, Any, str]] = {
    Highlight: ("highlights", highlight_row, "id"),
    Bookmark: ("bookmarks", bookmark_row, "id"),
    Reading: ("readings", reading_row, "source"),
}
"""Where each kind of thing is kept: its table, what makes its row, and what it is found by."""


def dated(found: Kept | None, becomes: Kept | None) -> Kept | None:
    """Return a thing with when it was changed, if whoever changed it did not say."""
    if isinstance(found, Highlight) and isinstance(becomes, Highlight) and found.modified == becomes.modified:
        return replace(becomes, modified=now())
    return becomes
