"""What changes in the library while the program runs: watched, and told to whoever it concerns."""

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import App
from textual.message import Message

from tui.messages import LibraryChanged

if TYPE_CHECKING:
    from tui.core.watching import Watch
    from tui.screens.library import LibraryScreen
    from tui.screens.reader.screen import ReaderScreen


class WatchMade(Message):
    """The library is being watched."""

    def __init__(self, watch: "Watch") -> None:
        super().__init__()
        self.watch = watch


class WatchBegun(Message):
    """Whatever changes from now on is told; what has changed before may not have been."""


class Watching(App[None]):
    """The part of the application that notices changes of files."""

    folder: Path
    """Where the library is, or a file of several episodes."""

    is_library_open: bool
    """Whether the library itself was asked for."""

    reader: "ReaderScreen | None"
    shelf: "LibraryScreen | None"

    files_watch: "Watch | None" = None

    _is_deep: bool | None = None
    """Whether everything below the folder is watched; None if nothing is."""

    def watch_files(self) -> None:
        """Watch the library; as long as nobody asked for it, only the folder of the episode that is open."""
        is_deep = self.is_library_open or self.shelf is not None
        if is_deep != self._is_deep and (is_deep or self._is_deep is None):
            self._is_deep = is_deep
            self._begin_watch(self.folder, self.files_watch, is_deep=is_deep)

    @work(thread=True, exclusive=True, group="watching", description="watching")
    def _begin_watch(self, folder: Path, before: "Watch | None", *, is_deep: bool) -> None:
        """Begin to watch; end what was watched before."""
        from tui.core.watching import Watch

        watch = Watch(folder, partial(self._tell, LibraryChanged), is_deep=is_deep)
        watch.on_begun = partial(self._tell, WatchBegun)
        watch.start()
        self.post_message(WatchMade(watch))
        if before is not None:
            before.stop()

    def _tell(self, message: type[Message]) -> None:
        """Post a message from the watch's own thread."""
        with suppress(RuntimeError):  # the application may have ended just now
            self.post_message(message())

    @on(WatchMade)
    def _take_watch(self, message: WatchMade) -> None:
        self.files_watch = message.watch

    @on(WatchBegun)
    @on(LibraryChanged)
    def _look_again(self) -> None:
        """Let those look again who show something of the library."""
        if self.shelf is not None and self.shelf.is_mounted:
            self.shelf.look_again()
        if self.reader is not None and self.reader.is_mounted:
            self.reader.follow_file()

    def on_unmount(self) -> None:
        """End watching."""
        if self.files_watch is not None:
            self.files_watch.stop()
