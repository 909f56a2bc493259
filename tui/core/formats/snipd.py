"""Episodes out of the podcast app Snipd: its Markdown export, and the notes of its Obsidian plugin.

Shapes as in the files people publish and in the templates of snipd-app/snipd-obsidian: metadata in a list,
show notes, then the snips. Each snip is a section; its own headings (a summary, a quotation, a transcript)
are parts of it, for they are the same in every snip.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from tui.core.episode import Block, BlockKind, SpanKind, clock
from tui.core.formats import markdown
from tui.core.formats.draft import Draft, Heading, Item, Source, gather, same_title
from tui.core.formats.highlights import (
    METADATA,
    PAGE_FURNITURE,
    TRANSCRIPT,
    bold_speaker,
    cut,
    joined,
    leading_strong,
    lines_of,
    strong,
)
from tui.core.formats.markdown_blocks import TooDeepError
from tui.core.formats.snipd_metadata import DESCRIPTION, known_fields, metadata_line
from tui.core.formats.snipd_pieces import snipd_items
from tui.core.formats.times import STAMP, leading_time, seconds

EPISODE = re.compile(r"^## Episode metadata[ \t]*$", re.M)
TITLE = re.compile(r"^# [^\n]*$", re.M)
SNIPS = re.compile(r"^#{1,3} Snips[ \t]*$", re.M)
ADDRESS = re.compile(r"snipd\.com/(?:snip|episode|show)/")
FLAG = "from_snipd"

PLAYED = re.compile(
    rf"^\W*(?:Play snip\b[^\n(]*\()?(?P<from>{STAMP})\s*[-–]\s*{STAMP}\)?[^\n]*$", re.I | re.M
)
"""The line that says which stretch of the episode a snip is."""

SIGNATURE = re.compile(r"Created with Snipd\b", re.I)
ATTRIBUTION = re.compile(r"\s+[—–]\s*(?P<name>[^—–\n]{2,60})$")
"""Who said a quotation, at its end."""

PARTS = frozenset(
    {"summary", "key takeaways", "takeaways", "quote", "quotes", "transcript", "note", "notes", "my note"}
)
"""What the headings inside a snip say, but for their signs."""

COVER = frozenset({"cover", "cover|200", "image", "episode image"})


def fits(source: Source) -> bool:
    """Say whether a document is Snipd's: its front matter says so, or it has snips and their addresses."""
    if FLAG in source.fields:
        return True
    judged = source.judged
    has_metadata = EPISODE.search(judged) is not None
    has_snips = SNIPS.search(judged) is not None
    has_address = ADDRESS.search(judged) is not None
    return (has_metadata and (has_snips or has_address)) or (has_snips and has_address)


def split(source: Source) -> list[Source]:
    """Return the episodes of an export of several: each begins with a title above its metadata."""
    begins: list[int] = []
    at = 0
    for found in EPISODE.finditer(source.text):
        titles = [title.start() for title in TITLE.finditer(source.text, at, found.start())]
        if titles:
            begins.append(titles[-1])
        at = found.end()
    if len(begins) < 2:
        return [source]
    ends = [*begins[1:], len(source.text)]
    # What stands before the first title belongs to the first episode.
    begins[0] = 0
    return [
        Source(source.text[begin:end].strip("\n") + "\n", source.name, source.fields)
        for begin, end in zip(begins, ends, strict=True)
    ]


def read(source: Source) -> Draft:
    """Return an episode with its snips, each with the time it begins at; what is said is folded."""
    try:
        items = Snips().read(snipd_items(source.text))
    except (TooDeepError, RecursionError):
        return markdown.read(source)
    title, items = title_of(items)
    known = known_fields(items)
    shown = str(known.get("title", ""))
    sections = gather(described(items))
    return Draft(sections, "It has the metadata and the snips of a Snipd export.", title or shown, (), known)


def title_of(items: list[Item]) -> tuple[str, list[Item]]:
    """Return the first-level heading above the metadata, or "", and the items without it."""
    for index, item in enumerate(items):
        if isinstance(item, Heading) and item.level == 1 and item.text:
            return item.text, [*items[:index], *items[index + 1 :]]
        if isinstance(item, Heading) and said_by(item.text) == "snips":
            break
    return "", items


def described(items: list[Item]) -> list[Item]:
    """Return the items with the description among the metadata as a section of its own, above them."""
    for index, item in enumerate(items):
        line = metadata_line(item) if isinstance(item, Block) and item.fold == METADATA else None
        if line and line.key == DESCRIPTION and isinstance(item, Block):
            text = replace(cut(item, line.start), kind=BlockKind.PARAGRAPH, depth=0, fold=None)
            heading = Heading(item.text[: line.start].rstrip(" :"), 2)
            rest = [*items[:index], *items[index + 1 :]]
            above = next((place for place, one in enumerate(rest) if isinstance(one, Heading)), 0)
            return [*rest[:above], heading, text, *rest[above:]]
    return items


