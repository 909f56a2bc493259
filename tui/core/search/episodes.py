"""Reading episodes for the index, by this process or by others beside it, while the engine writes."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from tui.core.file_names import named
from tui.core.loading import episodes_of
from tui.core.search.changes import Work
from tui.core.search.engine import Row
from tui.core.search.keys import key_of
from tui.core.search.pool import Pool, Reading, serve
from tui.core.search.rows import rows
from tui.core.siblings import Variant, variants_in
from tui.core.suffixes import is_data_name
from tui.errors import PullquoteError

RowsByFile: TypeAlias = list[tuple[str, list[Row]]]
"""The rows of an episode's files, by the keys of the files."""


def read_work(library: Path, work: Work) -> RowsByFile:
    """Return what is to be indexed of an episode's files; of one that can't be read, nothing."""
    folder = folder_of(library, work.folder)
    sizes = {name: stamp[0] for name, stamp in work.files}
    variants: tuple[Variant, ...] = ()
    if len(sizes) > 1 or any(map(is_data_name, sizes)):
        variants = variants_in([named(name) for name in sizes], folder, lambda name: sizes[name])
        paths = [variant.path for variant in variants]
    else:
        paths = [folder / name for name in sizes]
    labels = {variant.path: variant.label for variant in variants} if len(variants) > 1 else {}
    group = key_of(paths[0], library) if labels else ""
    return [
        (key_of(path, library), list(rows_in(library, path, variants, group, labels.get(path, ""))))
        for path in paths
    ]


def rows_in(
    library: Path, path: Path, variants: tuple[Variant, ...], group: str, label: str
) -> Iterator[Row]:
    """Yield what is to be indexed of a file, as far as it can be read."""
    try:
        for episode in episodes_of(path, variants, head=False):
            of_several = episode.count > 1
            yield from rows(episode, key_of(episode.path, library), "" if of_several else group, label)
    except PullquoteError:
        return
    except Exception:  # noqa: BLE001 - one file that trips a parser up must not keep all others from the index
        return


def folder_of(library: Path, folder: str) -> Path:
    """Return a folder by its path below the library; that of a library that is one file is above it."""
    return library.parent if folder == os.pardir else library / folder


def read_all(
    library: Path, works: list[Work], processes: int
) -> Generator[tuple[Work, RowsByFile], None, None]:
    """Yield episodes with what is to be indexed of them, as they are read.

    Args:
        library: The folder of episodes.
        works: What is to be read.
        processes: How many processes read; none means that this one does.
    """
    if not processes:
        for work in works:
            yield work, read_work(library, work)
        return
    pool = Pool(library, iter(works), processes, READING)
    try:
        for work, found in pool.results():
            yield work, found or []
    finally:
        pool.stop()


def packed(found: RowsByFile) -> Any:
    """Return what was read as ``marshal`` can write it."""
    return [(key, [tuple(row) for row in of_file]) for key, of_file in found]


def unpacked(found: Any) -> RowsByFile:
    """Return what was read from what ``packed`` made of it."""
    return [(key, [Row._make(row) for row in of_file]) for key, of_file in found]


READING = Reading(__name__, read_work, packed, unpacked)


def main(words: list[str]) -> int:
    """Be a process that reads."""
    return serve(words, READING)
