"""Text without marks: pages copied out of a browser, articles, mails, plain transcripts.

Paragraphs stand between blank lines. What else a line is, its look and its neighbours tell
(``core.formats.lines``); who speaks, ``core.formats.transcript``.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tui.core.episode import CJK, Block, BlockKind
from tui.core.formats.draft import Draft, Heading, Item, Source, gather, same_title
from tui.core.formats.lines import (
    BULLET,
    NUMBER,
    RULE,
    UNDERLINE,
    Candidate,
    heading_level,
    is_capitals,
    may_be_heading,
    settle,
    squeeze,
    without_mark,
)
from tui.core.formats.transcript import Voices, find_voices, parted, read_label, voiced

Paragraph = list[str]
"""Lines between two blank ones."""

BRIEF = "Brief Summary"
COPYRIGHT = re.compile(r"© \d{4} BriefRead")
FOOTER = (
    "Watch the Video",
    "Share",
    "Stay Informed with Quality Articles",
    "Discover curated summaries and insights from across the web. Save time while staying informed.",
)
"""What stands below the text on BriefRead's pages, above the line with its name."""

FOOTER_RUN = frozenset(FOOTER[:3])
"""Without the line with its name, all of these must be there."""

TITLE_CHARS = 200
WRAP_CHARS = 120
"""Lines of hard-wrapped text are not longer; in other text a line is a paragraph."""

NARROWEST_WRAP = 60
"""Text is seldom wrapped to less; shorter lines are a list or a poem."""

WRAP_SLACK = 10
"""How much short of the longest lines a line may end and still have been wrapped there."""

MACHINE_TEXT = re.compile(r"\s*(?:[{<]|\[\s*(?:[\[{\"]|\d+\s*,)|WEBVTT|\d+\n\d\d:\d\d:\d\d[,.]\d+ -->)")
"""How files for programs begin."""

MOSTLY_CAPITALS = 0.6


def has_marks(source: Source) -> bool:
    """Say whether a text bears the marks of a copied BriefRead page."""
    beginning = paragraphs_of(source.text[:4000])[:5]
    titled = len(beginning) > 2 and beginning[0] == beginning[1] and [BRIEF] in beginning[2:]
    last = source.text.rstrip().rpartition("\n")[2]
    return titled or COPYRIGHT.fullmatch(last.strip()) is not None


def is_text(source: Source) -> bool:
    """Say whether a text is written for people, not for programs."""
    return MACHINE_TEXT.match(source.text) is None


def read_marked_page(source: Source) -> Draft:
    """Return a copied BriefRead page, without its footer."""
    return read(source, "The page bears BriefRead's marks.", marked=True)


def read_text(source: Source) -> Draft:
    """Return a text without marks, its headings found by their look."""
    return read(source, "It is text without marks; short lines above longer ones are its headings.")


def read(source: Source, why: str, *, marked: bool = False) -> Draft:
    """Return a text's draft.

    Args:
        source: The text.
        why: The cue that decided for this reader.
        marked: It is a page of the one known shape, where every short line above a longer one is a heading.
    """
    paragraphs, notices = without_footer(paragraphs_of(source.text))
    judged = paragraphs_of(source.judged)
    voices = find_voices(judged)
    if not is_wrapped(judged):
        paragraphs = [part for paragraph in paragraphs for part in by_line(paragraph)]
    title, paragraphs = split_title(paragraphs, source.title, voices)
    reading = Lines(voices, wrap_width(judged), use_capitals=not mostly_capitals(source.judged))
    items = reading.read_all(paragraphs)
    if title and source.title and not same_title(title, source.title):
        # The front matter's title goes first, but the page's own must not be lost.
        items.insert(0, Candidate(Heading(title, 1), Block(BlockKind.PARAGRAPH, title), sure=True))
    settled = voiced(settle(items, trusting=marked), voices)
    return Draft(gather(parted(settled) if voices else settled), why, title, notices)


def paragraphs_of(text: str) -> list[Paragraph]:
    """Return a text's paragraphs: the lines between blank ones."""
    paragraphs: list[Paragraph] = []
    lines: Paragraph = []
    for line in text.split("\n"):
        if line and not line.isspace():
            lines.append(line.rstrip())
        elif lines:
            paragraphs.append(lines)
            lines = []
    if lines:
        paragraphs.append(lines)
    return paragraphs


