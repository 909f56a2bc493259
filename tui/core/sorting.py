"""The orders in which episodes are listed."""

import re
from enum import StrEnum

from tui.core.folding import fold

DIGITS = re.compile("[0-9]+")

LONGEST_NUMBER = 31
"""Numbers of this many digits and more are compared from left to right."""


class SortKey(StrEnum):
    """What a list of episodes can be ordered by."""

    NAME = "name"
    TITLE = "title"
    DATE = "date"
    SHOW = "show"
    LENGTH = "length"
    RECENT = "recent"


def natural_key(text: str) -> str:
    """Return a key that sorts ``ep 2`` before ``ep 10``, without regard to case and accents."""
    return DIGITS.sub(number_key, fold(text).text)


def number_key(digits: re.Match[str]) -> str:
    """Return a number as it is compared: by its length first, which a sign before every letter stands for.

    A title may hold more digits than int() takes.
    """
    number = digits[0].lstrip("0")
    return chr(min(len(number), LONGEST_NUMBER)) + number
