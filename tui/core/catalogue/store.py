"""The catalogue on disk: the rows of a library's list, and its first screen by itself, to be painted at once.

Both are ours and disposable, two files for each library in our cache folder. Whatever is wrong with them, or
with the folder, means that nothing is known of the library, and never an error. They are laid out as entries
of the episode cache are (``core.cache``): a heading that must be what would be written now, then what
``marshal`` writes, with its length and checksum; the rows in pieces, so that no single step of loading or
writing a large library keeps everything else waiting.
"""

import marshal
import os
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tui import __version__
from tui.core.cache import UNFINISHED_SUFFIX, edition, read_entry, write_entry
from tui.core.catalogue.rows import Row
from tui.paths import cache_folder

if TYPE_CHECKING:
    from tui.core.search.changes import Stamps

LAYOUT = 2
"""Goes up when a row, or anything else here, is laid out differently."""

PIECE = 1000
"""How many rows or stamps a piece has: it is read and written in a few milliseconds."""

CHECKSUM_BYTES = 4
LENGTH_BYTES = 8

FORGOTTEN_S = 100 * 24 * 3600
"""The catalogue of a library that nobody has opened for so long is removed, in seconds."""

ABANDONED_S = 3600

LARGEST_FILE = 1 << 30
"""In bytes; what is larger is not ours."""

DAMAGES = (OSError, ValueError, TypeError, EOFError, StopIteration)
"""What reading a file raises that is damaged, or not there."""

T = TypeVar("T")


@dataclass(slots=True)
class Contents:
    """What is known of a library."""

    rows: list[Row] = field(default_factory=list)
    """In the order of their names."""

    stamps: "Stamps" = field(default_factory=dict)
    """Of the files from which they were read."""


class CatalogueFiles:
    """Where the catalogue of one library lies; it need not be there."""

    def __init__(self, library: Path, root: Path | None = None) -> None:
        """Name the files of a library's catalogue, in our cache folder if no other is named."""
        key = os.fsencode(os.path.realpath(library))
        self.key = key
        self.root = root or cache_folder() / "library"
        name = f"{zlib.crc32(key):08x}{zlib.adler32(key):08x}"
        self.rows_file = self.root / f"{name}.rows"
        self.front_file = self.root / f"{name}.front"

    def load(self) -> Contents | None:
        """Return what is known of the library; None if nothing is."""
        found = Contents()
        try:
            pieces = pieces_in(self.rows_file, self.heading)
            row_count, stamp_count = next(pieces)
            for _ in range(0, row_count, PIECE):
                found.rows += map(Row._make, next(pieces))
            for _ in range(0, stamp_count, PIECE):
                for folder, name, size, changed_ns in next(pieces):
                    found.stamps.setdefault(folder, {})[name] = (size, changed_ns)
        except DAMAGES:
            return None
        with suppress(OSError):
            os.utime(self.rows_file)
        return found

    def store(self, contents: Contents, goes_on: Callable[[], bool] = lambda: True) -> bool:
        """Keep what is known of the library, and return whether that was done.

        Args:
            contents: What is known.
            goes_on: Asked between two pieces; when it says no, what was kept before stays.
        """
        stamps = (
            (folder, name, *stamp)
            for folder, names in contents.stamps.items()
            for name, stamp in names.items()
        )
        counts = (len(contents.rows), sum(map(len, contents.stamps.values())))
        try:
            data = [self.heading, piece(counts)]
            for part in (*parts(map(tuple, contents.rows)), *parts(stamps)):
                if not goes_on():
                    return False
                data.append(piece(part))
            write_entry(self.rows_file, b"".join(data))
        except (OSError, ValueError):
            # ValueError is marshal's for a value it doesn't know.
            return False
        self.remove_old()
        return True

    def load_front(self) -> Any | None:
        """Return what was kept of the first screen; None if nothing was."""
        try:
            return next(pieces_in(self.front_file, self.heading))
        except DAMAGES:
            return None

    def store_front(self, front: Any) -> bool:
        """Keep what the first screen shows, and return whether that was done."""
        try:
            write_entry(self.front_file, self.heading + piece(front))
        except (OSError, ValueError):
            return False
        return True

    @property
    def heading(self) -> bytes:
        """What the files have to begin with: they were written by this version, for this library."""
        facts = (
            "pullquote",
            __version__,
            edition(),
            "library",
            LAYOUT,
            *sys.version_info[:2],
            marshal.version,
        )
        return " ".join(map(str, facts)).encode() + b"\n" + self.key + b"\0"

    def remove_old(self) -> None:
        """Remove the catalogues of libraries that were not opened for long, and what was never finished."""
        now = time.time()
        with suppress(OSError), os.scandir(self.root) as items:
            for item in items:
                limit_s = ABANDONED_S if item.name.endswith(UNFINISHED_SUFFIX) else FORGOTTEN_S
                with suppress(OSError):
                    if now - item.stat(follow_symlinks=False).st_mtime > limit_s:
                        Path(item.path).unlink()


def pieces_in(file: Path, heading: bytes) -> Iterator[Any]:
    """Yield the pieces of a file.

    Raises:
        OSError: There is none, or it can't be read.
        ValueError, TypeError, EOFError: It has another heading, or is damaged.
    """
    data = memoryview(read_entry(file, LARGEST_FILE))
    if data[: len(heading)] != heading:
        raise ValueError("of another version, or another library's")
    at = len(heading)
    while at < len(data):
        length_at, begin = at + CHECKSUM_BYTES, at + CHECKSUM_BYTES + LENGTH_BYTES
        at = begin + int.from_bytes(data[length_at:begin], "big")
        body = data[begin:at]
        if zlib.crc32(body) != int.from_bytes(data[length_at - CHECKSUM_BYTES : length_at], "big"):
            raise ValueError("damaged")
        yield marshal.loads(body)


def piece(value: Any) -> bytes:
    """Return a piece of a file.

    Raises:
        ValueError: It holds what marshal can't write.
    """
    body = marshal.dumps(value)
    checksum, length = zlib.crc32(body), len(body)
    return checksum.to_bytes(CHECKSUM_BYTES, "big") + length.to_bytes(LENGTH_BYTES, "big") + body


def parts(values: Iterable[T]) -> Iterator[list[T]]:
    """Yield values, so many at a time as make a piece."""
    found = iter(values)
    while part := list(islice(found, PIECE)):
        yield part
