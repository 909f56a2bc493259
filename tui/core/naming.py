"""The name of a new episode's file: one that every file system takes, and that reads well.

Left out or replaced is what Windows, macOS, exFAT or Obsidian's links do not allow; names are in Unicode
form NFC, as short as the strictest of the usual file systems wants them, and never cut within a character.
"""

import re
import unicodedata
from typing import Protocol

from tui.core.cleaning import clean_line

SUFFIX = ".md"
LONGEST_NAME_BYTES = 143
"""In UTF-8, the suffix included: eCryptfs, which encrypts names, takes no more; others take 255."""

LONGEST_SHOW = 60
"""Characters of a show's name that go into a file's name."""

REPLACED = str.maketrans(
    {"/": "-", "\\": "-", "|": "-", ":": "-", '"': "'", "[": "(", "]": ")", "<": "(", ">": ")"}
)
DROPPED = re.compile(r"[\x00-\x1f\x7f*?#^\ufffd\u2400-\u2426]")
"""What no name holds."""

RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.I)
"""What Windows takes for devices, whatever comes after a point."""

UNNAMED = "Episode"


class Titled(Protocol):
    """An episode, or what the notebook keeps of one."""

    @property
    def title(self) -> str:
        """Never empty."""

    @property
    def show(self) -> str | None:
        """The series it belongs to."""

    @property
    def number(self) -> int | None:
        """Its number in the series."""

    @property
    def date(self) -> str | None:
        """When it appeared."""


def episode_file_name(episode: Titled, copy: int = 1, suffix: str = SUFFIX) -> str:
    """Return the name of a file for an episode: ``2024-02-11 Low Water 7 - How harbours silt up.md``.

    Date, show and number are there if they are known; the show only if the title does not name it.

    Args:
        episode: The episode.
        copy: From 2 on it is told in the name, to keep episodes of one name apart.
        suffix: How the name ends.
    """
    show = (episode.show or "")[:LONGEST_SHOW].strip()
    title = episode.title
    named = bool(show) and show.casefold() in title.casefold()
    number = "" if episode.number is None or named else str(episode.number)
    series = " ".join(filter(None, ("" if named else show, number)))
    stem = " - ".join(filter(None, (series, title)))
    dated = episode.date if episode.date and episode.date not in title else ""
    return safe_name(" ".join(filter(None, (dated, stem))), f" ({copy})" if copy > 1 else "", suffix=suffix)


def safe_name(stem: str, ending: str = "", *, longest: int = LONGEST_NAME_BYTES, suffix: str = SUFFIX) -> str:
    """Return a file name for some words, whatever they are.

    Args:
        stem: The words.
        ending: What stands behind them however long they are.
        longest: How many bytes of UTF-8 the name may have, its suffix included.
        suffix: How it ends.
    """
    text = re.sub(r"\s*:\s+", " - ", unicodedata.normalize("NFC", clean_line(stem)))
    text = DROPPED.sub("", text.translate(REPLACED))
    text = shortened(" ".join(text.split()), longest - len(ending) - len(suffix) - len(UNNAMED) - 1)
    # A name that begins with a point is hidden, with a dash an option; Windows drops points at the end.
    text = text.lstrip(".-~ ").rstrip(". ")
    if RESERVED.fullmatch(text.partition(".")[0].strip()):
        text = f"{UNNAMED} {text}"
    return (text or UNNAMED) + ending + suffix


def shortened(text: str, longest: int) -> str:
    """Return as much of a text as fits into some bytes of UTF-8: whole characters, and words if possible."""
    if len(text.encode()) <= longest:
        return text
    # Imported here: a name that is short enough does without.
    import regex

    kept: list[str] = []
    left = longest
    for cluster in regex.finditer(r"\X", text[: longest + 1]):
        left -= len(cluster[0].encode())
        if left < 0:
            break
        kept.append(cluster[0])
    cut = "".join(kept)
    words = cut.rpartition(" ")[0]
    return words if len(words.encode()) > longest // 2 else cut
