"""Annotations as Hypothesis' API returns them."""

from collections.abc import Sequence

from tui.core.formats.json_values import items, mapping
from tui.core.notebook.exports.jsonld import EXTRA
from tui.core.notebook.imports import fields
from tui.core.notebook.imports.annotations import identified, selected, target_of
from tui.core.notebook.imports.values import Incoming, source_without_file, time_of
from tui.core.notebook.values import Anchor, Highlight

LIST = "rows"
"""The key of the list of annotations, where a document is no list itself."""

KEYS = frozenset({"created", "updated", "uri", "text", "tags", "target", "document"})
"""What has a place in a highlight."""


def fits(document: object) -> bool:
    """Say whether a document is of that shape: rows, or one annotation, or a list of them."""
    first = mapping(next(iter(records(document)), None))
    return "target" in first and bool(first.keys() & {"uri", "user"})


def records(document: object) -> Sequence[object]:
    """Return what may be annotations."""
    return items(document) or items(mapping(document).get(LIST)) or [document]


def incoming_of(record: object) -> Incoming:
    """Return an annotation of Hypothesis as a highlight.

    Raises:
        NotUnderstoodError: It is none, or selects no words.
    """
    told = mapping(record)
    found = selected(target_of(told.get("target")))
    title = next(iter(fields.names(mapping(told.get("document")).get("title"))), "")
    web = fields.url(told.get("uri"))
    kept = {key: value for key, value in told.items() if key not in KEYS}
    highlight = Highlight(
        id="",
        source=source_without_file(title or web or "", url=web),
        anchor=Anchor(found.exact, found.prefix, found.suffix, found.start, found.end),
        text=found.exact,
        note=fields.lines(told.get("text")),
        tags=fields.names(told.get("tags")),
        start_s=found.start_s,
        created=time_of(told.get("created")),
        modified=time_of(told.get("updated")) or time_of(told.get("created")),
        extra=fields.extra({"hypothesis": kept, EXTRA: {"selectors": found.others}}),
    )
    told_id = fields.line(told.get("id"))
    return Incoming(identified(highlight, f"hypothesis:{told_id}" if told_id else ""), 0, is_placed=True)
