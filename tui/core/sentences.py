"""Where the sentences of a block's text begin and end.

Text written with blanks between words is cut by nupunkt (MIT licence; the Punkt algorithm of Kiss and
Strunk, 2006, with a model inside its wheel: no network, no other file). Chinese and Japanese have rules
of their own, and what nupunkt gets wrong is put right by two tables, ``JOINS`` and ``CUTS``.

Importing this module takes about 10 ms (its patterns) and the first call up to 50 ms (nupunkt's import): a
reader that must answer a key at once does both in a worker thread before.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tui.core.episode import CJK

CACHED_CHARACTERS = 20_000
"""Longer texts are not kept: a few transcripts of one paragraph would fill the memory."""

WINDOW = 48
"""How many characters on each side of a boundary are looked at, so that any text takes linear time."""


class Join(NamedTuple):
    """A boundary that is none: both expressions fit what stands around it."""

    name: str
    before: re.Pattern[str]
    """Searched for at the end of the sentence before."""

    after: re.Pattern[str]
    """Matched at the beginning of the sentence after."""


class Cut(NamedTuple):
    """A boundary that nupunkt does not see: the end of each match."""

    name: str
    end: re.Pattern[str]


_CLOSING = "[\"'”’»›)\\]}*_」』】》〉]"

_NOTE = r"(?:\[(?:\d{1,3}|[a-z]|(?:note|nb) \d{1,3}|(?:better )?[a-z]{4,13} needed)\])"
"""The mark of a note: its number or letter, or what is wanted there."""

_SHORT_FORMS = (
    "(?i:adm|al|approx|apr|art|arts|assoc|aug|ave|avg|bldg|blvd|bros|capt|chap|cmdr|col|corp|dec|dept|dist|div"
    "|eds|eps|esp|est|etc|ext|feat|feb|fig|figs|gen|gov|govt|hon|inc|incl|jan|jul|jun|lieut|ltd|maj|mar|max"
    "|messrs|min|misc|mme|mlle|mrs|nos|nov|oct|orig|pres|prof|ref|refs|rep|reps|resp|rev|sec|secs|sen|sens|sep"
    "|sept|ser|sgt|spec|std|supt|tel|trans|univ|viz|vol|vols"
    "|str|bzw|usw|evtl|ggf|vgl|inkl|zzgl|sra|srta|ing|lic|jr|sr|mr|ms|dr|st|mt|ft|lt|no|vs|co|op|ed|ch|pp|cf|ca)"
)
"""Short forms a name or a number may follow. nupunkt's model was trained on court papers and takes many
ordinary words for short forms too (``cancer``, ``lab``, ``month``, ``Altman``)."""

_SHORT_WORDS = "(?:a[mnst]|be|by|do|go|he|if|i[nst]|me|my|no|of|oh|ok|on|or|so|to|up|us|we)"

_VERBS = "(?:said|says|asked|asks|replied|replies|answered|adds|added|argued|wrote|joked|concluded)"

JOINS = (
    Join(
        "a small letter goes on",
        re.compile(rf"[!?…]{_CLOSING}*$|\.\.{_CLOSING}*$"),
        re.compile(r"[“\"'(]?[a-zà-öø-ÿ]"),
    ),
    Join(
        "who said it follows the quotation",
        re.compile(r"[.!?…,][”\"’']$"),
        re.compile(rf"(?:[A-Z][\w’'-]+ ){{1,3}}{_VERBS}\b"),
    ),
    Join(
        "a short word before its number",
        re.compile(
            r"(?i:(?:^|[\s(\[“\"])(?:nos?|n[°ºr]|eps?|vols?|figs?|chs?|secs?|arts?|pp?|approx|ca)\.$)"
        ),
        re.compile(r"[#\d]"),
    ),
    Join(
        "a name written with an exclamation mark",
        re.compile(r"\b(?:Yahoo|Jeopardy|Yum)!$"),
        re.compile(r"(?:Finance|Mail|News|Japan|Inc|Brands)\b"),
    ),
    Join(
        "a German day before its month",
        re.compile(r"\b\d{1,2}\.$"),
        re.compile(
            r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
        ),
    ),
)

CUTS = (
    Cut(
        "a whole word is no short form",
        re.compile(
            rf"(?<![\w.&-])(?:(?!{_SHORT_FORMS}\.)(?:[A-Za-zÀ-ɏА-я]{{3,30}}|[A-Z]{{2}}s?)|{_SHORT_WORDS})"
            rf"\.{_CLOSING}*(?=\s+[“\"‘'(\[]?[A-ZÀ-ÖØ-ÞА-Я\d])"
        ),
    ),
    Cut("you and I", re.compile(r"\b(?:and|or|nor|than|as) I\.(?=\s+[A-Z])")),
    Cut("the hour in capitals before a title", re.compile(r"\b[AP]\.M\.(?=\s+(?:Mr|Mrs|Ms|Dr|Prof)\.)")),
    Cut("an omission opens the next sentence", re.compile(r"\w\.(?=\s+\. \. \. [A-Z])")),
    Cut(
        "the marks of notes behind a stop",
        re.compile(rf"(?<![A-Z.])[.!?…]{_CLOSING}*{_NOTE}{{1,8}}(?=\s+[“\"‘'(]?[A-ZÀ-ÖØ-ÞА-Я\d])"),
    ),
    Cut("a stop of another script", re.compile(rf"[।॥؟۔።։]+{_CLOSING}*(?=\s)")),
)

_TRAILING = re.compile(rf"(?:{_CLOSING}|{_NOTE})+(?=\s|$)")
"""Closing marks and the marks of notes that belong to the sentence before them."""

_ENUMERATOR = re.compile(r"[•⁃◦‣▪–-]?\s*\(?(?:\d{1,3}|[A-Za-z]|[ivx]{2,5}|[IVX]{2,5})[.)]+")
"""A list's number or letter, which belongs to what follows it."""

