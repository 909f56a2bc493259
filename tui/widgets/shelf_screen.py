"""A screen that lists a library: read, sorted and filtered beside the screen's own work."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.dom import DOMNode
from textual.message import Message

from tui.commands import Command
from tui.core.catalogue.arranging import Arranger, Kept, Listing, View
from tui.core.catalogue.front import packed, unpacked
from tui.core.catalogue.rows import Row, base_of, place_of
from tui.core.catalogue.store import CatalogueFiles
from tui.core.files import display_name
from tui.core.sorting import SortKey
from tui.widgets.episode_list import EpisodeList
from tui.widgets.key_screen import KeyScreen

if TYPE_CHECKING:
    from tui.core.catalogue.shelf import News, Shelf
    from tui.core.notebook.values import Reading


@dataclass
class ShelfBegun(Message):
    """The library is being looked through."""

    shelf: "Shelf"


@dataclass
class ShelfTold(Message):
    """There is something new about the library."""

    news: "News"


@dataclass
class Arranged(Message):
    """The rows were put in order."""

    listing: Listing
    turn: int
    """Which request this answers."""


@dataclass
class ReadingsPlaced(Message):
    """It is known which rows the readings belong to."""

    told: "Mapping[Path, Reading]"
    placed: "Mapping[str, Reading]"


class ShelfScreen(KeyScreen):
    """Holds a library's list and the shelf behind it.

    Nothing here goes through all rows: threads do, and the last list stays until there is another. What is
    typed for the list meanwhile waits for that.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.list = EpisodeList(base_of(folder), id="episodes")
        self.list.key_taker = self.take_key
        self.list.on_moved = self._say_in_sight
        self.shelf: Shelf | None = None
        self.view = View()
        """How the list is wanted; that of ``list.listing`` is how it is."""

        self.unread = 0
        """How many episodes are still being read."""

        self.reason = ""
        """Why the folder can't be looked through just now; empty if it can."""

        self._arranger = Arranger()
        self._rows: Sequence[Row] | None = None
        """All episodes, in the order of their names; None until they are known."""

        self._readings: Mapping[str, Reading] = {}
        self._told: Mapping[Path, Reading] = {}
        """The readings as they were told last."""

        self._notices: tuple[str, ...] = ()
        """What was said already."""

        self._asked = self._answered = 0
        """The last request for a list, and the last one that was answered."""

        self._held: list[Callable[[], None]] = []
        """What was typed while a list was awaited."""

    def list_changed(self) -> None:
        """Let the screen say what is listed now, or will be."""

    def on_mount(self) -> None:
        """Show what is known; look through the folder once that is painted."""
        self.list.message = f"looking through {display_name(self.folder)} …"
        front = unpacked(CatalogueFiles(self.folder).load_front())
        if front is not None:
            self.view = front.view
            self.list.show(front, is_front=True)
        self.list_changed()
        self.call_after_refresh(self._begin)

    def on_unmount(self) -> None:
        """End what was started."""
        if self.shelf is not None:
            self.shelf.close()

    # What others tell

    def show_readings(self, readings: "Mapping[Path, Reading]") -> None:
        """Show how far the reader is with the episodes; all of them are told every time."""
        self._told = readings
        self._place_readings(readings)

    @work(thread=True, group="readings", description="readings")
    def _place_readings(self, readings: "Mapping[Path, Reading]") -> None:
        """Lead readings to the rows of their episodes; those of other libraries are left out."""
        placed = ((place_of(path, self.list.base), reading) for path, reading in readings.items())
        here = {place: reading for place, reading in placed if not place.startswith(os.sep)}
        self.post_message(ReadingsPlaced(readings, here))

    @on(ReadingsPlaced)
    def _take_readings(self, message: ReadingsPlaced) -> None:
        if message.told is not self._told:
            return  # there are newer ones
        self._readings = self.list.readings = message.placed
        self.list.refresh()
        if self.view.wanted or self.view.sort is SortKey.RECENT:
            self._ask()

    def look_again(self) -> None:
        """Look through the folder: something in it has changed."""
        if self.shelf is not None:
            self.shelf.look()

    @property
    def rows(self) -> Sequence[Row]:
        """All episodes in the order in which they are listed, whatever is filtered; none if not known yet."""
        return self._arranger.ordered

    # The shelf

    @work(thread=True, group="shelf")
    def _begin(self) -> None:
        """Have the library looked through, by a thread of its own."""
        # Imported here: it brings along what reads files.
        from tui.core.catalogue.shelf import Shelf

        shelf = Shelf(self.folder, self._hear)
        self.post_message(ShelfBegun(shelf))
        shelf.start()

    def _hear(self, news: "News") -> None:
        """Take up, in the shelf's thread, what is new."""
        with suppress(RuntimeError):  # the application may have ended just now
            self.post_message(ShelfTold(news))

    @on(ShelfBegun)
    def _take_shelf(self, message: ShelfBegun) -> None:
        self.shelf = message.shelf
        self._say_in_sight()

    @on(ShelfTold)
    def _take_news(self, message: ShelfTold) -> None:
        from tui.core.catalogue.shelf import Found

        news = message.news
        if isinstance(news, Found):
            self.reason, self.unread = "", news.unread
            self._say_notices(news.notices)
            self._rows = news.rows
        else:
            self.reason = self.list.message = news.reason
            if self._rows is None:
                self._rows = [line for line in self.list.lines if isinstance(line, Row)]
        self.list.show_lost(is_lost=bool(self.reason))
        self._say_in_sight()
        self._ask()

    def _say_notices(self, notices: tuple[str, ...]) -> None:
        """Say what was left out, unless that was said already."""
        new = [notice for notice in notices if notice not in self._notices]
        if new:
            self.notify("\n".join(new), severity="warning", markup=False)
        self._notices = notices

    def _say_in_sight(self) -> None:
        """Have what is in sight read before the rest."""
        if self.shelf is not None and self.unread:
            self.shelf.in_sight = [row.file for row in self.list.in_sight]

    # The list

    @property
    def is_waiting(self) -> bool:
        """Whether another list is awaited."""
        return self._rows is None or self._answered < self._asked

    def _ask(self) -> None:
        """Have the rows arranged as they are wanted now."""
        self._asked += 1
        if self._rows is not None:
            self._arrange(self._rows, self.view, self._readings, self.list.kept, self._asked)
        self.list_changed()

    @work(thread=True, group="arranging", description="arranging")
    def _arrange(
        self, rows: Sequence[Row], view: View, readings: "Mapping[str, Reading]", on: Kept, turn: int
    ) -> None:
        listing = self._arranger.arrange(rows, view, readings, on)
        if listing is not None:
            self.post_message(Arranged(listing, turn))

    @on(Arranged)
    def _show(self, message: Arranged) -> None:
        listing = message.listing
        if message.turn < self._asked and listing.view != self.view:
            return
        self.list.show(listing, from_top=self._begins_at_top(self.list.listing.view, listing.view))
        self._answered = message.turn
        self.list_changed()
        if self.shelf is not None and listing.total and not listing.view.wanted:
            self.shelf.keep_front(packed(listing))
        if not self.is_waiting:
            held, self._held = self._held, []
            for carry_out in held:
                # By the list itself: a message that the screen has it post would end at the screen.
                self.list.call_later(carry_out)

    def _begins_at_top(self, before: View, now: View) -> bool:
        """Say whether the cursor is put on the first episode, not on the one it is on."""
        if now.wanted != before.wanted:
            return bool(now.wanted)
        # Who has not moved yet wants to see what comes first now.
        is_rearranged = replace(now, folded=before.folded) != before
        return is_rearranged and self.list.is_at_top and self.list.kept.place != self.list.current_place

    def when_listed(self, carry_out: Callable[[], None]) -> None:
        """Carry something out once the list is the one that is wanted."""
        if self.is_waiting:
            self._held.append(carry_out)
        else:
            carry_out()

    async def _run(self, command: Command, node: DOMNode) -> bool:
        """Carry out a command; one that concerns the list waits for that."""
        of_list = getattr(self.list, f"action_{command.action}", None)
        if node is self.list and of_list is not None and self.is_waiting:
            self._held.append(of_list)
            return True
        return await super()._run(command, node)

    def see(self, view: View) -> None:
        """Have the list shown in another way."""
        if view != self.view:
            self.view = view
            self._ask()
