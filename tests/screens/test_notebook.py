"""The notebook through its keys."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.core.notebook.marking import PATIENCE_S, added, bookmark_at, changed, new_highlight
from tui.app import PullquoteApp
from tui.commands import TABLES
from tui.core.beginning import first_episode
from tui.core.clipboard import Outcome
from tui.core.episode import Episode
from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.listing import Group, Grouping
from tui.core.notebook.news import Waiting
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.values import Colour, Highlight, Source
from tui.core.reading import read_episode
from tui.screens.copyas import CopyAsScreen
from tui.screens.export import ExportScreen
from tui.screens.library import LibraryScreen
from tui.screens.notebook.screen import NotebookScreen
from tui.screens.reader.screen import ReaderScreen
from tui.taking import CopyDone

TIDES = """---
title: Tides
show: Low Water
number: 7
---

## Rope

One strand breaks. Two hold. Three never do.

## Water

Spring tides come at new moon. Neap tides come a week later.
"""

MAPS = """# Paper Maps

## Contours

A map is a list of what was left out. Contours are read with the legs.
"""

SIZE = (100, 40)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of two episodes."""
    made = tmp_path / "library"
    made.mkdir()
    (made / "tides.md").write_text(TIDES, encoding="utf-8")
    (made / "maps.md").write_text(MAPS, encoding="utf-8")
    return made


@pytest.fixture
def tides(folder: Path) -> Episode:
    return read_episode(folder / "tides.md")


@pytest.fixture
def maps(folder: Path) -> Episode:
    return read_episode(folder / "maps.md")


@pytest.fixture
def kept(tides: Episode, maps: Episode) -> list[Highlight]:
    """Four highlights that were kept before, by another window."""
    notebook = Notebook()
    source = notebook.of_episode(tides).source
    made = [
        replace(new_highlight(source, tides, "One strand breaks."), tags=("rope", "to read")),
        replace(new_highlight(source, tides, "Two hold."), note="Ask the keeper.", colour=Colour.GREEN),
        replace(new_highlight(source, tides, "Neap tides come a week later."), is_favourite=True),
    ]
    source = notebook.of_episode(maps).source
    made.append(new_highlight(source, maps, "A map is a list of what was left out."))
    for highlight in made:
        notebook.make(added(highlight))
    assert notebook.flush(PATIENCE_S)
    notebook.close()
    return made


class Copies(list[str]):
    """What reached the clipboard, in order."""


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> Copies:
    """Stands in for the clipboard."""
    taken = Copies()

    def copy(self: PullquoteApp, text: str) -> None:
        taken.append(text)
        self.post_message(CopyDone(text, Outcome("test", known=True, characters=len(text), message="Copied")))

    monkeypatch.setattr(PullquoteApp, "_copy", copy)
    return taken


async def settle(pilot: Pilot[None]) -> None:
    """Wait until all is read, kept and shown."""
    app = pilot.app
    assert isinstance(app, PullquoteApp)
    for _ in range(4):
        await app.workers.wait_for_complete()
        assert app.notebook.flush(PATIENCE_S)
        await pilot.pause()


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait for what comes by itself; what is asserted next says what is missing."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds() and time.monotonic() < deadline:
        await asyncio.sleep(0.01)
        await pilot.pause()
    await settle(pilot)


@asynccontextmanager
async def opened(path: Path, size: tuple[int, int] = SIZE) -> AsyncIterator[tuple[Pilot[None], PullquoteApp]]:
    """A library or an episode, on the screen."""
    folder, episode, read = first_episode(path, None)
    app = PullquoteApp(folder, episode, None, read)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield pilot, app


@asynccontextmanager
async def noted(path: Path) -> AsyncIterator[tuple[Pilot[None], NotebookScreen]]:
    """The notebook, opened from a library or an episode."""
    async with opened(path) as (pilot, app):
        await pilot.press("H")
        await settle(pilot)
        assert isinstance(app.screen, NotebookScreen)
        yield pilot, app.screen


