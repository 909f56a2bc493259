"""The list of hits: which rows there are, and what stands in them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.style import Style
from textual.app import App, ComposeResult

from tui.core.search.asking import Results, SectionHit
from tui.core.search.listing import Listing
from tui.core.search.query import parse
from tui.core.search.rows import Card
from tui.paths import STYLES
from tui.screens.reader.screen import ReaderScreen
from tui.widgets.hit_list import HitList
from tui.widgets.marked_text import Piece, marked
from tui.widgets.wrapping import cells


def hit(
    episode: str, number: int, text: str, heading: str = "A heading", show: str = "Low Water"
) -> SectionHit:
    card = Card("0" * 12, f"Title {episode}", show, 7, "2024", heading, episode, "")
    return SectionHit(Path(f"{episode}.md"), number, 1.0, text, card)


SILT = Listing(
    Results(
        "silt",
        parse("silt"),
        (
            hit("a", 0, "The river brings silt. " + "It goes on and on. " * 20, "Silt in the harbour"),
            hit("b", 1, "Silt.", "", show=""),
            hit("a", 2, "港の泥 silt 学习的人也改变了" * 9, "泥" * 60),
        ),
        total=3,
        episodes=2,
    )
)


class ListApp(App[None]):
    CSS_PATH = [STYLES / "app.tcss"]
    CSS = "HitList { width: 44; height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.list = HitList()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        from tui.themes import DARK

        return DARK

    def compose(self) -> ComposeResult:
        yield self.list


@asynccontextmanager
async def listing(height: int, shown: Listing | None = SILT) -> AsyncIterator[HitList]:
    app = ListApp()
    async with app.run_test(size=(44, height)):
        app.list.show(shown, shown.amount if shown else "Search", ("a note",))
        yield app.list


def rows(hits: HitList) -> list[str]:
    return [hits.render_line(y).text.rstrip() for y in range(hits.size.height)]


async def test_with_room_a_hit_has_a_heading_and_two_rows_of_text() -> None:
    async with listing(20) as hits:
        shown = rows(hits)
        assert shown[:3] == ["  3 sections in 2 episodes", "  a note", ""]
        assert shown[3] == "  Title a  Low Water #7"
        assert shown[4] == "▌ Silt in the harbour"
        assert shown[5].startswith("▌   The river brings silt.")
        assert shown[6].endswith("…")
        assert shown[10:14] == ["", "  Title b", "  Opening", "    Silt."]
        assert all(cells(row) <= 44 for row in shown)


async def test_without_room_a_hit_has_one_row_and_the_amount_is_left_out() -> None:
    async with listing(8) as hits:
        shown = rows(hits)
        assert shown[0] == "  a note"
        assert shown[1].split() == ["Title", "a", "Low", "Water", "#7"]
        assert cells(shown[1]) == 42
        assert shown[2].startswith("▌ Silt in the…  ")
        assert " silt." in shown[2]
        assert shown[5] == "  Opening        Silt."
        assert all(cells(row) <= 44 for row in shown)


async def test_the_cursor_stays_in_sight_with_all_its_rows() -> None:
    async with listing(16) as hits:
        hits.put_cursor(2)
        assert [row[:1] for row in rows(hits)].count("▌") == 3
        hits.put_cursor(99)
        assert hits.cursor == 2
        hits.put_cursor(-9)
        assert hits.cursor == 0
        assert any("Title a" in row for row in rows(hits))


async def test_what_is_to_be_known_of_the_index_stands_at_the_foot() -> None:
    async with listing(20) as hits:
        hits.say("indexing 310 of 10,000")
        assert rows(hits)[-1] == "  indexing 310 of 10,000"
        hits.say("")
        assert rows(hits)[-1] == ""


async def test_earlier_searches_are_listed_where_there_are_no_hits() -> None:
    async with listing(12, None) as hits:
        hits.show(None, "Search", (), ("silt", "tide"))
        assert [row.strip() for row in rows(hits)][:3] == ["Search", "silt", "tide"]


@pytest.mark.parametrize("height", [1, 2, 3])
async def test_the_smallest_list_shows_the_hit_under_the_cursor(height: int) -> None:
    async with listing(height) as hits:
        hits.put_cursor(2)
        assert any(row.startswith("▌ Opening") for row in rows(hits))


BASE, MARK = Style(color="blue"), Style(bold=True)


@pytest.mark.parametrize(
    ("text", "spans", "start", "room", "found"),
    [
        ("a silted river", ((2, 8),), 0, 20, ["a ", "*silted", " river"]),
        ("a silted river", ((2, 8),), 0, 7, ["a ", "*silt", "…"]),
        ("a silted river", ((2, 8),), 4, 20, ["*lted", " river"]),
        ("a silted river", (), 0, 20, ["a silted river"]),
        ("学习的人", ((2, 4),), 0, 5, ["学习", "…"]),
        ("", (), 0, 5, []),
    ],
)
def test_marks_are_cut_with_their_text(
    text: str, spans: tuple[tuple[int, int], ...], start: int, room: int, found: list[str]
) -> None:
    segments = marked(Piece(text, spans, start), room, BASE, MARK)
    said = [f"*{one.text}" if one.style and one.style.bold else one.text for one in segments]
    assert said == found


def test_the_reader_has_the_sheet_of_the_list() -> None:
    assert "HitList" in Path(str(ReaderScreen.CSS_PATH)).read_text(encoding="utf-8")
