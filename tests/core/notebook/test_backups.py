"""A copy a day, the seven newest, none of them of a damaged notebook."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.core.notebook.crashing import damage, lost
from tests.core.notebook.marking import mark, wait_for
from tui.core.episode import Episode
from tui.core.notebook import backups as module
from tui.core.notebook.backups import DamagedError, back_up, backups_in, newest_good
from tui.core.notebook.connecting import connect
from tui.core.notebook.notebook import Notebook

Open = Callable[..., Notebook]


@pytest.fixture
def backups(file: Path) -> Path:
    return file.parent / "backups"


@pytest.fixture(name="days")
def _days(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def today(day: str) -> None:
        monkeypatch.setattr(module, "now", lambda: f"{day}T10:00:00Z")

    return today


def written(notebook: Notebook, episode: Episode) -> str:
    made = mark(notebook, episode, "Two hold.")
    assert notebook.flush(10)
    notebook.close()
    return made.id


def test_a_backup_is_made_when_the_notebook_is_opened_next(
    notebook: Notebook, tides: Episode, open_window: Open, backups: Path, days: Callable[[str], None]
) -> None:
    made = written(notebook, tides)
    days("2030-01-01")

    open_window()

    wait_for(lambda: not module.is_due(backups))
    backup = backups_in(backups)[0]
    assert lost(backup, [made]) == []
    assert damage(backup) == ""
    assert backup.stat().st_mode & 0o777 == 0o600
    assert backups.stat().st_mode & 0o777 == 0o700


def test_there_is_one_a_day_and_the_seven_newest_stay(
    notebook: Notebook, tides: Episode, backups: Path, file: Path, days: Callable[[str], None]
) -> None:
    written(notebook, tides)
    with closing(connect(file, "rw", 1)) as connection:
        for day in range(1, 10):
            days(f"2026-03-{day:02}")
            assert module.is_due(backups)
            back_up(connection, backups)
            assert not module.is_due(backups)

    assert [module.day_of(path) for path in backups_in(backups)] == [
        f"2026-03-{day:02}" for day in range(9, 2, -1)
    ]


def test_a_clock_that_is_set_back_makes_no_backup_old(
    notebook: Notebook, tides: Episode, backups: Path, file: Path, days: Callable[[str], None]
) -> None:
    written(notebook, tides)
    with closing(connect(file, "rw", 1)) as connection:
        for day in (*range(1, 8), 9):
            days(f"2026-03-{day:02}")
            back_up(connection, backups)
        days("2025-03-01")
        assert module.is_due(backups)
        latest = back_up(connection, backups)

    assert backups_in(backups)[0] == latest
    assert len(backups_in(backups)) == 7


def test_of_a_damaged_notebook_no_backup_is_made(
    notebook: Notebook, tides: Episode, backups: Path, file: Path
) -> None:
    written(notebook, tides)
    with closing(connect(file, "rw", 1)) as connection:
        good = back_up(connection, backups)
        before = backups_in(backups)
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET rootpage = 5000 WHERE name = 'highlights_by_source'")
        connection.execute("PRAGMA writable_schema = RESET")
    with closing(connect(file, "rw", 1)) as connection, pytest.raises((DamagedError, sqlite3.DatabaseError)):
        back_up(connection, backups)

    assert backups_in(backups) == before
    assert newest_good(backups) == good


def test_a_damaged_backup_is_passed_over(
    notebook: Notebook, tides: Episode, backups: Path, file: Path
) -> None:
    written(notebook, tides)
    with closing(connect(file, "rw", 1)) as connection:
        good, bad = back_up(connection, backups), back_up(connection, backups)
    assert bad is not None
    bad.write_bytes(bad.read_bytes()[:5000])

    assert newest_good(backups) == good


def test_what_was_cut_off_is_cleared_away(
    notebook: Notebook, tides: Episode, open_window: Open, backups: Path, days: Callable[[str], None]
) -> None:
    written(notebook, tides)
    backups.mkdir(exist_ok=True)
    left = [backups / f"notebook-000001-2020-01-01.db-999999999.part{ending}" for ending in ("", "-journal")]
    other = backups / f"notebook-000001-2020-01-01.db-{os.getpid()}.part"
    for path in (*left, other):
        path.write_bytes(b"left")
    days("2030-01-01")

    open_window()

    wait_for(lambda: not module.is_due(backups) and not any(path.exists() for path in left))
    assert other.exists()


def test_of_an_empty_notebook_there_is_no_backup(notebook: Notebook, backups: Path, file: Path) -> None:
    wait_for(file.exists)
    notebook.close()

    assert backups_in(backups) == []
