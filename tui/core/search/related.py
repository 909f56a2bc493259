"""Related sections: those that share the words that tell most about a section.

A section is asked for by a dozen of its stems, those with the greatest (1 + log tf) · idf: often in it, and
in few others (Manning, Raghavan and Schütze, Introduction to Information Retrieval, 6.2 and 6.4), those of
the heading counted twice. A stem that stands nowhere else can find nothing and is left out.
"""

import math
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.core.search.engine import GIST

if TYPE_CHECKING:
    import tantivy

MOST_STEMS = 12
LEAST_SECTIONS = 2
"""In how many sections a stem has to stand, the one itself included."""


def telling_stems(stems: Iterable[str], searcher: "tantivy.Searcher") -> list[tuple[str, float]]:
    """Return the stems that tell most about a section, with the weight of each in it, the greatest first."""
    count = max(searcher.num_docs, 1)
    weighed: list[tuple[float, str, float]] = []
    for stem, often in Counter(stems).items():
        sections = searcher.doc_freq(GIST, stem)
        if sections >= LEAST_SECTIONS and not stem.isdigit():
            weight = 1 + math.log(often)
            weighed.append((weight * math.log(1 + count / sections), stem, weight))
    weighed.sort(reverse=True)
    return [(stem, weight) for _, stem, weight in weighed[:MOST_STEMS]]


def related_query(
    schema: "tantivy.Schema", stems: Iterable[tuple[str, float]], itself: "tantivy.Query"
) -> "tantivy.Query":
    """Return the engine's query for the sections that share some of the stems.

    Args:
        schema: The index's.
        stems: Stems and their weights.
        itself: The query for the section they were taken from, which is left out.
    """
    import tantivy

    wanted = [
        (
            tantivy.Occur.Should,
            tantivy.Query.boost_query(tantivy.Query.term_query(schema, GIST, stem, "freq"), weight),
        )
        for stem, weight in stems
    ]
    shared = tantivy.Query.boolean_query(wanted)
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, shared), (tantivy.Occur.MustNot, itself)])
