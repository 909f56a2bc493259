"""Markdown as people and language models write it: CommonMark, tables, Obsidian's additions.

Headings are the document's own. Where it has none but its title, lines all in bold and numbered items
all in bold take their place; where there are none of these either, the rule for text without marks.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import PurePath

from tui.core.episode import Block, BlockKind, Span, SpanKind
from tui.core.formats import plain
from tui.core.formats.chapter_lines import chapter_lines
from tui.core.formats.draft import Draft, Fields, Heading, Item, Source, gather, judged_items
from tui.core.formats.lines import shifted, without_mark
from tui.core.formats.markdown_blocks import TooDeepError, markdown_items
from tui.core.formats.markdown_bounds import PLAIN
from tui.core.formats.markdown_folds import with_folds
from tui.core.formats.markdown_inline import Environment
from tui.core.formats.markdown_outline import (
    has_bold_outline,
    is_paragraph,
    with_bold_headings,
    with_look_alikes,
)
from tui.core.formats.markdown_source import ATX, prepared
from tui.core.formats.markdown_times import with_times
from tui.core.formats.markdown_titles import Titled, split_first_line, split_title
from tui.core.formats.parts import parted
from tui.core.formats.pasted_captions import joined_captions
from tui.core.formats.spanned_text import spans_of_parts
from tui.core.formats.speech import is_transcript, readable
from tui.core.formats.transcript import is_item, voiced
from tui.core.formats.turn_labels import Voices, find_voices, is_label_alone, read_label
from tui.core.metadata import KNOWN_KEYS, URL_KEYS, field_line, normal_key

SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd"})
MARKS = re.compile(r"\*\*\S|\]\(\S|^```|^> \S|^\|.*\|$|\[\[\S|^[-*] \[[ xX]\] ", re.M)
"""Strong words, links, fences, quotations, tables, wikilinks, tasks."""

FEWEST_MARKS = 3
MANY_BULLETS = 0.9
"""The share of bullets in a document whose bullets may be turns of a transcript."""

TASK_KEYS = frozenset({"created"})
"""Fields that tasks have too, where they say nothing of the episode."""

NESTED = "Its lists or quotations are nested too deeply to be laid out; the text is shown as it stands"
WHY = "It has the marks of Markdown, or its name says so."


@dataclass(frozen=True, slots=True)
class Parsed:
    """The items of a Markdown source, and what its marks say about the episode."""

    items: list[Item]
    tags: tuple[str, ...] = ()
    fields: Fields = field(default_factory=dict)

    address: str | None = None
    """Where most of the times link to."""

    notices: tuple[str, ...] = ()


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
        parsed = parse(source.text)
    except (TooDeepError, RecursionError):
        return replace(plain.read(source), notices=(NESTED,), why="It is Markdown, but nested too deeply.")
    return drafted(parsed, source)


def parse(text: str) -> Parsed:
    """Return what a Markdown source holds, line feeds in paragraphs kept.

    Raises:
        TooDeepError: Lists or quotations are nested too deeply.
    """
    environment: Environment = {}
    items = markdown_items(prepared(text), environment)
    addresses: list[str] = environment.get("addresses", [])
    given: dict[str, str] = environment.get("fields", {})
    known = {normal_key(key): value for key, value in given.items()}
    fields = {key: value for key, value in known.items() if key in KNOWN_KEYS - TASK_KEYS}
    commonest = Counter(addresses).most_common(1)
    is_one = bool(commonest) and commonest[0][1] > len(addresses) / 2
    return Parsed(
        items,
        tuple(environment.get("tags", {})),
        fields,
        commonest[0][0] if is_one else None,
        (PLAIN,) if environment.get("is_plain") else (),
    )


def drafted(parsed: Parsed, source: Source, *, may_be_titled: bool = True) -> Draft:
    """Return the draft of a document.

    Args:
        parsed: What its source holds.
        source: Where it comes from.
        may_be_titled: Its first heading may be its title.
    """
    whole = parsed.items
    voices = find_voices(line_groups(judged_items(whole)))
    if not voices.names:
        whole = chapter_lines(whole)
        voices = find_voices(line_groups(judged_items(whole)))
    is_headed = any(isinstance(item, Heading) and item.text for item in judged_items(whole))
    items = [line for item in whole for line in lines_apart(item, voices, is_headed=is_headed)]
    items = readable(joined_captions(with_times(with_voices(items, voices), parsed.address)))
    titled = split_title(items, source.title) if may_be_titled else Titled(items)
    titled = outlined(titled, source.title, spoken=bool(voices) or is_transcript(source, items))
    sections = gather(with_folds(titled.items))
    return Draft(sections, WHY, titled.title, parsed.notices, own_fields(parsed, titled))


def outlined(titled: Titled, known: str, *, spoken: bool) -> Titled:
    """Return a document with headings, as far as anything in it could be one."""
    items = titled.items
    headings = [item for item in judged_items(items) if isinstance(item, Heading) and item.text]
    if not headings:
        items = parted(items) if spoken else with_look_alikes(items)
        if not titled.title and not known and not spoken:
            return split_first_line(items)
    elif len(headings) == 1 and not spoken:
        items = with_bold_below(items, headings[0])
    return Titled(items, titled.title, titled.address)


def with_bold_below(items: list[Item], heading: Heading) -> list[Item]:
    """Return a document that begins with its only heading, with bold lines below that as deeper headings."""
    begin = items.index(heading)
    is_first = all(field_line(item.text) or item.kind is BlockKind.RULE for item in blocks_of(items[:begin]))
    rest = items[begin + 1 :]
    if not is_first or not has_bold_outline(rest):
        return items
    return [*items[: begin + 1], *with_bold_headings(rest, below=heading.level)]


def blocks_of(items: Sequence[Item]) -> list[Block]:
    """Return the items that are blocks."""
    return [item for item in items if isinstance(item, Block)]


def own_fields(parsed: Parsed, titled: Titled) -> Fields:
    """Return what a document's marks say about the episode: inline fields, tags, where its links lead."""
    fields: dict[str, str | tuple[str, ...]] = dict(parsed.fields)
    if parsed.tags and "tags" not in fields:
        fields["tags"] = parsed.tags
    address = titled.address or parsed.address
    has_line = any(
        (line := field_line(block.text)) and line[0] in URL_KEYS for block in blocks_of(titled.items[:40])
    )
    if address and not has_line:
        fields.setdefault("url", address)
    return fields


