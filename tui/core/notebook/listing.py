"""What the notebook lists: highlights in groups, then bookmarks, then what lost its place.

Made once from everything that is kept, then narrowed and changed in place: at 50,000 highlights a change
of one must not cost the order of all.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from functools import lru_cache
from math import inf

from tui.core.folding import fold
from tui.core.notebook.changes import Change
from tui.core.notebook.filtering import Entry, Filter, Listed, listed
from tui.core.notebook.values import Anchor, Bookmark, Colour, Highlight, Source
from tui.core.sorting import natural_key


class Grouping(StrEnum):
    """What highlights are grouped by; the value is what the screen says behind “by”."""

    EPISODE = "episode"
    DATE = "date"
    TAG = "tag"
    COLOUR = "colour"
    FAVOURITE = "favourite"


class Kind(IntEnum):
    """What a group holds, in the order in which they are listed."""

    HIGHLIGHTS = 0
    BOOKMARKS = 1
    LOST = 2


Key = tuple[Kind, str]
"""What tells a group from others: its kind, and of highlights what they have in common."""

MANY = 500
"""Entries that change at once: for so many everything is put in order anew."""

BOOKMARKS: Key = (Kind.BOOKMARKS, "")
LOST: Key = (Kind.LOST, "")


@dataclass(slots=True, eq=False)
class Group:
    """Entries that are listed below one heading."""

    key: Key
    title: str
    aside: str = ""
    """What is said behind the title in a quieter voice."""

    entries: list[Listed] = field(default_factory=list)
    """All of them, in order."""

    shown: list[Listed] = field(default_factory=list)
    """Those that pass the filter: the same list where all do."""

    latest: tuple[int, float] = (0, 0)
    """The key of the newest of them (``newest_first``)."""


Row = Group | Listed
"""A heading or an entry."""


class Listing:
    """The notebook's entries, grouped and filtered."""

    def __init__(
        self,
        entries: Iterable[Listed],
        grouping: Grouping,
        *,
        lost: Mapping[str, Anchor] | None = None,
        today: date | None = None,
    ) -> None:
        """Group entries.

        Args:
            entries: In any order.
            grouping: By what.
            lost: By their ids, the anchors that were not found again.
            today: The reader's day, which dates are told from; None for now.
        """
        self.grouping = grouping
        self.filter = Filter()
        self.today = today or datetime.now().astimezone().date()
        self.lost = dict(lost or {})
        self.entries = {one.entry.id: self._placed(one) for one in entries}
        """By their ids."""

        self.rows: list[Row] = []
        """What is listed, headings before their entries."""

        self.count_shown = 0
        """How many entries pass the filter, each counted once."""

        self._groups: dict[Key, Group] = {}
        self._arrange()

    def _arrange(self) -> None:
        """Put all entries in their groups and in order."""
        self._groups = {}
        for one in self.entries.values():
            for key in self._keys(one):
                self._group(key, one).entries.append(one)
        for group in self._groups.values():
            group.entries.sort(key=self._order(group))
            group.latest = min(map(newest_first, group.entries))
        self.narrow(self.filter)

    @property
    def shown(self) -> list[Listed]:
        """The entries that pass the filter, each once, in the order of the list."""
        return list({one.entry.id: one for one in self.rows if isinstance(one, Listed)}.values())

    @property
    def count_lost(self) -> int:
        """How many entries lost their place."""
        return len(self._groups[LOST].entries) if LOST in self._groups else 0

    @property
    def count_bookmarks(self) -> int:
        """How many of the entries are bookmarks."""
        return len(self._groups[BOOKMARKS].entries) if BOOKMARKS in self._groups else 0

    def regrouped(self, grouping: Grouping) -> "Listing":
        """Return the same entries in other groups, filtered alike."""
        made = Listing(self.entries.values(), grouping, lost=self.lost, today=self.today)
        made.narrow(self.filter)
        return made

    def narrow(self, wanted: Filter) -> None:
        """Show only the entries that pass a filter."""
        self.filter = wanted
        for group in self._groups.values():
            group.shown = group.entries if wanted.is_blank else wanted.passing(group.entries)
        self._lay_out()

    def heading_of(self, row: int) -> Group | None:
        """Return the group in which a row stands."""
        for one in reversed(self.rows[: row + 1]):
            if isinstance(one, Group):
                return one
        return None

    # Changing

    def make(self, change: Change) -> None:
        """Take over a change; places of reading are not listed."""
        becomes: dict[str, Listed | None] = {}
        for edit in change.edits:
            if isinstance(edit.before, Highlight | Bookmark):
                becomes[edit.before.id] = None
            if isinstance(edit.after, Highlight | Bookmark):
                becomes[edit.after.id] = listed(edit.after)
        self._replace(becomes)

    def mark_lost(self, lost: Mapping[str, Anchor | None]) -> None:
        """Say of entries, by their ids, which anchor was not found again; None if they have their place."""
        for id, anchor in lost.items():
            if anchor is not None:
                self.lost[id] = anchor
            elif id in self.lost:
                del self.lost[id]
        self._replace({id: self.entries[id] for id in lost if id in self.entries})

    def _replace(self, becomes: Mapping[str, Listed | None]) -> None:
        """Put entries in place of others, by their ids; None takes one out."""
        if len(becomes) > MANY:
            for id, one in becomes.items():
                self.entries.pop(id, None)
                if one is not None:
                    self.entries[id] = self._placed(one)
            self._arrange()
            return
        for id, one in becomes.items():
            self._take_out(id)
            if one is not None:
                self._put_in(one)
        self._lay_out()

    def _take_out(self, id: str) -> None:
        one = self.entries.pop(id, None)
        if one is None:
            return
        for key in self._keys(one):
            group = self._groups[key]
            group.entries.remove(one)
            if group.shown is not group.entries and one in group.shown:
                group.shown.remove(one)
            if not group.entries:
                del self._groups[key]
            elif group.latest == newest_first(one):
                group.latest = min(map(newest_first, group.entries))

    def _put_in(self, one: Listed) -> None:
        """Put an entry where it belongs."""
        one = self.entries[one.entry.id] = self._placed(one)
        for key in self._keys(one):
            group = self._group(key, one)
            insort(group.entries, one, key=self._order(group))
            if group.shown is not group.entries and self.filter.passing([one]):
                insort(group.shown, one, key=self._order(group))
            group.latest = min(group.latest, newest_first(one))

    def _placed(self, one: Listed) -> Listed:
        """Return an entry with what is known of its place: another anchor than the lost one has it again."""
        is_lost = self.lost.get(one.entry.id) == one.entry.anchor
        return one if one.is_lost == is_lost else replace(one, is_lost=is_lost)

    # Groups

    def _keys(self, one: Listed) -> tuple[Key, ...]:
        """Return the keys of the groups an entry belongs to: of several by tags only."""
        if one.is_lost:
            return (LOST,)
        if isinstance(one.entry, Bookmark):
            return (BOOKMARKS,)
        return tuple((Kind.HIGHLIGHTS, name) for name in names(one.entry, self.grouping))

    def _group(self, key: Key, one: Listed) -> Group:
        """Return the group of a key; a new one is named after an entry of it."""
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = Group(key, *self._heading(key, one.entry))
        return group

    def _heading(self, key: Key, entry: Entry) -> tuple[str, str]:
        """Return the title of a group, and what is said behind it."""
        if key in HEADINGS:
            return HEADINGS[key]
        match self.grouping:
            case Grouping.EPISODE:
                return entry.source.title, show_of(entry.source)
            case Grouping.DATE:
                return day_name(local_day(entry.created), self.today), ""
            case Grouping.TAG:
                return (f"#{key[1]}", "") if key[1] else ("Without a tag", "")
            case Grouping.COLOUR:
                return tuple(Colour)[int(key[1])].capitalize(), ""
            case Grouping.FAVOURITE:
                return ("Favourites", "") if key[1] == "0" else ("Others", "")

    def _order(self, group: Group) -> Callable[[Listed], tuple[object, ...]]:
        """Return the key by which a group's entries are sorted."""
        is_by_time = group.key[0] is Kind.HIGHLIGHTS and self.grouping is not Grouping.EPISODE
        return newest_first if is_by_time else reading_order

    def _lay_out(self) -> None:
        """List the groups that have something to show, in their order."""
        shown = [group for group in self._groups.values() if group.shown]
        if self.grouping in (Grouping.EPISODE, Grouping.DATE):
            shown.sort(key=lambda group: (group.key[0], group.latest))
        else:
            shown.sort(key=lambda group: (group.key[0], not group.key[1], natural_key(group.key[1])))
        self.rows = []
        for group in shown:
            self.rows.append(group)
            self.rows += group.shown
        is_once = self.grouping is not Grouping.TAG
        self.count_shown = len(self.rows) - len(shown) if is_once else len(self.shown)


