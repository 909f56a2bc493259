"""The file ``My Clippings.txt`` of a Kindle: highlights, notes and bookmarks in the order they were made.

An entry is a book's title with its author in the last brackets, a line on what and where it is, a blank
line, the text, and a line of ten equal signs. The second line is in the language of the device, so it is
known by its place and its digits. A highlight that is changed stays in the file beside the new one; here
it is folded into it. Notes join the highlight they stand on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tui.core.episode import Block, BlockKind
from tui.core.formats.draft import Draft, Fields, Heading, Item, Source, gather
from tui.core.formats.highlights import BOOKMARKS, Highlight, highlight_items
from tui.core.formats.kindle_words import authors_of, is_note, places_of, title_and_author
from tui.core.formats.lines import squeeze

SEPARATOR = re.compile(r"^={10}[ \t]*$", re.M)
RULE = "=" * 10
ABOUT = re.compile(r"-\s+\S.*\d")
"""The second line of an entry."""

NUMBER = re.compile(r"\d+")
NEIGHBOURS = 12
"""Among how many highlights before it a changed highlight's earlier form is looked for."""

LEAST_SHARE = 0.5
"""The share of what stands between the separators that must be entries."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the file."""

    book: str
    """Its first line."""

    about: str
    """Its second line, without the dash."""

    text: str

    @property
    def span(self) -> tuple[int, int]:
        """The first and last location it covers, or page; (-1, -1) where none is told."""
        where = self.about.rpartition("|")[0] or self.about
        part = where.rpartition("|")[2]
        numbers = [int(number[-9:]) for number in NUMBER.findall(part)[:2]]
        if not numbers:
            return -1, -1
        first, last = numbers[0], numbers[-1]
        if last < first:
            # Older devices leave out the digits that stay the same: 1045-47.
            last = int(f"{str(first)[: -len(str(last))]}{last}")
        return first, max(first, last)


def fits(source: Source) -> bool:
    """Say whether a text is such a file: its first entry tells place and date, or most of it are entries."""
    pieces = [piece for piece in SEPARATOR.split(source.judged) if piece.strip()]
    found = [entry_of(piece) for piece in pieces]
    first = found[0] if found else None
    if first is None or not SEPARATOR.search(source.judged):
        return False
    return "|" in first.about or sum(map(bool, found)) >= LEAST_SHARE * len(pieces)


def split(source: Source) -> list[Source]:
    """Return the books of a file, each with its own entries, in the order they come up."""
    if not fits(source):
        return [source]
    books: dict[str, list[str]] = {}
    for entry in entries(source.text):
        books.setdefault(entry.book, []).append(written(entry))
    return [Source("".join(written_entries), source.name) for written_entries in books.values()]


def written(entry: Entry) -> str:
    """Return an entry as it stands in the file."""
    return f"{entry.book}\n- {entry.about}\n\n{entry.text}\n{RULE}\n"


def entries(text: str) -> Iterator[Entry]:
    """Yield the entries of a file; what is none between two separators goes on with the entry before."""
    waiting: Entry | None = None
    for piece in SEPARATOR.split(text):
        entry = entry_of(piece)
        if entry is None and waiting is not None and piece.strip():
            waiting = replace(waiting, text=f"{waiting.text}\n{RULE}\n{piece.strip()}")
        elif entry is None and piece.strip():
            waiting = Entry(squeeze(piece.strip().split("\n")[0]), "", piece.strip().partition("\n")[2])
        elif entry is not None:
            if waiting is not None:
                yield waiting
            waiting = entry
    if waiting is not None:
        yield waiting


def entry_of(piece: str) -> Entry | None:
    """Return the entry that stands between two separators, or None."""
    lines = piece.strip("\n").split("\n")
    if len(lines) < 2 or not lines[0].strip() or not ABOUT.match(lines[1].strip()):
        return None
    return Entry(squeeze(lines[0]), lines[1].strip().removeprefix("-").strip(), "\n".join(lines[2:]).strip())


