"""How far something has come, drawn for whoever looks on."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

PATIENCE_S = 0.3
"""What is done sooner needs no bar."""

LINE_UP, CLEAR_LINE = "\x1b[1A", "\r\x1b[2K"


@contextmanager
def progress_bar(doing: str) -> Iterator[Callable[[int, int], None]]:
    """Give what draws a bar on standard error if that is a terminal; it is taken away at the end.

    Args:
        doing: What is being done, in a word: it stands before the bar.
    """
    bar = Bar(doing)
    try:
        yield bar.tell if sys.stderr is not None and sys.stderr.isatty() else lambda _done, _total: None
    finally:
        bar.close()


class Bar:
    """A bar that appears when it is worth it."""

    def __init__(self, doing: str) -> None:
        self.doing = doing
        self.begun = monotonic()
        self.bar: ProgressBar[int] | None = None

    def tell(self, done: int, total: int) -> None:
        """Take in how far it has come."""
        if self.bar is None and total and monotonic() - self.begun > PATIENCE_S:
            self.bar = click.progressbar(length=total, label=self.doing, show_pos=True, file=sys.stderr)
            self.bar.__enter__()
        if self.bar is not None:
            self.bar.length = max(total, 1)
            self.bar.update(max(done - self.bar.pos, 0))

    def close(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.__exit__(None, None, None)
            sys.stderr.write(LINE_UP + CLEAR_LINE)
            sys.stderr.flush()
