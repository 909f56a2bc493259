"""Bookmarks and letters: marking places, and going to them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import events
from textual.dom import DOMNode

from tui.commands import TABLES
from tui.core.episode import Episode, Place
from tui.messages import BookmarkChosen, NotebookAsked
from tui.screens.reader.base import FROM_NOTEBOOK
from tui.screens.reader.noting import Noting

if TYPE_CHECKING:
    from tui.core.notebook.notes import PlacedBookmark
    from tui.core.notebook.values import Bookmark
    from tui.widgets.mark_list import MarkList, MarkRow

MOST_NUMBERED = 9
"""Bookmarks without a letter have the digits."""


class Bookmarking(Noting):
    """The keys of bookmarks and letters."""

    def __init__(self, episode: Episode) -> None:
        super().__init__(episode)
        self.mark_list: MarkList | None = None
        """Made when it is needed first."""

        self._waits_to = ""
        """What the next letter does: ``set`` or ``go``; empty while none is waited for."""

    @property
    def _is_choosing(self) -> bool:
        return bool(self._waits_to) or super()._is_choosing

    def key_tables(self) -> Iterator[tuple[str, DOMNode]]:
        """Yield the table of what is waited for, then the others."""
        if self._waits_to:
            yield "Marks", self
        yield from super().key_tables()

    async def take_key(self, event: events.Key) -> bool:
        """Take the letter that is waited for; any other key but the table's own ends that."""
        if not self._waits_to:
            return await super().take_key(event)
        if any(event.key in command.key_list for command in TABLES["Marks"]):
            return await super().take_key(event)
        does, sign = self._waits_to, event.character or ""
        self.action_leave_marks()
        if not (sign.isascii() and sign.isalnum()):
            return await super().take_key(event)
        if does == "set":
            self._set_letter(sign)
        else:
            self._go_to(sign)
        return True

    def _wait_to(self, does: str, said: str) -> None:
        self._waits_to = does
        self._show_rows(self._rows() if does == "go" else [])
        self.bar.say(said)
        self._show_hints()

    def _show_rows(self, rows: "list[MarkRow]") -> None:
        """Show the places that can be gone to, over the foot of the page."""
        from tui.widgets.mark_list import MarkList  # not before the first frame

        if self.mark_list is None and rows:
            self.mark_list = MarkList(id="marks")
            self.mount(self.mark_list)
        if self.mark_list is not None:
            self.mark_list.show(rows)

    def action_leave_marks(self) -> None:
        """Wait for no letter any more."""
        self._waits_to = ""
        self._show_rows([])
        self._say_status()
        self._show_hints()

    def _episode_changed(self, *, is_another: bool) -> None:
        super()._episode_changed(is_another=is_another)
        if self._waits_to:
            self.action_leave_marks()

    # Marking

    def action_set_mark(self) -> None:
        """Wait for the letter that is to mark the place."""
        self._wait_to("set", "a letter: a–z here, A–Z everywhere")

    def _set_letter(self, letter: str) -> None:
        from tui.core.notebook.changes import Edit

        place = self._paragraph()
        if not letter.isalpha() or place is None:
            self.app.bell()
            return
        # The notebook takes the letter from where it was.
        made = Edit(None, self._bookmark(place, letter))
        self.ask(f"mark {letter}", made, told=f"mark {letter} · '{letter} goes there")

    def action_toggle_bookmark(self) -> None:
        """Put a bookmark on the paragraph, or take it away."""
        from tui.core.notebook.changes import Edit

        place = self._paragraph()
        if place is None:
            self.notify("There is no text here", markup=False)
            return
        spot = (place.section, place.block)
        here = [
            placed.bookmark
            for placed in self.notes.bookmarks
            if not placed.bookmark.letter and (placed.place.section, placed.place.block) == spot
        ]
        if here:
            self.ask("bookmark taken away", *(Edit(one, None) for one in here), told="no bookmark any more")
        else:
            self.ask("bookmark", Edit(None, self._bookmark(place)), told="bookmark · ' goes to it")

    def _paragraph(self) -> Place | None:
        """Return the beginning of the paragraph or heading at the reading position; None without text."""
        from tui.core.stretches import paragraph_at

        place = self.page.reading_place
        if place.block == -1:
            return Place(place.section, -1)
        found = paragraph_at(self.page.folds.shown, place)
        return found.start if found is not None else None

    def _bookmark(self, place: Place, letter: str = "") -> "Bookmark":
        from tui.core.notebook.places import place_anchor
        from tui.core.notebook.values import Bookmark, new_id, now

        return Bookmark(new_id(), self.notes.source, place_anchor(self.text, place), letter, now())

    # Going

    def action_go_to_mark(self) -> None:
        """Wait for the letter or number of a place to go to, and show which there are."""
        self._wait_to("go", "a letter or a number")

    def action_back_and_forth(self) -> None:
        """Go back to before the last jump; from there, here again."""
        self.action_leave_marks()
        here = (self.episode.path, self.page.place)
        if not self._jumps:
            self.notify("There was no jump yet", markup=False)
            return
        jump = path, place = self._jumps.pop()
        if jump == FROM_NOTEBOOK:
            self.post_message(NotebookAsked(None, is_back=True))
            return
        self._jumps.append(here)
        if path == here[0]:
            self.page.go(place)
            self._follow()

    def _go_to(self, sign: str) -> None:
        """Go to the place of a letter or a bookmark's number."""
        notes = self.notes
        placed = next((one for key, one in self._numbered() if key == sign), None)
        elsewhere = next((one for one in notes.letters if one.letter == sign), None)
        if placed is not None:
            self._jump_from_here()
            self.page.go(placed.place)
            self._follow()
        elif elsewhere is not None:
            self.post_message(BookmarkChosen(elsewhere))
        else:
            self.notify(f"There is no mark {sign} yet: m{sign} sets it", markup=False)

    def _numbered(self) -> "list[tuple[str, PlacedBookmark]]":
        """Return the episode's letters and bookmarks in their order, with what is pressed for them."""
        ordered = sorted(self.notes.bookmarks, key=lambda one: one.place)
        plain = [one for one in ordered if not one.bookmark.letter][:MOST_NUMBERED]
        letters = [(one.bookmark.letter, one) for one in ordered if one.bookmark.letter]
        return [*letters, *((str(number), one) for number, one in enumerate(plain, start=1))]

    def _rows(self) -> "list[MarkRow]":
        from tui.widgets.mark_list import MarkRow

        here = [
            MarkRow(key, self._title(one.place.section), _words(one.bookmark))
            for key, one in self._numbered()
        ]
        known = {row.key for row in here}
        return here + [
            MarkRow(one.letter, one.source.title, _words(one))
            for one in sorted(self.notes.letters, key=lambda one: one.letter)
            if one.letter not in known
        ]

    def _title(self, section: int) -> str:
        return self.episode.sections[section].title or self.episode.title


def _words(bookmark: "Bookmark") -> str:
    """Return what stands at a bookmark, on one line."""
    return " ".join(bookmark.anchor.exact.split())
