"""Which episodes of a library are read, half read or highlighted, for who searches it (``is:finished``)."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from tui.core.notebook.contents import Contents
from tui.core.notebook.values import ReadingState
from tui.core.search.keys import key_of

HIGHLIGHTED = "highlighted"


class States:
    """What is asked for the keys of the episodes that are in a state (``core.search.queries.InState``)."""

    def __init__(self, notebook: Contents, library: Path) -> None:
        """Prepare; nothing is read yet.

        Args:
            notebook: Who knows.
            library: The folder of episodes, or a file of several.
        """
        self.notebook = notebook
        self.library = library
        self.roots = tuple(dict.fromkeys((os.path.abspath(library), os.path.realpath(library))))  # noqa: PTH100
        """The library's paths, by links and without."""

        self.known: dict[str, frozenset[str]] = {}
        self.edition = -1
        """That of the notebook when it was asked last."""

    def __call__(self, name: str) -> frozenset[str]:
        """Return the keys of the episodes in a state; of ``unread``, those that were marked so.

        Args:
            name: One of ``query.STATES``.
        """
        edition = self.notebook.edition
        if edition != self.edition:
            self.edition, self.known = edition, {}
        if name not in self.known:
            self.known[name] = frozenset(self.keys(self.paths(name)))
        return self.known[name]

    def paths(self, name: str) -> Iterable[Path]:
        """Return the paths of the episodes in a state, of whatever library."""
        if name == HIGHLIGHTED:
            return self.notebook.highlighted()
        readings = self.notebook.readings().values()
        return [reading.source.path for reading in readings if reading.state == ReadingState(name)]

    def keys(self, paths: Iterable[Path]) -> Iterator[str]:
        """Yield the keys of those paths that are in the library."""
        folders: dict[Path, str] = {}
        for path in paths:
            name = os.fspath(path)
            if not self.is_inside(name):
                # It may have been opened by a link to a folder.
                if path.parent not in folders:
                    folders[path.parent] = os.path.realpath(path.parent)
                name = os.path.join(folders[path.parent], path.name)  # noqa: PTH118 - strings are at hand
            root = self.is_inside(name)
            if root:
                yield key_of(Path(name), Path(root))

    def is_inside(self, path: str) -> str:
        """Return by which of the library's paths it has another; empty if it has not."""
        return next((root for root in self.roots if path == root or path.startswith(f"{root}/")), "")
