"""Highlights in every format, read by the readers that the formats were made for."""

import csv
import json
import re
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.core.notebook.samples import HARBOURS, LEGS, RIVER, SETTINGS, SILT, THREE, several
from tui.core.cleaning import clean, has_unsafe
from tui.core.formats.kindle_clippings import entries
from tui.core.notebook.exports.readwise import COLUMNS
from tui.core.notebook.exports.table import FORMATS, export, format_named, formats
from tui.core.notebook.exports.values import ExportSettings
from tui.core.notebook.values import Anchor, Highlight
from tui.core.quotes import QuoteSettings
from tui.errors import PullquoteError, UsageError

TEXT_FORMATS = [format.name for format in FORMATS.values() if not format.is_binary]


def made(name: str, highlights: list[Highlight]) -> str:
    text = export(highlights, FORMATS[name], SETTINGS)
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize("name", TEXT_FORMATS)
@settings(max_examples=40)
@given(several())
def test_nothing_that_leaves_can_act_on_a_terminal(name: str, found: list[Highlight]) -> None:
    text = made(name, found)
    assert not has_unsafe(text.replace("\r\n", "\n"))
    assert text == made(name, found)


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_nothing_makes_a_document_without_any(name: str) -> None:
    assert isinstance(made(name, []), str)


def test_markdown_of_one_episode() -> None:
    assert made("markdown", [RIVER, SILT]) == (
        """---
title: "How harbours silt up"
show: "Low Water"
number: 7
people: ["Ida Brandt", "Omar Reyes"]
date: "2024-02-11"
source: "https://www.youtube.com/watch?v=tides"
tags: ["sea"]
exported: "2026-02-03"
pullquote: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
---

# How harbours silt up

*Low Water #7, 2024-02-11*

## The river

> Every river carries hills.

^h-222222222222

2026-01-02 · [open](https://www.youtube.com/watch?v=tides)

---

## The dredger

> Dredging never ends.

^h-111111111111

Ask Omar.\\
Twice.

#two-words #sea · ★ · green · Ida Brandt · 12:34 · 2026-01-02 · [open](https://www.youtube.com/watch?v=tides&t=754s)

---
"""
    )


def test_markdown_of_several_episodes_has_a_heading_for_each() -> None:
    text = made("markdown", THREE)
    assert re.findall("^#+ .*", text, re.M) == [
        "# How harbours silt up",
        "## The river",
        "## The dredger",
        "# On paper maps",
    ]
    assert "> - Contours are read with the legs.\n> - A map is left out.\n" in text


def test_links_to_notes_stay_links_and_all_else_in_a_note_is_text() -> None:
    text = made(
        "markdown", [replace(SILT, note="See [[Tides and *time*]] and [this](x) #now\n## no heading\n- item")]
    )
    assert "See [[Tides and *time*]] and \\[this\\](x) \\#now\\\n\\## no heading\n- item\n" in text


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("two words", "two-words"),
        ("a/b", "a/b"),
        ("1984", "1984_"),
        ("c++", "c"),
        ("日本", "日本"),
        ("#x", "x"),
    ],
)
def test_tags_are_such_as_obsidian_takes(tag: str, name: str) -> None:
    assert f"\n{name and f'#{name} · '}★ · " in made("markdown", [replace(SILT, tags=(tag,))])


def test_text_is_for_reading() -> None:
    assert made("text", [SILT, LEGS]) == (
        """How harbours silt up
Low Water #7, 2024-02-11
https://www.youtube.com/watch?v=tides

The dredger

  “Dredging never ends.”
  Note: Ask Omar.
  Twice.
  — Ida Brandt · 12:34 · ★ · green · two words, sea · 2026-01-02


On paper maps

  - Contours are read with the legs.
  - A map is left out.
  — 2026-01-04
"""
    )


def test_json_holds_everything() -> None:
    document = json.loads(made("json", THREE))
    assert list(document) == ["schema", "kind", "generator", "exported", "episodes", "highlights"]
    assert document["schema"] == 1
    assert document["exported"] == "2026-02-03T04:05:06Z"
    assert [episode["title"] for episode in document["episodes"]] == ["How harbours silt up", "On paper maps"]
    assert document["highlights"][1] == {
        "id": "1" * 32,
        "episode": "a" * 32,
        "text": "Dredging never ends.",
        "note": "Ask Omar.\nTwice.",
        "tags": ["two words", "sea"],
        "colour": "green",
        "favourite": True,
        "speaker": "Ida Brandt",
        "start_s": 754.5,
        "created": "2026-01-02T03:04:05Z",
        "modified": "2026-01-03T03:04:05Z",
        "anchor": {
            "exact": "Dredging never ends.",
            "prefix": "hand.\n\n",
            "suffix": " It only",
            "start": 412,
            "end": 432,
            "section": 3,
            "heading": "The dredger",
        },
        "extra": {},
    }


def test_a_path_that_is_no_utf_8_is_told_exactly() -> None:
    path = Path("/library/\udcff\x1b.md")
    text = made("json", [replace(SILT, source=replace(HARBOURS, path=path))])
    assert text.isascii()
    assert json.loads(text)["episodes"][0]["path"] == str(path)


def test_readwise_gets_exactly_its_columns() -> None:
    rows = list(csv.reader(StringIO(made("readwise", THREE), newline="")))
    assert rows[0] == ["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"]
    assert rows[2] == [
        "Dredging never ends.",
        "How harbours silt up",
        "Low Water",
        "https://www.youtube.com/watch?v=tides",
        "Ask Omar.\nTwice. .two-words .sea .favorite",
        "754",
        "2026-01-02 03:04:05",
    ]
    assert rows[3][0] == "• Contours are read with the legs.\n• A map is left out."


