"""The files of an EPUB, unpacked within bounds: its package, its reading order, its table of contents.

EPUB 3.3 (W3C) and EPUB 2: META-INF/container.xml names the package, whose spine orders the documents.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO
from urllib.parse import unquote, urlsplit

from tui.core.decoding import decode
from tui.core.formats.xml_tree import Node, parse
from tui.errors import UnreadableError

MAX_BYTES = 64 * 1024 * 1024
"""How much is unpacked in all; what comes after that is left out."""

MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_FILES = 20_000
MAX_DOCUMENTS = 5000
BITE = 1024 * 1024

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
FONT_HIDING = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""What only hides fonts: the text can be read all the same."""

DOCUMENTS = frozenset(
    {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"}
)
ENCRYPTED_FLAG = 1


class Archive:
    """The files of a ZIP archive, by their names in it; nothing is ever written anywhere."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open an archive.

        Args:
            data: Its bytes.
            name: What an error message calls it.

        Raises:
            UnreadableError: It is no archive that can be opened.
        """
        try:
            self.zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise UnreadableError(f"{name} is damaged: its archive can't be opened") from error
        self.names = {info.filename: info for info in self.zip.infolist()[:MAX_FILES]}
        self.left = MAX_BYTES
        self.lost: list[str] = []
        """The files that could not be read."""

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes; None if there is none of this name, or none that can be unpacked."""
        info = self.names.get(name)
        if info is None:
            return None
        try:
            with self.zip.open(info) as file:
                data = b"".join(bites(file, min(self.left, MAX_FILE_BYTES) + 1))
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            ValueError,
            RuntimeError,
            NotImplementedError,
            EOFError,
        ):
            # RuntimeError is what zipfile raises for a file under a password.
            data = None
        if data is None or len(data) > min(self.left, MAX_FILE_BYTES):
            self.lost.append(name)
            return None
        self.left -= len(data)
        return data

    def text(self, name: str) -> str | None:
        """Return a file's text, clean; None if it can't be had."""
        data = self.read(name)
        if data is None:
            return None
        try:
            return decode(data, name=name).text
        except UnreadableError:
            self.lost.append(name)
            return None

    def tree(self, name: str) -> Node | None:
        """Return a file's XML; None if it can't be had."""
        text = self.text(name)
        return parse(text) if text else None


def bites(file: IO[bytes], limit: int) -> Iterator[bytes]:
    """Yield what a packed file holds, up to a limit: what it says about its size may be wrong."""
    while limit > 0 and (bite := file.read(min(BITE, limit))):
        limit -= len(bite)
        yield bite


@dataclass(frozen=True, slots=True)
class Package:
    """What an EPUB's package says."""

    metadata: Node
    documents: tuple[str, ...]
    """The names of its documents, in reading order."""

    titles: dict[str, str] = field(default_factory=dict)
    """What the table of contents calls documents, by name."""

    asides: frozenset[str] = frozenset()
    """Documents that are not part of the main order: notes, the table of contents."""


def package_of(archive: Archive, name: str) -> Package:
    """Return an EPUB's package.

    Args:
        archive: Its files.
        name: What an error message calls it.

    Raises:
        UnreadableError: It is encrypted, or has no document.
    """
    refuse_encrypted(archive, name)
    path = package_path(archive)
    tree = archive.tree(path) if path else None
    package = tree.first("package") if tree else None
    if package is None:
        # Without a package that can be read, the documents in the order of their names.
        found = tuple(
            sorted(one for one in archive.names if one.lower().endswith((".xhtml", ".html", ".htm")))
        )
        if not found:
            raise UnreadableError(f"{name} is no EPUB that can be read: it has no documents")
        return Package(Node("metadata"), found[:MAX_DOCUMENTS])
    return read_package(archive, package, path)


def refuse_encrypted(archive: Archive, name: str) -> None:
    """Raise UnreadableError if an EPUB's text is encrypted; hidden fonts are no matter."""
    tree = archive.tree(ENCRYPTION) if ENCRYPTION in archive.names else None
    methods = [node for node in tree.walk() if node.name == "EncryptionMethod"] if tree else []
    locked = any(node.attributes.get("Algorithm", "") not in FONT_HIDING for node in methods)
    documents = [
        info for one, info in archive.names.items() if one.lower().endswith((".xhtml", ".html", ".opf"))
    ]
    under_password = bool(documents) and all(info.flag_bits & ENCRYPTED_FLAG for info in documents)
    if locked or under_password:
        raise UnreadableError(f"{name} is encrypted; only the program it was bought with can open it")


def package_path(archive: Archive) -> str:
    """Return where an EPUB's package is: as its container says, or the first file that looks like one."""
    tree = archive.tree(CONTAINER)
    for node in tree.walk() if tree else ():
        path = unquote(node.attributes.get("full-path", "")) if node.name == "rootfile" else ""
        if path in archive.names:
            return path
    return next((name for name in archive.names if name.lower().endswith(".opf")), "")


def read_package(archive: Archive, package: Node, path: str) -> Package:
    """Return what a package says: its documents by their order in the spine."""
    manifest = package.first("manifest") or Node("manifest")
    spine = package.first("spine") or Node("spine")
    items = {item.attributes.get("id", ""): item for item in manifest.all("item")}
    places = {key: place_in(archive, path, item.attributes.get("href", "")) for key, item in items.items()}
    order: dict[str, bool] = {}
    for reference in spine.all("itemref"):
        key = reference.attributes.get("idref", "")
        place = places.get(key, "")
        if place and items[key].attributes.get("media-type", "") in DOCUMENTS:
            order.setdefault(place, reference.attributes.get("linear") == "no")
    if not order:
        order = {
            place: False
            for key, place in places.items()
            if items[key].attributes.get("media-type") in DOCUMENTS
        }
    contents = {key for key, item in items.items() if "nav" in item.attributes.get("properties", "").split()}
    asides = {place for place, is_aside in order.items() if is_aside} | {places[key] for key in contents}
    tables = [*contents, spine.attributes.get("toc", "")]
    titles: dict[str, str] = {}
    for table in (places[key] for key in tables if places.get(key)):
        titles = titles or titles_in(archive, table)
    metadata = package.first("metadata") or Node("metadata")
    metadata = metadata.first("dc-metadata") or metadata
    return Package(metadata, tuple(order)[:MAX_DOCUMENTS], titles, frozenset(asides))


def place_in(archive: Archive, base: str, href: str) -> str:
    """Return the name of the file that a file's link leads to; "" if there is none in the archive."""
    try:
        path = unquote(urlsplit(href).path)
    except ValueError:
        return ""
    for candidate in (path, href):
        place = posixpath.normpath(posixpath.join(posixpath.dirname(base), candidate)) if candidate else ""
        if place in archive.names:
            return place
    return ""


def titles_in(archive: Archive, table: str) -> dict[str, str]:
    """Return what a table of contents calls the documents it leads to: the first entry of each.

    It is a list of links in a page (EPUB 3) or of points with labels (EPUB 2).
    """
    tree = archive.tree(table)
    titles: dict[str, str] = {}
    for node in tree.walk() if tree else ():
        if node.name == "navPoint":
            label, content = node.first("navLabel"), node.first("content")
            text = whole_text(label) if label else ""
            place = place_in(archive, table, content.attributes.get("src", "")) if content else ""
        elif node.name == "a":
            text, place = whole_text(node), place_in(archive, table, node.attributes.get("href", ""))
        else:
            continue
        if text and place:
            titles.setdefault(place, text)
    return titles


def whole_text(node: Node) -> str:
    """Return all text in an element on one line."""
    return " ".join(" ".join(part.text() for part in node.walk()).split())
