"""What a query of the library found in one episode, marked as a find in the episode is."""

from array import array

from tui.core.episode import Episode, Place, Section
from tui.core.finding import MOST_HITS, EpisodeIndex, Hits
from tui.core.search.extracts import in_headings, in_text, marks, spans_of
from tui.core.search.library_query import LibraryQuery

HEADING_BLOCK = -1


def hits_of(index: EpisodeIndex, query: LibraryQuery, around: range | None = None) -> Hits:
    """Return where the words and phrases of a query stand in an episode, in reading order.

    Args:
        index: The episode's texts.
        query: What is looked for.
        around: The numbers of the units that are looked through; None for all.
    """
    units, starts, ends = array("I"), array("I"), array("I")
    of_headings, of_texts = in_headings(query.wanted), in_text(query.wanted)
    for number in around if around is not None else range(len(index.units)):
        unit = index.units[number]
        leaves = of_headings if unit.block == HEADING_BLOCK else of_texts
        for start, end in spans_of(marks(unit.text, leaves)):
            if len(units) == MOST_HITS:
                return Hits(query, units, starts, ends, index, cut_off=True)
            units.append(number)
            starts.append(start)
            ends.append(end)
    return Hits(query, units, starts, ends, index)


def units_around(index: EpisodeIndex, place: Place, chars: int) -> range:
    """Return the numbers of the units around a place, on each side at least so many characters of them."""
    first = end = index.unit_at(place)
    room = chars
    while first > 0 and room > 0:
        first -= 1
        room -= len(index.units[first].text)
    room = chars
    while end < len(index.units) and room > 0:
        room -= len(index.units[end].text)
        end += 1
    return range(first, end)


def section_now(episode: Episode, ordinal: int, heading: str) -> Section:
    """Return a section as it is now; the file may have changed since it was indexed.

    Args:
        episode: As it is now.
        ordinal: Where the section was.
        heading: What it was called. One of the same name is preferred, the nearest of several.
    """
    here = episode.sections[min(ordinal, len(episode.sections) - 1)]
    same = [section for section in episode.sections if section.title == heading]
    return min(same, key=lambda section: abs(section.ordinal - ordinal), default=here)


def place_in(section: Section, at: int | None) -> Place:
    """Return the place of a character of ``Section.text``; of none, that of the heading.

    Args:
        section: The section, as it is now: it may have changed since it was indexed.
        at: ``Extract.at``.
    """
    if at is None or not section.blocks:
        return Place(section.ordinal, HEADING_BLOCK, 0)
    block = max(number for number, start in enumerate(section.starts) if start <= max(at, 0))
    offset = min(at - section.starts[block], len(section.blocks[block].text))
    return Place(section.ordinal, block, max(offset, 0))
