"""Choose an episode of the folder."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.dom import DOMNode
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from tui.core.episode import Episode
from tui.core.files import display_name
from tui.core.finding import Query
from tui.core.library import Entry, Library, open_library
from tui.core.loading import episodes_of
from tui.errors import PullquoteError
from tui.messages import EpisodeChosen, HitAsked, LibraryClosed, NotebookAsked, QueryChanged
from tui.paths import STYLES, file_of
from tui.widgets.episode_list import SORTS, Details, EpisodeList, Row
from tui.widgets.hints import Hints
from tui.widgets.key_screen import KeyScreen
from tui.widgets.search_bar import FILTER_EPISODES, SearchBar

BATCH = 1000
"""Files read before the list is drawn again, once all in sight are read."""


@dataclass
class LibraryOpened(Message):
    """The folder was looked through."""

    library: Library


@dataclass
class LibraryFailed(Message):
    """The folder can't be listed."""

    reason: str


@dataclass
class DetailsRead(Message):
    """Some more files were read."""

    details: dict[Path, "Episodes"]
    """By file."""


Episodes = tuple[tuple[Entry, Details], ...]
"""What a file holds: one episode, or several."""


class LibraryScreen(KeyScreen):
    """Lists a folder's episodes; reads their files in the background, those in sight first.

    A file of several episodes is one row until it is read, and one for each of them then.
    """

    CSS_PATH = STYLES / "library.tcss"
    AUTO_FOCUS = "EpisodeList"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.list = EpisodeList(id="episodes")
        self.heading = Static("", id="shelf-title", markup=False)
        self.bar = SearchBar(FILTER_EPISODES, id="search")
        self.hints = Hints("Library", id="hints")
        self.list.key_taker = self.bar.key_taker = self.take_key
        self.bar.on_kept = self._open_filtered
        self.bar.on_cancelled = self._clear_filter
        self.bar.on_clicked = self.action_filter
        self.library: Library | None = None
        self.details: dict[Path, tuple[int, Episodes]] = {}
        """What was read of each file, with the time of its last change in nanoseconds."""

    def key_tables(self) -> Iterator[tuple[str, DOMNode]]:
        """Yield the library's table: the list carries out what concerns its rows, the screen the rest."""
        yield "Library", self.list
        yield "Library", self
        yield "Everywhere", self.app

    def compose(self) -> ComposeResult:
        """A title, the list, the line for typing, the hints."""
        with Vertical(id="shelf"):
            yield self.heading
            yield self.list
        yield self.bar
        yield self.hints

    def on_mount(self) -> None:
        """Look through the folder."""
        self.hints.show("Library")
        self.list.message = f"looking through {display_name(self.folder)} …"
        self._look()

    def show_current(self, path: Path | None) -> None:
        """Mark the episode that is open in the reader."""
        self.list.show_current(path)

    # Reading

    @work(thread=True, exclusive=True, group="library")
    def _look(self) -> None:
        try:
            library = open_library(self.folder)
        except PullquoteError as error:
            self.post_message(LibraryFailed(str(error)))
        else:
            self.post_message(LibraryOpened(library))

    @on(LibraryFailed)
    def _say_why(self, message: LibraryFailed) -> None:
        self.library = None
        self.list.message = message.reason
        self.list.fill([])
        self._title()

    @on(LibraryOpened)
    def _fill(self, message: LibraryOpened) -> None:
        self.library = message.library
        for notice in message.library.notices:
            self.notify(notice, severity="warning", markup=False)
        self._refill()
        self._read_details()

    @property
    def _entries(self) -> tuple[Entry, ...]:
        return self.library.entries if self.library else ()

    def _refill(self) -> None:
        rows: list[Row] = []
        for entry in self._entries:
            file, number = file_of(entry.path)
            changed, episodes = self.details.get(file, (0, ()))
            if changed != entry.mtime_ns:
                rows.append(Row(entry))
            else:
                known = [
                    (one, details) for one, details in episodes if number is None or one.path == entry.path
                ]
                rows += [Row(one if number is None else entry, details) for one, details in known]
        self.list.fill(rows)
        self._title()

    def _title(self) -> None:
        count = len(self.list.rows)
        shown = len(self.list.shown)
        episodes = f"{count:,} episode{'' if count == 1 else 's'}"
        if shown != count:
            episodes = f"{shown:,} of {episodes}"
        parts = [(" Library", "$accent bold"), (f"  {display_name(self.folder)}", "$mute")]
        if count:
            parts.append((f"  {episodes} · by {self.list.sort}", "$soft"))
        self.heading.update(Content.assemble(*parts))

    @work(thread=True, exclusive=True, group="details")
    def _read_details(self) -> None:
        """Read the files that were not read yet, those in sight first."""
        worker = get_current_worker()
        waiting: dict[Path, Entry] = {}
        for row in self.list.rows:
            if row.details is None:
                waiting.setdefault(file_of(row.entry.path)[0], row.entry)
        batch: dict[Path, Episodes] = {}
        while waiting and not worker.is_cancelled:
            # The list moves while files are read: whatever is in sight now comes next.
            in_sight = [file for row in self.list.in_sight if (file := file_of(row.entry.path)[0]) in waiting]
            file = in_sight[0] if in_sight else next(iter(waiting))
            batch[file] = read_details(file, waiting.pop(file))
            if len(batch) >= BATCH or not waiting or len(in_sight) == 1:
                self.post_message(DetailsRead(batch))
                batch = {}

    @on(DetailsRead)
    def _show_details(self, message: DetailsRead) -> None:
        times = {file_of(entry.path)[0]: entry.mtime_ns for entry in self._entries}
        for file, episodes in message.details.items():
            self.details[file] = (times.get(file, 0), episodes)
        self._refill()

    # Filtering

    @on(QueryChanged)
    def _filter(self, message: QueryChanged) -> None:
        if self.bar.is_open:
            self.list.filter(message.query.text)
            self._title()

    def _open_filtered(self, query: Query) -> None:
        self.list.filter(query.text)
        self._title()
        self.bar.close(self.list.wanted)
        self.hints.show("Library")
        self.set_focus(self.list)
        chosen = self.list.chosen
        if chosen is not None and len(self.list.shown) == 1:
            self.post_message(EpisodeChosen(chosen.entry.path))

    def _clear_filter(self) -> None:
        self.list.filter("")
        self.bar.close()
        self.hints.show("Library")
        self._title()
        self.set_focus(self.list)

    @on(HitAsked)
    def _move(self, message: HitAsked) -> None:
        if message.step > 0:
            self.list.action_cursor_down()
        else:
            self.list.action_cursor_up()

    # Actions

    async def action_filter(self) -> None:
        """Let the reader type a filter."""
        self.hints.show("Filter", typing=True)
        await self.bar.open(FILTER_EPISODES, self.list.wanted)

    def action_next_sort(self) -> None:
        """Sort by the next thing."""
        self.list.sort_by(SORTS[(SORTS.index(self.list.sort) + 1) % len(SORTS)])
        self._title()

    def action_rescan(self) -> None:
        """Look through the folder again."""
        self._look()

    def action_notebook(self) -> None:
        """Show what is highlighted in all episodes."""
        self.post_message(NotebookAsked(None))

    def action_close(self) -> None:
        """Clear the filter, or go back to the episode."""
        if self.list.wanted:
            self._clear_filter()
        else:
            self.post_message(LibraryClosed())


def read_details(file: Path, entry: Entry) -> Episodes:
    """Return what the list shows of a file's episodes, from its head (a long one's length is estimated).

    Args:
        file: What to read.
        entry: The file's own, or that of one of its episodes.
    """
    try:
        episodes = list(episodes_of(file, entry.variants, head=True))
    except PullquoteError as error:
        reason = str(error).removeprefix(f"{display_name(file)} ")
        return ((entry, Details(display_name(Path(file.name)), problem=reason)),)
    if len(episodes) == 1:
        return ((replace(entry, path=file), details_of(episodes[0], entry.size)),)
    name = entry.name if entry.path == file else file.name
    return tuple(
        (
            replace(entry, path=episode.path, name=f"{name}/{number}", variants=()),
            details_of(episode, entry.size),
        )
        for number, episode in enumerate(episodes, start=1)
    )


def details_of(episode: Episode, size: int) -> Details:
    """Return what the list shows of an episode; ``size`` is its file's, in bytes."""
    words = episode.words
    if episode.partial:
        head = sum(len(section.text.encode()) for section in episode.sections)
        words = words * size // max(head, 1)
    return Details(
        episode.title, episode.show or "", episode.number, episode.date or "", episode.people, words
    )
