"""``python -m tui`` and the command ``pullquote``: open the reader at once, or hand over to a command."""

import gc
import io
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import PullquoteError, UnreadableError, UsageError

if TYPE_CHECKING:
    from tui.core.formats.table import Reader

COMMANDS = frozenset(
    {"add", "config", "doctor", "import", "index", "keys", "list", "outline", "quotes", "search", "show"}
)
"""The commands of ``tui.cli``, known here so that opening the reader need not load it."""

COMPLETION = "_PULLQUOTE_COMPLETE"
"""Set by the shell when it asks for completions, which the command line answers."""

INTERRUPTED = 128 + 2
"""What a program ended by ctrl+c leaves behind."""


def main() -> None:
    """Carry out the command line and end the process."""
    # What starting up makes stays to the end: looking through it for garbage costs time before the
    # first frame. The reader turns it on again.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Our output is UTF-8 in every locale; a name that is not can't stop it.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:
    """Carry out the words of the command line and return the exit code; an error is one line on stderr."""
    try:
        return carry_out(words)
    except PullquoteError as error:
        say(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED


def carry_out(words: list[str]) -> int:
    """Open the reader or run a command, and return the exit code."""
    forced, words = forced_reader(words)
    if opens_reader(words):
        return open_reader(words[-1] if words and words != ["--"] else None, forced)
    if forced is not None:
        raise UsageError(
            "behind --as READER goes one path; commands take it behind their name: 'show --as READER'"
        )
    if len(words) > 1 and not words[0].startswith("-") and words[0] not in COMMANDS:
        raise UsageError(
            f"there is no command “{words[0]}”, and only one path can be opened; see 'pullquote --help'"
        )
    # The command line's library is as dear as reading an episode, so the reader goes without.
    from tui.cli.main import run_command

    gc.enable()
    done = run_command(words)
    return done if isinstance(done, int) else open_after(done)


def forced_reader(words: list[str]) -> tuple[str | None, list[str]]:
    """Return the reader that ``--as READER`` before a path names, None without it, and the other words."""
    if words and words[0].startswith("--as="):
        return words[0].removeprefix("--as="), words[1:]
    if len(words) > 1 and words[0] == "--as":
        return words[1], words[2:]
    return None, words


def opens_reader(words: list[str]) -> bool:
    """Say whether the words ask for the reader: nothing, or one path, which may stand after ``--``."""
    if COMPLETION in os.environ:
        return False
    if words[:1] == ["--"]:
        return len(words) <= 2
    if len(words) > 1:
        return False
    return all(word not in COMMANDS and (word == "-" or not word.startswith("-")) for word in words)


def open_after(path: Path) -> int:
    """Open what a command leaves to the reader, and return the reader's exit code.

    Raises:
        PullquoteError: There is no terminal, or the path can't be opened.
    """
    if not sys.stdin.isatty():
        take_terminal_as_input()
    from tui.app import run_reader

    return run_reader(path)


def open_reader(word: str | None, forced: str | None = None) -> int:
    """Open the reader and return its exit code.

    Args:
        word: The folder or file to open, ``-`` for standard input, None for the usual library.
        forced: The name of the reader that reads the file, whatever it looks like.

    Raises:
        PullquoteError: There is no terminal, or the path can't be opened.
    """
    reader = reader_of(word, forced)
    from_input = word == "-"
    require_terminal(need_input=not from_input)
    path, text = path_and_text(word)
    library = None
    if word is None:
        path, library = where_reading_was_left(path)
    if from_input:
        take_terminal_as_input()
    # Loaded last: everything above answers without it, and it takes most of the start.
    from tui.app import run_reader

    return run_reader(path, text, library=library, **reader)


def where_reading_was_left(library: Path) -> tuple[Path, Path | None]:
    """Return the episode that was read last and the library it is opened in; without one the usual library.

    Args:
        library: The usual one. An episode that is not in there is opened in its own folder.
    """
    from tui.core.notebook.first import last_read
    from tui.paths import seen_from

    last = last_read()
    if last is None:
        return library, None
    listed = seen_from(library, last)
    return (last, last.parent) if listed is None else (listed, library)


def reader_of(word: str | None, forced: str | None) -> "dict[str, Reader]":
    """Return the reader that was named, as ``run_reader`` takes it; nothing where none was.

    Raises:
        UsageError: There is none of this name, or no file to read.
    """
    if forced is None:
        return {}
    from tui.core.formats.table import reader_named

    reader = reader_named(forced)
    if word is None or Path(word).is_dir():
        raise UsageError("--as READER is for one file; name it behind: 'pullquote --as READER FILE'")
    return {"reader": reader}


def require_terminal(*, need_input: bool) -> None:
    """Raise UsageError unless the reader can draw, and be asked for things."""
    streams = (sys.stdin, sys.stdout) if need_input else (sys.stdout,)
    if not all(stream is not None and stream.isatty() for stream in streams):
        raise UsageError("the reader needs a terminal; try 'pullquote show EPISODE' or 'pullquote list'")
    if os.environ.get("TERM") == "dumb":
        raise UsageError("the reader can't draw on this terminal (TERM=dumb); try 'pullquote show EPISODE'")


def path_and_text(word: str | None) -> tuple[Path, bytes | None]:
    """Return what to open, and its bytes if they came from standard input.

    Raises:
        PullquoteError: It is not there, can't be read, or is a folder without episodes.
    """
    from tui.core.files import read_error, read_stream, refuse_address, refuse_unfit
    from tui.paths import default_library, file_of

    if word == "-":
        return Path(word), read_stream(sys.stdin.buffer)
    refuse_address(word or "")
    path = default_library() if word is None else Path(word)
    try:
        status = file_of(path)[0].stat()
    except (OSError, ValueError) as error:
        raise read_error(error, path) from error
    if not stat.S_ISDIR(status.st_mode):
        refuse_unfit(status, path)
        return path, None
    from tui.core.library import no_episodes, scan

    notices: list[str] = []
    if next(scan(path, notices, grouped=False), None) is None:
        raise no_episodes(path, notices)
    return path, None


def take_terminal_as_input() -> None:
    """Let the reader hear keys though standard input was the text: from the terminal itself.

    Raises:
        UnreadableError: There is no terminal behind the process.
    """
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError as error:
        raise UnreadableError("there is no terminal to read keys from; try 'pullquote show -'") from error
    os.dup2(terminal, 0)
    os.close(terminal)


def say(message: str) -> None:
    """Print one line for the reader on stderr."""
    from tui.core.cleaning import clean_line

    if sys.stderr is not None:
        print(f"pullquote: {clean_line(message)}", file=sys.stderr)


if __name__ == "__main__":
    main()
