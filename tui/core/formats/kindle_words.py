"""The words of Kindle's exports, in the languages of its devices: authors, places, notes."""

import re

from tui.core.episode import CJK
from tui.core.formats.lines import squeeze

BRACKETS = {")": "(", "）": "（"}
NO_AUTHOR = frozenset({"null", "unknown", "unknown author", "(null)"})

NOTE = re.compile(
    r"\b(?:notes?|notiz|notitie|nota|notatka|notat|poznámka|anteckning|muistiinpano|заметк\w+|not|nóta)\b|笔记|筆記|メモ|노트|메모",
    re.I,
)
"""What a note is called on the line that says what an entry is."""

PLACE = re.compile(r"(?P<word>[^\W\d_]+\.?)\s+(?P<number>#?\s?[\dIVXLCivxlc][\d\w-]*)\s*$")
"""The word for a kind of place and its number, at the end: ``page 12``, ``Location 145-146``."""

PLAIN_PLACE = re.compile(r"#?\d[\d,.-]*")


def title_and_author(line: str) -> tuple[str, str]:
    """Return a book's title and its author, who stands in the last brackets; brackets may nest."""
    text = squeeze(line)
    opening = BRACKETS.get(text[-1:])
    if opening is None:
        return text, ""
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        depth += (text[index] in BRACKETS) - (text[index] in BRACKETS.values())
        if depth == 0:
            title, author = text[:index].strip(), text[index + 1 : -1].strip("()（） ")
            known = author.lower() not in NO_AUTHOR
            return (title, author if known else "") if title else (text, "")
    return text, ""


def authors_of(author: str) -> tuple[str, ...]:
    """Return the authors that a text names, with the family name last: ``Brandt, Ida; Marsh, Olu``."""
    names: list[str] = []
    for part in re.split(r"[;；&]", author):
        family, comma, given = squeeze(part).partition(", ")
        is_turned = bool(comma) and "," not in given and len(family.split()) < 3
        named = [f"{given} {family}"] if is_turned else re.split(r",\s+(?:and\s+)?", squeeze(part))
        names += [name for name in named if name]
    return tuple(names)


def is_note(about: str) -> bool:
    """Say whether the line on what an entry is speaks of a note."""
    return NOTE.search(about.partition("|")[0]) is not None


def places_of(about: str) -> tuple[str, str]:
    """Return where an entry stands, short enough for a title, and the rest of its line: when it was made.

    >>> places_of("Your Highlight on page 12 | Location 145-146 | Added on Friday, 11 November 2016 19:49:33")
    ('Page 12 · Location 145-146', 'Added on Friday, 11 November 2016 19:49:33')
    """
    parts = [squeeze(part) for part in about.split("|") if part.strip()]
    where, when = (parts[:-1], parts[-1]) if len(parts) > 1 else (parts, "")
    return " · ".join(short_place(part) for part in where), when


def short_place(part: str) -> str:
    """Return the word for a place and its number out of a part of the line; in CJK the part as it is."""
    if CJK.search(part):
        return part
    found = PLACE.search(part)
    if found is None:
        return part
    word = found["word"]
    return f"{word[:1].upper()}{word[1:]} {found['number'].strip()}"
