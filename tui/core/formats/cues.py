"""From cues, short texts with their times, to paragraphs that can be read.

Captions are cut to fit a screen and transcripts of programs to fit a breath; sentences run over them. A
paragraph ends where the speaker changes, at a long pause, and at a readable length where a sentence ends.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tui.core.episode import CJK, Block, BlockKind
from tui.core.formats.draft import Item
from tui.core.formats.lines import SENTENCE_END
from tui.core.formats.long_text import (
    CJK_SHARE,
    LONGEST_CHARS,
    READABLE_CHARS,
    STOP,
    is_cjk,
    pieces,
)
from tui.core.formats.parts import parted

PAUSE_S = 3.0
"""A silence of so many seconds behind a sentence ends a paragraph."""

LONG_PAUSE_S = 10.0
"""So long a one does wherever it falls."""

BREATH_S = 0.8
"""At a readable length a silence like this is enough where nobody wrote stops."""

CJK_JUDGED = 50
"""How many cues tell the script."""

ROLLING_JUDGED = 300
ROLLING_SHARE = 0.2
FEWEST_ROLLING = 3
"""Captions roll when that many of the first cues repeat what the one before them showed."""

LEAST_OVERLAP = 3
"""Words that a rolling cue must share with the one before it, where they are not whole lines."""

LONGEST_OVERLAP = 100


@dataclass(frozen=True, slots=True)
class Cue:
    """A text and when it is said."""

    start_s: float | None
    end_s: float | None

    text: str
    """Clean; lines as they are shown on the screen."""

    speaker: str | None = None
    """Who says it, as far as that is known."""

    is_turn: bool = False
    """Somebody else begins to speak, even if nobody is named."""


def transcript_items(cues: Sequence[Cue], *, long: bool) -> list[Item]:
    """Return a transcript's paragraphs under headings at its own pauses, about every five minutes.

    Args:
        cues: In the order of the file.
        long: The file is so long that it gets headings however few its words are: a file's head must be
            parted like the whole.
    """
    paragraphs, silences = paragraphs_of(without_repeats(cues))
    return parted(paragraphs, silences, always=long)


def paragraphs_of(cues: Sequence[Cue]) -> tuple[list[Block], list[float]]:
    """Return the paragraphs that cues make up, and the silence before each in seconds."""
    scale = CJK_SHARE if is_cjk("".join(cue.text for cue in cues[:CJK_JUDGED])) else 1
    building = Paragraphs(READABLE_CHARS // scale, LONGEST_CHARS // scale)
    for cue in cues:
        text = " ".join(cue.text.split())
        if len(text) <= LONGEST_CHARS // scale:
            building.add(cue, text)
            continue
        for start, end in pieces(text):
            building.add(cue if start == 0 else replace(cue, is_turn=False), text[start:end])
    building.end()
    return building.blocks, building.silences


class Paragraphs:
    """Paragraphs, and the one that is being put together."""

    def __init__(self, readable: int, longest: int) -> None:
        self.readable = readable
        self.longest = longest
        self.blocks: list[Block] = []
        self.silences: list[float] = []
        self.texts: list[str] = []
        self.length = 0
        self.first: Cue | None = None
        self.before: Cue | None = None
        self.silence_s = 0.0

    def add(self, cue: Cue, text: str) -> None:
        """Take in the next cue and its text on one line."""
        if not text:
            return
        silence_s = silence(self.before, cue)
        if self.first and self.ends_before(cue, text, silence_s):
            self.end()
        self.before = cue
        while text:
            if self.first is None:
                self.first, self.silence_s = cue, silence_s
            end, begin = self.full_at(text)
            self.append(text[:end])
            text = text[begin:]
            if text:
                self.end()
                silence_s = 0.0

    def ends_before(self, cue: Cue, text: str, silence_s: float) -> bool:
        """Say whether a cue begins a new paragraph."""
        if cue.is_turn or (self.before and cue.speaker != self.before.speaker) or silence_s >= LONG_PAUSE_S:
            return True
        is_full = self.length >= self.readable
        if SENTENCE_END.search(self.texts[-1][-8:]):
            return is_full or silence_s >= PAUSE_S
        return (is_full and silence_s >= BREATH_S) or self.length + len(text) > self.longest

    def full_at(self, text: str) -> tuple[int, int]:
        """Return where in a cue's text the paragraph is full, and where the next one begins."""
        if self.length + len(text) > self.readable:
            stop = STOP.search(text, max(0, self.readable - self.length))
            if stop:
                return stop.start() + len(stop[0].rstrip()), stop.end()
        return len(text), len(text)

    def append(self, text: str) -> None:
        """Add some text, with a blank before it where its script has blanks."""
        gap = gap_between(self.texts[-1], text) if self.texts else ""
        self.texts += [gap, text] if gap else [text]
        self.length += len(gap) + len(text)

    def end(self) -> None:
        """Close the paragraph."""
        if self.first is None:
            return
        text, speaker = "".join(self.texts), self.first.speaker or None
        self.blocks.append(Block(BlockKind.PARAGRAPH, text, speaker=speaker, start_s=self.first.start_s))
        self.silences.append(self.silence_s)
        self.texts, self.length, self.first = [], 0, None


