"""An episode as Markdown: with front matter, and so that reading it again gives the same episode.

CommonMark 0.31 with GitHub's tables and strikethrough and ``==marks==``; what would be misread is escaped.
Turns of a transcript begin with a label in bold, folded stretches are ``<details>`` elements
(``formats.turn_marks``, ``formats.own_markdown``).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from tui.core.episode import (
    CELL_BORDER,
    LIST_KINDS,
    Block,
    BlockKind,
    Episode,
    Section,
    Span,
    SpanKind,
    clock,
)
from tui.core.formats.lines import shifted
from tui.core.formats.markdown_blocks import timed_heading
from tui.core.formats.times import leading_time
from tui.core.formats.turn_marks import (
    END_OF_FOLD,
    GENERATOR,
    GUARD,
    IN_TEXT,
    UNLABELLED,
    is_writable,
    label_of,
    read_label,
    refined,
    stamp,
)
from tui.core.marking import fenced, inline_markdown, row_markdown, table_rule
from tui.core.people import cast
from tui.core.rendering import indented

LEADING_MARK = re.compile(r"(?:[#>+-]|\d{1,9}(?=[.)](?:\s|$))|:(?=\s))")
"""What at the beginning of a block would make it a heading, quotation, list or definition."""

TASK_OR_CALLOUT = re.compile(r"\[(?:[ xX]\] |!)")
"""What would be read as more than text even though its brackets are escaped."""

TASK = re.compile(r"([☐☑]) (?=\S)")
"""What the text of a task begins with."""

TASK_MARKS = {"☐": "[ ] ", "☑": "[x] "}
"""What stands before a task in Markdown."""

FRONT_MATTER = ("title", "show", "number", "people", "date", "url", "duration", "language", "tags")
"""Fields of an episode that go into Markdown's front matter, in this order."""

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Turn:
    """A block, and what has to be written besides its text."""

    block: Block
    label: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """What the labels of a document are made of."""

    voices: Set[str]
    """Who speaks."""

    in_text: bool
    """Every time at the beginning of a block is that block's."""


def as_markdown(episode: Episode, section: int | None, others: Values | None = None) -> str:
    """Return an episode, or one section of it by its ordinal, as Markdown that ends in a line break.

    Args:
        episode: The episode.
        section: None for all of it, with front matter.
        others: More fields for the front matter, of texts, numbers and lists of them.
    """
    marks = marks_of(episode)
    if section is not None:
        return section_as_markdown(episode.sections[section], marks) + "\n"
    notes = part_notes(episode)
    texts = [
        section_as_markdown(section, marks, note)
        for section, note in zip(episode.sections, notes, strict=True)
    ]
    # Without any text, what stands in the front matter would be taken for it.
    pieces = [*filter(None, texts)] or [comment({"section": {}})]
    return "\n\n".join([front_matter(episode, marks, others or {}), *pieces]) + "\n"


def marks_of(episode: Episode) -> Marks:
    """Return what the labels of an episode are made of."""
    blocks = [block for section in episode.sections for block in section.blocks]
    voices = dict.fromkeys(block.speaker for block in blocks if block.speaker)
    timed = [(found[0], block.start_s) for block in blocks if (found := time_in_text(block))]
    in_text = bool(timed) and all(same_time(shown, start_s) for shown, start_s in timed)
    return Marks(voices.keys(), in_text)


def time_in_text(block: Block) -> tuple[float, int] | None:
    """Return the time that the text of a block begins with, as ``own_markdown`` looks for it."""
    return None if block.kind in UNLABELLED else leading_time(block.text)


def same_time(one: float, other: float | None) -> bool:
    """Say whether two times are the same to the millisecond."""
    return other is not None and round(one, 3) == round(other, 3)


def front_matter(episode: Episode, marks: Marks, others: Values) -> str:
    """Return the fields that are known as YAML between two rules.

    Values are written as JSON, which YAML reads alike, whatever signs they hold.
    """
    duration = None if episode.duration_s is None else clock(episode.duration_s)
    values: dict[str, object] = {
        field: duration if field == "duration" else getattr(episode, field) for field in FRONT_MATTER
    }
    for key, value in others.items():
        values.setdefault(key, value)
    values |= {"voices": tuple(marks.voices), "times": IN_TEXT if marks.in_text else None}
    values["generator"] = GENERATOR
    lines = [
        f"{json.dumps(key, ensure_ascii=False) if re.search(r'[^a-z_]', key) else key}: "
        + json.dumps(value, ensure_ascii=False)
        for key, value in values.items()
        if value not in (None, (), "")
    ]
    return "\n".join(["---", *lines, "---"])


