"""Where an episode is left, what was read of it, and whether it is finished."""

import os
import time
from pathlib import Path

import pytest

from tests.making import episode, long_episode, section
from tests.screens.marking import reading
from tui.app import PullquoteApp
from tui.core.beginning import first_episode
from tui.core.episode import Place
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.values import ReadingState
from tui.core.reading import read_episode
from tui.screens.library import LibraryScreen

LONG = long_episode()


def state() -> ReadingState | None:
    """What the notebook says of the long episode."""
    found = Notebook().reading_of(LONG)
    return found.state if found is not None else None


def book(path: Path, *, parts: int = 12, before: str = "") -> Path:
    texts = (" ".join(f"word{part}x{word}" for word in range(150)) for part in range(parts))
    sections = "".join(f"## Part {part}\n\n{text}\n\n" for part, text in enumerate(texts))
    path.write_text(f"# A book\n\n{before}{sections}", encoding="utf-8")
    return path


async def test_an_episode_opens_exactly_where_it_was_left() -> None:
    async with reading(LONG) as reader:
        await reader.pilot.press("space", "space", "j", "j", "j")
        place, lines = reader.screen.page.place, reader.lines
        read = set(reader.screen.page.read_sections)
        assert place.offset > 0
    app = PullquoteApp(Path(), LONG)
    assert app.reader is not None
    assert app.reader.page.place == place  # before there is a first frame
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        shown = [app.reader.page.render_line(y).text.rstrip() for y in range(app.reader.page.size.height)]
        assert [line.replace("╶", " ") for line in shown] == [line.replace("╶", " ") for line in lines]
        assert app.reader.page.read_sections == read != set()
        assert "✓" in app.reader.outline.render_line(3).text


async def test_the_first_lines_above_everything_come_back_too() -> None:
    async with reading(LONG) as reader:
        await reader.pilot.press("space", "b", "G", "g")
    async with reading(LONG) as again:
        assert again.screen.page.place == Place()
        assert "On Harbours" in "".join(again.lines)


async def test_the_place_is_kept_while_reading_not_only_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.reader.keeping.KEEP_AFTER_S", 0.01)
    async with reading(LONG) as reader:
        await reader.pilot.press("space", "space")
        await reader.pilot.pause(0.05)
        await reader.settle()
        found = Notebook().of_episode(LONG)
        assert found.place == reader.screen.page.place
        assert found.reading is not None
        assert found.reading.share == pytest.approx(reader.screen.page.share)
        assert found.reading.state is ReadingState.READING


async def test_the_place_survives_an_edit_above_it(tmp_path: Path) -> None:
    path = book(tmp_path / "book.md")
    async with reading(read_episode(path)) as reader:
        await reader.pilot.press("space", "space", "space", "j")
        words = reader.lines[4:8]
    book(path, before="Words that were not there. " * 90 + "\n\n## New\n\nMore.\n\n")
    async with reading(read_episode(path)) as again:
        assert again.lines[4:8] == words


async def test_leaving_an_episode_keeps_its_place(tmp_path: Path) -> None:
    one, two = book(tmp_path / "one.md"), book(tmp_path / "two.md", parts=3)
    async with reading(read_episode(one), folder=tmp_path) as reader:
        await reader.pilot.press("space", "space")
        place = reader.screen.page.place
        await reader.press("greater_than_sign")
        assert reader.screen.episode.path == two
        found = Notebook().of_episode(read_episode(one))
        assert found.place == place
        await reader.press("space", "less_than_sign")
        assert reader.screen.page.place == place


async def test_another_episode_opens_where_it_was_left_in_an_earlier_run(tmp_path: Path) -> None:
    one, two = book(tmp_path / "one.md"), book(tmp_path / "two.md")
    async with reading(read_episode(two), folder=tmp_path) as reader:
        await reader.pilot.press("space", "space", "j")
        place = reader.screen.page.place
    async with reading(read_episode(one), folder=tmp_path) as reader:
        await reader.press("greater_than_sign")
        assert reader.screen.page.place == place


