"""The last reader: text as it stands, line by line, so that nothing is ever lost."""

from tui.core.episode import Block, BlockKind
from tui.core.formats.draft import Draft, Source, gather
from tui.core.formats.page_text import paragraphs_of


def fits_anything(_source: Source) -> bool:
    """Say yes: every text can be shown as it is."""
    return True


def read(source: Source) -> Draft:
    """Return a text as it stands, its line breaks and indents kept."""
    blocks = [Block(BlockKind.CODE, "\n".join(lines)) for lines in paragraphs_of(source.text)]
    return Draft(gather(blocks), "No other reader knew it; it is shown as it stands.")
