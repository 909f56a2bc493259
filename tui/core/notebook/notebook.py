"""The reader's notebook as one window sees it: what is on the disk, and what waits to be.

Reading never needs the thread that writes: each question opens the file, which takes less than a
millisecond, so what is answered is always what is there. Nothing that is asked raises an error for a file
that is missing, damaged or can't be read: the answer is what there is.
"""

import os
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, TypeVar

from tui.core.episode import Episode
from tui.core.notebook.changes import Change, History
from tui.core.notebook.first import notebook_file
from tui.core.notebook.news import News, ignore
from tui.core.notebook.queue import Queue
from tui.core.notebook.values import Bookmark, Highlight, Reading, Source, new_source
from tui.core.notebook.work import Work, WorkKind, overlaid, read_on, refresh

if TYPE_CHECKING:
    from tui.core.notebook.keeping import Keeper
    from tui.core.notebook.notes import EpisodeNotes
    from tui.core.notebook.noting import Gathering
    from tui.core.notebook.store import Store

BACKUPS = "backups"

CLOSE_S = 2.0
"""How long closing waits for what is not kept yet, in seconds."""

MOST_LAST = 50
"""Of so many episodes that were read last it is seen whether they are still there."""

T = TypeVar("T")


class Notebook:
    """What the reader marked, as one window sees it."""

    def __init__(self, file: Path | None = None, tell: Callable[[News], None] = ignore) -> None:
        """Name the notebook; nothing is opened or made yet.

        Args:
            file: Where it is; by default in our data folder.
            tell: Called with news, in the notebook's own thread.
        """
        # By a link and by its own name it is one file: SQLite's companions must lie beside that.
        named = file or notebook_file()
        self.file = Path(os.path.realpath(named))
        self.backups = named.absolute().parent / BACKUPS
        self.tell = tell
        self.history = History()
        self.lock = Lock()
        """Guards the history and the new sources."""

        self.new_sources: dict[tuple[Path, str], Source] = {}
        self.queue = Queue()
        self.thread: Thread | None = None
        self.keeper: Keeper | None = None
        self.read_problem = ""

    # The thread

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
        from tui.core.notebook.opening import Place

        place = Place(self.file, self.backups)
        self.keeper = Keeper(place, self.queue, lambda news: self.tell(news), self.take_over)
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
        """Whether nothing can ever be kept in this file, as in one of a newer version."""
        return self.keeper is not None and self.keeper.is_read_only

    @property
    def waiting(self) -> tuple[Change, ...]:
        """The reader's changes that are not on the disk yet."""
        kinds = (WorkKind.MAKE, WorkKind.UNDO)
        return tuple(work.change for work in self.queue.waiting if work.kind in kinds)

    # Writing

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
        self.start()

    def take_over(self, work: Work, actual: Change | None) -> None:
        """Take down what came of a change, so that taking it back brings back what was there."""
        with self.lock:
            self.history.take_over(work.change, actual)

    # Reading

    def of_episode(self, episode: Episode) -> "EpisodeNotes":
        """Return all that the notebook has of an episode, placed in its text as it is now."""
        return self.gather(episode, lambda gathering: gathering.notes())

    def reading_of(self, episode: Episode) -> Reading | None:
        """Return how far the reader is in an episode; quick, for the first frame."""
        if self.thread is None and not os.path.lexists(self.file):
            return None
        return self.gather(episode, lambda gathering: gathering.reading())

    def gather(self, episode: Episode, ask: "Callable[[Gathering], T]") -> T:
        """Return what there is of an episode."""
        from tui.core.notebook.noting import Gathering

        # What waits is asked for first: what is kept in between is then seen twice, not never.
        works, source = self.queue.waiting, self.source_for(episode)
        return self.read(
            lambda store: ask(Gathering(episode, works, source, store, self.see)),
            lambda: ask(Gathering(episode, works, source, None, self.see)),
        )

    def last_read(self) -> Path | None:
        """Return the episode that was read last and is still there."""
        if not os.path.lexists(self.file):
            return None
        from tui.paths import file_of

        for work in reversed(self.queue.waiting):
            if work.kind is WorkKind.READ_ON:
                return next(edit.after.source.path for edit in work.change.edits if edit.after)
        rest = f"WHERE turn > 0 ORDER BY turn DESC LIMIT {MOST_LAST}"
        found = self.read(lambda store: store.readings(rest), list[Reading])
        paths = (reading.source.path for reading in found)
        return next((path for path in paths if file_of(path)[0].is_file()), None)

    def highlights(self) -> tuple[Highlight, ...]:
        """Return all highlights, in the order in which they were made."""
        works = self.queue.waiting
        found = self.read(lambda store: store.highlights(), list[Highlight])
        return tuple(one for one in overlaid(found, works) if isinstance(one, Highlight))

    def recent_highlights(self, most: int) -> tuple[Highlight, ...]:
        """Return highlights of the episodes that were marked last, as they stand in their texts; quick."""
        works = self.queue.waiting
        found = self.read(lambda store: store.recent_highlights(most), list[Highlight])
        return tuple(one for one in overlaid(found, works) if isinstance(one, Highlight))

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """Return all bookmarks and letters, in the order in which they were made."""
        works = self.queue.waiting
        found = self.read(lambda store: store.bookmarks(), list[Bookmark])
        return tuple(one for one in overlaid(found, works) if isinstance(one, Bookmark))

    def readings(self) -> Mapping[Path, Reading]:
        """Return how far the reader is in each episode, by the path where that was seen last."""
        works = self.queue.waiting
        found = self.read(lambda store: store.readings(), list[Reading])
        return {one.source.path: one for one in overlaid(found, works) if isinstance(one, Reading)}

    def highlighted(self) -> Mapping[Path, int]:
        """Return how many highlights each episode has that has any, by path."""
        return Counter(highlight.source.path for highlight in self.highlights())

    def tag_counts(self) -> Mapping[str, int]:
        """Return how many highlights have each tag, the most used first."""
        counts = Counter(tag for highlight in self.highlights() for tag in highlight.tags)
        return dict(counts.most_common())

    def read(self, ask: "Callable[[Store], T]", otherwise: Callable[[], T]) -> T:
        """Return what the file answers; where it can't be read, what there is without it."""
        import sqlite3

        from tui.core.notebook.connecting import open_to_read
        from tui.core.notebook.reasons import reason_of
        from tui.core.notebook.store import Store

        try:
            connection = open_to_read(self.file)
            if connection is None:
                self.read_problem = ""
                return otherwise()
            try:
                answer = ask(Store(connection))
            finally:
                connection.close()
        except (sqlite3.Error, OSError) as error:
            self.read_problem = reason_of(error, self.file)
            return otherwise()
        self.read_problem = ""
        return answer

    def source_for(self, episode: Episode) -> Source:
        """Return an episode as the notebook knows it from now on: under one id, kept or not."""
        made = new_source(episode)
        with self.lock:
            return self.new_sources.setdefault((made.path, made.content), made)

    def see(self, before: Source, now: Source) -> None:
        """Have what is known of an episode brought up to date, if this window keeps anything."""
        if self.thread is not None and before != now:
            self.queue.put(refresh(now))
