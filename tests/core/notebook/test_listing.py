"""What the notebook lists, in groups that change as highlights do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.notebook.making import MAPS, TIDES, bookmark, highlight
from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.filtering import Entry, listed, read_filter
from tui.core.notebook.listing import MANY, Group, Grouping, Listing, day_name, local_day
from tui.core.notebook.values import Anchor, Colour, Highlight

TODAY = date(2026, 1, 4)


def listing_of(
    entries: Sequence[Entry], grouping: Grouping = Grouping.EPISODE, lost: Sequence[Entry] = ()
) -> Listing:
    anchors = {entry.id: entry.anchor for entry in lost}
    return Listing(map(listed, entries), grouping, lost=anchors, today=TODAY)


def shown(listing: Listing) -> list[str]:
    """Headings in brackets, entries by their ids."""
    return [f"[{row.title}]" if isinstance(row, Group) else row.entry.id for row in listing.rows]


def edited(before: Entry | None, after: Entry | None) -> Change:
    return Change("change", (Edit(before, after),))


FIVE = (
    highlight("t2", section=2, at=1),
    highlight("m1", source=MAPS, at=2, colour=Colour.ROSE, tags=("craft", "Agi")),
    highlight("t1", section=1, at=3, is_favourite=True, tags=("agi",)),
    highlight("m3", source=MAPS, section=1, start=9, at=3, order=7),
    highlight("m2", source=MAPS, section=1, start=4, at=3, order=9),
)


@pytest.mark.parametrize(
    ("grouping", "rows"),
    [
        (Grouping.EPISODE, "[Tides] t1 t2 [Paper Maps | Folded #12] m1 m2 m3"),
        (Grouping.DATE, "[Yesterday] t1 m2 m3 [Friday, 2 January 2026] m1 [Thursday, 1 January 2026] t2"),
        (Grouping.TAG, "[#agi] t1 m1 [#craft] m1 [Without a tag] m2 m3 t2"),
        (Grouping.COLOUR, "[Amber] t1 m2 m3 t2 [Rose] m1"),
        (Grouping.FAVOURITE, "[Favourites] t1 [Others] m2 m3 m1 t2"),
    ],
)
def test_highlights_are_grouped(grouping: Grouping, rows: str) -> None:
    assert " ".join(shown(listing_of(FIVE, grouping))) == rows


def test_bookmarks_and_what_lost_its_place_come_last() -> None:
    listing = listing_of([bookmark("b"), *FIVE[:2]], lost=[FIVE[0]])
    assert shown(listing) == [
        "[Paper Maps | Folded #12]",
        "m1",
        "[Bookmarks]",
        "b",
        "[Lost their place]",
        "t2",
    ]
    assert listing.count_lost == 1


def test_a_heading_says_the_show_unless_the_title_does() -> None:
    groups = [row for row in listing_of(FIVE).rows if isinstance(row, Group)]
    assert {(group.title, group.aside) for group in groups} == {
        ("Tides", "Low Water #7"),
        ("Paper Maps | Folded #12", ""),
    }


def test_a_filter_leaves_no_empty_group() -> None:
    listing = listing_of(FIVE)
    listing.narrow(read_filter("#craft"))
    assert shown(listing) == ["[Paper Maps | Folded #12]", "m1"]
    assert listing.count_shown == 1
    listing.narrow(read_filter(""))
    assert listing.count_shown == 5


def test_what_stands_in_two_groups_is_counted_once() -> None:
    listing = listing_of(FIVE[1:2], Grouping.TAG)
    assert len(listing.rows) == 4
    assert listing.count_shown == 1
    assert [one.entry.id for one in listing.shown] == ["m1"]


def test_a_change_moves_a_highlight_to_its_group() -> None:
    listing = listing_of(FIVE, Grouping.FAVOURITE)
    listing.make(edited(FIVE[0], replace(FIVE[0], is_favourite=True)))
    assert shown(listing) == ["[Favourites]", "t1", "t2", "[Others]", "m2", "m3", "m1"]
    listing.make(edited(FIVE[2], None))
    assert "t1" not in shown(listing)
    listing.make(edited(None, FIVE[2]))
    assert shown(listing)[:3] == ["[Favourites]", "t1", "t2"]


def test_a_change_is_shown_only_if_it_passes_the_filter() -> None:
    listing = listing_of(FIVE)
    listing.narrow(read_filter("is:favourite"))
    listing.make(edited(FIVE[0], replace(FIVE[0], is_favourite=True)))
    assert shown(listing) == ["[Tides]", "t1", "t2"]
    listing.make(edited(FIVE[2], replace(FIVE[2], is_favourite=False)))
    assert shown(listing) == ["[Tides]", "t2"]


def test_a_new_place_ends_the_loss_and_its_undo_brings_it_back() -> None:
    lost = FIVE[0]
    found = replace(lost, anchor=Anchor("elsewhere", section=5))
    listing = listing_of(FIVE, lost=[lost])
    change = edited(lost, found)
    listing.make(change)
    assert shown(listing)[:3] == ["[Tides]", "t1", "t2"]
    listing.make(change.undone)
    assert shown(listing)[-2:] == ["[Lost their place]", "t2"]


def test_what_is_not_kept_yet_is_the_newest() -> None:
    waiting = highlight("w", at=3)
    kept = [highlight("k", at=3, order=5), waiting, highlight("l", at=3, order=6)]
    assert shown(listing_of(kept, Grouping.DATE)) == ["[Yesterday]", "w", "l", "k"]


def test_places_that_are_seen_later_move_entries() -> None:
    listing = listing_of(FIVE)
    listing.mark_lost({"m1": FIVE[1].anchor, "t1": None})
    assert shown(listing)[-2:] == ["[Lost their place]", "m1"]
    listing.mark_lost({"m1": None})
    assert listing.count_lost == 0


def test_the_heading_of_a_row_is_the_one_above_it() -> None:
    listing = listing_of(FIVE)
    assert [getattr(listing.heading_of(row), "title", None) for row in (0, 1, 3, 4, 6)] == [
        "Tides", "Tides", "Paper Maps | Folded #12", "Paper Maps | Folded #12", "Paper Maps | Folded #12",
    ]  # fmt: skip
    assert Listing((), Grouping.DATE).heading_of(0) is None


def test_a_place_of_reading_is_not_listed() -> None:
    from tui.core.notebook.values import Reading

    listing = listing_of(FIVE)
    before = shown(listing)
    listing.make(Change("place", (Edit(None, Reading(TIDES)),)))
    assert shown(listing) == before


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 4), "Today"),
        (date(2026, 1, 3), "Yesterday"),
        (date(2025, 12, 31), "Wednesday, 31 December 2025"),
        (None, "Some day"),
    ],
    ids=str,
)
def test_days_have_names(day: date | None, name: str) -> None:
    assert day_name(day, TODAY) == name


@pytest.mark.parametrize("time", ["", "yesterday", "2026-13-45T99:99:99Z", "9999-99"])
def test_a_time_that_is_none_has_no_day(time: str) -> None:
    assert local_day(time) is None


def test_a_day_is_the_readers_own() -> None:
    time = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert local_day("2026-03-01T23:30:00Z") == time.astimezone().date()


def test_many_changes_at_once_are_the_same_as_one_by_one() -> None:
    many = [highlight(f"h{number}", start=number) for number in range(MANY + 2)]
    listing = listing_of([*FIVE, *many], Grouping.FAVOURITE)
    listing.narrow(read_filter("is:favourite"))
    starred = [replace(one, is_favourite=True) for one in many]
    listing.make(Change("favourite", tuple(map(Edit, many, starred))))
    assert listing.count_shown == MANY + 3
    listing.mark_lost({one.id: one.anchor for one in starred})
    assert listing.count_lost == MANY + 2
    listing.make(Change("deleted", tuple(Edit(one, None) for one in starred)))
    assert shown(listing) == ["[Favourites]", "t1"]


made = st.builds(
    lambda number, at, colour, tags, is_favourite: highlight(
        f"h{number}", f"word {number}", [TIDES, MAPS][number % 2], at=at, section=number % 3,
        colour=colour, tags=tuple(tags), is_favourite=is_favourite, order=number + 1,
    ),
    st.integers(0, 9), st.integers(1, 3), st.sampled_from(Colour),
    st.lists(st.sampled_from(["a", "b"]), unique=True), st.booleans(),
)  # fmt: skip


@given(
    st.lists(made, unique_by=lambda one: one.id),
    st.lists(made),
    st.sampled_from(Grouping),
    st.sampled_from(["", "#a", "1"]),
)
def test_changes_one_by_one_lead_to_what_is_made_at_once(
    first: list[Highlight], changes: list[Highlight], grouping: Grouping, text: str
) -> None:
    listing = listing_of(first, grouping)
    listing.narrow(read_filter(text))
    known = {one.id: one for one in first}
    for after in changes:
        before = known.pop(after.id, None)
        # Every other time a highlight that is known goes.
        goes = before is not None and after.is_favourite
        listing.make(edited(before, None if goes else after))
        if not goes:
            known[after.id] = after
    at_once = listing_of(list(known.values()), grouping)
    at_once.narrow(read_filter(text))
    assert shown(listing) == shown(at_once)
    assert listing.count_shown == at_once.count_shown
