import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import bullet, episode, section
from tui.core import finding
from tui.core.episode import Episode, Place
from tui.core.finding import EpisodeIndex, Hits, PatternError, Query

EPISODE = episode(
    section(
        0, "Silt and José", "The river brings silt. José says so.", bullet("Silt, again; the dredger waits.")
    ),
    section(1, "", "An untitled opening about the Dredger."),
    section(2, "Silt and José", "No more of it — or nearly. Straße."),
)


def find(text: str, *, is_regex: bool = False, of: Episode = EPISODE) -> Hits:
    return EpisodeIndex(of).find(Query(text, is_regex))


def words(hits: Hits) -> list[str]:
    return [
        hits.index.units[unit].text[start:end]
        for unit, start, end in zip(hits.units, hits.starts, hits.ends, strict=True)
    ]


def test_hits_come_in_reading_order_with_headings() -> None:
    hits = find("silt")
    assert [hits.place(hit) for hit in range(len(hits))] == [
        Place(0, -1, 0),
        Place(0, 0, 17),
        Place(0, 1, 0),
        Place(2, -1, 0),
    ]


def test_hits_are_counted_by_section() -> None:
    assert find("silt").by_section == {0: 3, 2: 1}


def test_a_capital_letter_minds_case() -> None:
    assert words(find("Dredger")) == ["Dredger"]
    assert words(find("dredger")) == ["dredger", "Dredger"]


def test_accents_and_signs_are_folded_with_right_spans() -> None:
    assert words(find("jose")) == ["José", "José", "José"]
    assert words(find("it - or")) == ["it — or"]
    assert words(find("strasse")) == ["Straße"]


def test_one_sharp_s_is_one_hit() -> None:
    assert words(find("ss")) == ["ß"]
    assert len(find("s", of=episode(section(0, "", "ß")))) == 1


def test_nothing_is_found_for_nothing() -> None:
    assert len(find("")) == len(find("   ")) == 0


def test_a_literal_query_may_look_like_a_pattern() -> None:
    text = episode(section(0, "", "a (b)+ [c] \\d . * ?"))
    for query in ("(b)+", "[c]", "\\d", ". * ?"):
        assert words(find(query, of=text)) == [query]


def test_patterns() -> None:
    assert words(find(r"dr\w+r", is_regex=True)) == ["dredger", "Dredger"]
    assert words(find(r"^an", is_regex=True)) == ["An"]
    assert words(find(r"\W+ again", is_regex=True)) == [", again"]


@pytest.mark.parametrize("pattern", ["(", "[a", "a{1000}{1000}", "*", "(?P<x>a)(?P<x>b)(", "(" * 3000])
def test_a_bad_pattern_is_refused_in_words(pattern: str) -> None:
    with pytest.raises(PatternError, match="pattern"):
        find(pattern, is_regex=True)


def test_a_slow_pattern_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "TIME_LIMIT_S", 0.05)
    text = episode(section(0, "", "a" * 5000 + "b"))
    began = time.monotonic()
    with pytest.raises(PatternError, match="slow"):
        find("(a+)+$", is_regex=True, of=text)
    assert time.monotonic() - began < 30


def test_a_pattern_never_reaches_into_the_next_block() -> None:
    hits = find(r"so\.\s+Silt", is_regex=True)
    assert all(
        end <= len(hits.index.units[unit].text) for unit, end in zip(hits.units, hits.ends, strict=True)
    )


def test_too_many_hits_are_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_HITS", 5)
    hits = find("e")
    assert len(hits) == 5
    assert hits.cut_off


@pytest.mark.parametrize(
    ("place", "hit"),
    [
        (Place(), 0),
        (Place(0, -1, 1), 1),
        (Place(0, 0, 17), 1),
        (Place(0, 0, 18), 2),
        (Place(1, 0, 0), 3),
        (Place(2, 0, 0), 0),
    ],
)
def test_the_first_hit_from_a_place(place: Place, hit: int) -> None:
    assert find("silt").first_from(place) == hit


def test_hits_of_a_part_of_a_block() -> None:
    hits = find("dredger")
    assert hits.in_unit(0, 1, 0, 100) == [(17, 24, 0)]
    assert hits.in_unit(0, 1, 20, 22) == [(17, 24, 0)]
    assert hits.in_unit(0, 1, 24, 100) == []
    assert hits.in_unit(9, 9, 0, 100) == []


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=5), st.text(min_size=1, max_size=8))
def test_any_query_on_any_text_gives_spans_that_lie_in_it(texts: list[str], query: str) -> None:
    hits = find(query, of=episode(section(0, "Title", *texts)))
    for unit, start, end in zip(hits.units, hits.starts, hits.ends, strict=True):
        assert 0 <= start < end <= len(hits.index.units[unit].text)


@pytest.mark.parametrize(
    ("place", "count"), [(Place(), 0), (Place(0, 0, 0), 1), (Place(2, -1, 0), 3), (Place(2, 0, 0), 4)]
)
def test_how_many_hits_are_before_a_place(place: Place, count: int) -> None:
    assert find("silt").count_before(place) == count


def test_blanks_typed_twice_are_one() -> None:
    assert words(find("brings  silt")) == ["brings silt"]
