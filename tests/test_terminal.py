"""The whole program in a terminal of its own: how it ends, what it leaves behind, what it takes."""

import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path

import pytest

from tests.emulator import Emulator
from tests.pty import Terminal

PULLQUOTE = (sys.executable, "-m", "tui")

LATE = 20
"""Seconds after which something is taken not to come any more, on a slow machine."""

TEXT, TITLE = "The harbour master keeps a book", "The book of the tides"
PARAGRAPHS = (
    f"{TEXT} of every tide since 1911. He has never lost a page.",
    "Most of it is wind. The rest is what came in with it.",
)

WAYS_IN: dict[str, tuple[tuple[str, ...], str]] = {
    "page": ((), TEXT),
    "search bar": (("/",), "stay here"),
    "outline": (("o",), "fold"),
    "library": (("l",), "Library"),
    "help": (("?",), "all keys"),
    "palette": ((":",), "Search for commands"),
}
"""The places a person can be in: the keys that lead there, and what is shown then."""

FAREWELLS = {signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGINT: 130, signal.SIGQUIT: 131}
"""What the program ends with when it is told to end."""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """An episode of many screens, the only one in its folder."""
    sections = "".join(
        f"## Year {year}\n\nIn {year} the water came up to the step.\n\n" for year in range(1911, 1961)
    )
    file = tmp_path / "book.md"
    file.write_text(
        f"---\ntitle: {TITLE}\nshow: Low Water\nnumber: 9\n---\n\n## The book\n\n{PARAGRAPHS[0]}\n\n"
        f"{PARAGRAPHS[1]}\n\n{sections}",
        encoding="utf-8",
    )
    return file


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An episode of 8 MB, which takes a while to read."""
    file = tmp_path_factory.mktemp("large") / "large.md"
    section = "## Another year\n\n" + "The water came up to the step and went down again. " * 40 + "\n\n"
    file.write_text(f"# {TITLE}\n\n{TEXT}.\n\n" + section * (8_000_000 // len(section)), encoding="utf-8")
    return file


def opened(path: Path | str, size: tuple[int, int] = (80, 24), **env: str | None) -> Terminal:
    return Terminal([*PULLQUOTE, path], size=size, env=env)


def rigged(code: str, path: Path) -> list[str]:
    """A command that opens the reader after some code has changed it."""
    start = f"import sys; from tui.__main__ import main; sys.argv[1:] = [{str(path)!r}]; main()"
    return [sys.executable, "-c", f"{code}\n{start}"]


def enter(terminal: Terminal, place: str) -> None:
    terminal.wait_for(TEXT, LATE)
    keys, shown = WAYS_IN[place]
    terminal.send(*keys)
    terminal.wait_for(shown, LATE)


def assert_given_back(terminal: Terminal, status: int) -> None:
    """It ends with a status, quietly, and the terminal is as it was."""
    assert terminal.wait_exit(LATE) == status
    assert terminal.restored() == []
    assert "".join(terminal.screen()) == ""


# Leaving


@pytest.mark.parametrize("place", WAYS_IN)
def test_control_c_says_how_to_leave_and_control_q_leaves(book: Path, place: str) -> None:
    with opened(book) as terminal:
        enter(terminal, place)
        terminal.send("ctrl+c")
        terminal.wait_for(lambda lines: any("q leaves" in line for line in lines), LATE)
        assert terminal.clipboard() == []
        terminal.send("ctrl+q")
        assert_given_back(terminal, 0)


@pytest.mark.parametrize("place", ["page", "outline", "library", "help"])
def test_q_leaves(book: Path, place: str) -> None:
    with opened(book) as terminal:
        enter(terminal, place)
        terminal.send("q")
        assert_given_back(terminal, 0)


@pytest.mark.parametrize("place", ["search bar", "palette"])
def test_q_is_a_letter_where_one_types(book: Path, place: str) -> None:
    with opened(book) as terminal:
        enter(terminal, place)
        terminal.send("q", "q")
        terminal.wait_for("qq", LATE)
        terminal.send("ctrl+q")
        assert_given_back(terminal, 0)


@pytest.mark.parametrize(("number", "place"), product(FAREWELLS, WAYS_IN))
def test_a_signal_ends_it_in_order(book: Path, number: signal.Signals, place: str) -> None:
    with opened(book) as terminal:
        enter(terminal, place)
        terminal.signal(number)
        assert_given_back(terminal, FAREWELLS[number])


@pytest.mark.parametrize("number", FAREWELLS)
def test_a_signal_ends_it_while_a_large_file_is_read(large: Path, number: signal.Signals) -> None:
    with opened(large) as terminal:
        terminal.wait_for("reading on", LATE)
        terminal.signal(number)
        assert_given_back(terminal, FAREWELLS[number])


def test_q_leaves_while_a_large_file_is_read(large: Path) -> None:
    with opened(large) as terminal:
        terminal.wait_for("reading on", LATE)
        terminal.send("q")
        assert_given_back(terminal, 0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_as_soon_as_the_terminal_is_taken_gives_it_back(book: Path, number: signal.Signals) -> None:
    with opened(book) as terminal:
        terminal.wait_for(lambda _lines: b"\x1b[?1049h" in terminal.raw(), LATE)
        terminal.signal(number)
        assert_given_back(terminal, FAREWELLS[number])


# Mistakes of our own

BREAKS = {
    "handler": (
        "from tui.screens.reader import ReaderScreen\n"
        "def broken(screen): raise RuntimeError(screen.episode.title)\n"
        "ReaderScreen.action_justify = broken",
        "J",
    ),
    "worker": (
        "import tui.screens.reader as reader\n"
        "def broken(path): raise RuntimeError(path.read_text())\n"
        "reader.read_episode = broken",
        "r",
    ),
    "drawing": (
        "from tui.widgets.page import Page\n"
        "def broken(page, step): raise RuntimeError(page.episode.title)\n"
        "Page.step_section = broken",
        "]",
    ),
}


@pytest.mark.parametrize("what", BREAKS)
def test_a_mistake_of_our_own_is_one_line_and_a_private_log(book: Path, home: Path, what: str) -> None:
    code, key = BREAKS[what]
    with Terminal(rigged(code, book), size=(160, 24)) as terminal:
        terminal.wait_for(TEXT, LATE)
        terminal.send(key)
        assert terminal.wait_exit(LATE) == 1
        assert terminal.restored() == []
        (line,) = [line for line in terminal.screen() if line]
    log = home / "data" / "error.log"
    assert line.startswith("pullquote: ")
    assert str(log) in line
    assert b"Traceback" not in terminal.raw()
    assert "RuntimeError" in log.read_text(encoding="utf-8")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_home_whose_name_is_markup_is_named_letter_for_letter(book: Path, tmp_path: Path) -> None:
    code, key = BREAKS["handler"]
    home = tmp_path / "[red]a[" / "b]"
    env = {"PULLQUOTE_HOME": str(home)}
    with Terminal(rigged(code, book), size=(200, 24), env=env) as terminal:
        terminal.wait_for(TEXT, LATE)
        terminal.send(key)
        assert terminal.wait_exit(LATE) == 1
        assert str(home / "data" / "error.log") in terminal.screen()[0]


# The terminal goes away


def started_in_a_window(path: Path, *, hangs_up: bool) -> tuple[subprocess.Popen[bytes], int]:
    """Start the reader in a window; return the process and the window's end of the terminal.

    Args:
        path: What to open.
        hangs_up: Whether the system tells the program when the window is closed (the terminal is its
            controlling one), or it has to find out by itself.
    """
    ours, theirs = os.openpty()
    takes_it = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);" if hangs_up else ""
    code = f"{takes_it} import os, sys; os.execv(sys.argv[1], sys.argv[1:])"
    process = subprocess.Popen(
        [sys.executable, "-c", code, *PULLQUOTE, str(path)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env={**os.environ, "TERM": "xterm-256color"},
    )
    os.close(theirs)
    return process, ours


def read_until(window: int, wanted: bytes) -> None:
    seen = b""
    while wanted not in seen:
        seen += os.read(window, 65536)


@pytest.mark.parametrize("hangs_up", [True, False], ids=["told", "not told"])
def test_a_closed_window_ends_it_at_once(book: Path, *, hangs_up: bool) -> None:
    process, window = started_in_a_window(book, hangs_up=hangs_up)
    try:
        read_until(window, TEXT.split()[0].encode())
        time.sleep(0.2)  # so that nothing is being drawn: a person closes a window that is at rest
        os.close(window)
        closed = time.monotonic()
        _, status, usage = wait_for_end(process.pid, LATE)
    finally:
        process.kill()
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 129
    assert time.monotonic() - closed < 5
    assert usage.ru_utime + usage.ru_stime < 5
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
