"""What one line of text without marks is: a bullet, a numbered item, a rule, perhaps a heading.

The rules for headings are those that hold for pages copied as text out of a browser: short, alone
between blank lines, without closing punctuation, and followed by something longer.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tui.core.episode import CJK, Block, BlockKind, Span
from tui.core.formats.draft import Heading, Item
from tui.core.formats.times import leading_time

BULLET = re.compile(r"\s*(?:[•‣◦▪▫●○■□⁃∙]\s*|[–*·-]\s+)(?=\S)")
"""A bullet and the blanks around it; dashes and stars are bullets only before a blank."""

NUMBER = re.compile(r"\s*(\d{1,3})[.)]\s+(?=\S)")
"""The number of an item."""

RULE = re.compile(r"\s*([-*_=~])(?:\s*\1){2,}\s*")
"""A line of three or more equal signs."""

UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,})\s*")
"""Under a line, this makes the line a heading."""

OUTLINE_NUMBER = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+(?=\S)|(?:chapter|part|section)\s+\w+[:.]?\s", re.I
)
"""How numbered headings begin."""

SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’»)\]）]*$")
"""The end of a sentence, and what may close after it."""

NO_HEADING_END = tuple(".,;…。，；、")
LEAD_IN_WORDS = 5
LEAD_IN_WIDTH = 36
"""A line that is longer, in words or columns, and ends in a colon is a sentence leading into a list."""

HEADING_CHARS = 80
"""No heading without marks is longer."""

BODY_CHARS = 80
"""Text that is longer than this is body, not a heading or an item of a list of short lines."""

GAPS = re.compile(r"\s{2,}|[\t\n\r\f\v]")


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set: long tables of words read better that way."""
    return frozenset(text.split())


def squeeze(text: str) -> str:
    """Return text with every run of white space as one blank and none at its ends."""
    return GAPS.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that is a heading if what follows it is its body."""

    heading: Heading
    otherwise: Block
    sure: bool = False
    """It shows by itself that it is one: underlined, in capitals."""


def heading_level(text: str) -> int:
    """Return the level a numbered heading tells (``2.1`` is a second level), else 1."""
    numbered = OUTLINE_NUMBER.match(text)
    return 1 + numbered[1].count(".") if numbered and numbered[1] else 1


def is_capitals(text: str) -> bool:
    """Say whether a line is set in capitals, as the headings of plain text often are."""
    letters = sum(character.isalpha() for character in text)
    return letters >= 4 and text.isupper() and len(text) <= HEADING_CHARS and text[0] not in "[("


def may_be_heading(text: str) -> bool:
    """Say whether a line that stands alone could be a heading, by its own look."""
    if not text or len(text) > HEADING_CHARS or text.endswith(NO_HEADING_END) or is_lead_in(text):
        return False
    if BULLET.match(text) or RULE.fullmatch(text) or "://" in text or leading_time(text):
        return False
    opens_like_one = not text[0].islower() or text[1:2].isupper()
    return opens_like_one and text[0] not in '"“„«[(' and any(map(str.isalnum, text))


def is_lead_in(text: str) -> bool:
    """Say whether a line is a sentence that leads into a list, or as long as one in wide signs."""
    width = len(text) + len(CJK.findall(text))
    long_for_a_label = len(text.split()) > LEAD_IN_WORDS or width > LEAD_IN_WIDTH
    return width > HEADING_CHARS or (text.endswith((":", "：")) and not text.isupper() and long_for_a_label)


def is_body(block: Block, heading: str, *, trusting: bool) -> bool:
    """Say whether a block could stand under a heading: longer than it, and more than a short line."""
    if block.kind is not BlockKind.PARAGRAPH:
        return block.kind is not BlockKind.RULE
    if len(block.text) <= len(heading):
        return False
    return trusting or len(block.text) > BODY_CHARS or SENTENCE_END.search(block.text[-8:]) is not None


def settle(items: list[Item | Candidate], *, trusting: bool = False) -> list[Item]:
    """Return the items with each candidate made a heading or a block, by what stands after it.

    Fewer than two headings that merely look like one are none: then it is a text with a short line.

    Args:
        items: A document.
        trusting: Any longer block is a body, even a short line.
    """
    following = [*items[1:], None]
    accepted = [
        isinstance(item, Candidate) and accepts(item, after, trusting=trusting)
        for item, after in zip(items, following, strict=False)
    ]
    unsure = sum(
        1
        for item, yes in zip(items, accepted, strict=True)
        if yes and isinstance(item, Candidate) and not item.sure
    )
    sure = any(isinstance(item, Candidate) and item.sure for item in items)
    enough = unsure >= 2 or sure
    settled: list[Item] = []
    for item, yes in zip(items, accepted, strict=True):
        if not isinstance(item, Candidate):
            settled.append(item)
        else:
            settled.append(item.heading if yes and (item.sure or enough) else item.otherwise)
    return settled


def accepts(candidate: Candidate, after: Item | Candidate | None, *, trusting: bool) -> bool:
    """Say whether what comes after a candidate lets it be a heading."""
    if candidate.sure:
        return after is not None
    if isinstance(after, Candidate):
        # A short line with an open end may be a heading itself; on trusted pages it is a body.
        return after.sure or (trusting and accepts_block(candidate, after.otherwise, trusting=True))
    return isinstance(after, Block) and accepts_block(candidate, after, trusting=trusting)


def accepts_block(candidate: Candidate, after: Block, *, trusting: bool) -> bool:
    """Say whether a block can be the body of what a candidate is the heading of."""
    if is_next_number(candidate.otherwise, after):
        return False
    return is_body(after, candidate.heading.text, trusting=trusting)


def is_next_number(block: Block, after: Block) -> bool:
    """Say whether two blocks are neighbours in one numbered list."""
    return block.kind is after.kind is BlockKind.NUMBERED


def without_mark(line: str) -> Block | None:
    """Return a bulleted or numbered line as a first-level block, or None for any other line."""
    bullet = BULLET.match(line)
    if bullet:
        return Block(BlockKind.BULLET, squeeze(line[bullet.end() :]), depth=1)
    number = NUMBER.match(line)
    if number:
        return Block(BlockKind.NUMBERED, squeeze(line[number.end() :]), depth=1, number=int(number[1]))
    return None


def shifted(spans: Iterable[Span], by: int, length: int) -> tuple[Span, ...]:
    """Return spans moved by some characters and cut to a text of a length; empty ones are left out."""
    moved = (
        Span(max(0, span.start + by), min(length, span.end + by), span.kind, span.target) for span in spans
    )
    return tuple(span for span in moved if span.start < span.end)
