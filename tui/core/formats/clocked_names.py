"""Names of speakers with a time, alone on a line above what they say: ``Ada Brandt  0:12``.

Programs that write meetings down label turns so. A few of them are enough: hardly anything else has two
names that come back above text, with rising times. Less is needed where the head of the document lists who
speaks.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from tui.core.formats.bare_names import may_be_bare
from tui.core.formats.times import STAMP, UNTIL, seconds

NAME = r"(?P<name>[^\s:：*()\[\]#>|`-][^\n:：*()\[\]]{0,59}?)"
NAME_AND_TIME = re.compile(
    rf"\[?{NAME}\]?(?:\s*[|•·,–—-])?\s+[(\[]?(?P<when>{STAMP}){UNTIL}[)\]]?\s*[:：]?\s*$"
)
"""A line with a name and a time alone: the words come on the next line."""

LISTED = re.compile(r"(?:Speakers|Participants):\s+(?P<names>\S.*)")
"""Who speaks, as the head of a transcript lists it."""

HEAD_LINES = 20
FEWEST_TURNS = 4
FEWEST_LISTED = 2
"""Turns, of people whom the head lists."""


def clocked_names(paragraphs: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the names that stand with a time above what they say; none where they are no speakers.

    Args:
        paragraphs: The lines of each; one without lines stands for a heading.
    """
    lines = [line.strip() for paragraph in paragraphs for line in paragraph]
    labels = [NAME_AND_TIME.match(line[:120]) if line[-1:] in "0123456789)]:：" else None for line in lines]
    uses = Counter(found["name"].strip() for found in labels if found)
    listed = listed_names(lines[:HEAD_LINES])
    called = tuple(name for name in uses if name in listed)
    again = tuple(name for name, count in uses.items() if count > 1 and may_be_bare(name))
    names = tuple(dict.fromkeys(called + again))
    enough = sum(uses[name] for name in called) >= FEWEST_LISTED or (
        len(again) > 1 and sum(uses[name] for name in again) >= FEWEST_TURNS
    )
    turns = [found if found and found["name"].strip() in names else None for found in labels]
    return names if enough and are_turns(turns) else ()


def listed_names(lines: Sequence[str]) -> frozenset[str]:
    """Return the names that lines of metadata say speak."""
    found = [match["names"].split(",") for match in map(LISTED.fullmatch, lines) if match]
    return frozenset(name.strip() for names in found for name in names)


def are_turns(labels: Sequence[re.Match[str] | None]) -> bool:
    """Say whether labels, one for each line that is one, stand above text, and their times rise."""
    above_text = all(not (label and below) for label, below in pairwise(labels)) and not labels[-1]
    times = [seconds(label["when"]) for label in labels if label]
    return above_text and all(before <= after for before, after in pairwise(times))
