"""Stretches of an episode, and the steps by which a cursor goes through its text.

All steps are counted in the episode's own blocks, never in lines of a screen. Sentences, paragraphs, words
and characters go on from block to block and from section to section; headings, rules and blank blocks
are stepped over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from tui.core.episode import CJK, Block, BlockKind, Episode, Place, Section
from tui.core.sentences import sentences
from tui.errors import NotFoundError

if TYPE_CHECKING:
    import regex

WHOLE_KINDS = frozenset({BlockKind.CODE, BlockKind.TABLE_ROW})
"""Blocks that are one stretch: a line of code and a table's row are no sentences."""

LONG_BLOCK = 20_000
"""Characters from which a block's sentences are found piece by piece, so that a key is answered at once."""

PIECE = 2_000
"""How many characters a piece has, about."""

LEAD = 200
"""How many characters before the place where a piece should begin are read, to know its sentence."""

REACH = 1_000
"""How far behind that place a sentence may begin that the piece then begins with; less than ``PIECE``."""

WINDOW = 256
"""How many characters are looked back for the beginning of a word or character; longer ones are stepped
in parts. Even, so that a row of flags (two characters each) is never halved."""

Spans = tuple[tuple[int, int], ...]
"""The (start, end) of each sentence of a text, in characters, in order and without overlap."""


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """What stands between two places of an episode, in text that can be quoted."""

    start: Place
    """Its first character; a place in a block, never in a heading."""

    end: Place
    """One past its last character; a place in a block, never in a heading."""

    def within(self, section: int, block: int, length: int) -> tuple[int, int] | None:
        """Return which characters of one block lie in it, as (start, end); None for none.

        Args:
            section: The section's ordinal.
            block: The block's index; -1 is the heading, which lies in it as a whole or not at all.
            length: How many characters the block or heading has.
        """
        first, last = Place(section, block, 0), Place(section, block, length)
        if self.end <= first or last <= self.start:
            return None
        start = self.start.offset if first < self.start else 0
        end = self.end.offset if self.end < last else length
        return (start, end) if start < end else None


def union(one: Stretch, other: Stretch) -> Stretch:
    """Return the smallest stretch that holds both."""
    return Stretch(min(one.start, other.start), max(one.end, other.end))


def sentences_of(episode: Episode, section: int, block: int) -> Spans:
    """Return the sentences of one block as (start, end) in characters.

    Code and rows of tables are one stretch; a rule and a blank block have none.
    """
    found = episode.sections[section].blocks[block]
    return tuple(_spans(found, 0, 1))


def section_sentences(episode: Episode, section: int) -> tuple[Stretch, ...]:
    """Return the sentences of one section, over its blocks, in order."""
    return tuple(
        Stretch(Place(section, index, start), Place(section, index, end))
        for index in range(len(episode.sections[section].blocks))
        for start, end in sentences_of(episode, section, index)
    )


def numbered_sentences(episode: Episode, section: int, first: int, last: int) -> Stretch:
    """Return the stretch from one sentence of a section to another, both counted from 1.

    Raises:
        NotFoundError: The section has not so many sentences.
    """
    found = section_sentences(episode, section)
    if last > len(found):
        raise NotFoundError(
            f"there is no sentence {last} in section {section + 1} of “{episode.title}”: it has {len(found)};"
            f" 'pullquote show … --section {section + 1} --format sentences' numbers them"
        )
    return union(found[first - 1], found[last - 1])


def sentences_near(text: str, start: int, end: int) -> Spans:
    """Return the sentences of a long text that lie, or begin or end, between two of its characters.

    The text is cut into pieces whose bounds depend on it alone, so every question gets the same sentences,
    and none takes longer than the pieces it touches. A piece begins with a sentence; only one longer than
    ``REACH`` may be cut in two, at a blank.
    """
    first, last = _piece_at(text, start), _piece_at(text, max(start, end - 1))
    spans = (span for index in range(first, last + 1) for span in _piece_sentences(text, index))
    return tuple(span for span in spans if span[0] < end and span[1] > start)