def read(source: Source) -> Draft:
    """Return the highlights of a book with their notes; of several, the first book's title counts."""
    found = list(entries(source.text))
    book, author = title_and_author(found[0].book) if found else ("", "")
    shelf = Shelf()
    for entry in found:
        shelf.add(entry)
    items = shelf.items(book_line=found[0].book if found else "")
    notices = (repeated(shelf.repeated),) if shelf.repeated else ()
    fields: Fields = {"title": book, "authors": authors_of(author)}
    return Draft(gather(items), "It is a file of Kindle clippings by its entries.", book, notices, fields)


def repeated(count: int) -> str:
    """Return what is said of clippings that stand in a file more than once."""
    return f"{count} clipping{' stands' if count == 1 else 's stand'} in the file twice and shown once"


@dataclass(slots=True)
class Marked:
    """A highlight with what belongs to it."""

    entry: Entry
    notes: list[str] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)


class Shelf:
    """The highlights of a book as far as they are read, and its bookmarks."""

    def __init__(self) -> None:
        self.marked: list[Marked] = []
        self.bookmarks: list[Entry] = []
        self.waiting: list[Entry] = []
        self.seen: set[Entry] = set()
        self.repeated = 0

    def add(self, entry: Entry) -> None:
        """Add an entry, with the highlight it belongs to or changes, if there is one."""
        if entry in self.seen:
            self.repeated += 1
            return
        self.seen.add(entry)
        if not entry.text:
            self.bookmarks.append(entry)
        elif is_note(entry.about):
            self.add_note(entry)
        else:
            self.add_highlight(entry)

    def add_highlight(self, entry: Entry) -> None:
        """Add a highlight; one that it replaces stays with it as an earlier version."""
        for marked in reversed(self.marked[-NEIGHBOURS:]):
            if replaces(entry, marked.entry):
                marked.earlier.append(marked.entry.text)
                marked.entry = entry
                return
        self.marked.append(Marked(entry))

    def add_note(self, entry: Entry) -> None:
        """Add a note to the last highlight around its place, else by itself."""
        for marked in reversed(self.marked[-NEIGHBOURS:]):
            first, last = marked.entry.span
            if not is_note(marked.entry.about) and first >= 0 and first <= entry.span[0] <= last:
                marked.notes.append(entry.text)
                return
        self.marked.append(Marked(entry))

    def items(self, book_line: str) -> list[Item]:
        """Return headings and blocks: the highlights, then the bookmarks, folded."""
        items: list[Item] = []
        for marked in self.marked:
            items += marked_items(marked, book_line)
        if self.bookmarks:
            items.append(Heading("Bookmarks", 1))
            places = [" · ".join(filter(None, places_of(entry.about))) for entry in self.bookmarks]
            items += [Block(BlockKind.BULLET, place, 1, fold=BOOKMARKS) for place in places]
        return items


def replaces(entry: Entry, before: Entry) -> bool:
    """Say whether a highlight is a new form of one before it: at the same place, and one holds the other."""
    first, last = entry.span
    before_first, before_last = before.span
    if is_note(before.about) or first < 0 or first > before_last or last < before_first:
        return False
    new, old = squeeze(entry.text), squeeze(before.text)
    return entry.book == before.book and (new in old or old in new)


def marked_items(marked: Marked, book_line: str) -> list[Item]:
    """Return the heading and blocks of a highlight, or of a note that stands alone."""
    entry = marked.entry
    place, date = places_of(entry.about)
    stands_alone = is_note(entry.about)
    if entry.book != book_line:
        # Only where a file of several books is read as one.
        date = " · ".join(filter(None, (entry.book, date)))
    highlight = Highlight(
        text="" if stands_alone else entry.text,
        title=place,
        note=entry.text if stands_alone else "\n".join(marked.notes),
        detail=date,
        earlier=tuple(marked.earlier),
    )
    return highlight_items(highlight, 1)
