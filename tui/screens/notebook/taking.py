"""Taking away from the notebook: copies in any style, exports, the link to the moment."""

from typing import TYPE_CHECKING

from tui.commands import key_of
from tui.messages import CopyAsAsked, CopyAsked, ExportAsked, LinkAsked
from tui.screens.notebook.marking import Marking
from tui.widgets.highlight_list import highlights_of

if TYPE_CHECKING:
    from tui.core.quotes import Quote

MOST_COPIED = 200
"""Highlights in one copy."""


class Taking(Marking):
    """The keys that take away what was picked, else what is under the cursor."""

    def action_copy(self) -> None:
        """Copy with the citation."""
        quotes = self._quotes()
        if quotes:
            self.post_message(CopyAsked(quotes[0], quotes[1:]))

    def action_copy_as(self) -> None:
        """Choose the style of the copy."""
        quotes = self._quotes()
        if quotes:
            self.post_message(CopyAsAsked(quotes[0], quotes[1:]))

    def _quotes(self) -> "tuple[Quote, ...]":
        meant = self.highlights_meant()
        if not meant:
            self._say_no_highlight()
        if len(meant) > MOST_COPIED:
            key = key_of("Notebook", "export")
            self.notify(f"{len(meant):,} are many for one copy: {key} writes them to a file", markup=False)
            return ()
        from tui.core.notebook.highlighting import quote_of

        return tuple(quote_of(highlight) for highlight in meant)

    def action_open_link(self) -> None:
        """Open the episode's page at the moment of the quote."""
        from tui.core.notebook.highlighting import quote_of
        from tui.core.quotes import link

        meant = self.highlights_meant()
        url = link(quote_of(meant[0])) if meant else None
        if url is None:
            self.notify("The episode has no address", markup=False)
        else:
            self.post_message(LinkAsked(url))

    def action_export(self) -> None:
        """Choose a format and a place for what is selected, shown, or all."""
        selected = self.highlights_meant() if self.list.picked else ()
        shown = highlights_of(self.list.listing.shown) if self.wanted else ()
        self.post_message(ExportAsked(selected, shown, self.episode, self.is_of_episode))
