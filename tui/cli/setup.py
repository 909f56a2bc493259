"""The commands about the program itself: config, doctor, keys."""

import os
import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from tui import __version__
from tui.cli.output import say, write
from tui.commands import TABLES, display_keys, known_keys
from tui.core.cleaning import clean_line
from tui.core.settings import read_settings, settings_path

if TYPE_CHECKING:
    from tui.core.diagnosis import Fact


@click.command("config")
@click.option("--path", "only_path", is_flag=True, help="Print only where the settings file is.")
@click.option("--write", "to_file", is_flag=True, help="Write the file with the defaults, if there is none.")
def config_command(only_path: bool, to_file: bool) -> None:
    """Print all settings with their defaults: a settings file."""
    # Imported here, as in the commands that follow: it is of use to this one only.
    from tui.core.settings_file import write_defaults
    from tui.core.settings_table import default_text

    path, text = settings_path(), default_text(known_keys())
    if to_file:
        write_defaults(path, text)
        say(f"wrote {path}")
    elif only_path:
        write(f"{path}\n")
    else:
        write(f"# {clean_line(str(path))}\n{text}")


@click.command("doctor")
@click.option(
    "--try", "tries", is_flag=True, help="Copy a few words every way; this replaces what is in the clipboard."
)
def doctor_command(tries: bool) -> None:
    """Say what works here, and what to tell those who help.

    Clipboard, terminal, settings, folders, versions. Nothing is copied without --try.
    """
    from tui.core.diagnosis import diagnose_all

    size = shutil.get_terminal_size() if sys.stdout.isatty() else None
    topics = diagnose_all(os.environ, read_settings(None, known_keys()), size, __version__, tries=tries)
    write("\n".join(f"{topic.name}\n" + "".join(fact_lines(topic.facts)) for topic in topics))


@click.command("keys")
def keys_command() -> None:
    """Print the reader's keys."""
    widest = max(len(display_keys(command)) for table in TABLES.values() for command in table)
    groups = []
    for name, table in TABLES.items():
        rows = [f"  {display_keys(command):<{widest}}  {command.help}\n" for command in table]
        groups.append(f"{name}\n" + "".join(rows))
    write("\n".join(groups))


def fact_lines(facts: "tuple[Fact, ...]") -> Iterator[str]:
    """Yield a topic's facts, their names in a column of their own."""
    widest = max(len(fact.name) for fact in facts)
    for fact in facts:
        yield f"  {fact.name:<{widest}}  {fact.value}\n"
