"""How an entry of the notebook is set: the quote in a readable column, its note, what is known of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tui.core.episode import clock
from tui.core.notebook.filtering import Listed, word_spans
from tui.core.notebook.listing import Group, Grouping, local_day
from tui.core.notebook.values import Bookmark, Highlight
from tui.widgets.highlight_signs import BOOKMARK_SIGN, FAVOURITE_SIGN, NOTE_SIGN, SIGNS
from tui.widgets.wrapping import cells, cut, displayed, wrap

MOST_QUOTE_LINES, MOST_NOTE_LINES = 6, 2
"""How many lines of a quote and of a note are shown until the cursor is on them."""

BETWEEN = " · "

LIST_MARK = re.compile(r" *(?:- |\d+\. )")
"""How an item begins in a quote of a list."""

Piece = tuple[str, str]
"""A text and the name of its style."""


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line of an entry or a heading, as it is drawn."""

    pieces: tuple[Piece, ...] = ()
    sign: Piece = (" ", "text")
    """What stands in the gutter, one cell."""


BLANK = SetLine()


@dataclass(frozen=True, slots=True)
class Setting:
    """What the way an entry is set depends on, besides itself."""

    width: int
    """Of the column, in cells."""

    grouping: Grouping
    words: tuple[str, ...] = ()
    """What is marked: folded."""

    is_open: bool = False
    """Whether all of the quote and the note is shown."""


def heading_lines(group: Group, width: int, *, is_first: bool) -> tuple[SetLine, ...]:
    """Return the lines of a group's heading, with air around it."""
    line = SetLine(tuple(heading_pieces(group, width)))
    return (line, BLANK) if is_first else (BLANK, line, BLANK)


def heading_pieces(group: Group, width: int) -> Iterator[Piece]:
    """Yield the title of a group, what is said of it as far as there is room, and how much is in it."""
    count = f"{len(group.shown):,}"
    title = cut(group.title, max(width - len(count) - 2, 1))
    yield title, "heading"
    room = width - cells(title) - len(count) - 2
    aside = cut(f"  {group.aside}", room) if group.aside and room > 8 else ""
    yield aside, "about"
    yield " " * (room - cells(aside) + 2) + count, "about"


def entry_lines(one: Listed, setting: Setting) -> tuple[SetLine, ...]:
    """Return the lines of an entry, a blank one at the end."""
    entry = one.entry
    if isinstance(entry, Bookmark):
        quote = _paragraph(entry.anchor.exact, "place", setting, 2, (entry.letter or BOOKMARK_SIGN, "mark"))
        return (*quote, *_about(_bookmark_facts(entry), setting.width), BLANK)
    sign = (SIGNS[entry.colour], f"sign-{entry.colour}")
    lines = list(_paragraph(entry.text, "quote", setting, MOST_QUOTE_LINES, sign, all_lines=True))
    if entry.note:
        lines += _paragraph(entry.note, "note", setting, MOST_NOTE_LINES, (NOTE_SIGN, "note"))
    return (*lines, *_about(_facts(one, entry, setting), setting.width), BLANK)


def _paragraph(
    text: str, ink: str, setting: Setting, most: int, sign: Piece, *, all_lines: bool = False
) -> Iterator[SetLine]:
    """Yield the lines of a text, the first of a long one unless all are asked for.

    Args:
        text: What is set.
        ink: In which style.
        setting: How.
        most: How many lines are shown of an entry that is not open.
        sign: What stands in the gutter.
        all_lines: Whether it stands there beside every line, or beside the first one only.
    """
    lines = hanging_lines(text, setting.width)
    hits = word_spans(text, setting.words)
    is_cut = not setting.is_open and len(lines) > most
    if is_cut:
        lines = [line for line in lines if line[1] < line[2]]
    for number, (indent, start, end) in enumerate(lines[:most] if is_cut else lines):
        pieces = ((" " * indent, ink), *_marked(text, start, end, ink, hits))
        if is_cut and number == min(most, len(lines)) - 1:
            pieces = (*_shortened(pieces, setting.width - 2), (" …", ink))
        yield SetLine(pieces, sign if all_lines or not number else BLANK.sign)


