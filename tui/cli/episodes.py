"""Which episodes the words of a command mean, and who reads them."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.completion import paths, reader_names
from tui.cli.output import say
from tui.core.episode import Episode
from tui.core.files import display_name, is_there, read_error, read_stream, refuse_address
from tui.core.loading import episodes_of, loaded
from tui.core.siblings import variants_of
from tui.errors import PullquoteError, UnreadableError, UsageError
from tui.paths import default_library, file_of

if TYPE_CHECKING:
    from tui.core.formats.table import Reader
    from tui.core.library import Entry

STANDARD_INPUT = "-"

library_option = click.option(
    "--library",
    metavar="PATH",
    shell_complete=paths,
    help="The folder in which ids and words are looked up; else the one the reader would open.",
)


def reader_of(_: click.Context, __: click.Parameter, value: str | None) -> "Reader | None":
    """Return the reader that somebody names.

    Raises:
        UsageError: There is none of this name.
    """
    if value is None:
        return None
    from tui.core.formats.table import reader_named

    return reader_named(value)


reader_option = click.option(
    "--as",
    "reader",
    metavar="READER",
    callback=reader_of,
    shell_complete=reader_names,
    help="Read it as this shape, whatever it looks like; 'show EPISODE --explain' names them all.",
)


def readable_episodes(path: str | None, reader: "Reader | None" = None) -> Iterator[Episode]:
    """Yield the episodes of a folder or file, each once; what can't be read is said on stderr."""
    if path == STANDARD_INPUT:
        yield episode_from_input(reader)
        return
    refuse_address(path or "")
    folder = default_library() if path is None else Path(path)
    if is_there(folder):
        yield from said(variant_episodes(folder, reader))
        return
    for entry in listed_entries(folder):
        yield from said(entry_episodes(entry, reader))


def said(episodes: Iterable[Episode]) -> Iterator[Episode]:
    """Yield episodes as far as they can be read; why no further is said on stderr."""
    try:
        yield from episodes
    except PullquoteError as error:
        say(str(error))


def variant_episodes(path: Path, reader: "Reader | None") -> Iterator[Episode]:
    """Yield the episodes of a file that somebody names.

    Raises:
        PullquoteError: It can't be read.
    """
    if reader:
        yield loaded(path, reader=reader).episode
    else:
        yield from episodes_of(path, variants_of(path), head=False)


def entry_episodes(entry: "Entry", reader: "Reader | None") -> Iterator[Episode]:
    """Yield the episodes of a file of the library.

    Raises:
        PullquoteError: It can't be read.
    """
    if reader:
        from tui.core.reading import read_episode

        yield read_episode(entry.path, reader=reader)
    else:
        yield from episodes_of(entry.path, entry.variants, head=False)


def listed_entries(folder: Path) -> "Iterable[Entry]":
    """Return the files of a folder; what its scan left out is said on stderr."""
    from tui.core.library import open_library

    library = open_library(folder)
    for notice in library.notices:
        say(notice)
    return library.entries


def named_episode(words: str, library: str | None, reader: "Reader | None" = None) -> Episode:
    """Return the episode that somebody means, completed from the files beside it.

    Args:
        words: A path, an id, words of its title, or ``-``.
        library: Where ids and words are looked up; None for the usual library.
        reader: Who reads it, whatever it looks like.

    Raises:
        PullquoteError: None or several fit, or it can't be read.
    """
    if words == STANDARD_INPUT:
        return episode_from_input(reader)
    path = named_file(words, library)
    episode = loaded(path, reader=reader).episode
    if episode.count > 1 and file_of(path)[1] is None:
        name = display_name(path)
        say(f"{name} holds {episode.count} episodes: this is {name}/1, and the last {name}/{episode.count}")
    return episode


def named_file(words: str, library: str | None) -> Path:
    """Return the file of the episode that somebody means.

    Raises:
        PullquoteError: None or several fit.
    """
    refuse_address(words)
    path = Path(words)
    if is_there(path):
        return path
    if is_folder(path):
        raise UnreadableError(
            f"{display_name(path)} is a folder, and one episode is due; 'pullquote list' shows what is in it"
        )
    # Imported here: an episode that was read before, and is named by its path, is shown without any reader.
    from tui.core.choosing import find_episode
    from tui.core.library import open_library

    folder = default_library() if library is None else Path(library)
    return find_episode(words, open_library(folder))


def is_folder(path: Path) -> bool:
    """Say whether a path is that of a folder.

    Raises:
        UnreadableError: It lies in a folder that may not be looked into.
    """
    try:
        return path.is_dir()
    except PermissionError as error:
        raise read_error(error, path) from error
    except (OSError, ValueError):
        return False


def episode_from_input(reader: "Reader | None" = None) -> Episode:
    """Return the episode that standard input holds."""
    from tui.core.reading import episode_from_bytes

    return episode_from_bytes(bytes_from_input(), Path(STANDARD_INPUT), reader=reader)


def bytes_from_input() -> bytes:
    """Return what standard input holds.

    Raises:
        UsageError: There is none.
    """
    if sys.stdin is None:
        raise UsageError("there is no standard input to read from")
    return read_stream(sys.stdin.buffer)
