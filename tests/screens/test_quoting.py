"""Taking quotes: by label, by the sentence cursor, by the mouse; what is copied is the source's text."""

import pytest
from textual.events import MouseDown

from tests.making import bullet, episode, section
from tests.screens.reading import reading
from tui.app import PullquoteApp
from tui.core.clipboard import Outcome
from tui.core.episode import Block, BlockKind
from tui.screens.copyas import CopyAsScreen
from tui.screens.reader.screen import ReaderScreen
from tui.taking import CopyDone
from tui.widgets.wrapping import cells

LONG = " ".join(f"This is sentence {number} of a paragraph that goes on and on." for number in range(40))

HARBOURS = episode(
    section(
        0,
        "Silt",
        "The river brings silt. It never asks. The harbour waits.",
        bullet("Dredging never ends."),
        bullet("It only falls behind."),
        speaker="Ida Brandt",
    ),
    section(
        1,
        "Tides",
        Block(BlockKind.QUOTE, "Twice a day. Always.", 1),
        "「潮は満ちる。潮は引く。」と彼女は言う。",
    ),
    show="Low Water",
    number=7,
)


class Copies(list[str]):
    """What reached the clipboard, in order."""


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> Copies:
    """Stands in for the clipboard: which route a copy takes is tested elsewhere."""
    taken = Copies()

    def copy(self: PullquoteApp, text: str) -> None:
        taken.append(text)
        self.post_message(CopyDone(text, Outcome("test", known=True, characters=len(text), message="Copied")))

    monkeypatch.setattr(PullquoteApp, "_copy", copy)
    return taken


def lines(screen: ReaderScreen) -> list[str]:
    return [screen.page.render_line(y).text.rstrip() for y in range(screen.page.size.height)]


def label_of(screen: ReaderScreen, words: str) -> str:
    """The label of the sentence that begins with some words."""
    for label, (place, _) in screen._labelled.items():
        text = screen.episode.sections[place.section].blocks[place.block].text
        if text[place.offset :].startswith(words):
            return label
    raise AssertionError(words)


@pytest.mark.parametrize(
    ("words", "copied"),
    [
        ("It never asks", "It never asks."),
        ("Dredging", "Dredging never ends."),
        ("Always", "Always."),
        ("「潮", "「潮は満ちる。潮は引く。」と彼女は言う。"),
    ],
)
async def test_a_label_copies_its_sentence_with_the_citation(copies: Copies, words: str, copied: str) -> None:
    async with reading(HARBOURS) as (pilot, screen):
        await pilot.press("y")
        await pilot.press(*label_of(screen, words))
        assert len(copies) == 1
        assert copied.strip("「」") in copies[0]
        assert "On Harbours" in copies[0]
        assert "Low Water #7" in copies[0]
        assert not screen.is_labelling


async def test_labels_move_nothing(copies: Copies) -> None:
    async with reading(HARBOURS) as (pilot, screen):
        before = lines(screen)
        await pilot.press("y")
        during = lines(screen)
        assert [cells(line) for line in during] == [cells(line) for line in before]
        assert during != before
        await pilot.press("escape")
        assert lines(screen) == before
        assert copies == []


async def test_a_capital_begins_a_range_that_the_next_label_ends(copies: Copies) -> None:
    async with reading(HARBOURS) as (pilot, screen):
        await pilot.press("y")
        first, last = label_of(screen, "It never"), label_of(screen, "Dredging")
        await pilot.press(*first.upper(), *last)
        assert "It never asks. The harbour waits.\n\n- Dredging never ends." in copies[0]


async def test_a_range_may_be_named_from_its_end(copies: Copies) -> None:
    async with reading(HARBOURS) as (pilot, screen):
        await pilot.press("y")
        first, last = label_of(screen, "It never"), label_of(screen, "Dredging")
        await pilot.press(*last.upper(), *first)
        assert "It never asks. The harbour waits.\n\n- Dredging never ends." in copies[0]


