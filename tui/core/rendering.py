"""An episode as other programs take it: JSON values, plain text, Markdown.

Markdown is CommonMark 0.31 with GitHub's tables and strikethrough and ``==marks==``; what it would
misread is escaped, so that reading it again gives the same sections and texts.
"""

import json
import re
from collections.abc import Iterable
from itertools import groupby

from tui.core.episode import LIST_KINDS, Block, BlockKind, Episode, Section, clock, separator
from tui.core.marking import back_quotes, inline_markdown

SCHEMA = 1
"""The version of the JSON documents."""

LEADING_MARK = re.compile(r"(?:[#>+-]|\d{1,9}(?=[.)])|:(?=\s))")
"""What at the beginning of a block would make it a heading, quotation, list or definition."""

FRONT_MATTER = ("title", "show", "number", "people", "date", "url", "duration_s", "language", "tags")
"""Fields of an episode that go into Markdown's front matter, in this order."""

CELL_BORDER = " | "
"""What joins the cells of a table row in a block's text."""


def as_json(episode: Episode, *, blocks: bool = True) -> dict[str, object]:
    """Return an episode as the values of its JSON document, schema 1.

    Args:
        episode: The episode.
        blocks: Whether sections hold their text; an outline does without.
    """
    return {
        "schema": SCHEMA,
        "id": episode.id,
        "path": str(episode.path),
        "format": episode.format,
        "why": episode.why,
        "title": episode.title,
        "show": episode.show,
        "number": episode.number,
        "people": list(episode.people),
        "date": episode.date,
        "url": episode.url,
        "duration_s": episode.duration_s,
        "language": episode.language,
        "tags": list(episode.tags),
        "words": episode.words,
        "notices": list(episode.notices),
        "sections": [section_as_json(section, blocks=blocks) for section in episode.sections],
    }


def section_as_json(section: Section, *, blocks: bool) -> dict[str, object]:
    """Return a section as JSON values."""
    values: dict[str, object] = {
        "ordinal": section.ordinal,
        "level": section.level,
        "title": section.title,
        "part": section.part,
        "speaker": section.speaker,
        "start_s": section.start_s,
        "words": section.words,
    }
    if blocks:
        values["blocks"] = [block_as_json(block) for block in section.blocks]
    return values


def block_as_json(block: Block) -> dict[str, object]:
    """Return a block as JSON values: depth, number, speaker, time and fold only where there are any."""
    values: dict[str, object] = {"kind": str(block.kind)}
    if block.depth:
        values["depth"] = block.depth
    for name in ("number", "speaker", "start_s", "fold"):
        value = getattr(block, name)
        if value is not None:
            values[name] = value
    values["text"] = block.text
    return values


def as_text(episode: Episode, section: int | None) -> str:
    """Return an episode, or one section of it by its ordinal, as plain text that ends in a line break."""
    if section is not None:
        return section_as_text(episode.sections[section]) + "\n"
    texts = [section_as_text(section) for section in episode.sections]
    return "\n\n".join([episode.title, *filter(None, texts)]) + "\n"


def section_as_text(section: Section) -> str:
    """Return a section's heading and blocks as plain text."""
    pieces = [section.title, "\n\n"] if section.title and section.blocks else [section.title]
    before: Block | None = None
    for block in section.blocks:
        if before:
            pieces.append(separator(before, block))
        pieces.append(block_as_text(block, turn_label(block, before)))
        before = block
    return "".join(pieces)


def turn_label(block: Block, before: Block | None) -> str:
    """Return who says a block and when, where that is known and the block before has not said it."""
    goes_on = before is not None and before.speaker == block.speaker and block.start_s is None
    when = "" if block.start_s is None else f"[{clock(block.start_s)}] "
    who = "" if block.speaker is None or goes_on else f"{block.speaker}: "
    return when + who


def block_as_text(block: Block, label: str = "") -> str:
    """Return a block with its mark and label, every line of it indented by two blanks a level."""
    if block.kind == BlockKind.RULE:
        return "---"
    if block.kind == BlockKind.QUOTE:
        return "> " * max(block.depth, 1) + block.text
    if block.kind in LIST_KINDS:
        mark = "- " if block.number is None else f"{block.number}. "
        return "  " * (block.depth - 1) + mark + block.text
    return indented(label + block.text, "  " * block.depth)


def indented(text: str, indent: str) -> str:
    """Return a text with an indent before each of its lines."""
    return indent + text.replace("\n", "\n" + indent)


