"""The driver itself: small programs of a known behaviour, seen through it."""

import os
import signal
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.emulator import Emulator
from tests.pty import Terminal, key_bytes, terminal_environment


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


WRITES = "import sys; write = lambda text: (sys.stdout.write(text), sys.stdout.flush());"


def test_what_is_typed_comes_back_from_cat() -> None:
    with Terminal(["cat"], size=(40, 5)) as terminal:
        terminal.write(b"hello\n")
        seconds = terminal.wait_for(lambda lines: lines[:2] == ["hello", "hello"])
        assert 0 < seconds < 5
        terminal.send("ctrl+d")
        assert terminal.wait_exit() == 0
        assert terminal.restored() == []


def test_a_program_that_can_not_be_run_says_so() -> None:
    with pytest.raises(OSError, match="no-such-program"), Terminal(["no-such-program"]):
        pass


def test_a_text_that_does_not_come_is_an_error_that_shows_the_screen() -> None:
    with (
        Terminal(["echo", "something else"]) as terminal,
        pytest.raises(TimeoutError, match="something else"),
    ):
        terminal.wait_for("never", timeout=0.3)


def test_the_program_has_the_size_and_is_told_of_a_new_one() -> None:
    code = "import os, signal\nshow = lambda *_: print(os.get_terminal_size(0).columns, flush=True)\n"
    code += "signal.signal(signal.SIGWINCH, show)\nshow()\nwhile True: signal.pause()"
    with Terminal(python(code), size=(61, 10)) as terminal:
        terminal.wait_for("61")
        terminal.resize(47, 9)
        terminal.wait_for("47")
        assert len(terminal.screen()) == 9


def test_the_exit_status_tells_the_signal() -> None:
    with Terminal(["cat"]) as terminal:
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_exit() == -signal.SIGTERM


def test_control_c_reaches_the_program_through_its_terminal() -> None:
    with Terminal(["cat"]) as terminal:
        terminal.write(b"x")
        terminal.wait_for("x")
        terminal.send("ctrl+c")
        assert terminal.wait_exit() == -signal.SIGINT


def test_a_program_that_ignores_the_hangup_is_ended_with_the_window() -> None:
    code = "import signal, time; signal.signal(signal.SIGHUP, signal.SIG_IGN); print('up', flush=True)\n"
    with Terminal(python(code + "while True: time.sleep(1)")) as terminal:
        terminal.wait_for("up")
        pid = terminal.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("\\x1b[?1049h", "alternate screen"),
        ("\\x1b[?1003h\\x1b[?1006h", "mouse"),
        ("\\x1b[?2004h", "bracketed paste"),
        ("\\x1b[?25l", "hidden cursor"),
        ("\\x1b[>25u", "kitty keyboard"),
        ("\\x1b[?1004h", "focus reports"),
    ],
)
def test_a_mode_left_on_is_named(written: str, name: str) -> None:
    with Terminal(python(f"{WRITES} write('{written}')")) as terminal:
        assert terminal.wait_exit() == 0
        assert terminal.restored() == [name]


def test_modes_switched_off_again_are_not_named() -> None:
    on_and_off = "\\x1b[?1049h\\x1b[?25l\\x1b[>1u\\x1b[?1000h\\x1b[?1000l\\x1b[<u\\x1b[?25h\\x1b[?1049l"
    with Terminal(python(f"{WRITES} write('{on_and_off}')")) as terminal:
        terminal.wait_exit()
        assert terminal.restored() == []


def test_raw_input_left_on_is_named() -> None:
    with Terminal(python("import tty; tty.setraw(0)")) as terminal:
        terminal.wait_exit()
        assert terminal.restored() == ["termios"]


def ask(question: str) -> list[str]:
    """A program that asks its terminal something and prints the answer's repr, or that there was none."""
    return python(
        f"{WRITES} import os, select, tty; tty.setraw(0); write('{question}');"
        "ready = select.select([0], [], [], 0.5)[0];"
        "write(repr(os.read(0, 99)) if ready else 'no answer')"
    )


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("\\x1b[?2026$p", "[?2026;2$y"),
        ("\\x1b[?2048$p", "[?2048;0$y"),
        ("\\x1b[c", "[?64;"),
        ("ab\\x1b[6n", "[1;3R"),
        ("\\x1b[?u", "no answer"),
    ],
)
def test_questions_are_answered_as_xterm_does(question: str, answer: str) -> None:
    with Terminal(ask(question)) as terminal:
        terminal.wait_for(answer)


def test_a_terminal_can_be_one_that_answers_nothing() -> None:
    with Terminal(ask("\\x1b[?2026$p"), answers=False) as terminal:
        terminal.wait_for("no answer")


def test_clipboard_requests_are_decoded() -> None:
    with Terminal(python(f"{WRITES} write('a\\x1b]52;c;Z3LDvG4=\\x07b')")) as terminal:
        terminal.wait_for("ab")
        assert terminal.clipboard() == ["grün"]


