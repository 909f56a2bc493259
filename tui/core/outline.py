"""The outline of an episode: its sections as a tree, under the parts they belong to.

Levels are a hint only, for files start at any level and skip levels: a section hangs below the nearest
one before it whose level is smaller.
"""

import re
from dataclasses import dataclass

from tui.core.episode import Episode, Section

OPENING = "Opening"
"""What text before the first heading is called."""

UNTITLED_CHARS = 40


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline."""

    label: str
    """The part's name, or the section's title, shortened where the part says half of it."""

    depth: int
    """0 for the outermost."""

    section: int
    """The ordinal of the section to jump to; for a part its first."""

    is_part: bool = False
    parent: int | None = None
    """The index of the entry it hangs below."""


def outline(episode: Episode) -> tuple[OutlineEntry, ...]:
    """Return the outline of an episode, in the order of its text; one entry a section, one a part."""
    entries: list[OutlineEntry] = []
    open_levels: list[tuple[int, int]] = []
    part: str | None = None
    part_index: int | None = None
    for section in episode.sections:
        if section.part != part:
            part, part_index, open_levels = section.part, None, []
            if part is not None:
                part_index = len(entries)
                entries.append(OutlineEntry(part, 0, section.ordinal, is_part=True))
        while open_levels and open_levels[-1][0] >= section.level:
            open_levels.pop()
        parent = open_levels[-1][1] if open_levels else part_index
        depth = 0 if parent is None else entries[parent].depth + 1
        if section.title:
            open_levels.append((section.level, len(entries)))
        entries.append(OutlineEntry(label(section), depth, section.ordinal, parent=parent))
    return tuple(entries)


def label(section: Section) -> str:
    """Return what a section is called in the outline."""
    if not section.title:
        text = section.blocks[0].text if section.ordinal and section.blocks else ""
        return text[:UNTITLED_CHARS] or OPENING
    if section.part and section.title.startswith(section.part):
        topic = re.fullmatch(r"\s*[-–—:|]\s*(\S.*)", section.title[len(section.part) :])
        return topic[1] if topic else section.title
    return section.title
