"""Transcripts written as text: page text whose paragraphs are turns."""

from tui.core.formats import page_text
from tui.core.formats.draft import Draft, Source
from tui.core.formats.speech import is_called_transcript


def fits(source: Source) -> bool:
    """Say whether a text is a transcript, with names that come back or times that rise."""
    if not page_text.is_text(source):
        return False
    voices = page_text.voices_of(page_text.paragraphs_of(source.judged))
    return bool(voices) or is_called_transcript(source)


def read(source: Source) -> Draft:
    """Return a transcript's turns, under its own headings or in parts."""
    return page_text.read(source, "Its paragraphs begin with speakers or times, or its name says so.")
