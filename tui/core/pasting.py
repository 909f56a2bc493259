"""Pasting: what is in the clipboard, or what somebody pastes into the terminal.

Tools are asked by where the program runs, as ``core.routes`` does for copying. Where the clipboard holds
a page as HTML (Wayland, X11, macOS), that is taken if it shows more headings than the plain text: a browser
knows what is a heading, and its plain text does not. Over SSH no tool reaches the clipboard in front of
the reader, but tmux may have been given a text. Every tool has a time limit, and none may print without end.
"""

import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import NoReturn

from tui.core.files import MAX_BYTES
from tui.core.programs import collect, find_program, safe_environment
from tui.core.reading import episode_from_bytes
from tui.errors import NotFoundError, PullquoteError, UnreadableError

LIMIT_S = 5.0
"""Seconds all tools together may take: the owner of the clipboard may have to make the text first."""

END_OF_PASTE = b"\x04"
"""What ctrl+d sends."""

BRACKETS = re.compile(rb"\x1b\[20[01]~")
"""What a terminal puts around a paste if whoever had it before left it told to."""

PASTE_HINT = "paste the page into 'pullquote add -', then press ctrl+d on a line of its own"

APPLE_HTML = re.compile(rb"(?:\xc2\xab)?data HTML((?:[0-9A-Fa-f]{2})*)")
"""How AppleScript shows the HTML in the clipboard: as hexadecimal digits."""

_THROUGH_PYPERCLIP = "import sys, pyperclip; sys.stdout.buffer.write(pyperclip.paste().encode())"
_POWERSHELL = "[Console]::OutputEncoding=[Text.Encoding]::UTF8; Get-Clipboard -Raw"


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was in the clipboard."""

    data: bytes
    name: str
    """A name for it as if it were a file: its suffix says whether it is HTML or text."""

    tool: str


@dataclass(frozen=True, slots=True)
class _Tool:
    """A program that prints what is in a clipboard."""

    name: str
    fits: Callable[[Mapping[str, str], str], bool]
    text: tuple[str, ...]
    """The command for plain text."""

    html: tuple[str, ...] = ()
    """The command for HTML, where there is one."""

    is_local: bool = True
    """Whether it knows only the clipboard of the machine the program runs on."""


def _is_far(env: Mapping[str, str]) -> bool:
    return any(env.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))


def _on_wsl(env: Mapping[str, str]) -> bool:
    return any(env.get(name) for name in ("WSL_DISTRO_NAME", "WSL_INTEROP"))


_XCLIP = ("xclip", "-selection", "clipboard", "-out")
_TOOLS = (
    _Tool(
        "pbpaste",
        lambda env, platform: platform == "darwin",
        ("pbpaste", "-Prefer", "txt"),
        ("osascript", "-e", "the clipboard as «class HTML»"),
    ),
    _Tool(
        "PowerShell",
        lambda env, platform: _on_wsl(env) or platform in {"win32", "cygwin"},
        ("powershell.exe", "-NoProfile", "-NonInteractive", "-Command", _POWERSHELL),
    ),
    _Tool(
        "wl-paste",
        lambda env, platform: bool(env.get("WAYLAND_DISPLAY")),
        ("wl-paste", "--no-newline", "--type", "text"),
        ("wl-paste", "--no-newline", "--type", "text/html"),
    ),
    _Tool(
        "xclip",
        lambda env, platform: bool(env.get("DISPLAY")),
        (*_XCLIP, "-target", "UTF8_STRING"),
        (*_XCLIP, "-target", "text/html"),
    ),
    _Tool("xsel", lambda env, platform: bool(env.get("DISPLAY")), ("xsel", "--clipboard", "--output")),
    _Tool(
        "termux-clipboard-get",
        lambda env, platform: "TERMUX_VERSION" in env,
        ("termux-clipboard-get",),
    ),
    _Tool("tmux", lambda env, platform: bool(env.get("TMUX")), ("tmux", "save-buffer", "-"), is_local=False),
)
"""In the order they are asked. What tmux holds may be old, so it comes last."""


def paste(env: Mapping[str, str] | None = None, platform: str = sys.platform) -> Pasted:
    """Return what is in the clipboard; it may take up to ``LIMIT_S``.

    Args:
        env: The environment; the process's own by default.
        platform: ``sys.platform``.

    Raises:
        NotFoundError: No tool reaches a clipboard from here, or there is no text in it.
    """
    here = os.environ if env is None else env
    clerk = _Clerk(safe_environment(here), monotonic() + LIMIT_S)
    problems: list[str] = []
    for tool in _TOOLS:
        if not tool.fits(here, platform) or (tool.is_local and _is_far(here)):
            continue
        found = clerk.ask(tool)
        if isinstance(found, Pasted):
            return found
        problems.append(found)
    if not problems and not _is_far(here):
        found = clerk.ask_pyperclip()
        if isinstance(found, Pasted):
            return found
        problems.append(found)
    raise NotFoundError(_advice(problems, is_far=_is_far(here)))


def _advice(problems: list[str], *, is_far: bool) -> str:
    """Return what could not be done, and what can be done instead."""
    if is_far:
        reason = "over SSH your own clipboard can't be reached from here"
    else:
        reason = f"nothing could be taken from the clipboard ({'; '.join(problems)})"
    return f"{reason}; {PASTE_HINT}"


@dataclass(frozen=True, slots=True)
class _Clerk:
    """Asks tools, all within one time limit."""

    env: Mapping[str, str]
    deadline: float

    def ask(self, tool: _Tool) -> Pasted | str:
        """Return what a tool finds in the clipboard, or a few words on why it finds nothing."""
        text = self.output(tool.text)
        html = self.output(tool.html) if tool.html else ""
        markup = b"" if isinstance(html, str) else _plain_html(html)
        if markup.strip():
            as_html = Pasted(markup, "clipboard.html", tool.name)
            if isinstance(text, str) or not text.strip():
                return as_html
            as_text = Pasted(text, "clipboard", tool.name)
            return as_html if _headings(as_html) > _headings(as_text) else as_text
        if isinstance(text, str):
            return f"{tool.name} {text}"
        return Pasted(text, "clipboard", tool.name) if text.strip() else f"{tool.name} found no text"

    def ask_pyperclip(self) -> Pasted | str:
        """Return what pyperclip finds, which knows more clipboards; in its own process, as it may hang."""
        # "-P": no module is ever loaded from the current folder.
        text = self.collected((sys.executable, "-P", "-c", _THROUGH_PYPERCLIP))
        if isinstance(text, str):
            return f"no clipboard tool is here, and pyperclip {text}"
        return Pasted(text, "clipboard", "pyperclip") if text.strip() else "pyperclip found no text"

    def output(self, command: tuple[str, ...]) -> bytes | str:
        """Return what a command prints, or why it does not."""
        program = find_program(command[0], self.env)
        return "is not installed" if program is None else self.collected((program, *command[1:]))

    def collected(self, command: tuple[str, ...]) -> bytes | str:
        """Return what the program at a path prints, or why it does not."""
        left_s = self.deadline - monotonic()
        return collect(command, self.env, left_s, MAX_BYTES) if left_s > 0 else "was not asked: no time left"


def _plain_html(data: bytes) -> bytes:
    """Return HTML as it is; AppleScript's hexadecimal digits are read first."""
    found = APPLE_HTML.match(data)
    return data if found is None else bytes.fromhex(found[1].decode())


