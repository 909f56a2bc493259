"""Opening files without harm: read-only, ordinary files only, never waiting, never without a bound."""

import errno
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tui.core.cleaning import clean_line
from tui.errors import NotFoundError, PullquoteError, UnreadableError, UsageError
from tui.paths import file_of

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is read."""

LONGEST_NAME = 160
"""How many characters of a path a message shows."""

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
"""How an address of the web, or of another service, begins; no file is named so by anybody."""

# Without blocking, a pipe that nobody writes to can be opened and refused; without becoming the
# controlling terminal, so can a terminal. Not every platform has all of them.
FLAGS = os.O_RDONLY | sum(
    getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY")
)

KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
"""What is not an ordinary file, and what it is called."""

REASONS = {
    errno.EACCES: "you are not allowed to read it; see its permissions",
    errno.EPERM: "you are not allowed to read it; see its permissions",
    errno.ELOOP: "it is a link that leads back to itself",
    errno.ENXIO: "it is a socket or a device, not an ordinary file",
    errno.EIO: "the disk could not read it; try again, or restore it from a copy",
    errno.EMFILE: "too many files are open; close some programs",
}
"""Why a file can't be read, for the errors that happen to people."""


@dataclass(frozen=True, slots=True)
class FileBytes:
    """What a file held when it was read."""

    data: bytes

    size: int
    """The size of the whole file, in bytes."""

    mtime_ns: int
    """When it was last changed, in nanoseconds since 1970."""

    truncated: bool
    """That ``data`` is only the head of it."""


def is_there(path: Path) -> bool:
    """Say whether a path names something that is not a folder."""
    try:
        return not stat.S_ISDIR(file_of(path)[0].stat().st_mode)
    except (OSError, ValueError):
        return False


def display_name(path: Path | str) -> str:
    """Return a path as it can be shown: clean, on one line, the end of it where it is very long."""
    name = clean_line(os.fspath(path)) or "(a name without visible characters)"
    if name == "-":
        return "standard input"
    return name if len(name) <= LONGEST_NAME else "…" + name[1 - LONGEST_NAME :]


def refuse_address(words: str) -> None:
    """Raise UsageError for an address of the web where a file or folder is due."""
    if ADDRESS.match(words):
        raise UsageError(
            f"{display_name(words)} is an address, no file; 'pullquote add' fetches pages of the web"
        )


def read_error(error: OSError | ValueError, path: Path) -> PullquoteError:
    """Return our error for what the system said about a path."""
    name = display_name(path)
    if isinstance(error, ValueError) or error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
        return NotFoundError(f"there is no {name}; see the spelling")
    reason = REASONS.get(error.errno or 0) or clean_line(error.strerror or "unknown error")
    return UnreadableError(f"{name} can't be read: {reason}")


def read_bytes(path: Path, *, limit: int | None = None) -> FileBytes:
    """Return what an ordinary file holds.

    Args:
        path: The file; a link is followed to an ordinary file.
        limit: How many bytes to read at most, for the head of a file.

    Raises:
        NotFoundError: There is no such file.
        UnreadableError: It is not an ordinary file, can't be read, or is larger than ``MAX_BYTES``.
    """
    try:
        descriptor = os.open(path, FLAGS)
        try:
            status = os.fstat(descriptor)
            refuse_unfit(status, path)
            data = read_whole(descriptor, status.st_size if limit is None else min(limit, status.st_size))
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        raise read_error(error, path) from error
    if status.st_size == 0 and data:
        raise UnreadableError(
            f"{display_name(path)} is made by the system as it is read, not an ordinary file"
        )
    return FileBytes(data, status.st_size, status.st_mtime_ns, truncated=len(data) < status.st_size)


def refuse_unfit(status: os.stat_result, path: Path) -> None:
    """Raise UnreadableError for what is not an ordinary file, or too large a one."""
    if not stat.S_ISREG(status.st_mode):
        kind = next((kind for fits, kind in KINDS if fits(status.st_mode)), "something else")
        raise UnreadableError(f"{display_name(path)} is {kind}, not an ordinary file")
    if status.st_size > MAX_BYTES:
        raise too_large(display_name(path), status.st_size)


def too_large(name: str, size: int | None = None) -> UnreadableError:
    """Return the error for more bytes than are read at once."""
    found = f" ({size // 1024**2:,} MB)" if size else ""
    return UnreadableError(f"{name} is too large{found}: the limit is {MAX_BYTES // 1024**2} MB; split it")


def read_whole(descriptor: int, size: int) -> bytes:
    """Return the first ``size`` bytes: what is written to the file meanwhile is left for the next time.

    Of a file that says it is empty one byte is asked for, which shows files made by the system.
    """
    parts: list[bytes] = []
    left = max(size, 1)
    while left and (part := os.read(descriptor, left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def read_stream(stream: BinaryIO, name: str = "standard input") -> bytes:
    """Return all that a stream gives.

    Raises:
        UnreadableError: It gives more than ``MAX_BYTES``, or can't be read.
    """
    try:
        data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(
            f"{name} can't be read: {clean_line(error.strerror or 'unknown error')}"
        ) from error
    if len(data) > MAX_BYTES:
        raise too_large(name)
    return data
