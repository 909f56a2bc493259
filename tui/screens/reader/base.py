"""The parts of the reader screen, the episode they show, and what follows the reading."""

import gc
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.dom import DOMNode
from textual.message import Message

from tui.core.episode import Episode, Place
from tui.core.finding import EpisodeIndex, Query
from tui.core.folds import FoldState
from tui.errors import PullquoteError
from tui.widgets.hints import Hints
from tui.widgets.key_screen import KeyScreen
from tui.widgets.outline import Outline
from tui.widgets.page import Page
from tui.widgets.running_head import Heading, RunningHead
from tui.widgets.search_bar import FIND_IN_EPISODE, SearchBar

if TYPE_CHECKING:
    from tui.core.formats.table import Reader
    from tui.core.siblings import Variant

WAIT_S = 0.25
"""How long what arrives waits while the reader chooses a label, in seconds."""

MOST_JUMPS = 100
"""How many jumps can be taken back."""

FROM_NOTEBOOK = (Path(), Place())
"""Stands among the jumps for the way here from the notebook."""


UNSAID = "reads"
"""A worker's description. Textual's own holds all arguments as text: of an episode that takes seconds."""


@dataclass
class EpisodeRead(Message):
    """The whole file was read."""

    episode: Episode
    index: EpisodeIndex
    """Its texts, ready for finding."""

    variants: "tuple[Variant, ...]" = ()
    """All files of the episode, if it has several."""


@dataclass
class ReadingFailed(Message):
    """The file can't be read."""

    reason: str


@dataclass(slots=True)
class Remembered:
    """What is remembered of an episode while the program runs."""

    place: Place = field(default_factory=Place)
    read_sections: set[int] = field(default_factory=set)
    folds: FoldState = field(default_factory=FoldState)


