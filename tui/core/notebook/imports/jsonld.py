"""Annotations of the W3C model in JSON-LD read.

What has no place in a highlight is kept as it is, to be given back by an export (``exports.jsonld``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from os import fsdecode
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from tui.core.formats.json_values import Json, items, mapping
from tui.core.notebook.exports.jsonld import CONTEXT, EXTRA
from tui.core.notebook.imports import fields
from tui.core.notebook.imports.annotations import (
    OURS,
    Bodies,
    Selected,
    identified,
    listed,
    selected,
    target_of,
)
from tui.core.notebook.imports.values import (
    Incoming,
    own_id,
    source_without_file,
    time_of,
)
from tui.core.notebook.values import Anchor, Colour, Highlight, Source

LIST = "items"
"""The key of the list of annotations, where a document is no list itself."""

TYPES = frozenset({"Annotation", "AnnotationCollection", "AnnotationPage"})
KEYS = frozenset({"id", "type", "created", "modified", "motivation", "body", "bodyValue", "target", "first"})
"""What is known of an annotation."""

MOTIVATIONS = ("highlighting", "commenting")
TARGET_KEYS = frozenset(
    {
        *("type", "source", "scope", "selector", "styleClass", "dc:title", "dc:contributor", "dc:language"),
        *("dcterms:isPartOf", "dcterms:issued", "dcterms:identifier", "dcterms:subject"),
        *("schema:episodeNumber", "schema:articleSection", "schema:position"),
    }
)


def fits(document: object) -> bool:
    """Say whether a document holds annotations of the W3C model."""
    first = mapping(next(iter(items(document)), document))
    kinds = {*fields.names(first.get("type")), *fields.names(first.get("@type"))}
    return bool(kinds & TYPES) or first.get("@context") == CONTEXT


def records(document: object) -> Sequence[object]:
    """Return what may be annotations: of a collection, a page, a list, or the one that a document is."""
    if isinstance(document, list):
        return document
    found = mapping(document)
    page = found.get("first") if isinstance(found.get("first"), Mapping) else found
    held = mapping(page).get("items")
    if isinstance(held, list):
        return held
    return [] if "AnnotationCollection" in fields.names(found.get("type")) else [document]


def incoming_of(record: object) -> Incoming:
    """Return an annotation of the W3C model as a highlight.

    Raises:
        NotUnderstoodError: It is none, or selects no words.
    """
    told = mapping(record)
    target = target_of(told.get("target"))
    found, bodies = selected(target), Bodies()
    for body in [*listed(told.get("body")), *plain_bodies(told.get("bodyValue"))]:
        bodies.take(body)
    highlight = Highlight(
        id="",
        source=source_of(target),
        anchor=Anchor(
            *(found.exact, found.prefix, found.suffix, found.start, found.end),
            fields.count(target.get("schema:position")),
            fields.line(target.get("schema:articleSection")),
        ),
        text=found.exact,
        colour=fields.colour(target.get("styleClass")),
        note="\n\n".join(bodies.notes),
        tags=fields.names(bodies.tags),
        is_favourite=bodies.is_favourite,
        speaker=bodies.speaker,
        start_s=found.start_s,
        created=time_of(told.get("created")),
        modified=time_of(told.get("modified")) or time_of(told.get("created")),
        extra=extra_of(told, target, found, bodies),
    )
    return Incoming(identified(highlight, fields.line(told.get("id"))), 0, is_placed=True)


def plain_bodies(value: object) -> list[object]:
    """Return the short form of a note as a body."""
    return [{"type": "TextualBody", "value": value}] if isinstance(value, str) else []


def extra_of(told: Json, target: Json, found: Selected, bodies: Bodies) -> dict[str, object]:
    """Return what of an annotation has no place in a highlight."""
    motivation = told.get("motivation")
    kept = {
        "id": None if fields.line(told.get("id")).startswith(OURS) else told.get("id"),
        "motivation": None if motivation in MOTIVATIONS else motivation,
        "keys": {key: value for key, value in told.items() if key not in KEYS and is_kept(key, value)},
        "bodies": bodies.others,
        "target": {
            key: value
            for key, value in target.items()
            if key not in TARGET_KEYS or (key == "styleClass" and value not in list(Colour))
        },
        "selectors": found.others,
    }
    known = {key: value for key, value in kept.items() if value}
    return fields.extra({EXTRA: known}) if known else {}


def is_kept(key: str, value: object) -> bool:
    """Say whether a key is given back; of contexts only those told in full: the others would be fetched."""
    return key != "@context" or isinstance(value, Mapping)


def source_of(target: Json) -> Source:
    """Return the episode that a target is in."""
    resource = target.get("source")
    told = mapping(resource) if isinstance(resource, Mapping) else {"id": resource}
    address = fields.line(told.get("id"))
    path = path_in(address)
    web = fields.url(target.get("scope")) or fields.url(address)
    title = title_in(target) or title_in(told) or (path.stem if path else web or "")
    source = source_without_file(
        title,
        show=fields.optional_line(target.get("dcterms:isPartOf")),
        people=fields.names(target.get("dc:contributor")),
        url=web,
    )
    own = own_id(address.removeprefix(OURS)) if address.startswith(OURS) else source.id
    return replace(
        source,
        id=own,
        path=path or source.path.with_name(own),
        content=fields.line(target.get("dcterms:identifier")) if path else "",
        number=fields.optional_count(target.get("schema:episodeNumber")),
        date=fields.optional_line(target.get("dcterms:issued")),
        language=fields.optional_line(target.get("dc:language")),
        tags=fields.names(target.get("dcterms:subject")),
    )


def title_in(told: Json) -> str:
    """Return a title, by whatever name it goes."""
    found = map(fields.names, map(told.get, ("dc:title", "dcterms:title", "title", "name", "label")))
    return next((names[0] for names in found if names), "")


def path_in(address: str) -> Path | None:
    """Return the path that an address of a file names; None for any other."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return None
    path = Path(fsdecode(unquote_to_bytes(parts.path)))
    return path if path.is_absolute() and "\0" not in str(path) else None
