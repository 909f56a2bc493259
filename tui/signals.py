"""What happens to the terminal and the process: signals, a hangup, other programs that have the terminal."""

import asyncio
import select
import signal
import sys
import threading
from functools import partial

from textual.app import App

FAREWELL_CODES = {signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGQUIT: 131, signal.SIGINT: 130}
"""What the process ends with when it is told to end: 128 and the signal's number."""

EDITOR_ECHO_S = 0.1
"""After this many seconds no signal is left that was meant for an editor."""


class Signals(App[None]):
    """The part of the application that listens for signals and for the end of the terminal."""

    def on_load(self) -> None:
        """Listen for signals, before the terminal is taken."""
        self._hear_signals()

    def _hear_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number, code in FAREWELL_CODES.items():
            loop.add_signal_handler(number, partial(self.exit, return_code=code))

    def _leave_keys_to_others(self, _app: App[object]) -> None:
        """Let the keys that send signals be for whoever has the terminal now, an editor for one.

        Handlers that do nothing: a signal that is ignored would be ignored by the editor too.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGQUIT):
            loop.remove_signal_handler(number)
            signal.signal(number, lambda *_: None)

    def hear_terminal(self) -> None:
        """Listen for the end of the input, and for when others have the terminal."""
        self.app_suspend_signal.subscribe(self, self._leave_keys_to_others, immediate=True)
        self.app_resume_signal.subscribe(self, self._come_back)
        if not self.is_headless:
            threading.Thread(target=self._wait_for_hangup, name="hangup", daemon=True).start()

    def _come_back(self, _app: App[object]) -> None:
        """Draw everything again after fg: Textual itself leaves a blank screen (its issue 6298)."""
        self.screen.refresh(layout=True)
        # Not at once: what was pressed for the others is still on its way through the event loop.
        self.set_timer(EDITOR_ECHO_S, self._hear_signals)

    def _wait_for_hangup(self) -> None:
        """Leave when the terminal goes away: Textual would read its end over and over."""
        poll = select.poll()
        poll.register(sys.__stdin__ or 0, 0)
        if any(happened & select.POLLHUP for _file, happened in poll.poll()):
            self.call_from_thread(self.exit, return_code=FAREWELL_CODES[signal.SIGHUP])
