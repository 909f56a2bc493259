"""Marks without an end: bounded in time, and never lost."""

import pytest

from tests.core.test_markdown import read
from tui.core.formats.markdown_bounds import PLAIN, unclosed_in


@pytest.mark.parametrize(
    "piece", ["[[[[00:00", "[k:: ", "![[", "[a](", "*", "**a ** ", "a*a**", "~~a ", "[^a "], ids=repr
)
def test_thousands_of_marks_without_an_end_are_shown_as_they_stand(piece: str) -> None:
    draft = read("# T\n\nFirst words. " + piece * (200_000 // len(piece)) + "\n\nLast *words*.\n")
    blocks = [block for section in draft.sections for block in section.blocks]
    assert piece.strip()[:3] in blocks[0].text
    assert blocks[-1].text == "Last words."
    assert draft.notices == (PLAIN,)


def test_many_short_paragraphs_count_together() -> None:
    draft = read("# T\n\n" + "[[[[00:00 and so on\n\n" * 3000)
    assert draft.notices == (PLAIN,)


def test_a_long_paragraph_of_marks_that_are_closed_is_parsed() -> None:
    draft = read("# T\n\n" + "**Ann** says [laughs] and *goes* to [a page](https://a.example/b). " * 3000)
    assert draft.notices == ()
    assert "**" not in draft.sections[0].text


def test_ordinary_text_has_no_marks_without_an_end() -> None:
    assert unclosed_in("A [link](https://a.example) and **bold** words [laughs]." * 300) == 0
