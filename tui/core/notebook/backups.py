"""A copy of the notebook for each day on which it is open, the seven newest kept.

They are counted, and told from each other by that and not by their dates: a clock can be wrong.
"""

import os
import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from tui.core.notebook.connecting import BUSY_S, UNFINISHED, connect, make_folder, sync
from tui.core.notebook.examining import damage_in
from tui.core.notebook.schema import BACKUP
from tui.core.notebook.values import now

MOST_KEPT = 7

NAME = re.compile(r"notebook-(\d{6,})-(\d{4}-\d{2}-\d{2})\.db")
"""The names of backups: which it is, and of which day (UTC)."""


class DamagedError(sqlite3.DatabaseError):
    """The notebook is damaged: a backup of it must not take the place of a good one."""


def backups_in(folder: Path) -> list[Path]:
    """Return the backups in a folder, the newest first."""
    try:
        found = [path for path in folder.iterdir() if NAME.fullmatch(path.name)]
    except OSError:
        return []
    return sorted(found, key=count_of, reverse=True)


def count_of(backup: Path) -> int:
    """Return which backup it is, from 1."""
    found = NAME.fullmatch(backup.name)
    return int(found[1]) if found else 0


def day_of(backup: Path) -> str:
    """Return the day of a backup."""
    found = NAME.fullmatch(backup.name)
    return found[2] if found else ""


def newest_good(folder: Path) -> Path | None:
    """Return the newest backup that is whole."""
    return next((path for path in backups_in(folder) if is_good(path)), None)


def is_good(backup: Path) -> bool:
    """Say whether a backup is whole."""
    try:
        # Nothing else writes it, and nothing may be made beside it.
        with closing(connect(backup, "ro&immutable=1", BUSY_S)) as connection:
            return not damage_in(connection, thoroughly=True)
    except sqlite3.Error:
        return False


def is_due(folder: Path) -> bool:
    """Say whether there is no backup of today."""
    return not any(day_of(path) == now()[:10] for path in backups_in(folder)[:1])


def back_up(connection: sqlite3.Connection, folder: Path) -> Path | None:
    """Make a backup, and remove those that are too old; return it, or None if there is nothing to be kept.

    Raises:
        DamagedError: The notebook is damaged.
        OSError: The backup can't be written.
        sqlite3.Error: It can't be made, as where the disk is full.
    """
    if not connection.execute("SELECT count(*) FROM sources").fetchone()[0]:
        return None
    damage = damage_in(connection, thoroughly=True)
    if damage:
        raise DamagedError(damage)
    make_folder(folder, is_ours=True)
    known = backups_in(folder)
    count = count_of(known[0]) + 1 if known else 1
    backup = folder / f"notebook-{count:06}-{now()[:10]}.db"
    unfinished = backup.with_name(f"{backup.name}-{os.getpid()}{UNFINISHED}")
    try:
        # Made first, so that nobody else can read it for a moment.
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600))
        connection.execute("VACUUM INTO ?", [os.fsdecode(unfinished)])
        with closing(connect(unfinished, "rw", BUSY_S)) as copy:
            copy.execute(f"PRAGMA application_id = {BACKUP}")
        if not is_good(unfinished):
            raise sqlite3.DatabaseError("the copy could not be read back")
        sync(unfinished)
        unfinished.replace(backup)
        sync(folder)
    finally:
        unfinished.unlink(missing_ok=True)
    remove_old(folder)
    return backup


def remove_old(folder: Path) -> None:
    """Remove all but the newest backups, and what was left by a process that was cut off."""
    unfinished = [path for path in folder.glob(f"notebook-*{UNFINISHED}*") if not is_running(path)]
    for path in (*backups_in(folder)[MOST_KEPT:], *unfinished):
        with suppress(OSError):
            path.unlink()


def is_running(unfinished: Path) -> bool:
    """Say whether the process that writes a file is still there."""
    number = unfinished.name.partition(UNFINISHED)[0].rpartition("-")[2]
    try:
        os.kill(int(number), 0)
    except (OSError, ValueError, OverflowError):
        return False
    return True
