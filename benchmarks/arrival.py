"""How long it takes from a label's last letter until the text can be read back from the clipboard."""

import shlex
import shutil
import subprocess
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import cycle, islice
from pathlib import Path

from benchmarks.conditions import SIZE, Conditions, wait_until_read
from benchmarks.in_sight import first_page
from benchmarks.stopwatch import press_all
from benchmarks.tables import median, milliseconds, percentile, print_table
from tests.pty import Terminal
from tui.core.osc52 import osc52
from tui.core.quotes import quote_blocks
from tui.core.settings import Settings
from tui.core.styles import render

COPIES, QUICK_COPIES = 30, 3

STATUS_ROWS = 1
"""What tmux takes of the terminal for itself, as it is by default."""

CALM_S = 0.7
"""tmux has shown everything when nothing more came for so long."""

WITHIN_S = 5.0
"""A text that is not there after so long has not arrived."""

ASK_AGAIN_S = 0.002


@dataclass(slots=True)
class Arrivals:
    """One way to a clipboard."""

    seconds: list[float] = field(default_factory=list)
    """From the label's last letter until the whole text was there, letter for letter."""

    lost: int = 0


def print_arrival(conditions: Conditions) -> None:
    """Print how long copies take, to the terminal and inside tmux, and whether each arrived as it should."""
    copies = list(
        islice(cycle(_expected(conditions.sample).items()), QUICK_COPIES if conditions.is_quick else COPIES)
    )
    rows = [_row("OSC 52, decoded by the terminal", _to_terminal(conditions, copies))]
    note = "The text is compared with what the label's sentence gives by itself, with its citation."
    tmux = shutil.which("tmux")
    if tmux is None:
        note += "\ntmux is not installed: not measured."
    else:
        buffer, outer, asking = _through_tmux(conditions, tmux, copies)
        rows += [
            _row("inside tmux: tmux show-buffer", buffer),
            _row("inside tmux: the terminal around it", outer),
        ]
        note += f"\nAsking tmux for its buffer takes {milliseconds(asking)} ms, which is in its row."
    print_table(
        "Arrival: milliseconds from a label's last letter until the text is read back from the clipboard",
        ("", "arrived", "first copy", "p50", "p95", "max ms"),
        rows,
        note,
    )


def _expected(path: Path) -> dict[str, str]:
    """Return what each label of an episode's first page copies."""
    episode, page = first_page(path)
    usual = Settings().quotes
    return {
        label: render(quote_blocks(episode, sentence.start, sentence.end), usual.style, usual)
        for label, sentence in page.items()
    }


def _to_terminal(conditions: Conditions, copies: list[tuple[str, str]]) -> Arrivals:
    arrivals = Arrivals()
    program = conditions.sample_reader()
    with conditions.terminal(program) as terminal:
        wait_until_read(terminal, program)
        for label, text in copies:
            _type_label(terminal, label)
            _wait_for_output(terminal, osc52(text).encode(), arrivals)
            terminal.quiet()
            if terminal.clipboard()[-1:] != [text]:
                arrivals.lost += 1
    return arrivals


def _through_tmux(
    conditions: Conditions, tmux: str, copies: list[tuple[str, str]]
) -> tuple[Arrivals, Arrivals, float]:
    """Return what arrived in tmux's buffer and in the terminal around it, and the seconds of one question."""
    buffer, outer = Arrivals(), Arrivals()
    asking: list[float] = []
    with _tmux(conditions, tmux) as (terminal, show_buffer):
        for label, text in copies:
            _type_label(terminal, label)
            _ask_until(show_buffer, text, terminal.asked_at, buffer, asking)
            _wait_for_output(terminal, b64encode(text.encode()), outer)
            terminal.quiet()
    return buffer, outer, median(asking)


@contextmanager
def _tmux(conditions: Conditions, tmux: str) -> Iterator[tuple[Terminal, list[str]]]:
    """Run the reader in a tmux of its own, with default settings.

    Yields:
        The terminal around tmux, and the command that prints tmux's buffer.
    """
    reader = conditions.sample_reader()
    columns, rows = SIZE
    with tempfile.TemporaryDirectory(prefix="pullquote-tmux-") as folder:
        server = [tmux, "-S", str(Path(folder) / "socket"), "-f", "/dev/null"]
        program = replace(reader, argv=(*server, "new-session", shlex.join(reader.argv)))
        with conditions.terminal(program, (columns, rows + STATUS_ROWS)) as terminal:
            try:
                terminal.wait_for(reader.marker.decode())
                terminal.quiet(CALM_S)
                yield terminal, [*server, "show-buffer"]
            finally:
                subprocess.run([*server, "kill-server"], check=False, capture_output=True)


def _type_label(terminal: Terminal, label: str) -> None:
    """Type ``y`` and a label, each letter on a settled screen; the last one is not waited for."""
    press_all(terminal, ["y", *label[:-1]])
    terminal.send(label[-1])


def _wait_for_output(terminal: Terminal, wanted: bytes, arrivals: Arrivals) -> None:
    try:
        arrivals.seconds.append(terminal.wait_for_bytes(wanted, WITHIN_S))
    except TimeoutError:
        arrivals.lost += 1


def _ask_until(
    command: list[str], text: str, asked_at: float, arrivals: Arrivals, asking: list[float]
) -> None:
    """Run a command until it prints a text; note when it did, and how long each run took."""
    while (begun := time.monotonic()) < asked_at + WITHIN_S:
        printed = subprocess.run(command, check=False, capture_output=True).stdout
        ended = time.monotonic()
        asking.append(ended - begun)
        if printed == text.encode():
            arrivals.seconds.append(ended - asked_at)
            return
        time.sleep(ASK_AGAIN_S)
    arrivals.lost += 1


def _row(name: str, arrivals: Arrivals) -> tuple[str, ...]:
    seconds = arrivals.seconds
    arrived = f"{len(seconds)} of {len(seconds) + arrivals.lost}"
    if not seconds:
        return (name, arrived, "", "", "", "")
    return (
        name,
        arrived,
        milliseconds(seconds[0]),
        milliseconds(median(seconds)),
        milliseconds(percentile(seconds, 95)),
        milliseconds(max(seconds)),
    )
