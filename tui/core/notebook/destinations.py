"""Where exports go: what is suggested, and how a path is written and completed by hand."""

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import takewhile
from pathlib import Path

from tui.core.cleaning import has_unsafe
from tui.core.notebook.exports.values import Format
from tui.paths import NAME, data_folder

MOST_NAMES = 10_000
"""So many names of a folder are looked at to complete one."""


def suggested_folder(library: Path) -> Path:
    """Return a folder for exports: among the user's documents, else where we are; never in the library."""
    for folder in _folders():
        if folder.is_dir() and not is_inside(folder, library):
            return folder / NAME
    return data_folder() / "exports"


def _folders() -> Iterator[Path]:
    import platformdirs

    yield platformdirs.user_documents_path()
    yield Path.cwd()
    yield Path.home()


def is_inside(path: Path, folder: Path) -> bool:
    """Say whether a path is a folder, or lies in it."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def suggested_path(folder: Path, format: Format) -> Path:
    """Return where a format is written in a folder: a file, or the folder if it gets a file an episode."""
    return folder if format.by_episode else folder / f"{format.stem}{format.suffix}"


def shown_path(path: Path) -> str:
    """Return a path as people write it, their own folder as ``~``."""
    home = Path.home()
    return str("~" / path.relative_to(home)) if path.is_relative_to(home) else str(path)


def typed_path(text: str) -> Path:
    """Return the path that somebody wrote, ``~`` being their own folder."""
    path = Path(text.strip())
    with suppress(RuntimeError):  # there is nobody of that name
        path = path.expanduser()
    return path.absolute()


def completed(text: str) -> str:
    """Return a path with as much of its last name added as is certain from what is there."""
    folder, slash, begun = text.rpartition("/")
    try:
        with os.scandir(typed_path(f"{folder}{slash}" or ".")) as entries:
            names = [
                f"{entry.name}/" if entry.is_dir() else entry.name
                for entry, _ in zip(entries, range(MOST_NAMES), strict=False)
                if entry.name.startswith(begun) and not has_unsafe(entry.name)
                if begun or not entry.name.startswith(".")
            ]
    except (OSError, ValueError):
        return text
    certain = takewhile(lambda chars: len(set(chars)) == 1, zip(*names, strict=False))
    return f"{folder}{slash}{''.join(chars[0] for chars in certain)}" if names else text
