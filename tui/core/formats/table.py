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


def named(*suffixes: str) -> Signs:
    """Return a test of what a file's name ends in."""
    return lambda source: PurePath(source.name).suffix.lower() in suffixes


COLLECTIONS: tuple[Collection, ...] = ()
"""Files of several episodes."""

READERS = (
    Reader(
        "page-text",
        "the marks of a copied BriefRead page: its title twice and a brief summary, or its last line",
        shows(r"^(?:Brief Summary|© \d{4} BriefRead)\s*$", re.M),
        "page_text",
        fits_function="has_marks",
        read_function="read_marked_page",
    ),
    Reader(
        "markdown",
        "headings and other marks of Markdown, or its suffix",
        anything,
        "markdown",
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
