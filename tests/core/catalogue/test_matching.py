"""Which episodes fit what is typed, and which nearly do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.catalogue.shelves import row
from tests.core.search.hostile import HOSTILE
from tui.core.catalogue.marks import marks_of, spans_in
from tui.core.catalogue.matching import Matches, Vocabulary, matches
from tui.core.catalogue.wanted import Wanted, wanted_in

ROWS = [
    row(
        "a.md",
        "Scaling laws",
        show="Lex Fridman Podcast",
        number=452,
        people=("Dario Amodei",),
        date="2024-11-11",
    ),
    row("b.md", "How harbours silt up", show="Low Water", tags=("dredging",), date="2024-02"),
    row("c.md", "José vivía en la Straße", show="Folded", people=("Ida Brandt", "Łukasz Nowak"), date="2023"),
    row("d.md", "机器学习改变了一切", show="学习"),
    row("e.md", "The start of art", people=("Dario Brandt",), date="2025-06-01"),
    row("ep [1].md", "Tea; or: C++ & [/red]"),
]


def found(typed: str) -> Matches:
    return matches(ROWS, wanted_in(typed), {"a.md": "finished"}, Vocabulary(ROWS))


def fitting(typed: str) -> str:
    """The files of what fits, those that only nearly do behind a tilde."""
    these = found(typed)
    exact = [*these.begun, *these.inside]
    return " ".join([*(one.place[0] for one in exact), *(f"~{one.place[0]}" for one in these.similar)])


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("harbours", "b"),
        ("HARB wat", "b"),
        ("dario", "a e"),
        ("dario lex", "a"),
        ("dario silt", ""),
        ("jose", "c"),
        ("STRASSE", "c"),
        ("lukasz", "c"),
        ("学习", "d"),
        ("452", "a"),
        ("2024-11", "a"),
        ("dredging", "b"),
        ("c++", "e"),
        ("[/red]", "e"),
        ("", "a b c d e e"),
        ("   ", "a b c d e e"),
    ],
)
def test_every_word_must_be_there(typed: str, places: str) -> None:
    assert fitting(typed) == places


def test_words_that_begin_words_come_before_words_inside_others() -> None:
    rows = [row("x.md", "A party"), row("y.md", "Modern art"), row("z.md", "Smart: art")]
    these = matches(rows, wanted_in("art"), {}, Vocabulary(rows))
    assert [one.place for one in these.begun] == ["y.md", "z.md"]
    assert [one.place for one in these.inside] == ["x.md"]


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("amdei", "~a"),
        ("scalling", "~a"),
        ("harbuors silt", "~b"),
        ("dario brnadt", "~e"),
        ("dredgnig", "~b"),
        ("fridmann", "~a"),
        ("xyzzyq", ""),
        ("amdi", ""),
        ("zz", ""),
        ("7777", ""),
    ],
)
def test_a_word_that_no_episode_has_may_be_a_misspelt_one(typed: str, places: str) -> None:
    assert fitting(typed) == places


def test_words_that_are_there_have_no_similar_ones() -> None:
    assert found("dario").words == {}
    assert found("star").similar == ()
    assert found("amdei").words == {"amdei": ("amodei",)}


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("show:lex", "a"),
        ('show:"low water" silt', "b"),
        ("guest:brandt", "c e"),
        ("guest:dario guest:brandt", "e"),
        ("tag:dredg", "b"),
        ("title:art", "e"),
        ("after:2024", "a b e"),
        ("after:2024-03", "a e"),
        ("before:2024-03", "b c"),
        ("after:2024 before:2025", "a b"),
        ("after:2024-1", "a b e"),
        ("after:soon", "a b c d e e"),
        ("is:finished", "a"),
        ("is:unread dario", "e"),
        ("show:", "a b c d e e"),
        ("is:", "a b c d e e"),
        ("Show:LEX", "a"),
        ("show:lex silt", ""),
        ("http://show:lex", ""),
    ],
)
def test_fields_narrow(typed: str, places: str) -> None:
    assert fitting(typed) == places


def test_nothing_typed_wants_nothing() -> None:
    assert not wanted_in(" ")
    assert wanted_in("a") == Wanted(("a",))
    assert not wanted_in("a").has_fields


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_text_is_an_error(typed: str) -> None:
    these = found(typed)
    assert set(these.begun) | set(these.inside) | set(these.similar) <= set(ROWS)


@given(st.text(max_size=30))
def test_any_text_finds_some_or_none(typed: str) -> None:
    these = found(typed)
    shown = [*these.begun, *these.inside, *these.similar]
    assert len(shown) == len(set(shown)) <= len(ROWS)
    for one in shown:
        for start, end in spans_in(one.title, marks_of(typed, these.words)):
            assert 0 <= start < end <= len(one.title)


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("José vivía en la Straße", "jose strasse", ["José", "Straße"]),
        ("Ｌｏｗ water", "low", ["Ｌｏｗ"]),
        ("banana", "ana an", ["anan"]),
        ("Low Water #7", "show:water 7", ["Water", "7"]),
        ("Scaling laws", "amdei", []),
    ],
)
def test_what_was_typed_is_marked(text: str, typed: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in spans_in(text, marks_of(typed, {}))] == marked


def test_similar_words_are_marked() -> None:
    assert spans_in("Dario Amodei", marks_of("amdei", {"amdei": ("amodei",)})) == [(6, 12)]
