"""What searches the library: made, kept up to date while there is something to do, and ended."""

from functools import cached_property
from threading import Event
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import App
from textual.message import Message

from tui.core.episode import Episode, Section
from tui.core.files import display_name
from tui.messages import LibraryChanged, SearcherAsked

if TYPE_CHECKING:
    from pathlib import Path

    from tui.core.search.queries import InState
    from tui.core.search.searcher import Searcher
    from tui.screens.reader.screen import ReaderScreen

TEND_S = 0.5
"""The index is looked after so often while it is written, in seconds."""


class SearcherReady(Message):
    """The library can be searched."""

    def __init__(self, searcher: "Searcher") -> None:
        super().__init__()
        self.searcher = searcher


class SearcherTended(Message):
    """The index was looked after."""

    def __init__(self, *, is_grown: bool, is_done: bool) -> None:
        super().__init__()
        self.is_grown = is_grown
        """Whether what is found may be something else now."""

        self.is_done = is_done
        """Whether nobody looks after it from now on."""


class Seeking(App[None]):
    """The part of the application that holds the library's search."""

    folder: "Path"
    """Where the library is, or a file of several episodes."""

    reader: "ReaderScreen | None"

    in_state: "InState | None" = None
    """Returns the keys of the episodes that are in a state of reading."""

    searcher: "Searcher | None" = None
    """None until it is ready."""

    is_library_open = False
    """Whether the library itself was asked for: then it is made ready to be searched before somebody asks."""

    _is_tended = False
    """Whether a thread looks after the index."""

    @cached_property
    def _leaving(self) -> Event:
        """Set when the application ends."""
        return Event()

    def make_ready(self) -> None:
        """Make the library ready to be searched, and look after its index as long as there is need."""
        if not self._is_tended:
            self._is_tended = True
            self._tend()

    @on(SearcherAsked)
    def _take_asked(self) -> None:
        self.make_ready()

    @work(thread=True, group="searcher")
    def _tend(self) -> None:
        """Look after the index until there is nothing to do."""
        searcher = self.searcher
        if searcher is None:
            searcher = self._new_searcher()
            self.post_message(SearcherReady(searcher))
            searcher.read_ahead(lambda: not self._leaving.is_set())
        status = ""
        while searcher.is_busy and not self._leaving.wait(TEND_S):
            is_grown = searcher.tend()
            if is_grown or searcher.status != status:
                status = searcher.status
                self.post_message(SearcherTended(is_grown=is_grown, is_done=False))
        if self._leaving.is_set():
            searcher.close()
        else:
            self.post_message(SearcherTended(is_grown=False, is_done=True))

    def _new_searcher(self) -> "Searcher":
        """Return what searches the library, opened and with all that the first query needs."""
        import tui.core.search.listing
        import tui.core.search.previews  # noqa: F401
        from tui.core.search.searcher import Searcher

        searcher = Searcher(self.folder, self.in_state)
        searcher.start()
        return searcher

    @on(SearcherReady)
    def _take_searcher(self, message: SearcherReady) -> None:
        self.searcher = message.searcher
        if self.reader is not None:
            self.reader.searcher = message.searcher

    @on(SearcherTended)
    def _take_tended(self, message: SearcherTended) -> None:
        if self.reader is not None:
            self.reader.take_status()
            if message.is_grown:
                self.reader.take_growth()
        if message.is_done:
            self._is_tended = False
        if self.searcher is not None and self.searcher.is_busy:
            self.make_ready()  # something has changed meanwhile

    @on(LibraryChanged)
    def _take_change(self) -> None:
        if self.searcher is not None:
            self._bring_up_to_date(self.searcher)

    @work(thread=True, group="searcher", description="searcher")
    def _bring_up_to_date(self, searcher: "Searcher") -> None:
        """Have the index take in what is new."""
        searcher.changed()
        self.post_message(SearcherTended(is_grown=False, is_done=False))

    def on_unmount(self) -> None:
        """Let what was started come to an end."""
        self._leaving.set()
        if self.searcher is not None:
            self.searcher.cancel()


def no_episode(folder: "Path") -> Episode:
    """Return what stands in the reader while none of a library's episodes was opened yet."""
    return Episode("", folder, "", display_name(folder), (Section(0, 1, ""),))
