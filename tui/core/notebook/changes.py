"""Changes of the notebook, as values that can be undone."""

from dataclasses import dataclass, replace

from tui.core.notebook.values import Kept

MOST_UNDONE = 200
"""How many changes can be taken back."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing as it was and as it is to be."""

    before: Kept | None
    """None if it is new."""

    after: Kept | None
    """None if it goes."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a reader did in one go: kept as a whole or not at all."""

    said: str
    """What was done, in words that fit behind “undone: ”: ``highlight``, ``3 highlights deleted``."""

    edits: tuple[Edit, ...]

    @property
    def undone(self) -> "Change":
        """The change that takes this one back."""
        return replace(self, edits=tuple(Edit(edit.after, edit.before) for edit in reversed(self.edits)))


class History:
    """What can be taken back and done again, of one window."""

    def __init__(self) -> None:
        self.done: list[Change] = []
        self.undone: list[Change] = []

    def add(self, change: Change) -> None:
        """Remember a change that was made."""
        self.done = [*self.done, change][-MOST_UNDONE:]
        self.undone = []

    def undo(self) -> Change | None:
        """Return the change to make in order to take the last one back; None if there is none."""
        if not self.done:
            return None
        self.undone.append(self.done.pop())
        return self.undone[-1].undone

    def redo(self) -> Change | None:
        """Return the change to make again that was taken back last; None if there is none."""
        if not self.undone:
            return None
        self.done.append(self.undone.pop())
        return self.done[-1]

    def take_over(self, change: Change, actual: Change | None) -> None:
        """Take down what came of a change that was made, taken back or done again.

        Args:
            change: The one that was returned, or added.
            actual: Each thing as it was found and as it became; None if nothing was done.
        """
        index = next((index for index, one in enumerate(self.done) if one is change), None)
        if index is not None:
            self.done[index : index + 1] = [] if actual is None else [actual]
        if actual is None:
            self.undone = [one for one in self.undone if one.undone != change]
