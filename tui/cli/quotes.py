"""The command quotes: what was highlighted, printed or taken away in any format."""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.asking import agrees
from tui.cli.completion import format_names, paths, tag_names
from tui.cli.output import say, write, write_bytes
from tui.commands import known_keys
from tui.core.files import display_name, is_there, refuse_address
from tui.core.formats.values import parse_date
from tui.core.notebook.selecting import Order, Wanted, in_order, wanted
from tui.core.notebook.values import Colour, Highlight
from tui.core.settings import read_settings
from tui.errors import NotFoundError, PullquoteError, UsageError

if TYPE_CHECKING:
    from tui.core.notebook.exports.folders import Exported
    from tui.core.notebook.exports.values import ExportSettings, Format
    from tui.core.notebook.notebook import Notebook

COLOURS = [colour.value for colour in Colour]
ORDERS = [order.value for order in Order]


def day_of(_: click.Context, __: click.Parameter, value: str | None) -> str:
    """Return a day, month or year as it is compared; empty where none is told."""
    if value is None:
        return ""
    found = parse_date(value)
    if not found:
        raise click.BadParameter(f"{value!r} is no date, like 2026-01-31, 2026-01 or 2026")
    return found


@click.command("quotes", short_help="Print your highlights, or take them away.")
@click.argument("path", required=False, shell_complete=paths)
@click.option(
    "--format",
    "form",
    metavar="NAME",
    shell_complete=format_names,
    help="How they are written: a name out of --list-formats, or the file of a template.",
)
@click.option("--json", "as_document", is_flag=True, help="Print one JSON document: --format json.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", shell_complete=tag_names, help="With this tag.")
@click.option("--colour", "--color", "colours", multiple=True, type=click.Choice(COLOURS))
@click.option("--favourite", "--favorite", "is_favourite", is_flag=True, help="Only favourites.")
@click.option("--since", callback=day_of, metavar="DATE", help="Made on this day (month, year) or later.")
@click.option("--until", callback=day_of, metavar="DATE", help="Made then or before.")
@click.option("--episode", default="", metavar="WORDS", help="In whose title, show or file name they are.")
@click.option("--sort", type=click.Choice(ORDERS), default=Order.EPISODE.value, show_default=True)
@click.option(
    "--to",
    "target",
    metavar="FILE|FOLDER",
    shell_complete=paths,
    help="Write there instead. A folder of Markdown is only ever added to.",
)
@click.option("--yes", is_flag=True, help="Replace files that are there without asking.")
@click.option("--list-formats", "lists_formats", is_flag=True, help="Print the formats there are.")
def quotes_command(
    path: str | None,
    form: str | None,
    as_document: bool,
    tags: tuple[str, ...],
    colours: tuple[str, ...],
    is_favourite: bool,
    since: str,
    until: str,
    episode: str,
    sort: str,
    target: str | None,
    yes: bool,
    lists_formats: bool,
) -> int:
    """Print your highlights: all of them, or those of the folder or episode at PATH.

    They come out of the notebook, also where an episode's file is gone. On a terminal they are set for
    reading, elsewhere they are plain text, or what --format asks for. Of several tags or colours one is
    enough; days are those of UTC. The exit status is 1 if there are none.

    With --format markdown --to FOLDER each episode has a page there, and what is new is added to it: what you
    edited, moved or deleted there stays so.
    """
    # Imported here, as all that makes exports: the page of all commands does without.
    from tui.core.notebook.exports.table import formats

    settings = export_settings()
    if lists_formats:
        write("".join(f"{line}\n" for line in format_lines(formats(settings))))
        return 0
    format = chosen_format(form, settings, as_document=as_document, target=target)
    conditions = Wanted(tags, tuple(map(Colour, colours)), since, until, is_favourite, episode=episode)
    found = in_order(wanted(highlights_at(path), conditions), Order(sort))
    if not found:
        say_nothing_fits(path)
    if target is not None and found:
        carry_away(target, found, format, settings, yes=yes)
    elif target is None and (found or format.name == "json"):
        print_all(found, format, settings, for_reading=form is None and not as_document)
    return 0 if found else NotFoundError.exit_code


def export_settings() -> "ExportSettings":
    """Return what the user chose about quotes; what can't be used of it is said."""
    from tui.core.notebook.exports.values import ExportSettings

    settings = read_settings(None, known_keys())
    for notice in settings.notices:
        say(notice)
    return ExportSettings(settings.quotes)


def format_lines(known: "Sequence[Format]") -> Iterator[str]:
    """Yield the names of formats, what their files end with, and what they are good for."""
    rows = [(format.name, format.suffix, format.about) for format in known]
    if not sys.stdout.isatty():
        yield from map("\t".join, rows)
        return
    name, suffix = (max(len(row[index]) for row in rows) for index in range(2))
    yield from (f"{row[0]:<{name}}  {row[1]:<{suffix}}  {row[2]}" for row in rows)


