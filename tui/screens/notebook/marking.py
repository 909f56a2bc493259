"""Changing what is in the notebook: notes, tags, favourites, colours, places, and what goes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from tui.commands import key_of
from tui.core.episode import Episode, Place
from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.filtering import Entry
from tui.core.notebook.values import Colour, Highlight, now
from tui.messages import (
    ChangeAsked,
    NoteAsked,
    NotebookChanged,
    ReattachAsked,
    RedoAsked,
    TagsAsked,
    UndoAsked,
)
from tui.screens.notebook.narrowing import Narrowing

if TYPE_CHECKING:
    from tui.core.notebook.notebook import Notebook


class Marking(Narrowing):
    """The keys that change what was picked, else what is under the cursor."""

    def __init__(
        self, notebook: "Notebook", episode: Episode | None = None, place: Place | None = None
    ) -> None:
        super().__init__(notebook, episode, place)
        self._asked: dict[str, Entry | None] = {}
        """What entries become by changes that are not on disk yet, by their ids: the next builds on it."""

        self._hoped: tuple[Change, str] | None = None
        """What was asked for last, and what is said of it once it is done."""

    def action_annotate(self) -> None:
        """Write the note on the highlight under the cursor."""
        chosen = self._as_asked(self.list.chosen.entry) if self.list.chosen is not None else None
        if isinstance(chosen, Highlight):
            self.post_message(NoteAsked(chosen))
        else:
            self._say_no_highlight()

    def action_edit_tags(self) -> None:
        """Give tags."""
        meant = self.highlights_meant()
        if meant:
            self.post_message(TagsAsked(meant))
        else:
            self._say_no_highlight()

    def action_toggle_favourite(self) -> None:
        """Make favourites, or ordinary highlights again if all are favourites."""
        is_favourite = not all(highlight.is_favourite for highlight in self.highlights_meant())
        said = "favourite" if is_favourite else "no favourite any more"
        self._change(said, lambda highlight: replace(highlight, is_favourite=is_favourite))

    def action_colour_amber(self) -> None:
        """Colour it amber."""
        self._colour(Colour.AMBER)

    def action_colour_green(self) -> None:
        """Colour it green."""
        self._colour(Colour.GREEN)

    def action_colour_blue(self) -> None:
        """Colour it blue."""
        self._colour(Colour.BLUE)

    def action_colour_rose(self) -> None:
        """Colour it rose."""
        self._colour(Colour.ROSE)

    def _colour(self, colour: Colour) -> None:
        self._change(str(colour), lambda highlight: replace(highlight, colour=colour))

    def action_delete(self) -> None:
        """Take out of the notebook; it can be undone."""
        meant = [self._as_asked(one.entry) for one in self.list.meant]
        edits = tuple(Edit(entry, None) for entry in meant if entry is not None)
        if edits:
            said = said_of([edit.before for edit in edits if edit.before is not None], "deleted")
            self._ask(Change(said, edits), f"{said} · {key_of('Notebook', 'undo')} brings it back")
            self.list.let_go()

    def action_undo(self) -> None:
        """Take back the last change."""
        self._asked = {}
        self.post_message(UndoAsked())

    def action_redo(self) -> None:
        """Make the change again that was taken back last."""
        self._asked = {}
        self.post_message(RedoAsked())

    def action_reattach(self) -> None:
        """Show where a highlight belongs that lost its place."""
        chosen = self.list.chosen
        if chosen is None or not isinstance(chosen.entry, Highlight):
            self._say_no_highlight()
        elif not chosen.is_lost:
            self.notify("It has its place; Enter goes there", markup=False)
        else:
            self.post_message(ReattachAsked(chosen.entry))

    # Asking for changes

    def highlights_meant(self) -> tuple[Highlight, ...]:
        """Return the highlights a command is for, as they are once all changes are made."""
        meant = (self._as_asked(one.entry) for one in self.list.meant)
        return tuple(entry for entry in meant if isinstance(entry, Highlight))

    def _as_asked(self, entry: Entry) -> Entry | None:
        return self._asked.get(entry.id, entry)

    def _change(self, what: str, made: Callable[[Highlight], Highlight]) -> None:
        """Ask for a change of the highlights that are meant; those that are so already stay."""
        meant = self.highlights_meant()
        changed = [(before, after) for before in meant if (after := made(before)) != before]
        if not meant:
            self._say_no_highlight()
        elif changed:
            edits = tuple(Edit(before, replace(after, modified=now())) for before, after in changed)
            said = what if len(edits) == 1 else f"{len(edits):,} highlights: {what}"
            self._ask(Change(said, edits), said)

    def _ask(self, change: Change, told: str) -> None:
        """Ask for a change; ``told`` is said once it is on the disk."""
        self._hoped = (change, told)
        for edit in change.edits:
            for entry in (edit.before, edit.after):
                if isinstance(entry, Entry):
                    self._asked[entry.id] = edit.after if isinstance(edit.after, Entry) else None
        self.post_message(ChangeAsked(change))

    @on(NotebookChanged)
    def _take_change(self, message: NotebookChanged) -> None:
        """Forget what was asked for and is so now; say what was done."""
        change = message.change
        if change is None:
            self._asked = {}
            return
        for edit in change.edits:
            entry = edit.after or edit.before
            if isinstance(entry, Entry) and self._asked.get(entry.id, entry) == edit.after:
                self._asked.pop(entry.id, None)
        hoped, told = self._hoped or (None, "")
        self.bar.say("" if change is not hoped else told if message.is_kept else f"{told} (not kept yet)")

    def _say_no_highlight(self) -> None:
        self.notify("There is no highlight here", markup=False)


def said_of(entries: Sequence[object], done: str) -> str:
    """Return what was done to entries: ``highlight deleted``, ``3 highlights deleted``."""
    is_highlight = all(isinstance(entry, Highlight) for entry in entries)
    if len(entries) == 1:
        return f"{'highlight' if is_highlight else 'bookmark'} {done}"
    return f"{len(entries):,} {'highlights' if is_highlight else 'entries'} {done}"
