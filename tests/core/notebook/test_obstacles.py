"""Where the notebook can't be written: reading goes on, and what is marked is kept as soon as it can be."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.conftest import ROOT
from tests.core.notebook.crashing import damage
from tests.core.notebook.marking import Heard, added, changed, mark, new_highlight, texts, wait_for
from tests.core.notebook.stubborn import NOBODY
from tui.core.episode import Episode
from tui.core.notebook import mending, opening
from tui.core.notebook import notebook as notebook_module
from tui.core.notebook.news import Kept, Told, Waiting
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.values import Anchor, Highlight, new_id

Open = Callable[..., Notebook]

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to mount a small disk")


@pytest.fixture
def everybodys() -> Iterator[Path]:
    """A folder that any user may write to."""
    folder = Path(mkdtemp(prefix="pullquote-test-"))
    folder.chmod(0o777)
    yield folder
    subprocess.run(["chmod", "-R", "u+rwx", folder], check=False)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own that is soon full."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", folder], check=False)
    if mounted.returncode:
        pytest.skip("needs to mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def with_one_highlight(folder: Path, episode: Episode) -> None:
    window = Notebook(folder / "notebook.db")
    mark(window, episode, "One strand")
    assert window.flush(10)
    window.close()
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)


def stubborn(kind: str, folder: Path) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.core.notebook.stubborn", kind, os.fspath(folder)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("kind", ["read-only folder", "read-only file", "largest file"])
def test_what_is_marked_waits_is_read_and_is_kept_in_the_end(
    everybodys: Path, tides: Episode, kind: str
) -> None:
    folder = everybodys / "data"
    folder.mkdir()
    with_one_highlight(folder, tides)

    told = stubborn(kind, folder)

    assert told["before"] == ["One strand"]
    assert told["while"] == told["after"] == ["One strand", "Two hold.", "Three never do."]
    assert (told["waiting"], told["kept"]) == (2, 2)
    assert "notebook.db" in str(told["reason"])
    assert damage(folder / "notebook.db") == ""


@pytest.mark.parametrize("kind", ["no folder", "largest file"])
def test_a_notebook_that_can_t_be_made_is_made_later(everybodys: Path, kind: str) -> None:
    (everybodys / "deep").mkdir()
    (everybodys / "deep").chmod(0o777)
    if os.geteuid() == 0:
        os.chown(everybodys / "deep", NOBODY, NOBODY)

    told = stubborn(kind, everybodys / "deep" / "data")

    assert told["before"] == []
    assert told["while"] == told["after"] == ["Two hold.", "Three never do."]
    assert (told["waiting"], told["kept"]) == (2, 2)


@needs_root
def test_on_a_full_disk_it_waits_for_room(small_disk: Path, tides: Episode) -> None:
    with_one_highlight(small_disk, tides)

    told = stubborn("full disk", small_disk)

    assert told["before"] == ["One strand"]
    assert told["while"] == told["after"] == ["One strand", "Two hold.", "Three never do."]
    assert "full" in str(told["reason"])
    assert damage(small_disk / "notebook.db") == ""


def test_what_still_waits_at_the_end_holds_nobody_up(
    tides: Episode, file: Path, heard: Heard, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notebook_module, "CLOSE_S", 0.3)
    file.parent.mkdir(parents=True)
    window = open_window(heard=heard)
    assert window.flush(10)
    wait_for(file.exists)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        made = mark(window, tides, "Two hold.")
        window.close()

        assert [change.edits[0].after for change in window.waiting] == [made]
        other.execute("ROLLBACK")
    assert window.flush(10)


# What a newer program wrote


@pytest.fixture(name="newer")
def _newer(tides: Episode, file: Path) -> Path:
    with_one_highlight(file.parent, tides)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 999999")
    return file


def test_a_newer_notebook_is_read_and_left_as_it_is(
    newer: Path, tides: Episode, open_window: Open, heard: Heard
) -> None:
    before = newer.read_bytes()
    window = open_window(heard=heard)
    mark(window, tides, "Two hold.")

    assert "newer" in heard.wait(Waiting).reason
    assert window.is_read_only
    assert texts(window) == ["One strand", "Two hold."]
    assert len(window.of_episode(tides).highlights) == 2
    window.close()
    assert newer.read_bytes() == before
    assert sorted(path.name for path in newer.parent.iterdir() if path.is_file()) == ["notebook.db"]


# What no database can hold


@pytest.mark.parametrize(
    ("id", "start"),
    [("b" * 32, 2**80), ("", 0), ("a\x1b", 0), ("a\ud800", 0), ("a" * 70, 0)],
    ids=["number", "no id", "escape", "surrogate", "long id"],
)
def test_what_can_t_be_kept_is_refused_and_said(
    notebook: Notebook, tides: Episode, heard: Heard, id: str, start: int
) -> None:
    source = notebook.of_episode(tides).source
    notebook.make(added(Highlight(id, source, Anchor("Words", start=start), "Words")))
    kept = mark(notebook, tides, "Two hold.")

    assert "can't be kept" in heard.wait(Told).message
    assert heard.wait(Kept).change.edits[0].after == kept
    assert texts(notebook) == ["Two hold."]
    assert notebook.undo() == "highlight"
    assert notebook.undo() == ""


def test_what_trips_us_up_holds_nothing_else_up(notebook: Notebook, tides: Episode, heard: Heard) -> None:
    source = notebook.of_episode(tides).source
    unfit = Highlight(new_id(), source, None, "Words")  # type: ignore[arg-type]
    fit = new_highlight(source, tides, "Two hold.")
    notebook.make(added(unfit))
    notebook.make(added(fit))
    assert notebook.flush(10)

    assert len(heard.all(Told)) == 1
    assert texts(notebook) == ["Two hold."]


def test_a_window_that_can_t_listen_keeps(open_window: Open, tides: Episode, file: Path) -> None:
    def deaf(_news: object) -> None:
        raise RuntimeError

    window = open_window(file, deaf)
    mark(window, tides, "Two hold.")
    mark(window, tides, "Three")

    assert window.flush(10)
    assert texts(Notebook(file)) == ["Two hold.", "Three"]


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("a zero\x00byte", "a zero␀byte"),
        ("half a pair \ud83d", "half a pair \ufffd"),
        ("escape \x1b]52;c;QQ\x07", "escape ␛]52;c;QQ␇"),
        ("👩‍🚒 繩 é\nsecond line\ttab", "👩‍🚒 繩 é\nsecond line\ttab"),
        ("x" * 1_000_000, "x" * 1_000_000),
        ("", ""),
    ],
    ids=["zero", "surrogate", "escape", "emoji", "long", "empty"],
)
def test_any_note_is_kept(notebook: Notebook, tides: Episode, note: str, kept: str) -> None:
    made = mark(notebook, tides, "Two hold.")
    assert notebook.flush(10)
    notebook.make(changed(made, replace(made, note=note)))
    assert notebook.flush(10)

    assert [one.note for one in notebook.highlights()] == [kept]


# Where it lies


def test_only_the_reader_can_read_it(tmp_path: Path, tides: Episode) -> None:
    file = tmp_path / "data" / "notebook.db"
    before = os.umask(0)
    try:
        window = Notebook(file)
        mark(window, tides, "Two hold.")
        assert window.flush(10)
        modes = {path.name: path.stat().st_mode & 0o777 for path in file.parent.glob("notebook.db*")}
    finally:
        os.umask(before)
        window.close()

    assert set(modes.values()) == {0o600}
    assert "notebook.db-wal" in modes
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_what_others_could_read_they_can_no_longer(open_window: Open, tides: Episode, file: Path) -> None:
    with_one_highlight(file.parent, tides)
    file.chmod(0o644)
    file.parent.chmod(0o755)

    open_window()

    wait_for(lambda: file.stat().st_mode & 0o777 == 0o600 and file.parent.stat().st_mode & 0o777 == 0o700)


def test_a_link_and_what_it_leads_to_are_one_notebook(
    open_window: Open, tides: Episode, file: Path, tmp_path: Path
) -> None:
    synced = tmp_path / "synced"
    synced.mkdir()
    synced.chmod(0o755)
    file.parent.mkdir(parents=True)
    file.symlink_to(synced / "notebook.db")
    by_link, by_name = open_window(file), open_window(synced / "notebook.db")
    for window, words in ((by_link, "Two hold."), (by_name, "Three")):
        mark(window, tides, words)
        assert window.flush(10)

    assert set(texts(by_link)) == set(texts(by_name)) == {"Two hold.", "Three"}
    assert file.is_symlink()
    assert not list(file.parent.glob("notebook.db-*"))
    assert synced.stat().st_mode & 0o777 == 0o755


def test_on_a_network_drive_it_does_without_shared_memory(
    open_window: Open, tides: Episode, file: Path, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (mending, opening):
        monkeypatch.setattr(module, "is_remote", lambda _folder: True)
    window = open_window(heard=heard)
    mark(window, tides, "Two hold.")
    assert window.flush(10)

    assert "network drive" in heard.wait(Told).message
    assert not file.with_name("notebook.db-wal").exists()
    window.close()
    again = Heard()
    assert texts(open_window(heard=again)) == ["Two hold."]
    assert again.all(Told) == []


def test_the_order_is_that_of_making_whatever_the_clock_says(notebook: Notebook, tides: Episode) -> None:
    source = notebook.of_episode(tides).source
    for words, created in (("One strand", "2030-01-01T00:00:00Z"), ("Two hold.", "2020-01-01T00:00:00Z")):
        notebook.make(added(replace(new_highlight(source, tides, words), created=created)))
    assert notebook.flush(10)

    assert texts(notebook) == ["One strand", "Two hold."]
    assert [one.text for one in notebook.newest(1)] == ["Two hold."]
