"""Going through the texts of one episode: its summary, notes, transcript, captions, chapters."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from tui.core.episode import Episode, Place
from tui.errors import PullquoteError
from tui.messages import VariantAsked
from tui.screens.reader.base import UNSAID, ReaderBase
from tui.widgets.typesetting import Anchor

if TYPE_CHECKING:
    from tui.core.loading import Loaded


@dataclass
class VariantRead(Message):
    """Another text of the episode was read."""

    read: "Loaded"
    place: Place
    """Where it corresponds to the place that was left."""


@dataclass
class VariantFailed(Message):
    """Another text of the episode can't be read."""

    reason: str


@dataclass(frozen=True, slots=True)
class Left:
    """Where a text was left, and how it was laid out."""

    episode_id: str
    place: Place
    top: Anchor
    width: int

    def is_of(self, episode: Episode, width: int) -> bool:
        """Say whether a text in a column of a width is laid out as it was."""
        return (self.episode_id, self.width) == (episode.id, width)


class Variants(ReaderBase):
    """The keys that show another text of the episode at the same place."""

    def __init__(self, episode: Episode) -> None:
        super().__init__(episode)
        self._left: dict[Path, Left] = {}
        """Where the texts were left that lead back to exactly there, as nothing was read since."""

        self._arrived: Place | None = None
        """Where the text that is shown was come to."""

        self._asked: int | None = None
        """Which text is being read, to be shown next."""

    def _episode_changed(self, *, is_another: bool) -> None:
        super()._episode_changed(is_another=is_another)
        self._asked = None if is_another else self._asked
        if is_another and not any(variant.path in self._left for variant in self.variants):
            self._left, self._arrived = {}, None
        self._name_variants()

    def _name_variants(self) -> None:
        """Say in the line of hints which text comes next; show the line of all of them."""
        several = len(self.variants) > 1
        following = self.variants[(self._variant + 1) % len(self.variants)].label if several else ""
        self.hints.call("next_variant", following)
        self.set_class(several, "-variants")

    def action_next_variant(self) -> None:
        """Show the episode's next text, at the same place."""
        self._step_variant(1)

    def action_previous_variant(self) -> None:
        """Show the episode's text before, at the same place."""
        self._step_variant(-1)

    def _step_variant(self, step: int) -> None:
        if len(self.variants) < 2:
            self.notify("This is the only text of the episode", markup=False)
        else:
            here = self._variant if self._asked is None else self._asked
            self._show_variant((here + step) % len(self.variants))

    @on(VariantAsked)
    def _take_variant(self, message: VariantAsked) -> None:
        if message.number < len(self.variants) and message.number != self._variant:
            self._show_variant(message.number)

    def _show_variant(self, number: int) -> None:
        page, path = self.page, self.variants[number].path
        if page.place != self._arrived:
            self._left = {}
        here = Left(self.episode.id, page.place, page.top_line, page.typesetter.width)
        self._left[self.episode.path] = here
        self._asked = number
        left = self._left.get(path)
        self._read_variant(path, self.episode, here.place, left.place if left is not None else None)

    @work(thread=True, exclusive=True, group="variant", description=UNSAID)
    def _read_variant(self, path: Path, episode: Episode, here: Place, place: Place | None) -> None:
        """Read another text, wholly where its head might not reach far enough.

        Args:
            path: Its file.
            episode: The text that is shown.
            here: Where the reader is in that.
            place: Where to show the other text; None for the corresponding place.
        """
        from tui.core.corresponding import corresponding
        from tui.core.loading import keep, loaded

        try:
            read = loaded(path, head=here == Place())
        except PullquoteError as error:
            self.post_message(VariantFailed(str(error)))
            return
        if place is None:
            place = corresponding(episode, here, read.episode)
        self.post_message(VariantRead(read, place))
        keep(read)

    @on(VariantFailed)
    def _say_variant_failed(self, message: VariantFailed) -> None:
        self._asked = None
        self.notify(message.reason, severity="warning", markup=False)

    @on(VariantRead)
    def _show_variant_read(self, message: VariantRead) -> None:
        episode = message.read.episode
        if self._asked is None or self.variants[self._asked].path != episode.path:
            return  # something else was asked for meanwhile
        self.open_episode(episode, message.place, message.read.variants)
        page = self.page
        left = self._left.get(episode.path)
        if left is not None and left.is_of(episode, page.typesetter.width):
            page.go_back(left.top)
        self._arrived = page.place
