"""Reading an index ahead."""

from pathlib import Path

from tui.core.search.ahead import read_ahead
from tui.core.search.indexer import bring_up_to_date
from tui.core.search.searcher import Searcher
from tui.core.search.store import IndexFolder


def engine(folder: Path, *names: str) -> Path:
    """Make files of ten bytes each."""
    for name in names:
        (folder / name).write_bytes(bytes(10))
    return folder


def test_everything_that_queries_read_is_read(shelf: Path) -> None:
    bring_up_to_date(shelf)
    folder = IndexFolder(shelf).engine
    parts = [path for path in folder.iterdir() if path.suffix not in (".json", ".lock", ".del")]
    assert len({path.suffix for path in parts}) == 6, "the engine has other kinds of files now"

    assert read_ahead(folder, lambda: True) == sum(path.stat().st_size for path in parts)


def test_it_ends_when_it_has_read_enough_or_nobody_waits(tmp_path: Path) -> None:
    folder = engine(tmp_path, "a.term", "b.idx", "c.store", "d.store")

    assert read_ahead(folder, lambda: True, most=15) == 20
    assert read_ahead(folder, lambda: False) == 0


def test_what_is_gone_or_no_file_is_left_out(tmp_path: Path) -> None:
    folder = engine(tmp_path, "b.idx")
    (tmp_path / "a.term").mkdir()

    assert read_ahead(folder, lambda: True) == 10
    assert read_ahead(tmp_path / "nowhere", lambda: True) == 0


def test_without_an_index_there_is_nothing_to_read(shelf: Path) -> None:
    Searcher(shelf).read_ahead(lambda: True)
