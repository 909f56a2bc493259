"""Copying: the way a text takes to the clipboard, chosen by where the program runs.

Inside tmux the text goes to tmux, which hands it on to the terminal in front of the reader. Over SSH no
tool of the far machine is asked: its clipboard is not the reader's. Locally it is the platform's own
tool. Then comes OSC 52, which no terminal answers, and last a private file, so that nothing is lost.

pyperclip knows the platforms but reports success when its tool fails, and waits for a stuck one for
ever. So where a tool can be called directly (tmux, pbcopy, clip.exe, wl-copy, xclip, xsel), it is, with a
time limit and its exit status believed. pyperclip itself is used where there is none (Windows, Cygwin, KDE's
Klipper, Qt): in a Python process of its own, under the same limit, which reads the clipboard back and
fails unless the text is there.

``copy`` may take up to ``LIMIT_S``: call it in a thread. It raises nothing.
"""

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from time import monotonic

from tui.core.cleaning import Cleaned, clean
from tui.core.osc52 import LARGEST_PAYLOAD, osc52
from tui.core.programs import feed, safe_environment
from tui.core.routes import Route, RouteReport, plan, survey

LIMIT_S = 2.0
"""Seconds all tools together may take, before the text goes a way that cannot be held up."""

FILE_NAME = "last-copy.txt"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of one route."""

    route: str
    problem: str | None
    """Why it failed; None when it did not."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a copy."""

    route: str
    """The route that took the text; empty when none did."""

    known: bool
    """Whether the route confirmed it; else the text was only sent."""

    characters: int
    message: str
    """One line for the reader."""

    tried: tuple[Attempt, ...] = ()
    path: Path | None = None
    """The file that holds the text, when it had to be saved."""


def copy(
    text: str,
    *,
    send_osc52: Callable[[str], bool],
    folder: Path,
    env: Mapping[str, str] | None = None,
    platform: str = sys.platform,
    primary: bool = False,
    prefer: str | None = None,
) -> Outcome:
    """Bring a text to the clipboard by the first route that takes it; return what became of it.

    Args:
        text: What to copy. Hidden and control characters are left out or shown, which the message says.
        send_osc52: Writes an escape sequence to the terminal; returns whether it could.
        folder: Where the file of last resort goes; made if it is not there.
        env: The environment; the process's own by default.
        platform: ``sys.platform``.
        primary: Whether the selection of the middle button is set too.
        prefer: The name of a route to try first.

    Returns:
        The outcome. Nothing is raised.
    """
    here = os.environ if env is None else env
    cleaned = clean(text)
    if not cleaned.text:
        return Outcome("", known=False, characters=0, message="Nothing to copy")
    courier = _Courier(cleaned.text, send_osc52, folder, safe_environment(here), monotonic() + LIMIT_S)
    tried: list[Attempt] = []
    for route in plan(here, platform, primary=primary, prefer=prefer):
        attempt = Attempt(route.name, courier.carry(route))
        tried.append(attempt)
        if attempt.problem is None:
            tried += courier.accompany(route)
            return _outcome(route, courier, tried, cleaned)
    problems = "; ".join(f"{attempt.route} {attempt.problem}" for attempt in tried)
    return Outcome("", known=False, characters=0, message=f"Not copied: {problems}", tried=tuple(tried))


def diagnose(
    env: Mapping[str, str],
    platform: str,
    *,
    trial: str | None = None,
    send_osc52: Callable[[str], bool] | None = None,
    folder: Path | None = None,
) -> tuple[RouteReport, ...]:
    """Return what is to be said of every route, usable or not.

    Args:
        env: The environment.
        platform: ``sys.platform``.
        trial: A text to send each usable route; it replaces what is in the clipboard. None: no trial.
        send_osc52: How OSC 52 is sent; it is not tried without.
        folder: Where the file of last resort goes; it is not tried without.
    """
    reports: list[RouteReport] = []
    chosen = plan(env, platform)[0].name
    for found in survey(env, platform):
        if isinstance(found, RouteReport):
            reports.append(found)
            continue
        result = None if trial is None else _trial(found, trial, env, send_osc52, folder)
        is_chosen = found.name == chosen
        reports.append(RouteReport(found.name, found.label, True, is_chosen, found.why, result))
    return tuple(reports)


