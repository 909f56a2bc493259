"""The section reader pane: one continuous page, and what the mouse does on it."""

from textual import events
from textual.message import Message
from textual.timer import Timer

from tui.core.episode import Episode, Place
from tui.core.folds import FoldState
from tui.messages import LinkAsked, TextPointed
from tui.widgets.page_moving import PageMoving

LEFT_BUTTON = 1

PULL_S = 0.06
"""While the mouse is held beyond an edge the text moves on by a line in this many seconds."""


class Page(PageMoving, can_focus=True):
    """Shows an episode and moves through it."""

    def __init__(
        self, episode: Episode, *, fold_state: FoldState | None = None, id: str | None = None
    ) -> None:
        super().__init__(episode, fold_state=fold_state, id=id)
        self._pressed: Place | None = None
        """Where the mouse button went down."""

        self._pointer = (0, 0)
        """Where the mouse was last, in cells of the pane."""

        self._pulled_to: Place | None = None
        self._pull: Timer | None = None
        """Runs while the button is held."""

        self.was_dragged = False
        """Whether the last button that went up had been dragged."""

    def post_message(self, message: Message) -> bool:
        """Take in a message; the mouse is ours from the moment its button goes down.

        Where that would wait until we answer the button, a quick drag that goes on beyond the page is handed
        to what lies there.
        """
        if isinstance(message, events.MouseDown) and message.button == LEFT_BUTTON:
            self.capture_mouse()
        return super().post_message(message)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select, where text is."""
        place = self.place_at(event.x, event.y)
        if event.button == LEFT_BUTTON and place is not None:
            self._pressed, self._pulled_to, self.was_dragged = place, place, False

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the mouse."""
        if self._pressed is None:
            return
        self._pointer = (event.x, event.y)
        self._select_to_pointer()
        if self._pull is None:
            # The terminal is silent while the mouse stands still beyond the edge.
            self._pull = self.set_interval(PULL_S, self._select_to_pointer)

    def _select_to_pointer(self) -> None:
        """Select up to the text nearest to the mouse; beyond the edges the text moves on."""
        x, y = self._pointer
        if not 0 <= y < self.size.height:
            self.scroll_lines(1 if y > 0 else -1)
        rows = sorted(range(len(self.frame)), key=lambda row: abs(row - y))
        place = next((place for row in rows if (place := self.place_at(x, row)) is not None), None)
        if place is not None and self._pressed is not None and place != self._pulled_to:
            self._pulled_to = place
            self.was_dragged = True
            self.post_message(TextPointed(place, self._pressed))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the selecting."""
        self._pressed = None
        self.release_mouse()
        if self._pull is not None:
            self._pull.stop()
            self._pull = None

    def on_click(self, event: events.Click) -> None:
        """Tell what was clicked, and how often in a row; a click on a fold's line opens or closes it.

        With Ctrl, a click on a link or a time opens that.
        """
        fold = self.fold_at(event.y)
        if fold is not None and event.button == LEFT_BUTTON:
            self.toggle_fold(fold)
            return
        if event.ctrl and event.button == LEFT_BUTTON:
            from tui.widgets.page_links import link_at_cell  # not before the first frame

            url = link_at_cell(self, event.x, event.y)
            if url is not None:
                self.post_message(LinkAsked(url))
                return
        place = self.place_at(event.x, event.y)
        if place is not None and event.button == LEFT_BUTTON:
            self.post_message(TextPointed(place, None, event.chain))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move on by three lines."""
        event.stop()
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move back by three lines."""
        event.stop()
        self.scroll_lines(-3)
