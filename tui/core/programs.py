"""Other programs, run so that they can neither hold us up nor draw on our terminal."""

import os
import selectors
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic

BITE = 65_536
"""How many bytes are handed to a pipe, or taken from one, at once."""


def find_program(name: str, env: Mapping[str, str]) -> str | None:
    """Return the absolute path of a program out of PATH; None where there is none.

    Relative and empty parts of PATH mean the current folder, where anybody's file may lie: they are
    left out. So is what cannot be run.
    """
    for part in env.get("PATH", "").split(os.pathsep):
        program = Path(part) / name
        if part and program.is_absolute() and _is_runnable(program):
            return str(program)
    return None


def safe_environment(env: Mapping[str, str]) -> dict[str, str]:
    """Return an environment for children, PATH without its relative and empty parts."""
    parts = [part for part in env.get("PATH", "").split(os.pathsep) if part and Path(part).is_absolute()]
    return {**env, "PATH": os.pathsep.join(parts)}


def start(
    command: Sequence[str],
    env: Mapping[str, str],
    *,
    stdin: int = subprocess.DEVNULL,
    stdout: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes] | str:
    """Start a program that gets no terminal, in a session of its own; or return why it can't be started.

    Args:
        command: The program's absolute path and its arguments.
        env: Its environment.
        stdin: What it reads: nothing, or ``subprocess.PIPE``.
        stdout: Where its output goes: nowhere, or ``subprocess.PIPE``.
    """
    try:
        return subprocess.Popen(
            command,
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            # Our own folder may be gone, or hold files that a tool would load.
            cwd=os.sep,
            env=dict(env),
        )
    except (OSError, ValueError) as error:
        return f"could not be started ({getattr(error, 'strerror', None) or type(error).__name__})"


def feed(command: Sequence[str], data: bytes, env: Mapping[str, str], limit_s: float) -> str | None:
    """Run a program that reads ``data``; return None when it took all of it, else why it did not.

    The program gets a session of its own, hence no terminal to write to, and no output of ours: a
    clipboard tool leaves a process behind that would keep a pipe open. What has not ended within the
    limit is killed with everything it started, and no child is left unreaped.

    Args:
        command: The program's absolute path and its arguments.
        data: What it reads from its standard input.
        env: Its environment.
        limit_s: How many seconds it may take in all.

    Returns:
        None, or a few words for the reader. Nothing is raised.
    """
    deadline = monotonic() + limit_s
    child = start(command, env, stdin=subprocess.PIPE)
    if isinstance(child, str):
        return child
    try:
        unread = _write(child, data, deadline)
        # A program that gave up says more by its status than by the broken pipe.
        return _wait(child, deadline) or unread
    finally:
        _end(child)


def collect(command: Sequence[str], env: Mapping[str, str], limit_s: float, most: int) -> bytes | str:
    """Run a program and return what it prints; or, as text, why that was of no use.

    As with ``feed``, it gets no terminal, and what has not ended within the limit is killed.

    Args:
        command: The program's absolute path and its arguments.
        env: Its environment.
        limit_s: How many seconds it may take in all.
        most: How many bytes it may print.

    Returns:
        The bytes, or a few words for the reader. Nothing is raised.
    """
    deadline = monotonic() + limit_s
    child = start(command, env, stdout=subprocess.PIPE)
    if isinstance(child, str):
        return child
    try:
        printed = _read(child, deadline, most) if os.name == "posix" else _read_all(child, deadline, most)
        return printed if isinstance(printed, str) else _wait(child, deadline) or printed
    finally:
        _end(child)
        if child.stdout is not None:
            child.stdout.close()


def _read_all(child: subprocess.Popen[bytes], deadline: float, most: int) -> bytes | str:
    """Return all that a program prints, where pipes can't be waited for."""
    try:
        printed, _ = child.communicate(timeout=max(0, deadline - monotonic()))
    except subprocess.TimeoutExpired:
        return "did not answer"
    return printed if len(printed) <= most else too_much(most)


def too_much(most: int) -> str:
    """Return what is said of a program that prints more bytes than are taken."""
    return f"gave more than {most // 1024**2} MB"


def _read(child: subprocess.Popen[bytes], deadline: float, most: int) -> bytes | str:
    """Return all that a program prints; or why not."""
    pipe = child.stdout
    if pipe is None:
        return "has no output"
    bites: list[bytes] = []
    left = most
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0, deadline - monotonic())):
                return "did not answer"
            bite = os.read(pipe.fileno(), BITE)
            if not bite:
                return b"".join(bites)
            left -= len(bite)
            if left < 0:
                return too_much(most)
            bites.append(bite)


def _is_runnable(program: Path) -> bool:
    try:
        return program.is_file() and os.access(program, os.X_OK)
    except OSError:
        return False


def _write(child: subprocess.Popen[bytes], data: bytes, deadline: float) -> str | None:
    """Hand all data over; return why not, when the program does not take it."""
    pipe = child.stdin
    if pipe is None:
        return "has no input"
    try:
        if os.name == "posix":
            return _write_in_bites(pipe.fileno(), data, deadline)
        # Windows has no way to wait for a pipe; the one program run there reads all it gets.
        pipe.write(data)
    except OSError:
        return "stopped reading"
    finally:
        # Closing writes nothing: the pipe's own buffer was never used, or has been flushed.
        with suppress(OSError):
            pipe.close()
    return None


def _write_in_bites(pipe: int, data: bytes, deadline: float) -> str | None:
    os.set_blocking(pipe, False)
    rest = memoryview(data)
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_WRITE)
        while rest:
            if not selector.select(max(0, deadline - monotonic())):
                return "did not answer"
            rest = rest[os.write(pipe, rest[:BITE]) :]
    return None


def _wait(child: subprocess.Popen[bytes], deadline: float) -> str | None:
    try:
        status = child.wait(max(0, deadline - monotonic()))
    except subprocess.TimeoutExpired:
        return "did not answer"
    if status < 0:
        return f"was ended by signal {-status}"
    return f"ended with status {status}" if status else None


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill a program that still runs, with all it started, and reap it."""
    if child.poll() is not None:
        return
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    child.wait()
