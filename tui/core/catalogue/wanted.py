"""What is typed to find episodes in a list: words, and fields as the library's search has them."""

import re
from dataclasses import dataclass

from tui.core.folding import fold

FIELD = re.compile(r"(?:^|(?<=\s))(show|guest|title|tag|after|before|is):(\"[^\"]*\"?|\S*)", re.IGNORECASE)

DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?-?\d?")
"""A date, or the beginning of one that is being typed."""

STATES = ("unread", "reading", "finished")
"""What ``is:`` can ask for: the values of the notebook's states of reading."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the episodes of a list must have; texts are folded."""

    words: tuple[str, ...] = ()
    """Must all be there, in the title, the show, the people, the tags, the date or the file's name."""

    shows: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    after: str = ""
    """The first day that fits; empty for any."""

    before: str = ""
    """The first day that fits no more; empty for any."""

    states: frozenset[str] | None = None
    """Which of ``STATES`` fit; None for all, and those without any."""

    @property
    def has_fields(self) -> bool:
        """Whether anything but words is wanted."""
        return self != Wanted(self.words)

    def __bool__(self) -> bool:
        return self != Wanted()


def wanted_in(text: str) -> Wanted:
    """Return what a text asks for; no text is an error, and a field that is still empty asks for nothing."""
    fields: dict[str, list[str]] = {}
    for found in FIELD.finditer(text):
        value = fold(found[2].strip('"')).text.strip()
        if value:
            fields.setdefault(found[1].lower(), []).append(value)
    words = fold(FIELD.sub(" ", text)).text.split()
    return Wanted(
        tuple(dict.fromkeys(words)),
        tuple(fields.get("show", ())),
        tuple(fields.get("guest", ())),
        tuple(fields.get("title", ())),
        tuple(fields.get("tag", ())),
        max(filter(None, map(first_day, fields.get("after", ()))), default=""),
        min(filter(None, map(first_day, fields.get("before", ()))), default=""),
        states_in(fields["is"]) if "is" in fields else None,
    )


def first_day(date: str) -> str:
    """Return the first day of a year, a month or a day (``YYYY-MM-DD``); empty for what is no date."""
    found = DATE.fullmatch(date)
    return "-".join((found[1], found[2] or "01", found[3] or "01")) if found else ""


def states_in(values: list[str]) -> frozenset[str]:
    """Return the states that begin as one of the values does: what is being typed means all it may become."""
    return frozenset(state for state in STATES if any(state.startswith(value) for value in values))
