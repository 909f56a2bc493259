"""Taking text from the clipboard, with ill-behaved tools made here, and from a terminal."""

import os
import pty
import stat
import termios
import threading
from pathlib import Path
from time import monotonic

import pytest

from tui.core import pasting
from tui.core.pasting import paste, read_terminal
from tui.core.programs import collect
from tui.errors import NotFoundError

HTML = "<meta charset=utf-8><h1>Tea</h1><p>Leaves in water.</p><h2>Milk</h2><p>Never first.</p>"


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def make_tool(folder: Path, name: str, script: str) -> None:
    tool = folder / name
    tool.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n", encoding="utf-8")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)


def here(tools: Path, **more: str) -> dict[str, str]:
    return {"PATH": str(tools), **more}


@pytest.mark.parametrize(
    ("program", "platform", "more"),
    [
        ("pbpaste", "darwin", {}),
        ("powershell.exe", "linux", {"WSL_DISTRO_NAME": "Debian"}),
        ("wl-paste", "linux", {"WAYLAND_DISPLAY": "wayland-0"}),
        ("xclip", "linux", {"DISPLAY": ":0"}),
        ("xsel", "linux", {"DISPLAY": ":0"}),
        ("termux-clipboard-get", "linux", {"TERMUX_VERSION": "1"}),
        ("tmux", "linux", {"TMUX": "/tmp/tmux,1,0"}),
        ("tmux", "linux", {"TMUX": "/tmp/tmux,1,0", "SSH_TTY": "/dev/pts/1", "DISPLAY": ":10"}),
    ],
)
def test_the_tool_is_chosen_by_where_we_are(
    program: str, platform: str, more: dict[str, str], tools: Path
) -> None:
    make_tool(tools, program, "case \"$*\" in *html*|*HTML*) exit 1;; esac; printf 'Tëxt'")
    pasted = paste(here(tools, **more), platform)
    assert pasted.data.decode() == "Tëxt"
    assert pasted.name == "clipboard"


def test_over_ssh_no_local_tool_is_asked(tools: Path) -> None:
    make_tool(tools, "xclip", "printf far")
    with pytest.raises(NotFoundError, match=r"over SSH .* paste the page into 'pullquote add -'.* ctrl\+d"):
        paste(here(tools, DISPLAY=":10", SSH_CONNECTION="1 2 3 4"), "linux")


def test_html_is_taken_only_if_it_shows_more_headings(tools: Path) -> None:
    make_tool(
        tools, "wl-paste", f"""case "$*" in *html*) printf '%s' '{HTML}';; *) printf 'Tea. Milk.';; esac"""
    )
    pasted = paste(here(tools, WAYLAND_DISPLAY="w"), "linux")
    assert pasted.name == "clipboard.html"
    text = "# Tea\\n\\nText.\\n\\n## Milk\\n\\nMore.\\n"
    script = f"""case "$*" in *html*) printf '<b>Tea</b>';; *) printf '{text}';; esac"""
    make_tool(tools, "wl-paste", script)
    assert paste(here(tools, WAYLAND_DISPLAY="w"), "linux").name == "clipboard"


def test_html_alone_is_better_than_nothing(tools: Path) -> None:
    make_tool(tools, "xclip", f"""case "$*" in *html*) printf '%s' '{HTML}';; *) exit 1;; esac""")
    pasted = paste(here(tools, DISPLAY=":0"), "linux")
    assert (pasted.name, pasted.data.decode()) == ("clipboard.html", HTML)


def test_apples_hexadecimal_digits_are_read(tools: Path) -> None:
    digits = HTML.encode().hex().upper()
    make_tool(tools, "osascript", f"printf '«data HTML{digits}»\\n'")
    assert paste(here(tools), "darwin").data.decode() == HTML


def test_the_next_tool_is_asked_where_one_fails(tools: Path) -> None:
    make_tool(tools, "wl-paste", "exit 1")
    make_tool(tools, "xclip", "exit 1")
    make_tool(tools, "xsel", "printf there")
    assert paste(here(tools, WAYLAND_DISPLAY="w", DISPLAY=":0"), "linux").tool == "xsel"


def test_an_empty_clipboard_is_said_with_what_to_do(tools: Path) -> None:
    make_tool(tools, "xsel", "printf '  \\n'")
    with pytest.raises(NotFoundError, match=r"xclip is not installed; xsel found no text.*; paste the page"):
        paste(here(tools, DISPLAY=":0"), "linux")


def test_a_tool_that_hangs_is_ended(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pasting, "LIMIT_S", 0.3)
    make_tool(tools, "xsel", "sleep 60")
    begun = monotonic()
    with pytest.raises(NotFoundError, match="xsel did not answer"):
        paste(here(tools, DISPLAY=":0"), "linux")
    assert monotonic() - begun < 10


def test_a_tool_that_prints_without_end_is_ended(tools: Path) -> None:
    make_tool(tools, "endless", "exec cat /dev/zero")
    said = collect([str(tools / "endless")], here(tools), 20, 1024**2)
    assert said == "gave more than 1 MB"


def test_a_tool_that_is_not_there_is_said(tools: Path) -> None:
    assert "could not be started" in str(collect([str(tools / "none")], here(tools), 1, 100))


def test_a_tool_that_fails_is_said(tools: Path) -> None:
    make_tool(tools, "fails", "printf half; exit 3")
    assert collect([str(tools / "fails")], here(tools), 10, 100) == "ended with status 3"


def test_a_long_line_pasted_into_a_terminal_comes_whole() -> None:
    """Line by line a terminal would keep 4,095 bytes of it."""
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    line = b"word " * 4000 + b"\n"

    def type_it() -> None:
        rest = line + b"\x04never read"
        while rest:
            rest = rest[os.write(ours, rest[:1000]) :]

    def take_echo() -> None:
        try:
            while os.read(ours, 4096):
                pass
        except OSError:
            return

    echo = threading.Thread(target=take_echo, daemon=True)
    echo.start()
    typist = threading.Thread(target=type_it)
    try:
        assert read_terminal(theirs, typist.start) == line
        typist.join()
        assert termios.tcgetattr(theirs)[3] == before[3]
    finally:
        os.close(theirs)
        echo.join(5)
        os.close(ours)


def test_the_brackets_of_a_paste_are_no_part_of_it() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"\x1b[200~text\x1b[201~\x04")
    assert read_terminal(reading, lambda: None) == b"text"
    os.close(writing)
    os.close(reading)


def test_a_pipe_is_read_to_its_end() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"text")
    os.close(writing)
    assert read_terminal(reading, lambda: None) == b"text"
    os.close(reading)
