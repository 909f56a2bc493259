"""What one line of text without marks is: a bullet, a numbered item, a rule, perhaps a heading.

The rules for headings are those that hold for pages copied as text out of a browser: short, alone
between blank lines, without closing punctuation, and followed by something longer.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tui.core.episode import CJK, Block, BlockKind, Span
from tui.core.formats.draft import JUDGED_CHARS, Heading, Item
from tui.core.formats.times import RANGE, leading_time

BULLET = re.compile(r"\s*(?:[•‣◦▪▫●○■□⁃∙]\s*|[–*·-]\s+)(?=\S)")
"""A bullet and the blanks around it; dashes and stars are bullets only before a blank."""

NUMBER = re.compile(r"\s*(\d{1,3})[.)]\s+(?=\S)")
"""The number of an item."""

RULE = re.compile(r"\s*([-*_=~])(?:\s*\1){2,}\s*")
"""A line of three or more equal signs."""

UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,})\s*")
"""Under a line, this makes the line a heading."""

OUTLINE_NUMBER = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+(?=\S)|(?:chapter|part|section)\s+\w+[:.]?\s", re.I
)
"""How numbered headings begin."""

SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’»)\]）]*$")
"""The end of a sentence, and what may close after it."""

NO_HEADING_END = tuple(".,;…。，；、")
LEAD_IN_WORDS = 5
LEAD_IN_WIDTH = 36
"""A line that is longer, in words or columns, and ends in a colon is a sentence leading into a list."""

HEADING_CHARS = 90
"""No heading without marks is wider, the time at its end left out, if it shows nothing else of one."""

TITLED_CHARS = 120
"""No heading is wider that is numbered or timed, or set in capitals word by word."""

BODY_CHARS = 80
"""Text that is wider than this is body, not a heading or an item of a list of short lines."""

BODY_TO_HEADING = 2
"""Text right below its heading, without a blank line, is at least so many times as wide: lines of
verse and of a chat are about equal."""

WIDEST_NEEDED = 1000
"""More of a body than so many characters need not be measured."""

OPENING_ITEMS = 24
"""Among so many from the first there may be lines ``Key: value`` about the document."""

MOST_SIGNS = 1.5
"""How many digits and signs a heading may have for each of its letters."""

TITLE_CASE = 0.7
"""The share of the words of four letters and more that begin with a capital in a line set as a title."""

MOST_STACKED = 3
"""Headings of different levels that may follow each other without text; more are a list of short lines."""

FIELD = re.compile(r"[^\W\d_][^\s:：]{0,20}(?: [^\s:：]{1,20}){0,4}\s?(?::\s|：|:$)")
"""A key of a few words and its colon."""

CLOSING_TIME = re.compile(r"(?:\s*[\[(（](?=[^\[\]()（）]{0,30}\d:\d\d)[^\[\]()（）]{0,60}[\])）]){1,4}$")
"""A time or stretches of time at the end of a heading, perhaps with a word before them."""

ABBREVIATED_END = re.compile(r"(?<=\b(?:Jr|Sr|Co))\.$|(?<=\b(?:Inc|Ltd|etc))\.$")

CJK_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百零\d]{1,5}[章节節回部分讲講集])"
)
"""How numbered headings begin in Chinese and Japanese."""

INNER_STOP = re.compile(r"。(?=.)|(?<![^\W\d_])[a-zß-ÿ]{3,}[.]\s+[\"“«¿¡]?[^\W\d_a-z]")
"""A sentence ends and another begins."""

QUESTION_OR_ANSWER = re.compile(
    r"(?:[QAPRF]|Question|Answer|[问答問])\s?\d{0,3}\s?[:：]|[^\W\d_][^:：()]{0,40} \([^()]{1,12}\)[:：]\s",
    re.I,
)
"""A label of one who asks or answers, or of somebody with what they are called from there on."""

REFERS_BACK = re.compile(
    r"(?:但|而|所以|因此|于是|那么|那麼|此|他|她|它|其中|例如|比如|同时|同時|(?:那|这|這)(?!部|期|集|场|場|次|支|个|個|段))"
    r"|(?:And|But|So|Then|This|These|That|He|She|They|It|Pero|Aber|Mais|Ma|Mas)\s"
)
"""How sentences begin that go on from what was said before, as a question in the text may."""

LEADS_IN = re.compile(
    r"[了是着被把说說问問道]|在于|在於|以下|如下|包括|例如|比如"
    r"|\b(?:he|she|they|it|we|you|this|that|these|those|is|are|was|were|says?|said|adds?|includes?|follow(?:s|ing)"
    r"|means?|example|instance|here|there|because|how to|shows?|finds?|asks?|gives?|such as)\b",
    re.I,
)
"""What lines that end in a colon have in them where they are the beginning of a sentence."""

CJK_BACK = re.compile("为什么会这|為什麼會這|这样|這樣")

MONTH = (
    "(?:jan|ene|gen|feb|fév|fev|mar|mär|apr|abr|avr|may|mai|mag|jun|juin|giu|jul|juil|lug|aug|ago|aoû|sep|set"
    "|oct|okt|out|ott|nov|dec|dez|dic|déc)[^\\W\\d_]{0,8}"
)
DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?[.,]?\s+)"
BYLINE = re.compile(
    r"(?i:by|von|par|por|door)\s(?=[^\Wa-z\d])[^\n.!?:]{2,60}$|(?:作者|撰文|文字)[:：]"
    r"|(?i:(?:\d+|an?|one)[\s-]?(?:min(?:ute)?s?|h(?:ou)?rs?)\b.{0,20}$)"
    rf"|(?i:(?:[^\W\d_]{{2,10}},\s+)?{DAY}?(?:de\s)?{MONTH}[.,]?\s+(?:de\s)?{DAY}?\d{{4}}$)"
    r"|[\d\s./:年月日-]+$"
)
"""Who wrote a text, how long it takes, and its date: they stand below titles and are no headings."""

GAPS = re.compile(r"\s{2,}|[\t\n\r\f\v]")


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set: long tables of words read better that way."""
    return frozenset(text.split())


