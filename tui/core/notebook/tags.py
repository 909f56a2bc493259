"""Tags as readers type them: cleaned, each once, completed from those that are in use."""

from collections.abc import Iterable, Mapping

from tui.core.cleaning import clean_line
from tui.core.folding import fold

LONGEST = 60
"""Characters of a tag; what is longer is cut."""

MOST_OFFERED = 20


def tag_of(typed: str) -> str:
    """Return a tag as it is kept, perhaps empty: one line, single blanks, no ``#`` before it, no comma."""
    words = clean_line(typed).replace(",", " ").split()
    return " ".join(words).lstrip("#").strip()[:LONGEST].strip()


def with_tag(tags: Iterable[str], tag: str) -> tuple[str, ...]:
    """Return some tags with one more, unless it is there, however it is written."""
    kept = tuple(tags)
    return kept if not tag or fold(tag).text in {fold(one).text for one in kept} else (*kept, tag)


def changed_tags(tags: Iterable[str], before: Iterable[str], after: Iterable[str]) -> tuple[str, ...]:
    """Return the tags of one of several highlights after those that they share were changed.

    Args:
        tags: Its own.
        before: Those that all of them had.
        after: What became of these.
    """
    gone = set(before) - set(after)
    changed = tuple(tag for tag in tags if tag not in gone)
    for tag in after:
        changed = with_tag(changed, tag)
    return changed


def offered(typed: str, counts: Mapping[str, int], given: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the tags in use that what is typed may become, the likeliest first.

    Those that begin with it come before those with a word that does, and what is used more before the rest.

    Args:
        typed: The beginning of a tag, or nothing.
        counts: How often each tag is used.
        given: Tags that are there already.
    """
    wanted = fold(tag_of(typed)).text
    there = {fold(tag).text for tag in given}
    found: list[tuple[int, int, str, str]] = []
    for tag, count in counts.items():
        folded = fold(tag).text
        if folded in there:
            continue
        rank = 0 if folded.startswith(wanted) else 1 if f" {wanted}" in folded.replace("-", " ") else 2
        if rank < 2:
            found.append((rank, -count, folded, tag))
    return tuple(tag for *_, tag in sorted(found)[:MOST_OFFERED])
