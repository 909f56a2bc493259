"""How long a key takes until the screen has settled."""

from dataclasses import dataclass, replace
from itertools import cycle, islice

from benchmarks.conditions import (
    LARGE_SIZE,
    SIZE,
    Conditions,
    Program,
    less,
    reads_on,
    wait_until_read,
    wait_until_shown,
)
from benchmarks.stopwatch import ANSWER_COLUMNS, Answer, answer_cells, press, press_all
from benchmarks.tables import print_table
from tests.pty import Terminal

PRESSES, QUICK_PRESSES = 60, 6


@dataclass(frozen=True, slots=True)
class Movement:
    """Keys that move through a text in one way."""

    name: str
    there: str
    back: str
    steps: int
    """How far it goes in a short text before it turns back."""

    presses: int = PRESSES
    """At most."""

    in_less: bool = True

    def in_short_text(self) -> list[str]:
        """Return the keys for a text that is soon at its end: there and back."""
        return list(islice(cycle([self.there] * self.steps + [self.back] * self.steps), self.presses))

    def in_long_text(self) -> list[str]:
        """Return the keys for a text without end: always on, to where nothing has been laid out yet."""
        if self.steps == 1:
            return self.in_short_text()
        return [self.there] * self.presses


MOVEMENTS = (
    Movement("page", "space", "b", 3),
    Movement("line", "j", "k", 20),
    Movement("section", "]", "[", 6, in_less=False),
    Movement("end and top", "G", "g", 1, 20),
)


def run(conditions: Conditions) -> None:
    """Print how long each movement takes, in each document, program and size of the terminal."""
    for size in (SIZE,) if conditions.is_quick else (SIZE, LARGE_SIZE):
        rows = [row for program in _programs(conditions) for row in _rows(conditions, program, size)]
        print_table(
            f"Keys: milliseconds from the key to the first and last byte, {size[0]}×{size[1]}",
            ("", *ANSWER_COLUMNS),
            rows,
            "Each key waits until the screen was still for 60 ms. In 10 MB every page is a new one.",
        )


def _programs(conditions: Conditions) -> list[Program]:
    pagers = [less("less, sample", conditions.sample), less("less, 10 MB", conditions.large[0])]
    return [
        conditions.sample_reader(),
        *conditions.large_readers(),
        *(pager for pager in pagers if pager is not None and not conditions.is_quick),
    ]


def _rows(conditions: Conditions, program: Program, size: tuple[int, int]) -> list[tuple[str, ...]]:
    is_pager = program.name.startswith("less")
    is_long = "10 MB" in program.name
    rows = []
    with conditions.terminal(program, size) as terminal:
        wait_until_read(terminal, program)
        for movement in MOVEMENTS:
            if is_pager and not movement.in_less:
                continue
            keys = movement.in_long_text() if is_long else movement.in_short_text()
            answers = press_all(terminal, keys[: QUICK_PRESSES if conditions.is_quick else None])
            rows.append((f"{program.name}: {movement.name}", *answer_cells(answers)))
    if program.reads_on:
        # For the first time, when there is most to do beside the keys.
        first = replace(program, is_first=True)
        with conditions.terminal(first, size) as terminal:
            wait_until_shown(terminal, first)
            rows.append((f"{program.name}, first, reading on: page", *answer_cells(_while_reading(terminal))))
    return rows


def _while_reading(terminal: Terminal) -> list[Answer]:
    """Press the page key as long as the file is being read."""
    answers = []
    while reads_on(terminal.screen()):
        answer = press(terminal, "space")
        if answer is not None:
            answers.append(answer)
    return answers
