"""Highlights as JSON of our own: all that is known of them, to be imported again without loss."""

from collections.abc import Sequence

from tui import __version__
from tui.core.notebook.exports.entries import by_source
from tui.core.notebook.exports.json_text import written
from tui.core.notebook.exports.values import ExportSettings
from tui.core.notebook.values import Anchor, Highlight, Source

SCHEMA = 1
"""The version of the document."""

KIND = "pullquote highlights"
"""What tells the document from any other JSON."""


def render(highlights: Sequence[Highlight], settings: ExportSettings) -> str:
    """Return the document, schema 1."""
    document = {
        "schema": SCHEMA,
        "kind": KIND,
        "generator": f"pullquote {__version__}",
        "exported": settings.exported,
        "episodes": [source_as_json(source) for source, _ in by_source(highlights)],
        "highlights": [highlight_as_json(highlight) for highlight in highlights],
    }
    return written(document)


def source_as_json(source: Source) -> dict[str, object]:
    """Return an episode as the notebook knows it."""
    return {
        "id": source.id,
        "path": str(source.path),
        "content": source.content,
        "title": source.title,
        "show": source.show,
        "number": source.number,
        "people": list(source.people),
        "date": source.date,
        "url": source.url,
        "language": source.language,
        "tags": list(source.tags),
    }


def highlight_as_json(highlight: Highlight) -> dict[str, object]:
    """Return a highlight; its episode by id."""
    return {
        "id": highlight.id,
        "episode": highlight.source.id,
        "text": highlight.text,
        "note": highlight.note,
        "tags": list(highlight.tags),
        "colour": str(highlight.colour),
        "favourite": highlight.is_favourite,
        "speaker": highlight.speaker,
        "start_s": highlight.start_s,
        "created": highlight.created,
        "modified": highlight.modified,
        "anchor": anchor_as_json(highlight.anchor),
        "extra": dict(highlight.extra),
    }


def anchor_as_json(anchor: Anchor) -> dict[str, object]:
    """Return where a highlight stands."""
    return {
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "start": anchor.start,
        "end": anchor.end,
        "section": anchor.section,
        "heading": anchor.heading,
    }
