"""Highlights as a collection of annotations in the W3C Web Annotation Data Model, in JSON-LD.

Its terms are those of ``http://www.w3.org/ns/anno.jsonld``. Where the model has no place for what is known,
the words of Dublin Core and schema.org stand in, whose prefixes that context declares: ``dc:title``,
``schema:articleSection``. What an import brought along that is unknown here is given back where it was.
"""

from collections.abc import Mapping, Sequence
from uuid import NAMESPACE_URL, UUID, uuid5

from tui.core.formats.json_values import items, mapping
from tui.core.notebook.exports.entries import by_source, web_url
from tui.core.notebook.exports.json_text import written
from tui.core.notebook.exports.values import ExportSettings
from tui.core.notebook.values import Anchor, Highlight, Source

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"
FAVOURITE = "favourite"
"""The body, of the purpose “assessing”, of a favourite."""

EXTRA = "annotation"
"""Where ``Highlight.extra`` keeps what is unknown: ``keys``, ``bodies``, ``target``, ``selectors``; ``id``,
``motivation`` where these are none of ours."""


def render(highlights: Sequence[Highlight], settings: ExportSettings) -> str:
    """Return the collection, all its annotations on its first page."""
    annotations = [annotation(highlight) for highlight in highlights]
    name = uuid5(NAMESPACE_URL, "\n".join(highlight.id for highlight in highlights))
    collection: dict[str, object] = {
        "@context": CONTEXT,
        "id": f"urn:uuid:{name}",
        "type": "AnnotationCollection",
        "label": label([source for source, _ in by_source(highlights)]),
        "generator": {"type": "Software", "name": "pullquote"},
        "generated": settings.exported,
        "total": len(annotations),
    }
    if annotations:
        collection["first"] = {
            "id": f"urn:uuid:{uuid5(name, 'first')}",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": annotations,
        }
    return written(collection)


def label(sources: Sequence[Source]) -> str:
    """Return what a collection is called: the one episode's title, if it is of one."""
    return f"Highlights of {sources[0].title}" if len(sources) == 1 else "Highlights"


def annotation(highlight: Highlight) -> dict[str, object]:
    """Return a highlight as an annotation."""
    kept = mapping(highlight.extra.get(EXTRA))
    bodies = [*own_bodies(highlight), *items(kept.get("bodies"))]
    ours: dict[str, object] = {"id": kept.get("id") or urn(highlight.id), "type": "Annotation"}
    if highlight.created:
        ours["created"] = highlight.created
    if highlight.modified:
        ours["modified"] = highlight.modified
    ours["motivation"] = kept.get("motivation") or ("commenting" if highlight.note else "highlighting")
    if bodies:
        ours["body"] = bodies
    ours["target"] = target(highlight, kept)
    return {**ours, **others(kept.get("keys"), ours)}


def others(unknown: object, ours: Mapping[str, object]) -> dict[str, object]:
    """Return the keys that an import brought along, without those that are ours."""
    return {key: value for key, value in mapping(unknown).items() if key not in ours}


def urn(identity: str) -> str:
    """Return an id as an IRI."""
    try:
        return UUID(hex=identity).urn
    except ValueError:
        return uuid5(NAMESPACE_URL, identity).urn


def own_bodies(highlight: Highlight) -> list[dict[str, object]]:
    """Return note, tags, speaker and star as bodies, each with its purpose."""
    bodies: list[dict[str, object]] = []
    if highlight.note:
        bodies.append({**body("commenting", highlight.note), "format": "text/plain"})
    bodies += [body("tagging", tag) for tag in highlight.tags]
    if highlight.speaker:
        bodies.append(body("identifying", highlight.speaker))
    if highlight.is_favourite:
        bodies.append(body("assessing", FAVOURITE))
    return bodies


def body(purpose: str, value: str) -> dict[str, object]:
    """Return a text as a body."""
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def target(highlight: Highlight, kept: Mapping[str, object]) -> dict[str, object]:
    """Return where a highlight stands: the episode, what is known of it, and how the words are found."""
    source, anchor = highlight.source, highlight.anchor
    known: dict[str, object] = {
        "type": "SpecificResource",
        "source": iri(source),
        "scope": web_url(source),
        "styleClass": str(highlight.colour),
        "dc:title": source.title,
        "dc:contributor": list(source.people),
        "dc:language": source.language,
        "dcterms:isPartOf": source.show,
        "dcterms:issued": source.date,
        "dcterms:identifier": source.content,
        "dcterms:subject": list(source.tags),
        "schema:episodeNumber": source.number,
        "schema:articleSection": anchor.heading,
        "schema:position": anchor.section,
        "selector": [*selectors(anchor, highlight.start_s), *items(kept.get("selectors"))],
    }
    ours = {key: value for key, value in known.items() if value not in (None, "", [])}
    return {**ours, **others(kept.get("target"), ours)}


def iri(source: Source) -> str:
    """Return an episode's file as an IRI; of one that is in no library its address, or its id."""
    if source.path.is_absolute():
        return source.path.as_uri()
    return web_url(source) or urn(source.id)


def selectors(anchor: Anchor, start_s: float | None) -> list[dict[str, object]]:
    """Return how the words are found: by themselves, by their position, by their time."""
    found: list[dict[str, object]] = [
        {
            "type": "TextQuoteSelector",
            "exact": anchor.exact,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
        },
        {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end},
    ]
    if start_s is not None:
        value = f"t={start_s:.3f}".rstrip("0").rstrip(".")
        found.append({"type": "FragmentSelector", "conformsTo": MEDIA_FRAGMENTS, "value": value})
    return found
