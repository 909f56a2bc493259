"""What widgets that draw their own lines have in common: styles from the sheets, looked up once."""

from functools import cached_property
from typing import ClassVar

from rich.style import Style
from textual.widget import Widget


class Drawn(Widget):
    """A widget whose lines are made of segments, each in the style of one of its component classes."""

    STYLE_PREFIX: ClassVar[str]
    """What the names of its component classes begin with, up to the two dashes."""

    OVERLAYS: ClassVar[frozenset[str]] = frozenset()
    """Names of styles that lie over others: they hold only what they change."""

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
