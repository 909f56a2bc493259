"""Folds through their keys, the mouse, the search and the cursor; the place is kept through all of it."""

from dataclasses import replace
from pathlib import Path

from tests.making import episode, paragraph, section
from tests.screens.reading import lines, reading, row
from tui.core.episode import Place

WORDS = "The river brings silt all year. " * 12

HARBOURS = episode(
    section(0, "Silt", WORDS, paragraph("Buy rope. It holds.", fold="sponsor"), "The harbour waits. " * 40),
    section(
        1,
        "Talk",
        paragraph("Who pays for the dredger?", speaker="Host", fold="transcript"),
        paragraph("Nobody does. " * 30, speaker="Ida", fold="transcript"),
    ),
    section(2, "Tides", "Twice a day. " * 80, paragraph("Links and names.", fold="show notes")),
)


async def test_enter_opens_the_nearest_fold_and_closes_it_where_it_stands() -> None:
    async with reading(HARBOURS) as (pilot, screen):
        before = lines(screen)
        at = row(screen, "▸ Sponsor · 4 words")
        await pilot.press("enter")
        assert row(screen, "▾ Sponsor · 4 words") == at
        assert row(screen, "Buy rope. It holds.") == at + 2
        await pilot.press("enter")
        assert lines(screen) == before


async def test_enter_closes_a_fold_that_is_read_although_its_line_is_out_of_sight() -> None:
    talk = section(
        0, "Talk", paragraph(" ".join(f"word{n}" for n in range(900)), fold="transcript"), "After."
    )
    async with reading(episode(talk), size=(80, 20)) as (pilot, screen):
        await pilot.press("enter", "space", "space", "enter")
        assert lines(screen)[0] == "▸ Transcript · 900 words"


async def test_without_a_fold_enter_says_so() -> None:
    async with reading(episode(section(0, "Silt", WORDS))) as (pilot, screen):
        for key, said in (("enter", "Nothing is folded here"), ("Z", "Nothing is folded in this episode")):
            await pilot.press(key)
            assert [note.message for note in screen.app._notifications] == [said]


async def test_a_click_opens_a_fold_and_selects_nothing() -> None:
    async with reading(HARBOURS) as (pilot, screen):
        at = row(screen, "▸ Sponsor")
        await pilot.click(screen.page, offset=(screen.page.margin + 4, at))
        assert row(screen, "▾ Sponsor") == at
        assert screen.page.selection is None


async def test_all_folds_open_and_close_and_the_place_is_kept() -> None:
    async with reading(HARBOURS, size=(80, 20)) as (pilot, screen):
        await pilot.press(
            "right_square_bracket", "right_square_bracket", "right_square_bracket", "j", "j", "j"
        )
        top = lines(screen)[0]
        await pilot.press("Z")
        assert lines(screen)[0] == top
        assert all(screen.page.folds.is_open(fold) for fold in screen.page.folds.all)
        await pilot.press("Z")
        assert lines(screen)[0] == top
        assert not screen.page.folds.state.opened


async def test_a_hit_in_a_fold_opens_it_while_it_is_the_one() -> None:
    async with reading(HARBOURS) as (pilot, screen):
        before = lines(screen)
        await pilot.press("slash", *"rope")
        await pilot.pause()
        assert any("Buy rope" in line for line in lines(screen))
        assert screen.bar.status.startswith("1 / 1 here")
        await pilot.press("escape")
        assert lines(screen) == before
        await pilot.press("slash", *"dredger", "enter")
        await pilot.pause()
        assert any("Who pays" in line for line in lines(screen))
        assert [fold.kind for fold in screen.page.folds.all if screen.page.folds.is_open(fold)] == [
            "transcript"
        ]
        await pilot.press("escape")
        assert any("Who pays" in line for line in lines(screen))


async def test_a_closed_fold_says_how_many_hits_it_hides() -> None:
    async with reading(HARBOURS) as (pilot, screen):
        await pilot.press("slash", *"nobody does", "enter")
        await pilot.pause()
        await pilot.press("Z", "Z", "right_square_bracket", "left_square_bracket")
        assert any(line == "▸ Transcript · 65 words · 30 hits" for line in lines(screen))
        await pilot.press("n")
        assert any("▾ Transcript" in line for line in lines(screen))


