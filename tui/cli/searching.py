"""The commands that search the library: ``search``, and ``index`` for what it searches in."""

import os
import shutil
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from tui.cli.completion import paths
from tui.cli.output import say, write, write_json
from tui.cli.progress import progress_bar
from tui.core.files import display_name
from tui.core.rendering import SCHEMA
from tui.errors import NotFoundError, PullquoteError, UsageError
from tui.paths import default_library

if TYPE_CHECKING:
    from tui.core.search.asking import Results, SectionHit
    from tui.core.search.checking import Check

BOLD, COLOURED, QUIET, PLAIN = "\x1b[1m", "\x1b[1;31m", "\x1b[2m", "\x1b[0m"
"""What is found is bold and red, as grep has it: on dark and light grounds alike."""

NARROWEST_EXTRACT = 30
INDENT = "    "

MOST_HITS = 20


class QueryCommand(click.Command):
    """Takes a query that begins with a minus: ``-not`` is part of its language, and no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what is no option of ours for what it is: words."""
        known = {name: param for param in self.get_params(ctx) for name in param.opts}
        options: list[str] = []
        words: list[str] = []
        left = iter(args)
        for word in left:
            if word == "--":
                words += left
            elif word.startswith("--") or word in known:
                options.append(word)
                option = known.get(word)
                if isinstance(option, click.Option) and not option.is_flag and not option.is_eager:
                    options += islice(left, 1)
            else:
                words.append(word)
        return super().parse_args(ctx, [*options, *(["--", *words] if words else [])])


@click.command("search", cls=QueryCommand)
@click.argument("query")
@click.argument("path", required=False, shell_complete=paths)
@click.option("--limit", type=click.IntRange(1, 1000), default=MOST_HITS, show_default=True)
@click.option("--count", is_flag=True, help="Print only how many sections fit.")
@click.option("--json", "as_document", is_flag=True, help="Print one JSON document.")
def search_command(query: str, path: str | None, limit: int, count: bool, as_document: bool) -> int:
    """Find the sections of a library that fit QUERY, the best first.

    Words must all be there; "a phrase", -not, OR, (brackets), beginnings*, and the fields show:, guest:,
    title:, section:, tag:, after:2024-05 and before:2025. Case and accents make no difference. The exit
    status is 1 if nothing fits.
    """
    # Imported here: the engine is of no use to any other command.
    from tui.core.notebook.contents import Contents
    from tui.core.notebook.first import default_file
    from tui.core.notebook.states import States
    from tui.core.search.once import search_once
    from tui.core.search.query import not_understood

    begun = monotonic()
    library = default_library() if path is None else Path(path)
    states = States(Contents(default_file()), library)
    with progress_bar("indexing") as tell:
        results, notice = search_once(
            library, query, limit=limit, in_state=states, tell=lambda at: tell(at.done, at.total)
        )
    elapsed_ms = round((monotonic() - begun) * 1000)
    if notice:
        say(notice)
    if results.node is None:
        say("there are no words to look for; see 'pullquote search --help'")
    for condition in not_understood(f"{query} "):
        say(f"left out, not understood: {condition}")
    if results.instead:
        say(f"nothing fits “{query}”: showing results for “{results.instead}”")
    if as_document:
        write_json(as_json(results, elapsed_ms))
    elif count:
        write(f"{results.total}\n")
    else:
        write_hits(results)
    return 0 if results.total else NotFoundError.exit_code


def as_json(results: "Results", elapsed_ms: int) -> dict[str, object]:
    """Return the document that other programs take; spans are characters of the extract."""
    return {
        "schema": SCHEMA,
        "query": results.query,
        "instead": results.instead or None,
        "total": results.total,
        "elapsed_ms": elapsed_ms,
        "hits": [hit_as_json(hit, results) for hit in results.hits],
    }


def hit_as_json(hit: "SectionHit", results: "Results") -> dict[str, object]:
    """Return a section that fits as JSON values."""
    found = hit.extract(results.wanted)
    return {
        "id": episode_id(hit.path),
        "path": str(hit.path),
        "title": hit.card.title,
        "section": {"ordinal": hit.ordinal, "title": hit.card.heading},
        "extract": found.text,
        "spans": [list(span) for span in found.spans],
        "score": round(hit.score, 4),
    }


