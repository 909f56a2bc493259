"""A library's rows as they are listed: sorted, filtered, grouped by show."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, filterfalse, groupby
from operator import attrgetter
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

from tui.core.catalogue.calm import calmly_sorted
from tui.core.catalogue.matching import Matches, Similar, Vocabulary, matches
from tui.core.catalogue.rows import Row
from tui.core.catalogue.wanted import wanted_in
from tui.core.sorting import SortKey

if TYPE_CHECKING:
    from tui.core.notebook.values import Reading

NO_SHOW = "no show"

TITLE_KEY, SHOW_KEY = attrgetter("title_key"), attrgetter("show_key")
DATE, WORDS, IS_READ = attrgetter("date"), attrgetter("words"), attrgetter("is_read")

Readings: TypeAlias = "Mapping[str, Reading]"
"""What is known of how episodes were read, by the places of their rows."""


@dataclass(frozen=True, slots=True)
class View:
    """How a reader wants to see the library."""

    sort: SortKey = SortKey.NAME
    is_reversed: bool = False
    is_grouped: bool = False
    """Whether the episodes of a show stand together, below its name."""

    folded: frozenset[str] = frozenset()
    """Shows whose episodes are not shown."""

    wanted: str = ""
    """What was typed to find episodes."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that says what the rows below it have in common."""

    text: str
    count: int
    """How many rows that are."""

    show: str | None = None
    """Whose episodes they are; None if it is no show, and can't be folded."""

    is_folded: bool = False


Line = Row | Heading


@dataclass(frozen=True, slots=True)
class Kept:
    """What the cursor stays on while lines come, go and move."""

    place: str = ""
    """Of a row, or of any of its files."""

    file: str = ""
    id: str = ""
    """Of the episode: when it was moved, this is left."""

    show: str | None = None
    """Of a heading."""


def kept(line: Line) -> Kept:
    """Return what the cursor stays on that is on a line."""
    return Kept(line.place, line.file, line.id) if isinstance(line, Row) else Kept(show=line.show)


def position(lines: Sequence[Line], what: Kept) -> int | None:
    """Return the number of the line that the cursor stays on; None if there is none."""
    if what.show is not None:
        same = (at for at, line in enumerate(lines) if isinstance(line, Heading) and line.show == what.show)
        return next(same, None)
    if not what.place:
        return None
    file = what.file or what.place
    tests: tuple[Callable[[Row], bool], ...] = (
        lambda row: is_of(row, what.place),
        # A file's row may have become those of its episodes, or the other way round.
        lambda row: row.file == file,
        lambda row: what.id != "" and row.id == what.id,
    )
    rows = (at for test in tests for at, line in enumerate(lines) if isinstance(line, Row) and test(line))
    return next(rows, None)


def is_of(row: Row, place: str) -> bool:
    """Say whether a row is that of an episode, or of one of its files."""
    return row.place == place or place in row.files


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list shows."""

    lines: Sequence[Line] = ()
    total: int = 0
    """How many episodes the library has."""

    found: int = 0
    """How many of them fit what was typed, those that only nearly do among them."""

    similar: int = 0
    """How many only nearly do."""

    view: View = field(default_factory=View)
    words: Similar = field(default_factory=dict)
    """What was looked for instead of words that no episode has."""

    kept: Kept = field(default_factory=Kept)
    """What the cursor was on …"""

    at: int | None = None
    """… and the number of the line it is in now, if there is one."""


class Arranger:
    """Arranges a library's rows; only what was asked for last is answered, whatever thread asks."""

    def __init__(self) -> None:
        self.turns = count(1)
        self.latest = 0
        self.at_work = Lock()
        self.rows: Sequence[Row] = ()
        self.readings: Readings = {}
        self.ordered: Sequence[Row] = ()
        """All rows as they were put in order last."""

        self.order: tuple[SortKey, bool, bool] | None = None
        self.vocabulary = Vocabulary(())

    def arrange(self, rows: Sequence[Row], view: View, readings: Readings, cursor_on: Kept) -> Listing | None:
        """Return what a list shows; None if something else was asked for meanwhile.

        Args:
            rows: All episodes of the library, in the order of their names.
            view: How they are to be shown.
            readings: What is known of how they were read, by their places.
            cursor_on: What the cursor is on.
        """
        turn = self.latest = next(self.turns)
        with self.at_work:
            if turn != self.latest:
                return None
            ordered = self.in_order(rows, view, readings)
            if turn != self.latest:
                return None
            found = listing(self.matches(ordered, view, readings), len(rows), view)
            found = replace(found, kept=cursor_on, at=position(found.lines, cursor_on))
            return found if turn == self.latest else None

    def matches(self, ordered: Sequence[Row], view: View, readings: Readings) -> Matches:
        """Return the rows that fit what was typed."""
        wanted = wanted_in(view.wanted)
        if not wanted:
            return Matches(ordered)
        return matches(ordered, wanted, states_of(ordered, readings), self.vocabulary)

    def in_order(self, rows: Sequence[Row], view: View, readings: Readings) -> Sequence[Row]:
        """Return the rows in order, as they were the last time if nothing has changed."""
        order = (view.sort, view.is_reversed, view.is_grouped)
        is_known = rows is self.rows and order == self.order
        if is_known and (view.sort is not SortKey.RECENT or readings is self.readings):
            return self.ordered
        if rows is not self.rows:
            self.vocabulary = Vocabulary(rows)
        ordered = in_order(rows, view.sort, readings, is_reversed=view.is_reversed)
        if view.is_grouped:
            ordered = by_show(ordered)
        self.rows, self.order, self.readings, self.ordered = rows, order, readings, ordered
        return ordered


