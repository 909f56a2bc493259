"""Highlights as cards of Anki: a package with notes of its own kind, and a table to import into any kind.

A card asks for a quote by its first words and where it stands, and shows it whole. Notes, their kind and
their decks have ids that never change, so that a later import brings the cards up to date.
"""

import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from tui.core.citations import citation
from tui.core.escaping import html_text
from tui.core.notebook.exports.entries import address, beginning, plain_quote
from tui.core.notebook.exports.values import ExportSettings
from tui.core.notebook.values import Highlight
from tui.errors import PullquoteError

if TYPE_CHECKING:
    import genanki

DECK = "pullquote"
KIND_ID = 1_607_392_319
"""Of the kind of note; ids are positive and below 2 ** 53."""

FIELDS = ("Cue", "Quote", "Note", "Source", "Link")
QUESTION = "{{Cue}}"
ANSWER = (
    "<blockquote>{{Quote}}</blockquote>{{#Note}}<p>{{Note}}</p>{{/Note}}"
    '<p><i>{{Source}}</i>{{#Link}} <a href="{{Link}}">open</a>{{/Link}}</p>'
)

TABLE_HEAD = "#separator:tab\n#html:true\n#tags column:3\n#guid column:4\n"

COMMAND = re.compile(r"\[(?=sound:|latex|\$|anki:|/)|\\(?=[(\[])|\{(?=\{)", re.I)
"""What Anki would play, typeset or replace."""

INERT = {"[": "&#91;", "\\": "<span>\\</span>", "{": "&#123;"}


def render_package(highlights: Sequence[Highlight], settings: ExportSettings) -> bytes:
    """Return the package, a deck for each show.

    Raises:
        PullquoteError: The file it is made in can't be written.
    """
    # Imported here: it takes 60 ms, and is of use to no other format.
    import genanki

    kind = genanki.Model(
        KIND_ID,
        DECK,
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Quote", "qfmt": QUESTION, "afmt": ANSWER}],
    )
    decks: dict[str, genanki.Deck] = {}
    for highlight in highlights:
        name = deck_name(highlight.source.show)
        deck = decks.setdefault(name, genanki.Deck(stable_id(name), name))
        deck.add_note(note(highlight, kind, settings))
    package = BytesIO()
    try:
        genanki.Package(list(decks.values())).write_to_file(package, timestamp=seconds(settings.exported))
    except (OSError, sqlite3.Error) as error:
        raise PullquoteError(f"the Anki package can't be made: {error}") from error
    return package.getvalue()


def note(highlight: Highlight, kind: "genanki.Model", settings: ExportSettings) -> "genanki.Note":
    """Return a highlight as a note."""
    import genanki

    values = [
        cue(highlight),
        html_lines(highlight.text),
        html_lines(highlight.note),
        html_lines(citation(plain_quote(highlight), settings.quotes)),
        html_text(address(highlight)),
    ]
    return genanki.Note(kind, values, guid=highlight.id, tags=tags(highlight))


def render_table(highlights: Sequence[Highlight], settings: ExportSettings) -> str:
    """Return front, back, tags and id of each card, with tabs between."""
    return TABLE_HEAD + "".join(f"{row(highlight, settings)}\n" for highlight in highlights)


def row(highlight: Highlight, settings: ExportSettings) -> str:
    """Return one line of the table."""
    source = html_lines(citation(plain_quote(highlight), settings.quotes))
    back = (html_lines(highlight.text), html_lines(highlight.note), f"<i>{source}</i>")
    names = " ".join(tags(highlight)).replace('"', "'")
    cells = (cue(highlight), "<br>".join(filter(None, back)), names, highlight.id)
    return "\t".join(cell.replace("\t", " ") for cell in cells)


def cue(highlight: Highlight) -> str:
    """Return what a card asks: the quote's first words, who said them, and where."""
    source = highlight.source
    where = " · ".join(filter(None, (highlight.speaker, source.title, highlight.anchor.heading)))
    first = html_lines(beginning(highlight.text))
    if first.startswith("#"):
        # A line of the table that begins so is a comment.
        first = f"&#35;{first[1:]}"
    return f"{first}<br><small>{html_lines(where)}</small>"


def html_lines(text: str) -> str:
    """Return a text as HTML on one line, in which nothing is a command of Anki."""
    shown = COMMAND.sub(lambda sign: INERT[sign[0]], html_text(text))
    return shown.replace("\n", "<br>")


def tags(highlight: Highlight) -> list[str]:
    """Return tags without blanks; colour and star are tags below our name."""
    own = [f"{DECK}::{highlight.colour}", *([f"{DECK}::favourite"] if highlight.is_favourite else [])]
    names = ("-".join(tag.split()) for tag in (*highlight.tags, *own))
    return list(dict.fromkeys(filter(None, names)))


def deck_name(show: str | None) -> str:
    """Return the deck of a show, below ours."""
    name = (show or "").replace("::", ": ").replace('"', "'")
    return f"{DECK}::{name}" if name else DECK


def stable_id(name: str) -> int:
    """Return an id for a deck, the same in every export."""
    return int.from_bytes(sha256(name.encode()).digest()[:5]) + 2**31


def seconds(time: str) -> float:
    """Return a time in seconds since 1970."""
    return datetime.fromisoformat(time).replace(tzinfo=UTC).timestamp()
