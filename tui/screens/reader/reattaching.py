"""Showing where a highlight belongs that lost its place."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.dom import DOMNode

from tui.core.episode import Episode
from tui.screens.reader.highlighting import Highlighting
from tui.screens.reader.keeping import Keeping

if TYPE_CHECKING:
    from tui.core.notebook.values import Highlight
    from tui.core.stretches import Stretch

LONGEST_SAID = 60
"""Characters of the lost words that the bar says."""


class Reattaching(Keeping, Highlighting):
    """The keys that attach a highlight to other words."""

    def __init__(self, episode: Episode) -> None:
        super().__init__(episode)
        self.lost: Highlight | None = None
        """The highlight that is to be attached; None while none is."""

    def key_tables(self) -> Iterator[tuple[str, DOMNode]]:
        """Yield the table of attaching while a highlight is to be attached, then the others."""
        if self.lost is not None and not self.is_labelling and not self.outline.has_focus:
            yield "Reattach", self
        yield from super().key_tables()

    def show_highlight(self, highlight: "Highlight") -> None:
        """Go to a highlight of this episode; if it lost its place, to where it was about."""

        def go() -> None:
            notes = self.notes  # and with them what the page shows
            mark = self.page.notes.marks.of(highlight.id)
            if mark is not None:
                self.go_to_mark(mark)
            else:
                self._go_near(highlight)
                known = any(placed.highlight.id == highlight.id for placed in notes.highlights)
                self.tell("the highlight lost its place" if known else "the highlight is not there any more")
            self.remember_arrival()

        self.when_whole(go)

    def reattach(self, highlight: "Highlight") -> None:
        """Let the reader select where a highlight belongs, beginning where it was about."""

        def begin() -> None:
            self.leave_selection()
            self.make_current("")
            self._go_near(highlight)
            self.remember_arrival()
            self.lost = highlight
            self._say_status()
            self._show_hints()

        self.when_whole(begin)

    def _go_near(self, highlight: "Highlight") -> None:
        """Go to where the words of a lost highlight may have been."""
        from tui.core.notebook.places import place_of

        self._jump_from_here()
        self.page.go(place_of(highlight.anchor, self.text))
        self._follow()

    def action_highlight(self) -> None:
        """Highlight; while a highlight is lost, attach it instead."""
        if self.lost is None:
            super().action_highlight()
        elif self.page.selection is not None:
            self._attach_to(self.page.selection)
        else:
            self.label_sentences("Highlight labels", self._attach_to, "label attaches · capital: a range")

    def action_attach(self) -> None:
        """Attach the lost highlight to the selection."""
        if self.page.selection is None:
            self.notify("Select its words first: h labels sentences, v selects", markup=False)
        else:
            self._attach_to(self.page.selection)

    def _attach_to(self, stretch: "Stretch") -> None:
        from tui.core.notebook.changes import Edit
        from tui.core.notebook.highlighting import reattached
        from tui.errors import NotFoundError

        lost = self.lost
        if lost is None:
            return
        try:
            found = reattached(lost, stretch, self.text)
        except NotFoundError as error:
            self.notify(str(error), markup=False)
            return
        self.leave_selection()
        self.lost = None
        self.ask("attached again", Edit(lost, found), told="attached")
        self.make_current(found.id)

    def action_leave_lost(self) -> None:
        """Leave the highlight as it is."""
        self.lost = None
        self.leave_selection()
        self._say_status()

    def _episode_changed(self, *, is_another: bool) -> None:
        super()._episode_changed(is_another=is_another)
        if is_another:
            self.lost = None

    def _say_status(self, said: str = "") -> None:
        super()._say_status(said)
        if self.lost is not None and not self.bar.is_open and not self._is_choosing:
            words = " ".join(self.lost.text.split())
            shown = words if len(words) <= LONGEST_SAID else words[: LONGEST_SAID - 1] + "…"
            self.bar.say(f"where is “{shown}” now?")
