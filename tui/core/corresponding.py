"""The place in one text of an episode that corresponds to a place in another: summary and transcript, say.

By time where both texts have times; else by the heading, if both have it; else by how much of the text
lies before it.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from tui.core.episode import Episode, Place, Section
from tui.core.formats.draft import same_title

FEWEST_TIMES = 2
"""A text with fewer has no clock."""

TITLE_BLOCK, HEADING = -2, -1


@dataclass(frozen=True, slots=True)
class Point:
    """Where a heading or a block begins."""

    place: Place

    at: int
    """How many characters of text stand before it."""

    start_s: float | None


@dataclass(frozen=True, slots=True)
class Clock:
    """The points of a text that have a time, times never falling."""

    indices: list[int]
    """Of the points, among all of the text's."""

    times: list[float]


def corresponding(episode: Episode, place: Place, other: Episode) -> Place:
    """Return the place in another text of the same episode that corresponds to a place in this one.

    It is always the beginning of a heading or of a block.
    """
    if place <= Place(0, TITLE_BLOCK):
        return Place()
    points, others = list(points_of(episode)), list(points_of(other))
    clock, other_clock = clock_of(points), clock_of(others)
    if clock and other_clock:
        return place_by_time(others, other_clock, time_at(points, clock, place))
    share = position(points, place) / length(episode)
    return place_by_heading(episode, place, other) or place_by_share(others, length(other), share)


def points_of(episode: Episode) -> Iterator[Point]:
    """Yield the beginnings of an episode's headings and blocks, in the order of the text."""
    before = 0
    for section in episode.sections:
        yield Point(Place(section.ordinal, HEADING if section.title else 0), before, section.start_s)
        for index, block in enumerate(section.blocks):
            at = before + section.starts[index]
            yield Point(Place(section.ordinal, index), at, block.start_s)
        before += len(section.text)


def length(episode: Episode) -> int:
    """Return how many characters of text an episode has, at least one."""
    return max(sum(len(section.text) for section in episode.sections), 1)


def point_before(points: Sequence[Point], place: Place) -> int:
    """Return the index of the last point that is not after a place."""
    begin = Place(place.section, place.block)
    return max(bisect_right(points, begin, key=lambda point: point.place) - 1, 0)


def position(points: Sequence[Point], place: Place) -> int:
    """Return how many characters of text stand before a place."""
    return points[point_before(points, place)].at + (place.offset if place.block >= 0 else 0)


def clock_of(points: Sequence[Point]) -> Clock | None:
    """Return the times of a text; None if it has too few of them to tell the time by."""
    indices: list[int] = []
    times: list[float] = []
    for index, point in enumerate(points):
        # What is no number is not greater than any.
        if point.start_s is not None and inf > point.start_s >= (times[-1] if times else 0.0):
            indices.append(index)
            times.append(point.start_s)
    return Clock(indices, times) if len(set(times)) >= FEWEST_TIMES else None


def time_at(points: Sequence[Point], clock: Clock, place: Place) -> float:
    """Return when the text at a place is said, in seconds; between two times, in proportion."""
    index = bisect_right(clock.indices, point_before(points, place)) - 1
    if index < 0:
        return clock.times[0]
    if index + 1 == len(clock.indices):
        return clock.times[index]
    begin, end = (points[clock.indices[number]].at for number in (index, index + 1))
    share = min((position(points, place) - begin) / max(end - begin, 1), 1)
    return clock.times[index] + share * (clock.times[index + 1] - clock.times[index])


def place_by_time(points: Sequence[Point], clock: Clock, time_s: float) -> Place:
    """Return where a text is at a time; between two of its times, in proportion."""
    index = bisect_right(clock.times, time_s) - 1
    if index < 0:
        return points[0].place
    first, last, at = clock.indices[index], clock.indices[index], points[clock.indices[index]].at
    if index + 1 < len(clock.indices):
        share = (time_s - clock.times[index]) / (clock.times[index + 1] - clock.times[index])
        last = clock.indices[index + 1] - 1
        at += int(share * (points[last + 1].at - at))
    if at > points[first].at:
        first = bisect_right(points, at, first, last + 1, key=lambda point: point.at) - 1
    return heading_or_self(points, first).place


def heading_or_self(points: Sequence[Point], index: int) -> Point:
    """Return a block's point, or that of the heading right above it."""
    point, above = points[index], points[max(index - 1, 0)]
    is_first = above.place == Place(point.place.section, HEADING) and above.at == point.at
    return above if is_first else point


def place_by_heading(episode: Episode, place: Place, other: Episode) -> Place | None:
    """Return the place in the section of the same heading; None if there is none."""
    section = episode.sections[place.section]
    if not section.title:
        return None
    same = [one for one in episode.sections if same_title(one.title, section.title)]
    others = [one for one in other.sections if same_title(one.title, section.title)]
    if len(same) != len(others):
        return None
    target = others[[one.ordinal for one in same].index(section.ordinal)]
    if place.block < 0 or not section.text:
        return Place(target.ordinal, HEADING)
    share = (section.starts[place.block] + place.offset) / len(section.text)
    return place_in_section(target, share)


def place_in_section(section: Section, share: float) -> Place:
    """Return the block before whose end a share of a section's text lies; its heading for next to none."""
    index = bisect_right(section.starts, int(share * len(section.text))) - 1
    if share <= 0 or index < 0:
        return Place(section.ordinal, HEADING if section.title else 0)
    return Place(section.ordinal, index)


def place_by_share(points: Sequence[Point], chars: int, share: float) -> Place:
    """Return the last beginning before a share of a text."""
    found = bisect_right(points, int(share * chars), key=lambda point: point.at) - 1
    return heading_or_self(points, max(found, 0)).place
