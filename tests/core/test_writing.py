"""Files are written whole or not at all, and never over others unasked."""

import errno
import os
import stat
from pathlib import Path

import pytest

from tui.core.writing import make_folder, write_file
from tui.errors import NotFoundError, PullquoteError, UsageError


def test_a_file_is_written_whole_and_readable_as_the_mask_says(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        path = write_file(tmp_path, "new.md", b"text", overwrite=False)
    finally:
        os.umask(before)
    assert path.read_bytes() == b"text"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_overwritten_without_leave(tmp_path: Path) -> None:
    (tmp_path / "new.md").write_bytes(b"mine")
    with pytest.raises(PullquoteError, match="is there already, and stays as it is"):
        write_file(tmp_path, "new.md", b"text", overwrite=False)
    assert (tmp_path / "new.md").read_bytes() == b"mine"
    assert len(list(tmp_path.iterdir())) == 1
    write_file(tmp_path, "new.md", b"text", overwrite=True)
    assert (tmp_path / "new.md").read_bytes() == b"text"


def test_without_hard_links_nothing_is_overwritten_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = write_file(tmp_path, "new.md", b"text", overwrite=False)
    assert path.read_bytes() == b"text"
    with pytest.raises(PullquoteError, match="is there already"):
        write_file(tmp_path, "new.md", b"other", overwrite=False)
    assert path.read_bytes() == b"text"
    assert list(tmp_path.iterdir()) == [path]


def test_folders_are_made_or_the_reason_is_said(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    (tmp_path / "file").write_bytes(b"")
    for wrong in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(UsageError, match="is no folder; name one with --to DIR"):
            make_folder(wrong)


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there is no folder"):
        write_file(tmp_path / "gone", "new.md", b"text", overwrite=False)


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(PullquoteError, match="can't be written: the disk is full"):
        write_file(tmp_path, "new.md", b"text", overwrite=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PullquoteError, match="you are not allowed to write there"):
        write_file(tmp_path, "new.md", b"text", overwrite=False)