async def test_twice_y_copies_the_section(copies: Copies) -> None:
    async with reading(HARBOURS) as (pilot, _screen):
        await pilot.press("y", "y")
        assert "The harbour waits.\n\n- Dredging never ends.\n- It only falls behind." in copies[0]
        assert "Silt" in copies[0]


async def test_two_letter_labels_reach_every_sentence(copies: Copies) -> None:
    crowded = episode(section(0, "", *(f"Line {number} is short. So is its twin." for number in range(60))))
    async with reading(crowded, (120, 60)) as (pilot, screen):
        await pilot.press("y")
        assert len(screen._labelled) > 25
        assert max(map(len, screen._labelled)) == 2
        label = next(label for label in screen._labelled if len(label) == 2)
        await pilot.press(label[0])
        assert screen.is_labelling
        assert all(shown.startswith(label[0]) for shown in screen.page.labels.values())
        await pilot.press(label[1])
        assert len(copies) == 1


async def test_a_wrong_letter_is_ignored_and_backspace_takes_one_back(copies: Copies) -> None:
    async with reading(HARBOURS) as (pilot, screen):
        await pilot.press("y")
        await pilot.press("z")
        assert screen.is_labelling
        first = label_of(screen, "It never")
        await pilot.press(*first.upper(), "backspace", *first)
        assert "It never asks." in copies[0]
        assert "harbour waits" not in copies[0]


async def test_another_key_ends_the_labels_and_works(copies: Copies) -> None:
    async with reading(HARBOURS) as (pilot, screen):
        await pilot.press("y", "question_mark")
        assert not screen.is_labelling
        assert pilot.app.screen is not screen


async def test_a_sentence_that_began_above_the_screen_has_a_label(copies: Copies) -> None:
    async with reading(episode(section(0, "", "One " + "very " * 400 + "long sentence. Two."))) as (
        pilot,
        screen,
    ):
        await pilot.press("space", "y")
        assert lines(screen)[0].strip().startswith("a")
        await pilot.press("a")
        assert "One very very" in copies[0]


