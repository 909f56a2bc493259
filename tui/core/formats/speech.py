"""Transcripts without names or paragraphs: turns inside a text, pages of speech, and what they are known by.

Captions that somebody joined into one text mark a new speaker by ``>>``, or by a dash behind a stop.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tui.core.episode import Block, BlockKind
from tui.core.formats.bare_names import may_be_bare
from tui.core.formats.draft import Heading, Item, Source, judged_items
from tui.core.formats.lines import shifted
from tui.core.formats.long_text import LONG_PARAGRAPH, broken
from tui.core.formats.times import STAMP, UNTIL

ARROWS = re.compile(r"(?:^|(?<=\s))>>+\s*(?=\S)")
DASHES = re.compile(r"(?<=[.!?…\"”]) [-–—] (?=[^\W\d_])")

CAPTION_HEAD = re.compile(
    r"\s*(?:WEBVTT\s+)?Kind:\s*(?:captions|subtitles)\s+"
    r"Language:\s*(?P<language>[A-Za-z]{2,3}(?:-\w{1,8})*)\s+"
)
"""What stands before captions whose times somebody took out."""

FEWEST_ARROWS = 4
FEWEST_DASHES = 8

FEWEST_HEADED = 8
HEADED_SHARE = 0.7
TIME_BEHIND = re.compile(rf"\s*[-–—|@]?\s*[(\[]?{STAMP}{UNTIL}[)\]]?\s*:?$")

SPOKEN = re.compile(
    r"\btranscripts?\b|\btranscri(?:ption|pción|ção|zione)\b|\btranskript\b|原始文稿|文字稿|逐字稿|文字起こし|стенограмма",
    re.I,
)
"""What titles and names of transcripts have in them."""


def is_transcript(source: Source, items: Sequence[Item]) -> bool:
    """Say whether a document without labels is a transcript: its name, its fields or its marks say so."""
    return is_called_transcript(source) or marks_turns(items, ARROWS, FEWEST_ARROWS)


def is_called_transcript(source: Source) -> bool:
    """Say whether a document's name, title or kind in the front matter says that it is a transcript."""
    kind = source.fields.get("variant") or source.fields.get("type") or ""
    told = (source.name.replace("_", " "), source.title, kind if isinstance(kind, str) else "")
    return any(SPOKEN.search(text) for text in told)


def readable(items: Sequence[Item]) -> list[Item]:
    """Return a document with the turns inside its paragraphs apart, and with its pages of speech broken up.

    The marks of turns are taken out; all other text stays. Paragraphs that a person can read stay whole.
    """
    turned = [without_caption_head(item) for item in items]
    if marks_turns(items, ARROWS, FEWEST_ARROWS):
        turned = [turn for item in turned for turn in turns_of(item, ARROWS)]
    if marks_turns(items, DASHES, FEWEST_DASHES, least_chars=LONG_PARAGRAPH):
        turned = [turn for item in turned for turn in turns_of(item, DASHES, least_chars=LONG_PARAGRAPH)]
    return broken(with_headed_turns(turned))


def without_caption_head(item: Item) -> Item:
    """Return a paragraph without what is left of a caption file's head in front of it."""
    head = CAPTION_HEAD.match(item.text) if is_paragraph(item) else None
    if head is None or not isinstance(item, Block) or head.end() == len(item.text):
        return item
    text = item.text[head.end() :]
    return replace(item, text=text, spans=shifted(item.spans, -head.end(), len(text)))


def with_headed_turns(items: list[Item]) -> list[Item]:
    """Return a document whose headings are the names of those who speak below them, with these as speakers.

    Such headings come back in turn, and one is a name, perhaps with a time behind it.
    """
    headings = [item for item in judged_items(items) if isinstance(item, Heading)]
    names = Counter(map(name_of, headings))
    turns = sum(uses for name, uses in names.items() if name and uses > 1)
    if turns < FEWEST_HEADED or turns < HEADED_SHARE * len(headings):
        return items
    speaker: str | None = None
    start_s: float | None = None
    spoken: list[Item] = []
    for item in items:
        if isinstance(item, Heading):
            speaker, start_s = name_of(item), item.start_s
            spoken.append(item)
        elif item.speaker or item.kind is not BlockKind.PARAGRAPH:
            spoken.append(item)
        else:
            spoken.append(replace(item, speaker=speaker, start_s=item.start_s or start_s))
            start_s = None
    return spoken


def name_of(heading: Heading) -> str | None:
    """Return the name that a heading is, without a time in or behind it; None if it is none."""
    name = TIME_BEHIND.sub("", heading.text).strip(" :：-–—")
    return name if may_be_bare(name) else None


def marks_turns(items: Sequence[Item], mark: re.Pattern[str], fewest: int, *, least_chars: int = 0) -> bool:
    """Say whether the beginning of a document has enough marks of turns in its paragraphs."""
    count = 0
    for item in judged_items(list(items)):
        if is_paragraph(item) and len(item.text) >= least_chars:
            count += len(mark.findall(item.text))
            if count >= fewest:
                return True
    return False


def is_paragraph(item: Item) -> bool:
    """Say whether an item is a paragraph of its own."""
    return isinstance(item, Block) and item.kind is BlockKind.PARAGRAPH and not item.depth


def turns_of(item: Item, mark: re.Pattern[str], *, least_chars: int = 0) -> Iterator[Item]:
    """Yield the turns in a paragraph; any other item as it is. Who says the first is known, if at all."""
    if not isinstance(item, Block) or not is_paragraph(item) or len(item.text) < least_chars:
        yield item
        return
    begin, first = 0, True
    bounds = [(found.start(), found.end()) for found in mark.finditer(item.text)]
    for end, after in [*bounds, (len(item.text), len(item.text))]:
        text = item.text[begin:end].rstrip()
        if text:
            spans = shifted(
                (span for span in item.spans if span.end > begin and span.start < end), -begin, len(text)
            )
            one = replace(item, text=text, spans=spans)
            yield one if first else replace(one, speaker=None, start_s=None)
        first = first and not text and not begin
        begin = after
