"""A highlight as a quote, to be written in any style."""

from tui.core.notebook.values import Highlight
from tui.core.quotes import Quote


def quote_of(highlight: Highlight) -> Quote:
    """Return a highlight's words with where they stand, as far as the notebook knows it."""
    source = highlight.source
    return Quote(
        text=highlight.text,
        title=source.title,
        show=source.show,
        number=source.number,
        people=source.people,
        section=highlight.anchor.heading or None,
        speaker=highlight.speaker,
        start_s=highlight.start_s,
        url=source.url,
        date=source.date,
        language=source.language,
        path=source.path,
        tags=highlight.tags,
        note=highlight.note or None,
        before=highlight.anchor.prefix,
        after=highlight.anchor.suffix,
    )
