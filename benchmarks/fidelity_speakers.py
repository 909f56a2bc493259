"""Who says what in a transcript, by patterns of our own, and whether the reader has it so.

A label is what stands before a colon at the beginning of a paragraph (of a cue, in SubRip), where the same
name does so at least three times, on a fifth of the paragraphs or more. From there the name speaks on to
the next label or heading.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.fidelity_documents import CUE, Marked, body_of, letters, without_marks
from benchmarks.fidelity_measures import Score
from tui.core.episode import Episode

LABEL = re.compile(
    r"(?:\*\*)?(?P<name>[^\W\d_][^:：*\n#\[\]|<>]{0,39}?)(?: \([^()\n]{1,20}\))?"
    r"(?::\*\*|\*\*[:：]|:(?=\s|$)|：)\s*(?:\d\d:\d\d:\d\d)?"
)
NO_VOICE = frozenset({"Break", "http", "https", "podcast", "slides"})
FEWEST_USES, FEWEST_TURNS, LEAST_SHARE = 3, 8, 0.2
PROBE = 24
"""How many letters of a turn's beginning and of its end are looked for."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody says at a stretch, as letters."""

    speaker: str
    text: str


def turns(marked: Marked) -> list[Turn]:
    """Return the turns of a transcript; none for any other document.

    Among notes, a question or an answer (``Q:``) is one paragraph; names speak on.
    """
    if "transcript" not in marked.document.kind:
        return []
    paragraphs = spoken_paragraphs(marked)
    found = [LABEL.match(paragraph) for paragraph in paragraphs]
    uses = Counter(label["name"].strip() for label in found if label)
    names = {name for name, count in uses.items() if count >= FEWEST_USES} - NO_VOICE
    labelled = sum(1 for label in found if label and label["name"].strip() in names)
    is_captions = marked.document.path.suffix == ".srt"
    if labelled < FEWEST_TURNS or (labelled < LEAST_SHARE * len(paragraphs) and not is_captions):
        return []
    lasts = not any(len(name) == 1 for name in names)
    spoken: list[tuple[str, list[str]]] = []
    speaks = False
    for paragraph, label in zip(paragraphs, found, strict=True):
        if label and label["name"].strip() in names:
            spoken.append((label["name"].strip(), [paragraph[label.end() :]]))
            speaks = True
        elif paragraph.startswith("#") or (label and label["name"].strip() in NO_VOICE):
            speaks = False
        elif speaks and lasts:
            spoken[-1][1].append(paragraph)
    read = (Turn(name, "".join(letters(without_marks(piece)) for piece in said)) for name, said in spoken)
    return [turn for turn in read if turn.text]


def spoken_paragraphs(marked: Marked) -> list[str]:
    """Return a document's paragraphs with their marks; those of SubRip are its cues."""
    document = marked.document
    if document.path.suffix == ".srt":
        return [" ".join(cue[1].split()) for cue in CUE.finditer(document.text)]
    lines = body_of(document.text).split("\n") if document.path.suffix == ".md" else []
    return [line.strip() for line in lines if line.strip()]


def speakers(episode: Episode, there: Sequence[Turn]) -> Score:
    """Return how many beginnings and ends of turns the reader gives to whom says them.

    Blocks of speakers that the document does not have are wrong as well.
    """
    said = [(letters(block.text), block.speaker) for section in episode.sections for block in section.blocks]
    page = "".join(text for text, _ in said)
    owners = [speaker for text, speaker in said for _ in text]
    names = {turn.speaker for turn in there}
    strangers = [speaker for _, speaker in said if speaker and speaker not in names]
    score = Score(found=2 * len(there) + len(strangers), there=2 * len(there))
    score.wrong += [f"+{speaker}" for speaker in strangers]
    at = 0
    for turn in there:
        for probe in (turn.text[:PROBE], turn.text[-PROBE:]):
            place = page.find(probe, at)
            if place >= 0 and owners[place] == turn.speaker:
                score.right += 1
            else:
                score.wrong.append(f"-{turn.speaker}: {probe}")
            at = max(at, place)
        at += len(turn.text[-PROBE:]) if place >= 0 else 0
    return score
