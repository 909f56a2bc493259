"""Copying, with real tools where there are any and with ill-behaved ones made here."""

import os
import shlex
import stat
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.programs import SYSTEM_PATH, program
from tui.core import clipboard
from tui.core.clipboard import Outcome, copy, diagnose
from tui.core.osc52 import osc52
from tui.core.programs import find_program
from tui.core.routes import plan

LATE_S = 10.0

MEGABYTE = "Zehn Wörter 😀 sind genug. " * 40_000


class Terminal:
    """What the reader's terminal was sent."""

    def __init__(self, works: bool = True) -> None:
        self.works = works
        self.sent: list[str] = []

    def __call__(self, sequence: str) -> bool:
        self.sent.append(sequence)
        return self.works

    @property
    def clipboard(self) -> str:
        payload = self.sent[-1].removeprefix("\x1b]52;c;").removesuffix("\x07")
        return b64decode(payload, validate=True).decode()


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def no_child_left() -> Iterator[None]:
    """Every test ends without a child of this process, dead or alive."""
    before = children()
    yield
    assert children() - before == set()


def children() -> set[int]:
    """Return the ids of this process's children, zombies too."""
    return {process for process, fields in processes().items() if fields[1] == str(os.getpid())}


def processes() -> dict[int, list[str]]:
    """Return state, parent, group and so on of every process (proc(5), ``stat``, from the third field)."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            found[int(status.parent.name)] = status.read_text().rpartition(")")[2].split()
    return found


def make_tool(folder: Path, name: str, script: str) -> Path:
    """Write a clipboard tool of our own; it may use the system's programs by full path."""
    tool = folder / name
    tool.write_text(f"#!/bin/sh\nPATH={SYSTEM_PATH}\n{script}\n")
    tool.chmod(0o755)
    return tool


def x11(tools: Path, **more: str) -> dict[str, str]:
    return {"PATH": str(tools), "DISPLAY": ":77", **more}


def copy_here(
    text: str,
    env: Mapping[str, str],
    tmp_path: Path,
    terminal: Terminal | None = None,
    prefer: str | None = None,
) -> Outcome:
    return copy(
        text,
        env=env,
        platform="linux",
        send_osc52=terminal or Terminal(),
        folder=tmp_path / "state",
        prefer=prefer,
    )


def names(env: Mapping[str, str], platform: str = "linux") -> list[str]:
    return [route.name for route in plan(env, platform)]


ALL_TOOLS = ("tmux", "pbcopy", "clip.exe", "wl-copy", "xclip", "xsel")

