"""The other opinion that ``benchmarks fidelity`` measures against, on small documents of our own."""

from pathlib import Path

import pytest

from benchmarks.fidelity_documents import (
    Document,
    Marked,
    documents,
    html_pieces,
    letters,
    marked,
    page_text,
    without_headings,
    without_marks,
)
from benchmarks.fidelity_labels import FIELDS, labels, wrong_fields
from benchmarks.fidelity_measures import as_bags, coverage, in_order
from benchmarks.fidelity_peers import simple_titles, words
from benchmarks.fidelity_shown import episode_of_page, outline_keys, shown_letters
from benchmarks.fidelity_speakers import Turn, speakers, turns
from tui.core.reading import read_episode

NOTES = """\
---
title: "On Rivers"
---

# On Rivers

**Show:** Stream Talk

## The [source](https://river.example) `00:00`

It is *wet*.

- one
  goes on
- two

**In bold**

> ## Quoted

The mouth
---

It ends.
"""

FENCED = f"{NOTES}\n```\n# no heading\n```\n\n{'It rains. ' * 40}\n"


def source(tmp_path: Path, text: str, name: str = "notes.md", kind: str = "") -> Marked:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return marked(Document(path, f"someone/{name}", kind))


def test_the_scanner_sees_what_a_person_sees(tmp_path: Path) -> None:
    pieces = source(tmp_path, FENCED).pieces
    assert [(piece.kind, piece.text, piece.level) for piece in pieces] == [
        ("heading", "On Rivers", 1),
        ("paragraph", "Show: Stream Talk", 0),
        ("heading", "The source 00:00", 2),
        ("paragraph", "It is wet.", 0),
        ("item", "one goes on", 0),
        ("item", "two", 0),
        ("paragraph", "In bold", 0),
        ("paragraph", "Quoted", 0),
        ("heading", "The mouth", 2),
        ("paragraph", "It ends.", 0),
        ("code", "# no heading", 0),
        ("paragraph", ("It rains. " * 40).strip(), 0),
    ]
    assert [piece.text for piece in pieces if piece.bold] == ["In bold", "Quoted"]


def test_saved_pages_are_seen_without_their_furniture() -> None:
    page = "<header><h1>Site</h1></header><main><h2>A</h2><p>b <i>c</i></p><ul><li>d</li></ul></main>"
    assert [(piece.kind, piece.text) for piece in html_pieces(page)] == [
        ("heading", "A"),
        ("paragraph", "b c"),
        ("item", "d"),
    ]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("a [b](c) [[d|e]] ![f](g)", "a b e"),
        (r"snake\_case and x_y", "snake_case and x_y"),
        ("<b>h</b> <https://x.org> &amp; **i**", "h https://x.org & i"),
    ],
)
def test_marks_are_taken_off(line: str, text: str) -> None:
    assert without_marks(line) == text


def test_page_text_has_no_marks_and_the_reader_finds_the_headings_again(tmp_path: Path) -> None:
    document = source(tmp_path, NOTES)
    text = page_text(document)
    assert text.startswith(
        "On Rivers\n\nShow: Stream Talk\n\nThe source 00:00\n\nIt is wet.\n\n  • one goes on\n"
    )
    assert "#" not in text
    assert "The mouth\nIt ends." in page_text(document, tight=True)
    assert "The mouth" not in page_text(without_headings(document))


def test_a_reader_that_is_right_scores_one(tmp_path: Path) -> None:
    document = source(tmp_path, FENCED)
    episode = read_episode(document.document.path)
    there = [letters(piece.text) for piece in document.headings]
    assert in_order([key for key, _ in outline_keys(episode, there)], there).f1 == 1
    score, doubled = coverage(document.paragraphs, shown_letters(episode))
    assert (score.recall, doubled, score.wrong) == (1, 0, [])


def test_what_is_missed_or_made_up_counts() -> None:
    score = in_order(["a", "x", "b", "y"], ["a", "b", "c"], optional=["y"])
    assert (score.right, score.found, score.there, score.wrong) == (2, 3, 3, ["+x", "-c"])
    assert as_bags(["a", "a"], ["a", "b"]).errors == 2
    lost, doubled = coverage(["one", "w" * 50], ["w" * 100])
    assert (lost.there - lost.right, doubled) == (1, 1)


def test_turns_are_found_by_their_labels(tmp_path: Path) -> None:
    said = "\n\n".join(f"**{name}:** It rains, {part}." for part in range(4) for name in ("Ann", "Bo"))
    document = source(tmp_path, f"{said}\n\nAnd on.\n", kind="transcript-md")
    found = turns(document)
    assert found[0] == Turn("Ann", "itrains0")
    assert found[-1] == Turn("Bo", "itrains3andon")
    assert speakers(read_episode(document.document.path), found).f1 == 1
    assert turns(source(tmp_path, said, kind="summary-md")) == []


def test_labels_are_facts_about_documents_that_there_are(shared: Path) -> None:
    known = labels()
    assert len(known) >= 60
    there = {document.name for document in documents(shared)}
    assert set(known) <= there
    assert {path.partition("/")[0] for path in known} == {name.partition("/")[0] for name in there}
    assert all(row["title"] and row["language"] and set(row) == set(FIELDS) for row in known.values())


def test_a_field_is_right_by_any_of_its_answers() -> None:
    episode = episode_of_page("On Rivers\n\nShow: Stream Talk\n\nIt is wet, and that is the whole of it.\n")
    label = dict.fromkeys(FIELDS, "") | {
        "title": "on rivers!",
        "show": "River || stream-talk",
        "language": "en",
    }
    assert wrong_fields(episode, label) == {}
    assert set(wrong_fields(episode, label | {"number": "7"})) == {"number"}


def test_peers_are_read() -> None:
    assert (
        words(
            [{"t": "Str", "c": "a"}, {"t": "Space"}, {"t": "Link", "c": [[], [{"t": "Str", "c": "b"}], []]}]
        )
        == "a b"
    )
    assert simple_titles("The source\n\nIt ends.\n\n• one\n") == ["thesource"]
