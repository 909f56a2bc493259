"""Links to a moment: `[08:02](https://…&t=7m52s)` and the like tell when a text was said."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from tui.core.formats.times import STAMP, seconds
from tui.core.formats.values import web_address

TIME_PARAMETERS = ("t", "start", "time_continue", "time", "ts", "at")
"""Names under which players take a time: YouTube, Vimeo, Spotify, PodNotes, media fragments (W3C)."""

UNITS = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m(?:in)?)?(?:(\d{1,6}(?:\.\d{1,3})?)s?)?", re.I)
STAMPED = re.compile(rf"\W{{0,4}}(?P<stamp>{STAMP})(?:\s*[-–—]\s*{STAMP})?\W{{0,4}}")
"""A link's words that are nothing but a time or a stretch of time."""

LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class TimedLink:
    """A moment that a link leads to."""

    start_s: float

    address: str | None
    """Where it leads without the time: the whole episode. None for a link within the document."""


def linked_time(
    text: str, addresses: Iterable[tuple[int, int, str]], *, is_heading: bool
) -> TimedLink | None:
    """Return the first moment that a text links to.

    Only a link whose words are a time says when the text was said; others may lead anywhere. The words
    count, not the address, which often begins some seconds earlier. In a heading any link to a moment counts.

    Args:
        text: The text of a block.
        addresses: Where its links stand, and where they lead.
        is_heading: The text is a heading.
    """
    for start, end, address in addresses:
        there = time_in(address)
        if there is None:
            continue
        stamped = STAMPED.fullmatch(text, start, end)
        if stamped or is_heading:
            return TimedLink(seconds(stamped["stamp"]) if stamped else there, whole(address))
    return None


def time_in(address: str) -> float | None:
    """Return the time that an address leads to, in seconds; None if it names none.

    >>> time_in("https://youtu.be/x?t=7m52s")
    472.0
    """
    if len(address) > LONGEST_ADDRESS or "=" not in address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    given = dict(parse_qsl(parts.query) + parse_qsl(parts.fragment))
    return next((time_of(given[name]) for name in TIME_PARAMETERS if name in given), None)


def time_of(value: str) -> float | None:
    """Return the seconds that a parameter like ``1h2m3s``, ``330`` or ``00:05:30`` stands for."""
    if re.fullmatch(STAMP, value):
        return seconds(value)
    found = UNITS.fullmatch(value)
    if found is None or not value:
        return None
    hours, minutes, rest = (float(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + rest


def whole(address: str) -> str | None:
    """Return an address without the time in it, or None if it leads nowhere on the web."""
    if web_address(address) is None:
        return None
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in TIME_PARAMETERS]
    timed = any(name in TIME_PARAMETERS for name, _ in parse_qsl(parts.fragment))
    return parts._replace(query=urlencode(kept), fragment="" if timed else parts.fragment).geturl()