async def test_the_cursor_and_paragraph_keys_go_past_closed_folds() -> None:
    async with reading(HARBOURS) as (pilot, screen):
        for _ in range(4):
            await pilot.press("right_curly_bracket")
        assert lines(screen)[0] == "Talk"
        await pilot.press("right_curly_bracket", "left_curly_bracket", "left_curly_bracket")
        assert lines(screen)[0].startswith("The harbour waits.")
        await pilot.press("right_square_bracket", "v")
        selection = screen.page.selection
        assert selection is not None
        assert selection.start == Place(2, 0, 0)
        await pilot.press("k")
        assert screen.page.selection is not None
        assert screen.page.selection.start.section == 0


async def test_labels_leave_closed_folds_out() -> None:
    async with reading(HARBOURS) as (pilot, screen):
        await pilot.press("y")
        assert all(screen.page.folds.closed_at(place) is None for place, _ in screen._labelled.values())
        await pilot.press("escape", "enter", "y")
        assert any(place.block == 1 for place, _ in screen._labelled.values())


async def test_a_selection_over_a_closed_fold_is_shown_on_its_line() -> None:
    async with reading(HARBOURS) as (pilot, screen):
        await pilot.press("V", "J")
        selection = screen.page.selection
        assert selection is not None
        assert (selection.start.block, selection.end.block) == (0, 2)
        assert screen.page.render_line(row(screen, "Sponsor")).text.strip().startswith("▎ ▸ Sponsor")
        quote = screen.selected_quote()
        assert quote is not None
        assert "Buy rope. It holds." in quote.text


async def test_what_is_folded_is_left_out_of_what_there_is_to_read() -> None:
    async with reading(HARBOURS) as (pilot, screen):
        folded = screen.page.progress.minutes_left
        total = screen.page.folds.words_before(3)
        await pilot.press("Z")
        assert screen.page.folds.words_before(3) == total + 4 + 65 + 3
        assert screen.page.progress.minutes_left >= folded
        await pilot.press("G")
        assert screen.page.progress.percent == 100


async def test_going_back_into_a_fold_opens_it() -> None:
    async with reading(HARBOURS, size=(80, 20)) as (pilot, screen):
        await pilot.press("Z", "right_square_bracket", "right_square_bracket", "d")
        place = screen.page.place
        assert screen.page.folds.at(place) is not None
        await pilot.press("g", "Z")
        assert screen.page.folds.closed_at(place) is not None
        await pilot.press("ctrl+o")
        assert screen.page.place == place


async def test_another_width_and_reading_again_keep_what_is_open_and_the_place() -> None:
    async with reading(HARBOURS, size=(80, 20)) as (pilot, screen):
        await pilot.press("right_square_bracket", "right_square_bracket", "enter", "j", "j")
        top = lines(screen)[0]
        assert top == "▾ Transcript · 65 words"
        await pilot.resize_terminal(60, 24)
        await pilot.pause()
        assert lines(screen)[0] == top
        screen._show(replace(HARBOURS), None)
        await pilot.pause()
        assert lines(screen)[0] == top


async def test_each_episode_keeps_its_folds() -> None:
    other = replace(HARBOURS, id="ba9876543210", path=Path("other.md"))
    async with reading(HARBOURS) as (pilot, screen):
        await pilot.press("enter")
        screen.open_episode(other)
        await pilot.pause()
        assert any("▸ Sponsor" in line for line in lines(screen))
        screen.open_episode(HARBOURS)
        await pilot.pause()
        assert any("▾ Sponsor" in line for line in lines(screen))


async def test_the_rest_of_a_file_keeps_what_was_opened_in_its_head() -> None:
    head = replace(HARBOURS, sections=(HARBOURS.sections[0],), path=Path("absent.md"))
    async with reading(head) as (pilot, screen):
        await pilot.press("enter")
        screen._show(replace(HARBOURS, path=head.path), None)
        await pilot.pause()
        assert any("▾ Sponsor" in line for line in lines(screen))
