"""The table of readers: each knows one shape of document, and the first that fits reads it.

A new shape is one module with two functions (``fits`` and ``read``, or ``split`` for a collection), and a
row here. What a file is, its text decides before its name does: Markdown is found in .txt files, and pasted
pages in .md files.

A row's signs are cheap, for every document is held against all of them; only where they are seen is the
module loaded, and asked whether the document really fits.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import cast

from tui.core.formats.draft import Draft, Source
from tui.core.formats.turn_marks import GENERATOR
from tui.errors import UsageError

Signs = Callable[[Source], bool]


@dataclass(frozen=True, slots=True)
class Reader:
    """One shape of document."""

    name: str
    """As JSON shows it, and as people name it to force it."""

    cue: str
    """What it is known by, for people."""

    signs: Signs
    """Whether it is worth asking the module."""

    module: str
    """In this package; its ``fits(source) -> bool`` decides, its ``read(source) -> Draft`` reads."""

    fits_function: str = "fits"
    read_function: str = "read"

    def fits(self, source: Source) -> bool:
        """Say whether a document has this shape."""
        return self.signs(source) and cast(bool, function_of(self.module, self.fits_function)(source))

    def read(self, source: Source) -> Draft:
        """Return what a document of this shape holds."""
        return cast(Draft, function_of(self.module, self.read_function)(source))


@dataclass(frozen=True, slots=True)
class Collection:
    """A shape of file that holds several episodes, each of which is then read by the readers."""

    name: str
    cue: str
    signs: Signs
    module: str
    """In this package; its ``split(source) -> list[Source]`` returns the episodes, or fewer than two if
    the file is none of the kind after all."""

    def split(self, source: Source) -> list[Source]:
        """Return the episodes of a file, as far as it holds several."""
        if not self.signs(source):
            return []
        return cast(list[Source], function_of(self.module, "split")(source))


def function_of(module: str, name: str) -> Callable[[Source], object]:
    """Return a function of a module of this package, which is loaded if need be."""
    return cast(Callable[[Source], object], getattr(import_module(f"tui.core.formats.{module}"), name))


def anything(_source: Source) -> bool:
    """Say yes: the module itself decides."""
    return True


def shows(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> Signs:
    """Return a test of whether the beginning of a text has a pattern somewhere."""
    compiled = re.compile(pattern, flags)
    return lambda source: compiled.search(source.judged) is not None


def begins(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> Signs:
    """Return a test of whether a text begins with a pattern, blanks aside."""
    compiled = re.compile(rf"\s*(?:{pattern})", flags)
    return lambda source: compiled.match(source.text) is not None


def is_own(source: Source) -> bool:
    """Say whether a document's front matter names this program."""
    return source.fields.get("generator") == GENERATOR


def named(*suffixes: str) -> Signs:
    """Return a test of what a file's name ends in."""
    return lambda source: PurePath(source.name).suffix.lower() in suffixes


