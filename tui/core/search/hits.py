"""What a query of the library found in one episode, marked as a find in the episode is."""

from array import array
from collections.abc import Sequence

from tui.core.episode import Place, Section
from tui.core.finding import MOST_HITS, EpisodeIndex, Hits, Query
from tui.core.search.extracts import in_headings, in_text, marks, spans_of
from tui.core.search.query import Words

HEADING_BLOCK = -1


def hits_of(index: EpisodeIndex, wanted: Sequence[Words], text: str) -> Hits:
    """Return where the words and phrases of a query stand in an episode, in reading order.

    Args:
        index: The episode's texts.
        wanted: ``Results.wanted``, or ``wanted_words`` of a query's tree.
        text: The query as it was typed, for saying what was looked for.
    """
    units, starts, ends = array("I"), array("I"), array("I")
    for number, unit in enumerate(index.units):
        leaves = in_headings(wanted) if unit.block == HEADING_BLOCK else in_text(wanted)
        for start, end in spans_of(marks(unit.text, leaves)):
            if len(units) == MOST_HITS:
                return Hits(Query(text), units, starts, ends, index, cut_off=True)
            units.append(number)
            starts.append(start)
            ends.append(end)
    return Hits(Query(text), units, starts, ends, index)


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
