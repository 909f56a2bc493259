"""What a reader of one shape takes in and gives back: Source, Heading, Draft.

Text in a Draft is clean already, for it comes from a Source. What a reader decodes itself (entities of HTML,
escapes of JSON, the files of an EPUB) it cleans again with ``core.cleaning``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tui.core.episode import Block, Section, Span

Fields = Mapping[str, str | tuple[str, ...]]
"""What a document says about itself, by its own names in lower case: clean text, or a list of it."""

JUDGED_CHARS = 30_000
"""How much of a text decides what it is. The head of a large file is always longer than that, so the
head alone and the whole file are read in the same way."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text as the readers get it."""

    text: str
    """Clean, with line feeds, without its front matter."""

    name: str
    """The file's name."""

    fields: Fields = field(default_factory=dict)
    """From the front matter."""

    data: bytes = b""
    """The bytes of a file that is no text, such as an EPUB; its ``text`` is empty then."""

    @property
    def judged(self) -> str:
        """The part of the text that decides what the document is."""
        return self.text[:JUDGED_CHARS]

    @property
    def title(self) -> str:
        """The title given in the front matter, on one line; empty where there is none."""
        for key in TITLE_KEYS:
            value = self.fields.get(key)
            if isinstance(value, str) and value.strip():
                return " ".join(value.split())
        return ""


TITLE_KEYS = ("title", "episode_title", "episode", "name", "headline")
"""Names of the field that holds a title, the most telling first."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on its way to becoming a section."""

    text: str
    level: int
    spans: tuple[Span, ...] = ()
    start_s: float | None = None


Item = Heading | Block
"""Documents are read as one flat run of these."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader made of a source."""

    sections: tuple[Section, ...]

    why: str
    """The cue that decided for this reader, in one sentence."""

    title: str = ""
    """As the text shows it; empty where it shows none."""

    notices: tuple[str, ...] = ()

    fields: Fields = field(default_factory=dict)
    """What the shape itself says about the episode, under names that ``core.metadata`` knows: ``title``,
    ``show``, ``episode_number``, ``guests``, ``speakers``, ``hosts``, ``date``, ``url``,
    ``duration_seconds``, ``language``, ``tags``."""


def gather(items: Iterable[Item]) -> tuple[Section, ...]:
    """Return the sections that headings open; text before the first heading is one without a title.

    There is always at least one section. A heading without words opens none, as nothing would show it.
    """
    drafts: list[tuple[Heading, list[Block]]] = []
    for item in items:
        if isinstance(item, Block):
            if not drafts:
                drafts.append((Heading("", 1), []))
            drafts[-1][1].append(item)
        elif item.text:
            drafts.append((item, []))
    return tuple(
        Section(
            ordinal=ordinal,
            level=heading.level,
            title=heading.text,
            blocks=tuple(blocks),
            start_s=heading.start_s,
            spans=heading.spans,
        )
        for ordinal, (heading, blocks) in enumerate(drafts or [(Heading("", 1), [])])
    )


def judged_items(items: list[Item]) -> list[Item]:
    """Return the items at the beginning of a document that decide what it is."""
    chars = 0
    for index, item in enumerate(items):
        chars += len(item.text)
        if chars > JUDGED_CHARS:
            return items[: index + 1]
    return items


def same_title(one: str, other: str) -> bool:
    """Say whether two titles have the same letters and digits, whatever their case and punctuation."""
    letters = [character for character in one.casefold() if character.isalnum()]
    return bool(letters) and letters == [character for character in other.casefold() if character.isalnum()]
