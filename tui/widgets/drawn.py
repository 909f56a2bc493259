"""What widgets that draw their own lines have in common: styles from the sheets, looked up once."""

from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget


class Drawn(Widget):
    """A widget whose lines are made of segments, each in the style of one of its component classes."""

    STYLE_PREFIX: ClassVar[str]
    """What the names of its component classes begin with, up to the two dashes."""

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
        """Return the style of a component class, by its name after the dashes."""
        style = self._inks.get(name)
        if style is None:
            style = self._inks[name] = self.get_component_rich_style(
                f"{self.STYLE_PREFIX}--{name}", partial=name in self.OVERLAYS
            )
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
