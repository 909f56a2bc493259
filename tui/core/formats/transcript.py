"""Who speaks and when, in transcripts written as text: `Name: …`, `Name (0:12):`, `[0:12] …`.

A line that looks like a label is one only when the document as a whole is a transcript: names that
come back, on enough of its paragraphs. Summaries and notes are full of lines like `Focus: …`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tui.core.episode import CJK, Block, BlockKind, clock, count_words
from tui.core.formats.draft import Heading, Item
from tui.core.formats.lines import shifted
from tui.core.formats.times import STAMP, leading_time, seconds

NAME = r"(?P<name>[^\s:：*()\[\]#>|`-][^\n:：*()\[\]]{0,59}?)"
LABEL = re.compile(
    rf"{NAME}\s*(?:\((?P<when>{STAMP})\)|\((?P<second>\d{{1,6}})s\)|\([^()\n]{{1,12}}\))?"
    rf"\s*[:：](?!//|\d)\s*(?P<after>{STAMP}(?=\s|$))?\s*"
)
"""A name, perhaps with a time or a short form after it, and a colon."""

NAME_AND_TIME = re.compile(rf"{NAME}\s+\(?(?P<when>{STAMP})\)?\s*$")
"""A line with a name and a time alone: the words come on the next line."""

NAME_WORDS = 5
NAME_CJK = 4
"""Chinese and Japanese names are not longer, but for foreign ones with a dot in them."""

MANY_VOICES = 12
FEWEST_TURNS = 8
SHARE_OF_TURNS = 0.2
FEWEST_STAMPS = 3
RISING = 0.8
"""The share of times that must not go back, for times in a text to be a clock."""

LEAST_STAMPED = 0.1
"""The share of lines that must begin with a time."""

SECTION_SECONDS = 300
JUDGED_BLOCKS = 100
SECTION_WORDS = 1500


@dataclass(frozen=True, slots=True)
class Voices:
    """What a document's labels are made of; empty for a document that is no transcript."""

    names: tuple[str, ...] = ()
    timed: bool = False
    """Lines begin with rising times."""

    def __bool__(self) -> bool:
        return bool(self.names) or self.timed


@dataclass(frozen=True, slots=True)
class Label:
    """What the beginning of a paragraph says about it."""

    speaker: str | None
    start_s: float | None
    length: int
    """How many characters of the paragraph it takes."""


def find_voices(paragraphs: Sequence[Sequence[str]]) -> Voices:
    """Return the names and times that label a document's paragraphs (each a list of lines).

    A paragraph without lines stands for a heading: speakers take turns below one, while the labels of a
    summary's parts come once under each.
    """
    named = [[label_name(line) for line in lines] for lines in paragraphs]
    lines = sum(map(len, named))
    names = recurring(name for paragraph in named for name in paragraph if name)
    openings = sum(1 for paragraph in named if paragraph and paragraph[0] in names)
    labelled = sum(1 for paragraph in named for name in paragraph if name in names)
    if not (covers(openings, sum(map(bool, named))) or covers(labelled, lines)) or not take_turns(
        named, names, labelled
    ):
        names = ()
    return Voices(names, is_timed([line for paragraph in paragraphs for line in paragraph]))


def covers(turns: int, of: int) -> bool:
    """Say whether enough of a document's paragraphs are turns for it to be a transcript."""
    return turns >= FEWEST_TURNS and turns >= SHARE_OF_TURNS * of


def take_turns(named: Sequence[Sequence[str | None]], names: tuple[str, ...], labelled: int) -> bool:
    """Say whether enough of the labels have come before under the same heading."""
    again = 0
    seen: set[str] = set()
    for paragraph in named:
        if not paragraph:
            seen.clear()
        for name in paragraph:
            if name in names:
                again += name in seen
                seen.add(str(name))
    return again >= SHARE_OF_TURNS * labelled


