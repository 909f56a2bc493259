"""What the reader makes of a document, in the terms that are measured: an outline, a text, turns."""

import re
from collections.abc import Sequence
from pathlib import Path

from benchmarks.fidelity_documents import letters
from tui.core.episode import Episode, Section
from tui.core.reading import episode_from_bytes, read_episode

MADE = re.compile(r"Part \d+|\d+(?::\d\d){1,2}")
"""The headings of parts."""


def episode_of_file(path: Path) -> Episode:
    """Return what the reader makes of a file."""
    return read_episode(path)


def episode_of_page(text: str) -> Episode:
    """Return what the reader makes of a page copied as text."""
    return episode_from_bytes(text.encode(), Path("page.txt"))


def is_made(section: Section) -> bool:
    """Say whether a heading is the reader's own: a transcript without headings is cut into parts."""
    return MADE.fullmatch(section.title) is not None


def numbered(episode: Episode) -> list[str]:
    """Return the headings that begin with a number, as letters."""
    return [letters(section.title) for section in episode.sections if section.title[:1].isdecimal()]


def outline_keys(episode: Episode, there: Sequence[str]) -> list[tuple[str, int]]:
    """Return an outline as letters and levels; the title leads it where it leads the document's headings.

    Args:
        episode: What was read.
        there: The document's headings, as letters.
    """
    titled = (section for section in episode.sections if section.title and not is_made(section))
    keys = [(letters(section.title), section.level) for section in titled]
    title = letters(episode.title)
    leads = there[:1] == [title] and ([key for key, _ in keys[:1]] != [title] or there[1:2] == [title])
    return [(title, 1), *keys] if leads else keys


def shown_letters(episode: Episode) -> tuple[str, str]:
    """Return all that is shown of an episode, as letters, with and without the names of who speaks.

    A name stands before each block, though the document may have it once for several, or once for each.
    """
    named, unnamed = [letters(episode.title)], [letters(episode.title)]
    before: str | None = None
    for section in episode.sections:
        title = "" if is_made(section) else letters(section.title)
        named.append(title)
        unnamed.append(title)
        for block in section.blocks:
            text = letters(block.text)
            speaker = letters(block.speaker or "")
            named.append(speaker + text)
            unnamed.append((speaker if block.speaker != before else "") + text)
            before = block.speaker
    return "".join(named), "".join(unnamed)
