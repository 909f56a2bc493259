"""Putting a whole notebook where there is none, or none that can be used.

What is damaged, or no notebook, is set aside under another name and never deleted; what can be read of it and
of the newest backup becomes the notebook.
"""

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copy2
from tempfile import mkstemp

from tui.core.files import display_name
from tui.core.notebook.backups import day_of, newest_good
from tui.core.notebook.connecting import (
    BUSY_S,
    SHARED,
    UNFINISHED,
    WAL,
    beside,
    connect,
    put_in_place,
    sync,
)
from tui.core.notebook.salvage import Rows, no_rows, read_all, rows_of_whole, saved_from, united, write_rows
from tui.core.notebook.schema import migrate
from tui.core.notebook.values import now
from tui.core.watching import is_remote
from tui.paths import data_folder

BAD = ".bad-"
"""What stands in the name of what was set aside, before the day."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the notebook and its backups are."""

    file: Path
    """By the one path it has without links."""

    backups: Path

    @property
    def is_at_home(self) -> bool:
        """Whether the file is in our own folder; a link may lead into one of the reader's."""
        return os.path.realpath(data_folder()) == os.fspath(self.file.parent)


def make_anew(place: Place, rescue: sqlite3.Connection | None) -> str:
    """Put a whole notebook where there is none, or none that can be used; return what has to be said.

    Raises:
        OSError: It can't be written.
        sqlite3.Error: It can't be written.
    """
    remove_unfinished(place.file)
    is_there = os.path.lexists(place.file)
    saved = saved_from(place.file, wal_of(place.file)) if place.file.is_file() else no_rows()
    if rescue is not None:
        saved = united(read_all(rescue), saved)
    # What is open is the newest there is.
    backup = newest_good(place.backups) if rescue is None else None
    rows = united(saved, rows_of_whole(backup)) if backup is not None else saved
    unfinished = written(rows, place.file)
    try:
        if not is_there:
            put_in_place(unfinished, place.file)
            is_new = backup is None and rescue is None
            return said_of_new(place) if is_new else said(rows, backup, None)
        aside = set_aside(place.file, unfinished)
        return said(rows, backup, aside)
    finally:
        unfinished.unlink(missing_ok=True)


def remove_unfinished(file: Path) -> None:
    """Remove what was left by processes that were cut off; nobody else makes a notebook now."""
    for path in file.parent.glob(f"{file.name}-*{UNFINISHED}*"):
        with suppress(OSError):
            path.unlink()


def said_of_new(place: Place) -> str:
    """Return what has to be said of a notebook that was made just now."""
    if not is_remote(place.file.parent):
        return ""
    return f"{display_name(place.file)} is on a network drive: keep it open on one machine at a time"


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
    except sqlite3.Error:
        unfinished.unlink(missing_ok=True)
        raise
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


def move_companions_aside(file: Path) -> None:
    """Take away what lies beside a notebook and belongs to another one: under another name it is kept.

    Raises:
        OSError: It can't be done.
    """
    beside(file, WAL).rename(beside(new_name_aside(file), WAL))
    beside(file, SHARED).unlink(missing_ok=True)


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
        copy2(file, other)
        sync(other)


def name_aside(file: Path) -> Path:
    """Return the name under which a file is set aside: the one it has already, or a new one."""
    return same_aside(file) or new_name_aside(file)


def new_name_aside(file: Path) -> Path:
    """Return a name under which nothing is set aside yet, nor anything that lay beside it."""
    name = f"{file.name}{BAD}{now()[:10]}"
    names = [name, *(f"{name}-{number}" for number in range(2, 1000))]
    paths = map(file.with_name, names)
    return next(path for path in paths if not any(map(os.path.lexists, (path, beside(path, WAL)))))


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