def silence(before: Cue | None, cue: Cue) -> float:
    """Return how long nothing is said between two cues, in seconds; 0 where that is not known."""
    if before is None or before.end_s is None or cue.start_s is None:
        return 0.0
    return max(0.0, cue.start_s - before.end_s)


def gap_between(before: str, text: str) -> str:
    """Return what stands between two texts that are joined: a blank.

    Nothing stands within Chinese or Japanese text, or before a closing mark that stands alone.
    """
    is_mark = len(text) <= 3 and all(character in ".,;:!?…%)]}'’”。，、！？" for character in text)
    if is_mark or (CJK.match(before[-1]) and CJK.match(text[0])):
        return ""
    return " "


def without_repeats(cues: Sequence[Cue]) -> Sequence[Cue]:
    """Return cues without what they repeat of the cue before them, if they roll over the screen.

    Captions made by YouTube show each line in two or three cues; others scroll, or grow by a word. In cues
    that do not, the same words twice were said twice.
    """
    judged = cues[:ROLLING_JUDGED]
    rolling = sum(1 for before, cue in pairwise(judged) if repeated_words(before.text, cue.text, least=2))
    if rolling < FEWEST_ROLLING or rolling < ROLLING_SHARE * len(judged):
        return cues
    return list(new_words(cues))


def new_words(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Yield what is new in each cue that rolls; a cue that only stays on the screen is left out."""
    before: Cue | None = None
    for cue in cues:
        cut = repeated_words(before.text, cue.text) if before and before.speaker == cue.speaker else 0
        words = cue.text.split()
        if cut < len(words):
            yield replace(cue, text=" ".join(words[cut:])) if cut else cue
        if words:
            before = cue


def repeated_words(before: str, text: str, least: int = 1) -> int:
    """Return how many of a cue's first words are the last ones of the cue before it.

    They are repeated only if they are whole lines, all of one of the two cues, or several words.

    Args:
        before: The text of the cue before.
        text: The text of the cue.
        least: Repeats of fewer words are none.
    """
    earlier, words = before.split(), text.split()
    lines = line_starts(text)
    for count in range(min(len(earlier), len(words), LONGEST_OVERLAP), max(1, least) - 1, -1):
        is_telling = count >= LEAST_OVERLAP or count in lines or count == len(earlier)
        if is_telling and earlier[-count:] == words[:count]:
            return count
    return 0


def line_starts(text: str) -> set[int]:
    """Return after how many words of a text one of its lines ends."""
    ends, count = set(), 0
    for line in text.split("\n"):
        count += len(line.split())
        ends.add(count)
    return ends
