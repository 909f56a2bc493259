import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("José", "jose"),
        ("Jose\u0301", "jose"),
        ("STRASSE straße", "strasse strasse"),
        ("İstanbul", "istanbul"),
        ("Łukasz Øre Đorđe", "lukasz ore dorde"),
        ("Æsop œuvre Ǽ", "aesop oeuvre ae"),
        ("Þór ðæt ħal ŧ kıl", "thor daet hal t kil"),
        ("ё Ё", "е е"),
        ("й", "й"),
        ("ＡＢＣ１", "abc1"),
        ("ﬁne", "fine"),
        ("“it’s”—so…", '"it\'s"-so...'),
        ("a\u00a0b", "a b"),
        ("がぎ", "がぎ"),
        ("한국어", "한국어"),
        ("漢字", "漢字"),
    ],
)
def test_folds(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_case_is_kept_on_request() -> None:
    assert fold("Éa", keep_case=True).text == "Ea"
    assert fold("Łódź Æsop", keep_case=True).text == "Lodz Aesop"


@pytest.mark.parametrize(
    ("text", "found", "source"),
    [
        ("the straße here", "strasse", "straße"),
        ("the straße here", "stras", "straß"),
        ("Jose\u0301 went", "jose", "Jose\u0301"),
        ("ﬁne day", "fin", "ﬁn"),
        ("an İ dot", "i", "İ"),
        ("old Æsop says", "aeso", "Æso"),
        ("from Łódź", "lodz", "Łódź"),
    ],
)
def test_spans_lead_back_to_the_source(text: str, found: str, source: str) -> None:
    folded = fold(text)
    at = folded.text.index(found)
    start, end = folded.source_span(at, at + len(found))
    assert text[start:end] == source


@given(st.text(min_size=1))
def test_every_span_of_any_text_lies_in_it(text: str) -> None:
    folded = fold(text)
    for start in range(len(folded.text)):
        first, last = folded.source_span(start, start + 1)
        assert 0 <= first < last <= len(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == fold(fold(once).text).text
