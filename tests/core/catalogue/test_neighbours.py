"""The episodes before and after one."""

from pathlib import Path

import pytest

from tests.core.catalogue.shelves import catalogue_of, export, put
from tui.core.catalogue.neighbours import neighbour
from tui.core.catalogue.once import glance
from tui.core.reading import read_episode
from tui.errors import NotFoundError


@pytest.mark.parametrize("is_read", [False, True])
def test_neighbours(tmp_path: Path, *, is_read: bool) -> None:
    for name in ("a.md", "b.md", "b.srt", "d.md"):
        put(tmp_path / name, name)
    file = tmp_path / "c.md"
    file.write_text(export(3), encoding="utf-8")
    rows = catalogue_of(tmp_path).rows if is_read else glance(tmp_path)

    def after(path: Path, step: int) -> Path | None:
        return neighbour(read_episode(path), tmp_path, rows, step)

    assert after(tmp_path / "a.md", 1) == tmp_path / "b.md"
    assert after(tmp_path / "b.srt", -1) == tmp_path / "a.md"
    assert after(tmp_path / "b.srt", 1) in (file, file / "1")
    assert after(file / "1", 1) == file / "2"
    assert after(file / "2", -1) == file / "1"
    assert after(file / "3", 1) == tmp_path / "d.md"
    assert after(file / "1", -1) == tmp_path / "b.md"
    assert after(tmp_path / "a.md", -1) is None
    assert after(tmp_path / "d.md", 1) is None


def test_neighbours_in_a_file_of_several(tmp_path: Path) -> None:
    file = tmp_path / "c.md"
    file.write_text(export(3), encoding="utf-8")
    for rows in (glance(file), catalogue_of(file).rows):
        assert neighbour(read_episode(file / "2"), file, rows, 1) == file / "3"
        assert neighbour(read_episode(file / "3"), file, rows, 1) is None


def test_an_episode_from_elsewhere_has_none(tmp_path: Path) -> None:
    here, there = put(tmp_path / "here" / "a.md", "A"), put(tmp_path / "there" / "a.md", "A")
    with pytest.raises(NotFoundError, match="is not in the library"):
        neighbour(read_episode(there), here.parent, glance(here.parent), 1)
