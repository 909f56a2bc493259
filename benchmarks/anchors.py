"""Whether highlights are found again after real documents were edited, and where nothing of them is left.

Stretches are drawn from the documents beside the checkout and the samples, the documents are edited
(``anchors_edits``) or read from another file (``anchors_rereading``), and what the locator says is held
against where the words have gone, which the edits themselves know. The locator's numbers were chosen on
every second document; measured are the others.
"""

import random
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.anchors_edits import EDITS, draft_of, edited
from benchmarks.anchors_quotes import SIZES, Marked, marked
from benchmarks.anchors_rereading import REREADING, Reread
from benchmarks.fidelity_documents import ROOT, Document, documents, shared_folder
from benchmarks.tables import print_table
from tui.core.notebook.anchoring import spans_of
from tui.core.notebook.text import EpisodeText
from tui.core.notebook.values import Anchor
from tui.core.reading import read_episode

EACH = 2
"""How many stretches of every size are drawn from a document."""

LEFT = 0.5
"""A stretch of which less is left than this share of its characters counts neither way."""

OVERLAP = 0.8
"""How much of what is found and what was meant must be the same."""

ANOTHER = "another episode"
LARGEST_NAIVE = 20_000
"""Characters of the texts on which the naive best window, which takes long, is measured."""

LEAST_LIKE = 70
"""What the naive best window must score of 100."""

Span = tuple[int, int]
Locator = Callable[[Sequence[Anchor], EpisodeText], list[Span | None]]


@dataclass(slots=True)
class Score:
    """How often stretches were found where they had gone."""

    there: int = 0
    """Stretches that are still there."""

    found: int = 0
    """Those, and those that are gone, that were found somewhere."""

    right: int = 0
    exact: int = 0
    """Right to the character."""

    gone: int = 0
    lost: int = 0
    """Stretches that are gone, and are said to be."""

    def add(self, gold: Span | None, found: Span | None) -> None:
        """Count one stretch."""
        self.found += found is not None
        if gold is None:
            self.gone += 1
            self.lost += found is None
            return
        self.there += 1
        if found is not None:
            both = min(gold[1], found[1]) - max(gold[0], found[0])
            self.right += both >= OVERLAP * (max(gold[1], found[1]) - min(gold[0], found[0]))
            self.exact += gold == found

    @property
    def cells(self) -> tuple[str, ...]:
        """Precision, recall, exact ends, and the share of what is gone that is said to be lost."""
        return (
            rate(self.right, self.found),
            rate(self.right, self.there),
            rate(self.exact, self.right),
            rate(self.lost, self.gone),
        )


def rate(part: int, whole: int) -> str:
    """Return a share to four places; a dash of nothing."""
    return f"{part / whole:.4f}" if whole else "–"


@dataclass(slots=True)
class Scores:
    """One locator's scores."""

    by_edit: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    by_size: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    seconds: float = 0.0

    @property
    def all(self) -> Score:
        """The sum of all edits."""
        total = Score()
        for score in self.by_edit.values():
            for name in ("there", "found", "right", "exact", "gone", "lost"):
                setattr(total, name, getattr(total, name) + getattr(score, name))
        return total


def run(each: int = EACH) -> None:
    """Measure and print the tables.

    Args:
        each: How many stretches of every size are drawn from a document.
    """
    names = ("ours", "as it was", "best window")
    scores = {name: Scores() for name in names}
    for cases in all_cases(each):
        for name, locator in zip(names, (spans_of, as_it_was, best_window), strict=True):
            if name == "best window" and len(cases.text.text) > LARGEST_NAIVE:
                continue
            began = time.perf_counter()
            found = locator([one.anchor for one, _ in cases.stretches], cases.text)
            scores[name].seconds += time.perf_counter() - began
            for (one, gold), span in zip(cases.stretches, found, strict=True):
                scores[name].by_edit[cases.edit].add(gold, span)
                scores[name].by_size[one.size].add(gold, span)
    print_scores(scores)


@dataclass(frozen=True, slots=True)
class Cases:
    """A document after an edit, and where the stretches of it have gone."""

    edit: str
    text: EpisodeText
    stretches: list[tuple[Marked, Span | None]]
    """None: it is gone."""