def part_notes(episode: Episode) -> Iterator[Values]:
    """Yield what is to be noted of each section's part, where reading the text again would not tell it."""
    plain = [replace(section, part=None, speaker=None) for section in episode.sections]
    told = cast(plain, episode.title, {"people": episode.people}).sections
    differs = any(
        (one.part, one.speaker) != (other.part, other.speaker)
        for one, other in zip(told, episode.sections, strict=True)
    )
    before: tuple[str | None, str | None] = (None, None)
    for section in episode.sections:
        owner = (section.part, section.speaker)
        yield {"part": section.part, "speaker": section.speaker} if differs and owner != before else {}
        before = owner


def section_as_markdown(section: Section, marks: Marks, note: Values | None = None) -> str:
    """Return a section's heading and blocks as Markdown."""
    notes = dict(note or {})
    pieces = []
    if section.title:
        title, told = titled(section)
        # Number signs at the end of a heading are taken for its close.
        pieces.append("#" * min(max(section.level, 1), 6) + " " + re.sub(r"(#+)$", r"\\\1", title))
    else:
        told = None
    told = refined(told, section.blocks)
    is_told = section.start_s is None if told is None else same_time(told, section.start_s)
    if not is_told:
        notes["start_s"] = noted_time(section.start_s)
    if notes:
        pieces.append(comment({"section": notes}))
    for fold, group in groupby(turns_of(section.blocks, marks), key=lambda turn: turn.block.fold):
        inside = turns_as_markdown(group, marks)
        pieces += folded(fold, inside) if fold else inside
    return "\n\n".join(pieces)


def titled(section: Section) -> tuple[str, float | None]:
    """Return a section's title as Markdown, its time before it, and the time that is read out of this."""
    start_s = section.start_s
    guard = GUARD if section.title.startswith(GUARD) else ""
    text = guard + section.title
    plain = timed_heading(text, 1, ())
    if start_s is not None and is_writable(start_s) and not same_time(start_s, plain.start_s):
        mark = f"({stamp(start_s)}) "
        marked = timed_heading(mark + text, 1, ())
        if marked.text == text:
            return mark + guard + inline_markdown(section.title, () if guard else section.spans), start_s
    if plain.text != text:
        guard, plain = GUARD, timed_heading(GUARD + text, 1, ())
    return guard + inline_markdown(section.title, () if guard else section.spans), plain.start_s


def noted_time(start_s: float | None) -> float | None:
    """Return a time as a comment tells it: to the millisecond."""
    return None if start_s is None or not is_writable(start_s) else round(start_s, 3)


def comment(values: Values) -> str:
    """Return values as a comment; nothing in them can end it."""
    return (
        "<!-- "
        + json.dumps(values, ensure_ascii=False).replace("-", r"\u002d").replace(">", r"\u003e")
        + " -->"
    )


def folded(name: str, pieces: Sequence[str]) -> list[str]:
    """Return pieces as an element that is folded under a name."""
    return [f"<details><summary>{escape(name, quote=False)}</summary>", *pieces, END_OF_FOLD]


def turns_of(blocks: Iterable[Block], marks: Marks) -> Iterator[Turn]:
    """Yield the blocks of a section with the labels and notes that tell who speaks, and when."""
    speaker: str | None = None
    for block in blocks:
        shown = time_in_text(block) if marks.in_text else None
        start_s = None if shown or not is_writable(block.start_s) else block.start_s
        is_silent_rule = block.kind is BlockKind.RULE and block.speaker is None and start_s is None
        if is_silent_rule or (block.speaker == speaker and start_s is None):
            yield Turn(block)
            continue
        if block.kind in UNLABELLED:
            yield Turn(block, note=comment({"speaker": block.speaker, "start_s": noted_time(start_s)}))
        else:
            yield Turn(block, label=label_of(block.speaker, start_s))
        speaker = block.speaker


def turns_as_markdown(turns: Iterable[Turn], marks: Marks) -> list[str]:
    """Return turns as pieces of Markdown that a blank line must part; lists and tables stay whole."""
    pieces: list[str] = []
    quoted = 0
    for kind, group in groupby(turns, key=chunk_kind):
        chunk = list(group)
        block = chunk[0].block
        if kind == "list":
            # A list that begins deeper than its place belongs to the quotation it follows.
            level = quoted if block.depth == quoted + 1 else 0
            pieces.append(indented(list_as_markdown(chunk, marks, level), "> " * level))
        elif kind == BlockKind.TABLE_ROW:
            pieces += tables_as_markdown(chunk)
        else:
            for turn in chunk:
                pieces += filter(None, (turn.note, turn_as_markdown(turn, marks)))
        quoted = chunk[-1].block.depth if kind == BlockKind.QUOTE else 0
    return pieces


