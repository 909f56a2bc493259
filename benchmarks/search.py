"""Searching a library: a keystroke, building the index, opening again, and a file dropped into the folder.

Measured on made-up episodes (``benchmarks.libraries``); how well the right sections are found is measured on
real ones (``benchmarks.search_quality``). The index is written by a process of its own, as the reader's is.
"""

import os
import random
import re
import resource
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks import search_quality, search_reader
from benchmarks.conditions import machine
from benchmarks.libraries import VOCABULARY, Writer, kept, write_library
from benchmarks.search_reader import index_of
from benchmarks.tables import median, megabytes, milliseconds, percentile, print_table, ratio
from tests.core.search.hostile import HOSTILE, soup
from tui.core.search.ahead import read_ahead
from tui.core.search.asking import LibraryIndex
from tui.core.search.changes import changes
from tui.core.search.processes import start
from tui.core.search.searcher import WARM_UP, Searcher
from tui.core.search.store import IndexFolder
from tui.core.watching import watch_folder

SHOWN_HITS = 15
"""How many extracts are made for each keystroke: as many hits as are in sight."""

COMMON = 40
"""So many of the commonest words nobody looks for by themselves."""

QUERIES = 12
OTHER_KEYSTROKES = 40
"""On so many keystrokes the others are measured, which take long."""

ROUNDS = 15
DROPS = 5
FOUND_WITHIN_S = 60.0

Seconds = list[float]


def run(episodes: int, libraries: Path | None, queries: int) -> None:
    """Print how searching a library of so many episodes does.

    Args:
        episodes: How many.
        libraries: Where libraries and their indexes are kept for the next time; None for nowhere.
        queries: How many made-up queries are asked besides, to see that none is an error.
    """
    print(machine())
    with kept(libraries) as folder:
        library = made(folder / f"{episodes}", episodes)
        home = folder / "home"
        root = index_of(library, home).root
        build(library, root, episodes)
        keystrokes(library, root)
        open_again(library, root)
        drop(library, root)
        search_reader.run(library, home, typed(library))
        if queries:
            ask_anything(library, root, queries)
        search_quality.run(folder)


def made(library: Path, episodes: int) -> Path:
    """Return the library of so many episodes, written unless that was done before."""
    if sum(1 for _ in library.glob("*/*.md")) != episodes:
        shutil.rmtree(library, ignore_errors=True)
        for _ in write_library(library, episodes):
            """Written."""
    return library


def build(library: Path, root: Path, episodes: int) -> None:
    """Write the index, and print what that takes."""
    shutil.rmtree(IndexFolder(library, root).folder, ignore_errors=True)
    text = sum(path.stat().st_size for path in library.rglob("*.md"))
    before = time.perf_counter()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = start("tui.core.search.indexer", str(library), str(os.getpid()), "", str(root))
    first = None
    while process.poll() is None:
        time.sleep(0.02)
        if first is None and IndexFolder(library, root).contents() is not None:
            first = time.perf_counter() - before
    seconds = time.perf_counter() - before
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    size = IndexFolder(library, root).bytes
    print_table(
        f"Index of {episodes:,} episodes ({megabytes(text)} MB of text), written at low priority",
        ("", "s", "ms an episode", "CPU ms an episode", "first found s", "peak MB", "index ÷ text"),
        [
            (
                "index",
                f"{seconds:.1f}",
                milliseconds(seconds / episodes),
                milliseconds(cpu / episodes),
                f"{first if first is not None else seconds:.1f}",
                megabytes(after.ru_maxrss * 1024),
                ratio(size, text),
            )
        ],
        "Peak: of the largest of the processes. First found: until some of the library can be searched.",
    )


def typed(library: Path) -> list[str]:
    """Return what is typed, letter by letter: words of headings and texts, phrases, fields."""
    generator = random.Random(5)
    common = set(Writer().words[:COMMON])
    files = sorted(library.rglob("*.md"))
    queries: list[str] = []
    for number in range(QUERIES):
        text = generator.choice(files).read_text(encoding="utf-8").lower()
        headings = [[word for word in line.split() if word not in common] for line in lines(text, "## ")]
        heading = generator.choice([words for words in headings if words])
        body = [word for word in re.findall(r"[a-z]+", text) if word not in common]
        at = generator.randrange(len(body) - 3)
        kinds = (
            " ".join(heading[:2]),
            f"{body[at]} {body[at + 2]}",
            f'"{" ".join(heading)}"',
            f"guest:weil {body[at]}",
        )
        queries.append(kinds[number % len(kinds)])
    return [query[:length] for query in queries for length in range(1, len(query) + 1)]


def lines(text: str, start_of: str) -> list[str]:
    """Return the lines that begin in a way, without that."""
    return [line.removeprefix(start_of) for line in text.splitlines() if line.startswith(start_of)]


