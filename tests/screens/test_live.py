"""What changes on the disk while the program runs."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.screens.settling import settle, wait_for
from tui.app import PullquoteApp
from tui.core import settling
from tui.core.beginning import first_episode
from tui.core.catalogue.rows import Row
from tui.core.episode import Episode, Place
from tui.messages import LibraryChanged
from tui.screens.library import LibraryScreen
from tui.screens.reader import following
from tui.screens.reader.screen import ReaderScreen


def put(path: Path, title: str, *words: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f"\n## {word.split()[0]}\n\n{word}\n" for word in words or ("Words.",))
    path.write_text(f"# {title}\n{text}", encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in "abcde":
        put(tmp_path / "shelf" / f"{name}.md", name.upper())
    return tmp_path / "shelf"


@asynccontextmanager
async def listing(folder: Path) -> AsyncIterator[tuple[Pilot[None], LibraryScreen]]:
    app = PullquoteApp(folder, None)
    async with app.run_test(size=(80, 20)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, LibraryScreen)
        yield pilot, app.screen


def titles(screen: LibraryScreen) -> list[str]:
    return [line.title for line in screen.list.lines if isinstance(line, Row)]


def chosen(screen: LibraryScreen) -> str:
    line = screen.list.chosen
    assert isinstance(line, Row)
    return line.title


async def change(pilot: Pilot[None]) -> None:
    """Have the program told that something has changed, and take it in."""
    pilot.app.post_message(LibraryChanged())
    await pilot.pause()
    await settle(pilot)


def notices(pilot: Pilot[None]) -> list[str]:
    return [notice.message for notice in pilot.app._notifications]


async def test_files_that_come_change_move_and_go_are_listed_by_themselves(folder: Path) -> None:
    async with listing(folder) as (pilot, screen):
        app = pilot.app
        assert isinstance(app, PullquoteApp)
        await wait_for(pilot, lambda: app.files_watch is not None and app.files_watch.has_begun)
        await settle(pilot)
        await pilot.press("j", "j")
        assert chosen(screen) == "C"
        put(folder / "aa.md", "AA")
        await wait_for(pilot, lambda: "AA" in titles(screen))
        put(folder / "b.md", "Another B")
        await wait_for(pilot, lambda: "Another B" in titles(screen))
        (folder / "a.md").unlink()
        await wait_for(pilot, lambda: "A" not in titles(screen))
        assert chosen(screen) == "C"
        (folder / "sub").mkdir()
        (folder / "c.md").rename(folder / "sub" / "c.md")
        await wait_for(pilot, lambda: titles(screen) == ["AA", "Another B", "D", "E", "C"])
        assert chosen(screen) == "C"
        # A folder that is new is watched, too.
        await settle(pilot)
        put(folder / "sub" / "f.md", "F")
        await wait_for(pilot, lambda: "F" in titles(screen))
        assert notices(pilot) == []


async def test_what_has_gone_leaves_the_cursor_in_its_place(folder: Path) -> None:
    async with listing(folder) as (pilot, screen):
        await pilot.press("j", "j")
        (folder / "c.md").unlink()
        await change(pilot)
        assert (chosen(screen), titles(screen)) == ("D", ["A", "B", "D", "E"])
        for name in "abd":
            (folder / f"{name}.md").unlink()
        await change(pilot)
        assert chosen(screen) == "E"


async def test_a_folder_that_vanishes_is_shown_as_it_was_and_returns_by_itself(folder: Path) -> None:
    async with listing(folder) as (pilot, screen):
        app = pilot.app
        assert isinstance(app, PullquoteApp)
        await wait_for(pilot, lambda: app.files_watch is not None and app.files_watch.has_begun)
        away = folder.with_name("away")
        folder.rename(away)
        await wait_for(pilot, lambda: "there is no folder" in str(screen.heading.render()))
        assert screen.list.is_lost
        assert titles(screen) == ["A", "B", "C", "D", "E"]
        put(away / "f.md", "F")
        away.rename(folder)
        await wait_for(pilot, lambda: "F" in titles(screen))
        assert not screen.list.is_lost


async def test_an_emptied_folder_says_so_and_fills_again(folder: Path) -> None:
    async with listing(folder) as (pilot, screen):
        shutil.rmtree(folder)
        folder.mkdir()
        await change(pilot)
        assert "no episodes" in str(screen.heading.render())
        put(folder / "z.md", "Z")
        await change(pilot)
        assert titles(screen) == ["Z"]


# The episode that is open


@asynccontextmanager
async def reading(path: Path) -> AsyncIterator[tuple[Pilot[None], ReaderScreen]]:
    folder, episode, read = first_episode(path, None)
    app = PullquoteApp(folder, episode, None, read)
    async with app.run_test(size=(80, 12)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, ReaderScreen)
        yield pilot, app.screen


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files settle sooner."""
    monkeypatch.setattr(settling, "SETTLED_S", 0.02)
    monkeypatch.setattr(settling, "STEP_S", 0.005)


