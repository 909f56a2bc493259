"""How much memory stays resident."""

from pathlib import Path

from benchmarks.conditions import Conditions, Program, empty_app, first_and_again, wait_until_read
from benchmarks.stopwatch import press_all
from benchmarks.tables import megabytes, milliseconds, print_table, ratio
from tests.pty import Terminal

PAGES, QUICK_PAGES = 1000, 50

NEXT_FRAME_S = 0.005
"""Between two page keys: enough for the frame to end."""


def run(conditions: Conditions) -> None:
    """Print the resident memory after loading, and after many page keys."""
    pages = QUICK_PAGES if conditions.is_quick else PAGES
    empty = empty_app()
    readers = [conditions.sample_reader(), *conditions.large_readers()]
    programs = [empty, *(one for reader in readers for one in first_and_again(reader))]
    measured = [_measure(conditions, program, pages if program.reads_on else 0) for program in programs]
    base = measured[0][1]
    print_table(
        "Memory: resident megabytes",
        ("", "read after ms", "loaded MB", "× empty", "peak MB", f"after {pages} pages MB"),
        [
            (
                program.name,
                milliseconds(seconds),
                megabytes(loaded),
                ratio(loaded, base),
                megabytes(peak),
                megabytes(paged) if program.reads_on else "",
            )
            for program, (seconds, loaded, peak, paged) in zip(programs, measured, strict=True)
        ],
        "Peak: the most that was resident until everything was read (VmHWM).",
    )


def _measure(conditions: Conditions, program: Program, pages: int) -> tuple[float, int, int, int]:
    """Return the seconds until everything was read, and the bytes then, at most, and after page keys."""
    with conditions.terminal(program) as terminal:
        seconds = wait_until_read(terminal, program)
        loaded, peak = terminal.rss(), _peak(terminal)
        press_all(terminal, ["space"] * pages, NEXT_FRAME_S)
        return seconds, loaded, peak, terminal.rss()


def _peak(terminal: Terminal) -> int:
    for line in Path(f"/proc/{terminal.pid}/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name == "VmHWM":
            return int(value.split()[0]) * 1024
    return 0
