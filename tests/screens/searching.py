"""Driving the library's search for tests: a shelf, an index of it, and waiting for what threads bring."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from tui.app import PullquoteApp
from tui.core.beginning import first_episode
from tui.screens.reader.screen import ReaderScreen

MOST_PAUSES = 6_000

FILLING = "The tide came in, and nobody wrote it down. " * 30

EPISODES = {
    "Harbours.md": "---\ntitle: How harbours silt up\nshow: Low Water\nnumber: 7\ndate: 2024-02-11\n---\n\n"
    f"## The river brings it\n\n{FILLING}\n\nA river carries its hills to the sea, a spoonful of silt.\n\n"
    "## Dredging laws\n\nThe dredger takes the silt away. Dredging never ends; it only falls behind.\n\n"
    f"## Tides\n\n{FILLING}\n",
    "Maps.md": "---\ntitle: Ida Brandt draws maps\nshow: Folded\ndate: 2025-06-01\n---\n\n"
    f"## What a contour says\n\n{FILLING}\n\n"
    "A line of equal height becomes a slope, and a river a promise.\n\n"
    f"## Paper and light\n\n{FILLING}\n\n- Maps led to the harbour.\n- Nobody dredged the silt there.\n\n"
    "## Silt again\n\nSilt is what a map forgets. Silt stays.\n",
    "Trains.md": "# Night trains\n\n## Signals\n\nA signal is a promise that a stretch is empty.\n",
}


def write_shelf(folder: Path) -> Path:
    """Write the episodes into a folder."""
    folder.mkdir()
    for name, text in EPISODES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@asynccontextmanager
async def reading(
    path: Path, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Pilot[None], ReaderScreen]]:
    """Open an episode of a shelf."""
    folder, episode, read = first_episode(path, None)
    app = PullquoteApp(folder, episode, None, read)
    async with app.run_test(size=size) as pilot:
        assert isinstance(app.screen, ReaderScreen)
        yield pilot, app.screen


async def until(pilot: Pilot[None], holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    for _ in range(MOST_PAUSES):
        if holds():
            return
        await pilot.pause(0.005)
    raise AssertionError("it did not come: " + "\n".join(screen_lines(pilot)))


def screen_lines(pilot: Pilot[None]) -> list[str]:
    """Return what is on the screen."""
    screen = pilot.app.screen
    assert isinstance(screen, ReaderScreen)
    return [*list_lines(screen), *preview_lines(screen), screen.bar.status]


def list_lines(screen: ReaderScreen) -> list[str]:
    """Return the rows of the list of hits."""
    hits = screen.hit_list
    return [hits.render_line(y).text.rstrip() for y in range(hits.size.height)]


def preview_lines(screen: ReaderScreen) -> list[str]:
    """Return the rows of the preview."""
    preview = screen.preview
    return [preview.render_line(y).text.strip() for y in range(preview.size.height)]


def page_lines(screen: ReaderScreen) -> list[str]:
    """Return the rows of the page."""
    return [screen.page.render_line(y).text.strip() for y in range(screen.page.size.height)]


def is_listed(screen: ReaderScreen, query: str) -> bool:
    """Say whether the hits of a query are listed, and the preview is as the file is now."""
    listing, preview = screen.hit_list.listing, screen.preview.preview
    if listing is None or listing.results.query != query:
        return False
    return not len(listing) or (preview is not None and preview.read is not None)


async def search(pilot: Pilot[None], screen: ReaderScreen, query: str) -> None:
    """Search for something, from the page."""
    await pilot.press("s", *query)
    await until(pilot, lambda: is_listed(screen, query))


async def open_hit(pilot: Pilot[None], screen: ReaderScreen) -> None:
    """Open the hit under the cursor."""
    await pilot.press("enter")
    await until(pilot, lambda: not screen.is_listing)
