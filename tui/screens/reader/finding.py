"""Finding in the episode as it is typed, and filtering the outline in the same line."""

import asyncio
from collections import Counter
from dataclasses import dataclass

from textual import on, work

from tui.core.episode import Episode, Place
from tui.core.finding import EpisodeIndex, Hits, PatternError, Query
from tui.core.search.library_query import LibraryQuery
from tui.messages import QueryChanged
from tui.screens.reader.base import ReaderBase
from tui.widgets.search_bar import FILTER_SECTIONS, FIND_IN_EPISODE, SEARCH_LIBRARY
from tui.widgets.typesetting import Anchor

LARGE = 300_000
"""From this many characters on an episode is searched in a thread; below, it takes less than a frame."""


@dataclass(frozen=True, slots=True)
class Before:
    """How the page was before something was looked for."""

    episode: Episode
    width: int
    """Of the text column, in cells."""

    top: Anchor
    hits: Hits | None
    current: int | None


class Finding(ReaderBase):
    """What is typed into the bar, and the hits."""

    def __init__(self, episode: Episode) -> None:
        super().__init__(episode)
        self._origin: Place | None = None
        """Where the reader was when the search began."""

        self._before: Before | None = None
        self._filters_outline = False
        self.bar.on_kept = self._keep_query
        self.bar.on_stepped = self._step_typed
        self.bar.on_cancelled = self._cancel_query
        self.bar.on_clicked = self.action_find

    def _episode_changed(self, *, is_another: bool) -> None:
        super()._episode_changed(is_another=is_another)
        if is_another:
            # What is found of the other one must not be marked here.
            self.workers.cancel_group(self, "find")
            self.query_kept = None
            self._close_bar()
        elif self.bar.is_open and self.bar.purpose is FIND_IN_EPISODE:
            self._find(Query(self.bar.text, self.bar.is_regex), self._origin)
        elif self.query_kept is not None:
            self._find(self.query_kept, None)

    @property
    def index(self) -> EpisodeIndex:
        """The episode's texts, ready for finding."""
        if self._index is None:
            self._index = EpisodeIndex(self.episode)
        return self._index

    async def action_find(self) -> None:
        """Let the reader type what to find."""
        self._begin_find()
        await self.bar.open(FIND_IN_EPISODE)
        self._show_hints()

    def _begin_find(self) -> None:
        """Remember what Escape goes back to."""
        page = self.page
        self._filters_outline = False
        self._origin = page.place
        self._before = Before(self.episode, page.typesetter.width, page.top_line, page.hits, page.current_hit)

    async def action_filter(self) -> None:
        """Let the reader type what the outline's entries must have."""
        self._filters_outline = True
        await self.bar.open(FILTER_SECTIONS, self.outline.wanted)
        self._show_hints()

    @on(QueryChanged)
    def _take_query(self, message: QueryChanged) -> None:
        if self.bar.is_open:  # else it was kept or cancelled meanwhile
            self._look_for(message.query)

    def _look_for(self, query: Query) -> None:
        """Look for what is typed so far."""
        if self._filters_outline:
            self.outline.filter(query.text)
        else:
            self._find(query, self._origin)

    @work(group="find", exclusive=True, description="find")
    async def _find(self, query: Query, origin: Place | None) -> None:
        """Mark a query's hits; go to the first from ``origin`` on, or stay where the page is if None."""
        index = self.index
        try:
            hits = (
                await asyncio.to_thread(hits_in, index, query)
                if self._takes_long(query)
                else hits_in(index, query)
            )
        except PatternError as error:
            self._show_hits(None, None)
            self.bar.say(str(error), is_alarm=True)
            return
        self._take_hits(hits, origin)

    def _takes_long(self, query: Query) -> bool:
        """Say whether finding might take longer than a frame."""
        return query.is_regex or sum(len(unit.text) for unit in self.index.units) > LARGE

    def _take_hits(self, hits: Hits, origin: Place | None) -> None:
        start = origin if origin is not None else self.page.place
        current = hits.first_from(start)
        self._show_hits(hits, current)
        if origin is not None:
            if current is None:
                self.page.go(origin)
            else:
                self.page.reveal(hits.place(current))
            self._follow()

    def _show_hits(self, hits: Hits | None, current: int | None, said: str = "") -> None:
        self.page.show_hits(hits, current)
        if current is not None:
            # What was found is nearer to the reader's mind than what was clicked before.
            self._clicked = None
        self.outline.mark(self.page.read_sections, hits.by_section if hits is not None else Counter())
        self._say_status(said)

    def _say_status(self, said: str = "") -> None:
        """Say which hit of how many is the current one, after what else is ``said`` of it."""
        self.bar.say(said + self._found_here, is_alarm=self._is_missed)

    @property
    def _found_here(self) -> str:
        """Which hit of how many is the current one, in words."""
        hits, current = self.page.hits, self.page.current_hit
        if hits is None or current is None:
            return "not found" if self._is_missed else ""
        return f"{current + 1:,} / {len(hits):,}{'+' if hits.cut_off else ''}"

    @property
    def _is_missed(self) -> bool:
        """Whether nothing was found here: of a query of the library there may be nothing to mark."""
        hits = self.page.hits
        return (
            hits is not None
            and not hits
            and not hits.query.is_blank
            and not isinstance(hits.query, LibraryQuery)
        )

    def _step_typed(self, step: int) -> None:
        """Go to the next hit (1) or the one before (-1) while something is typed."""
        if self._filters_outline:
            self.outline.move_cursor(step)
        else:
            self._step_hit(step)

    def _step_hit(self, step: int) -> None:
        page = self.page
        hits, current = page.hits, page.current_hit
        if hits is None or current is None:
            if self.query_kept is None:
                self.notify("Nothing is looked for yet: / finds in this episode", markup=False)
            return
        following = current + step
        if not page.is_in_sight(hits.place(current)):
            # The reader has gone on since: the next hit is the next from here.
            before = hits.count_before(page.place)
            following = before if step > 0 else before - 1
        said = ""
        if not 0 <= following < len(hits):
            following %= len(hits)
            said = "from the top again · " if step > 0 else "from the end again · "
        if not self.bar.is_open:
            self._jump_from_here()
        self._show_hits(hits, following, said)
        page.reveal(hits.place(following))
        self._follow()

    def _keep_query(self, query: Query) -> None:
        if self._filters_outline:
            self.outline.filter(query.text)
            self._close_bar()
            self.outline.choose()
            return
        if query.is_blank:
            self._cancel_query()
            return
        origin, self._origin = self._origin, None
        self.query_kept = query
        hits = self.page.hits
        is_found = hits is not None and hits.query == query
        if origin is not None and (origin != self.page.place or not is_found):
            self._remember_jump(origin)
        self._close_bar()
        if not is_found:
            # Enter came before the last letters were looked for; the next key may ask for the next hit.
            self.workers.cancel_group(self, "find")
            if self._takes_long(query):
                self._find(query, origin)
            else:
                self._take_hits(hits_in(self.index, query), origin)

    def _cancel_query(self) -> None:
        if self._filters_outline:
            self.outline.filter("")
            self._close_bar()
            return
        origin, self._origin = self._origin, None
        before, self._before = self._before, None
        self.workers.cancel_group(self, "find")
        self._close_bar()
        page = self.page
        if before is not None and before.episode is self.episode:
            self._show_hits(before.hits, before.current)
            if before.width == page.typesetter.width:
                page.go_back(before.top)
                return
        else:
            self._show_hits(None, None)
            if self.query_kept is not None:
                self._find(self.query_kept, None)
        if origin is not None:
            page.go(origin)

    def _close_bar(self) -> None:
        kept = self.query_kept
        purpose = SEARCH_LIBRARY if isinstance(kept, LibraryQuery) else FIND_IN_EPISODE
        self.bar.close(kept.text if kept is not None else "", purpose)
        # Not by ``focus()``, which waits its turn while keys come in.
        self.set_focus(self.outline if self._filters_outline and self.outline.display else self.page)
        self._filters_outline = False
        if self.query_kept is None:
            self.bar.say("")
        self._show_hints()

    def action_next_hit(self) -> None:
        """Go to the next hit."""
        self._step_hit(1)

    def action_previous_hit(self) -> None:
        """Go to the hit before."""
        self._step_hit(-1)

    def forget_query(self) -> None:
        """Take the marks of the search away."""
        self.query_kept = None
        self._show_hits(None, None)
        self._close_bar()


def hits_in(index: EpisodeIndex, query: Query) -> Hits:
    """Return where a query stands in an episode: one of the library is looked for as the library does.

    Raises:
        PatternError: It is a pattern that can't be used.
    """
    if isinstance(query, LibraryQuery):
        from tui.core.search.hits import hits_of  # loaded with the library's search

        return hits_of(index, query)
    return index.find(query)
