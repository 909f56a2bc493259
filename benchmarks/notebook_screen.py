"""The notebook with many highlights: opening it, filtering it as it is typed, going through it.

The same keys are pressed with an empty notebook, in turn. The highlights are sentences of made-up episodes
(``benchmarks.libraries``), whose files are there to be looked at.
"""

import os
import random
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.conditions import FRAME_GAP_S, ROOT, SIZE, environment, machine
from benchmarks.libraries import write_library
from benchmarks.stopwatch import ANSWER_COLUMNS, Answer, answer_cells, press_all
from benchmarks.tables import median, megabytes, milliseconds, print_table, ratio
from tests.pty import Terminal
from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.text import EpisodeText
from tui.core.notebook.values import Anchor, Colour, Highlight, new_id, new_source
from tui.core.reading import read_episode

AN_EPISODE = 100
"""Highlights of each episode."""

TAGS = ("agi", "craft", "history", "to read", "sea")

SENTENCE_END = re.compile(r"\. ")

EMPTY = b"Nothing is highlighted"
"""What the empty notebook shows."""

WRITTEN_WITHIN_S = 120
READ_WITHIN_S = 30
SETTLED_S = 0.5


@dataclass(slots=True)
class Opened:
    """How long opening took, in seconds, a value for each round."""

    first: list[float] = field(default_factory=list)
    """Until quotes, or how to begin, were shown for the first time after the start."""

    again: list[float] = field(default_factory=list)
    """The same once more in the same process."""

    whole: list[float] = field(default_factory=list)
    """Until everything was read, the first time."""

    memory: float = 0.0
    """Resident bytes once everything was read."""


def run(count: int, rounds: int) -> None:
    """Print what a notebook of so many highlights costs.

    Args:
        count: How many.
        rounds: How often each notebook is opened in a process of its own.
    """
    print(machine())
    with tempfile.TemporaryDirectory(prefix="pullquote-notebook-", ignore_cleanup_errors=True) as folder:
        homes = {"empty": Path(folder) / "empty", f"{count:,} highlights": Path(folder) / "full"}
        marker = write_notebook(Path(folder), homes[f"{count:,} highlights"], count)
        markers = dict(zip(homes, (EMPTY, marker), strict=True))
        opened = {name: Opened() for name in homes}
        for number in range(rounds):
            for name in list(homes)[:: 1 if number % 2 else -1]:
                with terminal(homes[name]) as program:
                    open_notebook(program, markers[name], opened[name])
        print_opened(opened)
        with terminal(homes[f"{count:,} highlights"]) as program:
            open_notebook(program, marker, Opened())
            print_keys(program)


def write_notebook(folder: Path, home: Path, count: int) -> bytes:
    """Write a library and a notebook of its sentences; return words of the first one that will be shown."""
    made = list(made_highlights(folder / "library", count))
    os.environ["PULLQUOTE_HOME"] = str(home)
    notebook = Notebook()
    notebook.make(Change("made", tuple(Edit(None, one) for one in made)), undoable=False)
    if not notebook.flush(WRITTEN_WITHIN_S):
        message = "the highlights could not be kept"
        raise TimeoutError(message)
    notebook.close()
    last = made[-1].source.id
    first = min((one for one in made if one.source.id == last), key=lambda one: one.anchor.start)
    return " ".join(first.text.split()[:3]).encode()


