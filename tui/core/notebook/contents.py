"""What is in the notebook, for those who ask: what is on the disk, and what waits to be.

Reading never needs the thread that writes: each question opens the file, which takes less than a
millisecond, so what is answered is always what is there. Nothing that is asked raises an error for a file
that is missing, damaged or can't be read: the answer is what there is.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from tui.core.episode import Episode
from tui.core.notebook.queue import Queue
from tui.core.notebook.values import Bookmark, Highlight, Reading, Source, new_source
from tui.core.notebook.work import WorkKind, overlaid

if TYPE_CHECKING:
    from tui.core.notebook.counting import Counts
    from tui.core.notebook.notes import EpisodeNotes
    from tui.core.notebook.noting import Gathering
    from tui.core.notebook.store import Store

MOST_LAST = 50
"""Of so many episodes that were read last it is seen whether they are still there."""

T = TypeVar("T")


class Contents:
    """What a notebook holds; may be asked from any thread."""

    def __init__(self, file: Path) -> None:
        """Name the notebook; nothing is opened.

        Args:
            file: Its database, which need not be there.
        """
        # By a link and by its own name it is one file: SQLite's companions must lie beside that.
        self.file = Path(os.path.realpath(file))
        self.queue = Queue()
        self.lock = Lock()
        self.new_sources: dict[tuple[Path, str], Source] = {}
        """Episodes of which nothing is kept yet; guarded by ``lock``."""

        self.edition = 0
        """Goes up whenever what is in the notebook may have changed, as far as this window knows."""

        self.read_problem = ""
        """Why the file could not be read when that was last tried; empty if it could."""

    def of_episode(self, episode: Episode) -> "EpisodeNotes":
        """Return all that the notebook has of an episode, placed in its text as it is now."""
        return self.gather(episode, lambda gathering: gathering.notes())

    def reading_of(self, episode: Episode) -> Reading | None:
        """Return how far the reader is in an episode; quick, for the first frame."""
        if not self.queue.waiting and not os.path.lexists(self.file):
            return None
        return self.gather(episode, lambda gathering: gathering.reading())

    def last_read(self) -> Path | None:
        """Return the episode that was read last and is still there."""
        from tui.core.notebook.identity import is_there

        waiting = [work.change for work in self.queue.waiting if work.kind is WorkKind.READ_ON]
        recent = [
            edit.after.source.path for change in reversed(waiting) for edit in change.edits if edit.after
        ]
        rest = f"WHERE turn > 0 ORDER BY turn DESC LIMIT {MOST_LAST}"
        kept = self.read(lambda store: store.readings(rest), list[Reading])
        return next(filter(is_there, [*recent, *(reading.source.path for reading in kept)]), None)

    def highlights(self) -> tuple[Highlight, ...]:
        """Return all highlights, in the order in which they were made."""
        works = self.queue.waiting
        found = self.read(lambda store: store.highlights(), list[Highlight])
        return tuple(one for one in overlaid(found, works) if isinstance(one, Highlight))

    def newest(self, limit: int) -> tuple[Highlight, ...]:
        """Return the highlights made last, the newest first; that takes no longer if there are many."""
        works = self.queue.waiting
        rest = "ORDER BY number DESC LIMIT ?"
        found = self.read(lambda store: store.highlights(rest, [limit]), list[Highlight])
        shown = overlaid(reversed(found), works, is_part=True)
        return tuple([one for one in reversed(shown) if isinstance(one, Highlight)][:limit])

    def recent_highlights(self, most: int) -> tuple[Highlight, ...]:
        """Return highlights of the episodes that were marked last, as they stand in their texts; quick."""
        works = self.queue.waiting
        found = self.read(lambda store: store.recent_highlights(most), list[Highlight])
        return tuple(one for one in overlaid(found, works, is_part=True) if isinstance(one, Highlight))

    def counts(self) -> "Counts":
        """Return how much is in the notebook."""
        from tui.core.notebook.counting import counts

        works = self.queue.waiting
        return self.read(lambda store: counts(store, works), lambda: counts(None, works))

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """Return all bookmarks and letters, in the order in which they were made."""
        works = self.queue.waiting
        found = self.read(lambda store: store.bookmarks(), list[Bookmark])
        return tuple(one for one in overlaid(found, works) if isinstance(one, Bookmark))

    def readings(self) -> Mapping[Path, Reading]:
        """Return how far the reader is in each episode, by the path where that was seen last."""
        works = self.queue.waiting
        found = self.read(lambda store: store.readings("ORDER BY turn"), list[Reading])
        return {one.source.path: one for one in overlaid(found, works) if isinstance(one, Reading)}

    def highlighted(self) -> Mapping[Path, int]:
        """Return how many highlights each episode has that has any, by the path where it was seen last."""
        from tui.core.notebook.counting import by_path

        works = self.queue.waiting
        return self.read(lambda store: by_path(store, works), lambda: by_path(None, works))

    def tag_counts(self) -> Mapping[str, int]:
        """Return how many highlights have each tag, the most used first."""
        from tui.core.notebook.counting import tags

        works = self.queue.waiting
        return self.read(lambda store: tags(store, works), lambda: tags(None, works))

    def source_for(self, episode: Episode) -> Source:
        """Return an episode of which nothing is kept as it is known from now on."""
        made = new_source(episode)
        with self.lock:
            return self.new_sources.setdefault((made.path, made.content), made)

    def see(self, before: Source, now: Source) -> None:
        """Take in what was known of an episode, and what is known now."""

    def gather(self, episode: Episode, ask: "Callable[[Gathering], T]") -> T:
        """Return what there is of an episode."""
        from tui.core.notebook.noting import Gathering

        # What waits is asked for first: what is kept in between is then seen twice, not never.
        works = self.queue.waiting

        def gathered(store: "Store | None" = None) -> T:
            return ask(Gathering(episode, works, lambda: self.source_for(episode), store, self.see))

        return self.read(gathered, gathered)

    def read(self, ask: "Callable[[Store], T]", otherwise: Callable[[], T]) -> T:
        """Return what the file answers; where it can't be read, what there is without it."""
        if not os.path.lexists(self.file):
            self.read_problem = ""
            return otherwise()
        # Imported here: who has no notebook does not wait for it.
        import sqlite3

        from tui.core.notebook.connecting import open_to_read
        from tui.core.notebook.reasons import reason_of
        from tui.core.notebook.store import Store

        try:
            connection = open_to_read(self.file)
            if connection is None:
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
