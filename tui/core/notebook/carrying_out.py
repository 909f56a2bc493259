"""Doing in the notebook's file what a work says, as a whole or not at all."""

import sqlite3
from contextlib import suppress

from tui.core.cleaning import clean_line
from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.session import kept_again
from tui.core.notebook.store import OvertakenError, Store
from tui.core.notebook.values import Reading
from tui.core.notebook.work import Work, WorkKind

UNFIT = (sqlite3.DataError, sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError)
"""What SQLite says of values that no database holds."""


class RefusedError(Exception):
    """Something that can never be kept."""


def carry_out(store: Store, work: Work) -> Change:
    """Do what a work says and return what came of it, on the disk.

    Raises:
        OvertakenError: It would take back what another window did meanwhile.
        RefusedError: It can never be kept.
        sqlite3.Error: It can't be kept now.
    """
    connection = store.connection
    connection.execute("BEGIN IMMEDIATE")
    try:
        done = do(store, work)
        connection.execute("COMMIT")
    except UNFIT as error:
        take_back(store)
        raise RefusedError(clean_line(str(error))) from error
    except (sqlite3.Error, OvertakenError):
        take_back(store)
        raise
    except Exception as error:
        # What trips us up must not keep all other changes off the disk.
        take_back(store)
        raise RefusedError(clean_line(f"{type(error).__name__}: {error}")) from error
    return done


def take_back(store: Store) -> None:
    """End a transaction as if it had not begun."""
    store.sources.clear()
    with suppress(sqlite3.Error):
        store.connection.execute("ROLLBACK")


def do(store: Store, work: Work) -> Change:
    """Do what a work says, inside a transaction; return what came of it."""
    match work.kind:
        case WorkKind.MAKE | WorkKind.UNDO:
            return store.make(work.change, is_undo=work.kind is WorkKind.UNDO)
        case WorkKind.READ_ON:
            edits = [
                store.move_on(edit.after) for edit in work.change.edits if isinstance(edit.after, Reading)
            ]
            return Change(work.change.said, tuple(edits))
        case WorkKind.RESTORE:
            return restored(store, work.change)
        case WorkKind.REFRESH:
            if work.source is not None:
                store.refresh(work.source)
            return Change(work.change.said, ())


def restored(store: Store, change: Change) -> Change:
    """Keep again what was kept in a file that another one has replaced; return what that changed."""
    done = []
    for edit in change.edits:
        edit = store.settled(edit)
        found = store.find(edit)
        becomes = kept_again(edit, found)
        if becomes != found:
            store.put(found, becomes)
            done.append(Edit(found, becomes))
    return Change(change.said, tuple(done))
