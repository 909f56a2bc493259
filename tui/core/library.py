"""A folder's episodes: which files they are, and in which order."""

import os
import stat
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tui.core.cleaning import clean_line
from tui.core.file_names import Named, groups, named
from tui.core.files import display_name, is_there, read_error
from tui.core.siblings import Variant, variants_in
from tui.core.sorting import natural_key
from tui.core.suffixes import is_data_name, is_episode_name
from tui.errors import NotFoundError, PullquoteError, UnreadableError

OTHER_FOLDERS = frozenset({"node_modules", "__pycache__", "site-packages"})
"""Folders of programs; hidden ones and virtual environments are left out as well."""

PAGE_FOLDER = "_files"
"""A browser keeps what belongs to ``Page.html`` in ``Page_files``."""

MAX_DEPTH = 12
"""How many folders deep episodes are looked for."""

MAX_ENTRIES = 100_000
"""How many episodes a library holds at most."""

MOST_FILES = 40
"""More files than this are not those of one episode."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An episode of the library, not read yet."""

    path: Path
    """Its file, of several the one to show first; or one of a file's episodes."""

    name: str
    """Its path below the library's folder, clean."""

    size: int
    """In bytes."""

    mtime_ns: int
    """When it was last changed, or one of its other files, in nanoseconds since 1970."""

    variants: tuple[Variant, ...] = ()
    """All its files, if it has several."""

    def has(self, path: Path) -> bool:
        """Say whether a path is the episode's, or that of one of its files."""
        return path == self.path or any(path == variant.path for variant in self.variants)


@dataclass(frozen=True, slots=True)
class Library:
    """A folder and the episodes found in it."""

    folder: Path
    """Or a file of several episodes, which is like one."""

    entries: tuple[Entry, ...]
    """In the natural order of their names; never empty."""

    notices: tuple[str, ...]
    """What was left out, in words for the reader."""


def open_library(folder: Path) -> Library:
    """Return the episodes of a folder, or of a file that holds several.

    Raises:
        NotFoundError: There is no such folder, or there are no episodes in it.
        UnreadableError: It can't be read, or is a file of one episode.
    """
    if is_there(folder) and (members := members_of(folder)):
        return Library(folder, members, ())
    notices: list[str] = []
    found = scan(folder, notices)
    entries = list(islice(found, MAX_ENTRIES))
    if next(found, None):
        notices.append(f"only the first {MAX_ENTRIES:,} episodes of {display_name(folder)} are listed")
    if not entries:
        raise no_episodes(folder, notices)
    entries.sort(key=lambda entry: natural_key(entry.name))
    return Library(folder, tuple(entries), tuple(notices))


def members_of(file: Path) -> tuple[Entry, ...]:
    """Return the episodes of a file of several; none if it holds only one.

    Raises:
        UnreadableError: It can't be read.
    """
    # Imported here: the readers take longer to load than a folder takes to look through.
    from tui.core.reading import read_episode

    count = read_episode(file, head=True).count
    if count == 1:
        return ()
    status = file.stat()
    return tuple(
        Entry(file / str(number), str(number), status.st_size, status.st_mtime_ns)
        for number in range(1, count + 1)
    )


def no_episodes(folder: Path, notices: list[str]) -> NotFoundError:
    """Return the error for a folder that holds none, with what was left out of it."""
    name = display_name(folder)
    left_out = f" ({'; '.join(notices)})" if notices else ""
    return NotFoundError(
        f"no episodes in {name}: put .md or .txt files there, or open another folder{left_out}"
    )


def holds_several(folder: Path) -> bool:
    """Say whether there is more than one episode below a folder; of a large folder only some is looked at.

    Raises:
        NotFoundError: There is no such folder.
        UnreadableError: It can't be read.
    """
    several = sum(1 for _ in islice(scan(folder, grouped=False), MOST_FILES + 1)) > MOST_FILES
    return several or sum(1 for _ in islice(scan(folder), 2)) > 1


def scan(folder: Path, notices: list[str] | None = None, *, grouped: bool = True) -> Iterator[Entry]:
    """Yield the episodes below a folder as they are found, reading none.

    Linked folders come last, each real folder once, and never one that holds the library itself.

    Args:
        folder: Where to look.
        notices: Filled with what was left out, in words for the reader.
        grouped: Several files of one episode are one entry. Otherwise the first entries come sooner, for the
            folders need not be looked through first.

    Raises:
        NotFoundError: There is no such folder.
        UnreadableError: It can't be read.
    """
    return Scan(folder, [] if notices is None else notices, grouped=grouped).entries()


