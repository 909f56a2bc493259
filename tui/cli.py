"""The commands: what they take, and what they print. The reader itself is opened by ``tui.__main__``."""

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui import __version__
from tui.commands import TABLES, display_keys, known_keys
from tui.core.cleaning import clean, clean_line, has_unsafe
from tui.core.episode import Episode
from tui.core.files import read_stream
from tui.core.library import SortKey, find_episode, is_there, open_library, sort_episodes
from tui.core.listing import aligned, columns
from tui.core.outline import outline
from tui.core.reading import episode_from_bytes, read_episode
from tui.core.rendering import SCHEMA, as_json, as_markdown, as_text
from tui.core.settings import read_settings, settings_path
from tui.errors import NotFoundError, PullquoteError, UnreadableError, UsageError
from tui.paths import default_library

if TYPE_CHECKING:
    from tui.core.diagnosis import Fact

STANDARD_INPUT = "-"

BROKEN_PIPE = 128 + 13
"""What a program ended by SIGPIPE leaves behind: whoever read our output has had enough."""


def run_command(words: list[str]) -> int:
    """Carry out a command and return its exit code.

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
        raise PullquoteError(f"the output can't be written: {error.strerror}") from error
    return code if isinstance(code, int) else 0


def discard_output() -> None:
    """Let what is still to be written go nowhere, or Python would complain about it at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


def usage_message(error: click.ClickException) -> str:
    """Return what was wrong with the words, and where to look."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "pullquote"
    return f"{error.format_message().rstrip('.')}; see '{command} --help'"


COMPLETION_HELP = """\b
Completion of commands and options, in the start-up file of your shell:
  bash  eval "$(_PULLQUOTE_COMPLETE=bash_source pullquote)"
  zsh   eval "$(_PULLQUOTE_COMPLETE=zsh_source pullquote)"
  fish  _PULLQUOTE_COMPLETE=fish_source pullquote | source
"""


@click.group(
    subcommand_metavar="[PATH] | COMMAND [ARGS]...",
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
    """


library_option = click.option(
    "--library",
    metavar="PATH",
    help="The folder in which ids and words are looked up; else the one the reader would open.",
)


@commands.command("list")
@click.argument("path", required=False)
@click.option("--json", "as_document", is_flag=True, help="Print one JSON document.")
@click.option("--sort", type=click.Choice([key.value for key in SortKey]), default="name", show_default=True)
def list_command(path: str | None, as_document: bool, sort: str) -> int:
    """List the episodes of a folder: title, show, date, minutes to read.

    Columns are aligned on a terminal and separated by tabs elsewhere.
    """
    episodes = sort_episodes(readable_episodes(path), SortKey(sort))
    if as_document:
        write_json({"schema": SCHEMA, "episodes": [listed_as_json(episode) for episode in episodes]})
    elif sys.stdout.isatty():
        write("".join(f"{line}\n" for line in aligned(episodes, shutil.get_terminal_size().columns)))
    else:
        write("".join("\t".join(columns(episode)) + "\n" for episode in episodes))
    return 0 if episodes else UnreadableError.exit_code


@commands.command("outline")
@click.argument("episode")
@click.option(
    "--json", "as_document", is_flag=True, help="Print one JSON document; its ordinals count from 0."
)
@library_option
def outline_command(episode: str, as_document: bool, library: str | None) -> None:
    """Print an episode's sections, numbered from 1 as 'show --section' takes them."""
    found = named_episode(episode, library)
    if as_document:
        write_json(as_json(found, blocks=False))
    else:
        write("".join(f"{line}\n" for line in outline_lines(found)))


def sentence_range(_: click.Context, __: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """Return the numbers of the first and the last sentence that somebody wrote as ``3`` or ``3-5``."""
    if value is None:
        return None
    numbers = re.fullmatch(r"([1-9]\d{0,8})(?:-([1-9]\d{0,8}))?", value, re.ASCII)
    if numbers is None or int(numbers[2] or numbers[1]) < int(numbers[1]):
        raise click.BadParameter(f"{value!r} is no number from 1, like 3, nor a range, like 3-5")
    return int(numbers[1]), int(numbers[2] or numbers[1])


@commands.command("show")
@click.argument("episode")
@click.option("--section", type=click.IntRange(min=1), metavar="N", help="Only this section, counted from 1.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json", "sentences"]),
    default="text",
    show_default=True,
    help="Ordinals in JSON count from 0; sentences are numbered as --sentence takes them, behind a tab.",
)
@click.option(
    "--sentence",
    callback=sentence_range,
    metavar="M[-K]",
    help="Quote these sentences of the section, counted from 1; all of it without.",
)
@click.option(
    "--style", metavar="NAME", help="How the quote is written; the settings' style where none is named."
)
@library_option
def show_command(
    episode: str,
    section: int | None,
    form: str,
    sentence: tuple[int, int] | None,
    style: str | None,
    library: str | None,
) -> None:
    """Print an episode, a section, or a quote from it.

    A quote is what --sentence or --style ask for: words of one section with where they stand.
    """
    wants_quote = (sentence, style) != (None, None)
    if section is None and (wants_quote or form == "sentences"):
        raise UsageError("name the section that is meant with --section N; 'pullquote outline' shows them")
    if wants_quote and form != "text":
        raise UsageError("a quote is written in a --style, not in a --format; take one of the two")
    found = named_episode(episode, library)
    ordinal = None if section is None else checked_ordinal(found, section)
    if ordinal is not None and wants_quote:
        write(quote_text(found, ordinal, sentence, style) + "\n")
    elif ordinal is not None and form == "sentences":
        write("".join(f"{line}\n" for line in sentence_lines(found, ordinal)))
    elif form == "json":
        write_json(shown_as_json(found, ordinal))
    else:
        write((as_text if form == "text" else as_markdown)(found, ordinal))


