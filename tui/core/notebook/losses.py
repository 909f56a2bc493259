"""Which highlights lost their place, found out by looking at their episodes' files."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.core import cache
from tui.core.cache import STANDARD_INPUT
from tui.core.loading import keep, loaded
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.values import Anchor, Highlight, Source
from tui.errors import PullquoteError
from tui.paths import file_of


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of looking at an episode."""

    stamp: object
    """What tells its file from what it was or will be; None where that can't be told."""

    lost: Mapping[str, Anchor | None]
    """By the ids of its highlights, the anchors that were not found; None for those that were."""

    anchors: frozenset[Anchor]
    """Those that were looked for."""


class Losses:
    """Remembers which files were looked at: they are read again only after a change."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.seen: dict[Path, Seen] = {}

    def look(self, highlights: Iterable[Highlight]) -> Iterator[Mapping[str, Anchor | None]]:
        """Yield, episode by episode, which anchors are not found in it; takes the time to read their files.

        Args:
            highlights: Those to look for; what has no file has no place to lose.

        Yields:
            By the ids of an episode's highlights, the anchor that was lost, or None.
        """
        by_path: dict[Path, list[Highlight]] = defaultdict(list)
        for highlight in highlights:
            if has_file(highlight.source):
                by_path[highlight.source.path].append(highlight)
        for path, its_own in by_path.items():
            stamp = cache.stamp(file_of(path)[0])
            anchors = frozenset(highlight.anchor for highlight in its_own)
            seen = self.seen.get(path)
            if seen is None or stamp is None or (stamp, anchors) != (seen.stamp, seen.anchors):
                seen = self.seen[path] = Seen(stamp, self.find(path, its_own), anchors)
            yield seen.lost

    def find(self, path: Path, highlights: Sequence[Highlight]) -> Mapping[str, Anchor | None]:
        """Return which highlights of an episode are not found in it."""
        try:
            read = loaded(path)
        except PullquoteError:
            # Without its folder nothing is known of a file: a disk may not be there today.
            is_gone = file_of(path)[0].parent.is_dir()
            return {one.id: one.anchor if is_gone else None for one in highlights}
        placed = self.notebook.of_episode(read.episode).highlights
        keep(read)
        found = {one.highlight.id for one in placed if one.stretch is not None}
        return {one.id: None if one.id in found else one.anchor for one in highlights}


def has_file(source: Source) -> bool:
    """Say whether an episode came from a file: not from standard input, nor from an import."""
    return source.path.is_absolute() and source.path.name != STANDARD_INPUT and bool(source.content)
