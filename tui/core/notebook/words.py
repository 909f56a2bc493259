"""A text as the sequence of its words, numbered, with the way back to its characters.

What editors, exports and people change without changing a sentence is not part of it: case, accents,
quotation marks, dashes, ellipses, other signs, blanks and line ends, and how letters are composed. Scripts
written without blanks between words count each character as a word.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from math import log2

from tui.core.folding import fold

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u3098\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana and Han: no blanks between words."""

WORD = re.compile(rf"[{UNSPACED}][\u3099\u309a]?|[^\W{UNSPACED}]+")
"""A word of a folded text."""

BREAK = re.compile(r"\n|[.!?…]\W*\s|[。！？]")
"""What between two words ends a sentence or a block."""

VOICING = dict.fromkeys((0x3099, 0x309A))
"""The marks that are left of a voiced kana when its parts are taken apart."""

UNKNOWN = 2**32 - 1
"""The number of a word that the text does not have."""

LONGEST_PIECE = 2_000
"""Characters from which a piece is cut in parts, at a blank."""

MOST_BITS = 14.0
"""What a word tells at most: one that stands once in a long text is worth no more than one in 16,000."""

Spans = tuple[tuple[int, int], ...]
"""The (start, end) of each word of a text, in characters."""


class Numbers(dict[str, int]):
    """The number of each folded word, given out as words are met."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        """The words by their numbers, in one form however they are composed."""

        self.known: dict[str, int] = {}
        """The numbers of those."""

    def __missing__(self, word: str) -> int:
        plain = one_form(word)
        number = self.known.get(plain)
        if number is None:
            number = self.known[plain] = len(self.words)
            self.words.append(plain)
        self[word] = number
        return number


class Words:
    """A text's words."""

    def __init__(self, text: str, pieces: Sequence[tuple[int, int]]) -> None:
        """Read the words of a text.

        Args:
            text: The whole text.
            pieces: Where headings and blocks begin in it, and how many characters they have.
        """
        self.text = text
        self.pieces = [part for start, length in pieces for part in parts(text, start, start + length)]
        self.starts = [start for start, _ in self.pieces]
        self.numbers = Numbers()
        self.ids = array("I")
        """The number of each word of the text."""

        self.firsts: list[int] = []
        """Which word of the text is the first of each piece."""

        for start, length in self.pieces:
            self.firsts.append(len(self.ids))
            found = WORD.findall(fold(text[start : start + length]).text)
            self.ids.extend(map(self.numbers.__getitem__, found))

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def counts(self) -> Counter[int]:
        """How often each word stands in the text."""
        return Counter(self.ids)

    def bits(self, number: int) -> float:
        """Return how much a word tells about where it stands, in bits; one the text lacks tells most."""
        return min(log2((len(self.ids) + 1) / max(self.counts[number], 1)), MOST_BITS)

    def number(self, word: str) -> int:
        """Return the number of a word of ``words_of``, ``UNKNOWN`` where the text does not have it."""
        return self.numbers.known.get(word, UNKNOWN)

    def word(self, index: int) -> str:
        """Return a word."""
        return self.numbers.words[self.ids[index]]

    def some(self, first: int, last: int) -> list[str]:
        """Return the words from one up to another."""
        return [self.numbers.words[number] for number in self.ids[first:last]]

    def span(self, index: int) -> tuple[int, int]:
        """Return from which character of the text up to which a word stands."""
        piece = bisect_right(self.firsts, index) - 1
        start, length = self.pieces[piece]
        first, last = word_spans(self.text[start : start + length])[index - self.firsts[piece]]
        return start + first, start + last

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Return the first word that ends after a character, and one past the last that begins before one."""
        if not self.pieces:
            return 0, 0
        (first, spans, at), (last, others, to) = (self._piece(offset) for offset in (start, end))
        return (
            first + bisect_right(spans, at, key=lambda span: span[1]),
            last + bisect_left(others, to, key=lambda span: span[0]),
        )

    def _piece(self, offset: int) -> tuple[int, Spans, int]:
        """Return the first word of the piece with a character, the spans of its words, and its offset."""
        piece = max(bisect_right(self.starts, offset) - 1, 0)
        start, length = self.pieces[piece]
        return self.firsts[piece], word_spans(self.text[start : start + length]), offset - start

    def gap(self, index: int) -> tuple[int, int]:
        """Return the characters between a word and the one before; past the last, up to the text's end."""
        start = self.span(index - 1)[1] if index > 0 else 0
        return start, self.span(index)[0] if index < len(self.ids) else len(self.text)

    def is_break(self, index: int) -> bool:
        """Say whether a sentence or block ends before a word."""
        start, end = self.gap(index)
        return start == 0 or end == len(self.text) or BREAK.search(self.text, start, end) is not None


def parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a piece as (start, length); a long one in parts, so that none takes long to go through again."""
    while end - start > LONGEST_PIECE:
        blank = text.find(" ", start + LONGEST_PIECE, min(start + 2 * LONGEST_PIECE, end))
        cut = blank if blank > 0 else start + LONGEST_PIECE
        yield start, cut - start
        start = cut
    yield start, end - start


@lru_cache(maxsize=64)
def word_spans(text: str) -> Spans:
    """Return the (start, end) of each word of a text, in characters of the text as it is."""
    folded = fold(text)
    return tuple(folded.source_span(*word.span()) for word in WORD.finditer(folded.text))


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    return [one_form(word) for word in WORD.findall(fold(text).text)]


def one_form(word: str) -> str:
    """Return a folded word in one form, however its letters are composed."""
    return word if word.isascii() else unicodedata.normalize("NFD", word).translate(VOICING)
