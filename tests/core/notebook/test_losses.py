"""Finding out which highlights lost their place."""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.notebook.marking import PATIENCE_S, mark
from tui.core.episode import Episode
from tui.core.loading import Loaded, loaded
from tui.core.notebook.losses import Losses
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.values import Highlight, Source


def lost(seen: Losses, highlights: Iterable[Highlight]) -> list[str]:
    """The texts of the highlights that have no place."""
    by_id = {highlight.id: highlight.text for highlight in highlights}
    return [by_id[id] for places in seen.look(highlights) for id, anchor in places.items() if anchor]


@pytest.fixture
def tides_marked(notebook: Notebook, tides: Episode) -> Episode:
    """An episode with two highlights that are on the disk."""
    mark(notebook, tides, "One strand breaks. Two hold.")
    mark(notebook, tides, "Neap tides come a week later.")
    assert notebook.flush(PATIENCE_S)
    return tides


def long_ago(path: Path) -> None:
    """Make a file look settled, so that its time says whether it was changed."""
    os.utime(path, ns=(10**18, 10**18))


def test_what_is_in_its_file_has_its_place(notebook: Notebook, tides: Episode) -> None:
    mark(notebook, tides, "One strand breaks. Two hold.")
    assert lost(Losses(notebook), notebook.highlights()) == []


def test_what_an_edit_took_away_is_lost_and_comes_back_with_the_text(
    notebook: Notebook, tides_marked: Episode
) -> None:
    file, seen = tides_marked.path, Losses(notebook)
    text = file.read_text()
    file.write_text(text.replace("Neap tides come a week later.", "And that is all there is."))
    assert lost(seen, notebook.highlights()) == ["Neap tides come a week later."]
    file.write_text(text)
    assert lost(seen, notebook.highlights()) == []


def test_with_its_file_a_highlight_goes_and_returns(notebook: Notebook, tides: Episode) -> None:
    mark(notebook, tides, "Three never do.")
    seen, text = Losses(notebook), tides.path.read_text()
    tides.path.unlink()
    assert lost(seen, notebook.highlights()) == ["Three never do."]
    tides.path.write_text(text)
    assert lost(seen, notebook.highlights()) == []


def test_where_the_whole_folder_is_not_there_nothing_is_lost(
    notebook: Notebook, tides_marked: Episode
) -> None:
    """It may lie on a disk that is not there today."""
    seen, folder = Losses(notebook), tides_marked.path.parent
    away = folder.rename(folder.with_name("away"))
    assert lost(seen, notebook.highlights()) == []
    away.rename(folder)
    tides_marked.path.unlink()
    assert len(lost(seen, notebook.highlights())) == 2


def test_another_episode_under_the_same_name_holds_none_of_it(
    notebook: Notebook, tides_marked: Episode
) -> None:
    tides_marked.path.write_text("# Bread\n\nBread remembers what it was fed.\n")
    assert len(lost(Losses(notebook), notebook.highlights())) == 2


def test_a_file_is_read_again_only_after_a_change(
    notebook: Notebook, tides: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def counted(path: Path) -> Loaded:
        read.append(path)
        return loaded(path)

    monkeypatch.setattr("tui.core.notebook.losses.loaded", counted)
    mark(notebook, tides, "Three never do.")
    long_ago(tides.path)
    seen = Losses(notebook)
    for _ in range(3):
        assert lost(seen, notebook.highlights()) == []
    assert len(read) == 1
    mark(notebook, tides, "One strand breaks.")
    assert lost(seen, notebook.highlights()) == []
    assert len(read) == 2


def test_what_has_no_file_has_no_place_to_lose(notebook: Notebook, tides: Episode) -> None:
    made = mark(notebook, tides, "Three never do.")
    without = [
        replace(made, source=Source("s", Path("imported") / "s", "", "From elsewhere")),
        replace(made, source=replace(made.source, path=Path("-"))),
        replace(made, source=replace(made.source, path=Path.cwd() / "-")),
    ]
    assert list(Losses(notebook).look(without)) == []
