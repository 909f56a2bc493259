"""Searching for what is read, half read, highlighted."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.core.notebook.conftest import EXPORT
from tests.core.notebook.marking import changed, mark, reading_at, stretch_of
from tui.cli.searching import search_command
from tui.core.episode import Episode
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.states import States
from tui.core.notebook.values import ReadingState
from tui.core.reading import read_episode

FINISHED, UNREAD = ReadingState.FINISHED, ReadingState.UNREAD


@pytest.fixture(name="harbours")
def _harbours(library: Path) -> Episode:
    return read_episode(library / "harbours.md")


def finish(notebook: Notebook, episode: Episode, words: str) -> None:
    notebook.keep_reading(reading_at(notebook.of_episode(episode).source, episode, words, FINISHED))


def test_episodes_are_told_by_their_keys(
    notebook: Notebook, library: Path, harbours: Episode, tides: Episode
) -> None:
    states = States(notebook, library)
    assert states("finished") == states("highlighted") == frozenset()
    finish(notebook, harbours, "Every river")
    mark(notebook, harbours, "Dredging never ends.")
    mark(notebook, tides, "Two hold.")
    assert notebook.flush(10)

    assert states("finished") == {"harbours.md"}
    assert states("highlighted") == {"harbours.md"}
    assert states("reading") == states("unread") == frozenset()
    assert States(notebook, tides.path.parent)("highlighted") == {"tides.md"}


def test_a_state_that_changes_is_asked_for_anew(notebook: Notebook, library: Path, harbours: Episode) -> None:
    states = States(notebook, library)
    finish(notebook, harbours, "Every river")
    assert states("finished") == {"harbours.md"}
    reading = notebook.reading_of(harbours)
    assert reading is not None

    notebook.make(changed(reading, replace(reading, state=UNREAD)))

    assert states("finished") == frozenset()
    assert states("unread") == {"harbours.md"}


def test_a_library_is_one_by_whatever_way_it_is_opened(
    notebook: Notebook, library: Path, harbours: Episode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "link"
    other.symlink_to(library)
    mark(notebook, read_episode(other / "harbours.md"), "Dredging never ends.")
    assert notebook.flush(10)
    monkeypatch.chdir(tmp_path)

    for way in (library, other, Path("library"), Path("link")):
        assert States(notebook, way)("highlighted") == {"harbours.md"}


def test_the_episodes_of_a_file_have_keys_too(notebook: Notebook, tmp_path: Path) -> None:
    export = tmp_path / "export.md"
    export.write_text(EXPORT, encoding="utf-8")
    mark(notebook, read_episode(export / "2"), "What tape 2 said.")
    assert notebook.flush(10)

    assert States(notebook, tmp_path)("highlighted") == {"export.md/2"}
    assert States(notebook, export)("highlighted") == {"2"}


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("is:finished river", 1),
        ("is:highlighted", 0),
        ("is:unread brandt", 1),
        ("is:unread river", 0),
        ("river", 1),
    ],
)
def test_the_command_asks_the_notebook(
    notebook: Notebook, library: Path, harbours: Episode, query: str, lines: int
) -> None:
    finish(notebook, harbours, "Every river")
    assert notebook.flush(10)
    notebook.close()

    found = CliRunner().invoke(search_command, [query, str(library)], standalone_mode=False)

    paths = {line.split("\t")[0] for line in found.stdout.splitlines()}
    assert len(paths) == lines, found.stdout
    assert stretch_of(harbours, "Every river")
