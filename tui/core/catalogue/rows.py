"""The rows of a library's list: what is shown, sorted and filtered of every episode."""

import marshal
import os
from collections.abc import Sequence
from pathlib import Path
from sys import intern
from typing import NamedTuple

from tui.core.cleaning import clean_line
from tui.core.folding import fold
from tui.core.sorting import natural_key

MEMBERS_FOLDER = os.pardir
"""How the scan names the folder of a library that is one file (``search.changes.Stamps``)."""


class Row(NamedTuple):
    """One episode of a library; of one that was not read yet, or can't be, only the names are known.

    A named tuple: there may be a hundred thousand, and one is made of what is on disk ten times as quickly as
    a frozen dataclass.
    """

    place: str
    """Its path below the library, as the system has it; of one of a file's episodes, below the file."""

    file: str
    """The path of its file, of several the one to show first."""

    files: tuple[str, ...]
    """The paths of all its files, if it has several."""

    name: str
    """Its path, clean."""

    title: str
    """Or the file's name."""

    show: str = ""
    number: int | None = None
    date: str = ""
    people: tuple[str, ...] = ()
    words: int = 0
    """How long it is; of a long one whose head was read, an estimate."""

    tags: tuple[str, ...] = ()
    problem: str = ""
    """Why the file can't be read, if it can't."""

    id: str = ""
    """``Episode.id``; empty if it was not read."""

    is_read: bool = False
    is_whole: bool = True
    """Whether all of it was read, not only the head of a long one."""

    name_key: str = ""
    title_key: str = ""
    show_key: str = ""
    """What it is sorted by."""

    searched: str = ""
    """All that a filter looks at, folded, each on a line of its own behind a line break."""

    more: bytes = b""
    """What only other programs ask for (``Facts``), packed."""

    @property
    def all_files(self) -> tuple[str, ...]:
        """The paths of its files, however many there are."""
        return self.files or (self.file,)


class Facts(NamedTuple):
    """What is known of an episode besides what its row shows."""

    format: str
    why: str
    url: str | None
    duration_s: int | None
    language: str | None
    notices: tuple[str, ...]


def base_of(library: Path) -> Path:
    """Return the folder that the paths of rows start from: the library, or that of a file that is one."""
    return library if library.is_dir() or not library.is_file() else library.parent


def place_of(path: Path, base: Path) -> str:
    """Return the path of an episode below a library's folder; one that lies elsewhere keeps its own."""
    for name, folder in ((os.fspath(path), os.fspath(base)), (os.path.abspath(path), os.path.abspath(base))):  # noqa: PTH100
        start = os.path.join(folder, "")  # noqa: PTH118 - strings are at hand, and there may be many
        if name.startswith(start):
            return name[len(start) :]
    return os.fspath(path)


def place_in(folder: str, name: str) -> str:
    """Return the path of a file by its folder's, both below the library."""
    return name if folder in (os.curdir, MEMBERS_FOLDER) else f"{folder}/{name}"


def folder_of(place: str) -> str:
    """Return the folder of a path below the library, as ``search.changes`` names it."""
    return place.rpartition("/")[0] or os.curdir


def bare_row(places: Sequence[str], member: int = 0) -> Row:
    """Return the row of an episode of which nothing is known but its files.

    Args:
        places: The paths of its files, the one to show first before the others.
        member: Which of its file's episodes it is, from 1, if that holds several.
    """
    file = places[0]
    place = f"{file}/{member}" if member else file
    name = clean_line(place) or "(no visible name)"
    name = place if name == place else name
    return with_keys(Row(place, file, tuple(places) if len(places) > 1 else (), name, name))


def with_keys(row: Row) -> Row:
    """Return a row with what follows from the rest of it; what many rows have is one and the same in all."""
    number = "" if row.number is None else str(row.number)
    texts = (row.title, row.show, number, *row.people, *row.tags, row.date, row.name)
    return row._replace(
        show=intern(row.show),
        date=intern(row.date),
        people=tuple(map(intern, row.people)),
        tags=tuple(map(intern, row.tags)),
        name_key=natural_key(row.name),
        title_key=natural_key(row.title),
        show_key=intern(natural_key(row.show)),
        searched=fold("\n" + "\n".join(dict.fromkeys(filter(None, texts)))).text,
    )


def moved(row: Row, folder: str) -> Row:
    """Return the row of an episode whose files lie in another folder now."""
    places = [place_in(folder, base_name(file)) for file in row.all_files]
    member = row.place.removeprefix(row.file).removeprefix("/")
    bare = bare_row(places, int(member or 0))
    return with_keys(
        row._replace(
            place=bare.place,
            file=bare.file,
            files=bare.files,
            name=bare.name,
            title=row.title if row.is_read or row.problem else bare.title,
        )
    )


def base_name(place: str) -> str:
    """Return the last part of a path below the library."""
    return place.rpartition("/")[2]


def facts_of(row: Row) -> Facts:
    """Return what is known besides of an episode that was read."""
    return Facts(*marshal.loads(row.more))


def as_json(row: Row, base: Path) -> dict[str, object]:
    """Return what ``rendering.as_json`` says of an episode, all but its sections.

    Args:
        row: Of an episode that was read.
        base: The folder that its path starts from.
    """
    facts = facts_of(row)
    return {
        "id": row.id,
        "path": os.fspath(base / row.place),
        "format": facts.format,
        "why": facts.why,
        "title": row.title,
        "show": row.show or None,
        "number": row.number,
        "people": list(row.people),
        "date": row.date or None,
        "url": facts.url,
        "duration_s": facts.duration_s,
        "language": facts.language,
        "tags": list(row.tags),
        "words": row.words,
        "notices": list(facts.notices),
    }