class Scan:
    """One look through a folder: what is still to be looked at, and what was seen."""

    def __init__(self, folder: Path, notices: list[str], *, grouped: bool) -> None:
        self.folder = folder
        self.grouped = grouped
        self.notices = notices
        self.waiting: deque[tuple[str, int]] = deque([(os.fspath(folder), 0)])
        self.seen: set[tuple[int, int]] = set()
        self.unfit: list[str] = []

    def entries(self) -> Iterator[Entry]:
        """Yield the episodes of all folders."""
        self.see_parents()
        while self.waiting:
            path, depth = self.waiting.popleft()
            try:
                if self.is_new(path) and not is_environment(path):
                    with os.scandir(path) as found:
                        yield from self.entries_of(found, path, depth)
            except OSError as error:
                if depth == 0:
                    raise self.error(error) from error
                self.notices.append(f"left out: {read_error(error, Path(path))}")
        self.say_unfit()

    def see_parents(self) -> None:
        """Take the folders above as seen: a link to one of them must not bring in the whole disk."""
        for parent in Path(os.path.realpath(self.folder)).parents:
            try:
                self.is_new(os.fspath(parent))
            except OSError:
                continue

    def is_new(self, path: str) -> bool:
        """Say whether a folder, by whatever name, has not been looked at, and remember it."""
        status = os.stat(path)  # noqa: PTH116 - a string is at hand, and there may be many
        place = (status.st_dev, status.st_ino)
        if place in self.seen:
            return False
        self.seen.add(place)
        return True

    def entries_of(self, found: Iterable["os.DirEntry[str]"], path: str, depth: int) -> Iterator[Entry]:
        """Yield the episodes of one folder, and put its folders in the queue."""
        folder = Path(path)
        files: dict[str, os.DirEntry[str]] = {}
        folders: list[os.DirEntry[str]] = []
        for item in found:
            if is_folder(item):
                folders.append(item)
            elif is_episode_name(item.name):
                files[item.name] = item
                if not self.grouped:
                    yield from self.entries_of_group([named(item.name)], files, folder)
        for item in folders:
            if not belongs_to_page(item.name, files):
                self.queue(item, depth + 1)
        for group in groups(files, folder.absolute().name) if self.grouped else ():
            yield from self.entries_of_group(group, files, folder)

    def queue(self, item: "os.DirEntry[str]", depth: int) -> None:
        """Keep a folder for later: real ones next, links when all else is done."""
        if item.name in OTHER_FOLDERS or item.name.startswith("."):
            return
        if depth > MAX_DEPTH:
            self.notices.append(
                f"left out: {display_name(Path(item.path))} is more than {MAX_DEPTH} folders deep"
            )
        elif item.is_symlink():
            self.waiting.append((item.path, depth))
        else:
            self.waiting.appendleft((item.path, depth))

    def entries_of_group(
        self, group: list[Named], files: Mapping[str, "os.DirEntry[str]"], folder: Path
    ) -> Iterator[Entry]:
        """Yield the entry of one episode's files, as far as they are ordinary files."""
        found = {one.name: status for one in group if (status := self.status_of(files[one.name]))}
        if not found:
            return
        variants: tuple[Variant, ...] = ()
        paths = [folder / name for name in found]
        if len(found) > 1 or is_data_name(paths[0].name):
            there = [one for one in group if one.name in found]
            variants = variants_in(there, folder, lambda name: found[name].st_size)
            paths = [variant.path for variant in variants]
        if paths:
            size = found[paths[0].name].st_size
            changed_ns = max(found[path.name].st_mtime_ns for path in paths)
            name = clean_line(os.path.relpath(paths[0], self.folder)) or "(no visible name)"
            yield Entry(paths[0], name, size, changed_ns, variants if len(paths) > 1 else ())

    def status_of(self, item: "os.DirEntry[str]") -> os.stat_result | None:
        """Return a file's status, if it is an ordinary file; else remember its name."""
        try:
            status = item.stat()
        except OSError:
            status = None
        if status is None or not stat.S_ISREG(status.st_mode):
            self.unfit.append(item.name)
            return None
        return status

    def say_unfit(self) -> None:
        """Put what was no ordinary file into one notice, some of it by name."""
        if self.unfit:
            names = ", ".join(clean_line(name) for name in self.unfit[:3])
            more = f" and {len(self.unfit) - 3} more" if len(self.unfit) > 3 else ""
            self.notices.append(f"left out, not ordinary files or broken links: {names}{more}")

    def error(self, error: OSError) -> PullquoteError:
        """Return our error for what the system said about the library's own folder."""
        name = display_name(self.folder)
        if isinstance(error, NotADirectoryError) and self.folder.exists():
            return UnreadableError(f"{name} is not a folder; open it as an episode, or name a folder")
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return NotFoundError(
                f"there is no folder {name}; name another, or make it and put .md or .txt files there"
            )
        return read_error(error, self.folder)


def is_folder(item: "os.DirEntry[str]") -> bool:
    """Say whether something found is a folder or a link to one; a link that leads to itself is not."""
    try:
        return item.is_dir()
    except OSError:
        return False


def is_environment(path: str) -> bool:
    """Say whether a folder is a virtual environment of Python: its packages bring documents along."""
    return os.path.lexists(os.path.join(path, "pyvenv.cfg"))  # noqa: PTH118 - as above


def belongs_to_page(name: str, files: Mapping[str, object]) -> bool:
    """Say whether a folder holds what belongs to a saved page that lies beside it."""
    page = name.removesuffix(PAGE_FOLDER)
    return page != name and any(f"{page}{suffix}" in files for suffix in (".html", ".htm", ".xhtml"))
