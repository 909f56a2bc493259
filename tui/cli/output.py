"""What commands print: results on standard output, everything else on stderr."""

import json
import os
import sys

import click

from tui.core.cleaning import clean, clean_line, has_unsafe

BROKEN_PIPE = 128 + 13
"""What a program ended by SIGPIPE leaves behind: whoever read our output has had enough."""


def write(text: str) -> None:
    """Print a result, through the last gate: nothing in it can act on the terminal."""
    try:
        sys.stdout.write(clean(text).text if has_unsafe(text) else text)
        sys.stdout.flush()
    except BrokenPipeError as error:
        discard_output()
        raise SystemExit(BROKEN_PIPE) from error


def write_bytes(data: bytes) -> None:
    """Print a result that no terminal shows, as it is."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        discard_output()
        raise SystemExit(BROKEN_PIPE) from error


def write_json(document: dict[str, object]) -> None:
    """Print a document; if a path in it holds unsafe characters, with all but ASCII as JSON escapes."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    write((json.dumps(document, indent=2) if has_unsafe(text) else text) + "\n")


def say(message: str) -> None:
    """Print one line for the reader on stderr."""
    click.echo(f"pullquote: {clean_line(message)}", err=True)


def discard_output() -> None:
    """Let what is still to be written go nowhere, or Python would complain about it at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
