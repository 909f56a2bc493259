"""Episodes that wait to be read: those in sight come next, then the newest; and reading them."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path

from tui.core.catalogue.reading import READING, STOPPED, read_rows, unreadable
from tui.core.catalogue.rows import Row
from tui.core.catalogue.works import places_of
from tui.core.search.changes import Work
from tui.core.search.pool import Pool

FEW = 16
"""So many are read by this process itself, which is quicker than starting others …"""

LITTLE_BYTES = 500_000
"""… if it is not more than this."""

MOST_PROCESSES = 3


class Waiting:
    """Episodes that wait to be read."""

    def __init__(self, works: Iterable[Work] = (), in_sight: Callable[[], Iterable[str]] = tuple) -> None:
        """Put episodes in the queue.

        Args:
            works: The files of each, in the order in which they are to be read …
            in_sight: … unless they are among the files that this returns.
        """
        self.in_sight = in_sight
        self.works: dict[Work, None] = {}
        self.by_file: dict[str, Work] = {}
        self.put(works)

    def put(self, works: Iterable[Work]) -> None:
        """Let these wait, instead of those that did so far."""
        self.works = dict.fromkeys(works)
        self.by_file = {place: work for work in self.works for place in places_of(work)}

    @property
    def is_little(self) -> bool:
        """Whether reading it takes no longer than starting a process."""
        sizes = (stamp[0] for work in self.works for _, stamp in work.files)
        return len(self.works) <= FEW and sum(sizes) <= LITTLE_BYTES

    @property
    def is_in_sight(self) -> bool:
        """Whether one of those in sight waits."""
        return any(file in self.by_file for file in self.in_sight())

    def __len__(self) -> int:
        return len(self.works)

    def __iter__(self) -> Iterator[Work]:
        """Take one after the other out of the queue."""
        while self.works:
            work = next((self.by_file[file] for file in self.in_sight() if file in self.by_file), None)
            yield self.take(work or next(iter(self.works)))

    def take(self, work: Work) -> Work:
        """Take one out of the queue."""
        self.works.pop(work, None)
        for place in places_of(work):
            self.by_file.pop(place, None)
        return work


def read_all(base: Path, waiting: Waiting, spare: int = 1) -> Generator[tuple[Work, list[Row]], None, None]:
    """Yield episodes with their rows, as they are read; few by this process, many by others.

    Args:
        base: The folder that the paths of rows start from.
        waiting: What is read; more can be put in meanwhile.
        spare: How many processors are left for others.
    """
    if waiting.is_little:
        for work in waiting:
            yield work, read_rows(base, work)
        return
    processes = max(1, min(MOST_PROCESSES, (os.cpu_count() or 1) - spare))
    pool = Pool(base, iter(waiting), processes, READING)
    try:
        for work, rows in pool.results():
            yield work, rows if rows is not None else [unreadable(places_of(work), STOPPED)]
    finally:
        pool.stop()
