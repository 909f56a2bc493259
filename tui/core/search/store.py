"""Where the index of a library lies, what is known to be in it, and who may write it.

Everything is in a folder of our cache, one for each library: the engine's own files, a list of the files that
were indexed with their stamps, a lock, and how far the writing has come. All of it can go at any time; it is
built anew then. The list is written after the engine has committed: whatever is cut off in between, a file is
rather indexed twice (the second time replaces the first) than never.
"""

import fcntl
import json
import marshal
import os
import shutil
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tui import __version__
from tui.core.search.changes import Stamps
from tui.core.search.engine import SCHEMA_VERSION
from tui.core.search.seals import Seals
from tui.paths import cache_folder

LAYOUT = 2
"""Goes up when the list of files is laid out differently."""

CHECKSUM_BYTES = 4

BETWEEN_TRIES_S = 0.05

UNFINISHED = ".part"
"""What the names of files end in that are being written."""

UNFINISHED_ENGINE = ".tmp*"
"""What the engine calls such files."""

FORGOTTEN_S = 100 * 24 * 3600
"""The index of a library that nobody has opened for so long is removed, in seconds."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the writing of an index has come."""

    done: int
    """Files."""

    total: int

    @property
    def is_complete(self) -> bool:
        """Whether there is nothing left to write."""
        return self.done >= self.total


@dataclass(slots=True)
class Contents:
    """What is known to be in an index."""

    stamps: Stamps = field(default_factory=dict)
    seals: Seals = field(default_factory=dict)
    """Of the engine's files."""

    @property
    def files(self) -> int:
        """How many files are in it."""
        return sum(map(len, self.stamps.values()))


class IndexFolder:
    """The folder of one library's index; it need not exist."""

    def __init__(self, library: Path, root: Path | None = None) -> None:
        """Name the folder of a library's index, in our cache folder if no other is named."""
        key = os.fsencode(os.path.realpath(library))
        name = f"{zlib.crc32(key):08x}{zlib.adler32(key):08x}"
        self.root = root or cache_folder() / "search"
        self.folder = self.root / name
        self.engine = self.folder / "engine"
        self.list = self.folder / "files"
        self.progress_file = self.folder / "progress"
        self.lock_file = self.folder / "lock"
        self.condemned = self.folder / "damaged"
        self.lock_inode: int | None = None

    @property
    def version(self) -> tuple[str | int, ...]:
        """What an index must have been written by to be of use: another version of ours may read more."""
        return ("pullquote", __version__, LAYOUT, SCHEMA_VERSION, *engine_version())

    def make(self) -> None:
        """Make the folder, for the reader's eyes only.

        Raises:
            OSError: It can't be made.
        """
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.engine.mkdir(mode=0o700, exist_ok=True)

    def remove_unfinished(self) -> None:
        """Remove what was left by processes that were cut off; the lock must be held."""
        for file in (*self.folder.glob(f"*{UNFINISHED}"), *self.engine.glob(UNFINISHED_ENGINE)):
            with suppress(OSError):
                file.unlink()

    def contents(self) -> Contents | None:
        """Return what is in the index; None if there is none of this version, or it is known as damaged."""
        try:
            data = self.list.read_bytes()
            body = data[CHECKSUM_BYTES:]
            if zlib.crc32(body) != int.from_bytes(data[:CHECKSUM_BYTES], "big"):
                return None
            version, stamps, seals = marshal.loads(body)
        except (OSError, ValueError, EOFError, TypeError):
            return None
        if version != self.version or self.condemned.exists():
            return None
        return Contents(stamps, seals)

    def write_contents(self, contents: Contents) -> None:
        """Write what is in the index, whole or not at all.

        Raises:
            OSError: It can't be written.
        """
        body = marshal.dumps((self.version, contents.stamps, contents.seals))
        write_whole(self.list, zlib.crc32(body).to_bytes(CHECKSUM_BYTES, "big") + body)

    def condemn(self) -> None:
        """Take down that the index is damaged: whoever writes it next builds it anew."""
        with suppress(OSError):
            self.condemned.touch(mode=0o600)

    def clear(self) -> None:
        """Remove the index, so that it is built anew."""
        for file in (self.list, self.condemned):
            with suppress(OSError):
                file.unlink()
        shutil.rmtree(self.engine, ignore_errors=True)

    @property
    def bytes(self) -> int:
        """How much room the index takes, in bytes."""
        found = 0
        for file in (self.list, *self.engine.glob("*")):
            with suppress(OSError):
                found += file.stat().st_size
        return found

    def progress(self) -> Progress | None:
        """Return how far the process that writes has come; None if none is writing."""
        try:
            if not self.is_locked():
                return None
            found = json.loads(self.progress_file.read_text(encoding="ascii"))
            return Progress(int(found["done"]), int(found["total"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write_progress(self, progress: Progress) -> None:
        """Say how far the writing has come; that it can't be said is no reason to stop."""
        with suppress(OSError):
            text = json.dumps({"done": progress.done, "total": progress.total})
            write_whole(self.progress_file, text.encode())

    def is_locked(self) -> bool:
        """Say whether a process is writing the index."""
        if not self.lock_file.exists():
            return False
        try:
            with self.lock() as is_mine:
                return not is_mine
        except OSError:
            return False

    @contextmanager
    def lock(self, tries: int = 1) -> Iterator[bool]:
        """Be the one process that writes, if there is no other: yields whether that is so.

        The system lets the lock go when a process ends, however it ends.

        Args:
            tries: How often it is tried, a moment apart: who only asks whether it is locked holds it for a
                moment, too.

        Raises:
            OSError: The lock can't be made, as in a folder that can't be written.
        """
        descriptor = os.open(self.lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            is_mine = try_to_lock(descriptor)
            for _ in range(tries - 1):
                if is_mine:
                    break
                time.sleep(BETWEEN_TRIES_S)
                is_mine = try_to_lock(descriptor)
            self.lock_inode = os.fstat(descriptor).st_ino if is_mine else None
            yield is_mine
        finally:
            self.lock_inode = None
            os.close(descriptor)

    @property
    def is_mine(self) -> bool:
        """Whether we hold the lock, and the folder was not removed meanwhile, and made anew by another."""
        try:
            return self.lock_file.stat().st_ino == self.lock_inode
        except OSError:
            return False

    def remove_forgotten(self) -> None:
        """Remove the indexes of libraries that were not opened for long, and take down that this one was."""
        with suppress(OSError):
            os.utime(self.list)
        before = time.time() - FORGOTTEN_S
        with suppress(OSError):
            for folder in self.root.iterdir():
                if folder != self.folder and is_older(folder / "files", before) and is_older(folder, before):
                    shutil.rmtree(folder, ignore_errors=True)


def try_to_lock(descriptor: int) -> bool:
    """Lock a file for this process alone, if no other has it; return whether that was done.

    Raises:
        OSError: The file system knows no locks.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_older(path: Path, seconds: float) -> bool:
    """Say whether something was changed before a time in seconds since 1970, or is not there."""
    try:
        return path.stat().st_mtime < seconds
    except OSError:
        return True


def engine_version() -> tuple[str, ...]:
    """Return what identifies the engine's files: its own version."""
    try:
        import tantivy
    except ImportError:
        return ("none",)
    return ("tantivy", str(getattr(tantivy, "__version__", "")), sys.byteorder)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, for the reader's eyes only.

    Raises:
        OSError: It can't be written.
    """
    from tempfile import mkstemp

    descriptor, name = mkstemp(dir=path.parent, suffix=UNFINISHED)
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
