import os
from pathlib import Path

import pytest

from tui.core.library import scan
from tui.core.search.changes import UNSETTLED, Changes, FileScan, Stamps, changes
from tui.errors import NotFoundError


def names(found: Changes) -> set[str]:
    return {name for work in found.work for name, _ in work.files}


def write(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def now(folder: Path) -> Stamps:
    return FileScan(folder).run()


def test_takes_down_the_files_that_the_library_has(shelf: Path) -> None:
    for other in (".hidden/a.md", "node_modules/b.md", "README.md", "notes.pdf", "Page_files/c.html"):
        write(shelf / other)
    write(shelf / "Page.html")
    found = {(Path(folder) / name).as_posix() for folder, files in now(shelf).items() for name in files}
    assert found == {entry.path.relative_to(shelf).as_posix() for entry in scan(shelf)}
    assert len(found) == 5


def test_tells_what_is_new_changed_and_gone(tmp_path: Path) -> None:
    kept, changed, gone = (write(tmp_path / "sub" / f"{name}.md") for name in ("kept", "changed", "gone"))
    known = now(tmp_path)
    assert not changes(tmp_path, known)
    changed.write_text("longer", encoding="utf-8")
    gone.unlink()
    write(tmp_path / "new.md")
    found = changes(tmp_path, known)
    assert names(found) == {"changed.md", "new.md"}
    assert found.gone == (("sub", "gone.md"),)
    assert (found.files, found.to_read) == (3, 2)
    assert kept.exists()


def test_the_newest_come_first(tmp_path: Path) -> None:
    for age, name in enumerate(("new", "older", "oldest")):
        os.utime(write(tmp_path / f"{name}.md"), ns=(1, 10**18 - age * 10**9 + 1))
    assert [work.files[0][0] for work in changes(tmp_path, {}).work] == ["new.md", "older.md", "oldest.md"]


def test_an_episodes_files_are_read_together(tmp_path: Path) -> None:
    summary, transcript = write(tmp_path / "Talk.md"), write(tmp_path / "Talk.transcript.txt")
    write(tmp_path / "Other.md")
    known = now(tmp_path)
    transcript.write_text("longer", encoding="utf-8")
    assert names(changes(tmp_path, known)) == {"Talk.md", "Talk.transcript.txt"}
    transcript.unlink()
    assert names(changes(tmp_path, known)) == {"Talk.md"}
    assert summary.exists()


def test_a_file_of_a_coarse_clock_is_read_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.md")
    os.utime(path, ns=(5 * 10**9, 5 * 10**9))
    monkeypatch.setattr("time.time_ns", lambda: 6 * 10**9)
    known = now(tmp_path)
    assert known["."]["a.md"][1] == UNSETTLED
    assert changes(tmp_path, known).to_read == 1
    monkeypatch.setattr("time.time_ns", lambda: 8 * 10**9)
    assert changes(tmp_path, known).to_read == 1
    assert not changes(tmp_path, now(tmp_path))


def test_a_library_can_be_one_file(tmp_path: Path) -> None:
    path = write(tmp_path / "export.md")
    known = now(path)
    assert known == {"..": {"export.md": (1, path.stat().st_mtime_ns)}}
    assert not changes(path, known)
    assert changes(path, {}).to_read == 1


def test_names_may_be_any_bytes(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.md")
    path.write_text("x", encoding="utf-8")
    assert list(now(tmp_path)["."]) == [path.name]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        now(tmp_path / "nothing")
