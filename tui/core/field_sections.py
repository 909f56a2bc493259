"""Sections made of what front matter lists: chapters, and where a document is all front matter, the rest."""

from collections.abc import Sequence
from dataclasses import replace

from tui.core.episode import Block, BlockKind, Section
from tui.core.formats.draft import JUDGED_CHARS, Fields
from tui.core.formats.lines import squeeze
from tui.core.formats.times import leading_time
from tui.core.metadata import KNOWN_KEYS, TEXT_KEYS, normal_key

CHAPTERS = "chapters"
QUOTATIONS = frozenset({"quotes", "quote", "notable_quotes", "key_quotes", "highlights"})
"""Fields whose entries are what somebody said."""

NAMES_ONLY = frozenset({"topics", "companies", "key_topics", "themes", "books", "resources", "links"})
"""Fields of the summary's own, though some of them are tags as well."""

UNSHOWN = frozenset(
    {"layout", "aliases", "cssclasses", "cssclass", "permalink", "image", "images", "categories"}
)
"""Fields for programs."""

FEWEST_CHAPTERS = 2
LONGEST_NAME = 60


def with_chapters(sections: Sequence[Section], fields: Fields) -> tuple[Section, ...]:
    """Return the sections with one more for the chapters in the front matter, if the text shows none.

    It stands before the first section with a title: chapters are the table of contents.
    """
    chapters = fields.get(CHAPTERS)
    if not isinstance(chapters, tuple) or len(chapters) < FEWEST_CHAPTERS or shows_times(sections):
        return tuple(sections)
    section = Section(0, 2, "Chapters", tuple(map(chapter_block, chapters)))
    begin = 1 if sections and not sections[0].title else 0
    if begin and not sections[0].blocks:
        return numbered([section, *sections[1:]])
    return numbered([*sections[:begin], section, *sections[begin:]])


def shows_times(sections: Sequence[Section]) -> bool:
    """Say whether a document's own sections or lists have times, so that its chapters are there already."""
    chars = 0
    for section in sections:
        times = [section.start_s, *(block.start_s for block in section.blocks if not block.fold)]
        if any(start_s is not None for start_s in times):
            return True
        chars += len(section.text)
        if chars > JUDGED_CHARS:
            break
    return False


def chapter_block(line: str) -> Block:
    """Return a chapter as a bullet with its time."""
    text = squeeze(line)
    timed = leading_time(text)
    if timed is None or timed[1] >= len(text):
        return Block(BlockKind.BULLET, text, 1, start_s=timed[0] if timed else None)
    return Block(BlockKind.BULLET, text[timed[1] :], 1, start_s=timed[0])


def with_lists(sections: Sequence[Section], fields: Fields) -> tuple[Section, ...]:
    """Return the sections with one more for each list in the front matter of a document that is no more."""
    added = [list_section(name, value) for name, value in lists_in(fields).items()]
    kept = [section for section in sections if section.title or section.blocks] if added else sections
    return numbered([*kept, *added])


def lists_in(fields: Fields) -> dict[str, tuple[str, ...]]:
    """Return the fields that list something to read."""
    return {
        name: value for name, value in fields.items() if isinstance(value, tuple) and is_list(name, value)
    }


def is_list(name: str, value: tuple[str, ...]) -> bool:
    """Say whether a field lists something to read, not people, tags or what only programs want."""
    key = normal_key(name)
    if not value or key in UNSHOWN or key == CHAPTERS:
        return False
    return key in NAMES_ONLY or key in QUOTATIONS or key not in KNOWN_KEYS or key in TEXT_KEYS


def list_section(name: str, values: Sequence[str]) -> Section:
    """Return a section with the entries of a list; further lines of an entry are paragraphs below it."""
    is_quoted = normal_key(name) in QUOTATIONS
    blocks: list[Block] = []
    for value in values:
        first, _, more = value.strip().partition("\n")
        text = squeeze(first)
        blocks.append(Block(BlockKind.QUOTE if is_quoted else BlockKind.BULLET, text, 1) if text else RULE)
        blocks += [Block(BlockKind.PARAGRAPH, squeeze(more), 0 if is_quoted else 1)] if more.strip() else []
    title = name[:LONGEST_NAME].replace("_", " ").replace("-", " ").strip()
    return Section(0, 2, title[:1].upper() + title[1:], tuple(block for block in blocks if block.text))


RULE = Block(BlockKind.RULE, "")


def numbered(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return sections with their places counted anew."""
    return tuple(replace(section, ordinal=ordinal) for ordinal, section in enumerate(sections))
