"""The reader through its keys: what is shown, where it is, what is said."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.making import bullet, episode, long_episode, section
from tui.app import PullquoteApp
from tui.core.episode import Episode, Place
from tui.screens.reader.screen import ReaderScreen
from tui.widgets.outline import Outline
from tui.widgets.page import Page

SILT = episode(
    section(0, "Silt", "The river brings silt all year. " * 20),
    section(1, "The dredger", "It takes the silt away.", bullet("Never ends."), part="Ida Brandt"),
    section(2, "Silt", "Another heading of the same name. " * 30, part="Ida Brandt"),
    section(3, "Tides", "Twice a day. " * 60, part="Ida Brandt"),
)


@asynccontextmanager
async def reading(
    shown: Episode, size: tuple[int, int] = (100, 30), folder: Path = Path()
) -> AsyncIterator[tuple[Pilot[None], ReaderScreen]]:
    app = PullquoteApp(folder, shown)
    async with app.run_test(size=size) as pilot:
        assert isinstance(app.screen, ReaderScreen)
        yield pilot, app.screen


def page_lines(screen: ReaderScreen) -> list[str]:
    page = screen.page
    return [page.render_line(y).text.strip() for y in range(page.size.height)]


def outline_lines(screen: ReaderScreen) -> list[str]:
    outline = screen.outline
    return [outline.render_line(y).text.rstrip() for y in range(outline.size.height)]


async def test_the_first_frame_has_the_text() -> None:
    async with reading(SILT) as (_, screen):
        assert "Silt" in page_lines(screen)
        assert any(line.startswith("The river brings silt") for line in page_lines(screen))
        assert screen.focused is screen.page


@pytest.mark.parametrize(
    ("there", "back"),
    [
        ("j", "k"),
        ("down", "up"),
        ("d", "u"),
        ("space", "b"),
        ("pagedown", "pageup"),
        ("G", "g"),
        ("end", "home"),
    ],
)
async def test_every_way_down_has_its_way_up(there: str, back: str) -> None:
    async with reading(long_episode()) as (pilot, screen):
        top = screen.page.top_line
        await pilot.press(there)
        assert screen.page.top_line > top
        await pilot.press(back)
        assert screen.page.top_line == top


async def test_a_page_keeps_two_lines_and_marks_where_the_last_one_ended() -> None:
    async with reading(long_episode()) as (pilot, screen):
        before = page_lines(screen)
        await pilot.press("space")
        after = page_lines(screen)
        assert after[:2] == [line.removeprefix("╶ ") for line in before[-2:]]
        assert sum(line.startswith("╶") for line in after) == 1


async def test_the_last_page_stops_at_the_last_line() -> None:
    async with reading(long_episode()) as (pilot, screen):
        await pilot.press("G", "space", "j")
        assert page_lines(screen)[-1].endswith("word11x119")


async def test_sections_are_stepped_through_and_the_outline_follows() -> None:
    async with reading(SILT) as (pilot, screen):
        await pilot.press("right_square_bracket")
        assert page_lines(screen)[0] == "Silt"
        await pilot.press("right_square_bracket", "right_square_bracket")
        assert (screen.page.place.section, screen.outline.current) == (2, 2)
        assert page_lines(screen)[0] == "Silt"
        await pilot.press("j", "left_square_bracket")
        assert screen.page.place == Place(2, -1, 0)
        await pilot.press("left_square_bracket")
        assert screen.page.place.section == 1


async def test_the_outline_jumps_by_ordinal_although_headings_repeat() -> None:
    async with reading(SILT) as (pilot, screen):
        await pilot.press("o", "G", "k", "enter")
        assert screen.page.place == Place(2, -1, 0)
        assert screen.focused is screen.page
        await pilot.press("ctrl+o")
        assert screen.page.place == Place()


async def test_the_outline_folds_and_filters() -> None:
    async with reading(SILT) as (pilot, screen):
        await pilot.press("o")
        assert sum("Silt" in line for line in outline_lines(screen)) == 2
        await pilot.press("asterisk")
        assert not any("Tides" in line for line in outline_lines(screen))
        await pilot.press("asterisk", "slash", *"tid")
        assert not any("Silt" in line for line in outline_lines(screen))
        await pilot.press("enter")
        assert screen.page.place == Place(3, -1, 0)
        assert any("Silt" in line for line in outline_lines(screen))


async def test_what_was_read_is_ticked_and_what_was_jumped_over_is_not() -> None:
    async with reading(SILT) as (pilot, screen):
        await pilot.press("G")
        assert screen.page.read_sections == set()
        await pilot.press("g", "space", "space", "space", "space", "space")
        assert screen.page.read_sections == {0, 1, 2, 3}
        assert sum("✓" in line for line in outline_lines(screen)) == 4


async def test_find_goes_to_the_first_hit_while_typing_and_escape_goes_back() -> None:
    async with reading(SILT) as (pilot, screen):
        await pilot.press("right_square_bracket", "j")
        before = screen.page.place
        await pilot.press("slash", *"twice")
        await pilot.pause()
        hits = screen.page.hits
        assert hits is not None
        assert len(hits) == 60
        assert screen.page.is_in_sight(hits.place(0))
        assert any("60" in line for line in outline_lines(screen))
        await pilot.press("escape")
        assert screen.page.place == before
        assert screen.page.hits is None


async def test_enter_stays_and_n_goes_on_and_says_when_it_wraps() -> None:
    async with reading(SILT) as (pilot, screen):
        await pilot.press("slash", *"same name", "enter", "n")
        assert screen.page.current_hit == 1
        await pilot.press("N", "N")
        assert screen.page.current_hit == 29
        assert "from the end again" in screen.bar.status
        await pilot.press("n")
        assert "from the top again · 1 / 30" in screen.bar.status
        await pilot.press("escape")
        assert screen.page.hits is None


async def test_what_is_not_found_is_said_and_moves_nothing() -> None:
    async with reading(SILT) as (pilot, screen):
        await pilot.press("slash", *"zzz")
        assert "not found" in screen.bar.status
        assert screen.page.place == Place()


async def test_a_bad_pattern_is_told_in_the_bar() -> None:
    async with reading(SILT) as (pilot, screen):
        await pilot.press("slash", "ctrl+r", "left_parenthesis")
        await screen.workers.wait_for_complete()
        await pilot.pause()
        assert "pattern" in screen.bar.status
        await pilot.press("backspace", *"t[io]d")
        await screen.workers.wait_for_complete()
        await pilot.pause()
        assert "1 / 1" in screen.bar.status


async def test_earlier_searches_come_back() -> None:
    async with reading(SILT) as (pilot, screen):
        await pilot.press("slash", *"silt", "enter", "slash", *"tide", "enter", "slash", "up", "up")
        assert screen.bar.text == "silt"
        await pilot.press("down", "down")
        assert screen.bar.text == ""


async def test_letters_typed_into_the_bar_are_no_commands() -> None:
    async with reading(SILT) as (pilot, screen):
        await pilot.press("slash", *"qy?:")
        assert screen.is_running
        assert screen.bar.text == "qy?:"


async def test_the_place_survives_resizing() -> None:
    async with reading(long_episode(), size=(120, 36)) as (pilot, screen):
        await pilot.press("space", "space", "space")
        place = screen.page.place
        for size in [(50, 20), (200, 60), (33, 9), (120, 36)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert screen.page.place == place
        assert screen.page.typesetter.place(screen.page.top_line) == place


async def test_the_column_widens_and_narrows_around_the_place() -> None:
    async with reading(long_episode(), size=(140, 30)) as (pilot, screen):
        await pilot.press("space", "minus", "minus")
        place = screen.page.place
        assert screen.page.typesetter.width == 62
        await pilot.press("plus")
        assert screen.page.typesetter.width == 66
        assert screen.page.place == place


async def test_justified_lines_end_at_the_edge() -> None:
    async with reading(SILT) as (pilot, screen):
        await pilot.press("J")
        widths = {
            len(line) for line in page_lines(screen) if line.startswith(("The river", "brings", "all year"))
        }
        assert widths == {screen.page.typesetter.width}


async def test_a_narrow_terminal_shows_the_outline_over_the_text_on_demand() -> None:
    async with reading(SILT, size=(50, 20)) as (pilot, screen):
        assert not screen.query_one(Outline).display
        await pilot.press("o")
        assert screen.query_one(Outline).display
        assert screen.query_one(Page).size.width == 50
        await pilot.press("escape")
        assert not screen.query_one(Outline).display


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (20, 5), (29, 30), (80, 3)])
async def test_a_tiny_terminal_gets_a_message(size: tuple[int, int]) -> None:
    async with reading(SILT, size=size) as (pilot, screen):
        assert screen.query_one("#too-small").display
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert not screen.query_one("#too-small").display
        assert "Silt" in page_lines(screen)


async def test_focus_mode_leaves_only_the_text() -> None:
    async with reading(SILT) as (pilot, screen):
        await pilot.press("z")
        assert screen.page.size.width == 100
        await pilot.press("z")
        assert screen.page.size.width < 100


async def test_reloading_keeps_the_place(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    text = "# Notes\n\n" + "".join(f"## Part {n}\n\n" + f"line{n} " * 200 + "\n\n" for n in range(9))
    path.write_text(text, encoding="utf-8")
    from tui.core.reading import read_episode

    async with reading(read_episode(path)) as (pilot, screen):
        await pilot.press("space", "space", "space")
        place = screen.page.place
        path.write_text(text + "## New\n\nAdded since.\n", encoding="utf-8")
        await pilot.press("r")
        await screen.workers.wait_for_complete()
        await pilot.pause()
        assert screen.page.place == place
        assert screen.episode.sections[-1].title == "New"
        path.unlink()
        await pilot.press("r")
        assert screen.page.place == place


async def test_themes_change_and_come_round() -> None:
    async with reading(SILT) as (pilot, screen):
        first = screen.app.theme
        seen = {first}
        for _ in range(2):
            await pilot.press("T")
            seen.add(screen.app.theme)
            assert "Silt" in page_lines(screen)
        await pilot.press("T")
        assert len(seen) == 3
        assert screen.app.theme == first


async def test_markup_in_a_file_is_shown_letter_for_letter() -> None:
    evil = episode(
        section(0, "[/] [red]x[/red] [@click=app.quit]", "[b [/foo] [link=x]y[/link]"),
        title="[/]",
        show="[/b]",
    )
    async with reading(evil) as (pilot, screen):
        assert any("[@click=app.quit]" in line for line in page_lines(screen))
        await pilot.press("o", "enter", "slash", *"[/foo]", "enter", "y")
        await pilot.pause()
        assert screen.page.current_hit == 0


async def test_help_shows_every_key_and_goes_back() -> None:
    async with reading(SILT) as (pilot, screen):
        await pilot.press("question_mark")
        assert pilot.app.screen is not screen
        await pilot.press("G", "g", "escape")
        assert pilot.app.screen is screen


async def test_n_goes_on_from_where_the_reader_is() -> None:
    async with reading(long_episode()) as (pilot, screen):
        await pilot.press("slash", *"heading", "enter", "G", "N")
        assert screen.page.current_hit == 10
        await pilot.press("g", "n")
        assert screen.page.current_hit == 0


async def test_a_click_on_the_bar_opens_it() -> None:
    async with reading(SILT) as (pilot, screen):
        await pilot.click(screen.bar, offset=(5, 0))
        assert screen.bar.is_open
        await pilot.press(*"tide")
        assert screen.bar.text == "tide"


async def test_the_keyboard_survives_a_tiny_window() -> None:
    async with reading(long_episode()) as (pilot, screen):
        await pilot.resize_terminal(20, 4)
        await pilot.pause()
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        top = screen.page.top_line
        await pilot.press("j")
        assert screen.page.top_line > top
