"""Notes and tags: written, completed, kept however they are left, taken back."""

import os
from pathlib import Path

import pytest

from tests.making import episode, section
from tests.screens.marking import Reader, reading
from tui.screens.note import NoteScreen
from tui.screens.tags import TagsScreen


def note_screen(reader: Reader) -> NoteScreen:
    assert isinstance(reader.app.screen, NoteScreen)
    return reader.app.screen


def tags_screen(reader: Reader) -> TagsScreen:
    assert isinstance(reader.app.screen, TagsScreen)
    return reader.app.screen


@pytest.mark.parametrize("key", ["escape", "ctrl+s", "ctrl+enter"])
async def test_a_note_is_kept_however_it_is_left(key: str) -> None:
    async with reading() as reader:
        await reader.highlight("It never asks", "a")
        assert "It never asks." in str(note_screen(reader).query_one("#quote").render())
        await reader.press(*"Why", "space", *"not?", "enter", *"q", key)
        assert reader.app.screen is reader.screen
        assert reader.highlights[0].note == "Why not?\nq"
        assert "†" in reader.line("It never asks")
        assert "† Why not? q" in reader.screen.bar.status


async def test_a_note_is_taken_back_and_written_again() -> None:
    async with reading() as reader:
        await reader.highlight("It never asks", "a", *"Why", "escape", "U")
        assert reader.highlights[0].note == ""
        assert "undone: note" in reader.screen.bar.status
        assert "†" not in reader.line("It never asks")
        await reader.press("ctrl+r")
        assert reader.highlights[0].note == "Why"


async def test_annotating_a_sentence_highlights_it() -> None:
    async with reading() as reader:
        await reader.pilot.press("a")
        await reader.press(*reader.label("Dredging"), *"Ever", "escape")
        assert [(one.text, one.note) for one in reader.highlights] == [("Dredging never ends.", "Ever")]


@pytest.mark.parametrize("keys", [["v", "a"], ["a"]], ids=["a selection", "a label"])
async def test_what_was_highlighted_for_a_note_is_not_without_one(keys: list[str]) -> None:
    async with reading() as reader:
        await reader.press(*keys)
        if keys == ["a"]:
            await reader.press(*reader.label("Dredging"))
        await reader.press("escape")
        assert reader.highlights == []
        assert "no note, no highlight" in reader.screen.bar.status
        await reader.press("U")
        assert len(reader.highlights) == 1


async def test_a_highlight_from_before_stays_without_a_note() -> None:
    async with reading() as reader:
        await reader.highlight("It never asks", "a", "escape")
        assert len(reader.highlights) == 1


async def test_annotating_a_selection_highlights_it() -> None:
    async with reading() as reader:
        await reader.press("v", "a", *"So", "escape")
        assert [(one.text, one.note) for one in reader.highlights] == [("The river brings silt.", "So")]


async def test_a_label_on_a_highlight_annotates_that() -> None:
    async with reading() as reader:
        await reader.press("V", "h", "escape", "a")
        with pytest.raises(AssertionError):
            reader.label("It never asks")  # its paragraph is highlighted as a whole
        await reader.press(*reader.label("The river"), *"All", "escape")
        assert len(reader.highlights) == 1
        assert reader.highlights[0].note == "All"


async def test_a_note_that_says_nothing_is_none() -> None:
    async with reading() as reader:
        await reader.highlight("It never asks", "a", "space", "enter", "escape")
        assert reader.highlights[0].note == ""
        await reader.press("U")
        assert reader.highlights == []


async def test_what_a_note_holds_can_not_act_on_the_terminal() -> None:
    async with reading() as reader:
        await reader.highlight("It never asks", "a")
        note_screen(reader).field.text = "\x1b]52;c;eA==\x07 \u202e [@click=app.quit]x[/]"
        await reader.press("escape")
        note = reader.highlights[0].note
        assert "\x1b" not in note
        assert "\u202e" not in note
        assert "[@click=app.quit]" in note
        assert reader.app.is_running


async def test_a_note_is_written_in_the_reader_s_editor(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "editor"
    script.write_text(
        "#!/bin/sh\n"
        'printf "%s and more\\nof it" "$(cat "$1")" > "$1"\n'
        'ls -ld "$(dirname "$1")" | cut -c1-10 > "$0.log"; echo "$1" >> "$0.log"\n'
    )
    script.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(script))
    monkeypatch.delenv("VISUAL", raising=False)

    async with reading() as reader:
        from contextlib import nullcontext

        monkeypatch.setattr(reader.app, "suspend", nullcontext)
        await reader.highlight("It never asks", "a", *"This", "ctrl+o")
        assert note_screen(reader).field.text == "This and more\nof it"
        await reader.press("escape")
        assert reader.highlights[0].note == "This and more\nof it"
        mode, file = Path(f"{script}.log").read_text().splitlines()
        assert mode == "drwx------"
        assert not os.path.lexists(file)