_LIST_START = re.compile(r"([•⁃◦‣▪–-]?\s?)(\d{1,3}|a)(\.\)|[.)])\s")
"""A text that begins like a list whose items follow each other in one line."""

_ASCII_STOP = re.compile(r"[.!?…।॥؟۔።։]")
_BLANKS = re.compile(r"\s*")
_LONG_RUN = re.compile(r"\S{200,}(?=\S{10})")
"""No word is that long, and nupunkt takes quadratic time over such runs: it sees only their end."""

_GLUED = re.compile(rf"{CJK.pattern}(?=[A-Za-z])")
"""A Chinese or Japanese character nupunkt would take for the first letter of a word behind it."""

_CJK_QUOTED = "「[^「」]{0,100}」|『[^『』]{0,100}』|“[^“”]{0,100}”"
_CJK_BRACKETED = "（[^（）]{0,100}）|【[^【】]{0,100}】|《[^《》]{0,100}》"
_CJK_MARK = re.compile(
    rf"(?P<quoted>{_CJK_QUOTED})"
    rf"|(?:{_CJK_BRACKETED})"
    r"|(?P<stop>[。！？｡；][。！？｡!?]*[」』”’）】》〉)\]\"']*"
    rf"|(?<={CJK.pattern})[!?]+(?={CJK.pattern})"
    # A doubled ellipsis ends a Chinese clause; after fewer characters it is a speaker's hesitation.
    r"|(?<=[\u4e00-\u9fff]{4})……[」』”’）】》〉]*(?=[\u4e00-\u9fff]))"
)
"""A short quotation or bracket, which stays whole, or the end of a Chinese or Japanese sentence."""

