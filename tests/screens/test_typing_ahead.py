"""What is typed while another screen opens is for that screen, and nothing of it is lost."""

import time
from pathlib import Path

from textual import events
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input

from tests.making import episode, long_episode, section
from tests.screens.settling import settle
from tui.app import PullquoteApp
from tui.core.notebook.listing import Grouping
from tui.screens.copyas import CopyAsScreen
from tui.screens.export import ExportScreen
from tui.screens.help import HelpScreen
from tui.screens.library import LibraryScreen
from tui.screens.notebook.screen import NotebookScreen
from tui.screens.reader.screen import ReaderScreen

PATIENCE_S = 10

NAMES = {"/": "slash", "?": "question_mark", ":": "colon", " ": "space"}


async def burst(pilot: Pilot[None], *keys: str) -> None:
    """Press keys as fast as a terminal can hand them over."""
    for key in keys:
        char = key if len(key) == 1 else None
        pilot.app.post_message(events.Key(NAMES.get(key, key), char))
    await pilot.pause(0.3)
    # On a busy machine a screen takes longer to open.
    deadline = time.monotonic() + PATIENCE_S
    while isinstance(pilot.app, PullquoteApp) and pilot.app.held.is_holding and time.monotonic() < deadline:
        await pilot.pause(0.05)
    await pilot.pause(0.1)


def app_in(folder: Path) -> PullquoteApp:
    (folder / "one.md").write_text("# One\n\nWords.\n")
    (folder / "two.md").write_text("# Two\n\nWords.\n")
    return PullquoteApp(folder, long_episode())


async def test_a_filter_typed_behind_the_key_that_opens_the_library_is_the_library_s(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        top = app.reader.page.top_line if app.reader else None
        await burst(pilot, "l", "/", "t", "w", "o")

        assert isinstance(app.screen, LibraryScreen)
        assert app.screen.bar.text == "two"
        assert app.reader is not None
        assert app.reader.page.top_line == top


async def in_library(pilot: Pilot[None]) -> LibraryScreen:
    await burst(pilot, "l")
    await settle(pilot)
    assert isinstance(pilot.app.screen, LibraryScreen)
    return pilot.app.screen


async def test_what_is_typed_behind_enter_in_the_library_is_the_episode_s(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        shelf = await in_library(pilot)
        before = shelf.view
        await burst(pilot, "j", "j", "enter", "/", "s", "o", "b")
        await settle(pilot)

        reader = app.reader
        assert isinstance(reader, ReaderScreen)
        assert reader is app.screen
        assert reader.bar.text == "sob"
        assert reader.episode.title in ("One", "Two")
        assert shelf.view == before


async def test_behind_an_episode_that_can_not_be_opened_keys_are_the_library_s(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        shelf = await in_library(pilot)
        await burst(pilot, "G")
        assert shelf.list.chosen_path is not None
        shelf.list.chosen_path.unlink()
        await burst(pilot, "enter", "/", "o")
        await settle(pilot)

        assert shelf.bar.text == "o"
        assert app.screen is shelf


async def test_letters_behind_a_key_that_deletes_stay(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await burst(
            pilot, "/", *"storm", "ctrl+u", *"winxd", "left", "backspace", "home", "delete", *"W", "end", *"y"
        )

        assert app.reader is not None
        assert app.reader.bar.text == "Windy"


async def test_the_palette_gets_what_is_typed_behind_its_key(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await burst(pilot, ":", "q", "j", "w")

        assert isinstance(app.screen, CommandPalette)
        assert app.screen.query_one(Input).value == "qjw"


async def test_keys_behind_help_move_the_help(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(80, 12)) as pilot:
        await burst(pilot, "?", "j", "j", "j")

        assert isinstance(app.screen, HelpScreen)
        assert app.screen.query_one("#keys").scroll_offset.y == 3


async def test_a_style_is_chosen_by_keys_typed_at_once(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await burst(pilot, "v", "Y", "j", "j")

        assert isinstance(app.screen, CopyAsScreen)
        assert app.screen.names.highlighted == 2


async def test_where_no_screen_comes_the_keys_go_on_here(tmp_path: Path) -> None:
    app = PullquoteApp(tmp_path, episode(section(0, "Silent", "")))
    async with app.run_test() as pilot:
        await burst(pilot, "Y", "/", "j", "q")

        assert app.reader is not None
        assert app.screen is app.reader
        assert app.reader.bar.text == "jq"


async def test_a_key_behind_quit_does_nothing_worse(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await burst(pilot, "q", "j")

        assert not app.is_running


async def test_keys_typed_behind_the_one_that_opens_the_notebook_are_the_notebook_s(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await burst(pilot, "H", "s", "/", "a", "b")

        assert isinstance(app.screen, NotebookScreen)
        assert app.screen.grouping is Grouping.DATE
        assert app.screen.bar.text == "ab"


async def test_keys_typed_behind_the_one_that_opens_the_export_choose_a_format(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test() as pilot:
        await burst(pilot, "H")
        await burst(pilot, "E", "j", "j")

        assert isinstance(app.screen, ExportScreen)
        assert app.screen.format.name == "json"
