"""Waiting for a file that is being written to settle, so that nobody reads half of it."""

import stat
import time
from collections.abc import Callable
from pathlib import Path

from tui.paths import file_of

SETTLED_S = 0.3
"""A file that was not changed for so long is taken to be whole, in seconds."""

STEP_S = 0.1

FileState = tuple[int, int, int]
"""What tells one state of a file from the next: its size in bytes, the time of its last change, its inode."""


def settled(path: Path, goes_on: Callable[[], bool] = lambda: True) -> FileState | None:
    """Wait until a file has not changed for a moment, and return its state; None if it is not there by then.

    A file that is replaced is gone for a moment, too.

    Args:
        path: The file, or one of its episodes.
        goes_on: Asked again and again; when it says no, the waiting ends.
    """
    state, since = state_of(path), time.monotonic()
    while time.monotonic() - since < SETTLED_S and goes_on():
        time.sleep(STEP_S)
        now = state_of(path)
        if now != state:
            state, since = now, time.monotonic()
    return state


def state_of(path: Path) -> FileState | None:
    """Return the state of a file; None if there is no ordinary file."""
    try:
        status = file_of(path)[0].stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino
