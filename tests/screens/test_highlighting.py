"""Highlights through their keys: made, changed, drawn, taken back; on the disk before they are told."""

import pytest

from tests.making import bullet, episode, paragraph, section
from tests.screens.marking import reading
from tui.core.episode import Place, Span, SpanKind
from tui.core.notebook.changes import Change
from tui.core.notebook.values import Colour


async def test_a_label_highlights_its_sentence_in_three_keys() -> None:
    async with reading() as reader:
        await reader.pilot.press("h")
        await reader.press(*reader.label("It never asks"))
        (made,) = reader.highlights
        assert (made.text, made.colour) == ("It never asks.", Colour.AMBER)
        assert made.source.title == "On Harbours"
        assert reader.marked("It never asks.") == ["amber"]
        assert reader.marked("The harbour waits.") == []
        assert reader.screen.bar.status == "kept · amber"


async def test_a_capital_begins_a_range() -> None:
    async with reading() as reader:
        await reader.pilot.press("h")
        first, last = reader.label("It never"), reader.label("Dredging")
        await reader.press(*first.upper(), *last)
        assert reader.highlights[0].text == "It never asks. The harbour waits.\n\n- Dredging never ends."
        assert reader.marked("Dredging never ends.") == ["amber"]


async def test_a_selection_is_highlighted_at_once_and_gone_then() -> None:
    async with reading() as reader:
        await reader.press("v", "j", "h")
        assert [one.text for one in reader.highlights] == ["It never asks."]
        assert reader.screen.page.selection is None
        assert not reader.screen.is_selecting


async def test_the_same_stretch_is_highlighted_once() -> None:
    async with reading() as reader:
        await reader.highlight("It never asks")
        await reader.highlight("It never asks", "2")
        assert [one.colour for one in reader.highlights] == [Colour.GREEN]


async def test_escape_highlights_nothing() -> None:
    async with reading() as reader:
        await reader.press("h", "escape")
        assert reader.highlights == []
        assert not reader.screen.is_labelling


@pytest.mark.parametrize(
    ("key", "colour"), [("1", Colour.AMBER), ("2", Colour.GREEN), ("3", Colour.BLUE), ("4", Colour.ROSE)]
)
async def test_digits_colour_the_current_highlight(key: str, colour: Colour) -> None:
    async with reading() as reader:
        await reader.highlight("It never asks", "3" if key == "1" else "1", key)
        assert [one.colour for one in reader.highlights] == [colour]
        assert reader.marked("It never asks.") == [colour]
        assert reader.screen.bar.status == f"kept · {colour}"


async def test_a_digit_highlights_a_selection_in_its_colour() -> None:
    async with reading() as reader:
        await reader.press("v", "3")
        assert [one.colour for one in reader.highlights] == [Colour.BLUE]


async def test_keys_that_come_before_it_is_on_the_disk_are_about_the_same_highlight() -> None:
    async with reading() as reader:
        await reader.pilot.press("h")
        await reader.press(*reader.label("It never asks"), "4", "f", "2", "f", "f")
        (made,) = reader.highlights
        assert (made.colour, made.is_favourite) == (Colour.GREEN, True)


async def test_favourite_there_and_back() -> None:
    async with reading() as reader:
        await reader.highlight("It never asks", "f")
        assert reader.highlights[0].is_favourite
        assert "★" in reader.line("It never asks")
        await reader.press("f")
        assert not reader.highlights[0].is_favourite
        assert "★" not in reader.line("It never asks")


@pytest.mark.parametrize("key", ["D", "delete"])
async def test_deleting_and_bringing_back(key: str) -> None:
    async with reading() as reader:
        await reader.highlight("It never asks", "3", key)
        assert reader.highlights == []
        assert reader.marked("It never asks.") == []
        assert "U brings it back" in reader.screen.bar.status
        await reader.press("U")
        assert [one.colour for one in reader.highlights] == [Colour.BLUE]
        assert reader.marked("It never asks.") == ["blue"]


