"""The notebook in a terminal: another program wrote into its file, and nothing of it acts."""

import json
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

from tests.core.notebook.marking import PATIENCE_S, added, new_highlight
from tests.emulator import SEQUENCE
from tests.pty import Terminal
from tui.core.notebook.notebook import Notebook
from tui.core.reading import read_episode

LATE = 20
"""Seconds after which something is taken not to come any more, on a slow machine."""

CANARY = "31337"

EVIL = (
    f"harmless \x1b]0;{CANARY}\x07 \x1b[{CANARY}m \x9b{CANARY}m \x1b]52;c;MzEzMzc=\x07 \u202e"
    " [red]x[/red] [/] [@click=app.quit]y[/]"
)


def write_evil(home: Path, folder: Path) -> None:
    """Keep a highlight, then put evil into every column that holds text."""
    file = folder / "tides.md"
    file.write_text("# Tides\n\n## Rope\n\nOne strand breaks. Two hold.\n", encoding="utf-8")
    (folder / "other.md").write_text("# Other\n\nWords.\n", encoding="utf-8")
    episode, notebook = read_episode(file), Notebook()
    notebook.make(added(new_highlight(notebook.of_episode(episode).source, episode, "Two hold.")))
    assert notebook.flush(PATIENCE_S)
    notebook.close()
    evil, names = [EVIL] * 8, json.dumps([EVIL])
    with sqlite3.connect(home / "data" / "notebook.db") as connection:
        connection.execute(
            "UPDATE highlights SET exact = ?, prefix = ?, heading = ?, text = ?, note = ?, speaker = ?,"
            " colour = ?, created = ?, tags = ?",
            [*evil, names],
        )
        connection.execute("UPDATE sources SET title = ?, show = ?, url = ?, people = ?", [*evil[:3], names])
    connection.close()


def drive(terminal: Terminal, *steps: tuple[str, str | Callable[[list[str]], bool]]) -> None:
    """Press keys, each when what the one before brings is there."""
    for key, brings in steps:
        terminal.send(key)
        terminal.wait_for(brings, LATE)
        terminal.quiet(0.2)


def test_nothing_in_the_notebook_s_file_acts(home: Path, tmp_path: Path) -> None:
    write_evil(home, tmp_path)
    command = (sys.executable, "-m", "tui", str(tmp_path))
    with Terminal(command, (100, 36), {"PULLQUOTE_HOME": str(home)}) as terminal:
        terminal.wait_for("Enter open", LATE)
        terminal.quiet(1)
        drive(
            terminal,
            ("H", "[@click=app.quit]"),
            ("s", "by date"),
            ("s", "by tag"),
            ("s", "by colour"),
            ("E", "for Obsidian"),
            ("j", "To read, to print"),
            ("escape", "by colour"),
            ("a", "keep"),
            ("escape", "by colour"),
        )
        terminal.send("q")
        assert terminal.wait_exit(LATE) == 0
        text = terminal.raw().decode("utf-8", "backslashreplace")
        assert not [match[0] for match in SEQUENCE.finditer(text) if CANARY in match[0]]
        assert "\u202e" not in text
        assert terminal.clipboard() == []
        assert terminal.restored() == []
