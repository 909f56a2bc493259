"""Highlights as blocks of Logseq: a quotation with its properties, the note in a block below it."""

import re
from collections.abc import Iterator, Sequence
from uuid import UUID

from tui.core.escaping import BRACKETS_TO_ROUND, markdown_text
from tui.core.notebook.exports.entries import address, day, moment
from tui.core.notebook.exports.markdown import note_lines
from tui.core.notebook.exports.values import ExportSettings
from tui.core.notebook.values import Highlight

MACRO = re.compile(r"\{\{|\(\(")


def render(highlights: Sequence[Highlight], settings: ExportSettings) -> str:
    """Return the blocks, one a highlight, on the page they are put on."""
    return "".join(f"{line}\n" for highlight in highlights for line in block(highlight))


def block(highlight: Highlight) -> Iterator[str]:
    """Yield the lines of a highlight's block, and of the one with its note."""
    first, *rest = map(text, highlight.text.split("\n"))
    yield f"- > {first}".rstrip()
    yield from (f"\t> {line}".rstrip() for line in rest)
    yield from (f"\t{name}:: {value}" for name, value in properties(highlight) if value)
    if highlight.note:
        first, *rest = map(inert, note_lines(highlight.note))
        yield f"\t- {first}".rstrip()
        yield from (f"\t  {line}".rstrip() for line in rest)


def properties(highlight: Highlight) -> Iterator[tuple[str, str]]:
    """Yield names and values of a block's properties; its id is the highlight's, in every export."""
    source = highlight.source
    yield "id", block_id(highlight.id)
    yield "title", page(source.title)
    yield "show", page(source.show or "")
    yield "section", text(highlight.anchor.heading)
    yield "speaker", page(highlight.speaker or "")
    yield "time", moment(highlight)
    yield "url", address(highlight)
    yield "marked", day(highlight)
    yield "colour", str(highlight.colour)
    yield "favourite", "true" if highlight.is_favourite else ""
    yield "tags", ", ".join(page(tag) for tag in highlight.tags)


def block_id(identity: str) -> str:
    """Return an id as Logseq writes those of blocks."""
    try:
        return str(UUID(hex=identity))
    except ValueError:
        return ""


def page(name: str) -> str:
    """Return a link to a page; brackets, which would end it, are round."""
    return f"[[{name.translate(BRACKETS_TO_ROUND)}]]" if name else ""


def text(line: str) -> str:
    """Return a line of text that Logseq shows as it stands."""
    return inert(markdown_text(line))


def inert(line: str) -> str:
    """Return a line of Markdown without macros, block references and properties."""
    line = MACRO.sub(lambda signs: "".join("\\" + sign for sign in signs[0]), line)
    return line.replace("::", r":\:")
