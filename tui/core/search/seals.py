"""Whether the engine's files are still what was written.

The engine checks little of what it reads: of a damaged file it may give wrong answers, or give up with a
message in the middle of our screen. Its segment files are never changed once they are written, so each is
sealed with its checksum (CRC-32). A file whose status is that of its seal is taken to be whole; only one that
was touched since is read through, or all of them when somebody asks for a thorough check.
"""

import json
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

META = "meta.json"
"""The engine's list of its segments; it is replaced with every commit."""

CHUNK_BYTES = 1 << 20

Seal = tuple[int, int, int, int]
"""Size in bytes, when the content and when anything was changed (nanoseconds since 1970), checksum."""

Seals = dict[str, Seal]
"""By the names of files."""


def segments_in(engine: Path) -> frozenset[str]:
    """Return what the names of the segment files that are in use begin with.

    Raises:
        OSError: The engine's list can't be read.
        ValueError: It is damaged.
    """
    try:
        return frozenset(segment["segment_id"].replace("-", "") for segment in listed(engine))
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"{META} is damaged") from error


def has_deleted(engine: Path) -> bool:
    """Say whether there may be deleted sections in the segments."""
    try:
        return any(segment["deletes"] for segment in listed(engine))
    except (OSError, ValueError, TypeError, KeyError):
        return True


def listed(engine: Path) -> list[dict[str, Any]]:
    """Return what the engine's list says of its segments.

    Raises:
        OSError: It can't be read.
        ValueError: It is damaged.
    """
    found = json.loads((engine / META).read_bytes())
    if not isinstance(found, dict) or not isinstance(found.get("segments"), list):
        raise ValueError(f"{META} is damaged")  # noqa: TRY004 - what is wrong is the file
    return list(found["segments"])


def sealed(engine: Path, before: Mapping[str, Seal]) -> Seals:
    """Return the seals of the segment files in use, made for those that have none yet.

    Raises:
        OSError: A file can't be read.
        ValueError: The engine's list is damaged.
    """
    segments = segments_in(engine)
    names = [name for name in os.listdir(engine) if name.partition(".")[0] in segments]  # noqa: PTH208
    return {name: before.get(name) or seal_of(engine / name) for name in names}


def seal_of(path: Path) -> Seal:
    """Return a file's seal.

    Raises:
        OSError: It can't be read.
    """
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, checksum(path)


def checksum(path: Path) -> int:
    """Return the CRC-32 of a file's bytes.

    Raises:
        OSError: It can't be read.
    """
    found = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            found = zlib.crc32(chunk, found)
    return found


def broken(engine: Path, seals: Mapping[str, Seal], *, thoroughly: bool = False) -> str | None:
    """Return the name of a file that is not what was sealed, or is missing; None if all are whole.

    Args:
        engine: The engine's folder.
        seals: As they were made; files without one are not judged, and neither are those that are in use no
            more.
        thoroughly: Read all files through, not only those whose status has changed.
    """
    try:
        segments = segments_in(engine)
    except (OSError, ValueError):
        return META
    for name, seal in seals.items():
        if name.partition(".")[0] in segments and not is_whole(engine / name, seal, thoroughly=thoroughly):
            return name
    return None


def is_whole(path: Path, seal: Seal, *, thoroughly: bool) -> bool:
    """Say whether a file is what was sealed."""
    try:
        status = path.stat()
        if status.st_size != seal[0]:
            return False
        touched = (status.st_mtime_ns, status.st_ctime_ns) != seal[1:3]
        return checksum(path) == seal[3] if touched or thoroughly else True
    except OSError:
        return False
