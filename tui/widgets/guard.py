"""The last gate before the terminal: only the framework's own codes pass.

Text is cleaned where it enters (``core.cleaning``). Whatever a widget, a library's message or a
mistake of ours lets through is taken out here, from every line that is drawn.
"""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Controls and direction marks. All are drawn in no cell, so taking them out moves nothing."""


class Guard(LineFilter):
    """Takes controls out of everything that is drawn."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments of a line without controls in their text."""
        if not any(UNSAFE.search(segment.text) for segment in segments if not segment.control):
            return segments
        return [
            segment if segment.control else Segment(UNSAFE.sub("", segment.text), segment.style)
            for segment in segments
        ]
