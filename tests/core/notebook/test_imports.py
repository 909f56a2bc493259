"""Files of highlights, read: our own exports, other programs' files, and files of nobody."""

import json
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.notebook.samples import HARBOURS, HOSTILE, MAPS, RIVER, SETTINGS, SILT, THREE, several
from tui.core.cleaning import has_unsafe
from tui.core.notebook.exports.table import FORMATS, export
from tui.core.notebook.imports.json_lines import item_lines
from tui.core.notebook.imports.note_tags import without_tags
from tui.core.notebook.imports.table import read_import
from tui.core.notebook.imports.values import Contents, time_of
from tui.core.notebook.values import Anchor, Colour, Highlight, Source
from tui.errors import PullquoteError, UnreadableError


def made(name: str, highlights: list[Highlight]) -> bytes:
    text = export(highlights, FORMATS[name], SETTINGS)
    return text if isinstance(text, bytes) else text.encode()


def read(data: bytes | str) -> Contents:
    return read_import(data if isinstance(data, bytes) else data.encode(), Path("some file"))


def highlights_in(data: bytes | str) -> list[Highlight]:
    found = read(data)
    assert not found.problems
    return [incoming.highlight for incoming in found.incoming]


@settings(max_examples=30)
@given(several())
def test_our_json_comes_back_byte_for_byte(found: list[Highlight]) -> None:
    data = made("json", found)
    contents = read(data)
    assert (contents.kind, contents.problems) == ("pullquote JSON", ())
    again = [incoming.highlight for incoming in contents.incoming]
    # The file's episodes come in the order of its highlights.
    assert made("json", again) == data
    assert made("json", highlights_in(made("json", again))) == data


def test_web_annotations_of_ours_come_back_with_all_they_hold() -> None:
    again = highlights_in(made("jsonld", THREE))
    for one, other in zip(again, THREE, strict=True):
        # What the model has no place for: the marks of lists, and the episode's id.
        source = replace(other.source, id=one.source.id)
        assert one == replace(other, source=source, text=other.anchor.exact)


@settings(max_examples=20)
@given(several())
def test_web_annotations_survive_a_round_trip(found: list[Highlight]) -> None:
    bare = [replace(highlight, extra={}) for highlight in found]
    again = highlights_in(made("jsonld", bare))
    assert made("jsonld", again) == made("jsonld", highlights_in(made("jsonld", again)))
    assert [one.id for one in again] == [one.id for one in bare]


ANNOTATION: dict[str, Any] = {
    "@context": ["http://www.w3.org/ns/anno.jsonld", {"ex": "http://example.org/"}],
    "id": "http://example.org/anno23",
    "type": "Annotation",
    "creator": {"id": "http://example.org/user1", "type": "Person"},
    "created": "2015-10-13T13:00:00+02:00",
    "motivation": ["bookmarking", "tagging"],
    "ex:weight": 3,
    "body": [
        {"type": "TextualBody", "value": "<p>j'adore !</p>", "format": "text/html", "language": "fr"},
        {"type": "TextualBody", "purpose": "tagging", "value": "paper"},
        {"type": "TextualBody", "value": "A comment."},
        "http://example.org/body1",
    ],
    "target": {
        "source": {"id": "http://example.org/page1", "title": "Paper and how it is made"},
        "state": {"type": "TimeState", "sourceDate": "2015-07-20T13:30:00Z"},
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": "anotation",
                "prefix": "this is an ",
                "suffix": " that has",
            },
            {"type": "RangeSelector", "startSelector": {"type": "XPathSelector", "value": "//p[1]"}},
            {"type": "TextPositionSelector", "start": 412, "end": 421},
        ],
    },
}