def as_markdown(episode: Episode, section: int | None) -> str:
    """Return an episode, or one section of it by its ordinal, as Markdown that ends in a line break."""
    if section is not None:
        return section_as_markdown(episode.sections[section]) + "\n"
    texts = [section_as_markdown(section) for section in episode.sections]
    return "\n\n".join([front_matter(episode), *filter(None, texts)]) + "\n"


def front_matter(episode: Episode) -> str:
    """Return the fields that are known as YAML between two rules.

    Values are written as JSON, which YAML reads alike, whatever signs they hold.
    """
    lines = []
    for field in FRONT_MATTER:
        value = getattr(episode, field)
        if value not in (None, ()):
            name = "duration" if field == "duration_s" else field
            lines.append(f"{name}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(["---", *lines, "---"])


def section_as_markdown(section: Section) -> str:
    """Return a section's heading and blocks as Markdown."""
    pieces = []
    if section.title:
        heading = inline_markdown(section.title, section.spans)
        # Number signs at the end of a heading are taken for its close.
        pieces.append("#" * section.level + " " + re.sub(r"(#+)$", r"\\\1", heading))
    pieces += blocks_as_markdown(section.blocks)
    return "\n\n".join(pieces)


def blocks_as_markdown(blocks: Iterable[Block]) -> list[str]:
    """Return blocks as pieces of Markdown that a blank line must part; lists and tables stay whole."""
    pieces: list[str] = []
    quoted = 0
    for kind, group in groupby(blocks, key=chunk_kind):
        chunk = list(group)
        if kind == "list":
            # A list that begins deeper than its place belongs to the quotation it follows.
            level = quoted if chunk[0].depth == quoted + 1 else 0
            pieces.append(indented(list_as_markdown(chunk, level), "> " * level))
        elif kind == BlockKind.TABLE_ROW:
            pieces.append(table_as_markdown(chunk))
        else:
            pieces += [block_as_markdown(block) for block in chunk]
        quoted = chunk[-1].depth if kind == BlockKind.QUOTE else 0
    return pieces


def chunk_kind(block: Block) -> str:
    """Return what a block is put together with: list items with what goes on inside them."""
    goes_on = block.depth > 0 and block.kind in (BlockKind.PARAGRAPH, BlockKind.CODE)
    return "list" if block.kind in LIST_KINDS or goes_on else block.kind


def list_as_markdown(blocks: Iterable[Block], outer: int = 0) -> str:
    """Return list items, and the paragraphs inside them, as one list, ``outer`` levels taken off."""
    lines: list[str] = []
    # How far the text of each open level stands to the right: what is inside must stand there too.
    indents = [0]
    for block in blocks:
        depth = min(max(block.depth - outer, 1), len(indents))
        if block.kind in LIST_KINDS:
            mark = "- " if block.number is None else f"{block.number}. "
            lines.append(" " * indents[depth - 1] + mark + block_as_markdown(block))
            indents = [*indents[:depth], indents[depth - 1] + len(mark)]
        else:
            inside = indents[min(max(block.depth - outer, 0), len(indents) - 1)]
            lines += ["", indented(block_as_markdown(block), " " * inside), ""]
    return "\n".join(lines).strip("\n")


def table_as_markdown(rows: list[Block]) -> str:
    """Return table rows as a table, the first of them as its head."""
    lines = [f"| {row_as_markdown(row)} |" for row in rows]
    columns = rows[0].text.count(CELL_BORDER) + 1
    lines.insert(1, "|" + " --- |" * columns)
    return "\n".join(lines)


def row_as_markdown(row: Block) -> str:
    """Return a row's cells as Markdown, the borders between them left as they are."""
    return inline_markdown(row.text, row.spans).replace(r" \| ", CELL_BORDER)


def block_as_markdown(block: Block) -> str:
    """Return a block other than a table row as Markdown, without a list's mark or indent."""
    if block.kind == BlockKind.RULE:
        return "***"
    if block.kind == BlockKind.CODE:
        fence = back_quotes(block.text, at_least=3)
        return f"{fence}\n{block.text}\n{fence}"
    text = inline_markdown(block.text, block.spans)
    if LEADING_MARK.match(text):
        # A number is freed of its meaning by a sign after it, everything else by one before.
        digits = len(text) - len(text.lstrip("0123456789"))
        text = text[:digits] + "\\" + text[digits:]
    if block.kind == BlockKind.QUOTE:
        return "> " * max(block.depth, 1) + text
    return text