def rows(screen: NotebookScreen) -> list[str]:
    """What is listed: headings in brackets."""
    return [
        f"[{row.title}]"
        if isinstance(row, Group)
        else row.entry.text
        if isinstance(row.entry, Highlight)
        else row.entry.anchor.exact
        for row in screen.list.rows
    ]


def chosen(screen: NotebookScreen) -> Highlight:
    one = screen.list.chosen
    assert one is not None
    assert isinstance(one.entry, Highlight)
    return one.entry


def drawn(screen: NotebookScreen) -> str:
    shown = screen.list
    return "\n".join(shown.render_line(y).text.rstrip() for y in range(shown.size.height))


def told(screen: NotebookScreen) -> list[str]:
    return [one.message for one in screen.app._notifications]


# What is listed


async def test_from_the_library_all_highlights_are_listed(folder: Path, kept: list[Highlight]) -> None:
    async with noted(folder) as (_, screen):
        assert rows(screen) == [
            "[Paper Maps]",
            "A map is a list of what was left out.",
            "[Tides]",
            "One strand breaks.",
            "Two hold.",
            "Neap tides come a week later.",
        ]
        assert "whole library" in str(screen.heading.render())
        text = drawn(screen)
        assert "† Ask the keeper." in text
        assert "║ Two hold." in text
        assert "★ Water" in text
        assert "#rope #to read" in text


async def test_from_an_episode_its_own_are_listed_and_tab_shows_all(
    tides: Episode, kept: list[Highlight]
) -> None:
    async with noted(tides.path) as (pilot, screen):
        assert rows(screen)[0] == "[Tides]"
        assert len(rows(screen)) == 4
        await pilot.press("tab")
        await settle(pilot)
        assert len(rows(screen)) == 6
        await pilot.press("tab")
        await settle(pilot)
        assert len(rows(screen)) == 4


async def test_from_an_episode_without_highlights_all_are_listed(folder: Path, kept: list[Highlight]) -> None:
    (folder / "bread.md").write_text("# Bread\n\nBread remembers.\n", encoding="utf-8")
    async with noted(folder / "bread.md") as (_, screen):
        assert len(rows(screen)) == 6
        assert not screen.is_of_episode


async def test_an_empty_notebook_says_how_to_begin(folder: Path) -> None:
    async with noted(folder) as (pilot, screen):
        text = drawn(screen)
        assert "Nothing is highlighted yet." in text
        assert "h  highlights what is selected, or the sentence whose label you type" in text
        for command in TABLES["Notebook"]:
            await pilot.press(command.key_list[0])
            await settle(pilot)
            if pilot.app.screen is not screen or screen.bar.is_open:
                await pilot.press("escape")
        assert rows(screen) == []


async def test_bookmarks_have_a_group_of_their_own(
    folder: Path, tides: Episode, kept: list[Highlight]
) -> None:
    notebook = Notebook()
    notebook.make(added(bookmark_at(notebook.of_episode(tides).source, tides, "Spring tides come", "q")))
    notebook.close()
    async with noted(folder) as (pilot, screen):
        assert rows(screen)[-2] == "[Bookmarks]"
        await pilot.press("G", "f")
        assert told(screen) == ["There is no highlight here"]
        await pilot.press("d")
        await settle(pilot)
        assert "[Bookmarks]" not in rows(screen)
        await pilot.press("U")
        await settle(pilot)
        assert rows(screen)[-2] == "[Bookmarks]"
        await pilot.press("G", "enter")
        await settle(pilot)
        reader = pilot.app.screen
        assert isinstance(reader, ReaderScreen)
        water = next(section.ordinal for section in tides.sections if section.title == "Water")
        assert reader.page.place.section == water


async def test_s_goes_through_the_groupings(folder: Path, kept: list[Highlight]) -> None:
    async with noted(folder) as (pilot, screen):
        seen = []
        for _ in Grouping:
            seen.append([row for row in rows(screen) if row.startswith("[")])
            await pilot.press("s")
            await settle(pilot)
        assert seen[1:] == [
            ["[Today]"],
            ["[#rope]", "[#to read]", "[Without a tag]"],
            ["[Amber]", "[Green]"],
            ["[Favourites]", "[Others]"],
        ]
        assert screen.grouping is Grouping.EPISODE


