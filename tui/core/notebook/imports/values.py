"""What a file of highlights holds, before it is known what of it is new."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid5

from tui.core.cleaning import clean_line
from tui.core.notebook.exports.entries import UNTITLED
from tui.core.notebook.values import Highlight, Source

NAMES = UUID("5b0c5f6e-3f0b-5f67-9d0c-0b6f3a1f7c11")
"""What our names of things without an id are made in (RFC 9562, version 5)."""

NOWHERE = Path("imported")
"""The folder, which is none, of episodes without a file."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A highlight of a file."""

    highlight: Highlight
    line: int
    """Where it begins in the file, from 1; 0 where that is not known."""

    is_placed: bool = False
    """Whether the file tells where it stands, not only its words."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that is not understood."""

    line: int
    """From 1; 0 where that is not known."""

    reason: str
    """In words for the reader, without a full stop."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file of highlights holds."""

    kind: str
    """What the file is, in words: ``Readwise CSV``."""

    incoming: tuple[Incoming, ...] = ()
    problems: tuple[Problem, ...] = ()


class NotUnderstoodError(Exception):
    """One highlight of a file can't be read; the message is the reason of a ``Problem``."""


def identity(*parts: str) -> str:
    """Return the id of something that brings none: the same for the same parts."""
    return uuid5(NAMES, "\n".join(parts)).hex


def own_id(text: str) -> str:
    """Return an id as we write them, if a text is one in any spelling; else one made of the text."""
    try:
        return UUID(text).hex
    except ValueError:
        return identity(text)


def source_without_file(
    title: str, *, show: str | None = None, people: tuple[str, ...] = (), url: str | None = None
) -> Source:
    """Return an episode of which there is no file, named by what is known of it."""
    title = clean_line(title) or UNTITLED
    made = identity("episode", title, show or "", *people, url or "")
    return Source(made, NOWHERE / made, "", title, show, people=people, url=url)


def has_file(source: Source) -> bool:
    """Say whether an episode has, or had, a file."""
    return source.path.is_absolute()


def named_by_contents(highlight: Highlight) -> Highlight:
    """Return a highlight with an id made of its episode, its words and its position."""
    anchor = highlight.anchor
    made = identity("highlight", highlight.source.id, highlight.text, f"{anchor.start}-{anchor.end}")
    return replace(highlight, id=made)


def time_of(value: object) -> str:
    """Return a time of ISO 8601 in UTC as it is kept; empty for anything else. Without a zone it is UTC."""
    if not isinstance(value, str):
        return ""
    try:
        told = datetime.fromisoformat(value.strip())
        told = told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return told.replace(microsecond=0, tzinfo=None).isoformat() + "Z"
