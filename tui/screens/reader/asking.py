"""Asking the library: what is typed goes out, and the hits of the latest of it come back."""

import asyncio
from typing import TYPE_CHECKING

from textual import work

from tui.commands import key_of
from tui.core.episode import Episode
from tui.errors import PullquoteError
from tui.screens.reader.previewing import Previewing
from tui.widgets.search_bar import SEARCH_LIBRARY

if TYPE_CHECKING:
    from tui.core.search.listing import HitKey, Listing

MOST_HITS = 50
"""So many hits are listed at first; more when the reader comes to their end."""

MOST_LISTED = 1_000

SLOW_S = 0.15
"""When an answer takes longer, what was found for other words is taken away, and how far it is is said, in
seconds."""

WAITING = "searching …"

LANGUAGE = (
    'words · "a phrase" · -not · OR · ( )',
    "show: guest: title: section: tag:",
    "after:2024-05 before:2025",
    "is:unread|reading|finished|highlighted",
)
"""What can be typed."""


class Asking(Previewing):
    """Asks the library for what is typed into the bar, and lists the answer to the latest of it."""

    def __init__(self, episode: Episode) -> None:
        super().__init__(episode)
        self._asked_for = ""
        """The query that was asked last."""

        self._answered_for: str | None = None
        """The query whose hits are listed."""

        self._ahead = 0
        """How many hits the cursor was moved before there were any."""

        self._has_chosen = False
        """Whether the reader put the cursor where it is: else better hits may come above it."""

    @property
    def is_searching(self) -> bool:
        """Whether what is typed is looked for in the library."""
        return self.bar.is_open and self.bar.purpose is SEARCH_LIBRARY

    # Asking

    def _ask(self, text: str, key: "HitKey | None" = None) -> None:
        """Search for a text; if a hit is among what is found, the cursor goes there."""
        self._asked_for, self._ahead, self._opens, self._has_chosen = text, 0, False, key is not None
        self.workers.cancel_group(self, "search")
        if text.strip():
            self._search(text, key)
            return
        self._answered_for = text
        if self._searcher is not None:
            self._searcher.cancel()
        self.hit_list.show(None, "Search the library", LANGUAGE, self.bar.history[::-1])
        self._show_preview(None, is_blank=False)
        self._say_status()
        if self._searcher is None:
            self._get_ready()

    @work(exclusive=True, group="search")
    async def _get_ready(self) -> None:
        """Have the library made ready for the first letter."""
        await self._ready_searcher()
        self.take_status()

    @work(exclusive=True, group="search", description="search")
    async def _search(self, text: str, key: "HitKey | None" = None, limit: int = MOST_HITS) -> None:
        """List what fits a query."""
        slow = self.set_interval(SLOW_S, self._say_slow)
        try:
            searcher = await self._ready_searcher()
            from tui.core.search.listing import listed  # with the searcher, after the first frame

            listing = None
            while listing is None:  # one that came late took its turn
                listing = await asyncio.to_thread(
                    listed, searcher, text, self.hit_list.extract_chars, limit=limit
                )
        except PullquoteError as error:
            self._take_failure(str(error))
            return
        finally:
            slow.stop()
        self._take_listing(listing, key)

    def _say_slow(self) -> None:
        """Take away what was found for other words, and say how far the search is."""
        if self.is_searching and self._answered_for != self._asked_for and self.hit_list.title != WAITING:
            self.hit_list.show(None, WAITING)
            self._show_preview(None, is_blank=True)
            self.bar.say(WAITING)
        self.take_status()

    def _take_failure(self, reason: str) -> None:
        if self.is_searching:
            self._answered_for = self._asked_for
            self.hit_list.show(None, reason)
            self._show_preview(None, is_blank=True)
            self.bar.say("not searched", is_alarm=True)
            self._give_up_opening()

    def _take_listing(self, listing: "Listing", key: "HitKey | None") -> None:
        """List what was found, unless something else was typed meanwhile."""
        if not self.is_searching or listing.results.query != self._asked_for:
            return
        self._answered_for = self._asked_for
        self._list(listing, key)
        if self._ahead:
            ahead, self._ahead = self._ahead, 0
            self._move_to_hit(self.hit_list.cursor + ahead)
        self._say_status()
        if self._opens:
            self._opens = False
            self.open_current()
            if not self._opens:
                self.release_keys()

    def take_growth(self) -> None:
        """Ask once more: the library may have other answers now."""
        super().take_growth()
        if self.is_searching and self._asked_for.strip():
            self._ask_again()

    def _ask_again(self, limit: int = MOST_HITS) -> None:
        """Ask the same once more; the cursor stays on its hit, if that was chosen."""
        listing, current = self.hit_list.listing, self.hit_list.current
        is_same = listing is not None and listing.results.query == self._asked_for
        count = len(listing) if listing is not None and is_same else 0
        key = current.key if current is not None and is_same and self._has_chosen else None
        self.workers.cancel_group(self, "search")
        self._search(self._asked_for, key, max(limit, count))

    # What is said

    def _title_of(self, listing: "Listing") -> str:
        is_growing = self._searcher is not None and self._searcher.is_busy
        return "nothing found so far" if not len(listing) and is_growing else super()._title_of(listing)

    def _say_found(self) -> None:
        """Say what was found in the library."""
        scope = f"{key_of('Search', 'change_scope')} this episode" if not self.is_empty else ""
        listing = self.hit_list.listing
        if listing is None or self._answered_for != self._asked_for:
            self.bar.say(scope, "")
        elif not len(listing):
            is_growing = self._searcher is not None and self._searcher.is_busy
            found = "not found so far" if is_growing else "not found"
            self.bar.say(f"{found} · {scope}" if scope else found, found, is_alarm=not is_growing)
        else:
            found = f"{self.hit_list.cursor + 1:,} / {listing.count}"
            self.bar.say(f"{found} · {scope}" if scope else found, found, listing.count)

    # Moving

    def _move_by(self, step: int) -> None:
        """Move the cursor by hits; if they are still looked for, once they are there."""
        self._opens = False
        if self.is_searching and not self._is_answered():
            self._ahead += step
            return
        is_at_end = self.hit_list.is_at_end
        super()._move_by(step)
        if step > 0 and is_at_end and self.is_searching:
            self._ask_for_more()

    def _ask_for_more(self) -> None:
        """List more of what was found, if there is more."""
        listing = self.hit_list.listing
        if listing is not None and len(listing) < min(listing.results.total, MOST_LISTED):
            self._ask_again(2 * len(listing))

    def _is_answered(self) -> bool:
        """Say whether what is typed has its answer; the last letter may be on its way still."""
        if self.bar.text != self._asked_for:
            self._ask(self.bar.text)
        return self._answered_for == self._asked_for

    def _move_to_hit(self, number: int) -> None:
        self._has_chosen = True
        super()._move_to_hit(number)
        self._say_status()
