"""What a search found as it is listed: the hits of an episode together, each with a piece of its text."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.core.search.asking import MOST_HITS, EpisodeHits, Results, SectionHit, grouped
from tui.core.search.extracts import Extract
from tui.core.search.library_query import LibraryQuery
from tui.core.search.query import not_understood

if TYPE_CHECKING:
    from tui.core.search.searcher import Searcher

PREPARED = 12
"""So many extracts are made beforehand: as many as can be in sight."""

HitKey = tuple[str, int]
"""``SectionHit.key``."""


class Listing:
    """Hits in the order in which they are listed."""

    def __init__(self, results: Results, title: str = "") -> None:
        """Put hits in order.

        Args:
            results: What was found.
            title: What the hits have in common, where that is no query.
        """
        self.results = results
        self.title = title
        self.groups: tuple[EpisodeHits, ...] = grouped(results)
        self.hits: tuple[SectionHit, ...] = tuple(hit for group in self.groups for hit in group.hits)
        self.query = LibraryQuery(results.query, wanted=results.wanted)
        """What is marked."""

        self._extracts: dict[tuple[int, int], Extract] = {}

    def __len__(self) -> int:
        return len(self.hits)

    def extract(self, number: int, chars: int) -> Extract:
        """Return the piece of a hit's text that is shown, at most so many characters; it is made once."""
        found = self._extracts.get((number, chars))
        if found is None:
            found = self._extracts[number, chars] = self.hits[number].extract(self.query.wanted, chars)
        return found

    def prepare(self, chars: int) -> None:
        """Make the first extracts now, where nobody waits for it."""
        for number in range(min(PREPARED, len(self.hits))):
            self.extract(number, chars)

    def number_of(self, key: HitKey | None) -> int | None:
        """Return the number of the hit with a key; None if it is not among them."""
        return next((number for number, hit in enumerate(self.hits) if hit.key == key), None)

    @property
    def count(self) -> str:
        """How much was found: ``52 in 9 episodes``."""
        return counted(self.results)

    @property
    def amount(self) -> str:
        """How much was found, in words: ``52 sections in 9 episodes``."""
        if self.title:
            return self.title
        if not self.results.total:
            return "nothing found"
        total, *rest = self.count.split(" ", 1)
        return " ".join((total, "section" if total == "1" else "sections", *rest))

    @property
    def notes(self) -> Iterator[str]:
        """What else is to be known of the answer, one line each."""
        for condition in not_understood(self.results.query):
            yield f"left out, not understood: {condition}"
        if self.results.instead:
            yield f"showing results for “{self.results.instead}”"


def counted(results: Results) -> str:
    """Return how many sections in how many episodes: ``52 in 9 episodes``; of one section only that."""
    total, episodes = results.total, results.episodes
    if episodes is None or total <= 1:
        return f"{total:,}"
    return f"{total:,} in {episodes:,} episode{'' if episodes == 1 else 's'}"


def listed(searcher: "Searcher", text: str, chars: int, limit: int = MOST_HITS) -> Listing | None:
    """Return what a query finds, ready to be listed; None if another was asked meanwhile.

    Args:
        searcher: Searches the library.
        text: What was typed so far.
        chars: How long the extracts are.
        limit: How many hits are returned.

    Raises:
        PullquoteError: There is no index, and the library can't be looked through.
    """
    results = searcher.search(text, limit=limit)
    if results is None:
        return None
    listing = Listing(results)
    listing.prepare(chars)
    return listing
