"""What an episode's notes become by a change: the same as if they were read anew."""

from dataclasses import replace

import pytest

from tests.making import episode, section
from tui.core.episode import Place
from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.following import followed
from tui.core.notebook.highlighting import highlight_of
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.places import place_anchor
from tui.core.notebook.text import EpisodeText
from tui.core.notebook.values import Bookmark, Colour, Highlight, Reading, ReadingState, new_id, new_source
from tui.core.stretches import Stretch

HARBOURS = episode(
    section(0, "Silt", "The river brings silt.", "It never asks."), section(1, "Tides", "Twice a day.")
)
TEXT = EpisodeText(HARBOURS)
OTHER = replace(new_source(HARBOURS), id="f" * 32, path=HARBOURS.path.with_name("other.md"), content="other")

FIRST, SECOND = Stretch(Place(0, 0, 0), Place(0, 0, 22)), Stretch(Place(0, 1, 3), Place(1, 0, 5))


class Pages:
    """A notebook, and an episode's notes that follow every change of it."""

    def __init__(self) -> None:
        self.notebook = Notebook()
        self.notes = self.notebook.of_episode(HARBOURS)
        self.source = self.notes.source

    def highlight(self, stretch: Stretch) -> Highlight:
        return highlight_of(HARBOURS, stretch, TEXT, self.source)

    def bookmark(self, place: Place, letter: str = "") -> Bookmark:
        return Bookmark(new_id(), self.source, place_anchor(TEXT, place), letter)

    def make(self, *edits: Edit) -> None:
        change = Change("test", edits)
        self.notebook.make(change)
        assert self.notebook.flush(5)
        self.notes = followed(self.notes, change, TEXT)

    def assert_as_read_anew(self) -> None:
        read = self.notebook.of_episode(HARBOURS)

        def seen(notes: object) -> object:
            assert isinstance(notes, type(read))
            return (
                # The store says when something was changed, if whoever changed it does not.
                [(replace(one.highlight, order=0, modified=""), one.stretch) for one in notes.highlights],
                {(one.bookmark, one.place) for one in notes.bookmarks},
                set(notes.letters),
                notes.reading,
            )

        assert seen(self.notes) == seen(read)


@pytest.fixture
def pages() -> Pages:
    return Pages()


def test_a_highlight_is_made_changed_and_deleted(pages: Pages) -> None:
    one, two = pages.highlight(FIRST), pages.highlight(SECOND)
    pages.make(Edit(None, one))
    pages.make(Edit(None, two))
    assert [placed.stretch for placed in pages.notes.highlights] == [FIRST, SECOND]
    pages.assert_as_read_anew()
    green = replace(one, colour=Colour.GREEN)
    pages.make(Edit(one, green))
    assert [placed.highlight.colour for placed in pages.notes.highlights] == [Colour.GREEN, Colour.AMBER]
    pages.assert_as_read_anew()
    pages.make(Edit(green, None))
    assert [placed.stretch for placed in pages.notes.highlights] == [SECOND]
    pages.assert_as_read_anew()


def test_a_highlight_set_down_elsewhere_is_there(pages: Pages) -> None:
    one = pages.highlight(FIRST)
    pages.make(Edit(None, one))
    pages.make(Edit(one, replace(one, anchor=TEXT.anchor(SECOND))))
    assert [placed.stretch for placed in pages.notes.highlights] == [SECOND]


def test_what_is_of_another_episode_is_left_out_but_for_its_capital_letters(pages: Pages) -> None:
    highlight = replace(pages.highlight(FIRST), source=OTHER)
    small, capital = (replace(pages.bookmark(Place(0, 0), letter), source=OTHER) for letter in "aA")
    pages.make(Edit(None, highlight), Edit(None, small), Edit(None, capital))
    assert (pages.notes.highlights, pages.notes.bookmarks) == ((), ())
    assert [one.letter for one in pages.notes.letters] == ["A"]
    pages.make(Edit(None, Reading(OTHER, ReadingState.FINISHED)))
    assert pages.notes.reading is None


@pytest.mark.parametrize("letter", ["a", "A"])
def test_a_letter_is_taken_from_where_it_was(pages: Pages, letter: str) -> None:
    pages.make(Edit(None, pages.bookmark(Place(0, 0), letter)))
    pages.make(Edit(None, pages.bookmark(Place(1, 0), letter)))
    assert [placed.place for placed in pages.notes.bookmarks] == [Place(1, 0)]
    pages.assert_as_read_anew()


def test_bookmarks_without_a_letter_stay_beside_each_other(pages: Pages) -> None:
    one, two = pages.bookmark(Place(0, 0)), pages.bookmark(Place(1, -1))
    pages.make(Edit(None, one), Edit(None, two))
    assert [placed.place for placed in pages.notes.bookmarks] == [Place(0, 0), Place(1, -1)]
    pages.make(Edit(one, None))
    pages.assert_as_read_anew()


def test_a_state_is_taken_over(pages: Pages) -> None:
    finished = Reading(pages.source, ReadingState.FINISHED)
    pages.make(Edit(None, finished))
    assert pages.notes.reading == finished
    pages.make(Edit(finished, None))
    assert pages.notes.reading is None
