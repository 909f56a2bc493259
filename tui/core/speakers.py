"""Who speaks in an episode, in what order they appear, and how much each says."""

from collections.abc import Iterator
from typing import NamedTuple

from tui.core.episode import Episode, Section


class Speaker(NamedTuple):
    """One who speaks in an episode."""

    name: str
    words: int

    turns: int
    """How often they begin to speak after somebody else."""


def section_speaker(episode: Episode, section: Section) -> str | None:
    """Return who says what a section's blocks name nobody for; None where the text does not show it.

    It is whom the section names, else the part it belongs to, where that is one of the episode's people.
    """
    return section.speaker or (section.part if section.part in episode.people else None)


def speaker_names(episode: Episode) -> tuple[str, ...]:
    """Return the names of all who speak, in the order in which they first do."""
    names: dict[str | None, None] = {}
    for section in episode.sections:
        inherited = section_speaker(episode, section)
        names.update(dict.fromkeys(block.speaker or inherited for block in section.blocks))
    names.pop(None, None)
    return tuple(name for name in names if name is not None)


def speakers(episode: Episode) -> tuple[Speaker, ...]:
    """Return all who speak, with their words and turns, in the order in which they first do."""
    words: dict[str, int] = {}
    turns: dict[str, int] = {}
    last: str | None = None
    for name, count in _said(episode):
        words[name] = words.get(name, 0) + count
        turns[name] = turns.get(name, 0) + (name != last)
        last = name
    return tuple(Speaker(name, words[name], turns[name]) for name in words)


def _said(episode: Episode) -> Iterator[tuple[str, int]]:
    """Yield who says each block, and in how many words; what nobody says is left out."""
    for section in episode.sections:
        inherited = section_speaker(episode, section)
        for block, count in zip(section.blocks, section.block_words, strict=True):
            name = block.speaker or inherited
            if name is not None:
                yield name, count
