"""How many highlights there are, of which kinds and where: counted by the database, what waits included."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.core.notebook.rows import COLOURS, names_in, path_in
from tui.core.notebook.store import Store
from tui.core.notebook.values import Bookmark, Colour, Highlight, Kept
from tui.core.notebook.work import Work


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is in the notebook."""

    highlights: int = 0
    favourites: int = 0
    bookmarks: int = 0
    colours: Mapping[Colour, int] | None = None
    """How many highlights have each colour."""


def counts(store: Store | None, works: Sequence[Work]) -> Counts:
    """Return how much is in the notebook.

    Raises:
        sqlite3.Error: It can't be read.
    """
    colours: Counter[Colour] = Counter()
    favourites = bookmarks = 0
    if store is not None:
        by_kind = "SELECT colour, is_favourite, count(*) FROM highlights GROUP BY colour, is_favourite"
        for colour, is_favourite, count in store.ask(by_kind):
            colours[COLOURS.get(colour, Colour.AMBER)] += count
            favourites += count if is_favourite else 0
        bookmarks = store.ask("SELECT count(*) FROM bookmarks")[0][0]
    for thing, step in steps(works):
        if isinstance(thing, Highlight):
            colours[thing.colour] += step
            favourites += step if thing.is_favourite else 0
        elif isinstance(thing, Bookmark):
            bookmarks += step
    return Counts(colours.total(), favourites, bookmarks, colours)


def tags(store: Store | None, works: Sequence[Work]) -> Mapping[str, int]:
    """Return how many highlights have each tag, the most used first, of equally used ones by their names.

    Raises:
        sqlite3.Error: The notebook can't be read.
    """
    found: Counter[str] = Counter()
    if store is not None:
        for names, count in store.ask(
            "SELECT tags, count(*) FROM highlights WHERE tags <> '[]' GROUP BY tags"
        ):
            found.update(dict.fromkeys(names_in(names), count))
    for thing, step in steps(works):
        if isinstance(thing, Highlight):
            found.update(dict.fromkeys(thing.tags, step))
    used = [(name, count) for name, count in found.items() if count > 0]
    return dict(sorted(used, key=lambda one: (-one[1], one[0].casefold(), one[0])))


def by_path(store: Store | None, works: Sequence[Work]) -> Mapping[Path, int]:
    """Return how many highlights each episode has that has any, by the path where it was seen last.

    Raises:
        sqlite3.Error: The notebook can't be read.
    """
    found: Counter[Path] = Counter()
    if store is not None:
        query = (
            "SELECT path, count FROM sources"
            " JOIN (SELECT source, count(*) AS count FROM highlights GROUP BY source) ON source = id"
        )
        for path, count in store.ask(query):
            found[path_in(path)] += count
    for thing, step in steps(works):
        if isinstance(thing, Highlight):
            found[thing.source.path] += step
    return {path: count for path, count in found.items() if count > 0}


def steps(works: Sequence[Work]) -> Iterator[tuple[Kept, int]]:
    """Yield what comes (1) and what goes (-1) when all that waits is kept."""
    for work in works:
        for edit in work.change.edits:
            if edit.before is not None:
                yield edit.before, -1
            if edit.after is not None:
                yield edit.after, 1
