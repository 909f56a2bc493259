"""Tags that stand in a note, each with a point before it, as Readwise has them."""

import re

from tui.core.notebook.exports.entries import FAVOURITE_TAG

TAGS = r"\.[^\W\d_][\w-]*(?:[ \t]+\.[^\W\d_][\w-]*)*"
AT_START = re.compile(rf"\s*({TAGS})(?=\s|$)")
AT_END = re.compile(rf"(?:^|(?<=\s))({TAGS})\s*$")


def without_tags(note: str) -> tuple[str, tuple[str, ...]]:
    """Return a note without the tags at its beginning and end, and these without their points.

    >>> without_tags(".sea Look it up. .two-words")
    ('Look it up.', ('sea', 'two-words'))
    """
    tags: list[str] = []
    found = AT_START.match(note)
    if found:
        tags += found[1].split()
        note = note[found.end() :]
    found = AT_END.search(note)
    if found:
        tags += found[1].split()
        note = note[: found.start()]
    return note.strip(), tuple(dict.fromkeys(tag[1:] for tag in tags))


def apart(tags: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """Return tags without the one that says a highlight is a favourite, and whether it was there."""
    others = tuple(tag for tag in tags if tag.lower() != FAVOURITE_TAG)
    return others, len(others) < len(tags)
