"""Keeping up with the file that is read: changed, it is read again; gone, what was read stays."""

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from tui.core.episode import Episode, Place
from tui.core.finding import EpisodeIndex
from tui.errors import PullquoteError
from tui.screens.reader.base import UNSAID, WAIT_S, ReaderBase

if TYPE_CHECKING:
    from tui.core.loading import Loaded
    from tui.core.settling import FileState

STANDARD_INPUT = "-"

CHANGED = "The file has changed and was read again"
GONE = "The file is not there any more; what was read stays here"
EMPTY = "The file is empty now; what was read stays here"
UNREADABLE = "The file has changed and can't be read; what was read stays here"


@dataclass
class FileSeen(Message):
    """The file is what it was when it was read."""

    path: Path
    state: "FileState"


@dataclass
class FileChanged(Message):
    """The file was read again, for it holds something else."""

    read: "Loaded"
    index: EpisodeIndex
    state: "FileState"
    place: Place
    """Where the reading was …"""

    place_now: Place
    """… and where that is now."""


@dataclass
class FileLost(Message):
    """The file can't be read any more, or there is nothing in it."""

    path: Path
    why: str


class Following(ReaderBase):
    """The part of the reader that follows the file: quietly, and never showing half of it."""

    def __init__(self, episode: Episode) -> None:
        super().__init__(episode)
        self._state_seen: FileState | None = None
        """The state of the file that was read."""

        self._look = object()
        """The last look at the file."""

        self._said: set[str] = set()
        """What was said of this episode's file already."""

    def follow_file(self) -> None:
        """Read the file again if it holds something else than what is shown."""
        has_file = not self.is_empty and os.fspath(self.episode.path) != STANDARD_INPUT
        if has_file and not self.episode.partial:
            self._look = object()
            self._look_at_file(self.episode, self._state_seen, self.page.place, self._look)

    def _episode_changed(self, *, is_another: bool) -> None:
        super()._episode_changed(is_another=is_another)
        if is_another:
            self._state_seen, self._said = None, set()

    @work(thread=True, group="following", description=UNSAID)
    def _look_at_file(self, episode: Episode, seen: "FileState | None", place: Place, look: object) -> None:
        """Wait until the file has settled, and see what it holds; another look ends this one."""
        from tui.core.settling import settled

        worker = get_current_worker()
        path = episode.path
        state = settled(path, lambda: look is self._look and not worker.is_cancelled)
        if look is not self._look or worker.is_cancelled or (state is not None and state == seen):
            return
        if state is None:
            self.post_message(FileLost(path, GONE))
        elif holds(path, episode):
            self.post_message(FileSeen(path, state))
        else:
            self.post_message(self._read_again(episode, state, place))

    def _read_again(self, episode: Episode, state: "FileState", place: Place) -> Message:
        """Read the file of an episode again, and return what became of that."""
        from tui.core.loading import keep, loaded
        from tui.core.notebook.places import place_anchor, place_of
        from tui.core.notebook.text import EpisodeText

        path = episode.path
        try:
            read = loaded(path, reader=self.forced.get(path))
        except PullquoteError:
            return FileLost(path, UNREADABLE)
        if not read.episode.words and episode.words:
            return FileLost(path, EMPTY)
        index = EpisodeIndex(read.episode)
        index.prepare()
        anchor = place_anchor(EpisodeText(episode), place)
        keep(read)
        return FileChanged(read, index, state, place, place_of(anchor, EpisodeText(read.episode)))

    @on(FileSeen)
    def _take_seen(self, message: FileSeen) -> None:
        if message.path == self.episode.path:
            self._state_seen = message.state
            self._said.discard(GONE)

    @on(FileChanged)
    def _take_changed(self, message: FileChanged) -> None:
        episode = message.read.episode
        if episode.path != self.episode.path:
            return
        if self._is_choosing or self.page.selection is not None:
            # What is under the reader's fingers must not change.
            self.set_timer(WAIT_S, partial(self._take_changed, message))
            return
        is_there = self.page.place == message.place
        self.variants, self._state_seen = message.read.variants, message.state
        self._said.discard(GONE)
        self._show(episode, message.place_now if is_there else None, message.index)
        self._say(CHANGED)

    @on(FileLost)
    def _take_lost(self, message: FileLost) -> None:
        if message.path == self.episode.path:
            self._state_seen = None
            self._say(message.why)

    def _say(self, what: str) -> None:
        """Say something of this episode's file, once."""
        if what not in self._said:
            self._said.add(what)
            self.notify(what, markup=False)


def holds(path: Path, episode: Episode) -> bool:
    """Say whether a file holds, byte for byte, the episode that was read from it."""
    from tui.core.files import read_bytes
    from tui.core.reading import id_of

    try:
        return episode.count == 1 and id_of(read_bytes(path).data) == episode.id
    except PullquoteError:
        return False