@commands.command("config")
@click.option("--path", "only_path", is_flag=True, help="Print only where the settings file is.")
@click.option("--write", "to_file", is_flag=True, help="Write the file with the defaults, if there is none.")
def config_command(only_path: bool, to_file: bool) -> None:
    """Print all settings with their defaults: a settings file."""
    # Imported here, as in all commands that follow: it is of use to this one only.
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


@commands.command("doctor")
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


@commands.command("keys")
def keys_command() -> None:
    """Print the reader's keys."""
    widest = max(len(display_keys(command)) for table in TABLES.values() for command in table)
    groups = []
    for name, table in TABLES.items():
        rows = [f"  {display_keys(command):<{widest}}  {command.help}\n" for command in table]
        groups.append(f"{name}\n" + "".join(rows))
    write("\n".join(groups))


def readable_episodes(path: str | None) -> Iterator[Episode]:
    """Yield the episodes of a folder or file; what can't be read is said on stderr."""
    if path == STANDARD_INPUT:
        yield episode_from_input()
        return
    for file in listed_files(default_library() if path is None else Path(path)):
        try:
            yield read_episode(file)
        except PullquoteError as error:
            say(str(error))


def listed_files(path: Path) -> Iterable[Path]:
    """Return the files to list; what a folder's scan left out is said on stderr."""
    if is_there(path):
        return [path]
    library = open_library(path)
    for notice in library.notices:
        say(notice)
    return [entry.path for entry in library.entries]


def named_episode(words: str, library: str | None) -> Episode:
    """Return the episode that somebody means.

    Raises:
        PullquoteError: None or several fit, or it can't be read.
    """
    if words == STANDARD_INPUT:
        return episode_from_input()
    path = Path(words)
    if is_there(path):
        return read_episode(path)
    if path.is_dir():
        raise UnreadableError(
            f"{words} is a folder, and one episode is due; 'pullquote list' shows what is in it"
        )
    folder = default_library() if library is None else Path(library)
    return read_episode(find_episode(words, open_library(folder)))


def episode_from_input() -> Episode:
    """Return the episode that standard input holds."""
    return episode_from_bytes(read_stream(sys.stdin.buffer), Path(STANDARD_INPUT))


def listed_as_json(episode: Episode) -> dict[str, object]:
    """Return what a list says about an episode: all but its sections."""
    values = as_json(episode, blocks=False)
    del values["schema"], values["sections"]
    return values


def shown_as_json(episode: Episode, ordinal: int | None) -> dict[str, object]:
    """Return an episode's document, with one section only if one is asked for."""
    values = as_json(episode)
    if ordinal is not None:
        sections = values["sections"]
        assert isinstance(sections, list)
        values["sections"] = [sections[ordinal]]
    return values


def checked_ordinal(episode: Episode, section: int) -> int:
    """Return the ordinal of a section that is counted from 1; raise NotFoundError without one."""
    if section > len(episode.sections):
        raise NotFoundError(
            f"there is no section {section} in “{episode.title}”: it has {len(episode.sections)},"
            " and 'pullquote outline' shows them"
        )
    return section - 1


def quote_text(episode: Episode, ordinal: int, sentence: tuple[int, int] | None, style: str | None) -> str:
    """Return a section, or some of its sentences, as a quote.

    Args:
        episode: Where the section is.
        ordinal: Which section.
        sentence: The first and the last sentence, counted from 1; None for all of the section.
        style: The style's name; None for that of the settings.

    Raises:
        PullquoteError: There are not so many sentences, nothing to quote, or no such style.
    """
    # Imported here: words and sentences take 20 ms that other commands do without.
    from tui.core.quotes import quote_blocks, quote_section
    from tui.core.stretches import numbered_sentences
    from tui.core.styles import render

    settings = read_settings(None, known_keys())
    for notice in settings.notices:
        say(notice)
    if sentence is None:
        quote = quote_section(episode, ordinal)
    else:
        chosen = numbered_sentences(episode, ordinal, *sentence)
        quote = quote_blocks(episode, chosen.start, chosen.end)
    return render(quote, settings.quote_style if style is None else style, settings.quotes)


def sentence_lines(episode: Episode, ordinal: int) -> Iterator[str]:
    """Yield the sentences of a section, one a line, each behind its number and a tab."""
    from tui.core.stretches import section_sentences

    for number, sentence in enumerate(section_sentences(episode, ordinal), start=1):
        text = episode.sections[ordinal].blocks[sentence.start.block].text
        yield f"{number}\t{clean_line(text[sentence.start.offset : sentence.end.offset])}"


def fact_lines(facts: "tuple[Fact, ...]") -> Iterator[str]:
    """Yield a topic's facts, their names in a column of their own."""
    widest = max(len(fact.name) for fact in facts)
    for fact in facts:
        yield f"  {fact.name:<{widest}}  {fact.value}\n"


def outline_lines(episode: Episode) -> Iterator[str]:
    """Yield an episode's title and its outline, sections numbered from 1."""
    yield episode.title
    yield ""
    digits = len(str(len(episode.sections)))
    for entry in outline(episode):
        number = "" if entry.is_part else str(entry.section + 1)
        yield f"{number:>{digits}}  {'  ' * entry.depth}{entry.label}"


def write(text: str) -> None:
    """Print a result, through the last gate: nothing in it can act on the terminal."""
    try:
        sys.stdout.write(clean(text).text if has_unsafe(text) else text)
        sys.stdout.flush()
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