HEADINGS: Mapping[Key, tuple[str, str]] = {
    BOOKMARKS: ("Bookmarks", ""),
    LOST: ("Lost their place", "the text was changed, or its file is gone"),
}
"""Of groups that are the same whatever highlights are grouped by."""


def names(highlight: Highlight, grouping: Grouping) -> tuple[str, ...]:
    """Return what a highlight has in common with others of its groups; groups are ordered by it."""
    match grouping:
        case Grouping.EPISODE:
            return (highlight.source.id,)
        case Grouping.DATE:
            return (str(local_day(highlight.created)),)
        case Grouping.TAG:
            # By how they are looked for: ``AI`` and ``ai`` are one group.
            return tuple(dict.fromkeys(fold(tag).text for tag in highlight.tags)) or ("",)
        case Grouping.COLOUR:
            return (str(list(Colour).index(highlight.colour)),)
        case Grouping.FAVOURITE:
            return ("0" if highlight.is_favourite else "1",)


def newest_first(one: Listed) -> tuple[int, float]:
    """Return a key that sorts entries by when they were made; what is not kept yet comes first."""
    order = one.entry.order if isinstance(one.entry, Highlight) else 0
    return -one.made, -(order or inf)


def reading_order(one: Listed) -> tuple[object, ...]:
    """Return a key that sorts entries by episode, and as they stand in its text."""
    source, anchor = one.entry.source, one.entry.anchor
    return (source.title, source.id, anchor.section, anchor.start, one.entry.created)


def show_of(source: Source) -> str:
    """Return an episode's show and number, unless its title says the show."""
    show = source.show or ""
    if not show or show.casefold() in source.title.casefold():
        return ""
    return show if source.number is None else f"{show} #{source.number}"


@lru_cache(4096)
def day_of(minute: str) -> date | None:
    """Return the reader's day of a minute in UTC, as the beginning of a kept time; None if it is none."""
    try:
        return datetime.fromisoformat(f"{minute}:00+00:00").astimezone().date()
    except (ValueError, OverflowError, OSError):
        return None


def local_day(time: str) -> date | None:
    """Return the reader's day of a kept time; None if it is not known."""
    return day_of(time[: len("2026-01-02T03:04")])


def day_name(day: date | None, today: date) -> str:
    """Return what people call a day."""
    if day is None:
        return "Some day"
    if day == today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    return f"{day:%A}, {day.day} {day:%B %Y}"
