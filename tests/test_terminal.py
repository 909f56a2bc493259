"""The whole program in a terminal of its own: how it ends, what it leaves behind, what it takes."""

import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pytest

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

OTHER_PLACES = ("outline", "library", "help", "palette")

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


def opened(
    path: Path, size: tuple[int, int] = (80, 24), env: Mapping[str, str | None] | None = None
) -> Terminal:
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


@pytest.mark.parametrize("place", [place for place in WAYS_IN if place != "palette"])
def test_control_c_says_how_to_leave_and_control_q_leaves(book: Path, place: str) -> None:
    with opened(book) as terminal:
        enter(terminal, place)
        terminal.send("ctrl+c")
        terminal.wait_for("q leaves", LATE)
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
        terminal.send("ctrl+c", "q", "q")
        terminal.wait_for("qq", LATE)
        terminal.send("ctrl+q")
        assert_given_back(terminal, 0)


@pytest.mark.parametrize(
    ("number", "place"),
    [*product(FAREWELLS, ("page", "search bar")), *product([signal.SIGTERM], OTHER_PLACES)],
)
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
        "from tui.widgets.page import Page\n"
        "def broken(page, step): raise RuntimeError(page.episode.title)\n"
        "Page.step_section = broken",
        "]",
    ),
    "drawing": (
        "from tui.widgets.page import Page\n"
        "def broken(page, y): raise RuntimeError(page.episode.title)\n"
        "def armed(page, step): Page.render_line = broken; page.refresh()\n"
        "Page.step_section = armed",
        "]",
    ),
    "worker": (
        "import tui.core.reading as reading\n"
        "real, calls = reading.read_episode, []\n"
        "def broken(path, **options):\n"
        "    calls.append(path)\n"
        "    if len(calls) > 1: raise RuntimeError(path.read_text())\n"
        "    return real(path, **options)\n"
        "reading.read_episode = broken",
        "r",
    ),
}
"""What is broken in the program, and the key that comes upon it."""


@pytest.mark.parametrize("what", BREAKS)
def test_a_mistake_of_our_own_is_one_line_and_a_private_log(book: Path, home: Path, what: str) -> None:
    code, key = BREAKS[what]
    with Terminal(rigged(code, book), size=(160, 24)) as terminal:
        terminal.wait_for(TEXT, LATE)
        terminal.send(key)
        assert terminal.wait_exit(LATE) == 1
        assert terminal.restored() == []
        assert b"Traceback" not in terminal.raw()
        (line,) = [line for line in terminal.screen() if line]
    log = home / "data" / "error.log"
    assert line.startswith("pullquote: ")
    assert str(log) in line
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


def started_in_a_window(path: Path, *, is_told: bool) -> tuple[subprocess.Popen[bytes], int]:
    """Start the reader in a window; return the process and the window's end of the terminal.

    Args:
        path: What to open.
        is_told: Whether the system will tell the program that the window was closed (the terminal is its
            controlling one), or it has to find out by itself.
    """
    ours, theirs = os.openpty()
    takes_it = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)" if is_told else ""
    code = f"{takes_it}\nimport os, sys; os.execv(sys.argv[1], sys.argv[1:])"
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


@pytest.mark.parametrize("is_told", [True, False], ids=["told", "not told"])
def test_a_closed_window_ends_it(book: Path, *, is_told: bool) -> None:
    process, window = started_in_a_window(book, is_told=is_told)
    seen = b""
    while b"harbour" not in seen:
        seen += os.read(window, 65536)
    os.close(window)
    try:
        assert process.wait(LATE) == 129
        # It led a group of its own: nothing it started is left either.
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
    finally:
        process.kill()


def test_input_at_its_end_is_refused(book: Path) -> None:
    with shell('"$@" < /dev/null', *PULLQUOTE, book) as terminal:
        assert terminal.wait_exit(LATE) == 2
        assert terminal.screen()[0].startswith("pullquote: the reader needs a terminal")
        assert b"\x1b" not in terminal.raw()


# Back to the shell for a while


def shell(code: str, *arguments: str | Path) -> Terminal:
    """A shell with job control that runs some code with arguments."""
    return Terminal(["sh", "-m", "-c", code, "sh", *arguments])


