"""The whole program in a terminal, killed right after it has shown that a highlight is kept.

So many times as CRASHES says, 25 if it says nothing; ``make crash`` kills 200 times.
"""

import os
import random
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

from tests.core.notebook.crashing import damage
from tests.pty import Terminal

KILLS = int(os.environ.get("CRASHES", "25"))

SEED = os.environ.get("CRASH_SEED") or str(time.time_ns())
"""Shown when something is lost."""

LATE = 20
"""Seconds after which something is taken not to come any more, on a slow machine."""

LINES = 40

COLOURS = {"1": "amber", "2": "green", "3": "blue", "4": "rose"}


def book(folder: Path, number: int) -> Path:
    """An episode of one sentence a line, all of them its own."""
    path = folder / f"tides-{number}.md"
    lines = "".join(f"- Tide {number}.{line} came and went.\n" for line in range(LINES))
    path.write_text(f"# The book of tides\n\n## Tides\n\n{lines}", encoding="utf-8")
    return path


class Person:
    """Somebody who highlights one line after the other, and believes what the screen says."""

    def __init__(self, terminal: Terminal, confirmed: dict[str, str]) -> None:
        self.terminal = terminal
        self.confirmed = confirmed
        """The colour of each highlight that the screen said is kept."""

    def highlight(self) -> None:
        """Highlight the next line, and wait until the screen says that it is kept."""
        for _ in range(3):  # a heading and blank lines are stepped over, a line of text or two perhaps
            self.terminal.send("j")
        # What the screen says of the line before is no word for this one.
        self.terminal.wait_for(lambda lines: not any("kept ·" in line for line in lines), LATE)
        self.terminal.send("v", "h")
        self.believe("amber")

    def colour(self, key: str) -> None:
        """Give the highlight another colour, and wait until the screen says that it is kept."""
        self.terminal.send(key)
        self.believe(COLOURS[key])

    def believe(self, colour: str) -> None:
        """Wait until the screen says that the highlight with the bar is kept, and remember that."""
        self.terminal.wait_for(f"kept · {colour}", LATE)
        line = next(line for line in self.terminal.screen() if "▎" in line and "Tide" in line)
        self.confirmed[line.strip(" ▎•†★")] = colour


def kept(file: Path) -> dict[str, str]:
    """Return the words and colours of all highlights that are on the disk."""
    with closing(sqlite3.connect(file)) as connection:
        return dict(connection.execute("SELECT text, colour FROM highlights"))


def test_what_the_screen_said_is_kept_survives_a_kill(tmp_path: Path, home: Path) -> None:
    generator = random.Random(SEED)
    confirmed: dict[str, str] = {}
    file = home / "data" / "notebook.db"
    for number in range(KILLS):
        with Terminal((sys.executable, "-m", "tui", book(tmp_path, number)), (70, 12)) as terminal:
            terminal.wait_for("came and went", LATE)
            person = Person(terminal, confirmed)
            for _ in range(generator.randint(1, 3)):
                person.highlight()
            if generator.random() < 0.5:
                person.colour(generator.choice("234"))
            if generator.random() < 0.3:
                terminal.send("j", "v", "h")  # on its way when the end comes
            time.sleep(generator.random() * 0.05)
            terminal.signal(signal.SIGKILL)
            terminal.wait_exit()
        there = kept(file)
        missing = {words: colour for words, colour in confirmed.items() if there.get(words) != colour}
        assert (damage(file), missing) == ("", {}), f"CRASH_SEED={SEED}, kill {number}"
    assert len(confirmed) >= KILLS