def all_cases(each: int) -> Iterator[Cases]:
    """Yield every document that is measured, after every edit."""
    before: dict[str, list[Marked]] = {}
    for document in measured_documents():
        episode = read_episode(document.path)
        text = EpisodeText(episode)
        chance = random.Random(zlib.crc32(document.name.encode()))
        stretches = marked(text, chance, each)
        draft = draft_of(text)
        for name, edit in EDITS.items():
            new = edited(edit(draft, chance), episode)
            yield Cases(name, new.text, golden(stretches, new.gone_to))
        for name, reread in REREADING.items():
            again = Reread(text, EpisodeText(reread(document, episode)))
            yield Cases(name, again.text, golden(stretches, again.gone_to))
        foreign = before.get(document.publisher, [])
        yield Cases(ANOTHER, text, [(one, None) for one in foreign if not stands_in(one, text)])
        before[document.publisher] = stretches


def measured_documents() -> list[Document]:
    """Return every second document of the corpus, and the samples."""
    shared = shared_folder()
    found = documents(shared)[1::2] if shared else []
    samples = sorted((ROOT / "episodes").iterdir())
    return [*found, *(Document(path, f"episodes/{path.name}", "") for path in samples)]


def golden(
    stretches: Sequence[Marked], gone_to: Callable[[int, int], tuple[int, int, float] | None]
) -> list[tuple[Marked, Span | None]]:
    """Return the stretches that count, and where each has gone."""
    found: list[tuple[Marked, Span | None]] = []
    for one in stretches:
        gone = gone_to(one.anchor.start, one.anchor.end)
        size = len("".join(one.anchor.exact.split()))
        if gone is not None and (gone[1] == 0 or gone[2] >= LEFT * size):
            found.append((one, gone[:2] if gone[1] else None))
    return found


def stands_in(one: Marked, text: EpisodeText) -> bool:
    """Say whether a stretch's words stand in a text."""
    return " ".join(one.anchor.exact.casefold().split()) in " ".join(text.text.casefold().split())


def as_it_was(anchors: Sequence[Anchor], text: EpisodeText) -> list[Span | None]:
    """Find stretches by their own characters alone, of several the nearest: the first baseline."""
    found: list[Span | None] = []
    for anchor in anchors:
        at, best = text.text.find(anchor.exact), None
        while at >= 0:
            if best is None or abs(at - anchor.start) < abs(best - anchor.start):
                best = at
            at = text.text.find(anchor.exact, at + 1)
        found.append(None if best is None else (best, best + len(anchor.exact)))
    return found


def best_window(anchors: Sequence[Anchor], text: EpisodeText) -> list[Span | None]:
    """Find stretches by rapidfuzz's most similar window of their length: the second baseline."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    found: list[Span | None] = []
    for anchor in anchors:
        window = partial_ratio_alignment(anchor.exact, text.text, score_cutoff=LEAST_LIKE)
        found.append((window.dest_start, window.dest_end) if window else None)
    return found


def print_scores(scores: dict[str, Scores]) -> None:
    """Print the tables."""
    columns = ("", "stretches", "precision", "recall", "exact ends", "gone", "said to be lost")

    def row(name: str, score: Score) -> tuple[str, ...]:
        precision, recall, exact, lost = score.cells
        return name, str(score.there), precision, recall, exact, str(score.gone), lost

    ours = scores["ours"]
    print_table(
        "Highlights found again, by what was done to the document",
        columns,
        [row(name, score) for name, score in ours.by_edit.items()],
        f"Right: {OVERLAP:.0%} of what is found and what was meant are the same. Where less than half of a\n"
        "stretch is left, it counts neither way.",
    )
    print_table("… by what was marked", columns, [row(size, ours.by_size[size]) for size in SIZES])
    count = sum(score.there + score.gone for score in ours.by_edit.values())
    print_table(
        "… and by simpler means",
        (*columns, "ms each"),
        [
            (*row(name, one.all), f"{one.seconds * 1000 / max(one.all.there + one.all.gone, 1):.2f}")
            for name, one in scores.items()
        ],
        f"{count} stretches in all. Best window: on texts up to {LARGEST_NAIVE:,} characters only.",
    )