def keystrokes(library: Path, root: Path) -> None:
    """Print how long a keystroke takes, and what going through the files would take."""
    before = private_bytes()
    index = LibraryIndex(library, root=root)
    read_ahead(index.folder.engine, lambda: True)
    index.search(WARM_UP, typing=True)
    letters = typed(library)
    others = random.Random(6).sample(letters, min(OTHER_KEYSTROKES, len(letters)))
    joined = "\0".join(path.read_text(encoding="utf-8").lower() for path in library.rglob("*.md")).encode()
    rg = shutil.which("rg")
    rows: list[tuple[str, Seconds]] = []
    first = [keystroke(index, text) for text in letters]
    rows.append((f"index, {SHOWN_HITS} extracts", [keystroke(index, text) for text in letters]))
    rows.append(("the same for the first time", first))
    memory = private_bytes() - before - len(joined)
    rows.append(("raw scan in memory", [timed(partial(joined.count, bare(text))) for text in others]))
    if rg is not None:
        rows.append(("rg -i", [timed(partial(grep, rg, text, library)) for text in others]))
    base = rows[0][1]
    p95 = percentile(base, 95)
    print_table(
        f"A keystroke, of {len(letters)} (others: of {len(others)}): milliseconds to ranked, counted hits",
        ("", "p50", "p95", "max", "ours ÷ it, p95"),
        [(name, *figures(seconds), ratio(p95, percentile(seconds, 95))) for name, seconds in rows],
        f"Held in memory by the index: {megabytes(max(memory, 0))} MB. For the first time some of it may come"
        " from the disk." + ("" if rg else " There is no rg here to compare with."),
    )


def bare(text: str) -> bytes:
    """Return what is looked for of a query where there is no query language."""
    return re.sub(r'"|guest:weil ?', "", text).encode() or b"a"


def keystroke(index: LibraryIndex, text: str) -> float:
    """Return how many seconds the answer to what is typed so far takes."""
    before = time.perf_counter()
    results = index.search(text, typing=True)
    for hit in results.hits[:SHOWN_HITS]:
        hit.extract(results.wanted)
    return time.perf_counter() - before


def grep(rg: str, text: str, library: Path) -> None:
    """Have rg count a text in all files."""
    command = [rg, "--no-config", "-ic", "-F", "--", bare(text).decode(), str(library)]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds something takes."""
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def figures(seconds: Sequence[float]) -> tuple[str, str, str]:
    """Return the median, the 95th percentile and the greatest, in milliseconds."""
    return milliseconds(median(seconds)), milliseconds(percentile(seconds, 95)), milliseconds(max(seconds))


def private_bytes() -> int:
    """Return how much memory is ours alone: what is mapped of files is not."""
    found = re.search(r"^RssAnon:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"), re.M)
    return int(found[1]) * 1024 if found else 0


def open_again(library: Path, root: Path) -> None:
    """Print how long it takes to see that nothing has changed."""
    contents = IndexFolder(library, root).contents()
    stamps = contents.stamps if contents is not None else {}
    walked: Seconds = []
    checked: Seconds = []
    opened: Seconds = []
    for _ in range(ROUNDS):
        walked.append(timed(lambda: walk(os.fspath(library))))
        checked.append(timed(lambda: changes(library, stamps)))
        opened.append(timed(lambda: LibraryIndex(library, root=root)))
    print_table(
        "Opening again: milliseconds",
        ("", "p50", "p95", "max", "÷ scandir and stat"),
        [
            ("scandir and stat", *figures(walked), "1.00"),
            ("seeing that nothing changed", *figures(checked), ratio(median(checked), median(walked))),
            ("opening the index", *figures(opened), ratio(median(opened), median(walked))),
        ],
    )


def walk(folder: str) -> int:
    """Ask for the status of all files below a folder, and return how many there are."""
    with os.scandir(folder) as found:
        return sum(walk(item.path) if item.is_dir() else bool(item.stat()) for item in found)


def drop(library: Path, root: Path) -> None:
    """Print how long it takes until a file that is dropped into the folder is found."""
    searcher = Searcher(library, root=root)
    searcher.start()
    watch = watch_folder(library, searcher.changed)
    wait_for(lambda: not searcher.tend() and not searcher.indexing.is_at_work)
    time.sleep(1.0)
    took: Seconds = []
    for number in range(DROPS):
        word = f"dropped{number}word"
        path = library / "000" / f"dropped {number}.md"
        began = time.perf_counter()
        path.write_text(f"# Dropped\n\nIt says {word}.\n", encoding="utf-8")
        wait_for(partial(is_found, searcher, word))
        took.append(time.perf_counter() - began)
        path.unlink()
    wait_for(lambda: not searcher.tend() and not searcher.indexing.is_at_work)
    watch.stop()
    searcher.close()
    print_table(
        "A file dropped into the folder: milliseconds until it is found",
        ("", "p50", "p95", "max"),
        [("watched, indexed, found", *figures(took))],
    )


def is_found(searcher: Searcher, word: str) -> bool:
    """Say whether a word is found, as soon as there is anything new to be found."""
    if not searcher.tend():
        return False
    results = searcher.search(word, typing=False)
    return results is not None and results.total > 0 and not results.instead


def wait_for(holds: Callable[[], bool]) -> None:
    """Wait until something holds.

    Raises:
        TimeoutError: It does not.
    """
    end = time.perf_counter() + FOUND_WITHIN_S
    while not holds():
        if time.perf_counter() > end:
            raise TimeoutError("it is still not found")
        time.sleep(0.02)


def ask_anything(library: Path, root: Path, count: int) -> None:
    """Ask queries made of anything, and print how long they take; none is an error."""
    index = LibraryIndex(library, root=root)
    generator = random.Random(8)
    took: Seconds = []
    for number in range(count):
        text = HOSTILE[number] if number < len(HOSTILE) else soup(generator)
        took.append(timed(partial(index.search, text, typing=bool(generator.getrandbits(1)))))
    print_table(
        f"{count:,} queries made of anything, none an error: milliseconds",
        ("", "p50", "p95", "max"),
        [("hostile", *figures(took))],
        f"Of {VOCABULARY:,} words in the library they have hardly one.",
    )
