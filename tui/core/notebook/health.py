"""How the notebook is: where it lies, whether it is whole, and what copies there are of it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tui.core.notebook.backups import backups_in, day_of, is_good
from tui.core.notebook.connecting import WAL, open_to_read
from tui.core.notebook.counting import counts
from tui.core.notebook.examining import damage_in
from tui.core.notebook.mending import BAD
from tui.core.notebook.reasons import is_damage, reason_of
from tui.core.notebook.schema import VERSION, version_of
from tui.core.notebook.store import Store
from tui.core.watching import is_remote

MENDED_NEXT = "it is mended when the reader is opened next, and kept under another name"


def health(file: Path, backups: Path) -> Iterator[tuple[str, str]]:
    """Yield what there is to know about a notebook, by name; it is only read.

    Args:
        file: The notebook.
        backups: The folder of its backups.
    """
    real = Path(os.path.realpath(file))
    is_link = real != file.absolute()
    yield "file", f"{file} → {real}" if is_link else str(file)
    yield "state", state_of(real)
    if is_remote(real.parent):
        yield "drive", "a network drive: keep it open on one machine at a time"
    yield "backups", said_of_backups(backups)
    aside = [path.name for path in real.parent.glob(f"{real.name}{BAD}*") if not path.name.endswith(WAL)]
    if aside:
        yield "set aside", ", ".join(sorted(aside))


def state_of(file: Path) -> str:
    """Return what a notebook holds, and whether it is whole."""
    try:
        connection = open_to_read(file)
        if connection is None:
            return "empty" if file.exists() else "not there yet: the first highlight or place makes it"
        with closing(connection):
            version = version_of(connection)
            if version > VERSION:
                return f"written by a newer pullquote (tables of version {version}): it is only read"
            damage = damage_in(connection, thoroughly=True)
            if damage:
                return f"damaged ({damage}); {MENDED_NEXT}"
            found = counts(Store(connection), ())
    except (sqlite3.Error, OSError) as error:
        if is_damage(error):
            return f"damaged ({error}); {MENDED_NEXT}"
        return f"can't be read: {reason_of(error, file)}"
    size = file.stat().st_size
    return f"whole: {found.highlights:,} highlights, {found.bookmarks:,} bookmarks, {size / 1e6:.1f} MB"


def said_of_backups(folder: Path) -> str:
    """Return how many backups there are, and of which day the newest is."""
    found = backups_in(folder)
    if not found:
        return "none yet: one is made each day on which something is kept"
    whole = "whole" if is_good(found[0]) else "damaged"
    return f"{len(found)} in {folder}, the newest of {day_of(found[0])}, {whole}"
