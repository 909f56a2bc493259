"""Searching the whole library as it is typed."""

import asyncio
from typing import TYPE_CHECKING

from textual import work

from tui.core.episode import Episode
from tui.core.finding import Query
from tui.core.search.library_query import LibraryQuery
from tui.errors import PullquoteError
from tui.messages import LibraryAsked
from tui.screens.reader.previewing import Previewing
from tui.widgets.search_bar import FIND_IN_EPISODE, SEARCH_LIBRARY

if TYPE_CHECKING:
    from tui.core.search.listing import HitKey, Listing
    from tui.core.search.previews import Preview

MOST_HITS = 50
"""So many hits are listed at first; more when the reader comes to their end."""

MOST_LISTED = 1_000

SLOW_S = 0.15
"""When an answer takes longer, what was found for other words is taken away, in seconds."""

PROGRESS_S = 0.25

WAITING = "searching …"

TO_LIBRARY, TO_EPISODE = "Tab whole library", "Tab this episode"
"""What a key does, said where the scope is."""

LANGUAGE = (
    'words · "a phrase" · -not · OR · ( )',
    "show: guest: title: section: tag:",
    "after:2024-05 before:2025",
    "is:unread|reading|finished|highlighted",
)
"""What can be typed."""


class Searching(Previewing):
    """What is typed into the bar to search the library, and what comes of it."""

    def __init__(self, episode: Episode) -> None:
        super().__init__(episode)
        self._asked_for = ""
        """The query that was asked last."""

        self._answered_for: str | None = None
        """The query whose hits are listed."""

        self._ahead = 0
        """How many hits the cursor was moved before there were any."""

        self._from_library = False
        """Whether the search goes back to the list of episodes."""

        self._knows_history = False
        self._elsewhere = ""
        """How much of what is found in the episode the library has."""

    @property
    def is_searching(self) -> bool:
        """Whether what is typed is looked for in the library."""
        return self.bar.is_open and self.bar.purpose is SEARCH_LIBRARY

    # Beginning, and changing between the episode and the library

    async def action_search(self) -> None:
        """Let the reader search the whole library; the last search goes on where a hit was opened."""
        kept = self.query_kept
        text = kept.text if isinstance(kept, LibraryQuery) else ""
        self._from_library = False
        await self._begin_search()
        await self.bar.open(SEARCH_LIBRARY, text, replaces=True)
        self._ask(text, self._opened)
        self._show_hints()

    async def search_from_library(self) -> None:
        """Let the reader search the library; Escape goes back to the list of its episodes."""
        await self.action_search()
        self._from_library = True

    async def _begin_search(self) -> None:
        if not self._knows_history:
            self._knows_history = True
            self._load_history()
        self._answered_for, self._ahead = None, 0
        await self._open_list()

    async def action_change_scope(self) -> None:
        """Look for the same in the whole library, or only in this episode again."""
        text = self.bar.text
        if self.is_searching and not self.is_empty:
            self.workers.cancel_group(self, "search")
            self._close_list()
            self.bar.change_purpose(FIND_IN_EPISODE)
            if self._origin is None:
                self._begin_find()
            self._find(Query(text), self._origin)
        elif self.bar.purpose is FIND_IN_EPISODE:
            self.workers.cancel_group(self, "find")
            await self._begin_search()
            self.bar.change_purpose(SEARCH_LIBRARY)
            self._ask(text)
        self._show_hints()

    # Asking

    def _look_for(self, query: Query) -> None:
        if not self.is_searching:
            super()._look_for(query)
            if self.bar.purpose is FIND_IN_EPISODE:
                self._glance(query)
        elif query.text != self._asked_for:
            self._ask(query.text)

    def _ask(self, text: str, key: "HitKey | None" = None) -> None:
        """Search for a text; if a hit is among what is found, the cursor goes there."""
        self._asked_for, self._ahead, self._opens = text, 0, False
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
        slow = self.set_interval(PROGRESS_S, self._say_slow)
        soon = self.set_timer(SLOW_S, self._say_slow)
        try:
            searcher = await self._ready_searcher()
            from tui.core.search.listing import listed  # with the searcher, after the first frame

            listing = None
            while listing is None:  # one that came late took its turn
                listing = await asyncio.to_thread(
                    listed, searcher, text, self.hit_list.extract_chars, limit=limit
                )
        except PullquoteError as error:
            await self._take_failure(str(error))
            return
        finally:
            slow.stop()
            soon.stop()
        await self._take_listing(listing, key)

    def _say_slow(self) -> None:
        """Take away what was found for other words, and say how far the search is."""
        if self.is_searching and self._answered_for != self._asked_for and self.hit_list.title != WAITING:
            self.hit_list.show(None, WAITING)
            self._show_preview(None, is_blank=True)
            self.bar.say(WAITING)
        self.take_status()

    async def _take_failure(self, reason: str) -> None:
        if self.is_searching:
            self._answered_for = self._asked_for
            self.hit_list.show(None, reason)
            self._show_preview(None, is_blank=True)
            self.bar.say("not searched", is_alarm=True)
            await self._give_up_opening()

    async def _take_listing(self, listing: "Listing", key: "HitKey | None") -> None:
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
        """Ask the same once more; the cursor stays on its hit."""
        listing, current = self.hit_list.listing, self.hit_list.current
        count = len(listing) if listing is not None else 0
        key = (str(current.path), current.ordinal) if current is not None else None
        self.workers.cancel_group(self, "search")
        self._search(self._asked_for, key, max(limit, count))

    @work(exclusive=True, group="glance", description="glance")
    async def _glance(self, query: Query) -> None:
        """See how much the library has of what is found in the episode, if its index is at hand."""
        searcher = self._searcher
        results = None
        if searcher is not None and not query.is_blank and not query.is_regex:
            results = await asyncio.to_thread(searcher.glance, query.text)
        elsewhere = ""
        if results is not None and results.total and not results.instead:
            from tui.core.search.listing import counted

            elsewhere = counted(results)
        if elsewhere != self._elsewhere:
            self._elsewhere = elsewhere
            self._say_status()

    # What is said

    def _title_of(self, listing: "Listing") -> str:
        is_growing = self._searcher is not None and self._searcher.is_busy
        return "nothing found so far" if not len(listing) and is_growing else super()._title_of(listing)

    def _say_status(self, said: str = "") -> None:
        if self.bar.is_open and self.bar.purpose is FIND_IN_EPISODE:
            self._say_found_here(said)
        elif self.is_searching:
            self._say_found()
        else:
            super()._say_status(said)

    def _say_found_here(self, said: str) -> None:
        """Say what was found in the episode, and that there is a library."""
        here = self._found_here
        if not here:
            self.bar.say(TO_LIBRARY, "")
            return
        parts = [f"{said}{here} here", self._elsewhere, TO_LIBRARY]
        known = [part for part in parts if part]
        wordings = (" · ".join(known), " · ".join(known[:-1]), said + here)
        self.bar.say(*wordings, is_alarm=self._is_missed and not self._elsewhere)

    def _say_found(self) -> None:
        """Say what was found in the library."""
        scope = TO_EPISODE if not self.is_empty else ""
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

    # Moving, opening, leaving

    def _step_typed(self, step: int) -> None:
        if self.is_searching:
            self._move_by(step)
        else:
            super()._step_typed(step)

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
        super()._move_to_hit(number)
        self._say_status()

    def _keep_query(self, query: Query) -> None:
        if not self.is_searching:
            super()._keep_query(query)
        elif query.is_blank:
            self._cancel_query()
        elif self._is_answered():
            self.open_current()
        else:
            self._opens = True
            self.hold_keys()

    def _open(self, preview: "Preview") -> None:
        if self.is_searching:
            self._remember_search(self.bar.text)
        super()._open(preview)

    def _leave_list(self) -> None:
        self.workers.cancel_group(self, "search")
        self._origin, self._before, self._from_library = None, None, False
        super()._leave_list()

    def _cancel_query(self) -> None:
        if not self.is_searching:
            super()._cancel_query()
            return
        self.workers.cancel_group(self, "search")
        if self._searcher is not None:
            self._searcher.cancel()
        self._close_list()
        if self._origin is not None:
            super()._cancel_query()
        else:
            self._close_bar()
            self._say_status()
        if self._from_library:
            self._from_library = False
            self.post_message(LibraryAsked())

    # Earlier searches

    @work(thread=True, group="history")
    def _load_history(self) -> None:
        from tui.core.search.history import load_history

        texts = load_history()
        self.app.call_from_thread(self._take_history, texts[::-1])

    def _take_history(self, texts: "list[str]") -> None:
        self.bar.add_history(SEARCH_LIBRARY, texts)
        if self.is_searching and not self.bar.text.strip():
            self._ask("")

    def _point_at(self, number: int, *, is_opened: bool) -> None:
        if self.hit_list.listing is None:
            self.bar.put_text(self.hit_list.choices[number])
        else:
            super()._point_at(number, is_opened=is_opened)

    @work(thread=True, group="history", description="history")
    def _remember_search(self, text: str) -> None:
        from tui.core.search.history import remember

        remember(text)
