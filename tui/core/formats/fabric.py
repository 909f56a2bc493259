"""What the patterns of fabric write (``extract_wisdom``, ``summarize`` …): SUMMARY, IDEAS, QUOTES.

The names of the parts are first-level headings, lines in bold or lines in capitals. Nothing in them is a
title. Quotations end in who said them.
"""

import re
from dataclasses import replace

from tui.core.episode import Block, BlockKind, Section
from tui.core.formats import markdown, plain
from tui.core.formats.draft import Draft, Source
from tui.core.formats.lines import shifted
from tui.core.formats.markdown_blocks import TooDeepError
from tui.core.people import is_person

PARTS = (
    r"(?:ONE[- ]SENTENCE )?SUMMARY|(?:MAIN |KEY |TOP )?(?:IDEAS|POINTS|TAKEAWAYS|INSIGHTS|QUOTES|FACTS)"
    r"|(?:SURPRISING )?(?:INSIGHTS|FACTS)|HABITS|REFERENCES|RECOMMENDATIONS|ONE[- ]SENTENCE TAKEAWAY"
    r"|OUTRO|INTRO|TRENDS|STORIES|BOOKS|TOOLS|PROJECTS|METHODOLOGY|LESSONS|PREDICTIONS|TOPICS|KEYWORDS"
)
LINE = re.compile(
    rf"^(?P<marks>#{{1,6}}[ \t]+)?(?:\*\*|__)?(?P<name>{PARTS})(?P<colon>:)?(?:\*\*|__)?:?[ \t]*$",
    re.M,
)
"""A part's name alone on its line, in capitals."""

RUN_IN = re.compile(rf"^(?:\*\*)?(?P<name>{PARTS})(?::\*\*|\*\*:|:)[ \t]+(?=\S)", re.M)
"""A part's name with its text on the same line."""

FEWEST_PARTS = 3
QUOTES = re.compile(r"\W*(?:\w+ )?QUOTES\W*", re.I)
SAID = re.compile(
    r"(?P<quote>.*\S)\s*(?:\s[-–—]+\s*|[-–—]{1,2}\s+|(?P<open>\())(?P<name>[^-–—()\"“”]{2,60}?)(?(open)\))\.?\s*"
)
"""A quotation and who said it, behind a dash or in brackets."""


def fits(source: Source) -> bool:
    """Say whether a text has three of the parts that fabric's patterns name."""
    names = {found["name"] for pattern in (LINE, RUN_IN) for found in pattern.finditer(source.judged)}
    return len(names) >= FEWEST_PARTS


def read(source: Source) -> Draft:
    """Return what a pattern of fabric wrote."""
    headed = next(
        (len(found["marks"].rstrip()) for found in LINE.finditer(source.judged) if found["marks"]), 1
    )

    def as_heading(found: re.Match[str]) -> str:
        marks = found["marks"] or "#" * headed + " "
        return f"\n{marks}{found['name']}{found['colon'] or ''}\n"

    text = LINE.sub(as_heading, source.text)
    text = RUN_IN.sub(lambda found: f"\n{'#' * headed} {found['name']}\n\n", text)
    try:
        parsed = markdown.parse(text)
    except (TooDeepError, RecursionError):
        return replace(plain.read(source), notices=(markdown.NESTED,))
    first = next((item.text for item in parsed.items if item.text), "")
    may_be_titled = LINE.fullmatch(first) is None
    draft = markdown.drafted(parsed, source, may_be_titled=may_be_titled)
    sections = tuple(with_speakers(section) for section in draft.sections)
    return replace(draft, sections=sections, why="It has the parts that fabric's patterns name.")


def with_speakers(section: Section) -> Section:
    """Return a section of quotations with who said each; any other section as it is."""
    if not QUOTES.fullmatch(section.title):
        return section
    return replace(section, blocks=tuple(map(attributed, section.blocks)))


def attributed(block: Block) -> Block:
    """Return a quotation with its last words as the speaker, if they are a name."""
    said = SAID.fullmatch(block.text) if block.kind is not BlockKind.CODE and len(block.text) < 2000 else None
    if said is None or not is_person(said["name"].strip()):
        return block
    text = said["quote"]
    return replace(block, text=text, spans=shifted(block.spans, 0, len(text)), speaker=said["name"].strip())
