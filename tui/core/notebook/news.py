"""What the notebook tells a window, from the notebook's own thread."""

from dataclasses import dataclass

from tui.core.notebook.changes import Change


@dataclass(frozen=True, slots=True)
class Kept:
    """A change is on the disk."""

    change: Change
    """The one that was given to the notebook."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change could not be kept yet: it is remembered, part of all that is read, and tried again."""

    change: Change
    reason: str
    """Why, in words for the reader."""


@dataclass(frozen=True, slots=True)
class AllKept:
    """Nothing waits any more, after something had to."""


@dataclass(frozen=True, slots=True)
class ChangedElsewhere:
    """What is kept was changed by another window, or can be read again: read it anew."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something the reader should know, in one line."""

    message: str
    is_alarm: bool = False
    """Whether they should see it even while they read."""


News = Kept | Waiting | AllKept | ChangedElsewhere | Told


def ignore(_news: News) -> None:
    """Let the news be."""