def episode_id(path: Path) -> str | None:
    """Return an episode's id; None if its file has gone since it was indexed."""
    from tui.core.loading import loaded

    try:
        return loaded(path, head=True).episode.id
    except PullquoteError:
        return None


def write_hits(results: "Results") -> None:
    """Print hits by episode: marked and cut to the width on a terminal, one line each elsewhere."""
    if not sys.stdout.isatty():
        write("".join(f"{line}\n" for line in plain_lines(results)))
        return
    width = shutil.get_terminal_size().columns
    for line in terminal_lines(results, width):
        # Our own marks go around the text, which is clean already.
        sys.stdout.write(line + "\n")
    write("")


def plain_lines(results: "Results") -> Iterator[str]:
    """Yield path, section, heading and extract of each hit, with tabs between."""
    for hit in results.hits:
        number = str(hit.ordinal + 1)
        yield "\t".join((str(hit.path), number, hit.card.heading, hit.extract(results.wanted).text))


def terminal_lines(results: "Results", width: int) -> Iterator[str]:
    """Yield the hits of each episode below its title, the words that were looked for in colour."""
    from tui.core.search.asking import grouped

    for group in grouped(results):
        card = group.best.card
        about = " · ".join(part for part in (card.show, card.date) if part)
        yield (
            BOLD
            + marked(card.title, group.best.title_spans(results.wanted), BOLD)
            + PLAIN
            + (f"  {QUIET}{about}{PLAIN}" if about else "")
        )
        for hit in group.hits:
            heading = marked(hit.card.heading, hit.heading_spans(results.wanted)) or "Opening"
            yield f"  {hit.ordinal + 1}  {heading}"
            chars = max(width - len(INDENT) - 2, NARROWEST_EXTRACT)
            found = hit.extract(results.wanted, chars)
            yield INDENT + marked(found.text, found.spans)
        yield ""
    more = "" if results.total <= len(results.hits) else f"; the best {len(results.hits)} are shown"
    yield f"{results.total:,} section{'' if results.total == 1 else 's'}{more}"


def marked(text: str, spans: tuple[tuple[int, int], ...], around: str = PLAIN) -> str:
    """Return a text with some of its stretches in colour.

    Args:
        text: What stands in the index, which is clean.
        spans: The stretches, in characters.
        around: How the rest is set.
    """
    mark = BOLD if os.environ.get("NO_COLOR") else COLOURED
    after = PLAIN if around == PLAIN else PLAIN + around
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], mark, text[start:end], after]
        at = end
    return "".join([*pieces, text[at:]])


@click.command("index")
@click.argument("path", required=False, shell_complete=paths)
@click.option(
    "--check", "only_check", is_flag=True, help="Only say whether the index is whole and up to date."
)
@click.option("--rebuild", is_flag=True, help="Write it anew from the files.")
def index_command(path: str | None, only_check: bool, rebuild: bool) -> int:
    """Bring the index up to date that 'search' searches in.

    It lies in the cache folder and is brought up to date by every search; it can be deleted at any time.
    """
    from tui.core.search.indexer import CannotIndexError, bring_up_to_date

    if only_check and rebuild:
        raise UsageError("an index is either checked or rebuilt; take one of the two")
    library = default_library() if path is None else Path(path)
    if only_check:
        return checked(library)
    try:
        with progress_bar("indexing") as tell:
            done = bring_up_to_date(library, anew=rebuild, tell=lambda at: tell(at.done, at.total))
    except CannotIndexError as error:
        raise PullquoteError(f"the index of {display_name(library)} can't be kept: {error}") from error
    if done is None:
        say("another process is writing it just now")
    else:
        write(f"{done} file{'' if done == 1 else 's'} read; the index is up to date\n")
    return 0


def checked(library: Path) -> int:
    """Print what is known of an index; return 0 if it is whole and up to date, else 1."""
    from tui.core.search.checking import check

    found = check(library)
    write(f"{said(found)}\n")
    return 0 if found.is_up_to_date else NotFoundError.exit_code


def said(found: "Check") -> str:
    """Return what was found out about an index, in one line."""
    if found.damage:
        return f"damaged: {found.damage}; it is written anew with the next search"
    if not found.is_there:
        return f"not there yet: {found.files} files to read"
    size = f"{found.indexed} files, {found.bytes / 1e6:.1f} MB"
    if found.is_up_to_date:
        return f"up to date: {size}"
    return f"out of date: {size}; {found.missing} new or changed, {found.gone} gone"
