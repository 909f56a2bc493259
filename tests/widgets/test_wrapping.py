import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.widgets.wrapping import cells, cut, displayed, offset_at_cell, wrap

FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("the quick brown fox", 10, ["the quick", "brown fox"]),
        ("incomprehensibilities", 8, ["incompre", "hensibil", "ities"]),
        ("", 8, [""]),
        ("two  blanks", 6, ["two", "blanks"]),
        ("line\nbreak", 20, ["line", "break"]),
        ("漢字とかなの文", 6, ["漢字と", "かなの", "文"]),
        ("漢字、かな。", 4, ["漢", "字、", "か", "な。"]),
        ("かな「漢字」", 6, ["かな", "「漢", "字」"]),
        ("e\u0301clair e\u0301te\u0301", 6, ["e\u0301clair", "e\u0301te\u0301"]),
        (f"a {FAMILY} b", 6, ["a", FAMILY, "b"]),
        ("00 \u0300A", 2, ["00", "\u0300A"]),
    ],
)
def test_wraps_by_cells(text: str, width: int, lines: list[str]) -> None:
    assert [text[start:end] for start, end in wrap(text, width)] == lines


TEXTS = st.text(
    st.sampled_from("ab é漢かー。「」👍\u200d\ufe0fe\u0301 \n")
    | st.characters(exclude_categories=["Cc", "Cs"])
)


@given(TEXTS, st.integers(2, 30))
def test_no_line_is_wider_than_the_column_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert lines
    last = 0
    for start, end in lines:
        assert last <= start <= end
        assert not text[last:start].strip(" \n")
        line = text[start:end]
        widest = max((cells(line[:1]), *(cells(char) for char in line)), default=0)
        assert cells(line) <= max(width, widest) or FAMILY in line or "\u200d" in line
        last = end
    assert not text[last:].strip(" \n")


@given(TEXTS)
def test_cells_are_those_that_rich_counts_of_what_is_drawn(text: str) -> None:
    assert cells(text.replace("\n", "")) == cell_len(displayed(text.replace("\n", "")))


@given(TEXTS, st.integers(0, 20))
def test_a_cut_text_fits(text: str, width: int) -> None:
    assert cells(cut(text, width)) <= width


def test_cut_says_that_it_cut() -> None:
    assert cut("harbour", 4) == "har…"
    assert cut("漢字漢字", 5) == "漢字…"
    assert cut("漢字漢字", 4) == "漢…"


def test_offset_at_cell() -> None:
    assert [offset_at_cell("a漢b", cell) for cell in range(5)] == [0, 1, 1, 2, 3]
