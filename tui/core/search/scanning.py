"""Searching without an index: what is in the files is kept in memory and gone through for every query.

For where there is no index, or none can be kept. It knows the same language and finds the same, only ranked
more plainly: by how often the words stand in a section, those of its heading and its episode's title more.
"""

import math
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tui.core.search.asking import MOST_HITS, Results, SectionHit
from tui.core.search.changes import Stamp, Work, changes
from tui.core.search.engine import ABOUT, LEAD, OWN, Row
from tui.core.search.episodes import read_work
from tui.core.search.keys import path_of
from tui.core.search.queries import LEAD_WEIGHT, InState, has_words, spoken_words
from tui.core.search.query import (
    NOT_STARTED,
    UNREAD,
    All,
    Any,
    Dates,
    Node,
    Not,
    State,
    Words,
    as_in_text,
    is_short,
    parse,
)
from tui.core.search.rows import card_from

MOST_BYTES = 256_000_000
"""How much text is kept in memory; what is more is read again for every query."""

LISTED_S = 2.0
"""For so long files that are new, changed or gone may be overlooked."""

Goes = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What was read of an episode's files."""

    work: Work
    rows: tuple[Row, ...]

    @property
    def bytes(self) -> int:
        """About how much memory it takes."""
        return sum(2 * len(row.text) + 500 for row in self.rows)


class Scanner:
    """The episodes of a library, read as far as anybody asked for them."""

    def __init__(self, library: Path, in_state: InState | None = None, most_bytes: int = MOST_BYTES) -> None:
        self.library = library
        self.in_state: InState = in_state or (lambda _name: ())
        self.most_bytes = most_bytes
        self.shelves: dict[Work, Shelf] = {}
        self.bytes = 0
        self.files = 0
        """How many the library has."""

        self.works: tuple[Work, ...] = ()
        self.listed_at = -math.inf

    def search(
        self,
        text: str,
        *,
        typing: bool = False,
        limit: int = MOST_HITS,
        goes_on: Goes = lambda: True,
        tell: Callable[[int], None] = lambda _done: None,
    ) -> Results:
        """Return the sections that fit a query.

        Args:
            text: What was typed; any text is a query.
            typing: More may come: the last word is taken for the beginning of one.
            limit: How many hits are returned.
            goes_on: Asked before each episode; when it says no, what was found so far is returned.
            tell: Called with how many files were gone through, after each episode that had to be read.

        Raises:
            PullquoteError: The library can't be looked through.
        """
        node = parse(text, typing=typing)
        if node is None:
            return Results(text)
        fitting = Fitting(node, self.in_state)
        found: list[tuple[float, int, Row]] = []
        total = 0
        episodes: set[int] = set()
        for row in self.rows(goes_on, tell):
            score = fitting.score(row)
            if score is not None:
                total += 1
                episodes.add(row.episode)
                found.append((score, row.day, row))
                if len(found) > 20 * limit:
                    found = best(found, limit)
        hits = (self.hit(score, row) for score, _, row in best(found, limit))
        return Results(text, node, tuple(hits), total, len(episodes))

    def rows(self, goes_on: Goes, tell: Callable[[int], None]) -> Iterator[Row]:
        """Yield the sections of the library, of the newest episodes first."""
        now = time.monotonic()
        if now - self.listed_at > LISTED_S:
            nothing: dict[str, dict[str, Stamp]] = {}
            found = changes(self.library, nothing)
            self.works, self.files, self.listed_at = found.work, found.files, now
            self.forget(found.work)
        done = 0
        for work in self.works:
            if not goes_on():
                return
            shelf = self.shelves.get(work)
            done += len(work.files)
            if shelf is None:
                shelf = self.read(work)
                tell(done)
            yield from shelf.rows

    def forget(self, work: Iterable[Work]) -> None:
        """Drop what was read of episodes that have changed or are gone."""
        for old in self.shelves.keys() - set(work):
            self.bytes -= self.shelves.pop(old).bytes

    def read(self, work: Work) -> Shelf:
        """Read an episode, and keep it if there is room."""
        rows = tuple(row for _, of_file in read_work(self.library, work) for row in of_file)
        shelf = Shelf(work, rows)
        if self.bytes + shelf.bytes <= self.most_bytes:
            self.shelves[work] = shelf
            self.bytes += shelf.bytes
        return shelf

    def hit(self, score: float, row: Row) -> SectionHit:
        """Return a section that fits as a hit."""
        path = path_of(row.path, self.library)
        return SectionHit(path, row.ordinal, score, row.text.decode(), card_from(row.card))


def best(found: list[tuple[float, int, Row]], limit: int) -> list[tuple[float, int, Row]]:
    """Return the best sections, newer ones first among equals."""
    return sorted(found, key=lambda one: (-one[0], -one[1], one[2].path, one[2].ordinal))[:limit]


class Fitting:
    """Holds sections against a query; decides as the engine does (``core.search.queries``)."""

    def __init__(self, node: Node, in_state: InState) -> None:
        self.node = node
        self.in_state = in_state
        self.known: dict[str, frozenset[str]] = {}
        self.spoken = spoken_words(node)
        self.is_of_episodes = not self.spoken and not has_words(node)

    def score(self, row: Row) -> float | None:
        """Return how well a section fits; None if it does not."""
        if self.is_of_episodes and row.ordinal:
            return None
        if not self.fits(self.node, row):
            return None
        if not self.spoken:
            return 0.0
        found = sum(
            count(leaf, row, OWN) + LEAD_WEIGHT * count(leaf, row, LEAD)
            if leaf.field is None
            else count(leaf, row, leaf.field)
            for leaf in self.spoken
        )
        return found or None

    def paths(self, name: str) -> frozenset[str]:
        """Return the episodes in a state, which is asked for once."""
        if name not in self.known:
            self.known[name] = frozenset(self.in_state(name))
        return self.known[name]

    def fits(self, node: Node, row: Row) -> bool:
        """Say whether a section fits a query."""
        match node:
            case Words():
                fields = (node.field,) if node.field else (OWN, LEAD, ABOUT)
                return any(count(node, row, field) for field in fields)
            case Dates():
                before = node.before is None or row.day < node.before
                return bool(row.day) and row.day >= (node.first or 0) and before
            case State() if node.name == UNREAD:
                return self.fits(NOT_STARTED, row)
            case State():
                return row.path in self.paths(node.name)
            case Not():
                return not self.fits(node.node, row)
            case All():
                return all(self.fits(part, row) for part in node.nodes if not is_short(part))
            case Any():
                return any(self.fits(part, row) for part in node.nodes)


def count(leaf: Words, row: Row, field: str) -> int:
    """Return how often words stand in a field of a section."""
    leaf = as_in_text(leaf) if field in (OWN, ABOUT) else leaf
    tokens: str = getattr(row, field)
    if leaf.tokens[0] not in tokens:
        return 0
    # The blanks at both ends make the ends of words of those of the text.
    wanted = " " + " ".join(leaf.tokens) + ("" if leaf.is_prefix else " ")
    return f" {tokens} ".count(wanted)
