"""Who speaks and when, in transcripts written as text: `Name: …`, `Name (0:12):`, `[0:12] …`.

A line that looks like a label is one only when the document as a whole is a transcript: names that
come back, on enough of its paragraphs. Summaries and notes are full of lines like `Focus: …`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tui.core.episode import CJK
from tui.core.formats.bare_names import ROLE, bare_names
from tui.core.formats.chapter_titles import are_titles
from tui.core.formats.clocked_names import NAME, NAME_AND_TIME, clocked_names
from tui.core.formats.lines import word_set
from tui.core.formats.times import STAMP, UNTIL, leading_time, seconds

LABEL = re.compile(
    rf"\[?{NAME}\]?\s*(?:[(\[](?P<when>{STAMP}){UNTIL}[)\]]|\((?P<second>\d{{1,6}})s\)|(?P<aside>\([^()\n]{{1,40}}\)))?"
    rf"\s*(?::(?!//|\d)|：)\s*(?P<after>{STAMP}(?=\s|$))?\s*"
)
"""A name, perhaps with a time, a short form or a role after it, and a colon."""

NAME_IN_FRONT = re.compile(
    rf"{NAME}\s+(?:\((?P<when>{STAMP}){UNTIL}\)|\[(?P<after>{STAMP}){UNTIL}\])\s+(?=\S)"
)
"""A name and a time in brackets, and the words on the same line."""

OPENING = " -–—>»"
"""Signs before the label of a turn."""

NAME_WORDS = 5
NAME_CJK = 4
"""Chinese and Japanese names are not longer, but for foreign ones with a dot in them."""

NO_NAMES = word_set(
    "note notes question answer example update okay ok well so and but yes no source sources link links edit "
    "quote warning tip music laughter applause summary title date transcript topic"
)
"""Single words before a colon that are seldom anybody's name."""


STRANGER_WORDS = 3
"""Somebody who is first named late in a transcript has a name of so many words at most."""

MANY_VOICES = 12
FEWEST_TURNS = 8
SHARE_OF_TURNS = 0.2
FEWEST_STAMPS = 3
RISING = 0.8
"""The share of times that must not go back, for times in a text to be a clock."""

LEAST_STAMPED = 0.1
"""The share of lines that must begin with a time."""

ASKING = frozenset(
    {("Q", "A"), ("Question", "Answer"), ("Frage", "Antwort"), ("P", "R"), ("问", "答"), ("問", "答")}
)
"""Labels that are turns wherever they come in pairs, in a document that is no transcript otherwise."""

FEWEST_PAIRS = 4


@dataclass(frozen=True, slots=True)
class Voices:
    """What a document's labels are made of; empty for a document that is no transcript."""

    names: tuple[str, ...] = ()
    timed: bool = False
    """Lines begin with rising times."""

    lasting: bool = True
    """Who speaks goes on in the next paragraph. Not so where questions and answers stand among other text."""

    bare: tuple[str, ...] = ()
    """Names that stand alone on a line."""

    def __bool__(self) -> bool:
        return bool(self.names or self.bare) or self.timed


@dataclass(frozen=True, slots=True)
class Label:
    """What the beginning of a paragraph says about it."""

    speaker: str | None
    start_s: float | None
    length: int
    """How many characters of the paragraph it takes."""

    aside: str = ""
    """What else it says in brackets: a role, a short form of the name, a sound."""


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
        names = clocked_names(paragraphs)
    every_line = [line for paragraph in paragraphs for line in paragraph]
    timed = is_timed(every_line) and (bool(names) or not lists_chapters(every_line))
    bare = () if names else bare_names(paragraphs)
    asking = () if names or bare else asking_labels(named)
    return Voices(names or asking, timed, not asking, bare)


def asking_labels(named: Sequence[Sequence[str | None]]) -> tuple[str, ...]:
    """Return the two labels of questions and answers, if several of these stand in a document."""
    labels = [paragraph[0] for paragraph in named if paragraph and paragraph[0]]
    uses = Counter(labels)
    for question, answer in ASKING:
        pairs = sum(1 for before, after in pairwise(labels) if (before, after) == (question, answer))
        if pairs >= FEWEST_PAIRS and uses[question] + uses[answer] >= FEWEST_TURNS:
            return question, answer
    return ()


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
    head = (head[timed[1] :] if timed else head).lstrip(OPENING)
    found = match_label(head, 0)
    if found is None:
        return None
    name = found["name"].strip()
    return name if is_plausible(name) and not is_sentence_like(name) else None


def is_plausible(name: str) -> bool:
    """Say whether a label could be a name: few words, or few characters where words have no blanks."""
    if CJK.match(name) and "·" not in name and len(name) > NAME_CJK:
        return False
    opens_like_one = not name[0].islower() or ROLE.fullmatch(name) is not None
    return len(name.split()) <= NAME_WORDS and opens_like_one and "://" not in name and name[0] != "<"


