"""The parts of the notebook screen, and what is said of what they list."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from tui.commands import key_of
from tui.core.episode import Episode, Place
from tui.core.notebook.listing import Grouping
from tui.widgets.highlight_list import HighlightList
from tui.widgets.hints import Hints
from tui.widgets.key_screen import KeyScreen
from tui.widgets.search_bar import FILTER_HIGHLIGHTS, SearchBar
from tui.widgets.wrapping import cells

if TYPE_CHECKING:
    from tui.core.notebook.notebook import Notebook

ROOMY_FROM = 72
"""Cells from which the title says what it is the title of."""


class NotebookBase(KeyScreen):
    """Holds the parts; the activities are built on it."""

    def __init__(
        self, notebook: "Notebook", episode: Episode | None = None, place: Place | None = None
    ) -> None:
        """Show what a notebook holds.

        Args:
            notebook: Where it is kept.
            episode: The one that is open in the reader; its highlights are shown first.
            place: Where the reader is in it.
        """
        super().__init__()
        self.notebook = notebook
        self.episode = episode
        self.place = place
        """Where the reader was when the notebook was asked for: the cursor begins there."""

        self.is_of_episode = episode is not None
        """Whether only the episode's highlights are listed; else those of the whole library."""

        self.scopes_end = 0
        """Where the names of the scopes end in the title, in cells: a click on them changes it."""

        self.is_whole = False
        """Whether everything was read that is to be listed."""

        self.grouping = Grouping.EPISODE
        self.wanted = ""
        """The filter as it was typed."""

        self.list = HighlightList(id="highlights")
        self.heading = Static("", id="notebook-title", markup=False)
        self.bar = SearchBar(FILTER_HIGHLIGHTS, id="search")
        self.hints = Hints("Notebook", id="hints")
        self.list.key_taker = self.bar.key_taker = self.take_key

    def say_title(self) -> None:
        """Say what is listed, how much of it, and in which groups."""
        other = "whole library" if self.is_of_episode else "this episode" if self.episode else ""
        self.hints.call("next_scope", other)
        parts: list[tuple[str, str]] = [(" ", "")]
        if self.app.size.width >= ROOMY_FROM:
            parts += [("Notebook", "$accent bold"), ("  ", "")]
        scopes = [("this episode", self.is_of_episode)] if self.episode is not None else []
        for name, is_shown in (*scopes, ("whole library", not self.is_of_episode)):
            parts += [(name, "$ink bold" if is_shown else "$mute"), ("  ", "")]
        self.scopes_end = sum(cells(text) for text, _ in parts)
        if self.list.picked:
            parts.append((f"{len(self.list.picked):,} selected · ", "$accent"))
        if self.is_whole:
            parts.append((" · ".join(self._counts()), "$soft"))
        self.heading.update(Content.assemble(*parts))
        self.list.message = self._nothing() if self.is_whole else ""

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
        "highlight": "highlights what is selected, or the sentence whose label you type",
        "annotate": "writes a note on it",
        "edit_tags": "gives it tags",
    }
    keys = {action: key_of("Reader", action) for action in said}
    lines = [f"{key}  {said[action]}" for action, key in keys.items() if key]
    return "\n".join(["In an episode:", "", *lines])
