"""Transcripts as programs write them in JSON, whatever they call a text, its time and its speaker.

Read are those of Whisper and its relatives (``segments``, ``chunks``, ``words``), Podcasting 2.0
(``startTime``, ``body``), Podwise (milliseconds), Deepgram and AssemblyAI (``utterances``), Rev
(``monologues``), Amazon (``items``) and YouTube (``events``). All are lists of objects with a text each, so
one table of names serves them all.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from tui.core.cleaning import clean, clean_line
from tui.core.episode import Block, BlockKind
from tui.core.formats import plain
from tui.core.formats.captions_text import turns
from tui.core.formats.captions_voices import voiced_cues
from tui.core.formats.chapters import Chapter, json_chapters, with_chapters
from tui.core.formats.cues import Cue, transcript_items
from tui.core.formats.draft import JUDGED_CHARS, Draft, Item, Source, gather
from tui.core.formats.json_values import (
    Json,
    Loaded,
    first_number,
    first_text,
    items,
    load,
    mapping,
    number,
    objects,
    text_of,
)
from tui.core.formats.lines import word_set
from tui.core.formats.long_text import pieces
from tui.core.formats.parts import parted
from tui.core.formats.times import STAMP, seconds

Path = tuple[str | int, ...]

FIRST_CHANNEL: Path = ("results", "channels", 0, "alternatives", 0)
PATHS: tuple[Path, ...] = (
    *((), ("segments",), ("utterances",), ("results", "utterances"), ("transcription",), ("chunks",)),
    *(("transcript",), ("transcript", "segments"), ("monologues",), ("events",), ("cues",), ("captions",)),
    *(("subtitles",), ("sentences",), ("data", "segments"), ("output", "segments"), ("result", "segments")),
    *((*FIRST_CHANNEL, "paragraphs", "paragraphs"), ("results", "audio_segments"), ("words",)),
    *(("word_segments",), ("results", "items"), (*FIRST_CHANNEL, "words"), ("results",), ("data",)),
)
"""Where the list of texts stands: the largest pieces first, and those that name speakers."""

TEXT_NAMES = (
    "text",
    "body",
    "content",
    "transcript",
    "punctuated_word",
    "word",
    "sentence",
    "caption",
    "value",
)
PIECE_NAMES = ("segs", "elements", "sentences", "words", "alternatives")
"""Lists in which a text stands in pieces."""

PIECE_TEXTS = ("utf8", "value", "text", "punctuated_word", "word", "content")
START_NAMES = ("start", "startTime", "start_time", "begin", "offset", "ts", "from", "timestamp", "time")
START_MS_NAMES = ("tStartMs", "start_ms", "startMs", "offsetMs")
END_NAMES = ("end", "endTime", "end_time", "end_ts", "to")
END_MS_NAMES = ("end_ms", "endMs")
LENGTH_NAMES = ("duration", "dur")
LENGTH_MS_NAMES = ("dDurationMs", "duration_ms", "durationMs")
SPEAKER_NAMES = ("speaker", "speaker_name", "speakerName", "speaker_label", "speakerLabel", "speaker_id")
NUMBERED_SPEAKER = re.compile(r"\d{1,3}|[A-Z]")

FIELD_NAMES = {
    "title": ("title",),
    "show": ("podcastName", "podcast", "show"),
    "author": ("author",),
    "language": ("language", "language_code", "lang"),
    "url": ("url",),
    "date": ("date",),
    "duration_seconds": ("duration", "audio_duration", "audioDuration"),
}
"""Fields of a document, and what programs call them."""

FEWEST_TEXTS = 0.5
JUDGED_OBJECTS = 50
LONG_TURN = 200
"""No piece of speech lasts so many seconds on average: then the numbers are milliseconds."""

LONG_WORD = 20
"""The same for single words."""

TEXT_ALONE = re.compile(r'\s*\{\s*"text"\s*:\s*"')
CUT_STRING = re.compile(r'"(?:[^"\\]++|\\u[0-9A-Fa-f]{4}|\\[^u])*+')
"""As much of a string as is whole, without an escape that is cut."""

TEXT_COMPANIONS = word_set("text language segments duration task words usage model logprobs")
"""With these, a text is one of Whisper's."""


def fits(source: Source) -> bool:
    """Say whether a text is the JSON of a transcript."""
    found = load(source.judged)
    if found.value == {} and not found.complete:
        # Its text comes first, and is longer than what decides.
        return TEXT_ALONE.match(source.judged) is not None
    return bool(texts_in(found.value)) or is_text_alone(found.value)


