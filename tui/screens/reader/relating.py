"""The sections of the library that speak of the same as the one that is read."""

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import work
from textual.dom import DOMNode

from tui.screens.reader.previewing import Previewing
from tui.screens.reader.returning import STANDARD_INPUT
from tui.widgets.search_bar import RELATED

if TYPE_CHECKING:
    from tui.core.search.asking import SectionHit
    from tui.core.search.searcher import Searcher


class Relating(Previewing):
    """The key that lists related sections, and the keys of that list."""

    def key_tables(self) -> Iterator[tuple[str, DOMNode]]:
        """Yield the table of the list while it is shown, and no other."""
        if self.is_listing:
            yield "Related", self
            yield "Everywhere", self.app
        else:
            yield from super().key_tables()

    def action_related(self) -> None:
        """List the sections elsewhere that speak of the same as the one that is read."""
        if self.episode.path == STANDARD_INPUT:
            self.notify("This text is not in the library", markup=False)
        else:
            self._relate(self.page.progress.section)

    @work(exclusive=True, group="related", description="related")
    async def _relate(self, ordinal: int) -> None:
        """List what is related to a section."""
        episode = self.episode
        searcher = await self._ready_searcher()
        hits = await asyncio.to_thread(searcher.related, episode.path, ordinal)
        if self.bar.is_open or self.is_listing or episode.path != self.episode.path:
            return  # something else was asked for meanwhile
        if hits:
            await self._list_related(hits, episode.sections[ordinal].title or episode.title)
        else:
            self.notify(why_nothing(searcher), markup=False)

    async def _list_related(self, hits: "tuple[SectionHit, ...]", title: str) -> None:
        from tui.core.search.asking import Results  # with the searcher, after the first frame
        from tui.core.search.listing import Listing

        about = f"related to “{title}”"
        await self._open_list()
        self._list(Listing(Results("", hits=hits, total=len(hits)), about))
        self.bar.close(about, RELATED)
        self.hit_list.can_focus = True
        self.set_focus(self.hit_list)
        self._say_place()

    def _say_place(self) -> None:
        """Say which of how many is under the cursor."""
        listing = self.hit_list.listing
        if listing is not None:
            self.bar.say(f"{self.hit_list.cursor + 1} / {len(listing)}")
        self._show_hints()

    def _move_to_hit(self, number: int) -> None:
        super()._move_to_hit(number)
        if not self.bar.is_open:
            self._say_place()

    def action_hit_down(self) -> None:
        """Go to the next section."""
        self._move_by(1)

    def action_hit_up(self) -> None:
        """Go to the section before."""
        self._move_by(-1)

    def action_open_hit(self) -> None:
        """Open the episode at the section under the cursor."""
        self.open_current()

    def action_leave_hits(self) -> None:
        """Go back to where you were."""
        self._close_list()
        self._close_bar()
        self._say_status()


def why_nothing(searcher: "Searcher") -> str:
    """Return why no related sections are known, in a sentence."""
    if searcher.index is None:
        return f"Nothing related is known: {searcher.status or searcher.problem or 'there is no index'}"
    if searcher.is_busy and searcher.status:
        return f"Nothing related is known so far: {searcher.status}"
    return "No other section of the library speaks of the same"
