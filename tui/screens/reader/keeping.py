"""Keeping where each episode is left, what of it was read, and whether it is finished."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from textual import work
from textual.timer import Timer

from tui.core.episode import Episode, Place
from tui.screens.reader.noting import Noting

if TYPE_CHECKING:
    from tui.core.notebook.first import Left
    from tui.core.notebook.notes import EpisodeNotes
    from tui.core.notebook.text import EpisodeText
    from tui.core.notebook.values import Bookmark, Reading, Source

KEEP_AFTER_S = 1.0
"""How long after a move the place is kept, in seconds: not each of many, but soon."""


class Here(NamedTuple):
    """How far the reader is, before that is worked out in the text."""

    episode: Episode
    place: Place
    share: float
    read_sections: frozenset[int]
    was_read_on: bool


class Keeping(Noting):
    """Keeps the reading place, and the key that marks an episode as finished."""

    def __init__(self, episode: Episode) -> None:
        super().__init__(episode)
        self._kept: Here | None = None
        """What was kept last."""

        self._keeping: Timer | None = None
        """Runs from a move until the place is kept."""

        self._awaits_place = False
        """Whether the episode was left where it is not read yet."""

        self._awaited: Callable[[], None] | None = None
        """What is done once the whole episode is read."""

        self._offered: set[str] = set()
        """The episodes that were offered to be marked as finished, by their ids."""

    # Coming back

    def restore(self, left: "Left") -> None:
        """Show the first episode as it was left, before anything is drawn."""
        self.states.pop(self.episode.path, None)
        self.recall(self.episode, left)
        state = self._state(self.episode)
        self.page.show(self.episode, state.place, state.folds)
        self.page.read_sections = state.read_sections
        self.outline.mark(state.read_sections, Counter())

    def recall(self, episode: Episode, left: "Left | None") -> None:
        """Remember how an episode was left, for when it is shown; not if it was open since."""
        if left is None or episode.path in self.states:
            return
        state = self._state(episode)
        state.read_sections.update(left.read_sections)
        self._awaits_place = left.place is None
        if left.place is not None:
            state.place = left.place

    def _set_notes(self, notes: "EpisodeNotes") -> None:
        super()._set_notes(notes)
        if self._awaits_place and not self.episode.partial:
            self._awaits_place = False
            if notes.place is not None and self.page.place == Place():
                self.page.go(notes.place)
        if self._awaited is not None and not self.episode.partial:
            do, self._awaited = self._awaited, None
            do()
        if notes.reading is not None and not self.page.read_sections >= notes.reading.read_sections:
            count = len(self.episode.sections)
            self.page.read_sections.update(one for one in notes.reading.read_sections if one < count)
            self._follow()

    def when_whole(self, do: Callable[[], None]) -> None:
        """Do something once the whole episode is read; at once, if it is."""
        if self.episode.partial:
            self._awaited = do
        else:
            do()

    def show_bookmark(self, bookmark: "Bookmark") -> None:
        """Go to a bookmark of this episode."""
        from tui.core.notebook.notes import place_at

        def go() -> None:
            self._jump_from_here()
            self.page.go(place_at(bookmark.anchor, self.text))
            self._follow()
            self.remember_arrival()

        self.when_whole(go)

    # Keeping

    @property
    def _here(self) -> Here:
        page = self.page
        return Here(self.episode, page.place, page.share, frozenset(page.read_sections), page.was_read_on)

    def on_mount(self) -> None:
        """Keep which episode was opened last."""
        self._keep_soon()

    def _episode_changed(self, *, is_another: bool) -> None:
        super()._episode_changed(is_another=is_another)
        if is_another:
            self._awaited = None
            self._awaits_place = self._awaits_place and self.page.place == Place()
            self._keep_soon()

    def _follow(self) -> None:
        super()._follow()
        if (
            self._kept is None
            or self._kept.place != self.page.place
            or self._kept.episode is not self.episode
        ):
            self._keep_soon()
        self._offer_to_finish()

    def _keep_soon(self) -> None:
        if self._keeping is None and self.is_mounted:
            self._keeping = self.set_timer(KEEP_AFTER_S, self._keep_place)

    def _remember(self) -> None:
        super()._remember()
        if self._keeping is not None:
            self._keep_place()

    def _keep_place(self) -> None:
        """Keep the place, in a thread: to find it in a large text takes longer than a frame."""
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping = None
        here = self._here
        if here != self._kept and here.episode.id:
            self._kept = here
            self._keep_here(here)

    @work(thread=True, group="place", description="place")
    def _keep_here(self, here: Here) -> None:
        self.notebook.keep_reading(self._reading(here))

    def keep_place_now(self) -> None:
        """Have the place kept before the program ends, if the text moved since it was kept last."""
        here = self._here
        if self._keeping is not None and here != self._kept and here.episode.id:
            self._kept = here
            self.notebook.keep_reading(self._reading(here))

    def _reading(self, here: Here) -> "Reading":
        """Return how far the reader is, as the notebook keeps it."""
        from tui.core.notebook.places import place_anchor
        from tui.core.notebook.values import Reading, ReadingState, now

        state = ReadingState.READING if here.was_read_on else ReadingState.UNREAD
        source, text = self._known(here.episode)
        anchor = place_anchor(text, here.place)
        return Reading(source, state, anchor, here.share, here.read_sections, now())

    def _known(self, episode: Episode) -> "tuple[Source, EpisodeText]":
        """Return an episode as the notebook knows it, and its text."""
        from tui.core.notebook.text import EpisodeText

        text, notes = self._text, self._notes
        if text is not None and text.episode is episode and notes is not None:
            return notes.source, text
        return self.notebook.of_episode(episode).source, EpisodeText(episode)

    # Finished

    def action_finish(self) -> None:
        """Mark the episode as finished, or as being read again."""
        from tui.core.notebook.changes import Edit
        from tui.core.notebook.values import ReadingState, now

        before = self.notes.reading or replace(self._reading(self._here), state=ReadingState.UNREAD)
        if before.state is ReadingState.FINISHED:
            state, said, told = ReadingState.READING, "not finished any more", "not finished any more"
        else:
            state, said, told = ReadingState.FINISHED, "finished", "marked as finished · x takes it back"
        self.ask(said, Edit(before, replace(before, state=state, read_at=now())), told=told)

    def _offer_to_finish(self) -> None:
        """Offer once, at the end of the last section, to mark the episode as finished."""
        from_reading = len(self.episode.sections) - 1 in self.page.read_sections
        if not (from_reading and self.page.was_read_on and self.page.at_end) or self._notes is None:
            return
        if self.episode.id in self._offered or self.episode.partial:
            return
        self._offered.add(self.episode.id)
        reading = self._notes.reading
        if reading is None or reading.state != "finished":
            self.tell("the end · x marks it as finished")
