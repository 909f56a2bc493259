import random
import shutil
from pathlib import Path

import pytest

from tests.core.search.hostile import HOSTILE, soup
from tui.core.reading import read_episode
from tui.core.search import asker
from tui.core.search.asking import LibraryIndex, NoIndexError, Results, SectionHit, grouped
from tui.core.search.indexer import bring_up_to_date
from tui.core.search.scanning import Scanner


def headings(results: Results) -> list[str]:
    return [hit.card.heading for hit in results.hits]


def titles(results: Results) -> set[str]:
    return {hit.card.title for hit in results.hits}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("spoonful", {"The river brings it"}),
        ("SPOONFUL hills", {"The river brings it"}),
        ("jose", {"The river brings it"}),
        ("lodz strasse", {"Paper and light"}),
        ('"optimal rate"', {"Brief Summary"}),
        ('"rate optimal"', set()),
        ("silt -river", {"Dredging laws", "Introduction"}),
        ("dredg*", {"The river brings it", "Dredging laws", "Paper and light"}),
        ("section:paper", {"Paper and light"}),
        ("promise (signal OR contour)", {"What a contour says", "Signals"}),
        ("学习", {"开始"}),
        ("机器学习", {"开始"}),
        ("ช่องว่าง", {"ภาษา"}),
        ("after:2025 river", {"What a contour says"}),
        ("before:2025 river", {"The river brings it"}),
        ("guest:brandt hills", {"The river brings it"}),
        ("show:low promise", set()),
        ("tag:dredging falls", {"Dredging laws"}),
        ("brandt spoonful", {"The river brings it"}),
        ("nowhere", set()),
    ],
)
def test_finds(index: LibraryIndex, query: str, found: set[str]) -> None:
    results = index.search(query)
    assert set(headings(results)) == found
    assert results.total == len(found)


def test_of_an_episode_that_is_about_the_words_the_first_section_is_found(index: LibraryIndex) -> None:
    results = index.search("ida brandt")
    assert headings(results) == ["What a contour says", "The river brings it"]
    assert index.search("title:maps").total == 1
    assert index.search("after:2024").total == 2
    assert index.search("-river").total == 7


def test_headings_come_before_text(index: LibraryIndex) -> None:
    assert headings(index.search("signals"))[0] == "Signals"
    assert headings(index.search("river"))[0] == "The river brings it"


def test_newer_ones_come_first_among_equals(tmp_path: Path) -> None:
    for year in (2019, 2024, 2021):
        text = f"---\ntitle: Same\ndate: {year}-01-01\n---\n\n## Same heading\n\nThe same words.\n"
        (tmp_path / f"{year}.md").write_text(text, encoding="utf-8")
    bring_up_to_date(tmp_path, processes=0)
    hits = LibraryIndex(tmp_path).search("same words").hits
    assert [hit.card.date for hit in hits] == ["2024-01-01", "2021-01-01", "2019-01-01"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("s", {"Signals"}),
        ("spo", {"The river brings it"}),
        ("spoo", {"The river brings it"}),
        ("spoonful h", {"The river brings it"}),
        ("spoonful hil", {"The river brings it"}),
        ('"optimal ra', {"Brief Summary"}),
        ("brandt spoon", {"The river brings it"}),
        ("hills guest:bra", {"The river brings it"}),
        ("机", {"开始"}),
    ],
)
def test_finds_while_somebody_types(index: LibraryIndex, query: str, found: set[str]) -> None:
    assert found <= set(headings(index.search(query, typing=True)))


def test_letters_typed_one_by_one_lead_there(index: LibraryIndex) -> None:
    query = "dredging falls"
    for length in range(1, len(query) + 1):
        assert "Dredging laws" in headings(index.search(query[:length], typing=True)), query[:length]


@pytest.mark.parametrize(
    ("query", "typing", "instead"),
    [
        ("spoonfull", False, "spoonful"),
        ("dreging laws", False, "dredging laws"),
        ("spoonufl", False, "spoonful"),
        ("spoonul hills", True, "spoonful hills*"),
        ("spoinf", True, "spoonf*"),
        ('"optinal rate"', False, '"optimal rate"'),
        ("after:2024 spoonfull", False, "after:2024-01-01 spoonful"),
    ],
)
def test_a_mistake_is_forgiven_and_said(index: LibraryIndex, query: str, typing: bool, instead: str) -> None:
    results = index.search(query, typing=typing)
    assert (results.instead, results.total > 0) == (instead, True)


def test_nothing_is_corrected_that_is_there(index: LibraryIndex) -> None:
    assert index.search("silt").instead == ""
    assert index.search("xyzzyplugh").instead == ""


def test_hits_show_what_matched(index: LibraryIndex) -> None:
    results = index.search("maps lodz")
    (hit,) = results.hits
    extract = hit.extract(results.wanted)
    assert [extract.text[start:end] for start, end in extract.spans] == ["Maps", "Łódź"]
    assert [hit.card.title[start:end] for start, end in hit.title_spans(results.wanted)] == ["maps"]
    assert (hit.card.show, hit.card.date) == ("Folded", "2025-06-01")
    assert hit.card.id == read_episode(hit.path).id
    assert hit.path == index.library / "notes" / "Maps.md"
    (hit,) = index.search("section:paper").hits
    assert hit.heading_spans(index.search("section:paper").wanted) == ((0, 5),)


