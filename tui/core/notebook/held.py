"""The notebook's open file, and whether it still is the notebook."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic

from tui.core.notebook.connecting import WAL, beside, is_restored_over
from tui.core.notebook.opening import Opened
from tui.core.notebook.store import Store

Identity = tuple[int, int]
"""Device and inode."""

Stamp = tuple[int, int]
"""Size in bytes, and when it was changed in nanoseconds."""

REST_S = 3.0
"""After so many seconds without a change, what was written last is moved from beside the file into it: the
file by itself is then all there is."""

SETTLED_S = 10.0
"""Other windows have done so by then, in seconds; when the file changes later, it was not by them …"""

DOUBTED_S = 60.0
"""… but where they write all the time, it is opened anew now and then, in seconds."""


class Held:
    """The notebook's file, open in the notebook's thread."""

    def __init__(self, opened: Opened, file: Path) -> None:
        self.store = Store(opened.connection)
        self.connection = opened.connection
        self.file = file
        self.identity, self.stamp = self.seen() or ((0, 0), (0, 0))
        self.data_version = self.read_data_version()
        self.log = self.log_inode()
        """What was written last lies there, beside the file (sqlite.org, “Write-Ahead Logging”)."""

        self.opened_at = self.wrote_at = self.others_wrote_at = monotonic()
        """When it was opened, and when any window, or another one, changed anything last, in seconds."""

        self.is_settled = False

    def seen(self) -> tuple[Identity, Stamp] | None:
        """Return what the file of the notebook's name looks like; None if there is none."""
        try:
            status = os.stat(self.file)  # noqa: PTH116 - once a second, for as long as a window is open
        except OSError:
            return None
        return (status.st_dev, status.st_ino), (status.st_size, status.st_mtime_ns)

    def read_data_version(self) -> int:
        """Return a number that changes when another window changes the file (``PRAGMA data_version``)."""
        found: int = self.connection.execute("PRAGMA data_version").fetchone()[0]
        return found

    @property
    def is_replaced(self) -> bool:
        """Whether the file is gone, or another one has its name, or that of what lies beside it."""
        seen, log = self.seen(), self.log_inode()
        if self.log is None:
            # It is made with the first change.
            self.log = log
        return seen is None or seen[0] != self.identity or log != self.log

    @property
    def is_torn(self) -> bool:
        """Whether the file is there, but what was written last, and lay beside it, is gone."""
        seen = self.seen()
        return seen is not None and seen[0] == self.identity and self.log_inode() is None

    def log_inode(self) -> int | None:
        """Return what tells the file beside the notebook from another of its name; None if there is none."""
        try:
            return beside(self.file, WAL).stat().st_ino
        except OSError:
            return None

    @property
    def is_overwritten(self) -> bool:
        """Whether somebody may have written into the file by other means than SQLite's."""
        if self.is_as_known:
            return False
        if is_restored_over(self.file):
            return True
        now = monotonic()
        return now - self.others_wrote_at > SETTLED_S or now - self.opened_at > DOUBTED_S

    @property
    def is_as_known(self) -> bool:
        """Whether the file looks as this window left it."""
        seen = self.seen()
        return seen is None or seen[1] == self.stamp

    def has_changed(self) -> bool:
        """Say whether another window changed anything since this was asked last.

        Raises:
            sqlite3.Error: The file can't be read.
        """
        now = self.read_data_version()
        if now == self.data_version:
            return False
        self.data_version = now
        self.wrote_at = self.others_wrote_at = monotonic()
        self.is_settled = False
        self.store.sources.clear()
        return True

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Know what is written meanwhile as ours."""
        was_as_known = self.is_as_known
        yield
        self.wrote_at = monotonic()
        self.is_settled = False
        seen = self.seen()
        if was_as_known and seen is not None:
            self.stamp = seen[1]

    def settle(self) -> None:
        """After a while without changes, have what was written last moved from beside the file into it."""
        if self.is_settled or monotonic() - self.wrote_at < REST_S or self.is_replaced:
            return
        with self.writing(), suppress(sqlite3.Error):
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.is_settled = True

    def close(self) -> None:
        """Close the file."""
        self.connection.close()
