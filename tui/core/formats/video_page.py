"""The head of a video's page, copied as text out of a browser: buttons, title, channel, subscribers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tui.core.episode import Block, BlockKind
from tui.core.formats.lines import squeeze

PAGE_FURNITURE = "page furniture"
"""The fold of what belongs to the page, not to the episode."""

HEAD_LINES = 40
"""Among so many lines from the first there is the one with the subscribers."""

SUBSCRIBERS = re.compile(
    r"\d[\d.,]*\s?(?:[KMB]|Mio\.|Tsd\.|mil)?\s?(?:de\s|d['’])?"
    r"(?:subscribers?|Abonnenten|suscriptores|abonnés|inscritos|iscritti)",
    re.I,
)
"""The line below a channel's name."""

BUTTON = re.compile(
    r"skip navigation|search(?: with your voice)?|sign in|create|home|shorts|subscriptions|notifications"
    r"|avatar image|back|subscribed?|join|share|download|clip|save|thanks|like|dislike|ask|\d[\d.,]*[KMB+]?"
    r"|(?:\.{3}|…)\s?more",
    re.I,
)
"""A line of the page around a video."""


@dataclass(frozen=True, slots=True)
class VideoHead:
    """What stands at the head of a video's page."""

    title: str
    channel: str

    blocks: tuple[Block, ...]
    """Its lines but the title, with those folded that belong to the page."""

    rest: list[list[str]]
    """The paragraphs below it."""


def video_head(paragraphs: Sequence[Sequence[str]]) -> VideoHead | None:
    """Return the head of a video's page that a text begins with; None for any other text.

    The name of the channel stands above its subscribers, and the title above that.
    """
    lines = opening_lines(paragraphs)
    count = next((index for index, line in enumerate(lines) if SUBSCRIBERS.fullmatch(line)), 0)
    named = [index for index in range(count) if not BUTTON.fullmatch(lines[index])][-2:]
    if len(named) < 2:
        return None
    end = count + 1
    while end < len(lines) and BUTTON.fullmatch(lines[end]):
        end += 1
    title, channel = named
    blocks = tuple(block_of(line) for index, line in enumerate(lines[:end]) if index != title)
    return VideoHead(lines[title], lines[channel], blocks, below(paragraphs, end))


def opening_lines(paragraphs: Sequence[Sequence[str]]) -> list[str]:
    """Return the first lines of a text."""
    # No paragraph is empty, so that so many of them are enough.
    lines = [line for paragraph in paragraphs[:HEAD_LINES] for line in paragraph[:HEAD_LINES]]
    return [squeeze(line) for line in lines[:HEAD_LINES]]


def block_of(line: str) -> Block:
    """Return a line of the head as a paragraph, folded if it belongs to the page."""
    is_page = BUTTON.fullmatch(line) is not None
    return Block(BlockKind.PARAGRAPH, line, fold=PAGE_FURNITURE if is_page else None)


def below(paragraphs: Sequence[Sequence[str]], count: int) -> list[list[str]]:
    """Return the paragraphs without so many lines from the first."""
    rest: list[list[str]] = []
    for paragraph in paragraphs:
        left = list(paragraph[count:])
        count = max(0, count - len(paragraph))
        rest += [left] if left else []
    return rest
