"""Highlights as a Kindle keeps them: the file ``My Clippings.txt``, in English."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from tui.core.notebook.exports.entries import pointed_tags
from tui.core.notebook.exports.values import ExportSettings
from tui.core.notebook.values import Highlight, Source

RULE = "=" * 10
RULE_LINE = re.compile(r"^(?==)", re.M)
LOCATION_CHARS = 150
"""How much text a location of a Kindle covers."""

NO_AUTHOR = "Unknown"
CLOSING = (")", "）")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def render(highlights: Sequence[Highlight], settings: ExportSettings) -> str:
    """Return the clippings; lines end as on the device, in CR LF. A note follows its highlight."""
    entries = (entry for highlight in highlights for entry in clippings(highlight))
    return "".join(f"{entry}\n{RULE}\n" for entry in entries).replace("\n", "\r\n")


def clippings(highlight: Highlight) -> Iterator[str]:
    """Yield a highlight, and its note with the tags."""
    first, last = location(highlight.anchor.start), location(highlight.anchor.end)
    book, added = title_line(highlight.source), added_on(highlight.created)
    place = f"Location {first}" if first >= last else f"Location {first}-{last}"
    yield f"{book}\n- Your Highlight on {place}{added}\n\n{kept_apart(highlight.text)}"
    note = "\n".join(filter(None, (highlight.note, " ".join(pointed_tags(highlight)))))
    if note:
        yield f"{book}\n- Your Note on Location {max(first, last)}{added}\n\n{kept_apart(note)}"


def location(position: int) -> int:
    """Return the location of a character."""
    return position // LOCATION_CHARS + 1


def title_line(source: Source) -> str:
    """Return an episode's title with its show in brackets, which is where the author of a book stands."""
    author = source.show or "; ".join(source.people)
    if not author and not source.title.endswith(CLOSING):
        return source.title
    return f"{source.title} ({author or NO_AUTHOR})"


def added_on(created: str) -> str:
    """Return when a highlight was made, as a Kindle says it: ``Friday, January 2, 2026 3:04:05 AM``."""
    try:
        made = datetime.fromisoformat(created)
    except ValueError:
        return ""
    date = f"{DAYS[made.weekday()]}, {MONTHS[made.month - 1]} {made.day}, {made.year}"
    half = "AM" if made.hour < 12 else "PM"
    return f" | Added on {date} {(made.hour - 1) % 12 + 1}:{made:%M:%S} {half}"


def kept_apart(text: str) -> str:
    """Return a text in which no line can be taken for the one between two clippings."""
    return RULE_LINE.sub(" ", text)