# Filtering


async def test_the_filter_works_as_you_type_and_escape_shows_everything_again(
    folder: Path, kept: list[Highlight]
) -> None:
    async with noted(folder) as (pilot, screen):
        await pilot.press("slash", *"strand")
        assert rows(screen) == ["[Tides]", "One strand breaks."]
        assert "1 of 4" in str(screen.heading.render())
        await pilot.press("enter")
        assert not screen.bar.is_open
        assert len(rows(screen)) == 2
        await pilot.press("escape")
        assert len(rows(screen)) == 6
        assert chosen(screen).text == "One strand breaks."


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("#rope", ["One strand breaks."]),
        ("is:fav", ["Neap tides come a week later."]),
        ("has:note", ["Two hold."]),
        ("colour:green", ["Two hold."]),
        ("keeper", ["Two hold."]),
        ("paper", ["A map is a list of what was left out."]),
    ],
)
async def test_a_filter_finds(folder: Path, kept: list[Highlight], typed: str, left: list[str]) -> None:
    async with noted(folder) as (_, screen):
        screen.wanted = ""
        screen._narrow(typed)
        assert [row for row in rows(screen) if not row.startswith("[")] == left


async def test_a_filter_without_a_result_says_so(folder: Path, kept: list[Highlight]) -> None:
    async with noted(folder) as (pilot, screen):
        await pilot.press("slash", *"zzz")
        assert "Esc shows everything again" in drawn(screen)
        await pilot.press("escape")
        assert len(rows(screen)) == 6


async def test_letters_typed_into_the_filter_are_no_commands(folder: Path, kept: list[Highlight]) -> None:
    async with noted(folder) as (pilot, screen):
        await pilot.press("slash", *"dfqHE1")
        assert screen.bar.text == "dfqHE1"
        await pilot.press("escape")
        assert len(rows(screen)) == 6
        assert pilot.app.screen is screen


async def test_down_and_up_move_the_cursor_while_typing(folder: Path, kept: list[Highlight]) -> None:
    async with noted(folder) as (pilot, screen):
        await pilot.press("slash", *"low", "down", "down", "up", "enter")
        assert chosen(screen).text == "Two hold."


# Moving


async def test_keys_move_the_cursor(folder: Path, kept: list[Highlight]) -> None:
    async with noted(folder) as (pilot, screen):
        where = []
        for key in (
            "j",
            "j",
            "k",
            "G",
            "g",
            "right_square_bracket",
            "left_square_bracket",
            "pagedown",
            "pageup",
        ):
            await pilot.press(key)
            where.append(chosen(screen).text.split()[0])
        assert where == ["One", "Two", "One", "Neap", "A", "One", "A", "Neap", "A"]


async def test_the_mouse_puts_the_cursor_picks_and_opens(folder: Path, kept: list[Highlight]) -> None:
    async with noted(folder) as (pilot, screen):
        y = next(y for y, line in enumerate(drawn(screen).split("\n")) if "Two hold." in line)
        await pilot.click("HighlightList", offset=(30, y))
        assert chosen(screen).text == "Two hold."
        await pilot.click("HighlightList", offset=(30, y), control=True)
        assert list(screen.list.picked) == [chosen(screen).id]
        await pilot.click("HighlightList", offset=(30, y))
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReaderScreen)


# Going there and back


async def test_enter_goes_to_the_place_and_ctrl_o_comes_back(folder: Path, kept: list[Highlight]) -> None:
    async with noted(folder) as (pilot, screen):
        await pilot.press("G", "enter")
        await settle(pilot)
        reader = pilot.app.screen
        assert isinstance(reader, ReaderScreen)
        assert reader.episode.title == "Tides"
        current = reader.current_highlight
        assert current is not None
        assert current.text == "Neap tides come a week later."
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert chosen(screen).text == "Neap tides come a week later."
        assert len(rows(screen)) == 6
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_from_the_episode_itself_too(tides: Episode, kept: list[Highlight]) -> None:
    async with noted(tides.path) as (pilot, screen):
        await pilot.press("j", "enter")
        await settle(pilot)
        reader = pilot.app.screen
        assert isinstance(reader, ReaderScreen)
        assert reader.current_highlight is not None
        assert reader.current_highlight.text == "Two hold."
        await pilot.press("apostrophe", "apostrophe")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert chosen(screen).text == "Two hold."
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReaderScreen)