def hanging_lines(text: str, width: int) -> list[tuple[int, int, int]]:
    """Return the lines of a text: the blanks before each, in cells, and where it begins and ends in the text.

    The lines of a list's item stand below its words, not below its mark.
    """
    lines: list[tuple[int, int, int]] = []
    at = 0
    for paragraph in text.split("\n"):
        mark = LIST_MARK.match(paragraph)
        hung = cells(mark[0]) if mark else 0
        indent = hung if hung <= width // 2 else 0
        words = len(mark[0]) if mark and indent else 0
        for number, (start, end) in enumerate(wrap(paragraph[words:], width - indent)):
            if number:
                lines.append((indent, at + words + start, at + words + end))
            else:
                lines.append((0, at, at + words + end))
        at += len(paragraph) + 1
    return lines


def _marked(text: str, start: int, end: int, ink: str, hits: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """Yield a stretch of a text, cut where the marked words in it begin and end."""
    for first, last in hits:
        if last <= start or first >= end:
            continue
        if first > start:
            yield displayed(text[start:first]), ink
        yield displayed(text[max(first, start) : min(last, end)]), f"{ink} hit"
        start = min(last, end)
    if start < end:
        yield displayed(text[start:end]), ink


def _shortened(pieces: Sequence[Piece], width: int) -> Iterator[Piece]:
    """Yield as much of a line as fits."""
    for text, ink in pieces:
        if cells(text) > width:
            yield cut(text, width).removesuffix("…").rstrip(), ink
            return
        yield text, ink
        width -= cells(text)


# What is known of an entry


def _facts(one: Listed, highlight: Highlight, setting: Setting) -> Iterator[Piece]:
    """Yield what is said below a highlight: what its group's heading says is left out."""
    if highlight.is_favourite:
        yield FAVOURITE_SIGN, "favourite"
    is_below_title = setting.grouping is Grouping.EPISODE and not one.is_lost
    if not is_below_title:
        yield highlight.source.title, "title"
    if highlight.anchor.heading and highlight.anchor.heading != highlight.source.title:
        yield highlight.anchor.heading, "about"
    if highlight.start_s is not None:
        yield clock(highlight.start_s), "about"
    if highlight.speaker:
        yield highlight.speaker, "about"
    for tag in highlight.tags:
        yield f"#{tag}", "tag"
    day = local_day(highlight.created)
    if day is not None and setting.grouping is not Grouping.DATE:
        yield short_date(day), "about"


def _bookmark_facts(bookmark: Bookmark) -> Iterator[Piece]:
    yield bookmark.source.title, "title"
    if bookmark.anchor.heading:
        yield bookmark.anchor.heading, "about"
    if bookmark.letter:
        yield f"'{bookmark.letter}", "about"


def short_date(day: date) -> str:
    """Return a day in few cells: ``2 Jan 2026``."""
    return f"{day.day} {day:%b %Y}"


def _about(facts: Iterator[Piece], width: int) -> Iterator[SetLine]:
    """Yield facts one after the other, as many in a line as fit."""
    line: list[Piece] = []
    used = 0
    for text, ink in facts:
        is_starred = bool(line) and line[-1][1] == "favourite"
        # A favourite's star belongs to what follows it, and tags to each other.
        is_close = is_starred or (bool(line) and ink == line[-1][1] == "tag")
        between = " " if is_close else BETWEEN if line else ""
        text = cut(text, width - used - 1 if is_starred else width)
        if line and used + cells(between) + cells(text) > width:
            yield SetLine(tuple(line))
            line, used, between = [], 0, ""
        line += [(between, "about"), (text, ink)]
        used += cells(between) + cells(text)
    if line:
        yield SetLine(tuple(line))
