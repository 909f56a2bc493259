"""The texts of one episode in the reader: which there are, and going from one to the other."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.screens.settling import settle
from tui.app import PullquoteApp
from tui.core.beginning import first_episode
from tui.core.episode import Place
from tui.screens.library import LibraryScreen
from tui.screens.reader.screen import ReaderScreen

PARTS = ("Silt", "Tides", "Wind", "Ships", "Maps")


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


@pytest.fixture
def tides(tmp_path: Path) -> Path:
    """A summary, its transcript, captions and chapters; and another episode."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    text = "".join(f"## {part}\n\n{'The water rose again. ' * 40}\n\n" for part in PARTS)
    (folder / "Tides.md").write_text(f"---\ntitle: Tides\nshow: Low Water\n---\n\n{text}", encoding="utf-8")
    turns = "".join(
        f"**{'Ida Brandt' if turn % 2 else 'Tom Reed'}:** [{clock(turn * 20)}] {'So it goes on. ' * 6}\n\n"
        for turn in range(90)
    )
    (folder / "Tides.transcript.md").write_text(turns, encoding="utf-8")
    cues = "".join(
        f"{cue}\n{clock(cue * 5)},000 --> {clock(cue * 5 + 4)},000\nThe step is wet, {cue}.\n\n"
        for cue in range(360)
    )
    (folder / "Tides.en.srt").write_text(cues, encoding="utf-8")
    chapters = [{"startTime": number * 360, "title": part} for number, part in enumerate(PARTS)]
    (folder / "Tides.chapters.json").write_text(json.dumps({"version": "1.2.0", "chapters": chapters}))
    (folder / "Wind.md").write_text("# Wind\n\nIt blows.\n", encoding="utf-8")
    return folder / "Tides.md"


@asynccontextmanager
async def reading(
    path: Path, size: tuple[int, int] = (100, 30)
) -> AsyncIterator[tuple[Pilot[None], ReaderScreen]]:
    folder, episode, read = first_episode(path, None)
    app = PullquoteApp(folder, episode, None, read)
    async with app.run_test(size=size) as pilot:
        assert isinstance(app.screen, ReaderScreen)
        yield pilot, app.screen


async def settled(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def head_lines(screen: ReaderScreen) -> list[str]:
    return [screen.head.render_line(y).text.strip() for y in range(screen.head.size.height)]


def page_lines(screen: ReaderScreen) -> list[str]:
    return [screen.page.render_line(y).text.rstrip() for y in range(screen.page.size.height)]


def hint_line(screen: ReaderScreen) -> str:
    return screen.hints.render_line(0).text


async def test_the_texts_are_named_and_the_next_is_a_hint(tides: Path) -> None:
    async with reading(tides) as (pilot, screen):
        assert head_lines(screen)[1] == "summary · transcript · captions · chapters"
        assert "Tab transcript" in hint_line(screen)
        await press(pilot, "tab")
        assert screen.episode.path.name == "Tides.transcript.md"
        assert head_lines(screen)[1] == "summary · transcript · captions · chapters"
        assert "Tab captions" in hint_line(screen)
        await press(pilot, "tab", "tab")
        assert screen.episode.path.name == "Tides.chapters.json"
        assert "Tab summary" in hint_line(screen)
        await press(pilot, "tab")
        assert screen.episode.path == tides
        await press(pilot, "shift+tab")
        assert screen.episode.path.name == "Tides.chapters.json"


async def test_an_only_text_has_no_line_and_no_hint(tides: Path) -> None:
    async with reading(tides.with_name("Wind.md")) as (pilot, screen):
        assert head_lines(screen)[1:] == [""]
        assert "Tab" not in hint_line(screen)
        before = page_lines(screen)
        await press(pilot, "tab")
        assert page_lines(screen) == before
        assert screen.focused is screen.page


async def test_coming_back_leads_exactly_to_where_one_was(tides: Path) -> None:
    async with reading(tides) as (pilot, screen):
        await press(
            pilot, "right_square_bracket", "right_square_bracket", "right_square_bracket", "j", "j", "k"
        )
        before, place = page_lines(screen), screen.page.place
        assert place.section == 2
        await press(pilot, "tab", "tab", "tab", "tab")
        assert (screen.page.place, page_lines(screen)) == (place, before)
        await press(pilot, "tab", "tab", "shift+tab", "shift+tab")
        assert (screen.page.place, page_lines(screen)) == (place, before)


async def test_the_place_is_kept_by_heading_and_by_time(tides: Path) -> None:
    async with reading(tides) as (pilot, screen):
        await press(pilot, "right_square_bracket", "right_square_bracket", "right_square_bracket")
        assert screen.page.place == Place(2, -1)
        await press(pilot, "tab")
        # The chapters beside the transcript are its outline.
        assert screen.episode.sections[screen.page.place.section].title == "Wind"
        await press(pilot, "right_square_bracket", "tab")
        assert screen.episode.path.name == "Tides.en.srt"
        section = screen.episode.sections[screen.page.place.section]
        assert section.title == "Ships"
        await press(pilot, "tab")
        assert screen.episode.sections[screen.page.place.section].start_s == 3 * 360
        await press(pilot, "tab")
        assert screen.page.place == Place(3, -1)


async def test_what_was_read_on_in_one_text_is_where_the_other_opens(tides: Path) -> None:
    async with reading(tides) as (pilot, screen):
        await press(pilot, "tab", "G", "tab", "tab", "tab")
        assert screen.episode.path == tides
        assert screen.page.place.section == len(PARTS) - 1


async def test_keys_pressed_fast_lead_as_far_as_they_would_slowly(tides: Path) -> None:
    async with reading(tides) as (pilot, screen):
        await pilot.press("tab", "tab", "tab")
        await settled(pilot)
        assert screen.episode.path.name == "Tides.chapters.json"


async def test_a_name_can_be_clicked(tides: Path) -> None:
    async with reading(tides, (60, 20)) as (pilot, screen):
        line = screen.head.render_line(1).text
        await pilot.click(screen.head, offset=(line.index("captions") + 1, 1))
        await settled(pilot)
        assert screen.episode.path.name == "Tides.en.srt"
        await pilot.click(screen.head, offset=(line.index("·"), 1))
        await pilot.click(screen.head, offset=(line.index("captions"), 0))
        await settled(pilot)
        assert screen.episode.path.name == "Tides.en.srt"


async def test_a_text_that_has_gone_is_said(tides: Path) -> None:
    async with reading(tides) as (pilot, screen):
        tides.with_name("Tides.transcript.md").unlink()
        await press(pilot, "tab")
        assert screen.episode.path == tides
        assert any("there is no" in notice.message for notice in pilot.app._notifications)
        await press(pilot, "r")
        assert head_lines(screen)[1] == "summary · captions · chapters"
        await press(pilot, "tab")
        assert screen.episode.path.name == "Tides.en.srt"


async def test_other_episodes_come_after_all_texts_of_this_one(tides: Path) -> None:
    async with reading(tides) as (pilot, screen):
        await press(pilot, "tab", "greater_than_sign")
        assert screen.episode.path.name == "Wind.md"
        assert head_lines(screen)[1:] == [""]
        await press(pilot, "less_than_sign")
        assert screen.episode.path == tides
        await press(pilot, "tab", "l")
        shelf = pilot.app.screen
        assert isinstance(shelf, LibraryScreen)
        await settle(pilot)
        assert [row.title for row in shelf.rows] == ["Tides", "Wind"]
        assert shelf.list.cursor == 0
        await press(pilot, "enter")
        assert screen.is_current
        assert screen.episode.path.name == "Tides.transcript.md"
