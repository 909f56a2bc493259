"""Times of day written in a text: `1:02:03` and its relatives, to seconds and back."""

import re

STAMP = r"(?:\d{1,3}:)?[0-5]?\d:[0-5]\d(?:[.,]\d{1,3})?"
"""Minutes and seconds, or hours before them; parts of a second after a point or comma."""

UNTIL = rf"(?:\s*(?:-->|[-–—~→])\s*{STAMP})?"
"""The end of a stretch of time, behind its beginning."""

LEADING = re.compile(
    rf"(?P<open>[\[(（`]{{1,2}})?(?P<stamp>{STAMP})(?(open){UNTIL})(?P<close>[\])）`]{{0,2}})(?P<gap>\s*(?:[-–—:|：]\s*)?)(?!\w*:\d)"
)
"""A time at the beginning of a line or heading, with what sets it off from the words after it.

In brackets it may be a stretch of time."""

RANGE = re.compile(rf"[\[(（`]+(?P<stamp>{STAMP})\s*(?:[-–—~]|to)\s*{STAMP}[\])）`]+\s*$")
"""A stretch of time at the end of a heading."""


def seconds(stamp: str) -> float:
    """Return the seconds a stamp like ``1:02:03.5`` stands for."""
    total = 0.0
    for part in stamp.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def clock_time(stamp: str) -> float | None:
    """Return the seconds that a whole text like ``8:26.250`` or ``01:02:03`` or ``95.5`` says, or None."""
    stamp = stamp.strip()[:20]
    found = re.fullmatch(rf"{STAMP}|\d{{1,7}}(?:\.\d{{1,6}})?", stamp)
    return seconds(stamp) if found else None


def leading_time(text: str) -> tuple[float, int] | None:
    """Return the time a text begins with, in seconds, and how many characters it and its mark take.

    A bare time needs a blank or dash after it: ``10:30am`` and ``16:9`` are no times.
    """
    found = LEADING.match(text)
    if found is None or ends_within_word(text, found):
        return None
    return seconds(found["stamp"]), found.end()


def ends_within_word(text: str, found: re.Match[str]) -> bool:
    """Say whether a bare time runs on into a word, or an opened bracket stays open."""
    if found["open"]:
        return not found["close"]
    return bool(found["close"]) or (not found["gap"] and found.end() < len(text))


def closing_range(text: str) -> float | None:
    """Return where a stretch of time named at the end of a heading begins, in seconds."""
    found = RANGE.search(text[-60:])
    return seconds(found["stamp"]) if found else None
