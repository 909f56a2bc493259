"""Taking a sentence: how long its label takes to show, its text to arrive, how many keys it needs.

Also how many rules of sentence splitting are met, by the tables of the tests.
"""

from dataclasses import dataclass, field

from benchmarks.arrival import print_arrival
from benchmarks.conditions import Conditions, wait_until_read
from benchmarks.in_sight import print_reach
from benchmarks.stopwatch import Answer, press
from benchmarks.tables import kilobytes, median, milliseconds, percentile, print_table
from tests.pty import Terminal

PRESSES, QUICK_PRESSES = 60, 3

HEAD_ROWS = 3
"""What is said above the page is in one of these rows."""

AT_END = "100 %"
"""What is said there on the last page."""


@dataclass(slots=True)
class Presses:
    """What came of the keys that were pressed in turn on every page."""

    line: list[Answer] = field(default_factory=list)
    """A line on: what any key costs with this framework."""

    new: list[Answer] = field(default_factory=list)
    """``y`` on a page whose sentences nobody has asked for."""

    again: list[Answer] = field(default_factory=list)
    """``y`` on the same page."""


def run(conditions: Conditions) -> None:
    """Print all that is to be said about quoting."""
    _print_labels(conditions)
    print_arrival(conditions)
    print_reach(conditions.sample, is_quick=conditions.is_quick)
    _print_rules()


def _print_labels(conditions: Conditions) -> None:
    presses = QUICK_PRESSES if conditions.is_quick else PRESSES
    rows = []
    for program in (conditions.sample_reader(), conditions.large_readers()[0]):
        found = Presses()
        # A short text has too few new pages for one run; the shortest has one.
        for _ in range(presses):
            if len(found.new) < presses:
                with conditions.terminal(program) as terminal:
                    wait_until_read(terminal, program)
                    _press_on_pages(terminal, found, presses)
        rows += [
            _row(f"{program.name}: line", found.line, found.line),
            _row(f"{program.name}: y, a new page", found.new, found.line),
            _row(f"{program.name}: y, the page again", found.again, found.line),
        ]
    print_table(
        "Labels: milliseconds from y to labels drawn, beside a line key on the same page",
        (
            "",
            "n",
            "frame p50",
            "p95",
            "max",
            "over line p50",
            "p95",
            "settled p50",
            "p95",
            "max",
            "CPU p50",
            "kB each",
            "bytes later",
        ),
        rows,
        "Pressed in turn: page, y, escape, y, escape, line. Frame: to the last byte of the first frame,\n"
        "which has the labels. Over line: how much later that is than after a line key, by p50 and by p95.\n"
        "Settled: to the last byte before 60 ms of silence. Bytes later: what came after the first frame.",
    )


def _press_on_pages(terminal: Terminal, found: Presses, most: int) -> None:
    """Press the keys on every page up to the end of the text, or until there are enough answers."""
    is_done = False
    while not is_done:
        press(terminal, "space")
        for key, answers in (("y", found.new), ("y", found.again), ("j", found.line)):
            answer = press(terminal, key)
            if answer is not None:
                answers.append(answer)
            if key == "y":
                press(terminal, "escape")
        is_done = len(found.new) >= most or _is_at_end(terminal)


def _is_at_end(terminal: Terminal) -> bool:
    return any(AT_END in line for line in terminal.screen()[:HEAD_ROWS])


def _row(name: str, answers: list[Answer], line: list[Answer]) -> tuple[str, ...]:
    frame, line_frame = ([answer.frame for answer in some] for some in (answers, line))
    last = [answer.last for answer in answers]
    return (
        name,
        str(len(answers)),
        *_spread(frame),
        milliseconds(median(frame) - median(line_frame)),
        milliseconds(percentile(frame, 95) - percentile(line_frame, 95)),
        *_spread(last),
        milliseconds(median([answer.cpu for answer in answers])),
        kilobytes(median([answer.sent for answer in answers])),
        f"{median([answer.later for answer in answers]):.0f}",
    )


def _spread(seconds: list[float]) -> tuple[str, ...]:
    return tuple(map(milliseconds, (median(seconds), percentile(seconds, 95), max(seconds))))


def _print_rules() -> None:
    # Only here: it brings along what runs tests, which no other measurement should carry.
    from tests.core.test_sentences import GOLDEN, NOT_MET, OURS, is_met

    rows = [
        (name, str(sum(map(is_met, table.values()))), str(len(table)))
        for name, table in (("golden rules", GOLDEN), ("our own cases", OURS))
    ]
    print_table(
        "Sentences: rules that are met",
        ("", "met", "of"),
        rows,
        "\n".join(f"Not met: {name} ({reason})" for name, reason in NOT_MET.items()),
    )
