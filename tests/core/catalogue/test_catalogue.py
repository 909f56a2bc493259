"""A catalogue follows its folder, and reads only what is new or changed."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.core.catalogue.shelves import (
    LONG_AGO_S,
    catalogue_of,
    export,
    look,
    put,
    read_names,
    titles,
)
from tui.core.catalogue.catalogue import Catalogue
from tui.core.catalogue.reading import read_rows
from tui.core.catalogue.rows import base_of
from tui.core.search.changes import FileScan


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    for name in ("b.md", "a.md", "deep/c.md", "deep/er/d.md"):
        put(folder / name, Path(name).stem.upper())
    return folder


def test_what_is_unchanged_is_not_read_again(shelf: Path) -> None:
    catalogue = catalogue_of(shelf)
    assert titles(catalogue) == {"a.md": "A", "b.md": "B", "deep/c.md": "C", "deep/er/d.md": "D"}
    rows = catalogue.rows
    assert look(catalogue) == []
    assert catalogue.rows is rows
    again = Catalogue(shelf, shelf, catalogue.contents)
    assert look(again) == []
    assert titles(again) == titles(catalogue)


def test_new_changed_and_deleted_files_are_taken_in(shelf: Path) -> None:
    catalogue = catalogue_of(shelf)
    put(shelf / "deep" / "e.md", "E")
    put(shelf / "a.md", "Another", at_s=LONG_AGO_S + 9)
    (shelf / "b.md").unlink()
    assert read_names(look(catalogue)) == {"e.md", "a.md"}
    assert titles(catalogue) == {"a.md": "Another", "deep/c.md": "C", "deep/e.md": "E", "deep/er/d.md": "D"}


def test_until_it_is_read_a_new_file_has_its_name_and_a_changed_one_what_was_known(shelf: Path) -> None:
    catalogue = catalogue_of(shelf)
    put(shelf / "new.md", "New")
    put(shelf / "a.md", "Another", at_s=LONG_AGO_S + 9)
    assert len(catalogue.take_down(FileScan(shelf).run())) == 2
    assert titles(catalogue)["new.md"] == "new.md"
    assert titles(catalogue)["a.md"] == "A"
    # What was not read meanwhile is still to be read.
    assert read_names(look(catalogue)) == {"new.md", "a.md"}


def test_a_folder_that_moved_is_not_read_again(shelf: Path) -> None:
    (shelf / "deep" / "tides.md").write_text(export(2), encoding="utf-8")
    (shelf / "deep" / "c.chapters.json").write_text(json.dumps({"chapters": []}), encoding="utf-8")
    catalogue = catalogue_of(shelf)
    shutil.move(shelf / "deep", shelf / "else")
    assert look(catalogue) == []
    assert titles(catalogue) == {
        "a.md": "A",
        "b.md": "B",
        "else/c.md": "C",
        "else/er/d.md": "D",
        "else/tides.md/1": "Tide 1",
        "else/tides.md/2": "Tide 2",
    }
    assert look(catalogue) == []


def test_a_renamed_file_is_read_under_its_new_name(shelf: Path) -> None:
    catalogue = catalogue_of(shelf)
    (shelf / "a.md").rename(shelf / "z.md")
    assert read_names(look(catalogue)) == {"z.md"}
    assert list(titles(catalogue)) == ["b.md", "deep/c.md", "deep/er/d.md", "z.md"]


def test_files_of_one_episode_are_read_together(shelf: Path) -> None:
    catalogue = catalogue_of(shelf)
    put(shelf / "a.transcript.md", "A, word for word")
    assert read_names(look(catalogue)) == {"a.md", "a.transcript.md"}
    assert [row.files for row in catalogue.rows if row.files] == [("a.md", "a.transcript.md")]
    (shelf / "a.md").unlink()
    assert read_names(look(catalogue)) == {"a.transcript.md"}
    assert "a.transcript.md" in titles(catalogue)
    assert len(catalogue.rows) == 4


def test_files_that_belong_together_otherwise_than_before_are_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "Talk"
    put(folder / "summary.md", "Summary")
    put(folder / "transcript.md", "Transcript")
    catalogue = catalogue_of(folder)
    assert [len(row.files) for row in catalogue.rows] == [2]
    put(folder / "Another.md", "Another")
    assert read_names(look(catalogue)) == {"Another.md", "summary.md", "transcript.md"}
    assert [row.files for row in catalogue.rows] == [(), (), ()]
    (folder / "Another.md").unlink()
    look(catalogue)
    assert [len(row.files) for row in catalogue.rows] == [2]


def test_data_that_is_no_episode_is_looked_at_once(shelf: Path) -> None:
    for number in range(3):
        (shelf / f"{number}.json").write_text("{}", encoding="utf-8")
        os.utime(shelf / f"{number}.json", (LONG_AGO_S, LONG_AGO_S))
    catalogue = catalogue_of(shelf)
    assert len(catalogue.rows) == 4
    put(shelf / "new.md", "New")
    assert read_names(look(catalogue)) == {"new.md"}


def test_a_file_of_several_that_has_fewer_now(tmp_path: Path) -> None:
    file = tmp_path / "export.md"
    file.write_text(export(3), encoding="utf-8")
    catalogue = catalogue_of(tmp_path)
    file.write_text(export(2), encoding="utf-8")
    look(catalogue)
    assert list(titles(catalogue)) == ["export.md/1", "export.md/2"]
    put(file, "One", at_s=LONG_AGO_S)
    look(catalogue)
    assert titles(catalogue) == {"export.md": "One"}


def test_a_library_that_is_one_file(tmp_path: Path) -> None:
    put(tmp_path / "other.md", "Other")
    file = tmp_path / "export.md"
    file.write_text(export(2), encoding="utf-8")
    assert base_of(file) == tmp_path
    catalogue = catalogue_of(file)
    assert titles(catalogue) == {"export.md/1": "Tide 1", "export.md/2": "Tide 2"}
    assert look(Catalogue(file, tmp_path, catalogue.contents)) == []
    file.write_text(export(1) + "\nMore words.\n", encoding="utf-8")
    assert read_names(look(catalogue)) == {"export.md"}


def test_a_file_that_may_not_be_read_is_tried_again(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shelf / "a.md").write_bytes(bytes(10))
    monkeypatch.setattr(os, "access", lambda *_: False)
    catalogue = catalogue_of(shelf)
    assert [row.file for row in catalogue.rows if row.problem] == ["a.md"]
    monkeypatch.undo()
    put(shelf / "a.md", "A again")
    assert read_names(look(catalogue)) == {"a.md"}
    assert titles(catalogue)["a.md"] == "A again"
    assert look(catalogue) == []


def test_what_was_changed_within_a_tick_of_a_coarse_clock_is_read_once_more(shelf: Path) -> None:
    import time

    now_s = int(time.time())
    put(shelf / "a.md", "A", at_s=now_s)
    catalogue = catalogue_of(shelf)
    put(shelf / "a.md", "B", at_s=now_s)
    assert read_names(look(catalogue)) == {"a.md"}
    assert titles(catalogue)["a.md"] == "B"


def test_rows_stay_in_the_order_of_their_names(tmp_path: Path) -> None:
    for number in (10, 9, 1, 2):
        put(tmp_path / f"ep {number}.md", "T")
    catalogue = catalogue_of(tmp_path)
    put(tmp_path / "ep 3.md", "T")
    look(catalogue)
    assert list(titles(catalogue)) == [f"ep {number}.md" for number in (1, 2, 3, 9, 10)]


def test_what_was_read_twice_is_listed_once_as_it_was_read_last(tmp_path: Path) -> None:
    """While files are read the folder is looked through again, which reads what is being read once more."""
    tides, knots = put(tmp_path / "tides.md", "Tides"), put(tmp_path / "knots.md", "Knots")
    catalogue = Catalogue(tmp_path, base_of(tmp_path))
    early = catalogue.take_down(FileScan(tmp_path).run())
    read = [(work, read_rows(tmp_path, work)) for work in early]
    put(tides, "Spring tides", at_s=LONG_AGO_S + 1)
    late = catalogue.take_down(FileScan(tmp_path).run())
    read += [(work, read_rows(tmp_path, work)) for work in late]
    catalogue.take_in(read)

    assert {work.files[0][0] for work in late} == {tides.name, knots.name}
    assert titles(catalogue) == {tides.name: "Spring tides", knots.name: "Knots"}
    assert len(catalogue.rows) == 2
    assert look(catalogue) == []
