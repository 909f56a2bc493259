"""Every key, from the table of commands."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.commands import TABLES, Command, display_keys
from tui.paths import STYLES
from tui.widgets.hints import Hints
from tui.widgets.keys import bindings
from tui.widgets.wrapping import wrap

KEY_COLUMN = 22
"""Cells for the keys, where there is room for what they do beside them."""

NARROWEST = 30
"""Where fewer cells are left than these for what a key does, that stands below the key."""

WIDEST = 90
"""Cells of the widest lines, as the sheet has it …"""

MARGINS = 6
"""… and blank ones beside them, left and right."""

INSET = 2
"""Blank cells before what stands below a key."""


def help_text(width: int) -> Content:
    """Return all commands as styled text, in lines of at most ``width`` cells."""
    parts: list[Content | tuple[str, str]] = [("pullquote", "$accent bold"), ("  all keys\n", "$mute")]
    for name, table in TABLES.items():
        parts.append((f"\n{name}\n", "$accent bold"))
        for command in table:
            parts += _entry(command, width)
    return Content.assemble(*parts)


def _entry(command: Command, width: int) -> Iterator[tuple[str, str]]:
    """Yield a command's keys and what it does, whose lines all begin in the same column."""
    keys = display_keys(command)
    inset = KEY_COLUMN if width >= KEY_COLUMN + NARROWEST else INSET
    yield keys, "$ink bold"
    # Keys that don't fit in their column get a line of their own.
    yield " " * (inset - len(keys)) if len(keys) < inset else "\n" + " " * inset, ""
    lines = wrap(command.help, width - inset)
    words = ("\n" + " " * inset).join(command.help[start:end] for start, end in lines)
    yield f"{words}\n", "$soft"


class HelpText(Static):
    """All keys, in lines as wide as there is room."""

    def __init__(self, width: int) -> None:
        # With its text from the start: keys that were typed ahead scroll it.
        super().__init__(help_text(width), markup=False)
        self._width = width

    def on_resize(self) -> None:
        """Break the lines anew where the width is another."""
        if self.size.width != self._width:
            self._width = self.size.width
            self.update(help_text(self._width))


class HelpScreen(Screen[None]):
    """Shows the keys and goes back to where the reader was."""

    BINDINGS = bindings("Help")
    CSS_PATH = STYLES / "help.tcss"
    AUTO_FOCUS = ""

    def compose(self) -> ComposeResult:
        """The text, scrolled, and the hints."""
        with VerticalScroll(id="keys", can_focus=False):
            yield HelpText(min(self.app.size.width - MARGINS, WIDEST))
        yield Hints("Help", id="hints")

    @property
    def _text(self) -> VerticalScroll:
        return self.query_one("#keys", VerticalScroll)

    def action_line_down(self) -> None:
        """Scroll a line down."""
        self._text.scroll_relative(y=1, animate=False, immediate=True)

    def action_line_up(self) -> None:
        """Scroll a line up."""
        self._text.scroll_relative(y=-1, animate=False, immediate=True)

    def action_page_down(self) -> None:
        """Scroll a page down."""
        self._text.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Scroll a page up."""
        self._text.scroll_page_up(animate=False)

    def action_top(self) -> None:
        """Scroll to the top."""
        self._text.scroll_home(animate=False, immediate=True)

    def action_bottom(self) -> None:
        """Scroll to the end."""
        self._text.scroll_end(animate=False, immediate=True)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()
