"""What the first frame asks of the notebook."""

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.making import episode, section
from tui.core.episode import Episode, Place
from tui.core.notebook.first import Left, default_file, last_read, left_of
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.places import place_anchor
from tui.core.notebook.text import EpisodeText
from tui.core.notebook.values import Reading, ReadingState, now
from tui.core.reading import read_episode

HARBOURS = replace(
    episode(
        section(0, "Silt", "The river brings silt.", "It never asks."), section(1, "Tides", "Twice a day.")
    ),
    path=Path("/nowhere/harbours.md"),
)


def leave(shown: Episode, place: Place, read: frozenset[int] = frozenset()) -> None:
    """Leave an episode at a place."""
    notebook = Notebook()
    notebook.start()
    anchor = place_anchor(EpisodeText(shown), place)
    source = notebook.of_episode(shown).source
    notebook.keep_reading(Reading(source, ReadingState.READING, anchor, 0.3, read, now()))
    assert notebook.flush(5)
    notebook.close()


@pytest.mark.parametrize("place", [Place(), Place(0, -1), Place(0, 1, 3), Place(1, 0, 11), Place(1, -1, 2)])
def test_an_episode_was_left_where_it_was_left(place: Place) -> None:
    leave(HARBOURS, place, frozenset({0, 1}))
    found = left_of(HARBOURS)
    assert found is not None
    assert found.read_sections == {0, 1}
    text = EpisodeText(HARBOURS)
    assert found.place is not None
    assert text.offset(found.place) == text.offset(place)
    assert (found.place == Place()) == (place == Place())


def test_without_a_notebook_nothing_was_left_and_none_is_made() -> None:
    assert left_of(HARBOURS) is None
    assert last_read() is None
    assert not default_file().parent.exists()


def test_another_episode_was_never_left() -> None:
    leave(HARBOURS, Place(1, 0))
    other = replace(HARBOURS, id="ba9876543210", path=Path("/nowhere/other.md"))
    assert left_of(other) is None


def test_an_edited_or_moved_episode_is_found_like_everything_else_of_it(tmp_path: Path) -> None:
    file = tmp_path / "one.md"
    file.write_text("# One\n\n## Silt\n\nThe river.\n\n## Tides\n\nTwice a day, always.\n", encoding="utf-8")
    leave(read_episode(file), Place(1, 0, 6))
    moved = file.rename(tmp_path / "two.md")
    assert left_of(read_episode(moved)) == Left(Place(1, 0, 6))
    leave(read_episode(moved), Place(1, 0, 6))
    moved.write_text(moved.read_text().replace("## Tides", "## New\n\nMore.\n\n## Tides"), encoding="utf-8")
    assert left_of(read_episode(moved)) == Left(Place(2, 0, 6))


def test_the_head_of_a_large_file_does_not_reach_every_place() -> None:
    leave(HARBOURS, Place(1, 0, 6))
    head = replace(HARBOURS, sections=HARBOURS.sections[:1], partial=True)
    assert left_of(head) == Left(None)


def test_what_can_not_be_read_is_no_place(home: Path) -> None:
    default_file().parent.mkdir(parents=True)
    default_file().write_bytes(b"SQLite format 3\0" + b"\xff" * 4000)
    assert left_of(HARBOURS) is None
    assert last_read() is None
    default_file().unlink()
    default_file().mkdir()
    assert left_of(HARBOURS) is None


@pytest.mark.parametrize("column", ["exact", "first", "last", "read_sections"])
def test_rows_of_another_kind_are_no_error(column: str) -> None:
    leave(HARBOURS, Place(1, 0, 6), frozenset({0}))
    with sqlite3.connect(default_file()) as connection:
        connection.execute(f"UPDATE readings SET {column} = ?", [b"\xff\x00"])
    connection.close()
    found = left_of(HARBOURS)
    assert found is None or isinstance(found, Left)


def test_the_episode_that_was_read_last_and_is_still_there(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one.md", "sub/two.md", "three.md")]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# {path.stem}\n\nWords of {path.stem}.\n", encoding="utf-8")
        leave(read_episode(path), Place())
    assert last_read() == paths[2]
    assert last_read(tmp_path / "sub") == paths[1]
    assert last_read(tmp_path / "none") is None
    paths[2].unlink()
    assert last_read() == paths[1]


def test_it_loads_nothing_that_takes_long() -> None:
    leave(HARBOURS, Place(1, 0))
    code = (
        "import sys; from tests.core.notebook.test_first import HARBOURS; before = set(sys.modules);"
        "[sys.modules.pop(name) for name in list(sys.modules) if name.startswith('tui.core.notebook')];"
        "from tui.core.notebook.first import left_of; assert left_of(HARBOURS).place;"
        "print(*(name for name in sys.modules if name.startswith('tui.core.notebook.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert loaded <= {
        f"tui.core.notebook.{name}" for name in ("first", "text", "connecting", "schema", "reasons")
    }
