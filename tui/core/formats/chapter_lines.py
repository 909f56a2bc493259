"""Lists of times and titles in text written for people: ``0:00 - Introduction``.

A single line may begin with a time by chance. It is one of a list where at least three such lines follow
each other with rising times. Lines of a transcript do so too, but say more in the time between them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tui.core.episode import LIST_KINDS, Block, BlockKind
from tui.core.formats.chapter_titles import are_titles
from tui.core.formats.draft import Draft, Heading, Item, Source, gather
from tui.core.formats.lines import RULE, is_capitals, may_be_heading, shifted, squeeze, without_mark
from tui.core.formats.times import STAMP, seconds
from tui.core.formats.turn_labels import find_voices

UNTIL = re.compile(rf"(?:[-–—~→]|to|bis|à|a)?\s*{STAMP}[\])）`]*\s*(?:[-–—:|：]\s*)?(?=\S)")
"""The end of a stretch of time, of which the beginning has been read."""

TRAILING = re.compile(rf"(?P<title>\S.{{0,200}}?)[\s.·…]*[-–—:|@(\[（]*\s*(?P<stamp>{STAMP})[)\]）]*\s*")
"""A title with its time behind it."""

OPENING = re.compile(
    rf"[*_~\s]*[\[(（`]{{0,2}}(?P<stamp>{STAMP})(?P<close>[\])）`*_~]{{0,4}})"
    rf"(?P<gap>\s*(?:[-–—:|：]\s*)?)"
)
"""A time at a line's beginning, with what sets it off from the title, and Markdown's signs around it."""

MARKS = "*_~ "
"""Signs of Markdown around a time or title, in text that nobody has read as Markdown."""

FEWEST = 3
LINE_CHARS = 500
OUTLINE_SHARE = 0.6
"""The share of a text's lines that must be titles for it to be nothing but an outline."""

HEADS = re.compile(
    r"(?:outline|chapters?|time ?stamps?|time ?codes?|topics|show ?notes|contents?|in this episode|"
    r"episode (?:outline|guide)|kapitel|chapitres|capítulos|章节|目录|时间轴|時間軸|チャプター|目次)\W*",
    re.I,
)
"""What stands above a list and is no title of the episode."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list of times."""

    start_s: float
    begin: int
    """Where its title begins in the line, in characters."""

    end: int
    """One past the title's last character."""


def entry_of(text: str) -> Entry | None:
    """Return what a line is if it is one of a list of times; None for any other."""
    if len(text) > LINE_CHARS:
        return None
    found = OPENING.match(text)
    if found and (found["close"] or found["gap"]):
        until = UNTIL.match(text, found.end())
        begin = until.end() if until else found.end()
        begin += len(text[begin:]) - len(text[begin:].lstrip(MARKS + "-–—:|"))
        end = len(text.rstrip(MARKS))
        return Entry(seconds(found["stamp"]), begin, end) if begin < end else None
    last = text.rstrip()[-1:]
    behind = TRAILING.fullmatch(text) if last.isdecimal() or last in ")]）" else None
    return Entry(seconds(behind["stamp"]), 0, behind.end("title")) if behind else None


def chapter_lines(items: Sequence[Item]) -> list[Item]:
    """Return a document with its lists of times read: each line a bullet with its time, the time cut off.

    Paragraphs may still have line breaks; one that holds such a list is broken at them.
    """
    read: list[Item] = []
    run: list[tuple[Block, Entry]] = []
    for item in (line for whole in items for line in lines_of(whole)):
        entry = entry_of(item.text) if is_line(item) else None
        if entry and isinstance(item, Block) and (not run or entry.start_s >= run[-1][1].start_s):
            run.append((item, entry))
            continue
        read += read_run(run)
        run = [(item, entry)] if entry and isinstance(item, Block) else []
        read += [] if run else [item]
    return read + read_run(run)


def is_line(item: Item) -> bool:
    """Say whether an item may be a line of a list."""
    kinds = (BlockKind.PARAGRAPH, *LIST_KINDS)
    return isinstance(item, Block) and item.kind in kinds and item.start_s is None and "\n" not in item.text


def lines_of(item: Item) -> list[Item]:
    """Return a paragraph's lines as blocks of their own if they hold a list of times, else the item."""
    if (
        isinstance(item, Heading)
        or item.kind not in (BlockKind.PARAGRAPH, *LIST_KINDS)
        or "\n" not in item.text
    ):
        return [item]
    lines = item.text.split("\n")
    entries = [entry_of(line) for line in lines]
    if not is_list([entry for entry in entries if entry], [line for line in lines if entry_of(line)]):
        return [item]
    blocks: list[Item] = []
    start = 0
    loose: list[int] = []
    for line, entry in zip(lines, entries, strict=True):
        if entry:
            blocks += joined_lines(item, loose)
            loose = []
            blocks.append(part_of(item, start, start + len(line)))
        else:
            loose = [loose[0] if loose else start, start + len(line)]
        start += len(line) + 1
    return blocks + joined_lines(item, loose)


