"""The notebook's open file, and whether it still is the notebook."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from time import monotonic

from tui.core.notebook.opening import Opened
from tui.core.notebook.store import Store

Identity = tuple[int, int]
"""Device and inode."""

Stamp = tuple[int, int]
"""Size in bytes, and when it was changed in nanoseconds."""

SETTLED_S = 10.0
"""What is written last is moved from beside the file into it within so many seconds; when the file changes
later, somebody else wrote it."""

REST_S = 3.0
"""After so many seconds without a change it is moved: the file by itself is then all there is."""


class Held:
    """The notebook's file, open in the notebook's thread."""

    def __init__(self, opened: Opened, file: Path) -> None:
        self.store = Store(opened.connection)
        self.connection = opened.connection
        self.file = file
        self.identity, self.stamp = self.seen() or ((0, 0), (0, 0))
        self.data_version = self.read_data_version()
        self.wrote_at = monotonic()
        """When this or another window changed anything last, in seconds."""

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
        """Whether the file is gone, or another one has its name."""
        seen = self.seen()
        return seen is None or seen[0] != self.identity

    @property
    def is_overwritten(self) -> bool:
        """Whether somebody may have written into the file by other means than SQLite's."""
        seen = self.seen()
        if seen is None or seen[1] == self.stamp or monotonic() - self.wrote_at < SETTLED_S:
            return False
        self.stamp = seen[1]
        return True

    def has_changed(self) -> bool:
        """Say whether another window changed anything since this was asked last.

        Raises:
            sqlite3.Error: The file can't be read.
        """
        now = self.read_data_version()
        if now == self.data_version:
            return False
        self.data_version = now
        self.wrote()
        self.store.sources.clear()
        return True

    def wrote(self) -> None:
        """Take down that something was changed just now."""
        self.wrote_at = monotonic()
        self.is_settled = False

    def settle(self) -> None:
        """After a while without changes, have what was written last moved from beside the file into it."""
        if self.is_settled or monotonic() - self.wrote_at < REST_S or self.is_replaced:
            return
        self.is_settled = True
        before = self.seen()
        with suppress(sqlite3.Error):
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        after = self.seen()
        if before is not None and after is not None and before[1] == self.stamp:
            self.stamp = after[1]

    def close(self) -> None:
        """Close the file."""
        self.connection.close()
