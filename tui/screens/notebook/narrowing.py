"""What of the notebook is listed, in which groups, and what of it is meant."""

from typing import TYPE_CHECKING

from textual import on

from tui.core.episode import Episode, Place
from tui.core.finding import Query
from tui.core.notebook.filtering import read_filter
from tui.core.notebook.listing import Grouping
from tui.core.notebook.values import Bookmark
from tui.messages import BookmarkChosen, HighlightChosen, HitAsked, NotebookClosed, QueryChanged
from tui.screens.notebook.reading import Reading
from tui.widgets.search_bar import FILTER_HIGHLIGHTS

if TYPE_CHECKING:
    from tui.core.notebook.notebook import Notebook


class Narrowing(Reading):
    """The filter, the scope, the groups, the selection, and the way to the text."""

    def __init__(
        self, notebook: "Notebook", episode: Episode | None = None, place: Place | None = None
    ) -> None:
        super().__init__(notebook, episode, place)
        self.bar.on_kept = self._keep_filter
        self.bar.on_cancelled = self.clear_filter
        self.bar.on_clicked = self.action_filter
        self.list.on_opened = self.action_open

    # Filtering

    @on(QueryChanged)
    def _filter(self, message: QueryChanged) -> None:
        if self.bar.is_open:
            self._narrow(message.query.text)

    def _narrow(self, text: str) -> None:
        if text != self.wanted:
            self.wanted = text
            self.list.narrow(read_filter(text))
            self.say_title()

    def _keep_filter(self, query: Query) -> None:
        self._narrow(query.text)
        self._leave_bar()

    def clear_filter(self) -> None:
        """Show everything again."""
        under = self.list.chosen
        self._narrow("")
        self.list.arranged(under, 0)
        self._leave_bar()

    def _leave_bar(self) -> None:
        self.bar.close(self.wanted)
        self.hints.show("Notebook")
        self.set_focus(self.list)

    @on(HitAsked)
    def _move(self, message: HitAsked) -> None:
        self.list.step(message.step)

    async def action_filter(self) -> None:
        """Let the reader type a filter."""
        self.hints.show("Filter", typing=True)
        await self.bar.open(FILTER_HIGHLIGHTS, self.wanted)

    # What is shown

    def action_next_scope(self) -> None:
        """Show the whole library instead of the episode, or the other way round."""
        if self.episode is None:
            self.notify("No episode is open; the whole library is shown", markup=False)
        else:
            self.change_scope(is_of_episode=not self.is_of_episode)
            self.read()

    def action_next_grouping(self) -> None:
        """Group by the next thing."""
        groupings = list(Grouping)
        self.grouping = groupings[(groupings.index(self.grouping) + 1) % len(groupings)]
        if self.is_whole:
            self.regroup()
        else:
            self.read()

    # Going there, selecting

    def action_open(self) -> None:
        """Show it where it stands in its episode."""
        chosen = self.list.chosen
        if chosen is None:
            return
        from tui.core.notebook.losses import has_file

        source = chosen.entry.source
        if not has_file(source) and (self.episode is None or self.episode.path.absolute() != source.path):
            self.notify("Its episode has no file in the library", markup=False)
            return
        self.hold_keys()  # what is typed next is for the episode
        if isinstance(chosen.entry, Bookmark):
            self.post_message(BookmarkChosen(chosen.entry))
        else:
            self.post_message(HighlightChosen(chosen.entry))

    def action_pick(self) -> None:
        """Select the entry under the cursor and go to the next one; or let it go."""
        self.list.pick()
        self.list.step(1)
        self.say_title()

    def action_pick_range(self) -> None:
        """Select everything from the entry that was selected last to the cursor."""
        self.list.pick(is_range=True)
        self.say_title()

    def action_pick_all(self) -> None:
        """Select everything that is shown, or nothing."""
        self.list.pick_all()
        self.say_title()

    def action_close(self) -> None:
        """Let go what is selected, clear the filter, or go back to where the notebook was opened."""
        if self.list.picked:
            self.list.let_go()
            self.say_title()
        elif self.wanted:
            self.clear_filter()
        else:
            self.post_message(NotebookClosed())
