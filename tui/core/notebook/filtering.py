"""What narrows the notebook: words, and what a highlight is, has, or is marked with.

    scaling laws            both words: in the quote, its note, its tags, or what is known of the episode
    "optimal rate"          these words one after the other
    -haiku                  not this
    #agi                    with a tag that begins like this
    colour:rose             in this colour
    is:favourite  is:lost  is:bookmark  has:note  has:tags

Nothing is an error: what is still being typed asks for nothing, an unknown field is words.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tui.core.folding import fold
from tui.core.notebook.values import Bookmark, Colour, Highlight

LONGEST_FILTER = 1_000
"""Characters that are looked at."""

TERM = re.compile(
    r'(?P<not>-(?=\S))?(?:"(?P<phrase>[^"]*)"?|#(?P<tag>\S*)|(?P<field>is|has|colou?r|tag):(?P<value>\S*)|(?P<word>[^\s"]+))'
)
"""One thing that is asked for, in a folded text."""

NO_DIGITS = str.maketrans("", "", "-T:Z")
"""What stands between the digits of a kept time."""

Entry = Highlight | Bookmark


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """A highlight or bookmark of the notebook, ready to be looked through."""

    entry: Entry
    is_lost: bool = False
    """Whether it lost its place in the episode."""

    searched: str = ""
    """All that words are looked for in, folded."""

    made: int = 0
    """When it was made: the digits of its time, from the year to the second; 0 if that is not known."""


def listed(entry: Entry, *, is_lost: bool = False) -> Listed:
    """Return an entry with the text that words are looked for in."""
    source = entry.source
    parts = [
        entry.anchor.exact,
        source.title,
        source.show or "",
        entry.anchor.heading,
        " ".join(source.people),
    ]
    if isinstance(entry, Highlight):
        parts[0] = entry.text
        parts += [entry.note, entry.speaker or "", *entry.tags]
    searched = fold("\n".join(parts).replace("\n", " ")).text
    digits = entry.created.translate(NO_DIGITS)
    return Listed(entry, is_lost, searched, int(digits) if digits.isdecimal() else 0)


Test = Callable[[Listed], bool]


@dataclass(frozen=True, slots=True)
class Filter:
    """What the entries must be like; an empty one lets everything pass."""

    words: tuple[str, ...] = ()
    """Folded words and phrases that must be there."""

    tests: tuple[Test, ...] = field(default=(), compare=False)
    """What else must be true."""

    @property
    def is_blank(self) -> bool:
        """Whether everything passes."""
        return not (self.words or self.tests)

    def passing(self, entries: Iterable[Listed]) -> list[Listed]:
        """Return the entries that pass, in their order."""
        found = list(entries)
        for word in self.words:
            found = [one for one in found if word in one.searched]
        for test in self.tests:
            found = [one for one in found if test(one)]
        return found


def read_filter(text: str) -> Filter:
    """Return what somebody typed as a filter; any text is one."""
    words: list[str] = []
    tests: list[Test] = []
    for term in TERM.finditer(fold(text[:LONGEST_FILTER]).text):
        test = _test(term)
        word = _word(term) if test is None else ""
        if word and not term["not"]:
            words.append(word)
        elif word or test is not None:
            asked = test or _has_word(word)
            tests.append(_opposite(asked) if term["not"] else asked)
    return Filter(tuple(words), tuple(tests))


def _word(term: re.Match[str]) -> str:
    """Return the word or phrase of a term, a field with a value it does not know included."""
    word = term["phrase"] or term["word"] or (term[0].removeprefix("-") if term["value"] else "")
    return word if word.strip() else ""


def _test(term: re.Match[str]) -> Test | None:
    """Return what a term asks for besides words; None for a word, or where nothing is asked for yet."""
    name, value = term["field"], term["value"] or term["tag"]
    if not value:
        return None
    if name in (None, "tag"):
        return _has_tag(value)
    if name in ("colour", "color"):
        colour = next((colour for colour in Colour if colour.startswith(value)), None)
        return None if colour is None else _has_colour(colour)
    states = STATES if name == "is" else POSSESSIONS
    return next((test for known, test in states.items() if known.startswith(value)), None)


def _has_word(word: str) -> Test:
    return lambda one: word in one.searched


def _has_tag(begun: str) -> Test:
    return lambda one: any(fold(tag).text.startswith(begun) for tag in _highlight_tags(one))


def _has_colour(colour: Colour) -> Test:
    return lambda one: isinstance(one.entry, Highlight) and one.entry.colour == colour


def _opposite(test: Test) -> Test:
    return lambda one: not test(one)


def _highlight_tags(one: Listed) -> tuple[str, ...]:
    return one.entry.tags if isinstance(one.entry, Highlight) else ()


def _is_favourite(one: Listed) -> bool:
    return isinstance(one.entry, Highlight) and one.entry.is_favourite


def _is_bookmark(one: Listed) -> bool:
    return isinstance(one.entry, Bookmark)


def _is_lost(one: Listed) -> bool:
    return one.is_lost


def _has_note(one: Listed) -> bool:
    return isinstance(one.entry, Highlight) and bool(one.entry.note)


def _has_tags(one: Listed) -> bool:
    return bool(_highlight_tags(one))


STATES: dict[str, Test] = {
    "favourite": _is_favourite,
    "favorite": _is_favourite,
    "starred": _is_favourite,
    "lost": _is_lost,
    "bookmark": _is_bookmark,
}
"""What follows ``is:``."""

POSSESSIONS: dict[str, Test] = {"note": _has_note, "tags": _has_tags}
"""What follows ``has:``."""


def word_spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Return where folded words stand in a text, in characters, in order, none over another."""
    folded = fold(text)
    found: list[tuple[int, int]] = []
    for word in words:
        at = folded.text.find(word)
        while at >= 0:
            found.append(folded.source_span(at, at + len(word)))
            at = folded.text.find(word, at + len(word))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart
