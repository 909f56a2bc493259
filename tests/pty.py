"""Drives a terminal program as a person would, for tests and benchmarks.

    with Terminal(["less", "file"], size=(80, 24)) as terminal:
        terminal.wait_for("file")
        terminal.send("pagedown", "q")
        assert terminal.wait_exit() == 0
        assert terminal.restored() == []

The program gets a pseudo-terminal of its own, as its controlling terminal in its own session. One
thread reads what it writes, with the time of each piece; the pieces are drawn (``tests.emulator``)
only when somebody looks, so that the times are those of the program and not of the drawing.
"""

import bisect
import fcntl
import os
import re
import select
import signal
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.emulator import Emulator

LAUNCHER = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
started = int(sys.argv[1])
os.set_inheritable(started, False)
try:
    os.execvp(sys.argv[2], sys.argv[2:])
except OSError as error:
    os.write(started, f"{sys.argv[2]}: {error.strerror}".encode())
"""
"""Takes the terminal, then becomes the program: a ``preexec_fn`` is not safe beside threads. Its end
of the pipe closes when the program starts, which is the moment times are counted from."""

QUESTION = re.compile(rb"\x1b\[[?>]?[0-9]*(?:\$p|[cn])")
"""Something a program asks its terminal, and may wait for."""

ELSEWHERE = ("TMUX", "SSH_", "DISPLAY", "WAYLAND_", "WSL_", "TERM", "COLUMNS", "LINES", "NO_COLOR", "TEXTUAL")
"""Beginnings of variables that tell of the terminal the tests run in, not of ours."""

FINAL_KEYS = {"up": "A", "down": "B", "right": "C", "left": "D", "end": "F", "home": "H"}
NUMBERED_KEYS = {"insert": 2, "delete": 3, "pageup": 5, "pagedown": 6}
FUNCTION_KEYS = {"f1": "OP", "f2": "OQ", "f3": "OR", "f4": "OS"}
FUNCTION_KEYS |= {f"f{5 + n}": f"[{code}~" for n, code in enumerate((15, 17, 18, 19, 20, 21, 23, 24))}
PLAIN_KEYS = {"enter": "\r", "tab": "\t", "escape": "\x1b", "space": " ", "backspace": "\x7f"}
MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4}


def key_bytes(name: str) -> bytes:
    """Return what xterm sends for a key, such as ``a``, ``down``, ``ctrl+f``, ``shift+tab``, ``alt+x``.

    Raises:
        ValueError: no such key, or a terminal has no code for it.
    """
    *modifiers, key = name.split("+") if len(name) > 1 else [name]
    bits = sum(MODIFIERS[modifier] for modifier in modifiers)
    if key in FINAL_KEYS:
        return f"\x1b[1;{bits + 1}{FINAL_KEYS[key]}".encode() if bits else f"\x1b[{FINAL_KEYS[key]}".encode()
    if key in NUMBERED_KEYS:
        modified = f";{bits + 1}" if bits else ""
        return f"\x1b[{NUMBERED_KEYS[key]}{modified}~".encode()
    if key in FUNCTION_KEYS and not bits:
        return f"\x1b{FUNCTION_KEYS[key]}".encode()
    if name == "shift+tab":
        return b"\x1b[Z"
    return _character_bytes(name, PLAIN_KEYS.get(key, key), bits)


def _character_bytes(name: str, character: str, bits: int) -> bytes:
    if len(character) != 1 or bits & MODIFIERS["shift"]:
        message = f"no terminal code for the key {name!r}"
        raise ValueError(message)
    if bits & MODIFIERS["ctrl"]:
        character = chr(ord(character.upper()) & 0x1F)
    return (b"\x1b" if bits & MODIFIERS["alt"] else b"") + character.encode()


def terminal_environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    """Return this process's environment as a fresh xterm would pass it on; None leaves a variable out."""
    environment: dict[str, str | None] = {
        name: value for name, value in os.environ.items() if not name.startswith(ELSEWHERE)
    }
    environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | dict(changes)
    return {name: value for name, value in environment.items() if value is not None}


CALM_LOOKS = 8
"""After so many looks, 5 ms apart, that found nothing new, a program that has ended has said all."""


