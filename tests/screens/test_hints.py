"""The hints at the foot: how to see all keys and how to leave are among them at every width."""

from pathlib import Path

import pytest

from tests.making import episode, paragraph, section
from tests.screens.reading import reading
from tui.app import PullquoteApp
from tui.screens.library import LibraryScreen
from tui.widgets.hints import Hints

TALK = episode(section(0, "Talk", *(paragraph(f"Sentence {n} is said here.") for n in range(9))))
WAYS_OUT = ["?", "keys", "q", "quit"]


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (50, 20)])
async def test_help_and_leaving_have_room(size: tuple[int, int], tmp_path: Path) -> None:
    async with reading(TALK, size=size) as (pilot, screen):
        words = screen.hints.render_line(0).text.split()
        assert words[:2] == ["Space", "page"]
        assert words[-4:] == WAYS_OUT

    (tmp_path / "talk.md").write_text("# Talk\n\nThe ships lie still.\n", encoding="utf-8")
    app = PullquoteApp(tmp_path, None)
    async with app.run_test(size=size) as pilot:
        assert isinstance(app.screen, LibraryScreen)
        assert app.screen.hints.render_line(0).text.split()[-4:] == WAYS_OUT
        await pilot.press("H")
        words = app.screen.query_one(Hints).render_line(0).text.split()
        assert words[:2] == ["Enter", "go"]
        assert words[-4:] == WAYS_OUT


async def test_beside_a_warning_help_and_leaving_come_before_the_others() -> None:
    async with reading(TALK, size=(50, 20)) as (_pilot, screen):
        screen.hints.warn("the disk is full, nothing kept")
        words = screen.hints.render_line(0).text.split()
        assert words == ["?", "keys", "the", "disk", "is", "full,", "nothing", "kept"]


async def test_the_others_fill_what_is_left_in_their_order() -> None:
    async with reading(TALK, size=(80, 24)) as (_pilot, screen):
        words = screen.hints.render_line(0).text.split()
        assert words[:-4] == ["Space", "page", "]", "section", "y", "copy", "h", "highlight", "/", "find"]
