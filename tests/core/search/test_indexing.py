"""The process that writes the index, and what becomes of it."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.core.search import indexing
from tui.core.search.asking import LibraryIndex
from tui.core.search.checking import check
from tui.core.search.indexer import bring_up_to_date
from tui.core.search.indexing import Indexing
from tui.core.search.processes import start
from tui.core.search.store import IndexFolder

PATIENCE_S = 30.0


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def many(folder: Path, count: int = 150) -> Path:
    """Write many episodes of a few sections."""
    folder.mkdir()
    for number in range(count):
        sections = "".join(f"## Part {part}\n\n{'some words of it ' * 40}\n\n" for part in range(8))
        (folder / f"{number}.md").write_text(
            f"# Episode {number}\n\nword{number} here\n\n{sections}", "utf-8"
        )
    return folder


def finished(work: Indexing) -> bool:
    """Say whether all is done, and have the next thing done otherwise."""
    work.tend()
    return not work.is_at_work


def test_a_process_of_its_own_writes_the_index(shelf: Path) -> None:
    work = Indexing(shelf)
    work.want()
    assert work.is_at_work
    until(lambda: finished(work))
    assert work.problem == ""
    assert LibraryIndex(shelf).search("spoonful").total == 1


def test_what_changes_meanwhile_is_done_after_it(shelf: Path) -> None:
    work = Indexing(shelf)
    work.want()
    (shelf / "new.md").write_text("# New\n\nA novelword.\n", encoding="utf-8")
    work.want()
    until(lambda: finished(work))
    assert LibraryIndex(shelf).search("novelword").total == 1


def test_why_it_failed_is_said(shelf: Path, home: Path) -> None:
    (home / "cache").write_text("in the way", encoding="utf-8")
    work = Indexing(shelf)
    work.want()
    until(lambda: finished(work))
    assert work.problem in {"not a directory", "file exists"}


def test_a_library_that_vanished_is_said(shelf: Path) -> None:
    work = Indexing(shelf / "nothing")
    work.want()
    until(lambda: finished(work))
    assert "no folder" in work.problem


def test_without_an_interpreter_that_is_said(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "")
    work = Indexing(shelf)
    work.want()
    assert not work.is_at_work
    assert "interpreter" in work.problem


def test_one_that_is_cut_off_is_followed_by_another(tmp_path: Path) -> None:
    folder = many(tmp_path / "many")
    work = Indexing(folder)
    work.want()
    assert work.process is not None
    work.process.send_signal(signal.SIGKILL)
    until(lambda: finished(work))
    assert work.problem == ""
    assert check(folder).is_up_to_date


def test_one_that_is_always_cut_off_is_given_up(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(_module: str, *_words: str, **_pipes: int) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-c", "import os; os.abort()"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            preexec_fn=no_core,
        )

    monkeypatch.setattr(indexing, "start", dies)
    work = Indexing(shelf)
    work.want()
    until(lambda: finished(work))
    assert work.problem == "it was cut off again and again"


def no_core() -> None:
    """Leave no memory image behind."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def test_of_several_one_works_and_the_others_wait(tmp_path: Path) -> None:
    folder = many(tmp_path / "many")
    works = [Indexing(folder) for _ in range(3)]
    for work in works:
        work.want()
    until(lambda: sum(map(finished, works)) == len(works))
    assert [work.problem for work in works] == ["", "", ""]
    found = check(folder)
    assert (found.is_up_to_date, found.indexed) == (True, 150)
    assert LibraryIndex(folder).search("here").total == 150


def test_progress_is_seen_from_elsewhere(tmp_path: Path) -> None:
    folder = many(tmp_path / "many")
    work = Indexing(folder)
    work.want()
    until(lambda: work.progress() is not None)
    progress = work.progress()
    assert progress is None or progress.total == 150
    work.end()
    assert not work.is_at_work
    assert IndexFolder(folder).progress() is None


def test_killed_at_any_moment_it_is_whole_again(tmp_path: Path) -> None:
    folder = many(tmp_path / "many", 60)
    generator = random.Random(3)
    for _ in range(6):
        process = start("tui.core.search.indexer", str(folder), str(os.getpid()), "0", "")
        time.sleep(generator.uniform(0.05, 0.8))
        process.kill()
        process.wait()
        number = generator.randrange(60)
        (folder / f"{number}.md").write_text(f"# Episode {number}\n\nword{number} here again\n", "utf-8")
        assert check(folder).damage == ""
    bring_up_to_date(folder, processes=0)
    index = LibraryIndex(folder)
    assert index.search("here").total == 60
    assert all(index.search(f"word{number}").total == 1 for number in range(60))
    found = check(folder)
    assert (found.is_up_to_date, found.damage) == (True, "")
    contents = index.folder.contents()
    assert contents is not None
    names = {path.name for path in index.folder.engine.iterdir() if not path.name.startswith((".", "meta"))}
    assert names == contents.seals.keys()


def test_it_ends_with_the_reader_that_started_it(tmp_path: Path) -> None:
    folder = many(tmp_path / "many", 400)
    script = (
        "import os, sys, time\n"
        "from pathlib import Path\n"
        "from tui.core.search.indexing import Indexing\n"
        "work = Indexing(Path(sys.argv[1])); work.want()\n"
        "print(work.process.pid, flush=True); time.sleep(60)\n"
    )
    reader = subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE)
    with reader:
        assert reader.stdout is not None
        indexer = int(reader.stdout.readline())
        until(lambda: IndexFolder(folder).is_locked())
        reader.kill()
    until(lambda: not IndexFolder(folder).is_locked())
    assert not Path(f"/proc/{indexer}").exists() or ends(indexer)
    assert bring_up_to_date(folder, processes=0) is not None
    assert check(folder).is_up_to_date


def ends(process: int) -> bool:
    """Say whether a process that is nobody's child of ours ends soon."""
    until(lambda: not Path(f"/proc/{process}/cmdline").exists() or not cmdline(process))
    return True


def cmdline(process: int) -> bytes:
    """Return a process's command; nothing of one that only waits to be reaped."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""
