"""Keeping what a reader marks: on the disk, read back, taken back."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.core.notebook.marking import (
    Heard,
    added,
    bookmark_at,
    changed,
    mark,
    new_highlight,
    reading_at,
    removed,
    stretch_of,
    texts,
)
from tui.core.episode import Episode
from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.news import Kept
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.values import Colour, Reading, ReadingState
from tui.core.notebook.work import read_on
from tui.core.reading import read_episode

Open = Callable[..., Notebook]


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(file) as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def test_a_highlight_is_on_the_disk_when_that_is_told(
    notebook: Notebook, tides: Episode, heard: Heard, file: Path
) -> None:
    made = mark(notebook, tides, "Two hold.")

    told = heard.wait(Kept)

    assert [edit.after for edit in told.change.edits] == [made]
    assert rows(file, "SELECT id, text FROM highlights") == [(made.id, "Two hold.")]


def test_a_highlight_is_read_back_as_it_was_made(
    notebook: Notebook, tides: Episode, open_window: Open
) -> None:
    source = notebook.of_episode(tides).source
    made = replace(
        new_highlight(source, tides, "Three never do."),
        colour=Colour.ROSE,
        note="Why?\n\n“Because” – 繩 👩‍🚒",
        tags=("knots", "Ropes & more"),
        is_favourite=True,
        speaker="Ida",
        start_s=12.5,
        extra={"Location": ["7", None]},
    )
    notebook.make(added(made))
    assert notebook.flush(10)

    (found,) = open_window().highlights()

    assert found == replace(made, order=1)


def test_what_waits_is_part_of_what_is_read(tides: Episode) -> None:
    window = Notebook()
    window.make(added(new_highlight(window.of_episode(tides).source, tides, "Two hold.")))

    assert texts(window) == ["Two hold."]
    assert [one.highlight.text for one in window.of_episode(tides).highlights] == ["Two hold."]
    window.close()


def test_highlights_stand_where_they_were_made(notebook: Notebook, tides: Episode) -> None:
    mark(notebook, tides, "Neap tides")
    mark(notebook, tides, "One strand")
    assert notebook.flush(10)

    placed = notebook.of_episode(tides).highlights

    assert [one.stretch for one in placed] == [
        stretch_of(tides, "Neap tides"),
        stretch_of(tides, "One strand"),
    ]


def test_highlights_follow_an_edit(notebook: Notebook, tides: Episode) -> None:
    mark(notebook, tides, "Neap tides")
    mark(notebook, tides, "Three never do.")
    assert notebook.flush(10)
    text = (
        tides.path.read_text(encoding="utf-8")
        .replace("- Three never do.\n", "")
        .replace("Before", "Long before")
    )
    tides.path.write_text(text, encoding="utf-8")
    edited = read_episode(tides.path)

    neap, three = notebook.of_episode(edited).highlights

    assert neap.stretch == stretch_of(edited, "Neap tides")
    assert three.stretch is None
    assert three.highlight.text == "Three never do."


def test_bookmarks_letters_and_the_place_come_back(
    notebook: Notebook, tides: Episode, open_window: Open
) -> None:
    source = notebook.of_episode(tides).source
    notebook.make(added(bookmark_at(source, tides, "One strand")))
    notebook.make(added(bookmark_at(source, tides, "Spring", "a")))
    notebook.make(added(bookmark_at(source, tides, "Before", "A")))
    notebook.keep_reading(reading_at(source, tides, "Three"))
    assert notebook.flush(10)

    notes = open_window().of_episode(tides)

    assert [(one.bookmark.letter, one.place) for one in notes.bookmarks] == [
        ("", stretch_of(tides, "One strand").start),
        ("a", stretch_of(tides, "Spring").start),
        ("A", stretch_of(tides, "Before").start),
    ]
    assert [one.letter for one in notes.letters] == ["A"]
    assert notes.place == stretch_of(tides, "Three").start
    assert notes.reading is not None
    assert notes.reading.share == 0.5


def test_a_letter_marks_one_place(notebook: Notebook, tides: Episode) -> None:
    source = notebook.of_episode(tides).source
    notebook.make(added(bookmark_at(source, tides, "One strand", "a")))
    notebook.make(added(bookmark_at(source, tides, "Spring", "a")))
    assert notebook.flush(10)
    (found,) = notebook.of_episode(tides).bookmarks
    assert found.place == stretch_of(tides, "Spring").start

    assert notebook.undo() == "highlight"
    assert notebook.flush(10)

    (found,) = notebook.of_episode(tides).bookmarks
    assert found.place == stretch_of(tides, "One strand").start


def test_reading_on_takes_back_no_state(notebook: Notebook, tides: Episode) -> None:
    source = notebook.of_episode(tides).source
    notebook.keep_reading(reading_at(source, tides, "Before"))
    reading = notebook.reading_of(tides)
    assert reading is not None
    notebook.make(changed(reading, replace(reading, state=ReadingState.FINISHED)))
    notebook.keep_reading(reading_at(source, tides, "Three"))
    assert notebook.flush(10)

    found = notebook.reading_of(tides)

    assert found is not None
    assert found.state is ReadingState.FINISHED
    assert found.place == reading_at(source, tides, "Three").place
    assert notebook.last_read() == tides.path


def test_a_state_can_be_taken_back(notebook: Notebook, tides: Episode) -> None:
    source = notebook.of_episode(tides).source
    notebook.keep_reading(reading_at(source, tides, "Before"))
    notebook.make(Change("finished", (Edit(None, Reading(source, ReadingState.FINISHED)),)))
    assert notebook.flush(10)
    assert [one.state for one in notebook.readings().values()] == [ReadingState.FINISHED]

    assert notebook.undo() == "finished"

    assert notebook.flush(10)
    (found,) = notebook.readings().values()
    assert found.state is ReadingState.READING
    assert found.place is not None


def test_a_state_that_is_taken_back_at_once_takes_no_place_along(notebook: Notebook, tides: Episode) -> None:
    source = notebook.of_episode(tides).source
    notebook.keep_reading(reading_at(source, tides, "Before"))
    notebook.make(Change("finished", (Edit(None, Reading(source, ReadingState.FINISHED)),)))
    notebook.undo()
    assert notebook.flush(10)

    (found,) = notebook.readings().values()
    assert found.place is not None
    assert found.state is not ReadingState.FINISHED


def test_how_far_a_renamed_episode_is_read_is_told_once(notebook: Notebook, tides: Episode) -> None:
    notebook.keep_reading(reading_at(notebook.of_episode(tides).source, tides, "Before"))
    assert notebook.flush(10)
    path = tides.path.rename(tides.path.with_name("ebb.md"))
    ebb = read_episode(path)
    window = Notebook(notebook.file)

    window.queue.put(read_on(reading_at(window.of_episode(ebb).source, ebb, "Three")))

    assert len(window.readings()) == 1


def test_every_change_is_undone_and_done_again(notebook: Notebook, tides: Episode) -> None:
    made = mark(notebook, tides, "Two hold.")
    noted = replace(made, note="Why two?", tags=("knots",), modified="2030-01-02T03:04:05Z")
    notebook.make(changed(made, noted))
    notebook.make(removed(noted))
    assert notebook.flush(10)
    assert notebook.highlights() == ()

    assert notebook.undo() == "highlight deleted"
    assert notebook.flush(10)
    assert notebook.highlights() == (replace(noted, order=1),)
    assert notebook.undo() == "change"
    assert notebook.flush(10)
    assert notebook.highlights() == (replace(made, order=1),)
    assert notebook.undo() == "highlight"
    assert notebook.flush(10)
    assert notebook.highlights() == ()
    assert notebook.undo() == ""
    assert [notebook.redo(), notebook.redo(), notebook.redo(), notebook.redo()] == [
        "highlight",
        "change",
        "highlight deleted",
        "",
    ]
    assert notebook.flush(10)
    assert notebook.highlights() == ()


def test_a_change_of_several_is_kept_and_undone_as_one(notebook: Notebook, tides: Episode) -> None:
    first, second = mark(notebook, tides, "One strand"), mark(notebook, tides, "Two hold.")
    notebook.make(Change("2 highlights deleted", (Edit(first, None), Edit(second, None))))
    assert notebook.flush(10)
    assert notebook.highlights() == ()

    assert notebook.undo() == "2 highlights deleted"

    assert notebook.flush(10)
    assert texts(notebook) == ["One strand", "Two hold."]


def test_without_a_notebook_there_is_nothing_and_nothing_is_made(tides: Episode, file: Path) -> None:
    window = Notebook()

    assert not window.highlights()
    assert not window.bookmarks()
    assert window.reading_of(tides) is None
    assert window.last_read() is None
    assert window.of_episode(tides).highlights == ()
    assert not file.parent.exists()


def test_tags_and_highlights_are_counted(notebook: Notebook, tides: Episode) -> None:
    for words, tags in (("One strand", ("a", "b")), ("Two hold.", ("b",)), ("Three", ())):
        made = mark(notebook, tides, words)
        notebook.make(changed(made, replace(made, tags=tags)))
    assert notebook.flush(10)

    assert list(notebook.tag_counts().items()) == [("b", 2), ("a", 1)]
    assert notebook.highlighted() == {tides.path: 3}