def by_line(paragraph: Paragraph) -> list[Paragraph]:
    """Return the lines of unwrapped text as paragraphs; lists and underlined lines stay together."""
    if len(paragraph) == 1 or UNDERLINE.fullmatch(paragraph[1]) or any(map(is_listed, paragraph)):
        return [paragraph]
    return [[line] for line in paragraph]


def is_listed(line: str) -> bool:
    """Say whether a line is a bullet or a numbered item."""
    return BULLET.match(line) is not None or NUMBER.match(line) is not None


def without_footer(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], tuple[str, ...]]:
    """Return the paragraphs without the page's footer, and a notice of what was left out.

    Only a run of footer lines up to the end is one, and only with the publisher's line or complete:
    a section called "Share" stays.
    """
    start = len(paragraphs)
    while start and is_footer(paragraphs[start - 1]):
        start -= 1
    lines = [line.strip() for paragraph in paragraphs[start:] for line in paragraph]
    proven = any(map(COPYRIGHT.fullmatch, lines)) or FOOTER_RUN.issubset(lines)
    if not proven:
        return paragraphs, ()
    return paragraphs[:start], (f"The page's footer was left out: {' · '.join(lines)}",)


def is_footer(paragraph: Paragraph) -> bool:
    """Say whether all lines of a paragraph belong to the footer."""
    return all(line.strip() in FOOTER or COPYRIGHT.fullmatch(line.strip()) for line in paragraph)


def split_title(paragraphs: list[Paragraph], known: str, voices: Voices) -> tuple[str, list[Paragraph]]:
    """Return the title a text begins with, or "", and the paragraphs after it.

    Args:
        paragraphs: The text.
        known: The title in the front matter; then the first line is one only if it is repeated there
            or here.
        voices: What labels look like, in a transcript.
    """
    while paragraphs and all(RULE.fullmatch(line) for line in paragraphs[0]):
        paragraphs = paragraphs[1:]
    if not paragraphs:
        return "", []
    first = paragraphs[0]
    underlined = len(first) == 2 and UNDERLINE.fullmatch(first[1]) is not None
    if len(first) > 1 and not underlined:
        return "", paragraphs
    title = squeeze(first[0])
    if paragraphs[1:2] == [first]:
        return title, paragraphs[2:]
    if known:
        return (title, paragraphs[1:]) if same_title(title, known) else ("", paragraphs)
    is_title = underlined or may_be_title(title, voices)
    return (title, paragraphs[1:]) if is_title else ("", paragraphs)


def may_be_title(line: str, voices: Voices) -> bool:
    """Say whether a text's first line could be its title: not too long, not a sentence or a label."""
    if len(line) > TITLE_CHARS or line.endswith((".", ",", ";", ":", "…", "。", "：")):
        return False
    is_labelled = read_label(line, Voices(voices.names, timed=True)) is not None
    return not is_labelled and not is_listed(line) and "://" not in line


def wrap_width(paragraphs: Sequence[Paragraph]) -> int:
    """Return how long lines get in paragraphs of several: the ninetieth of a hundred, by length."""
    lengths = sorted(len(line) for paragraph in paragraphs if len(paragraph) > 1 for line in paragraph)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def is_wrapped(paragraphs: Sequence[Paragraph]) -> bool:
    """Say whether lines were broken to a width, so that only a blank line ends a paragraph."""
    return wrap_width(paragraphs) <= WRAP_CHARS


def mostly_capitals(text: str) -> bool:
    """Say whether a text is written in capitals throughout, which then say nothing."""
    letters = [character for character in text[:5000] if character.isalpha()]
    return sum(map(str.isupper, letters)) > MOSTLY_CAPITALS * len(letters)


