"""Continuous export: what is new is added to a folder of notes, and what the person made of it stays.

An episode's page is found by the episode's id in its front matter, else by the highlights in it, so it may be
renamed and moved within the folder. Twice is the same as once: where nothing is new, nothing is written.
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from tui.core.files import display_name
from tui.core.naming import episode_file_name
from tui.core.notebook.exports.entries import by_source, entry_name
from tui.core.notebook.exports.markdown import entry, render
from tui.core.notebook.exports.pages import (
    Page,
    add,
    bring_up_to_date,
    fingerprint,
    is_as_read,
    mode_of,
    read_page,
    settle,
)
from tui.core.notebook.exports.values import ExportSettings
from tui.core.notebook.values import Highlight, Source
from tui.core.writing import write_file
from tui.errors import PullquoteError

SUFFIX = ".md"
LARGEST = 16 * 1024 * 1024
"""A larger file, in bytes, is no page of notes."""

SIGNS = (b"^h-", b"<!-- pullquote:", b"\npullquote: ")
"""What a page of ours holds, at least one of them."""

ATTEMPTS = 5
"""How often a page is read again because somebody wrote to it meanwhile."""


@dataclass(slots=True)
class Tally:
    """What was done so far."""

    files: list[Path] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    edited: int = 0
    notices: list[str] = field(default_factory=list)


def continue_folder(
    folder: Path, highlights: Sequence[Highlight], settings: ExportSettings, tally: Tally
) -> None:
    """Add to a folder's pages what is not in any of them.

    Raises:
        PullquoteError: A page can't be read or written; those before it are done.
    """
    pages = list(pages_in(folder, tally))
    places: dict[str, list[Page]] = {}
    for page in pages:
        for name in page.known:
            places.setdefault(name, []).append(page)
    homes = {page.source: page for page in reversed(pages) if page.source}
    for source, group in by_source(highlights):
        continue_episode(folder, group, homes.get(source.id), places, settings, tally)


def continue_episode(
    folder: Path,
    highlights: Sequence[Highlight],
    home: Page | None,
    places: Mapping[str, Sequence[Page]],
    settings: ExportSettings,
    tally: Tally,
) -> None:
    """Add what is new of an episode, and bring up to date what is not.

    Args:
        folder: For an episode without a page.
        highlights: Of the episode.
        home: The page that is about it, if there is one.
        places: In which pages each name is, or was.
        settings: What the user chose.
        tally: What was done.
    """
    held = Counter(page.path for highlight in highlights for page in places.get(entry_name(highlight), ()))
    path = home.path if home else max(held, key=lambda path: held[path], default=None)
    if path is None:
        write_page(free_path(folder, highlights[0].source), highlights, settings, tally)
        return
    if any(entry_name(highlight) not in places for highlight in highlights):
        held[path] += 1
    for page_path in held:
        elsewhere = places.keys() if page_path == path else None
        continue_page(page_path, highlights, settings, tally, elsewhere)


def pages_in(folder: Path, tally: Tally) -> Iterator[Page]:
    """Yield the pages of a folder that hold something of ours, those of one folder by name."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if not name.lower().endswith(SUFFIX) or name.startswith("."):
                continue
            try:
                if is_ours(path):
                    yield read_page(path)
            except PullquoteError as error:
                tally.notices.append(str(error))
            except OSError as error:
                tally.notices.append(f"{display_name(path)} can't be read: {error.strerror}")


def is_ours(path: Path) -> bool:
    """Say whether a file may be a page with something of ours.

    Raises:
        OSError: It can't be read.
    """
    if not path.is_file() or path.stat().st_size > LARGEST:
        return False
    data = path.read_bytes()
    return any(sign in data for sign in SIGNS)


def free_path(folder: Path, source: Source) -> Path:
    """Return where an episode's page can be, under a name that nothing has."""
    copy = 1
    while os.path.lexists(folder / episode_file_name(source, copy)):
        copy += 1
    return folder / episode_file_name(source, copy)


def write_page(path: Path, highlights: Sequence[Highlight], settings: ExportSettings, tally: Tally) -> None:
    """Write a new page.

    Raises:
        PullquoteError: It can't be written, or is there already.
    """
    page = Page(path, render(highlights, settings), os.stat_result([0] * 10))
    page.ledger = {entry_name(highlight): fingerprint(entry(highlight)) for highlight in highlights}
    settle(page, settings.exported)
    tally.files.append(write_file(path.parent, path.name, page.data, overwrite=False))
    tally.added += len(highlights)


def continue_page(
    path: Path,
    highlights: Sequence[Highlight],
    settings: ExportSettings,
    tally: Tally,
    known: Set[str] | None = frozenset(),
) -> None:
    """Bring a page up to date, and add to it what is not there.

    Args:
        path: The page.
        highlights: What may be in it, or is to be.
        settings: What the user chose.
        tally: What was done.
        known: The names of what is somewhere else; None adds nothing.

    Raises:
        PullquoteError: It can't be read or written, or somebody else keeps writing to it.
    """
    for _ in range(ATTEMPTS):
        page = read_page(path)
        before = page.text
        changed, edited = bring_up_to_date(page, highlights)
        there = page.known if known is None else page.known | known
        new = [] if known is None else [one for one in highlights if entry_name(one) not in there]
        for source, group in by_source(new):
            add(page, source, group)
        if page.text != before:
            settle(page, settings.exported)
            if not is_as_read(page):
                continue
            # A link stays one: the file is replaced that it leads to.
            folder, name = page.path.parent, page.path.name
            tally.files.append(write_file(folder, name, page.data, overwrite=True, mode=mode_of(page)))
        tally.changed += changed
        tally.edited += edited
        tally.added += len(new)
        return
    raise PullquoteError(f"{display_name(path)} is being written by another program; try again")
