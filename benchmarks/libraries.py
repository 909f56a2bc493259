"""Libraries of made-up episodes, as large as they are asked for: what searching and opening are measured on.

The words are made of syllables and drawn by Zipf's law (the n-th commonest one n times rarer than the
commonest), so that there are common words, rare ones, and names that stand in one episode only, as in real
libraries. The same number gives the same files.
"""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path

VOCABULARY = 60_000
SECTIONS = 30
SECTION_WORDS = 100
ONSETS = (
    *("", "", "b", "bl", "br", "c", "ch", "cl", "cr", "d", "dr", "f", "fl", "fr", "g", "gl", "gr", "h", "j"),
    *("k", "l", "m", "n", "p", "ph", "pl", "pr", "qu", "r", "s", "sc", "sh", "sk", "sl", "sm", "sp", "st"),
    *("str", "sw", "t", "th", "tr", "v", "w", "wh", "y", "z"),
)
VOWELS = ("a", "e", "i", "o", "u", "a", "e", "i", "o", "ai", "ea", "ee", "ia", "io", "oo", "ou", "y")
CODAS = ("", "", "", "", "n", "r", "l", "s", "t", "m", "d", "nt", "ng", "st", "ck", "rd", "x")
SHORT_WORDS = 150
"""So many of the commonest words have one syllable."""

SHOWS = (
    "Long Water",
    "Night Harbour",
    "Plain Talk",
    "The Slow Hour",
    "Field Notes",
    "Second Draft",
    "Open Bench",
)
NAMES = (
    "Ada Lindqvist",
    "Bo Marsh",
    "Chidi Anand",
    "Dora Weil",
    "Emre Kaya",
    "Fumiko Abe",
    "Gus Hollis",
    "Hana Brandt",
)
OTHER_TEXTS = (
    "机器学习改变了一切，学习的人也改变了。",
    "東京の夜は長く、物語はもっと長い。",
    "José vivía en la calle más larga.",
    "Die Straße führt über die Brücke nach Süden.",
)
EVERY_OTHER = 25
"""One episode in so many has a section in another language."""


def vocabulary(generator: random.Random) -> list[str]:
    """Return made-up words, each once, the short ones first: they will be the commonest."""
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        count = 1 if len(found) < SHORT_WORDS else generator.choice((1, 2, 2, 3, 3, 4))
        syllables = (
            generator.choice(ONSETS) + generator.choice(VOWELS) + generator.choice(CODAS)
            for _ in range(count)
        )
        found["".join(syllables)] = None
    return list(found)


class Writer:
    """Writes episodes of one vocabulary."""

    def __init__(self, seed: int = 7) -> None:
        self.generator = random.Random(seed)
        self.words = vocabulary(self.generator)
        self.weights = list(accumulate(1 / rank for rank in range(1, len(self.words) + 1)))

    def some(self, count: int) -> list[str]:
        """Return so many words of a text."""
        return self.generator.choices(self.words, cum_weights=self.weights, k=count)

    def sentence(self) -> str:
        """Return a sentence."""
        words = self.some(self.generator.randint(6, 24))
        return " ".join(words).capitalize() + "."

    def episode(self, number: int, sections: int = SECTIONS) -> str:
        """Return one episode of so many sections in Markdown."""
        generator = self.generator
        topic = self.some(3)
        name, show = generator.choice(NAMES), generator.choice(SHOWS)
        day = f"{2015 + number % 11}-{1 + number % 12:02}-{1 + number % 28:02}"
        lines = ["---", f"title: {name} on {' '.join(topic)}", f"show: {show}", f"episode_number: {number}"]
        lines += [f"guests: [{name}]", f"date: {day}", f"tags: [{', '.join(self.some(3))}]", "---", ""]
        for section in range(sections):
            lines += [f"## {' '.join(self.some(generator.randint(1, 5))).capitalize()}", ""]
            about = self.some(2)
            words = 0
            paragraph = []
            while words < SECTION_WORDS:
                sentence = self.sentence()
                if generator.random() < 0.3:
                    sentence = f"{' '.join(about).capitalize()} {sentence.lower()}"
                paragraph.append(sentence)
                words += len(sentence.split())
            if section == 3 and number % EVERY_OTHER == 0:
                paragraph.append(OTHER_TEXTS[number // EVERY_OTHER % len(OTHER_TEXTS)])
            lines += [" ".join(paragraph), ""]
        return "\n".join(lines)


def write_library(folder: Path, count: int, sections: int = SECTIONS) -> Iterator[Path]:
    """Write so many episodes into a folder, some hundred a subfolder; yield each path once it is there."""
    writer = Writer()
    for number in range(count):
        path = folder / f"{number // 500:03}" / f"{number:06} episode.md"
        if number % 500 == 0:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(writer.episode(number, sections), encoding="utf-8")
        yield path


@contextmanager
def kept(libraries: Path | None) -> Iterator[Path]:
    """Give the folder for libraries, or one that is removed at the end."""
    if libraries is not None:
        libraries.mkdir(parents=True, exist_ok=True)
        yield libraries.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="pullquote-libraries-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
