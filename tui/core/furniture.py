"""What stands in an episode's text and is not about it: words of sponsors, and furniture of pages.

Both are folded, never dropped, and only what shows plainly that it is one: by the heading above it, or by
how it begins. A talk about advertising has none of these. Whole blocks are folded, never part of one.
"""

from collections.abc import Sequence
from dataclasses import replace

from tui.core.episode import LIST_KINDS, Block, BlockKind, Section
from tui.core.furniture_signs import (
    AD_MARK,
    AD_MARK_AT_END,
    AD_OPENS,
    ADDRESS,
    BREAK,
    FURNITURE,
    FURNITURE_TITLE,
    LIST_FOLLOWS,
    OFFER,
    PROMO_CODE,
    SPONSOR_TITLE,
    SPONSORED,
)

SPONSOR = "sponsor"
PAGE_FURNITURE = "page furniture"

FOLDABLE = frozenset({BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.NUMBERED, BlockKind.QUOTE})

LONGEST_SPONSOR = 1500
"""No word of a sponsor is longer, in characters."""

LONGEST_FURNITURE = 240
"""Nor is a line of a page's furniture; what it begins like may go on as somebody's words."""

MOST_UNDER_HEADING = 4000
"""A section of more characters than this is about something, whatever it is called."""

LONGEST_BREAK = 15
"""How many blocks from where an advertisement begins its end may stand, in a transcript that marks both."""

SHORT_WORDS = 6
"""Under a heading that could as well be a subject, only items of so few words are furniture."""


def folded(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return the sections with words of sponsors and furniture of pages marked to be folded.

    Blocks that are folded already stay so. Where all of a text would be folded, nothing is.
    """
    marked = tuple(with_folds(section) for section in sections)
    shown = any(block.fold is None and block.text for section in marked for block in section.blocks)
    return marked if shown else tuple(sections)


def with_folds(section: Section) -> Section:
    """Return a section with its folds; as it was where it has none."""
    names = fold_names(section)
    if not any(names):
        return section
    blocks = (
        replace(block, fold=name) if name and not block.fold else block
        for block, name in zip(section.blocks, names, strict=True)
    )
    return replace(section, blocks=tuple(blocks))


def fold_names(section: Section) -> list[str | None]:
    """Return for each block of a section the name of its fold, or None."""
    whole = name_by_title(section)
    if whole:
        return [whole] * len(section.blocks)
    names: list[str | None] = []
    following: str | None = None
    for block in section.blocks:
        name = name_of(block) or (following if goes_with_list(block) else None)
        opens_list = name is not None and LIST_FOLLOWS.fullmatch(block.text.strip()[:80]) is not None
        following = name if opens_list or (following and name) else None
        names.append(name)
    return with_breaks(section.blocks, names)


def name_by_title(section: Section) -> str | None:
    """Return the fold of a whole section by its heading, or None."""
    title = section.title.strip()
    if (
        not title
        or not section.blocks
        or sum(len(block.text) for block in section.blocks) > MOST_UNDER_HEADING
    ):
        return None
    if AD_MARK.match(title) or AD_MARK_AT_END.search(title):
        return SPONSOR
    if SPONSOR_TITLE.fullmatch(title) and all(map(could_be_offer, section.blocks)):
        return SPONSOR
    is_furniture = FURNITURE_TITLE.fullmatch(title) and all(map(is_short_item, section.blocks))
    return PAGE_FURNITURE if is_furniture else None


def could_be_offer(block: Block) -> bool:
    """Say whether a block could stand in a list of sponsors: nobody says it."""
    return block.speaker is None and len(block.text) <= LONGEST_SPONSOR


def is_short_item(block: Block) -> bool:
    """Say whether a block is a few words or an address, as the items of menus are."""
    text = block.text
    if block.start_s is not None:
        return False  # An item of a list of chapters.
    return (
        block.kind is BlockKind.RULE
        or len(text.split()) <= SHORT_WORDS
        or (len(text) <= LONGEST_FURNITURE and (ADDRESS.search(text) is not None or is_furniture(block)))
    )


def name_of(block: Block) -> str | None:
    """Return the fold of a block by how it begins, or None."""
    if block.kind not in FOLDABLE or block.fold:
        return None
    text = block.text.strip()
    if len(text) <= LONGEST_SPONSOR and is_sponsored(text, spoken=block.speaker is not None):
        return SPONSOR
    return PAGE_FURNITURE if is_furniture(block) else None


def is_sponsored(text: str, *, spoken: bool) -> bool:
    """Say whether a text is a sponsor's: it says so, or it has a code and what that is good for."""
    begin = text.lstrip('*_>•-–— "“')[:200]
    if AD_MARK.match(begin) or SPONSORED.match(begin):
        return True
    if not spoken and BREAK.fullmatch(text[:40]) and len(text) <= 40:
        return True
    # Most texts name no code at all, and this is the slow part.
    has_code = not spoken and "code" in text.lower()
    return has_code and PROMO_CODE.search(text) is not None and OFFER.search(text) is not None


def is_furniture(block: Block) -> bool:
    """Say whether a block is nothing but a page's furniture; what somebody says in a transcript is none."""
    text = block.text.strip()
    # A button stands alone; an item of one word in a list is one of the things that are spoken of.
    is_item = block.kind in LIST_KINDS and " " not in text
    if block.speaker is not None or is_item or len(text) > LONGEST_FURNITURE:
        return False
    bare = text.strip("*_>•-–— ")
    return FURNITURE.fullmatch(bare) is not None or LIST_FOLLOWS.fullmatch(bare) is not None


def goes_with_list(block: Block) -> bool:
    """Say whether a block is an item of a list, or a line with an address."""
    has_address = len(block.text) <= LONGEST_FURNITURE and ADDRESS.search(block.text) is not None
    return block.speaker is None and (block.kind in LIST_KINDS or has_address)


def with_breaks(blocks: Sequence[Block], names: list[str | None]) -> list[str | None]:
    """Return the folds with advertisements in speech: from the line that opens one to the next break."""
    for begin, block in enumerate(blocks):
        if not AD_OPENS.fullmatch(block.text.strip()[:120]):
            continue
        names[begin] = SPONSOR
        ahead = range(begin + 1, min(begin + 1 + LONGEST_BREAK, len(blocks)))
        end = next((index for index in ahead if ends_break(blocks[index])), None)
        if end is not None:
            names[begin:end] = [SPONSOR] * (end - begin)
    return names


def ends_break(block: Block) -> bool:
    """Say whether a block ends an advertisement: the next break, or a rule."""
    return block.kind is BlockKind.RULE or BREAK.fullmatch(block.text.strip()[:40]) is not None
