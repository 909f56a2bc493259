"""Opening the notebook to write, whatever was found in its place.

What is damaged, or no notebook, is set aside under another name and never deleted; what can be read of it and
of the newest backup becomes the notebook. All that happens while no other window can do the same.
"""

import fcntl
import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

from tui.core.files import display_name
from tui.core.notebook.backups import back_up, day_of, newest_good
from tui.core.notebook.connecting import (
    BUSY_S,
    SHARED,
    UNFINISHED,
    WAL,
    beside,
    connect,
    make_folder,
    put_in_place,
    sync,
)
from tui.core.notebook.examining import damage_in
from tui.core.notebook.salvage import Rows, no_rows, read_all, rows_of_whole, saved_from, united, write_rows
from tui.core.notebook.schema import VERSION, migrate, version_of
from tui.core.notebook.values import now

BETWEEN_TRIES_S = 0.05

BAD = ".bad-"
"""What stands in the name of what was set aside, before the day."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the notebook and its backups are."""

    file: Path
    """By the one path it has without links."""

    backups: Path


@dataclass(frozen=True, slots=True)
class Opened:
    """The notebook, open."""

    connection: sqlite3.Connection
    message: str = ""
    """What the reader has to know, in one line; empty if nothing had to be done."""

    newer: int = 0
    """Of a notebook that only a newer program may write, the version of its tables; else 0."""


def open_notebook(
    place: Place, rescue: sqlite3.Connection | None = None, *, thoroughly: bool = False
) -> Opened:
    """Return the notebook, made, mended or restored if need be.

    Args:
        place: Where it is.
        rescue: A connection to what was the notebook until now, where that was deleted or replaced.
        thoroughly: Whether it is looked through for damage thoroughly, however large it is.

    Raises:
        OSError: It can't be made, or what is in its place can't be set aside.
        sqlite3.Error: It can't be opened or written.
    """
    make_folder(place.file.parent)
    message = ""
    connection = connected(place.file, thoroughly=thoroughly)
    if connection is None:
        with folder_lock(place.file.parent):
            # Another window may have been quicker.
            connection = connected(place.file, thoroughly=thoroughly)
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
        with suppress(OSError):
            file.chmod(0o600)
    connection = connect(file, "rw", BUSY_S)
    try:
        if damage_in(connection, thoroughly=thoroughly) or is_locked_by_damage(connection, file):
            connection.close()
            return None
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def is_locked_by_damage(connection: sqlite3.Connection, file: Path) -> bool:
    """Say whether SQLite refuses to write a file that may be written: its header says so by mistake."""
    version = version_of(connection)
    if version > VERSION:
        return False
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_READONLY and os.access(file, os.W_OK):
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
    # A commit is on the disk before anybody says so, whatever happens to the power.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    if 0 < version < VERSION:
        back_up(connection, place.backups)
    migrate(connection)
    return Opened(connection, message)


def make_anew(place: Place, rescue: sqlite3.Connection | None) -> str:
    """Put a whole notebook where there is none, or none that can be used; return what has to be said.

    Raises:
        OSError: It can't be written.
        sqlite3.Error: It can't be written.
    """
    is_there = os.path.lexists(place.file)
    saved = saved_from(place.file, wal_of(place.file)) if place.file.is_file() else no_rows()
    if rescue is not None:
        saved = united(read_all(rescue), saved)
    backup = newest_good(place.backups)
    rows = united(saved, rows_of_whole(backup)) if backup is not None else saved
    unfinished = written(rows, place.file)
    try:
        if not is_there:
            put_in_place(unfinished, place.file)
            return said(rows, backup, None) if backup is not None or rescue is not None else ""
        aside = set_aside(place.file, unfinished)
        return said(rows, backup, aside)
    finally:
        unfinished.unlink(missing_ok=True)


def written(rows: Rows, file: Path) -> Path:
    """Return an unfinished file beside the notebook that holds rows.

    Raises:
        OSError: It can't be made.
        sqlite3.Error: It can't be written.
    """
    descriptor, name = mkstemp(dir=file.parent, prefix=f"{file.name}-", suffix=UNFINISHED)
    os.close(descriptor)
    unfinished = Path(name)
    try:
        with closing(connect(unfinished, "rw", BUSY_S)) as connection:
            migrate(connection)
            write_rows(connection, rows)
            connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error:
        unfinished.unlink(missing_ok=True)
        raise
    finally:
        for ending in (WAL, SHARED):
            beside(unfinished, ending).unlink(missing_ok=True)
    return unfinished


def set_aside(file: Path, unfinished: Path) -> Path:
    """Give what is in the notebook's place another name, and the unfinished file its place; return that name.

    At no moment is there nothing of the notebook's name, nor one with another's companions.

    Raises:
        OSError: It can't be done.
    """
    aside = name_aside(file)
    if file.is_file() and not os.path.lexists(aside):
        for ending in ("", WAL):
            with suppress(FileNotFoundError):
                link_or_copy(beside(file, ending), beside(aside, ending))
    elif not file.is_file():
        file.rename(aside)
    for ending in (WAL, SHARED):
        beside(file, ending).unlink(missing_ok=True)
    sync(unfinished)
    unfinished.replace(file)
    sync(file.parent)
    return aside


def link_or_copy(file: Path, other: Path) -> None:
    """Give a file a second name; where the file system knows no links, copy it.

    Raises:
        OSError: It can't be done.
    """
    try:
        os.link(file, other)
    except FileNotFoundError:
        raise
    except OSError:
        from shutil import copy2

        copy2(file, other)
        sync(other)


def name_aside(file: Path) -> Path:
    """Return the name under which a file is set aside: the one it has already, or a new one."""
    known = same_aside(file)
    if known is not None:
        return known
    name = f"{file.name}{BAD}{now()[:10]}"
    names = [name, *(f"{name}-{number}" for number in range(2, 1000))]
    return next(path for path in map(file.with_name, names) if not os.path.lexists(path))


def same_aside(file: Path) -> Path | None:
    """Return the name under which a file was about to be set aside by a window that was cut off."""
    for path in file.parent.glob(f"{file.name}{BAD}*"):
        with suppress(OSError):
            if file.is_file() and path.samefile(file):
                return path
    return None


def wal_of(file: Path) -> Path:
    """Return where lies what was written last to a file."""
    wal, aside = beside(file, WAL), same_aside(file)
    return wal if wal.exists() or aside is None else beside(aside, WAL)


def said(rows: Rows, backup: Path | None, aside: Path | None) -> str:
    """Return what happened to the notebook, in one line."""
    count = len(rows["highlights"])
    kept = f"{count} highlight{'' if count == 1 else 's'}"
    source = f" with the backup of {day_of(backup)}" if backup is not None else ""
    if aside is None:
        return f"The notebook's file was gone; it was written again{source}: {kept}"
    name = display_name(aside.name)
    return f"The notebook was damaged; {kept} saved{source}. The damaged file is kept as {name}"


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
