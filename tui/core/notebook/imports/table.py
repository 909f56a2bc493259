"""The kinds of files that highlights are imported from, and reading one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from tui.core.decoding import decode
from tui.core.files import display_name
from tui.core.formats.json_values import Loaded, load
from tui.core.notebook.imports import hypothesis, jsonld, kindle, ours, readwise
from tui.core.notebook.imports.json_lines import item_lines
from tui.core.notebook.imports.values import Contents, Incoming, NotUnderstoodError, Problem
from tui.errors import UnreadableError

KINDS = "our JSON, web annotations in JSON-LD, Hypothesis, Readwise CSV, Kindle clippings"


def read_import(data: bytes, path: Path) -> Contents:
    """Return the highlights that a file holds, and what of it is not understood.

    Args:
        data: The file's bytes.
        path: Its path, for errors.

    Raises:
        UnreadableError: It is no text, or of none of the kinds.
    """
    name = display_name(path)
    text = decode(data, name=name).text
    if text.lstrip()[:1] in ("{", "["):
        found = read_json(text, load(text), name)
    elif readwise.fits(text):
        found = contents("Readwise CSV", readwise.read(text))
    elif kindle.fits(text):
        found = contents("Kindle clippings", kindle.read(text))
    else:
        raise not_known(name)
    return found


def contents(kind: str, found: Iterable[Incoming | Problem]) -> Contents:
    """Return what was found, told apart."""
    pieces = list(found)
    return Contents(
        kind,
        tuple(piece for piece in pieces if isinstance(piece, Incoming)),
        tuple(piece for piece in pieces if isinstance(piece, Problem)),
    )


def not_known(name: str) -> UnreadableError:
    """Return the error for a file of another kind."""
    return UnreadableError(f"{name} holds no highlights that can be imported: what can is {KINDS}")


def read_json(text: str, loaded: Loaded, name: str) -> Contents:
    """Return the highlights of a JSON text, which may be cut.

    Raises:
        UnreadableError: It is no JSON, of none of the kinds, or of a newer version of ours.
    """
    document = loaded.value
    if document is None:
        raise UnreadableError(f"{name} is no JSON that can be read: it is broken, or nested too deep")
    if ours.fits(document):
        sources = ours.sources_in(document)
        kind, key, records = "pullquote JSON", ours.LIST, ours.records(document)
        found = each(records, lambda record: ours.incoming_of(record, sources), text, key)
    elif jsonld.fits(document):
        kind, key = "web annotations", "" if isinstance(document, list) else jsonld.LIST
        found = each(jsonld.records(document), jsonld.incoming_of, text, key)
    elif hypothesis.fits(document):
        kind, key = "Hypothesis", "" if isinstance(document, list) else hypothesis.LIST
        found = each(hypothesis.records(document), hypothesis.incoming_of, text, key)
    else:
        raise not_known(name)
    if not loaded.complete:
        found.append(Problem(text.count("\n") + 1, "the file is cut off here, or broken before"))
    return contents(kind, found)


def each(
    records: Sequence[object], read: Callable[[object], Incoming], text: str, key: str
) -> list[Incoming | Problem]:
    """Return the highlights that records are, or why they are none, with the lines of these."""
    found: list[Incoming | Problem] = []
    for record in records:
        try:
            found.append(read(record))
        except NotUnderstoodError as error:
            found.append(Problem(0, str(error)))
    wrong = {number for number, piece in enumerate(found) if isinstance(piece, Problem)}
    lines = item_lines(text, key, wrong) if wrong else {}
    return [
        replace(piece, line=lines.get(number, 0)) if isinstance(piece, Problem) else piece
        for number, piece in enumerate(found)
    ]