def made_highlights(library: Path, count: int) -> Iterator[Highlight]:
    """Yield so many highlights, one a minute, of as many episodes as they need."""
    generator = random.Random(5)
    at = datetime(2020, 1, 1, tzinfo=UTC)
    left = count
    for path in write_library(library, -(-count // AN_EPISODE)):
        episode = read_episode(path)
        text, source = EpisodeText(episode), new_source(episode)
        places = [
            (section, index)
            for section in episode.sections
            for index, block in enumerate(section.blocks)
            if len(block.text) > AN_EPISODE
        ]
        for _ in range(min(AN_EPISODE, left)):
            section, index = generator.choice(places)
            words = section.blocks[index].text
            start = generator.choice([0, *(end.end() for end in SENTENCE_END.finditer(words))])
            end = words.find(".", start + 30) + 1 or len(words)
            base = text.starts[text.numbers[section.ordinal, index]]
            anchor = Anchor(
                words[start:end], "", "", base + start, base + end, section.ordinal, section.title
            )
            at += timedelta(minutes=1)
            yield Highlight(
                new_id(),
                source,
                anchor,
                words[start:end],
                generator.choice(list(Colour)),
                "A note on it." if generator.random() < 0.2 else "",
                tuple(generator.sample(TAGS, generator.choice((0, 0, 1, 2)))),
                is_favourite=generator.random() < 0.05,
                created=at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            )
        left -= AN_EPISODE


def terminal(home: Path) -> Terminal:
    """Return the reader with the sample episodes, and one of the notebooks."""
    argv = (sys.executable, "-m", "tui", str(ROOT / "episodes"))
    return Terminal(argv, SIZE, environment(home), ROOT)


def open_notebook(program: Terminal, marker: bytes, opened: Opened) -> None:
    """Open the notebook twice, and take the times."""
    program.wait_for("Enter open")
    program.quiet(SETTLED_S * 2)
    program.send("H")
    program.wait_for_bytes(marker)
    opened.first.append(program.quiet(FRAME_GAP_S))
    opened.whole.append(program.wait_for(is_whole, READ_WITHIN_S))
    program.quiet(SETTLED_S, READ_WITHIN_S)
    opened.memory = program.rss()
    program.send("escape")
    program.quiet(SETTLED_S, READ_WITHIN_S)
    program.send("H")
    program.wait_for_bytes(marker)
    opened.again.append(program.quiet(FRAME_GAP_S))
    program.quiet(SETTLED_S, READ_WITHIN_S)


def is_whole(lines: list[str]) -> bool:
    """Say whether everything was read: its number is shown, or that there is none."""
    return "highlights" in lines[1] or any(EMPTY.decode() in line for line in lines)


def print_opened(opened: dict[str, Opened]) -> None:
    """Print how long opening took, and how many times that of the empty notebook."""
    base = opened["empty"]
    print_table(
        f"Notebook: from H to quotes on the screen, {len(base.first)} interleaved rounds",
        ("", "first min ms", "×", "median", "×", "again min ms", "×", "median", "×", "whole ms", "RSS MB"),
        [
            (
                name,
                *figures(values.first, base.first),
                *figures(values.again, base.again),
                milliseconds(median(values.whole)),
                megabytes(values.memory),
            )
            for name, values in opened.items()
        ],
        "× is how many times the empty notebook's. Whole: until everything was read and is counted.",
    )


def figures(values: list[float], base: list[float]) -> tuple[str, ...]:
    """Return the least and the middle value, each with how many times another's it is."""
    return (
        milliseconds(min(values)),
        ratio(min(values), min(base)),
        milliseconds(median(values)),
        ratio(median(values), median(base)),
    )


def print_keys(program: Terminal) -> None:
    """Print how long keys take in the notebook that is open."""
    rows: list[tuple[str, list[Answer]]] = [
        ("one down", press_all(program, ["j"] * 40)),
        ("a page down", press_all(program, ["pagedown"] * 20)),
        ("to the end, to the top", press_all(program, ["G", "g"] * 5)),
        ("a letter of the filter", []),
        ("favourite", []),
        ("other groups", []),
    ]
    for word in ("breath", "#craft", "is:favourite", "the of"):
        press_all(program, ["/"])
        rows[3][1].extend(press_all(program, word))
        press_all(program, ["escape"])
    rows[4][1].extend(press_all(program, ["f", "j"] * 10)[::2])
    rows[5][1].extend(press_all(program, ["s"] * 10, SETTLED_S))
    print_table(
        "Notebook: keys, to the settled screen",
        ("", *ANSWER_COLUMNS),
        [(name, *answer_cells(answers)) for name, answers in rows],
    )
