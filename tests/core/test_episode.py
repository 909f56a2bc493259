import pytest

from tests.making import bullet, section
from tui.core.episode import Block, BlockKind, Place, clock, count_words, reading_minutes


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (61.9, "1:01"), (3599, "59:59"), (36_061, "10:01:01")],
)
def test_clock(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (230, 1), (690, 3), (2300, 10)])
def test_reading_minutes(words: int, minutes: int) -> None:
    assert reading_minutes(words) == minutes


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("two words", 2), ("漢字", 2), ("用 Python 写", 3), ("東京でPython", 4)]
)
def test_each_cjk_character_is_a_word(text: str, count: int) -> None:
    assert count_words(text) == count


def test_the_text_of_a_section_is_defined_once() -> None:
    rows = [Block(BlockKind.TABLE_ROW, "a | b"), Block(BlockKind.TABLE_ROW, "c | d")]
    whole = section(0, "Silt", "One.", bullet("Two."), bullet("Three."), "Four.", *rows)
    assert whole.text == "One.\n\nTwo.\nThree.\n\nFour.\n\na | b\nc | d"
    for start, block in zip(whole.starts, whole.blocks, strict=True):
        assert whole.text[start:].startswith(block.text)
    assert whole.words == 10


def test_places_are_in_reading_order() -> None:
    assert Place() < Place(0, -1, 0) < Place(0, 0, 0) < Place(0, 0, 5) < Place(0, 1, 0) < Place(1, -1, 0)
