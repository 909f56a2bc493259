"""Folding text for finding: case, accents and typographic signs made alike, with the way back.

What is folded: canonical and compatibility forms (full-width letters, ligatures: Unicode NFKD,
UAX #15), combining accents, letters with a stroke and joined letters as they are typed without them
(``ł`` is ``l``, ``æ`` is ``ae``), typographic quotation marks, dashes and blanks, and, if asked, case
(Unicode case folding: ``ß`` is ``ss``). What stays apart: kana with and without their voicing marks,
Hangul syllables, and ``й``, which is a letter of its own; ``ё`` is ``е``, as it is usually printed.
"""

import unicodedata
from array import array
from dataclasses import dataclass

SIGNS = {
    **dict.fromkeys("‘’‚‛′ʼ", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u2007\u202f\u3000\t", " "),
    "…": "...",
}
"""Typographic signs and what people type for them."""

LETTERS = {
    **dict(zip("łŁøØđĐðÐħĦŧŦı", "lLoOdDdDhHtTi", strict=True)),
    "æ": "ae",
    "Æ": "Ae",
    "œ": "oe",
    "Œ": "Oe",
    "þ": "th",
    "Þ": "Th",
}
"""Letters that Unicode does not take apart, as people type them who don't have them on their keyboard."""

KEPT = frozenset("йЙ")
"""Letters whose mark makes them another letter."""


def fold_character(char: str) -> str:
    """Return what one character becomes, case kept: none, one or several characters."""
    if char in SIGNS:
        return SIGNS[char]
    if char in KEPT or is_kana_or_hangul(char):
        return unicodedata.normalize("NFKC", char)
    plain = unicodedata.normalize("NFKD", char)
    return "".join(
        LETTERS.get(part, part)
        for part in plain
        if unicodedata.category(part) != "Mn" and part not in "\u200c\u200d"
    )


def is_kana_or_hangul(char: str) -> bool:
    """Say whether a character's parts must not be taken from it."""
    return "\u3040" <= char <= "\u30ff" or "\uac00" <= char <= "\ud7a3" or "\uff66" <= char <= "\uff9f"


class FoldTable(dict[int, str]):
    """What characters become, filled in as they are met; made for ``str.translate``."""

    def __init__(self, *, keep_case: bool) -> None:
        super().__init__()
        self.keep_case = keep_case
        self.uneven: set[str] = set()
        """Characters that become none or several: texts that hold one need a map of offsets."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = fold_character(char)
        if not self.keep_case:
            # Case folding can bring accents back (İ is i and a dot), so they are taken off again.
            folded = "".join(fold_character(part) for part in folded.casefold())
        if len(folded) != 1:
            self.uneven.add(char)
        self[code] = folded
        return folded


TABLES = {keep_case: FoldTable(keep_case=keep_case) for keep_case in (False, True)}
"""By ``keep_case``; they only ever grow by the characters of the world's texts."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back to the text it came from."""

    text: str
    offsets: "array[int] | None"
    """For each folded character, and one past the last, where it comes from in the source, in
    characters; None where both are character for character alike."""

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that a span of the folded text came from, marks included."""
        if self.offsets is None:
            return start, end
        first = self.offsets[start]
        return first, max(self.offsets[end], self.offsets[end - 1] + 1)


def fold(text: str, *, keep_case: bool = False) -> Folded:
    """Return a text folded for finding."""
    if text.isascii():
        plain = text.replace("\t", " ")
        return Folded(plain if keep_case else plain.lower(), None)
    table = TABLES[keep_case]
    folded = text.translate(table)
    if table.uneven.isdisjoint(text):
        return Folded(folded, None)
    offsets = array("I")
    for index, char in enumerate(text):
        offsets.extend([index] * len(table[ord(char)]))
    offsets.append(len(text))
    return Folded(folded, offsets)
