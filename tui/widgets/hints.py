"""The line of hints at the foot of the screen: the keys that matter where you are."""

from collections.abc import Iterator

from rich.segment import Segment
from textual.strip import Strip

from tui.commands import TABLES, Command, display_key, hints
from tui.widgets.drawn import Drawn
from tui.widgets.wrapping import cells, cut

GAP = 3
"""Blank cells between two hints."""


class Hints(Drawn):
    """Shows the hints of one table of commands, as many as fit, the most useful first."""

    STYLE_PREFIX = "hints"
    INKS = frozenset({"key", "label", "warning"})

    def __init__(self, table: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._table = table
        self._typing = False
        self._first: tuple[str, ...] = ()
        self._warning = ""
        self._labels: dict[str, str] = {}

    def warn(self, warning: str) -> None:
        """Say something at the right end for as long as it is true; nothing for an empty text."""
        self._warning = warning
        self.set_class(bool(warning), "-warning")
        self.refresh()

    def call(self, action: str, label: str) -> None:
        """Call a command something else as things are; an empty label leaves it out."""
        if self._labels.get(action) != label:
            self._labels[action] = label
            self.refresh()

    def show(self, table: str, *, typing: bool = False, first: tuple[str, ...] = ()) -> None:
        """Show another table's hints.

        Args:
            table: Its name.
            typing: Whether text is typed: then those that work everywhere are left out.
            first: Actions of the table that matter most just now, whether they have hints else or not.
        """
        if (table, typing, first) != (self._table, self._typing, self._first):
            self._table, self._typing, self._first = table, typing, first
            self.refresh()

    def _commands(self) -> Iterator[Command]:
        """Yield the commands whose hints are shown as far as there is room."""
        table = TABLES[self._table]
        actions = {command.action: command for command in table}
        yield from (actions[action] for action in self._first)
        for command in hints((*table, *(() if self._typing else TABLES["Everywhere"]))):
            if command.action not in self._first:
                yield command

    def render_line(self, y: int) -> Strip:
        """Return the one line of cells."""
        key_style = self.ink("key")
        label_style = self.ink("label")
        warning = cut(self._warning, max(self.size.width - 4, 0))
        room = self.size.width - 1 - (cells(warning) + GAP if warning else 0)
        segments = [Segment("  ", self.ground)]
        used = 2
        for command in self._commands():
            key, label = display_key(command.key_list[0]), self._labels.get(command.action, command.label)
            if not label:
                continue
            width = cells(key) + 1 + cells(label)
            if used + width > room:
                break
            segments += [
                Segment(key, key_style),
                Segment(f" {label}", label_style),
                Segment(" " * GAP, self.ground),
            ]
            used += width + GAP
        if warning:
            gap = max(self.size.width - 2 - used - cells(warning), 0)
            segments += [Segment(" " * gap, self.ground), Segment(warning, self.ink("warning"))]
        return self.line(segments)
