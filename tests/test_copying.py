"""Copying through the whole program, in a real terminal: keys, route, what is read back, what is said.

The clipboards are real where they can be had: a tmux server, an X server with xclip, a terminal that
understands OSC 52. The tools that misbehave are small scripts first in PATH.
"""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.programs import SYSTEM_PATH, program
from tests.pty import Terminal

PULLQUOTE = (sys.executable, "-m", "tui")

FAR = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
"""What a shell at the far end of SSH finds in its environment."""

LATE = 20
"""Seconds after which something is taken not to come any more, on a slow machine."""

ONE_COPY_S = 3
"""Seconds within which every copy must have said what became of it."""

FIRST, SECOND = "The ferry leaves at dawn.", "Nobody waves."
ITEMS = ("Ropes are coiled by hand.", "The bell is only for fog.")
SOURCE = "— Ona Reyle, On Ferries (Low Water #9), The first boat"
CITED = f"“{FIRST}”\n\n{SOURCE}"
"""What the first label copies."""


@pytest.fixture
def ferries(tmp_path: Path) -> Path:
    """An episode of two sections, the first with a speaker, a list and a paragraph of several lines."""
    file = tmp_path / "ferries.md"
    file.write_text(
        "---\ntitle: On Ferries\nshow: Low Water\nnumber: 9\nlanguage: en\npeople: [Ona Reyle]\n---\n\n"
        f"## Ona Reyle - The first boat\n\n{FIRST} {SECOND} "
        "Then the whole river is grey for a while, and the engine is the one thing that has a name.\n\n"
        f"- {ITEMS[0]}\n- {ITEMS[1]}\n\n"
        "## The last boat\n\nIt is never full. 最後の船は静かだ。港は暗い。\n",
        encoding="utf-8",
    )
    return file


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """An empty folder, to be the whole of PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def make_xclip(folder: Path, script: str) -> None:
    tool = folder / "xclip"
    tool.write_text(f"#!/bin/sh\nPATH={SYSTEM_PATH}\n{script}\n")
    tool.chmod(0o755)


def reading(
    path: Path, env: Mapping[str, str | None], size: tuple[int, int] = (110, 30), *arguments: str
) -> Terminal:
    return Terminal([*PULLQUOTE, *arguments, path], size=size, env=env)


def said(terminal: Terminal, words: str, timeout: float = LATE) -> None:
    """Wait for a notice, however its lines are broken."""
    wanted = "".join(words.split())
    terminal.wait_for(lambda lines: wanted in "".join("".join(lines).replace("▌", "").split()), timeout)


def wait_for_copies(terminal: Terminal, count: int) -> None:
    """Wait until the terminal was asked so many times to take a text."""
    terminal.wait_for(lambda _: len(terminal.clipboard()) == count, LATE)


def shown(path: Path, *arguments: str) -> str:
    """What the command line prints of an episode, without its last line end."""
    command = [*PULLQUOTE, "show", str(path), *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env={**os.environ, **FAR})
    return done.stdout.decode().removesuffix("\n")


def processes() -> Iterator[tuple[int, str, int, int]]:
    """Yield the number, state, parent and group of every process (proc(5), ``stat``); Z is a zombie."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent, group = status.read_text().rpartition(")")[2].split()[:3]
            yield int(status.parent.name), state, int(parent), int(group)


def children(parent: int) -> list[int]:
    """Return the children of a process, zombies too."""
    return [number for number, _, its_parent, _ in processes() if its_parent == parent]


def states_of_group(group: int) -> list[str]:
    """Return the states of a group's processes; orphans that ended may wait for init to notice."""
    return [state for _, state, _, its_group in processes() if its_group == group]


# Inside tmux


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[list[str]]:
    """A tmux of our own, with default settings; its server is ended with the test."""
    # Not in tmp_path: the name of a socket may have about a hundred bytes.
    with TemporaryDirectory(prefix="pq-") as folder:
        command = [program("tmux"), "-S", f"{folder}/tmux", "-f", "/dev/null"]
        yield command
        subprocess.run([*command, "kill-server"], check=False, stderr=subprocess.DEVNULL)


@pytest.mark.parametrize("far", [False, True], ids=["at home", "over SSH"])
def test_inside_tmux_its_buffer_and_the_terminal_around_it_get_the_text(
    ferries: Path, tmux: list[str], *, far: bool
) -> None:
    inside = [*tmux, "new-session", *PULLQUOTE, str(ferries)]
    with Terminal(inside, size=(110, 30), env={"PATH": SYSTEM_PATH, **(FAR if far else {})}) as terminal:
        terminal.wait_for(FIRST, LATE)
        terminal.send("y", "a")
        said(terminal, f"Copied {len(CITED)} characters · tmux, confirmed")
        buffer = subprocess.run([*tmux, "show-buffer"], stdout=subprocess.PIPE, check=True)
        assert buffer.stdout.decode() == CITED
        # The server asks the terminal in its own time.
        terminal.wait_for(lambda _: terminal.clipboard() == [CITED], LATE)
        terminal.send("q")
        assert terminal.wait_exit(LATE) == 0


