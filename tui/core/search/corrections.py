"""Typing mistakes: words of a query that stand nowhere, replaced by known words one edit away.

An edit is a letter too many, too few or wrong, or two neighbours swapped (Damerau 1964). All texts one edit
away are made and looked up, some fifty for each letter, which is quicker than going through the words of a
large library.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

from tui.core.search.query import FIELD_NAMES, All, Any, Dates, Node, Not, State, Words

FEWEST_LETTERS = 4
"""Shorter words are one edit away from too many others."""

MOST_LETTERS = 30

ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz0123456789",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ",
    "αβγδεζηθικλμνξοπρστυφχψω",
)
"""Letters that a folded word can have; a word is corrected within its own alphabet."""


class Known(Protocol):
    """What tells which words a library has."""

    def knows(self, wanted: Words) -> bool:
        """Say whether it has the words of a leaf, one by one."""

    def frequency(self, word: str) -> int:
        """Return in how many sections a word stands."""

    def beginnings(self, prefix: str) -> int:
        """Return in how many sections a word with this beginning stands."""


def corrected(node: Node, known: Known) -> Node | None:
    """Return a query with unknown words replaced by known ones one edit away; None if none can be.

    Args:
        node: A query that found nothing.
        known: What tells the words of the library; the commonest of several takes the place.
    """
    fixed = fix(node, known)
    return fixed if fixed != node else None


def fix(node: Node, known: Known) -> Node:
    """Return a query with its unknown words replaced as far as that can be."""
    if isinstance(node, Words):
        return node if known.knows(node) else fix_words(node, known)
    if isinstance(node, All | Any):
        return replace(node, nodes=tuple(fix(part, known) for part in node.nodes))
    # What must not be there is left as it is: it takes nothing away.
    return node


def fix_words(leaf: Words, known: Known) -> Words:
    """Return words with each unknown one replaced by the commonest known one that is one edit away."""
    *first, last = leaf.tokens
    fixed = [nearest(token, known.frequency) or token for token in first]
    whole = nearest(last, known.frequency)
    if whole is not None or not leaf.is_prefix:
        # A word that had to be corrected is taken as a whole, no longer as a beginning.
        return replace(leaf, tokens=(*fixed, whole or last), is_prefix=leaf.is_prefix and whole is None)
    return replace(leaf, tokens=(*fixed, nearest(last, known.beginnings) or last))


def nearest(word: str, frequency: Callable[[str], int]) -> str | None:
    """Return the commonest known word, itself or one edit away; None if there is none."""
    if not FEWEST_LETTERS <= len(word) <= MOST_LETTERS:
        return None
    if frequency(word):
        return word
    counted = {text: frequency(text) for text in set(edits(word))}
    best = max(counted, key=lambda text: (counted[text], text), default=None)
    return best if best is not None and counted[best] else None


def edits(word: str) -> Iterator[str]:
    """Yield all texts one edit away from a word."""
    letters = next((alphabet for alphabet in ALPHABETS if word[0] in alphabet), "")
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield from (before + letter + after for letter in letters)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters if letter != after[0])
        if len(after) > 1 and after[0] != after[1]:
            yield before + after[1] + after[0] + after[2:]


def spoken(node: Node) -> str:
    """Return a query as it is written, for saying what was looked for instead."""
    match node:
        case Words():
            words = " ".join(node.tokens) + ("*" if node.is_prefix else "")
            text = f'"{words}"' if len(node.tokens) > 1 else words
            return f"{FIELD_NAMES.get(node.field, node.field)}:{text}" if node.field else text
        case Dates():
            day = node.before if node.first is None else node.first
            return f"{'before' if node.first is None else 'after'}:{date_text(day or 0)}"
        case State():
            return f"is:{node.name}"
        case Not():
            text = spoken(node.node)
            return f"-({text})" if isinstance(node.node, All) else f"-{text}"
        case All():
            return " ".join(spoken(part) for part in node.nodes)
        case Any():
            return "(" + " OR ".join(spoken(part) for part in node.nodes) + ")"


def date_text(day: int) -> str:
    """Return ``YYYYMMDD`` as a date is written in a query."""
    return f"{day // 10_000}-{day // 100 % 100:02}-{day % 100:02}"
