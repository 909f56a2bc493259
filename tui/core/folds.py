"""Folded stretches of an episode: which there are, which of them are open, what is shown of the text.

A stretch is folded because its blocks say so (``Block.fold``: a transcript under a summary, a sponsor's
words), or because the reader asked for one speaker only and others say it. Nothing is taken out of the
episode: places in it stay what they are.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby
from typing import NamedTuple

from tui.core.episode import Block, BlockKind, Episode, Place, Section
from tui.core.speakers import section_speaker

TRANSCRIPT = "transcript"
"""The fold that opens for whoever asks for one speaker's words: they are what it holds."""

OTHERS = ""
"""Stands for what others say than the one speaker who is asked for: no fold of a text has this name."""

NOBODY = "Other text"
"""What is nobody's words is called."""

HIDDEN = Block(BlockKind.PARAGRAPH, "")
"""Stands for a block in a closed fold."""

MOST_NAMES = 3
"""How many names a fold of several speakers shows."""

FoldKey = tuple[int, int, str]
"""Section, first block and kind of a fold: the same in the head of a file and in the whole of it."""


class Fold(NamedTuple):
    """Neighbouring blocks of one section that are shown or folded together."""

    section: int
    """The section's ordinal."""

    start: int
    """The index of its first block."""

    end: int
    """One past the index of its last block."""

    kind: str
    """The name its blocks carry, or ``OTHERS``."""

    label: str
    """What a reader is told that it holds."""

    words: int

    @property
    def key(self) -> FoldKey:
        """Tells it from the others of the episode."""
        return (self.section, self.start, self.kind)

    def holds(self, place: Place) -> bool:
        """Say whether a place is in one of its blocks."""
        return place.section == self.section and self.start <= place.block < self.end


@dataclass(slots=True)
class FoldState:
    """What a reader did to the folds of an episode; kept while the program runs."""

    only: str | None = None
    """The one speaker whose words are shown; None for everyone's."""

    opened: set[FoldKey] = field(default_factory=set)


class Folds:
    """The folds of an episode as a reader has them. Of one without any it costs one look at its blocks."""

    def __init__(self, episode: Episode, state: FoldState | None = None) -> None:
        self.episode = episode
        self.state = state if state is not None else FoldState()
        self._folds: dict[int, tuple[Fold, ...]] = {}
        for section in episode.sections:
            folds = tuple(_folds(episode, section, self.state.only))
            if folds:
                self._folds[section.ordinal] = folds
        self._totals: list[int] | None = None
        self._inside: dict[int, list[int]] = {}
        self._shown: Episode | None = None

    def __bool__(self) -> bool:
        return bool(self._folds)

    def in_section(self, ordinal: int) -> tuple[Fold, ...]:
        """Return the folds of a section, in order."""
        return self._folds.get(ordinal, ())

    def is_open(self, fold: Fold) -> bool:
        """Say whether what a fold holds is shown."""
        return fold.key in self.state.opened

    def at(self, place: Place) -> Fold | None:
        """Return the fold that a place is in, open or closed; None outside of all, and for headings."""
        folds = self.in_section(place.section)
        index = bisect_right(folds, place.block, key=lambda fold: fold.start) - 1
        return folds[index] if index >= 0 and folds[index].holds(place) else None

    def closed_at(self, place: Place) -> Fold | None:
        """Return the closed fold that hides a place; None where it is shown."""
        fold = self.at(place)
        return fold if fold is not None and not self.is_open(fold) else None

    # Opening and closing

    def set_open(self, folds: Iterable[Fold], *, is_open: bool) -> None:
        """Open some folds, or close them."""
        keys = {fold.key for fold in folds}
        if is_open:
            self.state.opened |= keys
        else:
            self.state.opened -= keys
        self._totals, self._inside, self._shown = None, {}, None

    def set_opened(self, keys: Iterable[FoldKey]) -> None:
        """Open just these folds of the episode, and close all others."""
        self.state.opened = set(keys)
        self.set_open((), is_open=True)

    @property
    def all(self) -> Iterator[Fold]:
        """Every fold, in order."""
        for folds in self._folds.values():
            yield from folds

    # What is shown

    @property
    def shown(self) -> Episode:
        """The episode without the words that closed folds hide: their blocks are there, and blank.

        Places in it are places of the episode, so it can be walked through in its stead.
        """
        if self._shown is None:
            self._shown = self.episode
            if any(not self.is_open(fold) for fold in self.all):
                sections = tuple(self._blanked(section) for section in self.episode.sections)
                self._shown = replace(self.episode, sections=sections)
        return self._shown

    def words_before(self, ordinal: int) -> int:
        """Return how many words are shown before a section; of one past the last section, in all."""
        if self._totals is None:
            counts = (
                section.words - sum(fold.words for fold in self._closed(section.ordinal))
                for section in self.episode.sections
            )
            self._totals = list(accumulate(counts, initial=0))
        return self._totals[ordinal]

    def words_before_block(self, ordinal: int, block: int) -> int:
        """Return how many words of a section are shown before one of its blocks."""
        if ordinal not in self._inside:
            counts: list[int] | tuple[int, ...] = self.episode.sections[ordinal].block_words
            for fold in self._closed(ordinal):
                counts = [*counts] if isinstance(counts, tuple) else counts
                counts[fold.start : fold.end] = [0] * (fold.end - fold.start)
            self._inside[ordinal] = list(accumulate(counts, initial=0))
        return self._inside[ordinal][block]

    def _closed(self, ordinal: int) -> list[Fold]:
        return [fold for fold in self.in_section(ordinal) if not self.is_open(fold)]

    def _blanked(self, section: Section) -> Section:
        closed = self._closed(section.ordinal)
        if not closed:
            return section
        blocks = list(section.blocks)
        for fold in closed:
            blocks[fold.start : fold.end] = [HIDDEN] * (fold.end - fold.start)
        return replace(section, blocks=tuple(blocks))


def _folds(episode: Episode, section: Section, only: str | None) -> Iterator[Fold]:
    """Yield a section's folds, in order."""
    if only is None:
        names = [block.fold or None for block in section.blocks]
        if not any(names):
            return
    else:
        inherited = section_speaker(episode, section)
        names = [_name_beside(only, block, block.speaker or inherited) for block in section.blocks]
    at = 0
    for name, run in groupby(names):
        start, at = at, at + len(list(run))
        if name is None or (name == OTHERS and not any(block.text for block in section.blocks[start:at])):
            continue
        label = name[0].upper() + name[1:] if name else _names(episode, section, start, at)
        yield Fold(section.ordinal, start, at, name, label, sum(section.block_words[start:at]))


def _name_beside(only: str, block: Block, speaker: str | None) -> str | None:
    """Return the name of the fold a block is in while one speaker is asked for; None where it is shown."""
    if block.fold and block.fold != TRANSCRIPT:
        return block.fold
    if speaker == only and block.text:
        return None
    return block.fold if block.fold and speaker is None else OTHERS


def _names(episode: Episode, section: Section, start: int, end: int) -> str:
    """Return the names of those who say some of a section's blocks."""
    inherited = section_speaker(episode, section)
    names = dict.fromkeys(block.speaker or inherited for block in section.blocks[start:end])
    names.pop(None, None)
    shown = [name for name in names if name is not None][:MOST_NAMES]
    return ", ".join([*shown, *(["…"] if len(names) > len(shown) else [])]) or NOBODY
