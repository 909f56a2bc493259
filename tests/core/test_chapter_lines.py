from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.episode import Block, BlockKind, Episode, Span, SpanKind
from tui.core.formats.chapter_lines import chapter_lines, chapters_in_lines
from tui.core.reading import episode_from_bytes


def read(text: str, name: str = "walk.txt") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


ENTRIES = [("0:00", 0, "Setting out"), ("12:34", 754, "What is silt?"), ("1:02:03", 3723, "The old line")]


@pytest.mark.parametrize(
    "pattern",
    ["{time} - {title}", "{time} {title}", "({time}) - {title}", "({time}) {title}", "[{time}] {title}",
     "- `{time}` - {title}", "* {time} – {title}", "• {time} | {title}", "{time}: {title}",
     "**{time}** {title}", "- **{time}** - {title}", "{time} - 9:59:59 {title}", "[{time} - 9:59:59] {title}",
     "{title} - {time}", "{title} ({time})", "1. {time} {title}"],
)  # fmt: skip
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("name", ["walk.txt", "walk.md"])
def test_an_outline_is_one_in_every_form(pattern: str, gap: str, name: str) -> None:
    episode = read(gap.join(pattern.format(time=time, title=title) for time, _, title in ENTRIES), name)
    assert episode.format == "chapters"
    assert [(section.start_s, section.title) for section in episode.sections] == [
        (start_s, title) for _, start_s, title in ENTRIES
    ]


def test_what_stands_around_an_outline_is_not_lost() -> None:
    episode = read(
        "The memory of mud\n\nOUTLINE:\n0:00 - Setting out\nhttps://example.org/\n5:00 - Silt\n"
        "9:00 - Posts\n12:00 - Birds\n20:00 - Wind\n30:00 - Back\n\nBye.\n"
    )
    assert episode.title == "The memory of mud"
    assert [(section.title, section.text) for section in episode.sections] == [
        ("", "OUTLINE:"),
        ("Setting out", "https://example.org/"),
        *((title, "") for title in ("Silt", "Posts", "Birds", "Wind")),
        ("Back", "Bye."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "0:00 Hello and welcome\n0:04 to the show about\n0:08 rivers and what they carry\n",
        "0:00 Ida: Hello.\n1:00 Ole: Yes, hello.\n" * 6,
        "12:30 we met by the post\n11:00 we had left\n9:00 we had slept\n",
        "0:00 One\n5:00 Two\n",
        "We met at noon.\n\nThe game ended 3:1.\n\nIt was 10:30 when we left the mud behind us.\n",
        "# Heading\n\n0:00 One\n5:00 Two\n9:00 Three\n",
    ],
)
def test_other_lines_with_times_are_no_outline(text: str) -> None:
    assert chapters_in_lines(text) == []


def paragraph(text: str, *spans: Span) -> Block:
    return Block(BlockKind.PARAGRAPH, text, spans=spans)


def test_a_list_of_times_among_other_text_is_read() -> None:
    read_items = chapter_lines(
        [
            paragraph("A walk over mud."),
            paragraph("Timestamps:\n0:00 - Setting out\n5:00 - Silt\n9:00 - Back\nand home\nagain"),
            paragraph("It ended at 9:30 sharp."),
        ]
    )
    assert [(item.kind.value, item.start_s, item.text) for item in read_items if isinstance(item, Block)] == [
        ("paragraph", None, "A walk over mud."),
        ("paragraph", None, "Timestamps:"),
        ("bullet", 0, "Setting out"),
        ("bullet", 300, "Silt"),
        ("bullet", 540, "Back"),
        ("paragraph", None, "and home\nagain"),
        ("paragraph", None, "It ended at 9:30 sharp."),
    ]


def test_marks_move_with_the_text() -> None:
    link = Span(7, 11, SpanKind.LINK, "https://example.org/")
    lines = [Block(BlockKind.BULLET, f"{n}:00 - Silt", 1, (link,)) for n in (1, 5, 9)]
    first = chapter_lines(lines)[0]
    assert isinstance(first, Block)
    assert (first.text, first.spans) == ("Silt", (Span(0, 4, SpanKind.LINK, "https://example.org/"),))


def test_a_few_lines_stay_as_they_are() -> None:
    items = [paragraph("0:00 - One"), paragraph("5:00 - Two"), paragraph("words"), paragraph("9:00 - Three")]
    assert chapter_lines(items) == items


LINES = st.lists(
    st.one_of(
        st.builds(
            "{}:{:02} {}".format, st.integers(0, 90), st.integers(0, 59), st.sampled_from(["A", "a b", "C."])
        ),
        st.sampled_from(["words", "0:00", "- 5:00", "https://example.org/", ""]),
    ),
    max_size=12,
)


@given(LINES)
def test_no_title_is_lost(lines: list[str]) -> None:
    shown = " ".join(item.text for item in chapter_lines([paragraph("\n".join(lines))]))
    assert [word for word in shown.split() if word.isalpha()] == [
        word for line in lines for word in line.split() if word.isalpha()
    ]
