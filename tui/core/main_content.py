"""The main content of a page of the web: what trafilatura finds, held against what our own reader does.

trafilatura (Barbaresi, ACL 2021) knows how pages of the web are built, and leaves out menus, comments and
notices better than any rule of ours. Sometimes it leaves out too much: headings, or the names and times of
a transcript. Then our own reading stands.
"""

import logging
import warnings
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path

from tui.core.cleaning import clean_line
from tui.core.decoding import decode
from tui.core.episode import Episode
from tui.core.formats.values import language_code, parse_date, web_address
from tui.core.people import is_person
from tui.core.reading import episode_from_bytes, title_of_file
from tui.core.web import Fetched
from tui.errors import UnreadableError

LARGEST_PAGE = 4 * 1024 * 1024
"""Bytes of HTML that trafilatura is given: larger pages take it very long."""

LEAST_WORDS = 0.5
LEAST_HEADINGS = 0.8
LEAST_TURNS = 0.9
"""What trafilatura must have kept of what our own reader shows, as shares."""

NOISY = ("trafilatura", "htmldate", "courlan", "justext", "charset_normalizer")
"""What would write its warnings to the terminal."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What trafilatura makes of a page."""

    html: str
    """The main content; empty where it found none."""

    title: str = ""
    author: str = ""
    date: str | None = None
    url: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()


def page_episode(page: Fetched) -> Episode:
    """Return the episode that a page of the web holds, with its address.

    Raises:
        UnreadableError: It holds no text.
    """
    path = Path(page.name)
    ours = episode_from_bytes(page.data, path)
    if not page.is_html:
        return replace(ours, url=ours.url or page.url)
    if not words_shown(ours):
        raise UnreadableError(
            f"{page.url} holds no text as it is sent; open it in a browser, copy it, and use --clipboard"
        )
    extract = extracted(page)
    theirs = episode_from_bytes(document(extract).encode(), path) if extract.html else None
    chosen = ours if theirs is None or loses(theirs, ours) else theirs
    whose = "our own reader" if chosen is ours else "trafilatura"
    untitled = ours.title == title_of_file(path)
    people = tuple(name for name in extract.author.split("; ") if is_person(name))
    return replace(
        ours,
        sections=chosen.sections,
        why=f"{ours.why} Its main content was found by {whose}.",
        title=extract.title if untitled and extract.title else ours.title,
        people=ours.people or people,
        date=ours.date or extract.date,
        url=ours.url or extract.url or page.url,
        language=ours.language or extract.language,
        tags=ours.tags or extract.tags,
    )


def extracted(page: Fetched) -> Extract:
    """Return what trafilatura makes of a page; nothing where it can't make anything of it."""
    if len(page.data) > LARGEST_PAGE:
        return Extract("")
    # Imported here: it takes as long as all the rest of the program.
    from trafilatura import extract, extract_metadata

    for name in NOISY:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    html = decode(page.data, name=page.name).text
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            content = extract(
                html,
                url=page.url,
                output_format="html",
                include_formatting=True,
                include_links=True,
                include_comments=False,
            )
            # Its thorough search for a date takes any in the text for that of the page.
            told = extract_metadata(html, default_url=page.url, extensive=False).as_dict()
    except Exception:  # noqa: BLE001 - whatever a page does to it, our own reader has read the page
        return Extract("")
    return Extract(
        html=content or "",
        title=clean_line(told.get("title") or ""),
        author=clean_line(told.get("author") or ""),
        date=sure_date(told.get("date")),
        url=web_address(clean_line(told.get("url") or "")),
        language=language_code(clean_line(told.get("language") or "")),
        tags=tuple(clean_line(tag) for tag in told.get("tags") or () if clean_line(tag)),
    )


def sure_date(text: str | None) -> str | None:
    """Return a date that is a day; the first of a year is what trafilatura makes of the year alone."""
    told = parse_date(text or "")
    if told is None or told.endswith("-01-01"):
        return told and told[:4]
    return told if told <= date.today().isoformat() else None


def document(extract: Extract) -> str:
    """Return main content as a page that holds nothing else."""
    inner = extract.html.replace("<html>", "").replace("</html>", "")
    inner = inner.replace("<body>", "").replace("</body>", "")
    return (
        f"<!doctype html><html><head><title>{escape(extract.title)}</title></head>"
        f"<body><article>{inner}</article></body></html>"
    )


def loses(theirs: Episode, ours: Episode) -> bool:
    """Say whether a reading of a page lacks too much of what another one shows."""
    return (
        words_shown(theirs) < LEAST_WORDS * words_shown(ours)
        or headings(theirs) < LEAST_HEADINGS * headings(ours)
        or turns(theirs) < LEAST_TURNS * turns(ours)
    )


def words_shown(episode: Episode) -> int:
    """Return how many words are shown without unfolding anything."""
    return sum(
        len(block.text.split()) for section in episode.sections for block in section.blocks if not block.fold
    )


def headings(episode: Episode) -> int:
    """Return how many sections have a title and something to show below it."""
    return sum(
        bool(section.title) and not all(block.fold for block in section.blocks)
        for section in episode.sections
    )


def turns(episode: Episode) -> int:
    """Return how many blocks tell who speaks or when."""
    blocks = (block for section in episode.sections for block in section.blocks)
    return sum(block.speaker is not None or block.start_s is not None for block in blocks)
