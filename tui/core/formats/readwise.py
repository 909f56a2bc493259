"""Highlights out of Readwise: its Markdown and Obsidian export, and its pages for Logseq.

The shape is the default template: metadata in a list, then highlights as the items of a list, each with
its place in brackets at its end, and its tags and note nested below. The items are read line by line:
what was highlighted may hold rules, fences and lists of its own, which are no Markdown of the page.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tui.core.episode import Block, BlockKind
from tui.core.formats import markdown
from tui.core.formats.draft import Draft, Fields, Heading, Item, Source, gather, same_title
from tui.core.formats.highlights import METADATA, first_words, folded, joined, lines_of
from tui.core.formats.markdown_blocks import TooDeepError, markdown_items
from tui.core.formats.readwise_items import item_of
from tui.core.metadata import tag_list, without_brackets

HEADING = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<text>\S.*?)[ \t]*#*[ \t]*$")
LISTED = re.compile(
    r"(?:-[ \t]+)?(?:#{1,6}[ \t]+)?(?:\[\[)?(?:Readwise )?Highlights(?:\]\])?(?: first synced by .*)?[ \t]*$",
    re.I,
)
ADDED = re.compile(r"(?:-[ \t]+)?(?:#{1,6}[ \t]+)?New highlights added .*", re.I)
HIGHLIGHTS = re.compile(
    r"^(?:- )?(?:#{1,6} )?(?:\[\[)?(?:Readwise )?(?:Highlights\b|New highlights added )", re.M
)
"""The line above highlights."""

EVIDENCE = re.compile(
    r"rw-book-cover|readwise\.io|readwise-assets|\[\[Readwise\b|^- \**Full Title\**:|^full-title::|"
    r"^- \**Category\**: #\w+$|\(\[(?:Time \d|View Highlight\])",
    re.I | re.M,
)
COVER = re.compile(r"^(?:- )?!\[(?:rw-book-cover|book_image|)\]\([^)\n]*\)(?:\{[^}\n]*\})?[ \t]*$")
PROPERTY = re.compile(r"\s*(?P<key>[A-Za-z][\w -]{1,30})::(?:\s+(?P<value>.*))?$")
METADATA_LINE = re.compile(r"[-*]\s+\**(?P<key>[A-Z][\w ]{2,20})\**:\**\s*(?P<value>.*)$")
ITEM_ID = re.compile(r"id\d{5,}$")

FIELDS = {
    "full title": "title",
    "full-title": "title",
    "title": "title",
    "url": "url",
    "document tags": "tags",
    "published date": "date",
    "published_date": "date",
}
"""Lines of the metadata, and what the fields are called here. The author is a show where it is a podcast."""

PODCASTS = frozenset({"podcast", "podcasts"})
NO_AUTHOR = frozenset({"your uploads", "unknown", "null"})


def fits(source: Source) -> bool:
    """Say whether a document is Readwise's: a list of highlights, and something only Readwise writes."""
    judged = source.judged
    return HIGHLIGHTS.search(judged) is not None and EVIDENCE.search(judged) is not None


def read(source: Source) -> Draft:
    """Return a document's highlights, each a section with its note; each is shown once."""
    try:
        page = Page().read(source.text.split("\n"))
    except (TooDeepError, RecursionError):
        return markdown.read(source)
    notices = (twice(page.repeated),) if page.repeated else ()
    known = known_fields(page.fields)
    title = page.title or str(known.get("title", ""))
    return Draft(
        gather(page.items),
        "It has the metadata and the highlights of a Readwise export.",
        title,
        notices,
        known,
    )


def twice(count: int) -> str:
    """Return what is said of highlights that stand in a file more than once."""
    what = "1 highlight stands" if count == 1 else f"{count} highlights stand"
    return f"{what} in the file twice and {'is' if count == 1 else 'are'} shown once"


