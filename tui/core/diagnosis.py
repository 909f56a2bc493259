"""What a person, or somebody who helps, wants to know about the place the program runs in."""

import os
import platform as machine
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

from tui.core.cleaning import clean_line
from tui.core.clipboard import diagnose
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


def clipboard_reports(
    env: Mapping[str, str],
    settings: Settings,
    *,
    send_osc52: Callable[[str], bool] | None = None,
) -> tuple[RouteReport, ...]:
    """Return every way to the clipboard, usable or not, and which of them a copy would take first.

    Args:
        env: The environment.
        settings: What the user chose; a preferred way comes first where it is usable.
        send_osc52: Given, each usable way is tried, which replaces what is in the clipboard; it writes
            an escape sequence to the terminal and returns whether it could.
    """
    trial = None if send_osc52 is None else TRIAL_TEXT
    folder = None if send_osc52 is None else data_folder()
    chosen = plan(env, sys.platform, prefer=settings.clipboard)[0].name
    reports = diagnose(env, sys.platform, trial=trial, send_osc52=send_osc52, folder=folder)
    return tuple(replace(report, is_chosen=report.route == chosen) for report in reports)


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
    return _clean(
        [Fact("file", f"{path}{there}"), *(Fact("notice", notice) for notice in settings.notices)]
    )


def folder_facts() -> tuple[Fact, ...]:
    """Return which folders are used, and whether they are there."""
    folders = {"episodes": default_library(), "data": data_folder(), "cache": cache_folder()}
    return _clean([Fact(name, _with_state(folder)) for name, folder in folders.items()])


def version_facts(version: str) -> tuple[Fact, ...]:
    """Return the versions of the program, of Python, the system and the libraries, none of them loaded."""
    system = f"{machine.system()} {machine.release()} ({machine.machine()})"
    facts = [Fact("pullquote", version), Fact("Python", machine.python_version()), Fact("system", system)]
    return _clean([*facts, *(Fact(name, _installed(name)) for name in LIBRARIES)])


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
