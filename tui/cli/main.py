"""The group of all commands, each loaded when it is asked for. ``tui.__main__`` opens the reader itself."""

import os
import sys
from importlib import import_module
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from tui import __version__
from tui.cli.completion import named
from tui.cli.output import discard_output, write
from tui.core.files import read_error
from tui.errors import PullquoteError, UsageError

COMMANDS = {
    "add": "adding",
    "config": "setup",
    "doctor": "setup",
    "import": "importing",
    "index": "searching",
    "keys": "setup",
    "list": "listing",
    "outline": "reading",
    "quotes": "quotes",
    "search": "searching",
    "show": "reading",
}
"""The module of this package that has each command, as ``<name>_command``."""


class LazyGroup(click.Group):
    """A group that loads a command's module only for this command, or for a page that shows them all."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order of the help page."""
        return list(COMMANDS)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return what a first word may be: a file or folder to open, a command, an option."""
        found = super().shell_complete(ctx, incomplete)
        if incomplete.startswith("-"):
            return [*found, *named(["--as"], incomplete)]
        # Shells that offer either words or files take the words, as far as there are any.
        return [CompletionItem(incomplete, type="file"), *found]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"tui.cli.{COMMANDS[cmd_name]}")
        command = getattr(module, f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command


def run_command(words: list[str]) -> int | Path:
    """Carry out a command and return its exit code, or what the reader is to open after it.

    Raises:
        UsageError: The words are no command, or not what it takes.
        PullquoteError: It could not be done.
    """
    if sys.stdout is None:
        raise UsageError("there is no standard output to print to")
    try:
        code = commands.main(words, prog_name="pullquote", standalone_mode=False)
        # What click printed by itself may still be on its way.
        write("")
    except click.ClickException as error:
        raise UsageError(usage_message(error)) from error
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except OSError as error:
        discard_output()
        if error.filename is not None:
            raise read_error(error, Path(os.fsdecode(error.filename))) from error
        raise PullquoteError(f"the output can't be written: {error.strerror}") from error
    return code if isinstance(code, int | Path) else 0


def usage_message(error: click.ClickException) -> str:
    """Return what was wrong with the words, and where to look."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "pullquote"
    message = error.format_message().rstrip(".")
    if message.startswith("Got unexpected extra argument") and context and takes_path(context.command):
        message = "only one thing can be named; put a title's words, or a path with blanks, in quotes"
    return f"{message}{' See' if message.endswith('?') else '; see'} '{command} --help'"


def takes_path(command: click.Command) -> bool:
    """Say whether a command is about something that is named."""
    return any(isinstance(param, click.Argument) for param in command.params)


COMPLETION_HELP = """\b
Completion of commands and options, in the start-up file of your shell:
  bash  eval "$(_PULLQUOTE_COMPLETE=bash_source pullquote)"
  zsh   eval "$(_PULLQUOTE_COMPLETE=zsh_source pullquote)"
  fish  _PULLQUOTE_COMPLETE=fish_source pullquote | source
"""


@click.group(
    cls=LazyGroup,
    subcommand_metavar="[--as READER] [PATH] | COMMAND [ARGS]...",
    epilog=COMPLETION_HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="pullquote", message="%(prog)s %(version)s")
def commands() -> None:
    """Read episode summaries in the terminal, and take quotes from them.

    PATH is a folder of episodes, one episode's file, or - for standard input. Without it the reader
    opens the folder PULLQUOTE_LIBRARY names, else ./episodes, else the sample episodes. A first word
    that is a command's name is that command: './list' opens a folder of that name.

    EPISODE is a path, an id, words of a title that fit one episode, or - for standard input.

    What shape a file has is found out by looking at it; '--as READER' before a path reads it as another
    shape, and 'pullquote show EPISODE --explain' tells which readers there are, and what they said.
    """
