"""Bringing a file's highlights into the notebook: what is new, what is known, and what becomes of it.

Twice is the same as once: a highlight is known by its id, else by its episode, its words and its place.
Nothing is written here; the plan is a change that the notebook is asked to keep.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.fuzz import ratio

from tui.core.notebook.anchoring import locate_all
from tui.core.notebook.changes import Change, Edit
from tui.core.notebook.imports.combining import combined, words_of
from tui.core.notebook.imports.homes import Home, Homes
from tui.core.notebook.imports.values import Contents, Incoming, has_file
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.text import EpisodeText
from tui.core.notebook.values import Anchor, Highlight, Kept, Source, now
from tui.core.quotes import quote_blocks
from tui.core.stretches import Stretch
from tui.errors import NotFoundError

LEAST_ALIKE = 80
"""How alike words must be, in per cent, to be taken for the same where nothing else tells their place."""

MARK = re.compile(r"^\s*(?:[-•*] |\d+\. )", re.M)
"""What a file may have before the items of a list."""


@dataclass(slots=True)
class Plan:
    """What an import would do."""

    edits: dict[str, Edit] = field(default_factory=dict)
    """By the ids of the highlights in the notebook."""

    new: int = 0
    known: int = 0
    changed: int = 0
    lost: list[Highlight] = field(default_factory=list)
    """Those whose episode is there, but whose words are not in it."""

    homeless: dict[str, int] = field(default_factory=dict)
    """How many highlights are of episodes of which there is no file, by title."""

    @property
    def change(self) -> Change:
        """The change that carries it out."""
        count = len(self.edits)
        said = f"import of {count} highlight{'' if count == 1 else 's'}"
        return Change(said, tuple(self.edits.values()))


def plan_import(contents: Contents, notebook: Notebook, library: Callable[[], Iterable[Source]]) -> Plan:
    """Return what importing a file would do.

    Args:
        contents: Of the file.
        notebook: Where the highlights go.
        library: Returns the episodes of the library, if they must be looked at.
    """
    there = notebook.highlights()
    marked: tuple[Kept, ...] = (*there, *notebook.bookmarks(), *notebook.readings().values())
    known = {one.source.id: one.source for one in marked}
    homes = Homes(known.values(), library, lambda episode: notebook.of_episode(episode).source)
    plan = Planning(there)
    groups: dict[str, list[Incoming]] = {}
    for incoming in contents.incoming:
        groups.setdefault(incoming.highlight.source.id, []).append(incoming)
    arrived: list[tuple[Incoming, Highlight]] = []
    for group in groups.values():
        home = homes.find(group[0].highlight.source)
        arrived += zip(group, plan.settled(group, home), strict=True)
    order = {id(incoming): number for number, incoming in enumerate(contents.incoming)}
    plan.add_all(sorted(arrived, key=lambda pair: order[id(pair[0])]))
    return plan.plan


class Planning:
    """A plan in the making."""

    def __init__(self, there: Sequence[Highlight]) -> None:
        self.plan = Plan()
        self.now = now()
        self.by_id = {highlight.id: highlight for highlight in there}
        self.by_words: dict[tuple[str, str], list[Highlight]] = {}
        for highlight in there:
            self.by_words.setdefault(words_key(highlight), []).append(highlight)

    def settled(self, group: Sequence[Incoming], home: Home) -> list[Highlight]:
        """Return an episode's highlights as they are in the notebook's terms: of its source, in its text."""
        found = [replace(incoming.highlight, source=home.source) for incoming in group]
        if home.text is None:
            if not has_file(home.source):
                title = home.source.title
                self.plan.homeless[title] = self.plan.homeless.get(title, 0) + len(found)
            return found
        anchors = [searched(incoming) for incoming in group]
        stretches = locate_all(anchors, home.text, is_same=home.is_same)
        placed = []
        for incoming, highlight, stretch in zip(group, found, stretches, strict=True):
            if stretch is None:
                self.plan.lost.append(highlight)
            elif not incoming.is_placed:
                placed_now = set_down(highlight, stretch, home.text)
                if placed_now is highlight:
                    self.plan.lost.append(highlight)
                highlight = placed_now
            placed.append(highlight)
        return placed

    def add_all(self, arrived: Sequence[tuple[Incoming, Highlight]]) -> None:
        """Take in all highlights: those known by their ids first, for no other may be taken for them."""
        taken = {highlight.id for _, highlight in arrived} & self.by_id.keys()
        for incoming, highlight in arrived:
            kept = self.by_id.get(highlight.id) or self.same_words(incoming, highlight, taken)
            if kept is None:
                self.add_new(highlight)
            else:
                taken.add(kept.id)
                self.add_known(kept, highlight)

    def same_words(self, incoming: Incoming, highlight: Highlight, taken: set[str]) -> Highlight | None:
        """Return a highlight of the notebook with the same words in the same place; None if there is none."""
        alike = [one for one in self.by_words.get(words_key(highlight), ()) if one.id not in taken]
        if incoming.is_placed:
            alike = [one for one in alike if is_at(one.anchor, highlight.anchor)]
        return alike[0] if alike else None

    def add_new(self, highlight: Highlight) -> None:
        """Take in a highlight that the notebook does not have; a second one of its id is the same."""
        edit = self.plan.edits.get(highlight.id)
        if edit is None:
            self.plan.edits[highlight.id] = Edit(None, highlight)
            self.plan.new += 1
            return
        assert isinstance(edit.after, Highlight)
        self.plan.edits[highlight.id] = Edit(None, combined(edit.after, highlight, self.now))
        self.plan.known += 1

    def add_known(self, kept: Highlight, highlight: Highlight) -> None:
        """Take in a highlight that the notebook has."""
        edit = self.plan.edits.get(kept.id)
        before = edit.after if edit else kept
        assert isinstance(before, Highlight)
        after = combined(before, highlight, self.now)
        if has_file(highlight.source) and not has_file(before.source):
            # Its episode has come into the library since.
            after = replace(after, source=highlight.source, anchor=highlight.anchor, text=highlight.text)
        if after == before:
            self.plan.known += 1
            return
        self.plan.edits[kept.id] = Edit(kept, after)
        self.plan.changed += edit is None
        self.plan.known += edit is not None


def words_key(highlight: Highlight) -> tuple[str, str]:
    """Return a highlight's episode and words."""
    return highlight.source.id, words_of(highlight.text)


def is_at(one: Anchor, other: Anchor) -> bool:
    """Say whether two anchors of the same words are the same place, as far as they tell it."""
    return not one.end or not other.end or one.start == other.start


def searched(incoming: Incoming) -> Anchor:
    """Return the anchor by which a highlight is looked for: of words alone, without the marks of lists."""
    anchor = incoming.highlight.anchor
    return anchor if incoming.is_placed else Anchor(MARK.sub("", anchor.exact).strip(), start=anchor.start)


def set_down(highlight: Highlight, stretch: Stretch, text: EpisodeText) -> Highlight:
    """Return a highlight that brought only its words, where these stand; itself where others stand there.

    With nothing around the words to go by, they must be nearly the same.
    """
    anchor = text.anchor(stretch)
    try:
        quote = quote_blocks(text.episode, stretch.start, stretch.end)
    except NotFoundError:
        return highlight
    if ratio(words_of(anchor.exact), words_of(highlight.text)) < LEAST_ALIKE:
        return highlight
    return replace(
        highlight,
        anchor=anchor,
        text=quote.text,
        speaker=highlight.speaker or quote.speaker,
        start_s=quote.start_s if highlight.start_s is None else highlight.start_s,
    )
