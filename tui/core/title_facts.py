"""What an episode's title and its file's name say: the show, the number, the date, the address, the guests.

The patterns are those of podcasts, video channels and the programs that save them. What could as well be
part of a plain title (``Apollo 11: …``, ``Top 10``) tells nothing.
"""

import re
from dataclasses import dataclass
from pathlib import PurePath

from tui.core.formats.values import VIDEO_ID, date_of

TITLE_CHARS = 300

NUMBER_WORD = r"(?:Episode|Ep\.?|Folge|Episodio|Épisode|Episódio|Puntata|Nr\.?|No\.?|Vol\.?|Выпуск)"
SHOW_IN_TITLE = re.compile(
    rf"\s(?:[|｜•·]|[-–—])\s+(?P<show>[^|｜]{{2,60}}?)\s*(?:#|,?\s{NUMBER_WORD}\s*#?)(?P<number>\d{{1,5}})\s*$",
    re.I,
)
SHOW_WORDS = re.compile(r"\s[|｜]\s+(?P<show>[^|｜]*\b(?:Podcast|Show|Radio)\b[^|｜]*)$", re.I)
SHOW_FIRST = re.compile(
    rf"(?P<show>[^|:：#]{{2,60}}?),?\s+(?:#|{NUMBER_WORD}\s*#?)(?P<number>\d{{1,5}})\s*(?:[-–—:：|｜]|$)",
    re.I,
)
SHOW_NUMBER = re.compile(
    r"(?P<show>[^|:：#\d]{0,50}\b(?:Podcast|Show|Radio|Talks?|FM|Pod|Hour))\s+(?P<number>\d{1,5})\s*[-–—:：|｜]"
)
NUMBER_FIRST = re.compile(
    rf"\s*(?:#|{NUMBER_WORD}\s*#?\s*|S\d{{1,2}}\s?E(?=\d)|E(?:P\.?\s?)?(?=\d))(?P<number>\d{{1,5}})(?!\d|:\d)",
    re.I,
)
NUMBER_LAST = re.compile(
    rf"\s(?:[(\[]\s*(?:#|{NUMBER_WORD}\s*#?)\s*(?P<number>\d{{1,5}})\s*[)\]]"
    rf"|[|｜–—-]\s*(?:#|{NUMBER_WORD}\s*#?)\s*(?P<other>\d{{1,5}}))\s*$",
    re.I,
)
"""A number in brackets at a title's end, or behind a dash or a bar."""

CJK_NUMBER = re.compile(r"第\s*(?P<number>\d{1,5})\s*(?:期|集|话|話|回|讲|講)")
LISTED = re.compile(r"\s*(?P<number>\d{2,5})[.．]\s+(?=\S)|\s*(?P<short>\d)[.．]\s+(?=[\u3400-\u9fff])")
"""A title that begins as an item of a list does."""

YEARS = range(1900, 2100)

FILE_DATE = re.compile(r"(?<!\d)(\d{4})([-_. ]?)(\d{2})\2(\d{2})(?!\d)")
FILE_ID = re.compile(
    r"(?:\s*\[(?P<known>[\w-]{11})\](?:\.[a-z]{2,3}(?:-[\w]{2,8}){0,2})?|[-_ ](?P<seen>[\w-]{11}))$"
)
"""The identifier of a video at the end of a name: yt-dlp puts it in brackets, and a language behind it."""

FILE_SHOW = re.compile(r"(?P<show>.{2,60}?)\s+[-–—]\s+#?(?P<number>\d{1,5})\s+[-–—]\s+(?P<title>.+)")
FILE_HASH = re.compile(r"(?P<show>[^#]{2,60}?)\s+#(?P<number>\d{1,5})(?:\s*[-–—:]\s*|\s+|$)(?P<title>.*)")
FILE_NUMBER = re.compile(
    rf"(?:#|(?:{NUMBER_WORD}|E(?=P?\d)|S\d{{1,2}}E)[\s._-]*#?)(?P<number>\d{{1,5}})(?:[\s._:：-]+(?P<title>.+))?",
    re.I,
)
FILE_LISTED = re.compile(r"(?P<number>\d{1,5})(?:\s+[-–—]\s+|\.\s+)(?P<title>.+)")
FILE_SLUG = re.compile(r"(?P<show>[^\W\d_]+(?:[-_]+[^\W\d_]+){1,5})[-_]+(?P<number>\d{1,5})")
"""Nothing but a show of several words and a number: ``founders-talk-71``."""