def test_an_annotation_of_somebody_else_is_understood_and_what_is_not_is_given_back() -> None:
    (found,) = highlights_in(json.dumps(ANNOTATION))
    assert (found.text, found.note, found.tags) == ("anotation", "A comment.", ("paper",))
    assert found.anchor == Anchor("anotation", "this is an ", " that has", 412, 421)
    assert (found.source.title, found.source.url) == ("Paper and how it is made", "http://example.org/page1")
    assert found.created == "2015-10-13T11:00:00Z"
    (back,) = json.loads(made("jsonld", [found]))["first"]["items"]
    assert back["id"] == ANNOTATION["id"]
    assert back["creator"] == ANNOTATION["creator"]
    assert back["motivation"] == ANNOTATION["motivation"]
    assert back["ex:weight"] == 3
    assert [ANNOTATION["body"][0], ANNOTATION["body"][3]] == back["body"][-2:]
    assert ANNOTATION["target"]["selector"][1] in back["target"]["selector"]
    assert back["target"]["state"] == ANNOTATION["target"]["state"]
    assert highlights_in(made("jsonld", [found]))[0].id == found.id


@pytest.mark.parametrize(
    "document",
    [
        ANNOTATION,
        [ANNOTATION],
        {"type": "AnnotationPage", "items": [ANNOTATION]},
        {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [ANNOTATION]}},
        {"type": ["AnnotationCollection"], "items": [ANNOTATION]},
    ],
    ids=["one", "list", "page", "collection", "collection with items"],
)
def test_annotations_come_alone_in_lists_in_pages_and_in_collections(document: object) -> None:
    assert [found.text for found in highlights_in(json.dumps(document))] == ["anotation"]


HYPOTHESIS = {
    "total": 2,
    "rows": [
        {
            "id": "AXhGTdzLEeq",
            "created": "2019-01-03T19:46:09.334539+00:00",
            "updated": "2019-01-05T19:46:10.000000+00:00",
            "user": "acct:ada@hypothes.is",
            "uri": "https://example.org/tides",
            "text": "Look *here*.",
            "tags": ["tides", "to read"],
            "group": "__world__",
            "document": {"title": ["Tides and towns"]},
            "links": {"incontext": "https://hyp.is/AXh"},
            "target": [
                {
                    "source": "https://example.org/tides",
                    "selector": [
                        {"type": "RangeSelector", "startContainer": "/p[1]"},
                        {"type": "TextPositionSelector", "start": 10, "end": 22},
                        {"type": "TextQuoteSelector", "exact": "Towns obey.", "prefix": "a", "suffix": "b"},
                    ],
                }
            ],
        },
        {"id": "page", "uri": "https://example.org/", "text": "A page note.", "target": [{"source": "x"}]},
    ],
}


@pytest.mark.parametrize("document", [HYPOTHESIS, HYPOTHESIS["rows"]], ids=["answer", "list"])
def test_what_hypothesis_returns_is_understood(document: object) -> None:
    contents = read(json.dumps(document, indent=1))
    assert contents.kind == "Hypothesis"
    (incoming,) = contents.incoming
    found = incoming.highlight
    assert (found.text, found.note, found.tags) == ("Towns obey.", "Look *here*.", ("tides", "to read"))
    assert (found.source.title, found.source.url) == ("Tides and towns", "https://example.org/tides")
    assert (found.created, found.modified) == ("2019-01-03T19:46:09Z", "2019-01-05T19:46:10Z")
    assert found.extra["hypothesis"] == {
        "id": "AXhGTdzLEeq",
        "user": "acct:ada@hypothes.is",
        "group": "__world__",
        "links": {"incontext": "https://hyp.is/AXh"},
    }
    (problem,) = contents.problems
    text = json.dumps(document, indent=1)
    assert problem.reason == "it selects no words (it may be about the whole page)"
    assert '"page"' in text.split("\n")[problem.line]


def test_the_table_that_readwise_imports_comes_back() -> None:
    again = highlights_in(made("readwise", THREE))
    assert [found.text for found in again] == [
        RIVER.text,
        SILT.text,
        "• Contours are read with the legs.\n• A map is left out.",
    ]
    silt = again[1]
    assert (silt.note, silt.tags, silt.is_favourite) == (SILT.note, ("two-words", "sea"), True)
    assert (silt.source.title, silt.source.show, silt.source.url) == (
        HARBOURS.title,
        HARBOURS.show,
        HARBOURS.url,
    )
    assert silt.created == SILT.created


