"""Loading episodes: as they were read last time, else by reading them, completed from the files beside them.

The cache keeps what each file says by itself, so that it stays true when a file beside it changes.
Imports are in the functions: what was read before is shown without loading any reader.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.core.completing import block_times, completed, lacks_something, outlined
from tui.core.episode import Episode
from tui.core.siblings import Variant, variants_of
from tui.core.suffixes import VariantKind
from tui.errors import PullquoteError

if TYPE_CHECKING:
    from tui.core.cache import Stamp
    from tui.core.formats.chapters import Chapter
    from tui.core.formats.table import Reader

RECALLED_BYTES = 1_000_000
"""Larger files are shown by their head first, though they were read wholly last time: that takes longer."""

FACTS_BYTES = 16 * 1024
"""How much of a file is read for what it says about its episode: that stands at its beginning."""

CHAPTERS_BYTES = 4 * 1024 * 1024

WITHOUT_FACTS = frozenset({VariantKind.CAPTIONS})
"""Files that tell nothing about their episode."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An episode ready to be shown."""

    episode: Episode

    raw: Episode
    """As its file alone has it."""

    stamp: "Stamp | None" = None
    """Which state of the file was read; None if it was only recalled, or can't be relied on."""

    variants: tuple[Variant, ...] = ()
    """All files of the episode, this one among them; none if it is the only one."""


def loaded(path: Path, *, head: bool = False, reader: "Reader | None" = None) -> Loaded:
    """Return an episode as it was read last time, else read it.

    Args:
        path: A file, or one of its episodes.
        head: Of a large file the head is enough, which is quicker.
        reader: Who reads it, whatever it looks like, and whatever was read last time.

    Raises:
        PullquoteError: It can't be read.
    """
    from tui.core import cache

    before = cache.stamp(path) if reader is None else None
    is_large = before is not None and before[0] > RECALLED_BYTES
    known = cache.load(path, head=head and is_large) if before is not None else None
    if known is None:
        # Not needed for what was read before: the readers take longer to load than the episode itself.
        from tui.core.reading import read_episode

        raw = read_episode(path, head=head, reader=reader)
    else:
        raw, before = known, None
    variants = variants_of(path) if raw.count == 1 else ()
    return Loaded(with_siblings(raw, variants), raw, before, variants)


def recalled(path: Path) -> Loaded | None:
    """Return the whole of an episode as it was read last time; None if it is not kept."""
    from tui.core import cache

    known = cache.load(path)
    if known is None:
        return None
    variants = variants_of(path) if known.count == 1 else ()
    return Loaded(with_siblings(known, variants), known, None, variants)


def keep(what: Loaded) -> None:
    """Keep what was read for the next time, and the files beside it, which will be asked for next."""
    from tui.core import cache

    kept = what.stamp is not None and cache.store(what.raw, what.stamp)
    for variant in what.variants:
        if variant.path != what.raw.path:
            kept |= keep_sibling(variant.path)
    if kept:
        cache.prune()


def keep_sibling(path: Path) -> bool:
    """Read a file and keep it, unless that was done before or it is large; return whether it was done now."""
    from tui.core import cache
    from tui.core.reading import read_episode

    before = cache.stamp(path)
    if before is None or before[0] > RECALLED_BYTES or cache.load(path) is not None:
        return False
    try:
        return cache.store(read_episode(path), before)
    except PullquoteError:
        return False


def episodes_of(path: Path, variants: Sequence[Variant] = (), *, head: bool) -> Iterator[Episode]:
    """Yield the episodes of a file, completed from the files beside it.

    Args:
        path: A file, or one of its episodes.
        variants: All files of the episode, as ``variants_of`` returns them.
        head: Of a large file that holds one episode the head is enough.

    Raises:
        PullquoteError: It can't be read.
    """
    from tui.core.reading import read_all

    for episode in read_all(path, head=head):
        yield with_siblings(episode, variants)


def with_siblings(episode: Episode, variants: Sequence[Variant]) -> Episode:
    """Return an episode with what the files beside it know about it, as far as it does not know it itself."""
    others = [variant for variant in variants if variant.path != episode.path] if episode.count == 1 else []
    if not others:
        return episode
    facts: list[Episode] = []
    for variant in others:
        if lacks_something(completed(episode, facts)):
            facts += facts_of(variant)
    episode = completed(episode, facts)
    for variant in others:
        if variant.kind is VariantKind.CHAPTERS and next(block_times(episode), None) is not None:
            return outlined(episode, chapters_in(variant.path))
    return episode


def facts_of(variant: Variant) -> list[Episode]:
    """Return the beginning of a file for what it says about its episode; nothing if it can't say anything."""
    from tui.core import cache

    if variant.kind in WITHOUT_FACTS:
        return []
    known = cache.load(variant.path)
    if known is not None:
        return [known]
    from tui.core.files import read_bytes
    from tui.core.reading import episode_from_bytes, read_episode

    try:
        if variant.path.suffix.lower() == ".epub":
            return [read_episode(variant.path, head=True)]
        beginning = read_bytes(variant.path, limit=FACTS_BYTES)
        return [episode_from_bytes(beginning.data, variant.path, truncated=beginning.truncated)]
    except PullquoteError:
        return []


def chapters_in(path: Path) -> "tuple[Chapter, ...]":
    """Return the chapters that a file holds; none if it can't be read."""
    from tui.core.files import read_bytes
    from tui.core.formats.chapters import chapters_of

    try:
        return chapters_of(read_bytes(path, limit=CHAPTERS_BYTES).data, path.name)
    except PullquoteError:
        return ()
