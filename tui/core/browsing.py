"""Opening a link in the reader's browser, if one can be reached from where the program runs.

What ``$BROWSER`` names is tried first: it is the user's own choice, and remote editors put a helper there
that opens the browser in front of the reader. Then comes the platform's opener. Over SSH that would open a
browser on the far machine, and without a display none at all: neither is tried.

Programs are started without a shell, with the address as one argument, in a session of their own and without
our terminal. ``open_link`` waits up to ``LIMIT_S`` for a failure: call it in a thread. It raises nothing.
"""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from tui.core.programs import find_program, safe_environment, start

SCHEMES = ("http://", "https://", "mailto:")
"""What a link may begin with; nothing else is handed to another program."""

LIMIT_S = 1.5
"""A program that has not failed after so many seconds is taken to have opened the link."""

LONGEST_SHOWN = 60
"""How many characters of an address are said."""

TERMINAL_BROWSERS = frozenset({"w3m", "lynx", "links", "links2", "elinks", "browsh", "www-browser"})
"""Browsers that need the terminal we are using."""


@dataclass(frozen=True, slots=True)
class Opener:
    """A program that opens addresses."""

    name: str
    command: tuple[str, ...]
    """The program's absolute path and its arguments; ``%s`` stands for the address, else it comes last."""

    def command_for(self, url: str) -> list[str]:
        """Return the command that opens an address."""
        if any("%s" in word for word in self.command[1:]):
            program, *words = self.command
            return [program, *(word.replace("%s", url) for word in words)]
        return [*self.command, url]


@dataclass(frozen=True, slots=True)
class Opening:
    """What became of a link."""

    is_open: bool
    """Whether a program took it."""

    message: str
    """One line for the reader."""


def is_openable(url: str) -> bool:
    """Say whether an address may be handed to a browser."""
    return url.lower().startswith(SCHEMES) and url.isprintable() and " " not in url


def open_link(url: str, env: Mapping[str, str] | None = None, platform: str = sys.platform) -> Opening:
    """Open an address with the first program that takes it; return what became of it.

    Args:
        url: An http, https or mailto address; any other is refused.
        env: The environment; the process's own by default.
        platform: ``sys.platform``.
    """
    if not is_openable(url):
        return Opening(is_open=False, message="Only web and mail addresses are opened")
    here = os.environ if env is None else env
    problems: list[str] = []
    for opener in openers(here, platform):
        problem = _start(opener.command_for(url), safe_environment(here))
        if problem is None:
            shown = url if len(url) <= LONGEST_SHOWN else f"{url[: LONGEST_SHOWN - 1]}…"
            return Opening(is_open=True, message=f"Opening {shown} · {opener.name}")
        problems.append(f"{opener.name} {problem}")
    return Opening(is_open=False, message="; ".join(problems) or _why_none(here))


def openers(env: Mapping[str, str], platform: str) -> Iterator[Opener]:
    """Yield the programs that can open an address here, in the order they are tried."""
    for choice in env.get("BROWSER", "").split(os.pathsep):
        opener = _chosen(choice, env)
        if opener is not None:
            yield opener
    if _is_far(env):
        return
    if platform == "darwin":
        names = ["open"]
    else:
        names = ["wslview"] if env.get("WSL_DISTRO_NAME") or env.get("WSL_INTEROP") else []
        names += ["xdg-open"] if _has_display(env) else []
    for name in names:
        program = find_program(name, env)
        if program is not None:
            yield Opener(name, (program,))


def _chosen(choice: str, env: Mapping[str, str]) -> Opener | None:
    """Return what one part of ``$BROWSER`` names; None if it can't be run, or not beside us."""
    try:
        words = shlex.split(choice)
    except ValueError:
        return None
    if not words or Path(words[0]).name in TERMINAL_BROWSERS:
        return None
    # A path must be a whole one: what lies in the current folder is anybody's.
    program = words[0] if Path(words[0]).is_absolute() else None
    if os.sep not in words[0]:
        program = find_program(words[0], env)
    return Opener(Path(words[0]).name, (program, *words[1:])) if program is not None else None


def _is_far(env: Mapping[str, str]) -> bool:
    return any(env.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))


def _has_display(env: Mapping[str, str]) -> bool:
    return bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


def _why_none(env: Mapping[str, str]) -> str:
    if _is_far(env):
        return "No browser is opened over SSH"
    return "No browser can be opened here"


def _start(command: list[str], env: Mapping[str, str]) -> str | None:
    """Start a program; return why it failed, or None if it has not after ``LIMIT_S``."""
    child = start(command, env)
    if isinstance(child, str):
        return child
    try:
        status = child.wait(LIMIT_S)
    except subprocess.TimeoutExpired:
        # The browser itself: it stays, and somebody has to hear of its end.
        Thread(target=child.wait, name="browser", daemon=True).start()
        return None
    return f"ended with status {status}" if status else None
