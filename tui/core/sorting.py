"""The orders in which episodes are listed."""

import os
import re
from collections.abc import Iterable
from enum import StrEnum

from tui.core.episode import Episode
from tui.core.folding import fold

DIGITS = re.compile("[0-9]+")

LONGEST_NUMBER = 31
"""Numbers of this many digits and more are compared from left to right."""


class SortKey(StrEnum):
    """What a list of episodes can be ordered by."""

    TITLE = "title"
    DATE = "date"
    SHOW = "show"
    LENGTH = "length"
    NAME = "name"


def natural_key(text: str) -> str:
    """Return a key that sorts ``ep 2`` before ``ep 10``, without regard to case and accents."""
    return DIGITS.sub(number_key, fold(text).text)


def number_key(digits: re.Match[str]) -> str:
    """Return a number as it is compared: by its length first, which a sign before every letter stands for.

    A title may hold more digits than int() takes.
    """
    number = digits[0].lstrip("0")
    return chr(min(len(number), LONGEST_NUMBER)) + number


def sort_episodes(episodes: Iterable[Episode], by: SortKey) -> list[Episode]:
    """Return episodes in order: newest or longest first, names naturally, unknown last, then by title."""
    ordered = sorted(episodes, key=lambda episode: natural_key(episode.title))
    match by:
        case SortKey.TITLE:
            return ordered
        case SortKey.NAME:
            return sorted(ordered, key=lambda episode: natural_key(os.fspath(episode.path)))
        case SortKey.SHOW:
            return sorted(
                ordered, key=lambda episode: (episode.show is None, natural_key(episode.show or ""))
            )
        case SortKey.LENGTH:
            return sorted(ordered, key=lambda episode: -episode.words)
        case SortKey.DATE:
            # Sorting the other way round keeps equal ones in their order; an unknown date is the least.
            return sorted(ordered, key=lambda episode: episode.date or "", reverse=True)
