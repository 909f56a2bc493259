"""A screen that carries out keys by the tables of commands: at once, and in the order they were typed."""

import asyncio
from collections.abc import Iterator

from textual import events
from textual.dom import DOMNode
from textual.screen import Screen

from tui.commands import TABLES
from tui.widgets.search_bar import SearchBar


class KeyScreen(Screen[None]):
    """Takes the keys of its widgets (``Drawn.key_taker``) and knows which commands they mean just now."""

    bar: SearchBar

    def __init__(self) -> None:
        super().__init__()
        self._turn = asyncio.Lock()
        """Held while a key is carried out: the next one may be in another widget's hands already."""

    def key_tables(self) -> Iterator[tuple[str, DOMNode]]:
        """Yield the tables whose keys work just now, and who carries their commands out; the first wins."""
        yield from ()

    async def take_key(self, event: events.Key) -> bool:
        """Carry out what a key means; say whether it means anything here."""
        async with self._turn:
            return await self._carry_out(event)

    async def _carry_out(self, event: events.Key) -> bool:
        if self.bar.is_open:
            # Typed after the key that opened the bar, before its text field had the focus.
            return await self.bar.type_ahead(event)
        for name, node in self.key_tables():
            for command in TABLES[name]:
                if event.key in command.key_list and bool(await self.app.run_action(command.action, node)):
                    return True
        return False
