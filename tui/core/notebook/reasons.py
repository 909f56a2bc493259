"""Why the notebook can't be kept or read, in words for the reader."""

import errno
import sqlite3
from pathlib import Path

from tui.core.cleaning import clean_line
from tui.core.files import display_name

REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_BUSY: "another program is using the notebook",
    sqlite3.SQLITE_LOCKED: "another program is using the notebook",
    sqlite3.SQLITE_READONLY: "the notebook can't be written to",
    sqlite3.SQLITE_PERM: "the notebook can't be written to",
    sqlite3.SQLITE_CANTOPEN: "the notebook can't be opened",
    sqlite3.SQLITE_IOERR: "the disk reports an error, or is full",
    sqlite3.SQLITE_NOMEM: "there is no memory left",
    sqlite3.SQLITE_TOOBIG: "it is too large",
    sqlite3.SQLITE_CORRUPT: "the notebook is damaged",
    sqlite3.SQLITE_NOTADB: "the notebook is damaged",
}
"""By SQLite's primary result codes."""

SYSTEM_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "there is no room left for your files",
    errno.EROFS: "the notebook can't be written to",
    errno.EACCES: "the notebook can't be written to",
    errno.EPERM: "the notebook can't be written to",
    errno.EFBIG: "files may not grow that large here",
}

DAMAGE = frozenset(
    {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR}
)
"""What is said of damaged files; the last also of files with other tables than they should have."""

PRIMARY = 0xFF
"""The part of a result code that is the primary one (sqlite.org, “Result and Error Codes”)."""


def code_of(error: BaseException) -> int:
    """Return SQLite's primary result code; 0 where there is none."""
    return (getattr(error, "sqlite_errorcode", 0) or 0) & PRIMARY


def is_damage(error: BaseException) -> bool:
    """Say whether an error may mean that the file is damaged, or no notebook."""
    # Python's own, of names that are no text, has no code.
    is_garbled = isinstance(error, sqlite3.OperationalError) and not code_of(error)
    return is_garbled or code_of(error) in DAMAGE


def reason_of(error: sqlite3.Error | OSError, file: Path) -> str:
    """Return why something could not be kept: what, which file."""
    if isinstance(error, OSError):
        said = SYSTEM_REASONS.get(error.errno or 0) or clean_line(error.strerror or "unknown error")
    else:
        said = REASONS.get(code_of(error)) or clean_line(str(error))
    return f"{said} ({display_name(file)})"
