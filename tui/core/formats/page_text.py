"""Text without marks: pages copied out of a browser, articles, mails, plain transcripts.

Paragraphs stand between blank lines. What else a line is, its look and its neighbours tell
(``core.formats.text_paragraphs``, ``core.formats.lines``); who speaks, ``core.formats.transcript``.
"""

import re
from collections.abc import Sequence

from tui.core.episode import Block, BlockKind
from tui.core.formats.chapter_lines import chapter_lines, lists_apart
from tui.core.formats.draft import Draft, Heading, Source, gather, same_title
from tui.core.formats.lines import (
    BULLET,
    NUMBER,
    RULE,
    UNDERLINE,
    Candidate,
    is_sentence,
    settle,
    squeeze,
)
from tui.core.formats.parts import parted
from tui.core.formats.pasted_captions import joined_captions
from tui.core.formats.speech import is_transcript, readable
from tui.core.formats.text_paragraphs import WRAP_CHARS, Lines, Paragraph, is_field, wrap_width
from tui.core.formats.times import leading_time
from tui.core.formats.transcript import voiced
from tui.core.formats.turn_labels import Voices, find_voices, read_label
from tui.core.formats.video_page import PAGE_FURNITURE, VideoHead, video_head

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
DOT = re.compile(r"\s*[•‣◦▪▫●○■□⁃∙]")
"""A bullet that opens no turn of a transcript, as a dash does."""

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
    """Return a copied BriefRead page, its footer folded."""
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
    paragraphs, footer = without_footer(paragraphs_of(source.text))
    judged = paragraphs_of(source.judged)
    voices = voices_of(judged)
    head = head_of(paragraphs, source.title, voices)
    paragraphs = head.rest if head else paragraphs
    if not is_wrapped(judged):
        paragraphs = [part for paragraph in paragraphs for part in by_line(paragraph)]
    paragraphs = [part for paragraph in paragraphs for part in lists_apart(paragraph)]
    title, paragraphs = (head.title, paragraphs) if head else split_title(paragraphs, source.title, voices)
    reading = Lines(voices, wrap_width(judged), use_capitals=not mostly_capitals(source.judged))
    items = reading.read_all(paragraphs)
    if title and source.title and not same_title(title, source.title):
        # The front matter's title goes first, but the page's own must not be lost.
        items.insert(0, Candidate(Heading(title, 1), Block(BlockKind.PARAGRAPH, title), sure=True))
    settled = settle(items, trusting=marked)
    settled = voiced(settled if voices.names else chapter_lines(settled), voices)
    settled = readable(joined_captions(settled))
    spoken = bool(voices) or is_transcript(source, settled)
    shown = parted(settled) if spoken else settled
    furniture = [Block(BlockKind.PARAGRAPH, squeeze(line), fold=PAGE_FURNITURE) for line in footer]
    above = head.blocks if head else ()
    fields = {"channel": head.channel} if head else {}
    return Draft(gather([*above, *shown, *furniture]), why, title, fields=fields)


def head_of(paragraphs: Sequence[Paragraph], known: str, voices: Voices) -> VideoHead | None:
    """Return the head of a video's page, if a text begins with one whose title can be none but the known."""
    head = video_head(paragraphs)
    if head is None or (known and not same_title(head.title, known)):
        return None
    is_title = may_be_title(head.title, voices) and not is_sentence(head.title)
    return head if is_title and leading_time(head.title) is None else None


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


def voices_of(paragraphs: Sequence[Paragraph]) -> Voices:
    """Return what labels the turns of a text, if it is a transcript; the items of its lists are no turns."""
    return find_voices([[line for line in paragraph if not DOT.match(line)] for paragraph in paragraphs])


def by_line(paragraph: Paragraph) -> list[Paragraph]:
    """Return the lines of unwrapped text as paragraphs; lists and underlined lines stay together."""
    parts: list[Paragraph] = []
    for line in paragraph:
        together = bool(parts) and (
            UNDERLINE.fullmatch(line) is not None or (is_listed(parts[-1][-1]) and goes_on_list(line))
        )
        if together:
            parts[-1].append(line)
        else:
            parts.append([line])
    return parts


def goes_on_list(line: str) -> bool:
    """Say whether a line is the next item of a list, or indented below one."""
    return is_listed(line) or line[0].isspace()


def is_listed(line: str) -> bool:
    """Say whether a line is a bullet or a numbered item."""
    return BULLET.match(line) is not None or NUMBER.match(line) is not None


def without_footer(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[str]]:
    """Return the paragraphs without the page's footer, and the lines of that.

    Only a run of footer lines up to the end is one, and only with the publisher's line or complete:
    a section called "Share" stays.
    """
    start = len(paragraphs)
    while start and is_footer(paragraphs[start - 1]):
        start -= 1
    lines = [line.strip() for paragraph in paragraphs[start:] for line in paragraph]
    proven = any(map(COPYRIGHT.fullmatch, lines)) or FOOTER_RUN.issubset(lines)
    return (paragraphs[:start], lines) if proven else (paragraphs, [])


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
    title = squeeze(first[0])
    if len(first) > 1 and not underlined:
        above = is_field(first[1]) or BULLET.match(first[1])
        if not above or known or not may_be_title(title, voices):
            return "", paragraphs
        return title, [first[1:], *paragraphs[1:]]
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
    return not is_labelled and not is_listed(line) and not is_field(line) and "://" not in line


def is_wrapped(paragraphs: Sequence[Paragraph]) -> bool:
    """Say whether lines were broken to a width, so that only a blank line ends a paragraph."""
    return wrap_width(paragraphs) <= WRAP_CHARS


def mostly_capitals(text: str) -> bool:
    """Say whether a text is written in capitals throughout, which then say nothing."""
    letters = [character for character in text[:5000] if character.isalpha()]
    return sum(map(str.isupper, letters)) > MOSTLY_CAPITALS * len(letters)