_CJK_ENDS_QUOTED = re.compile(r"[。！？｡!?…].$")
_CJK_GOES_ON = re.compile(r"[、，,：とのはがをにもでっ]|[^\W\d_]{0,4}(?:说|説|道|问|問|表示)")


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the sentences of one block's text are, as ``(start, end)`` in characters.

    The spans are in order, do not overlap and cover every character that is no white space; the white
    space between sentences is in none of them. A line break, which only code has, ends a sentence.
    """
    if len(text) <= CACHED_CHARACTERS:
        return _kept_sentences(text)
    return _spans(text)


@lru_cache(maxsize=1024)
def _kept_sentences(text: str) -> tuple[tuple[int, int], ...]:
    return _spans(text)


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for segment_start, segment_end in _segments(text):
        for first, last in _segment_spans(text[segment_start:segment_end]):
            start, end = segment_start + first, segment_start + last
            if spans and not _has_word(text, start, end):
                # An emoji or a stray mark behind a sentence is no sentence of its own.
                start, _ = spans.pop()
            spans.append((start, end))
    return tuple(spans)


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches between line breaks and between Chinese or Japanese sentence ends."""
    cjk = CJK.search(text) is not None
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in _cjk_ends(text, start, line.end()) if cjk else ():
            yield start, end
            start = end
        yield start, line.end()


def _cjk_ends(text: str, start: int, end: int) -> Iterator[int]:
    for mark in _CJK_MARK.finditer(text, start, end):
        if mark["quoted"] and not _CJK_ENDS_QUOTED.search(mark["quoted"]):
            continue
        if (mark["quoted"] or mark["stop"]) and not _goes_on(text, mark):
            yield mark.end()


def _goes_on(text: str, mark: re.Match[str]) -> bool:
    """Return whether the sentence goes on after a quotation: 「…。」と言った."""
    return mark[0][-1] in "」』”’" and _CJK_GOES_ON.match(text, mark.end()) is not None


def _segment_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of text that is cut by blanks and stops."""
    start, last = _next_word(text, 0), len(text.rstrip())
    items = _list_items(text)
    for end in sorted(_ends(text) | items):
        if end <= start or end >= last or (end not in items and _is_joined(text, start, end)):
            continue
        yield start, end
        start = _next_word(text, end)
    if start < last:
        yield start, last


def _ends(text: str) -> set[int]:
    """Return where nupunkt and the table of cuts see ends of sentences, trailing blanks left out."""
    if _ASCII_STOP.search(text) is None:
        return set()
    # Imported here: it takes 45 ms, which no command but the reader needs.
    import nupunkt

    shown = _GLUED.sub(" ", _LONG_RUN.sub(lambda run: "x" * len(run[0]), text))
    found = [end for _, end in nupunkt.sent_spans(shown)]
    found += [match.end() for cut in CUTS for match in cut.end.finditer(text)]
    return {_trimmed_end(text, end) for end in found}


def _trimmed_end(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    trailing = _TRAILING.match(text, end)
    return trailing.end() if trailing else end


def _next_word(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _is_joined(text: str, start: int, end: int) -> bool:
    """Return whether the sentence that would end at ``end`` goes on."""
    if end - start <= WINDOW:
        alone = text[start:end]
        if _ENUMERATOR.fullmatch(alone) or not _has_word(text, start, end):
            return True
    before, at = text[max(start, end - WINDOW) : end], _next_word(text, end)
    after = text[at : at + WINDOW]
    return any(join.before.search(before) and join.after.match(after) for join in JOINS)


def _has_word(text: str, start: int, end: int) -> bool:
    return any(character.isalnum() for character in text[start:end])


def _list_items(text: str) -> set[int]:
    """Return where the items of a list written in one line end: ``1. this 2. that``."""
    first = _LIST_START.match(text)
    if first is None:
        return set()
    mark, counter, stop = first.groups()
    ends, at = set(), first.end()
    while counter := _following(counter):
        item = re.compile(rf"\s+(?={re.escape(mark + counter + stop)}\s)").search(text, at)
        if item is None:
            break
        ends.add(item.start())
        at = item.end()
    return ends


def _following(counter: str) -> str:
    """Return the number or letter after this one; nothing after ``z``."""
    if counter.isdigit():
        return str(int(counter) + 1)
    return chr(ord(counter) + 1) if counter < "z" else ""