async def test_everything_is_taken_back_and_done_again_and_said() -> None:
    async with reading() as reader:
        await reader.highlight("It never asks", "2", "f")
        states = []
        for _ in range(4):
            await reader.press("U")
            states.append([(one.colour, one.is_favourite) for one in reader.highlights])
        assert states == [[(Colour.GREEN, False)], [(Colour.AMBER, False)], [], []]
        assert reader.screen.bar.status == "nothing to undo"
        assert reader.marked("It never asks.") == []
        for _ in range(3):
            await reader.press("ctrl+r")
        assert reader.screen.bar.status.startswith("done again: favourite")
        assert [(one.colour, one.is_favourite) for one in reader.highlights] == [(Colour.GREEN, True)]
        assert reader.marked("It never asks.") == ["green"]


async def test_the_only_highlight_in_sight_is_meant() -> None:
    async with reading() as reader:
        await reader.highlight("It never asks", "escape")
        assert reader.screen.current == ""
        await reader.press("2")
        assert reader.highlights[0].colour == Colour.GREEN


async def test_labels_choose_among_several_highlights() -> None:
    async with reading() as reader:
        await reader.highlight("It never asks")
        await reader.highlight("Dredging", "escape")
        await reader.pilot.press("4")
        assert reader.screen.is_labelling
        assert len(reader.screen._labelled) == 2
        await reader.press(*reader.label("Dredging"))
        assert {one.text: one.colour for one in reader.highlights} == {
            "It never asks.": Colour.AMBER,
            "Dredging never ends.": Colour.ROSE,
        }


async def test_without_highlights_it_is_said_how_to_make_one() -> None:
    async with reading() as reader:
        await reader.press("D")
        assert not reader.screen.is_labelling
        assert any("h makes one" in one.message for one in reader.app._notifications)


async def test_the_selection_chooses_the_highlight_it_is_in() -> None:
    async with reading() as reader:
        await reader.press("V", "h", "escape", "v", "j", "h")
        assert len(reader.highlights) == 2
        await reader.press("escape", "v", "j", "3")
        assert [one.colour for one in reader.highlights] == [Colour.AMBER, Colour.BLUE]
        assert reader.marked("The river") == ["amber"]
        assert reader.marked("It never asks.") == ["blue"]


async def test_a_click_chooses_a_highlight_and_shows_what_is_noted() -> None:
    async with reading() as reader:
        await reader.highlight("It never asks")
        await reader.highlight("Dredging", "escape")
        for y, line in enumerate(reader.lines):
            if "never asks" in line:
                await reader.pilot.click(reader.screen.page, offset=(line.index("never"), y))
        await reader.press("2")
        assert [one.colour for one in reader.highlights] == [Colour.GREEN, Colour.AMBER]
        assert "▎" in reader.line("It never asks")


async def test_going_from_highlight_to_highlight() -> None:
    text = [f"Sentence {number} is here. " * 6 for number in range(40)]
    async with reading(episode(section(0, "", *text)), (80, 14)) as reader:
        await reader.press("v", "h", "escape", "G", "v", "h", "escape", "g")
        first, last = reader.highlights
        await reader.press("full_stop")
        assert reader.screen.current == first.id
        await reader.press("full_stop")
        assert reader.screen.current == last.id
        assert not reader.screen.page.is_in_sight(Place(0, 0))
        await reader.press("full_stop")
        assert any("further down" in one.message for one in reader.app._notifications)
        await reader.press("comma")
        assert reader.screen.current == first.id
        assert reader.screen.page.is_in_sight(Place(0, 0))


async def test_what_moves_out_of_sight_is_current_no_more() -> None:
    text = [f"Sentence {number} is here. " * 6 for number in range(40)]
    async with reading(episode(section(0, "", *text)), (80, 14)) as reader:
        await reader.press("v", "h")
        assert reader.screen.current
        await reader.press("j")
        assert reader.screen.current
        await reader.press("space")
        assert reader.screen.current == ""
        assert reader.screen.bar.status == ""


