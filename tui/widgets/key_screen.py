"""A screen that carries out keys by the tables of commands: at once, and in the order they were typed."""

import asyncio
from collections import deque
from collections.abc import Iterator

from textual import events
from textual.dom import DOMNode
from textual.screen import Screen
from textual.timer import Timer

from tui.commands import TABLES
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

        self._waiting: deque[events.Key] = deque()
        """Keys that were typed while they could not be carried out yet."""

        self._wait: Timer | None = None
        """Runs while keys wait."""

    async def prepare(self) -> None:
        """Make what the first frame had no time for."""
        await self.bar.prepare()

    def key_tables(self) -> Iterator[tuple[str, DOMNode]]:
        """Yield the tables whose keys work just now, and who carries their commands out; the first wins."""
        yield from ()

    async def take_key(self, event: events.Key) -> bool:
        """Carry out what a key means; say whether it means anything here."""
        if self._wait is not None or self._waiting:
            self._waiting.append(event)
            return True
        async with self._turn:
            return await self._carry_out(event)

    async def _carry_out(self, event: events.Key) -> bool:
        if self.bar.is_open:
            return await self.bar.type_in(event)
        for name, node in self.key_tables():
            for command in TABLES[name]:
                if event.key in command.key_list and bool(await self.app.run_action(command.action, node)):
                    return True
        return False

    # Keys that come before what they are meant for

    def hold_keys(self) -> None:
        """Let the keys that come next wait: they are meant for what is being read, and not shown yet."""
        if self._wait is not None:
            self._wait.stop()
        self._wait = self.set_timer(LONGEST_WAIT_S, self.release_keys)

    async def release_keys(self) -> None:
        """Carry out the keys that waited, in their order."""
        if self._wait is not None:
            self._wait.stop()
            self._wait = None
        async with self._turn:
            while self._waiting and self._wait is None:
                event = self._waiting.popleft()
                if not await self._carry_out(event):
                    await self._carry_out_everywhere(event)

    async def hand_keys_to(self, other: "KeyScreen") -> None:
        """Have another screen carry out the keys that waited: it was asked for before they were typed."""
        keys, self._waiting = self._waiting, deque()
        if self._wait is not None:
            self._wait.stop()
            self._wait = None
        other._waiting.extend(keys)
        await other.release_keys()

    async def _carry_out_everywhere(self, event: events.Key) -> None:
        """Carry out a key that goes on to the app if it does not wait."""
        for command in TABLES["Everywhere"]:
            if event.key in command.key_list:
                await self.app.run_action(command.action, self.app)
