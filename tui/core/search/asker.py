"""Asking one state of the index."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.core.cleaning import clean
from tui.core.search.engine import (
    ABOUT,
    EPISODE,
    FRESHNESS,
    OWN,
    START_LETTERS,
    STARTS,
    engine_errors,
    stemmer,
)
from tui.core.search.queries import InState, Queries, spoken_words
from tui.core.search.query import Node, Words, is_short_start
from tui.core.search.related import related_query, telling_stems
from tui.core.search.rows import Card, card_from
from tui.core.search.tokens import words

if TYPE_CHECKING:
    import tantivy


MOST_COUNTED = 2_000
"""Of so many sections the episodes are counted."""

MANY = 20_000
"""So many sections are ranked within a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Found:
    """A section that fits a query."""

    path: str
    """The key of its episode's path (``core.search.keys``)."""

    ordinal: int
    score: float
    day: int
    """``YYYYMMDD``, or 0."""

    text: str
    """The section's, as ``Section.text``."""

    card: Card


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found."""

    total: int
    """How many sections fit."""

    found: tuple[Found, ...] = ()
    """The best of them, the best first."""

    episodes: int | None = 0
    """How many episodes they are in; None if that was not counted, for they are too many."""


class Asker:
    """Asks one state of the index."""

    def __init__(
        self, index: "tantivy.Index", in_state: InState | None = None, *, has_deleted: bool = True
    ) -> None:
        """Prepare for asking.

        Args:
            index: The index.
            in_state: Returns the keys of the episodes that are in a state of reading.
            has_deleted: There may be sections in it that are deleted, and still counted with their words.
        """
        self.has_deleted = has_deleted
        self.searcher = index.searcher()
        self.queries = Queries(index.schema, in_state)

    def ask(self, node: Node, limit: int) -> Answer:
        """Return the best sections that fit a query, newer ones first among equals.

        Raises:
            EngineError: The index is damaged.
        """
        with engine_errors():
            many = self.many(node)
            if isinstance(node, Words) and many:
                # To rank them all takes long, and those that begin with a word come first anyway.
                found = self.answer(self.queries.leading(node), limit, counted=False).found
                if len(found) == limit:
                    return Answer(many, found, None)
            query = self.queries.whole(node)
            answer = self.answer(query, limit, is_ranked=bool(spoken_words(node)))
            return replace(answer, episodes=self.episodes(query, answer))

    def episodes(self, query: "tantivy.Query", answer: Answer) -> int | None:
        """Return in how many episodes what fits a query is; None if it is too much to count."""
        if answer.total <= len(answer.found):
            return len({found.card.episode for found in answer.found})
        if answer.total > MOST_COUNTED:
            return None
        hits = self.searcher.search(query, limit=answer.total, count=False).hits
        return len(set(self.searcher.fast_field_values(EPISODE, [address for _, address in hits])))

    def many(self, node: Node) -> int:
        """Return how many sections have a word, or the three letters of a beginning, if they are many."""
        if not isinstance(node, Words) or len(node.tokens) > 1 or node.field is not None:
            return 0
        (word,) = node.tokens
        if node.is_prefix and len(word) != START_LETTERS:
            return 0
        field = STARTS if node.is_prefix else OWN
        count = self.searcher.doc_freq(field, word)
        if count < MANY or not self.has_deleted:
            return count if count >= MANY else 0
        query = self.queries.started(word, field) if node.is_prefix else self.queries.query(node, (OWN,))
        return self.answer(query, 1).total

    def answer(
        self, query: "tantivy.Query", limit: int, *, counted: bool = True, is_ranked: bool = True
    ) -> Answer:
        """Return the best sections that fit a query of the engine, and how many do if they are counted.

        Args:
            query: The query.
            limit: How many sections are returned.
            counted: Whether all that fit are counted.
            is_ranked: The query tells what fits better; otherwise what is newer comes first.
        """
        limit = max(limit, 1)
        if is_ranked:
            result = self.searcher.search(query, limit, counted, weight_by_field=FRESHNESS)
            found = [self.found(score, address) for score, address in result.hits]
            found.sort(key=lambda one: (-round(one.score, 1), -one.day, one.path, one.ordinal))
        else:
            result = self.searcher.search(query, limit, counted, order_by_field="date")
            found = [self.found(0.0, address) for _, address in result.hits]
        # The type stub does not know of the count.
        return Answer(int(getattr(result, "count", 0) or 0), tuple(found))

    def found(self, score: float, address: "tantivy.DocAddress") -> Found:
        """Return the section a document stands for."""
        document = self.searcher.doc(address)
        path, ordinal, day = (document.get_first(name) for name in ("path", "ordinal", "date"))
        text, card = (bytes(document.get_first(name) or b"") for name in ("text", "card"))
        # Clean when it was written; but anybody may have written these files.
        known = clean(text.decode()).text
        return Found(str(path), int(ordinal or 0), score, int(day or 0), known, card_from(card))

    def section(self, path: str, ordinal: int) -> Found | None:
        """Return a section; None if it is not in the index.

        Raises:
            EngineError: The index is damaged.
        """
        with engine_errors():
            found = self.answer(self.queries.exactly(path, ordinal), 1).found
        return found[0] if found else None

    def related(self, own: Found, limit: int) -> tuple[Found, ...]:
        """Return the sections that speak of the same as one, the closest first.

        Those of other files of its episode are left out: a transcript says the same as its summary.

        Raises:
            EngineError: The index is damaged.
        """
        with engine_errors():
            stems = stemmer().analyze(" ".join(words(f"{own.card.heading}\n{own.card.heading}\n{own.text}")))
            telling = telling_stems(stems, self.searcher)
            if not telling:
                return ()
            itself = self.queries.exactly(own.path, own.ordinal)
            # Some more than asked for, because of those that are left out.
            found = self.answer(related_query(self.queries.schema, telling, itself), 2 * limit).found
        others = [one for one in found if one.path == own.path or one.card.episode != own.card.episode]
        return tuple(others[:limit])

    def knows(self, wanted: Words) -> bool:
        """Say whether the index has the words at all, one by one."""
        fields = (wanted.field,) if wanted.field else (OWN, ABOUT)
        *first, last = wanted.tokens
        known = all(any(self.searcher.doc_freq(field, token) for field in fields) for token in first)
        return known and any(self.has_beginning(field, last, is_prefix=wanted.is_prefix) for field in fields)

    def has_beginning(self, field: str, token: str, *, is_prefix: bool) -> bool:
        """Say whether a field has a word, or one that begins so."""
        if self.searcher.doc_freq(field, token) or (is_prefix and is_short_start(token)):
            return True
        return is_prefix and bool(self.searcher.terms_with_prefix(field, token, limit=1))

    def frequency(self, word: str) -> int:
        """Return in how many sections a word stands."""
        return self.searcher.doc_freq(OWN, word)

    def beginnings(self, prefix: str) -> int:
        """Return in how many sections the commonest word with this beginning stands."""
        found = self.searcher.terms_with_prefix(OWN, prefix, limit=1)
        return found[0][1] if found else 0
