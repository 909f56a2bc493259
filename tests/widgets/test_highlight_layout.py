"""How entries of the notebook are set."""

from dataclasses import replace

import pytest

from tests.core.notebook.making import MAPS, bookmark, highlight
from tui.core.notebook.filtering import Entry, listed, read_filter
from tui.core.notebook.listing import Group, Grouping, Listing
from tui.core.notebook.values import Colour
from tui.widgets.highlight_layout import Setting, entry_lines, heading_lines
from tui.widgets.wrapping import cells

WIDE = Setting(40, Grouping.EPISODE)


def drawn(entry: Entry, setting: Setting = WIDE, *, is_lost: bool = False) -> list[str]:
    """Each line with its sign."""
    lines = entry_lines(listed(entry, is_lost=is_lost), setting)
    return [f"{line.sign[0]} {''.join(text for text, _ in line.pieces)}".rstrip() for line in lines]


def test_a_highlight_is_its_quote_its_note_and_what_is_known_of_it() -> None:
    made = highlight(
        "a",
        "One strand breaks. Two hold, says the keeper.",
        note="Ask him.",
        tags=("sea", "to read"),
        is_favourite=True,
        speaker="Ida Brandt",
        start_s=754.0,
        colour=Colour.GREEN,
    )
    assert drawn(made) == [
        "║ One strand breaks. Two hold, says the",
        "║ keeper.",
        "† Ask him.",
        "  ★ Harbours · 12:34 · Ida Brandt · #sea",
        "  #to read · 1 Jan 2026",
        "",
    ]


@pytest.mark.parametrize(
    ("grouping", "said"),
    [
        (Grouping.EPISODE, "  Harbours · 1 Jan 2026"),
        (Grouping.DATE, "  Tides · Harbours"),
        (Grouping.COLOUR, "  Tides · Harbours · 1 Jan 2026"),
    ],
)
def test_what_the_heading_says_is_not_said_again(grouping: Grouping, said: str) -> None:
    assert drawn(highlight("a"), replace(WIDE, grouping=grouping))[1] == said


def test_what_lost_its_place_names_its_episode() -> None:
    assert drawn(highlight("a"), is_lost=True)[1] == "  Tides · Harbours · 1 Jan 2026"


def test_a_long_quote_and_note_are_whole_only_when_open() -> None:
    made = highlight("a", " ".join(f"word{number}" for number in range(80)), note="\n\n".join("abcdef"))
    short, whole = drawn(made), drawn(made, replace(WIDE, is_open=True))
    assert sum(line.startswith("│") for line in short) == 6
    assert short[5].endswith(" …")
    assert [line for line in short if line[:3] in ("† a", "  b")] == ["† a", "  b …"]
    assert "word79" in " ".join(whole)
    assert "  f" in whole
    assert not any("…" in line for line in whole)


def test_the_lines_of_a_list_hang_below_its_words() -> None:
    made = highlight(
        "a", "- Dredging never ends, says the man with the dredger.\n12. It falls behind.", note="x"
    )
    assert drawn(made, replace(WIDE, width=31))[:3] == [
        "│ - Dredging never ends, says the",
        "│   man with the dredger.",
        "│ 12. It falls behind.",
    ]


def test_a_bookmark_shows_its_letter_or_a_sign() -> None:
    assert drawn(bookmark("a", "A place to go back to"))[0] == "¶ A place to go back to"
    assert drawn(bookmark("a", "A place to go back to", "q"))[:2] == [
        "q A place to go back to",
        "  Tides · 'q",
    ]


@pytest.mark.parametrize("width", [1, 5, 12, 33])
@pytest.mark.parametrize("is_open", [True, False])
def test_no_line_is_wider_than_the_column(width: int, is_open: bool) -> None:
    text = "地図は、省いたものの一覧である。👩‍🚀 " * 12 + "x" * 99
    made = highlight("a", text, MAPS, note="e\u0301" * 99, tags=("長い" * 30,), speaker="N" * 90)
    lines = entry_lines(listed(made), Setting(width, Grouping.TAG, is_open=is_open))
    assert all(cells("".join(text for text, _ in line.pieces)) <= max(width, 2) for line in lines)


def test_found_words_are_marked_where_they_stand() -> None:
    made = highlight("a", "The Café closed before any other café opened.")
    lines = entry_lines(listed(made), replace(WIDE, words=read_filter("cafe").words))
    assert [text for line in lines for text, ink in line.pieces if ink == "quote hit"] == ["Café", "café"]


def test_a_heading_says_how_much_is_below_it() -> None:
    group = next(
        row for row in Listing([listed(highlight("a"))], Grouping.EPISODE).rows if isinstance(row, Group)
    )
    first = heading_lines(group, 40, is_first=True)
    assert "".join(text for text, _ in first[0].pieces) == "Tides  Low Water #7                    1"
    assert len(heading_lines(group, 40, is_first=False)) == len(first) + 1
    assert cells("".join(text for text, _ in heading_lines(group, 9, is_first=True)[0].pieces)) == 9
