"""How long it takes until the first full frame is there, and what it costs."""

import time
from dataclasses import dataclass, field

from benchmarks.conditions import (
    Conditions,
    Program,
    empty_app,
    first_and_again,
    less,
    text_app,
    wait_until_shown,
)
from benchmarks.tables import kilobytes, median, megabytes, milliseconds, print_table, ratio
from tests.pty import Terminal

SETTLED_S = 0.25
"""A program has settled when it wrote nothing for so long."""

LATER_S, QUICK_LATER_S = 3.0, 1.0


@dataclass(slots=True)
class Starts:
    """One program's starts, a value for each round."""

    wall: list[float] = field(default_factory=list)
    """Seconds from exec to the last byte of the first full frame."""

    cpu: list[float] = field(default_factory=list)
    """Processor seconds of all threads when the marker came."""

    sent: list[float] = field(default_factory=list)
    """Bytes until it settled."""

    memory: list[float] = field(default_factory=list)
    """Resident bytes right after the first frame."""

    memory_later: float = 0.0


def run(conditions: Conditions) -> None:
    """Print what starting costs, all programs in turn, so that a busy machine slows all of them."""
    empty = empty_app()
    readers = [conditions.sample_reader(), *conditions.large_readers()]
    programs = [empty, text_app(), *(one for reader in readers for one in first_and_again(reader))]
    pager = less("less, sample", conditions.sample)
    if pager is not None:
        programs.append(pager)
    starts = {program.name: Starts() for program in programs}
    later = QUICK_LATER_S if conditions.is_quick else LATER_S
    for number in range(conditions.rounds):
        is_last = number == conditions.rounds - 1
        # Another first one each time: nobody always starts after the same neighbour.
        turn = number % len(programs)
        for program in programs[turn:] + programs[:turn]:
            with conditions.terminal(program) as terminal:
                _measure(terminal, program, starts[program.name], later if is_last else None)
    print_table(
        f"Start: from exec to the end of the first full frame, {conditions.rounds} interleaved rounds",
        (
            "",
            "min ms",
            "× min",
            "median ms",
            "× median",
            "CPU min ms",
            "× CPU",
            "sent kB",
            "RSS MB",
            f"+{later:.0f} s MB",
        ),
        [_row(name, values, starts[empty.name]) for name, values in starts.items()],
        "× is how many times the empty app's figure in the column before. CPU: of all threads when the\n"
        "first text of the body arrived. Sent: until nothing came for 0.25 s. RSS: after the first frame.\n"
        "First: with an empty PULLQUOTE_HOME. Again: what was read is kept; large files show their head.",
    )


def _measure(terminal: Terminal, program: Program, starts: Starts, later: float | None) -> None:
    """Measure one start; ``later`` is after how many more seconds the memory is looked at again."""
    # The process was another program, which took the terminal, before it was this one.
    before = terminal.on_cpu_seconds()
    terminal.wait_for_bytes(program.marker)
    starts.cpu.append(terminal.on_cpu_seconds() - before)
    starts.wall.append(wait_until_shown(terminal, program))
    starts.memory.append(terminal.rss())
    terminal.quiet(SETTLED_S)
    starts.sent.append(len(terminal.raw()))
    if later is not None:
        time.sleep(later)
        starts.memory_later = terminal.rss()


def _row(name: str, values: Starts, base: Starts) -> tuple[str, ...]:
    return (
        name,
        milliseconds(min(values.wall)),
        ratio(min(values.wall), min(base.wall)),
        milliseconds(median(values.wall)),
        ratio(median(values.wall), median(base.wall)),
        milliseconds(min(values.cpu)),
        ratio(min(values.cpu), min(base.cpu)),
        kilobytes(median(values.sent)),
        megabytes(median(values.memory)),
        megabytes(values.memory_later),
    )
