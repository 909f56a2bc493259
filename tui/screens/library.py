"""Choose an episode of the library."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.dom import DOMNode
from textual.widgets import Static

from tui.core.catalogue.arranging import Heading, Kept
from tui.core.catalogue.rows import Row
from tui.core.files import display_name
from tui.core.finding import Query
from tui.core.sorting import SortKey
from tui.messages import FoldAsked, HitAsked, LibraryClosed, LibrarySearchAsked, NotebookAsked, QueryChanged
from tui.paths import STYLES
from tui.widgets.hints import Hints
from tui.widgets.search_bar import FILTER_EPISODES, SearchBar
from tui.widgets.shelf_screen import ShelfScreen
from tui.widgets.wrapping import cells, cut

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


class LibraryScreen(ShelfScreen):
    """Lists a library's episodes: at once what is known of them, then what there is."""

    CSS_PATH = STYLES / "library.tcss"
    AUTO_FOCUS = "EpisodeList"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.heading = Static("", id="shelf-title", markup=False)
        self.bar = SearchBar(FILTER_EPISODES, id="search")
        self.hints = Hints("Library", id="hints")
        self.bar.key_taker = self.take_key
        self.bar.on_kept = self._keep_filter
        self.bar.on_cancelled = self._clear_filter
        self.bar.on_clicked = self.action_filter
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
        """Show which keys matter."""
        self.hints.show("Library")

    def on_resize(self) -> None:
        """Say as much as there is room for."""
        self.list_changed()

    def show_current(self, path: Path | None) -> None:
        """Mark the episode that is open in the reader."""
        self.list.show_current(path)

    def list_changed(self) -> None:
        """Say which library this is, how much of it is listed, and how, as far as there is room."""
        style = "$alarm" if self.reason else "$soft"
        said = [self.reason] if self.reason else list(self._said())
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
        if self.unread:
            yield f"reading {self.unread:,} …"

    # Filtering

    @on(QueryChanged)
    def _filter(self, message: QueryChanged) -> None:
        if self.bar.is_open:
            self.see(replace(self.view, wanted=message.query.text))

    def _keep_filter(self, query: Query) -> None:
        """Leave the filter as it is; open what it leaves, if that is only one."""
        self.see(replace(self.view, wanted=query.text))
        self.bar.close(query.text)
        self.hints.show("Library")
        self.set_focus(self.list)
        self.when_listed(self._open_only)

    def _open_only(self) -> None:
        rows = [line for line in self.list.lines[:2] if isinstance(line, Row)]
        if self.view.wanted and len(rows) == len(self.list.lines) == 1:
            self.action_open()

    def _clear_filter(self) -> None:
        self.see(replace(self.view, wanted=""))
        if not isinstance(self.list.chosen, Row):
            self.list.stay_on(self._before)
        self.bar.close()
        self.hints.show("Library")
        self.set_focus(self.list)

    @on(HitAsked)
    def _move(self, message: HitAsked) -> None:
        self.when_listed(self.list.action_cursor_down if message.step > 0 else self.list.action_cursor_up)

    # Actions

    def action_open(self) -> None:
        """Open the episode under the cursor; fold or unfold a show."""
        if self.list.chosen_path is not None:
            self.hold_keys()  # what is typed next is for the episode
        self.list.open_chosen()

    async def action_filter(self) -> None:
        """Let the reader type a filter."""
        if not self.view.wanted:
            self._before = self.list.kept
        self.hints.show("Filter", typing=True)
        await self.bar.open(FILTER_EPISODES, self.view.wanted, replaces=True)

    def action_search(self) -> None:
        """Search the whole library."""
        self.post_message(LibrarySearchAsked())

    def action_next_sort(self) -> None:
        """Sort by the next thing."""
        following = SORTS[(SORTS.index(self.view.sort) + 1) % len(SORTS)]
        self.see(replace(self.view, sort=following, is_reversed=False))

    def action_reverse(self) -> None:
        """Turn the order round."""
        self.see(replace(self.view, is_reversed=not self.view.is_reversed))

    def action_group(self) -> None:
        """Put the episodes of each show below its name, or all in one list again."""
        self.see(replace(self.view, is_grouped=not self.view.is_grouped))

    @on(FoldAsked)
    def _fold_asked(self, message: FoldAsked) -> None:
        self._fold([message.show], is_folded=message.is_folded)

    def action_fold(self) -> None:
        """Fold the show that the cursor is in."""
        self.when_listed(self._fold_here)

    def _fold_here(self) -> None:
        chosen = self.list.chosen
        if self.view.is_grouped and chosen is not None:
            show = chosen.show_key if isinstance(chosen, Row) else chosen.show
            if show is not None:
                self.list.stay_on(Kept(show=show))
                self._fold([show], is_folded=True)

    def action_fold_all(self) -> None:
        """Fold all shows, or unfold them."""
        self.when_listed(self._fold_all)

    def _fold_all(self) -> None:
        shows = [line.show for line in self.list.lines if isinstance(line, Heading) and line.show is not None]
        if isinstance(self.list.chosen, Row) and not self.view.folded:
            self.list.stay_on(Kept(show=self.list.chosen.show_key))
        self._fold(shows, is_folded=not self.view.folded)

    def _fold(self, shows: Iterable[str], *, is_folded: bool) -> None:
        folded = self.view.folded | set(shows) if is_folded else self.view.folded - set(shows)
        self.see(replace(self.view, folded=frozenset(folded)))

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
