"""Markdown as this program writes it (``core.markdown_writing``), read back without guessing.

Its front matter names the generator. Headings are the document's own, speakers and times are what the
labels of ``turn_marks`` say, and ``<details>`` elements are folded stretches named by their summary. What
Markdown has no sign for stands in comments that hold a JSON object.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape

from tui.core.cleaning import clean_line
from tui.core.episode import Block, BlockKind, Section, SpanKind
from tui.core.formats import plain
from tui.core.formats.draft import Draft, Heading, Item, Source, gather
from tui.core.formats.lines import shifted
from tui.core.formats.markdown_blocks import TooDeepError, markdown_items
from tui.core.formats.times import leading_time
from tui.core.formats.turn_marks import (
    END_OF_FOLD,
    GENERATOR,
    GUARD,
    IN_TEXT,
    UNLABELLED,
    is_writable,
    read_label,
    refined,
)

FENCE = re.compile(r"(`{3,}|~{3,})(.*)")
FOLD = re.compile(r"<details><summary>([^<\n]{1,200})</summary>")
COMMENT = re.compile(r"<!-- (\{.{0,4000}\}) -->")
WHY = "Its front matter says that pullquote wrote it."
MARK_BEGINNINGS = ("<details>", END_OF_FOLD, "<!-- {")

NOTES = frozenset({"speaker", "start_s", "part"})
"""What a comment may say of the block or section after it."""

Note = dict[str, str | float | None]


def is_own(source: Source) -> bool:
    """Say whether a document's front matter names this program as its generator."""
    return source.fields.get("generator") == GENERATOR


def read(source: Source) -> Draft:
    """Return a document that this program wrote, whatever has been added to it since."""
    given = source.fields.get("voices", ())
    voices = frozenset((given,) if isinstance(given, str) else given)
    document = Document(voices, source.fields.get("times") == IN_TEXT)
    try:
        for piece in pieces(source.text):
            document.follow(piece)
    except (TooDeepError, RecursionError):
        as_it_stands = plain.read(source)
        notice = "Its lists or quotations are nested too deeply; the text is shown as it stands"
        return replace(
            as_it_stands, notices=(notice,), why="Pullquote wrote it, but it is nested too deeply."
        )
    return Draft(document.sections(), "Its front matter says that pullquote wrote it.")