async def test_hits_and_the_highlight_are_said_side_by_side() -> None:
    async with reading() as reader:
        await reader.press("slash", *"never", "enter", "h")
        await reader.press(*reader.label("Dredging"))
        assert reader.screen.bar.status == "kept · amber · 1 / 2"
        await reader.press("n")
        assert reader.screen.bar.status.endswith("2 / 2")


# Drawing


async def test_what_the_source_marks_and_hits_are_drawn_over_a_highlight() -> None:
    marked = paragraph(
        "A word is marked here, a code there.",
        spans=(Span(2, 6, SpanKind.MARK), Span(25, 29, SpanKind.CODE)),
    )
    async with reading(episode(section(0, "", marked))) as reader:
        await reader.press("v", "h", "escape", "slash", *"marked", "enter")
        page = reader.screen.page
        grounds = {}
        for segment in next(page.render_line(y) for y in range(9) if "A word" in page.render_line(y).text):
            if segment.style is not None:
                grounds[segment.text.strip()] = segment.style.bgcolor
        highlight = page.ink("highlight-amber").bgcolor
        assert grounds["A"] == grounds["code"] == highlight
        assert grounds["word"] == page.ink("mark").bgcolor != highlight
        assert grounds["marked"] == page.ink("current-hit").bgcolor != highlight


async def test_a_highlight_over_sections_blocks_and_headings_is_drawn_over_all_of_them() -> None:
    async with reading() as reader:
        await reader.pilot.press("h")
        first, last = reader.label("The harbour waits"), reader.label("Twice a day")
        await reader.press(*first.upper(), *last)
        for words in ("The harbour waits.", "Dredging never ends.", "Tides", "Twice a day."):
            assert reader.marked(words) == ["amber"], words
        assert reader.marked("Always.") == []
        assert reader.marked("It never asks.") == []


async def test_wide_characters_are_highlighted_whole() -> None:
    async with reading() as reader:
        await reader.highlight("「潮")
        assert reader.highlights[0].text == "「潮は満ちる。潮は引く。」と彼女は言う。"
        assert reader.marked("潮は引く") == ["amber"]


async def test_the_innermost_of_nested_highlights_is_on_top_and_each_is_counted() -> None:
    async with reading() as reader:
        await reader.press("v", "j", "h", "4", "escape", "V", "h", "2")
        assert reader.marked("The river brings silt.") == ["green"]
        assert reader.marked("It never asks.") == ["rose"]
        row = next(
            reader.screen.outline.render_line(y).text
            for y in range(12)
            if "Silt" in reader.screen.outline.render_line(y).text
        )
        assert "│2" in row


async def test_a_closed_fold_says_what_it_hides_and_an_open_one_shows_it() -> None:
    folded = episode(
        section(
            0, "", "Read this.", paragraph("A word from our sponsor. Buy it.", fold="sponsor"), "And this."
        )
    )
    async with reading(folded) as reader:
        await reader.press("enter")
        await reader.highlight("Buy it", "escape")
        assert reader.marked("Buy it.") == ["amber"]
        await reader.press("enter")
        assert "1 highlight" in reader.line("Sponsor")
        await reader.press("D")
        assert len(reader.highlights) == 1  # what can't be seen is not meant


async def test_a_thousand_highlights_in_one_episode_are_all_drawn() -> None:
    crowded = episode(
        *(
            section(
                number, f"Part {number}", *(bullet(f"Sentence {number} {row} is short.") for row in range(20))
            )
            for number in range(50)
        )
    )
    async with reading(crowded, (100, 40)) as reader:
        from tui.core.notebook.changes import Change, Edit
        from tui.core.notebook.highlighting import highlight_of
        from tui.core.stretches import section_sentences

        screen = reader.screen
        made = [
            highlight_of(crowded, stretch, screen.text, screen.notes.source, list(Colour)[number % 4])
            for ordinal in range(50)
            for number, stretch in enumerate(section_sentences(crowded, ordinal))
        ]
        reader.app.notebook.make(Change("1,000 highlights", tuple(Edit(None, one) for one in made)))
        await reader.settle()
        assert len(screen.page.notes.marks.all) == 1_000
        await reader.press("G")
        colours = [reader.marked(f"Sentence 49 {row} is short.") for row in range(10, 20)]
        assert colours == [[list(Colour)[row % 4]] for row in range(10, 20)]


