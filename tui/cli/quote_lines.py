"""Highlights set for reading on a terminal."""

import os
from collections.abc import Iterator, Sequence

from tui.core.notebook.exports.entries import by_heading, by_source, cleaned, facts
from tui.core.notebook.exports.text import about_line
from tui.core.notebook.values import Colour, Highlight

BOLD, FAINT, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
INKS = {Colour.AMBER: "\x1b[33m", Colour.GREEN: "\x1b[32m", Colour.BLUE: "\x1b[34m", Colour.ROSE: "\x1b[35m"}
SIGN = "▎"
WIDEST = 84
NARROWEST = 20
MARGIN = 4


def terminal_lines(highlights: Sequence[Highlight], width: int) -> Iterator[str]:
    """Yield the highlights below the titles of their episodes and the headings of their sections.

    Args:
        highlights: In their order.
        width: Of the terminal, in cells.
    """
    column = max(min(width, WIDEST) - MARGIN, NARROWEST)
    for source, group in by_source(cleaned(highlights)):
        yield from (styled(line, BOLD) for line in wrapped(source.title, column))
        yield from (styled(line, FAINT) for line in wrapped(", ".join(facts(source)), column) if line)
        for heading, neighbours in by_heading(group):
            yield ""
            yield from (f"  {line}" for line in wrapped(heading, column) if line)
            for highlight in neighbours:
                yield ""
                yield from entry_lines(highlight, column)
        yield from ("", "")
    count = len(highlights)
    yield f"{count:,} highlight{'' if count == 1 else 's'}"


def entry_lines(highlight: Highlight, column: int) -> Iterator[str]:
    """Yield the words of a highlight beside a bar in its colour, then the note and what else is known."""
    bar = styled(SIGN, INKS[highlight.colour])
    for line in wrapped(highlight.text, column):
        yield f"  {bar} {line}".rstrip()
    yield from (f"    {line}".rstrip() for line in wrapped(highlight.note, column) if highlight.note)
    yield from (f"    {styled(line, FAINT)}" for line in wrapped(about_line(highlight), column) if line)


def wrapped(text: str, column: int) -> list[str]:
    """Return the lines of a text in a column of so many cells."""
    # Imported here: it brings the table of cell widths along.
    from tui.widgets.wrapping import wrap

    return [text[start:end].expandtabs(4) for start, end in wrap(text, column)]


def styled(text: str, style: str) -> str:
    """Return a text in a style, unless the user wants none (https://no-color.org)."""
    return text if os.environ.get("NO_COLOR") else f"{style}{text}{PLAIN}"
