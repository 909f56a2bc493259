"""Reading the notebook: what the screen lists, and how it follows what changes, here and elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from tui.core.episode import Episode, Place
from tui.core.notebook.changes import Change
from tui.core.notebook.filtering import Entry, Listed, listed, read_filter
from tui.core.notebook.listing import Grouping, Listing, Row
from tui.core.notebook.values import Anchor, Bookmark
from tui.messages import NotebookChanged
from tui.screens.notebook.base import NotebookBase
from tui.widgets.highlight_list import highlights_of

if TYPE_CHECKING:
    from tui.core.notebook.losses import Losses
    from tui.core.notebook.notebook import Notebook
    from tui.core.notebook.notes import Placed

TELL_S = 0.3
"""How often places that were seen are shown, in seconds."""

CALM_S = 0.1
"""After so many seconds what is shown is drawn: what a thread does then takes no turns with it."""

LONGEST_DRAWING_S = 0.5
"""The first page is on the screen by then."""

FIRST_PAGE = 40
"""How many highlights are shown before all of them are read."""


@dataclass
class ListingMade(Message):
    """What the notebook holds was read and put in order."""

    listing: Listing
    near: str = ""
    """The id of the entry that the cursor goes to; empty for the one it is on."""

    is_drawn: Event | None = None
    """Of the first page, which is not all there is: set once it is on the screen."""


class NothingThere(Message):
    """The episode has no highlights and no bookmarks."""


@dataclass
class PlacesSeen(Message):
    """It was seen of some entries whether they still have their places."""

    lost: Mapping[str, Anchor | None]
    """By their ids, the anchors that were not found; None for those that were."""


class Reading(NotebookBase):
    """What is listed: of the episode that is open, or of the library."""

    def __init__(
        self, notebook: "Notebook", episode: Episode | None = None, place: Place | None = None
    ) -> None:
        super().__init__(notebook, episode, place)
        self._losses: Losses | None = None
        """What was seen of the files, once they are looked at."""

        self._edition: int | None = None
        """The notebook's when all of it was read last; None if that is not listed."""

        self._since: list[Change] = []
        """The changes since the notebook was last asked what it holds: what it answers may lack them."""

    def on_mount(self) -> None:
        """Read what is to be shown first."""
        self.hints.show("Notebook")
        self.read(or_library=True)

    def show_of(self, episode: Episode | None, place: Place | None = None) -> None:
        """Show the highlights of an episode from a place on, or of the library if it has none."""
        self.place = place
        is_other = episode is not None and (self.episode is None or self.episode.path != episode.path)
        self.episode = episode or self.episode
        if is_other or self.is_of_episode != (episode is not None):
            self.change_scope(is_of_episode=episode is not None)
        self.read_again(or_library=True)

    def read_again(self, *, or_library: bool = False) -> None:
        """Read what may have changed while the screen was not shown."""
        if self.is_whole and self._edition == self.notebook.edition:
            self.set_timer(CALM_S, self.look_for_places)
        elif self.is_whole:
            # What is known is shown first.
            self.set_timer(CALM_S, partial(self.read, or_library=or_library))
        else:
            self.read(or_library=or_library)

    def change_scope(self, *, is_of_episode: bool) -> None:
        """Forget what is shown: it is of something else."""
        self.is_of_episode = is_of_episode
        self.is_whole, self._edition = False, None
        self.list.let_go()
        self.list.show(Listing((), self.grouping, lost=self.list.listing.lost))

    def read(self, *, or_library: bool = False) -> None:
        """Ask the notebook what it holds; ``or_library`` if the episode holds nothing."""
        self._since = []
        self.say_title()
        if self.is_of_episode and self.episode is not None:
            place, self.place = self.place, None
            self._read_episode(self.episode, place, self.grouping, or_library=or_library)
        else:
            self._edition = self.notebook.edition
            lost = dict(self.list.listing.lost)
            self._read_library(self.grouping, lost, is_first=not self.is_whole)

    @work(thread=True, exclusive=True, group="notebook", description="notebook")
    def _read_episode(
        self, episode: Episode, place: Place | None, grouping: Grouping, *, or_library: bool
    ) -> None:
        notes = self.notebook.of_episode(episode)
        if or_library and not (notes.highlights or notes.bookmarks):
            self._post_unless_stopped(NothingThere())
            return
        lost = {one.highlight.id: one.highlight.anchor for one in notes.highlights if one.stretch is None}
        entries: list[Entry] = [one.highlight for one in notes.highlights]
        entries += [one.bookmark for one in notes.bookmarks]
        made = Listing(map(listed, entries), grouping, lost=lost)
        self._post_unless_stopped(ListingMade(made, nearest(notes.highlights, place)))

    @work(thread=True, exclusive=True, group="notebook", description="notebook")
    def _read_library(self, grouping: Grouping, lost: Mapping[str, Anchor], *, is_first: bool) -> None:
        """Read everything; first what fills the screen, if there is nothing on it yet."""
        if is_first:
            first = self.notebook.recent_highlights(FIRST_PAGE)
            made = Listing(map(listed, first), grouping, lost=lost)
            is_drawn = Event()
            self._post_unless_stopped(ListingMade(made, is_drawn=is_drawn))
            # Reading on would take turns with the drawing.
            is_drawn.wait(LONGEST_DRAWING_S)
        entries: list[Entry] = [*self.notebook.highlights(), *self.notebook.bookmarks()]
        self._post_unless_stopped(ListingMade(Listing(map(listed, entries), grouping, lost=lost)))

    @work(thread=True, exclusive=True, group="notebook", description="notebook")
    def _regroup(self, entries: Sequence[Listed], grouping: Grouping, lost: Mapping[str, Anchor]) -> None:
        self._post_unless_stopped(ListingMade(Listing(entries, grouping, lost=lost)))

    def regroup(self) -> None:
        """Put what is listed in order anew."""
        listing = self.list.listing
        self._since = []
        self._regroup(list(listing.entries.values()), self.grouping, dict(listing.lost))

    def _post_unless_stopped(self, message: Message) -> None:
        """Post what a worker has to tell, unless something else was asked for meanwhile."""
        if not get_current_worker().is_cancelled:
            self.post_message(message)

    def look_for_places(self) -> None:
        """See which of the highlights that are listed lost their place."""
        listing = self.list.listing
        self._look_for_places([*listing.rows, *listing.entries.values()], dict(listing.lost))

    @work(thread=True, exclusive=True, group="places", description="places")
    def _look_for_places(self, rows: Sequence[Row], known: Mapping[str, Anchor]) -> None:
        """See which highlights lost their place, the first ones first: their files have to be read.

        Args:
            rows: What to look for; the same entry may come again.
            known: By their ids, what is known to be lost.
        """
        from tui.core.notebook.losses import Losses

        self._losses = self._losses or Losses(self.notebook)
        worker, told_at = get_current_worker(), monotonic()
        seen: dict[str, Anchor | None] = {}
        entries = dict.fromkeys(row for row in rows if isinstance(row, Listed))
        for places in self._losses.look(highlights_of(entries)):
            if worker.is_cancelled:
                return
            seen |= {id: anchor for id, anchor in places.items() if known.get(id) != anchor}
            if seen and monotonic() - told_at > TELL_S:
                self.post_message(PlacesSeen(seen))
                seen, told_at = {}, monotonic()
        if seen:
            self.post_message(PlacesSeen(seen))

    @on(PlacesSeen)
    def _show_places(self, message: PlacesSeen) -> None:
        under, near = self.list.chosen, self.list.cursor
        self.list.listing.mark_lost(message.lost)
        self.list.arranged(under, near)
        self.say_title()

    @on(NothingThere)
    def _show_library(self) -> None:
        self.change_scope(is_of_episode=False)
        self.read()

    @on(ListingMade)
    def _show_listing(self, message: ListingMade) -> None:
        listing = message.listing
        for change in self._since:
            listing.make(change)
        listing.narrow(read_filter(self.wanted))
        self.list.show(listing, is_new=not self.is_whole)
        self.list.go_to(message.near)
        self.is_whole = message.is_drawn is None
        self.say_title()
        if message.is_drawn is not None:
            self.call_after_refresh(message.is_drawn.set)
        elif not self.is_of_episode:
            self.set_timer(CALM_S, self.look_for_places)

    @on(NotebookChanged)
    def _take_over(self, message: NotebookChanged) -> None:
        """Show what was changed, here or elsewhere."""
        if message.change is None or touches_bookmarks(message.change):
            self.read()
            return
        self._since.append(message.change)
        under, near = self.list.chosen, self.list.cursor
        self.list.listing.make(message.change)
        self.list.arranged(under, near)
        self.say_title()


def nearest(highlights: "Sequence[Placed]", place: Place | None) -> str:
    """Return the id of the first highlight that ends after a place, else of the last; empty for none."""
    if place is None:
        return ""
    placed = sorted((one.stretch.end, one.highlight.id) for one in highlights if one.stretch is not None)
    after = [id for end, id in placed if end > place]
    return (after or [id for _, id in placed[-1:]] or [""])[0]


def touches_bookmarks(change: Change) -> bool:
    """Say whether a change is one of bookmarks: a letter is taken from another one, which it does not say."""
    return any(isinstance(thing, Bookmark) for edit in change.edits for thing in (edit.before, edit.after))
