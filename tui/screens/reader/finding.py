"""Finding in the episode as it is typed, and filtering the outline in the same line."""

import asyncio
from collections import Counter

from textual import on, work

from tui.core.episode import Episode, Place
from tui.core.finding import EpisodeIndex, Hits, PatternError, Query
from tui.messages import HitAsked, QueryChanged
from tui.screens.reader.base import ReaderBase
from tui.widgets.search_bar import FILTER_SECTIONS, FIND_IN_EPISODE

LARGE = 300_000
"""From this many characters on an episode is searched in a thread; below, it takes less than a frame."""


class Finding(ReaderBase):
    """What is typed into the bar, and the hits."""

    def __init__(self, episode: Episode) -> None:
        super().__init__(episode)
        self._origin: Place | None = None
        """Where the reader was when the search began."""

        self._filters_outline = False
        self.bar.on_kept = self._keep_query
        self.bar.on_cancelled = self._cancel_query
        self.bar.on_clicked = self.action_find

    def _episode_changed(self, *, is_another: bool) -> None:
        super()._episode_changed(is_another=is_another)
        if is_another:
            self.query_kept = None
            self._close_bar()
        elif self.bar.is_open and not self._filters_outline:
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
        self._filters_outline = False
        self._origin = self.page.place
        await self.bar.open(FIND_IN_EPISODE)
        self._show_hints()

    async def action_filter(self) -> None:
        """Let the reader type what the outline's entries must have."""
        self._filters_outline = True
        await self.bar.open(FILTER_SECTIONS, self.outline.wanted)
        self._show_hints()

    @on(QueryChanged)
    def _take_query(self, message: QueryChanged) -> None:
        if not self.bar.is_open:
            return  # it was kept or cancelled meanwhile
        if self._filters_outline:
            self.outline.filter(message.query.text)
        else:
            self._find(message.query, self._origin)

    @work(group="find", exclusive=True, description="find")
    async def _find(self, query: Query, origin: Place | None) -> None:
        """Mark a query's hits; go to the first from ``origin`` on, or stay where the page is if None."""
        index = self.index
        try:
            hits = (
                await asyncio.to_thread(index.find, query) if self._takes_long(query) else index.find(query)
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
        hits, current = self.page.hits, self.page.current_hit
        if hits is None or hits.query.is_blank:
            self.bar.say("")
        elif current is None:
            self.bar.say("not found", is_alarm=True)
        else:
            count = f"{len(hits):,}{'+' if hits.cut_off else ''}"
            self.bar.say(f"{said}{current + 1:,} / {count}")

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

    @on(HitAsked)
    def _take_step(self, message: HitAsked) -> None:
        if self._filters_outline:
            self.outline.move_cursor(message.step)
        else:
            self._step_hit(message.step)

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
                self._take_hits(self.index.find(query), origin)

    def _cancel_query(self) -> None:
        if self._filters_outline:
            self.outline.filter("")
            self._close_bar()
            return
        origin, self._origin = self._origin, None
        self.workers.cancel_group(self, "find")
        self._show_hits(None, None)
        self._close_bar()
        if origin is not None:
            self.page.go(origin)
        if self.query_kept is not None:
            self._find(self.query_kept, None)

    def _close_bar(self) -> None:
        self.bar.purpose = FIND_IN_EPISODE
        self.bar.close(self.query_kept.text if self.query_kept else "")
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
