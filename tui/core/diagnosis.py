"""What a person, or somebody who helps, wants to know about the place the program runs in."""

import os
import platform as machine
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from shutil import rmtree

from tui.core.cleaning import clean_line
from tui.core.clipboard import diagnose
from tui.core.notebook.first import default_file
from tui.core.notebook.health import health
from tui.core.notebook.notebook import backups_of
from tui.core.programs import find_program, safe_environment
from tui.core.routes import RouteReport, plan
from tui.core.settings import Settings, settings_path
from tui.paths import cache_folder, data_folder, default_library

TRIAL_TEXT = "pullquote doctor was here"
"""What a trial of the clipboard leaves in it."""

TERMINAL_VARIABLES = ("TERM", "COLORTERM", "TERM_PROGRAM", "COLORFGBG", "NO_COLOR", "LANG", "LC_ALL")
"""What terminals and people say about colours and signs."""

LIBRARIES = ("textual", "rich", "nupunkt", "pyperclip")
"""What questions are most often about."""

LIMIT_S = 2.0
"""Seconds a program may take to tell its version."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is so here."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Topic:
    """Facts that belong together."""

    name: str
    facts: tuple[Fact, ...]


def diagnose_all(
    env: Mapping[str, str],
    settings: Settings,
    size: os.terminal_size | None,
    version: str,
    *,
    tries: bool = False,
) -> tuple[Topic, ...]:
    """Return all there is to know, by topic.

    Args:
        env: The environment.
        settings: What the user chose.
        size: The terminal's columns and lines; None where the output is no terminal.
        version: The program's own.
        tries: Whether each way to the clipboard is tried, which replaces what is in it.
    """
    state = f"tried with “{TRIAL_TEXT}”" if tries else "not tried; --try does, and replaces what is in it"
    reports = clipboard_reports(env, settings, tries=tries)
    return (
        Topic(f"Clipboard ({state})", _clean([_route_fact(report) for report in reports])),
        Topic("Terminal", terminal_facts(env, size)),
        Topic("Settings", settings_facts(settings)),
        Topic("Folders", folder_facts()),
        Topic("Notebook", notebook_facts()),
        Topic("Versions", version_facts(version)),
    )


def clipboard_reports(
    env: Mapping[str, str], settings: Settings, *, tries: bool = False
) -> tuple[RouteReport, ...]:
    """Return every way to the clipboard, usable or not, and which of them a copy would take first.

    Args:
        env: The environment.
        settings: What the user chose; a preferred way comes first where it is usable.
        tries: Whether each usable way is tried, which replaces what is in the clipboard.
    """
    chosen = plan(env, sys.platform, prefer=settings.clipboard)[0].name
    if tries:
        with _trial_folder() as folder:
            reports = diagnose(
                env, sys.platform, trial=TRIAL_TEXT, send_osc52=send_to_terminal, folder=folder
            )
    else:
        reports = diagnose(env, sys.platform)
    return tuple(replace(report, is_chosen=report.route == chosen) for report in reports)


def send_to_terminal(sequence: str) -> bool:
    """Write an escape sequence to our terminal; return whether there is one that takes it."""
    try:
        with open("/dev/tty", "wb", buffering=0) as terminal:  # noqa: PTH123 - a device, not a file
            return terminal.write(sequence.encode()) is not None
    except OSError:
        return False


@contextmanager
def _trial_folder() -> Iterator[Path]:
    """Give a folder beside the one where copies are kept, so that a trial replaces none of them."""
    folder = data_folder()
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    trial = folder / f".trial-{os.getpid()}"
    try:
        yield trial
    finally:
        rmtree(trial, ignore_errors=True)


def terminal_facts(env: Mapping[str, str], size: os.terminal_size | None) -> tuple[Fact, ...]:
    """Return what is known about the terminal.

    Args:
        env: The environment.
        size: Columns and lines; None where the output is no terminal.
    """
    facts = [Fact("size", "not a terminal" if size is None else f"{size.columns} by {size.lines}")]
    facts += [Fact(name, env[name] or "empty") for name in TERMINAL_VARIABLES if name in env]
    far = next((name for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT") if env.get(name)), None)
    facts.append(Fact("SSH", f"yes ({far} is set)" if far else "no"))
    facts.append(Fact("tmux", _tmux(env)))
    return _clean(facts)


def settings_facts(settings: Settings) -> tuple[Fact, ...]:
    """Return where the settings are, and what is wrong with them."""
    path = settings_path()
    there = "" if os.path.lexists(path) else " (not there: 'pullquote config --write' makes it)"
    return _clean([Fact("file", f"{path}{there}"), *(Fact("notice", notice) for notice in settings.notices)])


def folder_facts() -> tuple[Fact, ...]:
    """Return which folders are used, and whether they are there."""
    folders = {"episodes": default_library(), "data": data_folder(), "cache": cache_folder()}
    return _clean([Fact(name, _with_state(folder)) for name, folder in folders.items()])


def notebook_facts() -> tuple[Fact, ...]:
    """Return where the notebook is, whether it is whole, and what backups there are."""
    file = default_file()
    return _clean([Fact(name, value) for name, value in health(file, backups_of(file))])


def version_facts(version: str) -> tuple[Fact, ...]:
    """Return the versions of the program, of Python, the system and the libraries, none of them loaded."""
    system = f"{machine.system()} {machine.release()} ({machine.machine()})"
    facts = [Fact("pullquote", version), Fact("Python", machine.python_version()), Fact("system", system)]
    return _clean([*facts, *(Fact(name, _installed(name)) for name in LIBRARIES)])


def _route_fact(report: RouteReport) -> Fact:
    if not report.is_usable:
        return Fact(report.route, f"no: {report.why}")
    chosen = "yes, a copy goes this way" if report.is_chosen else "yes"
    trial = "" if report.trial is None else f" · tried: {report.trial}"
    return Fact(report.route, f"{chosen}: {report.why}{trial}")


def _tmux(env: Mapping[str, str]) -> str:
    program = find_program("tmux", env)
    if program is None:
        return "not installed"
    inside = "we are inside it" if env.get("TMUX") else "we are not inside it"
    return f"{_first_line([program, '-V'], env)}, {inside}"


def _first_line(command: list[str], env: Mapping[str, str]) -> str:
    """Return the first line a program prints, or why there is none."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd=os.sep,
            env=safe_environment(env),
            timeout=LIMIT_S,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return f"no answer ({type(error).__name__})"
    lines = done.stdout[:200].decode(errors="replace").splitlines()
    return lines[0] if lines else f"no answer (status {done.returncode})"


def _with_state(folder: Path) -> str:
    return f"{folder}{'' if folder.is_dir() else ' (not there)'}"


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"


def _clean(facts: list[Fact]) -> tuple[Fact, ...]:
    """Return facts that can be shown: what comes from the environment may hold anything."""
    return tuple(Fact(fact.name, clean_line(fact.value)) for fact in facts)
