"""Seeing whether a file is a notebook, and whole."""

import sqlite3

from tui.core.cleaning import clean_line
from tui.core.notebook.reasons import is_damage
from tui.core.notebook.schema import VERSION, is_whole, version_of

SMALL_PAGES = 4_000
"""A notebook of up to so many pages is looked through thoroughly each time: that takes a few hundredths of a
second."""


def damage_in(connection: sqlite3.Connection, *, thoroughly: bool = False) -> str:
    """Return what is wrong with a file; empty if nothing is, or if it is of a newer version.

    Args:
        connection: To the file.
        thoroughly: Whether indexes are compared with their tables however large it is, which takes five
            times as long.

    Raises:
        sqlite3.Error: It can't be read now, which is another thing than being damaged.
    """
    try:
        return damage_found(connection, thoroughly=thoroughly)
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return clean_line(str(error))
        raise


def damage_found(connection: sqlite3.Connection, *, thoroughly: bool) -> str:
    """Return what is wrong with a file, as far as it can be read."""
    version = version_of(connection)
    if version > VERSION:
        return ""
    if version == 0 and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return ""
    if version <= 0 or (version == VERSION and not is_whole(connection)):
        return "it has not the tables of a notebook"
    pages: int = connection.execute("PRAGMA page_count").fetchone()[0]
    check = "integrity_check" if thoroughly or pages <= SMALL_PAGES else "quick_check"
    found = str(connection.execute(f"PRAGMA {check}(1)").fetchone()[0])
    return "" if found == "ok" else clean_line(found)
