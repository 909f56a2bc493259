"""What is taken away, as it arrives in other programs: PyLD, Anki, Pandoc."""

import html
import json
import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection, ImportAnkiPackageRequest, ImportCsvRequest
from hypothesis import HealthCheck, given, settings
from pyld import jsonld

from tests.core.notebook.samples import HARBOURS, HOSTILE, LEGS, RIVER, SETTINGS, SILT, THREE, several
from tui.core.cleaning import clean
from tui.core.notebook.exports.table import FORMATS, export
from tui.core.notebook.values import Highlight

OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
DCTERMS = "http://purl.org/dc/terms/"
RDF_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"

IDS = ("body", "target", "source", "selector", "scope")
CLASSES = (
    *("Annotation", "TextualBody", "SpecificResource"),
    *("TextQuoteSelector", "TextPositionSelector", "FragmentSelector"),
)
PURPOSES = ("commenting", "highlighting", "tagging", "identifying", "assessing")
TEXTS = ("exact", "prefix", "suffix", "start", "end")
MODEL = {
    "id": "@id",
    "type": "@type",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": DCTERMS,
    "schema": "http://schema.org/",
    **{
        name: OA + name
        for name in (*CLASSES, "FragmentSelector", "exact", "prefix", "suffix", "start", "end")
    },
    **{name: OA + name for name in ("commenting", "highlighting", "tagging", "identifying", "assessing")},
    **{name: {"@id": f"{OA}has{name.title()}", "@type": "@id"} for name in IDS},
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
    "styleClass": f"{OA}styleClass",
    "value": RDF_VALUE,
    "format": "dc:format",
    "conformsTo": {"@id": "dcterms:conformsTo", "@type": "@id"},
    "created": "dcterms:created",
    "modified": "dcterms:modified",
    "generated": "dcterms:issued",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "name": "http://xmlns.com/foaf/0.1/name",
    "Software": f"{AS}Application",
    "generator": {"@id": f"{AS}generator", "@type": "@id"},
    "AnnotationCollection": f"{AS}OrderedCollection",
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    "total": f"{AS}totalItems",
    "startIndex": f"{AS}startIndex",
    "first": {"@id": f"{AS}first", "@type": "@id"},
    "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
}
"""What the W3C's context says of the terms in use: no package in reach brings the context itself."""


def made(name: str, highlights: list[Highlight]) -> str:
    text = export(highlights, FORMATS[name], SETTINGS)
    assert isinstance(text, str)
    return text


def offline(url: str, _: object) -> dict[str, object]:
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": MODEL}}


def expanded(text: str) -> Any:
    (collection,) = jsonld.expand(json.loads(text), {"documentLoader": offline})
    return collection


def annotations(collection: Any) -> list[Any]:
    (page,) = collection[f"{AS}first"]
    assert page["@type"] == [f"{AS}OrderedCollectionPage"]
    return list(page[f"{AS}items"][0]["@list"])


def purpose(body: Any) -> str:
    return str(values(body, f"{OA}hasPurpose")[0]).removeprefix(OA)


def values(node: Any, key: str) -> list[Any]:
    return [one.get("@value", one.get("@id")) for one in node.get(key, [])]


