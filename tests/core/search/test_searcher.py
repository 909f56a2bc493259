import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.core.search.damage import damage
from tui.core.search.asking import LibraryIndex
from tui.core.search.scanning import Scanner
from tui.core.search.searcher import Searcher

PATIENCE_S = 30.0


@pytest.fixture
def searcher(shelf: Path) -> Iterator[Searcher]:
    made = Searcher(shelf)
    yield made
    made.close()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def settled(searcher: Searcher) -> bool:
    searcher.tend()
    return searcher.index is not None and not searcher.indexing.is_at_work


def total(searcher: Searcher, query: str) -> int:
    results = searcher.search(query, typing=False)
    assert results is not None
    return results.total


def test_the_index_is_made_and_asked(searcher: Searcher) -> None:
    searcher.start()
    assert searcher.status.startswith("indexing")
    assert total(searcher, "spoonful") in {0, 1}
    until(lambda: settled(searcher))
    assert total(searcher, "spoonful") == 1
    assert searcher.status == ""
    assert searcher.related(searcher.library / "Harbours.md", 1)


def test_growth_is_told(shelf: Path, searcher: Searcher) -> None:
    searcher.start()
    until(lambda: settled(searcher))
    (shelf / "new.md").write_text("# New\n\nA novelword.\n", encoding="utf-8")
    searcher.changed()
    until(searcher.tend)
    assert total(searcher, "novelword") == 1


def test_growth_that_somebody_asked_at_is_told_later(shelf: Path, searcher: Searcher) -> None:
    searcher.start()
    until(lambda: settled(searcher))
    (shelf / "new.md").write_text("# New\n\nA novelword.\n", encoding="utf-8")
    searcher.changed()
    with searcher.asking:
        until(lambda: not searcher.tend() and not searcher.indexing.is_at_work)
        assert searcher.is_busy
        assert searcher.glance("novelword") is None
    assert searcher.tend()
    assert not searcher.is_busy
    found = searcher.glance("novelw")
    assert found is not None
    assert found.total == 1


def test_a_glance_asks_no_files(searcher: Searcher) -> None:
    assert searcher.glance("silt") is None
    assert searcher.scanner is None


def test_an_index_that_is_there_is_asked_at_once(index: LibraryIndex) -> None:
    searcher = Searcher(index.library)
    assert total(searcher, "spoonful") == 1
    assert searcher.status == ""


def test_only_the_latest_query_is_answered(
    index: LibraryIndex, searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked, go = LibraryIndex.search, [], threading.Event()

    def slow(self: LibraryIndex, text: str, **more: object) -> object:
        asked.append(text)
        go.wait(PATIENCE_S)
        return real(self, text, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(LibraryIndex, "search", slow)
    answers: dict[str, object] = {}

    def ask(text: str) -> None:
        answers[text] = searcher.search(text)

    threads = [threading.Thread(target=ask, args=(text,)) for text in ("s", "si", "silt")]
    for number, thread in enumerate(threads):
        thread.start()
        until(lambda number=number: searcher.latest == number + 1)  # type: ignore[misc]
    go.set()
    for thread in threads:
        thread.join()
    assert (answers["s"], answers["si"]) == (None, None)
    assert answers["silt"] is not None
    assert asked == ["s", "silt"]
    assert index.library == searcher.library


def test_without_the_engine_files_are_gone_through(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tantivy", None)
    monkeypatch.setattr(sys, "executable", "")
    searcher.start()
    assert total(searcher, "spoonful") == 1
    assert "going through the files: the index can't be kept" in searcher.status
    assert searcher.related(searcher.library / "Harbours.md", 1) == ()


def test_with_a_cache_that_cannot_be_written_too(searcher: Searcher, home: Path) -> None:
    (home / "cache").write_text("in the way", encoding="utf-8")
    searcher.start()
    until(lambda: searcher.tend() or not searcher.indexing.is_at_work)
    assert total(searcher, "spoonful") == 1
    assert "the index can't be kept" in searcher.status


def test_an_index_that_cannot_be_kept_up_to_date_is_asked(
    index: LibraryIndex, searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "")
    searcher.start()
    assert total(searcher, "spoonful") == 1
    assert searcher.status == "the index can't be kept up to date: no python interpreter is known"
    assert index.library == searcher.library


def test_a_damaged_index_is_made_anew(index: LibraryIndex, searcher: Searcher) -> None:
    damage(index.folder, ".term zeroed")
    searcher.start()
    until(lambda: settled(searcher))
    assert total(searcher, "spoonful") == 1


def test_going_through_files_is_given_up_for_a_newer_query(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tantivy", None)
    begun, real = threading.Event(), Scanner.read

    def slow(scanner: Scanner, work: object) -> object:
        begun.set()
        time.sleep(0.1)
        return real(scanner, work)  # type: ignore[arg-type]

    monkeypatch.setattr(Scanner, "read", slow)
    answers: list[object] = []
    thread = threading.Thread(target=lambda: answers.append(searcher.search("silt")))
    thread.start()
    begun.wait(PATIENCE_S)
    searcher.cancel()
    thread.join()
    assert answers == [None]
    assert searcher.scanner is not None
    assert len(searcher.scanner.shelves) < 4
