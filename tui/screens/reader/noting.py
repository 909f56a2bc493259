"""What the notebook has of the episode: read beside the reading, and shown on the page and in the outline."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from tui.core.episode import Episode, Place
from tui.messages import ChangeAsked, NotebookAsked, NotebookChanged, RedoAsked, UndoAsked
from tui.screens.reader.base import ReaderBase
from tui.widgets.highlight_signs import BOOKMARK_SIGN, FAVOURITE_SIGN, NOTE_SIGN
from tui.widgets.page_marks import Mark, Marks, PageNotes, Spot

if TYPE_CHECKING:
    from tui.core.notebook.changes import Change, Edit
    from tui.core.notebook.notebook import Notebook
    from tui.core.notebook.notes import EpisodeNotes
    from tui.core.notebook.text import EpisodeText
    from tui.core.notebook.values import Highlight


@dataclass
class NotesRead(Message):
    """What the notebook has of an episode was read."""

    text: "EpisodeText"
    notes: "EpisodeNotes"


class Noting(ReaderBase):
    """Holds what the notebook has of the episode, and asks for changes of it."""

    open_notebook: "Callable[[], Notebook]"
    """Returns the application's: not before the first frame."""

    def __init__(self, episode: Episode) -> None:
        super().__init__(episode)
        self._text: EpisodeText | None = None
        self._notes: EpisodeNotes | None = None
        self._wanted: dict[str, Highlight] = {}
        """Highlights as they were asked to be, by their ids, until that is kept."""

        self.current = ""
        """The id of the highlight that keys are about; empty for none."""

        self._told = ""
        """What the bar says of what was done last."""

        self._told_at = Place()
        """Where the text was then."""

        self._hoped: list[tuple[Change, str]] = []
        """The changes that were asked for and are not on the disk yet, and what is said of each then."""

        self._said_lost: set[str] = set()
        """The episodes whose lost highlights were told of."""

    def on_mount(self) -> None:
        """Read the notes after the first frame."""
        self.call_after_refresh(self.read_notes)

    # Reading

    @property
    def notebook(self) -> "Notebook":
        """The application's notebook."""
        return self.open_notebook()

    def _episode_changed(self, *, is_another: bool) -> None:
        super()._episode_changed(is_another=is_another)
        notes, self._text, self._notes = self._notes, None, None
        if is_another:
            self.current = ""
            self.outline.mark_highlights(Counter())
        elif notes is not None and notes.source.content == self.episode.id:
            # The same text read again, or the rest of it: what was shown stays until its notes are read.
            self._show_notes(notes)
        self.read_notes()

    def read_notes(self) -> None:
        """Read what the notebook has of the episode."""
        if self.episode.id:
            self._read_notes(self.episode)

    @work(thread=True, exclusive=True, group="notes", description="notes")
    def _read_notes(self, episode: Episode) -> None:
        from tui.core.notebook.text import EpisodeText

        # Begun first: where a file is now that was moved is kept while its notes are read.
        self.notebook.start()
        notes = self.notebook.of_episode(episode)
        self.post_message(NotesRead(EpisodeText(episode), notes))

    @on(NotesRead)
    def _take_notes(self, message: NotesRead) -> None:
        if message.text.episode is self.episode:
            self._text = message.text
            self._set_notes(message.notes)

    def _set_notes(self, notes: "EpisodeNotes") -> None:
        is_first, self._notes = self._notes is None, notes
        self._show_notes(notes)
        if is_first:
            self._say_lost(notes)

    def _say_lost(self, notes: "EpisodeNotes") -> None:
        """Say once how many highlights of an episode lost their place."""
        lost = sum(placed.stretch is None for placed in notes.highlights)
        if lost and notes.source.id not in self._said_lost:
            self._said_lost.add(notes.source.id)
            count = "1 highlight lost its" if lost == 1 else f"{lost:,} highlights lost their"
            self.tell(f"{count} place · H lists them")

    @property
    def text(self) -> "EpisodeText":
        """The episode's text, in which the notebook counts."""
        from tui.core.notebook.text import EpisodeText

        if self._text is None or self._text.episode is not self.episode:
            self._text = EpisodeText(self.episode)
        return self._text

    @property
    def notes(self) -> "EpisodeNotes":
        """What the notebook has of the episode; read at once if a key comes before it was."""
        if self._notes is None:
            self._set_notes(self.notebook.of_episode(self.episode))
        assert self._notes is not None
        return self._notes

    # Showing

    def _show_notes(self, notes: "EpisodeNotes") -> None:
        marks = [
            Mark(placed.highlight, placed.stretch)
            for placed in notes.highlights
            if placed.stretch is not None
        ]
        self.page.show_notes(PageNotes(Marks(self.episode, marks), self.current, _signs(notes)))
        self.outline.mark_highlights(Counter(mark.stretch.start.section for mark in marks))

    def make_current(self, highlight_id: str) -> None:
        """Let keys be about a highlight from now on; about none for an empty id."""
        if highlight_id != self.current:
            self.current, self._told = highlight_id, ""
            self.page.show_notes(self.page.notes._replace(current=highlight_id))
        self._say_status()
        self._show_hints()

    @property
    def current_highlight(self) -> "Highlight | None":
        """The highlight that keys are about, as it was asked to be last."""
        asked = self._wanted.get(self.current)
        if asked is not None or not self.current:
            return asked
        mark = self.page.notes.marks.of(self.current)
        return mark.highlight if mark is not None else None

    def latest(self, highlight: "Highlight") -> "Highlight":
        """Return a highlight as it was asked to be last."""
        return self._wanted.get(highlight.id, highlight)

    def tell(self, said: str) -> None:
        """Say something in the bar until the text moves or something else is said."""
        self._told, self._told_at = said, self.page.place
        self._say_status()

    def _say_status(self, said: str = "") -> None:
        if self._is_choosing or self.bar.is_open:
            super()._say_status(said)
            return
        super()._say_status(said)
        about = described(self.current_highlight) if self.current_highlight is not None else ""
        told = [part for part in (self._told, about) if part]
        if told:
            self.bar.say(" · ".join([*told, self.bar.status] if self.bar.status else told))

    def _follow(self) -> None:
        """Say no more what the text moves away from."""
        super()._follow()
        if self._told and self.page.place != self._told_at:
            self.tell("")

    # Changing

    def ask(self, said: str, *edits: "Edit", told: str = "kept") -> None:
        """Ask for a change.

        Args:
            said: What it is called.
            edits: What is done.
            told: What the bar says of it once it is on the disk.
        """
        from tui.core.notebook.changes import Change
        from tui.core.notebook.values import Highlight

        for edit in edits:
            if isinstance(edit.after, Highlight):
                self._wanted[edit.after.id] = edit.after
        change = Change(said, edits)
        self._hoped.append((change, told))
        self.post_message(ChangeAsked(change))

    @on(NotebookChanged)
    def _take_change(self, message: NotebookChanged) -> None:
        from tui.core.notebook.following import followed

        change = message.change
        if change is None:
            self._wanted = {}
            self.read_notes()
            return
        done = [edit.after for edit in change.edits]
        self._wanted = {id: asked for id, asked in self._wanted.items() if asked not in done}
        if self._notes is not None:
            self._notes = followed(self._notes, change, self.text)
            self._show_notes(self._notes)
        self.tell(self._words_for(change, is_kept=message.is_kept) or self._told)
        self._show_hints()

    def _words_for(self, change: "Change", *, is_kept: bool) -> str:
        """Return what is said of a change that was asked for here; nothing of any other."""
        hoped = next((one for one in self._hoped if one[0] is change), None)
        if hoped is None:
            return ""
        if not is_kept:
            return "not kept yet"
        self._hoped.remove(hoped)
        return hoped[1]

    def action_undo(self) -> None:
        """Take back the last change of the notebook."""
        self.post_message(UndoAsked())

    def action_redo(self) -> None:
        """Make the change again that was taken back last."""
        self.post_message(RedoAsked())

    def action_notebook(self) -> None:
        """Show the notebook."""
        mark = self.page.notes.marks.of(self.current) if self.current else None
        place = mark.stretch.start if mark is not None else self.page.reading_place
        self.post_message(NotebookAsked(self.episode, place))


def described(highlight: "Highlight") -> str:
    """Return what the bar says of a highlight: its colour, whether it is a favourite, its tags, its note."""
    parts = [str(highlight.colour)]
    if highlight.is_favourite:
        parts.append(FAVOURITE_SIGN)
    if highlight.tags:
        parts.append(" ".join(f"#{tag}" for tag in highlight.tags))
    if highlight.note:
        parts.append(f"{NOTE_SIGN} {' '.join(highlight.note.split())}")
    return " · ".join(parts)


def _signs(notes: "EpisodeNotes") -> Mapping[Spot, str]:
    """Return the letters and bookmarks of paragraphs, as they are shown."""
    signs: dict[Spot, str] = {}
    for placed in notes.bookmarks:
        spot = (placed.place.section, placed.place.block)
        sign = placed.bookmark.letter or BOOKMARK_SIGN
        # The letters last: they are next to the text, where there is always room.
        ordered = sorted({*signs.get(spot, ""), sign}, key=lambda one: (one != BOOKMARK_SIGN, one))
        signs[spot] = "".join(ordered)
    return signs
