"""The reader's notebook as one window sees it: what is on the disk, and what waits to be."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from tui.core.notebook.changes import Change, History
from tui.core.notebook.contents import Contents
from tui.core.notebook.first import default_file
from tui.core.notebook.news import News, ignore
from tui.core.notebook.values import Reading, Source
from tui.core.notebook.work import Work, WorkKind, read_on, refresh

if TYPE_CHECKING:
    from tui.core.notebook.keeping import Keeper

BACKUPS = "backups"

CLOSE_S = 2.0
"""How long closing waits for what is not kept yet, in seconds."""


def backups_of(file: Path) -> Path:
    """Return the folder of a notebook's backups.

    It is beside the name, not beside what a link leads to, which may be a folder that is synchronized.
    """
    return file.absolute().parent / BACKUPS


class Notebook(Contents):
    """What the reader marked: read, and changed.

    A change is returned from at once, is part of all that is read from then on, and is carried out by the
    notebook's own thread, in order. It tells when a change is on the disk.
    """

    def __init__(self, file: Path | None = None, tell: Callable[[News], None] = ignore) -> None:
        """Name the notebook; nothing is opened or made yet.

        Args:
            file: Where it is; by default in our data folder.
            tell: Called with news, in the notebook's own thread.
        """
        named = file or default_file()
        super().__init__(named)
        self.backups = backups_of(named)
        self.tell = tell
        self.history = History()
        """Guarded by ``lock``."""

        self.thread: Thread | None = None
        self.keeper: Keeper | None = None

    def start(self) -> None:
        """Begin to keep, in a thread: open the file, and see once a second what other windows did."""
        with self.lock:
            if self.thread is not None and self.thread.is_alive():
                return
            self.queue.end(is_ending=False)
            self.thread = Thread(target=self.keep, name="notebook", daemon=True)
            try:
                self.thread.start()
            except RuntimeError:
                # The system lets us have no more threads; with the next change it is tried again.
                self.thread = None

    def keep(self) -> None:
        """Keep what waits, until the notebook is closed."""
        # Imported here: nobody has to wait for it.
        from tui.core.notebook.keeping import Keeper
        from tui.core.notebook.mending import Place

        place = Place(self.file, self.backups)
        self.keeper = Keeper(place, self.queue, self.pass_on, self.take_over)
        self.keeper.run()

    def close(self) -> None:
        """Keep what waits, if that takes no longer than two seconds, and end the thread."""
        self.queue.end()
        if self.thread is not None:
            self.thread.join(CLOSE_S)

    def flush(self, timeout_s: float) -> bool:
        """Wait until all is on the disk, no longer than a time in seconds; return whether it is."""
        return self.queue.wait_until_empty(timeout_s)

    @property
    def problem(self) -> str:
        """Why the notebook can't be read or written now, in words for the reader; empty if all is well."""
        return (self.keeper.problem if self.keeper is not None else "") or self.read_problem

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can ever be kept in this file: a newer program wrote it."""
        return self.keeper is not None and self.keeper.is_read_only

    @property
    def waiting(self) -> tuple[Change, ...]:
        """The reader's changes that are not on the disk yet."""
        kinds = (WorkKind.MAKE, WorkKind.UNDO)
        return tuple(work.change for work in self.queue.waiting if work.kind in kinds)

    def make(self, change: Change, *, undoable: bool = True) -> None:
        """Have a change kept; what is read from now on has it."""
        if undoable:
            with self.lock:
                self.history.add(change)
        self.put(Work(WorkKind.MAKE, change))

    def undo(self) -> str:
        """Take back what this window did last; return what that was, empty if there is nothing."""
        with self.lock:
            change = self.history.undo()
        return self.step(change)

    def redo(self) -> str:
        """Do again what was taken back last; return what that was, empty if there is nothing."""
        with self.lock:
            change = self.history.redo()
        return self.step(change)

    def step(self, change: Change | None) -> str:
        """Have a change of the history kept; return what it is called."""
        if change is None:
            return ""
        self.put(Work(WorkKind.UNDO, change))
        return change.said

    def keep_reading(self, reading: Reading) -> None:
        """Have kept how far the reader has come; the last wins, and no state is taken back."""
        self.put(read_on(reading))

    def put(self, work: Work) -> None:
        """Have something kept; the thread is started if need be."""
        self.queue.put(work)
        self.edition += 1
        self.start()

    def pass_on(self, news: News) -> None:
        """Tell what happened."""
        self.edition += 1
        # A window that can't listen any more must not keep the notebook from keeping.
        with suppress(Exception):
            self.tell(news)

    def take_over(self, work: Work, actual: Change | None) -> None:
        """Take down what came of a change, so that taking it back brings back what was there."""
        with self.lock:
            self.history.take_over(work.change, actual)

    def see(self, before: Source, now: Source) -> None:
        """Have what is known of an episode brought up to date, if this window keeps anything."""
        if self.thread is not None and before != now:
            self.queue.put(refresh(now))