def recurring(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names used at least twice, the commonest dozen of them."""
    return tuple(name for name, uses in Counter(names).most_common(MANY_VOICES) if uses > 1)


def label_name(line: str) -> str | None:
    """Return the name a line would be labelled with, were it in a transcript."""
    head = line.strip()[:120]
    timed = leading_time(head)
    if timed:
        head = head[timed[1] :].lstrip(" -–—")
    found = match_label(head, 0)
    if found is None:
        return None
    name = found["name"].strip()
    return name if is_plausible(name) else None


def is_plausible(name: str) -> bool:
    """Say whether a label could be a name: few words, or few characters where words have no blanks."""
    if CJK.match(name) and "·" not in name and len(name) > NAME_CJK:
        return False
    return len(name.split()) <= NAME_WORDS and not name[0].islower() and not name.startswith("http")


def match_label(text: str, start: int) -> re.Match[str] | None:
    """Return what a label at a place in a text is made of, were the text in a transcript."""
    ends_in_time = text[-1:].isdecimal() or text.endswith(")")
    return (NAME_AND_TIME.match(text, start) if ends_in_time else None) or LABEL.match(text, start)


def is_timed(lines: Sequence[str]) -> bool:
    """Say whether times at the beginning of lines are a clock: several, and rising."""
    found = [timed[0] for timed in map(leading_time, lines) if timed]
    if len(found) < FEWEST_STAMPS or len(found) < LEAST_STAMPED * len(lines):
        return False
    rising = sum(1 for before, after in pairwise(found) if before <= after)
    return rising >= RISING * (len(found) - 1)


def read_label(text: str, voices: Voices) -> Label | None:
    """Return the label a paragraph begins with, if it is one of the document's."""
    head = text[:200]
    timed = leading_time(head) if voices.timed or head[:1] in "([" else None
    start_s, length = timed or (None, 0)
    if voices.names:
        named = read_name(head[length:], voices)
        if named:
            said_at = named.start_s if named.start_s is not None else start_s
            return Label(named.speaker, said_at, length + named.length)
    return Label(None, start_s, length) if timed and (voices.timed or is_alone(text, length)) else None


def read_name(text: str, voices: Voices) -> Label | None:
    """Return the label made by a name of the transcript and the time that may follow it."""
    blanks = len(text) - len(text.lstrip(" -–—"))
    if not text.startswith(voices.names, blanks):
        return None
    found = match_label(text, blanks)
    if found is None or found["name"].strip() not in voices.names:
        return None
    stamps = found.groupdict()
    stamp = stamps.get("when") or stamps.get("after")
    start_s = seconds(stamp) if stamp else None
    if stamps.get("second"):
        start_s = float(stamps["second"])
    length = found.end()
    inner = leading_time(text[length:]) if text[length : length + 1] in ("[", "(") else None
    if inner and start_s is None:
        start_s, length = inner[0], length + inner[1]
    return Label(found["name"].strip(), start_s, length)


def is_alone(text: str, length: int) -> bool:
    """Say whether a label is all there is of a text."""
    return length >= len(text.rstrip())


def voiced(items: Sequence[Item], voices: Voices) -> list[Item]:
    """Return the items with labels taken out of their text into ``speaker`` and ``start_s``.

    A speaker goes on speaking until the next label or heading. A label without any text to go with
    stays as it stands.
    """
    return Turns(voices).read(items) if voices else list(items)


class Turns:
    """The turn being read: who speaks, and a label that waits for its text."""

    def __init__(self, voices: Voices) -> None:
        self.voices = voices
        self.read_so_far: list[Item] = []
        self.speaker: str | None = None
        self.waiting: tuple[Block, Label] | None = None

    def read(self, items: Iterable[Item]) -> list[Item]:
        """Return the items with their labels read."""
        for item in items:
            if isinstance(item, Heading):
                self.stop()
                self.speaker = None
                self.read_so_far.append(item)
            else:
                self.read_block(item)
        self.stop()
        return self.read_so_far

    def read_block(self, block: Block) -> None:
        """Take in the next block."""
        plain = block.kind is BlockKind.PARAGRAPH and not block.depth
        label = read_label(block.text, self.voices) if plain else None
        if label is None:
            self.go_on(block)
            return
        self.stop()
        if is_alone(block.text, label.length):
            self.waiting = (block, label)
            return
        self.speaker = label.speaker or self.speaker
        text = block.text[label.length :]
        spans = shifted(block.spans, -label.length, len(text))
        self.read_so_far.append(
            Block(block.kind, text, 0, spans, speaker=self.speaker, start_s=label.start_s)
        )

    def go_on(self, block: Block) -> None:
        """Add a block without a label to the turn; it is what a waiting label was for."""
        start_s = None
        if self.waiting:
            label = self.waiting[1]
            self.waiting = None
            self.speaker, start_s = label.speaker or self.speaker, label.start_s
        spoken = self.speaker is not None or start_s is not None
        if spoken and block.kind is not BlockKind.RULE:
            block = replace(block, speaker=self.speaker, start_s=start_s)
        self.read_so_far.append(block)

    def stop(self) -> None:
        """End the turn; a label that nothing followed is text of its own."""
        if self.waiting:
            self.read_so_far.append(self.waiting[0])
            self.waiting = None


def parted(items: Sequence[Item]) -> list[Item]:
    """Return a transcript without headings with headings put in, at a turn about every five minutes.

    Where it has no times, about every 1,500 words. A short transcript stays in one piece.
    """
    blocks = [item for item in items if isinstance(item, Block)]
    if len(blocks) < len(items) or sum(count_words(block.text) for block in blocks) <= SECTION_WORDS:
        return list(items)
    cut: list[Item] = []
    timed = are_timed(blocks)
    part, words, begun_s, speaker = 0, 0, 0.0, None
    for block in blocks:
        now_s = block.start_s if timed else None
        is_turn = block.start_s is not None or block.speaker != speaker
        if not part or (is_turn and is_full(words, begun_s, now_s)):
            part, words, begun_s = part + 1, 0, now_s or begun_s
            cut.append(part_heading(part, now_s))
        cut.append(block)
        words += count_words(block.text)
        speaker = block.speaker
    return cut


def are_timed(blocks: Sequence[Block]) -> bool:
    """Say whether a transcript's turns have times: a few within its text are no clock."""
    judged = blocks[:JUDGED_BLOCKS]
    turns = [
        now for before, now in pairwise(judged) if now.start_s is not None or now.speaker != before.speaker
    ]
    return sum(turn.start_s is not None for turn in turns) > len(turns) / 2


def is_full(words: int, begun_s: float, now_s: float | None) -> bool:
    """Say whether a part of a transcript is long enough for a new one to begin."""
    return words >= SECTION_WORDS or (now_s is not None and now_s - begun_s >= SECTION_SECONDS)


def part_heading(part: int, start_s: float | None) -> Heading:
    """Return the heading of a part: its time where that is known, else its number."""
    return Heading(f"Part {part}" if start_s is None else clock(start_s), level=1, start_s=start_s)
