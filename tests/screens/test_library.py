"""The library through its keys."""

import threading
from pathlib import Path
from typing import Any

import pytest

from tests.screens.settling import settle
from tui.app import PullquoteApp
from tui.core import loading
from tui.core.beginning import first_episode
from tui.core.catalogue.rows import Row
from tui.screens.library import LibraryScreen
from tui.screens.reader.screen import ReaderScreen
from tui.widgets.episode_list import EpisodeList


def titles(screen: LibraryScreen) -> list[str]:
    return [line.title for line in screen.list.lines if isinstance(line, Row)]


def lines(screen: LibraryScreen) -> list[str]:
    shown = screen.query_one(EpisodeList)
    return [shown.render_line(y).text.rstrip() for y in range(shown.size.height)]


async def test_lists_titles_shows_dates_lengths(library: Path) -> None:
    app = PullquoteApp(library, None)
    async with app.run_test(size=(120, 20)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, LibraryScreen)
        assert set(titles(app.screen)) == {
            "How harbours silt up",
            "Ida Brandt on Paper Maps | Folded Podcast #12",
        }
        row = next(line for line in lines(app.screen) if "harbours" in line)
        assert "Low Water #7" in row
        assert "2024-02-11" in row
        assert "1 min" in row


async def test_opens_an_episode_and_comes_back(library: Path) -> None:
    app = PullquoteApp(library, None)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ReaderScreen)
        first = app.screen.episode.path
        await pilot.press("greater_than_sign")
        await settle(pilot)
        assert app.screen.episode.path != first
        await pilot.press("l")
        await settle(pilot)
        assert isinstance(app.screen, LibraryScreen)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, ReaderScreen)
        await pilot.press("less_than_sign")
        await settle(pilot)
        assert app.screen.episode.path == first


async def test_an_episode_left_is_reopened_where_it_was(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(f"# {name}\n\n" + "## Part\n\n" + "word " * 3000, encoding="utf-8")
    app = PullquoteApp(tmp_path, None)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ReaderScreen)
        await pilot.press("space", "space")
        place = app.screen.page.place
        await pilot.press("greater_than_sign")
        await settle(pilot)
        assert app.screen.page.place != place
        await pilot.press("less_than_sign")
        await settle(pilot)
        assert app.screen.page.place == place


@pytest.fixture
def small_library(tmp_path: Path) -> Path:
    for name in "abcd":
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\n## Part\n\nA word.\n", encoding="utf-8")
    return tmp_path


async def test_every_step_to_the_next_episode_counts_and_the_cursor_follows(small_library: Path) -> None:
    app = PullquoteApp(small_library, None)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ReaderScreen)
        for _ in range(2):
            app.screen.action_next_episode()
        app.screen.action_next_episode()
        for _ in range(3):
            await settle(pilot)
        assert app.screen.episode.path == small_library / "d.md"
        await pilot.press("l")
        await settle(pilot)
        assert app.screen.query_one(EpisodeList).chosen_path == small_library / "d.md"


async def test_what_was_chosen_last_is_opened_however_long_the_one_before_takes(
    small_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, load = threading.Event(), loading.loaded

    def slow_for_a(path: Path, **how: Any) -> loading.Loaded:
        if path.name == "a.md":
            may_go_on.wait(10)
        return load(path, **how)

    monkeypatch.setattr(loading, "loaded", slow_for_a)
    app = PullquoteApp(small_library, None)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter", "j", "enter")
        while not isinstance(app.screen, ReaderScreen):
            await pilot.pause()
        may_go_on.set()
        await settle(pilot)
        assert isinstance(app.screen, ReaderScreen)
        assert app.screen.episode.path == small_library / "b.md"


async def test_an_episode_that_went_has_no_neighbours(small_library: Path) -> None:
    app = PullquoteApp(*first_episode(small_library / "b.md", None)[:2])
    async with app.run_test(size=(80, 24)) as pilot:
        (small_library / "b.md").unlink()
        await pilot.press("greater_than_sign")
        await settle(pilot)
        assert [one.message for one in app._notifications] == [
            "This episode is not in the library; l lists those that are"
        ]


async def test_filters_by_typing_and_sorts(library: Path) -> None:
    app = PullquoteApp(library, None)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, LibraryScreen)
        await pilot.press("slash", *"WATER harb")
        await settle(pilot)
        assert titles(app.screen) == ["How harbours silt up"]
        await pilot.press("escape")
        await settle(pilot)
        assert len(titles(app.screen)) == 2
        orders = []
        for _ in range(5):
            await pilot.press("s")
            await settle(pilot)
            orders.append(titles(app.screen))
        assert orders[0] == sorted(orders[0])
        assert {tuple(order) for order in orders} == {tuple(orders[0]), tuple(reversed(orders[0]))}


async def test_enter_on_one_filtered_episode_opens_it(library: Path) -> None:
    app = PullquoteApp(library, None)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("slash", *"maps", "enter")
        await settle(pilot)
        assert isinstance(app.screen, ReaderScreen)


