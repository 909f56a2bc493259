"""Every key, from the table of commands."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.commands import TABLES, display_keys
from tui.paths import STYLES
from tui.widgets.hints import Hints
from tui.widgets.keys import bindings

KEY_COLUMN = 22
"""Cells for the keys."""


def help_text() -> Content:
    """Return all commands as styled text."""
    parts: list[Content | tuple[str, str]] = [("pullquote", "$accent bold"), ("  all keys\n", "$mute")]
    for name, table in TABLES.items():
        parts.append((f"\n{name}\n", "$accent bold"))
        for command in table:
            keys = display_keys(command)
            # Keys that don't fit in their column get a line of their own.
            gap = " " * (KEY_COLUMN - len(keys)) if len(keys) < KEY_COLUMN else "\n" + " " * KEY_COLUMN
            parts += [(keys, "$ink bold"), (f"{gap}{command.help}\n", "$soft")]
    return Content.assemble(*parts)


class HelpScreen(Screen[None]):
    """Shows the keys and goes back to where the reader was."""

    BINDINGS = bindings("Help")
    CSS_PATH = STYLES / "help.tcss"
    AUTO_FOCUS = ""

    def compose(self) -> ComposeResult:
        """The text, scrolled, and the hints."""
        with VerticalScroll(id="keys", can_focus=False):
            yield Static(help_text(), markup=False)
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
