"""The search engine: tantivy, as far as it is used here. Sections are its documents.

Texts reach it cut into folded tokens joined by blanks (``core.search.tokens``) and are split at blanks
only, so that the engine knows exactly the tokens we know. One more field, ``gist``, is stemmed (Snowball's
English rules, which do other languages little harm) and serves to find related sections.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import tantivy

SCHEMA_VERSION = 6
"""Goes up when documents are laid out or cut differently: an index of another version is built anew."""

SPLITTER, STEMMER = "tokens", "stems"
"""What cuts fields: at blanks, and into stems."""

OWN, LEAD, ABOUT, HEADING = "own", "lead", "about", "heading"
"""The words of a section, with its heading; what it begins with: its heading, and in the first section of an
episode what is said about that; what is said about its episode; its heading alone."""

GIST = "gist"
"""The stems of a section."""

STARTS, LEAD_STARTS = "starts", "lead_starts"
"""The first letters of the words of ``OWN`` and of ``LEAD``, each once: short beginnings are asked for most,
and are those of very many words."""

START_LETTERS = 3
"""So many of the words of ``OWN``; of those of ``LEAD`` as many and fewer."""

EPISODE, FRESHNESS = "episode", "freshness"
"""What tells episodes apart when they are counted; and what newer ones come first by among equals."""

FIRST_YEAR, FRESHNESS_YEARS = 1950, 10_000

TEXT_FIELDS = (OWN, LEAD, ABOUT, HEADING, "title", "show", "people", "tags")

WRITER_BYTES = 64_000_000
"""How much memory the writer may fill before it writes a segment."""


class EngineError(Exception):
    """The engine could not do what it was asked: the index is damaged, or can't be written."""


class NoEngineError(EngineError):
    """The engine is not installed."""


class RemovedError(EngineError):
    """The index was removed while it was written."""


@contextmanager
def engine_errors() -> Iterator[None]:
    """Turn whatever comes out of the engine into an EngineError.

    On a damaged index the engine, which is written in Rust, may give up with a panic. It arrives as an
    exception of a class that has no public name and is no ``Exception``.
    """
    try:
        yield
    except (ImportError, ModuleNotFoundError) as error:
        raise NoEngineError("the search engine (tantivy) is not installed") from error
    except (ValueError, OSError, OverflowError, RuntimeError) as error:
        raise EngineError(str(error)) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise EngineError(str(error)) from error
        raise


class Row(NamedTuple):
    """A section as it is indexed; all texts but ``text`` are tokens joined by blanks."""

    path: str
    """The key of its episode's path (``core.search.store``)."""

    ordinal: int
    episode: int
    """The same number for all files of an episode."""

    day: int
    """``YYYYMMDD``, or 0."""

    own: str
    lead: str
    about: str
    heading: str
    title: str
    show: str
    people: str
    tags: str
    text: bytes
    """``Section.text``, for extracts: nothing has to be read and parsed while somebody types."""

    card: bytes
    """What it is shown with as a hit (``core.search.rows``)."""


def schema() -> "tantivy.Schema":
    """Return how documents are laid out."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name=SPLITTER, index_option="position")
    builder.add_text_field(GIST, tokenizer_name=STEMMER, index_option="freq")
    for name in (STARTS, LEAD_STARTS):
        builder.add_text_field(name, tokenizer_name=SPLITTER, index_option="basic")
    builder.add_text_field("file", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("path", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("text", stored=True)
    builder.add_bytes_field("card", stored=True)
    builder.add_unsigned_field("ordinal", stored=True, indexed=True)
    builder.add_unsigned_field("date", stored=True, indexed=True, fast=True)
    builder.add_unsigned_field(EPISODE, fast=True)
    builder.add_float_field(FRESHNESS, fast=True)
    return builder.build()


def open_to_write(folder: Path) -> "tantivy.Index":
    """Return the index in a folder that exists, made there if there is none.

    Raises:
        EngineError: It is damaged or laid out differently, or the folder can't be written.
    """
    with engine_errors():
        import tantivy

        return with_analyzers(tantivy.Index(schema(), path=str(folder)))


def open_to_read(folder: Path) -> "tantivy.Index":
    """Return the index in a folder; nothing is written.

    Raises:
        EngineError: There is none, or it is damaged.
    """
    with engine_errors():
        import tantivy

        index = with_analyzers(tantivy.Index.open(str(folder)))
        # Otherwise a thread of the engine looks for changes twice a second.
        index.config_reader("manual")
        return index


def with_analyzers(index: "tantivy.Index") -> "tantivy.Index":
    """Return an index that knows how its fields are cut."""
    import tantivy

    splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(SPLITTER, splitter)
    index.register_tokenizer(STEMMER, stemmer())
    return index


def stemmer() -> "tantivy.TextAnalyzer":
    """Return what cuts tokens joined by blanks into stems."""
    import tantivy

    splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return splitter.filter(tantivy.Filter.stemmer("english")).build()


def freshness(day: int) -> float:
    """Return how new an episode is, given its date: what its scores are weighed by, in the fourth decimal.

    The engine takes a score times log2(2 + this); a day more makes less of it than any word does.
    """
    years = day // 10_000 + (day // 100 % 100) / 12 + (day % 100) / 372
    return max(years - FIRST_YEAR, 0) / FRESHNESS_YEARS if day else 0.0


def starts_of(tokens: str, counts: Iterable[int]) -> str:
    """Return so many first letters of tokens as some counts say, each once, joined by blanks as they are."""
    unique = set(tokens.split(" "))
    return " ".join({token[:count] for count in counts for token in unique if len(token) >= count})


def document(row: Row, file: str) -> "tantivy.Document":
    """Return a section as a document of the engine.

    Args:
        row: The section.
        file: The key of its file, by which all that came out of the file is removed.
    """
    import tantivy

    made = tantivy.Document()
    for name in TEXT_FIELDS:
        made.add_text(name, getattr(row, name))
    made.add_text(GIST, row.own)
    made.add_text(STARTS, starts_of(row.own, (START_LETTERS,)))
    made.add_text(LEAD_STARTS, starts_of(row.lead, range(1, START_LETTERS + 1)))
    made.add_text("file", file)
    made.add_text("path", row.path)
    made.add_bytes("text", row.text)
    made.add_bytes("card", row.card)
    made.add_unsigned("ordinal", row.ordinal)
    made.add_unsigned("date", row.day)
    made.add_unsigned(EPISODE, row.episode)
    made.add_float(FRESHNESS, freshness(row.day))
    return made
