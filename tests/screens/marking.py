"""The reader with a notebook, for tests of what is marked in it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from tests.making import bullet, episode, section
from tui.app import PullquoteApp
from tui.core.episode import Block, BlockKind, Episode
from tui.core.notebook.values import Bookmark, Highlight
from tui.screens.reader.screen import ReaderScreen

HARBOURS = episode(
    section(
        0,
        "Silt",
        "The river brings silt. It never asks. The harbour waits.",
        bullet("Dredging never ends."),
        bullet("It only falls behind."),
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


class Reader:
    """A person at the reader."""

    def __init__(self, pilot: Pilot[None], app: PullquoteApp, screen: ReaderScreen) -> None:
        self.pilot, self.app, self.screen = pilot, app, screen

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until all that was asked for is kept and shown."""
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self) -> None:
        """Wait until all that was asked for is kept and shown."""
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()
        assert await asyncio.to_thread(self.app.notebook.flush, 5)
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    def label(self, words: str) -> str:
        """The label of the sentence or highlight that begins with some words."""
        for label, (place, _) in self.screen._labelled.items():
            text = self.screen.episode.sections[place.section].blocks[place.block].text
            if text[place.offset :].startswith(words):
                return label
        raise AssertionError(words)

    async def highlight(self, words: str, *keys: str) -> None:
        """Highlight the sentence that begins with some words, then press more keys."""
        await self.pilot.press("escape", "h")
        await self.press(*self.label(words), *keys)

    @property
    def highlights(self) -> list[Highlight]:
        """What is on the disk."""
        return list(self.app.notebook.highlights())

    @property
    def bookmarks(self) -> list[Bookmark]:
        return list(self.app.notebook.bookmarks())

    @property
    def lines(self) -> list[str]:
        page = self.screen.page
        return [page.render_line(y).text.rstrip() for y in range(page.size.height)]

    def line(self, words: str) -> str:
        """The row that shows some words, its gutter included."""
        return next(line for line in self.lines if words in line)

    def marked(self, words: str) -> list[str]:
        """The names of the highlight styles that lie over some words in their row."""
        page = self.screen.page
        for y in range(page.size.height):
            at = page.render_line(y).text.find(words)
            if at < 0:
                continue
            grounds = {
                page.ink(f"highlight-{name}").bgcolor: name for name in ("amber", "green", "blue", "rose")
            }
            found: list[str] = []
            cell = 0
            for segment in page.render_line(y):
                inside = cell < at + len(words) and at < cell + len(segment.text)
                ground = segment.style.bgcolor if segment.style else None
                if inside and segment.text.strip() and ground in grounds:
                    found.append(grounds[ground])
                cell += len(segment.text)
            return found
        raise AssertionError(words)


@asynccontextmanager
async def reading(
    shown: Episode = HARBOURS, size: tuple[int, int] = (100, 30), folder: Path | None = None
) -> AsyncIterator[Reader]:
    app = PullquoteApp(folder or shown.path.parent, shown)
    async with app.run_test(size=size) as pilot:
        assert isinstance(app.screen, ReaderScreen)
        reader = Reader(pilot, app, app.screen)
        await reader.settle()
        yield reader