async def test_what_has_no_file_says_so(folder: Path, kept: list[Highlight]) -> None:
    notebook = Notebook()
    elsewhere = Source("elsewhere", Path("imported") / "elsewhere", "", "A book")
    notebook.make(added(replace(kept[0], id="imported", source=elsewhere)))
    notebook.close()
    async with noted(folder) as (pilot, screen):
        assert rows(screen)[0] == "[A book]"
        await pilot.press("g", "enter")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert told(screen) == ["Its episode has no file in the library"]


async def test_the_cursor_begins_where_the_reader_is(tides: Episode, kept: list[Highlight]) -> None:
    async with opened(tides.path) as (pilot, app):
        assert app.reader is not None
        app.reader.page.go_section(next(one.ordinal for one in tides.sections if one.title == "Water"))
        await pilot.press("H")
        await settle(pilot)
        assert isinstance(app.screen, NotebookScreen)
        assert chosen(app.screen).text == "Neap tides come a week later."


async def test_escape_leads_back_to_where_it_was_asked_for(folder: Path, kept: list[Highlight]) -> None:
    async with noted(folder) as (pilot, screen):
        await pilot.press("G", "enter")
        await settle(pilot)
        # The notebook lies below the text by now.
        await pilot.press("H")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert screen.is_of_episode
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReaderScreen)
        await pilot.press("l")
        await settle(pilot)
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_a_click_on_the_scope_changes_it(tides: Episode, kept: list[Highlight]) -> None:
    async with noted(tides.path) as (pilot, screen):
        await pilot.click("#notebook-title", offset=(30, 0))
        await settle(pilot)
        assert len(rows(screen)) == 6
        await pilot.click("#notebook-title", offset=(70, 0))
        await settle(pilot)
        assert len(rows(screen)) == 6


async def test_what_changed_while_it_was_not_shown_is_seen(folder: Path, kept: list[Highlight]) -> None:
    async with noted(folder) as (pilot, screen):
        await pilot.press("G", "enter")
        await settle(pilot)
        await pilot.press("4")
        await settle(pilot)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: chosen(screen).colour is Colour.ROSE)
        assert pilot.app.screen is screen
        assert chosen(screen).colour is Colour.ROSE


# Changing


async def test_favourites_colours_and_their_undo(folder: Path, kept: list[Highlight]) -> None:
    async with noted(folder) as (pilot, screen):
        await pilot.press("f", "4")
        await settle(pilot)
        assert (chosen(screen).is_favourite, chosen(screen).colour) == (True, Colour.ROSE)
        await pilot.press("f", "f", "2", "1")
        await settle(pilot)
        assert (chosen(screen).is_favourite, chosen(screen).colour) == (True, Colour.AMBER)
        for _ in range(6):
            await pilot.press("U")
            await settle(pilot)
        assert (chosen(screen).is_favourite, chosen(screen).colour) == (False, Colour.AMBER)
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert chosen(screen).is_favourite


async def test_what_is_deleted_comes_back(folder: Path, kept: list[Highlight]) -> None:
    async with noted(folder) as (pilot, screen):
        await pilot.press("j", "d")
        await settle(pilot)
        assert "One strand breaks." not in rows(screen)
        assert chosen(screen).text == "Two hold."
        assert screen.bar.status == "highlight deleted · U brings it back"
        assert isinstance(pilot.app, PullquoteApp)
        assert len(pilot.app.notebook.highlights()) == 3
        await pilot.press("U")
        await settle(pilot)
        assert rows(screen)[3] == "One strand breaks."
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert "One strand breaks." not in rows(screen)


