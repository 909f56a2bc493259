import json
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core.formats.json_values import load, number, text_of

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_whole_is_read_as_it_is(value: object) -> None:
    loaded = load(json.dumps(value))
    assert (loaded.value, loaded.complete) == (value, True)


def is_beginning(part: object, whole: object) -> bool:
    """Whether a value holds nothing that another doesn't, in the same place."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(name in whole and is_beginning(value, whole[name]) for name, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) <= len(whole) and all(map(is_beginning, part, whole))
    return part == whole


@given(st.lists(VALUES) | st.dictionaries(st.text(max_size=5), VALUES), st.data())
def test_a_cut_text_gives_the_beginning_of_the_whole(value: object, data: st.DataObject) -> None:
    text = json.dumps(value)
    cut = text[: data.draw(st.integers(1, len(text)))]
    assert is_beginning(load(cut).value, value)


def test_everything_before_a_cut_is_there() -> None:
    loaded = load('{"segments": [{"text": "one"}, {"text": "two", "end": 12')
    assert loaded.value == {"segments": [{"text": "one"}, {"text": "two"}]}
    assert not loaded.complete


@pytest.mark.parametrize(
    "cut",
    ['{"a": "b\\', '{"a": "b\\"', '{"a": "b\\u00', '{"a": "', '{"a": tr', '{"a": -', '{"a"', '{"a', "{"],
)
def test_a_value_that_is_cut_is_left_out(cut: str) -> None:
    assert load(cut).value == {}


@pytest.mark.parametrize("text", ["", "words", "{]", '{"a": 1}}', '"text" and more', "[" * 1000, "}"])
def test_what_is_no_json_is_nothing(text: str) -> None:
    assert load(text).value is None


@pytest.mark.parametrize("opening", ["[", '{"a":', "[1,", '["\\"'])
def test_nothing_takes_more_than_one_pass(opening: str) -> None:
    few, many = (calls(partial(load, opening * count)) for count in (2_000, 20_000))
    assert many <= 11 * few


def test_numbers_that_are_none_do_no_harm() -> None:
    loaded = load('{"a": NaN, "b": 1' + "0" * 5000 + ', "c": "3.5", "d": true, "e": 7}')
    assert isinstance(loaded.value, dict)
    assert [number(loaded.value.get(name)) for name in "abcde"] == [None, None, 3.5, None, 7]


def test_text_is_clean_and_on_one_line() -> None:
    assert text_of(" two\nlines\x1b[2J ") == "two lines␛[2J"
    assert text_of(12.5) == "12.5"
    assert text_of(["no"]) == ""
