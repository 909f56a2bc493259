"""The terminal as Textual drives it on Unix, made to survive what terminals really do.

Textual 8's own driver ends with a byte that is not UTF-8 among the keys, takes for keys what a
terminal answers to other programs, hangs when the terminal goes away while something is written to
it, takes the SIGCONT that the system sends with every hang-up for the return from ctrl+z, and of many
changes of the window's size can tell the last one first.
"""

import asyncio
import os
import re
import select
import signal
import sys
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import Any, TextIO

from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

PATIENCE_S = 0.1
"""Seconds to wait for keys before looking whether the program has ended."""

READ_BYTES = 4096

REPLIES = re.compile(
    r"\x1b(?:"
    r"\][^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|[PX^_][^\x07\x1b]*\x1b\\"
    r"|\[[?>=][0-9;:]*[A-Za-z]"
    r"|\[[0-9;]+(?:[cn]|\$y)"
    r"|\[(?!48;)[0-9;]+t"
    r")"
)
"""What a terminal answers to questions that Textual does not ask: colours, device attributes, states,
window reports (xterm's control sequences). They come late from whoever had the terminal before."""


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

    def start_application_mode(self) -> None:
        """Take the terminal."""
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual's
        # By the event loop: Textual's own handler can be interrupted by itself, and tell an old size last.
        asyncio.get_running_loop().add_signal_handler(signal.SIGWINCH, self._tell_size)

    def _tell_size(self) -> None:
        size = Size(*self._get_terminal_size())
        self._app.post_message(events.Resize(size, size))

    def process_message(self, message: Message) -> None:
        """Pass on what was read; of a size among the keys (mode 2048) only the pixels are believed.

        Anybody can write a size that no layout would ever finish; the system knows the true one.
        """
        if isinstance(message, events.Resize):
            size = Size(*self._get_terminal_size())
            message = events.Resize(size, size, pixel_size=message.pixel_size)
        super().process_message(message)

    def run_input_thread(self) -> None:
        """Read keys until the program ends, or the terminal does: the application notices that itself."""
        decoder = getincrementaldecoder("utf-8")("ignore")
        parser = XTermParser(self._debug)
        while not self.exit_event.is_set():
            text = ""
            if select.select([self.fileno], [], [], PATIENCE_S)[0]:
                try:
                    data = os.read(self.fileno, READ_BYTES)
                except OSError:
                    return
                if not data:
                    return
                text = REPLIES.sub("", decoder.decode(data))
            try:
                # Fed with nothing, the parser would take that for the end.
                for message in (*(parser.feed(text) if text else ()), *parser.tick()):
                    self.process_message(message)
            except (ArithmeticError, ValueError):
                # The terminal said something impossible: that it has no columns, for one.
                parser = XTermParser(self._debug)

    def _sigcont_application(self, *args: object) -> None:
        """Take the terminal back after ctrl+z only: a hang-up brings the same signal."""
        if self._must_signal_resume:
            super()._sigcont_application(*args)
