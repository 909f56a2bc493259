"""Drawing the outline: the episode's shape, where you are in it, what was read, hits and highlights."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip

from tui.core.episode import Episode
from tui.core.folding import fold
from tui.core.outline import OutlineEntry, outline
from tui.widgets.drawn import Drawn
from tui.widgets.wrapping import cells, cut, wrap

HEADER_ROWS = 3
"""The show, the title, a blank row."""

MARGIN = 2
"""Blank cells on the left and the right."""

INDENT = 2
"""Cells a level."""

HIGHLIGHTS_SIGN = "│"
"""Stands before the number of highlights, as beside them on the page."""


class OutlineView(Drawn):
    """Draws an episode's outline and follows the reading."""

    STYLE_PREFIX = "outline"
    OVERLAYS = frozenset({"cursor"})
    INKS = frozenset(
        {
            "show",
            "number",
            "title",
            "entry",
            "part",
            "read",
            "current",
            "cursor",
            "count",
            "highlights",
            "tick",
            "bar",
            "fold",
            "none",
        }
    )

    current: reactive[int] = reactive(0)
    """The ordinal of the section at the reading position."""

    def __init__(self, episode: Episode, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.episode = episode
        self.entries: tuple[OutlineEntry, ...] = ()
        self.folded: set[int] = set()
        self.wanted = ""
        """What the entries are filtered by."""

        self.cursor = 0
        """Index of the row under the cursor."""

        self._current_row = 0
        """The row that was drawn as the current one last."""

        self._rows: list[int] = []
        """Indexes of the entries that are shown now."""

        self._row_numbers: dict[int, int] = {}
        """The row of each entry that is shown."""

        self._entries_of: dict[int, int] = {}
        """The entry of each section."""

        self._parents: frozenset[int] = frozenset()
        self._scroll = 0
        self._read: set[int] = set()
        self._counts: Counter[int] = Counter()
        self._counts_below: Counter[int] = Counter()
        """How many hits an entry and all below it have."""

        self._highlights: Counter[int] = Counter()
        self._highlights_below: Counter[int] = Counter()

        self.show(episode)

    def show(self, episode: Episode) -> None:
        """Show the outline of an episode; what is folded stays folded if it is the same one."""
        if episode.id != self.episode.id:
            self.folded, self.wanted, self._scroll = set(), "", 0
            self._read, self._counts, self._highlights = set(), Counter(), Counter()
        self.episode = episode
        self.entries = outline(episode)
        self._parents = frozenset(entry.parent for entry in self.entries if entry.parent is not None)
        self._entries_of = {
            entry.section: index for index, entry in enumerate(self.entries) if not entry.is_part
        }
        self._arrange()
        self.follow()

    def mark(self, read: set[int], counts: Counter[int]) -> None:
        """Show which sections were read and how many hits each has."""
        if read != self._read or counts != self._counts:
            changed = (read ^ self._read) | {
                ordinal
                for ordinal in counts.keys() | self._counts.keys()
                if counts[ordinal] != self._counts[ordinal]
            }
            self._read, self._counts = set(read), counts
            self._counts_below = self._summed(counts)
            self._refresh_rows({self._row_of(ordinal) for ordinal in changed})

    def mark_highlights(self, counts: Counter[int]) -> None:
        """Show how many highlights each section has."""
        if counts != self._highlights:
            changed = {ordinal for ordinal, _ in counts.items() ^ self._highlights.items()}
            self._highlights, self._highlights_below = counts, self._summed(counts)
            self._refresh_rows({self._row_of(ordinal) for ordinal in changed})

    def _summed(self, counts: Counter[int]) -> Counter[int]:
        """Return the count of each entry and all below it."""
        summed: Counter[int] = Counter()
        for ordinal, count in counts.items():
            for index in self._with_ancestors(self._entries_of[ordinal]):
                summed[index] += count
        return summed

    def filter(self, wanted: str) -> None:
        """Show only the entries whose label has what is wanted, and those above them."""
        self.wanted = wanted
        self._arrange()
        first = next((row for row, entry in enumerate(self._rows) if self._is_wanted(entry)), 0)
        self._put_cursor(first if wanted else self._row_of(self.current))

    # Rows

    def _arrange(self) -> None:
        """Find out which entries are rows now."""
        if self.wanted:
            shown: set[int] = set()
            for index in range(len(self.entries)):
                if self._is_wanted(index):
                    shown.update(self._with_ancestors(index))
            self._rows = sorted(shown)
        else:
            self._rows = [index for index in range(len(self.entries)) if not self._is_hidden(index)]
        self._row_numbers = {index: row for row, index in enumerate(self._rows)}
        self.cursor = min(self.cursor, max(len(self._rows) - 1, 0))
        self.refresh()

    def _is_wanted(self, index: int) -> bool:
        return fold(self.wanted).text.strip() in fold(self.entries[index].label).text

    def _with_ancestors(self, index: int) -> Sequence[int]:
        chain, parent = [index], self.entries[index].parent
        while parent is not None:
            chain.append(parent)
            parent = self.entries[parent].parent
        return chain

    def _is_hidden(self, index: int) -> bool:
        return any(ancestor in self.folded for ancestor in self._with_ancestors(index)[1:])

    def _row_of(self, ordinal: int) -> int:
        """Return the row of a section, or of the folded entry it is in."""
        entry = self._entries_of.get(ordinal)
        if entry is None:
            return 0
        return next(
            (self._row_numbers[index] for index in self._with_ancestors(entry) if index in self._row_numbers),
            0,
        )

    @property
    def _room(self) -> int:
        """Rows for entries."""
        return max(self.size.height - HEADER_ROWS, 1)

    def _put_cursor(self, row: int) -> None:
        before = (self.cursor, self._scroll)
        self.cursor = max(0, min(row, len(self._rows) - 1))
        margin = min(2, self._room // 4)
        self._scroll = min(self._scroll, max(self.cursor - margin, 0))
        self._scroll = max(self._scroll, self.cursor + margin + 1 - self._room)
        self._scroll = max(0, min(self._scroll, len(self._rows) - self._room))
        if self._scroll != before[1]:
            self.refresh()
        elif self.cursor != before[0]:
            self._refresh_rows((before[0], self.cursor))

    def follow(self) -> None:
        """Put the cursor on the section that is being read."""
        self._put_cursor(self._row_of(self.current))

    def watch_current(self) -> None:
        """Follow the reading position, unless the reader is choosing here."""
        scroll = self._scroll
        if not self.has_focus:
            self.follow()
        if scroll == self._scroll:
            self._refresh_rows({self._current_row, self._row_of(self.current)})
        else:
            self.refresh()
        self._current_row = self._row_of(self.current)

    def _refresh_rows(self, rows: Iterable[int]) -> None:
        """Draw some rows again: the whole of it would be most of what a page key sends."""
        for row in rows:
            y = row - self._scroll + HEADER_ROWS
            if HEADER_ROWS <= y < self.size.height:
                self.refresh(Region(0, y, self.size.width, 1))

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._put_cursor(self.cursor)

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Return one row of cells."""
        return self.line(self._header(y) if y < HEADER_ROWS else self._row(y - HEADER_ROWS + self._scroll))

    def _header(self, y: int) -> list[Segment]:
        """Return the show and the title; a title without a show has both rows."""
        room = max(self.size.width - 2 * MARGIN, 1)
        blank = Segment(" " * MARGIN, self.ground)
        episode = self.episode
        if y >= HEADER_ROWS - 1:
            return [blank]
        if episode.show is None:
            lines = wrap(episode.title, room)
            rest = episode.title[lines[y][0] :] if y < len(lines) else ""
            return [
                blank,
                Segment(cut(rest if y else episode.title[slice(*lines[0])], room), self.ink("title")),
            ]
        if y == 1:
            return [blank, Segment(cut(episode.title, room), self.ink("title"))]
        number = f" #{episode.number}" if episode.number is not None else ""
        show = cut(episode.show, max(room - len(number), 1))
        return [blank, Segment(show, self.ink("show")), Segment(number, self.ink("number"))]

    def _row(self, row: int) -> list[Segment]:
        if not self._rows and row == 0:
            return [Segment(" " * MARGIN + "no such section", self.ink("none"))]
        if row >= len(self._rows):
            return []
        index = self._rows[row]
        entry = self.entries[index]
        is_current = row == self._row_of(self.current)
        is_cursor = self.has_focus and row == self.cursor
        ground = self._ground(is_current=is_current, is_cursor=is_cursor)
        style = self._label_style(entry, is_current=is_current) + ground
        tick = "✓" if self._is_read(index) else " "
        hits = self._count(index, self._counts, self._counts_below)
        highlights = self._count(index, self._highlights, self._highlights_below)
        counted = f" {hits}" if hits else ""
        marked = f" {HIGHLIGHTS_SIGN}{highlights}" if highlights else ""
        inset = INDENT * entry.depth
        glyph = ("▸ " if index in self.folded else "▾ ") if index in self._parents else ""
        room = self.size.width - MARGIN - inset - len(glyph) - len(counted + marked) - 2 - MARGIN
        label = cut(entry.label, max(room, 1))
        bar = "▌" if is_current else "›" if is_cursor else " "
        return [
            Segment(bar + " " * (MARGIN - 1 + inset), self.ink("bar") + ground),
            Segment(glyph, self.ink("fold") + ground),
            Segment(label + " " * max(room - cells(label), 0), style),
            Segment(marked, self.ink("highlights") + ground),
            Segment(counted, self.ink("count") + ground),
            Segment(f" {tick}" + " " * MARGIN, self.ink("tick") + ground),
        ]

    def _label_style(self, entry: OutlineEntry, *, is_current: bool) -> Style:
        if is_current:
            return self.ink("current")
        if entry.is_part:
            return self.ink("part")
        return self.ink("read" if entry.section in self._read else "entry")

    def _ground(self, *, is_current: bool, is_cursor: bool) -> Style:
        if is_cursor:
            return self.ink("cursor")
        if is_current:
            return Style(bgcolor=self.ink("current").bgcolor)
        return Style()

    def _is_read(self, index: int) -> bool:
        """Whether a section was read; a part never has a tick of its own."""
        entry = self.entries[index]
        return not entry.is_part and entry.section in self._read

    def _count(self, index: int, counts: Counter[int], below: Counter[int]) -> int:
        """Return a section's count; a folded entry counts for all below it."""
        if index in self.folded:
            return below[index]
        return 0 if self.entries[index].is_part else counts[self.entries[index].section]
