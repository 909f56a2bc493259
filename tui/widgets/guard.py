"""The last gate before the terminal: only the framework's own codes pass.

Text is cleaned where it enters (``core.cleaning``). Whatever a widget, a library's message or a
mistake of ours lets through is taken out here, from every line that is drawn.
"""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""Controls, direction marks, hidden characters. Textual counts no cell for them, so nothing moves."""


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
