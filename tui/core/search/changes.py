"""How a library differs from its index: by sizes and times of its files, reading none.

Every file counts by itself. What is read is an episode's files together, for each of them may complete what
the others say: when one of them is new, changed or gone, all are read again.
"""

import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tui.core.file_names import groups
from tui.core.library import Entry, Scan, belongs_to_page, is_folder
from tui.core.suffixes import is_episode_name

Stamp = tuple[int, int]
"""A file's size in bytes, and when it was last changed, in nanoseconds since 1970."""

Stamps = dict[str, dict[str, Stamp]]
"""The stamps of files by their names, by the paths of their folders below the library."""

COARSE_NS = 1_000_000_000
"""Some file systems count whole seconds only …"""

SETTLED_NS = 2_000_000_000
"""… and the next change shows in the time of a file after so long (FAT ticks every 2 seconds)."""

UNSETTLED = -1
"""The time in the stamp of a file whose next change might not show in it: it is read once more."""


@dataclass(frozen=True, slots=True)
class Work:
    """The files of one episode, to be read together; also data files that may turn out to be none."""

    folder: str
    """Its path below the library."""

    files: tuple[tuple[str, Stamp], ...]
    """Their names and stamps."""

    @property
    def changed_ns(self) -> int:
        """When the last of them was changed, in nanoseconds since 1970."""
        return max(changed for _, (_, changed) in self.files)


@dataclass(frozen=True, slots=True)
class Changes:
    """How a library differs from its index."""

    work: tuple[Work, ...]
    """Episodes that are new or changed, the newest first: these are looked for most."""

    gone: tuple[tuple[str, str], ...]
    """Folder and name of each file that is there no more."""

    files: int
    """How many files the library has."""

    def __bool__(self) -> bool:
        return bool(self.work or self.gone)

    @property
    def to_read(self) -> int:
        """How many files are to be read."""
        return sum(len(work.files) for work in self.work)


class FileScan(Scan):
    """A look through a folder that takes down its files, not yet which of them are one episode."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, [], grouped=False)
        self.stamps: Stamps = {}

    def run(self) -> Stamps:
        """Return the stamps of the library's files.

        Raises:
            PullquoteError: It is not there, or can't be looked through.
        """
        try:
            status = self.folder.stat()
        except (OSError, ValueError):
            status = None
        if status is not None and stat.S_ISREG(status.st_mode):
            self.stamps[os.pardir] = {self.folder.name: (status.st_size, status.st_mtime_ns)}
            return self.stamps
        for _ in self.entries():
            """Nothing is yielded: what is found is taken down."""
        return self.stamps

    def entries_of(self, found: Iterable["os.DirEntry[str]"], path: str, depth: int) -> Iterator[Entry]:
        """Take down the files of one folder and put its folders in the queue."""
        folders: list[os.DirEntry[str]] = []
        stamps: dict[str, Stamp] = {}
        settled_ns = time.time_ns() - SETTLED_NS
        for item in found:
            name = item.name
            stamp = stamp_of(item, settled_ns) if is_episode_name(name) else None
            if stamp is not None:
                stamps[name] = stamp
            elif is_folder(item):
                folders.append(item)
            elif is_episode_name(name):
                self.unfit.append(name)
        if stamps:
            self.stamps[os.path.relpath(path, self.folder)] = stamps
        for item in folders:
            if not belongs_to_page(item.name, stamps):
                self.queue(item, depth + 1)
        return iter(())


def stamp_of(item: "os.DirEntry[str]", settled_ns: int) -> Stamp | None:
    """Return the stamp of a file; None if it is no ordinary file.

    Args:
        item: The file, or a link to it.
        settled_ns: What was changed later, in nanoseconds since 1970, may change once more within one tick
            of a coarse clock.
    """
    try:
        status = item.stat()
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    changed = status.st_mtime_ns
    if changed > settled_ns and not changed % COARSE_NS:
        changed = UNSETTLED
    return status.st_size, changed


def changes(library: Path, known: Mapping[str, Mapping[str, Stamp]]) -> Changes:
    """Return how a library differs from what is known to be in its index.

    Args:
        library: The folder of episodes, or a file of several.
        known: The stamps of the files in the index.

    Raises:
        PullquoteError: The library can't be looked through.
    """
    found = FileScan(library).run()
    work: list[Work] = []
    gone: list[tuple[str, str]] = []
    nothing: dict[str, Stamp] = {}
    for folder in found.keys() | known.keys():
        now, before = found.get(folder, nothing), known.get(folder, nothing)
        # Most folders are as they were, and a comparison of the whole takes no time.
        if now != before or any(changed == UNSETTLED for _, changed in now.values()):
            lost = [name for name in before if name not in now]
            gone += [(folder, name) for name in lost]
            changed = {name for name, stamp in now.items() if before.get(name) != stamp or UNSETTLED in stamp}
            work += works(library, folder, now, changed.union(lost))
    work.sort(key=lambda one: -one.changed_ns)
    return Changes(tuple(work), tuple(gone), sum(map(len, found.values())))


def works(library: Path, folder: str, now: Mapping[str, Stamp], changed: set[str]) -> Iterator[Work]:
    """Yield what is to be read in a folder: the episodes to which files belong that changed or are gone."""
    folder_name = os.path.basename(os.path.abspath(library / folder))  # noqa: PTH100, PTH119 - resolves ".."
    for group in groups([*now, *(changed - now.keys())], folder_name):
        if any(one.name in changed for one in group):
            there = tuple((one.name, now[one.name]) for one in group if one.name in now)
            if there:
                yield Work(folder, there)
