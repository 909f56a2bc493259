import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.search.tokens import LONGEST_TOKEN, tokens, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Don’t STOP", ["don", "t", "stop"]),
        ("co-operate U.S. x_y", ["co", "operate", "u", "s", "x", "y"]),
        ("José JOSÉ Jose\u0301", ["jose", "jose", "jose"]),
        ("Straße ﬁnance ＡＩ Ёлка", ["strasse", "finance", "ai", "елка"]),
        ("机器 learning东京", ["机", "器", "learning", "东", "京"]),
        ("カタカナ", ["カ", "タ", "カ", "ナ"]),
        ("안전성 검사", ["안전성", "검사"]),
        ("…!?", []),
    ],
)
def test_cuts(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_what_is_no_word_is_cut() -> None:
    assert words("a" * 1000) == ["a" * LONGEST_TOKEN]


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_places_are_those_of_the_words(text: str) -> None:
    found = tokens(text)
    assert [token.text for token in found] == words(text)
    for token in found:
        assert 0 <= token.start < token.end <= len(text)
        assert token.text in words(text[token.start : token.end])