STOPS = '"$@"; echo STOPPED; read answer; fg > /dev/null'


@pytest.mark.parametrize("size", [(80, 24), (110, 34)], ids=["same size", "another size"])
def test_after_ctrl_z_and_fg_the_whole_screen_is_there_again(book: Path, size: tuple[int, int]) -> None:
    with opened(book, size) as terminal:
        terminal.wait_for(TEXT, LATE)
        terminal.quiet()
        as_if_started = terminal.screen()
        terminal.send("q")
        terminal.wait_exit(LATE)
    with shell(STOPS, *PULLQUOTE, book) as terminal:
        terminal.wait_for(TEXT, LATE)
        terminal.send("ctrl+z")
        terminal.wait_for("STOPPED", LATE)
        assert terminal.restored() == []
        if size != terminal.size:
            terminal.resize(*size)
        terminal.write(b"\n")
        terminal.wait_for(lambda lines: lines == as_if_started, LATE)
        terminal.send("]", "]")
        terminal.wait_for("2 / 51", LATE)
        terminal.send("q")
        assert terminal.wait_exit(LATE) == 0
        assert terminal.restored() == []


EDITOR = """
import os, signal, sys, termios
modes = termios.tcgetattr(0)[3]
is_ours = bool(modes & termios.ECHO and modes & termios.ICANON)
with open(sys.argv[-1], "a") as file:
    file.write(f"## Added\\n\\nThe terminal was the editor's: {is_ours}.\\n")
signal.signal(signal.SIGINT, lambda *_: print("INTERRUPTED", flush=True))
print("EDITING", flush=True)
input()
"""


def test_the_editor_has_the_terminal_and_what_it_wrote_is_read(book: Path, tmp_path: Path) -> None:
    script = tmp_path / "an editor.py"
    script.write_text(EDITOR, encoding="utf-8")
    with opened(book, env={"VISUAL": None, "EDITOR": f"{sys.executable} '{script}'"}) as terminal:
        terminal.wait_for(TEXT, LATE)
        terminal.send("]", "]", "e")
        terminal.wait_for("EDITING", LATE)
        assert terminal.restored() == []
        terminal.send("ctrl+c")
        terminal.wait_for("INTERRUPTED", LATE)
        terminal.write(b"\n")
        terminal.wait_for("2 / 52", LATE)
        terminal.send("G")
        terminal.wait_for("The terminal was the editor's: True.", LATE)
        terminal.send("q")
        assert terminal.wait_exit(LATE) == 0
        assert terminal.restored() == []


@pytest.mark.parametrize("editor", ["/no/such/editor", "'unclosed", " "])
def test_an_editor_that_can_not_be_started_is_said(book: Path, editor: str) -> None:
    with opened(book, env={"VISUAL": None, "EDITOR": editor}) as terminal:
        terminal.wait_for(TEXT, LATE)
        terminal.send("e")
        terminal.wait_for("could not be started", LATE)
        terminal.send("q")
        assert_given_back(terminal, 0)


# Sizes


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (20, 5)])
def test_a_tiny_window_is_survived_and_a_larger_one_shows_the_text(book: Path, size: tuple[int, int]) -> None:
    with opened(book, size) as terminal:
        terminal.wait_for(lambda _lines: b"\x1b[?2026l" in terminal.raw(), LATE)
        terminal.resize(80, 24)
        terminal.wait_for(TEXT, LATE)
        terminal.resize(*size)
        terminal.quiet()
        terminal.send("q")
        assert_given_back(terminal, 0)


@pytest.mark.parametrize("size", [(40, 10), (300, 100)])
def test_small_and_large_windows_show_the_text(book: Path, size: tuple[int, int]) -> None:
    with opened(book, size) as terminal:
        terminal.wait_for("The harbour master keeps", LATE)
        terminal.send("q")
        assert_given_back(terminal, 0)


