"""What a page says about itself: titles, site, address, dates, people, in its head and in its microdata.

The names are those of HTML, Open Graph (ogp.me), Dublin Core, schema.org and the programs that save pages.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.core.cleaning import clean_line
from tui.core.formats.chapters import Chapter
from tui.core.formats.html_jsonld import linked_data
from tui.core.formats.html_line import ADDRESS
from tui.core.formats.lines import squeeze, word_set
from tui.core.formats.values import parse_date
from tui.core.metadata import FieldValue
from tui.core.title_facts import show_and_number

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

MAX_METAS = 400
META_NAMES = ("property", "name", "itemprop", "http-equiv")
VALUE_CHARS = 1000
SEPARATOR = re.compile(r"\s+(?:[|｜·•»—–-]|::)\s+")
"""What stands between a page's title and its site's name."""

SITE_SEPARATOR = re.compile(r"\s+(?:[|｜·•»]|::)\s+")
SITE_CHARS = 40

SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)(?P<browser>\S{1,2000})"
    r"|Page saved with SingleFile\s+url:\s*(?P<singlefile>\S{1,2000}))"
)
"""What browsers and SingleFile write at the top of a page they save."""

SAVED_CHARS = 20_000

PLATFORMS = word_set(
    "youtube spotify medium github vimeo soundcloud apple itunes substack overcast castbox linkedin "
    "twitter x facebook wikipedia google wordpress.com blogger notion"
)
"""Sites whose name is not a show's."""

METAS = {
    "date": (
        *("article:published_time", "datepublished", "uploaddate", "date", "dc.date", "dcterms.date"),
        *("dc.date.issued", "citation_publication_date", "parsely-pub-date", "publish-date", "pubdate"),
        *("og:published_time", "video:release_date", "og:video:release_date", "music:release_date"),
        *("sailthru.date", "dcterms.created", "article.published", "release_date"),
    ),
    "author": (
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "parsely-author",
        "twitter:creator",
    ),
    "duration_seconds": ("og:video:duration", "video:duration", "music:duration", "og:audio:duration"),
    "duration": ("duration",),
    "url": ("og:url", "parsely-link"),
    "language": ("content-language", "dc.language", "inlanguage", "language"),
    "show": ("podcast", "podcast:title", "dc.source", "partofseries"),
}
"""Fields, and the metadata that hold them, in lower case, the surest first."""

TAG_METAS = ("article:tag", "video:tag", "og:video:tag", "keywords", "news_keywords", "parsely-tags")
TITLE_METAS = ("og:title", "twitter:title", "dc.title", "parsely-title", "citation_title", "title")
SITE_METAS = ("og:site_name", "application-name", "apple-mobile-web-app-title")


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says about itself."""

    titles: tuple[str, ...] = ()
    """What it calls itself, the surest first; the last may have the site's name with it."""

    site: str = ""
    url: str = ""
    """Its own address, which links in it may be relative to."""

    fields: dict[str, FieldValue] = field(default_factory=dict)
    """Under the names that ``core.metadata`` knows."""

    chapters: tuple[Chapter, ...] = ()

    @property
    def title(self) -> str:
        """The title, without the site's name where that is plain to see; "" if it has none."""
        return without_site(self.titles[0], self.site) if self.titles else ""


def head_of(tree: "LexborHTMLParser", source: str) -> Head:
    """Return what a page says about itself; every value is clean and on one line."""
    metas = meta_values(tree)
    data = linked_data(script.text() for script in tree.css('script[type="application/ld+json"]'))
    title = tree.css_first("head title") or tree.css_first("title")
    titles = [*data.titles, *values_of(metas, TITLE_METAS), plain(title.text() if title is not None else "")]
    site = next(iter(values_of(metas, SITE_METAS)), "")
    url = page_address(tree, metas, source)
    fields: dict[str, FieldValue] = {}
    for name, keys in METAS.items():
        found = next(iter(values_of(metas, keys)), "")
        if found and not (name == "author" and ADDRESS.match(found)):
            fields[name] = found
    fields |= page_fields(tree, metas)
    fields |= data.fields
    if url:
        fields["url"] = url
    titles = list(dict.fromkeys(title for title in titles if title))
    return Head(tuple(titles), site, url, fields | show_fields(titles, site, fields), data.chapters)


def plain(text: str | None) -> str:
    """Return text clean, squeezed and on one line."""
    return squeeze(clean_line((text or "")[:VALUE_CHARS]))


def meta_values(tree: "LexborHTMLParser") -> dict[str, list[str]]:
    """Return the page's metadata and microdata by name in lower case."""
    found: dict[str, list[str]] = {}
    for meta in tree.css("meta[content]")[:MAX_METAS]:
        attributes = meta.attributes
        name = next(
            (attributes[key] for key in ("property", "name", "itemprop", "http-equiv") if key in attributes),
            "",
        )
        value = plain(attributes.get("content"))
        if name and value:
            found.setdefault(name.lower(), []).append(value)
    return found


