"""Highlights that lost their place: told, gone to, attached again; and those that are chosen elsewhere."""

from pathlib import Path

from tests.screens.marking import Reader, reading
from tui.core.notebook.values import Highlight
from tui.core.reading import read_episode
from tui.messages import HighlightChosen, ReattachAsked

SILT = "The river brings silt all year. It never asks."

TEXT = f"# Harbours\n\n## Silt\n\n{SILT}\n\n## Tides\n\nTwice a day. Always.\n"
EDITED = TEXT.replace("It never asks.", "An entirely different matter ends the paragraph.")


def write(folder: Path, text: str = TEXT) -> Path:
    path = folder / "harbours.md"
    path.write_text(text, encoding="utf-8")
    return path


async def lose(folder: Path) -> None:
    """Highlight a sentence, then edit it away."""
    async with reading(read_episode(write(folder))) as reader:
        await reader.highlight("It never asks", "3", "a", *"note", "escape")
    write(folder, EDITED)


async def ask_to_attach(reader: Reader) -> Highlight:
    (lost,) = reader.highlights
    reader.screen.post_message(ReattachAsked(lost))
    await reader.settle()
    return lost


async def test_lost_highlights_are_told_of_once_when_the_episode_opens(tmp_path: Path) -> None:
    await lose(tmp_path)
    async with reading(read_episode(tmp_path / "harbours.md")) as reader:
        assert reader.screen.bar.status == "1 highlight lost its place · H lists them"
        assert reader.marked("An entirely") == []
        await reader.press("escape", "r")
        assert reader.screen.bar.status == ""


async def test_a_lost_highlight_is_attached_to_what_is_selected(tmp_path: Path) -> None:
    await lose(tmp_path)
    async with reading(read_episode(tmp_path / "harbours.md")) as reader:
        lost = await ask_to_attach(reader)
        assert "It never asks." in reader.screen.bar.status
        await reader.press("enter")
        assert reader.screen.lost is not None
        await reader.press("v", "j", "enter")
        (found,) = reader.highlights
        assert found.id == lost.id
        assert (found.note, found.colour) == ("note", lost.colour)
        assert found.text == "An entirely different matter ends the paragraph."
        assert reader.marked("An entirely different matter") == ["blue"]
        assert reader.screen.lost is None
        await reader.press("U")
        assert reader.highlights[0].text == "It never asks."
        assert reader.marked("An entirely different matter") == []


async def test_a_lost_highlight_is_attached_by_a_label(tmp_path: Path) -> None:
    await lose(tmp_path)
    async with reading(read_episode(tmp_path / "harbours.md")) as reader:
        await ask_to_attach(reader)
        await reader.pilot.press("h")
        await reader.press(*reader.label("An entirely"))
        assert [one.text for one in reader.highlights] == ["An entirely different matter ends the paragraph."]


async def test_escape_leaves_it_as_it_is(tmp_path: Path) -> None:
    await lose(tmp_path)
    async with reading(read_episode(tmp_path / "harbours.md")) as reader:
        await ask_to_attach(reader)
        await reader.press("escape", "v", "enter")
        assert reader.highlights[0].text == "It never asks."


async def test_a_chosen_highlight_is_gone_to_in_its_episode(tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("# Other\n\n" + "".join(f"## Part {n}\n\nText {n} of it.\n\n" for n in range(60)))
    async with reading(read_episode(other), (80, 20), tmp_path) as reader:
        await reader.press("G", "v", "h")
        (chosen,) = reader.highlights
        await reader.press("g")
        reader.screen.post_message(HighlightChosen(chosen))
        await reader.settle()
        assert reader.screen.current == chosen.id
        assert reader.screen.page.is_in_sight(reader.screen.page.notes.marks.all[0].stretch.start)
        await reader.press("ctrl+o")
        assert reader.screen.page.place.section == 0
    async with reading(read_episode(write(tmp_path)), (80, 20), tmp_path) as reader:
        reader.screen.post_message(HighlightChosen(chosen))
        await reader.settle()
        assert reader.screen.episode.path == other
        assert reader.screen.current == chosen.id
        assert "▎" in "".join(reader.lines)


async def test_a_chosen_highlight_that_lost_its_place_is_said(tmp_path: Path) -> None:
    await lose(tmp_path)
    async with reading(read_episode(tmp_path / "harbours.md")) as reader:
        reader.screen.post_message(HighlightChosen(reader.highlights[0]))
        await reader.settle()
        assert "lost its place" in reader.screen.bar.status


async def test_a_highlight_whose_file_is_gone_is_said(tmp_path: Path) -> None:
    path = write(tmp_path)
    async with reading(read_episode(path)) as reader:
        await reader.highlight("It never asks")
        (chosen,) = reader.highlights
    path.unlink()
    other = tmp_path / "other.md"
    other.write_text("# Other\n\nText.\n")
    async with reading(read_episode(other), folder=tmp_path) as reader:
        reader.screen.post_message(HighlightChosen(chosen))
        await reader.settle()
        assert any("harbours.md" in one.message for one in reader.app._notifications)
        assert reader.screen.episode.path == other
