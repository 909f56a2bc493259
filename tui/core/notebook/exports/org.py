r"""Highlights as an Org document: headings for episodes, sections and highlights, with tags and properties.

What Org would take for its own is written as an entity, or kept from it by ``\zwnj``, which shows nothing.
"""

import re
from collections.abc import Iterator, Sequence

from tui.core.escaping import LIST_MARK, org_link
from tui.core.notebook.exports.entries import (
    UNTITLED_SECTION,
    address,
    beginning,
    by_heading,
    by_source,
    entry_name,
    facts,
    moment,
    web_url,
)
from tui.core.notebook.exports.values import ExportSettings
from tui.core.notebook.values import Highlight, Source

NOTHING = r"\zwnj{}"
HEADER = "#+options: ^:nil -:nil\n"
"""Without it, ``snake_case`` would get a small “case”, and two dashes become another."""

AT_START = re.compile(r"^(?=[ \t]*(?:\*+(?:\s|$)|#|\||:|-{5,}|%%\(|\\begin\b))", re.M)
"""Lines that would be headings, keywords, comments, tables, drawers, rules, formulas."""

BACKSLASH = re.compile(r"\\(?=[A-Za-z(\[\\_ ]|$)", re.M)
INSIDE = re.compile(
    r"""(?<=\[)(?=\[|fn:|cite)      # links, footnotes, citations
    |(?<=<)(?=<|\d{4}-)             # targets, times
    |(?<=\{\{\{)(?=\w)              # macros
    |(?<=@)(?=@)                    # raw HTML
    |(?<=\bsrc)(?=_)|(?<=\bcall)(?=_)
    """,
    re.VERBOSE,
)
EMPHASIS = re.compile(r"""(?<![^\s\-({'"])([*/_=~+])(?=\S[\s\S]{0,1000}?\1)""")
ENTITIES = {"*": "ast", "/": "slash", "~": "tilde", "+": "plus"}
"""What a mark of emphasis is written as; those without an entity that Pandoc knows are kept from it."""

STATE = re.compile(r"^(?=(?:TODO|DONE|COMMENT)\b|\[)")
NO_TAG = re.compile(r"[^\w@#%]+")


def render(highlights: Sequence[Highlight], settings: ExportSettings) -> str:
    """Return the document."""
    lines = [line for source, group in by_source(highlights) for line in episode_lines(source, group)]
    return "\n".join([HEADER, *lines]) + "\n"


def episode_lines(source: Source, highlights: Sequence[Highlight]) -> Iterator[str]:
    """Yield an episode's heading, and its highlights below those of their sections."""
    yield f"* {headline(source.title)}"
    yield from properties({"FACTS": ", ".join(facts(source)), "URL": web_url(source)})
    for heading, group in by_heading(highlights):
        yield f"** {headline(heading or UNTITLED_SECTION)}"
        for highlight in group:
            yield from entry(highlight)


def entry(highlight: Highlight) -> Iterator[str]:
    """Yield the lines of a highlight; it can be linked to by its ``CUSTOM_ID``, the same in every export."""
    names = [*highlight.tags, *(["favourite"] if highlight.is_favourite else [])]
    tags = ":".join(dict.fromkeys(tag for tag in (NO_TAG.sub("_", name).strip("_") for name in names) if tag))
    yield f"*** {headline(beginning(highlight.text))}" + (f" :{tags}:" if tags else "")
    link = address(highlight)
    yield from properties(
        {
            "CUSTOM_ID": entry_name(highlight),
            "COLOUR": str(highlight.colour),
            "SPEAKER": highlight.speaker or "",
            "TIME": moment(highlight),
            "MARKED": highlight.created,
        }
    )
    yield "#+begin_quote"
    yield from lines(highlight.text)
    yield "#+end_quote"
    if highlight.note:
        yield from ("", *lines(highlight.note))
    if link:
        yield from ("", org_link("open", link))
    yield ""


def properties(values: dict[str, str]) -> Iterator[str]:
    """Yield a drawer of those values that say something."""
    known = [f":{name}: {value}" for name, value in values.items() if value]
    if known:
        yield from (":PROPERTIES:", *known, ":END:")


def headline(text: str) -> str:
    """Return a text for a heading, in which nothing is taken for a state, a priority or tags."""
    shown = STATE.sub(lambda _: NOTHING, prose(text))
    return shown + NOTHING if shown.endswith(":") else shown


def lines(text: str) -> Iterator[str]:
    """Yield the lines of a text: list items stay list items, other lines break where they do."""
    shown = prose(text).split("\n")
    for line, following in zip(shown, [*shown[1:], ""], strict=True):
        breaks = line.strip() and following.strip() and not LIST_MARK.match(following)
        yield line + (" \\\\" if breaks else "")


def unemphatic(mark: re.Match[str]) -> str:
    """Return a mark of emphasis so that it is none."""
    entity = ENTITIES.get(mark[1])
    return f"\\{entity}{{}}" if entity else NOTHING + mark[1]


def prose(text: str) -> str:
    """Return a text that Org shows as it stands, but for its lists."""
    text = BACKSLASH.sub(lambda _: r"\setminus{}", text)
    if text.count("$") > 1:
        text = text.replace("$", r"\dollar{}")
    text = EMPHASIS.sub(unemphatic, text)
    text = INSIDE.sub(lambda _: NOTHING, text)
    return AT_START.sub(lambda _: NOTHING, text)
