"""The list of a library: its first frame, opening it again, keys, sorting and filtering, a new file, memory.

Measured on made-up episodes (``benchmarks.libraries``), short ones: how long they are makes no difference to
a list once they are read.
"""

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from benchmarks.conditions import Conditions, Program, empty_app, keep, machine, marker, wait_until_shown
from benchmarks.libraries import kept, write_library
from benchmarks.search import Seconds, figures, timed, walk
from benchmarks.stopwatch import ANSWER_COLUMNS, Answer, answer_cells, press_all
from benchmarks.tables import median, megabytes, milliseconds, print_table, ratio
from tests.pty import Terminal
from tui.core.cache import collection_paused
from tui.core.catalogue.arranging import Arranger, Kept, View
from tui.core.catalogue.catalogue import Catalogue
from tui.core.catalogue.once import listed
from tui.core.catalogue.store import CatalogueFiles
from tui.core.search.changes import FileScan
from tui.core.sorting import SortKey

SECTIONS = 2

LOOKS = 15
DROPS = 5
WITHIN_S = 60.0

CALM_S = 1.5
"""After so long without output a library is known, compared and being watched."""

ARRANGED_S = 0.5
"""Nothing for so long means that the list is arranged."""

TYPED = "emre k"
"""Half of a name that one episode in eight has."""

MISSPELT = "bnech"

TICK_S = 0.001


@dataclass(slots=True)
class Starts:
    """One program's starts, a value for each round."""

    wall: Seconds = field(default_factory=list)
    cpu: Seconds = field(default_factory=list)


def run(episodes: int, libraries: Path | None, rounds: int) -> None:
    """Print how the list of a library of so many episodes does.

    Args:
        episodes: How many.
        libraries: Where libraries are kept for the next time, with what is known of them; None for nowhere.
        rounds: How often everything is started.
    """
    print(machine())
    with kept(libraries) as folder:
        home = folder / "home"
        os.environ["PULLQUOTE_HOME"] = str(home)
        library = made(folder / f"list {episodes}", episodes)
        one = made(folder / "list 1", 1)
        read(library)
        keep(next(one.rglob("*.md")))
        conditions = Conditions(next(one.rglob("*.md")), (), home, rounds, is_quick=False)
        first_frame(conditions, library, one)
        open_again(library)
        arrange(library)
        keys(conditions, library)
        drop(conditions, library)


def made(library: Path, episodes: int) -> Path:
    """Return the library of so many episodes, written unless that was done before."""
    if sum(1 for _ in library.glob("*/*.md")) != episodes:
        shutil.rmtree(library, ignore_errors=True)
        for path in write_library(library, episodes, SECTIONS):
            os.utime(path, (1_600_000_000, 1_600_000_000))
    return library


def read(library: Path) -> None:
    """Have what is known of a library brought up to date, and print how long the reading took."""
    before = time.perf_counter()
    rows = listed(library).rows
    seconds = time.perf_counter() - before
    size = CatalogueFiles(library).rows_file.stat().st_size
    print_table(
        f"Reading {len(rows):,} episodes, those that are not known yet, and keeping what is known",
        ("", "s", "ms an episode", "kept MB"),
        [("pullquote list", f"{seconds:.1f}", milliseconds(seconds / len(rows)), megabytes(size))],
    )


def program(name: str, folder: Path, wanted: bytes) -> Program:
    """Return our reader, opening a folder."""
    return Program(name, (sys.executable, "-m", "tui", str(folder)), wanted, folder)


def reader_of_list(library: Path) -> Program:
    """Return our reader, opening a library whose first title is known."""
    first = listed(library).rows[0]
    return program(f"{len(listed(library).rows):,} episodes", library, first.title[:20].encode())


def first_frame(conditions: Conditions, library: Path, one: Path) -> None:
    """Print how long the first frame takes, of one episode and of many, in turn."""
    many = reader_of_list(library)
    name = listed(library).rows[0].name.encode()
    programs = [
        empty_app(),
        program("one episode, which is opened", one, marker(conditions.sample)),
        many,
        replace(many, name=f"{many.name}, never seen", marker=name, is_first=True),
    ]
    settle(conditions, many)
    starts = {one.name: Starts() for one in programs}
    for turn in range(conditions.rounds):
        for one_of in programs[turn % len(programs) :] + programs[: turn % len(programs)]:
            with conditions.terminal(one_of) as terminal:
                before = terminal.on_cpu_seconds()
                terminal.wait_for_bytes(one_of.marker, WITHIN_S)
                starts[one_of.name].cpu.append(terminal.on_cpu_seconds() - before)
                starts[one_of.name].wall.append(wait_until_shown(terminal, one_of))
    base = starts[programs[1].name]
    print_table(
        f"First full frame, {conditions.rounds} interleaved rounds",
        ("", "min ms", "median ms", "CPU min ms", "× one, min", "× one, CPU"),
        [
            (
                name,
                milliseconds(min(found.wall)),
                milliseconds(median(found.wall)),
                milliseconds(min(found.cpu)),
                ratio(min(found.wall), min(base.wall)),
                ratio(min(found.cpu), min(base.cpu)),
            )
            for name, found in starts.items()
        ],
        "Never seen: until the first file is listed by its name, with an empty PULLQUOTE_HOME.",
    )


def settle(conditions: Conditions, of: Program) -> None:
    """Open a library and leave it, so that its first screen is kept."""
    with conditions.terminal(of) as terminal:
        terminal.wait_for_bytes(of.marker, WITHIN_S)
        terminal.quiet(CALM_S, WITHIN_S)
        terminal.send("q")
        terminal.wait_exit()


