"""The command that lists the episodes of a library: all of them, or those that fit."""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.completion import paths
from tui.cli.episodes import STANDARD_INPUT, readable_episodes, reader_option
from tui.cli.output import say, write, write_json
from tui.cli.progress import progress_bar
from tui.core.catalogue.wanted import STATES, Wanted, first_day, wanted_in
from tui.core.files import display_name, is_there, refuse_address
from tui.core.folding import fold
from tui.core.listing import aligned, columns
from tui.core.rendering import SCHEMA
from tui.core.sorting import SortKey
from tui.errors import NotFoundError, UnreadableError
from tui.paths import default_library

if TYPE_CHECKING:
    from tui.core.catalogue.arranging import Readings
    from tui.core.catalogue.once import Listed
    from tui.core.catalogue.rows import Row
    from tui.core.formats.table import Reader


def date(_: click.Context, __: click.Parameter, value: str | None) -> str:
    """Return the first day of a date that somebody wrote as ``2024``, ``2024-05`` or ``2024-05-17``."""
    day = first_day(value or "")
    if value is not None and not day:
        raise click.BadParameter(f"{value!r} is no date, like 2024, 2024-05 or 2024-05-17")
    return day


@click.command("list", short_help="List the episodes of a library, all or those that fit.")
@click.argument("path", required=False, shell_complete=paths)
@click.argument("words", nargs=-1)
@click.option(
    "--sort",
    type=click.Choice([key.value for key in SortKey]),
    default=SortKey.NAME.value,
    show_default=True,
    help="Dates, lengths and what was read last (recent) from the top.",
)
@click.option("--reverse", is_flag=True, help="The other way round; what is not known stays last.")
@click.option("--show", "shows", multiple=True, metavar="WORDS", help="Only of shows of this name.")
@click.option("--guest", "guests", multiple=True, metavar="WORDS", help="Only with people of this name.")
@click.option("--tag", "tags", multiple=True, metavar="WORDS", help="Only with a tag that has this in it.")
@click.option("--after", callback=date, metavar="DATE", help="Only from this day, month or year on.")
@click.option("--before", callback=date, metavar="DATE", help="Only from before this day, month or year.")
@click.option("--is", "states", type=click.Choice(STATES), multiple=True, help="Only in this state.")
@click.option("--json", "as_document", is_flag=True, help="Print one JSON document.")
@reader_option
def list_command(
    path: str | None,
    words: tuple[str, ...],
    sort: str,
    reverse: bool,
    shows: tuple[str, ...],
    guests: tuple[str, ...],
    tags: tuple[str, ...],
    after: str,
    before: str,
    states: tuple[str, ...],
    as_document: bool,
    reader: "Reader | None",
) -> int:
    """List the episodes of a library: title, show, date, minutes to read.

    PATH is a folder or a file. The WORDS behind it must all be in an episode's title, show, people, tags,
    date or file name; a first word that is no path is one of them. Case and accents make no difference, and
    where no episode has a word, those with a similar one are listed. The exit status is 1 if there is none.

    Columns are aligned on a terminal and separated by tabs elsewhere.
    """
    if path is not None and not is_path(path):
        words, path = (path, *words), None
    fields = {"show": shows, "guest": guests, "tag": tags}
    wanted = narrowed(wanted_in(" ".join(words)), fields, (after, before), states)
    listed = listed_in(path, reader)
    rows = chosen(listed, wanted, SortKey(sort), is_reversed=reverse)
    if as_document:
        write_json({"schema": SCHEMA, "episodes": documents(rows, listed.base)})
    elif sys.stdout.isatty():
        write("".join(f"{line}\n" for line in aligned(rows, shutil.get_terminal_size().columns)))
    else:
        write("".join("\t".join(columns(row)) + "\n" for row in rows))
    if not rows and wanted:
        raise NotFoundError(f"no episode of {display_name(path or default_library())} fits")
    return 0 if rows else UnreadableError.exit_code


def is_path(word: str) -> bool:
    """Say whether the first word is meant as a path: it is there, or is written as only paths are."""
    return word == STANDARD_INPUT or os.sep in word or word.startswith((".", "~")) or os.path.lexists(word)


def narrowed(
    typed: Wanted,
    fields: Mapping[str, Sequence[str]],
    between: tuple[str, str],
    states: Sequence[str],
) -> Wanted:
    """Return what was asked for by words, narrowed by options.

    Args:
        typed: What the words ask for.
        fields: What must be in a show's name, a person's or a tag.
        between: The first day that fits and the first that fits no more; empty for any.
        states: Which states of reading fit; none for any.
    """
    after, before = between
    return replace(
        typed,
        shows=(*typed.shows, *folded(fields["show"])),
        guests=(*typed.guests, *folded(fields["guest"])),
        tags=(*typed.tags, *folded(fields["tag"])),
        after=max(typed.after, after),
        before=min(filter(None, (typed.before, before)), default=""),
        states=frozenset(states) if states else typed.states,
    )


def folded(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts as they are compared."""
    return (fold(text).text for text in texts)


def listed_in(path: str | None, reader: "Reader | None") -> "Listed":
    """Return the rows of a library, a file or standard input; what can't be read is said on stderr.

    Raises:
        PullquoteError: There is nothing there.
    """
    from tui.core.catalogue.once import Listed, listed

    refuse_address(path or "")
    library = default_library() if path is None else Path(path)
    if path == STANDARD_INPUT or reader is not None or is_there(library):
        from tui.core.catalogue.reading import row_of

        return Listed(Path(), [row_of(episode) for episode in readable_episodes(path, reader)])
    with progress_bar("reading") as tell:
        found = listed(library, tell=tell)
    for notice in found.notices:
        say(notice)
    for row in found.rows:
        if row.problem:
            say(f"{display_name(found.base / row.file)} {row.problem}")
    return replace(found, rows=[row for row in found.rows if row.is_read])


def chosen(listed: "Listed", wanted: Wanted, sort: SortKey, *, is_reversed: bool) -> Sequence["Row"]:
    """Return the rows that fit, in order; if only similar words were found, that is said on stderr."""
    from tui.core.catalogue.arranging import in_order, states_of
    from tui.core.catalogue.matching import Vocabulary, matches

    readings: Readings = {}
    if sort is SortKey.RECENT or wanted.states is not None:
        readings = readings_in(listed.base)
    rows = in_order(listed.rows, sort, readings, is_reversed=is_reversed)
    if not wanted:
        return rows
    found = matches(rows, wanted, states_of(rows, readings), Vocabulary(rows))
    if found.similar:
        words = "; ".join(f"“{word}”: {', '.join(others)}" for word, others in found.words.items() if others)
        say(f"no episode has every word; similar ones: {words}")
    return [*found.begun, *found.inside, *found.similar]


def readings_in(base: Path) -> "Readings":
    """Return what is known of how the episodes below a folder were read, by their places."""
    from tui.core.catalogue.rows import place_of
    from tui.core.notebook.contents import Contents
    from tui.core.notebook.first import default_file

    readings = Contents(default_file()).readings()
    return {place_of(path, base): reading for path, reading in readings.items()}


def documents(rows: Iterable["Row"], base: Path) -> list[dict[str, object]]:
    """Return what other programs are told of episodes."""
    from tui.core.catalogue.rows import as_json

    return [as_json(row, base) for row in rows]
