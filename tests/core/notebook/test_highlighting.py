"""Highlights as they are made, set down elsewhere and quoted."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.making import episode, paragraph, section
from tui.core.episode import Episode, Place
from tui.core.notebook.highlighting import highlight_of, quote_of, reattached
from tui.core.notebook.text import EpisodeText
from tui.core.notebook.values import Colour, Highlight, Source, new_source
from tui.core.quotes import QuoteSettings, quote_blocks
from tui.core.stretches import Stretch
from tui.core.styles import STYLES, render
from tui.errors import NotFoundError

TALK = episode(
    section(0, "Silt", paragraph("The mud has to go. It goes here.", speaker="Ida Brandt", start_s=75.0)),
    section(1, "Charts", "A chart is a rumour.", "A chart is a rumour.", part="Maps"),
    show="Low Water",
    number=7,
    people=("Ida Brandt",),
    url="https://example.org/7",
    date="2024-02-11",
    language="en",
    tags=("mud", "sea"),
)
TEXT = EpisodeText(TALK)
FIRST = Stretch(Place(0, 0, 0), Place(0, 0, 18))
SECOND = Stretch(Place(1, 1, 0), Place(1, 1, 20))


@pytest.fixture(name="source")
def _source() -> Source:
    return new_source(TALK)


@pytest.fixture(name="highlight")
def _highlight(source: Source) -> Highlight:
    return replace(
        highlight_of(TALK, FIRST, TEXT, source), note="So it does.", tags=("sea", "why"), is_favourite=True
    )


def test_a_highlight_holds_what_a_quote_of_it_says(source: Source) -> None:
    made = highlight_of(TALK, FIRST, TEXT, source, Colour.ROSE)

    assert (made.text, made.speaker, made.start_s) == ("The mud has to go.", "Ida Brandt", 75.0)
    assert (made.colour, made.source, made.anchor) == (Colour.ROSE, source, TEXT.anchor(FIRST))
    assert made.created == made.modified != ""
    assert made.id != highlight_of(TALK, FIRST, TEXT, source).id


def test_nothing_cannot_be_highlighted(source: Source) -> None:
    with pytest.raises(NotFoundError):
        highlight_of(TALK, Stretch(Place(0, 0, 3), Place(0, 0, 3)), TEXT, source)


def test_what_is_set_down_elsewhere_keeps_what_is_the_readers(highlight: Highlight) -> None:
    moved = reattached(highlight, SECOND, TEXT)

    assert (moved.text, moved.anchor) == ("A chart is a rumour.", TEXT.anchor(SECOND))
    assert (moved.speaker, moved.start_s) == (None, None)
    kept = replace(highlight, anchor=moved.anchor, text=moved.text, speaker=None, start_s=None)
    assert replace(moved, modified=highlight.modified) == kept


def test_a_quote_of_a_highlight_is_the_quote_of_its_stretch(highlight: Highlight) -> None:
    quote = quote_of(highlight, TALK)

    own = quote_blocks(TALK, FIRST.start, FIRST.end)
    assert replace(quote, note=None, tags=own.tags, before="", after="") == replace(own, before="", after="")
    assert (quote.note, quote.tags) == ("So it does.", ("sea", "why", "mud"))
    assert quote.after == " It goes here."


def test_words_that_stand_there_twice_are_told_apart(source: Source) -> None:
    highlight = highlight_of(TALK, SECOND, TEXT, source)

    assert quote_of(highlight, TALK).is_repeated
    assert quote_of(highlight, TALK).part == "Maps"
    assert not quote_of(highlight).is_repeated


@pytest.mark.parametrize("style", list(STYLES))
def test_a_highlight_is_written_in_every_style_though_its_file_is_gone(
    highlight: Highlight, style: str
) -> None:
    gone = render(quote_of(highlight), style, QuoteSettings())

    assert gone == render(quote_of(highlight, TALK), style, QuoteSettings())
    assert gone


def test_what_was_marked_is_quoted_though_the_file_says_otherwise_now(highlight: Highlight) -> None:
    changed: Episode = replace(TALK, title="On Mud", sections=(section(0, "Mud", "All has changed."),))

    quote = quote_of(highlight, changed)

    assert (quote.text, quote.title, quote.section) == ("The mud has to go.", "On Mud", "Silt")
    assert quote_of(highlight).path == Path("harbours.md").absolute()
