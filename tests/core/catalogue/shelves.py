"""Rows and folders for the tests of the catalogue."""

import os
from pathlib import Path

from tui.core.catalogue.catalogue import Catalogue
from tui.core.catalogue.reading import read_rows
from tui.core.catalogue.rows import Row, bare_row, base_of, with_keys
from tui.core.search.changes import FileScan, Work

LONG_AGO_S = 1_600_000_000


def row(name: str, title: str = "", **fields: object) -> Row:
    """A row; one with a title was read."""
    bare = bare_row([name])
    return with_keys(bare._replace(title=title or bare.title, is_read=bool(title))._replace(**fields))  # type: ignore[arg-type]


def put(path: Path, title: str, *, show: str = "", at_s: int = LONG_AGO_S) -> Path:
    """Write an episode that was changed at a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: {title}\nshow: {show}\n---\n\nSome words of it.\n", encoding="utf-8")
    os.utime(path, (at_s, at_s))
    return path


def look(catalogue: Catalogue) -> list[Work]:
    """Have a catalogue look at its folder and read what it wants to be read; return what that was."""
    works = catalogue.take_down(FileScan(catalogue.library).run())
    catalogue.take_in([(work, read_rows(catalogue.base, work)) for work in works])
    return works


def catalogue_of(library: Path) -> Catalogue:
    """The catalogue of a folder, all of it read."""
    catalogue = Catalogue(library, base_of(library))
    look(catalogue)
    return catalogue


def titles(catalogue: Catalogue) -> dict[str, str]:
    """What a catalogue knows, by place."""
    return {row.place: row.title for row in catalogue.rows}


def read_names(works: list[Work]) -> set[str]:
    """The names of the files that were read."""
    return {name for work in works for name, _ in work.files}


def export(count: int) -> str:
    """A file of several episodes, as an app for podcasts writes them."""
    return "".join(
        f"# Tide {number}\n\n\n## Episode metadata\n- Episode title: Tide {number}\n- Show: Low Water\n"
        f"- Owner / Host: Ida Brandt\n\n\n## Snips\n\n\n### [0{number}:00] The step\n\n\n"
        f"[🎧 Play snip - 1min️ (0{number}:00 - 0{number}:50)](https://share.snipd.com/snip/{number})\n\n\n"
        f"- The water came up to step {number}.\n\n---\n\n"
        for number in range(1, count + 1)
    )
