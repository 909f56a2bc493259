"""Killing windows while they write, and seeing whether anything that was confirmed is lost."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT


@dataclass(slots=True)
class Confirmed:
    """What windows were told is on the disk."""

    notes: dict[str, int] = field(default_factory=dict)
    """Of each highlight, the number in its note, which goes up with every change of it."""

    removed: set[str] = field(default_factory=set)
    """Highlights that were to go, whether that was confirmed or not."""

    def take(self, line: str) -> None:
        """Take in what a window said."""
        word, *rest = line.split()
        if word == "kept":
            self.notes[rest[0]] = int(rest[1])
        elif word in ("removing", "gone"):
            self.removed.add(rest[0])


def damage(file: Path) -> str:
    """Return what is wrong with a notebook's database by SQLite's own check; empty if nothing is."""
    with closing(sqlite3.connect(file)) as connection:
        found = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
        keys = connection.execute("PRAGMA foreign_key_check").fetchall()
    return "" if found == "ok" and not keys else f"{found} {keys}"


def lost(file: Path, confirmed: Iterable[str]) -> list[str]:
    """Return the highlights that were confirmed, by their ids, and are not in a notebook's database."""
    with closing(sqlite3.connect(file)) as connection:
        there = {row[0] for row in connection.execute("SELECT id FROM highlights")}
    return sorted(set(confirmed) - there)


def check(file: Path, confirmed: Confirmed) -> list[str]:
    """Return all that is wrong with a notebook after its window was killed."""
    if not file.exists():
        return ["there is no notebook"] if confirmed.notes else []
    problems = [found for found in [damage(file)] if found]
    problems += [f"{id} is lost" for id in lost(file, confirmed.notes.keys() - confirmed.removed)]
    with closing(sqlite3.connect(file)) as connection:
        notes = {id: int(note or 0) for id, note in connection.execute("SELECT id, note FROM highlights")}
    problems += [
        f"{id}: change {number} is lost"
        for id, number in confirmed.notes.items()
        if notes.get(id, number) < number
    ]
    return problems


class Windows:
    """A process that starts windows, one after the other."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def start(self, action: str, file: Path, seed: object = "") -> int:
        """Start a window, and return its process's number as soon as it is there."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{action}\t{file}\t{seed}\n")
        self.process.stdin.flush()
        return int(self.line().split()[1])

    def line(self) -> str:
        """Return the next line that is said."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the windows have ended"
        return line

    def rest(self) -> list[str]:
        """Return what a window says until it ends."""
        return list(iter(self.line, "ended\n"))

    def kill_after(self, seconds: float, action: str, file: Path, seed: object = "") -> list[str]:
        """Start a window, kill it after a time, and return what it said."""
        number = self.start(action, file, seed)
        time.sleep(seconds)
        os.kill(number, signal.SIGKILL)
        return self.rest()


@contextmanager
def windows() -> Iterator[Windows]:
    """Give a process that starts windows, and end it."""
    command = [sys.executable, "-m", "tests.core.notebook.writer"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ}
    )
    try:
        yield Windows(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(30)
        assert process.stdout is not None
        process.stdout.close()
