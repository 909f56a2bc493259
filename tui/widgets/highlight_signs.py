"""The signs by which highlights and what belongs to them are told apart, in every theme and without colour.

In the gutter a highlight has a line of its own kind, as a pencil draws it in a margin.
"""

from collections.abc import Mapping

from tui.core.notebook.values import Colour

SIGNS: Mapping[Colour, str] = {
    Colour.AMBER: "│",
    Colour.GREEN: "║",
    Colour.BLUE: "╎",
    Colour.ROSE: "┊",
}
"""One cell each, drawn in the theme's ``$sign-amber`` …; the text itself is on ``$highlight-amber`` …"""

NOTE_SIGN = "†"
FAVOURITE_SIGN = "★"
BOOKMARK_SIGN = "¶"
