"""What the commands that search a library draw on a terminal."""

import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pty import Terminal
from tui.cli.progress import Bar

FERRIES = (
    "---\ntitle: On Ferries\nshow: Low Water\ndate: 2024-02-11\n---\n\n"
    "## Ice and ferries\n\nThe river froze.\n"
)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    (folder / "ferries.md").write_text(FERRIES, encoding="utf-8")
    return folder


def run(home: Path, *words: str, env: dict[str, str | None] | None = None) -> tuple[list[str], bytes]:
    """Return the screen after a command, and what it wrote."""
    command = [sys.executable, "-m", "tui", *words]
    given = {"PULLQUOTE_HOME": str(home), **(env or {})}
    with Terminal(command, size=(70, 12), env=given, cwd=ROOT) as terminal:
        terminal.wait_exit()
        terminal.quiet(0.05)
        return terminal.screen(), terminal.raw()


def test_hits_stand_below_their_episode_with_the_words_in_colour(shelf: Path, tmp_path: Path) -> None:
    screen, raw = run(tmp_path / "home", "search", "ferries", str(shelf))
    assert screen[0] == "On Ferries  Low Water · 2024-02-11"
    assert screen[1] == "  1  Ice and ferries"
    assert screen[2].strip() == "The river froze."
    assert "1 section" in screen[4]
    assert b"\x1b[1;31mFerries\x1b[0m\x1b[1m" in raw
    assert b"Ice and \x1b[1;31mferries\x1b[0m" in raw


def test_without_colour_the_words_are_bold(shelf: Path, tmp_path: Path) -> None:
    _, raw = run(tmp_path / "home", "search", "froze", str(shelf), env={"NO_COLOR": "1"})
    assert b"\x1b[1mfroze\x1b[0m" in raw
    assert b"31m" not in raw


def test_a_bar_tells_how_many_of_how_many_and_goes(tmp_path: Path) -> None:
    go = tmp_path / "go"
    code = (
        "from tui.cli import progress\n"
        "import pathlib, time\n"
        "progress.PATIENCE_S = 0\n"
        "with progress.progress_bar('indexing') as tell:\n"
        "    tell(0, 0); tell(1, 8); tell(6, 8)\n"
        f"    while not pathlib.Path({str(go)!r}).exists(): time.sleep(0.01)\n"
        "print('done')"
    )
    with Terminal([sys.executable, "-c", code], size=(70, 6), cwd=ROOT) as terminal:
        terminal.wait_for("6/8")
        assert terminal.screen()[0].startswith("indexing")
        go.touch()
        terminal.wait_for("done")
        terminal.wait_exit()
        assert not any("indexing" in line for line in terminal.screen())
        assert terminal.restored() == []


def test_a_bar_that_never_came_leaves_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    bar = Bar("indexing")
    bar.tell(0, 9)
    bar.close()
    assert capsys.readouterr().err == ""
