"""What is looked for: a quote's words, with those around it and the signs at its ends."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from tui.core.notebook.values import CONTEXT, Anchor
from tui.core.notebook.words import BREAK, Words, word_spans, words_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """A quote's words and those around it, as a text numbers them."""

    words: list[str]
    ids: list[int]
    bits: list[float]
    """What each of them tells."""

    first: int
    """Which of them is the quote's first."""

    last: int
    """One past the quote's last."""

    breaks: list[bool]
    """Whether a sentence or block ends before each of them, and after the last."""

    lead: str
    """The signs of the quote before its first word."""

    trail: str
    """Those after its last."""

    skipped: tuple[int, int]
    """How many characters of its first word, and of its last, are not the quote's."""

    @property
    def quote(self) -> list[str]:
        """The quote's own words."""
        return self.words[self.first : self.last]

    @property
    def length(self) -> int:
        """How many words the quote has."""
        return self.last - self.first


def wanted_of(anchor: Anchor, words: Words) -> Wanted | None:
    """Return the words of an anchor's quote and of its context; None if the quote has none."""
    whole = anchor.prefix + anchor.exact + anchor.suffix
    start, end = len(anchor.prefix), len(anchor.prefix) + len(anchor.exact)
    spans = word_spans(whole)
    first = bisect_right(spans, start, key=lambda span: span[1])
    last = bisect_left(spans, end, key=lambda span: span[0])
    if first >= last:
        return None
    # Where the context was cut off, it may begin and end with parts of words.
    begin = int(first > 0 and len(anchor.prefix) >= CONTEXT)
    until = len(spans) - int(last < len(spans) and len(anchor.suffix) >= CONTEXT)
    edges = [0, *(edge for span in spans for edge in span), len(whole)]
    breaks = [BREAK.search(whole, *gap) is not None for gap in zip(edges[::2], edges[1::2], strict=True)]
    breaks[0], breaks[-1] = breaks[0] or not anchor.prefix, breaks[-1] or not anchor.suffix
    texts = words_of(whole)[begin:until]
    ids = [words.number(text) for text in texts]
    (head, _), (_, tail) = spans[first], spans[last - 1]
    return Wanted(
        words=texts,
        ids=ids,
        bits=[words.bits(number) for number in ids],
        first=first - begin,
        last=last - begin,
        breaks=breaks[begin : until + 1],
        lead=whole[start : max(start, head)],
        trail=whole[min(tail, end) : end],
        skipped=(max(start - head, 0), max(tail - end, 0)),
    )
