"""The parts of the notebook screen, and what they list: of the library, or of the episode that is open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from tui.commands import key_of
from tui.core.episode import Episode
from tui.core.notebook.changes import Change
from tui.core.notebook.filtering import Entry, Listed, listed, read_filter
from tui.core.notebook.listing import Grouping, Listing, Row
from tui.core.notebook.losses import Losses
from tui.core.notebook.values import Anchor, Bookmark
from tui.messages import (
    NotebookChanged,
)
from tui.widgets.highlight_list import HighlightList, highlights_of
from tui.widgets.hints import Hints
from tui.widgets.key_screen import KeyScreen
from tui.widgets.search_bar import FILTER_HIGHLIGHTS, SearchBar

if TYPE_CHECKING:
    from tui.core.notebook.notebook import Notebook

ROOMY_FROM = 72
"""Cells from which the title says what it is the title of."""

TELL_S = 0.3
"""How often places that were seen are shown, in seconds."""

LONGEST_DRAWING_S = 0.5
"""The first page is on the screen by then."""

FIRST_PAGE = 40
"""How many highlights are shown before all of them are read."""


@dataclass
class ListingMade(Message):
    """What the notebook holds was read and put in order."""

    listing: Listing
    is_drawn: Event | None = None
    """Of the first page, which is not all there is: set once it is on the screen."""


class NothingThere(Message):
    """The episode has no highlights and no bookmarks."""


@dataclass
class PlacesSeen(Message):
    """It was seen of some entries whether they still have their places."""

    lost: Mapping[str, Anchor | None]
    """By their ids, the anchors that were not found; None for those that were."""


class NotebookBase(KeyScreen):
    """Holds the parts and the listing; the activities are built on it."""

    def __init__(self, notebook: "Notebook", episode: Episode | None = None) -> None:
        """Show what a notebook holds.

        Args:
            notebook: Where it is kept.
            episode: The one that is open in the reader.
        """
        super().__init__()
        self.notebook = notebook
        self.episode = episode
        self.is_of_episode = episode is not None
        """Whether only the episode's highlights are listed."""

        self.grouping = Grouping.EPISODE
        self.wanted = ""
        """The filter as it was typed."""

        self.list = HighlightList(id="highlights")
        self.heading = Static("", id="notebook-title", markup=False)
        self.bar = SearchBar(FILTER_HIGHLIGHTS, id="search")
        self.hints = Hints("Notebook", id="hints")
        self.list.key_taker = self.bar.key_taker = self.take_key
        self.losses = Losses(notebook)
        self._is_whole = False
        """Whether everything was read."""

        self._since: list[Change] = []
        """The changes since the notebook was last asked what it holds: what it answers may lack them."""

    def on_mount(self) -> None:
        """Read what is to be shown first."""
        self.hints.show("Notebook")
        self.read(or_library=True)

    # Reading

    def show_of(self, episode: Episode | None) -> None:
        """Show the highlights of an episode, or of the library if it has none or there is none."""
        is_other = episode is not None and (self.episode is None or self.episode.path != episode.path)
        self.episode = episode or self.episode
        if is_other or self.is_of_episode != (episode is not None):
            self._change_scope(is_of_episode=episode is not None)
        self.read(or_library=True)

    def _change_scope(self, *, is_of_episode: bool) -> None:
        """Forget what is shown: it is of something else."""
        self.is_of_episode = is_of_episode
        self._is_whole = False
        self.list.let_go()
        self.list.message = ""
        self.list.show(Listing((), self.grouping, lost=self.list.listing.lost))

    def read(self, *, or_library: bool = False) -> None:
        """Ask the notebook what it holds; ``or_library`` if the episode holds nothing."""
        self._since = []
        self.say_title()
        if self.is_of_episode and self.episode is not None:
            self._read_episode(self.episode, self.grouping, or_library=or_library)
        else:
            is_first = not self._is_whole
            self._read_library(self.grouping, self.list.listing.lost, is_first=is_first)

    @work(thread=True, exclusive=True, group="notebook")
    def _read_episode(self, episode: Episode, grouping: Grouping, *, or_library: bool) -> None:
        notes = self.notebook.of_episode(episode)
        if or_library and not (notes.highlights or notes.bookmarks):
            self._post_unless_stopped(NothingThere())
            return
        lost = {one.highlight.id: one.highlight.anchor for one in notes.highlights if one.stretch is None}
        entries: list[Entry] = [one.highlight for one in notes.highlights]
        entries += [one.bookmark for one in notes.bookmarks]
        self._post_unless_stopped(ListingMade(Listing(map(listed, entries), grouping, lost=lost)))

    @work(thread=True, exclusive=True, group="notebook")
    def _read_library(self, grouping: Grouping, lost: Mapping[str, Anchor], *, is_first: bool) -> None:
        """Read everything; first what fills the screen, if there is nothing on it yet."""
        if is_first:
            first = self.notebook.recent_highlights(FIRST_PAGE)
            made = Listing(map(listed, first), grouping, lost=lost)
            is_drawn = Event()
            self._post_unless_stopped(ListingMade(made, is_drawn))
            # Reading on would take turns with the drawing.
            is_drawn.wait(LONGEST_DRAWING_S)
        entries: list[Entry] = [*self.notebook.highlights(), *self.notebook.bookmarks()]
        self._post_unless_stopped(ListingMade(Listing(map(listed, entries), grouping, lost=lost)))

    @work(thread=True, exclusive=True, group="notebook")
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

    @work(thread=True, exclusive=True, group="places")
    def _look_for_places(self, rows: Sequence[Row], known: Mapping[str, Anchor]) -> None:
        """See which highlights lost their place, the first ones first: their files have to be read.

        Args:
            rows: What to look for; the same entry may come again.
            known: By their ids, what is known to be lost.
        """
        worker, told_at = get_current_worker(), monotonic()
        seen: dict[str, Anchor | None] = {}
        entries = dict.fromkeys(row for row in rows if isinstance(row, Listed))
        for places in self.losses.look(highlights_of(entries)):
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
        self._change_scope(is_of_episode=False)
        self.read()

    @on(ListingMade)
    def _show_listing(self, message: ListingMade) -> None:
        listing = message.listing
        for change in self._since:
            listing.make(change)
        listing.narrow(read_filter(self.wanted))
        self.list.show(listing, is_new=not self._is_whole)
        self._is_whole = message.is_drawn is None
        self.list.message = self._nothing() if self._is_whole else ""
        self.say_title()
        if message.is_drawn is not None:
            self.call_after_refresh(message.is_drawn.set)
        elif not self.is_of_episode:
            self._look_for_places([*listing.rows, *listing.entries.values()], dict(listing.lost))

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
        self.list.message = self._nothing()
        self.say_title()

    # What is said

    def say_title(self) -> None:
        """Say what is listed, how much of it, and in which groups."""
        parts: list[tuple[str, str]] = [(" ", "")]
        if self.app.size.width >= ROOMY_FROM:
            parts += [("Notebook", "$accent bold"), ("  ", "")]
        scopes = [("this episode", self.is_of_episode)] if self.episode is not None else []
        for name, is_shown in (*scopes, ("whole library", not self.is_of_episode)):
            parts += [(name, "$ink bold" if is_shown else "$mute"), ("  ", "")]
        if self.list.picked:
            parts.append((f"{len(self.list.picked):,} selected · ", "$accent"))
        if self._is_whole:
            parts.append((" · ".join(self._counts()), "$soft"))
        self.heading.update(Content.assemble(*parts))

    def _counts(self) -> Iterator[str]:
        """Yield what is said of how much is listed."""
        listing = self.list.listing
        count, shown = len(listing.entries), listing.count_shown
        if count:
            yield f"by {listing.grouping}"
        if shown != count:
            yield f"{shown:,} of {count:,}"
        elif count:
            yield counted(count - listing.count_bookmarks, "highlight")
            if listing.count_bookmarks:
                yield counted(listing.count_bookmarks, "bookmark")
        if listing.count_lost:
            yield f"{listing.count_lost:,} lost {'its' if listing.count_lost == 1 else 'their'} place"

    def _nothing(self) -> str:
        """Return what is said when nothing is listed: how to begin."""
        if self.list.listing.entries:
            return "Nothing in the notebook is like this. Esc shows everything again."
        where = "in this episode" if self.is_of_episode else "yet"
        return f"Nothing is highlighted {where}.\n\n{how_to_begin()}"


def counted(count: int, what: str) -> str:
    """Return how many things there are: ``1 highlight``, ``12 highlights``."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def how_to_begin() -> str:
    """Return which keys of the reader fill the notebook."""
    said = {
        "highlight": "highlights the sentence you are reading, or what is selected",
        "annotate": "writes a note on it",
        "edit_tags": "gives it tags",
    }
    keys = {action: key_of("Reader", action) for action in said}
    lines = [f"{key}  {said[action]}" for action, key in keys.items() if key]
    return "\n".join(["Open an episode, then:", "", *lines])


def touches_bookmarks(change: Change) -> bool:
    """Say whether a change is one of bookmarks: a letter is taken from another one, which it does not say."""
    return any(isinstance(thing, Bookmark) for edit in change.edits for thing in (edit.before, edit.after))