# On an X display


def test_on_a_display_xclip_serves_both_selections_even_after_the_end(
    ferries: Path, display: str, home: Path
) -> None:
    xclip = program("xclip")
    env = {"PATH": SYSTEM_PATH, "DISPLAY": display}
    (home / "config").mkdir()
    (home / "config/settings.toml").write_text("[clipboard]\nprimary = true\n")
    with reading(ferries, env) as terminal:
        terminal.wait_for(FIRST, LATE)
        terminal.send("y", "a")
        said(terminal, f"Copied {len(CITED)} characters · xclip, confirmed")
        assert children(terminal.pid) == []
        terminal.send("q")
        assert terminal.wait_exit(LATE) == 0
        assert terminal.restored() == []
        assert terminal.clipboard() == []
    for selection in ("clipboard", "primary"):
        asked = [xclip, "-o", "-selection", selection]
        read = subprocess.run(asked, env=env, stdout=subprocess.PIPE, timeout=LATE, check=True)
        assert read.stdout.decode() == CITED


def test_a_copy_and_q_in_one_breath_arrives(ferries: Path, display: str) -> None:
    xclip = program("xclip")
    env = {"PATH": SYSTEM_PATH, "DISPLAY": display}
    with reading(ferries, env) as terminal:
        terminal.wait_for(FIRST, LATE)
        terminal.write(b"yaq")
        assert terminal.wait_exit(LATE) == 0
    asked = [xclip, "-o", "-selection", "clipboard"]
    read = subprocess.run(asked, env=env, stdout=subprocess.PIPE, timeout=LATE, check=True)
    assert read.stdout.decode() == CITED


# Tools that misbehave

MISBEHAVIOURS = {
    "hangs": ("exec sleep 60", "xclip did not answer"),
    "hangs with a child": ("trap '' TERM HUP; sleep 60 & cat > /dev/null; wait", "xclip did not answer"),
    "fails": ("cat > /dev/null; exit 3", "xclip ended with status 3"),
    "is killed": ("kill -9 $$", "xclip was ended by signal 9"),
}


@pytest.mark.parametrize("behaviour", MISBEHAVIOURS)
def test_a_tool_that_fails_is_said_in_time_and_the_terminal_gets_the_text(
    ferries: Path, tools: Path, tmp_path: Path, behaviour: str
) -> None:
    script, problem = MISBEHAVIOURS[behaviour]
    make_xclip(tools, f"echo $$ > {tmp_path}/group; {script}")
    with reading(ferries, {"PATH": str(tools), "DISPLAY": ":77"}) as terminal:
        terminal.wait_for(FIRST, LATE)
        terminal.quiet(0.7)
        terminal.write(b"ya")
        terminal.wait_for(lambda _: (tmp_path / "group").exists(), LATE)
        said(terminal, f"Sent {len(CITED)} characters to the terminal · OSC 52, not confirmed · {problem}")
        took_s = time.monotonic() - terminal.asked_at
        assert took_s < ONE_COPY_S
        assert terminal.clipboard() == [CITED]
        assert children(terminal.pid) == []
        assert set(states_of_group(int((tmp_path / "group").read_text()))) <= {"Z"}
        terminal.send("q")
        assert terminal.wait_exit(LATE) == 0
        assert terminal.restored() == []


def test_keys_are_answered_while_a_tool_hangs(ferries: Path, tools: Path, tmp_path: Path) -> None:
    make_xclip(tools, f"touch {tmp_path}/begun; exec sleep 60")
    with reading(ferries, {"PATH": str(tools), "DISPLAY": ":77"}) as terminal:
        terminal.wait_for(FIRST, LATE)
        terminal.quiet(0.7)
        terminal.write(b"ya")
        while not (tmp_path / "begun").exists():
            assert time.monotonic() - terminal.asked_at < LATE
            time.sleep(0.005)
        terminal.send("/")
        assert terminal.wait_for("stay here") < 1
        terminal.send("d", "a", "r", "k")
        assert terminal.wait_for("dark") < 1
        assert not any("Sent" in line for line in terminal.screen())
        assert terminal.clipboard() == []
        said(terminal, "xclip did not answer")


