"""The table of readers: each knows one shape of document, and the first that fits reads it.

A new shape is a module with two functions, and a row here. What a file is, its text decides before its
name does: Markdown is found in .txt files, and pasted pages in .md files.
"""

from tui.core.formats import page_text, plain
from tui.core.formats.draft import Draft, Reader, Source


def fits_markdown(source: Source) -> bool:
    """Say whether a source is Markdown."""
    # Loaded when a file is no marked page: it takes longer than reading one.
    from tui.core.formats import markdown

    return markdown.fits(source)


def read_markdown(source: Source) -> Draft:
    """Return what a source in Markdown holds."""
    from tui.core.formats import markdown

    return markdown.read(source)


READERS = (
    Reader("page-text", page_text.has_marks, page_text.read_marked_page),
    Reader("markdown", fits_markdown, read_markdown),
    Reader("page-text", page_text.is_text, page_text.read_text),
    Reader("text", plain.fits_anything, plain.read),
)
"""The surest cues first; the last reader takes everything."""


def reader_for(source: Source) -> Reader:
    """Return the first reader whose cue fits a source."""
    return next(reader for reader in READERS if reader.fits(source))
