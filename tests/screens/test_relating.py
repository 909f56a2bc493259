"""Sections that speak of the same: the list, the preview, and the way back."""

from pathlib import Path

import pytest

from tests.screens.searching import (
    list_lines,
    open_hit,
    page_lines,
    preview_lines,
    reading,
    until,
    write_shelf,
)
from tui.core.search.indexer import bring_up_to_date
from tui.core.search.indexing import Indexing


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of episodes without an index, which no process makes."""
    monkeypatch.setattr(Indexing, "want", lambda _indexing: None)
    return write_shelf(tmp_path / "shelf")


@pytest.fixture
def indexed(shelf: Path) -> Path:
    """The same, with an index."""
    bring_up_to_date(shelf, processes=0)
    return shelf


async def test_related_sections_are_listed_shown_and_opened(indexed: Path) -> None:
    async with reading(indexed / "Maps.md") as (pilot, screen):
        await pilot.press(*(["right_square_bracket"] * 3), "R")
        await until(pilot, lambda: screen.is_listing)
        assert list_lines(screen)[0].strip() == "related to “Silt again”"
        assert screen.hit_list.has_focus
        assert any("Dredging laws" in line for line in list_lines(screen))
        await until(pilot, lambda: screen.preview.preview and screen.preview.preview.read)
        hit = screen.hit_list.current
        assert hit is not None
        assert any(hit.card.heading in line for line in preview_lines(screen))
        assert screen.bar.status.startswith("1 / ")
        await pilot.press("j")
        assert screen.hit_list.cursor == 1
        assert screen.bar.status.startswith("2 / ")
        await pilot.press("k")
        await open_hit(pilot, screen)
        assert screen.episode.path == hit.path
        assert screen.page.place.section == hit.ordinal
        assert screen.focused is screen.page
        await pilot.press("ctrl+o")
        await until(pilot, lambda: screen.episode.path == indexed / "Maps.md")


@pytest.mark.parametrize("key", ["escape", "R"])
async def test_leaving_restores_what_was_there(indexed: Path, key: str) -> None:
    async with reading(indexed / "Maps.md") as (pilot, screen):
        await pilot.press("slash", *"silt", "enter", "n", "G", "k")
        before = (screen.page.top_line, screen.page.current_hit, screen.bar.status, page_lines(screen))
        await pilot.press("R")
        await until(pilot, lambda: screen.is_listing)
        await pilot.press("j", key)
        assert not screen.is_listing
        assert screen.focused is screen.page
        after = (screen.page.top_line, screen.page.current_hit, screen.bar.status, page_lines(screen))
        assert after == before


async def test_without_an_index_that_is_said(shelf: Path) -> None:
    async with reading(shelf / "Maps.md") as (pilot, screen):
        await pilot.press("R")
        await until(pilot, lambda: notices(pilot.app._notifications))
        assert "Nothing related is known: the index is not there yet" in notices(pilot.app._notifications)
        assert not screen.is_listing


async def test_that_nothing_is_related_is_said(tmp_path: Path, shelf: Path) -> None:
    folder = tmp_path / "lonely"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n\n## Alone\n\nNobody says xylophone.\n", encoding="utf-8")
    bring_up_to_date(folder, processes=0)
    async with reading(folder / "one.md") as (pilot, screen):
        await pilot.press("R")
        await until(pilot, lambda: notices(pilot.app._notifications))
        assert "No other section of the library" in notices(pilot.app._notifications)
        assert not screen.is_listing


def notices(notifications: object) -> str:
    assert hasattr(notifications, "__iter__")
    return " ".join(str(one.message) for one in notifications)
