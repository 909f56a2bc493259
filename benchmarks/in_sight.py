"""Which sentences are in sight on every page of many documents, and how many keys each of them takes.

The reader itself runs without a terminal, so what is counted is what it labels and draws.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from benchmarks.conditions import ROOT, SIZE
from benchmarks.tables import median, percentile, print_table
from tui.app import SETTLED_AFTER_S, PullquoteApp
from tui.core.episode import Episode
from tui.core.labels import labels
from tui.core.reading import read_episode
from tui.core.stretches import Stretch, visible_sentences
from tui.screens.reader.screen import ReaderScreen
from tui.widgets.page import Page

DOCUMENT_SUFFIXES = frozenset({".html", ".md", ".srt", ".txt"})

OPENING_KEYS = 1
"""``y``, before the label."""

ALLOWED_KEYS = 3
"""What is promised."""

WORST = 10
"""How many failing documents are named."""


@dataclass(slots=True)
class Reach:
    """What was found on the pages of some documents."""

    documents: int = 0
    in_sight: list[int] = field(default_factory=list)
    """How many sentences each page shows."""

    keys: list[int] = field(default_factory=list)
    """How many keys each sentence takes whose label is drawn."""

    failing: dict[Path, int] = field(default_factory=dict)
    """Documents with sentences in sight that can't be reached in ``ALLOWED_KEYS``, and how many."""

    @property
    def sentences(self) -> int:
        """How many sentences were in sight, on all pages together."""
        return sum(self.in_sight)

    def share_within(self, keys: int) -> float:
        """Return the share of all sentences in sight that so many keys reach."""
        return sum(taken <= keys for taken in self.keys) / max(self.sentences, 1)


def print_reach(sample: Path, *, is_quick: bool) -> None:
    """Print how many keys the sentences of a collection of documents take, by publisher."""
    collections = documents(is_quick)
    found = asyncio.run(_reach_of_collections(sample, collections))
    everything = Reach()
    for reach in found.values():
        _add(everything, reach)
    rows = [_row(name, reach) for name, reach in (*found.items(), ("all", everything))]
    failing = sorted(everything.failing.items(), key=lambda item: -item[1])
    named = "\n".join(f"  {count:4} in {path.name}" for path, count in failing[:WORST])
    print_table(
        f"Reach: sentences in sight and keys to copy one, every page at {SIZE[0]}×{SIZE[1]}",
        (
            "",
            "documents",
            "pages",
            "sentences",
            "a page p50",
            "p95",
            "max",
            "most keys",
            "≤ 2 keys",
            f"≤ {ALLOWED_KEYS} keys",
            "documents failing",
        ),
        rows,
        "Keys: y and the label, if it is drawn. Failing: with a sentence in sight that no label reaches."
        + (f"\n{named}" if named else ""),
    )


def documents(is_quick: bool) -> dict[str, list[Path]]:
    """Return the documents to look at, by publisher: the corpus beside the checkout, else the samples.

    Args:
        is_quick: Every fourth one only.
    """
    corpus = Path(os.environ.get("PULLQUOTE_SHARED") or ROOT / "../shared").resolve() / "corpus"
    root = corpus if corpus.is_dir() else ROOT / "episodes"
    found: dict[str, list[Path]] = {}
    paths = sorted(path for path in root.rglob("*") if path.suffix in DOCUMENT_SUFFIXES)
    for path in paths[:: 4 if is_quick else 1]:
        above = path.relative_to(root).parts[:-1]
        found.setdefault(above[0] if above else root.name, []).append(path)
    return found


def first_page(path: Path) -> tuple[Episode, dict[str, Stretch]]:
    """Return an episode and the sentences of its first page by their labels."""
    return asyncio.run(_first_page(path))


async def _first_page(path: Path) -> tuple[Episode, dict[str, Stretch]]:
    async with _reading(path) as screen:
        found = _sentences_in_sight(screen.page)
        return screen.episode, dict(zip(labels(len(found)), found, strict=True))


async def _reach_of_collections(sample: Path, collections: dict[str, list[Path]]) -> dict[str, Reach]:
    async with _reading(sample) as screen:
        return {name: _reach(screen, paths) for name, paths in collections.items()}


@asynccontextmanager
async def _reading(path: Path) -> AsyncIterator[ReaderScreen]:
    """Run the reader without a terminal."""
    app = PullquoteApp(path.parent, read_episode(path))
    async with app.run_test(size=SIZE) as pilot:
        # What the app does after its start must not come in between.
        await pilot.pause(2 * SETTLED_AFTER_S)
        assert isinstance(app.screen, ReaderScreen)
        yield app.screen


def _reach(screen: ReaderScreen, paths: Iterable[Path]) -> Reach:
    reach = Reach()
    for path in paths:
        screen.open_episode(read_episode(path))
        reach.documents += 1
        missed = 0
        for page in _pages(screen):
            in_sight = len(_sentences_in_sight(page))
            drawn = _labels_drawn(screen) if in_sight else []
            keys = [OPENING_KEYS + len(label) for label in drawn]
            reach.in_sight.append(in_sight)
            reach.keys += keys
            missed += in_sight - sum(taken <= ALLOWED_KEYS for taken in keys)
        if missed:
            reach.failing[path] = missed
    return reach


def _pages(screen: ReaderScreen) -> Iterator[Page]:
    """Yield the page again and again, each time a page further, up to the end of the text."""
    page = screen.page
    page.go_top()
    yield page
    while not page.at_end:
        page.scroll_pages(1)
        yield page


def _sentences_in_sight(page: Page) -> tuple[Stretch, ...]:
    in_sight = page.text_in_sight()
    return visible_sentences(page.folds.shown, *in_sight) if in_sight is not None else ()


def _labels_drawn(screen: ReaderScreen) -> list[str]:
    """Return the labels that can be read on the page after ``y``.

    No label is the beginning of another, so letters drawn next to each other can be told apart.
    """
    page = screen.page
    screen.action_copy()
    letters = "".join(chain.from_iterable(_label_letters(page, row) for row in range(page.size.height)))
    found = []
    for _place, label in sorted(page.labels.items()):
        if letters.startswith(label):
            found.append(label)
            letters = letters[len(label) :]
    screen.action_pick_cancel()
    return found


def _label_letters(page: Page, row: int) -> Iterator[str]:
    """Yield what is drawn as labels in one line of the page."""
    for segment in page.render_line(row):
        if segment.style == page.ink("label"):
            yield segment.text.replace(" ", "")


def _add(whole: Reach, part: Reach) -> None:
    whole.documents += part.documents
    whole.in_sight += part.in_sight
    whole.keys += part.keys
    whole.failing |= part.failing


def _row(name: str, reach: Reach) -> tuple[str, ...]:
    return (
        name,
        str(reach.documents),
        str(len(reach.in_sight)),
        str(reach.sentences),
        f"{median(reach.in_sight):.0f}",
        str(percentile(reach.in_sight, 95)),
        str(max(reach.in_sight)),
        str(max(reach.keys, default=0)),
        f"{reach.share_within(2):.2%}",
        f"{reach.share_within(ALLOWED_KEYS):.2%}",
        str(len(reach.failing)),
    )