EXPORT = """\
Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at
"He said ""no"",
and left.",On Paper,Ida Brandt,B00X,.map Keep this.,pink,"map, favorite",order,3,2021-03-05 12:11:10+00:00
A turn of the tide.,Low Water,Omar Reyes,,,,,time_offset,754,2021-03-06 00:00:00+02:00
,On Paper,Ida Brandt,,no text,,,,,
"""


def test_the_table_that_readwise_exports_is_understood_line_by_line() -> None:
    contents = read(EXPORT)
    first, second = (incoming.highlight for incoming in contents.incoming)
    assert first.text == 'He said "no",\nand left.'
    assert (first.note, first.tags, first.is_favourite) == ("Keep this.", ("map",), True)
    assert (first.colour, first.created) == (Colour.ROSE, "2021-03-05T12:11:10Z")
    assert (first.source.title, first.source.people, first.source.show) == ("On Paper", ("Ida Brandt",), None)
    assert first.extra["readwise"] == {"amazon book id": "B00X", "location type": "order", "location": "3"}
    assert (second.start_s, second.source.show, second.created) == (754, "Omar Reyes", "2021-03-05T22:00:00Z")
    assert [incoming.line for incoming in contents.incoming] == [2, 4]
    assert [(problem.line, problem.reason) for problem in contents.problems] == [
        (5, "there is no text in it")
    ]


def test_a_quotation_mark_too_many_is_said_with_its_line() -> None:
    contents = read('Highlight,Title,Note\nOne,T,\n"Two,T,\n' + "x" * 140_000)
    assert [incoming.highlight.text for incoming in contents.incoming] == ["One"]
    (problem,) = contents.problems
    assert problem.line == 3
    assert "quotation mark" in problem.reason


def test_kindle_clippings_come_back_with_their_notes() -> None:
    again = {found.text: found for found in highlights_in(made("kindle", THREE))}
    silt = again[SILT.text]
    assert (silt.note, silt.tags, silt.is_favourite) == (SILT.note, ("two-words", "sea"), True)
    assert (silt.source.title, silt.source.people) == (HARBOURS.title, ("Low Water",))
    assert silt.created == SILT.created


CLIPPINGS = """\ufeffOn Paper (Brandt, Ida)
- Ihre Markierung auf Seite 12 | Position 145-146 | Hinzugefügt am Freitag, 11. November 2016 19:49:33

Eine Karte lässt weg.
==========
On Paper (Brandt, Ida)
- Your Note on page 12 | Location 146 | Added on Friday, 11 November 2016 19:50:00

.map Ja.
==========
On Paper (Brandt, Ida)
- Your Bookmark on page 13 | Location 160 | Added on Friday, 11 November 2016 19:51:00


==========
what is this
==========
On Paper (Brandt, Ida)
- Your Note on page 99 | Location 1460 | Added on Friday, 11 November 2016 19:52:00

Alone.
==========
On Paper (Brandt, Ida)
- Your Highlight on page 20 | Location 300-301 | Added on Friday, November 11, 2016 12:05:00 AM

Contours.
==========
"""


def test_clippings_of_a_device_are_understood_and_the_rest_is_said_with_its_line() -> None:
    contents = read(CLIPPINGS.replace("\n", "\r\n"))
    first, second = (incoming.highlight for incoming in contents.incoming)
    assert (first.text, first.note, first.tags) == ("Eine Karte lässt weg.", "Ja.", ("map",))
    assert (first.source.title, first.source.people) == ("On Paper", ("Ida Brandt",))
    assert (first.created, second.created) == ("", "2016-11-11T00:05:00Z")
    assert [incoming.line for incoming in contents.incoming] == [1, 23]
    lines = CLIPPINGS.split("\n")
    problems = {lines[problem.line - 1]: problem.reason for problem in contents.problems}
    assert problems["what is this"] == "it is no clipping"
    assert "it is a note without a highlight" in problems.values()


