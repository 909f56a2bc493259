"""The links that a page shows: those of its text, and the times of an episode that has an address."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tui.core.browsing import is_openable
from tui.core.episode import Place, SpanKind
from tui.core.links import link_at, shown_time
from tui.widgets.lines import PLACED, Line
from tui.widgets.page_layout import ASIDE, PageLayout
from tui.widgets.typesetting import Anchor


@dataclass(frozen=True, slots=True)
class PageLink:
    """An address, and where the page shows it."""

    start: Place
    """The first character of it that is in sight; of a time that stands aside, the offset is ``ASIDE``."""

    end: Place
    url: str
    is_time: bool = False
    """Whether it is a time, which leads to the episode's own address."""


def links_in_sight(page: PageLayout) -> list[PageLink]:
    """Return the links in sight, in the order of the text, no two of them at one place."""
    found: dict[Place, PageLink] = {}
    # Where a link's words begin; it goes on over several lines.
    seen: set[Place] = set()
    for anchor in page.frame:
        for link in [*_text_links(page, anchor), *_time_links(page, anchor)]:
            if link.start not in seen:
                seen.add(link.start)
                line = page.typesetter.line(anchor)
                shown = link.start if link.is_time else replace(link.start, offset=_first_shown(line, link))
                found.setdefault(shown, replace(link, start=shown))
    return list(found.values())


def link_at_cell(page: PageLayout, x: int, y: int) -> str | None:
    """Return the address of the link drawn at a cell of the pane; None where there is none."""
    if not 0 <= y < len(page.frame):
        return None
    anchor = page.frame[y]
    place = page.place_at(x, y)
    for link in _text_links(page, anchor):
        if place is not None and link.start <= place < link.end:
            return link.url
    for link in _time_links(page, anchor):
        if link.start.offset == ASIDE and x >= page.aside_cell(anchor):
            return link.url
        if place is not None and link.start <= place < link.end:
            return link.url
    return None


def _first_shown(line: Line, link: PageLink) -> int:
    """Return the first character of a link that a line shows."""
    shown = (max(link.start.offset, piece.start) for piece in line.pieces if link.start.offset < piece.end)
    return min(shown, default=line.start)


def _text_links(page: PageLayout, anchor: Anchor) -> Iterator[PageLink]:
    """Yield the links in the text of a line."""
    line = page.typesetter.line(anchor)
    if line.kind not in PLACED:
        return
    section, block = page.typesetter.items[anchor.item]
    for span in page.typesetter.spans(anchor.item):
        is_here = any(span.start < piece.end and span.end > piece.start for piece in line.pieces)
        if is_here and span.kind == SpanKind.LINK and span.target and is_openable(span.target):
            yield PageLink(Place(section, block, span.start), Place(section, block, span.end), span.target)


def _time_links(page: PageLayout, anchor: Anchor) -> Iterator[PageLink]:
    """Yield the link of the time that a line shows, aside or in its text."""
    url = page.episode.url
    ordinal, block = page.typesetter.items[anchor.item]
    if ordinal < 0 or url is None or not is_openable(url):
        return
    section = page.episode.sections[ordinal]
    start_s = section.start_s if block < 0 else section.blocks[block].start_s
    line = page.typesetter.line(anchor)
    if start_s is None:
        return
    if line.aside:
        place = Place(ordinal, block, ASIDE)
        yield PageLink(place, place, link_at(url, start_s), is_time=True)
    elif line.kind in PLACED and not any(other.aside for other in page.typesetter.lines(anchor.item)):
        shown = shown_time(line.source, start_s)
        if shown is not None and any(piece.start <= shown[0] < piece.end for piece in line.pieces):
            start, end = (Place(ordinal, block, offset) for offset in shown)
            yield PageLink(start, end, link_at(url, start_s), is_time=True)
