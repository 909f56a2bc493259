import random
from pathlib import Path

import pytest

from tests.core.search.hostile import HOSTILE, soup
from tui.core.search import scanning
from tui.core.search.asking import LibraryIndex, Results
from tui.core.search.scanning import Scanner

QUERIES = (
    *(
        "spoonful",
        "river",
        "river -silt",
        "jose",
        '"optimal rate"',
        "dredg*",
        "section:paper",
        "guest:brandt",
    ),
    *(
        "promise (signal OR contour)",
        "学习",
        "after:2025 river",
        "show:low",
        "tag:dredging falls",
        "ida brandt",
    ),
    *("brandt spoonful", "-river", "nowhere", "title:maps", "before:2025", "is:unread"),
)


def keys(results: Results) -> set[tuple[Path, int]]:
    return {(hit.path, hit.ordinal) for hit in results.hits}


@pytest.mark.parametrize("query", QUERIES)
def test_finds_what_the_index_finds(shelf: Path, index: LibraryIndex, query: str) -> None:
    scanner = Scanner(shelf)
    assert keys(scanner.search(query)) == keys(index.search(query))
    if index.search(query, typing=True).instead == "":
        assert keys(scanner.search(query, typing=True)) == keys(index.search(query, typing=True))


def test_whatever_is_asked_both_find_the_same(shelf: Path, index: LibraryIndex) -> None:
    scanner, generator = Scanner(shelf), random.Random(17)
    for _ in range(300):
        query = soup(generator)
        known = index.search(query, limit=100)
        if not known.instead:
            assert keys(scanner.search(query, limit=100)) == keys(known), query


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_is_an_error(shelf: Path, query: str) -> None:
    Scanner(shelf).search(query, typing=True)


def test_headings_come_before_text(shelf: Path) -> None:
    assert Scanner(shelf).search("signals").hits[0].card.heading == "Signals"


def test_it_stops_when_it_is_told(shelf: Path) -> None:
    answers = iter([True, False])
    scanner = Scanner(shelf)
    scanner.search("silt", goes_on=lambda: next(answers))
    assert len(scanner.shelves) == 1
    told: list[int] = []
    scanner.search("silt", tell=told.append)
    assert told == [2, 3, 4]
    scanner.search("silt", tell=told.append)
    assert len(told) == 3


def test_what_changes_is_read_again(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "LISTED_S", -1.0)
    scanner = Scanner(shelf)
    assert scanner.search("spoonful").total == 1
    (shelf / "Harbours.md").write_text("# Harbours\n\nAbout eels.\n", encoding="utf-8")
    assert scanner.search("spoonful").total == 0
    assert scanner.search("eels").total == 1


def test_memory_is_bounded(shelf: Path) -> None:
    scanner = Scanner(shelf, most_bytes=0)
    assert scanner.search("spoonful").total == 1
    assert scanner.shelves == {}
