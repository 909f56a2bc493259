"""Searching once, as a command does: the index is brought up to date first, as far as that can be."""

from collections.abc import Callable
from pathlib import Path

from tui.core.search.asking import MOST_HITS, LibraryIndex, NoIndexError, Results
from tui.core.search.indexer import CannotIndexError, bring_up_to_date
from tui.core.search.queries import InState
from tui.core.search.scanning import Scanner
from tui.core.search.store import Progress


def search_once(
    library: Path,
    text: str,
    *,
    limit: int = MOST_HITS,
    in_state: InState | None = None,
    root: Path | None = None,
    tell: Callable[[Progress], None] = lambda _progress: None,
) -> tuple[Results, str]:
    """Return what a query finds in a library, and what its asker should know about that, in one line.

    To write an index takes no longer than going through the files does, and only once.

    Args:
        library: The folder of episodes, or a file of several.
        text: Any text is a query.
        limit: How many hits are returned.
        in_state: Returns the keys of the episodes that are in a state of reading.
        root: Where indexes lie; by default in our cache folder.
        tell: Called now and then with how far the writing of the index has come.

    Raises:
        PullquoteError: The library can't be looked through.
    """
    problem = ""
    try:
        done = bring_up_to_date(library, root=root, tell=tell)
        if done is None:
            problem = "the index is being written; what is not in it yet is not found"
    except CannotIndexError as error:
        problem = f"the index can't be kept: {error}"
    try:
        return LibraryIndex(library, in_state, root).search(text, limit=limit), problem
    except NoIndexError as error:
        problem = f"searched by going through the files: {problem or error}"
        return Scanner(library, in_state).search(text, limit=limit), problem
