"""Finding words in one episode, with the spans to mark.

The texts of the headings and blocks are joined into one long string, folded once for each rule of
case, so that a literal search is one pass of ``str.find`` whatever the size; soft wraps don't exist
here, so a phrase can't hide behind one. Literal and smart-case by default: a query with a capital
letter minds case. Patterns are run by the ``regex`` library because it can be given a time limit and
lets other threads run meanwhile; the standard library's can't.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from tui.core.episode import Episode, Place
from tui.core.folding import Folded, fold
from tui.errors import PullquoteError

TIME_LIMIT_S = 0.8
"""How long one pattern may take over one episode, in seconds."""

MOST_HITS = 50_000
"""How many hits are told apart; more than this are reported as such."""

MOST_REPEATS = 20_000
"""The largest product of a pattern's counted repeats: ``(a{1000}){1000}`` would fill the memory."""

LONGEST_QUERY = 1_000
"""Characters of a query that are looked at."""

COUNTED_REPEAT = re.compile(r"\{(\d*),?(\d*)\}")


class PatternError(PullquoteError):
    """The pattern can't be used; the message says why in a few words."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for."""

    text: str
    is_regex: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.text.strip()

    @property
    def minds_case(self) -> bool:
        """Whether case counts: as soon as one letter is a capital (escapes of a pattern left out)."""
        text = re.sub(r"\\.", "", self.text) if self.is_regex else self.text
        return text != text.lower()


@dataclass(frozen=True, slots=True)
class Unit:
    """A heading or a block: one stretch of text that hits lie in."""

    section: int
    block: int
    text: str