def test_what_a_tool_writes_reaches_neither_the_screen_nor_us(ferries: Path, tools: Path) -> None:
    make_xclip(
        tools,
        r"cat > /dev/null; for to in /dev/tty /proc/self/fd/1 /proc/self/fd/2; do"
        r" printf '\033[2JINTRUDER\033]52;c;SU5UUlVERVI=\007' 2> /dev/null > $to; done; exit 0",
    )
    with reading(ferries, {"PATH": str(tools), "DISPLAY": ":77"}) as terminal:
        terminal.wait_for(FIRST, LATE)
        terminal.send("y", "a")
        said(terminal, f"Copied {len(CITED)} characters · xclip, confirmed")
        terminal.send("q")
        assert terminal.wait_exit(LATE) == 0
        assert b"INTRUDER" not in terminal.raw()
        assert terminal.clipboard() == []


def test_a_tool_whose_daemon_keeps_our_pipes_holds_nobody_up(
    ferries: Path, tools: Path, tmp_path: Path
) -> None:
    make_xclip(tools, f"cat > {tmp_path}/got; sleep 60 & echo $! > {tmp_path}/daemon; exit 0")
    with reading(ferries, {"PATH": str(tools), "DISPLAY": ":77"}) as terminal:
        terminal.wait_for(FIRST, LATE)
        terminal.quiet(0.7)
        terminal.write(b"ya")
        said(terminal, "xclip, confirmed")
        daemon = int((tmp_path / "daemon").read_text())
        try:
            assert time.monotonic() - terminal.asked_at < ONE_COPY_S
            assert (tmp_path / "got").read_text() == CITED
            assert children(terminal.pid) == []
            terminal.send("q")
            assert terminal.wait_exit(LATE) == 0
            os.kill(daemon, 0)
        finally:
            os.kill(daemon, signal.SIGKILL)


# At the far end of SSH, and nowhere


def test_over_ssh_the_terminal_is_asked_and_no_tool_of_the_far_machine(
    ferries: Path, tools: Path, tmp_path: Path
) -> None:
    make_xclip(tools, f"touch {tmp_path}/ran; cat > /dev/null")
    with reading(ferries, {"PATH": str(tools), "DISPLAY": ":10", **FAR}) as terminal:
        terminal.wait_for(FIRST, LATE)
        terminal.send("y", "a")
        said(terminal, f"Sent {len(CITED)} characters to the terminal · OSC 52, not confirmed")
        assert terminal.clipboard() == [CITED]
        assert not (tmp_path / "ran").exists()


def test_where_nothing_leads_to_a_clipboard_a_private_file_is_named(
    ferries: Path, tools: Path, home: Path
) -> None:
    # The Linux console has no clipboard, and ignores OSC 52.
    with reading(ferries, {"PATH": str(tools), "TERM": "linux"}) as terminal:
        terminal.wait_for(FIRST, LATE)
        terminal.send("y", "a")
        file = home / "data/last-copy.txt"
        said(terminal, f"Saved {len(CITED)} characters to {file}: no clipboard could be reached")
        assert file.read_text(encoding="utf-8") == CITED
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        assert terminal.clipboard() == []


def test_the_doctor_tries_the_terminal_it_runs_in(tools: Path) -> None:
    with Terminal([*PULLQUOTE, "doctor", "--try"], (120, 50), {"PATH": str(tools), **FAR}) as terminal:
        assert terminal.wait_exit(LATE) == 0
        assert terminal.clipboard() == ["pullquote doctor was here"]
        (line,) = [line for line in terminal.screen() if line.split()[:1] == ["osc52"]]
        assert "a copy goes this way" in line
        assert line.endswith("tried: sent")


# What is copied is the file's text, whatever the screen looks like


@pytest.mark.parametrize("columns", [44, 110])
def test_the_keys_and_the_command_line_give_the_same_text(ferries: Path, columns: int) -> None:
    with reading(ferries, FAR, (columns, 30)) as terminal:
        terminal.wait_for("dawn", LATE)
        terminal.quiet(0.7)
        for keys in (b"ya", b"yd", b"yAd", b"yAf", b"yy"):
            count = len(terminal.clipboard()) + 1
            terminal.write(keys)
            wait_for_copies(terminal, count)
        copied = terminal.clipboard()
    quoted = [shown(ferries, "--section", "1", "--sentence", which) for which in ("1", "3", "1-3", "1-4")]
    assert copied == [*quoted, shown(ferries, "--section", "1", "--style", "attributed")]
    assert f"\n\n- {ITEMS[0]}\n- {ITEMS[1]}\n\n{SOURCE}" in copied[-1]


def test_every_sample_section_is_copied_byte_for_byte(samples: Path, home: Path) -> None:
    (home / "config").mkdir()
    (home / "config/settings.toml").write_text('[quotes]\nstyle = "plain"\n')
    path = next(samples.glob("*.md"))
    with reading(path, FAR, (60, 24)) as terminal:
        terminal.wait_for(lambda lines: any(lines), LATE)
        terminal.quiet(0.7)
        for count in range(1, 4):
            terminal.send("]")
            terminal.write(b"yy")
            wait_for_copies(terminal, count)
        copied = terminal.clipboard()
    sections = [shown(path, "--section", str(number), "--style", "plain") for number in (1, 2, 3)]
    assert copied == sections
    assert all(copied)


