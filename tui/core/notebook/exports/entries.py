"""What the formats have in common: highlights by episode and heading, and what is said about each."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import groupby
from math import isfinite

from tui.core.cleaning import clean, clean_line
from tui.core.episode import clock
from tui.core.notebook.highlighting import quote_of
from tui.core.notebook.rows import DEEPEST
from tui.core.notebook.values import Anchor, Colour, Highlight, Source
from tui.core.quotes import Quote, link

NAME_DIGITS = 12
"""How much of a highlight's id names it in a file: 48 bits tell millions apart."""

ID = re.compile("[0-9a-f]{32}")

UNTITLED_SECTION = "Opening"
"""What stands for the heading of what comes before the first one, where another came before it."""

UNTITLED = "Untitled"
"""What stands for a title of which nothing is known."""

FAVOURITE = "★"
FAVOURITE_TAG = "favorite"
"""What Readwise calls it."""

WEB = ("http://", "https://")
"""How addresses begin that become links: any other might be a script."""


def cleaned(highlights: Sequence[Highlight]) -> list[Highlight]:
    """Return highlights with all their texts clean, whatever they were kept in; paths stay as they are."""
    sources: dict[Source, Source] = {}
    for highlight in highlights:
        if highlight.source not in sources:
            sources[highlight.source] = clean_source(highlight.source)
    return [clean_highlight(highlight, sources[highlight.source]) for highlight in highlights]


def clean_highlight(highlight: Highlight, source: Source) -> Highlight:
    """Return a highlight of a source with its texts clean."""
    return replace(
        highlight,
        id=clean_line(highlight.id),
        source=source,
        anchor=clean_anchor(highlight.anchor),
        text=clean(highlight.text).text,
        note=clean(highlight.note).text,
        tags=clean_names(highlight.tags),
        speaker=clean_line(highlight.speaker or "") or None,
        created=clean_line(highlight.created),
        modified=clean_line(highlight.modified),
        extra={clean_line(key): clean_value(value, 1) for key, value in highlight.extra.items()},
    )


def clean_anchor(anchor: Anchor) -> Anchor:
    """Return an anchor with its texts clean."""
    return replace(
        anchor,
        exact=clean(anchor.exact).text,
        prefix=clean(anchor.prefix).text,
        suffix=clean(anchor.suffix).text,
        heading=clean_line(anchor.heading),
    )


def clean_source(source: Source) -> Source:
    """Return a source with its texts clean."""
    return replace(
        source,
        id=clean_line(source.id),
        content=clean_line(source.content),
        title=clean_line(source.title) or UNTITLED,
        show=clean_line(source.show or "") or None,
        people=clean_names(source.people),
        date=clean_line(source.date or "") or None,
        url=clean_line(source.url or "") or None,
        language=clean_line(source.language or "") or None,
        tags=clean_names(source.tags),
    )


def clean_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return names clean, those left out of which nothing is left."""
    return tuple(filter(None, map(clean_line, names)))


def clean_value(value: object, depth: int = 0) -> object:
    """Return a value of JSON, its texts clean, its numbers finite; what is nested too deep is left out."""
    if isinstance(value, str):
        return clean(value).text
    if isinstance(value, float) and not isfinite(value):
        return None
    if depth > DEEPEST:
        return None
    if isinstance(value, Mapping):
        return {clean_line(str(key)): clean_value(held, depth + 1) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [clean_value(held, depth + 1) for held in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def by_source(highlights: Iterable[Highlight]) -> list[tuple[Source, list[Highlight]]]:
    """Return highlights by their episodes, in the order in which these first come up."""
    found: dict[str, list[Highlight]] = {}
    for highlight in highlights:
        found.setdefault(highlight.source.id, []).append(highlight)
    return [(group[0].source, group) for group in found.values()]


def by_heading(highlights: Sequence[Highlight]) -> Iterator[tuple[str, list[Highlight]]]:
    """Yield neighbouring highlights of one section, below its heading; none for the text before the first."""
    groups = groupby(highlights, key=lambda highlight: (highlight.anchor.section, highlight.anchor.heading))
    for number, ((_, heading), group) in enumerate(groups):
        yield heading or (UNTITLED_SECTION if number else ""), list(group)


def entry_name(highlight: Highlight) -> str:
    """Return what a highlight is called in a file, the same in every export: letters, digits and a dash."""
    known = highlight.id if ID.fullmatch(highlight.id) else sha256(highlight.id.encode()).hexdigest()
    return f"h-{known[:NAME_DIGITS]}"


def facts(source: Source) -> list[str]:
    """Return show, number and date of an episode, as far as they are known."""
    number = "" if source.number is None else f"#{source.number}"
    series = " ".join(filter(None, (source.show or "", number)))
    return [fact for fact in (series, source.date or "") if fact]


def marks(highlight: Highlight) -> list[str]:
    """Return a highlight's star and colour in words; the first of the colours goes without saying."""
    colour = "" if highlight.colour == Colour.AMBER else str(highlight.colour)
    return [mark for mark in (FAVOURITE if highlight.is_favourite else "", colour) if mark]


def pointed_tags(highlight: Highlight) -> list[str]:
    """Return tags, and that it is a favourite, as Readwise finds them in notes: a point before, no blanks."""
    tags = [*highlight.tags, *([FAVOURITE_TAG] if highlight.is_favourite else [])]
    names = ("-".join(tag.split()).lstrip(".") for tag in tags)
    return [f".{name}" for name in dict.fromkeys(names) if name]


def moment(highlight: Highlight) -> str:
    """Return when it is said, as a clock shows it; empty where that is not known."""
    return "" if highlight.start_s is None else clock(highlight.start_s)


def day(highlight: Highlight) -> str:
    """Return on which day a highlight was made."""
    return highlight.created[:10]


def web_url(source: Source) -> str:
    """Return where an episode is on the web; empty where that is not known."""
    return source.url if source.url and source.url.startswith(WEB) else ""


def address(highlight: Highlight) -> str:
    """Return the address that leads to the highlight's words or moment; empty without one."""
    return link(plain_quote(highlight)) or ""


def plain_quote(highlight: Highlight) -> Quote:
    """Return a highlight as a quote: its tags are the reader's, its address one of the web."""
    return replace(quote_of(highlight), tags=highlight.tags, url=web_url(highlight.source) or None)


def beginning(text: str, words: int = 8, chars: int = 60) -> str:
    """Return the first words of a text on one line, with an ellipsis where it goes on."""
    line = " ".join(text.split())
    cut = " ".join(line.split(" ")[:words])[:chars].rstrip()
    return line if len(cut) == len(line) else f"{cut} …"
