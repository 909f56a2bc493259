"""Which rows of a list fit what was typed: those that have the words first, then those with similar ones."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from tui.core.catalogue.rows import Row
from tui.core.catalogue.wanted import Wanted, first_day
from tui.core.folding import fold

FEWEST_LETTERS = 4
"""A shorter word has no similar ones: everything would be."""

MANY_LETTERS = 8
"""From so many letters on, two of a word may be wrong, else one."""

MOST_SIMILAR = 12
"""How many similar words are looked for."""

UNREAD = "unread"

LAST_DAY = "9999-99-99"

Similar = Mapping[str, tuple[str, ...]]
"""By a word that was typed, the beginnings of words of the library that are nearly it."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The rows that fit, in the order of the list they are from."""

    begun: Sequence[Row] = ()
    """Those in which every word begins a word …"""

    inside: Sequence[Row] = ()
    """… or stands inside of one …"""

    similar: Sequence[Row] = ()
    """… or is nearly the beginning of one."""

    words: Similar = field(default_factory=dict)
    """What was looked for besides the words that were typed, which begin none."""


def matches(rows: Sequence[Row], wanted: Wanted, states: Mapping[str, str], library: "Vocabulary") -> Matches:
    """Return the rows that fit.

    Args:
        rows: All, in the order of the list.
        wanted: What was typed.
        states: The states of the episodes that were read or begun, by the places of their rows.
        library: The words of all rows.
    """
    fitting = [row for row in rows if fits_fields(row, wanted, states)] if wanted.has_fields else rows
    containing = fitting
    for word in wanted.words:
        containing = [row for row in containing if word in row.searched]
    begun = containing
    for word in wanted.words:
        begins = begin_of(word)
        begun = [row for row in begun if begins(row.searched)]
    inside: Sequence[Row] = ()
    if len(begun) < len(containing):
        known = set(map(id, begun))
        inside = [row for row in containing if id(row) not in known]
    if begun:
        return Matches(begun, inside)
    words = {word: library.similar(word) for word in wanted.words if not library.has(word)}
    if not any(words.values()):
        return Matches(begun, inside)
    return Matches(begun, inside, with_similar(fitting, wanted, words, containing), words)


def begin_of(word: str) -> Callable[[str], object]:
    """Return a test of whether a word begins one of a text's."""
    in_line, in_field = f" {word}", f"\n{word}"
    anywhere = re.compile(rf"(?<![^\W_]){re.escape(word)}").search
    # Of most words the first two tests, which are quick, find out.
    return lambda text: in_line in text or in_field in text or anywhere(text)


def with_similar(rows: Sequence[Row], wanted: Wanted, words: Similar, others: Iterable[Row]) -> Sequence[Row]:
    """Return the rows that have every word or a similar one, but for those that have the words themselves."""
    known = set(map(id, others))
    found: Sequence[Row] = rows
    for word in wanted.words:
        similar = words.get(word, ())
        begin = begin_of_any(similar)
        found = [
            row
            for row in found
            if word in row.searched or (any(one in row.searched for one in similar) and begin(row.searched))
        ]
    return [row for row in found if id(row) not in known]


def begin_of_any(words: Iterable[str]) -> Callable[[str], object]:
    """Return a test of whether any of some words begins one of a text's."""
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, words))})").search


def fits_fields(row: Row, wanted: Wanted, states: Mapping[str, str]) -> bool:
    """Say whether an episode has what the fields ask for."""
    if wanted.states is not None and states.get(row.place, UNREAD) not in wanted.states:
        return False
    if (wanted.after or wanted.before) and not is_between(row.date, wanted):
        return False
    return (
        has_all(wanted.shows, (row.show,))
        and has_all(wanted.titles, (row.title,))
        and has_all(wanted.guests, row.people)
        and has_all(wanted.tags, row.tags)
    )


def is_between(date: str, wanted: Wanted) -> bool:
    """Say whether a date is known and fits; of a year or a month its first day counts."""
    day = first_day(date)
    return wanted.after <= day < (wanted.before or LAST_DAY) if day else False


def has_all(wanted: Iterable[str], texts: Iterable[str]) -> bool:
    """Say whether each text that is wanted stands in one of those there are."""
    return all(any(one in fold(text).text for text in texts) for one in wanted)


class Vocabulary:
    """The words of a list's rows; collected when they are first asked for."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = rows
        self.words: Set[str] | None = None

    def all(self) -> Set[str]:
        """Return the words, folded."""
        if self.words is None:
            found: set[str] = set()
            for row in self.rows:
                found.update(row.searched.split())
            self.words = {word for word in found if len(word) >= FEWEST_LETTERS - 1}
        return self.words

    def has(self, word: str) -> bool:
        """Say whether a word begins one of them, or is too short to be a misspelt one."""
        if len(word) < FEWEST_LETTERS or not word.isalpha():
            return True
        begin = begin_of(word)
        return any(word in one and begin(one) for one in self.all())

    def similar(self, word: str) -> tuple[str, ...]:
        """Return the beginnings of words that one is nearly, as nearly as any.

        Nearly: with a letter or two missing, too many, wrong, or in another order (optimal string alignment).
        """
        # Imported here: most words are found as they were typed.
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        most = 2 if len(word) >= MANY_LETTERS else 1
        lengths = range(len(word) - most, len(word) + most + 1)
        begins = {one[:length] for length in lengths for one in self.all() if one.isalpha()}
        near = extract(word, begins, scorer=OSA.distance, score_cutoff=most, limit=MOST_SIMILAR)
        nearest = min((distance for _, distance, _ in near), default=0)
        found: list[str] = []
        for begin in sorted((begin for begin, distance, _ in near if distance == nearest), key=len):
            if not any(begin.startswith(other) for other in found):
                found.append(begin)
        return tuple(found)
