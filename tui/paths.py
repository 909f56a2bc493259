"""Where styles, sample episodes, the library, settings and state live."""

import os
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent

ROOT = PACKAGE if (PACKAGE / "styles").is_dir() else PACKAGE.parent
"""A wheel carries the styles and samples inside the package; in a checkout they lie beside it."""

STYLES = ROOT / "styles"
SAMPLE_EPISODES = ROOT / "episodes"

NAME = "pullquote"


def default_library() -> Path:
    """Return the folder to open when none is named: the configured one, ``./episodes``, or the samples."""
    configured = os.environ.get("PULLQUOTE_LIBRARY")
    if configured:
        return Path(configured).expanduser()
    here = Path("episodes")
    return here if here.is_dir() else SAMPLE_EPISODES


def cache_folder() -> Path:
    """Return the folder for what can be made again; it need not exist."""
    return own_folder("cache")


def data_folder() -> Path:
    """Return the folder for what is the reader's: highlights, notes, places; it need not exist."""
    return own_folder("data")


def config_folder() -> Path:
    """Return the folder for settings; it need not exist."""
    return own_folder("config")


def own_folder(kind: str) -> Path:
    """Return the folder of one kind: below PULLQUOTE_HOME, else where the platform has it (XDG on Unix)."""
    home = os.environ.get("PULLQUOTE_HOME")
    if home:
        return Path(home).expanduser().absolute() / kind
    # Needed only when something is kept: loading it takes as long as reading an episode.
    import platformdirs

    found = {
        "cache": platformdirs.user_cache_path,
        "data": platformdirs.user_data_path,
        "config": platformdirs.user_config_path,
    }[kind](NAME, appauthor=False)
    if found.is_absolute():
        return found
    # Without a home even the password database knows of, a relative "~" is left.
    return Path(tempfile.gettempdir()) / f"{NAME}-{os.getuid()}" / kind


def file_of(path: Path) -> tuple[Path, int | None]:
    """Return the file that holds the episode at a path, and which of the file's episodes it is, from 1.

    A file of several episodes is taken for a folder: ``export.md/3``. For any other path the number is None.
    """
    if path.name.isascii() and path.name.isdigit() and is_file(path.parent):
        return path.parent, int(path.name[:9])
    return path, None


def seen_from(folder: Path, path: Path) -> Path | None:
    """Return an absolute path as a listing of a folder has it; None if it is not inside."""
    try:
        return folder / path.relative_to(folder.absolute())
    except ValueError:
        return None


def is_file(path: Path) -> bool:
    """Say whether a path is that of a file; of one that can't be looked at it is not known."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
