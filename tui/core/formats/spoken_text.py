"""Transcripts written as text: page text whose paragraphs are turns."""

import re
from collections.abc import Set
from dataclasses import replace

from tui.core.formats import page_text
from tui.core.formats.chapters import GENERATED
from tui.core.formats.draft import Draft, Fields, Heading, Item, Source, gather
from tui.core.formats.speech import is_called_transcript
from tui.core.formats.times import STAMP

HEAD_CHARS = 2000
"""How far from its beginning a transcript says who takes part in it."""

LISTED_BELOW = re.compile(
    r"^(?P<label>(?:SUMMARY )?KEYWORDS|(?:MEETING )?(?:SPEAKERS|PARTICIPANTS|ATTENDEES))[ \t]*:?[ \t]*\n"
    r"(?P<listed>[^\n:]{1,400})\n",
    re.I | re.M,
)
"""Who takes part, or what it is about, in a line below its name, as meeting tools have it."""

LABELS = {"summary keywords": "Keywords", "attendees": "Participants"}
"""Names of fields that are known by others."""

SPELLED_OUT = re.compile(
    rf"^(?P<stamp>{STAMP})[ \t]*\n(?:\d+ (?:hours?|minutes?|seconds?)(?:, |$)){{1,3}}\n", re.M
)
"""A time, and the same in words below it, which pages have for those who hear them."""

CHAPTER_ABOVE = re.compile(
    rf"^(?P<title>(?:Chapter|Kapitel|Chapitre|Cap[ií]tulo|Capitolo|Hoofdstuk) \d{{1,3}}: \S[^\n]{{0,120}})\n"
    rf"(?=\n*{STAMP}[ \t]*$)",
    re.M,
)
"""The title of a chapter between the lines of a transcript, above a time alone."""

HEAD_LINES = 8
DATE_LINE = re.compile(
    r"(?:[A-Z]\w{1,8}\.?,? )?"
    r"(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}|\d{4}-\d\d-\d\d)"
    rf",?(?: \d{{1,2}}:\d\d(?::\d\d)? ?(?:[AP]M)?)?(?:\s+[•|·]\s+(?P<length>{STAMP}))?"
)
"""When a meeting or talk was, and perhaps how long, as Otter and Teams have it: nothing else on the line."""


def fits(source: Source) -> bool:
    """Say whether a text is a transcript, with names that come back or times that rise."""
    if not page_text.is_text(source):
        return False
    voices = page_text.voices_of(page_text.paragraphs_of(prepared(source.judged)))
    return bool(voices) or is_called_transcript(source)


def read(source: Source) -> Draft:
    """Return a transcript's turns, under its own headings or in parts."""
    source = replace(source, text=prepared(source.text))
    draft = page_text.read(source, "Its paragraphs begin with speakers or times, or its name says so.")
    chapters = {found["title"].strip() for found in CHAPTER_ABOVE.finditer(source.text)}
    draft = with_headings(draft, chapters) if len(chapters) > 1 else draft
    return replace(draft, fields={**head_fields(source.text), **draft.fields})


def with_headings(draft: Draft, titles: Set[str]) -> Draft:
    """Return a draft in which the paragraphs that are titles of chapters are headings, and no others."""
    items: list[Item] = [Heading(draft.title, 1)] if draft.title in titles else []
    for section in draft.sections:
        if section.title and not GENERATED.fullmatch(section.title):
            items.append(Heading(section.title, section.level, section.spans, section.start_s))
        items += [Heading(block.text, 1) if block.text in titles else block for block in section.blocks]
    return replace(draft, sections=gather(items), title="" if draft.title in titles else draft.title)


def head_fields(text: str) -> Fields:
    """Return the date, and how long it is, from a line of its own above a transcript."""
    for line in text[:HEAD_CHARS].split("\n", HEAD_LINES)[:HEAD_LINES]:
        found = DATE_LINE.fullmatch(line.strip())
        if found:
            return {"date": found["date"]} | ({"duration": found["length"]} if found["length"] else {})
    return {}


def prepared(text: str) -> str:
    """Return a transcript with each time said once, fields on one line, and chapters on their own."""
    head = LISTED_BELOW.sub(as_field, text[:HEAD_CHARS])
    text = SPELLED_OUT.sub(r"\g<stamp>\n", head + text[HEAD_CHARS:])
    return CHAPTER_ABOVE.sub(r"\n\g<title>\n\n", text)


def as_field(found: re.Match[str]) -> str:
    """Return a name and the line below it as one line of metadata."""
    label = LABELS.get(found["label"].lower(), found["label"].capitalize())
    return f"{label}: {found['listed'].strip()}\n"