async def test_a_large_file_opens_where_it_was_left(tmp_path: Path) -> None:
    path = tmp_path / "large.md"
    path.write_text(
        "# Large\n\n" + "".join(f"## Part {part}\n\n" + f"w{part} " * 900 + "\n\n" for part in range(400)),
        encoding="utf-8",
    )
    long_ago = time.time() - 60
    os.utime(path, (long_ago, long_ago))  # a file that has just changed is not kept
    whole = read_episode(path)
    async with reading(whole) as reader:
        await reader.pilot.press("o", "G", "enter", "j", "j")
        place = reader.screen.page.place
        assert place.section > 300
    folder, head, read = first_episode(path, None)
    assert head is not None
    assert head.partial  # it was never kept, so only its head is there at first
    app = PullquoteApp(folder, head, None, read)
    async with app.run_test(size=(100, 30)) as pilot:
        assert app.reader is not None
        app.reader.read_on()
        while app.reader.page.place != place:
            await pilot.pause(0.02)
        await app.reader.workers.wait_for_complete()
    again = first_episode(path, None)[1]
    assert again is not None
    assert not again.partial  # by now it is kept, and opens wholly because of the place
    app = PullquoteApp(folder, again)
    assert app.reader is not None
    assert app.reader.page.place == place


async def test_opening_alone_says_nothing_of_reading() -> None:
    async with reading(LONG) as reader:
        reader.screen._keep_place()
        await reader.settle()
        assert state() is ReadingState.UNREAD
        await reader.press("o", "G", "enter", "ctrl+o")
        reader.screen._keep_place()
        await reader.settle()
        assert state() is ReadingState.UNREAD
        await reader.press("j")
        reader.screen._keep_place()
        await reader.settle()
        assert state() is ReadingState.READING


async def test_finished_there_and_back_and_undone() -> None:
    async with reading(LONG) as reader:
        await reader.press("x")
        assert state() is ReadingState.FINISHED
        assert "finished" in reader.screen.bar.status
        await reader.press("x")
        assert state() is ReadingState.READING
        await reader.press("U")
        assert state() is ReadingState.FINISHED
        await reader.press("U", "ctrl+r")
        assert state() is ReadingState.FINISHED


async def test_reading_on_never_takes_finished_back() -> None:
    async with reading(LONG) as reader:
        await reader.press("x", "space")
        reader.screen._keep_place()
        await reader.settle()
        assert state() is ReadingState.FINISHED


async def test_the_end_of_the_last_section_offers_to_finish_once() -> None:
    async with reading(LONG) as reader:
        await reader.press("G")
        assert "finished" not in reader.screen.bar.status
        await reader.press("g", *["space"] * 20)
        assert reader.screen.bar.status == "the end · x marks it as finished"
        await reader.press("b", "space", "space")
        assert reader.screen.bar.status == ""
        await reader.press("x")
        assert state() is ReadingState.FINISHED


async def test_what_is_finished_is_not_offered_again() -> None:
    async with reading(LONG) as reader:
        await reader.press("x", "escape", *["space"] * 20)
        assert reader.screen.bar.status == ""


async def test_text_from_standard_input_is_never_the_last_episode_read() -> None:
    from tui.core.notebook.first import last_read

    folder, piped, read = first_episode(Path("-"), b"# Piped\n\nWords.\n")
    async with PullquoteApp(folder, piped, None, read).run_test() as pilot:
        await pilot.press("space")
    assert last_read() is None


async def test_the_library_s_cursor_is_on_the_episode_that_was_read_last(tmp_path: Path) -> None:
    for name in ("one.md", "two.md", "three.md"):
        book(tmp_path / name, parts=3)
    async with reading(read_episode(tmp_path / "two.md"), folder=tmp_path) as reader:
        await reader.pilot.press("space")
    app = PullquoteApp(tmp_path, None)
    async with app.run_test() as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)
        while app.screen.list.chosen_path != tmp_path / "two.md":
            await pilot.pause(0.01)


async def test_where_nothing_can_be_kept_one_reads_on_and_is_told(home: Path) -> None:
    (home / "data").write_text("a file where the folder should be")
    app = PullquoteApp(Path(), episode(section(0, "Silt", "The river brings silt.")))
    async with app.run_test() as pilot:
        await pilot.press("v", "h")
        while not app.not_kept:
            await pilot.pause(0.01)
        assert app.reader is not None
        assert "not kept yet" in app.reader.hints.render_line(0).text
        await pilot.press("space", "q")
        assert app.is_running
        await pilot.press("q")
