"""The process that writes a library's index.

A process of its own, of low priority, so that the reader's keys never wait for it; of those that several
readers start, the one that gets the lock works, and the others end at once. It ends when the reader that
started it does. When it fails it says why in one line, on its standard output.
"""

import os
from collections.abc import Callable
from pathlib import Path
from shutil import disk_usage

from tui.core.cleaning import clean_line
from tui.core.search.engine import EngineError, NoEngineError, RemovedError
from tui.core.search.processes import stand_back
from tui.core.search.store import IndexFolder, Progress
from tui.errors import PullquoteError

DONE, FAILED, NOT_ELECTED = 0, 1, 3
"""Exit codes: the index is up to date; it can't be; another process works at it."""

FULL_BYTES = 2_000_000
"""With less room than this nothing is written."""

TRIES = 4
"""How often the lock is asked for."""


class CannotIndexError(Exception):
    """The index can't be kept; the message says why, in a few words for the reader."""


def bring_up_to_date(
    library: Path,
    *,
    root: Path | None = None,
    anew: bool = False,
    tell: Callable[[Progress], None] = lambda _progress: None,
    goes_on: Callable[[], bool] = lambda: True,
    processes: int | None = None,
) -> int | None:
    """Bring the index of a library up to date, in this process.

    Args:
        library: The folder of episodes, or a file of several.
        root: Where indexes lie; by default in our cache folder.
        anew: What there is of the index is removed before.
        tell: Called now and then with how far it has come.
        goes_on: Asked before each file; when it says no, what is done so far is kept.
        processes: How many processes read; None for as many as there are processors to spare.

    Returns:
        How many files were read; None if another process is at work, and nothing was done.

    Raises:
        CannotIndexError: The index can't be kept.
        PullquoteError: The library can't be looked through.
    """
    folder = IndexFolder(library, root)

    def build() -> int | None:
        folder.make()
        with folder.lock(TRIES) as is_mine:
            if not is_mine:
                return None
            # Loaded by the one that works only.
            from tui.core.search.building import Builder

            builder = Builder(library, folder, tell=tell, goes_on=goes_on, processes=processes)
            try:
                done = builder.build(anew=anew)
            except (EngineError, OSError) as error:
                if folder.is_mine:
                    raise
                raise RemovedError("it was removed while it was written") from error
            folder.remove_forgotten()
            return done

    try:
        try:
            return build()
        except RemovedError:
            return build()
    except OSError as error:
        raise CannotIndexError((error.strerror or "unknown error").lower()) from error
    except EngineError as error:
        raise CannotIndexError(reason(error, folder)) from error


def reason(error: EngineError, folder: IndexFolder) -> str:
    """Return why the engine could not write, in a few words: it says so in its own, and not always."""
    if isinstance(error, NoEngineError | RemovedError):
        return str(error)
    try:
        is_full = disk_usage(folder.folder).free < FULL_BYTES
    except OSError:
        is_full = False
    return "the disk is full" if is_full else "its files can't be written"


def main(words: list[str]) -> int:
    """Bring the index of a folder up to date and return the exit code.

    Args:
        words: The folder; the number of the process that wants it: when that ends, so does this; how many
            processes shall read, blank for as many as there are processors to spare; where indexes lie, blank
            for our cache folder.
    """
    library, parent = Path(words[0]), int(words[1])
    processes = int(words[2]) if words[2] else None
    root = Path(words[3]) if words[3] else None
    stand_back()
    try:
        done = bring_up_to_date(
            library, root=root, goes_on=lambda: os.getppid() == parent, processes=processes
        )
    except (PullquoteError, CannotIndexError) as error:
        print(clean_line(str(error)), flush=True)
        return FAILED
    return NOT_ELECTED if done is None else DONE