def test_hits_are_grouped_by_episode(index: LibraryIndex) -> None:
    results = index.search("river OR promise OR silt")
    groups = grouped(results)
    assert sum(len(group.hits) for group in groups) == len(results.hits) == results.total
    assert groups[0].best is results.hits[0]
    assert len({group.best.card.title for group in groups}) == len(groups) == results.episodes == 3


def test_files_of_one_episode_are_one_group(shelf: Path) -> None:
    (shelf / "Harbours.transcript.txt").write_text("HOST: The silt and the spoonful.\n", encoding="utf-8")
    bring_up_to_date(shelf, processes=0)
    results = LibraryIndex(shelf).search("spoonful")
    assert {hit.path.name: hit.card.label for hit in results.hits} == {
        "Harbours.md": "summary",
        "Harbours.transcript.txt": "transcript",
    }
    assert results.episodes == len(grouped(results)) == 1


def test_members_of_a_file_are_episodes(tmp_path: Path) -> None:
    text = "".join(
        f"# Tape {number}\n\n## Episode metadata\n- Episode title: Tape {number}\n- Show: Reel\n\n"
        f"> [!quote]\n> word{number} said so\n\n---\n\n"
        for number in (1, 2)
    )
    (tmp_path / "plain.md").write_text(text, encoding="utf-8")
    bring_up_to_date(tmp_path, processes=0)
    assert LibraryIndex(tmp_path).search("word2").total == 1


def test_a_state_of_reading_is_asked_for(shelf: Path, index: LibraryIndex) -> None:
    asked = LibraryIndex(shelf, lambda name: ["Harbours.md"] if name == "finished" else [])
    assert titles(asked.search("is:finished silt")) == {"How harbours silt up"}
    assert asked.search("is:reading silt").total == 0
    assert "How harbours silt up" not in titles(asked.search("silt -is:finished"))
    assert index.search("is:finished silt").total == 0


@pytest.mark.parametrize("state", ["reading", "finished"])
def test_what_is_in_no_other_state_is_unread(shelf: Path, index: LibraryIndex, state: str) -> None:
    def in_state(name: str) -> list[str]:
        return ["Harbours.md"] if name == state else []

    for asked in (LibraryIndex(shelf, in_state), Scanner(shelf, in_state)):
        assert "How harbours silt up" not in titles(asked.search("is:unread silt"))
        assert titles(asked.search("-is:unread silt")) == {"How harbours silt up"}
        assert "How harbours silt up" not in titles(asked.search("is:unread"))
    assert "How harbours silt up" in titles(index.search("is:unread silt"))


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_is_an_error(index: LibraryIndex, query: str) -> None:
    for typing in (False, True):
        results = index.search(query, typing=typing)
        for hit in results.hits:
            hit.extract(results.wanted)


def test_no_soup_of_operators_is_an_error(index: LibraryIndex) -> None:
    generator = random.Random(11)
    for _ in range(400):
        query = soup(generator)
        results = index.search(query, typing=generator.random() < 0.5)
        assert results.total >= len(results.hits), query


def test_related_sections_speak_of_the_same(shelf: Path, index: LibraryIndex) -> None:
    hits = index.related(shelf / "Harbours.md", 1)
    assert hits[0].card.heading == "The river brings it"
    assert all((hit.path, hit.ordinal) != (shelf / "Harbours.md", 1) for hit in hits)
    assert index.related(shelf / "gone.md", 0) == ()
    assert index.related(shelf / "Harbours.md", 99) == ()


def test_without_an_index_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="not there yet"):
        LibraryIndex(tmp_path)


def test_an_index_that_goes_is_said(shelf: Path, index: LibraryIndex) -> None:
    shutil.rmtree(index.folder.root)
    with pytest.raises(NoIndexError):
        index.refresh()
    assert shelf.is_dir()


def test_growth_is_seen(shelf: Path, index: LibraryIndex) -> None:
    assert not index.refresh()
    (shelf / "new.md").write_text("# New\n\nA wholly novelword.\n", encoding="utf-8")
    bring_up_to_date(shelf, processes=0)
    assert index.search("novelword").total == 0
    assert index.refresh()
    (hit,) = index.search("novelword").hits
    assert isinstance(hit, SectionHit)


def test_an_index_that_is_built_anew_is_seen(shelf: Path, index: LibraryIndex) -> None:
    bring_up_to_date(shelf, anew=True, processes=0)
    assert index.refresh()
    assert index.search("spoonful").total == 1


def test_episodes_are_counted_beyond_those_that_are_returned(shelf: Path, index: LibraryIndex) -> None:
    results = index.search("river OR promise OR silt", limit=1)
    assert (len(results.hits), results.episodes) == (1, 3)
    assert index.search("-nowhere", limit=2).episodes == 4
    (shelf / "Harbours.transcript.txt").write_text("HOST: The silt and the spoonful.\n", encoding="utf-8")
    bring_up_to_date(shelf, processes=0)
    assert LibraryIndex(shelf).search("spoonful", limit=1).episodes == 1


def test_a_word_that_is_nearly_everywhere_is_ranked_all_the_same(
    index: LibraryIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = {query: index.search(query, typing=True, limit=1) for query in ("silt ", "riv", "signals ")}
    monkeypatch.setattr(asker, "MANY", 1)
    for query, expected in plain.items():
        results = index.search(query, typing=True, limit=1)
        assert (results.total, headings(results)) == (expected.total, headings(expected))
    for has_deleted in (False, True):
        index.asker.has_deleted = has_deleted
        assert index.search("silt ", typing=True, limit=1).total == plain["silt "].total