def said_by(heading: str) -> str:
    """Return the words of a heading in lower case, without the signs before and after them."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", heading).lower()


class Snips:
    """The items read so far, and the part of the document that is being read."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.part = ""
        self.snip: int | None = None
        """Where the heading of the snip stands that is being read."""

        self.tapped_s: float | None = None
        """The time in that heading: when the listener asked for the snip."""

        self.in_snips = False
        self.opened: list[int] = []
        """Where the snips' headings stand."""

    def read(self, items: Iterable[Item]) -> list[Item]:
        """Return the items of an export with each in its place."""
        for item in items:
            if isinstance(item, Heading):
                self.read_heading(item)
            elif item.kind is BlockKind.RULE:
                self.part = "" if self.part != METADATA else METADATA
                self.items.append(item)
            else:
                self.read_block(item)
        return without_rules(shown_if_alone(self.items, self.opened))

    def read_heading(self, heading: Heading) -> None:
        """Take in a heading: of a part of the document, of a snip, or of a part of a snip."""
        words = said_by(heading.text)
        is_part = words in PARTS and not any(span.kind is SpanKind.LINK for span in heading.spans)
        if is_part and self.snip is not None and self.belongs(heading):
            self.read_part(heading, words)
            return
        self.in_snips = self.in_snips or words == "snips"
        self.part = METADATA if words == "episode metadata" else ""
        is_whole = words.endswith("episode transcript")
        if is_whole:
            self.part = TRANSCRIPT
        in_snips = self.in_snips or heading.start_s is not None
        opens = in_snips and heading.level > 1 and words != "snips" and not is_whole
        self.snip = len(self.items) if opens else None
        if self.snip is not None:
            self.opened.append(self.snip)
            self.tapped_s = heading.start_s
        if is_part and opens and heading.start_s is not None:
            self.items.append(replace(heading, text=clock(heading.start_s), spans=()))
            self.read_part(heading, words)
        else:
            self.items.append(heading)

    def read_part(self, heading: Heading, words: str) -> None:
        """Take in what says which part of a snip comes next."""
        self.part = words
        self.items.append(strong(heading.text, fold=TRANSCRIPT if words == TRANSCRIPT else None))

    def belongs(self, heading: Heading) -> bool:
        """Say whether a part's heading goes on with the snip: it has no time, or the snip's own."""
        return heading.start_s is None or heading.start_s == self.tapped_s

    def read_block(self, block: Block) -> None:
        """Take in a block as what its part of the document makes it."""
        if SIGNATURE.match(block.text):
            self.items.append(replace(joined(block), fold=PAGE_FURNITURE))
        elif self.part == METADATA:
            self.read_metadata(block)
        elif self.snip is not None and is_transcript_callout(block):
            if self.part != TRANSCRIPT:
                self.part = TRANSCRIPT
                self.items.append(strong(block.text, fold=TRANSCRIPT))
        elif self.part == TRANSCRIPT:
            self.items.append(turn(block))
        elif self.part in ("quote", "quotes") and block.kind is BlockKind.QUOTE:
            self.items.append(attributed(block))
        else:
            self.read_text(block)

    def read_metadata(self, block: Block) -> None:
        """Take in a line of the metadata; what is none is shown, but for the cover's description."""
        if block.fold is not None:
            self.items.append(block)
            return
        for line in lines_of(block):
            self.items.append(replace(line, fold=METADATA) if metadata_line(line) else line)

    def read_text(self, block: Block) -> None:
        """Take in a block of a snip, or of what stands before the snips."""
        heading = self.items[self.snip] if self.snip is not None else None
        if block.text.lower() in COVER and not self.in_snips:
            return
        if isinstance(heading, Heading) and self.snip is not None:
            if same_title(leading_strong(block), block.text) and same_title(block.text, heading.text):
                return
            played = PLAYED.match(block.text)
            if played:
                self.items[self.snip] = replace(heading, start_s=seconds(played["from"]))
                self.items += lines_of(block)
                return
        self.items.append(joined(block))


def is_transcript_callout(block: Block) -> bool:
    """Say whether a block is the title of a callout that holds a transcript."""
    return block.kind is BlockKind.QUOTE and block.text.strip().lower() == TRANSCRIPT


def turn(block: Block) -> Block:
    """Return a paragraph of a transcript with who says it, in bold before it, and when."""
    timed = leading_time(block.text[:20]) if block.text[:1] in ("[", "(") else None
    if timed:
        block = replace(cut(block, timed[1]), start_s=timed[0])
    name, length = bold_speaker(block)
    if name and length < len(block.text):
        block = replace(cut(block, length), speaker=name)
    if block.kind is BlockKind.QUOTE:
        block = replace(block, kind=BlockKind.PARAGRAPH, depth=0)
    return replace(joined(block), fold=TRANSCRIPT)


def attributed(block: Block) -> Block:
    """Return a quotation with who said it as its speaker, out of its last line."""
    found = ATTRIBUTION.search(block.text)
    if found is None or not found.start():
        return block
    spans = tuple(span for span in block.spans if span.end <= found.start())
    return replace(block, text=block.text[: found.start()], spans=spans, speaker=found["name"].strip())


def shown_if_alone(items: list[Item], opened: Iterable[int]) -> list[Item]:
    """Return the items with the transcripts of snips that have nothing else no longer folded."""
    shown = list(items)
    for start in opened:
        end = start + 1
        while end < len(items) and not isinstance(items[end], Heading):
            end += 1
        inside = [item for item in items[start + 1 : end] if isinstance(item, Block)]
        others = [item for item in inside if item.fold is None and item.kind is not BlockKind.RULE]
        if all(PLAYED.match(item.text) or item.text.startswith("Tags: ") for item in others):
            for place in range(start + 1, end):
                item = items[place]
                if isinstance(item, Block) and item.fold == TRANSCRIPT:
                    shown[place] = replace(item, fold=None)
    return shown


def without_rules(items: list[Item]) -> list[Item]:
    """Return the items without the rules that only set the snips apart."""
    kept: list[Item] = []
    for item, after in zip(items, [*items[1:], None], strict=True):
        is_rule = isinstance(item, Block) and item.kind is BlockKind.RULE
        text_follows = isinstance(after, Block) and after.kind is not BlockKind.RULE and after.fold is None
        if not is_rule or text_follows:
            kept.append(item)
    return kept