@dataclass(frozen=True)
class Hits:
    """Where a query was found, in reading order."""

    query: Query
    units: "array[int]"
    """For each hit, the index of its unit."""

    starts: "array[int]"
    """For each hit, its first character in the unit's text."""

    ends: "array[int]"
    """For each hit, one past its last character."""

    index: "EpisodeIndex"
    cut_off: bool = False
    """Whether there were more than ``MOST_HITS``."""

    def __len__(self) -> int:
        return len(self.units)

    def place(self, hit: int) -> Place:
        """Return where a hit begins."""
        unit = self.index.units[self.units[hit]]
        return Place(unit.section, unit.block, self.starts[hit])

    def span(self, hit: int) -> tuple[Place, int]:
        """Return where a hit begins and one past its last character."""
        return self.place(hit), self.ends[hit]

    def in_unit(self, section: int, block: int, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return the hits that touch characters ``start`` to ``end`` of a heading (block -1) or a block.

        Each is (start, end, number of the hit).
        """
        unit = self.index.unit_numbers.get((section, block))
        if unit is None:
            return []
        first, last = bisect_left(self.units, unit), bisect_right(self.units, unit)
        first = max(first, bisect_right(self.starts, start, first, last) - 1)
        until = bisect_left(self.starts, end, first, last)
        return [
            (self.starts[hit], self.ends[hit], hit) for hit in range(first, until) if self.ends[hit] > start
        ]

    def first_from(self, place: Place) -> int | None:
        """Return the number of the first hit from a place on, else of the very first; None without hits."""
        if not self.units:
            return None
        for hit in range(bisect_left(self.units, self.index.unit_at(place)), len(self.units)):
            if self.place(hit) >= place:
                return hit
        return 0

    def count_before(self, place: Place) -> int:
        """Return how many hits begin before a place."""
        first = self.first_from(place)
        return len(self) if first is None or self.place(first) < place else first

    @cached_property
    def by_section(self) -> Counter[int]:
        """How many hits each section has, by ordinal."""
        units = self.index.units
        counts: Counter[int] = Counter()
        for unit, count in Counter(self.units).items():
            counts[units[unit].section] += count
        return counts


class EpisodeIndex:
    """One episode's texts, joined and folded for finding; holds what was folded once."""

    def __init__(self, episode: Episode) -> None:
        self.units: list[Unit] = []
        for section in episode.sections:
            if section.title:
                self.units.append(Unit(section.ordinal, -1, section.title))
            self.units.extend(
                Unit(section.ordinal, number, block.text)
                for number, block in enumerate(section.blocks)
                if block.text
            )
        self._folded: dict[bool, tuple[str, list[int], list[Folded]]] = {}

    @cached_property
    def unit_numbers(self) -> dict[tuple[int, int], int]:
        """The index of each unit by its section's ordinal and block."""
        return {(unit.section, unit.block): number for number, unit in enumerate(self.units)}

    def unit_at(self, place: Place) -> int:
        """Return the index of the unit a place is in, or of the next one."""
        return bisect_left(
            self.units, (place.section, place.block), key=lambda unit: (unit.section, unit.block)
        )

    def _joined(self, *, keep_case: bool) -> tuple[str, list[int], list[Folded]]:
        """Return the joined folded text, where each unit begins in it, and the folded units."""
        if keep_case not in self._folded:
            folded = [fold(unit.text, keep_case=keep_case) for unit in self.units]
            starts, at = [], 0
            for one in folded:
                starts.append(at)
                at += len(one.text) + 1
            self._folded[keep_case] = ("\n".join(one.text for one in folded), starts, folded)
        return self._folded[keep_case]

    def prepare(self) -> None:
        """Fold the texts now, so that the first letter typed need not wait for it."""
        self._joined(keep_case=False)

    def find(self, query: Query) -> Hits:
        """Return all hits of a query, in reading order.

        Raises:
            PatternError: the pattern is not one, is too large, or took longer than ``TIME_LIMIT_S``.
        """
        units, starts, ends = array("I"), array("I"), array("I")
        cut_off = False
        if not query.is_blank:
            joined, unit_starts, folded = self._joined(keep_case=query.minds_case)
            spans = pattern_spans(query, joined) if query.is_regex else literal_spans(query, joined)
            cut_off = len(spans) > MOST_HITS
            unit = 0
            for start, end in spans[:MOST_HITS]:
                if unit + 1 < len(unit_starts) and start >= unit_starts[unit + 1]:
                    unit = bisect_right(unit_starts, start) - 1
                inside = start - unit_starts[unit]
                length = len(folded[unit].text)
                if inside >= length:
                    continue
                # A pattern may run over the line break between two units: the hit ends with the first.
                first, last = folded[unit].source_span(inside, min(inside + end - start, length))
                if units and units[-1] == unit and starts[-1] == first:
                    continue  # the same ß found as two s
                units.append(unit)
                starts.append(first)
                ends.append(last)
        return Hits(query, units, starts, ends, self, cut_off)


def literal_spans(query: Query, joined: str) -> list[tuple[int, int]]:
    """Return where the query's own letters stand in a folded text, one more than ``MOST_HITS`` at most."""
    wanted = fold(query.text[:LONGEST_QUERY].replace("\n", " "), keep_case=query.minds_case).text
    if not wanted.strip():
        return []
    if wanted not in joined:
        # Texts have one blank where a query may have several, but for code.
        wanted = " ".join(wanted.split())
    spans: list[tuple[int, int]] = []
    at, length = joined.find(wanted), len(wanted)
    while at >= 0 and len(spans) <= MOST_HITS:
        spans.append((at, at + length))
        at = joined.find(wanted, at + length)
    return spans


def pattern_spans(query: Query, joined: str) -> list[tuple[int, int]]:
    """Return where a pattern fits in a folded text, one more than ``MOST_HITS`` at most.

    Raises:
        PatternError: see ``EpisodeIndex.find``.
    """
    # Loaded here because most readers never type a pattern, and it costs 40 ms.
    import regex

    check_repeats(query.text)
    flags = regex.MULTILINE | (0 if query.minds_case else regex.IGNORECASE)
    spans: list[tuple[int, int]] = []
    try:
        pattern = regex.compile(query.text[:LONGEST_QUERY], flags)
        for match in pattern.finditer(joined, timeout=TIME_LIMIT_S, concurrent=True):
            if match.end() > match.start():
                spans.append(match.span())
            if len(spans) > MOST_HITS:
                break
    except TimeoutError as error:
        raise PatternError("pattern too slow") from error
    except (regex.error, RecursionError, OverflowError, ValueError) as error:
        detail = str(error) if isinstance(error, regex.error) else "too deeply nested"
        raise PatternError(f"pattern: {detail}") from error
    return spans


def check_repeats(pattern: str) -> None:
    """Refuse a pattern whose counted repeats multiply to more than ``MOST_REPEATS``.

    Raises:
        PatternError: they do.
    """
    product = 1
    for least, most in COUNTED_REPEAT.findall(pattern):
        product *= max(1, int((most or least or "1")[:10]))
        if product > MOST_REPEATS:
            raise PatternError("pattern too large")
