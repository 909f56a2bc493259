"""Draws a pyte screen as a picture, so that a person can look at what a test saw."""

import os
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import cast

import pyte
from PIL import Image, ImageDraw, ImageFont

FONT_SIZE = 16
"""In pixels; the cell follows from the font."""

GROUND, INK = "#15171c", "#d9d5cb"
"""For cells whose colour is the terminal's own."""

FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "~/Library/Fonts",
)
REGULAR = ("DejaVuSansMono.ttf", "NotoSansMono-Regular.ttf", "Menlo.ttc")
BOLD = ("DejaVuSansMono-Bold.ttf", "NotoSansMono-Bold.ttf", "Menlo.ttc")
WIDE = ("NotoSansCJK-Regular.ttc", "NotoSansMonoCJK-Regular.ttc", "Hiragino Sans GB.ttc")

NAMED = {
    "black": "#000000",
    "red": "#cd3131",
    "green": "#0dbc79",
    "brown": "#e5e510",
    "blue": "#2472c8",
    "magenta": "#bc3fbc",
    "cyan": "#11a8cd",
    "white": "#e5e5e5",
    "brightblack": "#666666",
    "brightred": "#f14c4c",
    "brightgreen": "#23d18b",
    "brightbrown": "#f5f543",
    "brightblue": "#3b8eea",
    "brightmagenta": "#d670d6",
    "bfightmagenta": "#d670d6",
    "brightcyan": "#29b8db",
    "brightwhite": "#ffffff",
}
"""pyte's names of the sixteen colours (``brown`` is yellow; the misspelt one is pyte's own)."""

HEXADECIMAL = re.compile("[0-9a-f]{6}")


@cache
def font_file(names: tuple[str, ...]) -> Path | None:
    """Return the first of these fonts that this machine has."""
    found: dict[str, Path] = {}
    for folder in FONT_FOLDERS:
        for root, _, files in os.walk(Path(folder).expanduser()):
            found |= {name: Path(root, name) for name in files if name in names}
    return next((found[name] for name in names if name in found), None)


@cache
def font(names: tuple[str, ...]) -> ImageFont.FreeTypeFont:
    """Return the first of these fonts, or Pillow's own where this machine has none of them."""
    path = font_file(names)
    # With a size, Pillow's own default is a FreeType font too.
    own = ImageFont.load_default(FONT_SIZE) if path is None else ImageFont.truetype(path, FONT_SIZE)
    return cast("ImageFont.FreeTypeFont", own)


def colour(name: str, own: str) -> str:
    """Return a pyte colour as ``#rrggbb``; ``own`` is what the terminal's own colour is."""
    if HEXADECIMAL.fullmatch(name):
        return f"#{name}"
    return NAMED.get(name, own)


def is_wide(text: str) -> bool:
    """Return whether a cell's text takes two columns."""
    return bool(text) and unicodedata.east_asian_width(text[0]) in "WF"


def draw(screen: pyte.Screen) -> Image.Image:
    """Return a picture of the screen: colours, bold, italics as underlining, reverse, wide characters."""
    ascent, descent = font(REGULAR).getmetrics()
    width, height = round(font(REGULAR).getlength("M")), ascent + descent
    image = Image.new("RGB", (width * screen.columns, height * screen.lines), GROUND)
    brush = ImageDraw.Draw(image)
    for row in range(screen.lines):
        for column in range(screen.columns):
            cell = screen.buffer[row][column]
            # The second half of a wide character is an empty cell.
            if cell.data:
                _draw_cell(brush, cell, (column * width, row * height), (width, height))
    return image


def _draw_cell(
    brush: ImageDraw.ImageDraw, cell: pyte.screens.Char, at: tuple[int, int], size: tuple[int, int]
) -> None:
    ink, ground = colour(cell.fg, INK), colour(cell.bg, GROUND)
    if cell.reverse:
        ink, ground = ground, ink
    wide = is_wide(cell.data)
    right, bottom = at[0] + size[0] * (2 if wide else 1) - 1, at[1] + size[1] - 1
    brush.rectangle((*at, right, bottom), fill=ground)
    if not cell.data.isspace():
        face = font(WIDE) if wide else font(BOLD if cell.bold else REGULAR)
        # Every font stands on the same line, whatever its own height.
        brush.text((at[0], at[1] + font(REGULAR).getmetrics()[0]), cell.data, ink, face, anchor="ls")
    if cell.underscore or cell.italics:
        brush.line((at[0], bottom - 1, right, bottom - 1), fill=ink)
    if cell.strikethrough:
        middle = (at[1] + bottom) // 2
        brush.line((at[0], middle, right, middle), fill=ink)
