"""Building a library's index: only what is new, changed or gone since the last time is touched."""

import gc
import os
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tui.core.search.changes import Changes, Stamps, Work, changes
from tui.core.search.engine import (
    WRITER_BYTES,
    EngineError,
    RemovedError,
    document,
    engine_errors,
    open_to_write,
)
from tui.core.search.episodes import RowsByFile, folder_of, read_all
from tui.core.search.keys import key_of
from tui.core.search.pool import GARBAGE_THRESHOLD
from tui.core.search.seals import broken, sealed
from tui.core.search.store import Contents, IndexFolder, Progress

if TYPE_CHECKING:
    import tantivy

SOONEST_COMMIT_S = 0.3
"""What was written first becomes findable after so many seconds …"""

LATEST_COMMIT_S = 5.0
"""… and later ones after so many: each commit costs the more, the more there is."""

COMMIT_SHARE = 0.15
"""In between, after this share of the time that the whole has taken so far."""

PROGRESS_S = 0.25

FEW_FILES = 16
"""So many are read by this process itself, which is quicker than starting others."""

MOST_PROCESSES = 3

UNREADABLE = -1
"""The size in the stamp of a file that we may not read: it is tried again every time."""

Tell = Callable[[Progress], None]


class Builder:
    """Brings the index of a library up to date; the lock must be held."""

    def __init__(
        self,
        library: Path,
        folder: IndexFolder,
        *,
        tell: Tell = lambda _progress: None,
        goes_on: Callable[[], bool] = lambda: True,
        processes: int | None = None,
    ) -> None:
        """Prepare the building.

        Args:
            library: The folder of episodes, or a file of several.
            folder: Where its index lies.
            tell: Called now and then with how far it has come.
            goes_on: Asked before each file; when it says no, what is done so far is kept.
            processes: How many processes read; None for as many as there are processors to spare.
        """
        self.library = library
        self.folder = folder
        self.tell = tell
        self.goes_on = goes_on
        self.processes = processes
        self.contents = Contents()
        self.begun_at = self.told_at = self.committed_at = time.monotonic()

    def build(self, *, anew: bool = False) -> int:
        """Read what has changed and write it; return how many files that were.

        Args:
            anew: Whatever there is of the index is removed before.

        Raises:
            PullquoteError: The library can't be looked through.
            EngineError, OSError: The index can't be written.
        """
        self.folder.make()
        self.folder.remove_unfinished()
        found = self.begin_anew() if anew else self.begin()
        try:
            index = open_to_write(self.folder.engine)
        except EngineError:
            # Damaged, or of another version: it holds nothing that is not in the files.
            found = self.begin_anew()
            index = open_to_write(self.folder.engine)
        if not found and self.folder.contents() is not None:
            self.say(Progress(0, 0))
            return 0
        return self.write(index, found)

    def begin(self) -> Changes:
        """Return what there is to do, from what there is of the index, if that is whole."""
        contents = self.folder.contents()
        if contents is None or broken(self.folder.engine, contents.seals) is not None:
            return self.begin_anew()
        self.contents = contents
        return changes(self.library, contents.stamps)

    def begin_anew(self) -> Changes:
        """Remove what there is of the index, and return what there is to do."""
        found = changes(self.library, {})
        self.folder.clear()
        self.folder.make()
        self.contents = Contents()
        return found

    def write(self, index: "tantivy.Index", found: Changes) -> int:
        """Write the changes into the index, committing now and then; return how many files were read."""
        with engine_errors():
            writer = index.writer(WRITER_BYTES, 1)
        total = found.to_read
        self.say(Progress(0, total))
        for folder, name in found.gone:
            self.remove(writer, folder, name)
        done = 0
        thresholds = gc.get_threshold()
        gc.set_threshold(GARBAGE_THRESHOLD)
        try:
            with closing(read_all(self.library, list(found.work), self.processes_for(found))) as read:
                for work, rows in read:
                    if not self.goes_on():
                        break
                    self.add(writer, work, rows)
                    done += len(work.files)
                    self.say(Progress(done, total))
                    if self.is_time_to_commit():
                        self.commit(writer)
        finally:
            gc.set_threshold(*thresholds)
        self.finish(writer)
        self.say(Progress(done, done))
        return done

    def processes_for(self, found: Changes) -> int:
        """Return how many processes read."""
        if self.processes is not None:
            return self.processes
        if found.to_read <= FEW_FILES:
            return 0
        return max(1, min(MOST_PROCESSES, (os.cpu_count() or 1) - 1))

    def add(self, writer: "tantivy.IndexWriter", work: Work, rows: RowsByFile) -> None:
        """Put an episode's files into the index, instead of what there was of them."""
        for name, stamp in work.files:
            self.remove(writer, work.folder, name)
            path = folder_of(self.library, work.folder) / name
            is_readable = os.access(path, os.R_OK)
            stamps = self.contents.stamps.setdefault(work.folder, {})
            stamps[name] = stamp if is_readable else (UNREADABLE, stamp[1])
        with engine_errors():
            for file, of_file in rows:
                for row in of_file:
                    writer.add_document(document(row, file))

    def remove(self, writer: "tantivy.IndexWriter", folder: str, name: str) -> None:
        """Take a file's sections out of the index."""
        # Also where the list does not know of it: an earlier writing may have been cut off before the list.
        with engine_errors():
            file = key_of(folder_of(self.library, folder) / name, self.library)
            writer.delete_documents_by_term("file", file)
        stamps: Stamps = self.contents.stamps
        if stamps.get(folder, {}).pop(name, None) is not None and not stamps[folder]:
            del stamps[folder]

    def is_time_to_commit(self) -> bool:
        """Say whether what was written should become findable."""
        now = time.monotonic()
        wait = min(max(SOONEST_COMMIT_S, COMMIT_SHARE * (now - self.begun_at)), LATEST_COMMIT_S)
        return now - self.committed_at > wait

    def commit(self, writer: "tantivy.IndexWriter") -> None:
        """Make what was written so far findable, and know that it is."""
        if not self.folder.is_mine:
            raise RemovedError("the index was removed while it was written")
        with engine_errors():
            writer.commit()
        self.know()
        self.committed_at = time.monotonic()

    def know(self) -> None:
        """Write down what is in the index, sealed."""
        try:
            self.contents.seals = sealed(self.folder.engine, self.contents.seals)
        except ValueError as error:
            raise EngineError(str(error)) from error
        self.folder.write_contents(self.contents)

    def finish(self, writer: "tantivy.IndexWriter") -> None:
        """Commit what is left; the engine removes the files that are in use no more."""
        self.commit(writer)
        with engine_errors():
            writer.wait_merging_threads()
        self.know()

    def say(self, progress: Progress) -> None:
        """Tell how far it has come, not too often."""
        now = time.monotonic()
        if progress.is_complete or not progress.done or now - self.told_at > PROGRESS_S:
            self.told_at = now
            self.folder.write_progress(progress)
            self.tell(progress)
