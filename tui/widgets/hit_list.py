"""The list of what was found in the library: by episode, each section with its heading and an extract."""

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from tui.messages import HitPointed
from tui.widgets.drawn import Drawn
from tui.widgets.marked_text import Piece, marked, wrapped
from tui.widgets.wrapping import cells, cut, wrap

if TYPE_CHECKING:
    from tui.core.search.asking import SectionHit
    from tui.core.search.extracts import Extract
    from tui.core.search.listing import HitKey, Listing

ROOMY_FROM = 16
"""Rows from which each hit has three of them; below that, one."""

EXTRACT_ROWS = 2
MARGIN = 2
INSET = 4
"""Cells to the left of an extract below its heading."""

WRAP_LOSS = 4
"""About so many cells of a wrapped extract stay blank at the ends of its rows."""

UNKNOWN_CHARS = 80

WIDEST_HEADING = 28
"""Of a heading that shares a row with its extract, in cells."""

APART = 2
WHEEL_ROWS = 3

WITHOUT_HEADING = "Opening"
"""Stands for the heading of what comes before the first one."""


class RowKind(Enum):
    """What a row shows."""

    BLANK = auto()
    EPISODE = auto()
    HEADING = auto()
    EXTRACT = auto()
    LINE = auto()
    """Heading and extract together."""

    CHOICE = auto()
    """An earlier search."""


class Row(NamedTuple):
    """One row of the list."""

    kind: RowKind
    hit: int
    """The number of the hit it belongs to; of an episode, that of its first one."""

    line: int = 0
    """Of an extract of several rows, which."""