def read(source: Source) -> Draft:
    """Return a transcript's paragraphs; JSON that is none after all comes back as it stands."""
    loaded = load(source.text)
    fields = fields_of(mapping(loaded.value))
    found = texts_in(loaded.value)
    is_long = len(source.text) > JUDGED_CHARS
    if found:
        judged = cues_of(texts_in(load(source.judged).value)) if is_long else None
        cues = cues_of(found)
        judged = cues if judged is None else judged
        if not any(cue.speaker for cue in judged):
            cues = voiced_cues(cues, judged)
        shown = with_chapters(gather(transcript_items(cues, long=is_long)), chapters_in(loaded.value, found))
        return Draft(shown, "It is JSON with a text for each time.", fields.get("title", ""), fields=fields)
    if is_text_alone(loaded.value) or TEXT_ALONE.match(source.judged):
        paragraphs = gather(text_alone(source, loaded))
        return Draft(paragraphs, "It is JSON with one text.", fields.get("title", ""), fields=fields)
    return plain.read(source)


def chapters_in(value: object, found: Sequence[Json]) -> list[Chapter]:
    """Return the chapters that stand beside the texts, their times in the same unit as those of the texts."""
    unit = unit_of(found[:JUDGED_OBJECTS]) if mapping(value).get("chapters") else 1.0
    return [replace(one, start_s=rounded(one.start_s * unit) or 0.0) for one in json_chapters(mapping(value))]


def is_text_alone(value: object) -> bool:
    """Say whether a value is a transcript in one text, as Whisper gives it without times."""
    names = set(mapping(value))
    return "text" in names and names <= TEXT_COMPANIONS and isinstance(mapping(value)["text"], str)


def text_alone(source: Source, loaded: Loaded) -> list[Item]:
    """Return the paragraphs of a transcript in one text; a cut one stays one part, for times may follow."""
    value = mapping(loaded.value).get("text")
    if not isinstance(value, str):
        opening = TEXT_ALONE.match(source.text)
        begun = CUT_STRING.match(source.text, opening.end() - 1) if opening else None
        value = load(f'{begun[0]}"').value if begun else source.text
    text = " ".join(clean_line(value).split()) if isinstance(value, str) else source.text
    blocks = [Block(BlockKind.PARAGRAPH, text[start:end]) for start, end in pieces(text)]
    return parted(blocks) if loaded.complete else list(blocks)


def texts_in(value: object) -> list[Json]:
    """Return the first list in a value whose objects have texts with times or speakers; empty without one."""
    for path in PATHS:
        listed = at_path(value, path)
        found = objects(listed)
        judged = found[:JUDGED_OBJECTS]
        known = sum(1 for item in judged if is_spoken(item))
        if known and known >= FEWEST_TEXTS * len(judged):
            return found
    return []


def at_path(value: object, path: Path) -> object:
    """Return what stands at a path of names and indexes in a value; None where there is nothing."""
    for step in path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and len(value) > step else None
        else:
            value = mapping(value).get(step)
    return value


def is_spoken(item: Json) -> bool:
    """Say whether an object is a text that somebody says or that has a time."""
    has_text = any(isinstance(item.get(name), str) for name in TEXT_NAMES)
    has_text = has_text or any(isinstance(item.get(name), list) for name in PIECE_NAMES)
    return has_text and (start_of(item) is not None or speaker_of(item) is not None or "tStartMs" in item)


def cues_of(found: Sequence[Json]) -> list[Cue]:
    """Return the cues that the objects of a list are."""
    judged = found[:JUDGED_OBJECTS]
    unit = unit_of(judged)
    if are_words(judged):
        return words_joined(found, unit)
    cues: list[Cue] = []
    for item in found:
        start_s, end_s = times_of(item, unit)
        speaker = speaker_of(item)
        for turn in turns(start_s, end_s, spoken_text(item), None):
            cues.append(replace(turn, speaker=speaker))
    return cues


def are_words(judged: Sequence[Json]) -> bool:
    """Say whether the texts are words, of which those that follow a blank begin with it."""
    words = [item.get("word") or item.get("text") for item in judged]
    blank = sum(1 for word in words if isinstance(word, str) and word[:1] == " " and " " not in word.strip())
    return blank > len(judged) / 2


def words_joined(found: Iterable[Json], unit: float) -> list[Cue]:
    """Return the cues of words, put together where no blank parts them: ``co``, ``-author``."""
    cues: list[Cue] = []
    texts: list[list[str]] = []
    for item in found:
        start_s, end_s = times_of(item, unit)
        word, speaker = spoken_text(item), speaker_of(item)
        if cues and word[:1] != " " and cues[-1].speaker == speaker:
            texts[-1].append(word)
        else:
            cues.append(Cue(start_s, end_s, "", speaker))
            texts.append([word])
    return [replace(cue, text="".join(pieces).strip()) for cue, pieces in zip(cues, texts, strict=True)]


