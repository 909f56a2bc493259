"""Highlights follow their episode, whatever happens to its file."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.notebook.conftest import EXPORT, TIDES
from tests.core.notebook.marking import mark, reading_at
from tui.core.episode import Episode
from tui.core.notebook.notebook import Notebook
from tui.core.reading import episode_from_bytes, read_episode

OTHER = TIDES.replace("Tides", "Currents").replace("Two hold.", "Two drift.")


@pytest.fixture(name="marked")
def _marked(notebook: Notebook, tides: Episode) -> Path:
    """An episode in which something is highlighted."""
    mark(notebook, tides, "Two hold.")
    notebook.keep_reading(reading_at(notebook.of_episode(tides).source, tides, "Three"))
    assert notebook.flush(10)
    return tides.path


def found(notebook: Notebook, path: Path) -> list[tuple[str, bool]]:
    """Return the texts that are highlighted in a file, and whether each has its place."""
    placed = notebook.of_episode(read_episode(path)).highlights
    return [(one.highlight.text, one.stretch is not None) for one in placed]


HERE = [("Two hold.", True)]


def rename(path: Path) -> Path:
    return path.rename(path.with_name("ebb.md"))


def move(path: Path) -> Path:
    (path.parent / "deep").mkdir()
    return path.rename(path.parent / "deep" / path.name)


def rename_the_folder(path: Path) -> Path:
    return path.parent.rename(path.parent.with_name("lectures")) / path.name


def edit(path: Path) -> Path:
    path.write_text(TIDES.replace("Before any", "Long before any"), encoding="utf-8")
    return path


def delete_and_bring_back(path: Path) -> Path:
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)
    return path


def link(path: Path) -> Path:
    other = path.with_name("link.md")
    other.symlink_to(path)
    return other


def name_without_utf8(path: Path) -> Path:
    return path.rename(path.parent / os.fsdecode(b"t\xefdes \xff.md"))


@pytest.mark.parametrize(
    "change", [rename, move, rename_the_folder, edit, delete_and_bring_back, link, name_without_utf8]
)
def test_highlights_and_the_place_follow(
    notebook: Notebook, marked: Path, change: Callable[[Path], Path]
) -> None:
    path = change(marked)

    assert found(notebook, path) == HERE
    assert notebook.reading_of(read_episode(path)) is not None


def test_where_it_is_now_is_taken_down(notebook: Notebook, marked: Path) -> None:
    path = name_without_utf8(marked)
    notebook.of_episode(read_episode(path))
    assert notebook.flush(10)

    assert notebook.highlighted() == {path: 1}
    assert notebook.last_read() == path
    assert [highlight.source.path for highlight in notebook.highlights()] == [path]


def test_a_renamed_file_is_followed_through_an_edit(notebook: Notebook, marked: Path) -> None:
    path = rename(marked)
    assert found(notebook, path) == HERE
    assert notebook.flush(10)

    assert found(notebook, edit(path)) == HERE


def test_a_copy_is_an_episode_of_its_own(notebook: Notebook, marked: Path) -> None:
    copy = marked.with_name("copy.md")
    copy.write_bytes(marked.read_bytes())
    assert found(notebook, copy) == []
    mark(notebook, read_episode(copy), "Neap tides")
    assert notebook.flush(10)

    assert found(notebook, copy) == [("Neap tides", True)]
    assert found(notebook, marked) == HERE


def test_a_copy_of_which_nothing_is_kept_inherits(notebook: Notebook, marked: Path) -> None:
    copy = marked.with_name("copy.md")
    copy.write_bytes(marked.read_bytes())
    marked.unlink()

    assert found(notebook, copy) == HERE


def test_names_that_are_swapped_are_followed(notebook: Notebook, marked: Path) -> None:
    other = marked.with_name("currents.md")
    other.write_text(OTHER, encoding="utf-8")
    mark(notebook, read_episode(other), "Two drift.")
    assert notebook.flush(10)
    here, there = marked.read_bytes(), other.read_bytes()
    marked.write_bytes(there)
    other.write_bytes(here)

    assert found(notebook, other)[:1] == HERE
    assert notebook.flush(10)
    assert found(notebook, marked) == [("Two drift.", True)]
    assert notebook.flush(10)
    assert found(notebook, other) == HERE


def test_lost_highlights_return_with_their_words(notebook: Notebook, marked: Path) -> None:
    text = marked.read_text(encoding="utf-8")
    marked.write_text(text.replace("Two hold.", "Nothing."), encoding="utf-8")
    assert found(notebook, marked) == [("Two hold.", False)]
    assert notebook.flush(10)

    marked.write_text(text.replace("Before", "Long before"), encoding="utf-8")

    assert found(notebook, marked) == HERE


def test_a_name_that_is_given_to_another_episode_keeps_the_first_apart(
    notebook: Notebook, marked: Path
) -> None:
    text = marked.read_bytes()
    marked.write_text("# Glaciers\n\nIce remembers.\n", encoding="utf-8")
    glaciers = read_episode(marked)

    assert found(notebook, marked) == [("Two hold.", False)]
    mark(notebook, glaciers, "Ice remembers.")
    assert notebook.reading_of(glaciers) is None
    assert notebook.flush(10)
    archived = marked.with_name("last week.md")
    archived.write_bytes(text)

    assert found(notebook, archived) == HERE
    assert notebook.flush(10)
    assert found(notebook, marked) == [("Ice remembers.", True)]


def test_the_episodes_of_one_file_are_told_apart_and_followed(notebook: Notebook, tmp_path: Path) -> None:
    export = tmp_path / "export.md"
    export.write_text(EXPORT, encoding="utf-8")
    mark(notebook, read_episode(export / "2"), "What tape 2 said.")
    assert notebook.flush(10)
    assert found(notebook, export / "1") == []
    assert found(notebook, export / "2") == [("What tape 2 said.", True)]

    # A new one comes first, as in most exports.
    newest = EXPORT.partition("---")[0].replace("ape 1", "ape 0")
    export.write_text(f"{newest}---\n\n{EXPORT}", encoding="utf-8")

    assert read_episode(export / "3").title == "Tape 2"
    assert found(notebook, export / "3") == [("What tape 2 said.", True)]


def test_standard_input_is_known_by_what_it_says(notebook: Notebook) -> None:
    first = episode_from_bytes(TIDES.encode(), Path("-"))
    mark(notebook, first, "Two hold.")
    assert notebook.flush(10)

    again = notebook.of_episode(episode_from_bytes(TIDES.encode(), Path("-")))
    other = notebook.of_episode(episode_from_bytes(OTHER.encode(), Path("-")))

    assert [one.highlight.text for one in again.highlights] == ["Two hold."]
    assert other.highlights == ()


def test_looking_at_an_episode_writes_nothing(notebook: Notebook, marked: Path, file: Path) -> None:
    other = marked.with_name("currents.md")
    other.write_text(OTHER, encoding="utf-8")
    seen = notebook.of_episode(read_episode(other))
    assert notebook.flush(10)

    assert notebook.of_episode(read_episode(other)).source == seen.source
    assert {one.source.title for one in notebook.highlights()} == {"Tides"}
