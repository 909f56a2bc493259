"""Changes that are taken back and done again."""

from pathlib import Path

from tui.core.notebook.changes import MOST_UNDONE, Change, Edit, History
from tui.core.notebook.values import Anchor as At
from tui.core.notebook.values import Bookmark, Source

SOURCE = Source("s", Path("a.md"), "c", "Tides")


def mark(letter: str) -> Change:
    return Change(f"mark {letter}", (Edit(None, Bookmark(letter, SOURCE, At("x"), letter)),))


def test_what_was_done_last_is_taken_back_first_and_can_be_done_again() -> None:
    history = History()
    history.add(mark("a"))
    history.add(mark("b"))

    assert history.undo() == mark("b").undone
    assert history.undo() == mark("a").undone
    assert history.undo() is None
    assert history.redo() == mark("a")
    assert history.redo() == mark("b")
    assert history.redo() is None


def test_a_new_change_ends_what_could_be_done_again() -> None:
    history = History()
    history.add(mark("a"))
    history.undo()
    history.add(mark("b"))

    assert history.redo() is None
    assert history.undo() == mark("b").undone


def test_taking_back_twice_is_the_change_itself() -> None:
    change = Change("two", (*mark("a").edits, *mark("b").edits))

    assert change.undone != change
    assert change.undone.undone == change


def test_only_so_many_changes_are_remembered() -> None:
    history = History()
    for _ in range(MOST_UNDONE + 5):
        history.add(mark("a"))

    assert len(history.done) == MOST_UNDONE
