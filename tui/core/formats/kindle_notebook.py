"""A notebook exported by a Kindle app: a page of HTML with chapters, highlights and notes.

The page marks everything by its classes: ``bookTitle``, ``authors``, ``sectionHeading``, then pairs of
``noteHeading`` and ``noteText``. Some apps close these elements in the wrong order, so what counts is
where each begins.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tui.core.episode import Block, BlockKind
from tui.core.formats.draft import Draft, Fields, Heading, Item, Source, gather
from tui.core.formats.highlights import BOOKMARKS, Highlight, highlight_items
from tui.core.formats.html_text import TAG, attribute, fragments
from tui.core.formats.kindle_words import authors_of, is_note
from tui.core.formats.lines import squeeze

CLASSES = frozenset(
    {"notebookfor", "booktitle", "authors", "citation", "sectionheading", "noteheading", "notetext"}
)
"""The elements that the page is made of, in lower case."""

COLOUR_CLASS = "highlight_"
COLOUR = re.compile(r"\(\s*(?P<colour>[^()]{1,20}?)\s*\)")
PLACE = re.compile(r"\s[-–—|]\s+(?P<place>\S.*)$")
"""What follows the kind of a mark: ``Highlight(yellow) - Page 4 · Location 274``."""

CHAPTER = re.compile(r"\s+>\s+")
CITATION_LABEL = re.compile(r"^Citation\b", re.I)


def fits(source: Source) -> bool:
    """Say whether a page is such a notebook."""
    found = {name for name, _ in elements(source.judged)}
    return "booktitle" in found and bool(found & {"noteheading", "sectionheading"})


def read(source: Source) -> Draft:
    """Return the highlights of a book under its chapters, with their notes."""
    notebook = Notebook()
    for name, words in elements(source.text):
        notebook.add(name, words)
    items = notebook.finished()
    fields: Fields = {"title": notebook.title, "authors": authors_of(notebook.authors)}
    return Draft(
        gather(items), "It is a notebook of a Kindle app by its classes.", notebook.title, (), fields
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """What the heading of a mark says."""

    note: bool
    colour: str
    chapter: str
    place: str


def elements(page: str) -> Iterator[tuple[str, str]]:
    """Yield the page's elements: the class of each, and the HTML up to the next."""
    name, begin = "", 0
    for tag in TAG.finditer(page):
        if tag["close"] or "class" not in tag["attributes"].lower():
            continue
        known = CLASSES.intersection(attribute(tag[0], "class").lower().split())
        if known:
            if name:
                yield name, page[begin : tag.start()]
            name, begin = min(known), tag.end()
    if name:
        end = page.lower().find("</body", begin)
        yield name, page[begin : end if end >= 0 else len(page)]


def words_of(html: str) -> str:
    """Return the text of a piece of HTML, its lines on lines of their own."""
    return "\n".join(fragment.text for fragment in fragments(html))


class Notebook:
    """What has been read of a notebook."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.title = ""
        self.authors = ""
        self.mark: Mark | None = None
        self.highlight: Highlight | None = None
        self.chapter = ""
        self.bookmarks: list[Item] = []
        self.level = 1

    def add(self, name: str, html: str) -> None:
        """Add an element of the page."""
        words = words_of(html)
        if name == "booktitle":
            self.title = self.title or squeeze(words.replace("\n", " "))
        elif name == "authors":
            self.authors = self.authors or squeeze(words.replace("\n", " "))
        elif name == "sectionheading":
            self.end_mark()
            self.end_highlight()
            if words:
                self.items.append(Heading(squeeze(words.replace("\n", " ")), 1))
                self.level, self.chapter = 2, ""
        elif name == "noteheading":
            self.end_mark()
            self.mark = mark_of(html, words)
        elif name == "notetext":
            self.add_text(words)
        elif words and not CITATION_LABEL.match(words) and name == "citation":
            self.items.append(Block(BlockKind.PARAGRAPH, squeeze(words.replace("\n", " "))))

    def add_text(self, words: str) -> None:
        """Add the text of a mark; a note right after a highlight of the same place belongs to it."""
        mark, self.mark = self.mark, None
        if mark is None:
            self.items += [Block(BlockKind.PARAGRAPH, line) for line in words.split("\n") if line]
        elif not words:
            self.bookmark(mark)
        elif mark.note and self.highlight is not None and is_near(self.highlight.title, mark.place):
            note = "\n".join(filter(None, (self.highlight.note, words)))
            self.highlight = replace(self.highlight, note=note)
        else:
            self.end_highlight()
            self.open_chapter(mark.chapter)
            self.highlight = (
                Highlight("", mark.place, words)
                if mark.note
                else Highlight(words, mark.place, detail=mark.colour)
            )

    def bookmark(self, mark: Mark) -> None:
        """Add a mark without text."""
        if mark.place:
            self.bookmarks.append(Block(BlockKind.BULLET, mark.place, 1, fold=BOOKMARKS))

    def open_chapter(self, chapter: str) -> None:
        """Begin the chapter that a mark names, unless it is open."""
        if chapter and chapter != self.chapter:
            self.chapter = chapter
            self.items.append(Heading(chapter, self.level))

    def end_mark(self) -> None:
        """End a mark that has no text."""
        if self.mark is not None:
            self.bookmark(self.mark)
            self.mark = None

    def end_highlight(self) -> None:
        """Add the highlight that is complete now."""
        if self.highlight is not None:
            self.items += highlight_items(self.highlight, self.level + bool(self.chapter))
            self.highlight = None

    def finished(self) -> list[Item]:
        """Return the headings and blocks of the notebook."""
        self.end_mark()
        self.end_highlight()
        return [*self.items, *([Heading("Bookmarks", 1), *self.bookmarks] if self.bookmarks else [])]


def mark_of(html: str, words: str) -> Mark:
    """Return what the heading of a mark says: its kind, its colour, its chapter and its place."""
    line = squeeze(words.replace("\n", " "))
    found = PLACE.search(line)
    kind = line[: found.start()] if found else line
    coloured = COLOUR.search(kind)
    classes = (attribute(tag[0], "class") for tag in TAG.finditer(html))
    colour = next((name.removeprefix(COLOUR_CLASS) for name in classes if name.startswith(COLOUR_CLASS)), "")
    chapter, _, place = CHAPTER.sub("\n", found["place"] if found else "").rpartition("\n")
    return Mark(
        note=is_note(kind) and coloured is None,
        colour=coloured["colour"] if coloured else colour,
        chapter=chapter.replace("\n", " > "),
        place=place or kind,
    )


def is_near(title: str, place: str) -> bool:
    """Say whether a note could stand on the highlight before it: on its page, or a few lines on."""
    before, after = (re.findall(r"\d+", one) for one in (title, place))
    if not before or not after or title == place:
        return True
    return before[0] == after[0] or 0 <= int(after[-1][-9:]) - int(before[-1][-9:]) <= NEAR


NEAR = 15
"""How many locations after the beginning of a highlight a note on its end may stand."""
