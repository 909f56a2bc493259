"""XML as a small tree: without entities or anything from outside, and as far as it is well formed.

The beginning of a document is a tree too: what was complete by then is in it.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from tui.core.cleaning import clean

MAX_DEPTH = 300
"""Deeper elements are left out, their text stays."""

NAMESPACES = {
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://www.google.com/schemas/play-podcasts/1.0": "itunes:",
    "https://podcastindex.org/namespace/1.0": "podcast:",
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast:",
    "http://podlove.org/simple-chapters": "psc:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://www.youtube.com/xml/schemas/2015": "yt:",
}
"""Namespaces in lower case, and the prefixes that their elements have here; those of others have none."""

NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});)(?P<name>\w{1,30};)?", re.I)
"""An entity that XML does not know by itself, or an ampersand that begins none."""


@dataclass(slots=True)
class Node:
    """An element."""

    name: str
    """Without its namespace, but for those of feeds, which have their usual prefixes: ``itunes:duration``."""

    attributes: dict[str, str] = field(default_factory=dict)
    content: list["Node | str"] = field(default_factory=list)
    """The elements and texts in it; texts are neither cleaned nor squeezed."""

    @property
    def children(self) -> list["Node"]:
        """The elements in it."""
        return [part for part in self.content if isinstance(part, Node)]

    def all(self, *names: str) -> list["Node"]:
        """Return the children of some names."""
        return [child for child in self.children if child.name in names]

    def first(self, *names: str) -> "Node | None":
        """Return the first child of the first of some names that there is."""
        children = self.children
        return next((child for name in names for child in children if child.name == name), None)

    def text(self) -> str:
        """Return its own text, without that of the elements in it, clean."""
        return clean("".join(part for part in self.content if isinstance(part, str))).text.strip()

    def markup(self) -> str:
        """Return what is in it as HTML."""
        pieces: list[str] = []
        waiting: list[Node | str] = [*reversed(self.content)]
        while waiting:
            part = waiting.pop()
            if isinstance(part, str):
                pieces.append(html.escape(part, quote=False))
                continue
            if not part.name:
                pieces.append(f"</{part.attributes['end']}>")
                continue
            attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in part.attributes.items())
            pieces.append(f"<{part.name}{attributes}>")
            # A node without a name stands for an end tag.
            waiting += [Node("", {"end": part.name}), *reversed(part.content)]
        return clean("".join(pieces)).text

    def walk(self) -> Iterator["Node"]:
        """Yield the element and all below it, in the order of the document."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


class Builder:
    """Builds a tree out of what a parser finds."""

    def __init__(self) -> None:
        self.root = Node("")
        self.open = [self.root]
        self.depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        self.depth += 1
        if self.depth <= MAX_DEPTH:
            named = {short_name(name): value for name, value in attributes.items()}
            node = Node(short_name(tag), named)
            self.open[-1].content.append(node)
            self.open.append(node)

    def end(self, _tag: str) -> None:
        """Close an element."""
        if self.depth <= MAX_DEPTH:
            self.open.pop()
        self.depth -= 1

    def data(self, text: str) -> None:
        """Add text."""
        self.open[-1].content.append(text)


def short_name(tag: str) -> str:
    """Return a name without its namespace, or with the usual prefix of one that is known."""
    namespace, _, name = tag.rpartition("}")
    return NAMESPACES.get(namespace[1:].lower(), "") + name


def parse(text: str) -> Node | None:
    """Return the tree of a document or of its beginning, below a node without a name.

    None if it is not well formed, even with entities of HTML replaced, or if it brings entities of its own.
    """
    for attempt in (text, None):
        try:
            return parse_strictly(text_of_entities(text) if attempt is None else attempt)
        except ParseError:
            continue
        except ValueError:
            # What defusedxml refuses: entities, and anything from outside.
            return None
    return None


def parse_strictly(text: str) -> Node:
    """Return the tree of a document or of its beginning.

    Raises:
        ParseError: It is not well formed.
        ValueError: It brings entities of its own.
    """
    # Loaded here: few documents are XML.
    from defusedxml.ElementTree import DefusedXMLParser  # type: ignore[import-untyped] # it has no types

    builder = Builder()
    # Never closed: a document may end anywhere.
    DefusedXMLParser(target=builder).feed(text.lstrip())
    return builder.root


def text_of_entities(text: str) -> str:
    """Return XML with entities of HTML as characters, and ampersands that begin none as text."""
    return NAMED_ENTITY.sub(lambda found: character(found["name"]), text)


def character(name: str | None) -> str:
    """Return what an entity of HTML stands for, escaped for XML; of any other the text it looks like."""
    decoded = html.unescape(f"&{name}") if name else "&"
    return html.escape(decoded, quote=False) if decoded != f"&{name}" else f"&amp;{name}"
