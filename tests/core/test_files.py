"""Files are opened read-only, ordinary ones only, and never waited for."""

import errno
import io
import os
import socket
import sys
from pathlib import Path

import pytest

from tui.core.files import LONGEST_NAME, MAX_BYTES, display_name, read_bytes, read_error, read_stream
from tui.errors import NotFoundError, UnreadableError


def test_a_file_is_read_whole_with_its_size_and_time(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(b"words")
    os.utime(path, ns=(5, 7_000_000_000))
    found = read_bytes(path)
    assert (found.data, found.size, found.mtime_ns, found.truncated) == (b"words", 5, 7_000_000_000, False)


def test_a_limit_gives_the_head_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(b"words and words")
    head = read_bytes(path, limit=5)
    assert (head.data, head.size, head.truncated) == (b"words", 15, True)
    assert not read_bytes(path, limit=15).truncated


def test_an_empty_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    assert read_bytes(path).data == b""


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_bytes(b"words")
    (tmp_path / "link.txt").symlink_to("talk.txt")
    assert read_bytes(tmp_path / "link.txt").data == b"words"


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"there is no .*gone\.txt"):
        read_bytes(tmp_path / "gone.txt")


@pytest.mark.parametrize("name", ["nul\x00byte.txt", "n" * 300, "talk.txt/inner.txt"])
def test_an_impossible_name_is_not_found(name: str, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").touch()
    with pytest.raises(NotFoundError):
        read_bytes(tmp_path / name)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="is a folder, not an ordinary file"):
        read_bytes(tmp_path)


def test_a_pipe_nobody_writes_to_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableError, match="is a pipe"):
        read_bytes(tmp_path / "pipe.txt")


def test_a_device_is_refused() -> None:
    with pytest.raises(UnreadableError, match="is a device"):
        read_bytes(Path(os.devnull))


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A socket's path has to be short, which that of a test's folder is not.
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("talk.txt")
        with pytest.raises(UnreadableError, match="socket"):
            read_bytes(Path("talk.txt"))


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    with pytest.raises(UnreadableError, match="leads back to itself"):
        read_bytes(tmp_path / "loop.txt")


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_a_file_the_system_makes_is_refused() -> None:
    with pytest.raises(UnreadableError, match="made by the system"):
        read_bytes(Path("/proc/self/environ"))


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.touch()
    os.truncate(path, MAX_BYTES + 1)
    with pytest.raises(UnreadableError, match=r"large\.txt is too large \(64 MB\): the limit is 64 MB"):
        read_bytes(path)


def test_a_forbidden_file_is_explained(tmp_path: Path) -> None:
    error = read_error(PermissionError(errno.EACCES, "Permission denied"), tmp_path / "talk.txt")
    assert isinstance(error, UnreadableError)
    assert "you are not allowed to read it" in str(error)


def test_names_in_messages_are_clean(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as caught:
        read_bytes(tmp_path / "na\x1b]0;x\x07\nme\udcff.txt")
    assert "na␛]0;x␇ me\ufffd.txt" in str(caught.value)


def test_a_name_of_hidden_characters_only_is_said_to_be_one() -> None:
    assert display_name(Path("\u200b")) == "(a name without visible characters)"


def test_a_stream_is_read_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.core.files.MAX_BYTES", 5)
    assert read_stream(io.BytesIO(b"words")) == b"words"
    with pytest.raises(UnreadableError, match="standard input is too large"):
        read_stream(io.BytesIO(b"words and words"))


def test_of_a_very_long_name_the_end_is_shown() -> None:
    shown = display_name(Path("d" * 500) / "talk.txt")
    assert len(shown) == LONGEST_NAME
    assert shown.startswith("…d")
    assert shown.endswith("/talk.txt")
