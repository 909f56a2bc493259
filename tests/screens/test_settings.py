"""What the settings file changes in the reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.making import long_episode
from tui import commands
from tui.app import PullquoteApp, first_theme
from tui.core.settings import Settings
from tui.screens.reader.screen import ReaderScreen


@pytest.fixture
def tables() -> Iterator[None]:
    """Puts the tables of commands back as they were."""
    before = dict(commands.TABLES)
    yield
    commands.TABLES.update(before)


async def test_the_column_and_its_edge() -> None:
    app = PullquoteApp(Path(), long_episode(), Settings(column=50, justify=True))
    async with app.run_test(size=(120, 30)):
        assert isinstance(app.screen, ReaderScreen)
        assert app.screen.page.typesetter.width == 50
        assert app.screen.page.justified


@pytest.mark.parametrize(
    ("chosen", "env", "theme"),
    [
        ("auto", {}, "pullquote-dark"),
        ("auto", {"COLORFGBG": "0;15"}, "pullquote-light"),
        ("auto", {"COLORFGBG": "15;default;0"}, "pullquote-dark"),
        ("auto", {"NO_COLOR": "1"}, "pullquote-terminal"),
        ("light", {"NO_COLOR": "1"}, "pullquote-light"),
        ("light", {"PULLQUOTE_THEME": "dark"}, "pullquote-dark"),
        ("dark", {"PULLQUOTE_THEME": "nonsense"}, "pullquote-dark"),
    ],
)
def test_the_first_theme(chosen: str, env: dict[str, str], theme: str) -> None:
    assert first_theme(chosen, env) == theme


async def test_a_command_has_the_keys_the_user_gave_it(tables: None) -> None:
    keys = {"reader.page_down": "f,space", "everywhere.leave": "ctrl+x"}
    commands.rebind(keys)
    app = PullquoteApp(Path(), long_episode(), Settings(keys=keys))
    app.set_keymap(keys)
    async with app.run_test(size=(120, 30)) as pilot:
        assert isinstance(app.screen, ReaderScreen)
        top = app.screen.page.top_line
        await pilot.press("f")
        moved = app.screen.page.top_line
        assert moved > top
        await pilot.press("pagedown", "q")
        assert app.screen.page.top_line == moved
        assert app.is_running
        assert app.screen.hints.render_line(0).text.split()[:2] == ["f", "page"]


async def test_what_is_wrong_in_the_file_is_said() -> None:
    app = PullquoteApp(Path(), long_episode(), Settings(notices=("settings.toml: no theme “mauve”",)))
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await pilot.pause()
        assert any("mauve" in note.message for note in app._notifications)
