from pathlib import Path

import pytest

from tui.core.search.asking import LibraryIndex, Results
from tui.core.search.extracts import Extract
from tui.core.search.listing import Listing, listed
from tui.core.search.searcher import Searcher


def test_hits_of_an_episode_are_listed_together(index: LibraryIndex) -> None:
    listing = Listing(index.search("river OR silt OR promise"))
    paths = [hit.path.name for hit in listing.hits]
    assert len(listing) == 5
    assert paths == sorted(paths, key=paths.index)
    assert len(listing.groups) == len(set(paths)) == 3


@pytest.mark.parametrize(
    ("results", "count", "amount"),
    [
        (Results("x", total=52, episodes=9), "52 in 9 episodes", "52 sections in 9 episodes"),
        (Results("x", total=2, episodes=1), "2 in 1 episode", "2 sections in 1 episode"),
        (Results("x", total=1, episodes=1), "1", "1 section"),
        (Results("x", total=12_345, episodes=None), "12,345", "12,345 sections"),
        (Results("x"), "0", "nothing found"),
    ],
)
def test_how_much_was_found_is_said(results: Results, count: str, amount: str) -> None:
    assert (Listing(results).count, Listing(results).amount) == (count, amount)


def test_what_was_looked_for_instead_is_said(index: LibraryIndex) -> None:
    assert list(Listing(index.search("dreger")).notes) == ["showing results for “dredger”"]
    assert list(Listing(index.search("dredger")).notes) == []


def test_extracts_are_made_once_and_the_first_beforehand(index: LibraryIndex) -> None:
    searcher = Searcher(index.library)
    listing = listed(searcher, "spoonf", 60)
    searcher.close()
    assert listing is not None
    found = listing.extract(0, 60)
    assert isinstance(found, Extract)
    assert listing.extract(0, 60) is found
    assert [found.text[start:end] for start, end in found.spans] == ["spoonful"]
    assert len(listing.extract(0, 20).text) < len(found.text)


def test_a_hit_is_found_again(index: LibraryIndex) -> None:
    listing = Listing(index.search("silt"))
    hit = listing.hits[-1]
    assert listing.number_of((str(hit.path), hit.ordinal)) == len(listing) - 1
    assert listing.number_of((str(Path("elsewhere.md")), 0)) is None
    assert listing.number_of(None) is None
