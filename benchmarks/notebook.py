"""The notebook: opening it with none and with 50,000 highlights, and keeping a change.

Made-up highlights of 2,000 episodes. What a screen needs for its first frame are the newest highlights and
how many there are; the rest comes after it.
"""

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks.conditions import machine
from benchmarks.libraries import Writer
from benchmarks.tables import median, megabytes, milliseconds, percentile, print_table, ratio
from tui.core.episode import Episode
from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.connecting import connect
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.rows import highlight_row
from tui.core.notebook.schema import COLUMNS
from tui.core.notebook.store import Store
from tui.core.notebook.values import Anchor, Colour, Highlight, Source, new_id, now
from tui.core.reading import episode_from_bytes

MANY = 50_000
EPISODES = 2_000

SHOWN = 50
"""How many highlights a screen shows at once."""

ROUNDS, COMMITS = 30, 200

PATIENCE_S = 60.0

Seconds = list[float]


def run() -> None:
    """Print how long the notebook takes to open, and to keep."""
    print(machine())
    with tempfile.TemporaryDirectory(prefix="pullquote-notebook-") as folder:
        episode = episode_from_bytes(
            b"# Tides\n\nSpring tides come at new moon.\n", Path(folder) / "tides.md"
        )
        empty, full = Path(folder) / "empty" / "notebook.db", Path(folder) / "full" / "notebook.db"
        for file, count in ((empty, 0), (full, MANY)):
            write(file, count)
        print_opening(empty, full, episode)
        print_keeping(empty, full)


def write(file: Path, count: int) -> None:
    """Write a notebook of so many highlights."""
    window = Notebook(file)
    window.make(Change("highlight", (Edit(None, made(Source(new_id(), file, "", "Tides"), "Tides")),)))
    assert window.flush(PATIENCE_S)
    window.undo()
    assert window.flush(PATIENCE_S)
    window.close()
    generator, writer = random.Random(5), Writer()
    words = writer.words
    with closing(connect(file, "rw", PATIENCE_S)) as connection:
        store = Store(connection)
        connection.execute("BEGIN")
        sources = [
            store.settle(Source(new_id(), Path(f"/talks/{number}.md"), f"{number:012x}", f"Talk {number}"))
            for number in range(EPISODES if count else 0)
        ]
        marks = ", ".join("?" * len(COLUMNS["highlights"]))
        connection.executemany(
            f"INSERT INTO highlights VALUES ({marks})",
            (
                highlight_row(
                    made(generator.choice(sources), " ".join(generator.choices(words, k=25)), generator)
                )
                for _ in range(count)
            ),
        )
        connection.execute("COMMIT")


def made(source: Source, text: str, generator: random.Random | None = None) -> Highlight:
    """Return a highlight; every third has a note, every fourth tags."""
    pick = generator or random.Random(1)
    return Highlight(
        new_id(),
        source,
        Anchor(text, text[:32], text[-32:], 0, len(text), 1, text[:20]),
        text,
        pick.choice(list(Colour)),
        text[::-1] if pick.random() < 1 / 3 else "",
        tuple(pick.sample(["sea", "moon", "rope", "maps"], 2)) if pick.random() < 1 / 4 else (),
        created=now(),
        modified=now(),
    )


def print_opening(empty: Path, full: Path, episode: Episode) -> None:
    """Print how long a screen waits for what it shows first, and for all there is."""
    questions: dict[str, Callable[[Notebook], object]] = {
        "first frame of the notebook": first_frame,
        "an episode without highlights": lambda window: window.of_episode(episode),
        "how far an episode is read": lambda window: window.reading_of(episode),
        "highlights of each episode": lambda window: window.highlighted(),
        "tags": lambda window: window.tag_counts(),
        "all highlights": lambda window: window.highlights(),
    }
    rows = []
    for name, ask in questions.items():
        before, after = (
            [taken(partial(ask, Notebook(file))) for _ in range(ROUNDS)] for file in (empty, full)
        )
        rows.append((name, *figures(before), *figures(after), ratio(median(after), median(before))))
    print_table(
        f"Asking a notebook of no highlights, and of {MANY:,} ({megabytes(full.stat().st_size)} MB): ms",
        ("", "none p50", "p95", f"{MANY:,} p50", "p95", "ratio"),
        rows,
        f"First frame: the {SHOWN} newest, and how many there are; the file is opened for each question.",
    )


def first_frame(window: Notebook) -> None:
    """Ask what a screen shows first."""
    window.newest(SHOWN)
    window.counts()


def print_keeping(empty: Path, full: Path) -> None:
    """Print how long it takes until a change is on the disk, from the call to the news of it."""
    rows = []
    for name, file in (("none", empty), (f"{MANY:,}", full)):
        window = Notebook(file)
        begun = time.perf_counter()
        window.start()
        source = Source(new_id(), file, "", "Tides")
        window.make(Change("highlight", (Edit(None, made(source, "Tides")),)))
        assert window.flush(PATIENCE_S)
        opened = time.perf_counter() - begun
        took = [taken(partial(keep, window, source)) for _ in range(COMMITS)]
        window.close()
        rows.append((name, *figures(took), milliseconds(opened)))
    print_table(
        f"Keeping a highlight, {COMMITS} times: milliseconds until it is on the disk",
        ("highlights there", "p50", "p95", "first, with opening and looking for damage"),
        rows,
    )


def keep(window: Notebook, source: Source) -> None:
    """Keep a highlight."""
    window.make(Change("highlight", (Edit(None, made(source, "Tides")),)))
    assert window.flush(PATIENCE_S)


def taken(work: Callable[[], object]) -> float:
    """Return how many seconds something takes."""
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def figures(seconds: Sequence[float]) -> tuple[str, str]:
    """Return the median and the 95th percentile, in milliseconds."""
    return milliseconds(median(seconds)), milliseconds(percentile(seconds, 95))
