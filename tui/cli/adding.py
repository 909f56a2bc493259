"""The command add: a file, a pasted page, the clipboard or a page of the web becomes an episode."""

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.asking import agrees
from tui.cli.completion import folders, paths
from tui.cli.episodes import STANDARD_INPUT, bytes_from_input
from tui.cli.output import say, write
from tui.core.cleaning import clean_line
from tui.core.files import display_name, read_bytes
from tui.core.formats.values import parse_date, web_address
from tui.errors import NotFoundError, PullquoteError, UsageError
from tui.paths import SAMPLE_EPISODES, default_library, file_of

if TYPE_CHECKING:
    from tui.core.adding import Addition, Standing

Checked = Callable[[click.Context, click.Parameter, str | None], str | None]


def checked(parse: Callable[[str], str | None], wanted: str) -> Checked:
    """Return a check of an option's value: it is what ``parse`` makes of it, or wrong."""

    def check(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
        if value is None:
            return None
        found = parse(clean_line(value))
        if not found:
            raise click.BadParameter(f"{value!r} is no {wanted}")
        return found

    return check


@click.command("add", short_help="Make a file, a pasted page or a page of the web an episode.")
@click.argument("source", required=False, metavar="FILE|-|URL", shell_complete=paths)
@click.option("--clipboard", is_flag=True, help="Take what is in the clipboard.")
@click.option(
    "--to",
    "folder",
    metavar="DIR",
    shell_complete=folders,
    help="The folder; made if need be. Else the library.",
)
@click.option("--title", callback=checked(str, "title"), help="Its title, whatever the text says.")
@click.option("--show", callback=checked(str, "name"), help="The podcast or series it belongs to.")
@click.option("--number", type=click.IntRange(1, 99_999), metavar="N", help="Its number in the series.")
@click.option("--date", callback=checked(parse_date, "date, like 2024-05-01"), help="When it appeared.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag; may be given several times.")
@click.option(
    "--url",
    callback=checked(web_address, "address, like https://example.org/7"),
    help="Where it can be heard or seen.",
)
@click.option("--yes", is_flag=True, help="Replace what is there without asking.")
@click.option("--no-open", is_flag=True, help="Print where it is, instead of opening it.")
def add_command(
    source: str | None,
    clipboard: bool,
    folder: str | None,
    title: str | None,
    show: str | None,
    number: int | None,
    date: str | None,
    tags: tuple[str, ...],
    url: str | None,
    yes: bool,
    no_open: bool,
) -> int | Path:
    """Add an episode to the library: clean Markdown, with all that is known about it at the top.

    The episode is read from a file, from standard input (-: paste the page, then press ctrl+d on a line of
    its own), from the clipboard, or from an address of the web, which is fetched only now and only once. A
    file of several episodes adds each of them. Nothing is overwritten without asking.

    On a terminal the reader opens the episode; elsewhere the path of the new file is printed.
    """
    if (source is None) == (not clipboard):
        raise UsageError(
            "name one thing to add: a file, an address, - or --clipboard; see 'pullquote add --help'"
        )
    from tui.core.adding import Given, with_given

    additions = additions_from(source)
    if len(additions) > 1 and (title or url or number is not None):
        raise UsageError(f"{len(additions)} episodes are in it, and they can't share a title, number or url")
    given = Given(title, show, number, date, url, tag_names(tags))
    target = target_folder(folder, yes=yes)
    shelf = Shelf(target, yes=yes)
    added = [shelf.add(with_given(addition, given)) for addition in additions]
    paths = [path for path in added if path is not None]
    if not paths:
        return PullquoteError.exit_code
    if no_open or not can_open():
        write("".join(f"{path}\n" for path in paths))
        return 0 if len(paths) == len(added) else PullquoteError.exit_code
    say(f"added {display_name(paths[0] if len(paths) == 1 else target)}")
    return paths[0] if len(paths) == 1 else target


def tag_names(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags as an episode has them: clean, without number signs, none empty."""
    names = (clean_line(tag).lstrip("#").strip() for tag in tags)
    return tuple(name for name in names if name)


def additions_from(source: str | None) -> "list[Addition]":
    """Return the episodes that somebody wants to add.

    Args:
        source: A file, an address, ``-`` for standard input; None for the clipboard.

    Raises:
        PullquoteError: There is nothing to be had from it.
    """
    from tui.core.adding import Addition, additions_of, titled_by_text
    from tui.core.web import is_address

    if source is None:
        from tui.core.pasting import paste

        pasted = paste()
        path = Path(pasted.name)
        return [titled_by_text(addition, path) for addition in additions_of(pasted.data, path)]
    if source == STANDARD_INPUT:
        path = Path(STANDARD_INPUT)
        return [titled_by_text(addition, path) for addition in additions_of(read_input(), path)]
    if is_address(source):
        from tui.core.main_content import page_episode
        from tui.core.web import fetch

        if sys.stderr is not None and sys.stderr.isatty():
            say(f"fetching {clean_line(source)}")
        page = fetch(source)
        return [Addition(page_episode(page))] if page.is_html else from_web(page.data, page.name, page.url)
    return from_file(Path(source))


def from_file(path: Path) -> "list[Addition]":
    """Return the episodes of a file, completed from the files beside it; or the one of them that is named."""
    from tui.core.adding import additions_of
    from tui.core.loading import with_siblings
    from tui.core.siblings import variants_of

    file, number = file_of(path)
    additions = additions_of(read_bytes(file).data, file.absolute())
    if number is not None:
        if not 1 <= number <= len(additions):
            raise NotFoundError(
                f"there is no episode {number} in {display_name(file)}: it holds {len(additions)}"
            )
        return [additions[number - 1]]
    if len(additions) > 1:
        return additions
    episode = with_siblings(additions[0].episode, variants_of(file))
    return [replace(additions[0], episode=episode)]


def from_web(data: bytes, name: str, url: str) -> "list[Addition]":
    """Return the episodes of a text of the web; one without an address gets that of the text."""
    from tui.core.adding import Given, additions_of, with_given

    return [
        addition if addition.episode.url else with_given(addition, Given(url=url))
        for addition in additions_of(data, Path(name))
    ]


def read_input() -> bytes:
    """Return what comes from standard input; on a terminal it says how to paste."""
    if sys.stdin is None or not sys.stdin.isatty():
        return bytes_from_input()
    from tui.core.pasting import read_terminal

    hint = "paste the page, then press ctrl+d on a line of its own (ctrl+c gives up)"
    return read_terminal(sys.stdin.fileno(), lambda: say(hint))


def target_folder(named: str | None, *, yes: bool) -> Path:
    """Return the folder to add to, made if it was named or somebody agrees.

    Raises:
        PullquoteError: There is none, and none may be made.
    """
    from tui.core.writing import make_folder

    if named is not None:
        folder = Path(named).expanduser()
        make_folder(folder)
        return folder
    folder = default_library()
    if folder.resolve() == SAMPLE_EPISODES.resolve():
        raise UsageError("no library of yours is known: name a folder with --to DIR, or in PULLQUOTE_LIBRARY")
    if folder.is_dir():
        return folder
    if folder.exists():
        raise UsageError(f"{display_name(folder)} is no folder; name one with --to DIR")
    if not (yes or agrees(f"There is no folder {display_name(folder)}. Make it?")):
        raise PullquoteError(
            f"there is no folder {display_name(folder)}; name one with --to DIR, or add --yes"
        )
    make_folder(folder)
    return folder


@dataclass(slots=True)
class Shelf:
    """The folder that episodes are added to, and what was added so far."""

    folder: Path
    yes: bool
    """Whether files are replaced unasked."""

    taken: set[str] = field(default_factory=set)
    """Names of files that were added just now."""

    def add(self, addition: "Addition") -> Path | None:
        """Write an episode and return its path; None if what is there shall stay."""
        from tui.core.adding import markdown_of, standing
        from tui.core.writing import write_file

        data = markdown_of(addition, datetime.now().astimezone().date())
        name = self.name_for(addition)
        path = self.folder / name
        there = standing(self.folder, name, data)
        for notice in addition.episode.notices:
            say(notice)
        if there is not None and there.is_same:
            say(f"{display_name(path)} is there already, with the same text")
            return path
        if there is not None and not self.yes and not agrees(question(path, there, len(data))):
            say(f"{display_name(path)} is there already, and stays as it is; --yes replaces it")
            return None
        return write_file(self.folder, name, data, overwrite=there is not None)

    def name_for(self, addition: "Addition") -> str:
        """Return a name for an episode's file; no two episodes added together share one."""
        from tui.core.naming import episode_file_name

        copy, name = 1, episode_file_name(addition.episode)
        while name.casefold() in self.taken:
            copy += 1
            name = episode_file_name(addition.episode, copy)
        self.taken.add(name.casefold())
        return name


def question(path: Path, there: "Standing", size: int) -> str:
    """Return what is asked before a file is overwritten: what is there, and what would be."""
    changed = datetime.fromtimestamp(there.mtime).astimezone().strftime("%Y-%m-%d %H:%M")
    what = "a link" if there.is_link else f"{there.size:,} bytes, changed {changed}"
    return f"{display_name(path)} is there already ({what}). Replace it by the new one ({size:,} bytes)?"


def can_open() -> bool:
    """Say whether the reader can be opened here."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
