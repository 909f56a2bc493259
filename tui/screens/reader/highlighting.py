"""Highlighting sentences and selections, and what is done with highlights: colour, note, tags, favourite.

Keys are about one highlight: the one that is selected in, else the current one, which was made or chosen last
and is still in sight, else the only one in sight; labels choose among several.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from tui.core.episode import Place
from tui.errors import NotFoundError
from tui.messages import NoteAsked, ScreenTried, TagsAsked, TextPointed
from tui.screens.reader.labelling import Picking
from tui.screens.reader.noting import Noting
from tui.screens.reader.quoting import Quoting
from tui.widgets.page_marks import Mark

if TYPE_CHECKING:
    from tui.core.notebook.values import Colour, Highlight
    from tui.core.stretches import Stretch

Use = Callable[["Highlight"], None]
"""What is done with a highlight that was made or chosen."""

HINTS = (
    "annotate",
    "edit_tags",
    "toggle_favourite",
    "undo",
    "colour_amber",
    "colour_green",
    "colour_blue",
    "colour_rose",
    "remove_highlight",
)
"""What matters most while there is a current highlight."""


class Highlighting(Noting, Quoting):
    """The keys of highlights."""

    # Making

    def action_highlight(self) -> None:
        """Highlight the selection; without one, label every sentence in sight."""
        if self.page.selection is not None:
            self.highlight(self.page.selection)
        else:
            self.make_current("")
            said = "label highlights · capital: a range"
            self.label_sentences("Highlight labels", self.highlight, said)

    def highlight(self, stretch: "Stretch") -> None:
        """Highlight a stretch; if just that is highlighted already, that is the current highlight now."""
        self._made(stretch)

    def _made(self, stretch: "Stretch", colour: "Colour | None" = None) -> "Highlight | None":
        """Return a stretch's highlight, which is made if it is not there; None where there are no words."""
        from tui.core.notebook.changes import Edit
        from tui.core.notebook.highlighting import highlight_of
        from tui.core.notebook.values import Colour

        self.leave_selection()
        same = self._same_as(stretch)
        if same is not None:
            self.make_current(same.id)
            return same
        source = self.notes.source
        try:
            made = highlight_of(self.episode, stretch, self.text, source, colour or Colour.AMBER)
        except NotFoundError as error:
            self.notify(str(error), markup=False)
            return None
        self.ask("highlight", Edit(None, made))
        self.make_current(made.id)
        return made

    def _same_as(self, stretch: "Stretch") -> "Highlight | None":
        """Return the highlight of exactly a stretch."""
        same = next((mark for mark in self.page.notes.marks.all if mark.stretch == stretch), None)
        return self.latest(same.highlight) if same is not None else None

    # Which highlight is meant

    def _use(self, use: Use, said: str, *, makes: "Colour | None" = None) -> None:
        """Do something with the highlight that is meant; labels choose where several may be.

        Args:
            use: What is done.
            said: What a label does, for the bar.
            makes: The colour of the highlight that is made of a selection without one.
        """
        selection = self.page.selection
        meant = self._selected_highlight() if selection is not None else self.current_highlight
        if meant is None and selection is not None and makes is not None:
            meant = self._made(selection, makes)
        if meant is not None:
            self._use_now(meant, use)
            return
        marks = self._marks_in_sight()
        if not marks:
            self.notify("No highlight is in sight: h makes one", markup=False)
        elif len(marks) == 1:
            self._use_now(marks[0][1].highlight, use)
        else:
            places = [(place, self._picking(mark.highlight, use)) for place, mark in marks]
            self.label("Highlight labels", places, said)

    def _selected_highlight(self) -> "Highlight | None":
        """Return the highlight that the selection is in; the topmost of several."""
        selection = self.page.selection
        if selection is None:
            return None
        around = [
            mark
            for mark in self.page.notes.marks.all
            if mark.stretch.start <= selection.start and selection.end <= mark.stretch.end
        ]
        return around[-1].highlight if around else None

    def _marks_in_sight(self) -> list[tuple[Place, Mark]]:
        """Return the highlights in sight, each with its first character that is; one to a place."""
        in_sight = self.page.text_in_sight()
        if in_sight is None:
            return []
        first, last = in_sight
        found: dict[Place, Mark] = {}
        for mark in self.page.notes.marks.all:
            place = max(mark.stretch.start, first)
            if place < min(mark.stretch.end, last) and self.page.folds.closed_at(place) is None:
                found[place] = mark
        return sorted(found.items(), key=lambda one: one[0])

    def _picking(self, highlight: "Highlight", use: Use) -> Picking:
        """Return what a label does that stands on a highlight."""

        def pick(*, is_capital: bool) -> None:
            self.end_labels()
            self._use_now(highlight, use)

        return pick

    def _use_now(self, highlight: "Highlight", use: Use) -> None:
        self.leave_selection()
        self.make_current(highlight.id)
        use(self.latest(highlight))

    def _follow(self) -> None:
        """Let keys be about no highlight any more that is out of sight."""
        super()._follow()
        mark = self.page.notes.marks.of(self.current) if self.current else None
        in_sight = self.page.text_in_sight() if mark is not None else None
        if mark is not None and (
            in_sight is None or mark.stretch.end <= in_sight[0] or in_sight[1] <= mark.stretch.start
        ):
            self.make_current("")

    def _first_hints(self, table: str) -> tuple[str, ...]:
        return HINTS if table == "Reader" and self.current_highlight is not None else ()

    @on(TextPointed)
    def _point_highlight(self, message: TextPointed) -> None:
        """Let keys be about the highlight that was clicked."""
        clicked = [
            mark
            for mark in self.page.notes.marks.all
            if mark.stretch.start <= message.place < mark.stretch.end
        ]
        self.make_current(clicked[-1].highlight.id if clicked and message.dragged_from is None else "")

    # What is done

    def action_annotate(self) -> None:
        """Write a note on the highlight that is meant, else on a sentence that a label chooses."""
        selection = self.page.selection
        if selection is not None and self._selected_highlight() is None:
            self._annotate_stretch(selection)
            return
        if selection is not None or self.current_highlight is not None:
            self._use(self._annotate, "")
            return
        marks = self._marks_in_sight()
        places = [(place, self._picking(mark.highlight, self._annotate)) for place, mark in marks]
        places += [
            (place, partial(self._pick, stretch, self._annotate_stretch))
            for place, stretch in self.sentences_in_sight()
            # Where a sentence has a highlight, that is meant.
            if not any(
                mark.stretch.start < stretch.end and stretch.start < mark.stretch.end for _, mark in marks
            )
        ]
        if places:
            self._range_from = None
            self.label("Highlight labels", sorted(places, key=lambda one: one[0]), "label annotates")
        else:
            self.notify("There is no text here", markup=False)

    def _annotate_stretch(self, stretch: "Stretch") -> None:
        is_new = self._same_as(stretch) is None
        made = self._made(stretch)
        if made is not None:
            self._open_screen(NoteAsked(made, is_new))

    def give_up(self, highlight: "Highlight") -> None:
        """Take a highlight back that was made for a note, and has none."""
        from tui.core.notebook.changes import Edit

        self.make_current("")
        self.ask("highlight without a note", Edit(self.latest(highlight), None), told="no note, no highlight")

    def _annotate(self, highlight: "Highlight") -> None:
        self._open_screen(NoteAsked(highlight))

    def action_edit_tags(self) -> None:
        """Give the highlight that is meant tags."""
        from tui.core.notebook.values import Colour

        self._use(
            lambda highlight: self._open_screen(TagsAsked((highlight,))), "label tags", makes=Colour.AMBER
        )

    def _open_screen(self, message: Message) -> None:
        """Ask for another screen: what is typed next is for that one."""
        self.held.hold()
        self.post_message(message)
        self.post_message(ScreenTried(self))

    def action_toggle_favourite(self) -> None:
        """Make the highlight that is meant a favourite, or no longer."""
        from tui.core.notebook.values import Colour

        self._use(self._toggle_favourite, "label makes a favourite", makes=Colour.AMBER)

    def _toggle_favourite(self, highlight: "Highlight") -> None:
        said = "no favourite any more" if highlight.is_favourite else "favourite"
        self._change(highlight, said, is_favourite=not highlight.is_favourite)

    def action_colour_amber(self) -> None:
        """Colour the highlight that is meant amber."""
        self._colour("amber")

    def action_colour_green(self) -> None:
        """Colour the highlight that is meant green."""
        self._colour("green")

    def action_colour_blue(self) -> None:
        """Colour the highlight that is meant blue."""
        self._colour("blue")

    def action_colour_rose(self) -> None:
        """Colour the highlight that is meant rose."""
        self._colour("rose")

    def _colour(self, name: str) -> None:
        from tui.core.notebook.values import Colour

        colour = Colour(name)
        self._use(partial(self._paint, colour), f"label colours {name}", makes=colour)

    def _paint(self, colour: "Colour", highlight: "Highlight") -> None:
        if highlight.colour != colour:
            self._change(highlight, f"{colour} instead of {highlight.colour}", colour=colour)

    def _change(self, highlight: "Highlight", said: str, **fields: object) -> None:
        """Ask for a highlight with other values in some of its fields."""
        from tui.core.notebook.changes import Edit
        from tui.core.notebook.values import now

        changed = replace(highlight, modified=now(), **fields)  # type: ignore[arg-type] # its own fields
        self.ask(said, Edit(highlight, changed))

    def action_remove_highlight(self) -> None:
        """Delete the highlight that is meant."""
        self._use(self._remove, "label deletes")

    def _remove(self, highlight: "Highlight") -> None:
        from tui.core.notebook.changes import Edit

        self.make_current("")
        self.ask("highlight deleted", Edit(highlight, None), told="highlight deleted · U brings it back")

    # Going through them

    def action_next_highlight(self) -> None:
        """Go to the next highlight."""
        self._step_highlight(1)

    def action_previous_highlight(self) -> None:
        """Go to the highlight before."""
        self._step_highlight(-1)

    def _step_highlight(self, step: int) -> None:
        marks = self.page.notes.marks.all
        current = self.page.notes.marks.of(self.current) if self.current else None
        if current is not None:
            number = marks.index(current) + step
        else:
            before = sum(mark.stretch.start < self.page.reading_place for mark in marks)
            number = before if step > 0 else before - 1
        if 0 <= number < len(marks):
            self.go_to_mark(marks[number])
        else:
            which = "further down" if step > 0 else "further up"
            self.notify(
                f"There is no highlight {which}" if marks else "Nothing is highlighted here", markup=False
            )

    def go_to_mark(self, mark: Mark) -> None:
        """Show a highlight, and let keys be about it."""
        if not self.page.is_in_sight(mark.stretch.start):
            self._jump_from_here()
        self.page.reveal(mark.stretch.start)
        self._follow()
        self.make_current(mark.highlight.id)