def test_annotations_are_such_by_the_model() -> None:
    collection = expanded(made("jsonld", THREE))
    assert collection["@type"] == [f"{AS}OrderedCollection"]
    assert values(collection, f"{AS}totalItems") == [3]
    found = annotations(collection)
    assert [one["@id"] for one in found] == [
        "urn:uuid:22222222-2222-2222-2222-222222222222",
        "urn:uuid:11111111-1111-1111-1111-111111111111",
        "urn:uuid:33333333-3333-3333-3333-333333333333",
    ]
    assert all(one["@type"] == [f"{OA}Annotation"] for one in found)
    assert [values(one, f"{OA}motivatedBy") for one in found] == [
        [f"{OA}highlighting"],
        [f"{OA}commenting"],
        [f"{OA}highlighting"],
    ]
    bodies = found[1][f"{OA}hasBody"]
    assert [(purpose(body), values(body, RDF_VALUE)[0]) for body in bodies] == [
        ("commenting", "Ask Omar.\nTwice."),
        ("tagging", "two words"),
        ("tagging", "sea"),
        ("identifying", "Ida Brandt"),
        ("assessing", "favourite"),
    ]
    (target,) = found[1][f"{OA}hasTarget"]
    assert values(target, f"{OA}hasSource") == ["file:///library/harbours.md"]
    quote, position, moment = target[f"{OA}hasSelector"]
    assert quote["@type"] == [f"{OA}TextQuoteSelector"]
    assert values(quote, f"{OA}exact") == ["Dredging never ends."]
    assert (values(position, f"{OA}start"), values(position, f"{OA}end")) == ([412], [432])
    assert values(moment, RDF_VALUE) == ["t=754.5"]


def all_keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return {*value, *(key for held in value.values() for key in all_keys(held))}
    return {key for held in value for key in all_keys(held)} if isinstance(value, list) else set()


@settings(max_examples=30)
@given(several(least=1))
def test_no_term_is_unknown_to_the_model(found: list[Highlight]) -> None:
    text = made("jsonld", [replace(highlight, extra={}) for highlight in found])
    known = {"@context", *MODEL}
    assert {key for key in all_keys(json.loads(text)) if ":" not in key} <= known
    assert len(annotations(expanded(text))) == len(found)


def test_what_an_import_brought_along_is_given_back() -> None:
    kept = {
        "keys": {"creator": "urn:x:ada", "id": "no", "target": "no"},
        "bodies": [{"type": "Video", "id": "urn:x:v"}],
        "selectors": [{"type": "XPathSelector", "value": "/p"}],
        "target": {"state": "urn:x:s"},
        "id": "https://example.org/anno/1",
        "motivation": "bookmarking",
    }
    (one,) = json.loads(made("jsonld", [replace(SILT, extra={"annotation": kept})]))["first"]["items"]
    assert one["id"] == "https://example.org/anno/1"
    assert one["motivation"] == "bookmarking"
    assert one["creator"] == "urn:x:ada"
    assert one["body"][-1] == {"type": "Video", "id": "urn:x:v"}
    assert one["target"]["state"] == "urn:x:s"
    assert one["target"]["selector"][-1] == {"type": "XPathSelector", "value": "/p"}


@pytest.fixture
def collection(tmp_path: Path) -> Any:
    """A new collection of Anki's."""
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def import_package(collection: Any, folder: Path, highlights: list[Highlight], exported: str) -> Any:
    path = folder / "quotes.apkg"
    data = export(highlights, FORMATS["anki"], replace(SETTINGS, exported=exported))
    assert isinstance(data, bytes)
    path.write_bytes(data)
    return collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(path))).log


def notes_of(collection: Any) -> dict[str, Any]:
    return {note.guid: note for note in map(collection.get_note, collection.find_notes(""))}


def test_anki_imports_the_package_and_brings_it_up_to_date(collection: Any, tmp_path: Path) -> None:
    log = import_package(collection, tmp_path, THREE, "2026-02-03T04:05:06Z")
    assert len(log.new) == 3
    notes = notes_of(collection)
    silt = notes[SILT.id]
    assert silt["Quote"] == "Dredging never ends."
    assert silt["Note"] == "Ask Omar.<br>Twice."
    assert silt["Source"] == "Ida Brandt, How harbours silt up (Low Water #7), The dredger, 12:34"
    assert silt["Link"] == "https://www.youtube.com/watch?v=tides&amp;t=754s"
    assert sorted(silt.tags) == ["pullquote::favourite", "pullquote::green", "sea", "two-words"]
    assert {deck.name for deck in collection.decks.all_names_and_ids()} >= {
        "pullquote",
        "pullquote::Low Water",
    }
    (card,) = silt.cards()
    assert "Dredging never ends." in card.question()
    assert "Ask Omar." in card.answer()

    again = import_package(collection, tmp_path, THREE, "2026-02-04T04:05:06Z")
    assert (len(again.new), collection.note_count(), collection.card_count()) == (0, 3, 3)

    changed = [RIVER, replace(SILT, note="He knows."), LEGS]
    import_package(collection, tmp_path, changed, "2026-02-05T04:05:06Z")
    assert notes_of(collection)[SILT.id]["Note"] == "He knows."
    assert collection.note_count() == 3


