"""Highlights to take away: a few plain ones, and any that hypothesis can think of."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from hypothesis import strategies as st

from tui.core.cleaning import clean
from tui.core.notebook.exports.values import ExportSettings
from tui.core.notebook.values import Anchor, Colour, Highlight, Source

SETTINGS = ExportSettings(exported="2026-02-03T04:05:06Z")

HARBOURS = Source(
    *("a" * 32, Path("/library/harbours.md"), "0123456789ab", "How harbours silt up", "Low Water", 7),
    *(("Ida Brandt", "Omar Reyes"), "2024-02-11", "https://www.youtube.com/watch?v=tides", "en", ("sea",)),
)
MAPS = Source("b" * 32, Path("/library/maps.txt"), "ba9876543210", "On paper maps")

SILT = Highlight(
    id="1" * 32,
    source=HARBOURS,
    anchor=Anchor("Dredging never ends.", "hand.\n\n", " It only", 412, 432, 3, "The dredger"),
    text="Dredging never ends.",
    colour=Colour.GREEN,
    note="Ask Omar.\nTwice.",
    tags=("two words", "sea"),
    is_favourite=True,
    speaker="Ida Brandt",
    start_s=754.5,
    created="2026-01-02T03:04:05Z",
    modified="2026-01-03T03:04:05Z",
)
RIVER = replace(
    SILT,
    id="2" * 32,
    anchor=Anchor("Every river carries hills.", "", "", 12, 38, 1, "The river"),
    text="Every river carries hills.",
    colour=Colour.AMBER,
    note="",
    tags=(),
    is_favourite=False,
    speaker=None,
    start_s=None,
    created="2026-01-02T15:04:05Z",
    modified="2026-01-02T15:04:05Z",
)
LEGS = Highlight(
    id="3" * 32,
    source=MAPS,
    anchor=Anchor("Contours are read with the legs.\nA map is left out.", start=5, end=50),
    text="- Contours are read with the legs.\n- A map is left out.",
    created="2026-01-04T00:00:00Z",
    modified="2026-01-04T00:00:00Z",
)
THREE = [RIVER, SILT, LEGS]

SIGNS = """
=cmd|' /C calc'!A0   +1   -1+2   @SUM(A1)   "quoted", twice""   '   ;   ,   *bold*   _it_   `code`   /it/
[link](http://x)   [[wiki]]   <script>alert(1)</script>   # head   > q   ---   ***   ```   ~~~   ~x~   $x$ $
^h-0123456789ab   %%c%%   ==m==   &amp;   \\   \\alpha   * star   #+begin_src sh   #+end_quote   :PROPERTIES:
:END:   |a|b|   src_sh{rm}   {{{m}}}   @@html:<b>@@   [fn:1]   <<t>>   {{query}}   ((ref))   key:: value
TODO   ==========   {{c1::x}}   [sound:a.mp3]   \\(x\\)   [latex]   {   }   %   <!-- pullquote: -->
- item   1. one   👩‍👩‍👧   مرحبا world   日本語   It only falls behind.   é
"""
"""What means something to one format or another, three blanks apart."""

CONTROLS = (
    *("\x1b[31m", "\x1b]52;c;eA==\x07", "\x00", "\x9b", "\u202e", "\ufeff", "\u2028", "\ud800"),
    *("\r\n", "\r", "\n", "\n\n", "\t=1", " ", "  "),
)
HOSTILE = (*re.split(r" {3}|\n", SIGNS.strip()), *CONTROLS)

TEXTS = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(HOSTILE), max_size=6).map("".join))
"""Texts that a format may trip over, unclean ones among them."""

LINES = TEXTS.map(lambda text: " ".join(text.split()) or "x")
SAID = TEXTS.map(lambda text: text if clean(text).text.strip() else "x")
IDS = st.uuids().map(lambda made: made.hex)
TIMES = st.datetimes(min_value=datetime(1970, 1, 2)).map(
    lambda made: made.replace(microsecond=0).isoformat() + "Z"
)
NAMES = st.lists(LINES, max_size=3, unique=True).map(tuple)

EXTRA = st.none() | st.integers(-9, 9) | TEXTS | NAMES.map(list)

SOURCES = st.builds(
    Source,
    IDS,
    LINES.map(lambda name: Path("/library") / re.sub("[/\0\ud800-\udfff]", "\udcff", f"x{name}")),
    st.sampled_from(["0123456789ab", "cafecafecafe"]),
    LINES,
    st.none() | LINES,
    st.none() | st.integers(0, 9999),
    NAMES,
    st.none() | st.sampled_from(["2024", "2024-02", "2024-02-11"]),
    st.none() | st.sampled_from(["https://example.org/a?b=c&d=(e)", "https://youtu.be/x"]),
    st.none() | st.sampled_from(["en", "de", "fr", "ja"]),
    NAMES,
)


@st.composite
def highlights(draw: st.DrawFn, source: st.SearchStrategy[Source] = SOURCES) -> Highlight:
    """Any highlight."""
    text, start, created = draw(SAID), draw(st.integers(0, 10**7)), draw(TIMES)
    return Highlight(
        id=draw(IDS),
        source=draw(source),
        anchor=Anchor(
            draw(SAID),
            draw(TEXTS),
            draw(TEXTS),
            start,
            start + len(text),
            draw(st.integers(0, 50)),
            draw(st.just("") | LINES),
        ),
        text=text,
        colour=draw(st.sampled_from(Colour)),
        note=draw(TEXTS),
        tags=draw(NAMES),
        is_favourite=draw(st.booleans()),
        speaker=draw(st.none() | LINES),
        start_s=draw(st.none() | st.floats(0, 10**5).map(lambda value: round(value, 3))),
        created=created,
        modified=max(created, draw(TIMES)),
        extra=draw(
            st.dictionaries(LINES, st.none() | st.integers(-9, 9) | TEXTS | NAMES.map(list), max_size=2)
        ),
    )


def several(least: int = 0, most: int = 4) -> st.SearchStrategy[list[Highlight]]:
    """Some highlights of up to two episodes, no two with one id."""
    return st.lists(
        SOURCES, min_size=1, max_size=2, unique_by=(lambda source: source.id, lambda source: source.path)
    ).flatmap(
        lambda sources: st.lists(
            highlights(st.sampled_from(sources)), min_size=least, max_size=most, unique_by=lambda one: one.id
        )
    )
