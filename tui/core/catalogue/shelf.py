"""The shelf of a library: its rows, kept up to date by a thread of its own while somebody looks at them.

The thread tells what is known from the last time, looks through the folder, reads what is new or changed,
tells again, and keeps it. Then it waits until it is asked to look once more.
"""

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from tui.core.cache import collection_paused
from tui.core.catalogue.catalogue import Catalogue
from tui.core.catalogue.rows import Row, base_of
from tui.core.catalogue.store import CatalogueFiles
from tui.core.catalogue.waiting import Waiting, read_all
from tui.core.files import display_name
from tui.core.library import MAX_ENTRIES, no_episodes
from tui.core.search.changes import FileScan, Work
from tui.errors import PullquoteError

if TYPE_CHECKING:
    import os

    from tui.core.library import Entry

TELL_S = 0.3
"""How often is told what was read meanwhile, in seconds …"""

TELL_ROWS = 50_000
"""… and one second more for so many rows, which take that much longer to arrange."""

LOOK_S = 2.0
"""How often the folder is looked through while episodes are read, in seconds."""

KEEP_S = 5.0
"""After so many seconds without a change what is known is kept, and as often while much is read."""

END_S = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of the library now."""

    rows: Sequence[Row]
    """In the order of their names."""

    unread: int = 0
    """How many episodes are still to be read."""

    notices: tuple[str, ...] = ()
    """What was left out, in words for the reader."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The library can't be looked through just now."""

    reason: str


News = Found | Lost


class StoppedError(Exception):
    """Nobody waits for it any more."""