def first_line(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> Signs:
    """Return a test of whether the first line that says something has a pattern near its beginning."""
    compiled = re.compile(pattern, flags)
    return lambda source: compiled.search(source.judged.lstrip()[:400].split("\n", 1)[0]) is not None


def with_field(*names: str) -> Signs:
    """Return a test of whether a document's front matter has one of some fields."""
    return lambda source: any(name in source.fields for name in names)


def either(*signs: Signs) -> Signs:
    """Return a test of whether one of several tests says yes."""
    return lambda source: any(sign(source) for sign in signs)


def both(*signs: Signs) -> Signs:
    """Return a test of whether all of several tests say yes."""
    return lambda source: all(sign(source) for sign in signs)


SNIPD = either(with_field("from_snipd"), shows(r"^#{1,3} (?:Episode metadata|Snips)[ \t]*$", re.M))

READWISE_TABLE = first_line(r"\b(?:highlight|reading progress)\b", re.I)
CLIPPINGS = shows(r"^={10}[ \t]*$", re.M)

FEED = both(begins("<"), shows(r"<(?:[\w.-]+:)?(?:rss|feed|RDF)[\s>]"))

COLLECTIONS: tuple[Collection, ...] = (
    Collection("snipd", "several times a title above the metadata of a Snipd episode", SNIPD, "snipd"),
    Collection("readwise-csv", "a table of highlights in several books", READWISE_TABLE, "readwise_csv"),
    Collection("kindle-clippings", "Kindle clippings out of several books", CLIPPINGS, "kindle_clippings"),
    Collection("feed", "a podcast's feed with several items", FEED, "feed"),
)
"""Files of several episodes."""

READERS = (
    Reader(
        "pullquote",
        "front matter that names pullquote as its generator",
        is_own,
        "own_markdown",
        fits_function="is_own",
    ),
    Reader(
        "page-text",
        "the marks of a copied BriefRead page: its title twice and a brief summary, or its last line",
        shows(r"^(?:Brief Summary|© \d{4} BriefRead)\s*$", re.M),
        "page_text",
        fits_function="has_marks",
        read_function="read_marked_page",
    ),
    Reader(
        "snipd",
        "front matter of Snipd, or its snips under headings of its own",
        SNIPD,
        "snipd",
    ),
    Reader(
        "podwise",
        "front matter or addresses of Podwise",
        either(with_field("podcast"), shows(r"podwise\.ai/")),
        "podwise",
    ),
    Reader(
        "readwise",
        "a list of highlights below Readwise's own headings",
        shows(r"^(?:- )?(?:#{1,6} )?(?:\[\[)?(?:Readwise )?(?:Highlights\b|New highlights added )", re.M),
        "readwise",
    ),
    Reader(
        "readwise-csv",
        "the columns of Readwise's tables",
        READWISE_TABLE,
        "readwise_csv",
    ),
    Reader(
        "kindle-clippings",
        "the entries and separators of a Kindle's clippings",
        CLIPPINGS,
        "kindle_clippings",
    ),
    Reader(
        "kindle-notebook",
        "the classes of a notebook that a Kindle app exports",
        shows(r"class\s*=\s*.?bookTitle", re.I),
        "kindle_notebook",
    ),
    Reader(
        "kindle-notes",
        "front matter of the Kindle plugin for Obsidian",
        with_field("kindle-sync"),
        "kindle_notes",
    ),
    Reader(
        "epub",
        "the archive that an EPUB is",
        lambda source: bool(source.data),
        "epub",
    ),
    Reader(
        "mhtml",
        "the header of a web page saved as one file, or of a letter with a page in it",
        begins(r"[A-Za-z-]+:[^\n]*\n(?:[^\n]+\n)*?(?:mime-version|content-type):", re.I),
        "mhtml",
    ),
    Reader(
        "feed",
        "the elements of a podcast's feed: RSS, Atom",
        FEED,
        "feed",
    ),
    Reader(
        "html-page",
        "the tags of a web page or of a piece of one",
        either(begins("<"), named(".html", ".htm", ".xhtml", ".xht", ".shtml")),
        "html_page",
    ),
    Reader(
        "podwise-json",
        "JSON with a summary, takeaways, chapters and questions as Podwise keeps them",
        begins(r"\{"),
        "podwise_json",
    ),
    Reader(
        "transcript-json",
        "JSON with a list of texts that have times or speakers",
        begins(r"[\[{]"),
        "transcript_json",
    ),
    Reader(
        "chapters",
        "a list of chapters for programs: JSON, Podlove's XML, FFmpeg's metadata, Audacity's labels",
        begins(r"[\[{<;]|\d+(?:[.,]\d+)?\t|WEBVTT"),
        "chapters",
    ),
    Reader(
        "ttml",
        "timed text in XML",
        shows(r"<(?:\w+:)?tt[\s>]"),
        "ttml",
    ),
    Reader(
        "captions",
        "cues under lines with two times: SubRip, WebVTT",
        either(begins("WEBVTT"), shows(r"->|^[ \t]*\d+:\d\d:\d\d[.,]\d+,\d+:", re.M)),
        "captions",
    ),
    Reader(
        "captions",
        "what is left of a caption file's head, in front of its text",
        begins(r"(?:WEBVTT\s+)?Kind:"),
        "captions",
        fits_function="is_flattened",
        read_function="read_flattened",
    ),
    Reader(
        "chapters",
        "nothing but lines with rising times and titles",
        shows(r"\d:\d\d"),
        "chapter_lines",
    ),
    Reader(
        "page-text",
        "the marks of a copied page of Wikipedia: its tagline, or [edit] behind its headings",
        shows(r"^[ \t]*From Wikipedia, the free encyclopedia|\[ ?edit(?: source)? ?\][ \t]*$", re.M),
        "wiki_page",
    ),
    Reader(
        "fabric",
        "the parts that fabric's patterns name: SUMMARY, IDEAS, QUOTES …",
        shows(r"^[#*_ ]*(?:MAIN |ONE[- ]SENTENCE )?(?:SUMMARY|IDEAS|POINTS|INSIGHTS|TAKEAWAYS?)\b", re.M),
        "fabric",
    ),
    Reader(
        "logseq",
        "a page of Logseq: every line a block below others, with properties",
        shows(r"^(?:- |[A-Za-z][\w./-]{0,60}:: )", re.M),
        "logseq",
    ),
    Reader(
        "notion",
        "the number of a Notion page in the file's name",
        lambda source: re.search(r"[0-9a-f]{32}(?:_all)?\.\w+$", source.name, re.I) is not None,
        "notion",
    ),
    Reader(
        "markdown",
        "headings and other marks of Markdown, or its suffix",
        anything,
        "markdown",
    ),
    Reader(
        "transcript",
        "labels that come back before paragraphs: names of speakers, or rising times",
        anything,
        "spoken_text",
    ),
    Reader(
        "page-text",
        "text written for people: paragraphs, and short lines above longer ones as headings",
        anything,
        "page_text",
        fits_function="is_text",
        read_function="read_text",
    ),
    Reader("text", "anything: it is shown as it stands", anything, "plain", "fits_anything"),
)
"""The surest cues first; the last reader takes everything."""


def reader_for(source: Source) -> Reader:
    """Return the first reader whose cue fits a source."""
    return next(reader for reader in READERS if reader.fits(source))


def reader_named(name: str) -> Reader:
    """Return the reader somebody names; of two rows of one name the last, which asks for less.

    Raises:
        UsageError: There is none of this name.
    """
    for reader in reversed(READERS):
        if reader.name == name:
            return reader
    names = ", ".join(dict.fromkeys(reader.name for reader in READERS))
    raise UsageError(f"there is no reader “{name}”; there are: {names}")


def split(source: Source) -> list[Source]:
    """Return the episodes of a file that holds several; of any other file, that one source."""
    for collection in COLLECTIONS:
        parts = collection.split(source)
        if len(parts) > 1:
            return parts
    return [source]
