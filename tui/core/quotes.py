"""Quotes: the words a reader takes out of an episode, together with where they stand.

The text of a quote comes from the episode's blocks, never from the screen. Blocks are joined as
``Section.text`` joins them. List items get their mark only beside other blocks: whoever takes one item
wants its sentence, whoever takes several wants the list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path

from tui.core.cleaning import clean, clean_line
from tui.core.episode import CELL_BORDER, LIST_KINDS, Block, BlockKind, Episode, Place, Section, separator
from tui.core.links import is_player, link_at, link_to_words
from tui.core.quote_parts import Part
from tui.errors import NotFoundError

CONTEXT = 40
"""How many characters before and after a quote are kept with it."""

FIELDS = ("speaker", "title", "show", "section", "time", "date", "url")
"""What a citation can say, in its order."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words out of an episode, and where they stand. Only the text and the title are always known."""

    text: str
    """Unwrapped and clean: a blank line between paragraphs, ``- `` before the items of a list."""

    title: str
    show: str | None = None
    number: int | None = None
    people: tuple[str, ...] = ()
    section: str | None = None
    part: str | None = None
    speaker: str | None = None
    start_s: float | None = None
    """When it is said, in seconds."""

    url: str | None = None
    date: str | None = None
    language: str | None = None
    path: Path | None = None
    tags: tuple[str, ...] = ()
    note: str | None = None
    before: str = ""
    """What stands before it in its block, at most ``CONTEXT`` characters."""

    after: str = ""
    """What stands after it in its block, at most ``CONTEXT`` characters."""

    is_repeated: bool = False
    """Whether its first words stand in the episode more than once."""

    parts: tuple[Part, ...] = ()
    """The text in parts, where there are tables or code in it; else nothing."""

    @property
    def parts_of_text(self) -> tuple[Part, ...]:
        """The text in parts; all of it is one where it has neither tables nor code."""
        return self.parts or (Part(BlockKind.PARAGRAPH, self.text),)


@dataclass(frozen=True, slots=True)
class QuoteSettings:
    """What a user may choose about quotes."""

    style: str = "attributed"
    """The style a plain copy uses: a name in ``styles.STYLES`` or of a template."""

    marks: str = "auto"
    """Quotation marks: ``auto`` by the episode's language, a language's code, ``straight`` or ``none``."""

    fields: tuple[str, ...] = ("speaker", "title", "show", "section", "time")
    """What a citation says, each only where it is known: names out of ``FIELDS``."""

    templates: tuple[tuple[str, str], ...] = ()
    """The user's own styles: name and Jinja2 template."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a quote takes of one block."""

    block: Block
    text: str
    from_start: bool
    is_whole: bool = False


def quote_blocks(episode: Episode, start: Place, end: Place) -> Quote:
    """Return what stands between two places, whole blocks and parts of blocks.

    Both ends may be swapped; a place on a heading is the beginning of its section. Over several
    sections the headings in between are part of the text, and the citation names the first section.

    Args:
        episode: Where the places are.
        start: The first character.
        end: One past the last character.

    Raises:
        NotFoundError: There is nothing between the places.
    """
    start, end = sorted((start, end))
    section = _section(episode, start.section)
    pieces = [piece for piece in _pieces(episode, start, end) if piece.text]
    if not pieces:
        raise _nothing(episode)
    quote = _quote(episode, section, _joined(pieces))
    return replace(
        quote,
        speaker=_speaker(episode, section, pieces),
        start_s=_start_s(episode, section, max(start.block, 0)),
        before=_context_before(section, start),
        parts=_parts(pieces),
        after=_context_after(episode.sections[end.section], end),
        is_repeated=is_repeated(episode, pieces[0].text),
    )


def quote_block(episode: Episode, ordinal: int, block: int) -> Quote:
    """Return one whole block; raise NotFoundError where there is none, or nothing in it."""
    blocks = _section(episode, ordinal).blocks
    if not 0 <= block < len(blocks):
        raise _nothing(episode)
    length = len(blocks[block].text)
    return quote_blocks(episode, Place(ordinal, block), Place(ordinal, block, length))


