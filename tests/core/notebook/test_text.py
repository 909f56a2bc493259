"""Positions in an episode's text and the places they stand for."""

from itertools import cycle
from pathlib import Path

import pytest

from tui.core.episode import Place
from tui.core.notebook.text import EpisodeText
from tui.core.reading import episode_from_bytes
from tui.core.stretches import Stretch, sentence_at

TEXT = b"""# Tides

Before any heading.

## Rope

- One strand breaks. Two hold.
- Three never do.

---

## Rope

Knots are old. \xe7\xbb\xb3\xe7\xbb\x93 too.
"""


@pytest.fixture(name="text")
def _text() -> EpisodeText:
    return EpisodeText(episode_from_bytes(TEXT, Path("tides.md")))


def every_place(text: EpisodeText) -> list[Place]:
    return [
        Place(section.ordinal, index, offset)
        for section in text.episode.sections
        for index, block in enumerate(section.blocks)
        for offset in range(len(block.text) + 1)
    ]


def test_every_place_of_a_block_is_found_again(text: EpisodeText) -> None:
    places = every_place(text)

    assert places
    assert [text.place(text.offset(place)) for place in places] == places


def test_the_text_at_a_place_is_that_of_its_block(text: EpisodeText) -> None:
    for place in every_place(text):
        block = text.episode.sections[place.section].blocks[place.block].text
        at = text.offset(place)

        assert text.text[at : at + len(block) - place.offset] == block[place.offset :]


@pytest.mark.parametrize(
    "source",
    [TEXT, b"", b"One line.", b"# Only a heading\n", b"## A\n\n## B\n\ntext\n\n---\n", b"one\n\n---\n\ntwo"],
)
def test_a_piece_of_the_text_needs_not_the_whole(source: bytes) -> None:
    text, whole = (EpisodeText(episode_from_bytes(source, Path("tides.md"))) for _ in range(2))
    parts = (part for section in whole.episode.sections for part in (section.title, section.text))
    titled = (part for part, is_title in zip(parts, cycle((True, False))) if part or not is_title)

    assert whole.text == "".join(f"{part}\n\n" for part in titled)
    assert len(whole.text) == text.length
    for start in range(-2, text.length + 3):
        for end in range(-2, text.length + 3):
            assert text.between(start, end) == whole.text[max(start, 0) : max(end, 0)]
    assert "text" not in vars(text)


@pytest.mark.parametrize(
    ("words", "at", "are_there"),
    [("Before", 0, True), ("Before", 1, False), ("Before", -1, False), ("", 3, True), ("x", 10**30, False)],
)
def test_what_stands_at_a_character(text: EpisodeText, words: str, at: int, are_there: bool) -> None:
    assert text.has(words, at) is are_there


def test_an_anchor_holds_the_words_and_what_stands_around_them(text: EpisodeText) -> None:
    last = text.episode.sections[-1]
    stretch = sentence_at(text.episode, Place(last.ordinal, 0, 0))
    assert stretch is not None

    anchor = text.anchor(stretch)

    assert anchor.exact == "Knots are old."
    assert anchor.prefix.endswith("Rope\n\n")
    assert anchor.suffix.startswith(" \u7ef3\u7ed3 too.")
    assert (anchor.section, anchor.heading) == (last.ordinal, "Rope")
    assert text.stretch(anchor.start, anchor.end) == stretch


def test_a_stretch_over_several_blocks_comes_back(text: EpisodeText) -> None:
    ordinal = next(section.ordinal for section in text.episode.sections if len(section.blocks) > 1)
    stretch = Stretch(Place(ordinal, 0, 4), Place(ordinal, 1, 5))

    anchor = text.anchor(stretch)

    assert text.stretch(anchor.start, anchor.end) == stretch
    assert "\n" in anchor.exact


def test_places_above_all_text_are_at_its_beginning(text: EpisodeText) -> None:
    assert text.offset(Place()) == 0


def test_sections_have_their_stretch_of_the_text(text: EpisodeText) -> None:
    sections = text.episode.sections
    spans = [text.section_span(section.ordinal) for section in sections]

    assert [text.text[slice(*span)].startswith(one.title) for one, span in zip(sections, spans, strict=True)]
    assert "".join(text.text[slice(*span)] for span in spans) == text.text


def test_sections_of_one_heading_are_told_by_their_distance(text: EpisodeText) -> None:
    ropes = [section.ordinal for section in text.episode.sections if section.title == "Rope"]

    assert len(ropes) == 2
    assert text.same_headings("Rope", ropes[1]) == ropes[::-1]
    assert text.same_headings("Knots", 0) == []