def reading_of(row: Row, readings: Readings) -> "Reading | None":
    """Return what is known of how an episode was read, in whichever of its files."""
    found = readings.get(row.place)
    return found or next((readings[file] for file in row.files if file in readings), None)


def states_of(rows: Iterable[Row], readings: Readings) -> dict[str, str]:
    """Return the states of the episodes that were read or begun, by the places of their rows."""
    found = ((row.place, reading_of(row, readings)) for row in rows) if readings else ()
    return {place: reading.state.value for place, reading in found if reading is not None}


def in_order(
    rows: Sequence[Row], sort: SortKey, readings: Readings, *, is_reversed: bool = False
) -> Sequence[Row]:
    """Return rows in an order: dates, lengths and readings from the top, what is unknown last.

    Args:
        rows: In the order of their names, which those have that are equal otherwise.
        sort: The order.
        readings: What is known of how they were read, by their places.
        is_reversed: The other way round; what is unknown comes last all the same.
    """
    match sort:
        case SortKey.NAME:
            return rows[::-1] if is_reversed else rows
        case SortKey.TITLE:
            return ordered_by(rows, TITLE_KEY, IS_READ, reverse=is_reversed)
        case SortKey.DATE:
            return ordered_by(rows, DATE, DATE, reverse=not is_reversed)
        case SortKey.LENGTH:
            return ordered_by(rows, WORDS, WORDS, reverse=not is_reversed)
        case SortKey.SHOW:
            newest_first = ordered_by(rows, DATE, DATE, reverse=True)
            numbered = calmly_sorted(newest_first, lambda row: row.number or 0, reverse=True)
            return ordered_by(numbered, SHOW_KEY, SHOW_KEY, reverse=is_reversed)
        case SortKey.RECENT:

            def read_at(row: Row) -> str:
                reading = reading_of(row, readings)
                return reading.read_at if reading is not None else ""

            return ordered_by(rows, read_at, read_at, reverse=not is_reversed)


def ordered_by(
    rows: Sequence[Row], key: Callable[[Row], str | int], is_known: Callable[[Row], object], *, reverse: bool
) -> list[Row]:
    """Return rows sorted by something, those of which it is not known behind the others."""
    known = calmly_sorted(filter(is_known, rows), key, reverse=reverse)
    return known if len(known) == len(rows) else [*known, *filterfalse(is_known, rows)]


def by_show(rows: Sequence[Row]) -> list[Row]:
    """Return rows with those of a show together, those without one last."""
    return ordered_by(rows, SHOW_KEY, SHOW_KEY, reverse=False)


def listing(found: Matches, total: int, view: View) -> Listing:
    """Return the lines of a list."""
    exact = [*found.begun, *found.inside] if found.inside else found.begun
    lines: Sequence[Line] = exact
    if view.is_grouped:
        # Those in which the words begin words are the first of their shows.
        lines = list(with_headings(by_show(exact) if found.inside else exact, view.folded))
    if found.similar:
        words = ", ".join(dict.fromkeys(word for similar in found.words.values() for word in similar))
        lines = [*lines, Heading(f"similar: {words}", len(found.similar)), *found.similar]
    similar = len(found.similar)
    return Listing(lines, total, len(exact) + similar, similar, view, found.words)


def with_headings(rows: Iterable[Row], folded: frozenset[str]) -> Iterator[Line]:
    """Yield rows, each show's behind a heading; of shows that are folded, only that."""
    for show, group in groupby(rows, SHOW_KEY):
        of_show = list(group)
        is_folded = show in folded
        yield Heading(of_show[0].show or NO_SHOW, len(of_show), show, is_folded)
        if not is_folded:
            yield from of_show
