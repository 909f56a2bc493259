"""Whether a library's index is there, whole and up to date."""

from dataclasses import dataclass
from pathlib import Path

from tui.core.search.changes import changes
from tui.core.search.engine import EngineError, open_to_read
from tui.core.search.seals import broken
from tui.core.search.store import IndexFolder


@dataclass(frozen=True, slots=True)
class Check:
    """What was found out about an index."""

    library: Path
    files: int
    """How many files the library has."""

    indexed: int
    """How many files are in the index, as they are now or as they were."""

    missing: int
    """How many files are new or have changed, the other files of their episodes among them."""

    gone: int
    """How many files of the index are there no more."""

    bytes: int
    """How much room the index takes."""

    damage: str = ""
    """What is wrong with the index, in a few words; empty if it is whole, or not there."""

    is_there: bool = True
    is_being_written: bool = False

    @property
    def is_up_to_date(self) -> bool:
        """Whether nothing needs to be done."""
        return self.is_there and not (self.damage or self.missing or self.gone)


def check(library: Path, *, root: Path | None = None) -> Check:
    """Return whether a library's index is there, whole and up to date; all of it is read, nothing written.

    Args:
        library: The folder of episodes, or a file of several.
        root: Where indexes lie; by default in our cache folder.

    Raises:
        PullquoteError: The library can't be looked through.
    """
    folder = IndexFolder(library, root)
    contents = folder.contents()
    found = changes(library, contents.stamps if contents is not None else {})
    damage = ""
    if contents is not None:
        damage = damage_of(folder.engine, broken(folder.engine, contents.seals, thoroughly=True))
    elif folder.condemned.exists():
        damage = "an answer came out wrong"
    elif folder.list.exists():
        damage = "it is damaged, or of another version"
    return Check(
        library=library,
        files=found.files,
        indexed=contents.files if contents is not None else 0,
        missing=found.to_read,
        gone=len(found.gone),
        bytes=folder.bytes,
        damage=damage,
        is_there=contents is not None,
        is_being_written=folder.is_locked(),
    )


def damage_of(engine: Path, file: str | None) -> str:
    """Return what is wrong with the engine's files, given the one that is not as it was written, if any."""
    if file is not None:
        return f"its file {file} is damaged"
    try:
        open_to_read(engine)
    except EngineError as error:
        return str(error)
    return ""