def test_quiet_waits_for_the_last_output() -> None:
    code = f"{WRITES} import time; write('one'); time.sleep(0.2); write('two'); time.sleep(9)"
    with Terminal(python(code)) as terminal:
        terminal.wait_for("one")
        terminal.quiet(0.5)
        assert terminal.screen()[0] == "onetwo"
        assert terminal.raw() == b"onetwo"


def test_bytes_are_waited_for_since_the_last_key_and_across_pieces() -> None:
    code = f"{WRITES} import time; write('early la'); input(); write('lat'); time.sleep(0.1); write('er')"
    with Terminal(python(code)) as terminal:
        terminal.wait_for_bytes(b"early")
        with pytest.raises(TimeoutError, match="early la"):
            terminal.wait_for_bytes(b"later", timeout=0.1)
        terminal.write(b"\n")
        seconds = terminal.wait_for_bytes(b"later")
        assert 0.1 <= seconds < 5
        pieces = terminal.pieces()
        assert b"".join(data for _, data in pieces) == b"\r\nlater"
        assert pieces[-1][0] == seconds


def test_any_output_will_do_where_no_bytes_are_named() -> None:
    with Terminal(["cat"]) as terminal:
        with pytest.raises(TimeoutError):
            terminal.wait_for_bytes(timeout=0.1)
        terminal.write(b"x")
        assert 0 < terminal.wait_for_bytes() < 5


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
def test_memory_and_processor_time_are_measured() -> None:
    code = "import time; held = bytearray(50_000_000)\n"
    code += "while time.process_time() < 0.2: pass\nprint('done', flush=True); time.sleep(9)"
    with Terminal(python(code)) as terminal:
        terminal.wait_for("done")
        assert 50e6 < terminal.rss() < 120e6
        assert 0.15 < terminal.cpu_seconds() < 2
        assert 0.15 < terminal.on_cpu_seconds() < 2


def test_the_picture_shows_colours_and_wide_characters(tmp_path: Path) -> None:
    text = "\\x1b[41m  \\x1b[0m \\x1b[1;4mbold\\x1b[0m \\x1b[7mreverse\\x1b[0m 日本語"
    with Terminal(python(f"{WRITES} write('{text}\\r\\n')"), size=(30, 3)) as terminal:
        terminal.wait_exit()
        assert terminal.screen()[0] == "   bold reverse 日本語"
        terminal.png(tmp_path / "screen.png")
    with Image.open(tmp_path / "screen.png") as image:
        assert image.getpixel((2, 2)) == (0xCD, 0x31, 0x31)
        cell = image.width // 30
        at_wide = image.crop((cell * 16, 0, cell * 22, image.height // 3)).convert("L")
        darkest, lightest = at_wide.getextrema()
        assert lightest - darkest > 100  # type: ignore[operator] # one band: a pair of numbers


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("a", b"a"),
        ("+", b"+"),
        ("ü", "ü".encode()),
        ("enter", b"\r"),
        ("shift+tab", b"\x1b[Z"),
        ("ctrl+f", b"\x06"),
        ("alt+x", b"\x1bx"),
        ("up", b"\x1b[A"),
        ("shift+up", b"\x1b[1;2A"),
        ("ctrl+pagedown", b"\x1b[6;5~"),
        ("f1", b"\x1bOP"),
        ("f6", b"\x1b[17~"),
    ],
)
def test_keys_are_sent_as_xterm_does(name: str, sent: bytes) -> None:
    assert key_bytes(name) == sent


@pytest.mark.parametrize("name", ["pgdown", "shift+a", "ctrl+f5"])
def test_an_unknown_key_is_an_error(name: str) -> None:
    with pytest.raises(ValueError, match="no terminal code"):
        key_bytes(name)


def test_the_environment_is_a_fresh_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux")
    monkeypatch.setenv("TERM", "dumb")
    environment = terminal_environment({"HOME": None, "LANG": "C.UTF-8"})
    assert environment["TERM"] == "xterm-256color"
    assert environment["LANG"] == "C.UTF-8"
    assert not {"TMUX", "HOME"} & environment.keys()


def test_a_sequence_cut_in_two_means_the_same() -> None:
    data = "é\x1b[?1049hx\x1b]52;c;YWJj\x1b\\\x1b[1;31mred\x1bP1$r\x1b\\語".encode()
    for cut in range(len(data) + 1):
        emulator = Emulator(20, 3)
        emulator.feed(data[:cut])
        emulator.feed(data[cut:])
        assert emulator.lines() == ["xred語", "", ""]
        assert emulator.copied == ["abc"]


def test_the_alternate_screen_gives_the_first_one_back() -> None:
    emulator = Emulator(20, 2)
    emulator.feed(b"before\x1b[?1049h\x1b[Hinside")
    assert emulator.lines()[0] == "inside"
    emulator.feed(b"\x1b[?1049l")
    assert emulator.lines()[0] == "before"
