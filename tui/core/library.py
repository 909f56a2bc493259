"""A folder's episodes: which files they are, in which order, and which one somebody means."""

import os
import re
import stat
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from tui.core.cleaning import clean_line
from tui.core.episode import Episode
from tui.core.files import display_name, read_error
from tui.core.folding import fold
from tui.core.reading import read_episode
from tui.errors import NotFoundError, PullquoteError, UnreadableError
from tui.paths import file_of

SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".txt", ".text", ".srt", ".vtt"})
"""What an episode's file name ends in, in any case."""

OTHER_DOCUMENTS = re.compile(
    r"(readme|license|licence|copying|changelog|contributing|code_of_conduct)\..*|robots\.txt|requirements.*\.txt",
    re.IGNORECASE,
)
"""Names of text files that stand among episodes and are none."""

OTHER_FOLDERS = frozenset({"node_modules", "__pycache__", "site-packages"})
"""Folders of programs; hidden ones and virtual environments are left out as well."""

MAX_DEPTH = 12
"""How many folders deep episodes are looked for."""

MAX_ENTRIES = 100_000
"""How many episodes a library holds at most."""

EPISODE_ID = re.compile(r"[0-9a-f]{12}")

DIGITS = re.compile("([0-9]+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the library, not read yet."""

    path: Path

    name: str
    """Its path below the library's folder, clean."""

    size: int
    """In bytes."""

    mtime_ns: int
    """When it was last changed, in nanoseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Library:
    """A folder and the episodes found in it."""

    folder: Path

    entries: tuple[Entry, ...]
    """In the natural order of their names; never empty."""

    notices: tuple[str, ...]
    """What was left out, in words for the reader."""


class SortKey(StrEnum):
    """What a list of episodes can be ordered by."""

    TITLE = "title"
    DATE = "date"
    SHOW = "show"
    LENGTH = "length"
    NAME = "name"


def natural_key(text: str) -> tuple[object, ...]:
    """Return a key that sorts ``ep 2`` before ``ep 10``, without regard to case and accents."""
    parts = DIGITS.split(fold(text).text)
    # Numbers are compared by their length first: a title may hold more digits than int() takes.
    return tuple(
        (len(part.lstrip("0")), part.lstrip("0")) if index % 2 else part for index, part in enumerate(parts)
    )


def open_library(folder: Path) -> Library:
    """Return the episodes of a folder.

    Raises:
        NotFoundError: There is no such folder, or there are no episodes in it.
        UnreadableError: It can't be read.
    """
    notices: list[str] = []
    found = scan(folder, notices)
    entries = list(islice(found, MAX_ENTRIES))
    if next(found, None):
        notices.append(f"only the first {MAX_ENTRIES:,} episodes of {display_name(folder)} are listed")
    if not entries:
        raise no_episodes(folder, notices)
    entries.sort(key=lambda entry: natural_key(entry.name))
    return Library(folder, tuple(entries), tuple(notices))


def no_episodes(folder: Path, notices: list[str]) -> NotFoundError:
    """Return the error for a folder that holds none, with what was left out of it."""
    name = display_name(folder)
    left_out = f" ({'; '.join(notices)})" if notices else ""
    return NotFoundError(
        f"no episodes in {name}: put .md or .txt files there, or open another folder{left_out}"
    )


def scan(folder: Path, notices: list[str] | None = None) -> Iterator[Entry]:
    """Yield the episodes below a folder as they are found, reading none.

    Linked folders come last, each real folder once, and never one that holds the library itself.

    Args:
        folder: Where to look.
        notices: Filled with what was left out, in words for the reader.

    Raises:
        NotFoundError: There is no such folder.
        UnreadableError: It can't be read.
    """
    return Scan(folder, [] if notices is None else notices).entries()


class Scan:
    """One look through a folder: what is still to be looked at, and what was seen."""

    def __init__(self, folder: Path, notices: list[str]) -> None:
        self.folder = folder
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
                        yield from self.entries_of(found, depth)
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

    def entries_of(self, found: Iterable["os.DirEntry[str]"], depth: int) -> Iterator[Entry]:
        """Yield the episodes of one folder, and put its folders in the queue."""
        for item in found:
            if item.name.startswith("."):
                continue
            if is_folder(item):
                self.queue(item, depth + 1)
            elif is_episode_name(item.name):
                yield from self.entry_of(item)

    def queue(self, item: "os.DirEntry[str]", depth: int) -> None:
        """Keep a folder for later: real ones next, links when all else is done."""
        if item.name in OTHER_FOLDERS:
            return
        if depth > MAX_DEPTH:
            self.notices.append(
                f"left out: {display_name(Path(item.path))} is more than {MAX_DEPTH} folders deep"
            )
        elif item.is_symlink():
            self.waiting.append((item.path, depth))
        else:
            self.waiting.appendleft((item.path, depth))

    def entry_of(self, item: "os.DirEntry[str]") -> Iterator[Entry]:
        """Yield a file's entry, if it is an ordinary file."""
        try:
            status = item.stat()
        except OSError:
            self.unfit.append(item.name)
            return
        if not stat.S_ISREG(status.st_mode):
            self.unfit.append(item.name)
            return
        path = Path(item.path)
        name = clean_line(os.path.relpath(item.path, self.folder))
        yield Entry(path, name or "(no visible name)", status.st_size, status.st_mtime_ns)

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


def is_episode_name(name: str) -> bool:
    """Say whether a file of this name, in a folder of episodes, is one."""
    return os.path.splitext(name)[1].lower() in SUFFIXES and not OTHER_DOCUMENTS.fullmatch(name)  # noqa: PTH122


def find_episode(words: str, library: Library) -> Path:
    """Return the file of the episode that somebody means.

    Args:
        words: A path, an episode's id, or words that stand in the title, show, number or file name of
            one episode only, without regard to case and accents.
        library: Where ids, words and paths that don't exist from here are looked up.

    Raises:
        NotFoundError: No episode fits, or several do.
    """
    for path in (Path(words), library.folder / words):
        if is_there(path):
            return path
    if is_episode_name(words):
        raise NotFoundError(f"there is no {clean_line(words)}, here or in {display_name(library.folder)}")
    if EPISODE_ID.fullmatch(words.lower()):
        fitting = fitting_paths(library, lambda episode, _: episode.id == words.lower())
        # Copies of one file have one id, and any of them will do.
        fitting = fitting[:1]
    else:
        fitting = fitting_paths(library, title_matcher(words))
    return only_one(fitting, words, library)


def is_there(path: Path) -> bool:
    """Say whether a path names something that is not a folder."""
    try:
        return not stat.S_ISDIR(file_of(path)[0].stat().st_mode)
    except (OSError, ValueError):
        return False


def title_matcher(words: str) -> Callable[[Episode, Entry], bool]:
    """Return a test of whether all the words stand in an episode's title, show, number or name."""
    wanted = fold(words).text.split()

    def matches(episode: Episode, entry: Entry) -> bool:
        known = fold(f"{episode.title} {episode.show or ''} {episode.number or ''} {entry.name}").text
        return bool(wanted) and all(word in known for word in wanted)

    return matches


def fitting_paths(library: Library, fits: Callable[[Episode, Entry], bool]) -> list[tuple[Path, str]]:
    """Return path and title of the episodes that fit; files that can't be read don't."""
    fitting = []
    for entry in library.entries:
        try:
            episode = read_episode(entry.path, head=True)
        except PullquoteError:
            continue
        if fits(episode, entry):
            fitting.append((entry.path, episode.title))
    return fitting


def only_one(fitting: list[tuple[Path, str]], words: str, library: Library) -> Path:
    """Return the path of the only episode that fits, or of the only one with exactly this title."""
    exact = [path for path, title in fitting if fold(title).text == fold(words).text.strip()]
    if len(exact) == 1:
        return exact[0]
    if len(fitting) == 1:
        return fitting[0][0]
    asked = clean_line(words)
    if not fitting:
        raise NotFoundError(
            f"no episode fits “{asked}” in {display_name(library.folder)}; 'pullquote list' shows all"
        )
    titles = "; ".join(shortened(title) for _, title in fitting[:5])
    more = f"; and {len(fitting) - 5} more" if len(fitting) > 5 else ""
    raise NotFoundError(f"{len(fitting)} episodes fit “{asked}”, name one of them: {titles}{more}")


def shortened(title: str, length: int = 60) -> str:
    """Return a title cut to so many characters."""
    return title if len(title) <= length else title[: length - 1].rstrip() + "…"


def sort_episodes(episodes: Iterable[Episode], by: SortKey) -> list[Episode]:
    """Return episodes in order: newest or longest first, names naturally, unknown last, then by title."""
    ordered = sorted(episodes, key=lambda episode: natural_key(episode.title))
    match by:
        case SortKey.TITLE:
            return ordered
        case SortKey.NAME:
            return sorted(ordered, key=lambda episode: natural_key(os.fspath(episode.path)))
        case SortKey.SHOW:
            return sorted(
                ordered, key=lambda episode: (episode.show is None, natural_key(episode.show or ""))
            )
        case SortKey.LENGTH:
            return sorted(ordered, key=lambda episode: -episode.words)
        case SortKey.DATE:
            # Sorting the other way round keeps equal ones in their order; an unknown date is the least.
            return sorted(ordered, key=lambda episode: episode.date or "", reverse=True)
