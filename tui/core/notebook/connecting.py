"""Opening the notebook's file: made whole, for the reader's eyes only, and never by two names.

A file of this kind must not be opened in any other way while it is in use: to close it would take away the
locks that SQLite has on it (sqlite.org, “How To Corrupt An SQLite Database File”, 2.2).
"""

import errno
import os
import sqlite3
import stat
from contextlib import closing, suppress
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from urllib.parse import quote_from_bytes

from tui.core.notebook.schema import BACKUP

WAL, SHARED = "-wal", "-shm"
"""What the names of the files beside a database end in: what was written last, and what its readers share."""

UNFINISHED = ".part"
"""What the names of files end in that are being written."""

BUSY_S = 2.0
"""How long a write waits for another program, in seconds …"""

READ_BUSY_S = 1.0
"""… and how long a read."""


def beside(file: Path, ending: str) -> Path:
    """Return a file's companion whose name ends in something more."""
    return file.with_name(file.name + ending)


def connect(file: Path, mode: str, busy_s: float) -> sqlite3.Connection:
    """Return a connection to a file that is there; its transactions are ours to begin and end.

    Args:
        file: The file.
        mode: ``rw`` or ``ro``, with more parameters of SQLite's addresses behind it.
        busy_s: How long it waits for others, in seconds.

    Raises:
        sqlite3.Error: It can't be opened.
    """
    address = f"file:{quote_from_bytes(os.fsencode(file))}?mode={mode}"
    return sqlite3.connect(address, timeout=busy_s, isolation_level=None, check_same_thread=False, uri=True)


def open_to_read(file: Path) -> sqlite3.Connection | None:
    """Return a connection through which nothing can be written; None where there is no file.

    Raises:
        OSError: It is not an ordinary file, or what was written last can't be read.
        sqlite3.Error: It can't be opened or read.
    """
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        # A pipe would be waited for.
        raise OSError(errno.EINVAL, "it is not an ordinary file")
    if not status.st_size:
        return None
    if is_restored_over(file):
        return readable(connect(file, "ro&immutable=1", READ_BUSY_S))
    try:
        return readable(connect(file, "rw", READ_BUSY_S))
    except sqlite3.OperationalError as error:
        # Loaded here: the first frame waits for this module.
        from tui.core.notebook.reasons import code_of, is_damage

        if code_of(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or is_damage(error):
            raise
    # SQLite can't make the file that readers share: in a folder that can't be written, or on a full disk.
    wal = beside(file, WAL)
    if not wal.exists() or wal.stat().st_size == 0:
        return readable(connect(file, "ro&immutable=1", READ_BUSY_S))
    with TemporaryDirectory(prefix="pullquote-") as folder:
        copy = Path(folder) / file.name
        copyfile(wal, beside(copy, WAL))
        copyfile(file, copy)
        # What is open can be read though its name goes.
        return readable(connect(copy, "rw", READ_BUSY_S))


def is_restored_over(file: Path) -> bool:
    """Say whether a backup was copied over a notebook, beside which lies still what was written to that last.

    SQLite would take that for what was written to the backup.
    """
    try:
        if not beside(file, WAL).stat().st_size:
            return False
        # What is beside the file is not looked at like this.
        with closing(connect(file, "ro&immutable=1", BUSY_S)) as connection:
            found: int = connection.execute("PRAGMA application_id").fetchone()[0]
    except (OSError, sqlite3.Error):
        return False
    return found == BACKUP


def readable(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a connection that was seen to be able to read.

    Raises:
        sqlite3.Error: It is not; then it is closed.
    """
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def make_folder(folder: Path, *, is_ours: bool) -> None:
    """Make a folder, for the reader's eyes only whatever the umask says.

    Args:
        folder: The folder.
        is_ours: Whether it is for nothing but our files: one that is there already is then closed to others.

    Raises:
        OSError: It can't be made.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if is_ours and folder.stat().st_mode & 0o077:
        with suppress(OSError):
            folder.chmod(0o700)


def put_in_place(unfinished: Path, file: Path) -> bool:
    """Give a file its name, unless there is one of that name; return whether that was done.

    Raises:
        OSError: It can't be done.
    """
    sync(unfinished)
    try:
        os.link(unfinished, file)
    except FileExistsError:
        return False
    except OSError:
        # Some file systems know no links; two windows that start for the first time at once are rare.
        if os.path.lexists(file):
            return False
        unfinished.rename(file)
    sync(file.parent)
    return True


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, written to the disk."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