def lists_apart(paragraph: Sequence[str]) -> list[list[str]]:
    """Return the lines of a paragraph, those of a list of times as paragraphs of their own."""
    if len(paragraph) < FEWEST:
        return [list(paragraph)]
    entries = [entry_of(unlisted(line)) for line in paragraph]
    listed = [unlisted(line) for line, entry in zip(paragraph, entries, strict=True) if entry]
    if not is_list([entry for entry in entries if entry], listed):
        return [list(paragraph)]
    parts: list[list[str]] = []
    loose: list[str] = []
    for line, entry in zip(paragraph, entries, strict=True):
        if entry is None:
            loose.append(line)
            continue
        parts += [loose, [line]] if loose else [[line]]
        loose = []
    return [*parts, loose] if loose else parts


def joined_lines(block: Block, bounds: Sequence[int]) -> list[Item]:
    """Return the stretch of a paragraph between two of its characters as a paragraph, if there is any."""
    return [part_of(block, bounds[0], bounds[1])] if bounds else []


def part_of(block: Block, start: int, end: int) -> Block:
    """Return a stretch of a block as a block of the same kind."""
    text = block.text[start:end]
    return replace(block, text=text, spans=shifted(block.spans, -start, len(text)))


def read_run(run: Sequence[tuple[Block, Entry]]) -> list[Item]:
    """Return lines that follow each other as a list of times, or as they were if they are none."""
    if not is_list([entry for _, entry in run], [block.text for block, _ in run]):
        return [block for block, _ in run]
    return [as_bullet(block, entry) for block, entry in run]


def as_bullet(block: Block, entry: Entry) -> Block:
    """Return a line of a list of times as a bullet with its time; a numbered item stays one."""
    text = block.text[entry.begin : entry.end]
    return replace(
        block,
        kind=block.kind if block.kind in LIST_KINDS else BlockKind.BULLET,
        depth=max(1, block.depth),
        text=text,
        spans=shifted(block.spans, -entry.begin, len(text)),
        start_s=entry.start_s,
    )


def is_list(entries: Sequence[Entry], lines: Sequence[str]) -> bool:
    """Say whether lines with times are a list of chapters: enough, rising, far enough apart, short."""
    if len(entries) < FEWEST or any(after.start_s < before.start_s for before, after in pairwise(entries)):
        return False
    titles = [line[entry.begin : entry.end] for line, entry in zip(lines, entries, strict=True)]
    lasts_s = entries[-1].start_s - entries[0].start_s
    return are_titles(titles, lasts_s) and not find_voices([[title] for title in titles]).names


def chapters_in_lines(text: str) -> list[tuple[float, str]]:
    """Return the time, in seconds, and title of each line of a text that is nothing but an outline.

    A text that says more is none.
    """
    lines = [line.rstrip() for line in text.split("\n") if line.strip() and not RULE.fullmatch(line)]
    found = [(line, entry_of(line)) for line in map(unlisted, lines)]
    entries = [(line, entry) for line, entry in found if entry]
    if len(entries) < OUTLINE_SHARE * len(lines) or any(line.startswith("#") for line in lines):
        return []
    if not is_list([entry for _, entry in entries], [line for line, _ in entries]):
        return []
    return [(entry.start_s, squeeze(line[entry.begin : entry.end])) for line, entry in entries]


def unlisted(line: str) -> str:
    """Return a line without its bullet or number."""
    block = without_mark(line)
    return block.text if block else line.strip()


def fits(source: Source) -> bool:
    """Say whether a text is nothing but an outline with times."""
    return bool(chapters_in_lines(source.judged))


def read(source: Source) -> Draft:
    """Return an outline with times: its lines as headings, other lines as text below them."""
    items: list[Item] = []
    title = ""
    for line in source.text.split("\n"):
        text = unlisted(line)
        entry = entry_of(text)
        if entry:
            items.append(Heading(squeeze(text[entry.begin : entry.end]), 1, start_s=entry.start_s))
        elif text and not items and not title and is_title(text) and not source.title:
            title = squeeze(text)
        elif text and not RULE.fullmatch(line):
            items.append(without_mark(line) or Block(BlockKind.PARAGRAPH, squeeze(line)))
    return Draft(gather(items), "It is nothing but an outline with times.", title)


def is_title(line: str) -> bool:
    """Say whether a line above an outline is the episode's title, not the word outline."""
    return (may_be_heading(line) or is_capitals(line)) and not HEADS.fullmatch(line)
