"""What is in a library, asked once, as a command does."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tui.core.catalogue.catalogue import Catalogue
from tui.core.catalogue.reading import read_rows
from tui.core.catalogue.rows import Row, base_of
from tui.core.catalogue.store import CatalogueFiles
from tui.core.catalogue.waiting import Waiting, read_all
from tui.core.library import no_episodes
from tui.core.search.changes import FileScan, Work

TELL_FROM = 100
"""From so many episodes to be read on, it is told how far that has come."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What is in a library."""

    base: Path
    """The folder that the places of rows start from."""

    rows: Sequence[Row]
    """In the order of their names."""

    notices: tuple[str, ...] = ()
    """What was left out, in words for the reader."""


def glance(library: Path, root: Path | None = None) -> Sequence[Row]:
    """Return the rows of a library, reading none: those that are not known yet have but their names.

    Args:
        library: The folder of episodes, or a file of several.
        root: Where catalogues lie; by default in our cache folder.

    Raises:
        PullquoteError: It is not there, can't be looked through, or is empty.
    """
    return looked_through(library, CatalogueFiles(library, root))[0].rows


def listed(
    library: Path, *, root: Path | None = None, tell: Callable[[int, int], None] = lambda _done, _all: None
) -> Listed:
    """Return the rows of a library, each of a file that was read wholly.

    Args:
        library: The folder of episodes, or a file of several.
        root: Where catalogues lie; by default in our cache folder.
        tell: Called with how many episodes were read and how many have to be, if that are many.

    Raises:
        PullquoteError: It is not there, can't be looked through, or is empty.
    """
    files = CatalogueFiles(library, root)
    catalogue, works, notices = looked_through(library, files)
    read: list[tuple[Work, list[Row]]] = []
    with closing(read_all(catalogue.base, Waiting(works), spare=0)) as results:
        for one in results:
            read.append(one)
            if len(works) >= TELL_FROM:
                tell(len(read), len(works))
    catalogue.take_in(read)
    # Of long ones the head was read, as it is enough for the list on the screen.
    long = catalogue.works_of([row for row in catalogue.rows if not row.is_whole])
    catalogue.take_in((work, read_rows(catalogue.base, work, wholly=True)) for work in long)
    if read or long:
        files.store(catalogue.contents)
    return Listed(catalogue.base, catalogue.rows, notices)


def looked_through(library: Path, files: CatalogueFiles) -> tuple[Catalogue, list[Work], tuple[str, ...]]:
    """Return what is known of a library, what is to be read, and what was left out.

    Raises:
        PullquoteError: It is not there, can't be looked through, or is empty.
    """
    scan = FileScan(library)
    stamps = scan.run()
    if not stamps:
        raise no_episodes(library, scan.notices)
    catalogue = Catalogue(library, base_of(library), files.load())
    return catalogue, catalogue.take_down(stamps), tuple(scan.notices)