def test_ids_made_of_contents_are_the_same_every_time() -> None:
    for name in ("readwise", "kindle"):
        data = made(name, THREE)
        first, second = highlights_in(data), highlights_in(data)
        assert [one.id for one in first] == [one.id for one in second]
        assert len({one.id for one in first}) == 3
    other = EXPORT.replace("time_offset,754", "time_offset,755")
    assert [one.highlight.id for one in read(other).incoming][1] != read(EXPORT).incoming[1].highlight.id


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x00\x01\x02" * 500, "some file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "PNG"),
        (b"", "holds no highlights that can be imported"),
        (b"just some text\n\nand more of it", "holds no highlights that can be imported"),
        (b"{", "is no JSON that can be read|holds no highlights"),
        (b'{"a": 1}', "holds no highlights that can be imported"),
        (b"[" * 100_000, "is no JSON that can be read"),
        (b'[1, 2, "x"]', "holds no highlights that can be imported"),
        (b'{"kind": "pullquote highlights", "schema": 99}', "a newer pullquote"),
        (b"title;author\nx;y\n", "holds no highlights that can be imported"),
    ],
    ids=["binary", "picture", "nothing", "text", "brace", "object", "deep", "list", "newer", "table"],
)
def test_a_file_of_another_kind_is_said_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableError, match=message) as caught:
        read(data)
    assert "\n" not in str(caught.value)


def test_json_that_is_cut_gives_what_is_whole() -> None:
    data = made("json", THREE)
    cut = data[: data.index(b'"3333')]
    contents = read(cut)
    assert [incoming.highlight.id for incoming in contents.incoming[:2]] == [RIVER.id, SILT.id]
    assert contents.problems[-1].reason == "the file is cut off here, or broken before"
    assert contents.problems[-1].line == cut.count(b"\n") + 1


WRONG: list[dict[str, object]] = [
    {"text": ""},
    {"text": None, "anchor": None},
    {"text": ["x"]},
    {},
]


def test_what_is_no_highlight_is_said_with_its_line() -> None:
    document = json.loads(made("json", [RIVER, SILT]))
    document["highlights"] = [*WRONG, 7, document["highlights"][0], "x"]
    text = json.dumps(document, indent=1)
    contents = read(text)
    assert [incoming.highlight.id for incoming in contents.incoming] == [RIVER.id]
    assert len(contents.problems) == len(WRONG) + 2
    lines = text.split("\n")
    assert lines[contents.problems[-2].line - 1].strip() == "7,"
    assert lines[contents.problems[-1].line - 1].strip() == '"x"'


def test_a_hostile_document_gives_clean_values_or_none() -> None:
    document = json.loads(made("json", [SILT]))
    (item,) = document["highlights"]
    item.update(
        id="../../etc\x1b[31m",
        colour="<script>",
        favourite="yes",
        tags=["a\x1b[31mb", 7, None, ["c"], "a\x1b[31mb"],
        note={"x": 1},
        start_s=1e999,
        created="yesterday",
        modified=7,
        extra={"deep": json.loads("[" * 60 + "]" * 60), "inf": float("inf"), "esc": "\x1b]52;c;x\x07"},
    )
    item["anchor"].update(start=-5, end=2**80, section=True, heading=["x"])
    document["episodes"][0].update(path="/x\ud800\x00", title="\u202e", url="javascript:alert(1)", number=-3)
    (found,) = highlights_in(json.dumps(document))
    assert re.fullmatch("[0-9a-f]{32}", found.id)
    assert (found.colour, found.is_favourite, found.note, found.start_s) == (Colour.AMBER, False, "", None)
    assert found.tags == ("a␛[31mb",)
    assert (found.created, found.modified) == ("", "")
    assert (found.anchor.start, found.anchor.end, found.anchor.section) == (0, 2**53, 0)
    assert (found.source.title, found.source.url, found.source.number) == ("Untitled", None, 0)
    assert not found.source.path.is_absolute()
    assert made("json", [found])


