"""Watching a folder of episodes: somebody is told when files in it come, go or change.

The system tells (watchfiles). Where it can't, because a folder lies on another machine or there are no more
watches to be had, the folder is looked through again and again, less often the longer that takes. A folder
that vanishes is waited for.
"""

import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from tui.core.search.changes import FileScan, Stamps
from tui.core.suffixes import is_episode_name
from tui.errors import PullquoteError

GATHERED_MS = 400
"""Changes that follow each other are told as one, up to so many milliseconds after the first."""

STEP_MS = 50
"""How long nothing may follow for the changes to be told, and how soon a watch ends, in milliseconds."""

LOOK_MS = 500
"""How often it is seen whether the folder is still there, in milliseconds."""

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

    def __init__(self, folder: Path, on_change: Callable[[], None], *, polls: bool | None = None) -> None:
        """Prepare watching.

        Args:
            folder: The folder, or a file; it need not be there.
            on_change: Called in the thread, after changes.
            polls: Look through the folder instead of being told; None where that is needed.
        """
        self.folder = folder.absolute()
        self.on_change = on_change
        self.polls = polls
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
            if not polls:
                polls = not self.be_told(identity)
            else:
                self.poll()

    def is_back(self) -> bool:
        """Wait until the folder is there; return whether it is, or the watch was stopped."""
        while not self.stopped.wait(LOOK_MS / 1000):
            if identity_of(self.folder) is not None:
                return True
        return False

    def be_told(self, identity: tuple[int, int]) -> bool:
        """Tell of changes as the system does, until the folder is gone; return whether that was possible."""
        # Not needed for the first frame, and it brings much along.
        from watchfiles import watch

        try:
            for changes in watch(
                self.folder,
                watch_filter=lambda _change, path: self.is_of_interest(path),
                debounce=GATHERED_MS,
                step=STEP_MS,
                stop_event=self.stopped,
                rust_timeout=LOOK_MS,
                yield_on_timeout=True,
                raise_interrupt=False,
                ignore_permission_denied=True,
            ):
                is_gone = identity_of(self.folder) != identity
                if (changes or is_gone) and not self.stopped.is_set():
                    self.on_change()
                if is_gone:
                    return True
        except (OSError, RuntimeError):
            # It may have gone just before; else there are no more watches.
            return identity_of(self.folder) != identity
        return True

    def is_of_interest(self, path: str) -> bool:
        """Say whether a change of a file tells of episodes; of a folder its name tells nothing."""
        if path == os.fspath(self.folder):
            return True
        parts = Path(os.path.relpath(path, self.folder)).parts
        if any(part.startswith(".") and part != os.pardir for part in parts):
            return False
        return is_episode_name(parts[-1]) or not Path(parts[-1]).suffix

    def poll(self) -> None:
        """Look through the folder now and then, until it is gone."""
        before: Stamps | None = None
        while not self.stopped.is_set():
            begun = time.monotonic()
            try:
                now = FileScan(self.folder).run()
            except PullquoteError:
                self.on_change()
                return
            if before is not None and now != before:
                self.on_change()
            before = now
            self.stopped.wait(max(POLL_S, POLL_SHARE * (time.monotonic() - begun)))


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
