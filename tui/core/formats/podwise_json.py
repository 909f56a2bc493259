"""Podwise's own file of a summary: ``<number>_summary.json`` of its command line's cache."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from tui.core.episode import Block, BlockKind
from tui.core.formats import plain
from tui.core.formats.draft import Draft, Heading, Item, Source, gather
from tui.core.formats.json_values import (
    Json,
    first_number,
    first_text,
    items,
    lines_of,
    load,
    mapping,
    number,
    text_of,
)
from tui.core.formats.lines import squeeze, without_mark
from tui.core.formats.times import clock_time

SIGNS = ("takeaways", "chapters", "qas", "highlights", "keywords", "mindmap", "chapter_parts", "intros")
FEWEST_SIGNS = 2

SECTIONS = {
    "summary": "Summary",
    "takeaways": "Takeaways",
    "chapters": "Chapters",
    "qas": "Q&A",
    "highlights": "Highlights",
    "keywords": "Keywords",
    "mindmap": "Mind map",
    "titles": "Titles",
    "intros": "Introductions",
    "timestamps": "Timestamps",
    "chapter_parts": "Parts",
}
"""The fields of the file that are its text, in the order in which they are read, and their headings."""

BRANCH = re.compile(r"(?P<level>#{1,6})\s+(?=\S)")

LATEST_SECONDS = 1e11
"""Moments given by larger numbers are counted in thousandths of a second."""

FIELDS = {"title": "title", "podcastName": "show", "link": "url", "language": "language"}


def fits(source: Source) -> bool:
    """Say whether a text is the JSON of a summary as Podwise keeps it."""
    value = mapping(load(source.judged).value)
    known = sum(name in value for name in SIGNS)
    return isinstance(value.get("summary"), str) and known >= FEWEST_SIGNS


def read(source: Source) -> Draft:
    """Return a summary's parts as sections, and its ``episode`` as fields."""
    value = mapping(load(source.text).value)
    if not isinstance(value.get("summary"), str):
        return plain.read(source)
    shown: list[Item] = []
    for name, title in SECTIONS.items():
        section = list(section_items(name, value.get(name)))
        shown += [Heading(title, 1), *section] if section else []
    fields = episode_fields(mapping(value.get("episode")))
    why = "It is JSON with Podwise's parts of a summary."
    return Draft(gather(shown), why, fields.get("title", ""), fields=fields)


def section_items(name: str, value: object) -> Iterator[Item]:
    """Yield what one field of the file holds."""
    if isinstance(value, str):
        yield from (branch_of(line) for line in lines_of(value))
    for index, entry in enumerate(items(value)):
        if isinstance(entry, dict):
            yield from object_items(name, entry, index + 1)
        elif text_of(entry):
            yield Block(BlockKind.BULLET, squeeze(text_of(entry)), depth=1)


def branch_of(line: str) -> Block:
    """Return a line of a text; the branches of a mind map, which are headings in Markdown, as bullets."""
    branch = BRANCH.match(line)
    if branch:
        return Block(BlockKind.BULLET, squeeze(line[branch.end() :]), depth=len(branch["level"]))
    return without_mark(line) or Block(BlockKind.PARAGRAPH, squeeze(line))


def object_items(name: str, entry: Json, ordinal: int) -> Iterator[Item]:
    """Yield one chapter, question, highlight or keyword."""
    start_s = start_of(entry)
    if name == "chapters":
        title = first_text(entry, "title") or f"Chapter {ordinal}"
        yield Heading(title + (" [ad]" if entry.get("has_ads") is True else ""), 2, start_s=start_s)
        yield from paragraphs(entry.get("summary"), None)
    elif name == "qas":
        yield from paragraphs(entry.get("question"), speaker_of(entry, "question_speaker"))
        yield from paragraphs(entry.get("answer"), speaker_of(entry, "answer_speaker"))
    elif name == "keywords":
        texts = [text for text in (first_text(entry, "key"), first_text(entry, "desc")) if text]
        yield Block(BlockKind.BULLET, ": ".join(texts), depth=1)
    else:
        text = squeeze(" – ".join(text for text in map(text_of, texts_of(entry)) if text))
        if text:
            yield Block(
                BlockKind.QUOTE if name == "highlights" else BlockKind.BULLET, text, 1, start_s=start_s
            )


def texts_of(entry: Json) -> list[object]:
    """Return the texts of an object other than its time."""
    return [value for name, value in entry.items() if name != "time" and isinstance(value, str)]


def paragraphs(value: object, speaker: str | None) -> Iterator[Block]:
    """Yield the paragraphs of a text, said by somebody."""
    for line in lines_of(value):
        yield Block(BlockKind.PARAGRAPH, squeeze(line), speaker=speaker)


def speaker_of(entry: Json, name: str) -> str | None:
    """Return who asks or answers, where that is told."""
    return first_text(entry, name) or None


def start_of(entry: Json) -> float | None:
    """Return when something is said, in seconds."""
    time = entry.get("time")
    return clock_time(time) if isinstance(time, str) else number(time)


def episode_fields(episode: Json) -> dict[str, str]:
    """Return what the file says about the episode."""
    fields = {field: text for name, field in FIELDS.items() if (text := text_of(episode.get(name)))}
    published = first_number(episode, "publishTime", "publish_time")
    if published is not None:
        fields |= date_field(published)
    duration = first_number(episode, "duration")
    if duration:
        fields["duration_seconds"] = str(int(duration))
    elif first_text(episode, "duration"):
        fields["duration"] = first_text(episode, "duration")
    return fields


def date_field(published: float) -> dict[str, str]:
    """Return the field of a date given as Unix time; none for a number that is no date."""
    try:
        moment = datetime.fromtimestamp(published / (1000 if published > LATEST_SECONDS else 1), UTC)
    except (ValueError, OverflowError, OSError):
        return {}
    return {"date": moment.date().isoformat()}