class Lines:
    """How the paragraphs of one document are read."""

    def __init__(self, voices: Voices, width: int, *, use_capitals: bool) -> None:
        self.voices = voices
        self.width = width
        self.use_capitals = use_capitals

    def read_all(self, paragraphs: list[Paragraph]) -> list[Item | Candidate]:
        """Return what the paragraphs hold; in a transcript only what stands before a label is a heading."""
        items: list[Item | Candidate] = []
        after_label = False
        for index, paragraph in enumerate(paragraphs):
            after = paragraphs[index + 1] if index + 1 < len(paragraphs) else [""]
            read = self.read(paragraph)
            if self.voices and not (self.is_label(after[0]) and not after_label):
                read = [
                    item.otherwise if isinstance(item, Candidate) and not item.sure else item for item in read
                ]
            after_label = bool(self.voices) and len(paragraph) == 1 and self.is_label(paragraph[0])
            items += read
        return items

    def is_label(self, line: str) -> bool:
        """Say whether a line begins with one of the document's labels."""
        return bool(self.voices) and read_label(line.strip(), self.voices) is not None

    def read(self, paragraph: Paragraph) -> list[Item | Candidate]:
        """Return what one paragraph holds."""
        if len(paragraph) == 1:
            return [self.read_single(paragraph[0])]
        heading = self.first_line_heading(paragraph)
        if heading is None:
            first, *others = self.read_several(paragraph)
            # A heading may stand right above its text.
            stands_apart = bool(others) and first.text == squeeze(paragraph[0]) and may_be_heading(first.text)
            return [self.read_single(paragraph[0]) if stands_apart else first, *others]
        taken = 2 if UNDERLINE.fullmatch(paragraph[1]) else 1
        rest = paragraph[taken:]
        return [heading, *(self.read(rest) if rest else [])]

    def read_single(self, line: str) -> Item | Candidate:
        """Return a line that stands alone: it may be a heading."""
        text = squeeze(line)
        if RULE.fullmatch(line):
            return Block(BlockKind.RULE, "")
        block = without_mark(line) or Block(BlockKind.PARAGRAPH, text)
        if not may_be_heading(text) or self.is_label(text):
            return block
        sure = self.use_capitals and is_capitals(text)
        return Candidate(Heading(text, heading_level(text)), block, sure)

    def first_line_heading(self, paragraph: Paragraph) -> Candidate | None:
        """Return the heading a paragraph of several lines begins with: underlined or in capitals."""
        text = squeeze(paragraph[0])
        underline = UNDERLINE.fullmatch(paragraph[1])
        capitals = self.use_capitals and is_capitals(text) and may_be_heading(text)
        if underline and not RULE.fullmatch(paragraph[0]):
            level = 1 if "=" in underline[1] else 2
        elif capitals and not is_capitals(paragraph[1].strip()):
            level = heading_level(text)
        else:
            return None
        return Candidate(Heading(text, level), Block(BlockKind.PARAGRAPH, text), sure=True)

    def read_several(self, paragraph: Paragraph) -> list[Block]:
        """Return the blocks of several lines: wrapped lines joined, list items and turns apart."""
        blocks: list[tuple[Block, list[str]]] = []
        indents: list[int] = []
        last = ""
        for line in paragraph:
            opened = self.opening(line, indents)
            if opened is None and blocks and self.goes_on(last, line, blocks[-1][0], in_list=bool(indents)):
                blocks[-1][1].append(squeeze(line))
            else:
                if opened is None:
                    indents.clear()
                block = opened or Block(BlockKind.PARAGRAPH, squeeze(line))
                blocks.append((block, [block.text]))
            last = line
        return [block if len(lines) == 1 else replace(block, text=joined(lines)) for block, lines in blocks]

    def opening(self, line: str, indents: list[int]) -> Block | None:
        """Return the block that a line opens by its mark, or None; keeps the indents of open lists."""
        if RULE.fullmatch(line):
            indents.clear()
            return Block(BlockKind.RULE, "")
        marked = without_mark(line)
        if marked is None:
            is_turn = self.is_label(line)
            if is_turn:
                indents.clear()
            return Block(BlockKind.PARAGRAPH, squeeze(line)) if is_turn else None
        indent = len(line) - len(line.lstrip())
        while indents and indents[-1] >= indent:
            indents.pop()
        indents.append(indent)
        return replace(marked, depth=len(indents))

    def goes_on(self, last: str, line: str, block: Block, *, in_list: bool) -> bool:
        """Say whether a line without a mark goes on where the last one was broken off."""
        if block.kind is BlockKind.RULE:
            return False
        if in_list and line[0].isspace():
            return True
        if self.width > WRAP_CHARS:
            return False
        stripped = line.strip()
        first_word = stripped.split(None, 1)[0]
        if len(last) + 1 + len(first_word) > max(self.width, NARROWEST_WRAP) - WRAP_SLACK:
            return True
        return stripped[0].islower() and last[-1] not in ".!?:;…"


def joined(lines: list[str]) -> str:
    """Return wrapped lines as one: a blank between them, or none between characters of CJK scripts."""
    pieces = [lines[0]]
    for before, line in pairwise(lines):
        if not (before and CJK.match(before[-1]) and CJK.match(line[0])):
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces)
