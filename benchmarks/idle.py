"""What is spent while nothing happens."""

import time

from benchmarks.conditions import Conditions, Program, empty_app, wait_until_read
from benchmarks.stopwatch import press_all
from benchmarks.tables import milliseconds, print_table
from tests.pty import Terminal

IDLE_S, QUICK_IDLE_S = 5.0, 1.0

CALM_S = 0.3
"""What a program does in so many seconds after a settled key belongs to the key."""


def run(conditions: Conditions) -> None:
    """Print the processor time and the bytes of programs nobody touches."""
    seconds = QUICK_IDLE_S if conditions.is_quick else IDLE_S
    sample = conditions.sample_reader()
    cases: list[tuple[str, Program, tuple[str, ...]]] = [
        ("empty Textual app", empty_app(), ()),
        ("sample episode", sample, ()),
        ("sample episode, search bar open", sample, ("/", "l", "i")),
    ]
    if not conditions.is_quick:
        cases += [(program.name, program, ()) for program in conditions.large_readers()]
    rows = []
    for name, program, keys in cases:
        with conditions.terminal(program) as terminal:
            wait_until_read(terminal, program)
            press_all(terminal, keys)
            time.sleep(CALM_S)
            rows.append((name, *_idle(terminal, seconds)))
    print_table(
        f"Idle: {seconds:.0f} s without a key",
        ("", "CPU ms", "bytes"),
        rows,
    )


def _idle(terminal: Terminal, seconds: float) -> tuple[str, str]:
    used, sent = terminal.on_cpu_seconds(), len(terminal.raw())
    time.sleep(seconds)
    return milliseconds(terminal.on_cpu_seconds() - used), str(len(terminal.raw()) - sent)
