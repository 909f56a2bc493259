"""Searching beside the reader's work: what a screen asks while somebody types.

All may be called from any thread. Only the latest query is answered: one that was overtaken, while it waited
or while it was looked for, gives None. Where there is no index the files are gone through, and ``status``
says why.
"""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Final

from tui.core.search.ahead import read_ahead
from tui.core.search.asking import MOST_HITS, MOST_RELATED, LibraryIndex, NoIndexError, Results, SectionHit
from tui.core.search.indexing import Indexing
from tui.core.search.queries import InState
from tui.core.search.query import parse
from tui.core.search.scanning import Scanner

WARM_UP: Final = "a the"
"""A query that opens what the next one needs."""


class Searcher:
    """Searches one library, and has its index kept up to date."""

    def __init__(self, library: Path, in_state: InState | None = None, root: Path | None = None) -> None:
        """Prepare for searching; nothing is opened or started yet.

        Args:
            library: The folder of episodes, or a file of several.
            in_state: Returns the keys of the episodes that are in a state of reading.
            root: Where indexes lie; by default in our cache folder.
        """
        self.library = library
        self.in_state = in_state
        self.root = root
        self.index: LibraryIndex | None = None
        self.indexing = Indexing(library, root)
        self.scanner: Scanner | None = None
        self.status = ""
        """What a reader should know about the answers, in one line; empty if all is well."""

        self.scanned = 0
        self.is_behind = False
        """What was written last was not looked at, for somebody was asking."""

        self.problem = ""
        self.turns = count(1)
        self.latest = 0
        self.asking = Lock()
        self.tending = Lock()

    def start(self) -> None:
        """Open the index and have it brought up to date; best after the first frame, in a thread."""
        with self.asking:
            self.opened()
            if self.index is not None:
                self.ask_index(WARM_UP, typing=True, limit=1)
        self.changed()

    def read_ahead(self, goes_on: Callable[[], bool]) -> None:
        """Have the index in memory before it is asked for; best after ``start``, in a thread.

        Args:
            goes_on: Asked now and then; when it says no, the rest is left.
        """
        index = self.index
        if index is not None:
            read_ahead(index.folder.engine, goes_on)

    def changed(self) -> None:
        """Take in that files of the library are new, changed or gone: the index is brought up to date."""
        with self.tending:
            self.indexing.want()
        self.say()

    def tend(self) -> bool:
        """Look after the index; call it about twice a second.

        Returns:
            Whether what is found may be something else now: then ask once more.
        """
        with self.tending:
            ended = self.indexing.tend()
        grown = False
        self.is_behind = not self.asking.acquire(blocking=False)
        if not self.is_behind:
            try:
                before = self.index
                grown = (self.opened() is not None and before is None) or self.refreshed()
            finally:
                self.asking.release()
        self.say()
        return grown or (ended and self.index is None)

    @property
    def is_busy(self) -> bool:
        """Whether the index is being written, or is to be: then ``tend`` has something to do."""
        return self.indexing.is_at_work or self.indexing.is_wanted or self.is_behind

    def search(self, text: str, *, typing: bool = True, limit: int = MOST_HITS) -> Results | None:
        """Return the sections that fit a query; None if another query was asked meanwhile.

        Args:
            text: What was typed; any text is a query.
            typing: More may come: the last word is taken for the beginning of one.
            limit: How many hits are returned.

        Raises:
            PullquoteError: There is no index, and the library can't be looked through.
        """
        turn = self.latest = next(self.turns)
        with self.asking:
            if turn != self.latest:
                return None
            results = self.ask_index(text, typing=typing, limit=limit)
            if results is None:
                results = self.ask_files(text, turn, typing=typing, limit=limit)
        self.say()
        return results if turn == self.latest else None

    def glance(self, text: str) -> Results | None:
        """Return how much a query finds, and hardly a hit of it; None where the index can't tell at once.

        Args:
            text: What was typed so far; any text is a query.
        """
        if self.index is None or not self.asking.acquire(blocking=False):
            return None
        try:
            return self.index.search(text, typing=True, limit=1) if self.index is not None else None
        except NoIndexError as error:
            self.lose(error)
            return None
        finally:
            self.asking.release()

    def cancel(self) -> None:
        """Let a search that goes on come to an end: nobody waits for it."""
        self.latest = next(self.turns)

    def related(self, path: Path, ordinal: int, limit: int = MOST_RELATED) -> tuple[SectionHit, ...]:
        """Return the sections that speak of the same as one, the closest first; none without an index.

        Args:
            path: Of the section's episode.
            ordinal: The section's place in it.
            limit: How many are returned.
        """
        with self.asking:
            index = self.opened()
            try:
                return index.related(path, ordinal, limit) if index is not None else ()
            except NoIndexError as error:
                self.lose(error)
                return ()

    def close(self) -> None:
        """End what was started."""
        self.cancel()
        with self.tending:
            self.indexing.end()

    def opened(self) -> LibraryIndex | None:
        """Return the index, opened if need be and if there is one."""
        if self.index is None:
            try:
                self.index = LibraryIndex(self.library, self.in_state, self.root)
                self.problem, self.scanner = "", None
            except NoIndexError as error:
                self.problem = str(error)
        return self.index

    def refreshed(self) -> bool:
        """Say whether the index has grown."""
        try:
            return self.index is not None and self.index.refresh()
        except NoIndexError as error:
            self.lose(error)
            return True

    def lose(self, error: NoIndexError) -> None:
        """Do without the index from now on, until there is another."""
        self.index, self.problem = None, str(error)
        with self.tending:
            self.indexing.want()

    def ask_index(self, text: str, *, typing: bool, limit: int) -> Results | None:
        """Return what the index has; nothing yet if it is being made; None if there will be none."""
        index = self.opened()
        try:
            if index is not None:
                return index.search(text, typing=typing, limit=limit)
        except NoIndexError as error:
            self.lose(error)
        return Results(text, parse(text, typing=typing)) if self.indexing.is_at_work else None

    def ask_files(self, text: str, turn: int, *, typing: bool, limit: int) -> Results:
        """Return what going through the files finds."""
        self.scanner = self.scanner or Scanner(self.library, self.in_state)
        try:
            return self.scanner.search(
                text, typing=typing, limit=limit, goes_on=lambda: turn == self.latest, tell=self.tell
            )
        finally:
            self.scanned = 0

    def tell(self, done: int) -> None:
        """Take in how many files were gone through."""
        self.scanned = done
        self.say()

    def say(self) -> None:
        """Bring ``status`` up to date."""
        self.status = self.line()

    def line(self) -> str:
        """Return what a reader should know about the answers."""
        progress = self.indexing.progress()
        if progress is not None and progress.total and not progress.is_complete:
            return f"indexing {progress.done:,} of {progress.total:,}"
        problem = self.indexing.problem
        if self.index is not None:
            return f"the index can't be kept up to date: {problem}" if problem else ""
        if self.indexing.is_at_work:
            return "indexing"
        scanner = self.scanner
        if scanner is None:
            return ""
        why = f"the index can't be kept: {problem}" if problem else self.problem
        if self.scanned and self.scanned < scanner.files:
            return f"going through the files, {self.scanned:,} of {scanner.files:,}: {why}"
        return f"searched by going through the files: {why}"
