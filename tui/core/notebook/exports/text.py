"""Highlights as plain text, for people to read and for programs that know nothing of marks."""

from collections.abc import Iterator, Sequence

from tui.core.notebook.exports.entries import by_heading, by_source, day, facts, marks, moment, web_url
from tui.core.notebook.exports.values import ExportSettings
from tui.core.notebook.values import Highlight, Source
from tui.core.quotation_marks import marks_for, quoted
from tui.core.rendering import indented

INDENT = "  "


def render(highlights: Sequence[Highlight], settings: ExportSettings) -> str:
    """Return the highlights below the titles of their episodes and the headings of their sections."""
    pages = ["\n\n".join([title(source), *parts(group, settings)]) for source, group in by_source(highlights)]
    return "\n\n\n".join(pages) + "\n" if pages else ""


def title(source: Source) -> str:
    """Return an episode's title with what is known of it."""
    return "\n".join(filter(None, (source.title, ", ".join(facts(source)), web_url(source))))


def parts(highlights: Sequence[Highlight], settings: ExportSettings) -> Iterator[str]:
    """Yield the headings and highlights of an episode."""
    for heading, group in by_heading(highlights):
        if heading:
            yield heading
        for highlight in group:
            yield "\n".join([indented(line, INDENT) for line in lines(highlight, settings)])


def lines(highlight: Highlight, settings: ExportSettings) -> Iterator[str]:
    """Yield the words of a highlight, its note, and the rest in one line."""
    signs = marks_for(settings.quotes.marks, highlight.source.language)
    yield quoted(highlight.text, signs) if signs else highlight.text
    if highlight.note:
        yield f"Note: {highlight.note}"
    about = about_line(highlight)
    if about:
        yield f"— {about}"


def about_line(highlight: Highlight) -> str:
    """Return who says it and when, its star, colour and tags, and the day it was marked."""
    tags = ", ".join(highlight.tags)
    facts = (highlight.speaker or "", moment(highlight), *marks(highlight), tags, day(highlight))
    return " · ".join(filter(None, facts))
