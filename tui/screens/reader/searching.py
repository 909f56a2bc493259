"""Searching the whole library as it is typed."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from tui.commands import key_of
from tui.core.episode import Episode
from tui.core.finding import Query
from tui.core.search.library_query import LibraryQuery
from tui.messages import LibraryAsked
from tui.screens.reader.asking import Asking
from tui.widgets.search_bar import FIND_IN_EPISODE, SEARCH_LIBRARY

if TYPE_CHECKING:
    from tui.core.search.previews import Preview


@dataclass
class HistoryRead(Message):
    """The searches of other days are known."""

    texts: list[str]
    """The latest last."""


class Searching(Asking):
    """Where what is typed is looked for, and how a search ends."""

    def __init__(self, episode: Episode) -> None:
        super().__init__(episode)
        self._from_library = False
        """Whether the search goes back to the list of episodes."""

        self._knows_history = False
        self._elsewhere = ""
        """How much of what is found in the episode the library has."""

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
            self._look_for(Query(text))
        elif self.bar.purpose is FIND_IN_EPISODE:
            self.workers.cancel_group(self, "find")
            await self._begin_search()
            self.bar.change_purpose(SEARCH_LIBRARY)
            self._ask(text)
        self._show_hints()

    def _begin_find(self) -> None:
        self._elsewhere = ""
        super()._begin_find()

    # Asking

    def _look_for(self, query: Query) -> None:
        if not self.is_searching:
            super()._look_for(query)
            if self.bar.purpose is FIND_IN_EPISODE:
                self._glance(query)
        elif query.text != self._asked_for:
            self._ask(query.text)

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
        scope = f"{key_of('Find', 'change_scope')} whole library"
        if not here:
            self.bar.say(scope, "")
            return
        parts = [f"{said}{here} here", self._elsewhere, scope]
        known = [part for part in parts if part]
        wordings = (" · ".join(known), " · ".join(known[:-1]), said + here)
        self.bar.say(*wordings, is_alarm=self._is_missed and not self._elsewhere)

    # Moving, opening, leaving

    def _step_typed(self, step: int) -> None:
        if self.is_searching:
            self._move_by(step)
        else:
            super()._step_typed(step)

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

    def _remember_before_opening(self) -> None:
        if self._origin is not None:
            self._remember_jump(self._origin)
        else:
            super()._remember_before_opening()

    def _leave_list(self) -> None:
        self.workers.cancel_group(self, "search")
        self._origin, self._before, self._opened_before, self._from_library = None, None, None, False
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

        self.post_message(HistoryRead(load_history()[::-1]))

    @on(HistoryRead)
    def _take_history(self, message: HistoryRead) -> None:
        self.bar.add_history(SEARCH_LIBRARY, message.texts)
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
