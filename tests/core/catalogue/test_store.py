"""What is kept of a library is there the next time, or it is as if there were nothing."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.catalogue.shelves import catalogue_of, put, row
from tui.core.catalogue import front, store
from tui.core.catalogue.arranging import Heading, Line, Listing, View
from tui.core.catalogue.store import CatalogueFiles, Contents
from tui.core.sorting import SortKey


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Path, CatalogueFiles, Contents]:
    """A library of some folders, and what is kept of it."""
    library = tmp_path / "shelf"
    for number in range(7):
        put(library / f"{number % 3}" / f"{number}.md", f"Talk {number}", show="Straße")
    files = CatalogueFiles(library)
    contents = catalogue_of(library).contents
    assert files.store(contents)
    return library, files, contents


def test_what_is_kept_is_known_again(
    kept: tuple[Path, CatalogueFiles, Contents], monkeypatch: pytest.MonkeyPatch
) -> None:
    library, files, contents = kept
    assert CatalogueFiles(library).load() == contents
    # In more pieces than one.
    monkeypatch.setattr(store, "PIECE", 2)
    assert files.store(contents)
    assert CatalogueFiles(library).load() == contents
    assert files.rows_file.stat().st_mode & 0o777 == 0o600


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "cut by one": lambda data: data[:-1],
    "flipped": lambda data: data[:-90] + bytes([data[-90] ^ 4]) + data[-89:],
    "another version's": lambda data: data.replace(b"pullquote", b"pullquate", 1),
    "garbage": lambda data: os.urandom(len(data)),
    "a piece too few": lambda data: data[: data.index(b"\0") + 1],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_is_damaged_is_as_if_there_were_nothing(
    kept: tuple[Path, CatalogueFiles, Contents], damage: Callable[[bytes], bytes]
) -> None:
    _, files, contents = kept
    files.store_front(front.packed(Listing(contents.rows, 7, 7)))
    for file in (files.rows_file, files.front_file):
        file.write_bytes(damage(file.read_bytes()))
    assert files.load() is None
    assert files.load_front() is None
    assert files.store(contents)
    assert files.load() == contents


def test_no_byte_can_be_changed_unnoticed(kept: tuple[Path, CatalogueFiles, Contents]) -> None:
    _, files, contents = kept
    data = files.rows_file.read_bytes()
    for at in range(0, len(data), 37):
        files.rows_file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert files.load() is None
    files.rows_file.write_bytes(data)
    assert files.load() == contents


def test_code_that_reads_otherwise_knows_nothing(
    kept: tuple[Path, CatalogueFiles, Contents], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, files, _ = kept
    monkeypatch.setattr(store, "edition", lambda: 1)
    assert files.load() is None


def test_another_library_has_its_own(kept: tuple[Path, CatalogueFiles, Contents], tmp_path: Path) -> None:
    assert CatalogueFiles(tmp_path).load() is None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    files = CatalogueFiles(tmp_path, tmp_path / "file" / "cache")
    assert not files.store(Contents([row("a.md", "A")]))
    assert not files.store_front(())
    assert files.load() is None


def test_what_is_given_up_leaves_what_was_kept(kept: tuple[Path, CatalogueFiles, Contents]) -> None:
    _, files, contents = kept
    assert not files.store(Contents(contents.rows[:1]), goes_on=lambda: False)
    assert files.load() == contents


def test_catalogues_nobody_opened_for_long_go(kept: tuple[Path, CatalogueFiles, Contents]) -> None:
    _, files, contents = kept
    old, unfinished = files.root / "old.rows", files.root / "half.part"
    for path in (old, unfinished):
        path.write_bytes(b"")
    os.utime(old, (1, 1))
    an_hour_ago = time.time() - 2 * store.ABANDONED_S
    os.utime(unfinished, (an_hour_ago, an_hour_ago))
    assert files.store(contents)
    assert sorted(path.name for path in files.root.iterdir()) == [files.rows_file.name]


def test_the_front_is_known_again(tmp_path: Path) -> None:
    lines: list[Line] = [
        Heading("Low Water", 200, "low water", is_folded=True),
        *(row(f"{n}.md", f"T{n}") for n in range(200)),
    ]
    view = View(SortKey.DATE, is_reversed=True, is_grouped=True, folded=frozenset({"low water"}))
    files = CatalogueFiles(tmp_path)
    assert front.unpacked(files.load_front()) is None
    assert files.store_front(front.packed(Listing(lines, 200, 200, view=view)))
    known = front.unpacked(files.load_front())
    assert known is not None
    assert (known.lines, known.total, known.view) == (lines[: front.MOST_LINES], 200, view)


@pytest.mark.parametrize(
    "value", [None, 7, (), ((), 1, ()), (("size", 0, 0, ()), 1, []), (("name", 0, 0, ()), 1, [1])]
)
def test_a_front_of_something_else_is_none(value: object) -> None:
    assert front.unpacked(value) is None
