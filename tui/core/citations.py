"""What a quote's citation says: who, in what, where and when, each only once."""

import re
from dataclasses import dataclass

from tui.core.cleaning import clean_line
from tui.core.episode import clock
from tui.core.quotes import Quote, QuoteSettings, link

_BETWEEN = r"\s*[|:–—·•-]\s*"
"""What stands between a title and the name of its show, or a name and what it is about."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of a citation that are known, chosen, and not said by another part."""

    speaker: str | None = None
    title: str | None = None
    show: str | None = None
    """Show and number, as far as the title does not say them: ``Show #452``."""

    section: str | None = None
    time: str | None = None
    """``12:34`` or ``1:02:34``."""

    date: str | None = None
    url: str | None = None
    """Where the link of the citation leads: to the quote itself."""


def citation(quote: Quote, settings: QuoteSettings) -> str:
    """Return who said it where, in one line without a dash: ``Speaker, Title (Show #n), Section, time``."""
    return citation_line(citation_parts(quote, settings))


def citation_parts(quote: Quote, settings: QuoteSettings) -> Citation:
    """Return the parts of a citation, those left out that are unknown, unwanted or said already."""
    title = clean_line(quote.title) if "title" in settings.fields else None
    speaker = _known(quote.speaker, "speaker", settings)
    section = _known(quote.section, "section", settings)
    if section and speaker:
        section = _after_name(section, speaker)
    if section == title:
        section = None
    if title and speaker and (_after_name(title, speaker) != title or speaker == title):
        speaker = None
    return Citation(
        speaker=speaker,
        title=title,
        show=_show(quote, title or "") if "show" in settings.fields else None,
        section=section,
        time=clock(quote.start_s) if quote.start_s is not None and "time" in settings.fields else None,
        date=_known(quote.date, "date", settings),
        url=_known(link(quote), "url", settings),
    )


def citation_line(parts: Citation) -> str:
    """Return the parts in one line."""
    title = f"{parts.title} ({parts.show})" if parts.title and parts.show else parts.title or parts.show
    said = (parts.speaker, title, parts.section, parts.time, parts.date, parts.url)
    return ", ".join(part for part in said if part)


def bare_title(quote: Quote) -> str:
    """Return the title without its show and number, for lists of references that name them apart."""
    title = clean_line(quote.title)
    if not quote.show:
        return title
    named = rf"{re.escape(clean_line(quote.show))}\s*(?:#\s*\d+|\(\d+\))?"
    number = rf"#?{quote.number}" if quote.number is not None else r"#\d+"
    for end in (rf"{_BETWEEN}{named}$", rf"^{named}{_BETWEEN}", rf"^{number}{_BETWEEN}"):
        title = re.sub(end, "", title, count=1, flags=re.IGNORECASE) or title
    return title


def _known(value: str | None, field: str, settings: QuoteSettings) -> str | None:
    return clean_line(value) or None if value and field in settings.fields else None


def _after_name(text: str, name: str) -> str:
    """Return what follows a name and a colon or dash at the beginning of a text; the text without one."""
    return re.sub(rf"^{re.escape(name)}(?:\s+[-–—|·•]|\s*:)\s*", "", text, count=1, flags=re.IGNORECASE)


def _show(quote: Quote, title: str) -> str | None:
    """Return show and number, as far as the title does not say them."""
    show = clean_line(quote.show or "")
    says_show = bool(show) and show.casefold() in title.casefold()
    number = "" if quote.number is None or _says_number(title, quote.number) else f"#{quote.number}"
    return " ".join(part for part in ("" if says_show else show, number) if part) or None


def _says_number(title: str, number: int) -> bool:
    """Return whether a title says the episode's number; any other number of that size is none."""
    words = r"(?:#|\b(?:no|nr|ep|eps|episode|folge|épisode)\b\.?)"
    said = rf"{words}\s*{number}(?!\d)|^{number}\b|第\s*{number}\s*[期集回話话]"
    return re.search(said, title, re.IGNORECASE) is not None
