"""How faithfully real documents are read: outline, text, headings without marks, speakers, metadata.

Measured on the corpus beside the checkout (``PULLQUOTE_SHARED``, else ``../shared``), against what the
documents say by their own marks (``fidelity_documents``) and what a person says of them (``labels``).
Beside the reader stand pandoc, on the marked shapes, and on page text a partitioner and a simple rule.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.fidelity_documents import (
    Document,
    Marked,
    documents,
    letters,
    marked,
    page_text,
    shared_folder,
    title_of,
    without_headings,
)
from benchmarks.fidelity_labels import FIELDS, LABELS, labels, wrong_fields
from benchmarks.fidelity_measures import WORST, Score, aligned, coverage, in_order, total
from benchmarks.fidelity_peers import has_pandoc, pandoc_headings, partitioned, simple_titles
from benchmarks.fidelity_shown import (
    episode_of_file,
    episode_of_page,
    is_made,
    numbered,
    outline_keys,
    shown_letters,
)
from benchmarks.fidelity_speakers import speakers, turns
from benchmarks.tables import print_table
from tui.core.episode import Episode

HEADING_LABELS = LABELS.parent / "headings.tsv"
FEWEST_HEADINGS = 2
"""Only documents with so many are turned into page text."""

PANDOC_FORMS = {".md": ("markdown", "gfm"), ".html": ("html", "html")}
"""As pandoc reads Markdown by itself, which asks for a blank line above headings, and as GitHub does."""


@dataclass(slots=True)
class Result:
    """What was measured on one document."""

    document: Document
    outline: Score | None = None
    levels: Score | None = None
    pandoc: tuple[Score, Score] | None = None
    text: Score = field(default_factory=Score)
    doubled: int = 0
    page: Score | None = None
    tight: Score | None = None
    simple: Score | None = None
    partitioner: Score | None = None
    invented: int | None = None
    unmarked: Score | None = None
    speakers: Score | None = None
    metadata: Score | None = None
    wrong: dict[str, tuple[str, str]] = field(default_factory=dict)


Measure = Callable[[Result], Score | None]


def run() -> None:
    """Measure every document and print the tables."""
    shared = shared_folder()
    if shared is None:
        print("\nThere are no real documents to measure: no folder shared/ beside the checkout.")
        return
    known, lines = labels(), heading_labels()
    pandoc = has_pandoc()
    results: list[Result] = []
    pages: list[tuple[Result, str, list[str], list[str]]] = []
    for document in documents(shared):
        source = marked(document)
        episode = episode_of_file(document.path)
        result = Result(document)
        results.append(result)
        measure_marks(result, source, episode, pandoc=pandoc)
        page = measure_page(result, source)
        if page:
            pages.append((result, *page))
        if document.name in lines:
            result.unmarked = unmarked_score(document, episode, lines[document.name])
        if document.name in known:
            result.wrong = wrong_fields(episode, known[document.name])
            right = len(FIELDS) - len(result.wrong)
            result.metadata = Score(right, len(FIELDS), len(FIELDS), list(map(str, result.wrong.items())))
    word = measure_partitioner(pages)
    print_results(results, pandoc=pandoc, partitioner=word)


def heading_labels() -> dict[str, list[int]]:
    """Return on which lines documents without marks have headings, as a reader of them says."""
    with HEADING_LABELS.open(encoding="utf-8", newline="") as file:
        return {
            row["path"]: [int(line) for line in row["lines"].split()]
            for row in csv.DictReader(file, delimiter="\t")
        }


def measure_marks(result: Result, source: Marked, episode: Episode, *, pandoc: bool) -> None:
    """Measure a document by its own marks: outline, levels, text, speakers."""
    headings = [(key, piece.level) for piece in source.headings if (key := letters(piece.text))]
    there = [key for key, _ in headings]
    if there:
        found = outline_keys(episode, there)
        keys = [key for key, _ in found]
        result.outline = in_order(keys, there)
        pairs = aligned(keys, there)
        right = sum(found[one][1] == headings[other][1] for one, other in pairs)
        result.levels = Score(right, len(pairs), len(pairs))
    forms = PANDOC_FORMS.get(result.document.path.suffix)
    if there and pandoc and forms:
        first, second = (in_order(pandoc_headings(result.document, form), there) for form in forms)
        result.pandoc = first, second
    title = letters(title_of(source.document.text))
    paragraphs = [title, *source.paragraphs] if title else source.paragraphs
    result.text, result.doubled = coverage(paragraphs, shown_letters(episode))
    spoken = turns(source)
    if spoken:
        result.speakers = speakers(episode, spoken)


def measure_page(result: Result, source: Marked) -> tuple[str, list[str], list[str]] | None:
    """Measure a document turned into page text; return the text, its headings, and what looks like one."""
    there = [key for piece in source.headings if (key := letters(piece.text))]
    if len(there) < FEWEST_HEADINGS:
        return None
    title = letters(title_of(source.document.text))
    there = [title, *there] if title and there[0] != title else there
    allowed = source.look_alikes
    text = page_text(source)
    for name, variant in (("page", text), ("tight", page_text(source, tight=True))):
        episode = episode_of_page(variant)
        setattr(result, name, in_order([key for key, _ in outline_keys(episode, there)], there, allowed))
    result.simple = in_order(simple_titles(text), there, allowed)
    prose = episode_of_page(page_text(without_headings(source)))
    result.invented = sum(1 for section in prose.sections if section.title and not is_made(section))
    return text, there, allowed


def measure_partitioner(pages: Sequence[tuple[Result, str, list[str], list[str]]]) -> str:
    """Let the partitioner read the page texts; return why it did not, or nothing."""
    found = partitioned([text for _, text, _, _ in pages])
    if isinstance(found, str):
        return found
    for (result, _, there, allowed), titles in zip(pages, found, strict=True):
        result.partitioner = in_order(titles, there, allowed)
    return ""


def unmarked_score(document: Document, episode: Episode, lines: Iterable[int]) -> Score:
    """Return how well the headings of a document without marks are found; numbered lines may be any."""
    text = document.text.split("\n")
    there = [letters(text[line - 1]) for line in lines]
    made = {letters(section.title) for section in episode.sections if is_made(section)}
    found = [letters(section.title) for section in episode.sections if section.title]
    return in_order([key for key in found if key not in made], there, numbered(episode))


def print_results(results: Sequence[Result], *, pandoc: bool, partitioner: str) -> None:
    """Print all tables, and the worst documents of each."""
    publishers = sorted({result.document.publisher for result in results})
    groups = [(name, [one for one in results if one.document.publisher == name]) for name in publishers]
    groups.append(("all", list(results)))
    print_table(
        "Outline, against headings that the documents mark",
        ("publisher", "documents", "headings", "precision", "recall", "F1", "levels", "pandoc F1", "as GFM"),
        [outline_row(name, group) for name, group in groups if total_of(group, OUTLINE).there],
        "Levels: of the headings found. Of pandoc's two figures the first is for its own Markdown."
        + ("" if pandoc else " Pandoc is not installed."),
    )
    print_table(
        "Text: paragraphs that are shown, and those shown too often",
        ("publisher", "paragraphs", "shown", "lost", "doubled"),
        [
            (
                name,
                str(score.there),
                f"{score.recall:.5f}",
                str(score.there - score.right),
                str(sum(one.doubled for one in group)),
            )
            for name, group in groups
            if (score := total_of(group, TEXT)).there
        ],
    )
    print_table(
        "Headings found again in page text, where nothing marks them",
        (
            "publisher",
            "headings",
            "precision",
            "recall",
            "F1",
            "tight F1",
            "made up",
            "unstructured F1",
            "simple rule F1",
        ),
        [page_row(name, group) for name, group in groups if total_of(group, PAGE).there],
        "Tight: no blank line below headings. Made up: headings found where all were taken out.\n"
        "Lines all in bold, or with a stretch of time, count neither way. Simple rule: short lines alone,\n"
        "without punctuation at their end." + (f" No partitioner: {partitioner}." if partitioner else ""),
    )
    print_simple("Documents without any marks, against headings labelled by hand", groups, UNMARKED)
    print_simple("Speakers at the beginnings and ends of turns", groups, SPEAKERS)
    print_fields(results)
    for title, measure in MEASURES.items():
        print_worst(title, results, measure)


OUTLINE: Measure = lambda result: result.outline  # noqa: E731
TEXT: Measure = lambda result: result.text  # noqa: E731
PAGE: Measure = lambda result: result.page  # noqa: E731
TIGHT: Measure = lambda result: result.tight  # noqa: E731
UNMARKED: Measure = lambda result: result.unmarked  # noqa: E731
SPEAKERS: Measure = lambda result: result.speakers  # noqa: E731
METADATA: Measure = lambda result: result.metadata  # noqa: E731
MEASURES = {
    "outline": OUTLINE,
    "text": TEXT,
    "page text": PAGE,
    "page text, tight": TIGHT,
    "no marks": UNMARKED,
    "speakers": SPEAKERS,
    "metadata": METADATA,
}


def total_of(group: Iterable[Result], measure: Measure) -> Score:
    """Return the sum of one measure over documents."""
    return total(score for result in group if (score := measure(result)))


def rate(score: Score) -> str:
    """Return F1 to four places, or a dash where there was nothing to find."""
    return f"{score.f1:.4f}" if score.there else "–"


def outline_row(name: str, group: Sequence[Result]) -> Sequence[str]:
    """Return a row of the first table."""
    score, levels = total_of(group, OUTLINE), total_of(group, lambda result: result.levels)
    pandoc = [total(one.pandoc[which] for one in group if one.pandoc) for which in (0, 1)]
    counts = (str(sum(1 for one in group if one.outline)), str(score.there))
    figures = (f"{score.precision:.4f}", f"{score.recall:.4f}", rate(score), f"{levels.precision:.4f}")
    return name, *counts, *figures, *map(rate, pandoc)


def page_row(name: str, group: Sequence[Result]) -> Sequence[str]:
    """Return a row of the table on page text."""
    score = total_of(group, PAGE)
    others = [total_of(group, partial(getattr_of, which)) for which in ("partitioner", "simple")]
    figures = (f"{score.precision:.4f}", f"{score.recall:.4f}", rate(score), rate(total_of(group, TIGHT)))
    return name, str(score.there), *figures, str(sum(one.invented or 0 for one in group)), *map(rate, others)


def getattr_of(name: str, result: Result) -> Score | None:
    """Return one of the scores by its name."""
    score: Score | None = getattr(result, name)
    return score


def print_simple(title: str, groups: Iterable[tuple[str, Sequence[Result]]], measure: Measure) -> None:
    """Print the table of a measure with nothing beside it."""
    scores = [(name, group, total_of(group, measure)) for name, group in groups]
    print_table(
        title,
        ("publisher", "documents", "there", "precision", "recall", "F1"),
        [
            (
                *(name, str(sum(1 for one in group if measure(one))), str(score.there)),
                *(f"{score.precision:.4f}", f"{score.recall:.4f}", rate(score)),
            )
            for name, group, score in scores
            if score.there
        ],
    )


def print_fields(results: Sequence[Result]) -> None:
    """Print how often each field is right."""
    labelled = [result for result in results if result.metadata]
    rows = [
        (name, str(len(labelled)), str(wrong), f"{1 - wrong / len(labelled):.4f}")
        for name in FIELDS
        if labelled and (wrong := sum(name in result.wrong for result in labelled)) >= 0
    ]
    score = total_of(labelled, METADATA)
    rows.append(("all", str(score.there), str(score.there - score.right), f"{score.recall:.4f}"))
    print_table("Metadata, against labels made by hand", ("field", "labels", "wrong", "right"), rows)


def print_worst(title: str, results: Sequence[Result], measure: Measure) -> None:
    """Print the documents with the most errors by a measure, and what is wrong."""
    scored = [(score, result.document) for result in results if (score := measure(result)) and score.wrong]
    worst = sorted(scored, key=lambda pair: -len(pair[0].wrong))[:WORST]
    print(f"\nWorst by {title}" + ("" if worst else ": nothing is wrong"))
    for score, document in worst:
        name = Path(document.name)
        print(f"  {score.f1:.3f}  {name.parts[0]}: {name.name[-60:]}")
        print(f"         {len(score.wrong)}: {' · '.join(score.wrong[:4])[:200]}")
