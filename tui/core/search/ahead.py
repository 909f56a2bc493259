"""Reading an index ahead: what a query needs is in memory before it is asked for.

The engine maps its files and reads of them what a query touches, in pieces from all over them. From a disk
each piece is waited for: the first queries of a day took up to four times as long as later ones. Read from
beginning to end the same files are there in a moment.
"""

from collections.abc import Callable
from pathlib import Path

from tui.core.search.seals import CHUNK_BYTES

MOST_BYTES = 512_000_000
"""So much is read: all of the index of some 10,000 episodes. The system forgets it when it needs the room."""

FIRST = (".term", ".fieldnorm", ".fast", ".idx", ".pos", ".store")
"""The engine's names for kinds of files, those first of which every query needs the most for their size."""


def read_ahead(engine: Path, goes_on: Callable[[], bool], most: int = MOST_BYTES) -> int:
    """Read the engine's files once, for the system to keep them in memory; best in a thread.

    Args:
        engine: The folder of the engine's files.
        goes_on: Asked before each piece; when it says no, the rest is left.
        most: How many bytes are read at most, about.

    Returns:
        How many bytes were read; a file that goes meanwhile or can't be read is left out.
    """
    room = bytearray(CHUNK_BYTES)
    done = 0
    for kind in FIRST:
        for path in sorted(engine.glob(f"*{kind}")):
            try:
                with path.open("rb", buffering=0) as file:
                    while done < most and goes_on() and (read := file.readinto(room)):
                        done += read
            except OSError:
                continue
    return done
