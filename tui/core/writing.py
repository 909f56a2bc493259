"""Writing files for the reader: whole or not at all, and nothing is overwritten unasked.

Files are written beside their place under a name of their own and moved there when they are whole and on
the disk. The folder is opened once and everything is done inside it, so that a link put in the way leads
nowhere else.
"""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tui.core.cleaning import clean_line
from tui.core.files import display_name
from tui.errors import NotFoundError, PullquoteError, UsageError

NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
"""What file systems without hard links say."""

REASONS = {
    errno.EACCES: "you are not allowed to write there",
    errno.EPERM: "you are not allowed to write there",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
}


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; nothing happens if it is there.

    Raises:
        PullquoteError: It can't be made, or is something else.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError(f"{display_name(folder)} is no folder; name one with --to DIR") from error
    except (OSError, ValueError) as error:
        raise write_error(error, folder) from error


def write_file(folder: Path, name: str, data: bytes, *, overwrite: bool, mode: int | None = None) -> Path:
    """Write a file into a folder, whole or not at all, and return its path.

    Args:
        folder: It has to be there.
        name: The file's name, without a folder.
        data: What it holds.
        overwrite: Whether a file of this name is replaced. A link is replaced itself, not what it leads to.
        mode: The rights it gets; by default those that the user's mask leaves.

    Raises:
        PullquoteError: It can't be written, or is there already.
    """
    path = folder / name
    try:
        with opened_folder(folder) as directory:
            temporary = f".{secrets.token_hex(8)}.tmp"
            try:
                write_whole(temporary, data, directory, mode)
                put_in_place(temporary, name, directory, overwrite=overwrite)
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(temporary, dir_fd=directory)
            os.fsync(directory)
    except FileExistsError as error:
        raise PullquoteError(f"{display_name(path)} is there already, and stays as it is") from error
    except (OSError, ValueError) as error:
        raise write_error(error, path) from error
    return path


@contextmanager
def opened_folder(folder: Path) -> Iterator[int]:
    """Open a folder to work inside it, wherever its name may lead to meanwhile."""
    directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield directory
    finally:
        os.close(directory)


def write_whole(name: str, data: bytes, directory: int, mode: int | None) -> None:
    """Write a new file into an open folder and onto the disk, with some rights or those the mask leaves."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(name, flags, 0o644, dir_fd=directory)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if mode is not None:
            os.fchmod(descriptor, mode)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_in_place(temporary: str, name: str, directory: int, *, overwrite: bool) -> None:
    """Give a file its name; without leave to overwrite, in a way that can't."""
    if overwrite:
        os.replace(temporary, name, src_dir_fd=directory, dst_dir_fd=directory)
        return
    try:
        os.link(temporary, name, src_dir_fd=directory, dst_dir_fd=directory, follow_symlinks=False)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        # Without hard links, somebody else's file could only come in between these two lines.
        with suppress(FileNotFoundError):
            os.stat(name, dir_fd=directory, follow_symlinks=False)
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name) from error
        os.replace(temporary, name, src_dir_fd=directory, dst_dir_fd=directory)


def write_error(error: OSError | ValueError, path: Path) -> PullquoteError:
    """Return our error for what the system said about writing."""
    if isinstance(error, ValueError):
        return NotFoundError(f"{display_name(path)} is no name for a file")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return NotFoundError(f"there is no folder {display_name(path.parent)}; name one with --to DIR")
    reason = REASONS.get(error.errno or 0) or clean_line(error.strerror or "unknown error")
    return PullquoteError(f"{display_name(path)} can't be written: {reason}")
