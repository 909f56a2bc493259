"""Read one episode: outline, page, search bar."""

import asyncio
import os
import shlex
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from textual import events, on, work
from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from tui.commands import FIND, OUTLINE, READER
from tui.core.episode import Episode, Place
from tui.core.finding import EpisodeIndex, Hits, PatternError, Query
from tui.core.reading import read_episode
from tui.errors import PullquoteError
from tui.messages import (
    CopyAsked,
    HitAsked,
    LibraryAsked,
    NeighbourAsked,
    OutlineFilterAsked,
    OutlineLeft,
    PlaceMoved,
    QueryCancelled,
    QueryChanged,
    QueryKept,
    SectionChosen,
)
from tui.widgets.hints import Hints
from tui.widgets.keys import bindings
from tui.widgets.outline import Outline
from tui.widgets.page import Page, Selection
from tui.widgets.running_head import Heading, RunningHead
from tui.widgets.search_bar import FILTER_SECTIONS, FIND_IN_EPISODE, SearchBar

LARGE = 300_000
"""From this many characters on an episode is searched in a thread; below, it takes less than a frame."""

TWICE_S = 0.7
"""Within this many seconds a second ``y`` means the section."""

OUTLINE_FROM, ROOMY_FROM = 72, 110
"""Cells from which the outline has room beside the text, and from which it is a wider one."""

TALL_FROM = 30
"""Rows from which there is air above the text."""

LEAST = Size(30, 6)
"""The smallest terminal that can be read in."""

COLUMNS = range(40, 121)
"""How wide the text column can be made, in cells."""

COLUMN_STEP = 4

MOST_JUMPS = 100
"""How many jumps can be taken back."""


@dataclass
class EpisodeRead(Message):
    """The whole file was read."""

    episode: Episode
    is_same: bool
    """Whether it is the episode that is open already, read again or to its end."""


@dataclass
class ReadingFailed(Message):
    """The file can't be read."""

    reason: str


@dataclass(slots=True)
class ReadingState:
    """What is remembered of an episode while the program runs."""

    place: Place = field(default_factory=Place)
    read_sections: set[int] = field(default_factory=set)