NO_SHOWS = re.compile(
    r"\b(?:chapter|day|doc|document|draft|file|lecture|lesson|module|note|notes|page|part|recording|section|session"
    r"|summary|test|transcript|unit|untitled|version|video|week)\b"
)
"""What else is numbered."""


def show_and_number(title: str) -> tuple[str | None, int | None]:
    """Return the show and the episode's number that a title names.

    >>> show_and_number("Ann Lee: On Tea | Leaf Talk #7")
    ('Leaf Talk', 7)
    """
    title = title[:TITLE_CHARS]
    found = SHOW_IN_TITLE.search(title) or SHOW_FIRST.match(title) or SHOW_NUMBER.match(title)
    if found:
        return found["show"].strip(" -–—|｜:,"), int(found["number"])
    show = SHOW_WORDS.search(NUMBER_LAST.sub("", title))
    return (show["show"].strip() if show else None), title_number(title)


def title_number(title: str) -> int | None:
    """Return the number of an episode that a title begins or ends with, or has in a CJK counting word."""
    last = NUMBER_LAST.search(title)
    if last:
        return int(last["number"] or last["other"])
    found = NUMBER_FIRST.match(title) or CJK_NUMBER.search(title)
    if found:
        return int(found["number"])
    listed = LISTED.match(title)
    number = int(listed["number"] or listed["short"]) if listed else None
    return None if number in YEARS else number


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file's name says."""

    title: str
    """What is left of the name, words apart; empty where it names only a show and a number."""

    show: str | None = None
    number: int | None = None
    date: str | None = None
    """``YYYY-MM-DD``."""

    url: str | None = None
    """The address of the video whose identifier ends the name."""


def file_facts(file_name: str, *, is_titled: bool = False) -> FileFacts:
    """Return what a file's name says: ``2024-03-01 Show - 123 - Title [abc123XYZ_-].md`` and its relatives.

    Args:
        file_name: With its suffix.
        is_titled: The document has a title of its own; then a word and a number (``doc-12.md``) tell nothing.
    """
    stem = PurePath(file_name[:TITLE_CHARS]).stem.strip()
    dated = FILE_DATE.search(stem)
    date = date_of(dated[1], dated[3], dated[4]) if dated and int(dated[1]) in YEARS else None
    if dated and date and not dated.start():
        stem = stem[dated.end() :].lstrip("-_. ")
    stem, url = without_id(stem)
    spaced = stem if " " in stem else re.sub(r"[-_]+", " ", stem)
    for pattern in (FILE_SHOW, FILE_HASH, FILE_NUMBER, FILE_LISTED):
        found = pattern.fullmatch(stem) or pattern.fullmatch(spaced)
        if found and int(found["number"]) not in YEARS:
            named = found.groupdict()
            show = (named.get("show") or "").strip(" -–—_") or None
            return FileFacts((named["title"] or "").strip(" -–—_"), show, int(found["number"]), date, url)
    slug = None if is_titled else FILE_SLUG.fullmatch(stem)
    if slug and int(slug["number"]) not in YEARS and not NO_SHOWS.search(spaced.lower()):
        show = " ".join(re.split(r"[-_\s]+", slug["show"])).title()
        return FileFacts("", show, int(slug["number"]), date, url)
    return FileFacts(spaced, None, None, date, url)


def without_id(stem: str) -> tuple[str, str | None]:
    """Return a file's stem without the identifier of a video at its end, and the video's address.

    Without brackets around it, it must look like none of the words of a title: it has capitals and
    small letters and digits.
    """
    found = FILE_ID.search(stem)
    if found is None:
        return stem, None
    seen = found["seen"] or ""
    is_mixed = (
        any(map(str.isdigit, seen)) and not seen.islower() and not seen.isupper() and not seen.istitle()
    )
    if not found["known"] and not is_mixed:
        return stem, None
    identifier = found["known"] or seen
    if not VIDEO_ID.fullmatch(identifier):
        return stem, None
    return stem[: found.start()].rstrip(" -_"), f"https://www.youtube.com/watch?v={identifier}"