@dataclass(frozen=True, slots=True)
class _Courier:
    """Carries one text along routes, within one time limit."""

    text: str
    send_osc52: Callable[[str], bool]
    folder: Path
    env: Mapping[str, str]
    deadline: float

    def carry(self, route: Route) -> str | None:
        """Return None when a route took the text, else why not."""
        if route.command:
            return self._through_tool(route.command, route.encoding)
        return self._through_terminal() if route.name == "osc52" else self._into_file()

    def accompany(self, route: Route) -> list[Attempt]:
        """Set what goes with a route that took the text: the middle button's selection, the terminal."""
        if route.primary:
            return [Attempt(f"{route.name} (primary)", self._through_tool(route.primary, route.encoding))]
        if route.name == "tmux-buffer":
            # This tmux can't hand it on by itself, but one with "set-clipboard on" lets OSC 52 through.
            return [Attempt("osc52", self._through_terminal())]
        return []

    @property
    def path(self) -> Path:
        """The file of last resort."""
        return self.folder / FILE_NAME

    def _through_tool(self, command: tuple[str, ...], encoding: str) -> str | None:
        left_s = self.deadline - monotonic()
        if left_s <= 0:
            return "was not tried: the time was used up"
        return feed(command, self.text.encode(encoding), self.env, left_s)

    def _through_terminal(self) -> str | None:
        try:
            sent = self.send_osc52(osc52(self.text))
        except ValueError as error:
            return f"not sent: {error}"
        except Exception as error:  # noqa: BLE001 - whatever the terminal does, the text must not be lost
            return f"not sent ({type(error).__name__})"
        return None if sent else "not sent: no terminal"

    def _into_file(self) -> str | None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # A file of its own, mode 0600, moved over the old one: never through somebody's link.
            descriptor, name = mkstemp(dir=self.folder, prefix=".copy-")
            try:
                with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
                    file.write(self.text)
                Path(name).replace(self.path)
            except BaseException:
                with suppress(OSError):
                    Path(name).unlink()
                raise
        except (OSError, ValueError) as error:
            return f"can’t be written ({getattr(error, 'strerror', None) or error})"
        return None


def _outcome(route: Route, courier: _Courier, tried: list[Attempt], cleaned: Cleaned) -> Outcome:
    path = courier.path if route.name == "file" else None
    return Outcome(
        route=route.name,
        known=route.name != "osc52",
        characters=len(courier.text),
        message=_message(route, courier.text, path, _failures(tried)) + _said_changes(cleaned),
        tried=tuple(tried),
        path=path,
    )


def _message(route: Route, text: str, path: Path | None, failures: str) -> str:
    amount = "1 character" if len(text) == 1 else f"{len(text):,} characters"
    if path is not None:
        return f"Saved {amount} to {path}: no clipboard could be reached{failures}"
    if route.name == "osc52":
        return f"Sent {amount} to the terminal · OSC 52, not confirmed{failures}"
    if route.name == "tmux-buffer":
        return f"Copied {amount} to tmux’s own buffer only · paste with the prefix key and ]"
    if route.name == "tmux" and 4 * len(text.encode()) > 3 * LARGEST_PAYLOAD:
        return f"Copied {amount} · tmux, confirmed; too long for many terminals to take over"
    return f"Copied {amount} · {route.label}, confirmed{failures}"


def _failures(tried: list[Attempt]) -> str:
    """Return what went wrong before a route took the text, to go behind the notice."""
    failed = [f"{attempt.route} {attempt.problem}" for attempt in tried if attempt.problem]
    return f" · {'; '.join(failed)}" if failed else ""


def _said_changes(cleaned: Cleaned) -> str:
    """Return what was changed in the text, to go behind the notice."""
    said = f" · {cleaned.dropped:,} hidden characters removed" if cleaned.dropped else ""
    return said + (f" · {cleaned.shown:,} control characters made visible" if cleaned.shown else "")


def _trial(
    route: Route,
    text: str,
    env: Mapping[str, str],
    send_osc52: Callable[[str], bool] | None,
    folder: Path | None,
) -> str | None:
    """Return what sending a text along one route gave; None when it was not tried."""
    if (route.name == "osc52" and send_osc52 is None) or (route.name == "file" and folder is None):
        return None
    courier = _Courier(
        text, send_osc52 or (lambda _: False), folder or Path(), safe_environment(env), monotonic() + LIMIT_S
    )
    problem = courier.carry(route)
    return problem or ("sent" if route.name == "osc52" else "worked")
