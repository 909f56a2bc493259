"""Where reading was left, and bookmarks, after the text was edited."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.episode import Place
from tui.core.notebook.places import LONGEST_EXACT, place_anchor, place_of
from tui.core.notebook.text import HEADING_BLOCK, EpisodeText
from tui.core.notebook.values import Anchor
from tui.core.reading import episode_from_bytes

NOTES = """\
# Harbours

Every river carries its hills to the sea.

## Dredging

The dredger works while the town sleeps. It has never once been finished.

---

Nobody thanks the dredger, says Brandt, not even the pilots who live by it.

## Silt

A chart is a rumour about last year's floor.
"""


def text_of(source: str) -> EpisodeText:
    return EpisodeText(episode_from_bytes(source.encode(), Path("harbours.md")))


def places(text: EpisodeText) -> list[Place]:
    """Return every heading, and some characters of every block."""
    return [
        Place(section.ordinal, index, offset)
        for section in text.episode.sections
        for index, block in enumerate((None, *section.blocks), HEADING_BLOCK)
        for offset in ((0, len(block.text) // 2) if block else (0,))
        if (block.text if block else section.title)
    ]


def found(words: str, changed: str, share: float | None = None) -> str:
    """Return what stands in changed notes where words of the notes were at the top of the page."""
    text, again = text_of(NOTES), text_of(changed)
    anchor = place_anchor(text, text.place(text.text.index(words)))
    return again.text[again.offset(place_of(anchor, again, share=share)) :]


@pytest.mark.parametrize("is_same", [True, False])
def test_in_a_text_that_did_not_change_every_place_is_itself(is_same: bool) -> None:
    text = text_of(NOTES)

    assert len(places(text)) > 8
    for place in places(text):
        assert place_of(place_anchor(text, place), text, is_same=is_same) == place


def test_the_title_above_everything_stays_it() -> None:
    text = text_of(NOTES)

    assert place_anchor(text, Place()) == Anchor("")
    assert place_of(Anchor(""), text_of(f"Before.\n\n{NOTES}")) == Place()


def test_a_rule_is_kept_as_the_block_below_it() -> None:
    text = text_of(NOTES)
    section = next(section for section in text.episode.sections if section.title == "Dredging")
    rule = next(index for index, block in enumerate(section.blocks) if not block.text)

    place = place_of(place_anchor(text, Place(section.ordinal, rule)), text)

    assert place == Place(section.ordinal, rule + 1)


@pytest.mark.parametrize(
    ("words", "old", "new", "now"),
    [
        pytest.param("It has never", "# Harb", "# New\n\nOh.\n\n# Harb", "It has never", id="more above"),
        pytest.param("The dredger", "The dredger works", "A dredger toils", "A dredger toils", id="reworded"),
        pytest.param("Silt", "Every river carries its hills to the sea.\n", "", "Silt", id="less above"),
        pytest.param("It has never", "sleeps. It has", "sleeps.\n\nIt has", "It has never", id="split"),
        pytest.param("Nobody thanks", "\n\n---\n\nNobody", " Nobody", "Nobody thanks", id="joined"),
    ],
)  # fmt: skip
def test_a_place_keeps_to_its_words(words: str, old: str, new: str, now: str) -> None:
    assert old in NOTES
    assert found(words, NOTES.replace(old, new)).startswith(now)


def test_a_place_whose_words_are_gone_is_at_its_heading() -> None:
    rewritten = NOTES.replace("A chart is a rumour about last year's floor.", "Soundings grow old quickly.")

    assert found("A chart is", rewritten.replace("## Silt", "## SILT!")).startswith("SILT!")


def test_a_place_whose_section_is_gone_is_as_far_down_as_it_was() -> None:
    other = "\n\n".join(f"Paragraph {number} is about something else." for number in range(10))

    assert found("A chart is", other, share=0.55).startswith("Paragraph 5")
    assert found("A chart is", other, share=1.0).startswith("Paragraph 9")
    assert found("A chart is", "Short.").startswith("Short.")


def test_only_so_much_of_a_long_block_is_kept() -> None:
    text = text_of("word " * 500)

    anchor = place_anchor(text, Place(0, 0, 10))

    assert len(anchor.exact) == LONGEST_EXACT
    assert place_of(anchor, text) == Place(0, 0, 10)


@given(st.integers(), st.integers(), st.integers(), st.floats(0, 1), st.sampled_from([NOTES, "", "x"]))
def test_no_place_is_too_strange(section: int, block: int, offset: int, share: float, source: str) -> None:
    text = text_of(NOTES)
    again = text_of(source)

    place = place_of(place_anchor(text, Place(section, block, offset)), again, share=share)

    assert place == Place() or again.place(again.offset(place)) == place
