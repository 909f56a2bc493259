"""A highlight that is in the notebook and in a file: nothing that either holds is lost.

Of two forms of one highlight, the one that was changed since it was made replaces the one that was not; of
two changed ones, both notes and all tags are kept.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from tui.core.folding import fold
from tui.core.notebook.values import Colour, Highlight

UNCHOSEN = Colour.AMBER
"""What a highlight has whose colour nobody chose."""

WORD = re.compile(r"\w+")


def words_of(text: str) -> str:
    """Return what two texts of one quote have in common: their words, whatever stands between them."""
    return " ".join(WORD.findall(fold(text).text)) or text.strip()


def combined(kept: Highlight, incoming: Highlight, now: str) -> Highlight:
    """Return a highlight of the notebook with what a file tells of it.

    Args:
        kept: As it is in the notebook.
        incoming: As it is in the file.
        now: When it is changed, if that makes a third form of the two.
    """
    becomes = replace(
        kept,
        speaker=kept.speaker or incoming.speaker,
        start_s=incoming.start_s if kept.start_s is None else kept.start_s,
        created=kept.created or incoming.created,
        modified=kept.modified or incoming.modified,
        extra=all_extra(kept, incoming),
    )
    if supersedes(kept, incoming):
        return becomes
    note = incoming.note if supersedes(incoming, kept) else ""
    becomes = replace(
        becomes,
        note=note or both_notes(kept.note, incoming.note),
        tags=all_tags(kept.tags, incoming.tags),
        colour=colour_of(kept, incoming),
        is_favourite=kept.is_favourite or incoming.is_favourite,
    )
    if own(becomes) == own(kept):
        return becomes
    is_told = own(becomes) == own(incoming)
    return replace(becomes, modified=max(incoming.modified, kept.modified, "" if is_told else now))


def colour_of(kept: Highlight, incoming: Highlight) -> Colour:
    """Return the colour that was given later; of highlights that are only alike, one that was chosen."""
    if kept.id == incoming.id:
        return incoming.colour if incoming.modified > kept.modified else kept.colour
    is_chosen = kept.colour != UNCHOSEN or is_changed(kept)
    return kept.colour if is_chosen else incoming.colour


def all_extra(kept: Highlight, incoming: Highlight) -> Mapping[str, object]:
    """Return what imports brought along; of a highlight that is only alike, the notebook's stays as it is."""
    if kept.id != incoming.id or kept.extra.keys() >= incoming.extra.keys():
        return kept.extra
    return {**incoming.extra, **kept.extra}


def supersedes(one: Highlight, other: Highlight) -> bool:
    """Say whether one form of a highlight comes after another: only it was changed since it was made."""
    return one.id == other.id and is_changed(one) and not is_changed(other)


def is_changed(highlight: Highlight) -> bool:
    """Say whether a highlight was changed after it was made."""
    return highlight.modified > highlight.created


def own(highlight: Highlight) -> tuple[object, ...]:
    """Return what a reader gives a highlight."""
    return highlight.note, highlight.tags, highlight.colour, highlight.is_favourite


def both_notes(one: str, other: str) -> str:
    """Return a note that holds both, each once."""
    if holds(one, other):
        return one
    if holds(other, one):
        return other
    return f"{one.rstrip()}\n\n{other.lstrip()}"


def holds(note: str, part: str) -> bool:
    """Say whether whole lines of a note are another note."""
    return f"\n{part.strip()}\n" in f"\n{note.strip()}\n" or not part.strip()


def all_tags(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Return all tags, each once, as first spelled; where the others are all and more, in their order."""
    kept = {tag_key(tag): tag for tag in some}
    told = {tag_key(tag): tag for tag in others}
    if kept.keys() < told.keys():
        return tuple(kept.get(key, tag) for key, tag in told.items())
    return (*some, *(tag for key, tag in told.items() if key not in kept))


def tag_key(tag: str) -> str:
    """Return what two spellings of a tag have in common: some files have no blanks in tags."""
    return "-".join(tag.split()).casefold()
