"""The whole program in a terminal: where it was left is where it opens, however it was left."""

import signal
import sys
from pathlib import Path

import pytest

from tests.pty import Terminal

PULLQUOTE = (sys.executable, "-m", "tui")

LATE = 20
"""Seconds after which something is taken not to come any more, on a slow machine."""

TEXT = "The harbour master keeps a book"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A folder with two episodes of many screens."""
    folder = tmp_path / "library"
    (folder / "sub").mkdir(parents=True)
    for name in ("book.md", "sub/log.md"):
        years = "".join(f"## Year {year}\n\nIn {year} the water came up.\n\n" for year in range(1911, 1990))
        (folder / name).write_text(f"# {Path(name).stem}\n\n## Intro\n\n{TEXT}.\n\n{years}", encoding="utf-8")
    return folder


def page(terminal: Terminal) -> list[str]:
    """The lines of the page, without what stands in its gutter."""
    return [line.strip(" ╶▎") for line in terminal.screen()[2:-2]]


def read_on(terminal: Terminal) -> list[str]:
    """Read some screens on; return the page then."""
    terminal.wait_for(TEXT, LATE)
    terminal.send(*["pagedown"] * 5)
    terminal.wait_for("Year 1927", LATE)
    terminal.quiet(0.5)
    return page(terminal)


def leave(terminal: Terminal, way: str) -> None:
    """Leave in one of several ways; that of a closed window is to do nothing more."""
    if way == "q":
        terminal.send("q")
    elif way == "KILL":
        terminal.quiet(2)  # the place is kept a second after the last move
        terminal.signal(signal.SIGKILL)
    elif way != "closed window":
        terminal.signal(signal.Signals[f"SIG{way}"])
    if way != "closed window":
        terminal.wait_exit(LATE)


@pytest.mark.parametrize("way", ["q", "TERM", "HUP", "INT", "QUIT", "closed window", "KILL"])
def test_it_opens_where_it_was_left(library: Path, way: str) -> None:
    with Terminal([*PULLQUOTE, library / "book.md"], (60, 20)) as terminal:
        left = read_on(terminal)
        leave(terminal, way)
    with Terminal([*PULLQUOTE, library / "book.md"], (60, 20)) as terminal:
        terminal.wait_for(lambda _: page(terminal) == left, LATE)


def test_the_very_first_frame_is_where_it_was_left(library: Path) -> None:
    with Terminal([*PULLQUOTE, library / "book.md"], (60, 20)) as terminal:
        read_on(terminal)
        terminal.send("q")
        terminal.wait_exit(LATE)
    with Terminal([*PULLQUOTE, library / "book.md"], (60, 20)) as terminal:
        terminal.wait_for("the water came up", LATE)
        terminal.quiet(1)
        assert TEXT.encode() not in terminal.raw()


def test_with_no_argument_it_opens_the_last_episode_in_its_library(library: Path, tmp_path: Path) -> None:
    env = {"PULLQUOTE_LIBRARY": str(library)}
    with Terminal([*PULLQUOTE, library / "sub" / "log.md"], (60, 20), env) as terminal:
        left = read_on(terminal)
        terminal.send("q")
        terminal.wait_exit(LATE)
    with Terminal(PULLQUOTE, (60, 20), env) as terminal:
        terminal.wait_for(lambda _: page(terminal) == left, LATE)
        terminal.send("l")
        terminal.wait_for("Library", LATE)
        terminal.wait_for("▌ log", LATE)
    elsewhere = {"PULLQUOTE_LIBRARY": str(tmp_path)}
    with Terminal(PULLQUOTE, (60, 20), elsewhere) as terminal:
        terminal.wait_for(lambda _: page(terminal) == left, LATE)


def test_with_no_argument_and_nothing_read_it_opens_the_library(library: Path) -> None:
    with Terminal(PULLQUOTE, (60, 20), {"PULLQUOTE_LIBRARY": str(library)}) as terminal:
        terminal.wait_for("Library", LATE)


def test_a_last_episode_that_can_not_be_read_any_more_gives_way_to_the_library(library: Path) -> None:
    env = {"PULLQUOTE_LIBRARY": str(library)}
    with Terminal([*PULLQUOTE, library / "book.md"], (60, 20), env) as terminal:
        read_on(terminal)
        terminal.send("q")
        terminal.wait_exit(LATE)
    (library / "book.md").write_bytes(b"\x7fELF\x00\x00\x01" + bytes(range(256)) * 40)
    with Terminal(PULLQUOTE, (60, 20), env) as terminal:
        terminal.wait_for("Library", LATE)


def test_with_a_folder_the_cursor_is_on_the_episode_that_was_read_last(library: Path) -> None:
    with Terminal([*PULLQUOTE, library / "sub" / "log.md"], (60, 20)) as terminal:
        read_on(terminal)
        terminal.send("q")
        terminal.wait_exit(LATE)
    with Terminal([*PULLQUOTE, library], (60, 20)) as terminal:
        terminal.wait_for("▌ log", LATE)
