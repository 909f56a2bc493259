"""The table of readers: each knows one shape of document, and the first that fits reads it.

A new shape is a module with two functions, and a row here. What a file is, its text decides before its
name does: Markdown is found in .txt files, and pasted pages in .md files.
"""

from tui.core.formats import markdown, page_text, plain
from tui.core.formats.draft import Reader, Source

READERS = (
    Reader("page-text", page_text.has_marks, page_text.read_marked_page),
    Reader("markdown", markdown.fits, markdown.read),
    Reader("page-text", page_text.is_text, page_text.read_text),
    Reader("text", plain.fits_anything, plain.read),
)
"""The surest cues first; the last reader takes everything."""


def reader_for(source: Source) -> Reader:
    """Return the first reader whose cue fits a source."""
    return next(reader for reader in READERS if reader.fits(source))
