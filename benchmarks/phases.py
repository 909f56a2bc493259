"""Where the time of a start goes."""

import json
import sys
import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from benchmarks.conditions import Conditions, Program, empty_app, first_and_again, wait_until_shown
from benchmarks.tables import median, milliseconds, print_table

LAUNCHER = """
import time
begun = time.monotonic()
import sys
from benchmarks.timed import main
main(begun, sys.argv[1:])
"""
"""Takes the time before anything is imported: what comes before it is the interpreter's own."""

FIRST_FRAME = "composed, laid out and drawn"


def run(conditions: Conditions) -> None:
    """Print how long each step of a start takes, for the empty app and for the reader, in turn."""
    programs = [
        empty_app(),
        *first_and_again(conditions.sample_reader()),
        *(replace(reader, is_first=True) for reader in conditions.large_readers()),
    ]
    steps: list[list[dict[str, float]]] = [[] for _ in programs]
    for _ in range(conditions.rounds):
        for program, found in zip(programs, steps, strict=True):
            found.append(_steps(conditions, program))
    print_table(
        f"Where the start goes: milliseconds, minimum / median of {conditions.rounds} interleaved rounds",
        ("", *(program.name for program in programs)),
        [_row(name, steps) for name in (*steps[0][0], "together")],
        "First: with an empty PULLQUOTE_HOME. Again: what was read is kept; large files show their head.",
    )


def _row(name: str, steps: list[list[dict[str, float]]]) -> tuple[str, ...]:
    cells = []
    for found in steps:
        values = [sum(one.values()) if name == "together" else one[name] for one in found]
        cells.append(f"{milliseconds(min(values))} / {milliseconds(median(values))}")
    return (name, *cells)


def _steps(conditions: Conditions, program: Program) -> dict[str, float]:
    """Return the seconds of each step of one start."""
    with tempfile.TemporaryDirectory() as folder:
        stamps = Path(folder) / "stamps.json"
        words = (str(stamps), *([str(program.document)] if program.document else []))
        timed = replace(program, argv=(sys.executable, "-c", LAUNCHER, *words))
        with conditions.terminal(timed) as terminal:
            begun = terminal.asked_at
            shown = wait_until_shown(terminal, program)
            terminal.send("ctrl+q")
            terminal.wait_exit()
            ends: dict[str, float] = json.loads(stamps.read_text(encoding="utf-8"))
    moments = [begun, *ends.values(), begun + shown]
    names = (*ends, FIRST_FRAME)
    return {name: end - start for name, (start, end) in zip(names, pairwise(moments), strict=True)}
