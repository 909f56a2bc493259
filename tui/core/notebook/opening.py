"""Opening the notebook to write: as it is, or made, mended or restored first, by one window only."""

import fcntl
import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tui.core.notebook.backups import back_up
from tui.core.notebook.connecting import BUSY_S, connect, is_restored_over, make_folder
from tui.core.notebook.examining import damage_in
from tui.core.notebook.mending import Place, make_anew, move_companions_aside
from tui.core.notebook.schema import APPLICATION, BACKUP, VERSION, migrate, version_of
from tui.core.watching import is_remote

BETWEEN_TRIES_S = 0.05

WRITE_VERSION, NEWEST_WRITE_VERSION = 18, 2
"""Which byte of a database says how it may be written, and its greatest value (“Database File Format”)."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The notebook, open."""

    connection: sqlite3.Connection
    message: str = ""
    """What the reader has to know, in one line; empty if nothing had to be done."""

    newer: int = 0
    """Of a notebook that only a newer program may write, the version of its tables; else 0."""


def open_notebook(
    place: Place, rescue: sqlite3.Connection | None = None, *, thoroughly: bool = False, anew: bool = False
) -> Opened:
    """Return the notebook, made, mended or restored if need be.

    Args:
        place: Where it is.
        rescue: A connection to what was the notebook until now, where that was deleted or replaced.
        thoroughly: Whether it is looked through for damage thoroughly, however large it is.
        anew: Whether the file lacks what that connection has.

    Raises:
        OSError: It can't be made, or what is in its place can't be set aside.
        sqlite3.Error: It can't be opened or written.
    """
    make_folder(place.file.parent, is_ours=place.is_at_home)
    message = ""
    is_usable = not anew and not is_restored_over(place.file)
    connection = connected(place.file, thoroughly=thoroughly) if is_usable else None
    if connection is None:
        with folder_lock(place.file.parent):
            if is_restored_over(place.file):
                move_companions_aside(place.file)
            # Another window may have been quicker.
            connection = connected(place.file, thoroughly=thoroughly) if not anew else None
            if connection is None:
                message = make_anew(place, rescue)
                connection = connected(place.file)
    if connection is None:
        raise sqlite3.DatabaseError("it is damaged again")
    try:
        return prepared(connection, place, message)
    except (sqlite3.Error, OSError):
        connection.close()
        raise


def connected(file: Path, *, thoroughly: bool = False) -> sqlite3.Connection | None:
    """Return a connection to the notebook; None if there is none, or it is damaged.

    Raises:
        OSError: It can't be looked at.
        sqlite3.Error: It can't be opened.
    """
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode) or not status.st_size:
        return None
    if status.st_mode & 0o077:
        # Closed to others; what the reader made read-only stays so.
        with suppress(OSError):
            file.chmod(status.st_mode & 0o700)
    connection = connect(file, "rw", BUSY_S)
    try:
        if damage_in(connection, thoroughly=thoroughly) or is_locked_by_damage(connection):
            connection.close()
            return None
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def is_locked_by_damage(connection: sqlite3.Connection) -> bool:
    """Say whether SQLite refuses to write a file because its header has a write version that there is not."""
    version = version_of(connection)
    if version > VERSION:
        return False
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        # Asked of SQLite: to open the file in another way would take away the locks on it.
        is_readable = error.sqlite_errorcode == sqlite3.SQLITE_READONLY and hasattr(connection, "serialize")
        if is_readable and connection.serialize()[WRITE_VERSION] > NEWEST_WRITE_VERSION:
            return True
        raise
    return False


def prepared(connection: sqlite3.Connection, place: Place, message: str) -> Opened:
    """Return the notebook with its tables brought up to date, and set so that a commit is on the disk.

    Raises:
        OSError: The backup that is made before can't be written.
        sqlite3.Error: It can't be written.
    """
    version = version_of(connection)
    if version > VERSION:
        return Opened(connection, message, version)
    if connection.execute("PRAGMA application_id").fetchone()[0] == BACKUP:
        # Before there can be anything beside the file: from now on it is the notebook.
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
    # A commit is on the disk before anybody says so, whatever happens to the power.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # The memory that readers share is not shared with other machines (sqlite.org, “Write-Ahead Logging”).
    journal = "DELETE" if is_remote(place.file.parent) else "WAL"
    connection.execute(f"PRAGMA journal_mode = {journal}")
    if 0 < version < VERSION:
        back_up(connection, place.backups)
    migrate(connection)
    return Opened(connection, message)


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Be the one process that mends what is in a folder; the system ends that with the process.

    Raises:
        OSError: Another one is, and goes on.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        end = time.monotonic() + BUSY_S
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise
            time.sleep(BETWEEN_TRIES_S)
        yield
    finally:
        os.close(descriptor)
