"""Our own JSON, read back: all that was exported, ids included."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from tui.core.cleaning import clean_line
from tui.core.formats.json_values import Json, items, mapping, objects
from tui.core.notebook.exports.entries import UNTITLED
from tui.core.notebook.exports.ours import KIND, SCHEMA
from tui.core.notebook.imports import fields
from tui.core.notebook.imports.values import (
    NOWHERE,
    Incoming,
    NotUnderstoodError,
    identity,
    own_id,
    source_without_file,
    time_of,
)
from tui.core.notebook.values import Anchor, Highlight, Source
from tui.errors import UnreadableError

LIST = "highlights"
"""The key of the list of highlights."""


def fits(document: object) -> bool:
    """Say whether a document is one of ours.

    Raises:
        UnreadableError: It is of a newer version.
    """
    found = mapping(document)
    if found.get("kind") != KIND:
        return False
    schema = found.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        raise UnreadableError(
            f"these highlights come from a newer pullquote (schema {schema}): bring this one up to date"
        )
    return True


def records(document: object) -> Sequence[object]:
    """Return what may be highlights."""
    return items(mapping(document).get(LIST))


def sources_in(document: object) -> dict[str, Source]:
    """Return the episodes of a document by the ids that it has for them."""
    return {
        fields.line(item.get("id")): source_of(item) for item in objects(mapping(document).get("episodes"))
    }


def source_of(item: Json) -> Source:
    """Return an episode."""
    made = own_id(fields.line(item.get("id")))
    path = path_of(item.get("path"))
    return Source(
        made,
        path or NOWHERE / made,
        fields.line(item.get("content")) if path else "",
        fields.line(item.get("title")) or UNTITLED,
        fields.optional_line(item.get("show")),
        fields.optional_count(item.get("number")),
        fields.names(item.get("people")),
        fields.optional_line(item.get("date")),
        fields.url(item.get("url")),
        fields.optional_line(item.get("language")),
        fields.names(item.get("tags")),
    )


def path_of(value: object) -> Path | None:
    """Return a path as it was told; None for what is none."""
    if not isinstance(value, str) or "\0" in value:
        return None
    try:
        os.fsencode(value)
    except UnicodeEncodeError:
        return None
    path = Path(value)
    return path if path.is_absolute() else None


def incoming_of(record: object, sources: Mapping[str, Source]) -> Incoming:
    """Return one highlight.

    Raises:
        NotUnderstoodError: It is none.
    """
    item = mapping(record)
    anchor = anchor_of(mapping(item.get("anchor")))
    text = fields.lines(item.get("text")) or anchor.exact
    if not text.strip():
        raise NotUnderstoodError("there is no text in it")
    source = sources.get(fields.line(item.get("episode"))) or source_without_file("")
    highlight = Highlight(
        id=id_of(item, source, text),
        source=source,
        anchor=anchor if "anchor" in item else Anchor(text),
        text=text,
        colour=fields.colour(item.get("colour")),
        note=fields.lines(item.get("note")),
        tags=fields.names(item.get("tags")),
        is_favourite=item.get("favourite") is True,
        speaker=fields.optional_line(item.get("speaker")),
        start_s=fields.seconds(item.get("start_s")),
        created=time_of(item.get("created")),
        modified=time_of(item.get("modified")),
        extra=fields.extra(item.get("extra")),
    )
    return Incoming(highlight, 0, is_placed=bool(anchor.exact))


def id_of(item: Json, source: Source, text: str) -> str:
    """Return a highlight's id."""
    told = clean_line(str(item.get("id") or ""))
    return own_id(told) if told else identity("highlight", source.id, text)


def anchor_of(item: Json) -> Anchor:
    """Return where a highlight stands."""
    return Anchor(
        fields.lines(item.get("exact")),
        fields.lines(item.get("prefix")),
        fields.lines(item.get("suffix")),
        fields.count(item.get("start")),
        fields.count(item.get("end")),
        fields.count(item.get("section")),
        fields.line(item.get("heading")),
    )
