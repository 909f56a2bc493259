"""The marks by which Markdown written by this program says who speaks, and when.

A turn begins with its label in bold: ``**Ada (0:12):** text``, ``**Ada:** text``, or ``**0:12** text``
where only the time is known. A block without a label goes on with the speaker before it.
"""

import math
import re
from collections.abc import Sequence, Set

from tui.core.episode import Block, BlockKind

GENERATOR = "pullquote/1"
"""What the front matter names as its generator; the number is that of these marks."""

GUARD = "\u200c"
"""Stands at an end of a text that would otherwise be misread there: a zero width non-joiner, which shows
nowhere and is left out again on reading."""

END_OF_FOLD = "</details>"

UNLABELLED = frozenset({BlockKind.CODE, BlockKind.TABLE_ROW, BlockKind.RULE})
"""Blocks that can't begin with a label; a comment before them says who speaks."""

IN_TEXT = "in text"
"""Said of ``times`` in the front matter: times at the beginning of blocks are theirs."""

STAMP = r"(\d{1,6}):(\d\d)(?::(\d\d))?(?:\.(\d{1,3}))?"
STAMPED = re.compile(rf"(?P<name>.*) \((?P<stamp>{STAMP})\)", re.S)
LONGEST_S = 3_600_000


def stamp(seconds: float) -> str:
    """Return a time as ``0:12``, ``1:02:03`` or ``1:02:03.25``, exact to the millisecond."""
    whole, rest = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    shown = f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
    return f"{shown}.{rest:03}".rstrip("0") if rest else shown


def stamped_seconds(text: str) -> float | None:
    """Return the seconds that a time written by ``stamp`` stands for; None for any other text."""
    found = re.fullmatch(STAMP, text)
    if found is None:
        return None
    first, second, third, rest = found.groups()
    whole = int(first) * 60 + int(second) if third is None else clock_seconds(first, second, third)
    # Divided as one whole number: the nearest there is to the time as it was written.
    return (whole * 1000 + int((rest or "0").ljust(3, "0"))) / 1000


def clock_seconds(hours: str, minutes: str, seconds: str) -> int:
    """Return hours, minutes and seconds as seconds."""
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)


def refined(shown_s: float | None, blocks: Sequence[Block]) -> float | None:
    """Return the time of a section whose heading shows it in whole seconds: its first block may know more."""
    first_s = blocks[0].start_s if blocks else None
    if shown_s is None or first_s is None or not is_writable(first_s):
        return shown_s
    return first_s if shown_s == int(first_s) else shown_s


def is_writable(start_s: float | None) -> bool:
    """Say whether a time can be written as a stamp."""
    return start_s is not None and math.isfinite(start_s) and 0 <= start_s < LONGEST_S


def label_of(speaker: str | None, start_s: float | None) -> str:
    """Return the label of a turn, without its marks; a colon alone says that nobody is known to speak."""
    when = stamp(start_s) if start_s is not None and is_writable(start_s) else ""
    if speaker is None:
        return when or ":"
    return f"{speaker} ({when}):" if when else f"{speaker}:"


def read_label(text: str, voices: Set[str]) -> tuple[str | None, float | None] | None:
    """Return who a label says speaks, and when, in seconds; None for what is no label.

    Args:
        text: What stands in bold at the beginning of a block.
        voices: Who speaks in the document. ``**Focus:**`` is no label where nobody is called so.
    """
    alone = stamped_seconds(text)
    if alone is not None:
        return None, alone
    if not text.endswith(":"):
        return None
    name = text[:-1]
    if not name or name in voices:
        return name or None, None
    stamped = STAMPED.fullmatch(name)
    if stamped is None or stamped["name"] not in voices:
        return None
    return stamped["name"], stamped_seconds(stamped["stamp"])
