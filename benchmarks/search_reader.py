"""The reader while its library is searched and indexed: how long a key takes until the screen has settled."""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.conditions import ROOT, SIZE, environment
from benchmarks.stopwatch import ANSWER_COLUMNS, Answer, answer_cells, press_all
from benchmarks.tables import milliseconds, percentile, print_table
from tests.pty import Terminal
from tui.core.search.store import IndexFolder

PAGES = 20
"""Page keys in each round."""

ROUNDS = 3

OPENED = "opened.md"
"""The episode that is read meanwhile: it lies in the library itself, which is what is searched then."""

WORKING = 20
"""The index is being written once so many files are done."""

READY_WITHIN_S = 120.0
LETTERS = 60


def run(library: Path, home: Path, typed: Sequence[str]) -> None:
    """Print how long keys take.

    Args:
        library: The folder of episodes.
        home: The ``PULLQUOTE_HOME`` that has its index.
        typed: What is typed into the search, letter by letter: every beginning of every query.
    """
    episode = library / OPENED
    shutil.copy(next(library.glob("*/*.md")), episode)
    idle: list[Answer] = []
    indexing: list[Answer] = []
    for _ in range(ROUNDS):
        with reading(episode, home) as terminal:
            wait(lambda: not index_of(library, home).is_locked())
            idle += pages(terminal)
        with fresh_home() as fresh, reading(episode, fresh) as terminal:
            wait(partial(is_at_work, library, fresh))
            indexing += pages(terminal)
            wait(partial(is_at_work, library, fresh))
    with reading(episode, home) as terminal:
        letters = type_letters(terminal, typed)
    episode.unlink()
    late = percentile([one.frame for one in indexing], 95) - percentile([one.frame for one in idle], 95)
    print_table(
        f"The reader's keys, {SIZE[0]}×{SIZE[1]}: milliseconds from the key to the first and last byte",
        ("", *ANSWER_COLUMNS),
        [
            ("page, idle", *answer_cells(idle)),
            ("page, while the library is indexed", *answer_cells(indexing)),
            ("a letter of a search, its hits and their preview", *answer_cells(letters)),
        ],
        f"While it is indexed, the p95 of a page's first frame is {milliseconds(late)} ms later than idle.",
    )


@contextmanager
def fresh_home() -> Iterator[Path]:
    """Give a home without anything in it."""
    with tempfile.TemporaryDirectory(prefix="pullquote-home-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def index_of(library: Path, home: Path) -> IndexFolder:
    """Return where a reader of a home keeps a library's index."""
    return IndexFolder(library, home / "cache" / "search")


def is_at_work(library: Path, home: Path) -> bool:
    """Say whether the index is being written."""
    known = index_of(library, home).progress()
    return known is not None and WORKING <= known.done < known.total


@contextmanager
def reading(episode: Path, home: Path) -> Iterator[Terminal]:
    """Open an episode whose library is ready to be searched: that was asked for once."""
    with Terminal([sys.executable, "-m", "tui", episode], SIZE, environment(home), ROOT) as terminal:
        terminal.wait_for("find in this episode", READY_WITHIN_S)
        terminal.quiet(1.0, READY_WITHIN_S)
        terminal.send("s")
        # Not waiting for silence here: while the index is written, how far it is goes on being shown.
        terminal.wait_for("library /", READY_WITHIN_S)
        terminal.send("escape")
        terminal.quiet(1.0, READY_WITHIN_S)
        yield terminal


def pages(terminal: Terminal) -> list[Answer]:
    """Go through the episode by pages, and back."""
    return press_all(terminal, ["space", "space", "space", "b", "b", "b"] * (PAGES // 6 + 1))


def type_letters(terminal: Terminal, typed: Sequence[str]) -> list[Answer]:
    """Type queries into the search; each letter waits until the screen was still."""
    terminal.send("s")
    terminal.quiet(0.3)
    answers: list[Answer] = []
    for text in typed[:LETTERS]:
        if len(text) == 1:
            terminal.send("ctrl+u")
            terminal.quiet(0.1)
        answers += press_all(terminal, ["space" if text[-1] == " " else text[-1]])
    return answers


def wait(holds: Callable[[], bool]) -> None:
    """Wait until something holds.

    Raises:
        TimeoutError: It does not.
    """
    end = time.monotonic() + READY_WITHIN_S
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("the index is not as it should be")
        time.sleep(0.05)