PLACES = {
    "a bare terminal": ({}, "linux", ["osc52", "file"]),
    "X11": ({"DISPLAY": ":0"}, "linux", ["xclip", "xsel", "osc52", "file"]),
    "Wayland": ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", ["wl-copy", "osc52", "file"]),
    "Wayland with X11": (
        {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"},
        "linux",
        ["wl-copy", "xclip", "xsel", "osc52", "file"],
    ),
    "a Mac": ({}, "darwin", ["pbcopy", "osc52", "file"]),
    "Apple's Terminal": ({"TERM_PROGRAM": "Apple_Terminal"}, "darwin", ["pbcopy", "file"]),
    "the Linux console": ({"TERM": "linux"}, "linux", ["file"]),
    "Windows": ({}, "win32", ["pyperclip", "osc52", "file"]),
    "WSL": (
        {"WSL_DISTRO_NAME": "Debian", "DISPLAY": ":0"},
        "linux",
        ["clip.exe", "xclip", "xsel", "osc52", "file"],
    ),
    "SSH with a display passed on": (
        {"SSH_CONNECTION": "a 1 b 2", "DISPLAY": ":10"},
        "linux",
        ["osc52", "file"],
    ),
    "SSH to a Mac": ({"SSH_TTY": "/dev/ttys1"}, "darwin", ["osc52", "file"]),
    "tmux": ({"TMUX": "/tmp/t,1,0"}, "linux", ["tmux", "tmux-buffer", "osc52", "file"]),
    "tmux over SSH": (
        {"TMUX": "/tmp/t,1,0", "SSH_CONNECTION": "a 1 b 2", "DISPLAY": ":10"},
        "linux",
        ["tmux", "tmux-buffer", "osc52", "file"],
    ),
    "tmux on X11": (
        {"TMUX": "/tmp/t,1,0", "DISPLAY": ":0"},
        "linux",
        ["tmux", "xclip", "xsel", "tmux-buffer", "osc52", "file"],
    ),
    "screen": ({"STY": "1.pts", "TERM": "screen"}, "linux", ["osc52", "file"]),
}


@pytest.mark.parametrize(("env", "platform", "expected"), PLACES.values(), ids=PLACES.keys())
def test_the_routes_follow_the_place(
    env: dict[str, str], platform: str, expected: list[str], tools: Path
) -> None:
    for name in ALL_TOOLS:
        make_tool(tools, name, "exit 0")
    assert names({**env, "PATH": str(tools)}, platform) == expected


def test_a_display_without_a_tool_is_left_to_pyperclip(tools: Path) -> None:
    assert names(x11(tools)) == ["pyperclip", "osc52", "file"]


def test_a_preferred_route_comes_first(tools: Path) -> None:
    make_tool(tools, "xclip", "exit 0")
    assert [route.name for route in plan(x11(tools), "linux", prefer="osc52")] == ["osc52", "xclip", "file"]


def test_what_a_tool_took_is_the_text(tools: Path, tmp_path: Path) -> None:
    make_tool(tools, "xclip", f"cat > {tmp_path}/got")
    outcome = copy_here("Grüße, 世界 😀 שלום\n\n- zwei", x11(tools), tmp_path)
    assert (tmp_path / "got").read_text() == "Grüße, 世界 😀 שלום\n\n- zwei"
    assert (outcome.route, outcome.known, outcome.characters) == ("xclip", True, 24)
    assert outcome.message == "Copied 24 characters · xclip, confirmed"


def test_a_megabyte_arrives_whole(tools: Path, tmp_path: Path) -> None:
    make_tool(tools, "xclip", f"cat > {tmp_path}/got")
    assert copy_here(MEGABYTE, x11(tools), tmp_path).known
    assert (tmp_path / "got").read_text() == MEGABYTE


def test_a_tool_that_reads_a_part_and_says_all_is_well_is_not_believed(tools: Path, tmp_path: Path) -> None:
    make_tool(tools, "xclip", "head -c 10 > /dev/null; exit 0")
    outcome = copy_here(MEGABYTE, x11(tools), tmp_path)
    assert outcome.tried[0].problem == "stopped reading"
    assert outcome.route == "file"


def test_a_failing_tool_is_said_and_the_terminal_asked(tools: Path, tmp_path: Path) -> None:
    make_tool(tools, "xclip", "cat > /dev/null; exit 3")
    terminal = Terminal()
    outcome = copy_here("one", x11(tools), tmp_path, terminal)
    assert (outcome.route, outcome.known) == ("osc52", False)
    assert (
        outcome.message
        == "Sent 3 characters to the terminal · OSC 52, not confirmed · xclip ended with status 3"
    )
    assert terminal.clipboard == "one"


@pytest.mark.parametrize("script", ["sleep 3600", "cat > /dev/null; sleep 3600"], ids=["unread", "read"])
def test_a_tool_that_hangs_is_ended_with_its_children(
    script: str, tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "LIMIT_S", 0.4)
    make_tool(tools, "xclip", f"echo $$ > {tmp_path}/group; {script}")
    began = monotonic()
    outcome = copy_here(MEGABYTE[:1000], x11(tools), tmp_path)
    assert monotonic() - began < 2
    assert outcome.tried[0].problem == "did not answer"
    assert outcome.route == "osc52"
    assert is_gone(int((tmp_path / "group").read_text()))


def is_gone(group: int) -> bool:
    """Return whether a process group has no living member, within half a second."""
    for _ in range(50):
        if not any(fields[2] == str(group) and fields[0] != "Z" for fields in processes().values()):
            return True
        sleep(0.01)
    return False


def test_all_tools_together_keep_the_limit(
    tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "LIMIT_S", 0.4)
    for name in ("xclip", "xsel"):
        make_tool(tools, name, "sleep 3600")
    began = monotonic()
    outcome = copy_here("one", x11(tools), tmp_path)
    assert monotonic() - began < 1.5
    assert [attempt.problem for attempt in outcome.tried] == [
        "did not answer",
        "was not tried: the time was used up",
        None,
    ]


def test_a_tool_whose_child_keeps_our_pipes_does_not_hold_us(tools: Path, tmp_path: Path) -> None:
    make_tool(tools, "xclip", f"cat > /dev/null; sleep 60 & echo $! > {tmp_path}/daemon; exit 0")
    began = monotonic()
    outcome = copy_here("one", x11(tools), tmp_path)
    daemon = int((tmp_path / "daemon").read_text())
    try:
        assert monotonic() - began < 1.5
        assert outcome.known
        # The real xclip serves the clipboard from such a process: it must live on.
        os.kill(daemon, 0)
    finally:
        os.kill(daemon, 9)


def test_a_tool_can_write_neither_to_our_terminal_nor_to_our_output(
    tools: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make_tool(
        tools,
        "xclip",
        "cat > /dev/null; printf '\\033]0;evil\\007'; printf '\\033[2J' >&2\n"
        f"if (printf '\\033[2J' > /dev/tty) 2> /dev/null; then echo reached > {tmp_path}/tty; fi; exit 0",
    )
    assert copy_here("one", x11(tools), tmp_path).known
    assert capfd.readouterr() == ("", "")
    assert not (tmp_path / "tty").exists()


def test_a_tool_from_the_current_folder_is_never_run(
    tmp_path: Path, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_tool(tools, "xclip", f"touch {tmp_path}/ran; cat > /dev/null")
    monkeypatch.chdir(tools)
    for path in ("", ".", f":{os.pathsep}", "bin", "./", ".:", "../bin"):
        env = {"PATH": path, "DISPLAY": ":77", "TERM": "xterm"}
        assert find_program("xclip", env) is None
        assert copy_here("one", env, tmp_path).route == "osc52"
    assert not (tmp_path / "ran").exists()


def test_children_get_no_relative_part_of_path(tools: Path, tmp_path: Path) -> None:
    tool = tools / "xclip"
    tool.write_text(f'#!/bin/sh\n/bin/cat > /dev/null; echo "$PATH" > {tmp_path}/path\n')
    tool.chmod(0o755)
    assert copy_here("one", x11(tools, PATH=f".::{tools}:rel"), tmp_path).known
    assert (tmp_path / "path").read_text() == f"{tools}\n"


def test_a_tool_that_cannot_be_run_is_passed_over(tools: Path, tmp_path: Path) -> None:
    make_tool(tools, "xclip", "exit 0").chmod(0o644)
    (tools / "xsel").write_bytes(b"\x00 not a program")
    (tools / "xsel").chmod(0o755)
    outcome = copy_here("one", x11(tools), tmp_path)
    assert [attempt.route for attempt in outcome.tried] == ["xsel", "osc52"]
    assert "could not be started" in (outcome.tried[0].problem or "")


def test_a_tool_deleted_after_planning_is_said(
    tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = make_tool(tools, "xclip", "exit 0")
    routes = plan(x11(tools), "linux")
    tool.unlink()
    monkeypatch.setattr(clipboard, "plan", lambda *_, **__: routes)
    outcome = copy_here("one", x11(tools), tmp_path)
    assert outcome.tried[0].problem == "could not be started (No such file or directory)"


def test_no_process_to_be_had_is_said(tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    make_tool(tools, "xclip", "exit 0")
    monkeypatch.setattr(subprocess, "Popen", refuse)
    outcome = copy_here("one", x11(tools), tmp_path)
    assert outcome.tried[0].problem == "could not be started (Cannot allocate memory)"
    assert outcome.route == "osc52"


def test_the_current_folder_may_be_gone(tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_tool(tools, "xclip", f"cat > {tmp_path}/got")
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert copy_here("one", x11(tools), tmp_path).known
    monkeypatch.chdir(tmp_path)


def test_the_middle_buttons_selection_is_set_on_request(tools: Path, tmp_path: Path) -> None:
    make_tool(tools, "xclip", f'cat > "{tmp_path}/$3"')
    outcome = copy(
        "one", env=x11(tools), platform="linux", send_osc52=Terminal(), folder=tmp_path, primary=True
    )
    assert (tmp_path / "clipboard").read_text() == (tmp_path / "primary").read_text() == "one"
    assert [attempt.route for attempt in outcome.tried] == ["xclip", "xclip (primary)"]


def test_windows_gets_utf_16_through_wsl(tools: Path, tmp_path: Path) -> None:
    make_tool(tools, "clip.exe", f"cat > {tmp_path}/got")
    outcome = copy_here("ä😀", {"PATH": str(tools), "WSL_DISTRO_NAME": "Debian"}, tmp_path)
    assert (tmp_path / "got").read_bytes().decode("utf-16-le") == "ä😀"
    assert outcome.message == "Copied 2 characters · Windows, confirmed"


def test_an_old_tmux_is_not_said_to_reach_the_clipboard(tools: Path, tmp_path: Path) -> None:
    make_tool(tools, "tmux", f'[ "$2" = -w ] && exit 1; cat > {tmp_path}/got')
    terminal = Terminal()
    outcome = copy_here("one", {"PATH": str(tools), "TMUX": "/tmp/x,1,0"}, tmp_path, terminal)
    assert outcome.route == "tmux-buffer"
    assert (
        outcome.message == "Copied 3 characters to tmux’s own buffer only · paste with the prefix key and ]"
    )
    assert (tmp_path / "got").read_text() == terminal.clipboard == "one"


def test_the_terminal_is_sent_the_text(tmp_path: Path) -> None:
    terminal = Terminal()
    outcome = copy_here("Ein “Zitat” 😀\n", {"PATH": ""}, tmp_path, terminal)
    assert terminal.sent[0].startswith("\x1b]52;c;")
    assert terminal.sent[0].endswith("\x07")
    assert terminal.clipboard == "Ein “Zitat” 😀\n"
    assert (outcome.known, outcome.path) == (False, None)
    assert outcome.message == "Sent 14 characters to the terminal · OSC 52, not confirmed"


@pytest.mark.parametrize(("size", "route"), [(75_000, "osc52"), (75_001, "file")])
def test_osc_52_is_never_cut(size: int, route: str, tmp_path: Path) -> None:
    outcome = copy_here("x" * size, {"PATH": ""}, tmp_path)
    assert outcome.route == route


def test_a_text_too_long_for_the_terminal_is_saved_and_said(tmp_path: Path) -> None:
    outcome = copy_here(MEGABYTE, {"PATH": ""}, tmp_path)
    assert outcome.path is not None
    assert outcome.path.read_text() == MEGABYTE
    assert stat.S_IMODE(outcome.path.stat().st_mode) == 0o600
    assert str(outcome.path) in outcome.message
    assert "more than 100,000 bytes" in outcome.message


def test_the_file_replaces_a_link_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (tmp_path / "state" / clipboard.FILE_NAME).symlink_to(precious)
    outcome = copy_here("one", {"PATH": "", "TERM": "linux"}, tmp_path)
    assert outcome.known
    assert precious.read_text() == "mine"
    assert (tmp_path / "state" / clipboard.FILE_NAME).read_text() == "one"


def test_a_copy_that_goes_nowhere_says_so(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    outcome = copy_here("one", {"PATH": "", "TERM": "dumb"}, tmp_path)
    assert (outcome.route, outcome.known) == ("", False)
    assert outcome.message.startswith("Not copied: file can’t be written")


def test_an_exception_of_the_terminal_does_not_escape(tmp_path: Path) -> None:
    def broken(_: str) -> bool:
        raise RuntimeError("no driver")

    outcome = copy("one", env={"PATH": ""}, platform="linux", send_osc52=broken, folder=tmp_path)
    assert outcome.route == "file"
    assert outcome.tried[0].problem == "not sent (RuntimeError)"


UNCLEAN = {
    "escape": ("a\x1b]0;x\x07b", "a␛]0;x␇b", " · 2 control characters made visible"),
    "NUL": ("a\0b", "a␀b", " · 1 control characters made visible"),
    "direction": ("a\u202eb", "ab", " · 1 hidden characters removed"),
    "line ends": ("a\r\nb", "a\nb", ""),
    "half a pair": ("a\ud83d", "a\ufffd", " · 1 control characters made visible"),
}


@pytest.mark.parametrize(("text", "arrives", "said"), UNCLEAN.values(), ids=UNCLEAN.keys())
def test_nothing_that_acts_is_copied(text: str, arrives: str, said: str, tmp_path: Path) -> None:
    terminal = Terminal()
    outcome = copy_here(text, {"PATH": ""}, tmp_path, terminal)
    assert terminal.clipboard == arrives
    assert outcome.message.endswith("not confirmed" + said)


def test_nothing_is_not_copied(tmp_path: Path) -> None:
    terminal = Terminal()
    assert copy_here("", {"PATH": ""}, tmp_path, terminal).message == "Nothing to copy"
    assert terminal.sent == []


def test_the_sequence_names_its_selection() -> None:
    assert osc52("hi", "p") == "\x1b]52;p;aGk=\x07"


def test_pyperclip_runs_in_a_process_of_its_own_and_must_prove_itself(
    tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing here that pyperclip could use: it fails, and is not believed to have worked.
    monkeypatch.setattr(clipboard, "LIMIT_S", 10.0)
    outcome = copy_here("one", {"PATH": str(tools), "DISPLAY": ":77"}, tmp_path)
    assert outcome.tried[0].route == "pyperclip"
    assert outcome.tried[0].problem == "ended with status 1"
    assert "pyperclip" not in sys.modules


def test_pyperclip_is_believed_when_the_text_can_be_read_back(
    tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Klipper's two commands, as pyperclip calls them; reading adds a line end.
    monkeypatch.setattr(clipboard, "LIMIT_S", 10.0)
    make_tool(tools, "klipper", "exit 0")
    make_tool(
        tools,
        "qdbus",
        f"cd {tmp_path}\n"
        'if [ "$3" = setClipboardContents ]; then printf %s "$4" > got; else cat got; echo; fi',
    )
    outcome = copy_here("Grüße", x11(tools), tmp_path)
    assert (outcome.route, outcome.known) == ("pyperclip", True)
    assert (tmp_path / "got").read_text() == "Grüße"


def test_the_doctor_says_of_every_route_whether_it_leads_anywhere(tools: Path, tmp_path: Path) -> None:
    make_tool(tools, "xclip", "cat > /dev/null")
    make_tool(tools, "xsel", "exit 1")
    reports = {
        report.route: report
        for report in diagnose(x11(tools), "linux", trial="one", send_osc52=Terminal(), folder=tmp_path)
    }
    assert set(reports) == {*ALL_TOOLS, "pyperclip", "tmux-buffer", "osc52", "file"}
    assert [name for name, report in reports.items() if report.is_chosen] == ["xclip"]
    trials = {name: report.trial for name, report in reports.items() if report.is_usable}
    assert trials == {"xclip": "worked", "xsel": "ended with status 1", "osc52": "sent", "file": "worked"}
    assert reports["pbcopy"].why == "not on macOS"


def test_the_doctor_tries_nothing_unasked(tools: Path, tmp_path: Path) -> None:
    make_tool(tools, "xclip", f"touch {tmp_path}/ran")
    assert {report.trial for report in diagnose(x11(tools), "linux")} == {None}
    assert not (tmp_path / "ran").exists()


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[tuple[list[str], dict[str, str]]]:
    """A tmux server with default settings on its own socket: its command line, and the environment inside."""
    command = [program("tmux"), "-S", str(tmp_path / "tmux"), "-f", "/dev/null"]
    env = {"PATH": SYSTEM_PATH, "TERM": "xterm-256color", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    subprocess.run(
        [*command, "new-session", "-d", f"echo $TMUX > {shlex.quote(str(tmp_path))}/inside; exec sleep 60"],
        env=env,
        check=True,
    )
    inside = tmp_path / "inside"
    for _ in range(200):
        if inside.exists() and inside.read_text().strip():
            break
        sleep(0.01)
    yield command, {**env, "TMUX": inside.read_text().strip()}
    subprocess.run([*command, "kill-server"], check=True)


def test_a_real_tmux_holds_the_text(tmux: tuple[list[str], dict[str, str]], tmp_path: Path) -> None:
    command, env = tmux
    text = "Grüße 😀\n\n- zwei\n" + "x" * 200_000
    outcome = copy_here(text, env, tmp_path)
    assert (outcome.route, outcome.known) == ("tmux", True)
    assert "too long for many terminals" in outcome.message
    assert (
        subprocess.run([*command, "save-buffer", "-"], stdout=subprocess.PIPE, check=True).stdout.decode()
        == text
    )
    assert copy_here("one", env, tmp_path).message == "Copied 3 characters · tmux, confirmed"


def test_a_tmux_that_is_gone_is_not_believed(tmp_path: Path) -> None:
    program("tmux")
    outcome = copy_here("one", {"PATH": SYSTEM_PATH, "TMUX": f"{tmp_path}/none,1,0"}, tmp_path)
    assert outcome.route == "osc52"
    assert outcome.tried[0].problem == "ended with status 1"


@pytest.mark.parametrize("size", [1, 1000, 1_000_000])
def test_a_real_xclip_serves_the_text(size: int, display: str, tmp_path: Path) -> None:
    xclip = program("xclip")
    text = (MEGABYTE * 2)[:size]
    env = {"PATH": SYSTEM_PATH, "DISPLAY": display}
    outcome = copy(
        text, env=env, platform="linux", send_osc52=Terminal(), folder=tmp_path, primary=True, prefer="xclip"
    )
    assert (outcome.route, outcome.known) == ("xclip", True)
    for selection in ("clipboard", "primary"):
        asked = [xclip, "-out", "-selection", selection]
        end = monotonic() + LATE_S
        # xclip ends when its child, which serves the text, has begun: that it does so may take a moment.
        while (found := subprocess.run(asked, env=env, capture_output=True)).returncode and monotonic() < end:
            sleep(0.05)
        assert found.stdout.decode() == text


def test_a_dead_display_is_not_believed(tmp_path: Path) -> None:
    program("xclip")
    outcome = copy_here("one", {"PATH": SYSTEM_PATH, "DISPLAY": ":987"}, tmp_path, prefer="xclip")
    assert outcome.tried[0].problem == "ended with status 1"
    assert not outcome.known


def test_a_dead_wayland_display_is_not_believed(tmp_path: Path) -> None:
    program("wl-copy")
    env = {"PATH": SYSTEM_PATH, "WAYLAND_DISPLAY": "none", "XDG_RUNTIME_DIR": str(tmp_path)}
    outcome = copy_here("one", env, tmp_path)
    assert outcome.tried[0].route == "wl-copy"
    assert outcome.tried[0].problem == "ended with status 1"
