from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tui.core.episode import Block, BlockKind, Episode, Place, Section
from tui.core.finding import EpisodeIndex
from tui.core.search.extracts import extract, in_text
from tui.core.search.hits import hits_of, place_in, section_now, units_around
from tui.core.search.library_query import LibraryQuery
from tui.core.search.query import parse, wanted_words


def episode(*sections: tuple[str, tuple[str, ...]]) -> Episode:
    made = tuple(
        Section(number, 1, title, tuple(Block(BlockKind.PARAGRAPH, text) for text in texts))
        for number, (title, texts) in enumerate(sections)
    )
    return Episode("0" * 12, Path("a.md"), "markdown", "A talk", made)


TALK = episode(
    ("Silt", ("The silt of a river.", "No more of it.")),
    ("", ("Rivers carry silt, and silt stays.",)),
)


def asked(query: str) -> LibraryQuery:
    return LibraryQuery(query, wanted=wanted_words(parse(query)))


def found(query: str) -> list[tuple[Place, int]]:
    hits = hits_of(EpisodeIndex(TALK), asked(query))
    return [hits.span(number) for number in range(len(hits))]


def test_hits_are_in_reading_order_with_headings() -> None:
    assert found("silt") == [
        (Place(0, -1, 0), 4),
        (Place(0, 0, 4), 8),
        (Place(1, 0, 13), 17),
        (Place(1, 0, 23), 27),
    ]


def test_phrases_and_fields_are_minded() -> None:
    assert found('"silt stays"') == [(Place(1, 0, 23), 33)]
    assert found("section:silt") == [(Place(0, -1, 0), 4)]
    assert found("title:silt") == []
    assert found("-silt") == []


def test_the_reader_goes_through_them_as_through_its_own() -> None:
    hits = hits_of(EpisodeIndex(TALK), asked("silt"))
    assert hits.query.text == "silt"
    assert dict(hits.by_section) == {0: 2, 1: 2}
    assert hits.first_from(Place(1, -1, 0)) == 2
    assert hits.in_unit(1, 0, 0, 100) == [(13, 17, 2), (23, 27, 3)]


def test_only_what_is_around_a_place_is_looked_through() -> None:
    index = EpisodeIndex(TALK)
    around = units_around(index, Place(1, 0, 3), 5)
    assert [index.units[number].text for number in around] == [
        "No more of it.",
        "Rivers carry silt, and silt stays.",
    ]
    hits = hits_of(index, asked("silt"), around)
    assert [hits.place(number).section for number in range(len(hits))] == [1, 1]
    assert units_around(index, Place(), 1_000) == range(4)
    assert len(units_around(EpisodeIndex(episode()), Place(), 9)) == 0


def test_a_section_that_moved_is_known_by_its_heading() -> None:
    moved = episode(("New", ()), ("Silt", ()), ("", ()), ("Silt", ()))
    assert section_now(moved, 0, "Silt").ordinal == 1
    assert section_now(moved, 3, "Silt").ordinal == 3
    assert section_now(moved, 0, "Gone").ordinal == 0
    assert section_now(moved, 99, "Gone").ordinal == 3


def test_the_place_of_an_extract_is_found_in_the_section() -> None:
    section = episode(("Head", ("First one.", "Then the eel."))).sections[0]
    at = extract(section.text, in_text(wanted_words(parse("eel")))).at
    assert place_in(section, at) == Place(0, 1, 9)
    assert place_in(section, None) == Place(0, -1, 0)
    assert place_in(Section(3, 1, "Empty"), 7) == Place(3, -1, 0)
    assert place_in(section, 9_999) == Place(0, 1, len("Then the eel."))


@given(st.lists(st.text(max_size=12), max_size=4), st.integers(0, 60))
def test_every_place_is_in_the_section(texts: list[str], at: int) -> None:
    section = episode(("Head", tuple(texts))).sections[0]
    place = place_in(section, at)
    if place.block >= 0:
        assert 0 <= place.offset <= len(section.blocks[place.block].text)
        text = section.blocks[place.block].text
        if at < len(section.text) and place.offset < len(text):
            assert section.text[at] == text[place.offset]