def is_sentence_like(name: str) -> bool:
    """Say whether the words before a colon are rather the beginning of a sentence: most are in lower case."""
    words = name.split()
    return len(words) > 2 and 2 * sum(word[0].islower() for word in words) > len(words)


def is_stranger(name: str, known: Iterable[str]) -> bool:
    """Say whether a label names somebody a transcript has not named before, by its look.

    A single word is a name only where others are known by one.
    """
    words = name.split()
    if ROLE.fullmatch(name):
        return True
    if len(words) > STRANGER_WORDS or any(not word[0].isupper() or not word[-1].isalpha() for word in words):
        return False
    single = len(words) > 1 or all(" " not in other for other in known)
    return single and not NO_NAMES.intersection(name.lower().split())


def match_label(text: str, start: int) -> re.Match[str] | None:
    """Return what a label at a place in a text is made of, were the text in a transcript."""
    last = text.rstrip()[-1:]
    ends_in_time = last.isdecimal() or last in (")", "]", ":")
    alone = NAME_AND_TIME.match(text, start) if ends_in_time else None
    return alone or LABEL.match(text, start) or NAME_IN_FRONT.match(text, start)


def lists_chapters(lines: Sequence[str]) -> bool:
    """Say whether the lines that begin with times are those of a list of chapters."""
    found = [(timed[0], line[timed[1] :].strip()) for line in lines if (timed := leading_time(line))]
    titles = [title for _, title in found if title]
    return len(titles) == len(found) > 1 and are_titles(titles, found[-1][0] - found[0][0])


def is_timed(lines: Sequence[str]) -> bool:
    """Say whether times at the beginning of lines are a clock: several, and rising."""
    found = [timed[0] for timed in map(leading_time, lines) if timed]
    if len(found) < FEWEST_STAMPS or len(found) < LEAST_STAMPED * len(lines):
        return False
    rising = sum(1 for before, after in pairwise(found) if before <= after)
    return rising >= RISING * (len(found) - 1)


def read_label(text: str, voices: Voices) -> Label | None:
    """Return the label a paragraph begins with, if it is one of the document's."""
    if text.strip() in voices.bare:
        return Label(text.strip(), None, len(text))
    head = text[:200]
    if voices.bare and (bare := read_bare(head, voices)):
        return bare
    timed = leading_time(head) if voices.timed or head[:1] in "([" else None
    start_s, length = timed or (None, 0)
    if voices.names:
        named = read_name(head[length:], voices)
        if named:
            said_at = named.start_s if named.start_s is not None else start_s
            return Label(named.speaker, said_at, length + named.length, named.aside)
    return Label(None, start_s, length) if timed and (voices.timed or is_alone(text, length)) else None


def read_bare(text: str, voices: Voices) -> Label | None:
    """Return the label that a time and a name alone on a line make."""
    timed = leading_time(text)
    name = text[timed[1] :].strip() if timed else ""
    return Label(name, timed[0], len(text)) if timed and name in voices.bare else None


def read_name(text: str, voices: Voices) -> Label | None:
    """Return the label made by a name of the transcript and the time that may follow it."""
    blanks = len(text) - len(text.lstrip(OPENING))
    if not text.startswith(voices.names, blanks + text.startswith("[", blanks)):
        return None
    found = match_label(text, blanks)
    if found is None or found["name"].strip() not in voices.names:
        return None
    return label_of(text, found)


def read_stranger(text: str, voices: Voices) -> Label | None:
    """Return the label a turn of somebody begins with whom a transcript has not named before."""
    timed = leading_time(text[:40])
    length = timed[1] if timed else 0
    head = text[length:200]
    found = match_label(head, len(head) - len(head.lstrip(OPENING)))
    if found is None or not is_stranger(found["name"].strip(), voices.names):
        return None
    label = label_of(head, found)
    start_s = label.start_s if label.start_s is not None or timed is None else timed[0]
    return Label(label.speaker, start_s, length + label.length, label.aside)


def label_of(text: str, found: re.Match[str]) -> Label:
    """Return what a label says that was found in a text."""
    stamps = found.groupdict()
    stamp = stamps.get("when") or stamps.get("after")
    start_s = seconds(stamp) if stamp else None
    if stamps.get("second"):
        start_s = float(stamps["second"])
    length = found.end()
    inner = leading_time(text[length:]) if text[length : length + 1] in ("[", "(") else None
    if inner and start_s is None:
        start_s, length = inner[0], length + inner[1]
    return Label(found["name"].strip(), start_s, length, stamps.get("aside") or "")


def is_label_alone(line: str, voices: Voices) -> bool:
    """Say whether a line is one of the document's labels and no more."""
    label = read_label(line, voices)
    return label is not None and is_alone(line, label.length)


def is_alone(text: str, length: int) -> bool:
    """Say whether a label is all there is of a text."""
    return length >= len(text.rstrip())
