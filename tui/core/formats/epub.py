"""EPUB books: their documents in reading order, each read as the page it is."""

from dataclasses import replace

from tui.core.cleaning import clean_line
from tui.core.episode import Block
from tui.core.formats.draft import Draft, Heading, Item, Source, gather
from tui.core.formats.epub_package import Archive, Package, package_of
from tui.core.formats.html_head import letters
from tui.core.formats.html_line import ADDRESS
from tui.core.formats.html_page import html_items
from tui.core.formats.lines import squeeze
from tui.core.formats.values import parse_date
from tui.core.formats.xml_tree import Node
from tui.core.metadata import FieldValue

ZIP = b"PK\x03\x04"
WHY = "It is an EPUB."
CONTENTS = "table of contents"
"""What the folded stretch of it is called."""

ROLES = {
    "aut": "author",
    "nrt": "speakers",
    "spk": "speakers",
    "hst": "hosts",
    "ive": "guests",
    "ivr": "hosts",
}
"""What people do, by the codes of MARC relators, and the fields for it."""


def fits(source: Source) -> bool:
    """Say whether a file is an EPUB."""
    return source.data.startswith(ZIP)


def read(source: Source) -> Draft:
    """Return an EPUB's text, a section for each heading, or for each document without one.

    Raises:
        UnreadableError: It is damaged beyond reading, or encrypted.
    """
    name = clean_line(source.name)
    archive = Archive(source.data, name)
    package = package_of(archive, name)
    fields = fields_of(package.metadata)
    title = first(package.metadata, "dc:title")
    items: list[Item] = []
    ends: list[Item] = []
    for document in package.documents:
        text = archive.text(document)
        found = html_items(text, guessing=False) if text else []
        if document in package.asides:
            ends += [replace(one, fold=CONTENTS) for one in found if isinstance(one, Block)]
        else:
            items += titled(found, package, document)
    items = without_title(items, title)
    return Draft(gather([*items, *ends]), WHY, title, notices_of(archive), fields)


def titled(items: list[Item], package: Package, document: str) -> list[Item]:
    """Return a document's items below a heading: its own, else what the table of contents calls it."""
    title = package.titles.get(document, "")
    if not items or not title or any(isinstance(item, Heading) for item in items):
        return items
    if letters(items[0].text) == letters(title):
        items = items[1:]
    return [Heading(title, 1), *items]


def without_title(items: list[Item], title: str) -> list[Item]:
    """Return the items without a first heading that repeats the book's title."""
    first_heading = next((index for index, item in enumerate(items) if isinstance(item, Heading)), None)
    if first_heading is None or not title or letters(items[first_heading].text) != letters(title):
        return items
    return [*items[:first_heading], *items[first_heading + 1 :]]


def notices_of(archive: Archive) -> tuple[str, ...]:
    """Return a notice of the files that could not be read."""
    lost = len(dict.fromkeys(archive.lost))
    if not lost:
        return ()
    return (f"{lost} file{'' if lost == 1 else 's'} of the EPUB could not be read",)


def fields_of(metadata: Node) -> dict[str, FieldValue]:
    """Return what a package's metadata says."""
    fields: dict[str, FieldValue] = {}
    for person in metadata.all("dc:creator", "dc:contributor"):
        name = line(person)
        field = ROLES.get(role_of(metadata, person), "author" if person.name == "dc:creator" else "")
        if name and field:
            known = fields.get(field, ())
            fields[field] = (*known, name) if isinstance(known, tuple) else (known, name)
    dates = [date for date in map(line, metadata.all("dc:date")) if parse_date(date)]
    sources = [line(node) for node in metadata.all("dc:source", "dc:identifier", "dc:relation")]
    address = next((one for one in sources if ADDRESS.fullmatch(one) and one.startswith("http")), "")
    tags = tuple(dict.fromkeys(filter(None, map(line, metadata.all("dc:subject")))))
    told: dict[str, FieldValue] = {
        "date": dates[0] if dates else "",
        "url": address,
        "language": first(metadata, "dc:language"),
        "tags": tags,
    }
    return fields | {name: value for name, value in told.items() if value}


def role_of(metadata: Node, person: Node) -> str:
    """Return the code of what somebody does: in EPUB 2 in an attribute, in EPUB 3 in an element about it."""
    role = person.attributes.get("role", "")
    about = f"#{person.attributes.get('id', '')}"
    refined = (
        line(node)
        for node in metadata.all("meta")
        if node.attributes.get("property") == "role" and node.attributes.get("refines") == about
    )
    return role or next(refined, "")


def line(node: Node) -> str:
    """Return an element's text on one line."""
    return squeeze(clean_line(node.text()[:1000]))


def first(metadata: Node, name: str) -> str:
    """Return the text of the first element of a name that has one."""
    return next(filter(None, map(line, metadata.all(name))), "")
