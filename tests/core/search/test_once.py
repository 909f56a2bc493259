import sys
from pathlib import Path

import pytest

from tui.core.search.once import search_once
from tui.core.search.store import IndexFolder, Progress
from tui.errors import NotFoundError


def test_the_index_is_written_and_asked(shelf: Path) -> None:
    told: list[Progress] = []
    results, problem = search_once(shelf, "spoonful", tell=told.append)
    assert (results.total, problem) == (1, "")
    assert told[-1].is_complete
    (shelf / "new.md").write_text("# New\n\nA spoonful more.\n", encoding="utf-8")
    assert search_once(shelf, "spoonful")[0].total == 2


def test_while_another_writes_what_is_there_is_asked(shelf: Path) -> None:
    search_once(shelf, "spoonful")
    with IndexFolder(shelf).lock():
        results, problem = search_once(shelf, "spoonful")
    assert results.total == 1
    assert "being written" in problem


def test_without_the_engine_files_are_gone_through(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tantivy", None)
    results, problem = search_once(shelf, "spoonful")
    assert results.total == 1
    assert "going through the files" in problem
    assert "not installed" in problem


def test_a_library_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        search_once(tmp_path / "nothing", "spoonful")
