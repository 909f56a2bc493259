"""The command add: from files, standard input, the clipboard and the web, with and without a terminal."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pty import Terminal
from tui import __main__ as entry
from tui.core.reading import read_episode

ADD = [sys.executable, "-m", "tui", "add"]
NOTE = "# Tea for two\n\nLeaves in water.\n\n## Milk\n\nNever first.\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "shelf"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.md"
    path.write_text(NOTE, encoding="utf-8")
    return path


def piped(*words: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run add in a process of its own, no terminal anywhere near it."""
    done = subprocess.run(
        [*ADD, *map(str, words)],
        input=stdin,
        capture_output=True,
        env={**os.environ, **environment},
        cwd=ROOT,
        timeout=60,
        check=False,
        start_new_session=True,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_a_file_becomes_an_episode_of_the_folder(
    note: Path, shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--show", "Leaf Talk", "--number", "7", "--date", "1 May 2024", "--tag", "#tea", "--tag", "milk"]
    assert entry.run(["add", str(note), "--to", str(shelf), *words, "--url", "https://e.org/7"]) == 0
    out, err = capsys.readouterr()
    assert (Path(out.strip()), err) == (shelf / "2024-05-01 Leaf Talk 7 - Tea for two.md", "")
    episode = read_episode(Path(out.strip()))
    assert (episode.title, episode.show, episode.number) == ("Tea for two", "Leaf Talk", 7)
    assert (episode.date, episode.url, episode.tags) == ("2024-05-01", "https://e.org/7", ("tea", "milk"))
    assert [section.title for section in episode.sections] == ["", "Milk"]


def test_the_library_is_where_it_goes(note: Path, shelf: Path) -> None:
    shelf.mkdir()
    done = piped(note, PULLQUOTE_LIBRARY=str(shelf))
    assert (done.returncode, done.stdout) == (0, f"{shelf}/Tea for two.md\n")


def test_the_samples_are_no_library(note: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["add", str(note)]) == 2
    assert "no library of yours is known: name a folder with --to DIR" in capsys.readouterr().err


def test_a_library_that_is_not_there_is_made_only_with_leave(note: Path, shelf: Path) -> None:
    done = piped(note, PULLQUOTE_LIBRARY=str(shelf))
    assert (done.returncode, shelf.exists()) == (1, False)
    assert f"there is no folder {shelf}; name one with --to DIR, or add --yes" in done.stderr
    assert piped(note, "--yes", PULLQUOTE_LIBRARY=str(shelf)).returncode == 0


def test_the_same_again_changes_nothing(note: Path, shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert entry.run(["add", str(note), "--to", str(shelf)]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [f"{shelf}/Tea for two.md"] * 2
    assert err == f"pullquote: {shelf}/Tea for two.md is there already, with the same text\n"


def test_another_text_is_not_overwritten_without_leave(note: Path, shelf: Path) -> None:
    piped(note, "--to", shelf)
    path = shelf / "Tea for two.md"
    before = path.read_bytes()
    note.write_text(NOTE + "More.\n", encoding="utf-8")
    done = piped(note, "--to", shelf)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"pullquote: {path} is there already, and stays as it is; --yes replaces it\n"
    assert path.read_bytes() == before
    assert piped(note, "--to", shelf, "--yes").returncode == 0
    assert b"More." in path.read_bytes()


def test_standard_input_is_added(shelf: Path) -> None:
    done = piped("-", "--to", shelf, "--title", "Two cups", stdin=NOTE.encode())
    assert (done.returncode, done.stdout) == (0, f"{shelf}/Two cups.md\n")


def test_a_text_without_a_title_is_called_by_its_first_words(shelf: Path) -> None:
    done = piped("-", "--to", shelf, stdin=b"just some words that somebody wrote down")
    assert done.stdout == f"{shelf}/just some words that somebody wrote down.md\n"


@pytest.mark.parametrize("stdin", [b"", bytes(1000)])
def test_what_can_not_be_added_leaves_no_file(stdin: bytes, shelf: Path) -> None:
    done = piped("-", "--to", shelf, stdin=stdin)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert not shelf.exists()


def test_the_clipboard_is_added(tmp_path: Path, shelf: Path) -> None:
    tool = tmp_path / "xsel"
    tool.write_text(f"#!/bin/sh\n/bin/cat <<'END'\n{NOTE}END\n", encoding="utf-8")
    tool.chmod(0o700)
    done = piped("--clipboard", "--to", shelf, PATH=str(tmp_path), DISPLAY=":0")
    assert (done.returncode, done.stdout) == (0, f"{shelf}/Tea for two.md\n")


def test_a_clipboard_out_of_reach_is_said(shelf: Path) -> None:
    done = piped("--clipboard", "--to", shelf, SSH_TTY="/dev/pts/0")
    assert done.returncode == 1
    assert "paste the page into 'pullquote add -', then press ctrl+d on a line of its own" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "name one thing to add"),
        (["note.md", "--clipboard"], "name one thing to add"),
        (["note.md", "--date", "soon"], "'soon' is no date, like 2024-05-01"),
        (["note.md", "--url", "here"], "'here' is no address"),
        (["note.md", "--number", "0"], "--number"),
        (["https://me:secret@example.org/"], "holds a name or password"),
    ],
)
def test_wrong_words_are_usage_errors(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.run(["add", *words]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert len(err.splitlines()) == 1


def test_a_missing_file_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["add", "nowhere.md"]) == 1
    assert "there is no nowhere.md; see the spelling" in capsys.readouterr().err


def test_what_a_sibling_knows_goes_along(tmp_path: Path, shelf: Path) -> None:
    (tmp_path / "talk.md").write_text("---\nshow: Leaf Talk\ndate: 2024-05-01\n---\n\n# Tea\n\nText.\n")
    (tmp_path / "talk.transcript.txt").write_text("Ada: One.\n\nBo: Two.\n\n" * 12)
    done = piped(tmp_path / "talk.transcript.txt", "--to", shelf)
    assert done.returncode == 0
    episode = read_episode(Path(done.stdout.strip()))
    assert (episode.show, episode.date) == ("Leaf Talk", "2024-05-01")
    assert {block.speaker for block in episode.sections[0].blocks} == {"Ada", "Bo"}


CLIPPINGS = """\
Tea and Milk (Ann Lee)
- Your Highlight on Location 12-13 | Added on Friday, November 11, 2016 7:49:33 PM

Leaves in water.
==========
Harbours (Bo Diaz)
- Your Highlight on Location 7-8 | Added on Friday, November 11, 2016 7:49:33 PM

Every river carries its hills to the sea.
==========
"""


def test_a_file_of_several_adds_them_all(tmp_path: Path, shelf: Path) -> None:
    clippings = tmp_path / "My Clippings.txt"
    clippings.write_text(CLIPPINGS, encoding="utf-8")
    done = piped(clippings, "--to", shelf)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(list(shelf.iterdir())) == 2
    done = piped(clippings, "--to", shelf, "--title", "Both")
    assert done.returncode == 2
    assert "2 episodes are in it, and they can't share a title" in done.stderr
    assert piped(f"{clippings}/2", "--to", shelf, "--title", "One").stdout == f"{shelf}/One.md\n"
    assert "there is no episode 3 in" in piped(f"{clippings}/3", "--to", shelf).stderr


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/markdown; charset=utf-8")
        self.end_headers()
        self.wfile.write(NOTE.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(5)


def test_a_text_of_the_web_keeps_its_address(site: str, shelf: Path) -> None:
    done = piped(f"{site}/tea.md", "--to", shelf, no_proxy="127.0.0.1")
    assert done.returncode == 0, done.stderr
    assert read_episode(Path(done.stdout.strip())).url == f"{site}/tea.md"


def test_on_a_terminal_the_reader_opens_it(note: Path, shelf: Path) -> None:
    with Terminal([*ADD, note, "--to", shelf], cwd=ROOT) as terminal:
        terminal.wait_for("Leaves in water", timeout=20)
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert terminal.restored() == []
    assert (shelf / "Tea for two.md").is_file()


def test_no_open_prints_the_path_on_a_terminal_too(note: Path, shelf: Path) -> None:
    with Terminal([*ADD, note, "--to", shelf, "--no-open"], size=(200, 24), cwd=ROOT) as terminal:
        assert terminal.wait_exit() == 0
        assert f"{shelf}/Tea for two.md" in "".join(terminal.screen())


@pytest.mark.parametrize(("answer", "code", "replaced"), [("n", 1, False), ("y", 0, True)])
def test_on_a_terminal_it_asks_before_it_overwrites(
    answer: str, code: int, replaced: bool, note: Path, shelf: Path
) -> None:
    piped(note, "--to", shelf)
    note.write_text(NOTE + "More.\n", encoding="utf-8")
    with Terminal([*ADD, note, "--to", shelf, "--no-open"], size=(200, 24), cwd=ROOT) as terminal:
        terminal.wait_for("Replace it by the new one", timeout=20)
        assert "bytes, changed 20" in "".join(terminal.screen())
        terminal.send(answer, "enter")
        assert terminal.wait_exit() == code
    assert (b"More." in (shelf / "Tea for two.md").read_bytes()) is replaced


def test_a_page_pasted_into_the_terminal_is_added_and_opened(shelf: Path) -> None:
    with Terminal([*ADD, "-", "--to", shelf], size=(100, 24), cwd=ROOT) as terminal:
        terminal.wait_for("paste the page, then press ctrl+d", timeout=20)
        terminal.send(*NOTE.replace("\n", "\r"), "ctrl+d")
        # Part of the reader; the text itself is on the screen as it is pasted.
        terminal.wait_for("find in this episode", timeout=20)
        terminal.send("q")
        assert terminal.wait_exit() == 0
    assert (shelf / "Tea for two.md").is_file()


def test_a_pasted_page_can_be_given_up(shelf: Path) -> None:
    with Terminal([*ADD, "-", "--to", shelf], size=(100, 24), cwd=ROOT) as terminal:
        terminal.wait_for("ctrl+c gives up", timeout=20)
        terminal.send("a", "ctrl+c")
        assert terminal.wait_exit() == 130
        assert terminal.restored() == []
    assert not shelf.exists()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_paste_that_is_ended_leaves_the_terminal_as_it_was(
    number: signal.Signals, code: int, shelf: Path
) -> None:
    with Terminal([*ADD, "-", "--to", shelf], size=(100, 24), cwd=ROOT) as terminal:
        terminal.wait_for("ctrl+c gives up", timeout=20)
        terminal.signal(number)
        assert terminal.wait_exit() == code
        assert terminal.restored() == []


def test_piped_text_is_opened_with_keys_from_the_terminal(note: Path, shelf: Path) -> None:
    command = f"{sys.executable} -m tui add - --to {shelf} < {note}"
    with Terminal(["/bin/sh", "-c", command], cwd=ROOT) as terminal:
        terminal.wait_for("Leaves in water", timeout=20)
        terminal.send("q")
        assert terminal.wait_exit() == 0


def test_piped_text_asks_at_the_terminal(note: Path, shelf: Path) -> None:
    piped(note, "--to", shelf)
    note.write_text(NOTE + "More.\n", encoding="utf-8")
    command = f"{sys.executable} -m tui add - --to {shelf} --no-open < {note}"
    with Terminal(["/bin/sh", "-c", command], size=(200, 24), cwd=ROOT) as terminal:
        terminal.wait_for("Replace it by the new one", timeout=20)
        terminal.send("y", "enter")
        assert terminal.wait_exit() == 0
    assert b"More." in (shelf / "Tea for two.md").read_bytes()
