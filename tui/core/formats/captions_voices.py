"""Who speaks in captions: names before the text, given with each cue or only where they change."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tui.core.formats.clocked_names import NAME
from tui.core.formats.cues import Cue
from tui.core.formats.lines import SENTENCE_END, word_set
from tui.core.formats.turn_labels import is_plausible
from tui.core.people import is_name

LABEL = re.compile(rf"{NAME}\s*[:：](?!//|\d)\s*")
BRACKETED = re.compile(r"\[(?P<name>[^\[\]\n]{1,60})\](?P<colon>\s*[:：])?\s*(?=\S)")
DASH = re.compile(r"\s*[-–—‐]\s*(?=[^\W_]|[\"“¿¡'‘\[(])")

SOUNDS = word_set(
    "music applause laughter laughs laughing laugh inaudible unintelligible crosstalk silence noise sound "
    "blank_audio cheering clapping sighs sigh pause foreign speech background intro outro theme jingle "
    "beep bleep coughs chuckles singing ringing video clip audio break transcript end playing"
)
"""What stands in brackets and is nobody's name."""

FEWEST_LABELS = 3
FEWEST_DASHES = 3
STRANGER_WORDS = 3
"""Somebody who is named only once has a name of so many words at most, behind the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a caption file shows who speaks."""

    names: frozenset[str]
    """That stand before a colon, more than once."""

    bracketed: frozenset[str]
    """That stand in brackets."""

    dashes: bool
    """Lines of two people begin with a dash."""


def voiced_cues(cues: Sequence[Cue], judged: Sequence[Cue]) -> list[Cue]:
    """Return cues with their speakers, the labels taken out of the text, one cue for each turn.

    A speaker goes on until the next label; a turn without a name is nobody's.

    Args:
        cues: All of a file.
        judged: Those that decide how the file names its speakers.
    """
    manner = manner_of(judged)
    voiced: list[Cue] = []
    speaker: str | None = None
    ends_sentence = True
    for cue in cues:
        for turn in turns_of(cue, manner, after_sentence=ends_sentence):
            speaker = turn.speaker or (None if turn.is_turn else speaker)
            if turn.text:
                voiced.append(replace(turn, speaker=speaker))
        ends_sentence = SENTENCE_END.search(cue.text[-8:]) is not None
    return voiced


def manner_of(judged: Sequence[Cue]) -> Manner:
    """Return how a file shows who speaks."""
    lines = [line for cue in judged for line in cue.text.split("\n")]
    labels = Counter(name for name in map(label_name, map(without_dash, lines)) if name)
    names = frozenset(name for name, uses in labels.items() if uses > 1 or is_role(name))
    brackets = Counter(found["name"].strip() for found in map(BRACKETED.match, lines) if found)
    with_colon = {found["name"].strip() for found in map(BRACKETED.match, lines) if found and found["colon"]}
    bracketed = frozenset(
        name
        for name, uses in brackets.items()
        if name in with_colon or (uses >= FEWEST_LABELS and is_bracketed_name(name))
    )
    dashes = sum(1 for line in lines if DASH.match(line)) >= FEWEST_DASHES or any(map(is_exchange, judged))
    enough = sum(labels[name] for name in names) >= FEWEST_LABELS
    return Manner(names if enough else frozenset(), bracketed, dashes)


def is_exchange(cue: Cue) -> bool:
    """Say whether a cue shows the words of two people: it and another of its lines begin with a dash."""
    first, *others = cue.text.split("\n")
    return DASH.match(first) is not None and any(map(DASH.match, others))


def is_role(name: str) -> bool:
    """Say whether a label is one that programs give to voices they can't name."""
    return re.fullmatch(r"(?:Speaker|SPEAKER|Voice|Person)[ _]?(?:\d{1,3}|[A-Z])", name) is not None


def is_bracketed_name(name: str) -> bool:
    """Say whether what stands in brackets could be somebody's name, and is no sound."""
    return (is_role(name) or is_name(name)) and not SOUNDS.intersection(name.lower().split())


def without_dash(line: str) -> str:
    """Return a line without the dash or arrows of a turn before it."""
    return line.lstrip(" >-–—")


def label_name(line: str) -> str | None:
    """Return the name a line would be labelled with, if captions of the file had labels."""
    found = LABEL.match(line[:80])
    name = found["name"].strip() if found else ""
    return name if name and is_plausible(name) and not name.isdecimal() else None


def turns_of(cue: Cue, manner: Manner, *, after_sentence: bool) -> Iterator[Cue]:
    """Yield the turns of one cue, each with its own name if it has one."""
    lines: list[str] = []
    now = replace(cue, text="")
    for line in cue.text.split("\n"):
        text, is_turn = (line[dash.end() :], True) if (dash := dash_of(line, manner)) else (line, False)
        name, text = taken_label(text, manner, is_turn=is_turn or cue.is_turn, may_be_new=after_sentence)
        if is_turn or name:
            yield replace(now, text="\n".join(lines).strip())
            lines = []
            now = replace(cue, speaker=name or cue.speaker, is_turn=True, text="")
        lines.append(text)
        after_sentence = SENTENCE_END.search(line[-8:]) is not None
    yield replace(now, text="\n".join(lines).strip())


def dash_of(line: str, manner: Manner) -> re.Match[str] | None:
    """Return the dash a line begins with, in a file where dashes mark turns."""
    return DASH.match(line) if manner.dashes else None


def taken_label(line: str, manner: Manner, *, is_turn: bool, may_be_new: bool) -> tuple[str | None, str]:
    """Return who a line is labelled with, if anybody, and the text behind the label."""
    if manner.bracketed:
        found = BRACKETED.match(line)
        if found and found["name"].strip() in manner.bracketed:
            return found["name"].strip(), line[found.end() :]
    name = label_name(line) if manner.names or is_turn else None
    if name is None:
        return None, line
    is_known = name in manner.names or is_turn
    is_stranger = may_be_new and is_name(name) and len(name.split()) <= STRANGER_WORDS
    found = LABEL.match(line[:80])
    return (name, line[found.end() :]) if found and (is_known or is_stranger) else (None, line)