def values_of(metas: dict[str, list[str]], names: Iterable[str]) -> list[str]:
    """Return the first value of each of some metadata that the page has."""
    return [metas[name][0] for name in names if name in metas]


def page_address(tree: "LexborHTMLParser", metas: dict[str, list[str]], source: str) -> str:
    """Return the page's own address, or ""."""
    canonical = tree.css_first('link[rel="canonical"][href]')
    saved = SAVED_FROM.search(source, 0, SAVED_CHARS)
    addresses = (
        canonical.attributes.get("href") if canonical is not None else "",
        *values_of(metas, METAS["url"]),
        (saved["browser"] or saved["singlefile"]) if saved else "",
    )
    return next((plain(address) for address in addresses if ADDRESS.fullmatch(plain(address))), "")


def page_fields(tree: "LexborHTMLParser", metas: dict[str, list[str]]) -> dict[str, FieldValue]:
    """Return the language, the date, the tags and the channel that a page's elements tell."""
    fields: dict[str, FieldValue] = {}
    root = tree.css_first("html")
    language = (
        plain(root.attributes.get("lang") or root.attributes.get("xml:lang")) if root is not None else ""
    )
    if language:
        fields["language"] = language
    if not any(name in metas for name in METAS["date"]):
        date = next(dates_of(tree), None)
        if date:
            fields["date"] = date
    tags = tags_of(tree, metas)
    if tags:
        fields["tags"] = tags
    channel = tree.css_first('[itemprop="author"] [itemprop="name"][content]')
    if channel is not None:
        fields["channel"] = plain(channel.attributes.get("content"))
    return fields


def dates_of(tree: "LexborHTMLParser") -> Iterator[str]:
    """Yield the dates that the page's ``time`` elements give, those said to be of publication first."""
    times = tree.css("time[datetime]")[:20]
    published = ("pubdate", "itemprop")
    for time in sorted(times, key=lambda time: not any(name in time.attributes for name in published)):
        date = parse_date(plain(time.attributes.get("datetime")))
        if date and len(date) > len("2024"):
            yield date


def tags_of(tree: "LexborHTMLParser", metas: dict[str, list[str]]) -> tuple[str, ...]:
    """Return the page's tags: from the first of its metadata that has some, else from its links to tags."""
    for name in TAG_METAS:
        if name in metas:
            return tuple(
                tag.strip() for value in metas[name] for tag in re.split("[,，、;]", value) if tag.strip()
            )
    links = tree.css('a[rel="tag"], a[rel~="tag"]')[:60]
    return tuple(dict.fromkeys(filter(None, (plain(link.text()).lstrip("#") for link in links))))


def show_fields(titles: list[str], site: str, fields: dict[str, FieldValue]) -> dict[str, FieldValue]:
    """Return the show and number that a title names, else the site as the show, if it is no platform."""
    if "show" in fields or "channel" in fields:
        return {}
    for title in titles:
        show, number = show_and_number(without_site(title, site))
        if show:
            named: dict[str, FieldValue] = {"show": show}
            return named | ({"episode_number": str(number)} if number is not None else {})
    if site and site.lower().split()[0] not in PLATFORMS:
        return {"show": site}
    return {}


def without_site(title: str, site: str) -> str:
    """Return a title without the site's name at its end, given or set off by a bar.

    >>> without_site("How tea travels | Leaf House", "")
    'How tea travels'
    """
    separators = list(SEPARATOR.finditer(title))
    if not separators or not separators[-1].start():
        return title
    last = separators[-1]
    rest = title[last.end() :]
    if site and rest.casefold() == site.casefold():
        return title[: last.start()]
    is_set_off = SITE_SEPARATOR.fullmatch(last[0]) is not None and len(rest) <= SITE_CHARS
    return title[: last.start()] if is_set_off and show_and_number(title) == (None, None) else title


def is_title(text: str, titles: Iterable[str]) -> bool:
    """Say whether a heading is what a page calls itself, a site's name before or after it left out."""
    wanted = letters(text)
    return bool(wanted) and any(wanted in parts_of(title) for title in titles)


def parts_of(title: str) -> set[str]:
    """Return the letters of a title, and of what stands before and after each of its separators."""
    parts = {letters(title)}
    for separator in SEPARATOR.finditer(title):
        parts |= {letters(title[: separator.start()]), letters(title[separator.end() :])}
    return parts


def letters(text: str) -> str:
    """Return the letters and digits of a text, without their case."""
    return "".join(character for character in text.casefold() if character.isalnum())