@given(several())
def test_readwise_cells_come_back_whole_and_none_is_a_formula(found: list[Highlight]) -> None:
    text = made("readwise", found)
    rows = list(csv.reader(StringIO(text, newline=""), strict=True))
    assert len(rows) == len(found) + 1
    for row, highlight in zip(rows[1:], found, strict=True):
        assert len(row) == len(COLUMNS)
        assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t")) for cell in row)
        said = re.sub(r"(?m)^(\s*)- ", r"\1• ", clean(highlight.text).text)
        assert row[0] in (said, f"'{said}")


def test_kindle_clippings_are_as_the_device_writes_them() -> None:
    assert made("kindle", [SILT, RIVER]) == (
        """How harbours silt up (Low Water)
- Your Highlight on Location 3 | Added on Friday, January 2, 2026 3:04:05 AM

Dredging never ends.
==========
How harbours silt up (Low Water)
- Your Note on Location 3 | Added on Friday, January 2, 2026 3:04:05 AM

Ask Omar.
Twice.
.two-words .sea .favorite
==========
How harbours silt up (Low Water)
- Your Highlight on Location 1 | Added on Friday, January 2, 2026 3:04:05 PM

Every river carries hills.
==========
""".replace("\n", "\r\n")
    )


@given(several())
def test_no_text_breaks_a_clipping(found: list[Highlight]) -> None:
    read = list(entries(made("kindle", found).replace("\r\n", "\n")))
    notes = sum(bool(one.note or one.tags or one.is_favourite) for one in found)
    assert len(read) in range(len(found), len(found) + notes + 1)
    assert all(entry.about.startswith("Your ") for entry in read)


@given(several())
def test_logseq_blocks_are_as_many_as_the_highlights(found: list[Highlight]) -> None:
    lines = made("logseq", found).split("\n")
    assert sum(line.startswith("- > ") or line == "- >" for line in lines) == len(found)
    assert all(not line or line.startswith(("- ", "\t")) for line in lines)
    assert sum(line.startswith("\tid:: ") for line in lines) == len(found)


def test_logseq_keeps_the_shape_of_its_exports() -> None:
    lines = made("logseq", [SILT]).splitlines()
    assert lines[:3] == [
        "- > Dredging never ends.",
        "\tid:: 11111111-1111-1111-1111-111111111111",
        "\ttitle:: [[How harbours silt up]]",
    ]
    assert "\ttags:: [[two words]], [[sea]]" in lines
    assert lines[-2:] == ["\t- Ask Omar.\\", "\t  Twice."]


def test_references_have_each_episode_once_and_keys_of_their_own() -> None:
    other = replace(HARBOURS, id="c" * 32)
    found = [SILT, RIVER, replace(SILT, id="4" * 32, source=other)]
    text = made("bibtex", found)
    assert re.findall("^@misc{(.*),", text, re.M) == ["brandt-2024-7", "brandt-2024-7b"]
    assert "“Every river carries hills.”\n(The river)" in text
    assert [item["id"] for item in json.loads(made("csl-json", found))] == ["brandt-2024-7", "brandt-2024-7b"]


def with_templates(**templates: str) -> ExportSettings:
    return replace(SETTINGS, quotes=QuoteSettings(templates=tuple(templates.items())))


def test_a_template_of_the_settings_is_filled_in_for_each() -> None:
    chosen = with_templates(short="{{ quote }} ({{ colour }}{% if favourite %}, ★{% endif %})", markdown="x")
    format = format_named("short", chosen)
    assert export([SILT, RIVER], format, chosen) == (
        "Dredging never ends. (green, ★)\n\nEvery river carries hills. (amber)\n"
    )
    assert format_named("markdown", chosen) is FORMATS["markdown"]
    assert [known.name for known in formats(chosen)] == [*FORMATS, "short"]


def test_a_template_in_a_file_may_name_all_highlights(tmp_path: Path) -> None:
    path = tmp_path / "page.html.j2"
    path.write_text(
        "<ul>{% for one in highlights %}<li>{{ one.quote | e }}</li>{% endfor %}</ul>", encoding="utf-8"
    )
    format = format_named(str(path), SETTINGS)
    assert format.suffix == ".html"
    found = [replace(SILT, text="a <b>"), RIVER]
    assert (
        export(found, format, SETTINGS)
        == "<ul><li>a &lt;b&gt;</li><li>Every river carries hills.</li></ul>\n"
    )


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ quote", "template “own”, line 1"),
        ("{{ nothing }}", "fields: quote, speaker"),
        ("{% macro x() %}{% endmacro %}", "macro is not allowed here"),
        ("{{ quote.__class__.__mro__ }}", "template “own”, line 1"),
    ],
)
def test_a_wrong_template_is_said_in_one_line(template: str, message: str) -> None:
    chosen = with_templates(own=template)
    with pytest.raises(PullquoteError, match=re.escape(message)) as caught:
        export([SILT], format_named("own", chosen), chosen)
    assert "\n" not in str(caught.value)


def test_an_unknown_format_is_said_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="no format “pdf”: choose one of markdown, text, json"):
        format_named("pdf", SETTINGS)


def test_an_address_that_is_none_of_the_web_becomes_no_link() -> None:
    source = replace(HARBOURS, url="javascript:alert(1)")
    for name in TEXT_FORMATS:
        if name != "json":
            assert "javascript" not in made(name, [replace(SILT, source=source)])


def test_an_id_of_another_kind_still_gives_a_name() -> None:
    text = made("markdown", [replace(RIVER, id="an id\nof somebody", anchor=Anchor("x"))])
    assert re.search(r"^\^h-[0-9a-f]{12}$", text, re.M)
