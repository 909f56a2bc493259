"""Markdown as people and language models write it: CommonMark, tables, Obsidian's additions.

Headings are the document's own. Where it has none but its title, lines all in bold and numbered items
all in bold take their place; where there are none of these either, the rule for text without marks.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from tui.core.episode import LIST_KINDS, Block, BlockKind, Span, SpanKind
from tui.core.formats import plain
from tui.core.formats.draft import Draft, Heading, Item, Source, gather, judged_items, same_title
from tui.core.formats.lines import Candidate, heading_level, may_be_heading, settle, shifted, without_mark
from tui.core.formats.markdown_blocks import TooDeepError, markdown_items
from tui.core.formats.transcript import Voices, find_voices, parted, read_label, voiced
from tui.core.metadata import field_line

SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd"})
ATX = re.compile(r"^#{1,6}[ \t]+\S", re.M)
MARKS = re.compile(r"\*\*\S|\]\(\S|^```|^> \S|^\|.*\|$|\[\[\S|^[-*] \[[ xX]\] ", re.M)
"""Strong words, links, fences, quotations, tables, wikilinks, tasks."""

FEWEST_MARKS = 3
FENCE = re.compile(r"^(`{3,}|~{3,})[ \t]*(markdown|md|mdx)?[ \t]*$", re.I | re.M)
PREAMBLE_CHARS = 300
"""What a language model may say before the fence around its answer."""

HEADING_CHARS = 120
"""A bold line is a heading only when it is shorter."""

RUN_IN = re.compile(r"\d{1,2}[.)]\s")
"""How a bold heading begins that its text follows on the same line."""


def fits(source: Source) -> bool:
    """Say whether a text is Markdown: by its marks, or by its name where they do not speak against it."""
    judged = source.judged
    if PurePath(source.name).suffix.lower() in SUFFIXES:
        return True
    headings = len(ATX.findall(judged))
    marks = sum(1 for _ in MARKS.finditer(judged))
    return headings >= 2 or headings + marks >= FEWEST_MARKS or (bool(source.fields) and headings > 0)


def read(source: Source) -> Draft:
    """Return a Markdown document; one too deeply nested to be parsed comes back as it stands."""
    try:
        items = markdown_items(unfenced(source.text))
    except (TooDeepError, RecursionError):
        as_it_stands = plain.read(source)
        notice = (
            "Its lists or quotations are nested too deeply to be laid out; the text is shown as it stands"
        )
        return replace(as_it_stands, notices=(notice,), why="It is Markdown, but nested too deeply.")
    voices = find_voices(line_groups(judged_items(items)))
    items = voiced([line for item in items for line in lines_apart(item, voices)], voices)
    title, items = split_title(items, source.title)
    if not any(isinstance(item, Heading) and item.text for item in judged_items(items)):
        items = parted(items) if voices else with_look_alikes(items)
        if not title and not source.title and not voices:
            title, items = split_first_line(items)
    return Draft(gather(items), "It has the marks of Markdown, or its name says so.", title)


def unfenced(text: str) -> str:
    """Return a text without the code fence around all of it, as language models like to answer."""
    opening = FENCE.search(text, 0, PREAMBLE_CHARS)
    if opening is None:
        return text
    closing = text.rstrip().rpartition("\n")[2].strip()
    inner = text[opening.end() : text.rstrip().rfind("\n")]
    wraps_all = closing == opening[1] and (opening[2] or ATX.search(inner))
    fences = sum(1 for line in inner.split("\n") if line.lstrip().startswith(opening[1]))
    return text[: opening.start()] + inner if wraps_all and fences % 2 == 0 else text


def line_groups(items: Sequence[Item]) -> list[list[str]]:
    """Return the lines of the paragraphs that may be turns of a transcript; none for a heading."""
    return [
        [] if isinstance(item, Heading) else item.text.split("\n")
        for item in items
        if isinstance(item, Heading) or is_paragraph(item)
    ]


def is_paragraph(item: Item) -> bool:
    """Say whether an item is a paragraph of its own."""
    return isinstance(item, Block) and item.kind is BlockKind.PARAGRAPH and not item.depth


def lines_apart(item: Item, voices: Voices) -> list[Item]:
    """Return a paragraph's source lines joined by blanks, but those apart that stand for themselves.

    That are bullets which Markdown knows nothing of, turns and times of a transcript, and lines like
    ``Show: …`` above and below each other.
    """
    if isinstance(item, Heading) or item.kind is not BlockKind.PARAGRAPH:
        return [item]
    lines = item.text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    blocks: list[Item] = []
    begun = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or stands_apart(lines[index - 1], lines[index], voices):
            blocks.append(part_of(item, starts[begun], starts[index] - 1))
            begun = index
    return blocks


def stands_apart(before: str, line: str, voices: Voices) -> bool:
    """Say whether a source line begins a block of its own."""
    if without_mark(line) or (voices and read_label(line, voices)):
        return True
    return field_line(line) is not None and field_line(before) is not None


def part_of(block: Block, start: int, end: int) -> Block:
    """Return a stretch of a paragraph as a block, its line ends as blanks; its bullet, if any, is read."""
    text = block.text[start:end].replace("\n", " ")
    marked = without_mark(text) if not block.depth else None
    if marked and marked.kind is BlockKind.BULLET:
        cut = len(text) - len(marked.text)
        return replace(marked, spans=shifted(block.spans, -start - cut, len(marked.text)))
    return replace(block, text=text, spans=shifted(block.spans, -start, len(text)))


def split_title(items: list[Item], known: str) -> tuple[str, list[Item]]:
    """Return the title a document shows in its first heading, or "", and the items without it.

    A first-level heading that repeats the front matter's title is the title. Without front matter it must
    stand at the very beginning, and be the only one of its level, or have deeper ones or lines of
    metadata below it; any other is a section like the rest.

    Args:
        items: The document.
        known: The title in its front matter, or "".
    """
    begin = next((index for index, item in enumerate(items) if isinstance(item, Heading) and item.text), None)
    first = items[begin] if begin is not None else None
    if begin is None or not isinstance(first, Heading) or first.level > 1:
        return "", items
    before, after = items[:begin], items[begin + 1 :]
    is_title = same_title(first.text, known) if known else all(map(is_rule, before)) and heads(after)
    return (first.text, before + after) if is_title else ("", items)


def heads(rest: list[Item]) -> bool:
    """Say whether what follows a first-level heading lets it be the title of it all."""
    levels = [item.level for item in judged_items(rest) if isinstance(item, Heading)]
    is_only = all(level > 1 for level in levels)
    has_fields = bool(rest) and isinstance(rest[0], Block) and field_line(rest[0].text) is not None
    return is_only or levels[0] > 1 or has_fields


def is_rule(item: Item) -> bool:
    """Say whether an item is a rule."""
    return isinstance(item, Block) and item.kind is BlockKind.RULE


def split_first_line(items: list[Item]) -> tuple[str, list[Item]]:
    """Return the title of a document without marked headings: its first line, if headings come next."""
    if len(items) < 2 or not isinstance(items[1], Heading):
        return "", items
    first = items[0]
    is_line = isinstance(first, Heading) or (is_paragraph(first) and may_be_heading(first.text))
    return (first.text, items[1:]) if is_line else ("", items)


def with_look_alikes(items: list[Item]) -> list[Item]:
    """Return the items with bold lines as headings, or where there are none, short lines above longer."""
    bold = [item for item in judged_items(items) if isinstance(item, Block) and bold_heading(item)]
    return with_bold_headings(items) if len(bold) >= 2 else settle([candidate(item) for item in items])


def candidate(item: Item) -> Item | Candidate:
    """Return a paragraph that could be a heading as a candidate."""
    if not isinstance(item, Block) or not is_paragraph(item) or not may_be_heading(item.text):
        return item
    return Candidate(Heading(item.text, heading_level(item.text), item.spans), item)


def with_bold_headings(items: list[Item]) -> list[Item]:
    """Return the items with bold lines made headings; what hung below a bold item moves up a level."""
    read: list[Item] = []
    lifted = 0
    for item in items:
        heading = bold_heading(item) if isinstance(item, Block) else None
        if heading is None:
            lifted = lifted if hangs_below(item) else 0
            read.append(replace(item, depth=item.depth - lifted) if isinstance(item, Block) else item)
            continue
        read.append(heading)
        lifted = item_depth(item)
        rest = after_run_in(item) if isinstance(item, Block) else None
        if rest:
            read.append(rest)
    return read


def hangs_below(item: Item) -> bool:
    """Say whether an item belongs to a first-level list item above it."""
    return isinstance(item, Block) and item.depth > (1 if item.kind in LIST_KINDS else 0)


def item_depth(item: Item) -> int:
    """Return how deep in lists an item stands."""
    return item.depth if isinstance(item, Block) else 0


def bold_heading(block: Block) -> Heading | None:
    """Return the heading a bold line, numbered bold item or bold run-in is, or None.

    A run-in is ``**2. Words**: text``: the heading on the line of its text.
    """
    strong = block.spans[0] if block.spans else None
    if strong is None or strong.kind is not SpanKind.STRONG or strong.start or strong.end > HEADING_CHARS:
        return None
    rest = block.text[strong.end :].strip()
    text = block.text[: strong.end]
    if block.kind is BlockKind.NUMBERED and block.depth == 1 and rest in ("", ":", "："):
        return timed_bold(f"{block.number}. {text}", ())
    if not is_paragraph(block):
        return None
    runs_in = RUN_IN.match(text) and (rest.startswith((":", "：")) or text.endswith((":", "：")))
    return timed_bold(text, block.spans) if rest in ("", ":", "：") or runs_in else None


def timed_bold(text: str, spans: Sequence[Span]) -> Heading:
    """Return the heading of a bold line; that it is bold needs no span."""
    inside = [span for span in spans if span.kind is not SpanKind.STRONG]
    return Heading(text, heading_level(text), shifted(inside, 0, len(text)))


def after_run_in(block: Block) -> Block | None:
    """Return what stands on the line of a bold heading after it, as a block."""
    cut = block.spans[0].end
    cut += len(block.text[cut:]) - len(block.text[cut:].lstrip(" :："))
    text = block.text[cut:]
    return replace(block, text=text, spans=shifted(block.spans, -cut, len(text))) if text else None
