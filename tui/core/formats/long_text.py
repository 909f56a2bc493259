"""Text that goes on for pages without a paragraph: where it can be broken for reading.

A rule of thumb for transcripts, made to be quick on megabytes: a stop behind a word, then a blank. Where
single sentences begin and end, for quoting, ``core.sentences`` knows.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from tui.core.episode import CJK, Block, BlockKind
from tui.core.formats.draft import Item
from tui.core.formats.lines import shifted

READABLE_CHARS = 600
"""From this length on a paragraph of speech ends with the next sentence: about a hundred words."""

LONGEST_CHARS = 1500
"""A paragraph of speech is not longer, even where no sentence ends."""

CJK_SHARE = 3
"""Chinese and Japanese say as much in a third of the characters."""

LONG_PARAGRAPH = 3000
"""Paragraphs of documents are their authors' own: only longer ones are broken."""

STOP = re.compile(
    r"(?<=(?:[^\W_]{3}|\s[a-zà-ÿ]{2}|\s\d\d)[.!?…])[\"'”’»)\]]*\s+(?=\S)|[。！？][」』”’）】]*\s*(?=\S)|(?<=[!?…])\s+(?=\S)"
)
"""A stop and what closes behind it, up to the next word. Behind a capital and one letter at most a point
ends no sentence: that is rather ``Dr.`` or an initial."""

BLANK = re.compile(r"\s+(?=\S)")


def is_cjk(text: str) -> bool:
    """Say whether a text is mostly written in Chinese or Japanese characters, by its beginning."""
    beginning = text[:500]
    return 3 * len(CJK.findall(beginning)) > len(beginning)


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the pieces of a long text begin and end, in characters, without the blanks between them.

    Each but the last is at least of readable length and ends with a sentence, or else with a word, at the
    latest after ``LONGEST_CHARS``. Every character that is no white space is in one of them.
    """
    scale = CJK_SHARE if is_cjk(text) else 1
    readable, longest = READABLE_CHARS // scale, LONGEST_CHARS // scale
    start = len(text) - len(text.lstrip())
    last = len(text.rstrip())
    while last - start > longest:
        found = STOP.search(text, start + readable, start + longest)
        if found is None:
            found = next(BLANK.finditer(text, start + longest - longest // 5, start + longest), None)
        begin = found.end() if found else start + longest
        end = found.start() + len(found[0].rstrip()) if found else begin
        yield start, end
        start = begin
    if start < last:
        yield start, last


def broken(items: list[Item]) -> list[Item]:
    """Return a document with its very long paragraphs broken at sentences; the first piece keeps the time."""
    return [piece for item in items for piece in pieces_of(item)]


def is_too_long(text: str) -> bool:
    """Say whether a paragraph is too long to be read in one piece."""
    return len(text) > LONG_PARAGRAPH or (len(text) > LONG_PARAGRAPH // CJK_SHARE and is_cjk(text))


def pieces_of(item: Item) -> Iterator[Item]:
    """Yield an item, in pieces if it is a paragraph too long to be read."""
    is_paragraph = isinstance(item, Block) and item.kind is BlockKind.PARAGRAPH
    if not isinstance(item, Block) or not is_paragraph or not is_too_long(item.text):
        yield item
        return
    start_s = item.start_s
    spans = item.spans
    for start, end in pieces(item.text):
        here = [span for span in spans if span.start < end]
        yield replace(
            item, text=item.text[start:end], spans=shifted(here, -start, end - start), start_s=start_s
        )
        start_s = None
        spans = tuple(span for span in spans if span.end > end)
