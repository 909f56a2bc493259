import os
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.core.counting import calls
from tests.core.search.damage import KINDS, damage
from tui.core import loading
from tui.core.search import episodes, pool, store
from tui.core.search.asking import LibraryIndex, NoIndexError
from tui.core.search.changes import Work
from tui.core.search.checking import check
from tui.core.search.indexer import CannotIndexError, bring_up_to_date
from tui.core.search.store import IndexFolder, Progress
from tui.errors import NotFoundError


def update(shelf: Path) -> int | None:
    return bring_up_to_date(shelf, processes=0)


def total(shelf: Path, query: str) -> int:
    return LibraryIndex(shelf).search(query).total


def test_only_what_has_changed_is_read(shelf: Path, index: LibraryIndex) -> None:
    assert update(shelf) == 0
    (shelf / "Harbours.md").write_text("# Harbours\n\nNow about eels.\n", encoding="utf-8")
    assert update(shelf) == 1
    assert total(shelf, "eels") == 1
    assert total(shelf, "spoonful") == 0
    assert index.search("spoonful").total == 1


def test_what_is_gone_or_renamed_is_not_found(shelf: Path, index: LibraryIndex) -> None:
    (shelf / "notes" / "Maps.md").rename(shelf / "Charts.md")
    (shelf / "Harbours.md").unlink()
    assert update(shelf) == 1
    (hit,) = LibraryIndex(shelf).search("contour").hits
    assert hit.path == shelf / "Charts.md"
    assert total(shelf, "spoonful") == 0
    assert index.library == shelf


