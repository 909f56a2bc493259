"""Two windows on one notebook: each sees what the other does, and nothing is lost."""

import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.notebook.crashing import Confirmed, check, windows
from tests.core.notebook.marking import (
    Heard,
    added,
    bookmark_at,
    changed,
    mark,
    new_highlight,
    reading_at,
    removed,
    texts,
    wait_for,
)
from tui.core.episode import Episode
from tui.core.notebook import opening
from tui.core.notebook.news import AllKept, ChangedElsewhere, Kept, Told, Waiting
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.values import Colour

Open = Callable[..., Notebook]


def test_a_window_is_told_what_another_keeps(open_window: Open, tides: Episode) -> None:
    heard = Heard()
    first, second = open_window(heard=heard), open_window()
    wait_for(lambda: first.keeper is not None and first.keeper.held is not None)

    mark(second, tides, "Two hold.")

    heard.wait(ChangedElsewhere)
    assert texts(first) == ["Two hold."]


def test_what_this_window_keeps_is_not_told_as_another_s(open_window: Open, tides: Episode) -> None:
    heard = Heard()
    first, second = open_window(heard=heard), open_window()
    for words in ("One strand", "Two hold."):
        mark(first, tides, words)
    heard.wait(Kept, 2)
    assert heard.all(ChangedElsewhere) == []

    mark(second, tides, "Three")

    heard.wait(ChangedElsewhere)


def test_other_fields_that_another_window_changed_stay(open_window: Open, tides: Episode) -> None:
    first, second = open_window(), open_window()
    made = mark(first, tides, "Two hold.")
    assert first.flush(10)
    first.make(changed(made, replace(made, note="Why?", tags=("knots", "old"))))
    assert first.flush(10)

    second.make(changed(made, replace(made, colour=Colour.BLUE, tags=("new",))))
    assert second.flush(10)

    (found,) = first.highlights()
    assert (found.note, found.colour, found.tags) == ("Why?", Colour.BLUE, ("knots", "old", "new"))


def test_of_a_note_that_two_windows_wrote_both_are_kept(open_window: Open, tides: Episode) -> None:
    first, second = open_window(), open_window()
    made = mark(first, tides, "Two hold.")
    assert first.flush(10)
    for window, note in ((first, "Mine."), (second, "Yours.")):
        window.make(changed(made, replace(made, note=note)))
        assert window.flush(10)

    assert [one.note for one in first.highlights()] == ["Mine.\n\nYours."]


def test_what_is_changed_here_comes_back_though_it_was_deleted_there(
    open_window: Open, tides: Episode
) -> None:
    first, second = open_window(), open_window()
    made = mark(first, tides, "Two hold.")
    assert first.flush(10)
    second.make(removed(made))
    assert second.flush(10)

    first.make(changed(made, replace(made, note="Keep me.")))
    assert first.flush(10)

    assert [one.note for one in second.highlights()] == ["Keep me."]


def test_what_was_changed_there_since_is_not_taken_back(open_window: Open, tides: Episode) -> None:
    heard = Heard()
    first, second = open_window(heard=heard), open_window()
    made = mark(first, tides, "Two hold.")
    assert first.flush(10)
    second.make(changed(made, replace(made, note="Precious.")))
    assert second.flush(10)

    assert first.undo() == "highlight"

    assert first.flush(10)
    assert "another window" in heard.wait(Told).message
    assert [one.note for one in first.highlights()] == ["Precious."]
    assert first.redo() == ""


def test_a_deletion_that_is_taken_back_brings_back_what_another_window_wrote(
    open_window: Open, tides: Episode
) -> None:
    first, second = open_window(), open_window()
    made = mark(first, tides, "Two hold.")
    assert first.flush(10)
    second.make(changed(made, replace(made, note="Precious.")))
    assert second.flush(10)
    first.make(removed(made))
    assert first.flush(10)
    assert not second.highlights()

    first.undo()

    assert first.flush(10)
    assert [one.note for one in second.highlights()] == ["Precious."]


def test_what_was_deleted_there_is_not_changed_back(open_window: Open, tides: Episode) -> None:
    heard = Heard()
    first, second = open_window(heard=heard), open_window()
    made = mark(first, tides, "Two hold.")
    first.make(changed(made, replace(made, note="Why?")))
    assert first.flush(10)
    second.make(removed(second.highlights()[0]))
    assert second.flush(10)

    first.undo()

    heard.wait(Told)
    assert not first.highlights()


def test_a_new_episode_that_two_windows_see_is_one(open_window: Open, tides: Episode) -> None:
    first, second = open_window(), open_window()
    sources = [window.of_episode(tides).source for window in (first, second)]
    first.make(added(new_highlight(sources[0], tides, "Two hold.")))
    first.keep_reading(reading_at(sources[0], tides, "Three"))
    second.make(added(new_highlight(sources[1], tides, "Three")))
    second.keep_reading(reading_at(sources[1], tides, "Spring"))
    assert first.flush(10)
    assert second.flush(10)

    notes = first.of_episode(tides)

    assert {one.highlight.text for one in notes.highlights} == {"Two hold.", "Three"}
    assert len(first.readings()) == 1
    assert {one.source for one in first.highlights()} == {notes.source}


def test_a_letter_of_the_whole_library_marks_one_place(open_window: Open, tides: Episode) -> None:
    first, second = open_window(), open_window()
    for window, words in ((first, "One strand"), (second, "Spring")):
        window.make(added(bookmark_at(window.of_episode(tides).source, tides, words, "A")))
        assert window.flush(10)

    assert [one.anchor.exact[:6] for one in first.bookmarks()] == ["Spring"]


def test_two_processes_lose_nothing_though_one_is_killed(file: Path) -> None:
    said: list[str] = []
    with windows() as one, windows() as two, windows() as three:
        killed = one.start("use", file, "0")
        for seed, window in enumerate((two, three), start=1):
            window.start("add", file, seed)
        said += [one.line() for _ in range(20)]
        os.kill(killed, signal.SIGKILL)
        for window in (one, two, three):
            said += window.rest()
    confirmed = Confirmed()
    for line in said:
        if line != "done\n":
            confirmed.take(line)

    assert check(file, confirmed) == []
    assert said.count("done\n") == 2
    with closing(sqlite3.connect(file)) as connection:
        of_two = connection.execute(
            "SELECT count(*) FROM highlights WHERE text LIKE '1 %' OR text LIKE '2 %'"
        ).fetchone()[0]
    assert of_two == 200


def test_another_program_that_locks_the_notebook_is_waited_for(
    open_window: Open, tides: Episode, heard: Heard, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_S", 0.3)
    window = open_window(heard=heard)
    first = mark(window, tides, "One strand")
    assert window.flush(10)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        second = mark(window, tides, "Two hold.")

        # Nothing waits for the lock but the notebook's own thread.
        assert texts(window) == ["One strand", "Two hold."]
        waiting = heard.wait(Waiting)
        assert waiting.change.edits[0].after == second
        assert "another program is using the notebook" in waiting.reason
        assert window.waiting == (waiting.change,)
        assert heard.all(Kept)[-1].change.edits[0].after == first
        other.execute("ROLLBACK")

    heard.wait(AllKept)
    assert not window.waiting
    assert window.problem == ""
    assert len(heard.all(Waiting)) == 1
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT text FROM highlights ORDER BY number").fetchall() == [
            ("One strand",),
            ("Two hold.",),
        ]
