"""Asking a library's index: what is found, and how it is grouped."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tui.core.search.asker import Answer, Asker, Found
from tui.core.search.corrections import corrected, spoken
from tui.core.search.engine import EngineError, NoEngineError, engine_errors, open_to_read
from tui.core.search.extracts import (
    EXTRACT_CHARS,
    Extract,
    Spans,
    extract,
    in_headings,
    in_text,
    marks,
    spans_of,
)
from tui.core.search.keys import key_of, path_of
from tui.core.search.query import Node, Words, parse, wanted_words
from tui.core.search.rows import Card
from tui.core.search.seals import META, broken, has_deleted
from tui.core.search.store import IndexFolder

MOST_HITS = 50
"""How many sections are returned of a search, unless more are asked for."""

MOST_RELATED = 8


@dataclass(frozen=True, slots=True)
class SectionHit:
    """A section of the library that fits a query."""

    path: Path
    """Of its episode."""

    ordinal: int
    score: float
    text: str
    """The section's."""

    card: Card

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from other hits, whatever else is found."""
        return str(self.path), self.ordinal

    def extract(self, wanted: Iterable[Words], chars: int = EXTRACT_CHARS) -> Extract:
        """Return the piece of the section that shows best why it fits.

        Args:
            wanted: ``Results.wanted``.
            chars: How long it may be, in characters.
        """
        return extract(self.text, in_text(wanted), chars)

    def heading_spans(self, wanted: Iterable[Words]) -> Spans:
        """Return what is marked in ``card.heading``."""
        return spans_of(marks(self.card.heading, in_headings(wanted)))

    def title_spans(self, wanted: Iterable[Words]) -> Spans:
        """Return what is marked in ``card.title``."""
        leaves = [leaf for leaf in wanted if leaf.field in (None, "title")]
        return spans_of(marks(self.card.title, leaves))


@dataclass(frozen=True, slots=True)
class EpisodeHits:
    """The sections of one episode that fit a query."""

    hits: tuple[SectionHit, ...]
    """The best first; of an episode with several files, those of all of them."""

    @property
    def best(self) -> SectionHit:
        """The section that fits best."""
        return self.hits[0]


@dataclass(frozen=True, slots=True)
class Results:
    """What a search of the library found."""

    query: str
    node: Node | None = None
    """What was looked for, after a correction if there was one; None for a query that asks for nothing."""

    hits: tuple[SectionHit, ...] = ()
    """The best, the best first."""

    total: int = 0
    """How many sections fit."""

    episodes: int | None = 0
    """How many episodes they are in; None if that was not counted, for they are very many."""

    instead: str = ""
    """What was looked for instead of the query, where nothing fitted that."""

    @property
    def wanted(self) -> tuple[Words, ...]:
        """The words and phrases that are marked."""
        return wanted_words(self.node)


def grouped(results: Results) -> tuple[EpisodeHits, ...]:
    """Return the hits by episode, the episode with the best hit first."""
    by_episode: dict[str, list[SectionHit]] = {}
    for hit in results.hits:
        by_episode.setdefault(hit.card.episode, []).append(hit)
    return tuple(EpisodeHits(tuple(hits)) for hits in by_episode.values())


class NoIndexError(Exception):
    """There is no index that can be asked; the message says why, in a few words."""


class LibraryIndex:
    """The index of a library, as far as it is written."""

    def __init__(
        self, library: Path, in_state: Callable[[str], Iterable[str]] | None = None, root: Path | None = None
    ) -> None:
        """Open the index; nothing is written.

        Args:
            library: The folder of episodes, or a file of several.
            in_state: Returns the keys of the episodes that are in a state of reading.
            root: Where indexes lie; by default in our cache folder.

        Raises:
            NoIndexError: There is none of this version, or it can't be opened.
        """
        self.library = library
        self.folder = IndexFolder(library, root)
        self.in_state = in_state
        contents = self.folder.contents()
        if contents is None:
            raise NoIndexError("the index is not there yet")
        self.state = self.written_at()
        if broken(self.folder.engine, contents.seals) is not None:
            raise self.damaged()
        try:
            self.index = open_to_read(self.folder.engine)
            self.asker = self.new_asker()
        except NoEngineError as error:
            raise NoIndexError(str(error)) from error
        except (EngineError, ValueError, OSError) as error:
            raise self.failed("the index can't be opened") from error

    def new_asker(self) -> Asker:
        """Return what asks the index as it is now."""
        return Asker(self.index, self.in_state, has_deleted=has_deleted(self.folder.engine))

    def damaged(self) -> NoIndexError:
        """Take down that the index is damaged, and return the error that says so."""
        self.folder.condemn()
        return NoIndexError("the index is damaged")

    def failed(self, otherwise: str = "the search engine gave up") -> NoIndexError:
        """Return the error for an index that gave no answer; if it is damaged, take that down.

        Args:
            otherwise: What is said if it is whole: there may be no memory left, or no more open files.
        """
        contents = self.folder.contents()
        if contents is None or broken(self.folder.engine, contents.seals, thoroughly=True) is not None:
            return self.damaged()
        return NoIndexError(otherwise)

    def written_at(self) -> tuple[int, int] | None:
        """Return what tells the engine's list of its own files from that of before; None without one."""
        try:
            status = (self.folder.engine / META).stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino

    def refresh(self) -> bool:
        """See what was written meanwhile; say whether that is anything.

        Raises:
            NoIndexError: The index is damaged, or gone.
        """
        now = self.written_at()
        if now == self.state:
            return False
        if now is None:
            raise NoIndexError("the index is not there yet")
        try:
            with engine_errors():
                self.index.reload()
            self.asker = self.new_asker()
        except EngineError as error:
            raise self.failed() from error
        self.state = now
        return True

    def search(self, text: str, *, typing: bool = False, limit: int = MOST_HITS) -> Results:
        """Return the sections that fit a query; of one that fits nothing, those of a corrected one.

        Args:
            text: What was typed; any text is a query.
            typing: More may come: the last word is taken for the beginning of one.
            limit: How many hits are returned.

        Raises:
            NoIndexError: The index is damaged.
        """
        node = parse(text, typing=typing)
        if node is None:
            return Results(text)
        try:
            answer = self.asker.ask(node, limit)
            fixed = None if answer.total else corrected(node, self.asker)
            if fixed is not None:
                answer = self.asker.ask(fixed, limit)
        except (EngineError, ValueError) as error:
            raise self.failed() from error
        hits = self.hits(answer)
        if fixed is None or not answer.total:
            return Results(text, node, hits, answer.total, answer.episodes)
        return Results(text, fixed, hits, answer.total, answer.episodes, spoken(fixed))

    def related(self, path: Path, ordinal: int, limit: int = MOST_RELATED) -> tuple[SectionHit, ...]:
        """Return the sections that speak of the same as one, the closest first; none if it is not indexed.

        Those of other files of its episode are left out: a transcript says the same as its summary.

        Args:
            path: Of the section's episode.
            ordinal: The section's place in it.
            limit: How many are returned.

        Raises:
            NoIndexError: The index is damaged.
        """
        key = key_of(path, self.library)
        try:
            own = self.asker.section(key, ordinal)
            found = self.asker.related(own, limit) if own is not None else ()
        except (EngineError, ValueError) as error:
            raise self.failed() from error
        return tuple(self.hit(one) for one in found)

    def hits(self, answer: Answer) -> tuple[SectionHit, ...]:
        """Return the engine's answer as hits."""
        return tuple(self.hit(found) for found in answer.found)

    def hit(self, found: Found) -> SectionHit:
        """Return what the engine found as a hit."""
        path = path_of(found.path, self.library)
        return SectionHit(path, found.ordinal, found.score, found.text, found.card)
