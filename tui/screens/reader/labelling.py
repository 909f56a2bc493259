"""Labels over the text: one or two letters choose what is in sight."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from textual import events
from textual.dom import DOMNode

from tui.commands import TABLES
from tui.core.episode import Episode, Place
from tui.core.labels import LETTERS, MOST, labels
from tui.screens.reader.base import ReaderBase


class Picking(Protocol):
    """What is done with what a label stands on."""

    def __call__(self, *, is_capital: bool) -> None:
        """Do it; a capital among the letters may ask for something else."""


class Labelling(ReaderBase):
    """Puts labels on places in sight and takes the letters that are typed."""

    def __init__(self, episode: Episode) -> None:
        super().__init__(episode)
        self.typed = ""
        """The letters of a label so far."""

        self._labelled: Mapping[str, tuple[Place, Picking]] = {}
        self._label_table = ""
        self._is_capital = False

    @property
    def is_labelling(self) -> bool:
        """Whether there are labels."""
        return bool(self._labelled)

    @property
    def _is_choosing(self) -> bool:
        return self.is_labelling

    def label(self, table: str, places: Sequence[tuple[Place, Picking]], said: str) -> None:
        """Put a label on each place, and do what belongs to it once that is typed.

        Args:
            table: Whose keys work meanwhile; any other key ends the labels.
            places: Where each label is drawn, as ``Page.show_labels`` takes it, and what it does.
            said: What the bar says meanwhile.
        """
        found = places[:MOST]
        self._labelled = dict(zip(labels(len(found)), found, strict=True))
        self._label_table = table
        self.label_again()
        self.bar.say(said)
        self._show_hints()

    def label_again(self) -> None:
        """Begin with the first letter again."""
        self.typed, self._is_capital = "", False
        self._draw_labels()

    def end_labels(self) -> None:
        """Take the labels away."""
        if self.is_labelling:
            self._labelled, self.typed, self._is_capital = {}, "", False
            self.page.show_labels({})
            self._say_status()
            self._show_hints()

    def _draw_labels(self) -> None:
        """Draw the labels that fit what was typed."""
        self.page.show_labels(
            {place: label for label, (place, _) in self._labelled.items() if label.startswith(self.typed)}
        )

    def key_tables(self) -> Iterator[tuple[str, DOMNode]]:
        """Yield the table of the labels while there are such, then the others."""
        if self.is_labelling and not self.outline.has_focus:
            yield self._label_table, self
        yield from super().key_tables()

    def _episode_changed(self, *, is_another: bool) -> None:
        super()._episode_changed(is_another=is_another)
        self.end_labels()

    async def take_key(self, event: events.Key) -> bool:
        """Take a letter as a label; any other key, unless it is one of the labels' own, ends them."""
        letter = event.character or ""
        if self.is_labelling and len(letter) == 1 and letter.lower() in LETTERS:
            self._take_letter(letter)
            return True
        if self.is_labelling and not any(
            event.key in command.key_list for command in TABLES[self._label_table]
        ):
            self.end_labels()
        return await super().take_key(event)

    def _take_letter(self, letter: str) -> None:
        typed = self.typed + letter.lower()
        fitting = [label for label in self._labelled if label.startswith(typed)]
        if not fitting:
            self.app.bell()
            return
        self.typed = typed
        self._is_capital = self._is_capital or letter.isupper()
        if fitting != [typed]:
            self._draw_labels()
            return
        _place, pick = self._labelled[typed]
        pick(is_capital=self._is_capital)
