"""Highlights in a table: the CSV that Readwise exports and imports, and the library of Readwise Reader.

An export holds a whole account; each book, article or episode in it is an episode here. The library of
Reader holds no text: it is shown as the lists it is, one for each place documents are kept in.
"""

from collections.abc import Sequence
from dataclasses import replace

from tui.core.episode import Block, BlockKind, Span, SpanKind
from tui.core.formats.csv_tables import Table, header_of, table_of, written
from tui.core.formats.draft import Draft, Fields, Heading, Item, Source, gather
from tui.core.formats.highlights import METADATA, Highlight, highlight_items, paragraphs
from tui.core.formats.lines import squeeze
from tui.core.formats.markdown_blocks import TooDeepError
from tui.core.formats.readwise_items import item_of, place_name, speaks_of_itself
from tui.core.formats.values import web_address
from tui.core.metadata import tag_list

HIGHLIGHT = "highlight"
TITLES = ("book title", "title")
AUTHORS = ("book author", "author")
DATES = ("highlighted at", "date", "created at")
COLOURS = ("color", "colour")
COLUMNS = frozenset(
    {
        *(HIGHLIGHT, *TITLES, *AUTHORS, *DATES, *COLOURS),
        *("amazon book id", "note", "tags", "location type", "location", "document tags", "url"),
    }
)
OF_THE_BOOK = (*AUTHORS, "amazon book id", "document tags", "url")
"""Columns that say the same in each row of a book."""

LIBRARY = frozenset({"title", "url", "reading progress", "location"})
"""Columns of the library of Reader."""

FEWEST_COLUMNS = 2
NO_TITLE = "Untitled document"
OFFSET = "time_offset"
OFFSET_DIGITS = 7
PLACES = {"location": "Location", "page": "Page", "order": "Highlight", "": "Location"}
"""Kinds of location, and what they are called in a title."""

HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
"""A tag that makes a highlight a heading."""


def fits(source: Source) -> bool:
    """Say whether a text is such a table, by the names of its columns."""
    return is_library(source) or is_highlights(source)


def is_library(source: Source) -> bool:
    """Say whether a text is a library of Reader."""
    return frozenset(header_of(source.text)[1]) >= LIBRARY


def is_highlights(source: Source) -> bool:
    """Say whether a text is a table of highlights: all but one of its columns are known."""
    header = [name for name in header_of(source.text)[1] if name]
    known = sum(name in COLUMNS for name in header)
    return HIGHLIGHT in header and known >= FEWEST_COLUMNS and known >= len(header) / 2


def split(source: Source) -> list[Source]:
    """Return the books of a table of highlights, each as a table of its own, in their order."""
    if is_library(source) or not is_highlights(source):
        return [source]
    table = table_of(source.text)
    books: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in table.rows:
        books.setdefault((first_cell(row, TITLES), first_cell(row, AUTHORS)), []).append(row)
    if len(books) < 2:
        return [source]
    parts = [Source(written(table.header, rows), source.name, source.fields) for rows in books.values()]
    return parts if not table.rest else [*parts, Source(table.rest, source.name, source.fields)]


def read(source: Source) -> Draft:
    """Return the highlights of a table, or the lists of a library."""
    table = table_of(source.text)
    if is_library(source):
        return read_library(table)
    items: list[Item] = about_the_book(table.rows)
    level = 1
    for row in table.rows:
        heading = own_level(row)
        text = first_cell(row, (HIGHLIGHT,))
        if heading and text:
            level = heading + 1
            items.append(Heading(text, heading))
            row = {**row, HIGHLIGHT: ""}
        items += row_items(row, level, titled=bool(heading and text))
    why = "The columns of its table are those of Readwise."
    return Draft(gather([*items, *left_over(table)]), why, title_of(table.rows), (), known_fields(table.rows))


def left_over(table: Table) -> list[Item]:
    """Return what could not be read of a table as text."""
    return [Block(BlockKind.PARAGRAPH, text) for text in paragraphs(table.rest)]


def about_the_book(rows: Sequence[dict[str, str]]) -> list[Item]:
    """Return what the first row says about the book, folded."""
    row = rows[0] if rows else {}
    lines = ((name, squeeze(row.get(name, "").replace("\n", " "))) for name in OF_THE_BOOK)
    return [
        Block(BlockKind.BULLET, f"{name.capitalize()}: {value}", 1, fold=METADATA)
        for name, value in lines
        if value
    ]


def title_of(rows: Sequence[dict[str, str]]) -> str:
    """Return the title of the book that a table is about."""
    return next((title for title in (first_cell(row, TITLES) for row in rows[:1]) if title), "")


