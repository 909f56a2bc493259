"""What one item of a feed says about its episode: RSS, Atom, and what Apple and others have added to them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tui.core.cleaning import clean_line
from tui.core.formats.chapters import Chapter
from tui.core.formats.html_line import ADDRESS
from tui.core.formats.lines import squeeze
from tui.core.formats.times import clock_time
from tui.core.formats.values import parse_duration
from tui.core.formats.xml_tree import Node
from tui.core.metadata import FieldValue

TEXTS = ("content:encoded", "content", "description", "itunes:summary", "summary", "media:description")
"""Where an episode's text may be, the fullest first."""

LINKS = (("Transcript", "podcast:transcript"), ("Chapters", "podcast:chapters"), ("Recording", "enclosure"))
"""What an item leads to, and the elements that say where it is."""


DATES = ("pubDate", "published", "dc:date", "issued", "updated")
PEOPLE = ("itunes:author", "dc:creator", "author")
HOSTS = frozenset({"host", "co-host", "cohost", "guest host"})
GUESTS = frozenset({"guest", "interviewee", "panelist"})
MAX_CHAPTERS = 2000
VALUE_CHARS = 1000


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An item of a feed."""

    title: str
    texts: tuple[str, ...]
    """HTML or plain text, clean."""

    fields: dict[str, FieldValue] = field(default_factory=dict)
    chapters: tuple[Chapter, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    """What is behind an address, and the address."""


def feed_item(tree: Node) -> FeedItem | None:
    """Return what the first item of a feed says; None if there is no item.

    Args:
        tree: A feed; its channel may say what show it is of.
    """
    parents = [node for node in tree.walk() if node.first("item", "entry")]
    if not parents:
        return None
    channel = parents[0]
    show = channel.first("channel") or channel
    item = channel.first("item", "entry") or channel
    fields: dict[str, FieldValue] = {
        "show": line(show.first("title")),
        "date": first_line(item, DATES),
        "url": address_of(item),
        "duration_seconds": duration_of(item),
        "episode_number": first_line(item, ("itunes:episode", "podcast:episode")),
        "language": first_line(item, ("dc:language",)) or first_line(show, ("language", "dc:language")),
        "tags": tags_of(item),
        **people_of(item, show),
    }
    texts = tuple(filter(None, map(body_of, (node for name in TEXTS for node in within(item, name)))))
    title = first_line(item, ("title", "itunes:title", "media:title"))
    told = {name: value for name, value in fields.items() if value}
    return FeedItem(title, texts, told, chapters_of(item), links_of(item))


def line(node: Node | None) -> str:
    """Return an element's text on one line, squeezed, or ""."""
    return squeeze(clean_line(node.text()[:VALUE_CHARS])) if node else ""


def first_line(node: Node, names: Iterable[str]) -> str:
    """Return the text of the first child of some names that has one."""
    return next(filter(None, (line(node.first(name)) for name in names)), "")


def within(item: Node, name: str) -> list[Node]:
    """Return the children of a name; those of Media RSS may stand in a group."""
    groups = [item, *item.all("media:group", "media:content")] if name.startswith("media:") else [item]
    return [node for group in groups for node in group.all(name)]


def body_of(node: Node) -> str:
    """Return an element's text; elements in it, as Atom allows, come as HTML."""
    return node.markup() if node.children else node.text()


def address_of(item: Node) -> str:
    """Return where the episode's page is, or else the episode itself; "" if the item does not say."""
    links = item.all("link")
    pages = [
        one.attributes.get("href", "")
        for one in links
        if one.attributes.get("rel", "alternate") == "alternate"
    ]
    guid = item.first("guid")
    permalink = line(guid) if guid and guid.attributes.get("isPermaLink", "true") == "true" else ""
    media = [one.attributes.get("url", "") for one in item.all("enclosure", "media:content")]
    media += [link.attributes.get("href", "") for link in links if link.attributes.get("rel") == "enclosure"]
    addresses = (clean_line(one[:VALUE_CHARS]) for one in (*map(line, links), *pages, permalink, *media))
    return next((address for address in addresses if ADDRESS.fullmatch(address)), "")


def duration_of(item: Node) -> str:
    """Return an episode's length in seconds, or ""."""
    told = [line(item.first("itunes:duration"))]
    told += [node.attributes.get("duration", "") for node in within(item, "media:content")]
    durations = (parse_duration(text, 1) for text in told if text)
    return next((str(duration_s) for duration_s in durations if duration_s), "")


def tags_of(item: Node) -> tuple[str, ...]:
    """Return an episode's tags."""
    keywords = first_line(item, ("itunes:keywords", "media:keywords")).split(",")
    categories = (line(one) or clean_line(one.attributes.get("term", "")) for one in item.all("category"))
    return tuple(dict.fromkeys(filter(None, (tag.strip() for tag in (*keywords, *categories)))))


def people_of(item: Node, show: Node) -> dict[str, FieldValue]:
    """Return hosts, guests and others by what they do; a show's author only where nobody else is named.

    An author of the show's own name is the show.
    """
    named = item.all("podcast:person") or show.all("podcast:person")
    roles = {line(person): person.attributes.get("role", "host").strip().lower() for person in named}
    if roles:
        return {
            "hosts": tuple(name for name, role in roles.items() if name and role in HOSTS),
            "guests": tuple(name for name, role in roles.items() if name and role in GUESTS),
        }
    title = line(show.first("title")).casefold()
    author = author_of(item) or author_of(show)
    return {"author": author} if author and author.casefold() != title else {}


def author_of(node: Node) -> str:
    """Return who made something: in RSS often an address with the name behind it in brackets."""
    for name in PEOPLE:
        author = node.first(name)
        if author is None:
            continue
        text = line(author.first("name")) or line(author)
        if "@" in text:
            text = text.partition("(")[2].rstrip(") ")
        if text:
            return text
    return ""


def chapters_of(item: Node) -> tuple[Chapter, ...]:
    """Return the chapters in an item, in the order of their times: Podlove's, or soundbites with a title."""
    marks = [chapter for holder in item.all("psc:chapters") for chapter in holder.all("psc:chapter")]
    found: list[Chapter] = []
    for mark in marks[:MAX_CHAPTERS]:
        start_s = clock_time(mark.attributes.get("start", "").strip())
        title = squeeze(clean_line(mark.attributes.get("title", "")[:VALUE_CHARS]))
        if start_s is not None and title:
            found.append(Chapter(start_s, title))
    return tuple(sorted(found, key=lambda chapter: chapter.start_s))


def links_of(item: Node) -> tuple[tuple[str, str], ...]:
    """Return what else an item leads to: its transcript, its chapters, its recording."""
    found: dict[str, str] = {}
    for name, element in LINKS:
        for node in item.all(element):
            address = clean_line(node.attributes.get("url", "")[:VALUE_CHARS])
            if ADDRESS.fullmatch(address):
                found.setdefault(address, name)
    return tuple((name, address) for address, name in found.items())
