"""How long a typed letter takes until its hits are shown."""

import re

from benchmarks.conditions import Conditions, Program, common_words, wait_until_read
from benchmarks.stopwatch import ANSWER_COLUMNS, Answer, answer_cells, press, press_all
from benchmarks.tables import milliseconds, print_table
from tests.pty import Terminal

WORDS, QUICK_WORDS = 4, 1

FOUND_S = 0.4
"""Nothing for so long means that the hits are shown; a large text is searched in a thread meanwhile.

Shorter than the time between two blinks of the cursor, which would never let the screen settle.
"""

COUNTED = re.compile(r"\d / \d")
"""What the bar says once there are hits."""

BAR_ROWS = 3
"""The bar is in one of the last rows."""


def run(conditions: Conditions) -> None:
    """Print how long each letter of some words takes, and the very first one by itself."""
    documents = (conditions.sample, *conditions.large)
    rows = []
    for program, path in zip(
        [conditions.sample_reader(), *conditions.large_readers()], documents, strict=True
    ):
        words = common_words(path, QUICK_WORDS if conditions.is_quick else WORDS)
        first, others = _type(conditions, program, words)
        rows.append((program.name, milliseconds(first), *answer_cells(others)))
    print_table(
        "Find: milliseconds from a typed letter to the settled screen, letters one by one",
        ("", "first letter", *ANSWER_COLUMNS),
        rows,
        "The first letter makes the text ready for finding: until its hits are counted. Then: the others.",
    )


def _type(conditions: Conditions, program: Program, words: list[str]) -> tuple[float, list[Answer]]:
    """Type words, each into a bar newly opened; return the first letter's seconds and the others' answers."""
    answers: list[Answer] = []
    with conditions.terminal(program) as terminal:
        wait_until_read(terminal, program)
        _open(terminal)
        terminal.send(words[0][0])
        first = terminal.wait_for(lambda lines: any(map(COUNTED.search, lines[-BAR_ROWS:])))
        terminal.quiet(FOUND_S)
        answers += press_all(terminal, words[0][1:], FOUND_S)
        for word in words[1:]:
            press(terminal, "escape", FOUND_S)
            _open(terminal)
            answers += press_all(terminal, word, FOUND_S)
    return first, answers


def _open(terminal: Terminal) -> None:
    press(terminal, "/", FOUND_S)
