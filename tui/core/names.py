"""Names of people, as titles and sentences have them: where they stand, and where they end.

A name is two to five words with capitals. Whether somebody is meant by it, ``core.people`` finds out.
"""

import re
from collections.abc import Iterator

PARTICLES = "de|da|di|du|del|della|der|den|van|von|la|le|bin|ibn|al|el|ben|y|e|dos|das|zu|ten|ter"
CAPITALISED = r"(?:(?:[^\W\d_a-z]|Dr|Mr|Mrs|Ms|Prof|St)\.|[^\W\d_a-z][\w'’-]*)"
NAME = re.compile(rf"{CAPITALISED}(?:\s(?:{PARTICLES}|{CAPITALISED})){{1,4}}")
"""Two to five words with capitals, particles aside."""

ANOTHER = re.compile(r",\s(?:and\s)?|\s(?:and|&)\s")
"""Between the names of a list."""

INTRODUCES = re.compile(
    r"\b(?:conversation|interview|discussion|dialogue|chat|chats|speaks|talks|talking|sits down|joined)"
    r"\s(?:with|by)\s"
)
"""Before the names of those whom a text introduces."""

TITLE_BEGIN = re.compile(r"(?:#?\d{1,5}\s*[-–—:.|]\s+)?")
TITLE_MARK = re.compile(r":\s|\son\s")
"""What follows names at the beginning of a title: ``Ann Lee: …``, ``#12 – Ann Lee & Bo Diaz: …``."""

TITLE_WITH = re.compile(r"(?:\b(?:with|ft\.?|feat\.?|featuring|mit|avec|con)|w/)\s", re.I)
"""Before names in a title."""

TOPIC_MARK = re.compile(r"\s+[-–—]\s+(?=\S)")
"""Between name and topic in a heading that opens the part of an episode with someone."""

CJK_NAME = r"[\u3400-\u9fff]{2,4}|[A-Z][\w.'-]*(?:\s[A-Z][\w.'-]*){0,2}"
CJK_ROLE = r"(?:[^，,：:｜|！？\s]{0,16}?(?:合伙人|创始人|創始人|CEO|教授|老师|老師|负责人|博士|作者|记者))?"
CJK_GUEST = re.compile(
    rf"(?:对谈|對談|对话|對話|专访|專訪)\s*{CJK_ROLE}(?P<one>{CJK_NAME}?)(?=[：:，,｜|的（(【\s]|$)"
    rf"|(?:和|与|與|跟){CJK_ROLE}(?P<other>{CJK_NAME}?)(?=聊|对谈|對談|对话|對話|谈|談)"
    rf"|(?:对|對)(?P<asked>{CJK_NAME}?)的[^，,]{{0,12}}(?:访谈|訪談|专访|專訪)"
)
"""Whom a Chinese title says the talk is with."""

TRANSLITERATED = "[\u3400-\u9fff]·[\u3400-\u9fff]+[（(]"
"""Before a foreign name in brackets, in a Chinese text: only people have such names."""


def names_at(text: str, begin: int) -> tuple[list[str], int]:
    """Return the names that stand one after the other at a place in a text, and where the last ends."""
    names: list[str] = []
    end = begin
    found = NAME.match(text, begin)
    while found:
        names.append(found[0])
        end = found.end()
        gap = ANOTHER.match(text, end)
        found = NAME.match(text, gap.end()) if gap else None
    return names, end


def introduced(text: str) -> Iterator[str]:
    """Yield the names that sentences like "a conversation with Ann Lee and Bo Diaz" introduce."""
    for opening in INTRODUCES.finditer(text):
        yield from names_at(text, opening.end())[0]


def title_names(title: str) -> tuple[list[str], str]:
    """Return the names that a title begins with, and the mark after them; without a mark there are none."""
    begin = TITLE_BEGIN.match(title)
    names, end = names_at(title, begin.end() if begin else 0)
    mark = TITLE_MARK.match(title, end)
    return (names, mark[0]) if mark else ([], "")


def names_after_with(title: str) -> list[str]:
    """Return the names behind the first "with" of a title that has some."""
    for found in TITLE_WITH.finditer(title):
        names = names_at(title, found.end())[0]
        if names:
            return names
    return []


def guests_of_cjk_title(title: str) -> list[str]:
    """Return whom a Chinese title says the talk is with."""
    return [name.strip() for found in CJK_GUEST.finditer(title) for name in found.groups() if name]


def name_before_topic(heading: str) -> str | None:
    """Return the name in a heading like ``Ann Lee - Tea``."""
    found = NAME.match(heading)
    return found[0] if found and TOPIC_MARK.match(heading, found.end()) else None