async def test_what_can_t_be_kept_yet_is_shown_and_said(
    folder: Path, kept: list[Highlight], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with noted(folder) as (pilot, screen):

        def full(notebook: Notebook, change: Change) -> None:
            notebook.tell(Waiting(change, "the disk is full"))

        monkeypatch.setattr(Notebook, "make", full)
        await pilot.press("f")
        await until(pilot, lambda: chosen(screen).is_favourite)
        assert chosen(screen).is_favourite
        assert screen.bar.status == "favourite (not kept yet)"
        assert "not kept yet: the disk is full" in "".join(
            segment.text for segment in screen.hints.render_line(0)
        )


async def test_a_note_is_written_and_shown(folder: Path, kept: list[Highlight]) -> None:
    async with noted(folder) as (pilot, screen):
        await pilot.press("a", *"Legs.", "escape")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert chosen(screen).note == "Legs."
        assert "† Legs." in drawn(screen)
        await pilot.press("e", *" Feet.", "escape")
        await settle(pilot)
        assert chosen(screen).note == "Legs. Feet."


async def test_tags_are_given_to_all_that_is_selected(folder: Path, kept: list[Highlight]) -> None:
    async with noted(folder) as (pilot, _):
        await pilot.press("asterisk", "t", *"sea", "enter", "escape")
        await settle(pilot)
        assert isinstance(pilot.app, PullquoteApp)
        assert all("sea" in highlight.tags for highlight in pilot.app.notebook.highlights())
        assert "rope" in pilot.app.notebook.highlights()[0].tags


async def test_what_is_selected_is_changed_in_one_go(folder: Path, kept: list[Highlight]) -> None:
    async with noted(folder) as (pilot, screen):
        await pilot.press("space", "space", "3")
        await settle(pilot)
        assert "2 selected" in str(screen.heading.render())
        assert isinstance(pilot.app, PullquoteApp)
        assert [one.colour for one in pilot.app.notebook.highlights()].count(Colour.BLUE) == 2
        await pilot.press("d")
        await settle(pilot)
        assert len(rows(screen)) == 3
        assert screen.bar.status == "2 highlights deleted · U brings it back"
        await pilot.press("U")
        await settle(pilot)
        assert len(rows(screen)) == 6
        await pilot.press("U")
        await settle(pilot)
        assert Colour.BLUE not in {one.colour for one in pilot.app.notebook.highlights()}


async def test_a_range_is_selected_and_escape_backs_out_one_level_at_a_time(
    folder: Path, kept: list[Highlight]
) -> None:
    async with noted(folder) as (pilot, screen):
        await pilot.press("slash", *"low", "enter", "space", "G", "V")
        assert len(screen.list.picked) == 3
        await pilot.press("escape")
        assert (len(screen.list.picked), screen.wanted) == (0, "low")
        await pilot.press("escape")
        assert screen.wanted == ""
        assert pilot.app.screen is screen
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_a_change_that_another_window_makes_is_seen(folder: Path, kept: list[Highlight]) -> None:
    async with noted(folder) as (pilot, screen):
        other = Notebook()
        here = other.highlights()
        other.make(changed(here[3], replace(here[3], note="From the other window.")))
        other.make(Change("deleted", (Edit(here[0], None),)))
        other.close()
        await until(pilot, lambda: "From the other window." in drawn(screen))
        assert "From the other window." in drawn(screen)
        assert "One strand breaks." not in rows(screen)


# Lost places


async def test_what_lost_its_place_is_listed_and_found_again_by_hand(
    folder: Path, tides: Episode, kept: list[Highlight]
) -> None:
    tides.path.write_text(TIDES.replace("Two hold.", "A pair is enough for anybody."), encoding="utf-8")
    async with noted(folder) as (pilot, screen):
        await until(pilot, lambda: "[Lost their place]" in rows(screen))
        assert rows(screen)[-2:] == ["[Lost their place]", "Two hold."]
        assert "1 lost its place" in str(screen.heading.render())
        await pilot.press("g", "r")
        assert told(screen) == ["It has its place; Enter goes there"]
        await pilot.press("G", "r")
        await settle(pilot)
        reader = pilot.app.screen
        assert isinstance(reader, ReaderScreen)
        assert reader.lost is not None
        await pilot.press("v", "right_parenthesis", "enter")
        await settle(pilot)
        assert reader.lost is None
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert pilot.app.screen is screen
        await until(pilot, lambda: "[Lost their place]" not in rows(screen))
        assert "[Lost their place]" not in rows(screen)


async def test_with_its_file_a_place_is_lost(folder: Path, maps: Episode, kept: list[Highlight]) -> None:
    maps.path.rename(folder.parent / "maps.md")
    (folder / "bread.md").write_text("# Bread\n\nBread remembers.\n", encoding="utf-8")
    async with noted(folder) as (pilot, screen):
        await until(pilot, lambda: "[Lost their place]" in rows(screen))
        assert rows(screen)[-2:] == ["[Lost their place]", "A map is a list of what was left out."]
        await pilot.press("G", "enter")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert "maps.md" in told(screen)[0]
        (folder.parent / "maps.md").rename(maps.path)
        await pilot.press("escape", "H")
        await until(pilot, lambda: "[Lost their place]" not in rows(screen))
        assert "[Lost their place]" not in rows(screen)


# Taking away


async def test_y_copies_with_the_citation(folder: Path, kept: list[Highlight], copies: Copies) -> None:
    async with noted(folder) as (pilot, _):
        await pilot.press("j", "y")
        await settle(pilot)
        assert copies == ["“One strand breaks.”\n\n— Tides (Low Water #7), Rope"]


async def test_several_are_copied_in_one_go_and_in_any_style(
    folder: Path, kept: list[Highlight], copies: Copies
) -> None:
    async with noted(folder) as (pilot, screen):
        await pilot.press("j", "space", "space", "y")
        await settle(pilot)
        assert copies[0].count("Tides (Low Water #7)") == 2
        await pilot.press("Y")
        await settle(pilot)
        panel = pilot.app.screen
        assert isinstance(panel, CopyAsScreen)
        await pilot.press("j", "enter")
        await settle(pilot)
        assert copies[1] == "One strand breaks.\n\nTwo hold."
        assert pilot.app.screen is screen
        await pilot.press("ctrl+c")
        await settle(pilot)
        assert copies[2] == copies[0]


async def test_the_export_dialog_knows_what_is_meant(folder: Path, kept: list[Highlight]) -> None:
    async with noted(folder) as (pilot, screen):
        await pilot.press("slash", *"low", "enter", "space", "E")
        await settle(pilot)
        dialog = pilot.app.screen
        assert isinstance(dialog, ExportScreen)
        counts = {}
        for scope in dialog.scopes:
            counts[scope.name] = len(scope.read())
        assert counts == {"selected": 1, "shown": 3, "whole library": 4}
        dialog.path_field.value = str(folder.parent / "out" / "all.json")
        await pilot.press("j", "j", "enter", "enter")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert "One strand breaks." in (folder.parent / "out" / "all.json").read_text(encoding="utf-8")
        assert told(screen)[-1].startswith("1 highlight written to ")


async def test_the_link_of_a_quote_is_opened(
    folder: Path, kept: list[Highlight], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with noted(folder) as (pilot, screen):
        await pilot.press("O")
        assert told(screen) == ["The episode has no address"]


# Texts that are hostile


async def test_no_text_is_taken_for_markup_or_acts(folder: Path, tides: Episode) -> None:
    bad = "[red]x[/red] [/] [@click=app.bell]y[/] \x1b]0;owned\x07 \u202e end"
    notebook = Notebook()
    source = replace(notebook.of_episode(tides).source, title=bad, show=bad, people=(bad,))
    made = new_highlight(source, tides, "Two hold.")
    notebook.make(added(replace(made, text=bad, note=bad, tags=(bad,), speaker=bad, is_favourite=True)))
    notebook.close()
    async with noted(folder) as (pilot, screen):
        for _ in Grouping:
            text = drawn(screen)
            assert "[red]x[/red]" in text
            assert not {"\x1b", "\x07", "\u202e"} & set(text)
            await pilot.press("s")
            await settle(pilot)
        await pilot.press("E")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ExportScreen)
        shown = str(pilot.app.screen.preview.render())
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)