# The mouse, as a terminal reports it (SGR, xterm's mode 1006)

PRESS, DRAG = 0, 32


def mouse(button: int, spot: tuple[int, int], end: str = "M") -> bytes:
    return f"\x1b[<{button};{spot[0] + 1};{spot[1] + 1}{end}".encode()


def spot(terminal: Terminal, words: str) -> tuple[int, int]:
    for row, line in enumerate(terminal.screen()):
        if words in line:
            return line.index(words), row
    raise AssertionError(words)


@pytest.mark.parametrize(
    ("clicks", "text"),
    [(2, "leaves"), (3, FIRST), (4, f"{FIRST} {SECOND} Then the whole river")],
    ids=["a word", "a sentence", "a paragraph"],
)
def test_clicks_take_more_and_ctrl_c_copies(ferries: Path, clicks: int, text: str) -> None:
    with reading(ferries, FAR) as terminal:
        terminal.wait_for(FIRST, LATE)
        terminal.quiet(0.7)
        at = spot(terminal, "leaves")
        terminal.write((mouse(PRESS, at) + mouse(PRESS, at, "m")) * clicks)
        terminal.wait_for("▎")
        terminal.send("ctrl+c")
        said(terminal, "Sent")
        (copied,) = terminal.clipboard()
        assert copied.startswith(f"“{text}")
        assert copied.endswith(SOURCE)


def test_dragging_to_the_edge_goes_on_into_what_was_below(tmp_path: Path) -> None:
    book = tmp_path / "book.md"
    book.write_text("# Days\n\n" + "".join(f"Day {day} was quiet.\n\n" for day in range(1, 25)))
    with reading(book, FAR, (80, 14)) as terminal:
        terminal.wait_for("Day 1 was", LATE)
        terminal.quiet(0.7)
        assert not any("Day 9 was" in line for line in terminal.screen())
        column, row = spot(terminal, "1 was quiet")
        terminal.write(mouse(PRESS, (column, row)))
        # A terminal reports the mouse only when it comes to another cell.
        for step in range(16):
            terminal.write(mouse(DRAG, (column + step % 2, 13)))
        # The text moves on as long as the button is held: what comes in between may be gone in a frame.
        terminal.wait_for("Day 24 was", LATE)
        terminal.write(mouse(PRESS, (column + 3, 13), "m"))
        terminal.send("ctrl+c")
        said(terminal, "Sent")
        (copied,) = terminal.clipboard()
        assert copied.startswith("“1 was quiet.\n\n“Day 2 was quiet.")
        assert "“Day 9 was" in copied


def test_the_mouse_can_be_left_to_the_terminal_and_taken_back(ferries: Path) -> None:
    with reading(ferries, FAR) as terminal:
        terminal.wait_for(FIRST, LATE)
        assert "mouse" in terminal.restored()
        terminal.send("M")
        terminal.wait_for("the terminal's")
        assert "mouse" not in terminal.restored()
        terminal.send("M")
        terminal.wait_for("mouse works here")
        assert "mouse" in terminal.restored()
        terminal.send("q")
        assert terminal.wait_exit(LATE) == 0
        assert terminal.restored() == []


# The window of styles


def test_copy_as_shows_what_will_be_pasted_and_keeps_earlier_copies(ferries: Path, home: Path) -> None:
    (home / "config").mkdir()
    (home / "config/settings.toml").write_text(
        "[templates]\nshort = '{{ quote }} ({{ title }})'\nwrong = '''\n{{ quote }}\n{{ nonesuch }}'''\n"
    )
    with reading(ferries, FAR) as terminal:
        terminal.wait_for(FIRST, LATE)
        terminal.quiet(0.7)
        terminal.write(b"ya")
        said(terminal, "Sent")
        terminal.send("V", "Y")
        terminal.wait_for("With its source")
        terminal.send("end", "k")
        said(terminal, "template “wrong”, line 2: 'nonesuch' is undefined")
        # There is nothing to copy, so Enter does nothing.
        terminal.send("enter")
        terminal.quiet(0.2)
        terminal.send("k")
        terminal.wait_for("(On Ferries)")
        terminal.send("enter")
        wait_for_copies(terminal, 2)
        assert terminal.clipboard()[1].startswith(f"{FIRST} {SECOND} Then")
        assert terminal.clipboard()[1].endswith("(On Ferries)")
        terminal.send("Y")
        terminal.wait_for("With its source")
        terminal.send("end")
        terminal.wait_for("— Ona Reyle, On Ferries")
        terminal.send("enter")
        wait_for_copies(terminal, 3)
        assert CITED in terminal.clipboard()[2]
