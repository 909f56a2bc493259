"""What becomes of a thing when a window changes it, whatever other windows did to it meanwhile.

Only the fields that the change is about become what it says; all others stay as they are found. Of a note
that two windows wrote, both are kept; of tags, all that were added and none that was taken away.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from tui.core.notebook.changes import Edit
from tui.core.notebook.values import Bookmark, Highlight, Kept, Reading, ReadingState

K = TypeVar("K", Highlight, Bookmark, Reading)

TIMES = frozenset({"modified", "read_at", "order"})
"""Fields that say when, not what: of two windows' changes the later wins."""

OWN = {
    Highlight: ("text", "colour", "note", "tags", "is_favourite"),
    Bookmark: ("letter",),
    Reading: ("state",),
}
"""What a reader gives a thing: an undo must not take away what they gave it elsewhere."""

STATES = list(ReadingState)


def merged(edit: Edit, found: Kept | None) -> Kept | None:
    """Return what a thing becomes; None if it goes.

    Args:
        edit: What is to become of it.
        found: The thing as it is now; None if there is none.
    """
    before, after = edit.before, edit.after
    if after is None and isinstance(found, Reading) and found.place is not None:
        # A state that is taken back takes no place along.
        return replace(found, state=ReadingState.UNREAD)
    if after is None or found is None:
        return after
    if before is None and isinstance(after, Reading):
        before = Reading(after.source)
    if isinstance(after, Highlight) and isinstance(found, Highlight) and isinstance(before, Highlight):
        return with_changes(before, after, found)
    if isinstance(after, Bookmark) and isinstance(found, Bookmark) and isinstance(before, Bookmark):
        return with_changes(before, after, found)
    if isinstance(after, Reading) and isinstance(found, Reading) and isinstance(before, Reading):
        return with_changes(before, after, found)
    # It is to be new and is there: it was kept before.
    return found


def with_changes(before: K, after: K, found: K) -> K:
    """Return a thing as it is found, with what changed from ``before`` to ``after``."""
    changes: dict[str, Any] = {}
    for name in changed_fields(before, after):
        old, new, now = getattr(before, name), getattr(after, name), getattr(found, name)
        if name in TIMES:
            changes[name] = new if now == old else max(new, now)
        elif name == "tags":
            changes[name] = merged_tags(old, new, now)
        elif name == "note":
            changes[name] = merged_note(old, new, now)
        else:
            changes[name] = new
    return replace(found, **changes) if changes else found


def changed_fields(before: K, after: K) -> list[str]:
    """Return the names of the fields that a change is about; sources are told apart by their ids."""
    return [
        field.name
        for field in fields(after)
        if getattr(before, field.name) != getattr(after, field.name)
        and (field.name != "source" or before.source.id != after.source.id)
    ]


def merged_tags(before: Sequence[str], after: Sequence[str], found: Sequence[str]) -> tuple[str, ...]:
    """Return the tags that are found, without those taken away and with those added."""
    if before == found:
        return tuple(after)
    gone = set(before) - set(after)
    added = [tag for tag in after if tag not in before]
    return tuple(dict.fromkeys([*(tag for tag in found if tag not in gone), *added]))


def merged_note(before: str, after: str, found: str) -> str:
    """Return a note; if it was written elsewhere too, both, one below the other."""
    if found in (before, after) or not found.strip():
        return after
    if not after.strip():
        return found
    return f"{found}\n\n{after}"


def is_overtaken(edit: Edit, found: Kept | None) -> bool:
    """Say whether taking something back would undo what was done elsewhere meanwhile.

    Args:
        edit: What takes it back: from how it was left to how it was before.
        found: The thing as it is now.
    """
    left, before = edit.before, edit.after
    if left is None:
        return False
    if found is None:
        return before is not None
    own = OWN[type(left)]
    if before is not None:
        own = tuple(name for name in own if getattr(left, name) != getattr(before, name))
    return any(getattr(found, name) != getattr(left, name) for name in own)


def moved_on(found: Reading | None, reading: Reading) -> Reading:
    """Return how far a reader is after reading on: never in an earlier state than before."""
    if found is None:
        return reading
    return replace(reading, source=found.source, state=max(found.state, reading.state, key=STATES.index))
