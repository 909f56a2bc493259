import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.episode import Block, BlockKind, Span, SpanKind
from tui.core.formats.draft import Heading
from tui.core.formats.highlights import (
    TITLE_CHARS,
    Highlight,
    bold_speaker,
    first_words,
    highlight_items,
    lines_of,
    spoken_lines,
    unwrapped,
)


def test_a_highlight_is_a_heading_a_quotation_and_a_note() -> None:
    items = highlight_items(
        Highlight("One.\nTwo.", "Page 3", "My note", ("mud",), "yellow", favourite=True), 2
    )
    assert items[0] == Heading("⭐ Page 3", 2)
    assert [(item.kind, item.text) for item in items[1:] if isinstance(item, Block)] == [
        (BlockKind.QUOTE, "One."),
        (BlockKind.QUOTE, "Two."),
        (BlockKind.PARAGRAPH, "My note"),
        (BlockKind.PARAGRAPH, "Tags: mud"),
        (BlockKind.PARAGRAPH, "yellow"),
    ]


def test_an_earlier_version_is_folded() -> None:
    items = highlight_items(Highlight("One two.", "Page 3", earlier=("One",)), 1)
    assert isinstance(items[-1], Block)
    assert (items[-1].text, items[-1].fold) == ("One", "earlier version")


@given(st.text(max_size=200))
def test_first_words_are_short_and_from_the_beginning(text: str) -> None:
    words = first_words(text)
    assert len(words) <= TITLE_CHARS + 1
    assert " ".join(text.split()).startswith(words.rstrip("…").rstrip(" ")[:5].strip()[:1])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Ann", "Hello there.", "Bo", "Yes"], [("Ann", "Hello there."), ("Bo", "Yes")]),
        (["bytes", "So it goes.", "bytes", "On."], [("bytes", "So it goes."), ("bytes", "On.")]),
        (["Hello there."], [(None, "Hello there.")]),
        (["Ann"], [(None, "Ann")]),
        (["Speaker 1: Hm.", "Speaker 2: Ha."], [("Speaker 1", "Hm."), ("Speaker 2", "Ha.")]),
        (["Ann", "Hello.", "And so it went on for a very long time, she said."], None),
    ],
)
def test_names_alone_on_a_line_say_who_speaks(
    lines: list[str], expected: list[tuple[str | None, str]] | None
) -> None:
    turns = [(block.speaker, block.text) for block in spoken_lines(lines)]
    assert turns == (expected or [("Ann", line) for line in lines[1:]])


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=20)))
def test_no_line_of_a_transcript_is_lost(lines: list[str]) -> None:
    turns = spoken_lines(lines)
    said = [" ".join(f"{turn.speaker or ''} {turn.text}".split()) for turn in turns]
    joined = " ".join(said)
    assert all(word in joined for line in lines for word in line.replace(":", ": ").split() if word != ":")


def test_lines_that_a_page_parted_are_joined() -> None:
    assert unwrapped(["If water writes to", "a shore.", "Then", "It reads."]) == [
        *("If water writes to a shore.", "Then", "It reads.")
    ]


def test_the_lines_of_a_paragraph_keep_their_spans() -> None:
    spans = (Span(0, 7, SpanKind.STRONG), Span(4, 7, SpanKind.EMPHASIS))
    lines = lines_of(Block(BlockKind.PARAGRAPH, "one\ntwo\n\nsix", spans=spans))
    assert [(line.text, [(span.start, span.end) for span in line.spans]) for line in lines] == [
        ("one", [(0, 3)]),
        ("two", [(0, 3), (0, 3)]),
        ("six", []),
    ]


@pytest.mark.parametrize(
    ("text", "end", "name"),
    [("Ann Lee: yes", 8, "Ann Lee"), ("Ann Lee: yes", 7, "Ann Lee"), ("Ann\nyes", 3, "Ann"), ("Anno", 3, "")],
)
def test_a_bold_name_is_who_speaks(text: str, end: int, name: str) -> None:
    assert bold_speaker(Block(BlockKind.PARAGRAPH, text, spans=(Span(0, end, SpanKind.STRONG),)))[0] == name
