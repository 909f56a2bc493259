"""A text's words, and the characters they come from."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notebook.words import LONGEST_PIECE, UNKNOWN, Words, words_of


def words_in(*pieces: str) -> Words:
    """Return the words of pieces with a blank line between them."""
    starts = [sum(len(piece) + 2 for piece in pieces[:index]) for index in range(len(pieces))]
    return Words(
        "\n\n".join(pieces), [(start, len(piece)) for start, piece in zip(starts, pieces, strict=True)]
    )


def written(words: Words) -> list[str]:
    """Return what stands in the text for each word."""
    return [words.text[slice(*words.span(index))] for index in range(len(words))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("“It’s late…” he – 3.5 times", '"It\'s late..." he -- 3.5 TIMES', id="signs, case"),
        pytest.param("café naïve Łódź", "cafe naive Lodz", id="accents"),
        pytest.param("한국어 ガラス Å", unicodedata.normalize("NFD", "한국어 ガラス Å"), id="composition"),
        pytest.param("ﬁne ＦＵＬＬ", "fine full", id="compatibility"),
        pytest.param("a\u00a0b  c\nd", "a b c d", id="blanks"),
    ],
)  # fmt: skip
def test_what_does_not_change_a_sentence_is_no_part_of_its_words(one: str, other: str) -> None:
    assert words_of(one) == words_of(other)


def test_scripts_without_blanks_have_a_word_for_each_character() -> None:
    assert words_of("灯台は光る now") == ["灯", "台", "は", "光", "る", "now"]
    assert len(words_of("ภาษาไทย")) > 3


def test_every_word_is_found_in_the_text_it_came_from() -> None:
    words = words_in("Straße “nach” Łódź…", "ﬁne E\u0301tude, 灯台")

    assert written(words) == ["Straße", "nach", "Łódź", "ﬁne", "E\u0301tude", "灯", "台"]
    assert [words.word(index) for index in range(3)] == ["strasse", "nach", "lodz"]
    assert words.some(1, 3) == ["nach", "lodz"]


def test_a_word_is_known_by_its_number() -> None:
    words = words_in("Rope, rope and knots")

    assert list(words.ids) == [words.number(word) for word in ("rope", "rope", "and", "knots")]
    assert words.number("tide") == UNKNOWN
    assert (
        words.bits(words.number("tide")) >= words.bits(words.number("and")) > words.bits(words.number("rope"))
    )


def test_words_between_characters_are_those_that_touch_them() -> None:
    words = words_in("one two", "three")

    assert words.between(0, 3) == (0, 1)
    assert words.between(1, 5) == (0, 2)
    assert words.between(3, 4) == (1, 1)
    assert words.between(0, len(words.text)) == (0, 3)
    assert Words("", []).between(0, 0) == (0, 0)


def test_sentences_and_blocks_end_between_words() -> None:
    words = words_in("One 3.5 two. Three", "four; five? “Six” 灯。台")

    assert [words.word(index) for index in range(len(words)) if words.is_break(index)] == [
        "one", "three", "four", "six", "台",
    ]  # fmt: skip
    assert words.is_break(len(words))


def test_long_pieces_are_taken_in_parts_and_lose_no_word() -> None:
    text = "tide and rope, " * LONGEST_PIECE

    words = words_in(text, text.replace(" ", ""))

    assert written(words)[:6] == ["tide", "and", "rope", "tide", "and", "rope"]
    assert len(words_in(text)) == 3 * LONGEST_PIECE


@given(st.lists(st.text(), max_size=4))
def test_any_text_has_words_in_their_order(pieces: list[str]) -> None:
    words = words_in(*pieces)
    spans = [words.span(index) for index in range(len(words))]

    assert spans == sorted(spans)
    assert all(start < end <= len(words.text) for start, end in spans)
    for index, span in enumerate(spans):
        first, last = words.between(*span)
        assert first <= index < last