@pytest.mark.parametrize("theme", ["dark", "light", "terminal"])
async def test_highlights_are_told_from_text_without_colour(
    theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_THEME", theme)
    async with reading() as reader:
        for words, key in (("The river", "1"), ("Dredging", "2"), ("It only", "3"), ("Twice", "4")):
            await reader.highlight(words, key)
        await reader.press("escape")
        signs = [
            reader.line(words)[reader.screen.page.margin - 2]
            for words in ("The river", "Dredging", "It only", "Twice")
        ]
        assert len(set(signs)) == 4
        assert not set(signs) & set(" ▎╶")
        if theme == "terminal":
            assert reader.screen.page.ink("highlight-amber").underline


async def test_signs_stay_in_the_gutter_of_the_narrowest_window() -> None:
    async with reading(size=(34, 20)) as reader:
        await reader.highlight("It never asks", "f")
        await reader.press("B", "m", "a", "escape")
        assert reader.screen.page.margin == 3
        for line in reader.lines:
            assert len(line) <= 34 or not line.isascii()
        assert "★│ " in "".join(reader.lines)


async def test_highlights_come_back_with_the_episode() -> None:
    async with reading() as reader:
        await reader.highlight("It never asks", "3")
    async with reading() as again:
        assert again.marked("It never asks.") == ["blue"]
        assert again.screen.current == ""


async def test_nothing_is_drawn_before_it_is_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading() as reader:
        asked: list[Change] = []
        monkeypatch.setattr(reader.app.notebook, "make", asked.append)
        await reader.highlight("It never asks")
        assert len(asked) == 1
        assert reader.marked("It never asks.") == []
        assert "kept" not in reader.screen.bar.status


async def test_what_can_not_be_kept_stays_is_drawn_and_said_until_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import sqlite3

    from tui.core.notebook.store import Store

    make = Store.make

    def full(*_: object, **__: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    async with reading() as reader:
        monkeypatch.setattr(Store, "make", full)
        await reader.pilot.press("h")
        await reader.pilot.press(*reader.label("It never asks"))
        while not reader.app.not_kept:
            await reader.pilot.pause(0.01)
        await reader.pilot.pause()
        assert reader.marked("It never asks.") == ["amber"]
        assert reader.screen.bar.status.startswith("not kept yet")
        assert "disk is full" in reader.screen.hints.render_line(0).text
        await reader.pilot.press("q")
        await reader.pilot.pause()
        assert reader.app.is_running
        monkeypatch.setattr(Store, "make", make)
        await reader.settle()
        assert [one.text for one in reader.highlights] == ["It never asks."]
        assert "disk is full" not in reader.screen.hints.render_line(0).text


async def test_another_window_s_highlights_appear() -> None:
    from dataclasses import replace

    from tui.core.notebook.changes import Change, Edit
    from tui.core.notebook.notebook import Notebook
    from tui.core.notebook.values import new_id

    async with reading() as reader:
        await reader.highlight("It never asks")
        other = Notebook()
        (one,) = other.highlights()
        moved = replace(one, id=new_id(), colour=Colour.ROSE, order=0)
        other.make(Change("highlight", (Edit(one, None), Edit(None, moved))))
        assert other.flush(5)
        other.close()
        for _ in range(300):
            if reader.marked("It never asks.") == ["rose"]:
                break
            await reader.pilot.pause(0.01)
        assert reader.marked("It never asks.") == ["rose"]
