"""Pressing keys and taking the time until the screen has settled."""

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.conditions import FRAME_GAP_S
from benchmarks.tables import kilobytes, median, milliseconds, percentile
from tests.pty import Terminal

SETTLED_S = 0.06
"""The screen has settled when nothing more came for so long: several frames."""

SILENT_S = 1.0
"""A key that brings no output for so long brings none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a key."""

    first: float
    """Seconds from the key to the first byte."""

    last: float
    """Seconds from the key to the last byte of the settled screen."""

    sent: int
    """Bytes."""

    cpu: float
    """Seconds of processor time of all threads, until the screen had settled."""

    frame: float
    """Seconds from the key to the last byte of the first frame."""

    later: int
    """How many of the bytes came after the first frame."""


def press(terminal: Terminal, key: str, settled: float = SETTLED_S) -> Answer | None:
    """Press a key and wait until the screen has settled; return None if nothing came of it."""
    before = terminal.on_cpu_seconds()
    terminal.send(key)
    try:
        first = terminal.wait_for_bytes(timeout=SILENT_S)
    except TimeoutError:
        return None
    last = terminal.quiet(settled)
    used = terminal.on_cpu_seconds() - before
    pieces = terminal.pieces()
    frame = first
    sent = later = 0
    for at, data in pieces:
        sent += len(data)
        if not later and at - frame < FRAME_GAP_S:
            frame = at
        else:
            later += len(data)
    return Answer(first, last, sent, used, frame, later)


def press_all(terminal: Terminal, keys: Iterable[str], settled: float = SETTLED_S) -> list[Answer]:
    """Press keys, each on a settled screen; return the answers of those that brought any."""
    answers = (press(terminal, key, settled) for key in keys)
    return [answer for answer in answers if answer is not None]


ANSWER_COLUMNS = ("n", "first p50", "p95", "settled p50", "p95", "max ms", "CPU p50", "kB each", "max kB")


def answer_cells(answers: list[Answer]) -> tuple[str, ...]:
    """Return the cells of ``ANSWER_COLUMNS``; blank ones if there was no answer."""
    if not answers:
        return ("0", *[""] * (len(ANSWER_COLUMNS) - 1))
    first = [answer.first for answer in answers]
    last = [answer.last for answer in answers]
    sent = [answer.sent for answer in answers]
    return (
        str(len(answers)),
        milliseconds(median(first)),
        milliseconds(percentile(first, 95)),
        milliseconds(median(last)),
        milliseconds(percentile(last, 95)),
        milliseconds(max(last)),
        milliseconds(median([answer.cpu for answer in answers])),
        kilobytes(median(sent)),
        kilobytes(max(sent)),
    )
