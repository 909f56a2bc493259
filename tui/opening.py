"""Opening episodes and the library, and moving between their screens."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from tui.collecting import Collecting
from tui.core.episode import Episode
from tui.core.notebook.first import last_read, left_of
from tui.errors import PullquoteError
from tui.messages import (
    EpisodeChosen,
    LibraryAsked,
    LibraryClosed,
    LibrarySearchAsked,
    NeighbourAsked,
    ScreenTried,
)
from tui.paths import file_of, seen_from
from tui.screens.reader.base import UNSAID
from tui.screens.reader.screen import ReaderScreen
from tui.seeking import Seeking, no_episode
from tui.watching import Watching

if TYPE_CHECKING:
    from tui.core.catalogue.rows import Row
    from tui.core.loading import Loaded
    from tui.core.notebook.first import Left
    from tui.screens.library import LibraryScreen


class EpisodeReady(Message):
    """An episode was read and can be shown."""

    def __init__(self, read: "Loaded", left: "Left | None") -> None:
        super().__init__()
        self.read = read
        self.left = left
        """How it was left."""


class OpeningFailed(Message):
    """An episode can't be shown."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class Opening(Collecting, Seeking, Watching):
    """The part of the application that opens episodes and the library."""

    reader: ReaderScreen | None = None
    shelf: "LibraryScreen | None" = None
    _is_settled = False
    """Whether the first frame is long past."""

    _then: Callable[[ReaderScreen], None] | None = None
    """What is done once the episode is shown that is being read."""

    _steps: Sequence[int] = ()
    """The steps to other episodes that were asked for; the first one is being taken."""

    def _open_reader(
        self, episode: Episode, read: "Loaded | None", left: "Left | None" = None
    ) -> ReaderScreen:
        if self.reader is None:
            chosen = self.settings
            self.reader = ReaderScreen(episode, column=chosen.column, justified=chosen.justify)
            self.reader.open_notebook = lambda: self.notebook
            if left is not None:
                self.reader.restore(left)
            self.reader.variants = read.variants if read is not None else ()
            self.reader.held = self.held
            self.reader.searcher = self.searcher
            self.install_screen(self.reader, "reader")
        return self.reader

    def _open_shelf(self) -> "LibraryScreen":
        from tui.screens.library import LibraryScreen

        if self.shelf is None:
            self.shelf = LibraryScreen(self.folder)
            self.shelf.list.begin_at(last_read(self.folder))
            self.shelf.held = self.held
            self.install_screen(self.shelf, "shelf")
            if self._is_settled:
                self.watch_files()
        return self.shelf

    @on(LibraryAsked)
    def _show_library(self) -> None:
        shelf = self._open_shelf()
        if self.reader is not None and not self.reader.is_empty:
            shelf.show_current(self.reader.episode.path)
        self._bring_up(shelf)
        self.read_readings()

    @on(LibraryClosed)
    def _back_to_reader(self) -> None:
        if self.reader is not None and not self.reader.is_empty:
            self._stop_opening()
            self._show_reader(self.reader)
        else:
            self.notify("Enter opens an episode, q leaves", markup=False)

    def _show_reader(self, reader: ReaderScreen) -> None:
        """Bring up the reader; it takes the keys that waited, on the screen of a list, for an episode."""
        before = self.screen
        self._bring_up(reader)
        if before is not reader:
            self.post_message(ScreenTried(before))

    @on(LibrarySearchAsked)
    async def _search_library(self) -> None:
        self._stop_opening()
        reader = self._open_reader(self.reader.episode if self.reader else no_episode(self.folder), None)
        await self._bring_up(reader)
        await reader.search_from_library()

    @on(EpisodeChosen)
    def _choose(self, message: EpisodeChosen) -> None:
        if self.reader is not None and self.reader.shows(message.path):
            self._back_to_reader()
        else:
            self._stop_opening()
            self._read(message.path)

    def _stop_opening(self) -> None:
        """Forget the episode that is being read to be shown: something else was asked for."""
        self._steps, self._then = (), None
        self.workers.cancel_group(self, "opening")

    def open_at(self, path: Path, then: Callable[[ReaderScreen], None]) -> None:
        """Show an episode, and do something with the reader once it is shown."""
        then = self.with_way_back(then)
        if self.reader is not None and self.reader.episode.path.absolute() == path:
            self._back_to_reader()
            then(self.reader)
        else:
            self._stop_opening()
            self._then = then
            self._read(seen_from(self.folder, path) or path)

    @on(NeighbourAsked)
    def _choose_neighbour(self, message: NeighbourAsked) -> None:
        self._steps = (*self._steps, message.step)
        if len(self._steps) == 1:
            self._take_step()

    def _take_step(self) -> None:
        """Take the first of the steps that were asked for; the others wait until its episode is shown."""
        if self.reader is not None:
            self._read_neighbour(self.reader.episode, self.shelf.rows if self.shelf else (), self._steps[0])

    @work(thread=True, exclusive=True, group="opening", description="opening")
    def _read(self, path: Path) -> None:
        self._read_now(path)

    @work(thread=True, exclusive=True, group="opening", description=UNSAID)
    def _read_neighbour(self, episode: Episode, rows: "Sequence[Row]", step: int) -> None:
        from tui.core.catalogue.neighbours import neighbour
        from tui.core.catalogue.once import glance

        try:
            path = neighbour(episode, self.folder, rows or glance(self.folder), step)
        except PullquoteError as error:
            self._post_unless_stopped(OpeningFailed(str(error)))
            return
        if path is None:
            which = "last" if step > 0 else "first"
            what = "file" if file_of(self.folder / "1")[0] == self.folder else "folder"
            self._post_unless_stopped(OpeningFailed(f"This is the {which} episode of the {what}"))
        else:
            self._read_now(path, is_backwards=step < 0)

    def _read_now(self, path: Path, *, is_backwards: bool = False) -> None:
        from tui.core.loading import keep, loaded, recalled

        try:
            forced = self.reader.forced.get(path) if self.reader else None
            read = loaded(path, head=True, reader=forced)
            if is_backwards and read.episode.count > 1 and file_of(path)[1] is None:
                read = loaded(path / str(read.episode.count))
        except PullquoteError as error:
            self._post_unless_stopped(OpeningFailed(str(error)))
        else:
            left = left_of(read.episode)
            if left is not None and left.place is None:
                read = recalled(path) or read
                left = left_of(read.episode)
            self._post_unless_stopped(EpisodeReady(read, left))
            keep(read)

    def _post_unless_stopped(self, message: Message) -> None:
        """Post what a worker has to tell, unless something else was asked for meanwhile."""
        if not get_current_worker().is_cancelled:
            self.post_message(message)

    @on(EpisodeReady)
    def _show_episode(self, message: EpisodeReady) -> None:
        is_new = self.reader is None
        read = message.read
        reader = self._open_reader(read.episode, read, message.left)
        self._show_reader(reader)
        if not is_new:
            reader.recall(read.episode, message.left)
            reader.open_episode(read.episode, variants=read.variants)
        if self._then is not None:
            then, self._then = self._then, None
            then(reader)
        self._steps = self._steps[1:]
        if self._steps:
            self._take_step()

    @on(OpeningFailed)
    def _say_failed(self, message: OpeningFailed) -> None:
        self._steps, self._then = (), None
        self.post_message(ScreenTried(self.screen))  # what was typed for it is for what is there
        self.notify(message.reason, severity="warning", markup=False)
