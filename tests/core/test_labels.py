import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.labels import LETTERS, MOST, labels


@given(st.integers(0, MOST))
def test_labels_are_different_short_and_prefix_free(count: int) -> None:
    made = labels(count)
    assert len(set(made)) == len(made) == count
    assert all(1 <= len(label) <= 2 for label in made)
    singles = {label for label in made if len(label) == 1}
    assert not any(label[0] in singles for label in made if len(label) == 2)
    assert list(made) == sorted(made, key=len)


def test_the_home_row_comes_first() -> None:
    assert labels(9) == tuple("asdfghjkl")


def test_the_letter_that_copies_the_section_is_no_label() -> None:
    assert "y" not in LETTERS
    assert LETTERS.lower() == LETTERS


def test_one_letter_is_enough_as_long_as_it_can_be() -> None:
    assert {len(label) for label in labels(len(LETTERS))} == {1}
    assert sum(len(label) == 2 for label in labels(len(LETTERS) + 1)) == 2


def test_more_than_can_be_labelled_is_refused() -> None:
    with pytest.raises(ValueError, match="more than"):
        labels(MOST + 1)
