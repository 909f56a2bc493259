"""The signs by which highlights and what belongs to them are told apart, in every theme and without colour.

In the gutter a highlight has a line of its own kind, as a pencil draws it in a margin.
"""

from collections.abc import Mapping

SIGNS: Mapping[str, str] = {"amber": "│", "green": "║", "blue": "╎", "rose": "┊"}
"""One cell for each ``notebook.values.Colour``, drawn in the theme's ``$sign-amber`` …; the text itself is
on ``$highlight-amber`` … By name: the values take 4 ms to load, which the first frame does not have."""

NOTE_SIGN = "†"
FAVOURITE_SIGN = "★"
BOOKMARK_SIGN = "¶"
