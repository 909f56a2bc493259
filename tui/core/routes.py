"""The ways a text can take to the clipboard, and which of them lead anywhere from here.

What decides is where the program runs: inside tmux, at the far end of SSH, inside WSL, on Wayland, X11,
a Mac or Windows; then which tools PATH holds. Nothing is run to find out.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tui.core.programs import find_program

_THROUGH_PYPERCLIP = (
    "import sys, pyperclip; text = sys.stdin.buffer.read().decode(); pyperclip.copy(text); "
    "sys.exit(pyperclip.paste().replace('\\r\\n', '\\n') != text)"
)


@dataclass(frozen=True, slots=True)
class Route:
    """One way to the clipboard that can be tried here."""

    name: str
    label: str
    """What the notice calls it."""

    why: str
    """Why it is tried, in words for ``doctor``."""

    command: tuple[str, ...] = ()
    """The tool's absolute path and its arguments; empty for OSC 52 and the file."""

    primary: tuple[str, ...] = ()
    """The command that sets what the middle button pastes, where that was asked for."""

    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class RouteReport:
    """What ``doctor`` says about one route."""

    route: str
    label: str
    is_usable: bool
    is_chosen: bool
    why: str
    trial: str | None
    """What a trial gave: ``worked``, ``sent`` or a problem; None without a trial."""


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """Where the program runs, as far as copying goes."""

    env: Mapping[str, str]
    platform: str

    @property
    def is_far(self) -> bool:
        return any(self.env.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))

    @property
    def is_wsl(self) -> bool:
        return any(self.env.get(name) for name in ("WSL_DISTRO_NAME", "WSL_INTEROP"))

    @property
    def is_windows(self) -> bool:
        return self.platform in {"win32", "cygwin"}


@dataclass(frozen=True, slots=True)
class _Tool:
    """A clipboard program, and when it is the right one."""

    name: str
    label: str
    program: str
    arguments: tuple[str, ...]
    why: str
    fits: Callable[[_Surroundings], bool]
    primary: tuple[str, ...] | None = None
    encoding: str = "utf-8"
    is_local: bool = True
    """Whether it reaches only the clipboard of the machine the program runs on."""


def _in_tmux(here: _Surroundings) -> bool:
    return bool(here.env.get("TMUX"))


def _on_mac(here: _Surroundings) -> bool:
    return here.platform == "darwin"


def _on_wsl(here: _Surroundings) -> bool:
    return here.is_wsl


def _on_wayland(here: _Surroundings) -> bool:
    return bool(here.env.get("WAYLAND_DISPLAY")) and not here.is_windows


def _on_x11(here: _Surroundings) -> bool:
    return bool(here.env.get("DISPLAY")) and not here.is_windows


_TOOLS = (
    _Tool(
        "tmux", "tmux", "tmux", ("load-buffer", "-w", "-"),
        "inside tmux, which hands it to the terminal (tmux 3.2 or newer)", _in_tmux, is_local=False,
    ),
    _Tool("pbcopy", "pbcopy", "pbcopy", (), "on macOS", _on_mac),
    _Tool("clip.exe", "Windows", "clip.exe", (), "inside WSL", _on_wsl, encoding="utf-16-le"),
    _Tool(
        "wl-copy", "wl-copy", "wl-copy", ("--type", "text/plain"),
        "on a Wayland display", _on_wayland, primary=("--primary",),
    ),
    _Tool(
        "xclip", "xclip", "xclip", ("-in", "-selection", "clipboard"),
        "on an X11 display", _on_x11, primary=("-in", "-selection", "primary"),
    ),
    _Tool("xsel", "xsel", "xsel", ("--clipboard", "--input"), "on an X11 display", _on_x11,
          primary=("--primary", "--input")),
)  # fmt: skip
"""The tools called directly, in the order they are tried."""

_TMUX_BUFFER = _Tool(
    "tmux-buffer", "tmux’s own buffer", "tmux", ("load-buffer", "-"),
    "inside tmux; paste with the prefix key and ]", _in_tmux, is_local=False,
)  # fmt: skip

_NO_OSC52 = {
    "TERM": {"dumb": "a dumb terminal", "linux": "the Linux console"},
    "TERM_PROGRAM": {"Apple_Terminal": "Apple’s Terminal"},
}
"""Terminals known to ignore OSC 52, by the variable that tells them."""

Finding = Route | RouteReport


def plan(
    env: Mapping[str, str], platform: str, *, primary: bool = False, prefer: str | None = None
) -> tuple[Route, ...]:
    """Return the routes to try here, in this order; the last, a file, is always among them.

    Args:
        env: The environment: where the program runs, and PATH.
        platform: ``sys.platform``.
        primary: Whether the selection of the middle button is set too, where there is one.
        prefer: The name of a route to try first, if it is usable.
    """
    routes = [found for found in survey(env, platform, primary=primary) if isinstance(found, Route)]
    routes.sort(key=lambda route: route.name != prefer)
    return tuple(routes)


def survey(env: Mapping[str, str], platform: str, *, primary: bool = False) -> list[Finding]:
    """Return every route in order: as a route where it can be tried, else as a report why not."""
    here = _Surroundings(env, platform)
    tools = [_consider(tool, here, primary) for tool in _TOOLS]
    direct = any(isinstance(found, Route) and found.name != "tmux" for found in tools)
    return [
        *tools,
        _consider_pyperclip(here, direct),
        _consider(_TMUX_BUFFER, here, primary),
        _consider_osc52(here),
        Route("file", "a file", "always"),
    ]


def _consider(tool: _Tool, here: _Surroundings, primary: bool) -> Finding:
    program = find_program(tool.program, here.env)
    if not tool.fits(here):
        return _unusable(tool.name, tool.label, f"not {tool.why}")
    if tool.is_local and here.is_far:
        return _unusable(tool.name, tool.label, "over SSH it would reach the far machine’s clipboard")
    if program is None:
        return _unusable(tool.name, tool.label, f"{tool.program} is not installed")
    second = (program, *tool.primary) if primary and tool.primary else ()
    return Route(
        tool.name, tool.label, tool.why, (program, *tool.arguments), second, tool.encoding
    )  # fmt: skip


def _consider_pyperclip(here: _Surroundings, direct: bool) -> Finding:
    name = "pyperclip"
    if here.is_far:
        return _unusable(name, name, "over SSH it would reach the far machine’s clipboard")
    if direct or here.is_wsl or not (here.is_windows or _on_x11(here) or _on_wayland(here)):
        return _unusable(name, name, "there is a tool of its own here" if direct else "there is no display")
    # "-P": no module is ever loaded from the current folder.
    command = (sys.executable, "-P", "-c", _THROUGH_PYPERCLIP)
    return Route(name, "clipboard", "no tool of its own here", command)


def _consider_osc52(here: _Surroundings) -> Finding:
    for variable, deaf in _NO_OSC52.items():
        terminal = deaf.get(here.env.get(variable, ""))
        if terminal:
            return _unusable("osc52", "OSC 52", f"{terminal} ignores it")
    return Route("osc52", "OSC 52", "the terminal may take it; none answers")


def _unusable(name: str, label: str, why: str) -> RouteReport:
    return RouteReport(name, label, is_usable=False, is_chosen=False, why=why, trial=None)
