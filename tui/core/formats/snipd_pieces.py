"""A Snipd export as items: Markdown with pieces of HTML that hold show notes and transcripts.

The pieces are read here, for their names in bold and their broken lines mean more than the HTML says:
``<blockquote><b>Name</b><br/><br/>words</blockquote>`` is a turn.
"""

import re
from collections.abc import Iterator

from tui.core.episode import Block, BlockKind
from tui.core.formats.draft import Heading, Item
from tui.core.formats.highlights import SHOW_NOTES, TRANSCRIPT, folded, strong
from tui.core.formats.html_text import fragments
from tui.core.formats.markdown_blocks import markdown_items

DETAILS = re.compile(r"^<details>[ \t]*\n?[ \t]*<summary>(?P<summary>[^\n<]{0,200})</summary>", re.M)
CLOSE = re.compile(r"</details>[ \t]*|(?=^#{1,6} )", re.M)
"""The end of a piece; where it is missing, the next heading."""

BREAK = re.compile(r"<br\s*/?>|\n")
TURN = re.compile(r"<blockquote>|</blockquote>")
SPEAKER = re.compile(r"\s*<b>(?P<name>[^<\n]{1,80})</b>\s*(?:<br\s*/?>\s*){0,2}")

TAG = re.compile(r"\[\[[^\]\n]+\]\]|#[^\s#\[]+")
TAGS = re.compile(rf"(?:{TAG.pattern})(?:[ \t,]*(?:{TAG.pattern}))*[ \t]*")
"""What may stand after the link that is the heading of a snip."""

HEADING_CHARS = 1000


def snipd_items(text: str) -> list[Item]:
    """Return the headings and blocks of an export.

    Raises:
        TooDeepError: Lists or quotations are nested too deeply.
    """
    items: list[Item] = []
    at = 0
    for details in DETAILS.finditer(text):
        if details.start() < at:
            continue
        items += markdown_items(with_tags_below(text[at : details.start()]))
        close = CLOSE.search(text, details.end())
        end = close.start() if close else len(text)
        items += piece(details["summary"].strip(), text[details.end() : end])
        at = close.end() if close else end
    return [*items, *markdown_items(with_tags_below(text[at:]))]


def with_tags_below(text: str) -> str:
    """Return Markdown with the tags of a snip on a line of their own below its heading."""
    if "](" not in text:
        return text
    return "\n".join(tags_below(line) if line.startswith("##") else line for line in text.split("\n"))


def tags_below(line: str) -> str:
    """Return the line of a heading with what stands after its link as a line below."""
    heading, close, after = line[:HEADING_CHARS].rpartition(") ")
    if len(line) > HEADING_CHARS or "](" not in heading or not TAGS.fullmatch(after.strip()):
        return line
    return f"{heading}{close}\n\nTags: {', '.join(TAG.findall(after))}\n"


def piece(summary: str, body: str) -> list[Item]:
    """Return what a piece of HTML holds, by the words it is opened with."""
    if "<blockquote>" in body:
        return [*turns(body)]
    if summary.lower() == SHOW_NOTES:
        return [Block(BlockKind.PARAGRAPH, line, fold=SHOW_NOTES) for line in quoted_lines(body)]
    opening = [] if "expand" in summary.lower() else [strong(summary)]
    inside = [strong(item.text) if isinstance(item, Heading) else item for item in markdown_items(body)]
    return folded([*opening, *inside], "details") if opening else list(inside)


def quoted_lines(body: str) -> Iterator[str]:
    """Yield the lines of show notes, which are one quotation with ``<br/>>`` for every new line."""
    for line in BREAK.split(body):
        words = [fragment.text for fragment in fragments(line.strip().removeprefix(">"))]
        if words:
            yield " ".join(words)


def turns(body: str) -> Iterator[Block]:
    """Yield the turns of a transcript; without a name in it, a quotation goes on with the last speaker."""
    speaker: str | None = None
    for part in TURN.split(body):
        named = SPEAKER.match(part)
        if named:
            speaker = " ".join(fragment.text for fragment in fragments(named["name"])) or None
            part = part[named.end() :]
        for fragment in fragments(part):
            yield Block(BlockKind.PARAGRAPH, fragment.text, speaker=speaker, fold=TRANSCRIPT)
