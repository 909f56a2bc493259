"""The line of hints at the foot of the screen: the keys that matter where you are."""

from rich.segment import Segment
from textual.strip import Strip

from tui.commands import TABLES, display_key, hints
from tui.widgets.drawn import Drawn
from tui.widgets.wrapping import cells

GAP = 3
"""Blank cells between two hints."""


class Hints(Drawn):
    """Shows the hints of one table of commands, as many as fit, the most useful first."""

    STYLE_PREFIX = "hints"
    INKS = frozenset({"key", "label"})

    def __init__(self, table: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._table = table
        self._typing = False
        self._labels: dict[str, str] = {}

    def call(self, action: str, label: str) -> None:
        """Call a command something else as things are; an empty label leaves it out."""
        if self._labels.get(action) != label:
            self._labels[action] = label
            self.refresh()

    def show(self, table: str, *, typing: bool = False) -> None:
        """Show another table's hints; those that work everywhere are left out while text is typed."""
        if (table, typing) != (self._table, self._typing):
            self._table, self._typing = table, typing
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the one line of cells."""
        key_style = self.ink("key")
        label_style = self.ink("label")
        segments = [Segment("  ", self.ground)]
        used = 2
        for command in hints((*TABLES[self._table], *(() if self._typing else TABLES["Everywhere"]))):
            key, label = display_key(command.key_list[0]), self._labels.get(command.action, command.label)
            if not label:
                continue
            width = cells(key) + 1 + cells(label)
            if used + width > self.size.width - 1:
                break
            segments += [
                Segment(key, key_style),
                Segment(f" {label}", label_style),
                Segment(" " * GAP, self.ground),
            ]
            used += width + GAP
        return self.line(segments)