async def test_a_file_that_is_no_text_is_listed_with_the_reason(library: Path) -> None:
    (library / "noise.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    app = PullquoteApp(library, None)
    async with app.run_test(size=(120, 20)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, LibraryScreen)
        assert any("noise.txt" in line and "not a text file" in line for line in lines(app.screen))
        await pilot.press("G", "enter")
        await settle(pilot)
        assert isinstance(app.screen, LibraryScreen)


async def test_a_folder_that_vanishes_is_said_and_can_be_looked_at_again(
    library: Path, tmp_path: Path
) -> None:
    app = PullquoteApp(library, None)
    async with app.run_test(size=(100, 20)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, LibraryScreen)
        library.rename(tmp_path / "elsewhere")
        await pilot.press("r")
        await settle(pilot)
        assert "there is no folder" in str(app.screen.heading.render())
        assert len(titles(app.screen)) == 2
        assert app.screen.list.is_lost
        (tmp_path / "elsewhere").rename(library)
        await pilot.press("r")
        await settle(pilot)
        assert "2 episodes" in str(app.screen.heading.render())
        assert not app.screen.list.is_lost


def export(count: int) -> str:
    """A file of several episodes, as an app for podcasts writes them."""
    return "".join(
        f"# Tide {number}\n\n\n## Episode metadata\n- Episode title: Tide {number}\n- Show: Low Water\n"
        f"- Owner / Host: Ida Brandt\n\n\n## Snips\n\n\n### [0{number}:00] The step\n\n\n"
        f"[🎧 Play snip - 1min️ (0{number}:00 - 0{number}:50)](https://share.snipd.com/snip/{number})\n\n\n"
        f"- The water came up to step {number}.\n\n---\n\n"
        for number in range(1, count + 1)
    )


async def test_a_file_of_several_episodes_has_a_row_for_each(tmp_path: Path) -> None:
    for name in ("a.md", "z.md"):
        (tmp_path / name).write_text(f"# {name}\n\nWords.\n", encoding="utf-8")
    (tmp_path / "export.md").write_text(export(3), encoding="utf-8")
    app = PullquoteApp(tmp_path, None)
    async with app.run_test(size=(100, 20)) as pilot:
        await settle(pilot)
        shelf = app.screen
        assert isinstance(shelf, LibraryScreen)
        assert titles(shelf) == ["a.md", "Tide 1", "Tide 2", "Tide 3", "z.md"]
        assert "5 episodes" in str(shelf.heading.render())
        await pilot.press("j", "j", "enter")
        await settle(pilot)
        reader = app.screen
        assert isinstance(reader, ReaderScreen)
        assert reader.episode.path == tmp_path / "export.md" / "2"
        for key, path in ((">", "export.md/3"), (">", "z.md"), ("<", "export.md/3"), ("<", "export.md/2")):
            await pilot.press({">": "greater_than_sign", "<": "less_than_sign"}[key])
            await settle(pilot)
            assert reader.episode.path == tmp_path / path
        await pilot.press("l")
        await settle(pilot)
        assert shelf.list.cursor == 2
        (tmp_path / "export.md").write_text(export(2), encoding="utf-8")
        await pilot.press("r")
        await settle(pilot)
        assert titles(shelf) == ["a.md", "Tide 1", "Tide 2", "z.md"]
        assert shelf.list.cursor == 2


async def test_a_file_of_several_episodes_is_opened_as_a_library(tmp_path: Path) -> None:
    file = tmp_path / "export.md"
    file.write_text(export(3), encoding="utf-8")
    folder, episode, read = first_episode(file, None)
    assert (folder, episode, read) == (file, None, None)
    app = PullquoteApp(folder, None)
    async with app.run_test(size=(100, 20)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, LibraryScreen)
        assert titles(app.screen) == ["Tide 1", "Tide 2", "Tide 3"]
        await pilot.press("G", "enter")
        await settle(pilot)
        assert isinstance(app.screen, ReaderScreen)
        assert app.screen.episode.title == "Tide 3"


async def test_one_of_a_files_episodes_is_opened_by_its_path(tmp_path: Path) -> None:
    file = tmp_path / "export.md"
    file.write_text(export(3), encoding="utf-8")
    folder, episode, read = first_episode(file / "2", None)
    assert folder == file
    assert episode is not None
    assert episode.title == "Tide 2"
    app = PullquoteApp(folder, episode, None, read)
    async with app.run_test(size=(100, 20)) as pilot:
        await pilot.press("greater_than_sign")
        await settle(pilot)
        assert isinstance(app.screen, ReaderScreen)
        assert app.screen.episode.title == "Tide 3"
        await pilot.press("greater_than_sign")
        await settle(pilot)
        assert app.screen.episode.title == "Tide 3"


async def test_a_folder_of_one_episode_with_several_files_is_opened_at_once(tmp_path: Path) -> None:
    (tmp_path / "tides.md").write_text("# Tides\n\nWords.\n", encoding="utf-8")
    (tmp_path / "tides.chapters.json").write_text('{"chapters": []}', encoding="utf-8")
    folder, episode, read = first_episode(tmp_path, None)
    assert folder == tmp_path
    assert episode is not None
    assert episode.title == "Tides"
    assert read is not None
    assert [variant.label for variant in read.variants] == ["summary", "chapters"]
