"""Starts the empty app or the reader with a clock, for ``benchmarks.phases``.

The steps are those of ``python -m tui``, in an order in which each import counts where it belongs.
"""

import gc
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

STAMPS: dict[str, float] = {}
"""The ``time.monotonic`` at which each step ended, in order."""


def stamp(step: str) -> None:
    """Say that a step has ended now."""
    STAMPS[step] = time.monotonic()


class Stamping:
    """What an app does at two of Textual's events."""

    def on_load(self) -> None:
        """The styles were read; the terminal is taken next."""
        stamp("app made, styles read")

    def on_mount(self) -> None:
        """The terminal was taken and the screen made; it is composed, styled, laid out and drawn next."""
        stamp("terminal taken, screen made")


def empty_app() -> "App[None]":
    """Return the empty app."""
    import textual.app  # noqa: F401

    stamp("import textual.app")
    from benchmarks.empty_app import EmptyApp

    class TimedApp(Stamping, EmptyApp):
        pass

    stamp("our imports")
    stamp("reading the file")
    return TimedApp()


def reader_app(path: Path) -> "App[None]":
    """Return the reader with an episode, as ``tui.__main__`` makes it."""
    gc.disable()
    import textual.app  # noqa: F401

    stamp("import textual.app")
    import tui.__main__
    from tui.app import PullquoteApp
    from tui.commands import known_keys
    from tui.core.beginning import first_episode
    from tui.core.settings import read_settings

    class TimedApp(Stamping, PullquoteApp):
        pass

    stamp("our imports")
    opened, text = tui.__main__.path_and_text(str(path))
    settings = read_settings(None, known_keys())
    folder, episode, state = first_episode(opened, text)
    stamp("reading the file")
    return TimedApp(folder, episode, settings, state)


def main(begun: float, words: list[str]) -> None:
    """Run an app; write when each step ended into a file when it is left.

    Args:
        begun: ``time.monotonic`` of the interpreter's first moment.
        words: The file to write (JSON) and, for the reader, the episode.
    """
    STAMPS["interpreter"] = begun
    stamps, *episodes = map(Path, words)
    app = reader_app(episodes[0]) if episodes else empty_app()
    app.run()
    stamps.write_text(json.dumps(STAMPS), encoding="utf-8")
