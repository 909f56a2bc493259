"""What the exports of highlights have in common: quotations with notes, places, tags and speakers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tui.core.episode import Block, BlockKind, Span, SpanKind
from tui.core.formats.draft import Heading, Item
from tui.core.formats.lines import shifted, squeeze

TRANSCRIPT = "transcript"
METADATA = "metadata"
SHOW_NOTES = "show notes"
PAGE_FURNITURE = "page furniture"
EARLIER_VERSION = "earlier version"
BOOKMARKS = "bookmarks"
"""Names of folded stretches."""

UNTITLED = "Untitled"

TITLE_CHARS = 60
"""A highlight without a name or a place is named by its first words, as far as this."""

FENCES = ("```", "~~~")
"""How lines above and below code begin."""

SPEAKER_CHARS = 60
SPEAKER_WORDS = 6
CLOSING = (".", ",", "?", "!", "…", ";", ":", "。", "？", "！")
"""A line that ends so is no name."""

NUMBERED_SPEAKER = re.compile(r"(?P<name>Speaker \d{1,3})[:：]\s+(?=\S)")
"""A speaker without a name before what they say, on one line."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """One highlight as a table or a list of clippings holds it; all texts are clean."""

    text: str
    """What was marked; its paragraphs on lines of their own."""

    title: str = ""
    """Its name or its place; empty for its first words."""

    note: str = ""
    tags: tuple[str, ...] = ()

    detail: str = ""
    """What else is known: colour, date."""

    start_s: float | None = None
    favourite: bool = False
    earlier: tuple[str, ...] = ()
    """What was marked at the same place before."""


def highlight_items(highlight: Highlight, level: int) -> list[Item]:
    """Return the heading and blocks of a highlight: the quotation, then the reader's own words."""
    title = highlight.title or first_words(highlight.text or highlight.note) or UNTITLED
    items: list[Item] = [Heading(starred(title, highlight.favourite), level, start_s=highlight.start_s)]
    items += [Block(BlockKind.QUOTE, text, 1) for text in paragraphs(highlight.text)]
    items += [Block(BlockKind.PARAGRAPH, text) for text in paragraphs(highlight.note)]
    if highlight.tags:
        items.append(Block(BlockKind.PARAGRAPH, "Tags: " + ", ".join(highlight.tags)))
    if highlight.detail:
        items.append(emphasised(highlight.detail))
    for earlier in highlight.earlier:
        items += [Block(BlockKind.QUOTE, text, 1, fold=EARLIER_VERSION) for text in paragraphs(earlier)]
    return items


def starred(title: str, favourite: bool) -> str:
    """Return a title with a star before it if it is a favourite's."""
    return f"⭐ {title}" if favourite else title


def paragraphs(text: str) -> list[str]:
    """Return the lines of a text that say something, each with its blanks squeezed."""
    return [squeeze(line) for line in text.split("\n") if line.strip()]