def numbered(number: int) -> str:
    return f"{number:012x}".ljust(32, "0")


def hostile_highlights() -> list[Highlight]:
    texts = [text for text in HOSTILE if clean(text).text.strip()]
    return [
        replace(
            SILT,
            id=numbered(number),
            text=text,
            note=text,
            tags=(text,),
            anchor=replace(SILT.anchor, heading=text),
        )
        for number, text in enumerate(texts)
    ]


def plain(field: str) -> str:
    """Return what a field of Anki's shows."""
    text = re.sub(r"<br>", "\n", field)
    text = re.sub(r"</?(?:span|small|i)>", "", text)
    assert "<" not in text
    return html.unescape(text)


def test_whatever_a_text_holds_anki_shows_it_and_nothing_else(collection: Any, tmp_path: Path) -> None:
    found = hostile_highlights()
    import_package(collection, tmp_path, found, "2026-02-03T04:05:06Z")
    notes = notes_of(collection)
    for highlight in found:
        said = clean(highlight.text).text
        note = notes[highlight.id]
        assert plain(note["Quote"]) == unicodedata.normalize("NFC", said)
        assert not re.search(r"\[sound:|\[latex|\\\(|\{\{", note["Quote"] + "\n" + note["Cue"])
        assert [tag for tag in note.tags if not tag.startswith("pullquote::")]


def test_anki_imports_the_table(collection: Any, tmp_path: Path) -> None:
    path = tmp_path / "quotes.tsv"
    found = [*THREE, *hostile_highlights()]
    path.write_text(made("anki-tsv", found), encoding="utf-8", newline="")
    metadata = collection.get_csv_metadata(path=str(path), delimiter=None)
    assert metadata.is_html
    assert (metadata.tags_column, metadata.guid_column) == (3, 4)
    log = collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log
    assert len(log.new) == len(found)
    notes = notes_of(collection)
    back = notes[SILT.id].fields[1]
    assert back.startswith("Dredging never ends.<br>Ask Omar.<br>Twice.<br><i>Ida Brandt, How harbours")
    assert sorted(notes[SILT.id].tags) == ["pullquote::favourite", "pullquote::green", "sea", "two-words"]
    again = collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log
    assert (len(again.new), collection.note_count()) == (0, len(found))


needs_pandoc = pytest.mark.skipif(shutil.which("pandoc") is None, reason="Pandoc is not installed")


