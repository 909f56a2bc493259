"""Captions: SubRip, WebVTT and YouTube's own plain shape, as transcripts that can be read.

SubRip has no standard; WebVTT is a W3C candidate recommendation. Real files of both have missing numbers,
blank lines and hours, and marks of each other, so one reader takes them all, by their lines of times.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from tui.core.episode import Block, BlockKind
from tui.core.formats.captions_text import read_cue_text
from tui.core.formats.captions_voices import voiced_cues
from tui.core.formats.cues import Cue, transcript_items
from tui.core.formats.draft import JUDGED_CHARS, Draft, Source, gather
from tui.core.formats.long_text import pieces
from tui.core.formats.parts import parted
from tui.core.formats.speech import CAPTION_HEAD
from tui.core.formats.times import seconds
from tui.core.metadata import field_line

CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,:]\d{1,3})?"
TIMING = re.compile(
    rf"\s*(?P<start>{CLOCK})(?:\s*-{{1,3}}>\s*(?P<end>{CLOCK})?|,(?P<until>\d{{1,2}}:{CLOCK})\s*$)"
)
"""The line above a cue's text: ``0:01.5 --> 0:02.5``, or ``0:00:01.500,0:00:02.500`` as YouTube writes it."""

SUFFIXES = frozenset({".srt", ".vtt", ".sbv", ".webvtt"})
SIGNATURE = "WEBVTT"
UNSHOWN = re.compile(r"(?:NOTE|STYLE|REGION)(?=\s|$)")
"""Blocks of WebVTT that are not for viewers; their lines end at the next blank one."""

FEWEST_CUES = 2
LEAST_SHARE = 0.12
"""The share of a text's lines that must be times; in captions every third or fourth is."""

HEADER_FIELD = re.compile(r"\s*(?P<key>[A-Za-z][\w -]{0,30}):\s*(?P<value>[^;]*?)\s*(?:;|$)")
NOTED_LANGUAGE = re.compile(r"NOTE\s+language:\s*(?P<code>[A-Za-z]{2,3}(?:-\w+)*)\s*$", re.I)


def fits(source: Source) -> bool:
    """Say whether a text is a file of captions."""
    judged = source.judged
    if judged.lstrip().startswith(SIGNATURE):
        return CAPTION_HEAD.match(judged) is None or "-->" in judged
    lines = [line for line in judged.split("\n") if line.strip()]
    times = sum(1 for line in lines if TIMING.match(line))
    is_named = PurePath(source.name).suffix.lower() in SUFFIXES
    return times >= (1 if is_named else FEWEST_CUES) and times >= LEAST_SHARE * len(lines)


def read(source: Source) -> Draft:
    """Return captions as the paragraphs of a transcript."""
    captions = captions_of(source.text)
    judged = captions_of(source.judged).cues if len(source.text) > JUDGED_CHARS else captions.cues
    cues = voiced_cues(captions.cues, judged)
    items = transcript_items(cues, long=len(source.text) > JUDGED_CHARS)
    kind = "WebVTT's first line" if captions.is_webvtt else "lines with two times"
    return Draft(gather(items), f"It has cues under {kind}.", captions.title, fields=dict(captions.fields))


def is_flattened(source: Source) -> bool:
    """Say whether a text begins with what is left of a caption file's head."""
    return CAPTION_HEAD.match(source.text) is not None


def read_flattened(source: Source) -> Draft:
    """Return captions that lost their times, without what is left of their head."""
    head = CAPTION_HEAD.match(source.text)
    language = head["language"] if head else ""
    text = " ".join(source.text[head.end() if head else 0 :].split())
    blocks = [Block(BlockKind.PARAGRAPH, text[start:end]) for start, end in pieces(text)]
    return Draft(gather(parted(blocks)), "It begins like captions.", fields={"language": language})


@dataclass(slots=True)
class Captions:
    """What a caption file holds."""

    cues: list[Cue] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    title: str = ""
    is_webvtt: bool = False


def captions_of(text: str) -> Captions:
    """Return what a caption file holds; the marks of its cues are read, but not yet their speakers."""
    captions = Captions()
    lines = text.lstrip().split("\n")
    begin = 0
    if lines[0].startswith(SIGNATURE):
        captions.is_webvtt = True
        begin = read_head(lines, captions)
    for raw in raw_cues(lines, begin, captions):
        captions.cues += read_cue_text(raw.start_s, raw.end_s, "\n".join(raw.lines))
    return captions


def read_head(lines: Sequence[str], captions: Captions) -> int:
    """Take in what WebVTT's head says: a title behind the signature, fields; return the line after it."""
    title = lines[0][len(SIGNATURE) :].strip(" \t-–—:")
    for index, line in enumerate([title, *lines[1:]]):
        if index and (not line.strip() or "-->" in line or UNSHOWN.match(line)):
            return index
        fields = list(HEADER_FIELD.finditer(line))
        for found in fields:
            known = field_line(f"{found['key']}: {found['value']}")
            if known:
                captions.fields.setdefault(*known)
        if index == 0 and not fields:
            captions.title = line
    return len(lines)


@dataclass(slots=True)
class RawCue:
    """A cue's lines as they stand in the file."""

    start_s: float | None
    end_s: float | None
    lines: list[str] = field(default_factory=list)


def raw_cues(lines: Sequence[str], begin: int, captions: Captions) -> Iterator[RawCue]:
    """Yield the cues of a file; text above the first is one without times."""
    cue = RawCue(None, None)
    unshown = False
    for line in lines[begin:]:
        timing = (
            TIMING.match(line) if ":" in line and ("-->" in line or "->" in line or "," in line) else None
        )
        if timing:
            drop_identifier(cue, in_webvtt=captions.is_webvtt)
            yield cue
            end = timing["end"] or timing["until"]
            cue = RawCue(clock_seconds(timing["start"]), clock_seconds(end) if end else None)
            unshown = False
        elif not line.strip():
            cue.lines.append("")
            unshown = False
        elif captions.is_webvtt and UNSHOWN.match(line) and not (cue.lines and cue.lines[-1]):
            unshown = True
            note_language(line, captions)
        elif not unshown:
            cue.lines.append(line)
    yield cue


def note_language(line: str, captions: Captions) -> None:
    """Take in a note that tells the language, as Microsoft's recorders write it."""
    found = NOTED_LANGUAGE.match(line)
    if found:
        captions.fields.setdefault("language", found["code"])


def drop_identifier(cue: RawCue, *, in_webvtt: bool) -> None:
    """Take the identifier of the next cue off the end of a cue's lines.

    It is a number, or in WebVTT any line that stands alone above the times.
    """
    while cue.lines and not cue.lines[-1]:
        cue.lines.pop()
    if not cue.lines:
        return
    *before, _last = cue.lines
    # What is all of a cue's text belongs to it: YouTube puts a line with a blank above its first words.
    has_text_above = any(before) or cue.start_s is None
    stands_alone = has_text_above and not (before and before[-1])
    is_number = cue.lines[-1].strip().isdecimal()
    if (is_number and (stands_alone or len(cue.lines) > 1)) or (in_webvtt and stands_alone):
        cue.lines.pop()


def clock_seconds(stamp: str) -> float:
    """Return the seconds of a cue's time; frames or thousandths may stand behind a third colon."""
    if stamp.count(":") > 2:
        stamp = ".".join(stamp.rsplit(":", 1))
    return round(seconds(stamp), 3)
