"""What files and episodes are called in an index: their paths below the library, as Unicode."""

import os
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

BYTES_MARK = "//bytes/"
"""No path below a folder begins like this."""


def key_of(path: Path, library: Path) -> str:
    """Return what a file or episode is called in the index.

    Names on disk are bytes; those that are no UTF-8 are written with percent signs, behind a mark that no
    other name has. A library that is one file is called ``.``.
    """
    name = os.fsencode(os.path.relpath(path, library))
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return BYTES_MARK + quote_from_bytes(name)


def path_of(key: str, library: Path) -> Path:
    """Return the path that a key was made from."""
    if key.startswith(BYTES_MARK):
        key = os.fsdecode(unquote_to_bytes(key.removeprefix(BYTES_MARK)))
    return library / key
