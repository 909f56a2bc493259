"""What doctor says of the notebook."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.core.notebook.damage import harm
from tests.core.notebook.marking import mark
from tui.core.diagnosis import notebook_facts
from tui.core.episode import Episode
from tui.core.notebook.backups import back_up
from tui.core.notebook.connecting import connect
from tui.core.notebook.notebook import Notebook


def facts() -> dict[str, str]:
    return {fact.name: fact.value for fact in notebook_facts()}


def test_without_a_notebook_that_is_said(file: Path) -> None:
    found = facts()

    assert found["file"] == str(file)
    assert found["state"].startswith("not there yet")
    assert found["backups"].startswith("none yet")
    assert not file.parent.exists()


def test_a_whole_notebook_and_its_backups_are_told(notebook: Notebook, tides: Episode, file: Path) -> None:
    mark(notebook, tides, "Two hold.")
    assert notebook.flush(10)
    notebook.close()
    with closing(connect(file, "rw", 1)) as connection:
        backup = back_up(connection, file.parent / "backups")
    assert backup is not None

    found = facts()

    assert found["state"].startswith("whole: 1 highlights, 0 bookmarks")
    assert str(backup.parent) in found["backups"]
    assert found["backups"].endswith("whole")
    assert "set aside" not in found


@pytest.mark.parametrize("kind", ["header gone", "no database", "a table gone", "page 2 gone"])
def test_a_damaged_one_is_named_so_and_left_as_it_is(
    notebook: Notebook, tides: Episode, file: Path, kind: str
) -> None:
    mark(notebook, tides, "Two hold.")
    assert notebook.flush(10)
    notebook.close()
    harm(file, kind)
    before = file.read_bytes()
    file.with_name("notebook.db.bad-2026-01-01").write_bytes(b"")

    found = facts()

    assert found["state"].startswith("damaged (")
    assert found["set aside"] == "notebook.db.bad-2026-01-01"
    assert file.read_bytes() == before


def test_a_newer_one_is_named_so(notebook: Notebook, tides: Episode, file: Path) -> None:
    mark(notebook, tides, "Two hold.")
    assert notebook.flush(10)
    notebook.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")

    assert "newer" in facts()["state"]


def test_a_link_is_told(tmp_path: Path, file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.symlink_to(tmp_path / "elsewhere.db")

    assert facts()["file"] == f"{file} → {tmp_path / 'elsewhere.db'}"