def spoken_text(item: Json) -> str:
    """Return an object's text, lines apart, not yet clean of marks; "" where it has none."""
    for name in TEXT_NAMES:
        value = item.get(name)
        if isinstance(value, str):
            return clean(value).text
    for name in PIECE_NAMES:
        pieces_of_it = objects(item.get(name))
        if pieces_of_it:
            return joined_pieces(pieces_of_it[:1] if name == "alternatives" else pieces_of_it)
    return ""


def joined_pieces(found: Sequence[Json]) -> str:
    """Return the text that stands in pieces: with their own blanks if any has one, else with one between."""
    texts = [
        value
        for item in found
        for value in [next((item[name] for name in PIECE_TEXTS if isinstance(item.get(name), str)), None)]
        if isinstance(value, str)
    ]
    has_blanks = any(text[:1].isspace() or text[-1:].isspace() for text in texts)
    return clean(("" if has_blanks else " ").join(texts)).text


def times_of(item: Json, unit: float) -> tuple[float | None, float | None]:
    """Return when an object's text begins and ends, in seconds, as far as it says so.

    Args:
        item: The object.
        unit: How many seconds one of its numbers counts, where its name doesn't tell.
    """
    start = start_of(item)
    start_s = None if start is None else start * unit
    start_ms = first_number(item, *START_MS_NAMES)
    if start_ms is not None:
        start_s = start_ms / 1000
    return rounded(start_s), rounded(end_of(item, start_s, unit))


def end_of(item: Json, start_s: float | None, unit: float) -> float | None:
    """Return when an object's text ends, in seconds."""
    end_ms = first_number(item, *END_MS_NAMES)
    if end_ms is not None:
        return end_ms / 1000
    end = next((time for time in map(time_of, map(item.get, END_NAMES)) if time is not None), None)
    pair = items(item.get("timestamp"))
    end = time_of(pair[1]) if end is None and len(pair) > 1 else end
    if end is not None:
        return end * unit
    length, length_ms = first_number(item, *LENGTH_NAMES), first_number(item, *LENGTH_MS_NAMES)
    if start_s is None or (length is None and length_ms is None):
        return None
    return start_s + (length_ms / 1000 if length_ms is not None else (length or 0.0) * unit)


def rounded(time_s: float | None) -> float | None:
    """Return a time to the thousandth of a second; one that can be none is not known."""
    return round(time_s, 3) if time_s is not None and 0 <= time_s < 1e7 else None


def start_of(item: Json) -> float | None:
    """Return the number that says when an object's text begins, in whatever unit."""
    offsets = mapping(item.get("offsets"))
    if "from" in offsets:
        start_ms = number(offsets["from"])
        return None if start_ms is None else start_ms / 1000
    for name in START_NAMES:
        value = item.get(name)
        pair = items(value)
        found = time_of(pair[0] if pair else value)
        if found is not None:
            return found
    nested = objects(item.get("elements") or item.get("sentences") or item.get("words"))
    return (
        start_of(nested[0]) if nested and not ({"elements", "sentences", "words"} & set(nested[0])) else None
    )


def time_of(value: object) -> float | None:
    """Return a time given as a number, as ``"1.5s"`` or as ``"00:01:02.5"``."""
    if isinstance(value, str):
        text = value.strip()[:20].removesuffix("s")
        if re.fullmatch(STAMP, text):
            return seconds(text)
        return number(text) if text else None
    return number(value)


def unit_of(judged: Sequence[Json]) -> float:
    """Return how many seconds the numbers of a list count: 1, or a thousandth if they would be too long."""
    lengths: list[float] = []
    for item in judged:
        start = start_of(item)
        end = end_of(item, start, 1.0)
        if start is not None and end is not None:
            lengths.append(end - start)
    if not lengths:
        starts = [start for start in map(start_of, judged) if start is not None]
        lengths = [after - before for before, after in pairwise(starts)]
    longest = LONG_WORD if judged and "word" in judged[0] else LONG_TURN
    return 0.001 if lengths and sorted(lengths)[len(lengths) // 2] > longest else 1.0


def speaker_of(item: Json) -> str | None:
    """Return who says an object's text; a voice that only has a number or letter is called a speaker."""
    for name in SPEAKER_NAMES:
        value = item.get(name)
        named = mapping(value)
        text = text_of(named.get("name") or named.get("label") or named.get("id") if named else value)
        if text:
            return f"Speaker {text}" if NUMBERED_SPEAKER.fullmatch(text) else text[:80]
    return None


def fields_of(value: Json) -> dict[str, str]:
    """Return what a transcript's JSON says about the episode."""
    fields: dict[str, str] = {}
    for holder in (value, mapping(value.get("metadata")), mapping(value.get("result"))):
        for field, names in FIELD_NAMES.items():
            text = first_text(holder, *names)
            if text:
                fields.setdefault(field, text)
    return fields
