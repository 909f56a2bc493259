"""What a page shows of the notebook: which characters are highlighted, and the signs beside its lines."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tui.core.episode import Episode

if TYPE_CHECKING:
    from tui.core.notebook.values import Highlight
    from tui.core.stretches import Stretch

MOST_BLOCKS = 64
"""Highlights that go over more blocks are not filed under each of them."""

Spot = tuple[int, int]
"""A section's ordinal and a block's index; -1 is the heading."""


class Mark(NamedTuple):
    """A highlight where the page shows it."""

    highlight: "Highlight"
    stretch: "Stretch"


class Marks:
    """The highlights of an episode, by where they are drawn."""

    def __init__(self, episode: Episode | None = None, marks: Iterable[Mark] = ()) -> None:
        # Those that begin first lie lowest; of those that begin together, the longest.
        by_end = sorted(marks, key=lambda mark: mark.stretch.end, reverse=True)
        self.all: tuple[Mark, ...] = tuple(sorted(by_end, key=lambda mark: mark.stretch.start))
        """In the order in which they lie upon each other."""

        self._filed: dict[Spot, list[int]] = {}
        """The numbers of those that go over a block."""

        self._long: list[int] = []
        for number, mark in enumerate(self.all):
            spots = _spots(episode, mark.stretch) if episode is not None else []
            if len(spots) > MOST_BLOCKS:
                self._long.append(number)
            else:
                for spot in spots:
                    self._filed.setdefault(spot, []).append(number)

    def __bool__(self) -> bool:
        return bool(self.all)

    def within(self, spot: Spot, length: int, start: int, end: int) -> list[tuple[int, int, Mark]]:
        """Return what is highlighted of some characters of a block, the topmost last.

        Args:
            spot: The block.
            length: How many characters it has.
            start: The first of those that are asked for.
            end: One past the last.
        """
        numbers = self._filed.get(spot, [])
        if self._long:
            numbers = sorted((*numbers, *self._long))
        found = []
        for number in numbers:
            mark = self.all[number]
            within = mark.stretch.within(*spot, length)
            if within is not None and within[0] < end and start < within[1]:
                found.append((max(within[0], start), min(within[1], end), mark))
        return found

    def of(self, highlight_id: str) -> Mark | None:
        """Return the highlight of an id; None if it is not shown."""
        return next((mark for mark in self.all if mark.highlight.id == highlight_id), None)


class PageNotes(NamedTuple):
    """All that a page shows of the notebook."""

    marks: Marks = Marks()
    current: str = ""
    """The id of the highlight that keys are about; empty for none."""

    signs: Mapping[Spot, str] = MappingProxyType({})
    """The letters and bookmarks of paragraphs."""


def _spots(episode: Episode, stretch: "Stretch") -> Sequence[Spot]:
    """Return the blocks and headings that a stretch goes over; more than ``MOST_BLOCKS`` are too many."""
    first, last = stretch.start, stretch.end
    spots: list[Spot] = []
    for section in episode.sections[first.section : last.section + 1]:
        ordinal = section.ordinal
        begin = first.block if ordinal == first.section else -1
        end = last.block if ordinal == last.section else len(section.blocks) - 1
        spots += [(ordinal, block) for block in range(begin, end + 1)]
        if len(spots) > MOST_BLOCKS:
            break
    return spots
