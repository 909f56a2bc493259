"""A page of Wikipedia that somebody copied as text out of a browser.

Its headings show what they are: the button that edits a section is copied behind each. That button, and the
marks of notes behind words and stops, are taken out of the text; nothing else that stands in brackets is.
"""

import re
from dataclasses import replace
from itertools import pairwise

from tui.core.episode import Block, BlockKind
from tui.core.formats.draft import Draft, Heading, Item, Source, gather
from tui.core.formats.lines import Candidate, settle, squeeze
from tui.core.formats.page_text import (
    by_line,
    is_text,
    mostly_capitals,
    paragraphs_of,
    split_title,
)
from tui.core.formats.text_paragraphs import WRAP_CHARS, Lines, Paragraph, wrap_width
from tui.core.formats.turn_labels import Voices
from tui.core.formats.video_page import PAGE_FURNITURE

EDIT = re.compile(r"(?P<heading>[^\s\[][^\n]{0,118}[^\s.,;:])\s*\[ ?edit(?: source)? ?\]\s*")
"""A heading, and the button behind it."""

BUTTON_BELOW = re.compile(r"(?<=\S)[ \t]*\n[ \t]*(?=\[ ?edit(?: source)? ?\][ \t]*$)", re.M)
"""What sets off a button that was copied onto a line of its own."""

FEWEST_BUTTONS = 2
LONGEST_LINE = 200

TAGLINE = re.compile(r"[ \t]*From Wikipedia, the free encyclopedia[ \t]*")
TAGLINE_ALONE = re.compile(rf"^{TAGLINE.pattern}$", re.M)
MARKDOWN = re.compile(r"^#{1,6} \S", re.M)

JUMP = re.compile(r"(?:jump to (?:content|navigation|search)){1,3}", re.I)
CONTROLS = re.compile(
    r"article|talk|read|edit|view (?:source|history)|tools|appearance|add languages|\d{1,3} languages", re.I
)
"""Lines of the page between its title and its tagline."""

NOTE = re.compile(
    r"(?<=[.!?\"”\]])\[\d{1,3}\]:[ \u2009]\d{1,4}(?:[-–]\d{1,4})?(?=\s|$|\[)"
    r"|(?<=[^\s\[(])\[(?:\d{1,3}|[a-z](?<![ds])|(?i:note|nb|fn) \d{1,3}"
    r"|(?:who|when|where|which|why|by whom|according to whom)\?|update|clarify|dubious"
    r"|(?:[a-z-]{4,14} ){1,4}needed)\]"
    r"|(?<=[^\w\s\[(])\[[a-z]{1,2}\]"
)
"""The mark of a note directly behind a word or stop, and the pages it may name behind a stop.

Behind a word, ``[d]`` and ``[s]`` are more often letters that somebody added to what they quote."""

HATNOTE = re.compile(
    r"(?:main (?:articles?|pages?)|further information|see also|for other uses)(?::\s|, see )\S", re.I
)
"""A line that leads to other pages: it stands where headings do."""


def fits(source: Source) -> bool:
    """Say whether a text is a copied page of Wikipedia: by its tagline, or the buttons of its headings."""
    text = source.judged
    if not is_text(source) or MARKDOWN.search(text):
        return False
    return TAGLINE_ALONE.search(text) is not None or count_buttons(text) >= FEWEST_BUTTONS


def count_buttons(text: str) -> int:
    """Return how many headings of a text have the button that edits their section."""
    lines = BUTTON_BELOW.sub("", text).split("\n") if "edit" in text else []
    return sum(heading_of(line) is not None for line in lines)


def heading_of(line: str) -> str | None:
    """Return the heading that a line with a button is; None for any other line."""
    is_short = len(line) <= LONGEST_LINE and line.rstrip().endswith("]")
    found = EDIT.fullmatch(line.strip()) if is_short else None
    return found["heading"] if found else None


def read(source: Source) -> Draft:
    """Return a copied page of Wikipedia, its buttons and the marks of its notes taken out."""
    paragraphs = paragraphs_of(BUTTON_BELOW.sub("", source.text))
    if any(len(line) > WRAP_CHARS for paragraph in paragraphs for line in paragraph):
        paragraphs = [part for paragraph in paragraphs for part in by_line(paragraph)]
    items: list[Item | Candidate] = []
    while paragraphs and all(JUMP.fullmatch(line.strip()) for line in paragraphs[0]):
        items += map(control, paragraphs.pop(0))
    title, paragraphs = split_title(paragraphs, source.title, Voices())
    items += Page(source, paragraphs).read_all(paragraphs)
    why = "It bears the marks of a page of Wikipedia."
    return Draft(gather(settle(items)), why, without_notes(title))


class Page:
    """How the paragraphs of one page are read."""

    def __init__(self, source: Source, paragraphs: list[Paragraph]) -> None:
        self.has_buttons = count_buttons(source.judged) >= FEWEST_BUTTONS
        """No line without a button is a heading then."""

        self.in_controls = TAGLINE_ALONE.search(source.judged) is not None
        """The tagline is still to come."""

        use_capitals = not mostly_capitals(source.judged)
        self.lines = Lines(Voices(), wrap_width(paragraphs), use_capitals=use_capitals)

    def read_all(self, paragraphs: list[Paragraph]) -> list[Item | Candidate]:
        """Return what the paragraphs hold."""
        items: list[Item | Candidate] = []
        for paragraph in paragraphs:
            loose: Paragraph = []
            for line in paragraph:
                alone = self.item_of(line)
                if alone is None:
                    loose.append(without_notes(line))
                    continue
                items += [*self.read_loose(loose), alone]
                loose = []
            items += self.read_loose(loose)
        return above_hatnotes(items)

    def item_of(self, line: str) -> Item | None:
        """Return the heading or the part of the page around the text that a line is, or None."""
        heading = heading_of(line)
        if heading is not None:
            return Heading(without_notes(squeeze(heading)), 1)
        is_tagline = TAGLINE.fullmatch(line) is not None
        is_control = is_tagline or (self.in_controls and CONTROLS.fullmatch(line.strip()) is not None)
        self.in_controls = self.in_controls and not is_tagline
        return control(line) if is_control else None

    def read_loose(self, lines: Paragraph) -> list[Item | Candidate]:
        """Return what lines without buttons hold."""
        items = self.lines.read(lines) if lines else []
        return [
            item.otherwise if isinstance(item, Candidate) and self.is_text(item) else item for item in items
        ]

    def is_text(self, candidate: Candidate) -> bool:
        """Say whether what looks like a heading is none."""
        return self.has_buttons or HATNOTE.match(candidate.heading.text) is not None


def above_hatnotes(items: list[Item | Candidate]) -> list[Item | Candidate]:
    """Return items in which lines that stand above a hatnote are known to head it."""
    if not items:
        return []
    heads = [
        replace(item, opens_known=True)
        if isinstance(item, Candidate) and isinstance(below, Block) and HATNOTE.match(below.text)
        else item
        for item, below in pairwise(items)
    ]
    return [*heads, items[-1]]


def control(line: str) -> Block:
    """Return a line of the page around the text, folded."""
    return Block(BlockKind.PARAGRAPH, squeeze(line), fold=PAGE_FURNITURE)


def without_notes(text: str) -> str:
    """Return a text without the marks of notes in it.

    >>> without_notes("It was lit in 1902.[3][note 1] It burned oil[citation needed] at first.")
    'It was lit in 1902. It burned oil at first.'
    """
    return NOTE.sub("", text) if "[" in text else text
