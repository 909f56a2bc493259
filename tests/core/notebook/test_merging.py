"""What becomes of a thing that two windows change."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.merging import is_overtaken, merged, merged_note, merged_tags, moved_on
from tui.core.notebook.session import Session, kept_again
from tui.core.notebook.values import Anchor, Bookmark, Colour, Highlight, Kept, Reading, ReadingState, Source
from tui.core.notebook.work import Work, WorkKind, overlaid, read_on

SOURCE = Source("s", Path("/talks/tides.md"), "c", "Tides")
OLD = Highlight("h", SOURCE, Anchor("Two hold."), "Two hold.", modified="2026-01-01T00:00:00Z")
NOTED = replace(OLD, note="Why?", modified="2026-01-02T00:00:00Z")
BLUE = replace(OLD, colour=Colour.BLUE, modified="2026-01-03T00:00:00Z")
BOTH = replace(BLUE, note="Why?")


@pytest.mark.parametrize(
    ("before", "after", "found", "becomes"),
    [
        (None, OLD, None, OLD),
        (None, OLD, NOTED, NOTED),
        (OLD, None, NOTED, None),
        (OLD, None, None, None),
        (OLD, NOTED, OLD, NOTED),
        (OLD, NOTED, BLUE, replace(BOTH, modified=BLUE.modified)),
        (OLD, BLUE, NOTED, BOTH),
        (OLD, NOTED, None, NOTED),
        (NOTED, OLD, NOTED, OLD),
        (OLD, replace(OLD, source=replace(SOURCE, title="Tides!")), NOTED, NOTED),
    ],
    ids=[
        *("new", "new and there", "deleted", "deleted twice", "alone", "other field", "the other way"),
        *("deleted elsewhere", "taken back", "only what is known of the episode"),
    ],
)
def test_only_what_a_change_is_about_changes(
    before: Kept | None, after: Kept | None, found: Kept | None, becomes: Kept | None
) -> None:
    assert merged(Edit(before, after), found) == becomes


@given(*[st.sampled_from(["", "a", "b", "c"])] * 3)
def test_no_note_of_another_window_is_lost(before: str, after: str, found: str) -> None:
    made = merged_note(before, after, found)

    assert after in made
    assert found in made or found == before


@given(*[st.lists(st.sampled_from("abcd"), unique=True).map(tuple)] * 3)
def test_all_tags_that_were_given_and_none_that_was_taken_away(
    before: tuple[str, ...], after: tuple[str, ...], found: tuple[str, ...]
) -> None:
    made = set(merged_tags(before, after, found))

    assert made >= set(after) - set(before)
    assert not made & (set(before) - set(after))
    assert made >= set(found) - set(before)


@pytest.mark.parametrize(
    ("left", "before", "found", "is_so"),
    [
        (OLD, None, OLD, False),
        (OLD, None, NOTED, True),
        (OLD, None, replace(OLD, anchor=Anchor("Two")), False),
        (OLD, None, None, False),
        (None, OLD, None, False),
        (NOTED, OLD, replace(NOTED, colour=Colour.ROSE), False),
        (NOTED, OLD, replace(NOTED, note="Because."), True),
        (NOTED, OLD, None, True),
    ],
)
def test_what_was_done_elsewhere_is_not_taken_back(
    left: Kept | None, before: Kept | None, found: Kept | None, is_so: bool
) -> None:
    assert is_overtaken(Edit(left, before), found) is is_so


def test_reading_on_keeps_the_later_state() -> None:
    finished, reading = (
        Reading(SOURCE, ReadingState.FINISHED),
        Reading(SOURCE, ReadingState.READING, share=0.3),
    )

    assert moved_on(finished, reading) == replace(reading, state=ReadingState.FINISHED)
    assert moved_on(Reading(SOURCE), reading) == reading
    assert moved_on(None, reading) == reading


def test_what_a_window_changed_in_all_is_changed_again_in_an_older_file() -> None:
    session = Session()
    session.add(Change("", (Edit(OLD, NOTED),)))
    session.add(Change("", (Edit(NOTED, BOTH),)))
    gone = replace(OLD, id="gone")
    session.add(Change("", (Edit(None, gone), Edit(gone, None))))

    (edit,) = session.change.edits

    assert kept_again(edit, OLD) == BOTH
    assert kept_again(edit, None) == BOTH
    assert kept_again(edit, replace(OLD, colour=Colour.ROSE)) == replace(
        NOTED, colour=Colour.ROSE, modified=BOTH.modified
    )
    session.forget_all_but([])
    assert session.change.edits == ()


def test_what_waits_is_seen_in_its_order() -> None:
    bookmark = Bookmark("b", SOURCE, Anchor("Rope"))
    works = [
        Work(WorkKind.MAKE, Change("", (Edit(OLD, NOTED), Edit(None, bookmark)))),
        read_on(Reading(SOURCE, share=0.2)),
        read_on(Reading(SOURCE, share=0.4)),
        Work(WorkKind.UNDO, Change("", (Edit(NOTED, OLD),))),
        Work(WorkKind.MAKE, Change("", (Edit(bookmark, None),))),
    ]

    assert overlaid([OLD], works[:1]) == [NOTED, bookmark]
    assert overlaid([OLD], works) == [OLD, Reading(SOURCE, share=0.4)]
    assert overlaid([], works[:1], is_part=True) == [bookmark]
