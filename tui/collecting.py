"""What the reader collected: the notebook's screen, and what is taken away from it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.await_complete import AwaitComplete
from textual.screen import Screen
from textual.widget import AwaitMount

from tui.messages import ExportAsked, NotebookAsked, NotebookClosed
from tui.notekeeping import Notekeeping
from tui.screens.reader.screen import ReaderScreen
from tui.taking import Taking
from tui.widgets.held_keys import HeldKeys

if TYPE_CHECKING:
    from tui.core.notebook.values import Highlight
    from tui.screens.export import Scope, Taken
    from tui.screens.notebook.screen import NotebookScreen


class Collecting(Notekeeping, Taking):
    """The part of the application that shows the notebook."""

    folder: Path
    """The library."""

    held: HeldKeys
    notebook_screen: "NotebookScreen | None" = None
    export_folder: Path | None = None
    """Where something was exported to last."""

    def _bring_up(self, screen: Screen[Any]) -> AwaitMount | AwaitComplete:
        """Show a screen: one that lies below others is uncovered, any other is laid on them."""
        shown: AwaitMount | AwaitComplete = AwaitComplete()
        if screen in self.screen_stack:
            while self.screen is not screen:
                shown = self.pop_screen()
            return shown
        return self.push_screen(screen)

    @on(NotebookAsked)
    def _show_notebook(self, message: NotebookAsked) -> None:
        self.notebook.start()  # so that what other windows do from now on is told
        shown = self.notebook_screen
        if shown is None:
            from tui.screens.notebook.screen import NotebookScreen

            shown = self.notebook_screen = NotebookScreen(self.notebook, message.episode, message.place)
            shown.held = self.held
            self.install_screen(shown, "notebook")
        elif message.is_back:
            shown.read_again()
        else:
            self._take_from_below(shown)
            shown.show_of(message.episode, message.place)
        shown.hints.warn(self.warning)
        self._bring_up(shown)

    def _take_from_below(self, shown: Screen[None]) -> None:
        """Take a screen out from below the one it is asked for on: closing it leads back to that one."""
        above = self.screen
        if shown in self.screen_stack and shown is not above:
            while shown in self.screen_stack:
                self.pop_screen()
            self._bring_up(above)

    @on(NotebookClosed)
    def _close_notebook(self) -> None:
        if self.screen is self.notebook_screen:
            self.pop_screen()

    def with_way_back(self, then: Callable[[ReaderScreen], None]) -> Callable[[ReaderScreen], None]:
        """Return what is done with the reader, and let it know if it is come to from the notebook."""
        if self.screen is not self.notebook_screen:
            return then

        def arrive(reader: ReaderScreen) -> None:
            reader.is_from_notebook = True
            then(reader)

        return arrive

    # Exports

    @on(ExportAsked)
    def _offer_export(self, message: ExportAsked) -> None:
        from tui.core.notebook.destinations import suggested_folder
        from tui.core.notebook.exports.values import ExportSettings
        from tui.screens.export import ExportScreen

        folder = self.export_folder or suggested_folder(self.folder)
        settings = ExportSettings(self.settings.quotes)
        self.push_screen(ExportScreen(self._scopes(message), settings, folder), self._exported)

    def _scopes(self, message: ExportAsked) -> "list[Scope]":
        """Return what can be taken away, what is most likely meant first."""
        from tui.core.notebook.selecting import Order, in_order
        from tui.screens.export import Scope

        def of_library() -> "list[Highlight]":
            return in_order(self.notebook.highlights(), Order.EPISODE)

        def of_episode() -> "list[Highlight]":
            if message.episode is None:
                return []
            placed = self.notebook.of_episode(message.episode).highlights
            return in_order([one.highlight for one in placed], Order.EPISODE)

        scopes = [Scope("selected", lambda: message.selected)] if message.selected else []
        scopes += [Scope("shown", lambda: message.shown)] if message.shown else []
        whole = [Scope("whole library", of_library)]
        whole += [Scope("this episode", of_episode)] if message.episode is not None else []
        return scopes + (whole[::-1] if message.is_of_episode else whole)

    def _exported(self, taken: "Taken | None") -> None:
        if taken is None:
            return
        if taken.text:
            self._copy(taken.text)
        else:
            self.export_folder = taken.folder
            self.notify(taken.said, markup=False)