def first_words(text: str) -> str:
    """Return the first words of a text on one line, with an ellipsis where it goes on."""
    line = squeeze(text[: 4 * TITLE_CHARS].replace("\n", " "))
    if len(line) <= TITLE_CHARS:
        return line
    cut = line.rfind(" ", TITLE_CHARS // 2, TITLE_CHARS)
    return line[: cut if cut > 0 else TITLE_CHARS].rstrip(" ,;:-–—") + "…"


def unwrapped(lines: Iterable[str]) -> list[str]:
    """Return lines with those joined that only a page's width parted: they go on in lower case.

    Lines of code, between fences, stay as they are.
    """
    whole: list[list[str]] = []
    in_code = False
    for line in lines:
        before = whole[-1][-1] if whole else ""
        is_fence = line.lstrip().startswith(FENCES)
        in_code = in_code != is_fence
        goes_on = before.strip() and not before.rstrip().endswith(CLOSING) and line.lstrip()[:1].islower()
        if goes_on and not in_code and not before.lstrip().startswith(FENCES):
            whole[-1].append(line.strip())
        else:
            whole.append([line])
    return [" ".join(parts) for parts in whole]


def strong(text: str, *, fold: str | None = None) -> Block:
    """Return a line as a paragraph set in bold."""
    spans = (Span(0, len(text), SpanKind.STRONG),) if text else ()
    return Block(BlockKind.PARAGRAPH, text, spans=spans, fold=fold)


def emphasised(text: str) -> Block:
    """Return a line as a paragraph set in italics."""
    return Block(BlockKind.PARAGRAPH, text, spans=(Span(0, len(text), SpanKind.EMPHASIS),))


def folded(items: Iterable[Item], name: str) -> list[Item]:
    """Return items with their blocks in a folded stretch."""
    return [replace(item, fold=name) if isinstance(item, Block) else item for item in items]


def without_headings(items: Iterable[Item]) -> list[Block]:
    """Return items with headings as bold lines: inside a highlight they open no section."""
    return [strong(item.text) if isinstance(item, Heading) else item for item in items if item_says(item)]


def item_says(item: Item) -> bool:
    """Say whether an item is text, and no rule."""
    return bool(item.text)


def lines_of(block: Block) -> list[Block]:
    """Return a paragraph's source lines as blocks of their own."""
    if block.kind is not BlockKind.PARAGRAPH or "\n" not in block.text:
        return [block]
    lines: list[Block] = []
    at = 0
    coming = list(reversed(block.spans))
    running: list[Span] = []
    for line in block.text.split("\n"):
        end = at + len(line)
        # Each span is looked at only on the lines it touches, for there may be thousands of both.
        while coming and coming[-1].start < end:
            running.append(coming.pop())
        if line.strip():
            lines.append(replace(block, text=line, spans=shifted(running, -at, len(line))))
        running = [span for span in running if span.end > end]
        at = end + 1
    return lines


def joined(block: Block) -> Block:
    """Return a block with its source lines joined by blanks; code keeps its own."""
    if block.kind is BlockKind.CODE or "\n" not in block.text:
        return block
    return replace(block, text=block.text.replace("\n", " "))


def cut(block: Block, start: int) -> Block:
    """Return a block without its first characters, and without the blanks after them."""
    start += len(block.text[start:]) - len(block.text[start:].lstrip())
    text = block.text[start:]
    return replace(block, text=text, spans=shifted(block.spans, -start, len(text)))


def leading_strong(block: Block) -> str:
    """Return the words in bold that a block begins with; "" where it begins otherwise."""
    first = block.spans[0] if block.spans else None
    if first is None or first.kind is not SpanKind.STRONG or first.start:
        return ""
    return block.text[: first.end]


def bold_speaker(block: Block) -> tuple[str, int]:
    """Return the name in bold before what somebody says, and how much of the block it takes; or "" and 0."""
    name = leading_strong(block)
    after = block.text[len(name) : len(name) + 1]
    clean_name = name.strip().rstrip(":：").strip()
    is_label = name.rstrip().endswith((":", "：")) or after in (":", "：", "\n", " ", "")
    if not clean_name or len(clean_name) > SPEAKER_CHARS or "\n" in clean_name or not is_label:
        return "", 0
    return clean_name, len(name) + (after in (":", "："))


def could_be_speaker(line: str) -> bool:
    """Say whether a line standing alone could be the name of who speaks next."""
    return (
        0 < len(line) <= SPEAKER_CHARS
        and len(line.split()) <= SPEAKER_WORDS
        and not line.endswith(CLOSING)
        and (line[0].isupper() or not line[0].isalpha() or not line[0].isascii())
    )


def spoken_lines(lines: Sequence[str]) -> list[Block]:
    """Return the turns of a transcript in which each name stands alone above what is said.

    The first line is a name, and so is any later short one without closing punctuation; the line after a
    name never is. A line ``Speaker 1: words`` is a turn too.
    """
    says = [squeeze(line) for line in lines if line.strip()]
    turns: list[Block] = []
    speaker: str | None = None
    names: set[str] = set()
    waiting = False
    for index, line in enumerate(says):
        is_last = index + 1 == len(says)
        first = index == 0 and len(line) <= SPEAKER_CHARS and not line.endswith(CLOSING)
        is_name = first or line in names or (bool(names) and could_be_speaker(line))
        if is_name and not waiting and not is_last:
            speaker, waiting = line, True
            names.add(line)
            continue
        waiting = False
        numbered = NUMBERED_SPEAKER.match(line)
        if numbered:
            speaker, line = numbered["name"], line[numbered.end() :]
        turns.append(Block(BlockKind.PARAGRAPH, line, speaker=speaker))
    return turns


def apart(lines: Iterable[str]) -> str:
    """Return lines as Markdown in which each stands for itself, but for those of code fences."""
    text: list[str] = []
    fence = ""
    for line in lines:
        mark = re.match(r"\s*(`{3,}|~{3,})", line)
        closes = bool(fence) and mark is not None and mark[1].startswith(fence)
        text.append(line)
        if mark and (closes or not fence):
            fence = "" if closes else mark[1]
        if not fence:
            text.append("")
    return "\n".join(text)
