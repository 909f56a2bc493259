"""The command import: highlights of other programs, and of our own exports, come into the notebook."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.completion import paths
from tui.cli.episodes import STANDARD_INPUT, bytes_from_input, library_option
from tui.cli.output import say, write
from tui.core.cleaning import clean_line
from tui.core.files import display_name, read_bytes, refuse_address
from tui.errors import NotFoundError, PullquoteError
from tui.paths import default_library

if TYPE_CHECKING:
    from tui.core.notebook.carrying import Plan
    from tui.core.notebook.imports.values import Contents
    from tui.core.notebook.notebook import Notebook
    from tui.core.notebook.values import Source

MOST_SHOWN = 20
"""Of how many things each of a kind is told."""

KEEP_S = 600.0
"""How long is waited for the notebook to keep it all, in seconds."""


@click.command("import", short_help="Bring highlights in from other programs, or from an export.")
@click.argument("file", shell_complete=paths)
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@library_option
def import_command(file: str, dry_run: bool, library: str | None) -> int:
    """Bring the highlights of FILE (- for standard input) into the notebook.

    FILE is our JSON, web annotations in JSON-LD, what Hypothesis' API returns, Readwise's CSV or a Kindle's
    clippings. Highlights find their episodes in the notebook and the library by file, address, or title and
    show, and their place by their words. Nothing that is there is lost: of a highlight that is known, notes
    and tags are combined. Importing a file twice is the same as importing it once.
    """
    # Imported here, as all that follows: it is of no use to other commands.
    from tui.core.notebook.carrying import plan_import
    from tui.core.notebook.notebook import Notebook

    contents = contents_of(file)
    notebook = Notebook()
    plan = plan_import(contents, notebook, lambda: library_sources(library))
    if plan.edits and not dry_run:
        keep(notebook, plan)
    tell_problems(contents, file)
    write("".join(f"{line}\n" for line in report(contents, plan, is_trial=dry_run)))
    return 0 if contents.incoming else NotFoundError.exit_code


def contents_of(file: str) -> "Contents":
    """Return what a file holds.

    Raises:
        PullquoteError: It can't be read, or holds no highlights.
    """
    from tui.core.notebook.imports.table import read_import

    if file == STANDARD_INPUT:
        return read_import(bytes_from_input(), Path(file))
    refuse_address(file)
    return read_import(read_bytes(Path(file)).data, Path(file))


def library_sources(named: str | None) -> "Iterator[Source]":
    """Yield the episodes of the library, as the notebook would know them; none if there is no library."""
    from tui.core.choosing import episodes_in
    from tui.core.library import open_library
    from tui.core.notebook.values import new_source

    try:
        library = open_library(default_library() if named is None else Path(named))
    except PullquoteError as error:
        if named is not None:
            raise
        say(str(error))
        return
    for _, episode in episodes_in(library):
        yield new_source(episode)


def keep(notebook: "Notebook", plan: "Plan") -> None:
    """Have the notebook keep what is new, and wait until it is on the disk.

    Raises:
        PullquoteError: It can't be kept.
    """
    try:
        notebook.make(plan.change, undoable=False)
        if not notebook.flush(KEEP_S):
            raise PullquoteError(notebook.problem or "the notebook could not be written; try again")
    finally:
        notebook.close()


def tell_problems(contents: "Contents", file: str) -> None:
    """Say what of a file is not understood, each with its line."""
    for problem in contents.problems[:MOST_SHOWN]:
        place = f", line {problem.line}" if problem.line else ""
        say(f"{display_name(file)}{place}: {problem.reason}")
    if len(contents.problems) > MOST_SHOWN:
        say(f"… and {len(contents.problems) - MOST_SHOWN:,} more")


def report(contents: "Contents", plan: "Plan", *, is_trial: bool) -> Iterator[str]:
    """Yield what was done, and what has no place."""
    counts = (
        f"{plan.new:,} new, {plan.known:,} known, {plan.changed:,} changed, "
        f"{len(contents.problems):,} not understood"
    )
    yield f"{contents.kind}: {counts}{' (nothing was written)' if is_trial else ''}"
    homeless = [
        f"not in the library: {clean_line(title)} ({count:,})" for title, count in plan.homeless.items()
    ]
    yield from shortened(homeless)
    yield from shortened(
        f"lost its place in {clean_line(lost.source.title)}: {first_words(lost.text)}" for lost in plan.lost
    )


def first_words(text: str) -> str:
    """Return the beginning of a text on one line."""
    from tui.core.notebook.exports.entries import beginning

    return f"“{beginning(clean_line(text))}”"


def shortened(lines: Iterable[str]) -> Iterator[str]:
    """Yield the first lines, and how many more there are."""
    found = list(lines)
    yield from found[:MOST_SHOWN]
    if len(found) > MOST_SHOWN:
        yield f"… and {len(found) - MOST_SHOWN:,} more"