def pieces(text: str) -> Iterator[str]:
    """Yield the marks of a text, which stand on lines of their own, and what stands between them."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        fence = fence_after(line, fence)
        if fence or not line.startswith(MARK_BEGINNINGS):
            lines.append(line)
            continue
        yield "\n".join(lines)
        yield line.rstrip()
        lines.clear()
    yield "\n".join(lines)


def fence_after(line: str, fence: str) -> str:
    """Return the fence that is open after a line at the margin; "" if none is."""
    found = FENCE.match(line)
    if found is None:
        return fence
    if not fence:
        return "" if "`" in found[2] else found[1]
    return "" if found[1].startswith(fence) and not found[2].strip() else fence


@dataclass(slots=True)
class Document:
    """What has been read of a document, and the marks that hold for what comes next."""

    voices: frozenset[str]
    """Who speaks in it, as its front matter says."""

    timed: bool
    """Times at the beginning of blocks are theirs."""

    items: list[Item] = field(default_factory=list)
    fold: str | None = None
    speaker: str | None = None
    block_note: Note | None = None
    section_notes: dict[int, Note] = field(default_factory=dict)
    """What comments say of sections, by the number of headings before."""

    headings: int = 0

    def follow(self, piece: str) -> None:
        """Heed a mark, or take in the blocks of any other piece."""
        opened, note = FOLD.fullmatch(piece), note_in(piece)
        if opened:
            self.fold = clean_line(unescape(opened[1])) or None
        elif piece == END_OF_FOLD and self.fold:
            self.fold = None
        elif note is None:
            self.take_in(piece)
        elif "section" in note:
            self.section_notes[self.headings] = checked(note["section"])
        else:
            self.block_note = checked(note)

    def take_in(self, text: str) -> None:
        """Read the blocks between two marks."""
        if text.strip():
            for item in markdown_items(text):
                self.items.append(self.headed(item) if isinstance(item, Heading) else self.voiced(item))

    def headed(self, heading: Heading) -> Heading:
        """Return a heading without its guard; nobody speaks any more below it."""
        self.speaker = None
        self.headings += bool(heading.text)
        if not heading.text.startswith(GUARD):
            return heading
        text = heading.text[1:]
        return replace(heading, text=text, spans=shifted(heading.spans, -1, len(text)))

    def voiced(self, block: Block) -> Block:
        """Return a block with who says it and when, its label taken out."""
        start_s = None
        if block.kind is not BlockKind.CODE:
            block = replace(block, text=block.text.replace("\n", " "))
        note, self.block_note = self.block_note, None
        if note is not None:
            said = note.get("speaker")
            self.speaker = said if isinstance(said, str) else None
            start_s = start_in(note)
        elif block.kind is BlockKind.RULE:
            return replace(block, fold=self.fold)
        elif block.kind not in UNLABELLED:
            block, start_s = self.unlabelled(block)
        return replace(block, speaker=self.speaker, start_s=start_s, fold=self.fold)

    def unlabelled(self, block: Block) -> tuple[Block, float | None]:
        """Return a block without its label and guards, and when it is said."""
        start_s = None
        first = block.spans[0] if block.spans else None
        label = None
        if first and first.start == 0 and first.kind is SpanKind.STRONG:
            label = read_label(block.text[: first.end], self.voices)
        if first and label:
            self.speaker, start_s = label
            length = len(block.text) - len(block.text[first.end :].removeprefix(" "))
            block = cut(replace(block, spans=block.spans[1:]), length, len(block.text))
        block = without_guards(block)
        if start_s is None and self.timed:
            timed = leading_time(block.text)
            start_s = timed[0] if timed else None
        return block, start_s

    def sections(self) -> tuple[Section, ...]:
        """Return the sections, with what comments say of them."""
        noted: list[Section] = []
        headings = 0
        owner: Note = {}
        for section in gather(self.items):
            headings += bool(section.title)
            note = self.section_notes.get(headings, {})
            if "part" in note:
                owner = {"part": note["part"], "speaker": note.get("speaker")}
            noted.append(with_note(section, {**owner, **note}))
        return tuple(noted)


def note_in(source: str) -> dict[str, object] | None:
    """Return what a comment of ours says; None for any other piece of HTML."""
    found = COMMENT.fullmatch(source)
    if found is None:
        return None
    try:
        value = json.loads(found[1], parse_int=float)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and (NOTES | {"section"}) & value.keys() else None


def checked(note: object) -> Note:
    """Return what a comment may say, clean; anything else in it is left out."""
    if not isinstance(note, dict):
        return {}
    kept: Note = {}
    for name in NOTES & note.keys():
        value = note[name]
        if isinstance(value, str):
            kept[name] = clean_line(value)
        elif value is None or isinstance(value, float):
            kept[name] = value
    return kept


def start_in(note: Note) -> float | None:
    """Return the time that a comment tells."""
    start_s = note.get("start_s")
    return start_s if isinstance(start_s, float) and is_writable(start_s) else None


def with_note(section: Section, note: Note) -> Section:
    """Return a section with what a comment says of it."""
    part, speaker = note.get("part"), note.get("speaker")
    return replace(
        section,
        part=part if isinstance(part, str) else None,
        speaker=speaker if isinstance(speaker, str) else None,
        start_s=start_in(note) if "start_s" in note else refined(section.start_s, section.blocks),
    )


def without_guards(block: Block) -> Block:
    """Return a block without the guards at the ends of its text."""
    begin = block.text.startswith(GUARD)
    end = len(block.text) - (block.text.endswith(GUARD) and len(block.text) > begin)
    return cut(block, int(begin), end) if begin or end < len(block.text) else block


def cut(block: Block, begin: int, end: int) -> Block:
    """Return a block with a stretch of its text only."""
    text = block.text[begin:end]
    return replace(block, text=text, spans=shifted(block.spans, -begin, len(text)))
