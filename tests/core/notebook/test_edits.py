"""Edits whose outcome is known by construction, and how the samples' highlights come through them."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.anchors import Cases, Score, as_it_was, best_window, golden
from benchmarks.anchors_edits import EDITS, NEW, cut, draft_of, edited, repeated, reworded, signs
from benchmarks.anchors_quotes import SIZES, marked
from benchmarks.anchors_rereading import REREADING, Reread
from benchmarks.fidelity_documents import Document
from tui.core.notebook.anchoring import spans_of
from tui.core.notebook.text import EpisodeText
from tui.core.reading import episode_from_bytes, read_episode

NOTES = b"""\
# Silt

The mud has to go. It goes here.

- One bucket.
- Two.

## Charts

A chart is a rumour.
"""

MEASURED = (
    "signs, blanks, accents",
    "slips of the finger, 20 %",
    "paragraphs split, joined",
    "sections split, joined",
    "reworded, 10 %",
    "regenerated",
    "paragraphs repeated",
    "half cut, rest reworded",
)
"""The edits that the samples go through here; ``python -m benchmarks anchors`` has them all."""


@pytest.fixture(name="text")
def _text() -> EpisodeText:
    return EpisodeText(episode_from_bytes(NOTES, Path("silt.md")))


def where(words: str, text: EpisodeText) -> tuple[int, int]:
    start = text.text.index(words)
    return start, start + len(words)


def test_a_draft_that_is_not_edited_is_the_document(text: EpisodeText) -> None:
    again = edited(draft_of(text), text.episode)

    assert again.text.text == text.text
    for words in ("The mud has to go.", "goes here.\n\nOne bucket.\nTwo", "rumour"):
        start, end = where(words, text)
        assert again.gone_to(start, end) == (start, end, len("".join(words.split())))


def test_words_that_were_replaced_keep_their_place_and_do_not_count_as_left(text: EpisodeText) -> None:
    again = edited(reworded(1.0)(draft_of(text), random.Random(4)), text.episode)
    start, end = where("A chart is a rumour.", text)

    gone = again.gone_to(start, end)

    assert gone is not None
    assert gone[2] < 0.3 * (end - start)
    assert again.text.text[gone[0] : gone[1]].endswith(".")


def test_copies_are_not_what_was_marked(text: EpisodeText) -> None:
    again = edited(repeated(draft_of(text), random.Random(1)), text.episode)
    words = next(words for words in ("mud", "bucket", "Two", "chart") if again.text.text.count(words) > 1)

    gone = again.gone_to(*where(words, text))

    assert gone is not None
    assert again.text.text[gone[0] : gone[1]] == words
    assert next(grain for grain, at in again.grains if at == gone[0]).origin != NEW


def test_what_was_cut_has_gone_nowhere(text: EpisodeText) -> None:
    draft = draft_of(text)
    again = edited(cut(draft, random.Random(3)), text.episode)
    kept, lost = 0, 0
    for part in draft:
        for piece in part.pieces:
            start, end = piece.grains[0].origin, piece.grains[-1].origin + len(piece.grains[-1].text)
            gone = again.gone_to(start, end)
            assert gone is not None
            there = text.text[start:end] in again.text.text
            assert (gone[1] > 0) == there
            kept, lost = kept + there, lost + (not there)

    assert kept
    assert lost


def test_other_signs_say_the_same(text: EpisodeText) -> None:
    again = edited(signs(draft_of(text), random.Random(1)), text.episode)

    assert [grain.is_word for grain, _ in again.grains] == [
        grain.is_word for grain, _ in edited(draft_of(text), text.episode).grains
    ]


def test_a_stretch_is_right_if_most_of_it_is_the_same() -> None:
    score = Score()
    score.add((0, 100), (0, 100))
    score.add((0, 100), (10, 100))
    score.add((0, 100), (30, 100))
    score.add((0, 100), None)
    score.add(None, (0, 5))
    score.add(None, None)

    assert (score.there, score.found, score.right, score.exact, score.gone, score.lost) == (4, 4, 2, 1, 2, 1)
    assert score.cells == ("0.5000", "0.5000", "0.5000", "0.5000")


def test_simpler_means_find_what_did_not_change(text: EpisodeText) -> None:
    start, end = where("A chart is a rumour.", text)
    anchor = text.anchor(text.stretch(start, end))

    assert as_it_was([anchor], text) == best_window([anchor], text) == [(start, end)]


def episodes(samples: Path) -> list[Path]:
    return [path for path in sorted(samples.iterdir()) if path.suffix in {".md", ".txt"}]


def scored(samples: Path, change: Callable[[EpisodeText, random.Random], Cases]) -> Score:
    """Return how well the highlights of the samples come through a change."""
    score, chance = Score(), random.Random(7)
    for path in episodes(samples):
        cases = change(EpisodeText(read_episode(path)), chance)
        found = spans_of([one.anchor for one, _ in cases.stretches], cases.text)
        for (_, gold), span in zip(cases.stretches, found, strict=True):
            score.add(gold, span)
    return score


@pytest.mark.parametrize("name", MEASURED)
def test_highlights_of_the_samples_come_through(samples: Path, name: str) -> None:
    def change(text: EpisodeText, chance: random.Random) -> Cases:
        new = edited(EDITS[name](draft_of(text), chance), text.episode)
        return Cases(name, new.text, golden(marked(text, chance, 2), new.gone_to))

    score = scored(samples, change)

    assert score.there > 20
    assert score.right >= 0.9 * score.there
    assert score.right >= 0.97 * score.found
    assert score.lost >= 0.95 * score.gone


@pytest.mark.parametrize("name", list(REREADING))
def test_highlights_of_the_samples_come_through_another_file(samples: Path, name: str) -> None:
    def change(text: EpisodeText, chance: random.Random) -> Cases:
        document = Document(text.episode.path, text.episode.path.name, "")
        again = Reread(text, EpisodeText(REREADING[name](document, text.episode)))
        return Cases(name, again.text, golden(marked(text, chance, 3), again.gone_to))

    score = scored(samples, change)

    assert score.there > 100
    assert score.right == score.there == score.found


def test_stretches_of_every_size_are_drawn(samples: Path) -> None:
    texts = [EpisodeText(read_episode(path)) for path in episodes(samples)]

    drawn = [(text, one) for text in texts for one in marked(text, random.Random(1), 2)]

    assert {one.size for _, one in drawn} == {*SIZES}
    assert all(text.text[one.anchor.start : one.anchor.end] == one.anchor.exact for text, one in drawn)
