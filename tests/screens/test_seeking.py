"""What holds the library's search: when it is made, from where it is asked, and how it ends."""

import time
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from tests.screens.searching import is_listed, open_hit, reading, until, write_shelf
from tui.app import PullquoteApp, run_reader
from tui.core.search.indexer import bring_up_to_date
from tui.core.search.indexing import Indexing
from tui.messages import LibraryChanged, LibrarySearchAsked, ScreenTried
from tui.screens.library import LibraryScreen
from tui.screens.reader.screen import ReaderScreen


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of episodes without an index."""
    return write_shelf(tmp_path / "shelf")


@pytest.fixture
def indexed(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of episodes with its index, which no process follows."""
    bring_up_to_date(shelf, processes=0)
    monkeypatch.setattr(Indexing, "want", lambda _indexing: None)
    return shelf


def reader_of(pilot: Pilot[None]) -> ReaderScreen:
    app = pilot.app
    assert isinstance(app, PullquoteApp)
    assert app.reader is not None
    return app.reader


def the_screen(pilot: Pilot[None]) -> Screen[object]:
    return pilot.app.screen


async def test_a_single_file_makes_nothing_ready_until_somebody_searches(shelf: Path) -> None:
    async with reading(shelf / "Maps.md") as (pilot, screen):
        assert isinstance(pilot.app, PullquoteApp)
        await pilot.pause(0.8)
        assert pilot.app.searcher is None
        await pilot.press("slash", *"silt", "escape")
        assert pilot.app.searcher is None
        await pilot.press("s")
        await until(pilot, lambda: screen.searcher is not None)


@pytest.mark.parametrize(("name", "is_open"), [("", True), ("Maps.md", False)])
def test_a_library_that_is_opened_is_made_ready(
    indexed: Path, name: str, is_open: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(PullquoteApp, "run", lambda app: seen.append(app.is_library_open))
    run_reader(indexed / name)
    assert seen == [is_open]


async def test_an_opened_library_gets_its_index_and_the_looking_after_ends(shelf: Path) -> None:
    app = PullquoteApp(shelf, None)
    app.is_library_open = True
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: app.searcher is not None and app.searcher.index is not None)
        searcher = app.searcher
        assert searcher is not None
        await until(pilot, lambda: not searcher.is_busy and not app.workers._workers)
        (shelf / "New.md").write_text("# New\n\nA novelword.\n", encoding="utf-8")
        app.post_message(LibraryChanged())
        await until(pilot, lambda: (found := searcher.glance("novelword")) is not None and found.total)
        await until(pilot, lambda: not searcher.is_busy and not app.workers._workers)


async def test_leaving_ends_the_process_that_writes(shelf: Path) -> None:
    app = PullquoteApp(shelf, None)
    async with app.run_test(size=(100, 30)) as pilot:
        app.make_ready()
        await until(pilot, lambda: app.searcher is not None)
        assert app.searcher is not None
        indexing = app.searcher.indexing
    while indexing.is_at_work:  # ended by another thread
        time.sleep(0.005)


async def test_the_library_is_searched_before_any_episode_is_open(indexed: Path) -> None:
    app = PullquoteApp(indexed, None)
    async with app.run_test(size=(120, 36)) as pilot:
        shelf_screen = the_screen(pilot)
        assert isinstance(shelf_screen, LibraryScreen)
        app.held.hold()
        shelf_screen.post_message(LibrarySearchAsked())
        shelf_screen.post_message(ScreenTried(shelf_screen))
        for letter in "silt":
            app.post_message(events.Key(letter, letter))
        await until(pilot, lambda: app.reader is not None and is_listed(reader_of(pilot), "silt"))
        screen = reader_of(pilot)
        assert the_screen(pilot) is screen
        assert screen.is_empty
        assert "Tab" not in screen.bar.status
        await pilot.press("tab")
        assert screen.is_searching
        await pilot.press("escape")
        await until(pilot, lambda: the_screen(pilot) is shelf_screen)
        await pilot.press("escape")
        assert the_screen(pilot) is shelf_screen
        shelf_screen.post_message(LibrarySearchAsked())
        await until(pilot, lambda: screen.is_searching)
        await pilot.press(*"contour")
        await until(pilot, lambda: is_listed(screen, "contour"))
        await open_hit(pilot, screen)
        assert screen.episode.title == "Ida Brandt draws maps"
        assert not screen.is_empty
        await pilot.press("ctrl+o")
        assert screen.episode.title == "Ida Brandt draws maps"
        await pilot.press("l")
        await until(pilot, lambda: the_screen(pilot) is shelf_screen)


async def test_escape_goes_back_to_the_list_the_search_was_asked_from(indexed: Path) -> None:
    async with reading(indexed / "Maps.md") as (pilot, screen):
        await pilot.press("l")
        await until(pilot, lambda: isinstance(pilot.app.screen, LibraryScreen))
        pilot.app.screen.post_message(LibrarySearchAsked())
        await until(pilot, lambda: screen.is_searching)
        await pilot.press(*"silt")
        await until(pilot, lambda: is_listed(screen, "silt"))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, LibraryScreen))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.episode.path == indexed / "Maps.md"
        assert not screen.is_listing


async def test_choosing_an_episode_while_hits_are_listed_closes_the_list(indexed: Path) -> None:
    async with reading(indexed / "Maps.md") as (pilot, screen):
        await pilot.press("greater_than_sign", "s", *"silt")
        await until(pilot, lambda: screen.episode.path == indexed / "Trains.md")
        await pilot.pause()
        assert screen.is_listing == screen.bar.is_open