def chunk_kind(turn: Turn) -> str:
    """Return what a block is put together with: list items with what goes on inside them."""
    block = turn.block
    goes_on = block.depth > 0 and block.kind in (BlockKind.PARAGRAPH, BlockKind.CODE) and not turn.note
    return "list" if block.kind in LIST_KINDS or goes_on else block.kind


def list_as_markdown(turns: Iterable[Turn], marks: Marks, outer: int = 0) -> str:
    """Return list items, and the paragraphs inside them, as one list, ``outer`` levels taken off."""
    lines: list[str] = []
    # How far the text of each open level stands to the right: what is inside must stand there too.
    indents = [0]
    for turn in turns:
        block = turn.block
        depth = min(max(block.depth - outer, 1), len(indents))
        if block.kind in LIST_KINDS:
            mark = "- " if block.number is None else f"{block.number}. "
            lines.append(" " * indents[depth - 1] + mark + turn_as_markdown(turn, marks))
            indents = [*indents[:depth], indents[depth - 1] + len(mark)]
        else:
            inside = indents[min(max(block.depth - outer, 0), len(indents) - 1)]
            lines += ["", indented(turn_as_markdown(turn, marks), " " * inside), ""]
    return "\n".join(lines).strip("\n")


def tables_as_markdown(rows: Sequence[Turn]) -> list[str]:
    """Return table rows as tables; a row of another width, or with a note before it, begins a new one."""
    tables: list[list[str]] = []
    width = 0
    pieces: list[list[str]] = []
    for row in rows:
        columns = row.block.text.count(CELL_BORDER) + 1
        if not tables or row.note or columns != width:
            tables.append([])
            pieces += ([[row.note]] if row.note else []) + [tables[-1]]
            width = columns
        tables[-1].append(row_markdown(row.block.text, row.block.spans))
        if len(tables[-1]) == 1:
            tables[-1].append(table_rule(columns))
    return ["\n".join(lines) for lines in pieces]


def turn_as_markdown(turn: Turn, marks: Marks) -> str:
    """Return a block other than a table row as Markdown, with its label, without a list's mark or indent."""
    block = turn.block
    if block.kind == BlockKind.RULE:
        return "***"
    if block.kind == BlockKind.CODE:
        return fenced(block.text, block.language)
    task = TASK.match(block.text) if block.kind in LIST_KINDS and turn.label is None else None
    if task:
        cut, length = task.end(), len(block.text) - task.end()
        said = replace(block, text=block.text[cut:], spans=shifted(block.spans, -cut, length))
        return TASK_MARKS[task[1]] + guarded(said, marks, labelled=True)
    text = guarded(block, marks, labelled=turn.label is not None)
    if turn.label is not None:
        text = f"**{inline_markdown(turn.label, ())}** {text}"
    elif LEADING_MARK.match(text):
        # A number is freed of its meaning by a sign after it, everything else by one before.
        digits = len(text) - len(text.lstrip("0123456789"))
        text = text[:digits] + "\\" + text[digits:]
    if block.kind == BlockKind.QUOTE:
        return "> " * max(block.depth, 1) + text
    return text


def guarded(block: Block, marks: Marks, *, labelled: bool) -> str:
    """Return the text of a block as inline Markdown, with a guard at an end that would be misread."""
    before = needs_guard(block, marks, labelled=labelled)
    after = block.text[-1:].isspace() or block.text.endswith(GUARD)
    if not before and not after:
        return inline_markdown(block.text, block.spans)
    # Beside a guard, marks are marks only where a letter or digit follows them.
    spans = [
        span
        for span in block.spans
        if not (before and span.start == 0 and not block.text[:1].isalnum())
        and not (after and span.end == len(block.text))
    ]
    return GUARD * before + inline_markdown(block.text, spans) + GUARD * after


def needs_guard(block: Block, marks: Marks, *, labelled: bool) -> bool:
    """Say whether the beginning of a text would be misread."""
    text = block.text
    if text[:1].isspace() or text.startswith(GUARD):
        return True
    return not labelled and (
        TASK_OR_CALLOUT.match(text) is not None
        or any(reads_as_label(text, span, marks.voices) for span in block.spans)
    )


def reads_as_label(text: str, span: Span, voices: Set[str]) -> bool:
    """Say whether a bold beginning would be taken for a label."""
    return (
        span.start == 0
        and span.kind is SpanKind.STRONG
        and read_label(text[: span.end].strip(), voices) is not None
    )
