"""Highlights are found again after their text was edited, or said to be lost."""

from pathlib import Path

from tui.core.notebook.anchoring import locate
from tui.core.notebook.text import EpisodeText
from tui.core.reading import episode_from_bytes
from tui.core.stretches import section_sentences

TEXT = (
    "# Tides\n\n## Rope\n\nOne strand breaks. Two hold.\n\n## Rope\n\nKnots are old. Two hold. Ropes end.\n"
)


def text_of(source: str) -> EpisodeText:
    return EpisodeText(episode_from_bytes(source.encode(), Path("tides.md")))


def test_a_text_that_did_not_change_gives_every_sentence_back() -> None:
    text = text_of(TEXT)
    sentences = [
        sentence
        for section in text.episode.sections
        for sentence in section_sentences(text.episode, section.ordinal)
    ]

    assert len(sentences) == 5
    for is_same in (True, False):
        assert [locate(text.anchor(one), text, is_same=is_same) for one in sentences] == sentences


def test_a_sentence_that_is_gone_has_lost_its_place() -> None:
    text = text_of(TEXT)
    sentence = section_sentences(text.episode, text.episode.sections[-1].ordinal)[0]

    assert locate(text.anchor(sentence), text_of(TEXT.replace("Knots are old. ", ""))) is None