def line_groups(items: Sequence[Item]) -> list[list[str]]:
    """Return the lines of the paragraphs that may be turns of a transcript; none for a heading.

    Where nearly everything is a bullet, bullets may be turns.
    """
    bullets = sum(1 for item in items if is_item(item))
    in_bullets = bullets >= MANY_BULLETS * len(items)
    return [
        [] if isinstance(item, Heading) else item.text.split("\n")
        for item in items
        if isinstance(item, Heading) or is_paragraph(item) or (in_bullets and is_item(item))
    ]


def with_voices(items: Sequence[Item], voices: Voices) -> list[Item]:
    """Return the items with who speaks and when; turns of one folded stretch stay folded."""
    if not voices:
        return list(items)
    found: list[Item] = []
    for fold, run in groupby(items, key=lambda item: item.fold if isinstance(item, Block) else ""):
        turns = voiced(list(run), voices)
        found += [replace(item, fold=fold) if fold and isinstance(item, Block) else item for item in turns]
    return found


def lines_apart(item: Item, voices: Voices, *, is_headed: bool) -> list[Item]:
    """Return a paragraph's source lines joined by blanks, but those apart that stand for themselves.

    That are bullets which Markdown knows nothing of, turns and times of a transcript, lines like
    ``Show: …`` above and below each other or with a label in bold, and in a document without headings bold
    lines above others.
    """
    if isinstance(item, Heading) or item.kind is not BlockKind.PARAGRAPH:
        return [item]
    lines = item.text.split("\n")
    if len(lines) == 1:
        return [item]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    strong = [span for span in item.spans if span.kind is SpanKind.STRONG]
    bold = set() if is_headed else {span.end for span in strong}
    labels = {span.start for span in strong if is_label(item.text, span)}
    parts: list[tuple[int, int]] = []
    begun = 0
    for index in range(1, len(lines) + 1):
        is_bold = not item.depth and starts[begun] == starts[index - 1] and starts[index] - 1 in bold
        is_apart = is_bold or starts[index] in labels
        if index == len(lines) or is_apart or stands_apart(lines[index - 1], lines[index], voices):
            parts.append((starts[begun], starts[index] - 1))
            begun = index
    spans = spans_of_parts(item.spans, parts)
    return [part_of(item, part, inside) for part, inside in zip(parts, spans, strict=True)]


def is_label(text: str, strong: Span) -> bool:
    """Say whether bold words are a label: with a colon at their end or right behind them."""
    return text[strong.end - 1] in ":：" or text.startswith((":", "："), strong.end)


def stands_apart(before: str, line: str, voices: Voices) -> bool:
    """Say whether a source line begins a block of its own."""
    if without_mark(line) or (voices and (read_label(line, voices) or is_label_alone(before, voices))):
        return True
    return field_line(line) is not None and field_line(before) is not None


def part_of(block: Block, part: tuple[int, int], spans: tuple[Span, ...]) -> Block:
    """Return a stretch of a paragraph as a block, its line ends as blanks; its bullet, if any, is read."""
    start, end = part
    text = block.text[start:end].replace("\n", " ")
    start_s = block.start_s if not start else None
    marked = without_mark(text) if not block.depth else None
    if marked and marked.kind is BlockKind.BULLET:
        cut = len(text) - len(marked.text)
        inside = shifted(spans, -cut, len(marked.text))
        return replace(marked, spans=inside, start_s=start_s, fold=block.fold)
    return replace(block, text=text, spans=spans, start_s=start_s)