def squeeze(text: str) -> str:
    """Return text with every run of white space as one blank and none at its ends."""
    return GAPS.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that is a heading if what follows it is its body."""

    heading: Heading
    otherwise: Block
    sure: bool = False
    """It shows by itself that it is one: underlined, in capitals."""

    tight: bool = False
    """No blank line sets it off from what follows it."""

    opens_known: bool = False
    """What follows is known for something that headings have below them, however short it is: a turn of
    a transcript, a line of metadata."""


def heading_level(text: str) -> int:
    """Return the level a numbered heading tells (``2.1`` is a second level), else 1."""
    numbered = OUTLINE_NUMBER.match(text)
    return 1 + numbered[1].count(".") if numbered and numbered[1] else 1


def is_capitals(text: str) -> bool:
    """Say whether a line is set in capitals, as the headings of plain text often are."""
    if not text.isupper() or len(text) > HEADING_CHARS or text[0] in "[(":
        return False
    capitals = sum(map(str.isupper, text))
    # The rest may be letters of a script that has no capitals.
    return capitals >= 4 and capitals * 2 >= sum(map(str.isalpha, text))


def width(text: str) -> int:
    """Return how wide a text is, in columns: the characters of CJK scripts take two."""
    return len(text) if text.isascii() else len(text) + len(CJK.findall(text))


def may_be_heading(text: str) -> bool:
    """Say whether a line that stands alone could be a heading, by its own look."""
    if not text or len(text) > 2 * TITLED_CHARS:
        return False
    words = ABBREVIATED_END.sub("", CLOSING_TIME.sub("", text)) or text
    if words.endswith(NO_HEADING_END) or is_lead_in(words) or is_sentence(words):
        return False
    if BULLET.match(words) or RULE.fullmatch(words) or "://" in words or leading_time(words):
        return False
    return width(words) <= (TITLED_CHARS if is_titled(words, text) else HEADING_CHARS) and opens_well(words)


def opens_well(text: str) -> bool:
    """Say whether a line begins as headings do: with a capital or digit, and not wholly quoted."""
    opens_like_one = not text[0].islower() or not text[1:2].islower()
    if not opens_like_one or text[0] in "[(" or BYLINE.match(text):
        return False
    if text[0] in "\"'“„«「『" and text[-1] in "\"'”“»」』":
        return False
    letters = sum(map(str.isalpha, text))
    # A formula or a key is no heading.
    signs = len(text) - text.count(" ") - letters
    return signs <= MOST_SIGNS * letters and " = " not in text and "\\" not in text


def is_titled(words: str, text: str) -> bool:
    """Say whether a line shows that it is a heading: by a number, a time at its end, or its capitals."""
    if RANGE.search(text) or OUTLINE_NUMBER.match(words) or CJK_NUMBER.match(words):
        return True
    long = [word for word in words.split() if len(word) > 3 and word[0].isalpha()]
    return len(long) > 2 and sum(word[0].isupper() for word in long) >= TITLE_CASE * len(long)


def is_sentence(text: str) -> bool:
    """Say whether a line reads as running text: something said, several sentences, one that goes on."""
    quoted_end = text[-1] in '"”’»」』' and SENTENCE_END.search(text[-8:]) is not None
    if quoted_end or INNER_STOP.search(text) or QUESTION_OR_ANSWER.match(text):
        return True
    asks = text.count("?") + text.count("？")
    if not text.endswith(("?", "？", ":", "：")):
        return asks > 1
    if text.endswith((":", "：")) and (", " in text or LEADS_IN.search(text)):
        return True
    return (
        asks > 1 or "，" in text or REFERS_BACK.match(text) is not None or CJK_BACK.search(text) is not None
    )


def is_lead_in(text: str) -> bool:
    """Say whether a line is a sentence that leads into a list, or as long as one in wide signs."""
    long_for_a_label = len(text.split()) > LEAD_IN_WORDS or width(text) > LEAD_IN_WIDTH
    return text.endswith((":", "：")) and not is_capitals(text) and long_for_a_label


def is_body(block: Block, heading: str, *, trusting: bool) -> bool:
    """Say whether a block could stand under a heading: longer than it, and more than a short line."""
    if block.kind is not BlockKind.PARAGRAPH:
        return block.kind is not BlockKind.RULE
    wide, room = width(block.text[:WIDEST_NEEDED]), width(CLOSING_TIME.sub("", heading))
    if block.text.endswith((":", "：")):
        return wide * 2 > room
    ends = SENTENCE_END.search(block.text[-8:]) is not None
    return wide > room and (trusting or wide > BODY_CHARS or ends)


def settle(items: list[Item | Candidate], *, trusting: bool = False) -> list[Item]:
    """Return the items with each candidate made a heading or a block, by what stands after it.

    Fewer than two headings that merely look like one are none: then it is a text with a short line.

    Args:
        items: A document.
        trusting: Any longer block is a body, even a short line.
    """
    accepted = accepted_candidates(items, trusting=trusting)
    judged = items[: count_judged(items)]
    headings = [
        item for item, yes in zip(judged, accepted, strict=False) if yes and isinstance(item, Candidate)
    ]
    is_sure = any(isinstance(item, Candidate) and item.sure for item in judged)
    enough = is_sure or sum(not item.sure for item in headings) >= 2
    colons = sum(ends_in_colon(item) for item in headings)
    # One text sets its headings in one way: among others, lines that end in a colon lead into what follows.
    with_colons = colons * 2 >= len(headings)
    settled: list[Item] = []
    for item, yes in zip(items, accepted, strict=True):
        if not isinstance(item, Candidate):
            settled.append(item)
        elif yes and (item.sure or (enough and (with_colons or not ends_in_colon(item)))):
            settled.append(item.heading)
        else:
            settled.append(item.otherwise)
    return settled


def count_judged(items: list[Item | Candidate]) -> int:
    """Return how many items from the first on decide what a document is."""
    chars = 0
    for index, item in enumerate(items):
        chars += len(item.heading.text if isinstance(item, Candidate) else item.text)
        if chars > JUDGED_CHARS:
            return index + 1
    return len(items)


def ends_in_colon(candidate: Candidate) -> bool:
    """Say whether a line that merely looks like a heading ends in a colon."""
    return not candidate.sure and candidate.heading.text.endswith((":", "："))


def accepted_candidates(items: list[Item | Candidate], *, trusting: bool) -> list[bool]:
    """Return for each item whether it is a candidate with a body, which may be a heading again."""
    accepted = [False] * len(items)
    stack: list[int] = []
    run = 0
    after: Item | Candidate | None = None
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        if not isinstance(item, Candidate):
            stack, run, after = [], 0, item
            continue
        before = items[index - 1] if index else None
        run += 1
        if run > MOST_STACKED:
            # So many short lines are a list; only what has a body of its own may be a heading.
            for lower in stack:
                accepted[lower] = False
            stack = []
        in_fields = index < OPENING_ITEMS and is_field_line(before, item, after)
        may_stack = run <= MOST_STACKED and not ends_in_colon(item) and not in_fields
        on_heading = may_stack and isinstance(after, Candidate) and accepted[index + 1]
        has_body = accepts(item, after, trusting=trusting)
        accepted[index] = (has_body or on_heading) and not goes_on_numbering(before, item)
        if accepted[index] and not has_body:
            stack.append(index)
        after = item
    return accepted


def is_field_line(
    before: Item | Candidate | None, candidate: Candidate, after: Item | Candidate | None
) -> bool:
    """Say whether a line ``Key: value`` has another one above or below it, in whatever language they are."""
    return is_labelled(candidate) and (is_labelled(before) or is_labelled(after))


def is_labelled(item: Item | Candidate | None) -> bool:
    """Say whether an item is a short line that begins with a key and a colon."""
    block = item.otherwise if isinstance(item, Candidate) else item
    if (
        not isinstance(block, Block)
        or block.kind is not BlockKind.PARAGRAPH
        or len(block.text) > TITLED_CHARS
    ):
        return False
    return FIELD.match(block.text) is not None and not OUTLINE_NUMBER.match(block.text)


def goes_on_numbering(before: Item | Candidate | None, candidate: Candidate) -> bool:
    """Say whether a numbered line comes right after another one: then it is an item of a list."""
    block = before.otherwise if isinstance(before, Candidate) else before
    numbered = isinstance(block, Block) and block.kind is BlockKind.NUMBERED
    return numbered and candidate.otherwise.kind is BlockKind.NUMBERED


def accepts(candidate: Candidate, after: Item | Candidate | None, *, trusting: bool) -> bool:
    """Say whether what comes after a candidate lets it be a heading."""
    if candidate.sure or candidate.opens_known:
        return after is not None
    if isinstance(after, Candidate):
        # A short line with an open end may be a heading itself; on trusted pages it is a body.
        return after.sure or (trusting and accepts_block(candidate, after.otherwise, trusting=True))
    return isinstance(after, Block) and accepts_block(candidate, after, trusting=trusting)


def accepts_block(candidate: Candidate, after: Block, *, trusting: bool) -> bool:
    """Say whether a block can be the body of what a candidate is the heading of."""
    heading = candidate.heading.text
    if candidate.otherwise.kind is after.kind is BlockKind.NUMBERED:
        return False
    if candidate.tight and after.kind is BlockKind.PARAGRAPH:
        return width(after.text[:WIDEST_NEEDED]) >= BODY_TO_HEADING * width(heading) and is_body(
            after, heading, trusting=trusting
        )
    return is_body(after, heading, trusting=trusting)


def without_mark(line: str) -> Block | None:
    """Return a bulleted or numbered line as a first-level block, or None for any other line."""
    bullet = BULLET.match(line)
    if bullet:
        return Block(BlockKind.BULLET, squeeze(line[bullet.end() :]), depth=1)
    number = NUMBER.match(line)
    if number:
        return Block(BlockKind.NUMBERED, squeeze(line[number.end() :]), depth=1, number=int(number[1]))
    return None


def shifted(spans: Iterable[Span], by: int, length: int) -> tuple[Span, ...]:
    """Return spans moved by some characters and cut to a text of a length; empty ones are left out."""
    moved = (
        Span(max(0, span.start + by), min(length, span.end + by), span.kind, span.target) for span in spans
    )
    return tuple(span for span in moved if span.start < span.end)
