"""The reader on an episode, without a terminal."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from tui.app import PullquoteApp
from tui.core.episode import Episode
from tui.screens.reader.screen import ReaderScreen


@asynccontextmanager
async def reading(
    shown: Episode, size: tuple[int, int] = (100, 30)
) -> AsyncIterator[tuple[Pilot[None], ReaderScreen]]:
    """Run the reader on an episode; give what presses keys, and its screen."""
    app = PullquoteApp(shown.path.parent, shown)
    async with app.run_test(size=size) as pilot:
        assert isinstance(app.screen, ReaderScreen)
        yield pilot, app.screen


def lines(screen: ReaderScreen) -> list[str]:
    """The lines of the page, without the margins."""
    return [screen.page.render_line(y).text.strip() for y in range(screen.page.size.height)]


def row(screen: ReaderScreen, text: str) -> int:
    """The row of the page that holds a text."""
    return next(y for y, line in enumerate(lines(screen)) if text in line)
