"""The reader screen: outline, page, search bar."""

from textual import events, on
from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from tui.core.episode import Episode
from tui.messages import OutlineLeft, SectionChosen
from tui.paths import STYLES, file_of
from tui.screens.reader.bookmarking import Bookmarking
from tui.screens.reader.following import Following
from tui.screens.reader.moving import Moving
from tui.screens.reader.opening import Opening
from tui.screens.reader.reattaching import Reattaching
from tui.screens.reader.relating import Relating
from tui.screens.reader.returning import Returning
from tui.screens.reader.searching import Searching
from tui.screens.reader.speakers import Speakers
from tui.screens.reader.variants import Variants
from tui.widgets.page import Page

OUTLINE_FROM, ROOMY_FROM = 72, 110
"""Cells from which the outline has room beside the text, and from which it is a wider one."""

TALL_FROM = 30
"""Rows from which there is air above the text."""

LEAST = Size(30, 6)
"""The smallest terminal that can be read in."""


class ReaderScreen(
    Reattaching, Bookmarking, Moving, Returning, Relating, Searching, Speakers, Opening, Variants, Following
):
    """Shows an episode; one and the same screen for all of them."""

    CSS_PATH = STYLES / "reader.tcss"
    AUTO_FOCUS = "Page"

    def __init__(self, episode: Episode, *, column: int = 70, justified: bool = False) -> None:
        """Show an episode in a column of so many cells, with an even right edge or not."""
        super().__init__(episode)
        self._focused_before: Widget | None = None
        """What had the focus before the window became too small."""

        self.page.set_reactive(Page.column, column)
        self.page.set_reactive(Page.justified, justified)

    def compose(self) -> ComposeResult:
        """The three parts, and the hints."""
        self._arrange(self.app.size)
        self._name_variants()
        with Horizontal(id="desk"):
            yield self.outline
            with Vertical(id="sheet"):
                yield self.head
                yield self.page
        yield self.bar
        yield self.hints
        yield Static(
            "This window is too small to read in. Make it larger, or press q to leave.",
            id="too-small",
            markup=False,
        )

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the parts for another size of the terminal."""
        self._arrange(event.size)

    def _arrange(self, size: Size) -> None:
        """Set the classes that say how much room there is.

        Textual's own breakpoints are set after the first layout, which would make two of it.
        """
        self.set_class(size.width < OUTLINE_FROM, "-overlay")
        self.set_class(size.width < ROOMY_FROM, "-narrow")
        self.set_class(size.height < TALL_FROM, "-short")
        was_tiny, is_tiny = self.has_class("-tiny"), size.width < LEAST.width or size.height < LEAST.height
        self.set_class(is_tiny, "-tiny")
        if is_tiny and not was_tiny:
            self._focused_before = self.focused
        elif was_tiny and not is_tiny:
            # What is hidden loses the focus, and nothing would hear the keys from then on.
            self.call_after_refresh(self.set_focus, self._focused_before or self.page)

    # Outline

    @on(SectionChosen)
    def _go_section(self, message: SectionChosen) -> None:
        self._jump_from_here()
        self._leave_outline()
        self.page.go_section(message.ordinal)

    @on(OutlineLeft)
    def _leave_outline(self) -> None:
        self.outline.wanted = ""
        self.outline.show(self.episode)
        self.remove_class("-outline-open")
        self.page.focus()

    def action_outline(self) -> None:
        """Go to the outline; where it is hidden, show it over the text."""
        self.add_class("-outline-open")
        self.outline.follow()
        if self.outline.display:
            # Not by ``focus()``, which waits its turn while keys come in.
            self.set_focus(self.outline)
        else:
            self.outline.focus()

    def action_back_out(self) -> None:
        """Take away what is over the text: the selection first, then the marks of the search."""
        self.tell("")
        if self.page.selection is not None:
            self.leave_selection()
        elif self.current:
            self.make_current("")
        elif self.query_kept is not None:
            self.forget_query()
        elif self.page.folds.state.only is not None:
            self.show_only(None)
        elif self.has_class("-focus-mode"):
            self.action_focus_mode()

    # The file

    def action_reload(self) -> None:
        """Read the file again, keeping the place."""
        from tui.core.files import is_there  # Path.exists raises where a folder was locked

        if is_there(self.episode.path):
            self._read(self.episode.path)
        else:
            self.notify(
                "The file is not there any more; what was read stays here", severity="warning", markup=False
            )

    def action_edit(self) -> None:
        """Open the file in the reader's editor, then read it again."""
        from tui.core.editing import run_editor
        from tui.core.files import is_there

        if not is_there(self.episode.path):
            self.notify("There is no file to edit", severity="warning", markup=False)
            return
        problem = ""
        try:
            with self.app.suspend():
                # Caught here: an error that left the block would leave the terminal as it is.
                problem = run_editor(file_of(self.episode.path)[0])
        except SuspendNotSupported:
            problem = "this terminal can't be lent to it"
        self.refresh(layout=True)
        if problem:
            self.notify(f"The editor could not be started: {problem}", severity="error", markup=False)
        else:
            self.action_reload()
