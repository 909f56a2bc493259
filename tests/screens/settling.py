"""Waiting until the screens have come to rest."""

from collections.abc import Callable

from textual.pilot import Pilot

from tui.app import PullquoteApp

PATIENCE = 2000
"""So often it is looked, a hundredth of a second apart."""


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing is read, looked for or arranged any more."""
    app = pilot.app
    assert isinstance(app, PullquoteApp)
    for _ in range(2):
        await app.workers.wait_for_complete()
        await pilot.pause()
    await wait_for(pilot, lambda: not is_busy(app))
    await app.workers.wait_for_complete()
    await pilot.pause()


async def wait_for(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _ in range(PATIENCE):
        if holds():
            return
        await pilot.pause(0.01)
    raise TimeoutError


def is_busy(app: PullquoteApp) -> bool:
    """Say whether the library's screen awaits something."""
    screen = app.shelf
    if screen is None or not screen.is_mounted:
        return False
    return screen.is_waiting or screen.shelf is None or screen.shelf.is_at_work
