"""A damaged notebook: set aside, never deleted; what can be saved of it and of the newest backup is there."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.core.notebook.crashing import damage
from tests.core.notebook.damage import KINDS, PAGE, copy_of, harm
from tests.core.notebook.marking import Heard, added, wait_for
from tui.core.notebook import held
from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.news import Kept, Told
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.values import Anchor, Bookmark, Highlight, Reading, ReadingState, Source, new_id, now

Open = Callable[..., Notebook]

HIGHLIGHTS = 60

SOURCE = Source(new_id(), Path("/talks/tides.md"), "c" * 12, "Tides", "Low Water", 7, ("Ida Brandt",))


def new_highlight(number: int) -> Highlight:
    words = f"What number {number} says of the tides. " * 6
    # Some are so long that a page does not hold them.
    note = f"Note {number}. " * (900 if number % 10 == 0 else 8)
    anchor = Anchor(words, "before", "after", number, number + len(words), 2, "Water")
    return Highlight(new_id(), SOURCE, anchor, words, note=note, tags=("sea",), created=now(), modified=now())


@pytest.fixture(scope="module", name="whole")
def _whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Highlight]]:
    """A notebook of many pages, closed, and what is in it."""
    file = tmp_path_factory.mktemp("whole") / "notebook.db"
    made = [new_highlight(number) for number in range(HIGHLIGHTS)]
    window = Notebook(file)
    window.make(Change("highlights", tuple(Edit(None, one) for one in made)))
    window.make(added(Bookmark(new_id(), SOURCE, Anchor("Tides"), "a", now())))
    window.make(added(Reading(SOURCE, ReadingState.FINISHED, Anchor("Tides"), 0.9)))
    assert window.flush(30)
    window.close()
    shutil.rmtree(file.parent / "backups", ignore_errors=True)
    return file, {one.id: one for one in made}


def same(window: Notebook, made: dict[str, Highlight]) -> int:
    """Return how many highlights are there as they were made."""
    found = {one.id: (one.text, one.note, one.anchor) for one in window.highlights()}
    return sum(found.get(one.id) == (one.text, one.note, one.anchor) for one in made.values())


LEAST = {
    **dict.fromkeys(("no database", "empty", "zeros", "cut to a page", "a folder in its place"), 0),
    **dict.fromkeys(("highlights gone", "another program's"), 0),
    "cut to half": 1,
    "bits flipped": HIGHLIGHTS // 2,
    **{f"page {page} gone": HIGHLIGHTS // 2 for page in (1, 2, 3, 4, 6, 9)},
    "pages moved": HIGHLIGHTS // 2,
    "a column gone": 0,
}
"""How many highlights are saved at least where there is no backup; of all other kinds, all."""


@pytest.mark.parametrize("has_backup", [False, True], ids=["no backup", "backup"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_can_be_saved_is_there(
    whole: tuple[Path, dict[str, Highlight]], tmp_path: Path, open_window: Open, kind: str, has_backup: bool
) -> None:
    original, made = whole
    file = copy_of(original, tmp_path / "data")
    if has_backup:
        (file.parent / "backups").mkdir()
        shutil.copy(original, file.parent / "backups" / "notebook-000001-2026-01-01.db")
    harm(file, kind)
    before = file.read_bytes() if file.is_file() else None
    heard = Heard()

    window = open_window(file, heard)
    later = new_highlight(1000)
    window.make(added(later))

    assert window.flush(20)
    least = HIGHLIGHTS if has_backup else LEAST.get(kind, HIGHLIGHTS)
    assert same(window, made) >= least
    assert same(window, {later.id: later}) == 1
    window.close()
    assert damage(file) == ""
    aside = sorted(path for path in file.parent.glob("notebook.db.bad-*") if path.suffix != ".db-wal")
    if kind != "foreign companions":
        assert len(heard.all(Told)) == 1
        assert aside[0].name in heard.all(Told)[0].message
        assert heard.all(Told)[0].is_alarm
        assert before is None or aside[0].read_bytes() == before
    assert not list(file.parent.glob("*.part*"))


def test_reading_a_damaged_notebook_is_no_error(
    whole: tuple[Path, dict[str, Highlight]], tmp_path: Path
) -> None:
    for number, kind in enumerate(KINDS):
        file = copy_of(whole[0], tmp_path / str(number))
        harm(file, kind)
        window = Notebook(file)

        assert len(window.highlights()) <= HIGHLIGHTS + 1
        window.readings()
        window.tag_counts()
        window.last_read()


def test_a_pipe_in_its_place_holds_nobody_up(tmp_path: Path, open_window: Open) -> None:
    file = tmp_path / "notebook.db"
    os.mkfifo(file)
    reading = Notebook(file)
    assert not reading.highlights()
    assert "not an ordinary file" in reading.problem

    window = open_window(file)
    made = new_highlight(1)
    window.make(added(made))

    assert window.flush(10)
    assert same(window, {made.id: made}) == 1
    assert len(list(tmp_path.glob("notebook.db.bad-*"))) == 1


def test_damage_while_it_is_open_is_mended(
    whole: tuple[Path, dict[str, Highlight]],
    tmp_path: Path,
    open_window: Open,
    heard: Heard,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(held, "SETTLED_S", 0.2)
    original, made = whole
    file = copy_of(original, tmp_path / "data")
    (file.parent / "backups").mkdir()
    shutil.copy(original, file.parent / "backups" / "notebook-000001-2026-01-01.db")
    window = open_window(file, heard)
    one, two = new_highlight(1000), new_highlight(1001)
    window.make(added(one))
    assert window.flush(10)
    with file.open("r+b") as bytes_of:
        bytes_of.seek(PAGE)
        bytes_of.write(b"\xa5" * PAGE * 12)

    window.make(added(two))

    assert window.flush(20)
    wait_for(lambda: same(window, {**made, one.id: one, two.id: two}) == HIGHLIGHTS + 2)
    window.close()
    assert damage(file) == ""
    assert [change.change.edits[0].after for change in heard.all(Kept)] == [one, two]


def test_a_window_that_was_cut_off_while_it_mended_is_followed(
    whole: tuple[Path, dict[str, Highlight]], tmp_path: Path, open_window: Open
) -> None:
    file = copy_of(whole[0], tmp_path / "data")
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("UPDATE highlights SET note = 'Only in the log'")
        wal = file.with_name("notebook.db-wal").read_bytes()
        data = file.read_bytes()
    aside = tmp_path / "data" / "notebook.db.bad-2026-01-01"
    # It had given the file its second name, and taken the companion away.
    file.write_bytes(bytes(100) + data[100:])
    os.link(file, aside)
    aside.with_name(f"{aside.name}-wal").write_bytes(wal)

    window = open_window(file)

    wait_for(lambda: len(window.highlights()) == HIGHLIGHTS)
    assert {one.note for one in window.highlights()} == {"Only in the log"}
    assert len([path for path in file.parent.glob("*.bad-*") if not path.name.endswith("-wal")]) == 1


def test_what_the_harness_of_the_promises_damages_is_mended(
    whole: tuple[Path, dict[str, Highlight]], tmp_path: Path, shared: Path, open_window: Open
) -> None:
    tool = shared / "tools" / "badinputs.py"
    original, made = whole
    command = [
        sys.executable,
        os.fspath(tool),
        "--mutate-db",
        os.fspath(original),
        os.fspath(tmp_path / "bad"),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    saved = {}
    for path in sorted((tmp_path / "bad").glob("*.db")):
        file = copy_of(path, tmp_path / path.stem).rename(tmp_path / path.stem / "notebook.db")
        (file.parent / "backups").mkdir()
        shutil.copy(original, file.parent / "backups" / "notebook-000001-2026-01-01.db")
        window = Notebook(file)
        if path.stem != "future-version":
            window.make(added(new_highlight(1000)))
            assert window.flush(20), path.stem
        saved[path.stem] = same(window, made)
        window.close()

    assert len(saved) == 43
    # A bit that is flipped in a text that is still a text shows only where the row was not changed since.
    assert {stem: count for stem, count in saved.items() if count < HIGHLIGHTS - 2} == {}
