"""The thread that owns the notebook's file: it keeps what a window wants kept, and sees what others do."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Condition, Thread
from time import monotonic

from tui.core.notebook.changes import Change
from tui.core.notebook.connecting import open_to_write
from tui.core.notebook.news import AllKept, ChangedElsewhere, Kept, News, Told, Waiting
from tui.core.notebook.reasons import reason_of
from tui.core.notebook.schema import VERSION, migrate, version_of
from tui.core.notebook.store import OvertakenError, Store
from tui.core.notebook.values import Reading
from tui.core.notebook.work import Work, WorkKind

LOOK_S = 1.0
"""How often it is seen whether other windows changed anything, in seconds."""

FIRST_RETRY_S, LAST_RETRY_S = 0.5, 15.0
"""How long is waited before what could not be kept is tried again, in seconds: longer each time."""

Made = Callable[[Work, Change], None]


class Keeper:
    """Keeps works in order, from ``start`` to ``stop``."""

    def __init__(self, file: Path, tell: Callable[[News], None], made: Made) -> None:
        """Prepare keeping.

        Args:
            file: The notebook's.
            tell: Called in the thread with what happens.
            made: Called in the thread with what came of a change.
        """
        self.file = file
        self.tell = tell
        self.made = made
        self.changed = Condition()
        self.works: list[Work] = []
        """What is not kept yet; guarded by ``changed``."""

        self.has_new = False
        self.is_stopping = False
        self.problem = ""
        """Why nothing can be kept just now; empty if all is well."""

        self.is_read_only = False
        self.store: Store | None = None
        self.inode: tuple[int, int] | None = None
        self.data_version = 0
        self.retry_s = FIRST_RETRY_S
        self.thread: Thread | None = None

    # From any thread

    def start(self) -> None:
        """Begin to keep; once it has begun, nothing."""
        with self.changed:
            if self.thread is None:
                self.is_stopping = False
                self.thread = Thread(target=self.run, name="notebook", daemon=True)
                self.thread.start()

    def put(self, work: Work) -> None:
        """Have something kept."""
        with self.changed:
            if work.kind is WorkKind.READ_ON:
                self.works = [one for one in self.works if not is_replaced(one, work)]
            self.works.append(work)
            self.has_new = True
            self.changed.notify_all()

    @property
    def waiting(self) -> tuple[Work, ...]:
        """What is not kept yet."""
        with self.changed:
            return tuple(self.works)

    def flush(self, timeout_s: float) -> bool:
        """Wait until all is kept, no longer than a time in seconds; return whether it is."""
        with self.changed:
            return self.changed.wait_for(lambda: not self.works, timeout_s)

    def stop(self, timeout_s: float) -> None:
        """Keep what waits if that can be done in a time in seconds, and end."""
        with self.changed:
            self.is_stopping = True
            self.changed.notify_all()
            thread = self.thread
        if thread is not None:
            thread.join(timeout_s)
            self.thread = None

    # In the thread

    def run(self) -> None:
        """Keep what there is to be kept, until it is stopped."""
        next_try = 0.0
        while True:
            if monotonic() >= next_try or self.has_new or self.is_stopping:
                self.has_new = False
                if self.turn():
                    self.retry_s, next_try = FIRST_RETRY_S, 0.0
                else:
                    next_try = monotonic() + self.retry_s
                    self.retry_s = min(self.retry_s * 2, LAST_RETRY_S)
            with self.changed:
                if self.is_stopping:
                    break
                self.changed.wait_for(lambda: self.has_new or self.is_stopping, LOOK_S)
        self.close()

    def turn(self) -> bool:
        """Look for what others did and keep what waits; return whether all went well."""
        try:
            store = self.opened()
            self.look(store)
            while (work := self.first()) is not None:
                self.keep(store, work)
        except (sqlite3.Error, OSError) as error:
            self.fail(reason_of(error, self.file))
            return False
        if self.problem:
            self.problem = ""
            self.tell(AllKept())
        return True

    def opened(self) -> Store:
        """Return the open notebook, brought up to date.

        Raises:
            OSError: It can't be made.
            sqlite3.Error: It can't be opened.
        """
        if self.store is None:
            connection = open_to_write(self.file)
            try:
                if version_of(connection) > VERSION:
                    self.is_read_only = True
                migrate(connection)
            except sqlite3.Error:
                connection.close()
                raise
            self.store = Store(connection)
            self.inode = inode_of(self.file)
            self.data_version = self.read_version(self.store)
        return self.store

    def read_version(self, store: Store) -> int:
        """Return a number that changes when another window changes the file."""
        found: int = store.ask("PRAGMA data_version")[0][0]
        return found

    def look(self, store: Store) -> None:
        """See whether another window changed anything."""
        now = self.read_version(store)
        if now != self.data_version:
            self.data_version = now
            store.sources.clear()
            self.tell(ChangedElsewhere())

    def first(self) -> Work | None:
        """Return what is to be kept next."""
        with self.changed:
            return self.works[0] if self.works else None

    def keep(self, store: Store, work: Work) -> None:
        """Keep one thing as a whole or not at all.

        Raises:
            sqlite3.Error: It can't be kept now.
        """
        actual: Change | None = None
        connection = store.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            actual = carry_out(store, work)
            connection.execute("COMMIT")
        except OvertakenError:
            connection.execute("ROLLBACK")
        except sqlite3.Error:
            store.sources.clear()
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise
        self.done(work, actual)

    def done(self, work: Work, actual: Change | None) -> None:
        """Take a work from the list, and tell what came of it."""
        if actual is not None:
            self.made(work, actual)
        with self.changed:
            if work in self.works:
                self.works.remove(work)
            self.changed.notify_all()
        if actual is None:
            self.tell(Told(f"{work.change.said}: changed in another window since, so it stays as it is now"))
            self.tell(ChangedElsewhere())
        elif work.kind in (WorkKind.MAKE, WorkKind.UNDO):
            self.tell(Kept(work.change))

    def fail(self, reason: str) -> None:
        """Take down that nothing can be kept now, and tell it once of each change."""
        self.problem = reason
        with self.changed:
            self.works = [work for work in self.works if work.kind is not WorkKind.REFRESH]
            untold = [work for work in self.works if not work.is_told]
            self.changed.notify_all()
        for work in untold:
            work.is_told = True
            self.tell(Waiting(work.change, reason))

    def close(self) -> None:
        """Close the file."""
        if self.store is not None:
            self.store.close()
            self.store = None


def carry_out(store: Store, work: Work) -> Change:
    """Do in the file what a work says; return what came of it."""
    if work.kind is WorkKind.REFRESH and work.source is not None:
        store.refresh(work.source)
    elif work.kind is WorkKind.READ_ON:
        for edit in work.change.edits:
            if isinstance(edit.after, Reading):
                store.move_on(edit.after)
    else:
        return store.make(work.change, is_undo=work.kind is WorkKind.UNDO)
    return work.change


def is_replaced(waiting: Work, work: Work) -> bool:
    """Say whether one reading is overtaken by a later one of the same episode."""
    if waiting.kind is not WorkKind.READ_ON:
        return False
    sources = [edit.after.source.id for one in (waiting, work) for edit in one.change.edits if edit.after]
    return len(set(sources)) == 1


def inode_of(file: Path) -> tuple[int, int] | None:
    """Return what tells a file from another of its name; None if there is none."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
