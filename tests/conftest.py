"""What every test gets: a home of its own, nobody's clipboard, and the documents to read."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.programs import x_server

ROOT = Path(__file__).resolve().parents[1]
"""The checkout."""

REAL_TERMINAL = ("TMUX", "SSH_CONNECTION", "SSH_TTY", "DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR")
"""Variables that lead to the screen and the clipboard of the person who runs the tests."""

MORE_WORKERS = 3
"""So many test processes more than processors: those that drive a terminal wait most of the time."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes run tests where their number is left to us (``-n auto``)."""
    return (os.cpu_count() or 1) + MORE_WORKERS


# How long one example takes says nothing on a busy machine.
settings.register_profile("pullquote", deadline=None, print_blob=True)
settings.load_profile("pullquote")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh PULLQUOTE_HOME, and nothing of the terminal the tests were started in."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("PULLQUOTE_HOME", str(folder))
    for name in REAL_TERMINAL:
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A folder with two small episodes: one in Markdown, one as a page copied as text."""
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "harbours.md").write_text(
        "---\ntitle: How harbours silt up\nshow: Low Water\nnumber: 7\ndate: 2024-02-11\n---\n\n"
        "## The river brings it\n\nEvery river carries its hills to the sea. A spoonful at a time.\n\n"
        "## The dredger takes it away\n\n- Dredging never ends.\n- It only falls behind.\n",
        encoding="utf-8",
    )
    title = "Ida Brandt on Paper Maps | Folded Podcast #12"
    (folder / "Ida Brandt on Paper Maps.txt").write_text(
        f"{title}\n\n{title}\n\nBrief Summary\n\n"
        "This episode of Folded features a conversation with Ida Brandt, who draws maps for walkers.\n\n"
        "  • A map is a list of what was left out.\n  • Contours are read with the legs.\n\n"
        "Introduction\n\nBrandt begins with the first map she trusted and the hill that was not on it.\n\n"
        "What a contour says\n\nShe explains how a line of equal height becomes a slope in the mind.\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample episodes."""
    return ROOT / "episodes"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the checkout; without it the test skips."""
    folder = Path(os.environ.get("PULLQUOTE_SHARED", ROOT / "../shared")).resolve()
    if not folder.is_dir():
        pytest.skip("needs the real documents: a folder shared/ beside the checkout, or PULLQUOTE_SHARED")
    return folder


@pytest.fixture(scope="session")
def seed(shared: Path) -> Path:
    """The page that this reader was asked for, copied out of a browser as text."""
    return next((shared / "seed").glob("*.txt"))


@pytest.fixture
def display() -> Iterator[str]:
    """The name of a real X server without a screen."""
    yield from x_server()
