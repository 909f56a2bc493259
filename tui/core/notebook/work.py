"""What a window wants kept, in the order in which it happened, and how what is read shows it already."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto

from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.merging import is_overtaken, merged, moved_on
from tui.core.notebook.session import kept_again
from tui.core.notebook.values import Kept, Reading, Source


class WorkKind(Enum):
    """What is to be done."""

    MAKE = auto()
    UNDO = auto()
    """Taking back, or doing again, what was done: not where it was overtaken by other windows."""

    READ_ON = auto()
    """How far the reader has come: nothing to be told of."""

    RESTORE = auto()
    """Keeping again what was kept in a file that another one has replaced."""

    REFRESH = auto()
    """What is known of an episode now: nothing to be told of, and never waited for."""


@dataclass(eq=False, slots=True)
class Work:
    """One thing to be kept."""

    kind: WorkKind
    change: Change
    source: Source | None = None
    """Of REFRESH."""

    is_told: bool = field(default=False)
    """Whether the reader was told that it waits."""


def read_on(reading: Reading) -> Work:
    """Return the work of keeping how far the reader has come."""
    return Work(WorkKind.READ_ON, Change("place", (Edit(None, reading),)))


def refresh(source: Source) -> Work:
    """Return the work of keeping what is known of an episode."""
    return Work(WorkKind.REFRESH, Change("", ()), source)


Things = dict[object, Kept]
"""Highlights and bookmarks by their ids, how far the reader is by the episode."""


def key_of(thing: Kept) -> object:
    """Return what a thing is told from others by; two windows may know an episode by two ids."""
    if isinstance(thing, Reading):
        return (thing.source.path, thing.source.content)
    return thing.id


def overlaid(things: Iterable[Kept], works: Iterable[Work], *, is_part: bool = False) -> list[Kept]:
    """Return things as they will be when all that waits is kept, new ones at the end.

    Args:
        things: As they are on the disk.
        works: What waits.
        is_part: Whether there are others on the disk: then only new ones are added.
    """
    found: Things = {key_of(thing): thing for thing in things}
    for work in works:
        for edit in work.change.edits:
            if not is_part or edit.before is None or key_of(edit.before) in found:
                overlay(found, work, edit)
    return list(found.values())


def overlay(found: Things, work: Work, edit: Edit) -> None:
    """Do with things what is to be done with those on the disk."""
    thing = edit.after or edit.before
    if thing is None:
        return
    key = key_of(thing)
    now = found.get(key)
    if work.kind is WorkKind.UNDO and is_overtaken(edit, now):
        return
    becomes = merged(edit, now)
    if work.kind is WorkKind.RESTORE:
        becomes = kept_again(edit, now)
    elif work.kind is WorkKind.READ_ON and isinstance(edit.after, Reading) and isinstance(now, Reading):
        becomes = moved_on(now, edit.after)
    if becomes is None:
        found.pop(key, None)
    else:
        found[key] = becomes
