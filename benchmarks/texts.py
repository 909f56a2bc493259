"""Writes the large episodes that are measured: a transcript and a Markdown document of ten megabytes.

They are the same in every run (a fixed seed) and mean nothing. About one paragraph in five holds wide
characters, joined emoji or accents, as transcripts of several languages do, because such text takes the
slower ways through cleaning, folding and wrapping.
"""

import os
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

LARGE_BYTES = 10_000_000

OPENING = "Everything below was made for measuring and says nothing."
"""The first words of the body, short enough to stand in one line of any width that is measured."""

SEED = 20_240_602

WRITTEN_AT = 1_717_286_400
"""When the files say that they were written (seconds since 1970): what was changed just now is never kept."""

PARAGRAPHS_A_SECTION = 9
FOREIGN_SHARE = 0.2

VOCABULARY = (
    "the of a and to in that it is was for on with as at by from or an be this which but not are were "
    "harbour lamp ferry engine paper signal copper ladder morning window letter garden winter bridge "
    "question answer listener season village island market station pattern measure shadow silver "
    "keeps turns carries answers follows measures remembers forgets returns repairs listens begins "
    "slowly often almost never always perhaps together nearly quietly early between before after "
    "old long narrow bright heavy patient common careful distant empty northern ordinary second"
)
WORDS = VOCABULARY.split()

FOREIGN = (
    "灯台は毎晩同じ時刻に光る",
    "每一封信都有自己的路",
    "오래된 다리는 바람을 안다",
    "naïve café à la crème, déjà vu",
    "Größe, Übung und Straßenbäume",
    "👩‍🔬 and 👨‍👩‍👧 went home 🏠",
    "Příliš žluťoučký kůň",
    "Ένα φως στη θάλασσα",
)

SPEAKERS = ("Ines Halvorsen", "Tobi Arendt", "Mika Sorel")


def write_transcript(folder: Path) -> Path:
    """Write a transcript of ``LARGE_BYTES``; return its path."""
    return _write(folder / "10 MB transcript.txt", transcript_paragraphs)


def write_markdown(folder: Path) -> Path:
    """Write a Markdown document of ``LARGE_BYTES``; return its path."""
    return _write(folder / "10 MB Markdown.md", markdown_paragraphs)


def _write(path: Path, paragraphs: Callable[[random.Random], Iterator[str]]) -> Path:
    """Write paragraphs, with blank lines between them, until a file is large enough."""
    written = 0
    with path.open("wb") as file:
        for paragraph in paragraphs(random.Random(SEED)):
            written += file.write(f"{paragraph}\n\n".encode())
            if written >= LARGE_BYTES:
                break
    os.utime(path, (WRITTEN_AT, WRITTEN_AT))
    return path


def transcript_paragraphs(chance: random.Random) -> Iterator[str]:
    """Yield the turns of a transcript without end, each with its speaker and time."""
    second = 0
    text = OPENING
    while True:
        minute = second // 60
        time = f"{minute // 60:02}:{minute % 60:02}:{second % 60:02}"
        yield f"{chance.choice(SPEAKERS)} ({time}):\n{text}"
        second += chance.randrange(8, 60)
        text = paragraph(chance)


def markdown_paragraphs(chance: random.Random) -> Iterator[str]:
    """Yield the blocks of a Markdown document without end: headings, paragraphs, lists and quotations."""
    yield "# Notes made for measuring"
    yield OPENING
    shapes = (partial(str.format, "> {}"), _emphasised, _listed)
    while True:
        yield f"{chance.choice(('##', '###'))} {' '.join(chance.choices(WORDS, k=4)).capitalize()}"
        for _ in range(chance.randrange(2, 2 * PARAGRAPHS_A_SECTION - 1)):
            text = paragraph(chance)
            yield chance.choice(shapes)(text) if chance.random() < 0.3 else text


def paragraph(chance: random.Random) -> str:
    """Return three to eight sentences; one paragraph in five has one that is not plain English."""
    sentences = [_sentence(chance) for _ in range(chance.randrange(3, 9))]
    if chance.random() < FOREIGN_SHARE:
        sentences.insert(chance.randrange(len(sentences)), f"{chance.choice(FOREIGN)}.")
    return " ".join(sentences)


def _sentence(chance: random.Random) -> str:
    return f"{' '.join(chance.choices(WORDS, k=chance.randrange(6, 19))).capitalize()}."


def _emphasised(text: str) -> str:
    """Return a paragraph with a strong word, an emphasised one and a link."""
    first, second, third, rest = text.split(" ", 3)
    return f"**{first}** *{second}* [{third}](https://example.org/{len(rest)}) {rest}"


def _listed(text: str) -> str:
    """Return the sentences of a paragraph as a list."""
    return "\n".join(f"- {sentence.rstrip('.')}." for sentence in text.split(". "))
