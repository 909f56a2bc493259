"""What the reader takes away: quotes and links, into the clipboard or a browser, and what is said of it."""

from typing import TYPE_CHECKING

from textual import on, work
from textual.app import App
from textual.message import Message

from tui.core.settings import Settings
from tui.errors import PullquoteError
from tui.messages import CopyAsAsked, CopyAsked, LinkAsked
from tui.paths import data_folder

if TYPE_CHECKING:
    from tui.core.browsing import Opening
    from tui.core.clipboard import Outcome

KEPT_COPIES = 20
"""How many earlier copies can be taken again."""


class CopyDone(Message):
    """A copy has gone one way or another."""

    def __init__(self, text: str, outcome: "Outcome", instead: str = "") -> None:
        super().__init__()
        self.text = text
        self.outcome = outcome
        self.instead = instead
        """Why it was copied although something else was asked for; empty if it was not."""


class LinkTried(Message):
    """A link was opened, or could not be."""

    def __init__(self, url: str, opening: "Opening") -> None:
        super().__init__()
        self.url = url
        self.opening = opening


class Taking(App[None]):
    """The part of the application that copies, and opens links."""

    settings: Settings
    """What the user chose."""

    copies: tuple[str, ...] = ()
    """What was copied so far, the last one last: a route that failed loses nothing."""

    # Copying

    @on(CopyAsAsked)
    def _choose_style(self, message: CopyAsAsked) -> None:
        from tui.screens.copyas import CopyAsScreen

        quotes = (message.quote, *message.more)
        self.push_screen(CopyAsScreen(quotes, self.settings.quotes, self.copies), self._copy_chosen)

    def _copy_chosen(self, text: str | None) -> None:
        if text is not None:
            self._copy(text)

    @on(CopyAsked)
    def _copy_quote(self, message: CopyAsked) -> None:
        from tui.core.styles import render_all

        chosen = self.settings.quotes
        try:
            text = render_all((message.quote, *message.more), chosen.style, chosen)
        except PullquoteError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            self._copy(text)

    @work(thread=True, group="copying", description="copying")
    def _copy(self, text: str, instead: str = "") -> None:
        from tui.core.clipboard import copy

        outcome = copy(
            text,
            send_osc52=self._send_to_terminal,
            folder=data_folder(),
            primary=self.settings.primary,
            prefer=self.settings.clipboard,
        )
        self.post_message(CopyDone(text, outcome, instead))

    async def copied(self) -> None:
        """Wait until all that is being copied has gone one way or another: a few seconds at most."""
        copying = [worker for worker in self.workers if worker.group == "copying"]
        if copying:
            await self.workers.wait_for_complete(copying)

    def _send_to_terminal(self, sequence: str) -> bool:
        """Write a sequence of our own to the terminal, from another thread; say whether it could be sent."""
        driver = self._driver
        if driver is None or self.is_headless:
            return False
        self.call_from_thread(driver.write, sequence)
        self.call_from_thread(driver.flush)
        return True

    @on(CopyDone)
    def _say_copied(self, message: CopyDone) -> None:
        others = (text for text in self.copies if text != message.text)
        self.copies = (*others, message.text)[-KEPT_COPIES:]
        self.clear_notifications()  # of the last copy: they would pile up over the text
        is_file = message.outcome.path is not None
        said = f"{message.instead}: {message.outcome.message}" if message.instead else message.outcome.message
        self.notify(said, severity="warning" if is_file else "information", markup=False)

    # Links

    @on(LinkAsked)
    def _take_link(self, message: LinkAsked) -> None:
        if message.is_copied:
            self._copy(message.url)
        else:
            self._open_link(message.url)

    @work(thread=True, group="links", description="links")
    def _open_link(self, url: str) -> None:
        from tui.core.browsing import open_link

        self.post_message(LinkTried(url, open_link(url)))

    @on(LinkTried)
    def _say_opened(self, message: LinkTried) -> None:
        if message.opening.is_open:
            self.notify(message.opening.message, markup=False)
        else:
            self._copy(message.url, f"{message.opening.message}, so the link is copied")

    def copy_to_clipboard(self, text: str) -> None:
        """Copy what a text field asks for; cutting nothing leaves the clipboard as it is."""
        if text:
            super().copy_to_clipboard(text)
