"""The process that writes the index, as the reader sees it: started, watched, and started again."""

import os
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE, Popen, TimeoutExpired

from tui.core.search.indexer import DONE, FAILED, NOT_ELECTED
from tui.core.search.processes import start
from tui.core.search.store import IndexFolder, Progress

MOST_FAILURES = 2
"""So often a process that was cut off is followed by another; files are read apart from it then."""

END_S = 0.3
"""How long the process is waited for when it is told to end, in seconds: leaving waits for it."""

LONGEST_REASON = 300


class Indexing:
    """Keeps the index of a library up to date, by processes of its own; nothing here takes long.

    Not thread-safe: one thread at a time may call it.
    """

    def __init__(self, library: Path, root: Path | None = None) -> None:
        self.library = library
        self.root = root
        self.folder = IndexFolder(library, root)
        self.process: Popen[bytes] | None = None
        self.is_wanted = False
        """Something has changed since the process looked through the library."""

        self.is_waiting = False
        """Another reader's process is at work; what it leaves undone is done after it."""

        self.failures = 0
        self.problem = ""
        """Why the index can't be kept up to date; empty if it can."""

    @property
    def is_at_work(self) -> bool:
        """Whether a process of ours or of another reader writes."""
        return self.process is not None or self.is_waiting

    def want(self) -> None:
        """Have the index brought up to date; while that is being done, have it done once more after it."""
        self.is_wanted = True
        self.tend()

    def tend(self) -> bool:
        """Look after the process; return whether one has ended."""
        ended = self.process is not None and self.process.poll() is not None
        if self.process is not None and ended:
            self.hear(self.process)
            self.process = None
        if self.is_waiting and not self.folder.is_locked():
            self.is_waiting, self.is_wanted = False, True
        if self.is_wanted and not self.is_at_work:
            self.begin()
        return ended

    def begin(self) -> None:
        """Start a process."""
        self.is_wanted = False
        words = [os.fspath(self.library.absolute()), str(os.getpid())]
        words += ["1" if self.failures else "", os.fspath(self.root.absolute()) if self.root else ""]
        try:
            self.process = start("tui.core.search.indexer", *words, stdout=PIPE)
        except OSError as error:
            self.problem = (error.strerror or str(error)).lower()

    def hear(self, process: "Popen[bytes]") -> None:
        """Take in how a process ended."""
        with process:
            said = process.stdout.read(LONGEST_REASON).decode(errors="replace") if process.stdout else ""
        if process.returncode == DONE:
            self.problem, self.failures = "", 0
        elif process.returncode == NOT_ELECTED:
            self.is_waiting = True
        elif process.returncode == FAILED and said.strip():
            self.problem = said.strip()
        else:
            # Cut off: by a crash, or because there was no memory left.
            self.failures += 1
            self.is_wanted = self.failures <= MOST_FAILURES
            self.problem = "" if self.is_wanted else "it was cut off again and again"

    def progress(self) -> Progress | None:
        """Return how far the process has come; None if none is at work, or it has not said so yet."""
        return self.folder.progress() if self.is_at_work else None

    def end(self) -> None:
        """End the process; what it has written so far is kept."""
        self.is_wanted = self.is_waiting = False
        process, self.process = self.process, None
        if process is None:
            return
        process.terminate()
        with process, suppress(TimeoutExpired):
            process.wait(END_S)
            return
        process.kill()
