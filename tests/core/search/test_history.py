from pathlib import Path

import pytest

from tui.core.search.history import MOST_QUERIES, history_file, load_history, remember


def test_the_latest_comes_first_and_each_once() -> None:
    for query in ("one", "two", "  one  ", " "):
        remember(query)
    assert load_history() == ["one", "two"]


def test_it_is_bounded_and_for_nobody_elses_eyes() -> None:
    for number in range(MOST_QUERIES + 5):
        remember(f"query {number}")
    assert len(load_history()) == MOST_QUERIES
    assert history_file().stat().st_mode & 0o077 == 0
    assert [path.name for path in history_file().parent.iterdir()] == [history_file().name]


@pytest.mark.parametrize("data", [b"", b"{", b"7", b'[1, "a", null, ""]', b"[" * 100_000, b"\xff"])
def test_what_is_damaged_is_no_history(data: bytes) -> None:
    file = history_file()
    file.parent.mkdir(parents=True)
    file.write_bytes(data)
    assert load_history() in ([], ["a"])
    assert remember("new")[0] == "new"


def test_what_cannot_be_kept_is_still_known(home: Path) -> None:
    (home / "data").write_text("in the way", encoding="utf-8")
    assert remember("new") == ["new"]
    assert load_history() == []


def test_any_text_is_kept() -> None:
    query = 'a\ud800 "b" \x1b 机器'
    remember(query)
    assert load_history() == [query]