def chosen_format(
    form: str | None, settings: "ExportSettings", *, as_document: bool, target: str | None
) -> "Format":
    """Return the format that is asked for: by name, by --json, by the end of the file's name, or plain text.

    Raises:
        UsageError: There is none of this name, or two are asked for, or a terminal can't show it.
    """
    if as_document and form not in (None, "json"):
        raise UsageError(f"--json is --format json, and can't be {form} as well; take one of the two")
    from tui.core.notebook.exports.table import format_named

    name = "json" if as_document else form or format_for(target)
    format = format_named(name, settings)
    if format.is_binary and target is None and sys.stdout.isatty():
        raise UsageError(
            f"the {format.label} is no text for a terminal: add --to NAME{format.suffix}, or pipe it"
        )
    return format


def format_for(target: str | None) -> str:
    """Return the format for a file that is named without one: by its suffix; Markdown for a folder."""
    if target is None:
        return "text"
    from tui.core.notebook.exports.table import FORMATS

    by_suffix = {format.suffix: format.name for format in reversed(FORMATS.values())}
    path = Path(target)
    return "markdown" if path.is_dir() or not path.suffix else by_suffix.get(path.suffix.lower(), "text")


def highlights_at(path: str | None) -> Sequence[Highlight]:
    """Return the highlights of the notebook, those of a folder or an episode only if one is named.

    Raises:
        PullquoteError: There is no such folder or episode, now or in the notebook.
    """
    from tui.core.notebook.notebook import Notebook

    notebook = Notebook()
    if path is None:
        found: Sequence[Highlight] = notebook.highlights()
    else:
        refuse_address(path)
        place = Path(path).resolve()
        found = wanted(notebook.highlights(), Wanted(folder=place))
        if is_there(place):
            found = highlights_of(notebook, place) or found
        elif not found and not os.path.lexists(place):
            raise NotFoundError(f"there is no {display_name(path)}; see the spelling")
    if notebook.problem:
        say(notebook.problem)
    return found


def highlights_of(notebook: "Notebook", path: Path) -> Sequence[Highlight]:
    """Return the highlights of an episode, wherever its file lay; none of several episodes."""
    from tui.core.loading import loaded

    try:
        episode = loaded(path).episode
    except PullquoteError as error:
        say(str(error))
        return ()
    if episode.count > 1:
        return ()
    return [placed.highlight for placed in notebook.of_episode(episode).highlights]


def say_nothing_fits(path: str | None) -> None:
    """Say that there is nothing to print."""
    where = "" if path is None else f" in {display_name(path)}"
    say(f"no highlights{where} fit; 'h' marks one while you read")


def print_all(
    highlights: Sequence[Highlight], format: "Format", settings: "ExportSettings", *, for_reading: bool
) -> None:
    """Print highlights: set for reading on a terminal, as their format has them elsewhere."""
    if for_reading and sys.stdout.isatty():
        # Imported here: what leads elsewhere does without.
        from tui.cli.quote_lines import terminal_lines

        for line in terminal_lines(highlights, shutil.get_terminal_size().columns):
            # Our own colours go around the text, which is clean already.
            sys.stdout.write(line + "\n")
        write("")
        return
    from tui.core.notebook.exports.table import export

    made = export(highlights, format, settings)
    if isinstance(made, str) and sys.stdout.isatty():
        write(made)
    else:
        write_bytes(made if isinstance(made, bytes) else made.encode())


def carry_away(
    target: str, highlights: Sequence[Highlight], format: "Format", settings: "ExportSettings", *, yes: bool
) -> None:
    """Write highlights to a file or folder, and say what was written.

    Raises:
        PullquoteError: It can't be written, or files that are there shall stay.
    """
    from tui.core.notebook.exports.folders import ThereAlreadyError, export_to
    from tui.core.writing import make_folder

    path = Path(target).expanduser()
    if target.endswith(os.sep):
        make_folder(path)
    try:
        done = export_to(path, highlights, format, settings, overwrite=yes)
    except ThereAlreadyError as error:
        names = ", ".join(map(display_name, error.paths[:3]))
        more = f" and {len(error.paths) - 3} more" if len(error.paths) > 3 else ""
        if not agrees(f"{names}{more} is there already. Replace it?"):
            raise PullquoteError(f"{error}; --yes replaces it") from error
        done = export_to(path, highlights, format, settings, overwrite=True)
    tell(done, len(highlights))


def tell(done: "Exported", count: int) -> None:
    """Say what an export did: the files on standard output, the rest on standard error."""
    for notice in done.notices:
        say(notice)
    if done.edited:
        say(f"{done.edited} changed since, but edited in your notes: they stay as they are there")
    elif not done.files:
        say(f"nothing new: {count} highlight{' is' if count == 1 else 's are'} there already")
    write("".join(f"{display_name(path)}\n" for path in done.files))