class ReaderScreen(Screen[None]):
    """Shows an episode; one and the same screen for all of them."""

    BINDINGS = bindings(READER)
    AUTO_FOCUS = "Page"

    def __init__(self, episode: Episode) -> None:
        super().__init__()
        self.episode = episode
        self.outline = Outline(episode, id="outline")
        self.page = Page(episode, id="page")
        self.head = RunningHead(self._heading, id="running-head")
        self.bar = SearchBar(FIND_IN_EPISODE, id="search")
        self.hints = Hints(READER, id="hints")
        self.states: dict[Path, ReadingState] = {}
        self.query_kept: Query | None = None
        """What ``n`` and ``N`` look for."""

        self._index: EpisodeIndex | None = None
        self._origin: Place | None = None
        """Where the reader was when the search began."""

        self._filters_outline = False
        self._jumps: list[tuple[Path, Place]] = []
        self._copied_at = 0.0

    def compose(self) -> ComposeResult:
        """The three parts, and the hints."""
        self._arrange(self.app.size)
        with Horizontal(id="desk"):
            yield self.outline
            with Vertical(id="sheet"):
                yield self.head
                yield self.page
        yield self.bar
        yield self.hints
        yield Static(
            "This window is too small to read in. Make it larger, or press q to leave.",
            id="too-small",
            markup=False,
        )

    def on_mount(self) -> None:
        """Show the hints; read on if only the head of the file was read so far."""
        self._show_hints()
        if self.episode.partial:
            self._read(self.episode.path, is_same=True)

    # Episodes

    def open_episode(self, episode: Episode, place: Place | None = None) -> None:
        """Show another episode, where it was left, or at a place."""
        self._remember()
        self._show(episode, place or self._state(episode).place)
        self.page.focus()

    def _show(self, episode: Episode, place: Place | None) -> None:
        is_another = episode.path != self.episode.path
        self.episode, self._index = episode, None
        if is_another:
            self.query_kept = None
            self._close_bar()
        self.page.show(episode, place)
        self.page.read_sections = self._state(episode).read_sections
        self.outline.show(episode)
        self._follow()
        if self.query_kept is not None:
            self._find(self.query_kept, None)
        if episode.partial:
            self._read(episode.path, is_same=True)

    def _state(self, episode: Episode) -> ReadingState:
        return self.states.setdefault(episode.path, ReadingState())

    def _remember(self) -> None:
        self._state(self.episode).place = self.page.place

    @work(thread=True, exclusive=True, group="reading")
    def _read(self, path: Path, *, is_same: bool) -> None:
        try:
            episode = read_episode(path)
        except PullquoteError as error:
            self.post_message(ReadingFailed(str(error)))
        else:
            self.post_message(EpisodeRead(episode, is_same))

    @on(EpisodeRead)
    def _show_read(self, message: EpisodeRead) -> None:
        if message.episode.path == self.episode.path:
            self._show(message.episode, None)

    @on(ReadingFailed)
    def _say_failed(self, message: ReadingFailed) -> None:
        self.notify(message.reason, severity="error", markup=False)

    # Following the reading

    def _heading(self) -> Heading:
        """Return what the line above the page says."""
        page = self.page
        progress = page.progress
        section = self.episode.sections[progress.section]
        left = "end" if page.at_end else f"{progress.minutes_left} min"
        more = " · reading on …" if self.episode.partial else ""
        return Heading(
            section.title or self.episode.title,
            f"{progress.section + 1} / {len(self.episode.sections)} · {progress.percent} % · {left}{more}",
            page.margin,
            page.typesetter.width,
        )

    @on(PlaceMoved)
    def _follow(self) -> None:
        """Let the line above the page and the outline follow the reading."""
        page = self.page
        self.head.follow()
        self.outline.current = page.progress.section
        self.outline.mark(page.read_sections, page.hits.by_section if page.hits is not None else Counter())

    def _jump_from_here(self) -> None:
        """Remember the place before a jump."""
        here = (self.episode.path, self.page.place)
        if not self._jumps or self._jumps[-1] != here:
            self._jumps = [*self._jumps, here][-MOST_JUMPS:]

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the parts for another size of the terminal."""
        self._arrange(event.size)

    def _arrange(self, size: Size) -> None:
        """Set the classes that say how much room there is.

        Textual's own breakpoints are set after the first layout, which would make two of it.
        """
        self.set_class(size.width < OUTLINE_FROM, "-overlay")
        self.set_class(size.width < ROOMY_FROM, "-narrow")
        self.set_class(size.height < TALL_FROM, "-short")
        self.set_class(size.width < LEAST.width or size.height < LEAST.height, "-tiny")

    # Hints

    def _show_hints(self) -> None:
        hints = self.hints
        if self.bar.is_open:
            hints.show(FIND, typing=True)
        elif self.outline.has_focus:
            hints.show(OUTLINE)
        else:
            hints.show(READER)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the hints of what has the focus."""
        self._show_hints()

    # Outline

    @on(SectionChosen)
    def _go_section(self, message: SectionChosen) -> None:
        self._jump_from_here()
        self._leave_outline()
        self.page.go_section(message.ordinal)

    @on(OutlineLeft)
    def _leave_outline(self) -> None:
        self.outline.wanted = ""
        self.outline.show(self.episode)
        self.remove_class("-outline-open")
        self.page.focus()

    def action_outline(self) -> None:
        """Go to the outline; where it is hidden, show it over the text."""
        self.add_class("-outline-open")
        self.outline.follow()
        self.outline.focus()

    @on(OutlineFilterAsked)
    async def _ask_filter(self) -> None:
        self._filters_outline = True
        await self.bar.open(FILTER_SECTIONS, self.outline.wanted)
        self._show_hints()

    # Finding

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

    @on(QueryChanged)
    def _take_query(self, message: QueryChanged) -> None:
        if self._filters_outline:
            self.outline.filter(message.query.text)
        else:
            self._find(message.query, self._origin)

    def _find(self, query: Query, origin: Place | None) -> None:
        """Mark a query's hits; go to the first from ``origin`` on, or stay where the page is if None."""
        self.run_worker(self._find_and_show(query, origin), group="find", exclusive=True)

    async def _find_and_show(self, query: Query, origin: Place | None) -> None:
        index = self.index
        is_large = query.is_regex or sum(len(unit.text) for unit in index.units) > LARGE
        try:
            hits = await asyncio.to_thread(index.find, query) if is_large else index.find(query)
        except PatternError as error:
            self._show_hits(None, None)
            self.bar.say(str(error), is_alarm=True)
            return
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
        self.outline.mark(self.page.read_sections, hits.by_section if hits is not None else Counter())
        if hits is None or hits.query.is_blank:
            self.bar.say("")
        elif current is None:
            self.bar.say("not found in this episode", is_alarm=True)
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

    @on(QueryKept)
    def _keep_query(self) -> None:
        if self._filters_outline:
            self._close_bar()
            self.outline.choose()
            return
        hits = self.page.hits
        if self._origin is not None and self._origin != self.page.place:
            self._jumps = [*self._jumps, (self.episode.path, self._origin)][-MOST_JUMPS:]
        if hits is None or hits.query.is_blank:
            self._cancel_query()
            return
        self.query_kept = hits.query
        self._origin = None
        self._close_bar()

    @on(QueryCancelled)
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
        (self.outline if self._filters_outline and self.outline.display else self.page).focus()
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

    def action_back_out(self) -> None:
        """Take away what is over the text: the selection first, then the marks of the search."""
        if self.page.selection is not None:
            self.page.select(None)
        elif self.query_kept is not None:
            self.query_kept = None
            self._show_hits(None, None)
            self._close_bar()
        elif self.has_class("-focus-mode"):
            self.action_focus_mode()

    # Moving

    def action_line_down(self) -> None:
        """Move one line on."""
        self.page.scroll_lines(1)

    def action_line_up(self) -> None:
        """Move one line back."""
        self.page.scroll_lines(-1)

    def action_half_down(self) -> None:
        """Move half a page on."""
        self.page.scroll_pages(0.5)

    def action_half_up(self) -> None:
        """Move half a page back."""
        self.page.scroll_pages(-0.5)

    def action_page_down(self) -> None:
        """Move a page on."""
        self.page.scroll_pages(1)

    def action_page_up(self) -> None:
        """Move a page back."""
        self.page.scroll_pages(-1)

    def action_top(self) -> None:
        """Go to the top."""
        self._jump_from_here()
        self.page.go_top()

    def action_bottom(self) -> None:
        """Go to the end."""
        self._jump_from_here()
        self.page.go_end()

    def action_next_paragraph(self) -> None:
        """Go to the next paragraph."""
        self.page.step_paragraph(1)

    def action_previous_paragraph(self) -> None:
        """Go to the paragraph before."""
        self.page.step_paragraph(-1)

    def action_next_section(self) -> None:
        """Go to the next section."""
        self._jump_from_here()
        self.page.step_section(1)

    def action_previous_section(self) -> None:
        """Go to the section before."""
        self._jump_from_here()
        self.page.step_section(-1)

    def action_next_episode(self) -> None:
        """Open the next episode of the folder."""
        self.post_message(NeighbourAsked(1))

    def action_previous_episode(self) -> None:
        """Open the episode before."""
        self.post_message(NeighbourAsked(-1))

    def action_jump_back(self) -> None:
        """Go back to where the last jump began."""
        here = self.page.place
        while self._jumps:
            path, place = self._jumps.pop()
            if path == self.episode.path and place != here:
                self.page.go(place)
                return

    def action_library(self) -> None:
        """Show the library."""
        self._remember()
        self.post_message(LibraryAsked())

    # Copying

    def action_copy(self) -> None:
        """Copy the paragraph at the reading position; pressed twice, the section."""
        now = time.monotonic()
        if now - self._copied_at < TWICE_S:
            self._copied_at = 0.0
            self.action_copy_section()
            return
        self._copied_at = now
        place = self.page.reading_block
        blocks = self.episode.sections[place.section].blocks
        if place.block < 0:
            self.notify("There is no text here to copy", markup=False)
            return
        from tui.core.quotes import quote_block  # not before the first frame

        self.page.select(Selection(place, Place(place.section, place.block, len(blocks[place.block].text))))
        self.post_message(CopyAsked(quote_block(self.episode, place.section, place.block)))

    def action_copy_section(self) -> None:
        """Copy the section at the reading position."""
        ordinal = self.page.progress.section
        section = self.episode.sections[ordinal]
        if not section.text:
            self.notify("This section has no text to copy", markup=False)
            return
        from tui.core.quotes import quote_section  # not before the first frame

        last = len(section.blocks) - 1
        self.page.select(
            Selection(Place(ordinal, 0, 0), Place(ordinal, last, len(section.blocks[last].text)))
        )
        self.post_message(CopyAsked(quote_section(self.episode, ordinal)))

    # Looks

    def action_wider(self) -> None:
        """Widen the text column."""
        self._set_column(COLUMN_STEP)

    def action_narrower(self) -> None:
        """Narrow the text column."""
        self._set_column(-COLUMN_STEP)

    def _set_column(self, step: int) -> None:
        page = self.page
        width = min(page.column, page.typesetter.width if step < 0 else page.column) + step
        page.column = min(max(width, COLUMNS.start), COLUMNS.stop - 1)

    def action_focus_mode(self) -> None:
        """Show only the text, or everything again."""
        self.toggle_class("-focus-mode")

    def action_justify(self) -> None:
        """Make the right edge even, or ragged again."""
        self.page.justified = not self.page.justified

    # The file

    def action_reload(self) -> None:
        """Read the file again, keeping the place."""
        if self.episode.path.exists():
            self._read(self.episode.path, is_same=True)
        else:
            self.notify(
                "The file is not there any more; what was read stays here", severity="warning", markup=False
            )

    def action_edit(self) -> None:
        """Open the file in the reader's editor, then read it again."""
        if not self.episode.path.is_file():
            self.notify("There is no file to edit", severity="warning", markup=False)
            return
        editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
        try:
            with self.app.suspend():
                subprocess.run([*editor, str(self.episode.path)], check=False)
        except (OSError, SuspendNotSupported) as error:
            self.notify(f"The editor could not be started: {error}", severity="error", markup=False)
        self.refresh(layout=True)
        self.action_reload()
