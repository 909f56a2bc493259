"""The list of metadata at the beginning of a Snipd export: who, where, when, how long."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tui.core.episode import Block, SpanKind
from tui.core.formats.draft import Fields, Heading, Item
from tui.core.formats.highlights import METADATA
from tui.core.formats.lines import word_set
from tui.core.metadata import tag_list, without_brackets
from tui.core.people import split_names

LINE = re.compile(r"(?P<key>[A-Z][\w /]{2,30}?)\s*::?(?:\s+|$)")
DESCRIPTION = "episode ai description"

NAMES = {
    "episode title": "title",
    "show": "show",
    "episode publish date": "date",
    "duration": "duration",
    "episode link": "url",
    "episode url": "url",
    "guests": "guests",
    "tags": "tags",
}
"""Its lines, and what the fields are called here."""

OWNER = "owner / host"
COMPANY = word_set(
    "podcast podcasts media llc inc inc. ltd gmbh network productions studios studio radio news show company "
    "university institute foundation press group fm the"
)
"""Words in the name of an owner who is no host."""


@dataclass(frozen=True, slots=True)
class MetadataLine:
    """A line of the list."""

    key: str
    """In lower case."""

    start: int
    """Where its value begins."""


def metadata_line(block: Block) -> MetadataLine | None:
    """Return which line of the metadata a block is, or None."""
    found = LINE.match(block.text)
    key = found["key"].strip().lower() if found else ""
    known = key in NAMES or key in OTHERS
    return MetadataLine(key, found.end()) if found and known else None


OTHERS = frozenset(
    {
        OWNER,
        DESCRIPTION,
        "mentioned books",
        "show url",
        "show notes link",
        "export date",
        "snips count",
        "episode image",
        "last snip date",
    }
)
"""Lines that are kept as text only."""


def known_fields(items: Iterable[Item]) -> Fields:
    """Return what the metadata of an export says, under the names of ``Draft.fields``."""
    fields: dict[str, str | tuple[str, ...]] = {}
    tags: list[str] = []
    for item in items:
        if isinstance(item, Heading):
            continue
        line = metadata_line(item)
        value = item.text[line.start :].strip() if line else ""
        if line is None or not value:
            continue
        if line.key == "tags":
            tags += tag_list({"tags": value})
        elif item.fold == METADATA and line.key == OWNER:
            # Under another name it would be read again, as a person.
            fields |= {"owner_host": (), "hosts": tuple(hosts(without_brackets(value)))}
        elif item.fold == METADATA and line.key in NAMES:
            fields.setdefault(NAMES[line.key], target_of(item) if NAMES[line.key] == "url" else value)
    return {**fields, "tags": tuple(dict.fromkeys(tags))} if tags else fields


def hosts(owner: str) -> list[str]:
    """Return the people that the owner of a show is; none for a company."""
    is_company = bool(COMPANY.intersection(owner.lower().replace(",", " ").split()))
    return [name for name in split_names(owner, plural=True) if not is_company and len(name.split()) > 1]


def target_of(block: Block) -> str:
    """Return where the first link of a block leads, or its text."""
    targets = (span.target for span in block.spans if span.kind is SpanKind.LINK and span.target)
    return next(targets, block.text)
