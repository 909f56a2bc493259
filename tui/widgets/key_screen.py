"""A screen that carries out keys by the tables of commands: at once, and in the order they were typed."""

import asyncio
from collections.abc import Iterator

from textual import events
from textual.dom import DOMNode
from textual.screen import Screen
from textual.timer import Timer

from tui.commands import TABLES, Command
from tui.messages import ScreenTried
from tui.widgets.held_keys import HeldKeys
from tui.widgets.search_bar import SearchBar

LONGEST_WAIT_S = 1.0
"""After so many seconds keys no longer wait for what they were meant for."""


class KeyScreen(Screen[None]):
    """Takes the keys of its widgets (``Drawn.key_taker``) and knows which commands they mean just now."""

    bar: SearchBar

    def __init__(self) -> None:
        super().__init__()
        self._turn = asyncio.Lock()
        """Held while a key is carried out: the next one may be in another widget's hands already."""

        self.held = HeldKeys()
        """The application's, where it holds keys back for what is not there yet."""

        self._wait: Timer | None = None
        """Runs while keys wait for what this screen is about to show."""

    async def prepare(self) -> None:
        """Make what the first frame had no time for."""
        await self.bar.prepare()

    def key_tables(self) -> Iterator[tuple[str, DOMNode]]:
        """Yield the tables whose keys work just now, and who carries their commands out; the first wins."""
        yield from ()

    async def take_key(self, event: events.Key) -> bool:
        """Carry out what a key means; say whether it means anything here."""
        async with self._turn:
            return await self._carry_out(event)

    async def _carry_out(self, event: events.Key) -> bool:
        if self.held.is_holding:
            self.held.add(event)
            return True
        if self.bar.is_open:
            return await self.bar.type_in(event)
        for name, node in self.key_tables():
            for command in TABLES[name]:
                if event.key in command.key_list and await self._run(command, node):
                    return True
        return False

    async def _run(self, command: Command, node: DOMNode) -> bool:
        """Carry out a command; say whether there is one of its name."""
        if not hasattr(node, f"action_{command.action}"):
            return False  # somebody else of the same table carries it out
        if not command.opens:
            return bool(await self.app.run_action(command.action, node))
        self.held.hold()
        try:
            return bool(await self.app.run_action(command.action, node))
        finally:
            # After what the command has posted itself.
            self.post_message(ScreenTried(self))

    # Keys that come before what they are meant for

    def hold_keys(self) -> None:
        """Let the keys that come next wait: they are meant for what is being read, and not shown yet."""
        self.held.hold()
        self._stop_waiting()
        self._wait = self.set_timer(LONGEST_WAIT_S, self.release_keys)

    def release_keys(self) -> None:
        """Have the keys that waited carried out, in their order, by whatever screen is shown now."""
        if self._wait is not None:
            self._stop_waiting()
            self.post_message(ScreenTried(self))

    def _stop_waiting(self) -> None:
        if self._wait is not None:
            self._wait.stop()
            self._wait = None