def quote_section(episode: Episode, ordinal: int) -> Quote:
    """Return all text of a section, or its heading where that is all it has; else raise NotFoundError."""
    section = _section(episode, ordinal)
    if section.title and not section.text.strip():
        speaker = _speaker(episode, section, [])
        start_s = _start_s(episode, section, 0)
        return replace(_quote(episode, section, section.title), speaker=speaker, start_s=start_s)
    last = len(section.blocks) - 1
    if last < 0:
        raise _nothing(episode)
    return quote_blocks(episode, Place(ordinal, 0), Place(ordinal, last, len(section.blocks[last].text)))


def link(quote: Quote) -> str | None:
    """Return an address that leads to the quote: at its time, else to its words; None without an address.

    A player's page does not show the words: without a time it stays as it is.
    """
    if quote.url is None or not quote.url.startswith(("http://", "https://")):
        return quote.url
    if quote.start_s is not None:
        return link_at(quote.url, quote.start_s)
    if is_player(quote.url):
        return quote.url
    if quote.is_repeated:
        return link_to_words(quote.url, quote.text, quote.before, quote.after)
    return link_to_words(quote.url, quote.text)


def is_repeated(episode: Episode, text: str) -> bool:
    """Say whether words stand in an episode's blocks more than once."""
    found = 0
    for section in episode.sections:
        found += sum(block.text.count(text) for block in section.blocks)
        if found > 1:
            return True
    return False


def _section(episode: Episode, ordinal: int) -> Section:
    if not 0 <= ordinal < len(episode.sections):
        count = len(episode.sections)
        raise NotFoundError(f"no section {ordinal + 1} in {clean_line(episode.path.name)}: it has {count}")
    return episode.sections[ordinal]


def _nothing(episode: Episode) -> NotFoundError:
    return NotFoundError(f"nothing to quote there in {clean_line(episode.path.name)}: select some text")


def _pieces(episode: Episode, start: Place, end: Place) -> Iterator[_Piece]:
    for section in episode.sections[start.section : end.section + 1]:
        if section.ordinal != start.section and section.title and end > Place(section.ordinal):
            yield _Piece(Block(BlockKind.PARAGRAPH, section.title), section.title, from_start=True)
        for index, block in enumerate(section.blocks):
            first = start.offset if (section.ordinal, index) == (start.section, start.block) else 0
            last = end.offset if (section.ordinal, index) == (end.section, end.block) else len(block.text)
            if start <= Place(section.ordinal, index, first) and Place(section.ordinal, index, last) <= end:
                text = block.text[first:last]
                # The blanks at the beginning of a line of code mean something.
                shown = text.strip("\n") if block.kind == BlockKind.CODE else text.strip()
                yield _Piece(block, shown, first == 0, is_whole=text.strip() == block.text.strip())


def _joined(pieces: list[_Piece]) -> str:
    """Return the text of a quote: the pieces with their marks and what stands between them."""
    return clean(_joined_from(pieces, 0, len(pieces))).text


def _joined_from(pieces: list[_Piece], first: int, end: int) -> str:
    """Return the pieces from one index up to another, joined."""
    text = _marked(pieces, first)
    for index, (one, other) in enumerate(pairwise(pieces[first:end]), start=first + 1):
        text += separator(one.block, other.block) + _marked(pieces, index)
    return text


def _parts(pieces: list[_Piece]) -> tuple[Part, ...]:
    """Return the tables and the code of a quote, and the text between them; nothing where all is text."""
    parts = []
    at = 0
    for (kind, _), group in groupby(range(len(pieces)), lambda index: _shape(pieces, index)):
        end = at + len([*group])
        # The blanks at the ends of a row are empty cells.
        rows = "\n".join(piece.block.text for piece in pieces[at:end])
        text = rows if kind is BlockKind.TABLE_ROW else _joined_from(pieces, at, end)
        language = pieces[at].block.language if kind is BlockKind.CODE else None
        parts.append(Part(kind, clean(text).text, language))
        at = end
    return tuple(parts) if any(part.kind is not BlockKind.PARAGRAPH for part in parts) else ()


