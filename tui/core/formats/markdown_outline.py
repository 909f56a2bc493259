"""Headings of a Markdown document that has none: lines in bold, or short lines above longer ones."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from tui.core.episode import LIST_KINDS, Block, BlockKind, Span, SpanKind
from tui.core.formats.draft import Heading, Item, judged_items
from tui.core.formats.lines import Candidate, heading_level, may_be_heading, settle, shifted

HEADING_CHARS = 120
"""A bold line is a heading only when it is shorter."""

COLONS = (":", "：")
CJK_NUMBER = "[一二三四五六七八九十百]{1,4}"
NUMBER = rf"(?:[（(]?(?:\d{{1,2}}|{CJK_NUMBER})[)）]|(?:\d{{1,2}}|{CJK_NUMBER})[.、．。:：])\s*"
RUN_IN = re.compile(rf"(?:\d{{1,2}}[.)]\s|{NUMBER}(?=\D))")
"""How a bold heading begins that its text follows on the same line."""

BEFORE_BOLD = re.compile(rf"[^\w\s]{{0,3}}\s?(?:{NUMBER})?")
"""What may stand before the bold words of a heading: a sign, a number."""

FEWEST = 2
"""One bold line alone is no outline."""


def is_paragraph(item: Item) -> bool:
    """Say whether an item is a paragraph of its own."""
    return isinstance(item, Block) and item.kind is BlockKind.PARAGRAPH and not item.depth


def with_look_alikes(items: list[Item]) -> list[Item]:
    """Return the items with bold lines as headings, or where there are none, short lines above longer."""
    if has_bold_outline(items):
        return with_bold_headings(items)
    return settle([candidate(item) for item in items])


def candidate(item: Item) -> Item | Candidate:
    """Return a paragraph that could be a heading as a candidate."""
    if not isinstance(item, Block) or not is_paragraph(item) or not may_be_heading(item.text):
        return item
    return Candidate(Heading(item.text, heading_level(item.text), item.spans), item)


def has_bold_outline(items: Sequence[Item]) -> bool:
    """Say whether a document's bold lines are an outline."""
    judged = judged_items(list(items))
    pairs = zip_longest(judged, judged[1:])
    return sum(1 for item, after in pairs if isinstance(item, Block) and bold_heading(item, after)) >= FEWEST


def with_bold_headings(items: Sequence[Item], below: int = 0) -> list[Item]:
    """Return the items with bold lines made headings; what hung below a bold item moves up a level.

    Args:
        items: The document.
        below: The level of the heading under which they all stand.
    """
    read: list[Item] = []
    lifted = 0
    for item, after in zip_longest(items, items[1:]):
        heading = bold_heading(item, after) if isinstance(item, Block) else None
        if heading is None or not isinstance(item, Block):
            lifted = lifted if hangs_below(item) else 0
            read.append(replace(item, depth=item.depth - lifted) if isinstance(item, Block) else item)
            continue
        read.append(replace(heading, level=min(6, heading.level + below)))
        lifted = item.depth
        rest = after_bold(item)
        if rest:
            read.append(rest)
    return read


def hangs_below(item: Item) -> bool:
    """Say whether an item belongs to a first-level list item above it."""
    return isinstance(item, Block) and item.depth > (1 if item.kind in LIST_KINDS else 0)


def bold_heading(block: Block, after: Item | None = None) -> Heading | None:
    """Return the heading a bold line, bold item or bold run-in is, or None.

    A run-in is ``**2. Words**: text``: the heading on the line of its text. A bullet is one only with
    something hanging below it.

    Args:
        block: What may be a heading.
        after: What follows it.
    """
    strong = first_bold(block)
    if strong is None:
        return None
    rest = block.text[strong.end :].strip()
    text = block.text[: strong.end]
    stands_alone = rest in ("", *COLONS)
    if block.kind in LIST_KINDS and block.depth == 1:
        is_numbered = block.kind is BlockKind.NUMBERED
        if not stands_alone or not (is_numbered or (after is not None and hangs_below(after))):
            return None
        return bold_line(f"{block.number}. {text}" if is_numbered else text, ())
    if not is_paragraph(block):
        return None
    runs_in = RUN_IN.match(text) and (rest.startswith(COLONS) or text.endswith(COLONS))
    return bold_line(text, block.spans) if stands_alone or runs_in else None


def first_bold(block: Block) -> Span | None:
    """Return the bold words a block begins with, a sign or number before them aside."""
    strong = next((span for span in block.spans[:3] if span.kind is SpanKind.STRONG), None)
    if strong is None or strong.end > HEADING_CHARS or block.fold:
        return None
    return strong if BEFORE_BOLD.fullmatch(block.text, 0, strong.start) else None


def bold_line(text: str, spans: Sequence[Span]) -> Heading:
    """Return the heading of a bold line; that it is bold needs no span."""
    inside = [span for span in spans if span.kind is not SpanKind.STRONG]
    return Heading(text, heading_level(text), shifted(inside, 0, len(text)))


def after_bold(block: Block) -> Block | None:
    """Return what stands on the line of a bold heading after it, as a block."""
    strong = first_bold(block)
    cut = strong.end if strong else 0
    cut += len(block.text[cut:]) - len(block.text[cut:].lstrip(" :："))
    text = block.text[cut:]
    return replace(block, text=text, spans=shifted(block.spans, -cut, len(text))) if text else None
