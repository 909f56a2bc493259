"""A library's rows, brought up to date by the sizes and times of its files: what is unchanged is not read."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from heapq import merge
from itertools import chain
from operator import attrgetter
from pathlib import Path

from tui.core.catalogue.calm import calmly_sorted
from tui.core.catalogue.rows import Row, bare_row, base_name, folder_of, moved, place_in
from tui.core.catalogue.store import Contents
from tui.core.catalogue.works import places_of, variants_of
from tui.core.file_names import groups
from tui.core.search.changes import UNSETTLED, Stamp, Stamps, Work
from tui.core.suffixes import is_data_name

UNREADABLE = -1
"""The size in the stamp of a file that may not be read: it is tried again every time."""

NAME_KEY = attrgetter("name_key")

NO_FILES: Mapping[str, Stamp] = {}

Stamped = frozenset[tuple[str, Stamp]]
"""The names of one episode's files with their stamps: what stays when they are moved together."""


class Catalogue:
    """What is known of a library's episodes; only one thread at a time may call it."""

    def __init__(self, library: Path, base: Path, contents: Contents | None = None) -> None:
        """Begin with what was known the last time.

        Args:
            library: The folder of episodes, or a file of several.
            base: The folder that the paths of rows start from.
            contents: What was known; None if nothing was.
        """
        contents = contents or Contents()
        self.library = library
        self.base = base
        self.rows: Sequence[Row] = contents.rows
        """In the order of their names; never changed but replaced, so that others may go through them."""

        self.stamps = contents.stamps

    @property
    def contents(self) -> Contents:
        """What is to be kept."""
        return Contents(list(self.rows), self.stamps)

    def folder_of(self, row: Row) -> str:
        """Return the folder of a row's files, as stamps have it."""
        return folder_of(row.file) if self.base == self.library else os.pardir

    def take_down(self, found: Stamps) -> list[Work]:
        """Take down which files there are now, and return what is to be read: new and changed episodes.

        What has gone is taken out; what was only moved stays known; what is new has a row with its name.

        Args:
            found: The stamps of all files there are.
        """
        changed = {
            folder
            for folder in found.keys() | self.stamps.keys()
            if is_changed(found.get(folder, NO_FILES), self.stamps.get(folder, NO_FILES))
        }
        if not changed:
            return []
        rows = self.rows_in(changed)
        works = [work for folder in changed for work in self.works_in(folder, found, rows.get(folder, ()))]
        gone = [row for folder, of in rows.items() for row in of if is_gone(row, folder, found)]
        works, new = self.without_moved(works, gone)
        known = {file for folder in rows.values() for row in folder for file in row.all_files}
        known.difference_update(file for row in gone for file in row.all_files)
        new += [row for work in works if (row := self.row_to_come(work, known)) is not None]
        self.put({file for row in gone for file in row.all_files}, new)
        self.forget(changed, found)
        works.sort(key=lambda work: -work.changed_ns)
        return works

    def take_in(self, read: Iterable[tuple[Work, list[Row]]]) -> None:
        """Take in what was read; of what was read twice, the later reading."""
        latest: dict[str, int] = {}
        new: dict[int, list[Row]] = {}
        for number, (work, rows) in enumerate(read):
            for file in {*places_of(work), *(file for row in rows for file in row.all_files)}:
                # A look through the folder meanwhile has a file read again that is just being read.
                new.pop(latest.get(file, number), None)
                latest[file] = number
            new[number] = rows
            self.know(work, rows)
        self.put(latest.keys(), chain.from_iterable(new.values()))

    def works_of(self, rows: Iterable[Row]) -> list[Work]:
        """Return what is to be read for some rows to be read once more."""
        found: dict[Work, None] = {}
        for row in rows:
            folder = self.folder_of(row)
            stamps = self.stamps.get(folder, NO_FILES)
            files = ((name, stamps[name]) for name in map(base_name, row.all_files) if name in stamps)
            found[Work(folder, tuple(files))] = None
        return list(found)

    def know(self, work: Work, rows: Sequence[Row]) -> None:
        """Take down which state of an episode's files was read."""
        stamps = self.stamps.setdefault(work.folder, {})
        for name, stamp in work.files:
            stamps[name] = stamp
        if any(row.problem and not os.access(self.base / row.file, os.R_OK) for row in rows):
            stamps.update({name: (UNREADABLE, stamp[1]) for name, stamp in work.files})

    def put(self, files: Set[str], new: Iterable[Row]) -> None:
        """Put rows into the list, instead of those of some files."""
        added = calmly_sorted(new, NAME_KEY)
        if files or added:
            kept = (
                row
                for row in self.rows
                if row.file not in files and (not row.files or files.isdisjoint(row.files))
            )
            self.rows = list(merge(kept, added, key=NAME_KEY))

    def forget(self, folders: Iterable[str], found: Stamps) -> None:
        """Forget the stamps of files that are not there any more."""
        for folder in folders:
            now, before = found.get(folder, NO_FILES), self.stamps.get(folder)
            if before is not None:
                self.stamps[folder] = {name: stamp for name, stamp in before.items() if name in now}
                if not now:
                    del self.stamps[folder]

    def rows_in(self, folders: Set[str]) -> dict[str, list[Row]]:
        """Return the rows of some folders, by these."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            folder = self.folder_of(row)
            if folder in folders:
                found.setdefault(folder, []).append(row)
        return found

    def works_in(self, folder: str, found: Stamps, rows: Sequence[Row]) -> Iterator[Work]:
        """Yield what is to be read in a folder.

        That is what has new or changed files, and what belongs together otherwise than before.
        """
        now, before = found.get(folder, NO_FILES), self.stamps.get(folder, NO_FILES)
        changed = {name for name, stamp in now.items() if before.get(name) != stamp or UNSETTLED in stamp}
        together = {base_name(file): row.all_files for row in rows for file in row.all_files}
        folder_name = os.path.basename(os.path.abspath(self.base / folder))  # noqa: PTH100, PTH119 - resolves ".."
        for group in groups(now, folder_name):
            names = {one.name for one in group}
            if not names.isdisjoint(changed) or is_regrouped(names, together):
                yield Work(folder, tuple((name, now[name]) for name in names))

    def without_moved(self, works: Iterable[Work], gone: Sequence[Row]) -> tuple[list[Work], list[Row]]:
        """Return works without those whose files were only moved to another folder, and the rows of these."""
        left: list[Work] = []
        new: list[Row] = []
        before: dict[Stamped, list[Row]] = {}
        for row in gone:
            before.setdefault(self.stamped(row), []).append(row)
        for work in works:
            rows = before.get(frozenset(work.files)) if before else None
            if rows:
                new += [moved(row, work.folder) for row in rows]
                self.know(work, ())
            else:
                left.append(work)
        return left, new

    def row_to_come(self, work: Work, known: Set[str]) -> Row | None:
        """Return the row that an episode has until it is read.

        None if one of its files has another, or if it may turn out to be no episode.
        """
        places = places_of(work)
        if all(is_data_name(name) for name, _ in work.files) or not known.isdisjoint(places):
            return None
        if len(places) > 1:
            places = [place_in(work.folder, variant.path.name) for variant in variants_of(self.base, work)]
        return bare_row(places)

    def stamped(self, row: Row) -> Stamped:
        """Return the names of a row's files with the stamps they had."""
        stamps = self.stamps.get(self.folder_of(row), NO_FILES)
        names = [base_name(file) for file in row.all_files]
        return frozenset((name, stamps.get(name, (UNREADABLE, UNSETTLED))) for name in names)


def is_changed(now: Mapping[str, Stamp], before: Mapping[str, Stamp]) -> bool:
    """Say whether the files of a folder are others than before, or may be."""
    # Most folders are as they were, and a comparison of the whole takes no time.
    return now != before or any(changed == UNSETTLED for _, changed in now.values())


def is_gone(row: Row, folder: str, found: Stamps) -> bool:
    """Say whether the file that a row is shown from is not there any more."""
    return base_name(row.file) not in found.get(folder, NO_FILES)


def is_regrouped(names: Set[str], together: Mapping[str, tuple[str, ...]]) -> bool:
    """Say whether files that belong together did not do so before, or did so with others."""
    before = {together[name] for name in names if name in together}
    return len(before) > 1 or any(base_name(file) not in names for files in before for file in files)
