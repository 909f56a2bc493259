"""The same documents read from another file: written as Markdown, with wrapped lines, as page text.

Where a stretch has gone is known by its letters: those of each heading and block are looked for in the
order of the text, and a stretch in blocks that are not all there is not measured.
"""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.fidelity_documents import Document, marked, page_text
from tui.core.episode import Episode
from tui.core.markdown_writing import as_markdown
from tui.core.notebook.text import EpisodeText
from tui.core.reading import episode_from_bytes

WIDTH = 72
SHORT = 12
"""Headings and blocks with fewer letters are looked for near the one before them only."""

NEAR, FAR = 200, 20_000
"""How many letters on they are looked for, and the others."""


def as_written(document: Document, episode: Episode) -> Episode:
    """Return an episode written as Markdown and read again."""
    return read(as_markdown(episode, None), "again.md")


def as_wrapped(document: Document, episode: Episode) -> Episode:
    """Return an episode written as Markdown with short lines and read again."""
    lines = as_markdown(episode, None).split("\n")
    return read("\n".join(wrapped(line) for line in lines), "again.md")


def as_page(document: Document, episode: Episode) -> Episode:
    """Return a document as a browser copies it, read again."""
    return read(page_text(marked(document)), "again.txt")


REREADING: dict[str, Callable[[Document, Episode], Episode]] = {
    "written as Markdown": as_written,
    "lines wrapped": as_wrapped,
    "copied as page text": as_page,
}
"""By what was done with the file."""


def read(text: str, name: str) -> Episode:
    """Return a text read as a file of a name."""
    return episode_from_bytes(text.encode(), Path(name))


def wrapped(line: str) -> str:
    """Return a line of Markdown in short lines, where that changes nothing."""
    inside = line.lstrip(" ")
    indent = " " * (len(line) - len(inside))
    if inside[:1] in {"#", "|", ">", "`", "<"} or len(line) <= WIDTH:
        return line
    further = indent + ("  " if inside.startswith("- ") else "")
    return textwrap.fill(
        line, WIDTH, subsequent_indent=further, break_long_words=False, break_on_hyphens=False
    )


@dataclass(frozen=True)
class Reread:
    """A text and the same read from another file."""

    old: EpisodeText
    text: EpisodeText

    @cached_property
    def letters(self) -> tuple[str, list[int]]:
        """The letters and digits of the new text, and where each stands."""
        return letters_of(self.text.text, 0)

    @cached_property
    def gone(self) -> dict[int, int]:
        """Where the letters of the old text stand in the new one."""
        found: dict[int, int] = {}
        letters, places = self.letters
        cursor = 0
        for start, (_, _, length) in zip(self.old.starts, self.old.places, strict=True):
            own, origins = letters_of(self.old.text[start : start + length], start)
            reach = NEAR if len(own) < SHORT else FAR
            at = letters.find(own, cursor, cursor + len(own) + reach)
            if at >= 0:
                found.update(zip(origins, places[at : at + len(own)], strict=True))
                cursor = at + len(own)
        return found

    def gone_to(self, start: int, end: int) -> tuple[int, int, float] | None:
        """Return where a stretch of the old text stands in the new one, and how much is left: all of it.

        None where that cannot be told.
        """
        _, origins = letters_of(self.old.text[start:end], start)
        if not origins or not all(origin in self.gone for origin in origins):
            return None
        first, last = self.gone[origins[0]], self.gone[origins[-1]]
        # The signs at its ends stay with their letters.
        return first - (origins[0] - start), last + end - origins[-1], float(end - start)


def letters_of(text: str, start: int) -> tuple[str, list[int]]:
    """Return a text's letters and digits in small letters, and where each stands."""
    pairs = [
        (letter, start + at)
        for at, char in enumerate(text)
        if char.isalnum()
        for letter in char.casefold()[:1]
    ]
    return "".join(letter for letter, _ in pairs), [at for _, at in pairs]