def sentence_at(episode: Episode, place: Place) -> Stretch | None:
    """Return the sentence that holds a place, else the next one after it; None after the last."""
    return _first_ending_after(_sentences(episode, place, 1), place)


def next_sentence(episode: Episode, stretch: Stretch, step: int) -> Stretch | None:
    """Return the sentence after a stretch or before it; None where there is none.

    A sentence that the stretch holds only in part comes first.

    Args:
        episode: Where the stretch is.
        stretch: One sentence, or any other stretch.
        step: 1 for the sentence after it, -1 for the one before.
    """
    if step > 0:
        return _first_ending_after(_sentences(episode, stretch.end, 1), stretch.end)
    return _first_starting_before(_sentences(episode, stretch.start, -1), stretch.start)


def paragraph_at(episode: Episode, place: Place) -> Stretch | None:
    """Return the block that holds a place, else the next one with text; None after the last."""
    return _first_ending_after(_paragraphs(episode, place, 1), place)


def next_paragraph(episode: Episode, stretch: Stretch, step: int) -> Stretch | None:
    """Return the block after a stretch (step 1) or before it (-1); None where there is none.

    A block that the stretch holds only in part comes first.
    """
    if step > 0:
        return _first_ending_after(_paragraphs(episode, stretch.end, 1), stretch.end)
    return _first_starting_before(_paragraphs(episode, stretch.start, -1), stretch.start)


def visible_sentences(episode: Episode, first: Place, last: Place) -> tuple[Stretch, ...]:
    """Return the sentences between two places, in order, those that are only partly there included.

    Args:
        episode: Where the places are.
        first: The first character that is seen.
        last: One past the last character that is seen.
    """
    seen = takewhile(lambda sentence: sentence.start < last, _sentences(episode, first, 1))
    return tuple(sentence for sentence in seen if sentence.end > first)


def word_edge(episode: Episode, place: Place, step: int) -> Place:
    """Return the end of the next word (step 1) or the beginning of the one before (-1).

    A word is a run of letters and digits with what joins them (``don't``, ``3.5``), a run of other signs, or
    one Chinese or Japanese character. At the episode's ends the place itself is returned.
    """
    for section, index, block in _blocks(episode, place, step):
        offset = _offset(place, section, index, block, step)
        edge = _word_end(block.text, offset) if step > 0 else _word_start(block.text, offset)
        if edge is not None:
            return Place(section.ordinal, index, edge)
    return place


def character_edge(episode: Episode, place: Place, step: int) -> Place:
    """Return the place one character on (step 1) or back (-1), as people count characters.

    Letters keep their combining marks, joined emoji and flags stay whole (Unicode extended grapheme
    clusters, UAX #29). The end of a block and the beginning of the next are two places. At the episode's
    ends the place itself is returned.
    """
    for section, index, block in _blocks(episode, place, step):
        offset = _offset(place, section, index, block, step)
        is_here = (section.ordinal, index) == (place.section, place.block)
        if not is_here:
            return Place(section.ordinal, index, offset)
        if offset != (len(block.text) if step > 0 else 0):
            edge = _character_end(block.text, offset) if step > 0 else _character_start(block.text, offset)
            return Place(section.ordinal, index, edge)
    return place


def _blocks(episode: Episode, place: Place, step: int) -> Iterator[tuple[Section, int, Block]]:
    """Yield the blocks with text from a place's own on, forwards or backwards."""
    ordinals = range(place.section, len(episode.sections)) if step > 0 else range(place.section, -1, -1)
    for ordinal in ordinals:
        section = episode.sections[ordinal]
        indices = range(len(section.blocks))
        if ordinal == place.section:
            indices = indices[max(place.block, 0) :] if step > 0 else indices[: max(place.block + 1, 0)]
        for index in indices if step > 0 else reversed(indices):
            block = section.blocks[index]
            if block.kind != BlockKind.RULE and block.text and not block.text.isspace():
                yield section, index, block


def _offset(place: Place, section: Section, index: int, block: Block, step: int) -> int:
    """Return where in a block the way goes on: at the place itself, or where one enters the block."""
    if (section.ordinal, index) == (place.section, place.block):
        return min(place.offset, len(block.text))
    return 0 if step > 0 else len(block.text)


