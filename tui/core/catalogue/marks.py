"""What is marked in a list's rows: the words that were typed, where they stand."""

from collections.abc import Iterable, Sequence

from tui.core.catalogue.matching import Similar
from tui.core.catalogue.wanted import wanted_in
from tui.core.folding import fold

Spans = list[tuple[int, int]]
"""First character and one past the last, in order, apart from each other."""


def marks_of(typed: str, similar: Similar) -> tuple[str, ...]:
    """Return what is to be marked, folded: what was typed, and what was looked for instead of it."""
    wanted = wanted_in(typed)
    fields = (*wanted.shows, *wanted.guests, *wanted.titles)
    others = (one for words in similar.values() for one in words)
    return tuple(dict.fromkeys((*wanted.words, *fields, *others)))


def spans_in(text: str, marks: Iterable[str]) -> Spans:
    """Return where any of some folded words stand in a text; where they overlap, as one."""
    folded = fold(text)
    found: Spans = []
    for mark in marks:
        at = folded.text.find(mark)
        while at >= 0:
            found.append(folded.source_span(at, at + len(mark)))
            at = folded.text.find(mark, at + len(mark))
    return joined(sorted(found))


def joined(spans: Sequence[tuple[int, int]]) -> Spans:
    """Return spans that are in order without overlaps."""
    found: Spans = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
