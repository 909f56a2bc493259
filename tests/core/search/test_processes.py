"""Processes beside the reader stand back behind it."""

import os
import sys
from pathlib import Path
from subprocess import PIPE

import pytest

from tui.core.search.processes import AUTOGROUP, NICENESS, stand_back, start


def main(words: list[str]) -> int:
    """Be such a process: say how far it stands back, and its session."""
    stand_back()
    stand_back()
    session = Path(words[0]).read_text(encoding="ascii").split()[-1] if words[0] else "none"
    print(os.nice(0), session)
    return 0


def answer(*words: str) -> list[str]:
    """Return what such a process says."""
    process = start(__name__, *words, stdout=PIPE)
    said, _ = process.communicate(timeout=30)
    return said.decode().split()


def test_a_process_stands_back() -> None:
    niceness, _ = answer("")

    assert int(niceness) == max(os.nice(0), NICENESS)


@pytest.mark.skipif(
    not (sys.platform == "linux" and AUTOGROUP.exists()), reason="only Linux shares processors among sessions"
)
def test_so_does_its_session() -> None:
    """Otherwise, in a session of its own, its niceness counts for nothing against the reader."""
    _, of_session = answer(str(AUTOGROUP))

    assert int(of_session) == NICENESS


def test_it_asks_again_where_too_many_ask_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[OSError | None] = [BlockingIOError(), BlockingIOError(), None]
    written = []

    def write(_path: Path, text: str, encoding: str) -> None:
        error = answers.pop(0)
        if error:
            raise error
        written.append((text, encoding))

    monkeypatch.setattr(Path, "write_text", write)
    monkeypatch.setattr(os, "nice", lambda _step: NICENESS)
    stand_back()

    assert written == [(str(NICENESS), "ascii")]
