"""Left of a page's lines: what is selected and highlighted, notes, bookmarks, where the last page ended."""

from collections.abc import Sequence

from rich.segment import Segment

from tui.core.episode import Place
from tui.widgets.highlight_signs import FAVOURITE_SIGN, NOTE_SIGN, SIGNS
from tui.widgets.lines import PLACED, Line, LineKind
from tui.widgets.page_layout import PageLayout
from tui.widgets.page_marks import Mark
from tui.widgets.typesetting import Anchor

BAR = "▎"
"""Stands beside what is selected, and beside the highlight that keys are about."""

SEAM = "╶"
"""Stands where the last page ended."""

GUTTER_INKS = frozenset({*(f"sign-{colour}" for colour in SIGNS), "sign", "mark-bar", "seam"})


class PageGutter(PageLayout):
    """Draws the gutter: next to the text a bar, left of that signs, as many as there is room for."""

    def _gutter(self, anchor: Anchor, line: Line) -> list[Segment]:
        """Return what stands left of a line: signs of what begins there, a bar beside what is marked."""
        marks = self._marks_in(anchor, line)
        shown = next((mark for mark in marks if mark.highlight.id == self.notes.current), None)
        bar, style = " ", self.ground
        if any(self._selected(anchor, piece) is not None for piece in line.pieces):
            bar, style = BAR, self.ink("mark-bar")
        elif marks:
            colour = (shown or marks[-1]).highlight.colour
            bar, style = BAR if shown else SIGNS[colour], self.ink(f"sign-{colour}")
        elif anchor == self._seam:
            bar, style = SEAM, self.ink("seam")
        signs = self._signs(anchor, line, marks)
        if anchor == self._seam and bar != SEAM:
            signs += SEAM
        room = self._drawn_margin - 2
        return [
            Segment(" " * (room - len(signs)), self.ground),
            Segment(signs[-room:], self.ink("sign")),
            Segment(bar, style),
            Segment(" ", self.ground),
        ]

    def _marks_in(self, anchor: Anchor, line: Line) -> list[Mark]:
        """Return the highlights that a line shows some of, the topmost last."""
        if not self.notes.marks or line.kind not in PLACED:
            return []
        spot = self.typesetter.items[anchor.item]
        found: list[Mark] = []
        for piece in line.pieces:
            inside = self.notes.marks.within(spot, len(line.source), piece.start, piece.end)
            found += (mark for _start, _end, mark in inside if not line.beside or mark not in found)
        return found

    def _signs(self, anchor: Anchor, line: Line, marks: Sequence[Mark]) -> str:
        """Return the signs of the letters, bookmarks, favourites and notes that begin in a line."""
        if line.kind not in PLACED:
            return ""
        spot = self.typesetter.items[anchor.item]
        # Of a paragraph that begins above the screen, beside its first line in sight.
        signs = self.notes.signs.get(spot, "") if line.start == 0 or anchor == self.frame[0] else ""
        first = Place(*spot, line.start)
        begun = [mark.highlight for mark in marks if mark.stretch.start >= first]
        if any(highlight.is_favourite for highlight in begun):
            signs += FAVOURITE_SIGN
        if any(highlight.note for highlight in begun):
            signs += NOTE_SIGN
        return signs

    def _selected(self, anchor: Anchor, line: Line) -> tuple[int, int] | None:
        """Return the selected characters of a line, if any; a closed fold's line stands for what it hides."""
        if self.selection is None or (line.kind not in PLACED and line.kind is not LineKind.FOLD):
            return None
        section, block = self.typesetter.items[anchor.item]
        if line.kind is LineKind.FOLD:
            fold = self.typesetter.fold_lines[anchor.item]
            first, last = Place(section, fold.start), Place(section, fold.end)
            is_over = self.selection.start < last and first < self.selection.end
            return (line.start, line.end) if is_over and not self.folds.is_open(fold) else None
        within = self.selection.within(section, block, len(line.source))
        if within is None:
            return None
        start, end = max(within[0], line.start), min(within[1], line.end)
        return (start, end) if start < end else None