@pytest.mark.parametrize("place", ["page", "library", "help"])
def test_a_storm_of_sizes_ends_where_it_began(book: Path, place: str) -> None:
    with opened(book) as terminal:
        enter(terminal, place)
        terminal.quiet(0.7)
        before = terminal.screen()
        for number in range(100):
            terminal.resize(1 + number * 37 % 150, 1 + number * 11 % 50)
        terminal.resize(80, 24)
        terminal.wait_for(lambda lines: lines == before, LATE)
        terminal.send("q")
        assert_given_back(terminal, 0)


# Keys and pastes


def test_thousands_of_keys_at_once_are_all_obeyed(book: Path) -> None:
    with opened(book) as terminal:
        terminal.wait_for(TEXT, LATE)
        terminal.write(b"j" * 2500 + b"k" * 2500 + b"?")
        terminal.wait_for("all keys", LATE)
        terminal.send("escape")
        terminal.wait_for(TEXT, LATE)


def paste(text: str) -> bytes:
    """What a terminal sends for a paste once a program has asked for the brackets."""
    return b"\x1b[200~" + text.encode() + b"\x1b[201~"


def test_a_paste_never_acts_as_commands(book: Path) -> None:
    with opened(book) as terminal:
        terminal.wait_for(TEXT, LATE)
        terminal.quiet()
        before = terminal.screen()
        terminal.write(paste("yG]T/oq\nq\x11" * 100))
        terminal.send("?")
        terminal.wait_for("all keys", LATE)
        terminal.send("escape")
        terminal.wait_for(lambda lines: lines == before, LATE)
        assert terminal.clipboard() == []
        terminal.send("q")
        assert_given_back(terminal, 0)


def test_a_paste_into_the_search_bar_is_looked_for(book: Path) -> None:
    with opened(book) as terminal:
        enter(terminal, "search bar")
        terminal.write(paste("came in\nwith\n"))
        terminal.wait_for("1 / 1", LATE)
        terminal.send("ctrl+x")
        terminal.write(paste("q\x11q\x1b]52;c;ZXZpbA==\x07\x1b]0;evil\x07\x9b31m\u202e\u200b"))
        terminal.wait_for("not found", LATE)
        terminal.send("ctrl+q")
        assert_given_back(terminal, 0)
        assert terminal.clipboard() == []
        for sequence in (b"\x1b]52", b"\x1b]0;", "\x9b".encode(), "\u202e".encode(), "\u200b".encode()):
            assert sequence not in terminal.raw()


def test_of_a_million_pasted_characters_there_is_room_for_few(book: Path) -> None:
    with opened(book) as terminal:
        enter(terminal, "search bar")
        terminal.write(paste("x" * 1_000_000))
        terminal.wait_for("not found", LATE)
        terminal.send("ctrl+u", *"wind")
        terminal.wait_for("1 / 1", LATE)
        terminal.send("ctrl+q")
        assert_given_back(terminal, 0)


NOISE = {
    "not UTF-8": b"\xff\xfe\xc3(\x80",
    "unknown sequences": b"\x1b[999;999~\x1b[?1;2;3u\x1bOz\x1b[<0;1M\x1b[200;5$y",
    "answers nobody asked for": b"\x1b[?62;22c\x1b[12;40R\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1bP>|evil\x1b\\",
    "mouse": b"\x1b[<64;9999;9999M\x1b[<0;0;0M\x1b[<0;-1;2m\x1b[M!!!",
    "a size of nothing": b"\x1b[48;0;0;0;0t\x1b[<35;5;5M\x1b[48;24;80;480;800t",
    "a huge size": b"\x1b[48;99999;99999;999999;999999t\x1b[48;24;80;480;800t",
    "controls": bytes(code for code in range(32) if code not in (3, 9, 13, 16, 17, 26, 27)),
}
"""What a bad line, a lying terminal or another program may send as keys."""


@pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE)
def test_noise_among_the_keys_is_survived(book: Path, noise: bytes) -> None:
    with opened(book) as terminal:
        terminal.wait_for(TEXT, LATE)
        terminal.write(noise * 20)
        terminal.quiet()
        terminal.send("?")
        terminal.wait_for("all keys", LATE)
        assert terminal.clipboard() == []
        terminal.send("q")
        assert_given_back(terminal, 0)


# Copying


