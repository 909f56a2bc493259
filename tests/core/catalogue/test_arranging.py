"""The orders of a library's list, its groups, and what the cursor stays on."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.core.catalogue.shelves import row
from tui.core.catalogue.arranging import (
    Arranger,
    Heading,
    Kept,
    Line,
    Listing,
    Readings,
    View,
    in_order,
    kept,
    position,
)
from tui.core.catalogue.calm import PIECE, calmly_sorted
from tui.core.catalogue.rows import Row
from tui.core.notebook.values import Reading, ReadingState, Source
from tui.core.sorting import SortKey

ROWS = [
    row("broken.md", problem="is not a text file"),
    row("ep 2.md", "alphabets", show="Kitchen", number=3, date="2023-01-05", words=100),
    row("ep 3.md", "Cables", words=500),
    row("ep 10.md", "Bread 10", show="Kitchen", number=2, date="2024-01-05", words=900),
    row("ep 11.md", "Bread 9", show="Attic", date="2024-01", words=100),
    row("unread.md"),
]


def reading(name: str, state: ReadingState, read_at: str) -> Reading:
    return Reading(Source(name, Path(name), "", name), state, read_at=read_at)


READINGS: Readings = {
    "ep 3.md": reading("ep 3.md", ReadingState.READING, "2026-01-01T00:00:00Z"),
    "ep 10.md": reading("ep 10.md", ReadingState.FINISHED, "2026-02-01T00:00:00Z"),
}

ORDERS = [
    (SortKey.NAME, "broken, 2, 3, 10, 11, unread", "unread, 11, 10, 3, 2, broken"),
    (SortKey.TITLE, "2, 11, 10, 3, broken, unread", "3, 10, 11, 2, broken, unread"),
    (SortKey.DATE, "10, 11, 2, broken, 3, unread", "2, 11, 10, broken, 3, unread"),
    (SortKey.SHOW, "11, 2, 10, broken, 3, unread", "2, 10, 11, broken, 3, unread"),
    (SortKey.LENGTH, "10, 3, 2, 11, broken, unread", "2, 11, 3, 10, broken, unread"),
    (SortKey.RECENT, "10, 3, broken, 2, 11, unread", "3, 10, broken, 2, 11, unread"),
]


def named(rows: Sequence[Row]) -> str:
    return ", ".join(row.place.removeprefix("ep ").removesuffix(".md") for row in rows)


@pytest.mark.parametrize(("sort", "there", "back"), ORDERS, ids=[sort.value for sort, *_ in ORDERS])
def test_every_order_puts_what_is_unknown_last(sort: SortKey, there: str, back: str) -> None:
    assert named(in_order(ROWS, sort, READINGS)) == there
    assert named(in_order(ROWS, sort, READINGS, is_reversed=True)) == back


def test_every_order_is_tested() -> None:
    assert {sort for sort, *_ in ORDERS} == set(SortKey)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("count", [0, 1, PIECE, 3 * PIECE + 7])
def test_sorting_calmly_is_sorting(count: int, *, reverse: bool) -> None:
    generator = random.Random(count)
    values = [(generator.randrange(count // 2 + 1), number) for number in range(count)]
    expected = sorted(values, key=lambda value: value[0], reverse=reverse)
    assert calmly_sorted(values, lambda value: value[0], reverse=reverse) == expected


def arranged(view: View, readings: Readings = READINGS, on: Kept = Kept()) -> Listing:  # noqa: B008
    listing = Arranger().arrange(ROWS, view, readings, on)
    assert listing is not None
    return listing


def texts(lines: Sequence[Line]) -> list[str]:
    return [line.text if isinstance(line, Heading) else line.place for line in lines]


def test_shows_are_headings_with_counts_and_can_be_folded() -> None:
    listing = arranged(View(SortKey.DATE, is_grouped=True))
    assert texts(listing.lines) == [
        *("Attic", "ep 11.md", "Kitchen", "ep 10.md", "ep 2.md"),
        *("no show", "broken.md", "ep 3.md", "unread.md"),
    ]
    assert [line.count for line in listing.lines if isinstance(line, Heading)] == [1, 2, 3]
    folded = arranged(View(SortKey.DATE, is_grouped=True, folded=frozenset({"kitchen", ""})))
    assert texts(folded.lines) == ["Attic", "ep 11.md", "Kitchen", "no show"]
    assert (folded.total, folded.found) == (6, 6)


def test_a_filter_narrows_groups_too() -> None:
    listing = arranged(View(is_grouped=True, wanted="bread"))
    assert texts(listing.lines) == ["Attic", "ep 11.md", "Kitchen", "ep 10.md"]
    assert (listing.total, listing.found, listing.similar) == (6, 2, 0)


def test_similar_words_come_last_below_a_heading() -> None:
    listing = arranged(View(is_grouped=True, wanted="braed"))
    assert texts(listing.lines) == ["similar: bread", "ep 11.md", "ep 10.md"]
    assert (listing.found, listing.similar) == (2, 2)


@pytest.mark.parametrize(
    ("state", "places"),
    [
        ("finished", ["ep 10.md"]),
        ("reading", ["ep 3.md"]),
        ("unread", ["broken.md", "ep 2.md", "ep 11.md", "unread.md"]),
        ("r", ["ep 3.md"]),
        ("nonsense", []),
    ],
)
def test_states_of_reading_are_filtered_by(state: str, places: list[str]) -> None:
    assert texts(arranged(View(wanted=f"is:{state}")).lines) == places


def test_whichever_file_of_an_episode_was_read_tells_its_state() -> None:
    several = row("talk.md", "Talk", files=("talk.md", "talk.srt"))
    half = reading("talk.srt", ReadingState.READING, "2026-01-01T00:00:00Z")
    listing = Arranger().arrange([several, *ROWS], View(wanted="is:reading"), {"talk.srt": half}, Kept())
    assert listing is not None
    assert texts(listing.lines) == ["talk.md"]


def test_what_the_cursor_is_on_is_told_where_it_is() -> None:
    on = kept(ROWS[3])
    listing = arranged(View(SortKey.TITLE), on=on)
    assert (listing.kept, listing.at) == (on, 2)
    assert arranged(View(wanted="cables"), on=on).at is None
    grouped = arranged(View(is_grouped=True))
    assert position(grouped.lines, Kept(show="kitchen")) == 2
    assert position(grouped.lines, Kept()) is None


def test_the_cursor_follows_what_moved_and_what_became_several() -> None:
    before = row("a.md", "A", id="aaaa")
    moved = row("deep/a.md", "A", id="aaaa")
    assert position([row("b.md", "B", id="bbbb"), moved], kept(before)) == 1
    file = row("export.md")
    members = [row("a.md"), row("export.md/1", file="export.md"), row("export.md/2", file="export.md")]
    assert position(members, kept(file)) == 1
    assert position([row("a.md"), file], kept(members[2])) == 1
    several = row("talk.md", files=("talk.md", "talk.srt"))
    assert position([row("a.md"), several], Kept("talk.srt")) == 1


def test_only_what_was_asked_for_last_is_answered() -> None:
    arranger = Arranger()
    asked: list[Listing | None] = []

    class Impatient(dict[str, Reading]):
        """Readings whose owner asks for something else while they are looked at."""

        def get(self, _place: object, _default: object = None) -> None:  # type: ignore[override]
            arranger.latest = -1

    asked.append(arranger.arrange(ROWS, View(SortKey.RECENT), Impatient(), Kept()))
    asked.append(arranger.arrange(ROWS, View(), {}, Kept()))
    assert asked[0] is None
    assert asked[1] is not None


def test_an_order_that_is_known_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    arranger = Arranger()
    first = arranger.arrange(ROWS, View(SortKey.TITLE), READINGS, Kept())
    monkeypatch.setattr("tui.core.catalogue.arranging.calmly_sorted", None)
    again = arranger.arrange(ROWS, View(SortKey.TITLE, wanted="ep"), READINGS, Kept())
    assert first is not None
    assert again is not None
    assert again.total == 6
