"""Cleaning lets nothing through that acts on a terminal, and leaves text that people write alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.cleaning import UNSAFE, Cleaned, clean, clean_line, has_unsafe

LINE_ENDS = [
    ("crlf", "one\r\n\r\ntwo", "one\n\ntwo"),
    ("cr", "one\r\rtwo", "one\n\ntwo"),
    ("crcrlf", "one\r\r\n\r\r\ntwo", "one\n\ntwo"),
    ("lfcr", "one\n\r\n\rtwo", "one\n\ntwo"),
    ("mixed", "one\n\r\ntwo\r\n\rthree", "one\n\ntwo\n\nthree"),
    ("nel", "one\x85two", "one\ntwo"),
    ("line-separator", "one\u2028two\u2029three", "one\ntwo\nthree"),
    ("vertical-tab-and-form-feed", "one\x0btwo\x0cthree", "one\ntwo\nthree"),
]

SIGNS = [
    ("escape", "a\x1b[2Jb", "a␛[2Jb", 1),
    ("nul-and-bell", "a\x00\x07b", "a␀␇b", 2),
    ("delete", "a\x7fb", "a␡b", 1),
    ("file-separator", "a\x1cb", "a␜b", 1),
    ("c1", "a\x9b31mb\x80", "a\ufffd31mb\ufffd", 2),
    ("lone-surrogate", "a\ud800b", "a\ufffdb", 1),
]

HIDDEN = [
    ("override", "a\u202eb\u202c", "ab", 2),
    ("isolate", "a\u2066b\u2069", "ab", 2),
    ("marks", "a\u200e\u200f\u061cb", "ab", 3),
    ("zero-width", "a\u200bb\u2060c\u2064", "abc", 3),
    ("byte-order-mark", "\ufeffa", "a", 1),
    ("soft-hyphen", "co\xadop", "coop", 1),
    ("annotation", "a\ufff9b\ufffb", "ab", 2),
    ("tags", "a\U000e0041\U000e007fb", "ab", 2),
]

LEFT_ALONE = [
    ("plain", "Plain words.\n\tAnd a tab.\n"),
    ("right-to-left-letters", "שלום עולם, مرحبا"),
    ("joiners", "👩\u200d💻 می\u200cخواهم"),
    ("variation-selector", "❤\ufe0f ☺\ufe0e"),
    ("combining", "Cafe\u0301"),
    ("blanks", "a\xa0b\u202fc\u3000d"),
    ("replacement", "a\ufffdb"),
    ("private-use", "a\ue000b"),
]


def ids(
    cases: list[tuple[str, str, str, int]] | list[tuple[str, str, str]] | list[tuple[str, str]],
) -> list[str]:
    return [case[0] for case in cases]


@pytest.mark.parametrize(("_name", "text", "expected"), LINE_ENDS, ids=ids(LINE_ENDS))
def test_every_line_end_becomes_one_line_feed(_name: str, text: str, expected: str) -> None:
    assert clean(text) == Cleaned(expected, 0, 0)


@pytest.mark.parametrize(("_name", "text", "expected", "number"), SIGNS, ids=ids(SIGNS))
def test_controls_become_signs_and_are_counted(_name: str, text: str, expected: str, number: int) -> None:
    assert clean(text) == Cleaned(expected, number, 0)


@pytest.mark.parametrize(("_name", "text", "expected", "number"), HIDDEN, ids=ids(HIDDEN))
def test_hidden_characters_are_dropped_and_counted(_name: str, text: str, expected: str, number: int) -> None:
    assert clean(text) == Cleaned(expected, 0, number)


@pytest.mark.parametrize(("_name", "text"), LEFT_ALONE, ids=ids(LEFT_ALONE))
def test_what_people_write_comes_back_as_the_same_string(_name: str, text: str) -> None:
    assert clean(text).text is text


@given(st.text(st.characters(), max_size=60))
def test_no_text_is_unsafe_after_cleaning(text: str) -> None:
    cleaned = clean(text).text
    assert not has_unsafe(cleaned)
    assert clean(cleaned) == Cleaned(cleaned, 0, 0)


@given(st.text(st.characters(), max_size=60))
def test_only_unsafe_characters_are_ever_lost(text: str) -> None:
    visible = [char for char in text if not UNSAFE.match(char) and char != "\n"]
    kept = iter(clean(text).text)
    assert all(char in kept for char in visible)


@given(st.text(st.characters(), max_size=60))
def test_a_cleaned_line_is_one_line_without_blanks_at_its_ends(text: str) -> None:
    line = clean_line(text)
    assert not has_unsafe(line)
    assert "\n" not in line
    assert "\t" not in line
    assert line == line.strip()


def test_breaks_and_tabs_in_a_line_become_blanks() -> None:
    assert clean_line("\tna\r\nme\x1b[31m \n") == "na me␛[31m"
