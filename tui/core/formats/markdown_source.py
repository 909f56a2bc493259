"""What is done to the source of a Markdown document before it is parsed.

Language models wrap answers into a code fence and leave marks of their sources in them; unclosed
comments would swallow the rest of a document; blanks that look like others make no heading.
"""

import re
from itertools import pairwise

ATX = re.compile(r"^#{1,6}[ \t]+\S", re.M)
FENCE = re.compile(r"^(`{3,}|~{3,})[ \t]*(markdown|md|mdx)?[ \t]*$", re.I | re.M)
FENCES = re.compile(r"^[ \t]*(?P<marks>`{3,}|~{3,})(?P<info>[^`\n]*)$", re.M)
PREAMBLE_CHARS = 300
"""What a language model may say before the fence around its answer, and after it."""

CITATION_SIGNS = ("†", "oaicite", "oai_citation", "\ue200", "[cite")
"""One of these is in every text with marks of sources."""

CITATION = re.compile(
    r"[ \t]?【\d{1,4}(?::\d{1,4})?†[^】\n]{0,200}】"
    r"|[ \t]?:{1,2}contentReference\[oaicite:\d{1,6}\](?:\{index=\d{1,6}\})?"
    r"|[ \t]?\ue200[^\ue201\n]{0,200}\ue201"
    r"|[ \t]?\[cite: ?[\d, ]{1,80}\]|\[cite_start\]|\[cite_end\]"
)
"""Marks that ChatGPT's and Gemini's interfaces would show as small links to their sources."""

CITATION_LINK = re.compile(r"\[oai_citation(?::\d{1,4}|_attribution:\d{1,4})‡([^\]\n]{1,200})\](?=\()")
"""A link's words with ChatGPT's mark before them."""

GLUED = re.compile(
    r"(?P<end>[.!?](?<=[^\W\d_]{2}[.!?])['\"”’)]?)(?P<numbers>\d{1,3}(?:(?:, ?|[-–])\d{1,3}){0,8})"
    r"(?=$|[ \t]+[^\W\d_a-z]|[ \t]*\n)",
    re.M,
)
"""Numbers of sources glued to the ends of sentences, as text copied out of NotebookLM has them."""

FEWEST_GLUED = 4

BLANKS = re.compile(r"^([ \t]*(?:#{1,6}|[-*+>]|\d{1,3}[.)]))[\u00a0\u202f\u2007\u3000]+", re.M)
"""A blank of another kind after a block's mark."""

NOTE = re.compile(r"^( {0,3}\[\^[^\]\s]{1,40}\]:[^\n]*\n)(?= {0,3}\[)", re.M)
"""A footnote with another one, or a link's definition, on the very next line."""

UNCLOSABLE = re.compile(r"^ {0,3}<(?:!--|(?P<name>script|style|pre|textarea)\b)", re.I | re.M)
"""The beginning of HTML that goes on to its end mark, across blank lines."""


def prepared(source: str) -> str:
    """Return a source as the parser is to get it."""
    source = without_citations(unfenced(source))
    if "<" in source:
        source = without_unclosed(source)
    if "[^" in source:
        source = NOTE.sub(r"\1\n", source)
    return BLANKS.sub(r"\1 ", source)


def unfenced(text: str) -> str:
    """Return a text without the code fence around all of it, as language models like to answer.

    A fence that says it holds Markdown and is never closed was cut off.
    """
    opening = FENCE.search(text, 0, PREAMBLE_CHARS)
    if opening is None:
        return text
    fences = [line for line in FENCES.finditer(text, opening.end()) if line["marks"].startswith(opening[1])]
    closing = fences[-1] if len(fences) % 2 else None
    if len(fences) > 1 and not fences[0]["info"].strip():
        return text  # The next fence closes this one: it is code at the beginning.
    if closing is None:
        inner, after = text[opening.end() :], ""
        wraps_all = bool(opening[2])
    else:
        inner, after = text[opening.end() : closing.start()], text[closing.end() :]
        wraps_all = not closing["info"].strip() and len(after) <= PREAMBLE_CHARS and not ATX.search(after)
    is_document = bool(opening[2] and closing) or ATX.search(inner) is not None
    return text[: opening.start()] + inner + after if wraps_all and is_document else text


def without_citations(text: str) -> str:
    """Return a text without the marks that only a chat's window can follow."""
    if any(sign in text for sign in CITATION_SIGNS):
        text = CITATION.sub("", CITATION_LINK.sub(r"[\1", text))
    return without_glued(text)


def without_glued(text: str) -> str:
    """Return a text without glued numbers of sources, if that is what they certainly are.

    Sources are numbered as they first come up: 1, 2, 3 … and nothing else a text counts at the ends of
    its sentences begins like that, behind as many different words.
    """
    found = list(GLUED.finditer(text))
    if len(found) < FEWEST_GLUED:
        return text
    numbers = [number for match in found for number in counted(match["numbers"])]
    firsts = list(dict.fromkeys(numbers))
    words = {text[max(0, match.start() - 12) : match.start()].rpartition(" ")[2] for match in found}
    in_order = firsts[0] == 1 and all(0 < after - before <= 2 for before, after in pairwise(firsts))
    if not in_order or len(firsts) < FEWEST_GLUED or len(words) < FEWEST_GLUED:
        return text
    return GLUED.sub(r"\g<end>", text)


def counted(numbers: str) -> list[int]:
    """Return the numbers in ``1, 3-5``, stretches written out."""
    found: list[int] = []
    for part in numbers.split(","):
        first, *last = (int(number) for number in re.findall(r"\d+", part))
        found += range(first, min(last[-1], first + 20) + 1) if last else [first]
    return found


def without_unclosed(text: str) -> str:
    """Return a text whose comments and scripts without an end are text: each would hide all the rest."""
    unclosed: set[str] = set()
    pieces: list[str] = []
    written = at = 0
    for opened in UNCLOSABLE.finditer(text):
        if opened.start() < at:
            continue
        closing = f"</{opened['name'].lower()}>" if opened["name"] else "-->"
        close = None if closing in unclosed else re.compile(closing, re.I).search(text, opened.end())
        if close:
            at = close.start()
            continue
        unclosed.add(closing)
        bracket = text.index("<", opened.start())
        pieces += [text[written:bracket], "\\"]
        written = bracket
    return "".join([*pieces, text[written:]]) if pieces else text
