"""The list of hits in the outline's place, and the preview of the one under the cursor in the page's.

The page itself is only covered: what was there before comes back as it was.
"""

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING

from textual import on, work

from tui.core.episode import Episode
from tui.errors import PullquoteError
from tui.messages import HitPointed, LibraryChanged, PreviewPointed, SearcherAsked
from tui.screens.reader.base import UNSAID
from tui.screens.reader.finding import hits_in
from tui.screens.reader.folding import Folding
from tui.widgets.running_head import Heading

if TYPE_CHECKING:
    from tui.core.loading import Loaded
    from tui.core.search.asking import SectionHit
    from tui.core.search.library_query import LibraryQuery
    from tui.core.search.listing import HitKey, Listing
    from tui.core.search.previews import Preview, Previews
    from tui.core.search.searcher import Searcher
    from tui.widgets.hit_list import HitList
    from tui.widgets.preview import PreviewPage


class Previewing(Folding):
    """Lists hits, shows the one under the cursor, opens it or goes back."""

    def __init__(self, episode: Episode) -> None:
        super().__init__(episode)
        self._searcher: Searcher | None = None
        self._has_searcher = asyncio.Event()
        self._previews: Previews | None = None
        self._opens = False
        """The hit under the cursor is opened as soon as it is read."""

        self._problem = ""
        """Why the hit under the cursor can't be read."""

        self._opened: HitKey | None = None
        """The hit that was opened last."""

    @cached_property
    def hit_list(self) -> "HitList":
        """What was found, in the outline's place."""
        from tui.widgets.hit_list import HitList  # not before the first frame

        made = HitList(id="hits")
        made.key_taker = self.take_key
        return made

    @cached_property
    def preview(self) -> "PreviewPage":
        """The hit under the cursor, in the page's place."""
        from tui.widgets.preview import PreviewPage  # not before the first frame

        return PreviewPage(id="preview")

    # What searches

    @property
    def searcher(self) -> "Searcher | None":
        """What searches the library; None until it is ready."""
        return self._searcher

    @searcher.setter
    def searcher(self, searcher: "Searcher | None") -> None:
        self._searcher = searcher
        if searcher is not None:
            self._has_searcher.set()

    async def _ready_searcher(self) -> "Searcher":
        """Return what searches the library, once it is ready."""
        if self._searcher is None:
            self.post_message(SearcherAsked())
            await self._has_searcher.wait()
        assert self._searcher is not None
        return self._searcher

    def take_status(self) -> None:
        """Say how far the index is."""
        if self.is_listing and self._searcher is not None:
            self.hit_list.say(self._searcher.status)

    def take_growth(self) -> None:
        """Take in that the library may have other answers now."""

    # The list

    @property
    def is_listing(self) -> bool:
        """Whether hits are listed."""
        return self.has_class("-listing")

    async def prepare(self) -> None:
        """Make what the first frame had no time for."""
        await super().prepare()
        if not self.hit_list.is_attached:
            self.preview.display = False
            await self.query_one("#desk").mount(self.hit_list, before=self.outline)
            await self.query_one("#sheet").mount(self.preview)

    async def _open_list(self) -> None:
        """Cover the outline with the list."""
        await self.prepare()
        self.preview.column, self.preview.justified = self.page.column, self.page.justified
        self._opens, self._problem = False, ""
        self.hit_list.show(None, "")
        self.hit_list.say("")
        self.add_class("-listing")

    def _close_list(self) -> None:
        """Show again what was there before."""
        self._opens, self._problem = False, ""
        self.workers.cancel_group(self, "preview")
        self.remove_class("-listing")
        self._show_preview(None, is_blank=False)
        self.preview.clear()
        self.hit_list.can_focus = False
        self.hit_list.show(None, "")
        if self._previews is not None:
            self._previews.forget()

    def _list(self, listing: "Listing", key: "HitKey | None" = None) -> None:
        """List hits, the cursor on one of them, on the first if it is not among them."""
        self.hit_list.show(listing, self._title_of(listing), tuple(listing.notes))
        self.hit_list.go_to(key)
        self.take_status()
        self._preview_current()

    def _title_of(self, listing: "Listing") -> str:
        """Return what is said above the hits."""
        return listing.amount

    def _episode_changed(self, *, is_another: bool) -> None:
        if is_another and self.is_listing:
            self._close_list()
        super()._episode_changed(is_another=is_another)

    # The preview

    def _show_preview(self, preview: "Preview | None", *, is_blank: bool) -> None:
        """Show a preview in the page's place; without one nothing, or the page again.

        Args:
            preview: What to show.
            is_blank: Whether nothing is shown where there is no preview.
        """
        is_covered = preview is not None or is_blank
        self.preview.show_preview(preview)
        self.preview.display = is_covered
        self.page.cover(is_covered=is_covered)
        self.head.follow()

    def _preview_current(self) -> None:
        """Show the hit under the cursor, at once as far as it is known, and have its file read."""
        from tui.core.search.previews import Previews  # loaded with the library's search

        self.workers.cancel_group(self, "preview")
        self._problem = ""
        hit, listing = self.hit_list.current, self.hit_list.listing
        if hit is None or listing is None:
            self._show_preview(None, is_blank=True)
            return
        self._previews = self._previews or Previews()
        at = self.hit_list.current_at
        self._show_preview(self._previews.at_once(hit, listing.query, at), is_blank=True)
        self._read_hit(hit, listing.query, at)

    @work(exclusive=True, group="preview", description=UNSAID)
    async def _read_hit(self, hit: "SectionHit", query: "LibraryQuery", at: int | None) -> None:
        """Show a hit as its file is now."""
        assert self._previews is not None
        try:
            # Asked for here: threads may come to their work in another order.
            turn = self._previews.ask()
            preview = await asyncio.to_thread(self._previews.read, hit, query, at, turn)
        except PullquoteError as error:
            self._problem = str(error)
            self.head.follow()
            self.post_message(LibraryChanged())
            if self._opens:
                self._give_up_opening()
            return
        if preview is not None:
            self._show_preview(preview, is_blank=True)
            if self._opens:
                self._open(preview)
                self.release_keys()

    def _give_up_opening(self) -> None:
        """Say why the hit under the cursor is not opened."""
        self._opens = False
        if self._problem:
            self.notify(self._problem, severity="warning", markup=False)
        self.release_keys()

    def _heading(self) -> Heading:
        """Return what the line above the preview says, else the one above the page."""
        if not self.page.is_covered:
            return super()._heading()
        preview = self.preview.preview
        margin, width = self.preview.margin, self.preview.typesetter.width
        if preview is None:
            return Heading("", "", margin, width)
        if self._problem:
            return Heading(f"as it was indexed · {self._problem}", "", margin, width)
        count = len(preview.episode.sections)
        progress = f"{preview.place.section + 1} / {count}" if preview.read is not None else ""
        return Heading(preview.episode.title, progress, margin, width)

    # Moving and opening

    def _move_to_hit(self, number: int) -> None:
        """Put the cursor on a hit."""
        before = self.hit_list.current
        self.hit_list.put_cursor(number)
        if self.hit_list.current is not before:
            self._preview_current()

    def _move_by(self, step: int) -> None:
        """Move the cursor by hits."""
        self._move_to_hit(self.hit_list.cursor + step)

    def action_hits_page_down(self) -> None:
        """Move the cursor a page of hits down."""
        self._move_by(self.hit_list.page_hits)

    def action_hits_page_up(self) -> None:
        """Move the cursor a page of hits up."""
        self._move_by(-self.hit_list.page_hits)

    def open_current(self) -> None:
        """Open the episode of the hit under the cursor, at its words."""
        preview = self.preview.preview
        if preview is None or self.hit_list.current is None:
            return
        if preview.read is not None:
            self._open(preview)
        elif self._problem:
            self.notify(self._problem, severity="warning", markup=False)
        else:
            self._opens = True
            self.hold_keys()

    def _open(self, preview: "Preview") -> None:
        """Show a preview's episode where the preview shows it, with the words marked."""
        read = preview.read
        assert read is not None
        shown = self.preview
        row, top, width = shown.words_row, shown.top_line, shown.typesetter.width
        opened = set(shown.folds.state.opened)
        self._opened = preview.hit.key
        if not self.is_empty:
            self._remember_before_opening()
        self._leave_list()
        here = self.episode
        if here.partial or (here.path, here.id) != (read.episode.path, read.episode.id):
            self.open_episode(
                read.episode, preview.place, read.variants, index=preview.hits.index, is_back=True
            )
            self._keep_read(read)
        self._mark_opened(preview)
        page = self.page
        if width == page.typesetter.width and opened == page.folds.state.opened:
            page.go_back(top)
        else:
            page.go(preview.place, row=row if row is not None else page.size.height // 3)
        self._follow()

    def _remember_before_opening(self) -> None:
        """Remember the place that the way back leads to."""
        self._jump_from_here()

    def _leave_list(self) -> None:
        """Close the list for the episode that is opened."""
        self._close_list()

    def _mark_opened(self, preview: "Preview") -> None:
        """Mark the words in the episode that was opened, for n and N to go on with."""
        query = preview.query
        self.query_kept = query if query.wanted else self.query_kept
        self._close_bar()
        if query.wanted:
            self._show_hits(preview.hits, preview.hits.first_from(preview.place))
        if not preview.is_whole:
            self._mark_whole(preview)

    @work(exclusive=True, group="find", description=UNSAID)
    async def _mark_whole(self, preview: "Preview") -> None:
        """Mark the words in all of a large episode."""
        hits = await asyncio.to_thread(hits_in, preview.hits.index, preview.query)
        self._show_hits(hits, hits.first_from(preview.place))

    @work(thread=True, group="keeping", description=UNSAID)
    def _keep_read(self, read: "Loaded") -> None:
        """Keep what was read for the next time."""
        from tui.core.loading import keep

        keep(read)

    @on(HitPointed)
    def _take_point(self, message: HitPointed) -> None:
        self._point_at(message.number, is_opened=message.is_opened)

    def _point_at(self, number: int, *, is_opened: bool) -> None:
        """Go to the hit that the mouse pointed at."""
        self._move_to_hit(number)
        if is_opened:
            self.open_current()

    @on(PreviewPointed)
    def _point_at_preview(self) -> None:
        self.open_current()
