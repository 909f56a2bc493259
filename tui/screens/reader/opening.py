"""Opening links: of the selection, else of what is in sight; times are links too."""

from functools import partial
from typing import TYPE_CHECKING

from tui.messages import LinkAsked
from tui.screens.reader.quoting import Quoting

if TYPE_CHECKING:
    from tui.widgets.page_links import PageLink


class Opening(Quoting):
    """The key that opens links. Nothing is opened without it, or a click that asks for it."""

    def action_open_link(self) -> None:
        """Open the link of the selection, else one of those in sight: labels choose among several."""
        from tui.widgets.page_links import links_in_sight  # not before the first frame

        links = self._selected_links() or links_in_sight(self.page) or self._link_to_here()
        if not links:
            self.notify("There is no link here", markup=False)
        elif len({link.url for link in links}) == 1:
            self.leave_selection()
            self.post_message(LinkAsked(links[0].url))
        else:
            places = [(link.start, partial(self._pick_link, link.url)) for link in links]
            self.label("Links", places, "label opens · capital copies the link")

    def _pick_link(self, url: str, *, is_capital: bool) -> None:
        """Open an address; with a capital copy it."""
        self.end_labels()
        self.leave_selection()
        self.post_message(LinkAsked(url, is_copied=is_capital))

    def _selected_links(self) -> "list[PageLink]":
        """Return the links inside the selection, else the one to its time."""
        from tui.widgets.page_links import links_in_sight

        selection = self.page.selection
        if selection is None:
            return []
        inside = [
            link
            for link in links_in_sight(self.page)
            if not link.is_time and selection.start < link.end and link.start < selection.end
        ]
        return inside or self._link_to_here(timed=True)

    def _link_to_here(self, *, timed: bool = False) -> "list[PageLink]":
        """Return the link to what is selected or read; only one that leads to its time, if asked."""
        from tui.core.browsing import is_openable
        from tui.core.links import link_at
        from tui.widgets.page_links import PageLink

        quote = self.selected_quote()
        url = self.episode.url or ""
        if not is_openable(url):
            return []
        here = self.page.reading_place
        if quote is not None and quote.start_s is not None:
            return [PageLink(here, here, link_at(url, quote.start_s), is_time=True)]
        return [] if timed else [PageLink(here, here, url)]
