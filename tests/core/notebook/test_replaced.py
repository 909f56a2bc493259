"""The notebook's file is deleted, replaced or written over while a window is open: nothing is lost."""

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.notebook.crashing import damage, windows
from tests.core.notebook.marking import Heard, changed, mark, reading_at, removed, texts, wait_for
from tui.core.episode import Episode
from tui.core.notebook import held
from tui.core.notebook.backups import back_up
from tui.core.notebook.connecting import connect
from tui.core.notebook.news import ChangedElsewhere, Told
from tui.core.notebook.notebook import Notebook

Open = Callable[..., Notebook]


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "SETTLED_S", 0.1)


@pytest.fixture(name="older")
def _older(open_window: Open, tides: Episode, file: Path, tmp_path: Path) -> Path:
    """A backup of the notebook with one highlight, from before the window that is open now."""
    window = open_window()
    mark(window, tides, "One strand")
    assert window.flush(10)
    window.close()
    with closing(connect(file, "rw", 1)) as connection:
        backup = back_up(connection, tmp_path / "backups")
    assert backup is not None
    return backup


@pytest.fixture(name="window")
def _window(older: Path, open_window: Open, tides: Episode, heard: Heard) -> Notebook:
    """A window that has kept something since that backup."""
    assert older.exists()
    window = open_window(heard=heard)
    mark(window, tides, "Two hold.")
    window.keep_reading(reading_at(window.of_episode(tides).source, tides, "Three"))
    assert window.flush(10)
    return window


def delete(file: Path, _older: Path) -> None:
    for path in file.parent.glob("notebook.db*"):
        path.unlink()


def delete_only_the_file(file: Path, _older: Path) -> None:
    file.unlink()


def delete_the_folder(file: Path, _older: Path) -> None:
    # At once: the window may be about to make its backup.
    shutil.rmtree(file.parent.rename(file.parent.with_name("gone")), ignore_errors=True)


def replace_by_a_backup(file: Path, older: Path) -> None:
    other = file.with_name("restored")
    shutil.copy(older, other)
    other.replace(file)


def restore_a_backup(file: Path, older: Path) -> None:
    delete(file, older)
    shutil.copy(older, file)


def write_a_backup_over_it(file: Path, older: Path) -> None:
    # As ``cp`` does: the same file, other bytes.
    with file.open("r+b") as bytes_of:
        bytes_of.truncate(0)
        bytes_of.write(older.read_bytes())


def replace_by_rubbish(file: Path, _older: Path) -> None:
    other = file.with_name("rubbish")
    other.write_text("This is no notebook.", encoding="utf-8")
    other.replace(file)


def replace_by_a_folder(file: Path, _older: Path) -> None:
    file.unlink()
    file.mkdir()


def delete_what_is_beside_it(file: Path, _older: Path) -> None:
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink()


WAYS = [
    delete_what_is_beside_it,
    delete,
    delete_only_the_file,
    delete_the_folder,
    replace_by_a_backup,
    restore_a_backup,
    write_a_backup_over_it,
    replace_by_rubbish,
    replace_by_a_folder,
]


@pytest.mark.parametrize("way", WAYS)
def test_what_was_kept_is_in_the_new_file(
    window: Notebook,
    tides: Episode,
    heard: Heard,
    file: Path,
    older: Path,
    way: Callable[[Path, Path], None],
) -> None:
    way(file, older)

    wait_for(lambda: {"One strand", "Two hold."} <= set(texts(Notebook(file))))
    mark(window, tides, "Three never do.")
    assert window.flush(20)
    heard.wait(Told)
    heard.wait(ChangedElsewhere)
    window.close()
    assert set(texts(Notebook(file))) == {"One strand", "Two hold.", "Three never do."}
    assert Notebook(file).reading_of(tides) is not None
    assert damage(file) == ""


@pytest.mark.parametrize("way", WAYS)
def test_what_is_made_at_that_moment_is_kept_in_the_new_file(
    window: Notebook, tides: Episode, file: Path, older: Path, way: Callable[[Path, Path], None]
) -> None:
    way(file, older)
    mark(window, tides, "Three never do.")

    wait_for(lambda: set(texts(Notebook(file))) == {"One strand", "Two hold.", "Three never do."})
    assert window.flush(20)
    window.close()
    assert damage(file) == ""


