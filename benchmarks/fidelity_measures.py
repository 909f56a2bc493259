"""How near an outline, a text or a list of names comes to what a document holds."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

LEAST_LETTERS = 40
"""Shorter paragraphs are said more than once without anybody doubling them."""

WORST = 10


@dataclass(slots=True)
class Score:
    """What was right of what there is, and of what was found; scores add up."""

    right: int = 0
    found: int = 0
    there: int = 0
    wrong: list[str] = field(default_factory=list)
    """What was missed or made up, in words."""

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.right / self.there if self.there else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall (van Rijsbergen's F with equal weights)."""
        return 2 * self.right / (self.found + self.there) if self.found + self.there else 1.0

    @property
    def errors(self) -> int:
        """How many were missed or made up."""
        return self.found + self.there - 2 * self.right


def total(scores: Iterable[Score]) -> Score:
    """Return the sum of scores."""
    whole = Score()
    for score in scores:
        whole.right += score.right
        whole.found += score.found
        whole.there += score.there
    return whole


def aligned(found: Sequence[str], there: Sequence[str]) -> list[tuple[int, int]]:
    """Return which of the found are which of those there, in their order, as pairs of indices.

    A longest common subsequence, by dynamic programming (Wagner and Fischer 1974).
    """
    lengths = [[0] * (len(there) + 1) for _ in range(len(found) + 1)]
    for row in range(len(found) - 1, -1, -1):
        for column in range(len(there) - 1, -1, -1):
            same = found[row] == there[column]
            lengths[row][column] = (
                lengths[row + 1][column + 1] + 1
                if same
                else max(lengths[row + 1][column], lengths[row][column + 1])
            )
    pairs: list[tuple[int, int]] = []
    row = column = 0
    while row < len(found) and column < len(there):
        if found[row] == there[column]:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif lengths[row + 1][column] >= lengths[row][column + 1]:
            row += 1
        else:
            column += 1
    return pairs


def in_order(found: Sequence[str], there: Sequence[str], optional: Iterable[str] = ()) -> Score:
    """Return how well a sequence was found.

    Args:
        found: What was found.
        there: What is there.
        optional: What may be found or not.
    """
    pairs = aligned(found, there)
    right_found, right_there = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    allowed = Counter(optional)
    wrong = []
    passed_over = 0
    for index, key in enumerate(found):
        if index not in right_found and allowed[key]:
            allowed[key] -= 1
            passed_over += 1
        elif index not in right_found:
            wrong.append(f"+{key[:30]}")
    wrong += [f"-{key[:30]}" for index, key in enumerate(there) if index not in right_there]
    return Score(len(pairs), len(found) - passed_over, len(there), wrong)


def as_bags(found: Iterable[Hashable], there: Iterable[Hashable]) -> Score:
    """Return how well things were found whose order says nothing."""
    bag_found, bag_there = Counter(found), Counter(there)
    both = bag_found & bag_there
    wrong = [f"-{key}" for key in (bag_there - both)] + [f"+{key}" for key in (bag_found - both)]
    return Score(both.total(), bag_found.total(), bag_there.total(), wrong)


def coverage(paragraphs: Sequence[str], shown: Sequence[str]) -> tuple[Score, int]:
    """Return which of a document's paragraphs are shown, and how many are shown more often than they stand.

    Args:
        paragraphs: As letters.
        shown: All that is shown, as letters, in ways of which one must hold the paragraph.
    """
    source = " ".join(paragraphs)
    lost = [paragraph for paragraph in paragraphs if not any(paragraph in page for page in shown)]
    long = {paragraph for paragraph in paragraphs if len(paragraph) >= LEAST_LETTERS}
    doubled = [
        paragraph
        for paragraph in long
        if min(page.count(paragraph) for page in shown) > source.count(paragraph)
    ]
    wrong = [f"-{paragraph[:50]}" for paragraph in lost] + [
        f"twice: {paragraph[:50]}" for paragraph in doubled
    ]
    right = len(paragraphs) - len(lost)
    return Score(right, right, len(paragraphs), wrong), len(doubled)
