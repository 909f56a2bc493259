"""Choose an episode of the library."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.dom import DOMNode
from textual.message import Message
from textual.widgets import Static

from tui.commands import Command
from tui.core.catalogue.arranging import Arranger, Heading, Kept, Listing, View
from tui.core.catalogue.front import packed, unpacked
from tui.core.catalogue.rows import Row, base_of, place_of
from tui.core.catalogue.store import CatalogueFiles
from tui.core.files import display_name
from tui.core.finding import Query
from tui.core.sorting import SortKey
from tui.messages import FoldAsked, HitAsked, LibraryClosed, LibrarySearchAsked, NotebookAsked, QueryChanged
from tui.paths import STYLES
from tui.widgets.episode_list import EpisodeList
from tui.widgets.hints import Hints
from tui.widgets.key_screen import KeyScreen
from tui.widgets.search_bar import FILTER_EPISODES, SearchBar
from tui.widgets.wrapping import cells, cut

if TYPE_CHECKING:
    from tui.core.catalogue.shelf import News, Shelf
    from tui.core.notebook.values import Reading

TITLE = " Library"
TITLE_MARGIN = 5
"""Blank cells around the line at the top, and between its parts."""

SEPARATOR = " · "
GAP = 2
NARROWEST_NAME = 8

SORTS = tuple(SortKey)
"""What the list can be sorted by, in the order in which the key goes through them."""

REVERSED = {
    SortKey.NAME: "last first",
    SortKey.TITLE: "last first",
    SortKey.DATE: "oldest first",
    SortKey.SHOW: "last first",
    SortKey.LENGTH: "shortest first",
    SortKey.RECENT: "longest ago first",
}
"""What an order is called the other way round."""

SORT_NAMES = {SortKey.NAME: "file name", SortKey.RECENT: "last read"}
"""What an order is called, where that is not its own name."""


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


class LibraryScreen(KeyScreen):
    """Lists a library's episodes: at once what is known of them, then what there is.

    Nothing here goes through all rows: they are read, sorted and filtered by threads, and the last list stays
    until there is another. What is typed meanwhile waits for that.
    """

    CSS_PATH = STYLES / "library.tcss"
    AUTO_FOCUS = "EpisodeList"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.list = EpisodeList(base_of(folder), id="episodes")
        self.heading = Static("", id="shelf-title", markup=False)
        self.bar = SearchBar(FILTER_EPISODES, id="search")
        self.hints = Hints("Library", id="hints")
        self.list.key_taker = self.bar.key_taker = self.take_key
        self.list.on_moved = self._say_in_sight
        self.bar.on_kept = self._keep_filter
        self.bar.on_cancelled = self._clear_filter
        self.bar.on_clicked = self.action_filter
        self.shelf: Shelf | None = None
        self.view = View()
        """How the list is wanted; that of ``list.listing`` is how it is."""

        self._arranger = Arranger()
        self._rows: Sequence[Row] | None = None
        """All episodes, in the order of their names; None until they are known."""

        self._readings: Mapping[str, Reading] = {}
        self._told: Mapping[Path, Reading] = {}
        """The readings as they were told last."""

        self._unread = 0
        """How many episodes are still being read."""

        self._reason = ""
        """Why the folder can't be looked through just now."""

        self._notices: tuple[str, ...] = ()
        """What was said already."""

        self._asked = self._answered = 0
        """The last request for a list, and the last one that was answered."""

        self._held: list[Callable[[], None]] = []
        """What was typed while a list was awaited."""

        self._before = Kept()
        """What the cursor was on when the filter was begun."""

    def key_tables(self) -> Iterator[tuple[str, DOMNode]]:
        """Yield the library's table: the list carries out what concerns its rows, the screen the rest."""
        yield "Library", self.list
        yield "Library", self
        yield "Everywhere", self.app

    def compose(self) -> ComposeResult:
        """A title, the list, the line for typing, the hints."""
        with Vertical(id="shelf"):
            yield self.heading
            yield self.list
        yield self.bar
        yield self.hints

    def on_mount(self) -> None:
        """Show what is known; look through the folder once that is painted."""
        self.hints.show("Library")
        self.list.message = f"looking through {display_name(self.folder)} …"
        front = unpacked(CatalogueFiles(self.folder).load_front())
        if front is not None:
            self.view = front.view
            self.list.show(front, is_front=True)
        self._title()
        self.call_after_refresh(self._begin)

    def on_unmount(self) -> None:
        """End what was started."""
        if self.shelf is not None:
            self.shelf.close()

    # What others tell

    def show_current(self, path: Path | None) -> None:
        """Mark the episode that is open in the reader."""
        self.list.show_current(path)

    def show_readings(self, readings: "Mapping[Path, Reading]") -> None:
        """Show how far the reader is with the episodes; all of them are told every time."""
        self._told = readings
        self._place_readings(readings)

    @work(thread=True, group="readings", description="readings")
    def _place_readings(self, readings: "Mapping[Path, Reading]") -> None:
        """Lead readings to the rows of their episodes."""
        placed = {place_of(path, self.list.base): reading for path, reading in readings.items()}
        self.post_message(ReadingsPlaced(readings, placed))

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
            self._reason, self._unread = "", news.unread
            self._say_notices(news.notices)
            self._rows = news.rows
        else:
            self._reason = self.list.message = news.reason
            if self._rows is None:
                self._rows = [line for line in self.list.lines if isinstance(line, Row)]
        self.list.show_lost(is_lost=bool(self._reason))
        self._say_in_sight()
        self._ask()

    def _say_notices(self, notices: tuple[str, ...]) -> None:
        """Say what was left out, unless that was said already."""
        for notice in notices:
            if notice not in self._notices:
                self.notify(notice, severity="warning", markup=False)
        self._notices = notices

    def _say_in_sight(self) -> None:
        """Have what is in sight read before the rest."""
        if self.shelf is not None and self._unread:
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
        self._title()

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
        self._title()
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

    def _when_listed(self, carry_out: Callable[[], None]) -> None:
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

    def _see(self, view: View) -> None:
        """Have the list shown in another way."""
        if view != self.view:
            self.view = view
            self._ask()

    def _title(self) -> None:
        """Say which library this is, how much of it is listed, and how, as far as there is room."""
        style = "$alarm" if self._reason else "$soft"
        said = [self._reason] if self._reason else list(self._said())
        room = self.app.size.width - cells(TITLE) - TITLE_MARGIN
        while len(said) > 1 and cells(SEPARATOR.join(said)) > room:
            said.pop()
        words = SEPARATOR.join(said)
        parts = [(TITLE, "$accent bold")]
        if room - cells(words) - GAP >= NARROWEST_NAME:
            name = cut(self.folder.name or display_name(self.folder), room - cells(words) - GAP)
            parts.append((f"  {name}", "$mute"))
        self.heading.update(Content.assemble(*parts, (f"  {words}", style)))

    def _said(self) -> Iterator[str]:
        """Yield how many episodes are listed, in which order, and how many are still read."""
        listing, view = self.list.listing, self.view
        if not listing.total:
            return
        episodes = f"{listing.total:,} episode{'' if listing.total == 1 else 's'}"
        yield f"{listing.found:,} of {episodes}" if listing.view.wanted else episodes
        order = f"by {SORT_NAMES.get(view.sort, view.sort)}"
        yield f"{order}, {REVERSED[view.sort]}" if view.is_reversed else order
        if self._unread:
            yield f"reading {self._unread:,} …"

    # Filtering

    @on(QueryChanged)
    def _filter(self, message: QueryChanged) -> None:
        if self.bar.is_open:
            self._see(replace(self.view, wanted=message.query.text))

    def _keep_filter(self, query: Query) -> None:
        """Leave the filter as it is; open what it leaves, if that is only one."""
        self._see(replace(self.view, wanted=query.text))
        self.bar.close(query.text)
        self.hints.show("Library")
        self.set_focus(self.list)
        self._when_listed(self._open_only)

    def _open_only(self) -> None:
        rows = [line for line in self.list.lines[:2] if isinstance(line, Row)]
        if self.view.wanted and len(rows) == len(self.list.lines) == 1:
            self.list.action_open()

    def _clear_filter(self) -> None:
        self._see(replace(self.view, wanted=""))
        if not isinstance(self.list.chosen, Row):
            self.list.stay_on(self._before)
        self.bar.close()
        self.hints.show("Library")
        self.set_focus(self.list)

    @on(HitAsked)
    def _move(self, message: HitAsked) -> None:
        self._when_listed(self.list.action_cursor_down if message.step > 0 else self.list.action_cursor_up)

    # Actions

    async def action_filter(self) -> None:
        """Let the reader type a filter."""
        if not self.view.wanted:
            self._before = self.list.kept
        self.hints.show("Filter", typing=True)
        await self.bar.open(FILTER_EPISODES, self.view.wanted)

    def action_search(self) -> None:
        """Search the whole library."""
        self.post_message(LibrarySearchAsked())

    def action_next_sort(self) -> None:
        """Sort by the next thing."""
        following = SORTS[(SORTS.index(self.view.sort) + 1) % len(SORTS)]
        self._see(replace(self.view, sort=following, is_reversed=False))

    def action_reverse(self) -> None:
        """Turn the order round."""
        self._see(replace(self.view, is_reversed=not self.view.is_reversed))

    def action_group(self) -> None:
        """Put the episodes of each show below its name, or all in one list again."""
        self._see(replace(self.view, is_grouped=not self.view.is_grouped))

    @on(FoldAsked)
    def _fold_asked(self, message: FoldAsked) -> None:
        self._fold([message.show], is_folded=message.is_folded)

    def action_fold(self) -> None:
        """Fold the show that the cursor is in."""
        self._when_listed(self._fold_here)

    def _fold_here(self) -> None:
        chosen = self.list.chosen
        if self.view.is_grouped and chosen is not None:
            show = chosen.show_key if isinstance(chosen, Row) else chosen.show
            if show is not None:
                self.list.stay_on(Kept(show=show))
                self._fold([show], is_folded=True)

    def action_fold_all(self) -> None:
        """Fold all shows, or unfold them."""
        self._when_listed(self._fold_all)

    def _fold_all(self) -> None:
        shows = [line.show for line in self.list.lines if isinstance(line, Heading) and line.show is not None]
        if isinstance(self.list.chosen, Row) and not self.view.folded:
            self.list.stay_on(Kept(show=self.list.chosen.show_key))
        self._fold(shows, is_folded=not self.view.folded)

    def _fold(self, shows: Iterable[str], *, is_folded: bool) -> None:
        folded = self.view.folded | set(shows) if is_folded else self.view.folded - set(shows)
        self._see(replace(self.view, folded=frozenset(folded)))

    def action_rescan(self) -> None:
        """Look through the folder again."""
        self.look_again()

    def action_notebook(self) -> None:
        """Show what is highlighted in all episodes."""
        self.post_message(NotebookAsked(None))

    def action_close(self) -> None:
        """Clear the filter, or go back to the episode."""
        if self.view.wanted:
            self._clear_filter()
        else:
            self.post_message(LibraryClosed())
