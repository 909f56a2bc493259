"""Logseq pages: the tree of bullets becomes an outline with text below it.

Blocks set as headings are the outline. Where there are none, first-level blocks with children are. What
stands below them is a list again, from its first level on.
"""

import re
from dataclasses import replace

from tui.core.formats import markdown
from tui.core.formats.draft import Draft, Fields, Source
from tui.core.formats.logseq_blocks import HEADING, HIDDEN, TAG_LINK, LogseqBlock, page_of
from tui.core.metadata import normal_key, without_brackets

OWN_PROPERTY = re.compile(r"^[ \t]*(?:- )?(?:id|collapsed|heading|background-color|logseq\.[\w.-]+):: ", re.M)
PAGE_PROPERTY = re.compile(r"\s*(?:- )?[A-Za-z][\w./-]{0,60}:: ?\S?")
BULLET_LINE = re.compile(r"[ \t]*-(?: |$)")
NESTED = re.compile(r"^\t+- ", re.M)
HEADED = re.compile(r"^\t*- #{1,6} ", re.M)
BULLETS_SHARE = 0.9
"""The share of lines at the margin that begin a block: all but a few."""

HEADING_CHARS = 160
"""A first-level block is a heading only when it is shorter."""

MAX_DEPTH = 12
"""Deeper blocks are shown at this depth: nobody sees the difference."""

VIDEO = re.compile(r"\{\{(?:video|youtube|vimeo)\s+(https?://[^\s{}]{1,2000})\s*\}\}")

WHY = "It is a Logseq page: every line is a block, and blocks have properties."


def fits(source: Source) -> bool:
    """Say whether a text is a Logseq page: all its lines are blocks, and some of them bear Logseq's marks."""
    lines = [line for line in source.judged.split("\n") if line.strip()]
    margin = [line for line in lines if line[0] not in " \t"]
    bullets = sum(1 for line in margin if BULLET_LINE.match(line))
    properties = 0
    while properties < len(margin) and PAGE_PROPERTY.match(margin[properties]):
        properties += not BULLET_LINE.match(margin[properties])
        if BULLET_LINE.match(margin[properties - 1]) or not properties:
            break
    if not bullets or bullets < BULLETS_SHARE * (len(margin) - properties):
        return False
    is_owned = OWN_PROPERTY.search(source.judged) is not None
    is_tree = NESTED.search(source.judged) is not None
    return is_owned or (is_tree and (properties > 0 or HEADED.search(source.judged) is not None))


def read(source: Source) -> Draft:
    """Return a Logseq page."""
    properties, blocks = page_of(source.text)
    given = {normal_key(name): without_brackets(value) for name, value in properties.items() if value}
    title = {"title": given["title"]} if "title" in given else {}
    draft = markdown.read(Source(as_markdown(blocks), source.name, {**title, **source.fields}))
    fields = {**found_fields(source.judged, draft.fields), **given}
    return replace(draft, why=WHY, title=draft.title or given.get("title", ""), fields=fields)


def found_fields(text: str, known: Fields) -> dict[str, str | tuple[str, ...]]:
    """Return what a page's blocks say about the episode: tags in brackets, the video they embed."""
    fields = dict(known)
    video = VIDEO.search(text)
    if video:
        fields.setdefault("url", video[1])
    linked = dict.fromkeys(TAG_LINK.findall(text))
    if linked and "tags" not in fields:
        fields["tags"] = tuple(linked)
    elif linked:
        tags = fields["tags"]
        fields["tags"] = tuple(dict.fromkeys([*((tags,) if isinstance(tags, str) else tags), *linked]))
    return fields


def as_markdown(blocks: list[LogseqBlock]) -> str:
    """Return blocks as ordinary Markdown: headings at the margin, lists below them."""
    outline = headings_among(blocks)
    lines: list[str] = []
    base = 0
    for index, block in enumerate(blocks):
        if index in outline:
            level = min(6, block.depth + 1)
            marked = HEADING.match(block.lines[0])
            lines += [
                "",
                block.lines[0] if marked else f"{'#' * level} {block.lines[0]}",
                "",
                *block.lines[1:],
                "",
            ]
            base = block.depth + 1
        else:
            if block.depth < base:
                # Not below the last heading any more: a rule sets it apart.
                base = block.depth
                lines += ["", "***", ""]
            lines += item_lines(block, min(block.depth - base, MAX_DEPTH))
        lines += property_lines(block, index in outline, min(block.depth - base, MAX_DEPTH))
    return "\n".join(lines)


def headings_among(blocks: list[LogseqBlock]) -> set[int]:
    """Return which blocks are headings: those set as such, else the first-level ones with children."""
    marked = {index for index, block in enumerate(blocks) if block.is_heading}
    if marked:
        return marked
    parents = {
        index
        for index, block in enumerate(blocks[:-1])
        if not block.depth and blocks[index + 1].depth and len(block.lines) == 1
    }
    return {index for index in parents if len(blocks[index].lines[0]) <= HEADING_CHARS}


def item_lines(block: LogseqBlock, depth: int) -> list[str]:
    """Return a block as an item of a list."""
    indent = "  " * depth
    if not block.lines:
        return []
    first, *more = block.lines
    return [f"{indent}- {first}", *(f"{indent}  {line}" if line.strip() else "" for line in more)]


def property_lines(block: LogseqBlock, is_heading: bool, depth: int) -> list[str]:
    """Return the properties of a block that say something, as items below it."""
    indent = "" if is_heading else "  " * (depth + 1)
    given = block.properties.items()
    return [f"{indent}- {name}: {value}" for name, value in given if value and not HIDDEN.fullmatch(name)]