def pandoc(text: str, come_from: str, to: str) -> Any:
    done = subprocess.run(
        ["pandoc", "--from", come_from, "--to", to, "--wrap=none"],
        input=text.encode(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert not done.stderr
    return json.loads(done.stdout) if to == "json" else done.stdout.decode()


def blocks_of(document: Any, kind: str) -> list[Any]:
    """Return the blocks of a kind in Pandoc's document, in their order."""
    found: list[Any] = []

    def look(value: Any) -> None:
        if isinstance(value, dict) and value.get("t") == kind:
            found.append(value)
        elif isinstance(value, dict | list):
            for held in value.values() if isinstance(value, dict) else value:
                look(held)

    look(document)
    return found


def shown(value: Any) -> str:
    """Return the text that Pandoc's elements show, blanks squeezed; marks of any kind are an error."""
    if isinstance(value, list):
        return "".join(map(shown, value))
    kind, held = value.get("t"), value.get("c")
    if kind in ("Str", "Space", "SoftBreak", "LineBreak"):
        return held if kind == "Str" else " "
    if kind == "Link":
        # An address in the text: Org and GitHub make it a link by themselves.
        assert shown(held[1]) == held[2][0]
        return shown(held[1])
    if kind == "Code":
        return str(held[1])
    assert kind in ("Underline", "Para", "Plain", "BlockQuote", "BulletList", "OrderedList"), kind
    return shown(held[1] if kind == "OrderedList" else held) + " "


def squeezed(text: str) -> str:
    bare = re.sub(r"(?m)^\s*(?:- |\d+\. )", " ", text).replace("\u200c", "")
    return unicodedata.normalize("NFC", " ".join(bare.split()))


def for_pandoc(texts: list[str]) -> list[Highlight]:
    return [
        replace(SILT, id=numbered(number), text=text, note="", anchor=replace(SILT.anchor, heading="H"))
        for number, text in enumerate(texts)
    ]


PROSE = [
    *(clean(text).text for text in HOSTILE if clean(text).text.strip()),
    "One paragraph.\n\nAnother *one*.",
    "- One item\n- Two _items_\n  - Three",
    "Line one\nline two # three",
    "Costs $5 to $6 and $7",
    "a_b_c snake_case and 2^10 ~ 5",
]


@needs_pandoc
@pytest.mark.parametrize("dialect", ["gfm", "commonmark_x-smart"])
def test_markdown_shows_every_quote_as_it_stands(dialect: str) -> None:
    document = pandoc(made("markdown", for_pandoc(PROSE)), dialect, "json")
    quotes = blocks_of(document, "BlockQuote")
    assert not blocks_of(document, "Code")
    assert [squeezed(shown(quote)) for quote in quotes] == [squeezed(text) for text in PROSE]
    assert len(blocks_of(document, "HorizontalRule")) == len(PROSE)
    assert len(blocks_of(document, "Header")) == 2


def org_text(text: str) -> str:
    """Return a text as far as Pandoc's Org can be asked: it sets blanks around some signs, shows others by
    their like, and underlines after an entity, where Org does not."""
    return re.sub(r"[\s_=]", "", squeezed(text).translate(str.maketrans("∖˜", "\\~")))


@needs_pandoc
def test_org_shows_every_quote_as_it_stands() -> None:
    document = pandoc(made("org", for_pandoc(PROSE)), "org", "json")
    quotes = blocks_of(document, "BlockQuote")
    assert [org_text(shown(quote)) for quote in quotes] == [org_text(text) for text in PROSE]
    assert len(blocks_of(document, "Header")) == 2 + len(PROSE)


@needs_pandoc
def test_references_are_read_with_all_that_is_in_them() -> None:
    source = replace(HARBOURS, title="How {harbours} silt & 100 % #1", people=("Ida Brandt",))
    read = json.loads(pandoc(made("bibtex", [replace(SILT, source=source)]), "bibtex", "csljson"))
    assert read[0]["title"] == "How {harbours} silt & 100 % #1"
    assert read[0]["author"] == [{"family": "Brandt", "given": "Ida"}]
    assert read[0]["id"] == "brandt-2024-7"
    assert "Dredging never ends." in read[0]["annote"]


@needs_pandoc
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(several(least=1, most=3))
def test_no_text_can_break_a_page_of_notes(found: list[Highlight]) -> None:
    document = pandoc(made("markdown", found), "commonmark_x-smart", "json")["blocks"]
    rules = len(blocks_of(document, "HorizontalRule"))
    assert rules == len(found)
    assert len(blocks_of(document, "BlockQuote")) == len(found)
    assert not blocks_of(document, "RawBlock")
    assert not blocks_of(document, "RawInline")
    assert not blocks_of(document, "CodeBlock")