@pytest.mark.parametrize("question", ["\x1b[?62;22c", "\x1b]11;rgb:ffff/ffff/ffff\x07", "\x1bP>|quit\x1b\\"])
def test_what_a_terminal_answers_to_others_is_not_typed(book: Path, question: str) -> None:
    with opened(book) as terminal:
        enter(terminal, "search bar")
        terminal.write(question.encode() + b"wind")
        terminal.wait_for("1 / 1", LATE)


def test_a_copy_reaches_the_terminal_with_its_citation(book: Path) -> None:
    with opened(book) as terminal:
        terminal.wait_for(TEXT, LATE)
        terminal.send("y", "y")
        terminal.wait_for("OSC 52", LATE)
        (copied,) = terminal.clipboard()
        for part in (*PARAGRAPHS, TITLE, "Low Water #9", "The book"):
            assert part in copied
        terminal.send("q")
        assert_given_back(terminal, 0)


def test_cutting_nothing_leaves_the_clipboard_alone(book: Path) -> None:
    with opened(book) as terminal:
        enter(terminal, "search bar")
        terminal.send("ctrl+x", "q", "q")
        terminal.wait_for("qq", LATE)
        assert b"\x1b]52" not in terminal.raw()


# Environments

ENVIRONMENTS: dict[str, dict[str, str | None]] = {
    "xterm": {"TERM": "xterm", "COLORTERM": None},
    "screen": {"TERM": "screen", "COLORTERM": None},
    "linux console": {"TERM": "linux", "COLORTERM": None},
    "unknown terminal": {"TERM": "no-such-terminal"},
    "C locale": {"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "ASCII streams": {"PYTHONIOENCODING": "ascii:strict"},
    "warnings are errors": {"PYTHONWARNINGS": "error"},
}


@pytest.mark.parametrize("env", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_every_environment_reads_and_finds_and_leaves(book: Path, env: dict[str, str | None]) -> None:
    with opened(book, env=env) as terminal:
        enter(terminal, "search bar")
        terminal.send(*"1937")
        terminal.wait_for("1 / 2", LATE)
        terminal.send("ctrl+q")
        assert_given_back(terminal, 0)


def test_without_colour_no_colour_is_sent(book: Path) -> None:
    with opened(book, env={"NO_COLOR": "1"}) as terminal:
        enter(terminal, "search bar")
        terminal.send(*"wind")
        terminal.wait_for("1 / 1", LATE)
        styles = re.findall(rb"\x1b\[([0-9;]*)m", terminal.raw())
        # Bold, dim, underlined, reverse, and the terminal's own two colours.
        assert set(b";".join(styles).split(b";")) <= {
            b"",
            b"0",
            b"1",
            b"2",
            b"3",
            b"4",
            b"7",
            b"9",
            b"39",
            b"49",
        }


def test_a_terminal_that_can_not_draw_is_told_what_to_do(book: Path) -> None:
    with opened(book, env={"TERM": "dumb"}) as terminal:
        assert terminal.wait_exit(LATE) == 2
        assert "pullquote show" in "".join(terminal.screen())
        assert b"\x1b" not in terminal.raw()


def test_a_terminal_that_answers_nothing_is_not_waited_for(book: Path) -> None:
    with Terminal([*PULLQUOTE, book], answers=False) as terminal:
        terminal.wait_for(TEXT, LATE)
        terminal.send("q")
        assert_given_back(terminal, 0)


def test_the_screen_is_drawn_though_errors_go_to_a_file(book: Path, tmp_path: Path) -> None:
    errors = tmp_path / "errors"
    with shell('errors=$1; shift; "$@" 2> "$errors"', errors, *PULLQUOTE, book) as terminal:
        terminal.wait_for(TEXT, LATE)
        terminal.send("q")
        assert_given_back(terminal, 0)
        assert errors.read_bytes() == b""


def test_text_from_standard_input_is_read_with_the_terminals_keys(book: Path) -> None:
    code = 'file=$1; shift; cat "$file" | "$@" -'
    with shell(code, book, *PULLQUOTE) as terminal:
        terminal.wait_for(TEXT, LATE)
        terminal.send("]", "]")
        terminal.wait_for("2 / 51", LATE)
        terminal.send("q")
        assert_given_back(terminal, 0)
