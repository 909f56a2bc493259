"""The rows of a library's list: what is read of files, and what other programs are told."""

import json
from pathlib import Path

import pytest

from tests.core.catalogue.shelves import catalogue_of, export, put
from tui.core.catalogue import reading
from tui.core.catalogue.reading import read_rows, row_of
from tui.core.catalogue.rows import as_json, facts_of, moved, place_of
from tui.core.loading import loaded
from tui.core.rendering import as_json as episode_as_json
from tui.core.search.changes import Work


def work(*paths: Path) -> Work:
    return Work(".", tuple((path.name, (path.stat().st_size, 1)) for path in paths))


def test_a_row_tells_what_its_episode_does(samples: Path) -> None:
    for path in sorted(samples.glob("*.*")):
        (row,) = read_rows(samples, work(path))
        told = episode_as_json(loaded(path).episode, blocks=False)
        del told["schema"], told["sections"]
        assert as_json(row, samples) == told
        by_itself = row_of(loaded(path).episode)
        assert (by_itself.title, by_itself.words, by_itself.id) == (row.title, row.words, row.id)


def test_the_files_of_one_episode_are_one_row(tmp_path: Path) -> None:
    notes = put(tmp_path / "tides.md", "Tides")
    chapters = tmp_path / "tides.chapters.json"
    chapters.write_text(json.dumps({"chapters": []}), encoding="utf-8")
    (row,) = read_rows(tmp_path, work(chapters, notes))
    assert (row.place, row.files, row.title) == ("tides.md", ("tides.md", "tides.chapters.json"), "Tides")
    assert row.all_files == row.files


def test_a_file_of_several_has_a_row_for_each(tmp_path: Path) -> None:
    file = tmp_path / "export.md"
    file.write_text(export(3), encoding="utf-8")
    rows = read_rows(tmp_path, work(file))
    assert [(row.place, row.file, row.title) for row in rows] == [
        (f"export.md/{number}", "export.md", f"Tide {number}") for number in (1, 2, 3)
    ]


def test_data_that_is_no_episode_has_none(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"colour": "blue"}', encoding="utf-8")
    assert read_rows(tmp_path, work(file)) == []


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    file = tmp_path / "noise.txt"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (row,) = read_rows(tmp_path, work(file))
    assert (row.title, row.is_read) == ("noise.txt", False)
    assert "not a text file" in row.problem
    assert "noise.txt" not in row.problem


def test_a_parser_that_trips_costs_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def trips(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("tui.core.catalogue.reading.episodes_of", trips)
    (row,) = read_rows(tmp_path, work(put(tmp_path / "a.md", "A")))
    assert "mistake" in row.problem


def test_of_a_long_file_the_head_is_read_and_its_length_estimated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "long.md"
    file.write_text("# Long\n\n" + "Words and more words go on. \n\n" * 6_000, encoding="utf-8")
    monkeypatch.setattr(reading, "LONG_BYTES", 100_000)
    (whole,) = read_rows(tmp_path, work(file), wholly=True)
    (head,) = read_rows(tmp_path, work(file))
    assert whole.is_whole
    assert not head.is_whole
    assert head.words == pytest.approx(whole.words, rel=0.1)


def test_names_are_clean_and_places_are_what_the_system_has(tmp_path: Path) -> None:
    put(tmp_path / "a\x1b[31m\u202eb.md", "Red")
    (row,) = catalogue_of(tmp_path).rows
    assert row.place == "a\x1b[31m\u202eb.md"
    assert row.name == "a␛[31mb.md"
    assert (tmp_path / row.place).is_file()


def test_a_row_that_moved_keeps_what_was_read(tmp_path: Path) -> None:
    file = tmp_path / "export.md"
    file.write_text(export(2), encoding="utf-8")
    second = read_rows(tmp_path, work(file))[1]
    there = moved(second, "deep/er")
    assert (there.place, there.file) == ("deep/er/export.md/2", "deep/er/export.md")
    assert there.name == there.place
    assert facts_of(there) == facts_of(second)
    assert "deep/er" in there.searched


@pytest.mark.parametrize(
    ("path", "base", "place"),
    [
        ("shelf/a.md", "shelf", "a.md"),
        ("shelf/deep/a.md/3", "shelf", "deep/a.md/3"),
        ("a.md", ".", "a.md"),
        ("./shelf/a.md", "shelf", "a.md"),
        ("shelves/a.md", "shelf", "shelves/a.md"),
    ],
)
def test_the_place_of_a_path(path: str, base: str, place: str) -> None:
    assert place_of(Path(path), Path(base)) == place
    if place != path:
        assert place_of(Path(path).absolute(), Path(base)) == place
