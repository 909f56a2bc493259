"""What a window kept since it was opened: if an older file replaces the notebook, it is kept again."""

from collections.abc import Iterable
from dataclasses import replace

from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.merging import changed_fields
from tui.core.notebook.values import Bookmark, Highlight, Kept, Reading

Key = tuple[type, str]


class Session:
    """What became of each thing that this window changed."""

    def __init__(self) -> None:
        self.edits: dict[Key, Edit] = {}
        """From how it was first found to how it was left."""

    def add(self, change: Change) -> None:
        """Take down what came of a change."""
        for edit in change.edits:
            thing = edit.after or edit.before
            if thing is not None:
                key = key_of(thing)
                first = self.edits[key].before if key in self.edits else edit.before
                self.edits[key] = Edit(first, edit.after)

    def forget_all_but(self, keys: Iterable[Key]) -> None:
        """Let go what is not in the file any more: another window removed it."""
        there = set(keys)
        gone = [key for key, edit in self.edits.items() if edit.after is not None and key not in there]
        for key in gone:
            del self.edits[key]

    @property
    def change(self) -> Change:
        """All of it as one change; what was removed is left out: who puts an older file back may want it."""
        return Change("", tuple(edit for edit in self.edits.values() if edit.after is not None))


def key_of(thing: Kept) -> Key:
    """Return what a thing is told from others by."""
    return type(thing), thing.source.id if isinstance(thing, Reading) else thing.id


def kept_again(edit: Edit, found: Kept | None) -> Kept | None:
    """Return a thing as it is to be in a file that replaced the one where it was kept.

    Args:
        edit: How it was before this window changed it, and after.
        found: How it is in the file: its fields that are as they were before become what they were made.
    """
    before, after = edit.before, edit.after
    if found is None or after is None:
        return after if found is None else found
    if isinstance(found, Reading) and isinstance(after, Reading):
        return replace(after, source=found.source) if found.read_at < after.read_at else found
    if isinstance(found, Highlight) and isinstance(after, Highlight) and isinstance(before, Highlight):
        names = changed_fields(before, after)
        older = [name for name in names if getattr(found, name) == getattr(before, name)]
        return replace(found, **{name: getattr(after, name) for name in older})
    if isinstance(found, Bookmark) and isinstance(after, Bookmark):
        return after
    return found
