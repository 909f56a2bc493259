"""Going back to where a jump began, in this episode or in another."""

import asyncio
from pathlib import Path

from textual import work

from tui.core.episode import Episode, Place
from tui.errors import PullquoteError
from tui.messages import NotebookAsked
from tui.screens.reader.base import FROM_NOTEBOOK, ReaderBase

STANDARD_INPUT = Path("-")


class Returning(ReaderBase):
    """The key that takes jumps back."""

    def __init__(self, episode: Episode) -> None:
        super().__init__(episode)
        self._from_input = episode if episode.path == STANDARD_INPUT else None
        """What came from standard input: it can't be read again."""

    def action_jump_back(self) -> None:
        """Go back to where the last jump began: in a text, or in the notebook."""
        here = (self.episode.path, self.page.place)
        while self._jumps:
            jump = path, place = self._jumps.pop()
            if jump == FROM_NOTEBOOK:
                self.post_message(NotebookAsked(None, is_back=True))
                return
            if path == STANDARD_INPUT != self.episode.path and self._from_input is not None:
                self.open_episode(self._from_input, place, is_back=True)
                return
            if path != self.episode.path:
                self.hold_keys()
                self._return_to(path, place)
                return
            if (path, place) != here:
                self.page.go(place)
                return

    @work(exclusive=True, group="returning", description="returning")
    async def _return_to(self, path: Path, place: Place) -> None:
        """Show a place in another episode."""
        from tui.core.loading import keep, loaded

        try:
            read = await asyncio.to_thread(loaded, path, head=True, reader=self.forced.get(path))
        except PullquoteError as error:
            self.notify(str(error), severity="warning", markup=False)
            self.release_keys()
            return
        self.open_episode(read.episode, place, read.variants, is_back=True)
        self.release_keys()
        await asyncio.to_thread(keep, read)
