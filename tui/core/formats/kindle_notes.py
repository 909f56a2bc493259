"""Notes of the Obsidian plugin for Kindle highlights (hadynz/obsidian-kindle-plugin).

Front matter has one field, ``kindle-sync``. Highlights stand in quotations or paragraphs with their
location, set apart by rules; the reader's own notes come below.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tui.core.episode import Block, BlockKind
from tui.core.formats import markdown
from tui.core.formats.draft import Draft, Fields, Heading, Item, Source, gather, same_title
from tui.core.formats.highlights import METADATA, cut, folded, joined, lines_of, strong
from tui.core.formats.kindle_words import authors_of
from tui.core.formats.markdown_blocks import TooDeepError, markdown_items

FIELD = "kindle-sync"
LOCATION = re.compile(
    r"\s*(?:[-–—]\s*)?(?P<word>location|page)s?\s*:\s*\[?(?P<number>\d[\d,.–-]*)\]?\s*$", re.I
)
"""Where a highlight stands, at the end of its text or alone."""

AUTHOR = re.compile(r"authors?\s*[:|]\s*(?P<names>\S.*)", re.I)
REPEATED = "highlight"
"""The heading that one of the templates gives to each highlight."""


def fits(source: Source) -> bool:
    """Say whether a note is the plugin's."""
    return FIELD in source.fields


def read(source: Source) -> Draft:
    """Return a book's highlights, each a section named by its location, with the notes below them."""
    try:
        items = markdown_items(source.text)
    except (TooDeepError, RecursionError):
        return markdown.read(source)
    named = source.fields.get(FIELD, "")
    title = named if isinstance(named, str) else ""
    items = [item for item in items if not (is_title(item) and same_title(item.text, title or item.text))]
    listed = any(isinstance(item, Heading) and said(item) == "highlights" for item in items)
    read_items = [item for part in split_at_rules(items) for item in part_items(part, 3 if listed else 2)]
    why = "Its front matter is that of the Kindle plugin for Obsidian."
    return Draft(gather(read_items), why, title, (), known_fields(items, title))


def is_title(item: Item) -> bool:
    """Say whether an item is a first-level heading."""
    return isinstance(item, Heading) and item.level == 1


def split_at_rules(items: Sequence[Item]) -> list[list[Item]]:
    """Return the items between rules, and from each heading that all highlights have."""
    parts: list[list[Item]] = [[]]
    for item in items:
        if isinstance(item, Block) and item.kind is BlockKind.RULE:
            parts.append([])
            continue
        words = said(item) if isinstance(item, Heading) else ""
        if words in (REPEATED, "highlights"):
            parts.append([])
        parts[-1].append(item)
        if words == "highlights":
            parts.append([])
    return [part for part in parts if part]


def said(heading: Heading) -> str:
    """Return the words of a heading in lower case."""
    return heading.text.strip().lower()


def part_items(part: list[Item], level: int) -> list[Item]:
    """Return a highlight with its heading, quotation and notes; any other part as it is."""
    lines = [line for item in part for line in lines_of_item(item)]
    found = next(((index, where) for index, where in enumerate(map(location, lines)) if where), None)
    if found is None:
        headed = any(isinstance(item, Heading) and said(item) == METADATA for item in part)
        return folded(lines, METADATA) if headed else lines
    index, where = found
    name = f"{where['word'].capitalize()} {where['number'].rstrip('.,')}"
    above = [line for line in lines[:index] if not is_repeated(line)]
    last = lines[index]
    rest = last.text[: where.start()].rstrip()
    if rest and isinstance(last, Block):
        spans = tuple(span for span in last.spans if span.end <= len(rest))
        above.append(replace(last, text=rest, spans=spans))
    quoted = [quotation(line) for line in above if isinstance(line, Block)]
    notes = [strong(line.text) if isinstance(line, Heading) else line for line in lines[index + 1 :]]
    headings = [line for line in above if isinstance(line, Heading)]
    return [*headings, Heading(name, level), *quoted, *notes]


def quotation(block: Block) -> Block:
    """Return a block of a highlight as a quotation."""
    return replace(block, kind=BlockKind.QUOTE, depth=1, number=None)


def lines_of_item(item: Item) -> list[Item]:
    """Return an item, a paragraph that ends in a location with its lines apart, any other joined."""
    if isinstance(item, Heading):
        return [item]
    lines = lines_of(item)
    return [*lines] if any(LOCATION.search(line.text[-60:]) for line in lines) else [joined(item)]


def location(line: Item) -> re.Match[str] | None:
    """Return where a line says that its highlight stands."""
    return LOCATION.search(line.text, max(0, len(line.text) - 60)) if isinstance(line, Block) else None


def is_repeated(line: Item) -> bool:
    """Say whether a line is the heading that each highlight has."""
    return isinstance(line, Heading) and said(line) == REPEATED


def known_fields(items: Sequence[Item], title: str) -> Fields:
    """Return what the note says about the book."""
    authors: tuple[str, ...] = ()
    for item in items:
        found = AUTHOR.match(item.text) if isinstance(item, Block) else None
        if found and isinstance(item, Block):
            names = cut(item, found.start("names")).text
            authors = authors_of(names)
            break
        if isinstance(item, Block) and location(item):
            break
    return {"title": title, "author": (), "authors": authors, "tags": ()}