async def test_an_editor_that_is_not_there_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EDITOR", "/no/such/editor")
    async with reading() as reader:
        from contextlib import nullcontext

        monkeypatch.setattr(reader.app, "suspend", nullcontext)
        await reader.highlight("It never asks", "a", *"This", "ctrl+o")
        assert any("could not be started" in one.message for one in reader.app._notifications)
        await reader.press("escape")
        assert reader.highlights[0].note == "This"


async def test_a_note_that_is_being_written_is_kept_when_the_program_is_told_to_end() -> None:
    async with reading() as reader:
        await reader.highlight("It never asks", "a", *"Half a thou")
        reader.app.exit(return_code=143)
    async with reading() as again:
        assert again.highlights[0].note == "Half a thou"


# Tags


async def test_tags_are_typed_separated_and_kept() -> None:
    async with reading() as reader:
        await reader.highlight("It never asks", "t", *"sea", "comma", *"#paper", "space", *"maps", "enter")
        assert tags_screen(reader).tags == ("sea", "paper maps")
        await reader.press("enter")
        assert reader.app.screen is reader.screen
        assert reader.highlights[0].tags == ("sea", "paper maps")
        assert "#sea #paper maps" in reader.screen.bar.status
        await reader.press("U")
        assert not reader.highlights[0].tags


async def test_tags_in_use_complete_what_is_typed() -> None:
    async with reading() as reader:
        await reader.highlight("It never asks", "t", *"Seabed", "enter", "enter")
        await reader.highlight("Dredging", "t", *"sea")
        assert "Seabed 1" in str(tags_screen(reader).query_one("#offered").render())
        await reader.press("tab", "tab")
        assert tags_screen(reader).tags == ("Seabed",)
        await reader.press("escape")
        assert reader.highlights[1].tags == ("Seabed",)


async def test_backspace_in_an_empty_line_takes_the_last_tag_away() -> None:
    async with reading() as reader:
        await reader.highlight("It never asks", "t", *"one,two,x", "backspace", "backspace", "escape")
        assert reader.highlights[0].tags == ("one",)


async def test_a_tag_that_is_being_typed_is_kept_too() -> None:
    async with reading() as reader:
        await reader.highlight("It never asks", "t", *"one,tw", "escape")
        assert reader.highlights[0].tags == ("one", "tw")


async def test_tags_of_several_highlights_are_changed_without_losing_their_own() -> None:
    from tui.messages import TagsAsked

    async with reading() as reader:
        await reader.highlight("It never asks", "t", *"both,mine", "enter", "escape")
        await reader.highlight("Dredging", "t", *"both,other", "enter", "escape")
        reader.screen.post_message(TagsAsked(tuple(reader.highlights)))
        await reader.settle()
        assert tags_screen(reader).tags == ("both",)
        await reader.press("backspace", *"new", "enter", "escape")
        assert [one.tags for one in reader.highlights] == [("mine", "new"), ("other", "new")]
        await reader.press("U")
        assert [one.tags for one in reader.highlights] == [("both", "mine"), ("both", "other")]


async def test_letters_typed_right_after_the_key_are_the_tag_s() -> None:
    async with reading() as reader:
        await reader.highlight("It never asks")
        await reader.press("t", *"quiet", "enter", "escape")
        assert reader.app.is_running
        assert reader.highlights[0].tags == ("quiet",)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20), (34, 12)])
async def test_the_page_stays_in_sight_above_the_dialogs(size: tuple[int, int]) -> None:
    long = episode(section(0, "", "A very long sentence goes on " + "and on " * 200 + "."))
    async with reading(long, size) as reader:
        await reader.press("v", "h", "a")
        panel = note_screen(reader).query_one("#panel")
        assert panel.region.y > 0
        assert note_screen(reader).field.region.height >= 1
        assert panel.region.bottom <= size[1] - 1
        await reader.press("escape", "t")
        panel = tags_screen(reader).query_one("#panel")
        assert panel.region.y > 0
        assert tags_screen(reader).field.region.height == 1