class Shelf:
    """Keeps a library's rows up to date, from ``start`` to ``close``."""

    def __init__(self, library: Path, tell: Callable[[News], None], root: Path | None = None) -> None:
        """Prepare it; nothing is read or started yet.

        Args:
            library: The folder of episodes, or a file of several; it need not be there.
            tell: Called in the shelf's own thread.
            root: Where catalogues lie; by default in our cache folder.
        """
        self.library = library
        self.base = base_of(library)
        self.tell = tell
        self.files = CatalogueFiles(library, root)
        self.in_sight: Sequence[str] = ()
        """The paths of the files that are looked at: they are read first. May be set at any time."""

        self.catalogue = Catalogue(library, self.base)
        self.waiting = Waiting(in_sight=lambda: self.in_sight)
        self.front: Any = None
        self.is_look_wanted = True
        self.is_looking = False
        self.is_stopped = False
        self.is_kept = True
        self.owes_sight = False
        """Whether something in sight was not read yet when it was told last."""

        self.told_at = self.looked_at = self.kept_at = 0.0
        self.notices: tuple[str, ...] = ()
        self.call = Event()
        self.thread = Thread(target=self.run, name="shelf", daemon=True)

    def start(self) -> None:
        """Begin."""
        self.thread.start()

    def look(self) -> None:
        """Look through the folder again."""
        self.is_look_wanted = True
        self.call.set()

    def keep_front(self, front: Any) -> None:
        """Keep what the next first screen shows, when there is time for it."""
        self.front = front
        self.call.set()

    @property
    def is_at_work(self) -> bool:
        """Whether it looks, reads or is asked to: what was told last may be out of date."""
        return self.is_look_wanted or self.is_looking

    def close(self) -> None:
        """Keep what is known, and end."""
        self.is_stopped = True
        self.call.set()
        if self.thread.is_alive():
            self.thread.join(END_S)

    # In the thread

    def run(self) -> None:
        """Look through the folder whenever that is wanted, and keep what is known when it is quiet."""
        self.recall()
        while not self.is_stopped:
            self.call.clear()
            if self.is_look_wanted:
                self.is_looking = True
                with suppress(StoppedError):
                    self.bring_up_to_date()
                self.is_looking = False
            elif not self.call.wait(KEEP_S):
                self.keep()
                self.call.wait()
        self.keep()

    def recall(self) -> None:
        """Tell what is known from the last time."""
        with collection_paused():
            contents = self.files.load()
            if contents is not None:
                # All of it stays: it need not be looked through for garbage.
                gc.freeze()
        if contents is not None and contents.rows:
            self.catalogue = Catalogue(self.library, self.base, contents)
            self.say()

    def bring_up_to_date(self) -> None:
        """Look through the folder, and read what is new or changed."""
        was_empty = not self.catalogue.rows
        if not self.take_down():
            return
        if was_empty or not self.waiting.is_little:
            self.say()
        read: list[tuple[Work, list[Row]]] = []
        with closing(read_all(self.base, self.waiting)) as results:
            for one in results:
                read.append(one)
                if self.is_stopped:
                    break
                if self.is_time_to_say():
                    self.take_in(read)
                    self.say()
                    self.catch_up()
        self.take_in(read)
        self.say()

    def take_down(self) -> bool:
        """Look through the folder and say whether that was possible."""
        self.is_look_wanted = False
        self.looked_at = time.monotonic()
        scan = ShelfScan(self.library, lambda: not self.is_stopped)
        try:
            stamps = scan.run()
            self.notices = tuple(scan.notices)
            if not stamps:
                raise no_episodes(self.library, scan.notices)
        except PullquoteError as error:
            self.tell(Lost(str(error)))
            return False
        before = self.catalogue.rows
        self.waiting.put(self.catalogue.take_down(stamps))
        self.is_kept = self.is_kept and before is self.catalogue.rows
        return True

    def catch_up(self) -> None:
        """While much is read: look through the folder once more if that is wanted, keep what is known."""
        now = time.monotonic()
        if self.is_look_wanted and now - self.looked_at > LOOK_S:
            self.take_down()
        if now - self.kept_at > KEEP_S:
            self.keep()

    def take_in(self, read: list[tuple[Work, list[Row]]]) -> None:
        """Take in what was read, and empty the list."""
        if read:
            self.catalogue.take_in(read)
            self.is_kept = False
            read.clear()

    def is_time_to_say(self) -> bool:
        """Say whether it should be told what was read meanwhile.

        That is as soon as everything in sight is read, else the sooner, the fewer rows there are.
        """
        passed_s = time.monotonic() - self.told_at
        is_seen = self.owes_sight and not self.waiting.is_in_sight
        return passed_s > (TELL_S if is_seen else TELL_S + len(self.catalogue.rows) / TELL_ROWS)

    def say(self) -> None:
        """Tell what is known now."""
        self.told_at = time.monotonic()
        self.owes_sight = self.waiting.is_in_sight
        if not self.is_stopped:
            self.tell(Found(self.catalogue.rows, len(self.waiting), self.notices))

    def keep(self) -> None:
        """Keep what is known, if it is not kept yet."""
        self.kept_at = time.monotonic()
        if not self.is_kept:
            # Whether that could be done or not: it is not tried again until there is more.
            self.is_kept = True
            self.files.store(self.catalogue.contents)
        if self.front is not None:
            self.files.store_front(self.front)
            self.front = None


class ShelfScan(FileScan):
    """A look through a library's folder that can be given up, and that has a bound."""

    def __init__(self, library: Path, goes_on: Callable[[], bool]) -> None:
        super().__init__(library)
        self.goes_on = goes_on
        self.count = 0

    def entries_of(self, found: "Iterable[os.DirEntry[str]]", path: str, depth: int) -> "Iterator[Entry]":
        """Take down the files of one folder, unless there are too many already."""
        if not self.goes_on():
            raise StoppedError
        if self.count >= MAX_ENTRIES:
            self.say_cut_off()
            return iter(())
        before = len(self.stamps)
        entries = super().entries_of(found, path, depth)
        if len(self.stamps) > before:
            self.count += len(next(reversed(self.stamps.values())))
        return entries

    def say_cut_off(self) -> None:
        """Put into the notices, once, that there is more."""
        notice = f"only the first {MAX_ENTRIES:,} files of {display_name(self.folder)} are listed"
        if notice not in self.notices:
            self.notices.append(notice)