def _sentences(episode: Episode, place: Place, step: int) -> Iterator[Stretch]:
    """Yield the sentences from the one at a place on, or a few before it, forwards or backwards."""
    for section, index, block in _blocks(episode, place, step):
        for start, end in _spans(block, _offset(place, section, index, block, step), step):
            yield Stretch(Place(section.ordinal, index, start), Place(section.ordinal, index, end))


def _paragraphs(episode: Episode, place: Place, step: int) -> Iterator[Stretch]:
    for section, index, block in _blocks(episode, place, step):
        yield Stretch(Place(section.ordinal, index), Place(section.ordinal, index, len(block.text)))


def _first_ending_after(stretches: Iterator[Stretch], place: Place) -> Stretch | None:
    return next((stretch for stretch in stretches if stretch.end > place), None)


def _first_starting_before(stretches: Iterator[Stretch], place: Place) -> Stretch | None:
    return next((stretch for stretch in stretches if stretch.start < place), None)


def _spans(block: Block, offset: int, step: int) -> Iterator[tuple[int, int]]:
    """Yield a block's sentences forwards or backwards; of a long one, from the piece with the offset on."""
    text = block.text
    if block.kind == BlockKind.RULE or not text or text.isspace():
        return
    if block.kind in WHOLE_KINDS:
        yield 0, len(text)
    elif len(text) <= LONG_BLOCK:
        yield from sentences(text)[::step]
    else:
        piece = _piece_at(text, offset)
        for index in range(piece, len(text) // PIECE + 1) if step > 0 else range(piece, -1, -1):
            yield from _piece_sentences(text, index)[::step]


def _piece_at(text: str, offset: int) -> int:
    """Return the number of the piece that holds an offset."""
    piece = min(max(offset, 0), len(text)) // PIECE
    return piece - 1 if piece and offset < _piece_start(text, piece) else piece


def _piece_sentences(text: str, piece: int) -> Spans:
    begins, ends = _piece_start(text, piece), _piece_start(text, piece + 1)
    return tuple((begins + start, begins + end) for start, end in sentences(text[begins:ends]))


def _piece_start(text: str, piece: int) -> int:
    """Return where a piece begins: with the first sentence after its share of the text, or a word of it."""
    due = piece * PIECE
    if piece == 0 or due >= len(text):
        return min(due, len(text))
    lead = due - LEAD
    for start, _ in sentences(text[lead : due + REACH]):
        if lead + start > due:
            return lead + start
    return text.find(" ", due, due + REACH) + 1 or due


@cache
def _word_pattern() -> "regex.Pattern[str]":
    # Imported here: it takes 14 ms, which only a cursor that goes by words and characters needs.
    import regex

    letter = rf"[\w--{CJK.pattern}]"
    return regex.compile(
        rf"(?V1){CJK.pattern}\p{{M}}*|{letter}+(?:['’.,\-‐]{letter}+)*|(?:[^\w\s][\p{{M}}\u200d]*)+"
    )


@cache
def _character_pattern() -> "regex.Pattern[str]":
    # Imported here: as above.
    import regex

    return regex.compile(r"(?s)\X")


def _word_end(text: str, offset: int) -> int | None:
    """Return where the word at an offset, or the next one, ends; None without one."""
    word = _word_pattern().search(text, offset)
    return word.end() if word else None


def _word_start(text: str, offset: int) -> int | None:
    """Return where the word that holds the character before an offset begins, or the one before it."""
    while offset > 0:
        window = max(0, offset - WINDOW)
        starts = [word.start() for word in _word_pattern().finditer(text, window, offset)]
        if starts:
            return starts[-1]
        offset = window
    return None


def _character_end(text: str, offset: int) -> int:
    character = _character_pattern().match(text, offset)
    return character.end() if character else len(text)


def _character_start(text: str, offset: int) -> int:
    window = max(0, offset - WINDOW)
    return max(
        (character.start() for character in _character_pattern().finditer(text, window, offset)), default=0
    )
