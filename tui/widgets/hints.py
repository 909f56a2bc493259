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
    """Shows the hints of one table of commands, as many as fit, the most useful first.

    The last are how to see all keys, which always has its room, and how to leave, where there is any.
    """

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
        yield from (command for command in hints(table) if command.action not in self._first)

    def _shown(self, room: int) -> list[tuple[str, str]]:
        """Return the keys and labels that fit in ``room`` cells, in the order in which they are shown."""
        own = [words for words in map(self._words, self._commands()) if words[1]]
        if self._typing:
            return fitting(own, room)
        everywhere = [self._words(command) for command in hints(TABLES["Everywhere"])]
        last = fitting(everywhere, room - sum(map(taken, own[:1]))) or fitting(everywhere, room)
        return fitting(own, room - sum(map(taken, last))) + last

    def _words(self, command: Command) -> tuple[str, str]:
        return display_key(command.key_list[0]), self._labels.get(command.action, command.label)

    def render_line(self, y: int) -> Strip:
        """Return the one line of cells."""
        key_style = self.ink("key")
        label_style = self.ink("label")
        warning = cut(self._warning, max(self.size.width - 4, 0))
        room = self.size.width - 1 - (cells(warning) + GAP if warning else 0)
        segments = [Segment("  ", self.ground)]
        used = 2
        for key, label in self._shown(room - used + GAP):
            segments += [
                Segment(key, key_style),
                Segment(f" {label}", label_style),
                Segment(" " * GAP, self.ground),
            ]
            used += taken((key, label))
        if warning:
            gap = max(self.size.width - 2 - used - cells(warning), 0)
            segments += [Segment(" " * gap, self.ground), Segment(warning, self.ink("warning"))]
        return self.line(segments)


def taken(words: tuple[str, str]) -> int:
    """Return the cells that a key and its label take, with the gap after them."""
    return cells(words[0]) + 1 + cells(words[1]) + GAP


def fitting(all_words: list[tuple[str, str]], room: int) -> list[tuple[str, str]]:
    """Return the first of some keys and labels, as many as ``room`` cells hold with the gaps after them."""
    shown: list[tuple[str, str]] = []
    for words in all_words:
        room -= taken(words)
        if room < 0:
            break
        shown.append(words)
    return shown