def known_fields(rows: Sequence[dict[str, str]]) -> Fields:
    """Return what the first row says about the book."""
    row = rows[0] if rows else {}
    url = next((address for address in (web_address(row.get("url", "")) for row in rows[:20]) if address), "")
    author = first_cell(row, AUTHORS)
    is_podcast = any(speaks_of_itself(row.get(HIGHLIGHT, "")) or offset_of(row) for row in rows[:5])
    return {
        "title": title_of(rows),
        "show": author if is_podcast else "",
        # The name of the field in the lines above would else make the author a person.
        "author": "",
        "book_author": "",
        "authors": "" if is_podcast else author,
        "url": url,
        "tags": tag_list({"tags": row.get("document tags", "")}),
        "link": "",
        "date": "",
    }


def first_cell(row: dict[str, str], columns: Sequence[str]) -> str:
    """Return the first of some cells that says something, on one line."""
    return next((squeeze(row[name].replace("\n", " ")) for name in columns if row.get(name, "").strip()), "")


def own_level(row: dict[str, str]) -> int:
    """Return the level of the heading that a highlight's tags or note make it, or 0."""
    words = {word.lstrip(".").lower() for word in row.get("tags", "").replace(",", " ").split()}
    words |= {word[1:] for word in row.get("note", "").lower().split() if word.startswith(".")}
    return next((level for level, tag in enumerate(HEADING_TAGS, start=1) if tag in words), 0)


def row_items(row: dict[str, str], level: int, *, titled: bool = False) -> list[Item]:
    """Return the heading and blocks of a highlight; only the blocks below a heading that it made itself."""
    highlight = highlight_of(row)
    items = highlight_items(highlight, level)
    if titled:
        return items[1:]
    if not speaks_of_itself(highlight.text):
        return items
    # A highlight of the podcast app Snipd: a title, a summary, a transcript.
    try:
        said = item_of(highlight.text.split("\n"), level)
    except (TooDeepError, RecursionError):
        return items
    heading = said[0]
    if isinstance(heading, Heading) and heading.start_s is None:
        said[0] = replace(heading, start_s=highlight.start_s)
    return [*said, *highlight_items(replace(highlight, text=""), level)[1:]]


def highlight_of(row: dict[str, str]) -> Highlight:
    """Return the highlight of a row."""
    notes = [row.get("note", ""), row.get("", "")]
    notes += [f"{name}: {value}" for name, value in row.items() if name and name not in COLUMNS and value]
    tags = [squeeze(tag) for tag in row.get("tags", "").split(",") if tag.strip()]
    details = [first_cell(row, COLOURS), first_cell(row, DATES)]
    return Highlight(
        text=row.get(HIGHLIGHT, ""),
        title=place_of(row),
        note="\n".join(note for note in notes if note.strip()),
        tags=tuple(tag.lstrip(".") for tag in tags),
        detail=" · ".join(filter(None, details)),
        start_s=offset_of(row),
        favourite=any(tag.lower() in (".favorite", "favorite") for tag in tags),
    )


def place_of(row: dict[str, str]) -> str:
    """Return where a highlight stands, as a title; "" where that is not told or a time."""
    kind, place = row.get("location type", "").strip().lower(), row.get("location", "").strip()
    if not place or place == "0" or kind not in PLACES:
        return ""
    return place_name(f"{PLACES[kind]} {squeeze(place)}")


def offset_of(row: dict[str, str]) -> float | None:
    """Return when a highlight of an episode begins, in seconds."""
    place = row.get("location", "").strip()
    is_time = row.get("location type", "").strip().lower() == OFFSET
    return float(place) if is_time and place.isdecimal() and len(place) <= OFFSET_DIGITS else None


def read_library(table: Table) -> Draft:
    """Return the documents of a library of Reader, a section for each place they are kept in."""
    places: dict[str, list[Item]] = {}
    for row in table.rows:
        place = squeeze(row.get("location", "")) or NO_TITLE
        places.setdefault(place, []).append(document_line(row))
    items: list[Item] = []
    for place, documents in places.items():
        items += [Heading(place[:1].upper() + place[1:], 1), *documents]
    why = "The columns of its table are those of a Readwise Reader library."
    notice = "A library of Readwise Reader lists documents, but holds no text of theirs"
    empty: Fields = {"title": "", "url": "", "tags": (), "date": ""}
    return Draft(gather([*items, *left_over(table)]), why, "", (notice,), empty)


def document_line(row: dict[str, str]) -> Block:
    """Return a document as a bullet: its title, a link, and what else is known."""
    title = first_cell(row, TITLES) or row.get("url", "").strip() or NO_TITLE
    tags = [tag.strip(" '\"[]") for tag in row.get("document tags", "").split(",")]
    progress = percent(row.get("reading progress", ""))
    saved = row.get("saved date", "").strip()[:10]
    text = " · ".join([title, *filter(None, (", ".join(filter(None, tags)), saved, progress))])
    address = web_address(row.get("url", ""))
    spans = (Span(0, len(title), SpanKind.LINK, address),) if address else ()
    return Block(BlockKind.BULLET, text, 1, spans)


def percent(progress: str) -> str:
    """Return a share like 0.25 as a percentage; nothing where nothing was read."""
    try:
        share = float(progress)
    except ValueError:
        return ""
    return f"{round(100 * share)} % read" if 0 < share <= 1 else ""
