"""Showing one speaker's words only; what the others say is folded, and can be opened."""

from dataclasses import replace

from tui.messages import SpeakersAsked
from tui.screens.reader.base import ReaderBase
from tui.widgets.running_head import Heading


class Speakers(ReaderBase):
    """The choice of whose words are shown."""

    def action_choose_speaker(self) -> None:
        """Let the reader choose whose words are shown."""
        from tui.core.speakers import speakers

        found = speakers(self.episode)
        if found:
            self.post_message(SpeakersAsked(found, self.page.folds.state.only))
        else:
            self.notify("The text does not show who speaks", markup=False)

    def show_only(self, speaker: str | None) -> None:
        """Show the words of one speaker, or everyone's (None)."""
        self.page.show_only(speaker)

    def _heading(self) -> Heading:
        heading = super()._heading()
        only = self.page.folds.state.only
        return heading if only is None else replace(heading, title=f"Only {only} · {heading.title}")
