"""The lines of a page: what each shows, and of which stretch of its source."""

from dataclasses import dataclass
from enum import Enum, auto

GAP = 2
"""Blank cells between a line's text and what stands aside."""


class LineKind(Enum):
    """What a line shows; the widget has a style for each."""

    BLANK = auto()
    TITLE = auto()
    META = auto()
    NOTICE = auto()
    HEADING = auto()
    SUBHEADING = auto()
    SPEAKER = auto()
    TEXT = auto()
    QUOTE = auto()
    CODE = auto()
    RULE = auto()
    FOLD = auto()


PLACED = frozenset({LineKind.HEADING, LineKind.SUBHEADING, LineKind.TEXT, LineKind.QUOTE, LineKind.CODE})
"""Lines whose offsets are places in the episode."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an item."""

    kind: LineKind
    source: str = ""
    """The text that the offsets count in."""

    start: int = 0
    end: int = 0
    prefix: str = ""
    """What stands before the text: indent, bullet, number."""

    is_last: bool = False
    """Whether the paragraph ends here (such a line is never justified)."""

    gaps: tuple[tuple[int, int], ...] = ()
    """After which characters of the source blanks are drawn that it does not have, and how many."""

    aside: str = ""
    """Quiet text after the line's own: the time of a heading, of a speaker's turn or of a block."""

    beside: tuple["Line", ...] = ()
    """What stands to the right of it: the lines of a row's further cells, of the same source."""

    @property
    def pieces(self) -> tuple["Line", ...]:
        """The line and what stands beside it."""
        return (self, *self.beside) if self.beside else (self,)


BLANK = Line(LineKind.BLANK)
