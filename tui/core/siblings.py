"""Files of one folder that belong to one episode: its summary, notes, transcript, captions, chapters.

Their names decide, so that ``Talk 1`` and ``Talk 10`` stay apart, and so do the copies in another folder.
"""

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.core.file_names import MAIN_NAMES, Named, folded, groups, named
from tui.core.suffixes import (
    CAPTION_SUFFIXES,
    TEXT_SUFFIXES,
    VariantKind,
    is_data_name,
    is_episode_name,
    sniffed,
    suffix_of,
)
from tui.paths import file_of

CAPTION_SHARE = 4
"""A text of at least this part of the captions' size is what is said, not a summary of it."""

SUMMARY_SHARE = 2
"""A text so many times as large as the summary beside it is what was summarised."""

ORDER = {kind: number for number, kind in enumerate(VariantKind)}
SUFFIX_ORDER = {suffix: number for number, suffix in enumerate((*TEXT_SUFFIXES, *CAPTION_SUFFIXES))}


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the files of an episode."""

    kind: VariantKind
    path: Path

    label: str
    """What it is called among the others: its kind, and what tells it from another of that kind."""


def variants_in(group: Sequence[Named], folder: Path, size_of: Callable[[str], int]) -> tuple[Variant, ...]:
    """Return the files of one episode, the one to show first before the others.

    A data file is one of them only if its beginning, or its name beside that of a text, shows that it holds
    something to read; there may be none left.

    Args:
        group: Their names.
        folder: Where they are.
        size_of: Tells the size of a file of this name, in bytes; asked only where names leave it open.
    """
    kinds = settled(known_kinds(group, folder), size_of)
    by_name = {one.name: one for one in group}
    counts = Counter(kinds.values())
    ranked = sorted(kinds, key=lambda name: (ORDER[kinds[name]], suffix_rank(name), len(name), name))
    return tuple(
        Variant(
            kinds[name],
            folder / name,
            kinds[name].value if counts[kinds[name]] == 1 else telling_label(by_name[name], kinds[name]),
        )
        for name in ranked
    )


def telling_label(one: Named, kind: VariantKind) -> str:
    """Return what one of several files of a kind is called: by its language, its word or its suffix."""
    if one.language:
        return f"{kind} {one.language}"
    if one.word and one.word != kind:
        return one.word
    return f"{kind} {suffix_of(one.name)[1:]}"


def known_kinds(group: Sequence[Named], folder: Path) -> dict[str, VariantKind | None]:
    """Return the files of an episode with what their names or beginnings say that they hold."""
    kinds: dict[str, VariantKind | None] = {}
    has_text = any(not is_data_name(one.name) for one in group)
    for one in group:
        if not is_data_name(one.name) or (one.kind and has_text):
            kinds[one.name] = one.kind
        elif (kind := sniffed(folder / one.name)) is not None:
            kinds[one.name] = one.kind or kind
    return kinds


def suffix_rank(name: str) -> int:
    """Return a number that puts the suffixes that say more about a text before the others."""
    return SUFFIX_ORDER.get(suffix_of(name), len(SUFFIX_ORDER))


def settled(kinds: Mapping[str, VariantKind | None], size_of: Callable[[str], int]) -> dict[str, VariantKind]:
    """Return what each file holds, those of a plain name too, as what stands beside them tells it."""
    known = {name: kind for name, kind in kinds.items() if kind is not None}
    for name in sorted((name for name, kind in kinds.items() if kind is None), key=suffix_rank):
        known[name] = plain_kind(name, known, size_of)
    return known


def plain_kind(name: str, others: Mapping[str, VariantKind], size_of: Callable[[str], int]) -> VariantKind:
    """Return what a file of a plain name holds, beside others that are known."""
    by_kind = {kind: other for other, kind in others.items()}
    has_transcript = VariantKind.TRANSCRIPT in by_kind
    summary, captions = by_kind.get(VariantKind.SUMMARY), by_kind.get(VariantKind.CAPTIONS)
    if summary is not None:
        is_source = not has_transcript and size_of(name) >= SUMMARY_SHARE * size_of(summary)
        return VariantKind.TRANSCRIPT if is_source else VariantKind.NOTES
    if captions is not None and not has_transcript and CAPTION_SHARE * size_of(name) >= size_of(captions):
        return VariantKind.TRANSCRIPT
    return VariantKind.SUMMARY


def variants_of(path: Path) -> tuple[Variant, ...]:
    """Return the files of the episode that a file belongs to, that one among them; none if it is alone.

    The folder is listed once; no text is read. The episodes of a file of several have none, and neither has
    what can't be listed.
    """
    file, number = file_of(path)
    if number is not None or not is_episode_name(file.name):
        return ()
    try:
        folder_name = file.absolute().parent.name
        names = os.listdir(file.parent)  # noqa: PTH208 - names are all that is needed
    except (OSError, ValueError):
        return ()
    group = group_of(file.name, names, folder_name)
    there = [one for one in group if (file.parent / one.name).is_file()] if len(group) > 1 else []
    found = variants_in(there, file.parent, lambda name: size_of(file.parent / name))
    return found if len(found) > 1 and any(one.path.name == file.name for one in found) else ()


def group_of(name: str, names: Sequence[str], folder_name: str) -> list[Named]:
    """Return which of a folder's names belong to one episode with a name, which is one of them."""
    own = named(name)
    shared = own.shorter_base or own.base
    # In a folder of one episode all names count; elsewhere only those that begin alike, which are few.
    is_bare = own.base in {"", *MAIN_NAMES, folded(folder_name)}
    near = [
        other for other in names if (is_bare or folded(other).startswith(shared)) and is_episode_name(other)
    ]
    found = (group for group in groups(near, folder_name) if any(one.name == name for one in group))
    return next(found, [])


def size_of(path: Path) -> int:
    """Return a file's size in bytes; 0 for one that has gone."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