class Terminal:
    """A program in a terminal: started on entering the ``with`` block, ended on leaving it."""

    def __init__(
        self,
        argv: Sequence[str | Path],
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str | None] | None = None,
        cwd: str | Path | None = None,
        *,
        answers: bool = True,
    ) -> None:
        """Say what to run.

        Args:
            argv: the program and its arguments.
            size: columns and rows.
            env: changes to the environment (``terminal_environment``).
            cwd: the folder to run in.
            answers: whether the terminal answers what it is asked, as a modern xterm does.
        """
        self.size = size
        self._argv = [str(argument) for argument in argv]
        self._environment = terminal_environment(env or {})
        self._folder = cwd
        self._answers = answers
        self._emulator = Emulator(*size)
        self._pieces: list[tuple[float, bytes]] = []
        self._drawn = 0
        self._asked_at = 0.0
        self._output = threading.Condition(threading.RLock())
        self._closing = threading.Event()

    def __enter__(self) -> Self:
        """Start the program.

        Raises:
            OSError: it can't be run.
        """
        self._ours, self._theirs = os.openpty()
        termios.tcsetwinsize(self._theirs, (self.size[1], self.size[0]))
        self._found = termios.tcgetattr(self._theirs)
        self._reader = threading.Thread(target=self._read, name="terminal", daemon=True)
        try:
            self._process, self._asked_at = self._start()
        except OSError:
            os.close(self._ours)
            os.close(self._theirs)
            raise
        self._reader.start()
        return self

    def _start(self) -> tuple[subprocess.Popen[bytes], float]:
        told, started = os.pipe()
        try:
            process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", LAUNCHER, str(started), *self._argv],
                stdin=self._theirs,
                stdout=self._theirs,
                stderr=self._theirs,
                env=self._environment,
                cwd=self._folder,
                pass_fds=(started,),
                start_new_session=True,
            )
        finally:
            os.close(started)
        with os.fdopen(told, "rb") as pipe:
            problem = pipe.read()
        if problem:
            process.wait()
            raise OSError(problem.decode())
        return process, time.monotonic()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the window: the program is hung up on, and ended if that was not enough."""
        self._end()
        self._closing.set()
        self._reader.join()
        os.close(self._ours)
        os.close(self._theirs)

    def _end(self) -> None:
        for number in (signal.SIGHUP, signal.SIGKILL):
            if self._process.poll() is not None:
                return
            # The program leads a group of its own, made by start_new_session.
            os.killpg(self._process.pid, number)
            try:
                self._process.wait(2)
            except subprocess.TimeoutExpired:
                continue

    # What the program writes

    def _read(self) -> None:
        while not self._closing.is_set():
            ready, _, _ = select.select([self._ours], [], [], 0.05)
            if not ready:
                continue
            with self._output:
                # Within the lock: what was read and is not taken down yet would be seen by nobody.
                data = os.read(self._ours, 65536)
                before = self._pieces[-1][1][-16:] if self._pieces else b""
                self._pieces.append((time.monotonic(), data))
                if self._answers and QUESTION.search(before + data):
                    self._draw_all()
                    self._answer()
                self._output.notify_all()

    def _draw_next(self) -> bool:
        if self._drawn == len(self._pieces):
            return False
        self._emulator.feed(self._pieces[self._drawn][1])
        self._drawn += 1
        return True

    def _draw_all(self) -> None:
        while self._draw_next():
            pass

    def _answer(self) -> None:
        answers, self._emulator.answers = self._emulator.answers, []
        for answer in answers:
            os.write(self._ours, answer)

    def wait_for(self, wanted: str | Callable[[list[str]], bool], timeout: float = 10) -> float:
        """Wait until a text is on the screen, or the screen (its lines) passes a test.

        Returns:
            Seconds from the last key (or the start) to the piece of output that made it true.

        Raises:
            TimeoutError: it did not come; the message shows the screen.
        """
        holds = wanted if callable(wanted) else lambda lines: any(wanted in line for line in lines)
        deadline = time.monotonic() + timeout
        with self._output:
            while True:
                drawn = self._drawn
                if holds(self._emulator.lines()):
                    return self._seconds_to(drawn)
                # The reader draws too, when it has to answer.
                while self._drawn == drawn and not self._draw_next():
                    left = deadline - time.monotonic()
                    if left <= 0 or not self._output.wait(left):
                        raise TimeoutError(self._absence(wanted, timeout))

    def _absence(self, wanted: str | Callable[[list[str]], bool], timeout: float) -> str:
        state = self._process.poll()
        ended = "" if state is None else f" (the program ended with {state})"
        screen = "\n".join(self._emulator.lines()).rstrip()
        return f"{wanted!r} did not come within {timeout} s{ended}; the screen:\n{screen}"

    def _seconds_to(self, count: int) -> float:
        last = self._pieces[count - 1][0] if count else self._asked_at
        return max(last - self._asked_at, 0.0)

    def quiet(self, seconds: float = 0.1, timeout: float = 10) -> float:
        """Wait until nothing has been written for some seconds.

        Returns:
            Seconds from the last key (or the start) to the last piece of output; 0 if there was none.

        Raises:
            TimeoutError: the program goes on writing.
        """
        begun = time.monotonic()
        with self._output:
            while True:
                last = self._pieces[-1][0] if self._pieces else begun
                left = max(last, begun) + seconds - time.monotonic()
                if left <= 0:
                    return self._seconds_to(len(self._pieces))
                if time.monotonic() - begun > timeout:
                    message = f"still writing after {timeout} s"
                    raise TimeoutError(message)
                self._output.wait(left)

    def wait_for_bytes(self, wanted: bytes = b"", timeout: float = 10) -> float:
        """Wait for output since the last key (or the start) without drawing it, so as to disturb no time.

        Args:
            wanted: What must be in it, in one stretch; nothing means that any output will do.
            timeout: In seconds.

        Returns:
            Seconds from the last key (or the start) to the piece of output that completed it.

        Raises:
            TimeoutError: it did not come; the message shows the screen.
        """
        deadline = time.monotonic() + timeout
        held = b""
        with self._output:
            seen = self._count_before_key()
            while True:
                while seen < len(self._pieces):
                    held += self._pieces[seen][1]
                    seen += 1
                    if wanted in held:
                        return self._seconds_to(seen)
                    held = held[-len(wanted) :]
                left = deadline - time.monotonic()
                if left <= 0 or not self._output.wait(left):
                    self._draw_all()
                    raise TimeoutError(self._absence(repr(wanted), timeout))

    def _count_before_key(self) -> int:
        return bisect.bisect_left(self._pieces, self._asked_at, key=lambda piece: piece[0])

    def pieces(self) -> list[tuple[float, bytes]]:
        """Return what was written since the last key (or the start): seconds since then, and bytes."""
        with self._output:
            pieces = self._pieces[self._count_before_key() :]
        return [(at - self._asked_at, data) for at, data in pieces]

    def screen(self) -> list[str]:
        """Return the rows shown now, blanks on the right cut; a wide character is one character."""
        with self._output:
            self._draw_all()
            return self._emulator.lines()

    def raw(self) -> bytes:
        """Return every byte written so far."""
        with self._output:
            return b"".join(data for _, data in self._pieces)

    def clipboard(self) -> list[str]:
        """Return every text the program asked the terminal to put on the clipboard (OSC 52)."""
        with self._output:
            self._draw_all()
            return list(self._emulator.copied)

    def restored(self) -> list[str]:
        """Return what is not as the program found it: names of modes, and ``termios`` settings."""
        with self._output:
            self._draw_all()
            left = self._emulator.left_on()
        return left if termios.tcgetattr(self._theirs) == self._found else [*left, "termios"]

    def png(self, path: str | Path) -> None:
        """Draw the screen into a PNG file."""
        # Pillow is needed only by those who look.
        from tests.picture import draw

        with self._output:
            self._draw_all()
            draw(self._emulator.cells).save(path)

    # What a person does

    def send(self, *keys: str) -> None:
        """Press keys by name (``key_bytes``), one after the other."""
        for key in keys:
            self.write(key_bytes(key))

    def write(self, data: bytes) -> None:
        """Send bytes as they are; times are counted from here."""
        self._asked_at = time.monotonic()
        while data:
            data = data[os.write(self._ours, data) :]

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size; the program gets SIGWINCH from the system."""
        with self._output:
            self._draw_all()
            self._emulator.resize(columns, rows)
            self.size = (columns, rows)
        self._asked_at = time.monotonic()
        termios.tcsetwinsize(self._theirs, (rows, columns))

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        self._asked_at = time.monotonic()
        self._process.send_signal(number)

    def wait_exit(self, timeout: float = 10) -> int:
        """Wait for the program's end and for its last output.

        Returns:
            The exit status; negative is the signal that ended it.

        Raises:
            TimeoutError: it goes on running; the message shows the screen.
        """
        deadline = time.monotonic() + timeout
        try:
            status = self._process.wait(timeout)
        except subprocess.TimeoutExpired as error:
            screen = "\n".join(self.screen()).rstrip()
            message = f"still running after {timeout} s; the screen:\n{screen}"
            raise TimeoutError(message) from error
        # What was written last comes through the kernel a moment later: it has come when nothing more does.
        calm = 0
        while calm < CALM_LOOKS and time.monotonic() < deadline:
            before = len(self._pieces)
            time.sleep(0.005)
            calm = 0 if self._unread() or len(self._pieces) != before else calm + 1
        return status

    def _unread(self) -> int:
        with self._output:
            return int.from_bytes(fcntl.ioctl(self._ours, termios.FIONREAD, bytes(4)), sys.byteorder)

    # What it costs

    @property
    def asked_at(self) -> float:
        """When the last key was sent, or the program started: ``time.monotonic`` of every process here."""
        return self._asked_at

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._process.pid

    def rss(self) -> int:
        """Return the program's resident memory in bytes (Linux: /proc)."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def cpu_seconds(self) -> float:
        """Return the seconds of processor time used so far, in steps of 1/100 s (Linux: /proc)."""
        after_name = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, after_name[11:13])) / os.sysconf("SC_CLK_TCK")

    def on_cpu_seconds(self) -> float:
        """Return the seconds of processor time of the threads that live now, in steps of 1 ns (Linux)."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9
