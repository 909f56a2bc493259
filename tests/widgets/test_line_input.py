"""Pasting into the one-line fields."""

import pytest
from textual.app import App, ComposeResult
from textual.events import Paste
from textual.widgets.input import Selection

from tests.making import long_episode
from tests.screens.reading import reading
from tui.core.finding import LONGEST_QUERY
from tui.widgets.line_input import LineInput


class Form(App[None]):
    """One field that takes ten characters."""

    def compose(self) -> ComposeResult:
        """The field."""
        yield LineInput("abc", max_length=10, select_on_focus=False)


@pytest.mark.parametrize(
    ("pasted", "value"),
    [
        ("\nof\r\n two ", "abcof two"),
        ("", "abc"),
        (" \n ", "abc"),
        ("x" * 5000, "abcxxxxxxx"),
        ("one\ttwo", "abcone two"),
        ("\x1b\u202eof\x11", "abc␛of␑"),
        ("\n".join("abcdefg"), "abca b c d"),
    ],
)
async def test_what_is_pasted_is_one_line_as_long_as_there_is_room(pasted: str, value: str) -> None:
    app = Form()
    async with app.run_test() as pilot:
        field = app.query_one(LineInput)
        field.cursor_position = 3
        field.post_message(Paste(pasted))
        await pilot.pause()
        assert field.value == value


async def test_it_takes_the_place_of_what_is_selected() -> None:
    app = Form()
    async with app.run_test() as pilot:
        field = app.query_one(LineInput)
        field.selection = Selection(3, 1)
        field.post_message(Paste("0123456789012"))
        await pilot.pause()
        assert field.value == "a012345678"


async def test_a_quote_of_several_lines_is_looked_for_as_a_whole() -> None:
    async with reading(long_episode()) as (pilot, screen):
        await pilot.press("slash")
        screen.bar.query_one(LineInput).post_message(Paste("bitcoin\nfees "))
        await pilot.pause()
        assert screen.bar.text == "bitcoin fees"
        screen.bar.query_one(LineInput).post_message(Paste("x" * 5000))
        await pilot.pause()
        assert len(screen.bar.text) == LONGEST_QUERY