def test_an_empty_library_has_an_index(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    assert update(folder) == 0
    assert total(folder, "anything") == 0
    assert check(folder).is_up_to_date


def test_a_library_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        update(tmp_path / "nothing")


def test_a_library_that_vanishes_keeps_its_index(shelf: Path, index: LibraryIndex) -> None:
    shelf.rename(shelf.with_name("away"))
    with pytest.raises(NotFoundError):
        update(shelf)
    assert index.search("spoonful").total == 1
    shelf.with_name("away").rename(shelf)
    assert update(shelf) == 0


def test_a_file_of_several_episodes_is_a_library(tmp_path: Path) -> None:
    path = tmp_path / "talks.md"
    path.write_text("# One\n\nThe word eel.\n", encoding="utf-8")
    assert update(path) == 1
    (hit,) = LibraryIndex(path).search("eel").hits
    assert hit.path == path


def test_names_that_are_no_text_are_found(shelf: Path) -> None:
    path = shelf / os.fsdecode(b"caf\xe9 \xff.md")
    path.write_text("# Latin\n\nA lonelyword.\n", encoding="utf-8")
    update(shelf)
    (hit,) = LibraryIndex(shelf).search("lonelyword").hits
    assert hit.path == path
    path.unlink()
    update(shelf)
    assert total(shelf, "lonelyword") == 0


def test_what_cannot_be_read_keeps_nothing_else_out(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shelf / "binary.txt").write_bytes(bytes(range(256)) * 50)
    (shelf / "loop.md").symlink_to(shelf / "loop.md")
    real = loading.episodes_of

    def trips(path: Path, *words: object, **more: object) -> object:
        if path.name == "Maps.md":
            raise RecursionError("a bug")
        return real(path, *words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(episodes, "episodes_of", trips)
    update(shelf)
    assert total(shelf, "spoonful") == 1
    assert total(shelf, "contour") == 0
    assert update(shelf) == 0


def test_other_files_complete_what_is_known(shelf: Path) -> None:
    (shelf / "Harbours.transcript.txt").write_text("HOST: A word like estuary.\n", encoding="utf-8")
    update(shelf)
    assert total(shelf, "estuary guest:brandt") == 1
    (shelf / "Harbours.md").unlink()
    assert update(shelf) == 1
    assert total(shelf, "estuary guest:brandt") == 0
    assert total(shelf, "estuary") == 1


def test_progress_is_told(shelf: Path) -> None:
    told: list[Progress] = []
    bring_up_to_date(shelf, tell=told.append, processes=0)
    assert (told[0], told[-1]) == (Progress(0, 4), Progress(4, 4))
    assert IndexFolder(shelf).progress() is None


def test_when_it_is_stopped_the_rest_is_done_next_time(shelf: Path) -> None:
    answers = iter([True, True, False])
    assert bring_up_to_date(shelf, goes_on=lambda: next(answers), processes=0) == 2
    assert check(shelf).missing == 2
    assert update(shelf) == 2
    assert check(shelf).is_up_to_date


def test_processes_of_their_own_read_the_same(shelf: Path) -> None:
    assert bring_up_to_date(shelf, processes=2) == 4
    assert total(shelf, "spoonful") == 1
    assert check(shelf).is_up_to_date


def test_a_process_that_is_lost_costs_one_file(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = pool.Reader.read

    def dies(reader: pool.Reader, work: Work) -> object:
        if work.files[0][0] == "Maps.md":
            reader.process.kill()
            reader.process.wait()
        return real(reader, work)

    monkeypatch.setattr(pool.Reader, "read", dies)
    assert bring_up_to_date(shelf, processes=1) == 4
    assert total(shelf, "contour") == 0
    assert total(shelf, "spoonful") == 1


def test_a_process_that_hangs_is_ended(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "LEAST_LIMIT_S", -1.0)
    began = time.monotonic()
    assert bring_up_to_date(shelf, processes=1) == 4
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_repaired(shelf: Path, index: LibraryIndex, kind: str) -> None:
    damage(index.folder, kind)
    with suppress(NoIndexError):
        LibraryIndex(shelf).search("spoonful")
    update(shelf)
    assert total(shelf, "spoonful") == 1
    assert total(shelf, "学习") == 1
    found = check(shelf)
    assert (found.is_up_to_date, found.damage) == (True, "")


@pytest.mark.parametrize("kind", [".term zeroed", ".store cut", "meta garbage", "list flipped"])
def test_a_check_tells_of_damage(shelf: Path, index: LibraryIndex, kind: str) -> None:
    assert check(shelf).damage == ""
    damage(index.folder, kind)
    assert check(shelf).damage


def test_damage_that_leaves_no_trace_is_found_by_a_check(shelf: Path, index: LibraryIndex) -> None:
    contents = index.folder.contents()
    assert contents is not None
    name, (size, *_) = next(iter(contents.seals.items()))
    path = index.folder.engine / name
    path.unlink()
    path.write_bytes(bytes(size))
    status = path.stat()
    contents.seals[name] = (size, status.st_mtime_ns, status.st_ctime_ns, contents.seals[name][3])
    index.folder.write_contents(contents)
    assert name in check(shelf).damage


def test_another_versions_index_is_built_anew(
    shelf: Path, index: LibraryIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "LAYOUT", 99)
    with pytest.raises(NoIndexError):
        LibraryIndex(shelf)
    assert update(shelf) == 4
    assert total(shelf, "spoonful") == 1


def test_an_index_can_be_built_anew(shelf: Path, index: LibraryIndex) -> None:
    assert bring_up_to_date(shelf, anew=True, processes=0) == 4
    assert total(shelf, "spoonful") == 1


def test_a_cache_that_cannot_be_written_is_said(shelf: Path, home: Path) -> None:
    (home / "cache").write_text("in the way", encoding="utf-8")
    with pytest.raises(CannotIndexError, match=r"not a directory|file exists"):
        update(shelf)


def test_an_engine_that_is_not_installed_is_said(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tantivy", None)
    with pytest.raises(CannotIndexError, match="not installed"):
        update(shelf)
    assert not check(shelf).is_there


def test_an_index_that_lost_its_engine_is_said(
    shelf: Path, index: LibraryIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tantivy", None)
    with pytest.raises(NoIndexError):
        LibraryIndex(shelf)


def test_a_second_one_leaves_it_to_the_first(shelf: Path) -> None:
    folder = IndexFolder(shelf)
    folder.make()
    with folder.lock() as is_mine:
        assert is_mine
        assert update(shelf) is None
        assert folder.is_locked()
    assert not folder.is_locked()
    assert update(shelf) == 4


def test_an_index_that_is_removed_meanwhile_is_written_again(shelf: Path) -> None:
    folder = IndexFolder(shelf)
    removed: list[bool] = []

    def tell(progress: Progress) -> None:
        if progress.done and not removed:
            removed.append(True)
            folder.root.rename(folder.root.with_name("away"))

    assert bring_up_to_date(shelf, tell=tell, processes=0) == 4
    assert removed
    assert total(shelf, "spoonful") == 1


def test_nothing_is_left_lying_about(shelf: Path) -> None:
    for number in range(12):
        (shelf / "Harbours.md").write_text(f"# Harbours\n\nWord{number}.\n", encoding="utf-8")
        update(shelf)
    folder = IndexFolder(shelf)
    contents = folder.contents()
    assert contents is not None
    files = {path.name for path in folder.engine.iterdir()}
    lying = {name for name in files - contents.seals.keys() if not name.startswith((".", "meta"))}
    assert lying == set()
    assert {path.name for path in folder.folder.iterdir()} == {"engine", "files", "lock", "progress"}


def test_indexes_nobody_opens_are_removed(shelf: Path, index: LibraryIndex) -> None:
    old = index.folder.root / "0123"
    old.mkdir()
    (old / "files").touch()
    os.utime(old / "files", (0, 0))
    os.utime(old, (0, 0))
    (shelf / "new.md").write_text("# New\n", encoding="utf-8")
    update(shelf)
    assert not old.exists()
    assert index.folder.folder.exists()


def test_the_index_is_for_nobody_elses_eyes(shelf: Path, index: LibraryIndex) -> None:
    assert index.folder.folder.stat().st_mode & 0o077 == 0
    assert index.folder.engine.stat().st_mode & 0o077 == 0
    assert list(shelf.rglob("*.json")) == []


def test_the_work_grows_with_the_files_only(tmp_path: Path) -> None:
    counted = []
    for count in (50, 200):
        folder = tmp_path / str(count)
        folder.mkdir()
        for number in range(count):
            (folder / f"{number}.md").write_text(f"# Episode {number}\n\nA word.\n", encoding="utf-8")
        counted.append(calls(lambda folder=folder: bring_up_to_date(folder, processes=0)))  # type: ignore[misc]
    assert counted[1] < 4.4 * counted[0]


def test_a_file_that_is_edited_while_it_is_read_is_read_again(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = loading.episodes_of

    def edited(path: Path, *words: object, **more: object) -> object:
        found = list(real(path, *words, **more))  # type: ignore[arg-type]
        if path.name == "Harbours.md":
            path.write_text("# Harbours\n\nNow about eels, at length.\n", encoding="utf-8")
        return found

    monkeypatch.setattr(episodes, "episodes_of", edited)
    update(shelf)
    assert total(shelf, "spoonful") == 1
    monkeypatch.setattr(episodes, "episodes_of", real)
    assert update(shelf) == 1
    assert (total(shelf, "spoonful"), total(shelf, "eels")) == (0, 1)
