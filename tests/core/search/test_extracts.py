import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core.search.extracts import (
    EXTRACT_CHARS,
    PIECE_CHARS,
    WORD_CHARS,
    Extract,
    extract,
    in_headings,
    in_text,
    marks,
    pieces,
    spans_of,
)
from tui.core.search.query import Words, parse, wanted_words


def wanted(query: str, *, typing: bool = False) -> tuple[Words, ...]:
    return wanted_words(parse(query, typing=typing))


def marked(text: str, query: str, *, typing: bool = False) -> list[str]:
    found = spans_of(marks(text, in_text(wanted(query, typing=typing))))
    return [text[start:end] for start, end in found]


def shown(found: Extract) -> list[str]:
    return [found.text[start:end] for start, end in found.spans]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("The River, the river.", "river", ["River", "river"]),
        ("Rivers and a river", "river", ["river"]),
        ("Rivers and a river", "river*", ["Rivers", "river"]),
        ("a silted river", '"silted river"', ["silted river"]),
        ("a silted\nriver", '"silted river"', []),
        ("José on the Straße", "jose strasse", ["José", "Straße"]),
        ("Jose\u0301 from Łódź", "josé lodz", ["Jose\u0301", "Łódź"]),
        ("机器学习改变", "学习", ["学习"]),
        ("one two one", "-one two", ["two"]),
        ("one two", "title:one two", ["two"]),
        ("one two", "section:one", []),
        ("gold silver", "gold OR silver", ["gold", "silver"]),
        ("a co-operative", "co-operative", ["co-operative"]),
        ("anything", "", []),
    ],
)
def test_marks_what_matched(text: str, query: str, found: list[str]) -> None:
    assert marked(text, query) == found


def test_a_short_beginning_is_marked_in_headings_only() -> None:
    leaves = wanted("ri", typing=True)
    assert marked("rivers ri", "ri", typing=True) == ["ri"]
    assert spans_of(marks("Rivers", in_headings(leaves))) == ((0, 6),)


def test_the_piece_shows_most_of_the_words() -> None:
    text = "silt " * 60 + "and at last the silt of a river. " + "end " * 60
    found = extract(text, in_text(wanted("silt river")))
    assert "silt of a river" in found.text
    assert "river" in shown(found)
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert found.at is not None
    assert text[found.at :].startswith("silt")


def test_without_a_mark_the_piece_is_the_beginning() -> None:
    found = extract("First words. " + "More. " * 100, in_text(wanted("nothing")))
    assert found.text.startswith("First words.")
    assert (found.spans, found.at) == ((), None)


@given(
    st.text(alphabet=st.sampled_from("ab é機ß\n. ﬁ"), max_size=400),
    st.sampled_from(["a", "ab*", '"a b"', "é", "機", "ss", "fi a"]),
)
def test_an_extract_is_a_piece_of_its_text_with_its_marks(text: str, query: str) -> None:
    leaves = in_text(wanted(query))
    found = extract(text, leaves)
    piece = found.text.removeprefix("…").removesuffix("…")
    assert piece in text.replace("\n", " ")
    assert len(piece) <= EXTRACT_CHARS
    all_marked = {text[start:end].replace("\n", " ") for start, end in spans_of(marks(text, leaves))}
    for start, end in found.spans:
        assert 0 <= start < end <= len(found.text)
        assert any(found.text[start:end] in one for one in all_marked)


def test_only_lines_with_the_words_are_cut() -> None:
    leaves = in_text(wanted("dredger"))
    lines = [f"line {number} of a long transcript" for number in range(1_000)]
    few, many = "\n".join(lines[:100]) + "\ndredger", "\n".join(lines) + "\ndredger"
    assert calls(lambda: extract(many, leaves)) < 12 * calls(lambda: extract(few, leaves))
    cut = calls(lambda: extract(many, in_text(wanted("line"))))
    assert calls(lambda: extract(many, leaves)) < cut / 2


def test_a_phrase_is_marked_wherever_a_long_line_is_cut() -> None:
    for before in range(PIECE_CHARS - 30, PIECE_CHARS + WORD_CHARS + 30, 7):
        text = "x " * (before // 2) + "silted river " + "y " * PIECE_CHARS
        assert marked(text, '"silted river"') == ["silted river"]


@given(st.text(alphabet=st.sampled_from("ab 机\n"), max_size=60), st.integers(1, 9))
def test_pieces_are_the_whole_text(text: str, times: int) -> None:
    text = text * times * 40
    found = list(pieces(text))
    covered = "".join(text[start:end] for start, end, _ in found)
    assert covered.replace("\n", "") == text.replace("\n", "")
    assert all(start <= end <= reach <= len(text) for start, end, reach in found)
    assert all(end - start <= PIECE_CHARS + WORD_CHARS for start, end, _ in found)


def test_marks_in_scripts_without_blanks() -> None:
    text = "机器" * 3_000
    assert len(marked(text, "机器")) == 1
    assert len(marked("机器。" * 3_000, "机器")) == 3_000


@pytest.mark.parametrize("chars", [16, 24, 30, 48, 80])
@pytest.mark.parametrize("filling", ["so it goes on ", "学习的人也改变了"])
def test_a_short_extract_shows_the_word_too(chars: int, filling: str) -> None:
    text = f"{filling * 30} dredger {filling * 30}"
    found = extract(text, wanted("dredger"), chars)
    assert [found.text[start:end] for start, end in found.spans] == ["dredger"]
    assert len(found.text) <= chars + len("……")
