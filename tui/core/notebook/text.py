"""An episode's text as one string, in which the notebook's positions are counted.

Where reading was left is found before the first frame: what that does not need is imported in the functions.
"""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from tui.core.episode import Episode, Place

if TYPE_CHECKING:
    from tui.core.notebook.values import Anchor
    from tui.core.notebook.words import Words
    from tui.core.stretches import Stretch

APART = "\n\n"
"""What stands between a heading, its text and the next heading."""

HEADING_BLOCK = -1


class EpisodeText:
    """The headings and texts of an episode's sections, one after the other, and the places in it."""

    def __init__(self, episode: Episode) -> None:
        self.episode = episode
        self.starts: list[int] = []
        """Where each heading or block begins in ``text``, in characters."""

        self.places: list[tuple[int, int, int]] = []
        """Of each of them the section's ordinal, the block's index (-1 is the heading) and its length."""

        at = 0
        for section in episode.sections:
            if section.title:
                self.add(at, section.ordinal, HEADING_BLOCK, len(section.title))
                at += len(section.title) + len(APART)
            end = 0
            for index, (block, start) in enumerate(zip(section.blocks, section.starts, strict=True)):
                self.add(at + start, section.ordinal, index, len(block.text))
                end = start + len(block.text)
            at += end + len(APART)
        self.length = at
        """Of ``text``, in characters."""

    def add(self, start: int, section: int, block: int, length: int) -> None:
        """Take in where a heading or block begins."""
        self.starts.append(start)
        self.places.append((section, block, length))

    @cached_property
    def text(self) -> str:
        """Headings and texts as one string; of a long episode it takes as much memory as that itself."""
        return "".join(self.parts(0, self.length))

    def between(self, start: int, end: int) -> str:
        """Return what stands between two characters of ``text``, which is not made for that."""
        return "".join(self.parts(start, end))

    def has(self, words: str, at: int) -> bool:
        """Say whether words stand at a character."""
        return at >= 0 and self.between(at, at + len(words)) == words

    def parts(self, start: int, end: int) -> Iterator[str]:
        """Yield what stands between two characters: pieces of text, and the line breaks after each."""
        start, end = max(start, 0), min(end, self.length)
        if start >= end:
            return
        first = self.number_at(start)
        for number in range(first, len(self.starts)):
            begin, (section, block, length) = self.starts[number], self.places[number]
            if begin >= end:
                break
            if number == first and start < begin:
                yield "\n" * (min(begin, end) - start)
            after = self.starts[number + 1] if number + 1 < len(self.starts) else self.length
            until = min(after, end) - begin
            yield self.piece(section, block)[max(start - begin, 0) : until]
            yield "\n" * (until - max(length, start - begin))
        if not self.starts:
            yield "\n" * (end - start)

    def piece(self, section: int, block: int) -> str:
        """Return the text of a block or of a heading."""
        of = self.episode.sections[section]
        return of.title if block == HEADING_BLOCK else of.blocks[block].text

    @cached_property
    def numbers(self) -> dict[tuple[int, int], int]:
        """The number of each heading and block, by section and block."""
        return {(section, block): number for number, (section, block, _) in enumerate(self.places)}

    @cached_property
    def words(self) -> "Words":
        """The words of the text; of a long one they take a moment."""
        from tui.core.notebook.words import Words

        pieces = [(start, length) for start, (_, _, length) in zip(self.starts, self.places, strict=True)]
        return Words(self.text, pieces)

    def number_at(self, offset: int) -> int:
        """Return the number of the heading or block that holds a character, or stands before it."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, tuple[int, int, int]]]:
        """Yield the headings and blocks from one character to another: where each begins, and its place."""
        for number in range(self.number_at(start), min(self.number_at(end) + 1, len(self.starts))):
            yield self.starts[number], self.places[number]

    @cached_property
    def section_starts(self) -> list[int]:
        """Where each section begins in ``text``, and where the last one ends, in characters."""
        begins = {
            section: start
            for start, (section, _, _) in zip(self.starts[::-1], self.places[::-1], strict=True)
        }
        starts = [self.length]
        for section in reversed(self.episode.sections):
            starts.append(begins.get(section.ordinal, starts[-1]))
        return starts[::-1]

    def section_span(self, ordinal: int) -> tuple[int, int]:
        """Return from which character up to which a section stands, its heading included."""
        return self.section_starts[ordinal], self.section_starts[ordinal + 1]

    @cached_property
    def headings(self) -> dict[str, list[int]]:
        """The ordinals of the sections of each title."""
        found: dict[str, list[int]] = {}
        for section in self.episode.sections:
            found.setdefault(section.title, []).append(section.ordinal)
        return found

    def same_headings(self, heading: str, ordinal: int) -> list[int]:
        """Return the ordinals of the sections of a title, the nearest to one first."""
        return sorted(self.headings.get(heading, ()), key=lambda other: abs(other - ordinal))

    def offset(self, place: Place) -> int:
        """Return where a place stands in ``text``; one that is in no text is at the next."""
        number = self.numbers.get((place.section, place.block))
        if number is None:
            after = (
                other
                for other, (section, block, _) in enumerate(self.places)
                if (section, block) >= (place.section, place.block)
            )
            number = next(after, None)
            return self.length if number is None else self.starts[number]
        return self.starts[number] + min(max(place.offset, 0), self.places[number][2])

    def place(self, offset: int) -> Place:
        """Return the place of a character of ``text``; between two blocks, the end of the first."""
        if not self.starts:
            return Place()
        number = self.number_at(offset)
        section, block, length = self.places[number]
        return Place(section, block, min(max(offset - self.starts[number], 0), length))

    def anchor(self, stretch: "Stretch") -> "Anchor":
        """Return how a stretch is found again."""
        from tui.core.notebook.values import CONTEXT, Anchor

        start, end = self.offset(stretch.start), self.offset(stretch.end)
        return Anchor(
            self.between(start, end),
            self.between(start - CONTEXT, start),
            self.between(end, end + CONTEXT),
            start,
            end,
            stretch.start.section,
            self.episode.sections[stretch.start.section].title,
        )

    def stretch(self, start: int, end: int) -> "Stretch":
        """Return the stretch from one character of ``text`` up to another, without blanks between blocks."""
        from tui.core.stretches import Stretch

        last = self.place(max(end - 1, start))
        return Stretch(self.place(start), Place(last.section, last.block, last.offset + (end > start)))