async def test_the_cursor_selects_moves_grows_and_copies(copies: Copies) -> None:
    async with reading(HARBOURS) as (pilot, screen):
        await pilot.press("v", "j", "J", "enter")
        assert "“It never asks. The harbour waits.”" in copies[0]
        assert "Ida Brandt" in copies[0]
        assert not screen.is_selecting


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (["v"], "The river brings silt."),
        (["v", "j"], "It never asks."),
        (["v", "j", "k"], "The river brings silt."),
        (["v", "J", "J"], "The river brings silt. It never asks. The harbour waits."),
        (["v", "J", "J", "K"], "The river brings silt. It never asks."),
        (["v", "j", "K"], "The river brings silt. It never asks."),
        (["v", "w"], "The river brings silt. It"),
        (["v", "b", "b"], "The river brings"),
        (["v", "right", "right"], "The river brings silt. I"),
        (["v", "left"], "The river brings silt"),
        (["v", "j", "o", "K"], "The river brings silt. It never asks."),
        (["V"], "The river brings silt. It never asks. The harbour waits."),
        (["V", "j"], "Dredging never ends."),
        (["V", "J"], "The river brings silt. It never asks. The harbour waits.\n\nDredging never ends."),
        (["v", "right_curly_bracket"], "Dredging never ends."),
        (["v", "j", "V"], "The river brings silt. It never asks. The harbour waits."),
        (["right_parenthesis", "right_parenthesis"], "It never asks."),
        (["v", "right_curly_bracket", "right_curly_bracket", "j"], "Twice a day."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
async def test_what_is_selected(copies: Copies, keys: list[str], text: str) -> None:
    async with reading(HARBOURS) as (pilot, screen):
        await pilot.press(*keys)
        selection = screen.page.selection
        assert selection is not None
        parts = []
        for whole in HARBOURS.sections:
            for number, block in enumerate(whole.blocks):
                within = selection.within(whole.ordinal, number, len(block.text))
                if within:
                    parts.append(block.text[slice(*within)].rstrip())
        assert "\n\n".join(parts) == text


async def test_the_cursor_goes_over_screens_and_the_page_follows(copies: Copies) -> None:
    async with reading(episode(section(0, "", LONG, LONG, LONG)), (80, 12)) as (pilot, screen):
        await pilot.press("v", *["j"] * 45)
        selection = screen.page.selection
        assert selection is not None
        assert selection.start.block == 1
        assert screen.page.is_in_sight(selection.start)


async def test_escape_leaves_the_selection_and_no_text(copies: Copies) -> None:
    async with reading(HARBOURS) as (pilot, screen):
        await pilot.press("v", "j", "escape")
        assert screen.page.selection is None
        assert not screen.is_selecting
        await pilot.press("j")
        assert screen.page.selection is None


async def test_ctrl_c_copies_the_selection_and_else_says_how_to_leave(copies: Copies) -> None:
    async with reading(HARBOURS) as (pilot, screen):
        await pilot.press("ctrl+c")
        assert copies == []
        assert screen.is_running
        await pilot.press("v", "ctrl+c")
        assert "The river brings silt." in copies[0]


async def test_a_hit_is_where_the_cursor_begins(copies: Copies) -> None:
    async with reading(HARBOURS) as (pilot, _screen):
        await pilot.press("slash", *"waits", "enter", "v", "y")
        assert "“The harbour waits.”" in copies[0]


async def test_copy_as_shows_whole_names_and_that_its_list_goes_on() -> None:
    async with reading(HARBOURS, size=(120, 36)) as (pilot, _screen):
        await pilot.press("v", "Y")
        panel = pilot.app.screen
        assert isinstance(panel, CopyAsScreen)
        shown = [panel.names.render_line(y).text.strip() for y in range(len(panel.choices))]
        assert shown == [choice.name for choice in panel.choices]
        assert not panel.names.show_vertical_scrollbar
        await pilot.resize_terminal(50, 16)
        await pilot.pause()
        assert panel.names.show_vertical_scrollbar
        assert panel.names.scrollbar_size_vertical == 1


async def test_copy_as_shows_every_style_and_copies_the_chosen_one(copies: Copies) -> None:
    async with reading(HARBOURS) as (pilot, _screen):
        await pilot.press("v", "Y")
        panel = pilot.app.screen
        assert isinstance(panel, CopyAsScreen)
        names = [choice.name for choice in panel.choices]
        assert len(names) == len(set(names)) >= 10
        await pilot.press("j", "j")
        shown = panel.chosen.text
        assert "> The river brings silt." in shown
        await pilot.press("enter")
        await pilot.pause()
        assert copies == [shown]
        await pilot.press("Y")
        again = pilot.app.screen
        assert isinstance(again, CopyAsScreen)
        assert again.choices[-1].text == shown
        await pilot.press("escape")
        assert len(copies) == 1


async def test_nothing_to_copy_is_said(copies: Copies) -> None:
    async with reading(episode(section(0, "Only a heading"))) as (pilot, screen):
        await pilot.press("y", "v", "Y")
        await pilot.pause()
        assert copies == []
        assert screen.is_running


# The mouse. The column begins at ``margin``; rows count from the top of the page.


def spot(screen: ReaderScreen, words: str) -> tuple[int, int]:
    """The cell of the page at which some words begin."""
    for y, line in enumerate(lines(screen)):
        if words in line:
            return line.index(words), y
    raise AssertionError(words)


@pytest.mark.parametrize(
    ("clicks", "text"),
    [(2, "never"), (3, "It never asks."), (4, "The river brings silt. It never asks. The harbour waits.")],
)
async def test_clicks_select_a_word_a_sentence_a_paragraph(copies: Copies, clicks: int, text: str) -> None:
    async with reading(HARBOURS) as (pilot, screen):
        x, y = spot(screen, "never asks")
        await pilot.click(screen.page, offset=(x + 1, y), times=clicks)
        selection = screen.page.selection
        assert selection is not None
        within = selection.within(0, 0, 999)
        assert within is not None
        assert HARBOURS.sections[0].blocks[0].text[slice(*within)].strip() == text


async def test_dragging_selects_and_ctrl_c_copies_what_was_dragged_over(copies: Copies) -> None:
    async with reading(HARBOURS) as (pilot, screen):
        x, y = spot(screen, "never asks")
        await pilot.mouse_down(screen.page, offset=(x, y))
        await pilot.hover(screen.page, offset=(x + 4, y))
        await pilot.mouse_up(screen.page, offset=(x + 4, y))
        assert screen.is_selecting
        await pilot.press("ctrl+c")
        assert "“never”" in copies[0]


async def test_the_mouse_is_the_page_s_as_soon_as_its_button_goes_down() -> None:
    """A quick drag beyond the page is handed out before the page has answered the button."""
    async with reading(HARBOURS) as (pilot, screen):
        x, y = spot(screen, "never asks")
        screen.page.post_message(MouseDown(screen.page, x, y, 0, 0, 1, shift=False, meta=False, ctrl=False))
        assert pilot.app.mouse_captured is screen.page


async def test_a_click_takes_the_selection_away_and_tells_the_cursor_where_to_begin(copies: Copies) -> None:
    async with reading(HARBOURS) as (pilot, screen):
        await pilot.press("v")
        x, y = spot(screen, "only falls")
        await pilot.click(screen.page, offset=(x, y))
        assert screen.page.selection is None
        await pilot.press("v", "y")
        assert "“It only falls behind.”" in copies[0]


async def test_enter_copies_the_style_it_was_pressed_on(copies: Copies) -> None:
    async with reading(HARBOURS) as (pilot, _):
        await pilot.press("v", "Y")
        panel = pilot.app.screen
        assert isinstance(panel, CopyAsScreen)
        wanted = panel.choices[1].text
        await pilot.press("j", "enter", "j")
        await pilot.pause()
        assert copies == [wanted]


async def test_a_capital_that_is_no_label_begins_no_range(copies: Copies) -> None:
    async with reading(HARBOURS) as (pilot, screen):
        await pilot.press("y", "Z")
        await pilot.press(*label_of(screen, "It never"))
        assert "“It never asks.”" in copies[0]


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (["v", "w", "K"], "The river brings silt."),
        (["v", "j", "o", "b"], "silt. It never asks."),
        (["v", "j", "o", "o", "w"], "It never asks. The"),
    ],
    ids=" ".join,
)
async def test_the_end_that_moves(copies: Copies, keys: list[str], text: str) -> None:
    async with reading(HARBOURS) as (pilot, screen):
        await pilot.press(*keys)
        selection = screen.page.selection
        assert selection is not None
        within = selection.within(0, 0, 999)
        assert within is not None
        assert HARBOURS.sections[0].blocks[0].text[slice(*within)].strip() in (
            text,
            text.removeprefix("silt"),
        )


async def test_what_was_found_last_is_nearer_than_what_was_clicked(copies: Copies) -> None:
    async with reading(HARBOURS) as (pilot, screen):
        x, y = spot(screen, "only falls")
        await pilot.click(screen.page, offset=(x, y))
        await pilot.press("slash", *"waits", "enter", "v", "y")
        assert "“The harbour waits.”" in copies[0]


async def test_the_window_of_styles_can_be_left_by_the_app_s_keys(copies: Copies) -> None:
    async with reading(HARBOURS) as (pilot, screen):
        await pilot.press("v", "Y", "question_mark", "escape", "escape")
        assert pilot.app.screen is screen


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20)])
async def test_the_whole_quote_is_seen_before_it_is_copied(copies: Copies, size: tuple[int, int]) -> None:
    async with reading(HARBOURS, size) as (pilot, _):
        await pilot.press("V", "Y")
        await pilot.pause()
        panel = pilot.app.screen
        assert isinstance(panel, CopyAsScreen)
        first = panel.preview.size.height
        assert first >= 3
        await pilot.press("j", "j", "j", "j", "j")
        await pilot.pause()
        assert panel.preview.size.height >= 3
        assert panel.preview.size.width >= 20
