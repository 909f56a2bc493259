"""What is measured and under which conditions: the programs, their terminal, the documents."""

import os
import shutil
import signal
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.pty import Terminal
from tui.core import cache
from tui.core.episode import Episode
from tui.core.reading import read_episode

ROOT = Path(__file__).resolve().parents[1]

SIZE = (120, 36)
"""Columns and rows of the terminal, where nothing else is said."""

LARGE_SIZE = (200, 60)

FRAME_GAP_S = 0.008
"""A frame has ended when nothing more came for so long: half the time between two of Textual's frames."""

READING_ON = "reading on"
"""What the reader's head shows until a large file is read to its end."""

READ_WITHIN_S = 60
"""A large file must be read to its end by then."""

MARKER_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Program:
    """Something to measure."""

    name: str
    argv: tuple[str, ...]
    marker: bytes
    """What is in the first full frame and not before it."""

    document: Path | None = None
    reads_on: bool = False
    """Whether it goes on reading after the first frame, and says so."""

    is_first: bool = False
    """Whether it has never run: nothing it read is kept. Else the document was read before (``keep``)."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """How everything is measured in one run."""

    sample: Path
    large: tuple[Path, ...]
    """The documents of ten megabytes."""

    home: Path
    """The ``PULLQUOTE_HOME`` in which the documents are kept."""

    rounds: int
    is_quick: bool

    def sample_reader(self) -> Program:
        """Return the reader on an episode of the usual length."""
        return reader("sample episode", self.sample)

    def large_readers(self) -> list[Program]:
        """Return the reader on each large document."""
        return [reader(path.stem, path, reads_on=True) for path in self.large]

    @contextmanager
    def terminal(self, program: Program, size: tuple[int, int] = SIZE) -> Iterator[Terminal]:
        """Run a program in a terminal; it is ended at once at the end, whatever it is doing."""
        with (
            self._home(program) as home,
            Terminal(program.argv, size, environment(home), ROOT) as terminal,
        ):
            yield terminal
            terminal.signal(signal.SIGKILL)

    @contextmanager
    def _home(self, program: Program) -> Iterator[Path]:
        """Give a program the home with what is kept, or an empty one if it is to run for the first time."""
        if not program.is_first:
            begin_anew(self.home)
            yield self.home
            return
        with tempfile.TemporaryDirectory(prefix="pullquote-first-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)


def begin_anew(home: Path) -> None:
    """Have every document in a home open at its beginning, as if that was where reading was left."""
    file = home / "data" / "notebook.db"
    if file.exists():
        with closing(sqlite3.connect(file)) as notebook, notebook:
            notebook.execute("UPDATE readings SET exact = '', first = 0, last = 0, share = 0")


def environment(home: Path) -> Mapping[str, str | None]:
    """Return changes to the environment: own settings, and modules compiled as an installed program's are."""
    return {
        "PULLQUOTE_HOME": str(home),
        "PULLQUOTE_THEME": "dark",
        "PYTHONDONTWRITEBYTECODE": None,
        "PYTHONUNBUFFERED": None,
        "PYTHONPATH": None,
    }


def first_and_again(program: Program) -> list[Program]:
    """Return a reader twice: opening its document for the first time, and when it was read before."""
    return [
        replace(program, name=f"{program.name}, first", is_first=True),
        replace(program, name=f"{program.name}, again"),
    ]


def keep(path: Path) -> None:
    """Keep an episode and its head in our own ``PULLQUOTE_HOME``, as the reader does when it has read them.

    Raises:
        ValueError: It can't be kept.
    """
    before = cache.stamp(path)
    if not all(cache.store(read_episode(path, head=head), before) for head in (True, False)):
        message = f"{path} can't be kept; was it changed just now?"
        raise ValueError(message)


def empty_app() -> Program:
    """Return the smallest Textual program."""
    from benchmarks.empty_app import TEXT

    return Program("empty Textual app", (sys.executable, "-m", "benchmarks.empty_app"), TEXT.encode())


def text_app() -> Program:
    """Return the smallest Textual program that fills the screen with text."""
    from benchmarks.text_app import TEXT

    return Program("one page of fixed text", (sys.executable, "-m", "benchmarks.text_app"), TEXT.encode())


def reader(name: str, path: Path, *, reads_on: bool = False) -> Program:
    """Return our reader, opening an episode."""
    return Program(name, (sys.executable, "-m", "tui", str(path)), marker(path), path, reads_on)


def less(name: str, path: Path) -> Program | None:
    """Return ``less`` on a file; None where it is not installed."""
    command = shutil.which("less")
    if command is None:
        return None
    with path.open("rb") as file:
        return Program(name, (command, str(path)), file.read(MARKER_LENGTH).splitlines()[0], path)


def marker(path: Path) -> bytes:
    """Return the first words of an episode's first paragraph, which the first frame shows in one line."""
    words = first_paragraph(read_episode(path, head=True))[: MARKER_LENGTH + 1]
    return words.rpartition(" ")[0].encode()


def first_paragraph(episode: Episode) -> str:
    """Return the first block that is long enough to be told from headings.

    Raises:
        ValueError: There is none.
    """
    for section in episode.sections:
        for block in section.blocks:
            if len(block.text) > MARKER_LENGTH and not block.spans:
                return block.text
    message = f"{episode.path} has no paragraph to wait for"
    raise ValueError(message)


def common_words(path: Path, count: int) -> list[str]:
    """Return the commonest ASCII words of six and more letters of an episode's beginning, in lower case."""
    episode = read_episode(path, head=True)
    words = Counter(
        word.lower()
        for section in episode.sections
        for word in section.text.split()
        if len(word) >= 6 and word.isascii() and word.isalpha()
    )
    return [word for word, _ in words.most_common(count)]


def wait_until_shown(terminal: Terminal, program: Program) -> float:
    """Wait for the first full frame; return the seconds from the program's start to its last byte."""
    terminal.wait_for_bytes(program.marker)
    return terminal.quiet(FRAME_GAP_S)


def wait_until_read(terminal: Terminal, program: Program) -> float:
    """Wait until a program has shown and read everything; return the seconds from its start.

    Raises:
        TimeoutError: It should say that it reads on and does not, or it does not come to an end.
    """
    shown = wait_until_shown(terminal, program)
    if program.reads_on:
        terminal.wait_for(READING_ON)
        shown = terminal.wait_for(lambda lines: not reads_on(lines), READ_WITHIN_S)
    # The garbage collector's timer and the like are not what the next key costs.
    terminal.quiet(0.7)
    return shown


def reads_on(lines: list[str]) -> bool:
    """Say whether the reader's head says that it has not read everything yet."""
    return any(READING_ON in line for line in lines[:3])


def machine() -> str:
    """Return a line about where this was measured."""
    import textual

    version = ".".join(map(str, sys.version_info[:3]))
    load = os.getloadavg()[0]
    return f"Python {version}, Textual {textual.__version__}, {os.cpu_count()} cores, load {load:.1f}"
