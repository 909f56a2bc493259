"""Questions to whoever is at the terminal."""

import sys
from pathlib import Path

import click


def agrees(asked: str) -> bool:
    """Return what somebody at the terminal answers; False where nobody is there to be asked.

    Standard input may have been the text, so the answer is read from the terminal itself.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        return False
    if sys.stdin is not None and sys.stdin.isatty():
        return click.confirm(asked, err=True)
    try:
        with Path("/dev/tty").open("r+b", buffering=0) as terminal:
            terminal.write(f"{asked} [y/N]: ".encode())
            return terminal.readline().strip().lower() in (b"y", b"yes")
    except OSError:
        return False
