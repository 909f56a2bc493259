"""Notices: one at a time over the text, the newest; an error stays until its time is over."""

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets._toast import Toast

from tests.making import episode, paragraph, section
from tests.screens.settling import wait_for
from tui.app import PullquoteApp

TALK = episode(section(0, "Talk", *(paragraph(f"Sentence {n} is said here.") for n in range(9))))


def standing(pilot: Pilot[None]) -> list[str]:
    """Return the words of the notices that are shown, from top to bottom."""
    return [str(toast.render()) for toast in pilot.app.screen.query(Toast)]


async def test_the_newest_notice_takes_the_place_of_the_older() -> None:
    app = PullquoteApp(Path(), TALK)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("D", "full_stop", "comma", "ctrl+c", "ctrl+c", "M", "M")
        await wait_for(pilot, lambda: standing(pilot) == ["The mouse works here"])
        assert len(app.screen.query("ToastHolder")) == 1


async def test_an_unread_error_stands_above_what_is_none() -> None:
    app = PullquoteApp(Path(), TALK)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.notify("The disk is full", severity="error", markup=False)
        app.notify("one", markup=False)
        await wait_for(pilot, lambda: standing(pilot) == ["The disk is full", "one"])
        app.notify("no such page", severity="warning", markup=False)
        await wait_for(pilot, lambda: standing(pilot) == ["The disk is full", "no such page"])
        app.notify("The disk is gone", severity="error", markup=False)
        await wait_for(pilot, lambda: standing(pilot) == ["The disk is gone"])


async def test_an_error_does_not_outlive_its_time() -> None:
    app = PullquoteApp(Path(), TALK)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.notify("The disk is full", severity="error", timeout=0.05, markup=False)
        await pilot.pause(0.2)
        app.notify("one", markup=False)
        await wait_for(pilot, lambda: standing(pilot) == ["one"])