def open_again(library: Path) -> None:
    """Print how long it takes to know what was known, and to see that nothing has changed."""
    files = CatalogueFiles(library)
    contents = files.load()
    assert contents is not None
    catalogue = Catalogue(library, library, contents)
    walked: Seconds = []
    checked: Seconds = []
    loaded: Seconds = []
    for _ in range(LOOKS):
        walked.append(timed(lambda: walk(os.fspath(library))))
        checked.append(timed(lambda: catalogue.take_down(FileScan(library).run())))
        loaded.append(timed(files.load))
    rows: list[tuple[str, Seconds]] = [
        ("scandir and stat", walked),
        ("seeing that nothing changed", checked),
        ("loading what is known", loaded),
    ]
    base = median(walked)
    print_table(
        "Opening again: milliseconds",
        ("", "p50", "p95", "max", "÷ scandir and stat"),
        [(name, *figures(seconds), ratio(median(seconds), base)) for name, seconds in rows],
    )


class Waits:
    """Measures how long another thread waits for its turn, as the screen's does."""

    def __init__(self) -> None:
        self.longest = 0.0
        self.is_over = False
        self.thread = threading.Thread(target=self.tick, daemon=True)

    def tick(self) -> None:
        """Wake up again and again, and take down how late."""
        while not self.is_over:
            before = time.perf_counter()
            time.sleep(TICK_S)
            self.longest = max(self.longest, time.perf_counter() - before - TICK_S)

    def during(self, work: Callable[[], object]) -> tuple[float, float]:
        """Return the seconds that some work takes, and the longest that the other thread had to wait."""
        time.sleep(5 * TICK_S)
        self.longest = 0.0
        taken = timed(work)
        time.sleep(5 * TICK_S)
        return taken, self.longest


def load(files: CatalogueFiles) -> None:
    """Load what is known as the list does."""
    with collection_paused():
        files.load()


def arrange(library: Path) -> None:
    """Print how long sorting and filtering take, and how long the screen waits for its turn meanwhile."""
    waits = Waits()
    waits.thread.start()
    files = CatalogueFiles(library)
    works: list[tuple[str, Callable[[], object]]] = [("loading", partial(load, files))]
    rows = listed(library).rows
    arranger = Arranger()

    def ask(view: View) -> None:
        arranger.arrange(rows, view, {}, Kept())

    works += [(f"by {sort}", partial(ask, View(sort))) for sort in SortKey]
    works.append(("by date, grouped by show", partial(ask, View(SortKey.DATE, is_grouped=True))))
    letters = [TYPED[: length + 1] for length in range(len(TYPED))]
    works += [(f"“{typed}”", partial(ask, View(wanted=typed))) for typed in (*letters, MISSPELT)]
    measured = [(name, *waits.during(work)) for name, work in works]
    waits.is_over = True
    print_table(
        f"Arranging {len(rows):,} rows in a thread: milliseconds",
        ("", "until it is there", "longest wait of another thread"),
        [(name, milliseconds(taken), milliseconds(longest)) for name, taken, longest in measured],
        "An idle thread that asks for its turn while another works waits for 5 ms, as Python has it.",
    )


def keys(conditions: Conditions, library: Path) -> None:
    """Print how long keys take until the list has settled, and how much memory it takes."""
    of = reader_of_list(library)
    with conditions.terminal(of) as terminal:
        terminal.wait_for_bytes(of.marker, WITHIN_S)
        terminal.quiet(CALM_S, WITHIN_S)
        memory = terminal.rss()
        answers = [
            ("line down", press_all(terminal, ["j"] * 20)),
            ("page down", press_all(terminal, ["space"] * 20)),
            ("first, last", press_all(terminal, ["G", "g"] * 5)),
            ("sort", press_all(terminal, ["s"] * len(SortKey), ARRANGED_S)),
            ("group", press_all(terminal, ["o", "o"], ARRANGED_S)),
            ("filter, letter by letter", type_filter(terminal)),
        ]
        memory_later = terminal.rss()
    print_table(
        f"Keys in a list of {of.name}: milliseconds until it has settled",
        ("", *ANSWER_COLUMNS),
        [(name, *answer_cells(found)) for name, found in answers],
        f"Resident: {megabytes(memory)} MB, after all that {megabytes(memory_later)} MB.",
    )


def type_filter(terminal: Terminal) -> list[Answer]:
    """Type a filter and return the answers to its letters."""
    press_all(terminal, ["/"], ARRANGED_S)
    found = press_all(terminal, [key if key != " " else "space" for key in TYPED], ARRANGED_S)
    press_all(terminal, ["escape"], ARRANGED_S)
    return found


def drop(conditions: Conditions, library: Path) -> None:
    """Print how long it takes until a file that is dropped into the folder is listed with its title."""
    of = reader_of_list(library)
    took: Seconds = []
    first = library / listed(library).rows[0].place
    with conditions.terminal(of) as terminal:
        terminal.wait_for_bytes(of.marker, WITHIN_S)
        terminal.quiet(CALM_S, WITHIN_S)
        time.sleep(CALM_S)
        for number in range(DROPS):
            path = first.with_name(f"0 dropped {number}.md")
            began = time.perf_counter()
            path.write_text(f"# Dropped {number}\n\nWords.\n", encoding="utf-8")
            terminal.wait_for(f"Dropped {number}", WITHIN_S)
            took.append(time.perf_counter() - began)
            path.unlink()
            terminal.wait_for(lambda lines: "Dropped" not in "".join(lines), WITHIN_S)
            terminal.quiet(ARRANGED_S)
    print_table(
        "A file dropped into the folder: milliseconds until its title is on the screen",
        ("", "p50", "p95", "max"),
        [("watched, read, listed", *figures(took))],
    )
