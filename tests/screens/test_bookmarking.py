"""Bookmarks and letters: set, shown, gone to, taken back."""

from pathlib import Path

from tests.making import episode, long_episode, section
from tests.screens.marking import Reader, reading
from tui.core.episode import Place
from tui.core.reading import read_episode

LONG = long_episode()


def shown_rows(reader: Reader) -> list[tuple[str, str]]:
    """The key and section of each place that is offered."""
    shown = reader.screen.mark_list
    return [(row.key, row.where) for row in shown.rows] if shown is not None and shown.display else []


async def test_a_letter_marks_the_place_and_leads_back() -> None:
    async with reading(LONG) as reader:
        await reader.press("right_square_bracket", "right_square_bracket", "m", "a")
        place = reader.screen.page.place
        assert [(one.letter, one.anchor.heading) for one in reader.bookmarks] == [("a", "Heading 1")]
        assert "mark a" in reader.screen.bar.status
        assert reader.lines[0].split() == ["a", "Heading", "1"]
        await reader.press("G", "apostrophe", "a")
        assert reader.screen.page.place == place


async def test_a_letter_has_one_place_in_an_episode() -> None:
    async with reading(LONG) as reader:
        await reader.press("m", "a", "G", "m", "a")
        (mark,) = reader.bookmarks
        assert mark.anchor.section > 5
        await reader.press("U")
        assert [one.anchor.section for one in reader.bookmarks] == [0]
        await reader.press("ctrl+r")
        assert [one.anchor.section for one in reader.bookmarks] == [mark.anchor.section]


async def test_a_capital_marks_one_place_in_the_library_and_opens_its_episode(tmp_path: Path) -> None:
    paths = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.md"
        path.write_text(f"# The {name}\n\n" + "".join(f"## {name} {n}\n\nText {n}.\n\n" for n in range(30)))
        paths.append(path)
    async with reading(read_episode(paths[0]), (80, 20), tmp_path) as reader:
        await reader.press("G", "m", "A")
        place = reader.screen.page.reading_place
        await reader.press("greater_than_sign")
        assert reader.screen.episode.path == paths[1]
        await reader.pilot.press("apostrophe")
        assert ("A", "The one") in shown_rows(reader)
        await reader.press("A")
        assert reader.screen.episode.path == paths[0]
        assert reader.screen.page.is_in_sight(place)
        await reader.press("greater_than_sign", "m", "A")
        assert [one.source.path for one in reader.bookmarks] == [paths[1]]


async def test_a_bookmark_there_and_back() -> None:
    async with reading(LONG) as reader:
        await reader.press("right_square_bracket", "B")
        assert [one.letter for one in reader.bookmarks] == [""]
        assert reader.lines[0].split() == ["¶", "Heading", "0"]
        await reader.press("B")
        assert reader.bookmarks == []
        await reader.press("U")
        assert len(reader.bookmarks) == 1
        await reader.press("U")
        assert reader.bookmarks == []


async def test_the_list_shows_letters_and_numbers_in_the_order_of_the_text() -> None:
    async with reading(LONG) as reader:
        await reader.press("G", "B", "m", "z", "g", "right_square_bracket", "B", "m", "c")
        await reader.pilot.press("apostrophe")
        rows = shown_rows(reader)
        assert [key for key, _ in rows] == ["c", "z", "1", "2"]
        assert rows[0] == ("c", "Heading 0")
        await reader.press("2")
        assert not shown_rows(reader)
        assert reader.screen.page.place.section > 5


async def test_twice_goes_back_before_the_jump_and_there_again() -> None:
    async with reading(LONG) as reader:
        await reader.press("space", "m", "a")
        here = reader.screen.page.place
        await reader.press("G")
        end = reader.screen.page.place
        await reader.press("apostrophe", "apostrophe")
        assert reader.screen.page.place == here
        await reader.press("apostrophe", "apostrophe")
        assert reader.screen.page.place == end


async def test_what_is_no_mark_is_said_and_goes_nowhere() -> None:
    async with reading(LONG) as reader:
        await reader.press("space", "apostrophe", "q")
        assert reader.app.is_running
        assert any("mq sets it" in one.message for one in reader.app._notifications)
        await reader.press("m", "escape", "apostrophe", "escape")
        assert reader.bookmarks == []
        assert not shown_rows(reader)


async def test_another_key_ends_the_waiting_and_works() -> None:
    async with reading(LONG) as reader:
        await reader.press("m", "pagedown")
        assert reader.bookmarks == []
        assert reader.screen.page.place != Place()


async def test_letters_come_fast_and_none_is_a_command() -> None:
    async with reading(LONG) as reader:
        await reader.press(*"mq", *"mh", *"'q", *"'h")
        assert reader.app.is_running
        assert [one.letter for one in reader.bookmarks] == ["q", "h"]


async def test_where_there_is_no_text_nothing_is_marked() -> None:
    async with reading(episode(section(0, ""))) as reader:
        await reader.press("B", "m", "a")
        assert reader.bookmarks == []


async def test_marks_come_back_with_the_episode() -> None:
    async with reading(LONG, (120, 30)) as reader:
        await reader.press("right_square_bracket", "m", "a", "B")
    async with reading(LONG, (120, 30)) as again:
        await again.press("G", "apostrophe", "a")
        assert again.lines[0].split() == ["¶a", "Heading", "0"]
