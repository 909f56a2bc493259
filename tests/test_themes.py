"""Contrast by WCAG 2.1: 4.5 : 1 for text, also on what is marked."""

from itertools import combinations
from math import dist

import pytest

from tui.core.notebook.values import Colour
from tui.themes import DARK, LIGHT, TERMINAL
from tui.widgets.highlight_signs import SIGNS as SIGN_OF

HIGHLIGHTS = [f"highlight-{colour}" for colour in Colour]

SIGNS = [f"sign-{colour}" for colour in Colour]

TOLD_APART = 0.04
"""Distance of two grounds in OKLab from which on people see that they are two, side by side."""

SPEAKERS = [f"speaker-{number}" for number in range(1, 7)]


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def oklab(colour: str) -> tuple[float, float, float]:
    """Björn Ottosson's perceptual space (2020)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *[
            (ink, ground)
            for ink in ("ink", "soft", "mute", "accent", "read", "alarm", *SPEAKERS, *SIGNS)
            for ground in ("ground", "sidebar")
        ],
        *[("ink", ground) for ground in ("bar", "selection", "hit", *HIGHLIGHTS)],
        ("mute", "bar"),
        ("accent", "bar"),
        ("current-hit-ink", "current-hit"),
    ],
)
def test_text_can_be_read(colours: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("colours", [DARK, LIGHT, TERMINAL], ids=["dark", "light", "terminal"])
def test_speakers_are_told_apart(colours: dict[str, str]) -> None:
    assert len({colours[name] for name in (*SPEAKERS, "accent", "ink", "alarm")}) == len(SPEAKERS) + 3


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_what_lies_over_the_text_is_told_apart(colours: dict[str, str]) -> None:
    for one, other in combinations(("ground", "selection", "hit", "current-hit", *HIGHLIGHTS), 2):
        if {one, other} != {"selection", "hit"}:  # which never lie side by side without the selection's bar
            assert dist(oklab(colours[one]), oklab(colours[other])) >= TOLD_APART, (one, other)


def test_every_colour_of_highlights_has_a_sign_of_its_own() -> None:
    assert set(SIGN_OF) == set(Colour)
    assert len(set(SIGN_OF.values())) == len(Colour)
