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


class Things:
    """Things as they will be, told from each other by their ids, how far the reader is by the episode."""

    def __init__(self, things: Iterable[Kept]) -> None:
        self.found = {id_of(thing): thing for thing in things}
        self.readings = {
            (one.source.path, one.source.content): one.source.id
            for one in self.found.values()
            if isinstance(one, Reading)
        }
        """The ids of the episodes that are read: another window may know one by another id."""

    def key_of(self, thing: Kept) -> str:
        """Return what a thing is told from others by."""
        key = id_of(thing)
        if key in self.found or not isinstance(thing, Reading):
            return key
        return self.readings.setdefault((thing.source.path, thing.source.content), key)

    def make(self, work: Work, edit: Edit) -> None:
        """Do with things what is to be done with those on the disk."""
        thing = edit.after or edit.before
        if thing is None:
            return
        key = self.key_of(thing)
        now = self.found.get(key)
        if work.kind is WorkKind.UNDO and is_overtaken(edit, now):
            return
        becomes = merged(edit, now)
        if work.kind is WorkKind.RESTORE:
            becomes = kept_again(edit, now)
        elif work.kind is WorkKind.READ_ON and isinstance(edit.after, Reading) and isinstance(now, Reading):
            becomes = moved_on(now, edit.after)
        if becomes is None:
            self.found.pop(key, None)
        else:
            self.found[key] = becomes


def overlaid(things: Iterable[Kept], works: Iterable[Work], *, is_part: bool = False) -> list[Kept]:
    """Return things as they will be when all that waits is kept, new ones at the end.

    Args:
        things: As they are on the disk, of one kind or of several.
        works: What waits.
        is_part: Whether there are others on the disk: then only new ones are added.
    """
    shown = Things(things)
    for work in works:
        for edit in work.change.edits:
            if not is_part or edit.before is None or shown.key_of(edit.before) in shown.found:
                shown.make(work, edit)
    return list(shown.found.values())


def id_of(thing: Kept) -> str:
    """Return a thing's id, or that of the episode that is read."""
    return thing.source.id if isinstance(thing, Reading) else thing.id
