"""Contrast by WCAG 2.1: 4.5 : 1 for text, also on what is marked."""

import pytest

from tui.themes import DARK, LIGHT, TERMINAL

SPEAKERS = [f"speaker-{number}" for number in range(1, 7)]


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *[
            (ink, ground)
            for ink in ("ink", "soft", "mute", "accent", "read", "alarm", *SPEAKERS)
            for ground in ("ground", "sidebar")
        ],
        *[("ink", ground) for ground in ("bar", "selection", "hit")],
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
