"""The terminal as Textual drives it on Unix, made to survive what terminals really do.

Three things end or hang Textual 8's own driver: a byte that is not UTF-8 among the keys, a terminal
that goes away while something is written to it, and the SIGCONT that the system sends with every
hang-up, which it takes for the return from ctrl+z.
"""

import sys
from contextlib import suppress
from typing import Any, TextIO

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver


class Wire:
    """A stream to a terminal that may go away: what is written then is lost, and that is no error.

    Textual's writing thread would end with the error, and the program then wait for it for ever.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.fileno = stream.fileno

    def write(self, text: str) -> None:
        """Write a text."""
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        """Send what was written."""
        with suppress(OSError):
            self._stream.flush()


class TerminalDriver(LinuxDriver):
    """Reads keys from the terminal and writes to it, whatever comes and whether or not it is there."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        # Not standard error, where Textual draws: that may be on its way into a file.
        self._file = Wire(sys.__stdout__)  # type: ignore[assignment, arg-type] # all that is asked of it

    def run_input_thread(self) -> None:
        """Read keys until the program ends; bytes that are not UTF-8 are no keys."""
        while not self.exit_event.is_set():
            try:
                super().run_input_thread()
            except UnicodeDecodeError:
                continue
            except OSError:
                # The terminal is gone; the application finds that out by itself.
                return

    def _sigcont_application(self, *args: object) -> None:
        """Take the terminal back after ctrl+z only: a hang-up brings the same signal."""
        if self._must_signal_resume:
            super()._sigcont_application(*args)
