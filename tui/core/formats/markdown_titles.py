"""The title of a Markdown document: a heading that stands above all the rest."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tui.core.episode import Block, BlockKind, SpanKind
from tui.core.formats.draft import Heading, Item, judged_items, same_title
from tui.core.formats.lines import may_be_heading
from tui.core.metadata import field_line

FIELDS_WITHIN = 4
"""How far below a title its lines of metadata may begin: a picture or a link may come first."""

PREAMBLE_CHARS = 300
PREAMBLE = re.compile(
    r"(?:sure|certainly|of course|absolutely|okay|ok|great|here(?:'|’| i|$)|here are|below (?:is|are)|"
    r"the following (?:is|are)|i(?:'|’)ve |i have |claro|por supuesto|aquí|a continuación|voici|bien sûr|"
    r"gerne|natürlich|hier ist|aqui está|好的|当然|當然|以下是|这是|這是|下面是|はい|以下は|もちろん|네,|"
    r"다음은|конечно|вот )",
    re.I,
)
"""How language models begin before the answer itself."""

PARTS = re.compile(
    r"\W*(?:\d{1,2}\W+)?(?:(?:executive|brief|short|one[- ]sentence|key|main|quick|episode|podcast|video|"
    r"detailed) )*"
    r"(?:summar(?:y|ies)|takeaways?|tl;?dr|overview|introduction|intro|abstract|outline|notes?|show notes|"
    r"transcript|chapters?|timestamps?|highlights?|key points?|insights?|ideas?|quotes?|description|metadata|"
    r"details|links?|background|context|contents|table of contents|about|topics?|references?|"
    r"摘要|总结|總結|概要|概述|简介|簡介|要点|要點|重点|目录|目錄|内容|导读|引言|核心.{0,4}|まとめ|要約|はじめに|目次|요약|개요|"
    r"zusammenfassung|überblick|einleitung|resumen|resumo|introducción|introdução|résumé|резюме|"
    r"краткое содержание)\W*",
    re.I,
)
"""Headings of parts, which never name a document."""


@dataclass(frozen=True, slots=True)
class Titled:
    """A document's items without the heading that is its title."""

    items: list[Item]
    title: str = ""
    address: str | None = None
    """Where the title links to."""


def split_title(items: list[Item], known: str) -> Titled:
    """Return a document without the heading that is its title, if it has one.

    A first-level heading that repeats the front matter's title is the title. Without front matter it must
    stand at the very beginning, and be the only one of its level, or have lines of metadata or deeper
    headings below it, unless all others of its level have some too: these are talks beside each other. One
    of a deeper level must stand above all others, and not name a mere part.

    Args:
        items: The document.
        known: The title in its front matter, or "".
    """
    begin = next((index for index, item in enumerate(items) if isinstance(item, Heading) and item.text), None)
    first = items[begin] if begin is not None else None
    if begin is None or not isinstance(first, Heading):
        return Titled(items)
    before, after = items[:begin], items[begin + 1 :]
    if known:
        is_title = first.level == 1 and same_title(first.text, known)
    else:
        is_title = all(map(may_stand_before, before)) and is_above(first, after)
    return Titled(before + after, first.text, address_of(first)) if is_title else Titled(items)


def may_stand_before(item: Item) -> bool:
    """Say whether an item before a heading lets that be the title: a rule, or the preamble of an answer."""
    if not isinstance(item, Block):
        return True
    is_preamble = item.kind is BlockKind.PARAGRAPH and len(item.text) <= PREAMBLE_CHARS
    return item.kind is BlockKind.RULE or (is_preamble and PREAMBLE.match(item.text) is not None)


def is_above(first: Heading, rest: Sequence[Item]) -> bool:
    """Say whether what follows the first heading lets it be the title of it all."""
    judged = judged_items(list(rest))
    levels = [item.level for item in judged if isinstance(item, Heading)]
    if first.level > 1:
        deeper = bool(levels) and min(levels) > first.level
        return deeper and not PARTS.fullmatch(first.text) and first.start_s is None
    is_only = all(level > 1 for level in levels)
    return is_only or has_fields(judged) or (levels[0] > 1 and not are_alike([1, *levels]))


def are_alike(levels: Sequence[int]) -> bool:
    """Say whether every first-level heading has deeper ones below it: several talks in one file."""
    below = [after for level, after in zip(levels, [*levels[1:], 1], strict=True) if level == 1]
    return all(level > 1 for level in below)


def has_fields(items: Sequence[Item]) -> bool:
    """Say whether lines of metadata stand right below a title."""
    for item in items[:FIELDS_WITHIN]:
        if isinstance(item, Heading):
            return False
        if field_line(item.text) is not None:
            return True
    return False


def address_of(heading: Heading) -> str | None:
    """Return where a title that is a link as a whole leads."""
    for span in heading.spans:
        if span.kind is SpanKind.LINK and span.end - span.start >= len(heading.text) - 2:
            return span.target
    return None


def is_labelled(item: Item) -> bool:
    """Say whether a line begins with bold words and a colon, as one of metadata does."""
    strong = item.spans[0] if item.spans and item.spans[0].kind is SpanKind.STRONG else None
    label = item.text[: strong.end] if strong and not strong.start else ""
    return bool(label) and (label.endswith((":", "：")) or item.text[len(label) :].startswith((":", "：")))


def split_first_line(items: list[Item]) -> Titled:
    """Return a document without marked headings and without its first line, if that is its title."""
    if len(items) < 2 or not isinstance(items[1], Heading):
        return Titled(items)
    first = items[0]
    is_plain = isinstance(first, Block) and first.kind is BlockKind.PARAGRAPH and not first.depth
    is_line = isinstance(first, Heading) or (
        is_plain and may_be_heading(first.text) and not is_labelled(first)
    )
    return Titled(items[1:], first.text) if is_line else Titled(items)