def _shape(pieces: list[_Piece], index: int) -> tuple[BlockKind, int]:
    """Return the kind of the part a piece belongs to, with what tells it from its neighbours of that kind.

    One cell, a part of a line of code and what a label stands before are text.
    """
    piece = pieces[index]
    kind = piece.block.kind
    if _marked(pieces, index) != piece.text:
        return BlockKind.PARAGRAPH, 0
    if kind is BlockKind.TABLE_ROW and piece.is_whole and CELL_BORDER in piece.block.text:
        return kind, piece.block.text.count(CELL_BORDER)
    if kind is BlockKind.CODE and (piece.is_whole or "\n" in piece.text):
        return kind, index
    return BlockKind.PARAGRAPH, 0


def _marked(pieces: list[_Piece], index: int) -> str:
    """Return a piece with its indent and mark, where it stands among others."""
    piece = pieces[index]
    if len(pieces) == 1:
        return piece.text
    depths = [other.block.depth for other in pieces if other.block.kind in LIST_KINDS]
    indent = "  " * (piece.block.depth - min(depths, default=piece.block.depth))
    if piece.block.kind in LIST_KINDS and piece.from_start:
        number = piece.block.number
        mark = "- " if piece.block.kind == BlockKind.BULLET or number is None else f"{number}. "
        return f"{indent}{mark}{piece.text}"
    return _label(pieces, index) + piece.text


def _label(pieces: list[_Piece], index: int) -> str:
    """Return ``Name: `` where several people speak in a quote and another one begins."""
    names = [piece.block.speaker for piece in pieces]
    if len({*names}) == 1 or names[index] is None:
        return ""
    return f"{names[index]}: " if index == 0 or names[index] != names[index - 1] else ""


def _quote(episode: Episode, section: Section, text: str) -> Quote:
    return Quote(
        text=text,
        title=episode.title,
        show=episode.show,
        number=episode.number,
        people=episode.people,
        section=section.title or None,
        part=section.part,
        url=episode.url,
        date=episode.date,
        language=episode.language,
        path=episode.path,
        tags=episode.tags,
    )


def _speaker(episode: Episode, section: Section, pieces: list[_Piece]) -> str | None:
    """Return who says it: the one the blocks name, else the section's or part's; None for several."""
    names = {piece.block.speaker for piece in pieces if piece.block.speaker}
    if names:
        return names.pop() if len(names) == 1 else None
    return section.speaker or (section.part if section.part in episode.people else None)


def _start_s(episode: Episode, section: Section, index: int) -> float | None:
    """Return when a block is said: its own time, else the last one before it.

    That is looked for in its section, then in the headings above it, of smaller levels. Beyond them only
    what somebody says follows what was said before: text behind a list of chapters is not at the last one.
    """
    own = _last_time(section.blocks[: index + 1])
    if own is not None:
        return own
    if section.start_s is not None:
        return section.start_s
    is_said = bool(section.blocks[index : index + 1] and section.blocks[index].speaker)
    level = section.level
    for earlier in reversed(episode.sections[: section.ordinal]):
        if is_said and (said := _last_time([block for block in earlier.blocks if block.speaker])) is not None:
            return said
        if earlier.level < level:
            level = earlier.level
            if earlier.start_s is not None:
                return earlier.start_s
    return None


def _last_time(blocks: Sequence[Block]) -> float | None:
    return next((block.start_s for block in reversed(blocks) if block.start_s is not None), None)


def _context_before(section: Section, start: Place) -> str:
    if start.block < 0:
        return ""
    return section.blocks[start.block].text[max(0, start.offset - CONTEXT) : start.offset]


def _context_after(section: Section, end: Place) -> str:
    if end.block < 0:
        return ""
    return section.blocks[end.block].text[end.offset : end.offset + CONTEXT]
