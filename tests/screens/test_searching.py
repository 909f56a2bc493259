"""Searching the library in the reader: what is listed, what is shown of it, and what is left behind."""

import os
import re
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.conftest import ROOT
from tests.core.search.hostile import HOSTILE
from tests.screens.searching import (
    EPISODES,
    is_listed,
    list_lines,
    open_hit,
    page_lines,
    preview_lines,
    reading,
    search,
    until,
    write_shelf,
)
from tui.core.loading import loaded
from tui.core.search.indexer import bring_up_to_date
from tui.core.search.indexing import Indexing
from tui.core.search.previews import Previews
from tui.core.search.searcher import Searcher
from tui.messages import LibraryChanged
from tui.screens.reader.screen import ReaderScreen


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of episodes with its index, which no process follows."""
    folder = write_shelf(tmp_path / "shelf")
    bring_up_to_date(folder, processes=0)
    monkeypatch.setattr(Indexing, "want", lambda _indexing: None)
    return folder


def marked(screen: ReaderScreen) -> set[str]:
    """What is marked on the preview, or on the page where there is none."""
    shown = screen.preview if screen.preview.display else screen.page
    hits = shown.hits
    if hits is None:
        return set()
    found = (hits.index.units[unit].text[hits.starts[n] : hits.ends[n]] for n, unit in enumerate(hits.units))
    return {text.lower() for text in found}


def shown(screen: ReaderScreen) -> tuple[str, str]:
    """The episode and the section that the preview shows."""
    preview = screen.preview.preview
    assert preview is not None
    return preview.episode.title, preview.episode.sections[preview.place.section].title


async def test_hits_are_listed_by_episode_with_extracts_and_the_first_is_shown(shelf: Path) -> None:
    async with reading(shelf / "Trains.md") as (pilot, screen):
        await search(pilot, screen, "silt")
        lines = list_lines(screen)
        assert lines[0].strip() == "4 sections in 2 episodes"
        assert any("Ida Brandt draws maps" in line for line in lines)
        assert any("How harbours silt up" in line and "Low Water #7" in line for line in lines)
        assert any("Nobody dredged the silt" in line for line in lines)
        assert lines[3] == "▌ Silt again"
        assert "1 / 4 in 2 episodes" in screen.bar.status
        assert shown(screen) == ("Ida Brandt draws maps", "Silt again")
        assert any("Silt is what a map forgets" in line for line in preview_lines(screen))
        assert marked(screen) == {"silt"}
        assert screen.head.render_line(0).text.rstrip().endswith("3 / 3")


async def test_the_preview_follows_the_cursor_and_the_query(shelf: Path) -> None:
    async with reading(shelf / "Trains.md") as (pilot, screen):
        await search(pilot, screen, "silt")
        seen = [shown(screen)]
        for _ in range(3):
            await pilot.press("down")
            assert screen.preview.preview is not None
            assert screen.preview.preview.hit is screen.hit_list.current
            seen.append(shown(screen))
        assert len(set(seen)) == 4
        await pilot.press("ctrl+p")
        assert shown(screen) == seen[2]
        await pilot.press(*(["backspace"] * 4), *"contour")
        await until(pilot, lambda: is_listed(screen, "contour"))
        assert shown(screen) == ("Ida Brandt draws maps", "What a contour says")
        assert marked(screen) == {"contour"}


async def test_the_preview_is_never_of_another_hit_while_its_file_is_read(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, real = threading.Event(), Previews.read
    monkeypatch.setattr(Previews, "read", lambda *args: go.wait(60) and real(*args))
    async with reading(shelf / "Trains.md") as (pilot, screen):
        await pilot.press("s", *"silt")
        await until(pilot, lambda: screen.hit_list.listing is not None and len(screen.hit_list.listing))
        for _ in range(3):
            preview, hit = screen.preview.preview, screen.hit_list.current
            assert preview is not None
            assert hit is not None
            assert preview.hit is hit
            assert preview.read is None
            assert marked(screen) == {"silt"}
            assert preview.episode.sections[0].text == hit.text
            assert any("silt" in line.lower() for line in preview_lines(screen))
            await pilot.press("down")
        go.set()
        await until(pilot, lambda: is_listed(screen, "silt"))
        assert screen.preview.preview is not None
        assert screen.preview.preview.hit is screen.hit_list.current


async def test_enter_opens_at_the_words_and_n_goes_on(shelf: Path) -> None:
    async with reading(shelf / "Trains.md") as (pilot, screen):
        await search(pilot, screen, "silt")
        await pilot.press("down")
        before = preview_lines(screen)
        await pilot.press("enter")
        assert screen.episode.title == "Ida Brandt draws maps"
        assert screen.episode.sections[screen.page.reading_place.section].title == "Paper and light"
        assert page_lines(screen)[:20] == before[:20]
        assert screen.focused is screen.page
        assert not screen.is_listing
        assert marked(screen) == {"silt"}
        hits = screen.page.hits
        assert hits is not None
        assert screen.page.current_hit == 0
        await pilot.press("n")
        assert hits.place(1).section == 2
        assert screen.page.current_hit == 1
        assert screen.bar.status == "2 / 4"
        await pilot.press("N", "N")
        assert "from the end again" in screen.bar.status
        await pilot.press("escape")
        assert screen.page.hits is None


async def test_back_goes_to_the_episode_and_place_before(shelf: Path) -> None:
    async with reading(shelf / "Harbours.md", size=(100, 12)) as (pilot, screen):
        await pilot.press("space", "j")
        place = screen.page.place
        await search(pilot, screen, "contour")
        await open_hit(pilot, screen)
        await until(pilot, lambda: screen.episode.path.name == "Maps.md")
        await pilot.press("G", "ctrl+o")
        assert screen.episode.path.name == "Maps.md"
        await pilot.press("backspace")
        await until(pilot, lambda: screen.episode.path.name == "Harbours.md")
        assert screen.page.place == place
        assert screen.page.hits is None


async def test_keys_after_a_jump_back_wait_for_the_episode(shelf: Path) -> None:
    async with reading(shelf / "Harbours.md", size=(100, 12)) as (pilot, screen):
        await pilot.press("space")
        place = screen.page.place
        await search(pilot, screen, "contour")
        await open_hit(pilot, screen)
        await until(pilot, lambda: screen.episode.path.name == "Maps.md")
        await pilot.press("ctrl+o", "j", "slash", *"sea", "enter")
        await until(pilot, lambda: screen.query_kept is not None)
        assert screen.episode.path.name == "Harbours.md"
        assert screen.query_kept is not None
        assert screen.query_kept.text == "sea"
        await pilot.press("ctrl+o")
        assert place < screen.page.place


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20)])
async def test_escape_restores_what_was_there(shelf: Path, size: tuple[int, int]) -> None:
    async with reading(shelf / "Harbours.md", size=size) as (pilot, screen):
        await pilot.press("slash", *"tide", "enter", "n", "n", "j", "j", "j", "v")
        page = screen.page
        before = (page.top_line, page.place, page.hits, page.current_hit, page.selection, screen.bar.status)
        outline = [screen.outline.render_line(y).text for y in range(screen.outline.size.height)]
        await search(pilot, screen, "silt")
        await pilot.press("down", "down")
        assert screen.preview.display
        await pilot.press("escape")
        assert screen.episode.path.name == "Harbours.md"
        assert (
            page.top_line,
            page.place,
            page.hits,
            page.current_hit,
            page.selection,
            screen.bar.status,
        ) == before
        assert [screen.outline.render_line(y).text for y in range(screen.outline.size.height)] == outline
        assert not screen.preview.display
        assert not screen.hit_list.display
        assert screen.focused is page
        assert page_lines(screen)[0]


async def test_escape_after_a_find_that_became_a_search_goes_back_to_before_the_find(shelf: Path) -> None:
    async with reading(shelf / "Harbours.md") as (pilot, screen):
        await pilot.press("j", "j")
        top = screen.page.top_line
        await pilot.press("slash", *"dredg")
        await pilot.pause()
        assert screen.page.hits is not None
        await pilot.press("tab")
        await until(pilot, lambda: is_listed(screen, "dredg"))
        await pilot.press("escape")
        assert screen.page.top_line == top
        assert screen.page.hits is None
        assert not screen.bar.is_open


async def test_tab_changes_the_scope_and_back(shelf: Path) -> None:
    async with reading(shelf / "Harbours.md") as (pilot, screen):
        await pilot.press("slash", *"silt")
        assert "Tab whole library" in screen.bar.status
        await pilot.press("tab")
        await until(pilot, lambda: is_listed(screen, "silt"))
        assert "4 in 2 episodes · Tab this episode" in screen.bar.status
        assert screen.bar.query_one("#prompt").render_line(0).text.startswith("library /")
        await pilot.press("tab")
        await until(pilot, lambda: "1 / 2 here" in screen.bar.status)
        assert not screen.is_listing
        assert not screen.preview.display
        await pilot.press("enter", "n")
        assert screen.page.current_hit == 1
        assert screen.bar.status == "2 / 2"


async def test_the_way_back_leads_to_where_the_finding_began(shelf: Path) -> None:
    async with reading(shelf / "Harbours.md", size=(100, 12)) as (pilot, screen):
        await pilot.press("j")
        place = screen.page.place
        await pilot.press("slash", *"behind")
        await until(pilot, lambda: screen.page.place != place)
        await pilot.press("tab")
        await until(pilot, lambda: is_listed(screen, "behind"))
        await open_hit(pilot, screen)
        assert screen.page.place != place
        await pilot.press("ctrl+o")
        assert screen.page.place == place


async def test_a_search_that_became_a_find_is_left_to_where_it_began(shelf: Path) -> None:
    async with reading(shelf / "Harbours.md") as (pilot, screen):
        await pilot.press("j", "j")
        top = screen.page.top_line
        await search(pilot, screen, "silt")
        await pilot.press("tab", "ctrl+n", "escape")
        assert screen.page.top_line == top
        assert screen.page.hits is None


async def test_finding_says_how_much_the_library_has_once_its_index_is_open(shelf: Path) -> None:
    async with reading(shelf / "Harbours.md") as (pilot, screen):
        await pilot.press("slash", *"silt")
        await pilot.pause()
        assert screen.bar.status == "1 / 2 here · Tab whole library"
        await pilot.press("tab")
        await until(pilot, lambda: is_listed(screen, "silt"))
        await pilot.press("tab", "backspace", "t")
        await until(pilot, lambda: "here · 4 in 2 episodes · Tab" in screen.bar.status)
        await pilot.press("backspace", "backspace", "backspace", "backspace", *"promise")
        await until(pilot, lambda: "not found here · 2 in 2 episodes" in screen.bar.status)


async def test_a_burst_of_keys_is_taken_in_order(shelf: Path) -> None:
    async with reading(shelf / "Trains.md", size=(100, 12)) as (pilot, screen):
        await pilot.press("s", *"silt", "down", "down", "enter", "G", "slash", *"sea", "enter")
        await until(pilot, lambda: screen.query_kept is not None and screen.query_kept.text == "sea")
        assert screen.episode.title == "How harbours silt up"


async def test_enter_waits_for_the_answer_and_nothing_typed_is_lost(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, real = threading.Event(), Searcher.search

    def slow(searcher: Searcher, text: str, **more: object) -> object:
        go.wait(60)
        return real(searcher, text, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Searcher, "search", slow)
    async with reading(shelf / "Trains.md", size=(100, 12)) as (pilot, screen):
        await pilot.press("s", *"silt", "down", "enter", "G", "j")
        assert screen.episode.title == "Night trains"
        go.set()
        await until(pilot, lambda: screen.episode.title == "Ida Brandt draws maps")
        await until(pilot, lambda: screen.page.at_end)


async def test_what_takes_long_does_not_leave_the_hits_of_other_words(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(shelf / "Trains.md") as (pilot, screen):
        await search(pilot, screen, "silt")
        go, real = threading.Event(), Searcher.search

        def slow(searcher: Searcher, text: str, **more: object) -> object:
            go.wait(60)
            return real(searcher, text, **more)  # type: ignore[arg-type]

        monkeypatch.setattr(Searcher, "search", slow)
        await pilot.press("space", *"xqz")
        await until(pilot, lambda: screen.hit_list.title == "searching …")
        assert not any("silt" in line.lower() for line in preview_lines(screen))
        go.set()
        await until(pilot, lambda: is_listed(screen, "silt xqz"))
        assert screen.hit_list.title == "nothing found"
        assert screen.bar.status.startswith("not found")


async def test_a_correction_is_said(shelf: Path) -> None:
    async with reading(shelf / "Trains.md") as (pilot, screen):
        await search(pilot, screen, "dreger")
        assert any("showing results for “dredger”" in line for line in list_lines(screen))
        assert marked(screen) == {"dredger"}


async def test_a_file_that_has_gone_is_said_and_shown_as_it_was(shelf: Path) -> None:
    async with reading(shelf / "Trains.md") as (pilot, screen):
        (shelf / "Maps.md").unlink()
        await pilot.press("s", *"contour")
        await until(pilot, lambda: "as it was indexed" in screen.head.render_line(0).text)
        assert any("A line of equal height" in line for line in preview_lines(screen))
        await pilot.press("enter")
        assert screen.episode.title == "Night trains"
        assert screen.is_listing
        await pilot.press("escape")
        assert screen.episode.title == "Night trains"


async def test_a_file_that_has_changed_is_shown_as_it_is(shelf: Path) -> None:
    async with reading(shelf / "Trains.md") as (pilot, screen):
        path = shelf / "Maps.md"
        path.write_text("## New\n\nMore.\n\n" + EPISODES["Maps.md"].split("---\n\n")[1], encoding="utf-8")
        await search(pilot, screen, "contour")
        await open_hit(pilot, screen)
        await until(pilot, lambda: screen.episode.path == path)
        assert screen.page.reading_place.section == 1
        assert marked(screen) == {"contour"}
        path.write_text("## Other\n\nNothing of it.\n", encoding="utf-8")
        os.utime(path, (1, 1))
        await pilot.press("g", "s")
        await until(pilot, lambda: is_listed(screen, "contour"))
        assert marked(screen) == set()
        assert shown(screen)[1] == "Other"


async def test_s_takes_up_the_search_a_hit_was_opened_from(shelf: Path) -> None:
    async with reading(shelf / "Trains.md") as (pilot, screen):
        await search(pilot, screen, "silt")
        await pilot.press("down", "down")
        await open_hit(pilot, screen)
        await pilot.press("s")
        await until(pilot, lambda: is_listed(screen, "silt"))
        assert screen.hit_list.cursor == 2
        await pilot.press(*"map")
        await until(pilot, lambda: is_listed(screen, "map"))


async def test_searches_are_remembered_for_another_day(shelf: Path) -> None:
    async with reading(shelf / "Trains.md") as (pilot, screen):
        await search(pilot, screen, "contour")
        await open_hit(pilot, screen)
        await pilot.app.workers.wait_for_complete()
    async with reading(shelf / "Trains.md") as (pilot, screen):
        await search(pilot, screen, "dredger")
        await open_hit(pilot, screen)
        await pilot.press("escape", "s")
        await until(pilot, lambda: len(screen.hit_list.choices) == 2)
        assert screen.hit_list.choices == ("dredger", "contour")
        await pilot.press("up")
        assert screen.bar.text == "dredger"
        await pilot.press("alt+up")
        assert screen.bar.text == "contour"
        await until(pilot, lambda: is_listed(screen, "contour"))
        await pilot.press("ctrl+down", "ctrl+down")
        assert screen.bar.text == ""


async def test_the_mouse_shows_a_hit_and_opens_it(shelf: Path) -> None:
    async with reading(shelf / "Trains.md") as (pilot, screen):
        await search(pilot, screen, "silt")
        row = next(y for y, line in enumerate(list_lines(screen)) if "Dredging laws" in line)
        await pilot.click(screen.hit_list, offset=(6, row + 1))
        assert shown(screen) == ("How harbours silt up", "Dredging laws")
        await pilot.press("backspace", "t")
        assert screen.bar.text == "silt"
        await until(pilot, lambda: is_listed(screen, "silt"))
        row = next(y for y, line in enumerate(list_lines(screen)) if "Dredging laws" in line)
        await pilot.click(screen.hit_list, offset=(6, row + 1))
        await pilot.click(screen.hit_list, offset=(6, row + 1))
        await until(pilot, lambda: screen.episode.title == "How harbours silt up")
        assert screen.episode.sections[screen.page.reading_place.section].title == "Dredging laws"


async def test_pages_of_hits_and_all_of_them(shelf: Path) -> None:
    for number in range(120):
        (shelf / f"{number:03}.md").write_text(
            f"# N{number}\n\nA whale. {'Sea. ' * number}\n", encoding="utf-8"
        )
    bring_up_to_date(shelf, processes=0)
    async with reading(shelf / "Trains.md") as (pilot, screen):
        await search(pilot, screen, "whale")
        assert "1 / 120 in 120 episodes" in screen.bar.status
        await pilot.press("pagedown")
        at = screen.hit_list.cursor
        assert at > 3
        await pilot.press("pageup")
        assert screen.hit_list.cursor == 0
        while screen.hit_list.cursor < 49:
            await pilot.press("pagedown")
        await pilot.press("down")
        await until(pilot, lambda: screen.hit_list.listing is not None and len(screen.hit_list.listing) > 50)
        assert screen.hit_list.cursor == 49
        await pilot.press("down")
        assert "51 / 120" in screen.bar.status


async def test_letters_typed_into_the_search_are_no_commands(shelf: Path) -> None:
    async with reading(shelf / "Trains.md") as (pilot, screen):
        await pilot.press("s", *"qRs?:l")
        assert screen.bar.text == "qRs?:l"
        assert pilot.app.screen is screen


async def test_without_the_engine_the_files_are_gone_through_and_that_is_said(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tantivy", None)
    async with reading(shelf / "Trains.md") as (pilot, screen):
        await search(pilot, screen, "silt")
        assert screen.hit_list.title == "4 sections in 2 episodes"
        await until(pilot, lambda: "going through the files" in " ".join(list_lines(screen)))
        await pilot.press("escape", "R")
        await pilot.pause()
        assert not screen.is_listing


async def test_an_episode_of_a_file_of_several_is_found_and_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    export = next((ROOT / "tests/fixtures/collections/snipd").glob("*.md"))
    (folder / export.name).write_bytes(export.read_bytes())
    (folder / "Trains.md").write_text(EPISODES["Trains.md"], encoding="utf-8")
    bring_up_to_date(folder, processes=0)
    monkeypatch.setattr(Indexing, "want", lambda _indexing: None)
    second = loaded(folder / export.name / "2").episode
    word = max(re.findall(r"[a-z]+", second.title.lower()), key=len)
    async with reading(folder / "Trains.md") as (pilot, screen):
        await search(pilot, screen, f"title:{word}")
        while screen.hit_list.current and screen.hit_list.current.path != second.path:
            await pilot.press("down")
        await until(pilot, lambda: is_listed(screen, f"title:{word}"))
        await open_hit(pilot, screen)
        assert screen.episode.path == folder / export.name / "2"
        assert screen.episode.title == second.title
        assert screen.bar.status == ""
        await pilot.press("n")
        assert screen.episode.title == second.title


async def test_the_texts_of_an_episode_are_one_group_and_say_which_they_are(shelf: Path) -> None:
    transcript = "".join(
        f"**Ida Brandt:** [0:{n:02}] The whale turned. {'So it went. ' * 9}\n\n" for n in range(30)
    )
    (shelf / "Maps.transcript.md").write_text(transcript, encoding="utf-8")
    maps = EPISODES["Maps.md"] + "\n## A whale\n\nA whale on a map.\n"
    (shelf / "Maps.md").write_text(maps, encoding="utf-8")
    bring_up_to_date(shelf, processes=0)
    async with reading(shelf / "Trains.md") as (pilot, screen):
        await search(pilot, screen, "whale")
        lines = list_lines(screen)
        assert lines[0].strip().endswith("in 1 episode")
        assert any(line.endswith("transcript") for line in lines)
        while screen.hit_list.current and screen.hit_list.current.card.label != "transcript":
            await pilot.press("down")
        await until(pilot, lambda: is_listed(screen, "whale"))
        await open_hit(pilot, screen)
        assert screen.episode.path == shelf / "Maps.transcript.md"
        assert len(screen.variants) == 2


@asynccontextmanager
async def a_fresh_shelf(tmp_path: Path) -> AsyncIterator[tuple[Pilot[None], ReaderScreen, Path]]:
    folder = write_shelf(tmp_path / "fresh")
    async with reading(folder / "Trains.md") as (pilot, screen):
        yield pilot, screen, folder


async def test_hits_come_as_the_index_grows(tmp_path: Path) -> None:
    async with a_fresh_shelf(tmp_path) as (pilot, screen, folder):
        await pilot.press("s", *"silt")
        await until(pilot, lambda: screen.hit_list.title == "4 sections in 2 episodes")
        assert screen.hit_list.cursor == 0
        await pilot.press("down", "down")
        current = screen.hit_list.current
        (folder / "New.md").write_text("# New\n\n## Silt, silt, silt\n\nSilt.\n", encoding="utf-8")
        pilot.app.post_message(LibraryChanged())
        await until(pilot, lambda: screen.hit_list.title == "5 sections in 3 episodes")
        assert current is not None
        assert screen.hit_list.current is not None
        assert screen.hit_list.current.path == current.path
        assert screen.hit_list.current.ordinal == current.ordinal


async def test_hostile_queries_give_hits_or_none(shelf: Path) -> None:
    async with reading(shelf / "Trains.md") as (pilot, screen):
        await pilot.press("s")
        for text in HOSTILE[::8]:
            screen.bar.put_text(text)
            await pilot.pause()
            query = screen.bar.text
            if query.strip():
                await until(pilot, partial(is_listed, screen, query))
        assert screen.is_searching
