"""Tables whose cells are wrapped in columns: labels, the mouse and hits mark what they are about."""

import pytest

from tests.making import episode, section
from tests.screens.reading import reading
from tui.core.episode import Block, BlockKind, Place
from tui.screens.reader.screen import ReaderScreen
from tui.widgets.wrapping import cells

ROWS = (
    "Harbour | What is dredged there in the spring | What is not dredged at all",
    "Ystad | clay and silt, stones of the old pier, and whatever the storm has left | the inner basin",
    " | sand | everything that belongs to the navy, by an agreement of long standing",
)
TABLE = episode(section(0, "Dredging", *(Block(BlockKind.TABLE_ROW, row) for row in ROWS)))


def lines(screen: ReaderScreen) -> list[str]:
    return [screen.page.render_line(y).text.rstrip() for y in range(screen.page.size.height)]


def spot(screen: ReaderScreen, words: str) -> tuple[int, int]:
    """The cell of the page at which some words begin."""
    return next((line.index(words), y) for y, line in enumerate(lines(screen)) if words in line)


def marked(screen: ReaderScreen, ink: str) -> str:
    """The words in sight whose ground is that of a style."""
    ground = screen.page.ink(ink).bgcolor
    segments = [segment for y in range(screen.page.size.height) for segment in screen.page.render_line(y)]
    shown = (one.text for one in segments if one.style and one.style.bgcolor == ground)
    return " ".join(text.strip() for text in shown if text.strip() not in ("", "▌"))


@pytest.mark.parametrize("words", ["whatever", "navy,", "basin", "spring"])
async def test_every_word_of_a_wrapped_cell_is_at_the_cells_that_draw_it(words: str) -> None:
    async with reading(TABLE, size=(90, 40)) as (_, screen):
        x, y = spot(screen, words)
        block = next(number for number, row in enumerate(ROWS) if words in row)
        at = ROWS[block].index(words)
        assert screen.page.place_at(x, y) == Place(0, block, at)
        assert screen.page.place_at(x + len(words) - 1, y) == Place(0, block, at + len(words) - 1)


async def test_a_double_click_takes_a_word_of_a_wrapped_cell() -> None:
    async with reading(TABLE, size=(90, 40)) as (pilot, screen):
        x, y = spot(screen, "whatever")
        await pilot.click(screen.page, offset=(x + 1, y), times=2)
        assert marked(screen, "selection") == "whatever"


async def test_a_hit_is_marked_in_its_cell() -> None:
    async with reading(TABLE, size=(90, 40)) as (pilot, screen):
        await pilot.press("/", *"pier", "enter")
        await pilot.pause(0.2)
        assert marked(screen, "current-hit") == "pier"


async def test_a_label_stands_at_each_row_and_moves_nothing() -> None:
    async with reading(TABLE, size=(90, 40)) as (pilot, screen):
        before = lines(screen)
        await pilot.press("y")
        during = lines(screen)
        changed = [y for y, line in enumerate(during) if line != before[y]]
        # The last row's first cell is empty: its label stands there all the same.
        assert len(changed) == len(ROWS)
        assert [cells(line) for line in during] == [cells(line) for line in before]
