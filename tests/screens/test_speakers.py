"""Speakers: a colour for each, and one of them alone; the place is kept."""

from tests.making import episode, paragraph, section
from tests.screens.reading import lines, reading
from tui.core.speakers import Speaker, speakers
from tui.screens.reader.screen import ReaderScreen
from tui.screens.speakers import SpeakersScreen, rows
from tui.widgets.page_view import SPEAKER_INKS

NAMES = ("Host", "Ida Brandt", "Omar Reyes")

TALK = episode(
    section(
        0,
        "Talk",
        *(
            paragraph(f"Turn {n} is said here. " * 9, speaker=NAMES[n % 3], start_s=60.0 * n)
            for n in range(30)
        ),
    )
)


def colour(screen: ReaderScreen, y: int) -> object:
    return next(segment.style for segment in screen.page.render_line(y) if segment.text.strip())


async def test_each_speaker_has_a_colour_through_the_whole_episode() -> None:
    async with reading(TALK) as (pilot, screen):
        seen: dict[str, set[object]] = {name: set() for name in NAMES}
        for _ in range(6):
            for y, line in enumerate(lines(screen)):
                for name in NAMES:
                    if line.startswith(f"{name}  "):
                        seen[name].add(colour(screen, y))
            await pilot.press("space")
        assert all(len(colours) == 1 for colours in seen.values())
        assert len(set.union(*seen.values())) == 3


async def test_one_speaker_alone_and_everyone_again() -> None:
    async with reading(TALK) as (pilot, screen):
        await pilot.press("d", "d")
        before = lines(screen)
        await pilot.press("F")
        assert isinstance(screen.app.screen, SpeakersScreen)
        await pilot.press("G", "enter")
        assert screen.is_current
        assert screen.page.folds.state.only == "Omar Reyes"
        assert "▸ Host, Ida Brandt · 90 words" in lines(screen)
        assert not any(line.startswith("Host  ") for line in lines(screen))
        assert screen.head.render_line(0).text.strip().startswith("Only Omar Reyes · Talk")
        await pilot.press("escape")
        assert lines(screen) == before
        assert screen.page.folds.state.only is None


async def test_context_opens_and_is_folded_again_for_another_choice() -> None:
    async with reading(TALK) as (pilot, screen):
        await pilot.press("F", "j", "enter", "enter")
        assert any(line.startswith("▾ ") for line in lines(screen))
        await pilot.press("F", "j", "enter")
        assert not any(line.startswith("▾ ") for line in lines(screen))


async def test_leaving_the_choice_changes_nothing() -> None:
    async with reading(TALK) as (pilot, screen):
        await pilot.press("F", "j", "escape")
        assert screen.page.folds.state.only is None
        await pilot.press("F", "j", "enter", "F", "g", "enter")
        assert screen.page.folds.state.only is None


async def test_a_click_chooses() -> None:
    async with reading(TALK) as (pilot, screen):
        await pilot.press("F")
        chooser = screen.app.screen
        assert isinstance(chooser, SpeakersScreen)
        await pilot.click(chooser.names, offset=(3, 1))
        await pilot.pause()
        assert screen.page.folds.state.only == "Host"


async def test_the_reading_comes_back_to_the_words_it_was_at() -> None:
    async with reading(TALK) as (pilot, screen):
        await pilot.press("F", "j", "j", "enter", "space", "j", "j")
        place = screen.page.place
        await pilot.press("escape")
        assert screen.page.place.block == place.block


async def test_a_text_without_speakers_says_so() -> None:
    async with reading(episode(section(0, "Silt", "The river."))) as (pilot, screen):
        await pilot.press("F")
        assert screen.app.screen is screen
        assert [note.message for note in screen.app._notifications] == ["The text does not show who speaks"]


async def test_many_speakers_fit_a_small_window() -> None:
    blocks = [paragraph("Yes.", speaker=f"Somebody with a long name, number {n}") for n in range(300)]
    async with reading(episode(section(0, "Talk", *blocks)), size=(40, 12)) as (pilot, screen):
        await pilot.press("F", "G")
        chooser = screen.app.screen
        assert isinstance(chooser, SpeakersScreen)
        assert chooser.names.size.height <= 12
        await pilot.press("enter")
        assert screen.page.folds.state.only == "Somebody with a long name, number 299"


def test_rows_have_the_colours_of_the_page() -> None:
    found = speakers(TALK)
    ranked = [Speaker("Omar Reyes", 1200, 10), found[0]]
    made = rows((found[0], Speaker("Ida", 0, 1), ranked[0]), ranked)
    assert [row.plain for row in made] == [
        "everyone",
        "Omar Reyes   73 %   10 turns",
        "Host         27 %   10 turns",
    ]
    assert [str(span.style) for row in made[1:] for span in row.spans if "bold" in str(span.style)] == [
        f"${SPEAKER_INKS[2]} bold",
        f"${SPEAKER_INKS[0]} bold",
    ]


async def test_sections_without_the_speakers_words_are_stepped_over() -> None:
    turns = [paragraph("Yes. " * 40, speaker=name) for name in ("Ida", "Omar", "Omar", "Ida", "Omar")]
    parts = episode(*(section(number, f"Part {number}", turn) for number, turn in enumerate(turns)))
    async with reading(parts) as (pilot, screen):
        await pilot.press("F", "G", "enter", "right_square_bracket")
        assert screen.page.folds.state.only == "Ida"
        assert screen.page.place.section == 0
        await pilot.press("right_square_bracket")
        assert screen.page.place.section == 3
        await pilot.press("right_square_bracket")
        assert screen.page.place.section == 3
        await pilot.press("left_square_bracket")
        assert screen.page.place.section == 0
