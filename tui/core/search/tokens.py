"""What a text is cut into for the search engine: folded words, and single signs of some scripts.

The same cutting is used for what is indexed, for what is asked, and for what is marked: what matched is
what is marked. A word is a run of letters and digits, folded as for finding in an episode
(``core.folding``). Scripts written without blanks between words (Han, kana, Thai, Lao, Khmer, Burmese) give
one token a sign, so that a word in them is found as a phrase wherever it stands.
"""

import re
from dataclasses import dataclass

from tui.core.folding import Folded, fold

SINGLE = (
    "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\u0e01-\u0e3a\u0e40-\u0e5b\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
)
WORD = re.compile(r"[^\W_]+")
"""A run of letters and digits."""

TOKEN = re.compile(rf"[{SINGLE}]|[^\W_{SINGLE}]+")
"""A sign of a script without blanks, or a run of other letters and digits."""

SINGLE_SIGN = re.compile(rf"[{SINGLE}]")

LONGEST_TOKEN = 60
"""In characters; what is longer is no word, and is cut."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, folded, and where it stands in the source, in characters."""

    text: str
    start: int
    end: int


def words(text: str) -> list[str]:
    """Return the tokens of a text in their order, without their places."""
    folded = fold(text).text
    found = pattern_for(folded).findall(folded)
    if any(len(token) > LONGEST_TOKEN for token in found):
        return [token[:LONGEST_TOKEN] for token in found]
    return found


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text in their order, with their places."""
    return tokens_of(fold(text))


def tokens_of(folded: Folded) -> list[Token]:
    """Return the tokens of a folded text in their order, with their places in its source."""
    return [
        Token(found[0][:LONGEST_TOKEN], *folded.source_span(found.start(), found.end()))
        for found in pattern_for(folded.text).finditer(folded.text)
    ]


def pattern_for(folded: str) -> re.Pattern[str]:
    """Return what finds the tokens of a folded text: most texts need the quicker pattern only."""
    return WORD if folded.isascii() or not SINGLE_SIGN.search(folded) else TOKEN


def is_single(token: str) -> bool:
    """Say whether a token is one sign of a script without blanks."""
    return SINGLE_SIGN.fullmatch(token) is not None