@pytest.mark.parametrize("path", ["/x\ud800", "relative", 7, "/x\0y", None])
def test_a_path_that_is_none_is_left_out(path: object) -> None:
    document = json.loads(made("json", [SILT]))
    document["episodes"][0]["path"] = path
    (found,) = highlights_in(json.dumps(document))
    assert found.source.path == Path("imported") / HARBOURS.id
    assert found.source.content == ""


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(HOSTILE) | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=3), inside, max_size=3),
    max_leaves=6,
)


@settings(max_examples=50)
@given(several(least=1, most=2), st.sampled_from(["json", "jsonld"]), st.data())
def test_nothing_that_stands_in_a_document_is_an_error(
    found: list[Highlight], name: str, data: st.DataObject
) -> None:
    document: Any = json.loads(made(name, found))
    spots: list[tuple[Any, Any]] = []

    def look(value: Any) -> None:
        for key, held in value.items() if isinstance(value, dict) else enumerate(value):
            spots.append((value, key))
            if isinstance(held, dict | list):
                look(held)

    look(document)
    for _ in range(3):
        holder, key = data.draw(st.sampled_from(spots))
        holder[key] = data.draw(VALUES)
    try:
        contents = read(json.dumps(document))
    except PullquoteError:
        return
    texts = [text for incoming in contents.incoming for text in texts_of(incoming.highlight)]
    assert not any(map(has_unsafe, texts))
    assert made("json", [incoming.highlight for incoming in contents.incoming])


def texts_of(found: Highlight) -> list[str]:
    source: Source = found.source
    return [
        found.id,
        found.text,
        found.note,
        *found.tags,
        found.speaker or "",
        source.title,
        source.show or "",
    ]


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from([*HOSTILE, ",", '"', "\n", "Highlight", "Title", "=====", "- Your Highlight on 1"])
    )
)
def test_no_text_at_all_is_an_error(pieces: list[str]) -> None:
    for head in ("", "Highlight,Title,Note\n", "[", '{"type": "Annotation", "target": '):
        with suppress(PullquoteError):
            read((head + "".join(pieces)).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    ("note", "rest", "tags"),
    [
        ("", "", ()),
        (".sea", "", ("sea",)),
        (".sea .two-words Note here.", "Note here.", ("sea", "two-words")),
        ("Note here. .sea", "Note here.", ("sea",)),
        ("Costs .5 or ...", "Costs .5 or ...", ()),
        ("See a.b and .c in between", "See a.b and .c in between", ()),
        ("One\ntwo\n.a .b", "One\ntwo", ("a", "b")),
    ],
)
def test_tags_in_notes(note: str, rest: str, tags: tuple[str, ...]) -> None:
    assert without_tags(note) == (rest, tags)


@pytest.mark.parametrize(
    ("told", "time"),
    [
        ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"),
        ("2026-01-02 03:04:05", "2026-01-02T03:04:05Z"),
        ("2026-01-02T03:04:05.999+02:00", "2026-01-02T01:04:05Z"),
        ("0001-01-01T00:00:00+14:00", ""),
        ("soon", ""),
        (7, ""),
    ],
)
def test_times_are_of_one_form(told: object, time: str) -> None:
    assert time_of(told) == time


def test_lines_of_items_are_counted() -> None:
    text = '{\n"a": {"list": 1},\n"list": [\n1,\n{"list":\n[2]},\n[\n3], 4],\n"b": [\n5]}'
    assert item_lines(text, "list", range(9)) == {0: 4, 1: 5, 2: 7, 3: 8}
    assert item_lines("[\n1,\n2]", "", range(9)) == {0: 2, 1: 3}
    assert item_lines("{}", "list", range(9)) == {}


def test_a_title_that_is_missing_has_a_name() -> None:
    (found,) = highlights_in("Highlight,Title\nWords.,\n")
    assert found.source.title == "Untitled"
    assert MAPS.title != found.source.title
