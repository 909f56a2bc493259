"""Watching a folder of episodes: somebody is told when files in it come, go or change.

The system tells (watchfiles). Only the folders are watched in which episodes are looked for, one by one: a
watch of everything below would go through all files first, and keep whoever waits for it waiting. Where the
system can't tell, because a folder lies on another machine or there are no more watches to be had, the folder
is looked through again and again, less often the longer that takes. A folder that vanishes is waited for. A
single file is looked at now and then.
"""

import os
import stat
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from tui.core.library import Scan, belongs_to_page, is_folder
from tui.core.search.changes import FileScan, Stamps
from tui.core.suffixes import is_episode_name
from tui.errors import PullquoteError

if TYPE_CHECKING:
    from tui.core.library import Entry

GATHERED_MS = 400
"""Changes that follow each other are told as one, up to so many milliseconds after the first."""

STEP_MS = 100
"""How long nothing may follow for the changes to be told, and how soon a watch ends, in milliseconds."""

LOOK_MS = 1000
"""How often it is seen whether the folder is still there, or the file what it was, in milliseconds."""

POLL_S = 3.0
"""How often a folder is looked through that can't be watched …"""

POLL_SHARE = 20
"""… or after so many times as long as it takes."""

END_S = 3.0

REMOTE = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "drvfs", "fuse.", "vboxsf", "virtiofs", "prl_fs")
"""What the names of file systems begin with that tell nothing of changes made elsewhere (Linux's names)."""

MOUNTS = Path("/proc/self/mounts")