class ReaderBase(KeyScreen):
    """Holds the parts and the episode; the activities are built on it."""

    def __init__(self, episode: Episode) -> None:
        super().__init__()
        self._clicked: Place | None = None
        """Where the mouse clicked last, until something is found: the sentence cursor begins there."""

        self.episode = episode
        self.variants: tuple[Variant, ...] = ()
        """All files of the episode, this one among them, if it has several."""

        self.forced: dict[Path, Reader] = {}
        """Files that somebody named a reader for; when they are read again, it is by this one."""

        self.outline = Outline(episode, id="outline")
        self.states: dict[Path, Remembered] = {}
        self.page = Page(episode, fold_state=self._state(episode).folds, id="page")
        self.head = RunningHead(self._heading, id="running-head")
        self.bar = SearchBar(FIND_IN_EPISODE, id="search")
        self.hints = Hints("Reader", id="hints")
        self.page.on_moved = self._follow
        self.page.key_taker = self.outline.key_taker = self.bar.key_taker = self.take_key
        self.query_kept: Query | None = None
        """What ``n`` and ``N`` look for."""

        self._index: EpisodeIndex | None = None
        self._jumps: list[tuple[Path, Place]] = []
        self.is_from_notebook = False
        """Whether a place is being gone to that was chosen in the notebook."""

        self.page.read_sections = self._state(episode).read_sections

    # Episodes

    def open_episode(
        self,
        episode: Episode,
        place: Place | None = None,
        variants: "tuple[Variant, ...]" = (),
        *,
        index: EpisodeIndex | None = None,
        is_back: bool = False,
    ) -> None:
        """Show another episode.

        Args:
            episode: What to show.
            place: Where; None for where it was left.
            variants: All its files, if it has several.
            index: Its texts, ready for finding; None to make them when they are needed.
            is_back: Whether a jump is taken back, and none begins.
        """
        self._remember()
        if not is_back and not self.is_empty and not self.shows(episode.path):
            self._jump_from_here()
        self.variants = variants
        self._show(episode, place or self._state(episode).place, index)
        self.page.focus()

    @property
    def is_empty(self) -> bool:
        """Whether no episode was opened yet."""
        return not self.episode.id

    def _show(self, episode: Episode, place: Place | None, index: EpisodeIndex | None = None) -> None:
        is_another = episode.path != self.episode.path
        self.episode = episode
        self.page.show(episode, place, self._state(episode).folds)
        self.page.read_sections = self._state(episode).read_sections
        self.outline.show(episode)
        self._index = index
        self._episode_changed(is_another=is_another)
        self._follow()
        self.read_on()

    def read_on(self) -> None:
        """Read the rest of a file of which only the head is shown so far."""
        if self.episode.partial:
            self._read(self.episode.path)

    def _episode_changed(self, *, is_another: bool) -> None:
        """Let the activities know that there is another episode, or the same one read again."""

    def _state(self, episode: Episode) -> Remembered:
        return self.states.setdefault(episode.path, Remembered())

    def _remember(self) -> None:
        self._state(self.episode).place = self.page.place

    @work(thread=True, exclusive=True, group="reading", description="reading")
    def _read(self, path: Path) -> None:
        from tui.core.loading import keep, loaded

        try:
            read = loaded(path, reader=self.forced.get(path))
        except PullquoteError as error:
            self.post_message(ReadingFailed(str(error)))
            return
        _ = read.episode.words  # counted here: of a large file it takes many frames
        index = EpisodeIndex(read.episode)
        index.prepare()
        self.post_message(EpisodeRead(read.episode, index, read.variants))
        keep(read)

    @on(EpisodeRead)
    def _show_read(self, message: EpisodeRead) -> None:
        if self._is_choosing:
            # Labels must not change under the reader's fingers.
            self.set_timer(WAIT_S, partial(self._show_read, message))
        elif message.episode.path == self.episode.path:
            self.variants = message.variants
            self._show(message.episode, None, message.index)
            # A large episode is half a million objects that stay: looking through them for garbage
            # would stop the keys for several frames now and then.
            gc.freeze()

    @on(ReadingFailed)
    def _say_failed(self, message: ReadingFailed) -> None:
        self.notify(message.reason, severity="error", markup=False)

    # Following the reading

    def _heading(self) -> Heading:
        """Return what the line above the page says."""
        page = self.page
        progress = page.progress
        section = self.episode.sections[progress.section]
        left = "end" if page.at_end else f"{progress.minutes_left} min"
        more = " · reading on …" if self.episode.partial else ""
        return Heading(
            section.title or self.episode.title,
            f"{progress.section + 1} / {len(self.episode.sections)} · {progress.percent} % · {left}{more}",
            page.margin,
            page.typesetter.width,
            tuple(variant.label for variant in self.variants),
            self._variant,
        )

    def shows(self, path: Path) -> bool:
        """Say whether a path is that of the episode, or of one of its files."""
        return path == self.episode.path or any(path == variant.path for variant in self.variants)

    @property
    def _variant(self) -> int:
        """Which of the episode's files is shown."""
        paths = (number for number, one in enumerate(self.variants) if one.path == self.episode.path)
        return next(paths, 0)

    def _follow(self) -> None:
        """Let the line above the page and the outline follow the reading."""
        page = self.page
        self.head.follow()
        self.outline.current = page.progress.section
        self.outline.mark(page.read_sections, page.hits.by_section if page.hits is not None else Counter())

    def _jump_from_here(self) -> None:
        """Remember the place before a jump."""
        self._remember_jump(self.page.place)

    def _remember_jump(self, place: Place) -> None:
        here = (self.episode.path, place)
        if not self._jumps or self._jumps[-1] != here:
            self._jumps = [*self._jumps, here][-MOST_JUMPS:]

    def remember_arrival(self) -> None:
        """Remember, where a place was come to from the notebook, that the way back leads there."""
        if self.is_from_notebook:
            self.is_from_notebook = False
            self._jumps = [*self._jumps, FROM_NOTEBOOK][-MOST_JUMPS:]

    @property
    def _is_choosing(self) -> bool:
        """Whether what is on the screen must stay as it is for now."""
        return False

    def _say_status(self, said: str = "") -> None:
        """Say at the end of the bar what is to be said when nothing else is; ``said`` comes first."""
        self.bar.say(said)

    def key_tables(self) -> Iterator[tuple[str, DOMNode]]:
        """Yield the tables whose keys work just now, and who carries their commands out."""
        if self.focused is self.outline:  # known before the outline itself hears of it
            yield "Outline", self.outline
            yield "Outline", self
        else:
            yield "Reader", self
        yield "Everywhere", self.app

    def _show_hints(self) -> None:
        name, _node = next(iter(self.key_tables()))
        if self.bar.is_open:
            self.hints.show(self.bar.purpose.table, typing=True)
        else:
            self.hints.show(name, first=self._first_hints(name))

    def _first_hints(self, table: str) -> tuple[str, ...]:
        """Return the actions of a table that matter most just now."""
        return ()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the hints of what has the focus."""
        self._show_hints()
