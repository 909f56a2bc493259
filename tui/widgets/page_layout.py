"""What a page shows and where: the lines in sight, and which place of the episode is at which cell."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.reactive import reactive

from tui.core.episode import Episode, Place
from tui.core.finding import Hits
from tui.core.folds import Fold, Folds, FoldState
from tui.widgets.drawn import Drawn
from tui.widgets.lines import GAP, PLACED, Line, LineKind
from tui.widgets.page_marks import PageNotes
from tui.widgets.typesetting import Anchor, Typesetter
from tui.widgets.wrapping import cells, displayed, offset_at_cell

if TYPE_CHECKING:
    from tui.core.stretches import Stretch

GUTTER = 3
"""Cells kept free on the left of the column, for marks."""

ASIDE = -1
"""The offset that stands for what is shown aside of a heading or block: its time."""


class PageLayout(Drawn):
    """A widget that shows an episode from a line on; how the lines look is another's affair."""

    column: reactive[int] = reactive(70)
    """The widest the text may be, in cells."""

    justified: reactive[bool] = reactive(False)

    def __init__(
        self, episode: Episode, *, fold_state: FoldState | None = None, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.episode = episode
        self.folds = Folds(episode, fold_state)
        """Which stretches are folded, and which of them are open."""

        self.hits: Hits | None = None
        self.current_hit: int | None = None
        self.selection: Stretch | None = None
        self.labels: Mapping[Place, str] = {}
        """What is drawn over the first characters at a place (over a time, if the offset is ``ASIDE``)."""

        self.notes = PageNotes()
        """What is shown of the notebook."""
        self.is_covered = False
        """Nothing of it is in sight: something lies over it."""

        self._place = Place()
        self._top_line: Anchor | None = Anchor(0, 0)
        self._lead = 0
        """How many blank lines stood above the place before the layout was forgotten."""

        self._typesetter: Typesetter | None = None
        self._frame: list[Anchor] | None = None
        self._drawn_margin = GUTTER
        """The margin of the present frame, in cells."""

        self._seam: Anchor | None = None
        """The first line that the last page key brought in."""

    # What lies over the text

    def show_hits(self, hits: Hits | None, current: int | None) -> None:
        """Mark hits, one of them as the current one."""
        self.hits, self.current_hit = hits, current
        self.refresh()

    def select(self, selection: "Stretch | None") -> None:
        """Mark what is selected."""
        if selection != self.selection:
            self.selection = selection
            self.refresh()

    def show_notes(self, notes: PageNotes) -> None:
        """Draw what the notebook holds of the episode. Nothing moves."""
        self.notes = notes
        self.refresh()

    def show_labels(self, labels: Mapping[Place, str]) -> None:
        """Draw labels over the text; none for an empty mapping. Nothing moves."""
        self.labels = labels
        self.refresh()

    def cover(self, *, is_covered: bool) -> None:
        """Draw nothing, or everything again."""
        if is_covered != self.is_covered:
            self.is_covered = is_covered
            self.refresh()

    # Layout

    @property
    def typesetter(self) -> Typesetter:
        """The layout for the present width."""
        if self._typesetter is None:
            self._typesetter = Typesetter(self.episode, self._text_width, self.folds)
        return self._typesetter

    @property
    def top_line(self) -> Anchor:
        """The first line in sight."""
        if self._top_line is None:
            self._top_line = self.typesetter.back(self.typesetter.anchor(self._place), self._lead)
            self._lead = 0
        return self._top_line

    @property
    def frame(self) -> list[Anchor]:
        """The lines in sight; shorter than the pane after the end of the text."""
        if self._frame is None:
            self._frame = self.typesetter.run(self.top_line, max(self.size.height, 1))
            # Asking Textual for the size takes longer than drawing a line.
            self._drawn_margin = self.margin
        return self._frame

    @property
    def _text_width(self) -> int:
        return max(min(self.column, self.size.width - GUTTER - 1), 1)

    @property
    def margin(self) -> int:
        """Cells to the left of the text: the column is centred, with room for marks."""
        return max((self.size.width - self._text_width) // 2, GUTTER)

    def is_in_sight(self, place: Place) -> bool:
        """Say whether the line that shows a place is on the screen."""
        if self.folds.closed_at(place) is not None:
            return False
        anchor = self.typesetter.anchor(place)
        return bool(self.frame) and self.frame[0] <= anchor <= self.frame[-1]

    def text_in_sight(self) -> tuple[Place, Place] | None:
        """Return the first character of the blocks in sight and one past the last; None without text."""
        typesetter = self.typesetter
        shown = [
            (place, max(piece.end for piece in typesetter.line(anchor).pieces))
            for anchor in self.frame
            if typesetter.line(anchor).kind in PLACED and (place := typesetter.place(anchor)).block >= 0
        ]
        if not shown:
            return None
        last, end = shown[-1]
        return shown[0][0], Place(last.section, last.block, end)

    def place_at(self, x: int, y: int) -> Place | None:
        """Return the place of the character drawn at a cell of the pane, or the nearest in its line.

        None where the line shows no text of a block.
        """
        if not 0 <= y < len(self.frame):
            return None
        anchor = self.frame[y]
        line = self.typesetter.line(anchor)
        section, block = self.typesetter.items[anchor.item]
        if line.kind not in PLACED or block < 0:
            return None
        line, cell = _piece_at(line, x - self.margin)
        text = line.source[line.start : line.end]
        gaps = self.gaps(line)
        if gaps:
            text, starts = spread(line.source, line.start, line.end, gaps)
            drawn = offset_at_cell(text, cell)
            return Place(section, block, line.start + sum(start <= drawn for start in starts) - 1)
        return Place(section, block, line.start + offset_at_cell(text, cell))

    def aside_cell(self, anchor: Anchor) -> int:
        """Return the cell of the pane from which on a line shows what stands aside."""
        line = self.typesetter.line(anchor)
        text = displayed(line.source[line.start : line.end])
        return self.margin + cells(line.prefix) + cells(text) + GAP

    def fold_at(self, y: int) -> Fold | None:
        """Return the fold whose line is drawn at a row of the pane; None for any other line."""
        if not 0 <= y < len(self.frame) or self.typesetter.line(self.frame[y]).kind is not LineKind.FOLD:
            return None
        return self.typesetter.fold_lines[self.frame[y].item]

    @property
    def near_fold(self) -> Fold | None:
        """The fold nearest the reading position: one whose line is in sight, else the one that is read."""
        item = self.near_fold_item
        if item is not None:
            return self.typesetter.fold_lines[item]
        return self.folds.at(self.typesetter.place(self.top_line)) if self.folds else None

    @property
    def near_fold_item(self) -> int | None:
        """The item of the fold's line in sight that is nearest to what is selected, else to the top."""
        typesetter = self.typesetter
        rows = {
            anchor.item: row
            for row, anchor in enumerate(self.frame)
            if anchor.item in typesetter.fold_lines and typesetter.line(anchor).kind is LineKind.FOLD
        }
        if not rows:
            return None
        focus = 0
        if self.selection is not None and self.is_in_sight(self.selection.start):
            focus = self.frame.index(typesetter.anchor(self.selection.start))
        return min(rows, key=lambda item: abs(rows[item] - focus))

    def gaps(self, line: Line) -> dict[int, int]:
        """Return after which characters of a line blanks are added, and how many."""
        return dict(line.gaps) if line.gaps or not self.justified else self._wide_gaps(line)

    def _wide_gaps(self, line: Line) -> dict[int, int]:
        """Return the blanks that make a line's right edge even; none for one that stays ragged."""
        if line.is_last or line.kind not in (LineKind.TEXT, LineKind.QUOTE):
            return {}
        text = line.source[line.start : line.end]
        blanks = [line.start + offset for offset, char in enumerate(text) if char == " "]
        missing = self.typesetter.width - cells(line.prefix) - cells(text)
        if not blanks or not 0 < missing <= len(blanks) * 2:
            return {}
        each, extra = divmod(missing, len(blanks))
        # The wider gaps are spread over the line instead of gathering at one side.
        return {
            offset: each + ((number + 1) * extra // len(blanks) - number * extra // len(blanks))
            for number, offset in enumerate(blanks)
        }


def _piece_at(line: Line, cell: int) -> tuple[Line, int]:
    """Return the piece of a line that is drawn at a cell or last before it, and the cell inside its text."""
    found, inside = line, max(cell - cells(line.prefix), 0)
    left = 0
    for piece in line.pieces:
        left += cells(piece.prefix)
        if left <= cell:
            found, inside = piece, cell - left
        left += cells(piece.source[piece.start : piece.end])
    return found, inside


def spread(source: str, start: int, end: int, gaps: dict[int, int]) -> tuple[str, list[int]]:
    """Return a stretch of a justified line as it is drawn, and where each character begins in that."""
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for offset in range(start, end):
        starts.append(at)
        parts.append(displayed(source[offset]) + " " * gaps.get(offset, 0))
        at += len(parts[-1])
    return "".join(parts), starts
