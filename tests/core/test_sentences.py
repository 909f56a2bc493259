"""Sentences: the golden rules, our own cases, real documents, and time."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core import sentences as module
from tui.core.sentences import sentences

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
SHARED = Path(os.environ.get("PULLQUOTE_SHARED") or Path(__file__).resolve().parents[2] / "../shared")

NOT_MET = {
    "five in the afternoon, at the end": "“Be” might begin a name, and nupunkt wants a surer word after p.m.",
    "the words are glued": "a stop without a blank is far more often a name: Node.js, Booking.com",
}
"""Cases that fail, and why they are left so."""

NUMBER_OR_ADDRESS = re.compile(r"(?:https?|www)[^\s\u3000-\uffef]*[a-z\d/]|\d[\d.,:]*\d")


def cases(name: str) -> dict[str, tuple[str, ...]]:
    """Read a table of cases: a name after ``##``, then a sentence a line, ``+`` glued to the one before."""
    blocks = (FIXTURES / name).read_text(encoding="utf-8").split("\n## ")[1:]
    table = {title: tuple(lines) for title, *lines in (block.strip().split("\n") for block in blocks)}
    assert len(table) == len(blocks), "two cases of one name"
    return table


GOLDEN = cases("golden_rules.txt")
OURS = cases("sentences.txt")


def found(text: str) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in sentences(text))


def joined(lines: tuple[str, ...]) -> str:
    return "".join(line[1:] if line[0] == "+" else " " + line for line in lines)[1:]


def expected(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line.removeprefix("+") for line in lines)


def is_met(lines: tuple[str, ...]) -> bool:
    return found(joined(lines)) == expected(lines)


def parameters() -> Iterator[object]:
    for table in (GOLDEN, OURS):
        for name, lines in table.items():
            reason = NOT_MET.get(name)
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            yield pytest.param(lines, id=name, marks=marks)


@pytest.mark.parametrize("lines", list(parameters()))
def test_a_text_is_cut_into_its_sentences(lines: tuple[str, ...]) -> None:
    assert found(joined(lines)) == expected(lines)


def test_most_rules_are_met(capsys: pytest.CaptureFixture[str]) -> None:
    golden = sum(map(is_met, GOLDEN.values()))
    ours = sum(map(is_met, OURS.values()))
    with capsys.disabled():
        print(f"\ngolden rules: met {golden} of {len(GOLDEN)}; our own cases: met {ours} of {len(OURS)}")
    assert (golden, len(GOLDEN)) == (48, 48)
    assert ours == len(OURS) - len(NOT_MET)


@pytest.mark.parametrize("table", ["JOINS", "CUTS"])
def test_every_correction_is_needed_by_a_case(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = getattr(module, table)
    needless = []
    for row in rows:
        monkeypatch.setattr(module, table, tuple(other for other in rows if other is not row))
        module._kept_sentences.cache_clear()
        met = sum(map(is_met, [*GOLDEN.values(), *OURS.values()]))
        if met == len(GOLDEN) + len(OURS) - len(NOT_MET):
            needless.append(row.name)
    module._kept_sentences.cache_clear()
    assert needless == []


def shared_paragraphs() -> list[str]:
    files = [*SHARED.glob("seed/*.txt"), *SHARED.glob("corpus/**/*.md"), *SHARED.glob("corpus/**/*.txt")]
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in sorted(files))
    blocks = (block for text in texts for block in re.split(r"\n\s*\n", text))
    return [" ".join(block.split()) for block in blocks if block.strip()]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared documents are not here")
def test_real_paragraphs_are_covered_and_no_number_or_address_is_cut() -> None:
    paragraphs = shared_paragraphs()
    assert len(paragraphs) > 1000
    for text in paragraphs:
        check_cover(text)
        ends = {end for _, end in sentences(text)}
        cut = [
            at[0] for at in NUMBER_OR_ADDRESS.finditer(text) if ends & set(range(at.start() + 1, at.end()))
        ]
        assert cut == []


def check_cover(text: str) -> None:
    """Assert what ``sentences`` promises about any text."""
    last = 0
    for start, end in sentences(text):
        assert not text[last:start].strip()
        assert start < end
        assert text[start:end] == text[start:end].strip()
        last = end
    assert not text[last:].strip()


@given(st.text(alphabet="aB.!?… \n\t。「」”\"'()5一,I", max_size=60))
def test_any_text_is_covered(text: str) -> None:
    check_cover(text)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u3000"])
def test_a_blank_text_has_no_sentence(text: str) -> None:
    assert sentences(text) == ()


def test_a_line_of_code_is_a_sentence() -> None:
    assert found("def f():\n    return 1\n\nf()") == ("def f():", "return 1", "f()")


HOSTILE = {
    "prose": "Dr. Smith left at 5 p.m. on Monday. How are you? It costs $5.50 a day. ",
    "question marks": "?",
    "initials": "A. ",
    "quotations": '." ',
    "Chinese": "你好。世界3.5",
    "open brackets": "「一。",
    "list": "1. ",
    "one word": "x",
    "blanks": ". " + " " * 500,
    "closing marks": ".”)" + "”" * 300,
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_work_grows_with_the_paragraph(unit: str) -> None:
    sentences("Warm up. Once.")

    def work(size: int) -> int:
        text = (unit * (size // len(unit) + 1))[:size]
        return calls(lambda: sentences(text))

    # Four times the text; quadratic work would be sixteen times as much.
    assert work(40_000) < 6 * work(10_000) + 1_000
