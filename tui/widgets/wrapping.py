"""Breaking text into lines by cells, and what is drawn in place of what a terminal may misplace.

A line is a pair of offsets into the source text, so what is drawn can always be led back to it.
Breaks are at blanks, between characters of scripts written without blanks (a closing mark never
begins a line and an opening one never ends it: the core of JIS X 4051's kinsoku rules), and inside
words longer than a line. Combining marks stay with their letter.

Terminals disagree on joined emoji and variation selectors, and a row drawn one cell short shifts
everything after it. They are therefore left out of what is drawn, never of the text itself, and
each remaining character has the width that Rich gives it.
"""

import re
from functools import lru_cache

from rich.cells import get_character_cell_size

UNDRAWN = {0x200D: None, 0xFE0E: None, 0xFE0F: None, ord("\t"): "    "}
"""The zero-width joiner and the variation selectors are not drawn; a tab is four blanks."""

SPECIAL = re.compile(
    "[^ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0373\u0376\u0377\u037b-\u037f"
    "\u0384-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e]"
)
"""A character that is not certainly one cell wide: Latin, Greek, Cyrillic and punctuation are."""

NO_LINE_START = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝〕〉》」』】’”‐゠–〜～‥…ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)]}%"
)
NO_LINE_END = frozenset("（［｛〔〈《「『【‘“([{")

Lines = tuple[tuple[int, int], ...]
"""The (start, end) of each line in the source text, in characters, blanks at the end left out."""


def displayed(text: str) -> str:
    """Return a stretch of text as it is drawn."""
    return text if text.isascii() and "\t" not in text else text.translate(UNDRAWN)


@lru_cache(8192)
def character_cells(char: str) -> int:
    """Return how many cells one character is drawn in: 0, 1 or 2 (4 for a tab)."""
    if ord(char) in UNDRAWN:
        return len(UNDRAWN[ord(char)] or "")
    return get_character_cell_size(char)


def cells(text: str) -> int:
    """Return how many cells a text is drawn in."""
    if not SPECIAL.search(text):
        return len(text)
    return sum(map(character_cells, text))


def cut(text: str, width: int) -> str:
    """Return a text that fits in ``width`` cells, cut with ``…`` where it doesn't."""
    if cells(text) <= width:
        return displayed(text)
    room, end = width - 1, 0
    for end, char in enumerate(text):  # noqa: B007 - the offset is used after the loop
        room -= character_cells(char)
        if room < 0:
            break
    return displayed(text[:end].rstrip()) + "…" if width > 0 else ""


def offset_at_cell(text: str, cell: int) -> int:
    """Return the offset of the character drawn at a cell from the start; the text's length past its end."""
    at = 0
    for offset, char in enumerate(text):
        at += character_cells(char)
        if at > cell:
            return offset
    return len(text)


@lru_cache(2048)
def wrap(text: str, width: int) -> Lines:
    """Return the lines of a text in a column of ``width`` cells; at least one, however narrow it is."""
    width = max(width, 1)
    lines: list[tuple[int, int]] = []
    at = 0
    for paragraph in text.split("\n"):
        if SPECIAL.search(paragraph):
            _wrap_by_cells(paragraph, width, at, lines)
        else:
            _wrap_by_characters(paragraph, width, at, lines)
        at += len(paragraph) + 1
    return tuple(lines)


def _wrap_by_characters(text: str, width: int, at: int, lines: list[tuple[int, int]]) -> None:
    """Add the lines of a text whose characters are all one cell wide."""
    start, length = 0, len(text)
    while length - start > width:
        end = text.rfind(" ", start + 1, start + width + 1)
        if end <= start:
            end = start + width
        lines.append((at + start, at + _without_blanks(text, start, end)))
        start = end
        while start < length and text[start] == " ":
            start += 1
    if start < length or not text:
        lines.append((at + start, at + length))


def _wrap_by_cells(text: str, width: int, at: int, lines: list[tuple[int, int]]) -> None:
    """Add the lines of a text that has wide, combining or undrawn characters."""
    start = used = 0
    chance = -1
    index, length = 0, len(text)
    while index < length:
        char = text[index]
        size = character_cells(char)
        if index > start and size and _may_break(text, index):
            chance = index
        if used + size > width and index > start and size and not _hangs(text, index):
            end = chance if chance > start else index
            lines.append((at + start, at + _without_blanks(text, start, end)))
            start = end
            while start < length and text[start] == " ":
                start += 1
            index, used, chance = start, 0, -1
            continue
        used += size
        index += 1
    if start < length or not text:
        lines.append((at + start, at + _without_blanks(text, start, length)))


def _may_break(text: str, index: int) -> bool:
    """Say whether a line may end before the character at an index greater than 0."""
    before, char = text[index - 1], text[index]
    if before == " ":
        return True
    if before == "\u200d" or char == " ":
        return False
    wide = character_cells(char) == 2 or character_cells(before) == 2
    return wide and char not in NO_LINE_START and before not in NO_LINE_END


def _hangs(text: str, index: int) -> bool:
    """Say whether a character may stand beyond the edge: a blank, unless a mark combines with it."""
    following = text[index + 1 : index + 2]
    return text[index] == " " and (not following or character_cells(following) > 0)


def _without_blanks(text: str, start: int, end: int) -> int:
    """Return the end of a line without the blanks it ends with."""
    while end > start and text[end - 1] == " ":
        end -= 1
    return end
