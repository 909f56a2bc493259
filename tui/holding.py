"""What is typed while another screen opens is for that screen.

Textual hands every key to what has the focus when it comes, and a screen takes some frames to open: letters
typed right after the key that opens it would act as commands on the page below.
"""

from textual import events, on
from textual.app import App
from textual.screen import Screen

from tui.messages import ScreenTried
from tui.widgets.held_keys import HeldKeys

LOOK_S = 0.005
"""How often it is seen whether the screen is ready …"""

LONGEST_LOOKS = 100
"""… and how many times at most."""


class Holding(App[None]):
    """The part of the application that holds keys back while a screen opens."""

    held: HeldKeys
    """Shared with the screens whose commands open others."""

    async def on_event(self, event: events.Event) -> None:
        """Keep a key while a screen opens; anything else is Textual's."""
        if isinstance(event, events.Key) and not self.screen_stack:
            return  # it comes up from a screen that was closed since: Textual would look for another
        if isinstance(event, events.Key) and not event.is_forwarded and self.held.is_holding:
            self.held.add(event)
        else:
            await super().on_event(event)

    @on(ScreenTried)
    async def _wait_for_screen(self, message: ScreenTried) -> None:
        """Hand the keys on: at once if no screen has come, else when it can take them."""
        if self.screen is message.before:
            await self._hand_on()
        else:
            self._look(LONGEST_LOOKS)

    def _look(self, looks: int) -> None:
        if looks and not is_ready(self.screen):
            self.set_timer(LOOK_S, lambda: self._look(looks - 1))
        else:
            self.call_later(self._hand_on)

    async def _hand_on(self) -> None:
        for key in self.held.release():
            await self.on_event(key)


def is_ready(screen: Screen[object]) -> bool:
    """Say whether a screen can take keys."""
    wants_focus = screen.AUTO_FOCUS not in (None, "")
    return screen.is_mounted and (screen.focused is not None or not wants_focus)
