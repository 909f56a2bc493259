"""What widgets that draw their own lines have in common: keys, lines, and styles from the sheets."""

from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.dom import DOMNode
from textual.strip import Strip
from textual.widget import Widget


class Drawn(Widget):
    """A widget whose lines are made of segments, each in one of its styles."""

    STYLE_PREFIX: ClassVar[str]
    """What the names of its styles begin with, up to the two dashes."""

    INKS: ClassVar[frozenset[str]] = frozenset()
    """The names of all its styles, each with a rule in a sheet."""

    OVERLAYS: ClassVar[frozenset[str]] = frozenset()
    """Names of styles that lie over others: they hold only what they change."""

    key_taker: Callable[[events.Key], Awaitable[bool]] | None = None
    """Is asked first about every key; says whether it took it.

    A key that goes up from parent to parent reaches the bindings only after the next keys were handed
    out: what is typed right after ``/`` would act as commands. So the screen takes keys here.
    """

    async def on_key(self, event: events.Key) -> None:
        """Give the key to whoever takes it."""
        if self.key_taker is not None and await self.key_taker(event):
            event.stop()
            event.prevent_default()

    def line(self, segments: list[Segment], ground: Style | None = None) -> Strip:
        """Return a line of the widget's width: neighbours in the same style are one, blanks fill the rest."""
        joined = Strip(segment for segment in segments if segment.text).simplify()
        return joined.adjust_cell_length(self.size.width, ground or self.ground)

    def ink(self, name: str) -> Style:
        """Return the style that the sheets give to ``.prefix--name`` inside this widget.

        Textual's own component classes would all be worked out at every change of the widget's styles,
        a tenth of the time to the first frame; here only those that are drawn with, once.
        """
        style = self._inks.get(name)
        if style is None:
            node = DOMNode(classes=f"{self.STYLE_PREFIX}--{name}")
            node._attach(self)
            self.app.stylesheet.apply(node, animate=False)
            styles = node.styles
            style = styles.partial_rich_style if name in self.OVERLAYS else styles.rich_style
            self._inks[name] = style
        return style

    @cached_property
    def ground(self) -> Style:
        """The widget's own style."""
        return self.rich_style

    @cached_property
    def _inks(self) -> dict[str, Style]:
        return {}

    def notify_style_update(self) -> None:
        """Forget the styles of the last theme."""
        super().notify_style_update()
        self.__dict__.pop("_inks", None)
        self.__dict__.pop("ground", None)
