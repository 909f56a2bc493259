"""The export dialog through its keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.core.notebook.making import MAPS, highlight
from tests.making import long_episode
from tui.app import PullquoteApp
from tui.core.notebook.exports.values import ExportSettings
from tui.core.notebook.values import Highlight
from tui.core.quotes import QuoteSettings
from tui.screens.export import ExportScreen, Scope, Taken

SELECTED = [highlight("a", "One strand breaks.", note="Ask [/] him."), highlight("b", "Two hold.", MAPS)]
LIBRARY = [*SELECTED, highlight("c", "Three never do.")]


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


class Offered:
    """The dialog, and what came of it."""

    def __init__(self, folder: Path, settings: ExportSettings | None = None) -> None:
        self.scopes = [Scope("selected", lambda: SELECTED), Scope("whole library", lambda: LIBRARY)]
        self.screen = ExportScreen(self.scopes, settings or ExportSettings(), folder)
        self.taken: list[Taken | None] = []
        self.app = PullquoteApp(folder, long_episode(2))

    async def open(self, pilot: Pilot[None]) -> None:
        await self.app.push_screen(self.screen, self.taken.append)
        await settle(pilot)

    @property
    def said(self) -> str:
        return str(self.screen.said.render())

    @property
    def shown(self) -> str:
        return str(self.screen.preview.render())


@pytest.fixture
def offer(tmp_path: Path) -> Callable[..., Offered]:
    return lambda **settings: Offered(tmp_path / "exports", **settings)


async def test_a_format_is_shown_with_what_it_is_for_and_where_it_goes(offer: Callable[..., Offered]) -> None:
    dialog = offer()
    async with dialog.app.run_test(size=(100, 30)) as pilot:
        await dialog.open(pilot)
        assert "> One strand breaks." in dialog.shown
        assert dialog.screen.path_field.value == str(dialog.screen.folder)
        await pilot.press("j", "j")
        await settle(pilot)
        assert '"text": "Two hold."' in dialog.shown
        assert "imported again" in str(dialog.screen.about.render())
        assert dialog.screen.path_field.value == str(dialog.screen.folder / "highlights.json")


async def test_enter_twice_writes_it(offer: Callable[..., Offered]) -> None:
    dialog = offer()
    async with dialog.app.run_test(size=(100, 30)) as pilot:
        await dialog.open(pilot)
        await pilot.press("j", "j", "enter", "enter")
        await settle(pilot)
        (taken,) = dialog.taken
        assert taken is not None
        assert taken.said.startswith("2 highlights written to ")
        assert "Two hold." in (dialog.screen.folder / "highlights.json").read_text()


async def test_a_folder_gets_a_file_for_each_episode(offer: Callable[..., Offered]) -> None:
    dialog = offer()
    async with dialog.app.run_test(size=(100, 30)) as pilot:
        await dialog.open(pilot)
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert len(list(dialog.screen.folder.glob("*.md"))) == 2
        assert dialog.taken[0] == Taken(
            said=f"2 highlights written to 2 files in {dialog.screen.folder}", folder=dialog.screen.folder
        )


async def test_what_is_there_is_replaced_only_when_asked_twice(offer: Callable[..., Offered]) -> None:
    dialog = offer()
    file = dialog.screen.folder / "highlights.json"
    dialog.screen.folder.mkdir()
    file.write_text("mine")
    async with dialog.app.run_test(size=(100, 30)) as pilot:
        await dialog.open(pilot)
        await pilot.press("j", "j", "enter", "enter")
        await settle(pilot)
        assert "is there already" in dialog.said
        assert file.read_text() == "mine"
        # Another path is another question.
        await pilot.press("x", "backspace", "enter")
        await settle(pilot)
        assert file.read_text() == "mine"
        await pilot.press("enter")
        await settle(pilot)
        assert "Two hold." in file.read_text()


async def test_tab_takes_more_and_shift_tab_less(offer: Callable[..., Offered]) -> None:
    dialog = offer()
    async with dialog.app.run_test(size=(100, 30)) as pilot:
        await dialog.open(pilot)
        assert "selected 2" in str(dialog.screen.scope_line.render())
        assert "Three never do." not in dialog.shown
        await pilot.press("tab")
        await settle(pilot)
        assert "whole library 3" in str(dialog.screen.scope_line.render())
        assert "Three never do." in dialog.shown
        await pilot.press("shift+tab", "y")
        await settle(pilot)
        (taken,) = dialog.taken
        assert taken is not None
        assert "Two hold." in taken.text
        assert "Three" not in taken.text


async def test_a_package_is_no_text_to_copy(offer: Callable[..., Offered]) -> None:
    dialog = offer()
    async with dialog.app.run_test(size=(100, 30)) as pilot:
        await dialog.open(pilot)
        while dialog.screen.format.name != "anki":
            await pilot.press("j")
        await settle(pilot)
        assert "Two hold." in dialog.shown
        await pilot.press("y")
        assert "can only be written" in dialog.said
        assert not dialog.taken


async def test_letters_in_the_path_are_letters_and_escape_goes_back_step_by_step(
    offer: Callable[..., Offered],
) -> None:
    dialog = offer()
    async with dialog.app.run_test(size=(100, 30)) as pilot:
        await dialog.open(pilot)
        await pilot.press("enter", *"qjyE:?")
        assert dialog.screen.path_field.value.endswith("exportsqjyE:?")
        await pilot.press("escape", "j")
        assert dialog.screen.format.name == "text"
        # What was typed stays, whatever the format.
        assert dialog.screen.path_field.value.endswith("exportsqjyE:?")
        assert not dialog.taken
        await pilot.press("escape")
        await settle(pilot)
        assert dialog.taken == [None]


async def test_tab_completes_a_path(offer: Callable[..., Offered]) -> None:
    dialog = offer()
    (dialog.screen.folder / "Notes of mine").mkdir(parents=True)
    async with dialog.app.run_test(size=(100, 30)) as pilot:
        await dialog.open(pilot)
        await pilot.press("enter", *"/No", "tab")
        assert dialog.screen.path_field.value == f"{dialog.screen.folder}/Notes of mine/"


async def test_why_it_can_t_be_written_is_said_in_a_line(
    offer: Callable[..., Offered], tmp_path: Path
) -> None:
    dialog = offer()
    dialog.screen.folder.touch()
    async with dialog.app.run_test(size=(100, 30)) as pilot:
        await dialog.open(pilot)
        await pilot.press("j", "j", "enter", "enter")
        await settle(pilot)
        assert "exports" in dialog.said
        assert "\n" not in dialog.said
        assert not dialog.taken
        await pilot.press("ctrl+u", "enter")
        assert dialog.said == "Say where to: a file, or a folder"


async def test_a_template_that_is_wrong_says_so_in_the_preview(offer: Callable[..., Offered]) -> None:
    templates = (("broken", "{% if %}"),)
    dialog = offer(settings=ExportSettings(QuoteSettings(templates=templates)))
    async with dialog.app.run_test(size=(100, 30)) as pilot:
        await dialog.open(pilot)
        await pilot.press("k")
        await settle(pilot)
        assert dialog.screen.format.name == "broken"
        assert dialog.screen.preview.has_class("-problem")
        await pilot.press("y")
        await settle(pilot)
        assert "broken" in dialog.said


async def test_of_nothing_nothing_is_written(tmp_path: Path) -> None:
    def nothing() -> list[Highlight]:
        return []

    app = PullquoteApp(tmp_path, long_episode(2))
    screen = ExportScreen([Scope("this episode", nothing)], ExportSettings(), tmp_path / "exports")
    async with app.run_test(size=(100, 30)) as pilot:
        await app.push_screen(screen)
        await settle(pilot)
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert str(screen.said.render()) == "There are no highlights to take away"
        assert not (tmp_path / "exports").exists()
