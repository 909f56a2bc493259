"""Podcast feeds: RSS 2.0, RSS 1.0 and Atom, with what Apple, Podlove and Podcasting 2.0 add to them.

A feed is a file of several episodes. Each is a feed of one item, with what the feed says about the show,
so that it can be read by itself. Addresses in it are shown, never opened.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tui.core.cleaning import clean
from tui.core.episode import Block, BlockKind, Span, SpanKind
from tui.core.formats.chapter_lines import chapter_lines
from tui.core.formats.draft import Draft, Heading, Item, Source, gather
from tui.core.formats.feed_item import FeedItem, feed_item
from tui.core.formats.html_chapters import with_chapters
from tui.core.formats.html_page import html_items
from tui.core.formats.lines import squeeze, without_mark
from tui.core.formats.xml_tree import parse

ROOT = re.compile(r"<(?P<name>(?:[\w.-]+:)?(?:rss|feed|RDF))(?=[\s>])[^<>]*>")
ROOT_CHARS = 20_000
CHANNEL = re.compile(r"<channel(?=[\s>])[^<>]*>")

TOKEN = re.compile(r"<!\[CDATA\[|<!--|<(?P<close>/?)(?P<name>(?:atom:)?(?:item|entry))(?=[\s>])")
ENDS = {"<![CDATA[": "]]>", "<!--": "-->"}
"""What ends a stretch in which tags are text."""

SHOW_ELEMENT = re.compile(
    r"<(?P<name>title|language|itunes:author|author|dc:language|dc:creator|link)(?=[\s>])[^<>]*"
    r"(?:/>|>(?:<!\[CDATA\[)?(?P<text>[^\]]{0,1000}?)(?:\]\]>)?</(?P=name)\s*>)"
)
SHOW_CHARS = 64 * 1024
"""How far into a feed it says what show it is of."""

IMAGE = re.compile(r"<image(?=[\s>])(?:[^<]|<(?!/image))*+")
TAGS = re.compile(r"</?(?:p|br|div|ul|ol|li|a|b|strong|em|i|h[1-6]|span|blockquote)(?:\s[^<>]*)?/?>", re.I)
MARKUP = re.compile(r"<!\[CDATA\[|\]\]>|</?[A-Za-z][^<>]*>")
WHY = "It is an item of a podcast's feed."


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed taken apart, as text."""

    opening: str
    """The tags that open it, with the namespaces, and what it says about the show."""

    closing: str
    items: list[str]


def fits(source: Source) -> bool:
    """Say whether a text is a feed with at least one item."""
    found = ROOT.search(source.judged, 0, ROOT_CHARS)
    if found is None or not source.text.lstrip().startswith("<"):
        return False
    return next(item_stretches(source.text, found.end()), None) is not None


def split(source: Source) -> list[Source]:
    """Return the items of a feed, each as a feed of its own; fewer than two if it is none."""
    feed = feed_of(source.text)
    if feed is None or len(feed.items) < 2:
        return []
    return [Source(f"{feed.opening}{item}{feed.closing}", source.name, source.fields) for item in feed.items]


def read(source: Source) -> Draft:
    """Return the episode that a feed of one item holds; several come below each other."""
    feed = feed_of(source.text)
    items = [read_item(feed, item) for item in feed.items] if feed else []
    if len(items) == 1:
        return items[0]
    whole: list[Item] = []
    for draft in items:
        whole.append(Heading(draft.title or "Untitled", 1))
        for section in draft.sections:
            whole += [
                Heading(section.title, section.level + 1, section.spans, section.start_s),
                *section.blocks,
            ]
    return Draft(gather(whole), "It is a podcast's feed.")


def feed_of(text: str) -> Feed | None:
    """Return a feed taken apart; None if a text is none."""
    root = ROOT.search(text, 0, ROOT_CHARS)
    if root is None:
        return None
    stretches = list(item_stretches(text, root.end()))
    begin = stretches[0][0] if stretches else len(text)
    head = IMAGE.sub("", text[root.end() : min(begin, root.end() + SHOW_CHARS)])
    channel = CHANNEL.search(head)
    seen: dict[str, str] = {}
    for found in SHOW_ELEMENT.finditer(head):
        seen.setdefault(found["name"], found[0])
    opening = root[0] + (channel[0] if channel else "") + "".join(seen.values()) + "\n"
    closing = ("\n</channel>" if channel else "\n") + f"</{root['name']}>"
    return Feed(opening, closing, [text[start:end] for start, end in stretches])


def item_stretches(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield where the items of a feed begin and end; the last may be cut short."""
    begin: int | None = None
    while found := TOKEN.search(text, at):
        at = found.end()
        if found[0] in ENDS:
            end = text.find(ENDS[found[0]], at)
            at = len(text) if end < 0 else end
        elif found["close"]:
            at = text.find(">", at) + 1 or len(text)
            if begin is not None:
                yield begin, at
            begin = None
        elif begin is None:
            begin = found.start()
    if begin is not None:
        yield begin, len(text)


def read_item(feed: Feed, item: str) -> Draft:
    """Return the episode that an item of a feed holds; one that is no XML comes as the text in it."""
    tree = parse(f"{feed.opening}{item}{feed.closing}")
    told = feed_item(tree) if tree else None
    if told is None:
        words = MARKUP.sub("\n", item)
        return Draft(gather(items_of(words)), WHY, notices=("This item of the feed is not valid XML",))
    items = with_chapters(text_items(told), told.chapters)
    return Draft(gather([*items, *link_items(told)]), WHY, told.title, fields=told.fields)


def text_items(told: FeedItem) -> list[Item]:
    """Return the headings and blocks of what an item says about its episode."""
    items: list[Item] = []
    seen = ""
    for text in told.texts:
        found = items_of(text)
        letters = "".join(map(letters_of, found))
        # Feeds give a summary, a description and notes, which are often the same or each other's beginning.
        if letters and letters not in seen:
            items = found if seen in letters else [*items, *found]
            seen = letters if seen in letters else seen + letters
    return items


def letters_of(item: Item) -> str:
    """Return the letters and digits of an item."""
    return "".join(character for character in item.text.casefold() if character.isalnum())


def items_of(text: str) -> list[Item]:
    """Return the headings and blocks of a piece of HTML, or of lines of text, which may have entities too."""
    if TAGS.search(text):
        return html_items(text)
    lines = [squeeze(line) for line in clean(html.unescape(text)).text.split("\n") if line.strip()]
    return chapter_lines([without_mark(line) or Block(BlockKind.PARAGRAPH, line) for line in lines])


def link_items(told: FeedItem) -> list[Item]:
    """Return the addresses that an item names besides its own, as lines with a word for each."""
    lines: list[Item] = []
    for name, address in told.links:
        text = f"{name}: {address}"
        span = Span(len(name) + 2, len(text), SpanKind.LINK, address)
        lines.append(Block(BlockKind.PARAGRAPH, text, spans=(span,)))
    return lines
