"""Whether what is looked for is found first: on the real documents beside the checkout.

Known items: somebody remembers a few words of a section, sometimes one of its heading, and wants it back.
Related: pairs of sections of the seed that speak of the same, labelled by hand (``benchmarks/labels``).
"""

import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.fidelity_documents import ROOT, shared_folder
from benchmarks.tables import print_table
from tui.core.search.asking import LibraryIndex
from tui.core.search.engine import OWN
from tui.core.search.indexer import bring_up_to_date
from tui.core.search.query import All, Node, Words
from tui.core.search.tokens import words

ITEMS = 400
LEAST_WORDS = 30
"""A section has to have so many words to be remembered by some."""

HEADING_SHARE = 0.3
"""How often a word of the heading is among those that are remembered."""

RARE_SHARE = 0.05
"""Words that more than this part of the sections have are not remembered."""

LABELS = ROOT / "benchmarks" / "labels" / "related.tsv"

Item = tuple[str, int]
"""The key of an episode's path, and a section's ordinal."""


def run(folder: Path) -> None:
    """Print how well known sections and related ones are found.

    Args:
        folder: Where indexes are written.
    """
    shared = shared_folder()
    if shared is None:
        print("\nThere are no real documents to look for: no folder shared/ beside the checkout.")
        return
    for name in ("corpus", "seed"):
        bring_up_to_date(shared / name, root=folder / "quality")
    known_items(LibraryIndex(shared / "corpus", root=folder / "quality"))
    related(LibraryIndex(shared / "seed", root=folder / "quality"))


def known_items(index: LibraryIndex) -> None:
    """Print how often a section comes first, and among the first ten, for some of its words."""
    generator = random.Random(12)
    every = index.asker.searcher.num_docs
    sections = [(hit.path, hit.ordinal) for hit in index.search("-nosuchwordatall", limit=every).hits]
    places: dict[str, list[int]] = {"ours": [], "BM25 alone": []}
    while len(places["ours"]) < ITEMS:
        path, ordinal = generator.choice(sections)
        key = path.relative_to(index.library).as_posix()
        remembered = remembered_words(index, key, ordinal, generator)
        if remembered:
            node = All(tuple(Words((word,)) for word in remembered))
            places["ours"].append(place(index, node, (key, ordinal), plain=False))
            places["BM25 alone"].append(place(index, node, (key, ordinal), plain=True))
    print_table(
        f"Known items: {ITEMS} sections of the corpus, by one to three of their words",
        ("", "success@1", "success@10", "MRR"),
        [(name, *rates(found)) for name, found in places.items()],
        "BM25 alone: over a section's words and heading as one text.",
    )


def remembered_words(index: LibraryIndex, key: str, ordinal: int, generator: random.Random) -> list[str]:
    """Return one to three words that somebody remembers of a section; none of one that says little."""
    section = index.asker.section(key, ordinal)
    if section is None:
        return []
    counted = Counter(word for word in words(section.text) if len(word) > 2 and word.isascii())
    most = RARE_SHARE * index.asker.searcher.num_docs
    telling = [word for word in counted if index.asker.frequency(word) <= most]
    if sum(counted.values()) < LEAST_WORDS or len(telling) < 3:
        return []
    # What was said more often is remembered rather.
    chosen = generator.choices(telling, [counted[word] for word in telling], k=generator.choice((1, 2, 2, 3)))
    heading = [word for word in words(section.card.heading) if len(word) > 2 and word.isascii()]
    if heading and generator.random() < HEADING_SHARE:
        chosen[-1] = generator.choice(heading)
    return list(dict.fromkeys(chosen))


def place(index: LibraryIndex, node: Node, wanted: Item, *, plain: bool) -> int:
    """Return the place of a section among what is found, from 1; 0 if it is not among the first fifty."""
    asker = index.asker
    answer = asker.answer(asker.queries.query(node, (OWN,)), 50) if plain else asker.ask(node, 50)
    found: list[Item] = [(one.path, one.ordinal) for one in answer.found]
    return found.index(wanted) + 1 if wanted in found else 0


def rates(places: Iterable[int]) -> tuple[str, str, str]:
    """Return how often a place is the first, one of the first ten, and the mean of their reciprocals."""
    known = list(places)
    first = sum(number == 1 for number in known) / len(known)
    ten = sum(0 < number <= 10 for number in known) / len(known)
    reciprocal = sum(1 / number for number in known if number) / len(known)
    return f"{first:.2f}", f"{ten:.2f}", f"{reciprocal:.2f}"


def related(index: LibraryIndex) -> None:
    """Print how often the section of a pair is among the first that are related to the other."""
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    pairs = [tuple(map(int, line.split("\t"))) for line in lines if not line.startswith("#")]
    (episode,) = {hit.path for hit in index.search("after:1900 OR -nosuchwordatall").hits}
    places = []
    for one, other in [*pairs, *((other, one) for one, other in pairs)]:
        found = [hit.ordinal for hit in index.related(episode, one, 10)]
        places.append(found.index(other) + 1 if other in found else 0)
    print_table(
        f"Related sections: {len(pairs)} pairs of the seed, both ways",
        ("", "hit@1", "hit@3", "hit@5"),
        [
            (
                "twelve stems",
                *(f"{sum(0 < at <= most for at in places) / len(places):.2f}" for most in (1, 3, 5)),
            )
        ],
    )
