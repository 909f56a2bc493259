"""How the library is seen: at once, filtered while it loads, in any order, grouped, with states."""

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.core.catalogue.shelves import put, row
from tests.screens.settling import settle, wait_for
from tui.app import PullquoteApp
from tui.core.catalogue.arranging import Heading
from tui.core.catalogue.once import listed
from tui.core.catalogue.rows import Row
from tui.core.catalogue.shelf import Shelf
from tui.core.notebook.values import Reading, ReadingState, Source
from tui.screens.library import LibraryScreen
from tui.screens.reader.screen import ReaderScreen
from tui.widgets.episode_rows import Layout, row_columns
from tui.widgets.wrapping import cells

EPISODES = (
    ("a.md", "How harbours silt up", "Low Water"),
    ("b.md", "Ida Brandt on maps", "Folded"),
    ("c.md", "Tides", "Low Water"),
    ("d.md", "Nobody's talk", ""),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for at_s, (name, title, show) in enumerate(EPISODES):
        put(tmp_path / "shelf" / name, title, show=show, at_s=1_600_000_000 + at_s)
    return tmp_path / "shelf"


@asynccontextmanager
async def listing(
    folder: Path, size: tuple[int, int] = (100, 20), *, settled: bool = True
) -> AsyncIterator[tuple[Pilot[None], LibraryScreen]]:
    app = PullquoteApp(folder, None)
    async with app.run_test(size=size) as pilot:
        if settled:
            await settle(pilot)
        assert isinstance(app.screen, LibraryScreen)
        yield pilot, app.screen


def texts(screen: LibraryScreen) -> list[str]:
    return [line.text if isinstance(line, Heading) else line.title for line in screen.list.lines]


def drawn(screen: LibraryScreen) -> list[str]:
    return [screen.list.render_line(y).text.rstrip() for y in range(screen.list.size.height)]


def title(screen: LibraryScreen) -> str:
    return str(screen.heading.render())


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Nothing is known of the library until this is set."""
    opened = threading.Event()
    real = Shelf.recall

    def recall(shelf: Shelf) -> None:
        opened.wait(20)
        real(shelf)

    monkeypatch.setattr(Shelf, "recall", recall)
    yield opened
    opened.set()


async def test_what_was_known_is_painted_before_anything_is_looked_for(
    folder: Path, gate: threading.Event
) -> None:
    gate.set()
    async with listing(folder) as (pilot, screen):
        await press(pilot, "s", "s", "S")
        order = texts(screen)
    gate.clear()
    (folder / "b.md").unlink()
    async with listing(folder, settled=False) as (pilot, screen):
        assert texts(screen) == order
        assert "4 episodes · by date, oldest first" in title(screen)
        gate.set()
        await wait_for(pilot, lambda: "3 episodes" in title(screen))
        assert "Ida Brandt on maps" not in texts(screen)


async def test_what_is_typed_while_the_library_loads_is_not_lost(folder: Path, gate: threading.Event) -> None:
    listed(folder)
    async with listing(folder, settled=False) as (pilot, screen):
        await pilot.press("slash", *"maps", "enter")
        assert not screen.bar.is_open
        assert not screen.list.lines
        gate.set()
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
        reader = pilot.app.screen
        assert isinstance(reader, ReaderScreen)
        assert reader.episode.title == "Ida Brandt on maps"


async def test_keys_for_the_list_wait_for_it_and_others_do_not(folder: Path, gate: threading.Event) -> None:
    async with listing(folder, settled=False) as (pilot, screen):
        theme = pilot.app.theme
        await pilot.press("j", "j", "T")
        assert pilot.app.theme != theme
        assert not screen.list.lines
        gate.set()
        await settle(pilot)
        chosen = screen.list.chosen
        assert isinstance(chosen, Row)
        assert chosen.title == "Tides"


async def test_a_filter_that_nothing_has_says_so_and_escape_leads_back(folder: Path) -> None:
    async with listing(folder) as (pilot, screen):
        await press(pilot, "j", "slash", *"zzz")
        assert drawn(screen)[0].strip() == "no episode has these words"
        assert "0 of 4 episodes" in title(screen)
        await press(pilot, "escape")
        assert len(texts(screen)) == 4
        assert screen.list.cursor == 1


async def test_what_was_typed_is_marked_and_counted(folder: Path) -> None:
    async with listing(folder) as (pilot, screen):
        await press(pilot, "slash", *"water harb")
        assert "1 of 4 episodes" in title(screen)
        hit = screen.list.ink("hit")
        strip = screen.list.render_line(0)
        marked = [segment.text for segment in strip if segment.style and segment.style.bgcolor == hit.bgcolor]
        assert marked == ["harb", "Water"]
        await press(pilot, "escape", "slash", *"harbuors")
        assert texts(screen) == ["similar: harbours", "How harbours silt up"]
        assert screen.list.cursor == 1


async def test_shows_are_headings_that_fold(folder: Path) -> None:
    async with listing(folder) as (pilot, screen):
        await press(pilot, "o")
        assert texts(screen) == [
            *("Folded", "Ida Brandt on maps", "Low Water", "How harbours silt up", "Tides"),
            *("no show", "Nobody's talk"),
        ]
        assert drawn(screen)[0] == "  ▾ Folded  1"
        assert screen.list.cursor == 1
        await press(pilot, "j", "enter")
        assert texts(screen) == ["Folded", "Ida Brandt on maps", "Low Water", "no show", "Nobody's talk"]
        assert drawn(screen)[2] == "▌ ▸ Low Water  2"
        await press(pilot, "enter", "j", "left")
        assert screen.list.cursor == 2
        assert "Tides" not in texts(screen)
        await press(pilot, "asterisk")
        assert len(texts(screen)) == 7
        await press(pilot, "asterisk")
        assert texts(screen) == ["Folded", "Low Water", "no show"]
        await press(pilot, "o")
        assert len(texts(screen)) == 4


async def test_folding_where_there_are_no_shows_does_nothing(folder: Path) -> None:
    async with listing(folder) as (pilot, screen):
        await press(pilot, "left", "asterisk")
        assert len(texts(screen)) == 4


async def test_another_order_keeps_the_cursor_on_its_episode(folder: Path) -> None:
    async with listing(folder) as (pilot, screen):
        await press(pilot, "S")
        assert texts(screen) == ["Nobody's talk", "Tides", "Ida Brandt on maps", "How harbours silt up"]
        assert screen.list.cursor == 0
        await press(pilot, "j", "S")
        assert "by file name" in title(screen)
        assert screen.list.cursor == 2
        chosen = screen.list.chosen
        assert isinstance(chosen, Row)
        assert chosen.title == "Tides"


def reading(path: Path, state: ReadingState, share: float = 0.0, read_at: str = "") -> Reading:
    return Reading(Source(path.name, path, "", path.stem), state, None, share, read_at=read_at)


async def test_states_of_reading_are_shown_and_filtered_by(folder: Path) -> None:
    async with listing(folder) as (pilot, screen):
        app = pilot.app
        assert isinstance(app, PullquoteApp)
        # The notebook, which has none, has told its own by then.
        await wait_for(pilot, lambda: app._is_settled)
        await settle(pilot)
        assert not any("%" in line for line in drawn(screen))
        half, done = folder / "a.md", folder / "c.md"
        screen.show_readings(
            {
                half: reading(half, ReadingState.READING, 0.424, "2026-01-02T00:00:00Z"),
                done.absolute(): reading(done, ReadingState.FINISHED, 1.0, "2026-01-01T00:00:00Z"),
                Path("/elsewhere/x.md"): reading(Path("/elsewhere/x.md"), ReadingState.READING),
            }
        )
        await settle(pilot)
        assert drawn(screen)[0].endswith(" 42%")
        assert drawn(screen)[2].endswith(" ✓")
        await press(pilot, *"sssss")
        assert "by last read" in title(screen)
        assert texts(screen)[:2] == ["How harbours silt up", "Tides"]
        await press(pilot, "slash", *"is:fin")
        assert texts(screen) == ["Tides"]
        screen.show_readings({half: reading(half, ReadingState.FINISHED)})
        await settle(pilot)
        assert texts(screen) == ["How harbours silt up"]


async def test_ctrl_f_searches_the_whole_library(folder: Path) -> None:
    async with listing(folder) as (pilot, _):
        await press(pilot, "ctrl+f")
        reader = pilot.app.screen
        assert isinstance(reader, ReaderScreen)
        assert reader.bar.is_open


async def test_the_wheel_and_clicks_move_and_open(folder: Path) -> None:
    async with listing(folder) as (pilot, screen):
        await pilot.click(screen.list, offset=(10, 2))
        assert screen.list.cursor == 2
        await press(pilot, "o")
        await pilot.click(screen.list, offset=(10, 0))
        await pilot.click(screen.list, offset=(10, 0))
        await settle(pilot)
        assert texts(screen)[:2] == ["Folded", "Low Water"]


LONG = row(
    "a.md",
    "街路樹の時間——都市の木は誰のために立っているのか" * 4,
    show="まちの根っこ、とても長い名前の番組" * 3,
    number=12345,
    date="2024-05-11",
    people=("Ida Brandt",) * 9,
    words=99_999,
)


@pytest.mark.parametrize("width", [20, 30, 43, 44, 50, 59, 60, 75, 76, 80, 119, 120, 130, 200])
@pytest.mark.parametrize("is_grouped", [False, True])
def test_rows_are_as_wide_as_the_list(width: int, *, is_grouped: bool) -> None:
    half = reading(Path("a.md"), ReadingState.READING, 0.995)
    for one in (
        LONG,
        row("b.md", "Short"),
        row("c.md", problem="is not a text file, and much more is to be said"),
    ):
        columns = row_columns(one, Layout(width, has_states=True, is_grouped=is_grouped), half)
        used = 2 + sum(cells(column.text) for column in columns) + 2 * (len(columns) - 1)
        assert used == width or width < 44
    if width >= 60 and not is_grouped:
        assert any("#12345" in column.text for column in row_columns(LONG, Layout(width)))


def test_a_long_title_goes_on_where_its_neighbours_have_nothing_to_say() -> None:
    layout = Layout(80)
    title = "The long way round the harbour and back again before breakfast"
    bare = LONG._replace(title=title, show="", number=None, date="")
    short = bare._replace(title="Tides")

    for one in (LONG, bare, short, bare._replace(date="2024-05-06")):
        columns = row_columns(one, layout)
        assert 2 + sum(cells(column.text) for column in columns) + 2 * (len(columns) - 1) == 80
    assert title in row_columns(bare, layout)[0].text
    assert title not in row_columns(bare._replace(show="Low Water"), layout)[0].text
    # The columns of others stay where they are.
    assert len(row_columns(short, layout)) == len(row_columns(LONG, layout))
