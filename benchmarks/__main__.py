"""``python -m benchmarks [NAME…] [--rounds N] [--quick] [--episode PATH]``."""

import argparse
import compileall
import os
import tempfile
from pathlib import Path

from benchmarks import (
    anchors,
    fidelity,
    find,
    idle,
    keys,
    library,
    memory,
    notebook,
    notebook_screen,
    phases,
    quoting,
    search,
    start,
)
from benchmarks.conditions import ROOT, Conditions, keep, machine
from benchmarks.texts import write_markdown, write_transcript

BENCHMARKS = {
    "start": start.run,
    "phases": phases.run,
    "keys": keys.run,
    "idle": idle.run,
    "memory": memory.run,
    "find": find.run,
    "quoting": quoting.run,
}
"""In the order in which they run."""

FIDELITY = "fidelity"
"""Measures what is read, not how fast; only when it is named."""

ANCHORS = "anchors"
"""Measures what is found again after edits; only when it is named."""

SEARCH = "search"
"""Writes a library and its index first; only when it is named."""

LIBRARY = "library"
"""Writes a library first; only when it is named."""

NOTEBOOK = "notebook"
"""Writes a notebook of 50,000 highlights first; only when it is named."""

NAMED = (FIDELITY, ANCHORS, SEARCH, LIBRARY, NOTEBOOK)

EPISODES, LISTED_EPISODES = 1_000, 10_000

HIGHLIGHTS = 50_000

ROUNDS, QUICK_ROUNDS = 12, 2

SAMPLE = "Maren Oduya on Lighthouses*.txt"
"""The sample episode that is a page copied out of a browser: the commonest case."""


def main() -> None:
    """Run the benchmarks that were named, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the reader.")
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"which: {', '.join(BENCHMARKS)} (all these), or {', '.join(NAMED)}",
    )
    parser.add_argument("--rounds", type=int, help=f"how often everything is started ({ROUNDS})")
    parser.add_argument("--quick", action="store_true", help="fewer of everything, in about a minute")
    parser.add_argument("--episode", type=Path, help="an episode to measure instead of the sample")
    parser.add_argument(
        "--episodes",
        type=int,
        help=f"{SEARCH}, {LIBRARY}: of how many the library is ({EPISODES}, {LISTED_EPISODES})",
    )
    parser.add_argument(
        "--libraries", type=Path, help=f"{SEARCH}, {LIBRARY}: where they are kept for the next time"
    )
    parser.add_argument("--queries", type=int, default=0, help=f"{SEARCH}: how many queries of anything (0)")
    parser.add_argument(
        "--highlights",
        type=int,
        default=HIGHLIGHTS,
        help=f"{NOTEBOOK}: of how many its screen ({HIGHLIGHTS})",
    )
    words = parser.parse_args()
    known = [*BENCHMARKS, *NAMED]
    unknown = sorted(set(words.names) - set(known))
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}; there are {', '.join(known)}")
    if FIDELITY in words.names:
        fidelity.run()
    if ANCHORS in words.names:
        anchors.run(1 if words.quick else anchors.EACH)
    if SEARCH in words.names:
        search.run(words.episodes or EPISODES, words.libraries, words.queries)
    if LIBRARY in words.names:
        library.run(words.episodes or LISTED_EPISODES, words.libraries, rounds_of(words))
    if NOTEBOOK in words.names:
        notebook.run()
        notebook_screen.run(words.highlights, rounds_of(words))
    if not words.names or set(words.names) & BENCHMARKS.keys():
        run_timed(words)


def rounds_of(words: argparse.Namespace) -> int:
    """Return how often everything is started."""
    return int(words.rounds or (QUICK_ROUNDS if words.quick else ROUNDS))


def run_timed(words: argparse.Namespace) -> None:
    """Run the benchmarks that measure times, on large episodes written for them."""
    rounds = rounds_of(words)
    for package in ("tui", "benchmarks"):
        compileall.compile_dir(ROOT / package, quiet=1)
    with tempfile.TemporaryDirectory(prefix="pullquote-benchmarks-") as folder:
        writers = (write_transcript,) if words.quick else (write_transcript, write_markdown)
        large = tuple(write(Path(folder)) for write in writers)
        sample = words.episode or next((ROOT / "episodes").glob(SAMPLE))
        home = Path(folder) / "home"
        # Ours too: what is kept here is found by the readers that are measured.
        os.environ["PULLQUOTE_HOME"] = str(home)
        conditions = Conditions(sample.resolve(), large, home, rounds, words.quick)
        for path in (conditions.sample, *large):
            keep(path)
        print(machine())
        print("Episodes were read before, unless a row says “first”.")
        for name, benchmark in BENCHMARKS.items():
            if not words.names or name in words.names:
                benchmark(conditions)


if __name__ == "__main__":
    main()
