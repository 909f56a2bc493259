"""What is typed to narrow the notebook."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.notebook.making import bookmark, highlight
from tui.core.notebook.filtering import listed, read_filter, word_spans
from tui.core.notebook.values import Colour

ENTRIES = [
    listed(highlight("plain", "Dredging never ends.")),
    listed(highlight("noted", "It only falls behind.", note="Ask Zoë about\nthe ferry")),
    listed(highlight("tagged", "A map is a list.", tags=("to read", "Agi"))),
    listed(highlight("starred", "Contours are “read”.", is_favourite=True, colour=Colour.ROSE)),
    listed(bookmark("place", "A place of dredging")),
    listed(highlight("gone", "Nobody knows."), is_lost=True),
]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", ["plain", "noted", "tagged", "starred", "place", "gone"]),
        ("dredging", ["plain", "place"]),
        ("DRED ends", ["plain"]),
        ("zoe ferry", ["noted"]),
        ('"about the ferry"', ["noted"]),
        ('"ferry about"', []),
        ('"read"', ["tagged", "starred"]),
        ("low water tides", ["plain", "noted", "tagged", "starred", "place", "gone"]),
        ("brandt list", ["tagged"]),
        ("dredging -place", ["plain"]),
        ("#a", ["tagged"]),
        ("#to", ["tagged"]),
        ("tag:AGI", ["tagged"]),
        ("-#agi -is:bookmark -is:lost", ["plain", "noted", "starred"]),
        ("is:favourite", ["starred"]),
        ("is:favorite", ["starred"]),
        ("is:f", ["starred"]),
        ("is:lost", ["gone"]),
        ("is:bookmark", ["place"]),
        ("has:note", ["noted"]),
        ("has:tags", ["tagged"]),
        ("colour:rose", ["starred"]),
        ("color:amber -has:tags -has:note", ["plain", "gone"]),
        ("is: # colour: -", []),
        ("is:nonsense", []),
        ('"', ["plain", "noted", "tagged", "starred", "place", "gone"]),
        ("is:", ["plain", "noted", "tagged", "starred", "place", "gone"]),
        ("#", ["plain", "noted", "tagged", "starred", "place", "gone"]),
    ],
)
def test_a_filter_lets_pass(text: str, ids: list[str]) -> None:
    assert [one.entry.id for one in read_filter(text).passing(ENTRIES)] == ids


@given(st.text())
def test_anything_typed_is_a_filter(text: str) -> None:
    assert set(read_filter(text).passing(ENTRIES)) <= set(ENTRIES)


def test_words_are_found_in_the_text_as_it_stands() -> None:
    text = "A Café — the cafe’s own."
    spans = word_spans(text, read_filter("cafe own").words)
    assert [text[start:end] for start, end in spans] == ["Café", "cafe", "own"]


def test_no_span_lies_over_another() -> None:
    assert word_spans("banana", ("anan", "nan", "ban")) == [(0, 3)]