def test_what_was_changed_is_changed_again_and_what_was_deleted_is_not(
    window: Notebook, tides: Episode, file: Path, older: Path
) -> None:
    one, two = window.highlights()
    window.make(changed(one, replace(one, note="Why?")))
    assert window.flush(10)
    window.make(removed(two))
    assert window.flush(10)

    restore_a_backup(file, older)

    wait_for(
        lambda: (
            [(found.text, found.note) for found in Notebook(file).highlights()] == [("One strand", "Why?")]
        )
    )


def test_two_windows_make_one_new_file(
    window: Notebook, tides: Episode, open_window: Open, file: Path, older: Path
) -> None:
    other = open_window()
    mark(other, tides, "Three never do.")
    assert other.flush(10)

    delete(file, older)
    for one, words in ((window, "Neap tides"), (other, "Spring tides")):
        mark(one, tides, words)
    assert window.flush(20)
    assert other.flush(20)

    wanted = {"One strand", "Two hold.", "Three never do.", "Neap tides", "Spring tides"}
    wait_for(lambda: set(texts(Notebook(file))) == wanted)


def test_a_highlight_that_another_window_deleted_does_not_come_back(
    window: Notebook, open_window: Open, file: Path, older: Path, heard: Heard
) -> None:
    other = open_window()
    other.make(removed(next(one for one in other.highlights() if one.text == "Two hold.")))
    assert other.flush(10)
    other.close()
    heard.wait(ChangedElsewhere)

    restore_a_backup(file, older)

    wait_for(lambda: Notebook(file).reading_of is not None and len(Notebook(file).readings()) == 1)
    assert texts(Notebook(file)) == ["One strand"]


def test_a_backup_that_is_copied_over_a_notebook_whose_window_crashed_is_the_notebook(
    older: Path, open_window: Open, tides: Episode, file: Path
) -> None:
    with windows() as starter:
        killed = starter.start("add", file, 1)
        said = [starter.line() for _ in range(30)]
        os.kill(killed, signal.SIGKILL)
        starter.rest()
    assert file.with_name("notebook.db-wal").stat().st_size
    shutil.copy(older, file)

    window = open_window()

    mark(window, tides, "Two hold.")
    assert window.flush(10)
    assert texts(window) == ["One strand", "Two hold."]
    assert len(list(file.parent.glob("notebook.db.bad-*-wal"))) == 1
    window.close()
    assert damage(file) == ""
    assert len(said) == 30


def test_two_windows_over_which_a_backup_is_copied_keep_what_they_did(
    window: Notebook, tides: Episode, open_window: Open, file: Path, older: Path
) -> None:
    other = open_window()
    mark(other, tides, "Three never do.")
    assert other.flush(10)

    write_a_backup_over_it(file, older)
    for number, words in enumerate(("Neap tides", "Spring tides", "Before any")):
        mark((window, other)[number % 2], tides, words)
    assert window.flush(20)
    assert other.flush(20)

    wanted = {"One strand", "Two hold.", "Three never do.", "Neap tides", "Spring tides", "Before any"}
    wait_for(lambda: set(texts(Notebook(file))) == wanted)
    for one in (window, other):
        one.close()
    assert damage(file) == ""
    assert set(texts(Notebook(file))) == wanted


def test_a_vanished_notebook_is_restored_from_its_backup(
    open_window: Open, tides: Episode, file: Path, heard: Heard
) -> None:
    window = open_window()
    mark(window, tides, "One strand")
    assert window.flush(10)
    window.close()
    (file.parent / "backups").mkdir(exist_ok=True)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(
            "VACUUM INTO ?", [os.fspath(file.parent / "backups/notebook-000009-2026-01-01.db")]
        )
    file.unlink()

    window = open_window(heard=heard)

    told = heard.wait(Told)
    assert "gone" in told.message
    assert "2026-01-01" in told.message
    assert texts(window) == ["One strand"]