class Watch:
    """Watches a folder in a thread of its own, from ``start`` to ``stop``."""

    def __init__(
        self,
        folder: Path,
        on_change: Callable[[], None],
        *,
        on_begun: Callable[[], None] = lambda: None,
        polls: bool | None = None,
        is_deep: bool = True,
    ) -> None:
        """Prepare watching.

        Args:
            folder: The folder, or a file; it need not be there.
            on_change: Called in the thread, after changes.
            on_begun: Called in the thread, once, when every change from then on will be told; what came
                before may not have been.
            polls: Look through the folder instead of being told; None where that is needed.
            is_deep: Watch the folders inside the folder, too.
        """
        self.folder = folder.absolute()
        self.on_change = on_change
        self.on_begun = on_begun
        self.polls = polls
        self.is_deep = is_deep
        self.has_begun = False
        self.stopped = Event()
        self.thread = Thread(target=self.run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self.thread.start()

    def stop(self) -> None:
        """End watching, and wait for that."""
        self.stopped.set()
        if self.thread.is_alive():
            self.thread.join(END_S)

    def run(self) -> None:
        """Watch until it is stopped."""
        polls = is_remote(self.folder) if self.polls is None else self.polls
        while not self.stopped.is_set():
            identity = identity_of(self.folder)
            if identity is None:
                if self.is_back():
                    self.on_change()
                continue
            if not polls and self.folder.is_dir():
                polls = not self.be_told(identity)
            else:
                self.poll()

    def begin(self) -> None:
        """Tell that watching has begun; that it has begun anew is told as a change."""
        (self.on_change if self.has_begun else self.on_begun)()
        self.has_begun = True

    def is_back(self) -> bool:
        """Wait until the folder is there; return whether it is, or the watch was stopped."""
        while not self.stopped.wait(LOOK_MS / 1000):
            if identity_of(self.folder) is not None:
                return True
        return False

    def be_told(self, identity: tuple[int, int]) -> bool:
        """Tell of changes as the system does, until the folder is gone; return whether that was possible."""
        while not self.stopped.is_set():
            try:
                folders = FolderScan(self.folder, is_deep=self.is_deep).run()
                for changed in self.changes_in(folders):
                    is_gone = identity_of(self.folder) != identity
                    if (changed or is_gone) and not self.stopped.is_set():
                        self.on_change()
                    if is_gone:
                        return True
                    if any(path in folders or os.path.isdir(path) for path in changed):  # noqa: PTH112
                        # There are other folders to watch now.
                        break
            except (OSError, RuntimeError, PullquoteError):
                # It may have gone just before; else there are no more watches.
                return identity_of(self.folder) != identity
        return True

    def changes_in(self, folders: Collection[str]) -> Iterator[set[str]]:
        """Yield the paths that have changed in some folders, now and then none."""
        # Not needed for the first frame, and it brings much along.
        from watchfiles import watch

        is_begun = False
        """Whether this watch has begun; what came between the last one and this may not have been told."""

        for changes in watch(
            *folders,
            watch_filter=lambda _change, path: path in folders or self.is_of_interest(path),
            debounce=GATHERED_MS,
            step=STEP_MS,
            stop_event=self.stopped,
            rust_timeout=LOOK_MS,
            yield_on_timeout=True,
            raise_interrupt=False,
            ignore_permission_denied=True,
            recursive=False,
        ):
            if not is_begun and not self.stopped.is_set():
                is_begun = True
                self.begin()
            yield {path for _, path in changes}

    def is_of_interest(self, path: str) -> bool:
        """Say whether a change of a file or a folder tells of episodes."""
        if path == os.fspath(self.folder):
            return True
        parts = Path(os.path.relpath(path, self.folder)).parts
        if any(part.startswith(".") and part != os.pardir for part in parts):
            return False
        # One that has gone can't be asked what it was.
        is_folder = not Path(parts[-1]).suffix or os.path.isdir(path)  # noqa: PTH112 - a string is at hand
        return is_episode_name(parts[-1]) or is_folder

    def poll(self) -> None:
        """Look through the folder, or at the file, now and then, until it is gone."""
        before: Stamps | None = None
        wait_s = POLL_S if self.folder.is_dir() else min(LOOK_MS / 1000, POLL_S)
        while not self.stopped.is_set():
            begun = time.monotonic()
            try:
                now = StampScan(self.folder, is_deep=self.is_deep).run()
            except PullquoteError:
                self.on_change()
                return
            if before is None:
                self.begin()
            elif now != before:
                self.on_change()
            before = now
            self.stopped.wait(max(wait_s, POLL_SHARE * (time.monotonic() - begun)))


class StampScan(FileScan):
    """A look through a folder for its files, and at those of the folders inside it only if that is asked."""

    def __init__(self, folder: Path, *, is_deep: bool) -> None:
        super().__init__(folder)
        self.is_deep = is_deep

    def queue(self, item: "os.DirEntry[str]", depth: int) -> None:
        """Keep a folder for later, if it is to be looked at."""
        if self.is_deep:
            super().queue(item, depth)


class FolderScan(Scan):
    """A look through a folder that only takes down in which folders episodes are looked for."""

    def __init__(self, folder: Path, *, is_deep: bool = True) -> None:
        super().__init__(folder, [], grouped=False)
        self.is_deep = is_deep
        self.folders: set[str] = set()

    def run(self) -> set[str]:
        """Return the folders.

        Raises:
            PullquoteError: It is not there, or can't be looked through.
        """
        for _ in self.entries():
            """Nothing is yielded: what is found is taken down."""
        return self.folders

    def entries_of(self, found: "Iterable[os.DirEntry[str]]", path: str, depth: int) -> "Iterator[Entry]":
        """Take down one folder and put those inside it in the queue."""
        self.folders.add(path)
        items = list(found) if self.is_deep else []
        names = dict.fromkeys(item.name for item in items)
        for item in items:
            if is_folder(item) and not belongs_to_page(item.name, names):
                self.queue(item, depth + 1)
        return iter(())


def watch_folder(folder: Path, on_change: Callable[[], None]) -> Watch:
    """Return a watch of a folder that has begun.

    Args:
        folder: The folder, or a file; it need not be there.
        on_change: Called after changes, in another thread.
    """
    found = Watch(folder, on_change)
    found.start()
    return found


def identity_of(path: Path) -> tuple[int, int] | None:
    """Return what tells a folder from another that takes its place; None if it is not there."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    # A file that is saved is another one each time.
    return (status.st_dev, status.st_ino) if stat.S_ISDIR(status.st_mode) else (status.st_dev, 0)


def is_remote(folder: Path) -> bool:
    """Say whether a folder lies on a file system that tells nothing of changes made elsewhere."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return False
    path = os.path.realpath(folder)
    longest, kind = "", ""
    for line in lines:
        _device, place, name, *_ = line.split(" ")
        # Blanks in names are written as octal numbers.
        place = place.replace("\\040", " ")
        inside = path == place or path.startswith(place.rstrip("/") + "/")
        if inside and len(place) >= len(longest):
            longest, kind = place, name
    return kind.startswith(REMOTE)
