"""The commands that print an episode: outline, show."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.completion import paths, style_names
from tui.cli.episodes import (
    STANDARD_INPUT,
    bytes_from_input,
    library_option,
    named_episode,
    named_file,
    reader_option,
)
from tui.cli.output import say, write, write_json
from tui.commands import known_keys
from tui.core.cleaning import clean_line
from tui.core.episode import Episode
from tui.core.files import read_bytes
from tui.core.outline import outline
from tui.core.rendering import SCHEMA, as_json, as_text
from tui.core.settings import read_settings
from tui.errors import NotFoundError, UsageError
from tui.paths import file_of

if TYPE_CHECKING:
    from tui.core.formats.table import Reader


@click.command("outline", short_help="Print an episode's sections, numbered.")
@click.argument("episode", shell_complete=paths)
@click.option(
    "--json", "as_document", is_flag=True, help="Print one JSON document; its ordinals count from 0."
)
@reader_option
@library_option
def outline_command(episode: str, as_document: bool, reader: "Reader | None", library: str | None) -> None:
    """Print an episode's sections, numbered from 1 as 'show --section' takes them."""
    found = named_episode(episode, library, reader)
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


@click.command("show")
@click.argument("episode", shell_complete=paths)
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
    "--style",
    metavar="NAME",
    shell_complete=style_names,
    help="How the quote is written; the settings' style where none is named.",
)
@click.option("--explain", is_flag=True, help="Say instead which reader reads it, and why.")
@reader_option
@library_option
def show_command(
    episode: str,
    section: int | None,
    form: str,
    sentence: tuple[int, int] | None,
    style: str | None,
    explain: bool,
    reader: "Reader | None",
    library: str | None,
) -> None:
    """Print an episode, a section, or a quote from it.

    A quote is what --sentence or --style ask for: words of one section with where they stand.
    """
    if explain:
        if (section, sentence, style) != (None, None, None) or form in ("markdown", "sentences"):
            raise UsageError("--explain tells of the whole file; beside it go only --format json and --as")
        show_explanation(episode, library, reader, as_document=form == "json")
        return
    wants_quote = (sentence, style) != (None, None)
    if section is None and (wants_quote or form == "sentences"):
        raise UsageError("name the section that is meant with --section N; 'pullquote outline' shows them")
    if wants_quote and form != "text":
        raise UsageError("a quote is written in a --style, not in a --format; take one of the two")
    found = named_episode(episode, library, reader)
    ordinal = None if section is None else checked_ordinal(found, section)
    if ordinal is not None and wants_quote:
        write(quote_text(found, ordinal, sentence, style) + "\n")
    elif ordinal is not None and form == "sentences":
        write("".join(f"{line}\n" for line in sentence_lines(found, ordinal)))
    elif form == "json":
        write_json(shown_as_json(found, ordinal))
    else:
        write(as_text(found, ordinal) if form == "text" else markdown_of(found, ordinal))


def show_explanation(words: str, library: str | None, reader: "Reader | None", *, as_document: bool) -> None:
    """Print which readers were asked about an episode's file, and what they said."""
    from tui.core.explaining import as_json, as_lines, explain

    if words == STANDARD_INPUT:
        explanation = explain(bytes_from_input(), Path(STANDARD_INPUT), reader, whole=True)
    else:
        path = named_file(words, library)
        explanation = explain(read_bytes(file_of(path)[0]).data, path, reader)
    if as_document:
        write_json({"schema": SCHEMA, **as_json(explanation)})
    else:
        write("".join(f"{line}\n" for line in as_lines(explanation)))


def markdown_of(episode: Episode, ordinal: int | None) -> str:
    """Return an episode or a section of it as Markdown."""
    # Imported here: the other forms do without.
    from tui.core.markdown_writing import as_markdown

    return as_markdown(episode, ordinal)


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


def outline_lines(episode: Episode) -> Iterator[str]:
    """Yield an episode's title and its outline, sections numbered from 1."""
    yield episode.title
    yield ""
    digits = len(str(len(episode.sections)))
    for entry in outline(episode):
        number = "" if entry.is_part else str(entry.section + 1)
        yield f"{number:>{digits}}  {'  ' * entry.depth}{entry.label}"
