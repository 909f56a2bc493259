"""A list of rows of many heights: what is in sight, and where the cursor goes."""

import random

import pytest
from textual.app import App, ComposeResult
from textual.strip import Strip

from tui.widgets.tall_rows import TallRows


class Rows(TallRows):
    """Rows of given heights; those below 0 are headings. The one under the cursor is higher by ``grows``."""

    STYLE_PREFIX = "rows"

    def __init__(self, heights: list[int], grows: int = 0) -> None:
        super().__init__()
        self.heights, self.grows = heights, grows

    @property
    def row_count(self) -> int:
        return len(self.heights)

    def height_of(self, row: int) -> int:
        return abs(self.heights[row]) + (self.grows if row == self.cursor else 0)

    def may_stop(self, row: int) -> bool:
        return self.heights[row] > 0

    def render_line(self, y: int) -> Strip:
        return Strip.blank(self.size.width)

    @property
    def whole(self) -> set[int]:
        """The rows of which every line is in sight."""
        in_sight = [row for row, _ in self.lines_in_sight()]
        return {row for row in in_sight if in_sight.count(row) == self.height_of(row)}


class Shown(App[None]):
    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self.rows = rows

    def compose(self) -> ComposeResult:
        yield self.rows


SIZE = (20, 10)


async def test_the_cursor_passes_headings_over() -> None:
    rows = Rows([-2, 3, -2, 2, 2])
    async with Shown(rows).run_test(size=SIZE):
        rows.put_cursor(0)
        assert rows.cursor == 1
        rows.step(1)
        assert rows.cursor == 3
        rows.step(-1)
        assert rows.cursor == 1
        rows.step(-1)
        assert rows.cursor == 1


async def test_a_heading_comes_into_sight_with_its_first_row() -> None:
    rows = Rows([-2, *[3] * 9, -2, *[3] * 9])
    async with Shown(rows).run_test(size=SIZE):
        rows.put_cursor(19)
        for _ in range(8):
            rows.step(-1)
        assert rows.cursor == 11
        assert {10, 11} <= rows.whole


async def test_of_a_row_higher_than_the_screen_the_rest_is_shown_before_the_next() -> None:
    rows = Rows([2, 25, 2, 2])
    async with Shown(rows).run_test(size=SIZE):
        rows.put_cursor(1)
        seen = set(rows.lines_in_sight())
        steps = 0
        while rows.cursor == 1:
            rows.step(1)
            seen |= set(rows.lines_in_sight())
            steps += 1
        assert steps == 3
        assert {(1, line) for line in range(25)} <= seen
        while rows.cursor:
            rows.step(-1)
        assert rows.lines_in_sight()[0] == (0, 0)


async def test_what_is_looked_at_stays_where_it_is_while_rows_open_and_close() -> None:
    rows = Rows([2] * 20, grows=3)
    async with Shown(rows).run_test(size=SIZE):
        rows.put_cursor(1)
        at = rows.lines_in_sight().index((2, 0))
        # The row above closes, the next one opens: on the screen it stays in its place.
        rows.step(1)
        rows.step(-1)
        assert rows.lines_in_sight().index((2, 0)) == at


async def test_pages_meet_and_end_at_the_last_row() -> None:
    rows = Rows([-2, *[3] * 20])
    async with Shown(rows).run_test(size=SIZE):
        rows.put_cursor(0)
        seen = set(rows.lines_in_sight())
        for _ in range(30):
            before = rows.lines_in_sight()
            rows.page(1)
            after = rows.lines_in_sight()
            assert set(before) & set(after)
            seen |= set(after)
        assert rows.cursor == 20
        assert len(seen) == 62
        for _ in range(30):
            rows.page(-1)
        assert rows.cursor == 1
        assert rows.lines_in_sight()[0] == (0, 0)


async def test_a_row_that_is_read_page_by_page_stays_open_to_its_end() -> None:
    rows = Rows([2, 3, 2, 2, *[2] * 9], grows=20)
    async with Shown(rows).run_test(size=SIZE):
        rows.put_cursor(1)
        seen = set(rows.lines_in_sight())
        for _ in range(4):
            rows.page(1)
            seen |= set(rows.lines_in_sight())
        assert {(1, line) for line in range(23)} <= seen
        assert rows.cursor > 1


async def test_the_cursor_comes_along_when_the_wheel_moves_it_out_of_sight() -> None:
    rows = Rows([2] * 20)
    async with Shown(rows).run_test(size=SIZE):
        rows.scroll_lines(6)
        assert rows.cursor == 3
        rows.put_cursor(7)
        rows.scroll_lines(-100)
        assert rows.lines_in_sight()[0] == (0, 0)
        assert rows.cursor == 4
        rows.scroll_lines(100)
        assert rows.lines_in_sight()[-1] == (19, 1)


async def test_an_empty_list_has_nothing_to_move() -> None:
    rows = Rows([])
    async with Shown(rows).run_test(size=SIZE):
        for step in (1, -1):
            rows.step(step)
            rows.page(step)
            rows.scroll_lines(step)
        assert (rows.cursor, rows.lines_in_sight()) == (0, [])


@pytest.mark.parametrize("seed", range(8))
async def test_wherever_it_goes_the_cursor_s_row_is_in_sight(seed: int) -> None:
    dice = random.Random(seed)
    heights = [dice.choice([-3, -2, 1, 2, 3, 5, 9]) for _ in range(40)] + [3]
    rows = Rows(heights, grows=dice.choice([0, 1, 6]))
    async with Shown(rows).run_test(size=SIZE):
        rows.put_cursor(0)
        for _ in range(300):
            move = dice.choice(["step", "page", "scroll", "put"])
            way = dice.choice([1, -1])
            if move == "step":
                rows.step(way)
            elif move == "page":
                rows.page(way)
            elif move == "scroll":
                rows.scroll_lines(3 * way)
            else:
                rows.put_cursor(dice.randrange(-2, 50))
            lines = rows.lines_in_sight()
            assert rows.may_stop(rows.cursor)
            assert rows.cursor in {row for row, _ in lines}
            assert len(lines) == SIZE[1]
            assert all(0 <= line < rows.height_of(row) for row, line in lines)
            if move in ("step", "put") and rows.height_of(rows.cursor) <= SIZE[1]:
                assert rows.cursor in rows.whole