@dataclass(slots=True)
class Page:
    """What has been read of a page so far."""

    items: list[Item] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    title: str = ""
    repeated: int = 0
    level: int = 1
    """Of the heading above the highlights."""

    seen: set[str] = field(default_factory=set)
    """The highlights so far, to show each once."""

    def read(self, lines: Sequence[str]) -> "Page":
        """Read a page: its lines from one heading to the next.

        Raises:
            TooDeepError: Lists or quotations are nested too deeply.
        """
        begin = 0
        for index in range(1, len(lines) + 1):
            if index == len(lines) or is_opening(lines[index]):
                self.read_part(lines[begin:index])
                begin = index
        self.items = named_by_words(self.items)
        return self

    def read_part(self, lines: Sequence[str]) -> None:
        """Read a heading and what stands below it."""
        opening = HEADING.match(lines[0])
        words = opening["text"] if opening else lines[0].strip().removeprefix("- ")
        if LISTED.match(lines[0]) or ADDED.match(lines[0]):
            self.level = len(opening["marks"]) if opening else 2
            self.read_highlights(without_marks(words), lines[1:])
        elif opening and words.lower() == "metadata":
            self.add_once(Heading(words, len(opening["marks"])))
            self.read_metadata(lines[1:])
        elif opening and opening["marks"] == "#" and (not self.title or same_title(words, self.title)):
            heading = markdown_items(lines[0])
            self.title = self.title or " ".join(item.text for item in heading)
            self.read_metadata(lines[1:])
        else:
            self.read_metadata(lines)

    def read_highlights(self, title: str, lines: Sequence[str]) -> None:
        """Read a list of highlights, or what another template made of them."""
        parts = listed(lines)
        if parts is None:
            self.add_once(Heading(title, self.level))
            self.items += flat(markdown_items("\n".join(lines)))
            return
        added: list[Item] = []
        for part in parts:
            key = "\n".join(line.strip() for line in part if line.strip())
            if key in self.seen:
                self.repeated += 1
                continue
            self.seen.add(key)
            added += item_of(part, self.level + 1)
        if added:
            self.add_once(Heading(title, self.level))
        self.items += added

    def read_metadata(self, lines: Sequence[str]) -> None:
        """Read lines of metadata, and any text among them."""
        text: list[str] = []
        for line in lines:
            known = PROPERTY.match(line) or METADATA_LINE.match(line)
            if COVER.match(line.strip()):
                continue
            if known is None:
                text.append(line)
                continue
            self.add_text(text)
            value = (known["value"] or "").strip()
            self.fields.setdefault(known["key"].lower(), value)
            if line not in self.seen:
                self.seen.add(line)
                self.items += folded(bullets(line), METADATA)
        self.add_text(text)

    def add_text(self, lines: list[str]) -> None:
        """Add text that is neither metadata nor a highlight, and begin anew."""
        text = "\n".join(lines)
        lines.clear()
        if text.strip() and text not in self.seen:
            self.seen.add(text)
            self.items += flat(markdown_items(text))

    def add_once(self, heading: Heading) -> None:
        """Add a heading, unless the same one stands there already and nothing came below it since."""
        is_same = any(
            isinstance(item, Heading) and item.text == heading.text and item.level == heading.level
            for item in self.items[:3]
        )
        is_again = self.repeated and any(
            isinstance(item, Heading) and item.text == heading.text for item in self.items
        )
        if not (heading.text.lower() == "metadata" and is_same) and not is_again:
            self.items.append(heading)


def is_opening(line: str) -> bool:
    """Say whether a line at the margin opens a part of the page."""
    if line[:1] not in "#-HN":
        return False
    return bool(HEADING.match(line) or LISTED.match(line) or ADDED.match(line))


def without_marks(words: str) -> str:
    """Return the words of a heading without its brackets and marks."""
    return without_brackets(re.sub(r"^[#\s]+", "", words))


def listed(lines: Sequence[str]) -> list[list[str]] | None:
    """Return the lines of each highlight of a list, or None if there is no list at the margin.

    In Logseq's pages the whole list is one tab further in.
    """
    begin = next((line for line in lines if line.strip()), "")
    inner = "\t" if begin.startswith("\t- ") else ""
    if not begin.startswith(f"{inner}- "):
        return None
    parts: list[list[str]] = []
    for raw in lines:
        line = raw.removeprefix(inner)
        if line.startswith("- "):
            parts.append([line[2:]])
        elif parts:
            parts[-1].append(line)
    return parts


def bullets(line: str) -> list[Item]:
    """Return a line of metadata as a bullet."""
    text = line.strip()
    return flat(markdown_items(text if text.startswith(("- ", "* ")) else f"- {text}"))


def flat(items: Iterable[Item]) -> list[Item]:
    """Return items with the source lines of paragraphs that stand for themselves apart."""
    apart: list[Item] = []
    for item in items:
        if isinstance(item, Heading):
            apart.append(item)
        elif "\n" in item.text and any(PROPERTY.match(line) for line in item.text.split("\n")[:4]):
            apart += lines_of(item)
        else:
            apart.append(joined(item))
    return apart


def named_by_words(items: list[Item]) -> list[Item]:
    """Return the items with headings that are Readwise's numbers named by the words below them."""
    named = list(items)
    for index, item in enumerate(items):
        if isinstance(item, Heading) and ITEM_ID.match(item.text):
            following = items[index + 1 : index + 4]
            quoted = (one for one in following if isinstance(one, Block) and one.kind is BlockKind.QUOTE)
            quote = next(quoted, None)
            if quote is not None:
                named[index] = Heading(first_words(quote.text), item.level)
    return named


def known_fields(lines: dict[str, str]) -> Fields:
    """Return what the lines of metadata say, under the names of ``Draft.fields``."""
    # What is empty here would else be taken from the lines of the first highlights.
    known: dict[str, str | tuple[str, ...]] = {"tags": (), "link": "", "date": "", "source": ""}
    for key, name in FIELDS.items():
        value = lines.get(key, "")
        if name == "tags":
            if value:
                known[name] = tags_of(value)
        elif value and not known.get(name):
            known[name] = without_brackets(value).strip('"').replace("\\#", "#")
    category = without_brackets(lines.get("category", "")).strip("#").lower()
    author = without_brackets(lines.get("author", ""))
    if author.lower() in NO_AUTHOR:
        author = ""
    # Under its own name an author would be a person, and that of a podcast is its show.
    known["author"] = () if category in PODCASTS else author
    if category in PODCASTS and author:
        known["show"] = author
    return known


def tags_of(value: str) -> tuple[str, ...]:
    """Return the tags in a line ``[[a]] [[b]]`` or ``#a #b``."""
    linked = tuple(re.findall(r"\[\[([^\]\n]{1,80})\]\]", value))
    return linked or tag_list({"tags": value})
