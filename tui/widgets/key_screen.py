"""A screen that carries out keys by the tables of commands: at once, and in the order they were typed."""

import asyncio
from collections.abc import Iterator

from textual import events
from textual.dom import DOMNode
from textual.screen import Screen

from tui.commands import TABLES, Command
from tui.messages import ScreenTried
from tui.widgets.held_keys import HeldKeys
from tui.widgets.search_bar import SearchBar


class KeyScreen(Screen[None]):
    """Takes the keys of its widgets (``Drawn.key_taker``) and knows which commands they mean just now."""

    bar: SearchBar

    def __init__(self) -> None:
        super().__init__()
        self._turn = asyncio.Lock()
        """Held while a key is carried out: the next one may be in another widget's hands already."""

        self.held = HeldKeys()
        """The application's, where it holds keys back while a screen opens."""

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
            # Typed after the key that opened the bar, before its text field had the focus.
            return await self.bar.type_ahead(event)
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
