"""A notebook in a folder of its own, and an episode to mark."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.core.notebook.marking import Heard
from tui.core.episode import Episode
from tui.core.notebook import keeping
from tui.core.notebook.notebook import Notebook
from tui.core.reading import read_episode

TIDES = """# Tides

Before any heading.

## Rope

- One strand breaks. Two hold.
- Three never do.

## Water

Spring tides come at new moon. Neap tides come a week later.
"""

EXPORT = "".join(
    f"# Tape {number}\n\n## Episode metadata\n- Episode title: Tape {number}\n- Show: Reel\n\n"
    f"> [!quote]\n> What tape {number} said.\n\n---\n\n"
    for number in (1, 2, 3)
)
"""A file of three episodes."""


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits a second for what other windows did."""
    monkeypatch.setattr(keeping, "LOOK_S", 0.05)


@pytest.fixture
def tides(tmp_path: Path) -> Episode:
    """An episode in a folder of its own."""
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "tides.md").write_text(TIDES, encoding="utf-8")
    return read_episode(folder / "tides.md")


@pytest.fixture
def file(home: Path) -> Path:
    """Where the notebook is."""
    return home / "data" / "notebook.db"


@pytest.fixture
def heard() -> Heard:
    """What the notebook told."""
    return Heard()


@pytest.fixture
def open_window() -> Iterator[Callable[..., Notebook]]:
    """Opens notebooks, each as a window of its own, and closes them at the end."""
    windows: list[Notebook] = []

    def opened(file: Path | None = None, heard: Heard | None = None) -> Notebook:
        window = Notebook(file, heard if heard is not None else Heard())
        windows.append(window)
        window.start()
        return window

    yield opened
    for window in windows:
        window.close()


@pytest.fixture
def notebook(open_window: Callable[..., Notebook], heard: Heard) -> Notebook:
    """A notebook that keeps."""
    return open_window(heard=heard)