class HitList(Drawn):
    """Lists hits; draws only the rows in sight, and asks for extracts only for those."""

    STYLE_PREFIX = "hit-list"
    OVERLAYS = frozenset({"cursor", "mark", "cursor-mark"})
    INKS = frozenset(
        {"title", "note", "episode", "show", "heading", "extract", "label", "bar", "status", *OVERLAYS}
    )

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.listing: Listing | None = None
        self.title = ""
        """What the first row says."""

        self.notes: tuple[str, ...] = ()
        """What the rows below it say."""

        self.choices: tuple[str, ...] = ()
        """What is listed where there are no hits: earlier searches."""

        self.status = ""
        """What the last rows say: how far the index is."""

        self.cursor = 0
        """The number of the hit under the cursor."""

        self._rows: list[Row] = []
        self._first_rows: list[int] = []
        """The first row of each hit."""

        self._scroll = 0

    def show(
        self,
        listing: "Listing | None",
        title: str,
        notes: Sequence[str] = (),
        choices: Sequence[str] = (),
    ) -> None:
        """List hits, the cursor on the first.

        Args:
            listing: The hits; None for no such.
            title: What they are.
            notes: What else is to be said, above them.
            choices: What is listed where there are no hits.
        """
        self.listing, self.title, self.notes, self.choices = listing, title, tuple(notes), tuple(choices)
        self.cursor = self._scroll = 0
        self._arrange()

    def say(self, status: str) -> None:
        """Say what is to be known of the index."""
        if status != self.status:
            self.status = status
            self._keep_in_sight()
            self.refresh()

    @property
    def current(self) -> "SectionHit | None":
        """The hit under the cursor."""
        return self.listing.hits[self.cursor] if self.listing is not None and len(self.listing) else None

    @property
    def is_at_end(self) -> bool:
        """Whether the cursor is on the last hit."""
        return self.listing is not None and self.cursor == len(self.listing) - 1

    @property
    def current_at(self) -> int | None:
        """Where the extract's first word stands in the text of the hit under the cursor."""
        return self._extract(self.cursor).at if self.current is not None else None

    def go_to(self, key: "HitKey | None") -> None:
        """Put the cursor on a hit, if it is listed."""
        number = self.listing.number_of(key) if self.listing is not None else None
        if number is not None:
            self.put_cursor(number)

    def put_cursor(self, number: int) -> None:
        """Put the cursor on the hit with a number, or the nearest there is."""
        count = len(self.listing) if self.listing is not None else 0
        self.cursor = max(0, min(number, count - 1))
        self._keep_in_sight()
        self.refresh()

    @property
    def page_hits(self) -> int:
        """How many hits are in sight."""
        rows = len(self._rows) / max(len(self._first_rows), 1)
        return max(int(self._room / max(rows, 1)), 1)

    # Rows

    @property
    def is_roomy(self) -> bool:
        """Whether each hit has several rows."""
        return self.size.height >= ROOMY_FROM

    @property
    def extract_chars(self) -> int:
        """How long extracts are."""
        if not self.size.height:
            return UNKNOWN_CHARS  # not laid out yet
        if self.is_roomy:
            return max(EXTRACT_ROWS * (self.size.width - INSET - MARGIN) - WRAP_LOSS, 1)
        return max(self._line_room - self._heading_room - APART - len("……"), 1)

    @property
    def _line_room(self) -> int:
        return max(self.size.width - 2 * MARGIN, 1)

    @property
    def _heading_room(self) -> int:
        return min(self._line_room // 3, WIDEST_HEADING)

    def _extract(self, number: int) -> "Extract":
        assert self.listing is not None
        return self.listing.extract(number, self.extract_chars)

    def _arrange(self) -> None:
        """Find out which rows there are."""
        self._rows = list(self._new_rows())
        self._first_rows = [
            number for number, row in enumerate(self._rows) if row.kind in (RowKind.HEADING, RowKind.LINE)
        ]
        self._keep_in_sight()
        self.refresh()

    def _new_rows(self) -> Iterator[Row]:
        yield from (Row(RowKind.CHOICE, number) for number in range(len(self.choices)))
        number = 0
        for group in self.listing.groups if self.listing is not None else ():
            if number and self.is_roomy:
                yield Row(RowKind.BLANK, number)
            yield Row(RowKind.EPISODE, number)
            for _ in group.hits:
                if self.is_roomy:
                    yield Row(RowKind.HEADING, number)
                    yield from (Row(RowKind.EXTRACT, number, line) for line in range(EXTRACT_ROWS))
                else:
                    yield Row(RowKind.LINE, number)
                number += 1

    @property
    def _head(self) -> list[tuple[str, str]]:
        """The rows above the list: style and text of each."""
        notes = [("note", line) for note in self.notes for line in wrapped(note, self._line_room)]
        head = [("title", self.title), *notes]
        if self.is_roomy:
            return [*head, ("note", "")]
        if not self._first_rows:
            return head
        # There the line below says how much was found.
        return notes if len(notes) < self.size.height else []

    @property
    def _foot(self) -> list[str]:
        """The rows below the list."""
        return wrapped(self.status, self._line_room)[: 3 if self.is_roomy else 1] if self.status else []

    @property
    def _room(self) -> int:
        """Rows for the list itself."""
        return max(self.size.height - len(self._head) - len(self._foot), 1)

    def _keep_in_sight(self) -> None:
        """Scroll as little as shows the hit under the cursor, and its episode's title if it is the first."""
        if not self._first_rows:
            self._scroll = 0
            return
        first = self._first_rows[self.cursor]
        end = first + (1 + EXTRACT_ROWS if self.is_roomy else 1)
        if self._rows[first - 1].kind is RowKind.EPISODE:
            first -= 1
        self._scroll = max(min(self._scroll, first), end - self._room)
        self._limit_scroll()

    def _limit_scroll(self) -> None:
        self._scroll = max(0, min(self._scroll, len(self._rows) - self._room))

    def on_resize(self) -> None:
        """Arrange the rows anew; the cursor stays in sight."""
        self._arrange()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Return one row of cells."""
        head, foot = self._head, self._foot
        blank = Segment(" " * MARGIN, self.ground)
        if y < len(head):
            style, text = head[y]
            return self.line([blank, Segment(cut(text, self._line_room), self.ink(style))])
        if y >= self.size.height - len(foot):
            text = foot[y - self.size.height + len(foot)]
            return self.line([blank, Segment(cut(text, self._line_room), self.ink("status"))])
        number = y - len(head) + self._scroll
        return self.line(self._row(self._rows[number]) if number < len(self._rows) else [])

    def _row(self, row: Row) -> list[Segment]:
        if row.kind is RowKind.CHOICE:
            text = cut(self.choices[row.hit], self._line_room)
            return [Segment(" " * MARGIN, self.ground), Segment(text, self.ink("heading"))]
        if self.listing is None or row.kind is RowKind.BLANK:
            return []
        if row.kind is RowKind.EPISODE:
            return self._episode_row(self.listing.hits[row.hit])
        is_current = row.hit == self.cursor
        over = Style(bgcolor=self.ground.bgcolor) + (self.ink("cursor") if is_current else Style())
        if row.kind is RowKind.HEADING:
            segments = self._heading(row.hit, self._line_room, over)
        elif row.kind is RowKind.EXTRACT:
            segments = [Segment(" " * (INSET - MARGIN), over), *self._extract_row(row, over)]
        else:
            segments = [
                *self._heading(row.hit, self._heading_room, over),
                Segment(" " * APART, over),
                *self._extract_line(row.hit, over),
            ]
        used = sum(cells(segment.text) for segment in segments)
        bar = Segment("▌ " if is_current else "  ", self.ink("bar") + over)
        return [bar, *segments, Segment(" " * max(self.size.width - MARGIN - used, 0), over)]

    def _episode_row(self, hit: "SectionHit") -> list[Segment]:
        assert self.listing is not None
        card, room = hit.card, self._line_room
        title = cut(card.title, room)
        spans = hit.title_spans(self.listing.query.wanted)
        number = f" #{card.number}" if card.number is not None and card.show else ""
        show_room = room - cells(title) - APART - len(number)
        show = cut(card.show, show_room) + number if card.show and show_room > len(number) else ""
        gap = " " * APART if self.is_roomy else " " * max(room - cells(title) - cells(show), APART)
        return [
            Segment(" " * MARGIN, self.ground),
            *marked(Piece(card.title, spans), room, self.ink("episode"), self.ink("mark")),
            Segment(gap, self.ground),
            Segment(show, self.ink("show")),
        ]

    def _mark(self, number: int) -> Style:
        """Return what lies over the words that were found, in the rows of a hit."""
        return self.ink("cursor-mark" if number == self.cursor else "mark")

    def _heading(self, number: int, room: int, over: Style) -> list[Segment]:
        """Return a hit's heading in so many cells, and which of the episode's texts it is in."""
        assert self.listing is not None
        hit = self.listing.hits[number]
        label = hit.card.label if self.is_roomy else ""
        room = max(room - cells(label) - (APART if label else 0), 1)
        piece = Piece(hit.card.heading or WITHOUT_HEADING, hit.heading_spans(self.listing.query.wanted))
        segments = marked(piece, room, self.ink("heading") + over, self._mark(number))
        gap = room - sum(cells(segment.text) for segment in segments) + (APART if label else 0)
        return [*segments, Segment(" " * gap, over), Segment(label, self.ink("label") + over)]

    def _extract_row(self, row: Row, over: Style) -> list[Segment]:
        found = self._extract(row.hit)
        room = max(self.size.width - INSET - MARGIN, 1)
        lines = wrap(found.text, room)
        if row.line >= len(lines):
            return []
        start, end = lines[row.line]
        # The last row has all that is left, as far as it fits.
        text = found.text[: end if row.line < EXTRACT_ROWS - 1 else None]
        piece = Piece(text, found.spans, start)
        return marked(piece, room, self.ink("extract") + over, self._mark(row.hit))

    def _extract_line(self, number: int, over: Style) -> list[Segment]:
        found = self._extract(number)
        room = self._line_room - self._heading_room - APART
        return marked(Piece(found.text, found.spans), room, self.ink("extract") + over, self._mark(number))

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """Go to the hit that was clicked; open it if it is the one under the cursor already."""
        number = event.y - len(self._head) + self._scroll
        if not 0 <= number < len(self._rows) or event.y >= self.size.height - len(self._foot):
            return
        if event.y >= len(self._head) and self._rows[number].kind is not RowKind.BLANK:
            hit = self._rows[number].hit
            self.post_message(HitPointed(hit, is_opened=hit == self.cursor and self.listing is not None))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Show hits further down."""
        event.stop()
        self._scroll += WHEEL_ROWS
        self._limit_scroll()
        self.refresh()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Show hits further up."""
        event.stop()
        self._scroll -= WHEEL_ROWS
        self._limit_scroll()
        self.refresh()