NAMES = ("Silt", "Tides", "Wind", "Ships", "Maps", "Fog")
PARTS = tuple(f"{name} was told of: {f'the {name.lower()} went on and on. ' * 40}" for name in NAMES)


@pytest.mark.usefixtures("quick")
async def test_a_changed_file_is_read_again_where_its_words_are_now(tmp_path: Path) -> None:
    path = put(tmp_path / "talk.md", "Talk", *PARTS)
    async with reading(path) as (pilot, screen):
        await change(pilot)
        assert notices(pilot) == []
        screen.page.go(Place(3, 0, PARTS[3].index("the ships")))
        await pilot.pause()
        before = screen.page.render_line(0).text
        put(path, "Talk", "New at the top.", "And this.", *PARTS)
        await change(pilot)
        assert len(screen.episode.sections) == 8
        assert screen.page.render_line(0).text == before
        assert screen.page.place.section == 5
        assert notices(pilot) == [following.CHANGED]
        put(path, "Talk", "Again.", *PARTS)
        await change(pilot)
        assert screen.page.place.section == 4
        assert notices(pilot) == [following.CHANGED]


@pytest.mark.usefixtures("quick")
async def test_a_removed_file_stays_readable_and_works_again_when_it_returns(tmp_path: Path) -> None:
    path = put(tmp_path / "talk.md", "Talk", *PARTS)
    away = tmp_path / "away"
    async with reading(path) as (pilot, screen):
        path.rename(away)
        await change(pilot)
        await change(pilot)
        assert notices(pilot) == [following.GONE]
        await pilot.press("space", "slash", *"fog", "enter")
        assert screen.episode.title == "Talk"
        away.rename(path)
        await change(pilot)
        put(path, "Another", *PARTS)
        await change(pilot)
        assert screen.episode.title == "Another"
        assert notices(pilot) == [following.CHANGED]


@pytest.mark.usefixtures("quick")
async def test_half_a_file_and_an_emptied_one_are_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path / "talk.md", "Talk", *PARTS)
    whole = path.read_bytes()
    shown: list[int] = []
    real = ReaderScreen._show

    def show(screen: ReaderScreen, episode: Episode, *how: Any) -> None:
        shown.append(episode.words)
        real(screen, episode, *how)

    monkeypatch.setattr(ReaderScreen, "_show", show)
    async with reading(path) as (pilot, screen):
        monkeypatch.setattr(settling, "SETTLED_S", 0.3)
        for size in range(0, len(whole), len(whole) // 8):
            path.write_bytes(whole[:size])
            pilot.app.post_message(LibraryChanged())
            await pilot.pause(0.02)
        path.write_bytes(whole + b"\n\n## The end\n\nThe last words.\n")
        await change(pilot)
        assert screen.episode.sections[-1].title == "The end"
        assert shown == [screen.episode.words]
        monkeypatch.setattr(settling, "SETTLED_S", 0.02)
        path.write_bytes(b"")
        await change(pilot)
        assert screen.episode.sections[-1].title == "The end"
        assert notices(pilot) == [following.EMPTY]
        path.write_bytes(bytes(2000))
        await change(pilot)
        assert screen.episode.sections[-1].title == "The end"
        assert notices(pilot) == [following.UNREADABLE]


@pytest.mark.usefixtures("quick")
async def test_what_is_selected_does_not_change_under_the_readers_fingers(tmp_path: Path) -> None:
    path = put(tmp_path / "talk.md", "Talk", *PARTS)
    async with reading(path) as (pilot, screen):
        await pilot.press("v")
        assert screen.page.selection is not None
        put(path, "Talk", "New.", *PARTS)
        await change(pilot)
        assert screen.page.selection is not None
        assert len(screen.episode.sections) == 6
        await pilot.press("escape")
        await wait_for(pilot, lambda: len(screen.episode.sections) == 7)


@pytest.mark.usefixtures("quick")
async def test_other_files_that_change_leave_the_episode_alone(tmp_path: Path) -> None:
    path = put(tmp_path / "talk.md", "Talk", *PARTS)
    async with reading(path) as (pilot, screen):
        before = screen.episode
        put(tmp_path / "other.md", "Other")
        os.utime(path)
        await change(pilot)
        await change(pilot)
        assert screen.episode is before
        assert notices(pilot) == []


async def test_what_came_from_standard_input_has_no_file_to_follow(tmp_path: Path) -> None:
    folder, episode, read = first_episode(Path("-"), b"# Talk\n\nWords.\n")
    app = PullquoteApp(folder, episode, None, read)
    async with app.run_test(size=(80, 12)) as pilot:
        await change(pilot)
        assert notices(pilot) == []