def _headings(pasted: Pasted) -> int:
    """Return how many headings the readers find in a text; -1 if they can't read it."""
    try:
        episode = episode_from_bytes(pasted.data, Path(pasted.name))
    except PullquoteError:
        return -1
    return sum(bool(section.title) for section in episode.sections)


def read_terminal(descriptor: int, ask: Callable[[], None]) -> bytes:
    """Return what is pasted into a terminal, up to ctrl+d.

    A terminal hands over whole lines, and cuts those of more than 4,095 bytes; pasted paragraphs are often
    longer. So it is told to hand over everything as it comes.

    Args:
        descriptor: The terminal.
        ask: Called when the terminal is ready for it.

    Raises:
        UnreadableError: More than ``MAX_BYTES`` were pasted, or the terminal is gone.
    """
    parts: list[bytes] = []
    size = 0
    with _unbuffered(descriptor):
        ask()
        while True:
            try:
                part = os.read(descriptor, 65_536)
            except OSError as error:
                raise UnreadableError("the terminal can't be read; try again") from error
            before, end, _ = part.partition(END_OF_PASTE)
            parts.append(before)
            size += len(before)
            if end or not part:
                return BRACKETS.sub(b"", b"".join(parts))
            if size > MAX_BYTES:
                raise UnreadableError(f"more than {MAX_BYTES // 1024**2} MB were pasted; save it as a file")


@contextmanager
def _unbuffered(descriptor: int) -> Iterator[None]:
    """Let a terminal hand over what is typed at once; it is as before afterwards."""
    import termios

    try:
        before = termios.tcgetattr(descriptor)
    except termios.error:
        yield
        return
    changed = list(before)
    changed[3] = int(before[3]) & ~termios.ICANON
    characters = list(before[6])
    characters[termios.VMIN], characters[termios.VTIME] = 1, 0
    changed[6] = characters
    termios.tcsetattr(descriptor, termios.TCSADRAIN, changed)
    try:
        with _leaving_in_order():
            yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


@contextmanager
def _leaving_in_order() -> Iterator[None]:
    """Let whoever ends the process meanwhile end it by SystemExit, so that all is put back as it was."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are not its business
        return

    def leave(number: int, _: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
