"""The engine's queries, made of query trees.

A word without a field may stand in a section's own words, its heading among them, or in what is said about
its episode. What is found are sections that have one of the words themselves; of an episode whose title,
show, people and tags have them all, the first section stands for the episode.

Ranked by BM25 over a section's own words, with the double of what a word scores in what the section begins
with: its heading, and in an episode's first section the episode's title, show, people and tags. What is said
about its episode counts a fifth, so that "askell prompts" finds what Askell's episode says of prompts.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.search.engine import ABOUT, HEADING, LEAD, LEAD_STARTS, OWN, START_LETTERS, STARTS
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
    is_short,
    is_short_start,
    wanted_words,
)

if TYPE_CHECKING:
    import tantivy

InState = Callable[[str], Iterable[str]]
"""Returns the keys of the paths of the episodes that are in a state of reading; not asked for ``unread``."""

LEAD_WEIGHT, ABOUT_WEIGHT = 2.0, 0.2
"""What a word counts in what a section begins with, in addition, and in what is said about its episode."""

LATEST = 99_999_999
"""After every date ``YYYYMMDD``."""


class Queries:
    """Makes the queries for one index."""

    def __init__(self, schema: "tantivy.Schema", in_state: InState | None = None) -> None:
        self.schema = schema
        self.in_state: InState = in_state or (lambda _name: ())

    def whole(self, node: Node) -> "tantivy.Query":
        """Return the engine's query for a tree: what fits it, and has some of its words itself."""
        import tantivy

        spoken = spoken_words(node)
        if not spoken:
            # Whole episodes are asked for, by their show or date: the first section stands for each.
            query = self.query(node, (OWN, ABOUT))
            return query if has_words(node) else self.both(query, self.is_first())
        if is_short(node):
            return self.short(spoken[0].tokens[0])
        fields = (OWN,) if spoken == [node] else (OWN, ABOUT)
        parts = [(tantivy.Occur.Must, self.query(node, fields))]
        parts += [(tantivy.Occur.Should, query) for leaf in spoken for query in self.ranking(leaf)]
        if spoken != [node]:
            # Asked the other way round, which costs next to nothing: few episodes are about all the words.
            only_about = [(tantivy.Occur.Must, self.query(node, (ABOUT,)))]
            only_about += [(tantivy.Occur.MustNot, self.words_query(loose(leaf), (OWN,))) for leaf in spoken]
            parts.append((tantivy.Occur.MustNot, tantivy.Query.boolean_query(only_about)))
        return tantivy.Query.boolean_query(parts)

    def short(self, word: str) -> "tantivy.Query":
        """Return the query for the short beginning of a word alone; in texts it is looked for as a word."""
        import tantivy

        lead = self.started(word, LEAD_STARTS)
        if len(word) == 1:
            return lead
        exact = self.words_query(Words((word,)), (OWN,))
        return self.one_of([tantivy.Query.boost_query(lead, LEAD_WEIGHT), exact])

    def leading(self, wanted: Words) -> "tantivy.Query":
        """Return the query for the sections that begin with words, ranked as among all that have them."""
        import tantivy

        lead, *others = self.ranking(wanted)
        others = others or [self.field_query(wanted, OWN)]
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, lead), *((tantivy.Occur.Should, query) for query in others)]
        )

    def both(self, query: "tantivy.Query", condition: "tantivy.Query") -> "tantivy.Query":
        """Return the query for what fits two, ranked by the first."""
        import tantivy

        unranked = tantivy.Query.const_score_query(condition, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, unranked)])

    def exactly(self, path: str, ordinal: int) -> "tantivy.Query":
        """Return the query for one section, given the key of its episode's path."""
        import tantivy

        of_path = tantivy.Query.term_query(self.schema, "path", path, "basic")
        return self.both(of_path, tantivy.Query.term_query(self.schema, "ordinal", ordinal))

    def is_first(self) -> "tantivy.Query":
        """Return the query for the first sections of episodes."""
        import tantivy

        return tantivy.Query.term_query(self.schema, "ordinal", 0)

    def one_of(self, queries: Iterable["tantivy.Query"]) -> "tantivy.Query":
        """Return the query for what fits one of several."""
        import tantivy

        return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])

    def query(self, node: Node, fields: Sequence[str]) -> "tantivy.Query":
        """Return the engine's query for a tree whose words without a field may stand in some fields."""
        import tantivy

        match node:
            case Words():
                return self.words_query(node, fields)
            case Dates():
                return self.dates_query(node)
            case State() if node.name == UNREAD:
                return self.query(NOT_STARTED, fields)
            case State():
                fitting = list(self.in_state(node.name))
                return tantivy.Query.const_score_query(
                    tantivy.Query.term_set_query(self.schema, "path", fitting), 0.0
                )
            case Not():
                return self.all_of([node], fields)
            case All():
                return self.all_of(node.nodes, fields)
            case Any():
                return self.one_of(self.query(part, fields) for part in node.nodes)

    def all_of(self, nodes: Sequence[Node], fields: Sequence[str]) -> "tantivy.Query":
        """Return the query for what must all be there; what must not is taken from the rest, or from all."""
        import tantivy

        parts = [
            (tantivy.Occur.MustNot, self.query(node.node, fields))
            if isinstance(node, Not)
            else (tantivy.Occur.Should if is_short(node) else tantivy.Occur.Must, self.query(node, fields))
            for node in nodes
        ]
        if all(occur == tantivy.Occur.MustNot for occur, _ in parts):
            every = tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0)
            parts.append((tantivy.Occur.Must, every))
        return tantivy.Query.boolean_query(parts)

    def dates_query(self, dates: Dates) -> "tantivy.Query":
        """Return the query for the episodes of some days; those without a date are of none."""
        import tantivy

        days = tantivy.Query.range_query(
            self.schema,
            "date",
            tantivy.FieldType.Unsigned,
            lower_bound=max(dates.first or 1, 1),
            upper_bound=LATEST if dates.before is None else max(dates.before, 0),
            include_upper=False,
        )
        return tantivy.Query.const_score_query(days, 0.0)

    def words_query(self, wanted: Words, fields: Sequence[str]) -> "tantivy.Query":
        """Return the query for words that stand one after the other, in their own field or one of several."""
        import tantivy

        if wanted.field is not None:
            return self.field_query(wanted, wanted.field)
        parts = [self.field_query(wanted, field) for field in fields]
        if ABOUT in fields:
            parts[-1] = tantivy.Query.boost_query(parts[-1], ABOUT_WEIGHT)
        return parts[0] if len(parts) == 1 else tantivy.Query.disjunction_max_query(parts)

    def ranking(self, wanted: Words) -> list["tantivy.Query"]:
        """Return the queries by which sections with words are ranked: those that begin with them higher.

        Where the words may go on, whole ones are better than those that do.
        """
        import tantivy

        if wanted.field is not None:
            return []
        lead = self.field_query(wanted, LEAD)
        if not wanted.is_prefix:
            return [tantivy.Query.boost_query(lead, LEAD_WEIGHT)]
        whole = replace(wanted, is_prefix=False)
        found = [lead, self.field_query(whole, LEAD)]
        return [
            *(tantivy.Query.boost_query(query, LEAD_WEIGHT) for query in found),
            self.field_query(whole, OWN),
        ]

    def field_query(self, wanted: Words, field: str) -> "tantivy.Query":
        """Return the query for words in a field."""
        import tantivy

        tokens: list[str | tuple[int, str]] = list(wanted.tokens)
        if len(tokens) > 1:
            if wanted.is_prefix:
                return tantivy.Query.phrase_prefix_query(self.schema, field, tokens)
            return tantivy.Query.phrase_query(self.schema, field, tokens)
        (word,) = wanted.tokens
        begun = self.begun(word, field) if wanted.is_prefix else None
        return begun or tantivy.Query.term_query(self.schema, field, word)

    def begun(self, word: str, field: str) -> "tantivy.Query | None":
        """Return the query for the words of a field that begin like one; None where that says too little."""
        import tantivy

        if field == ABOUT and len(word) <= START_LETTERS:
            return None
        if field == OWN and is_short_start(word):
            # In the text nearly every section has one, so only what sections begin with counts.
            field = LEAD
        if field == LEAD and len(word) <= START_LETTERS:
            return self.started(word, LEAD_STARTS)
        if field == OWN and len(word) == START_LETTERS:
            return self.started(word, STARTS)
        # Tokens are letters and digits: nothing in them means anything to a pattern.
        return tantivy.Query.regex_query(self.schema, field, f"{word}.*")

    def started(self, letters: str, field: str) -> "tantivy.Query":
        """Return the query for the sections that have a word with these first letters."""
        import tantivy

        return tantivy.Query.const_score_query(
            tantivy.Query.term_query(self.schema, field, letters, "basic"), 1.0
        )


def spoken_words(node: Node) -> list[Words]:
    """Return the words and phrases of a query that a section has to have itself, one of them at least."""
    return [leaf for leaf in wanted_words(node) if leaf.field in (None, HEADING)]


def loose(leaf: Words) -> Words:
    """Return a leaf that what it stands for fits as well, and a little more: the beginning is cut short."""
    if not leaf.is_prefix or len(leaf.tokens) > 1:
        return leaf
    return replace(leaf, tokens=(leaf.tokens[0][:START_LETTERS],))


def has_words(node: Node) -> bool:
    """Say whether there are words that must not stand in a section's own text."""
    match node:
        case Words():
            return node.field in (None, HEADING)
        case Not():
            return has_words(node.node)
        case All() | Any():
            return any(has_words(part) for part in node.nodes)
    return False
