from pathlib import Path

import pytest

from tui.core.library import Entry
from tui.widgets.episode_list import SORTS, Details, Row, sort_rows


def row(name: str, details: Details | None = None) -> Row:
    return Row(Entry(Path(name), name, 10, 0), details)


ROWS = [
    row("ep 10.md", Details("Bread", "Kitchen", 2, "2024-01-05", words=900)),
    row("ep 2.md", Details("alphabets", "Kitchen", 3, "2023-01-05", words=100)),
    row("unread.md"),
    row("ep 3.md", Details("Cables", words=500)),
    row("broken.md", Details("broken.md", problem="is not a text file")),
]


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("name", ["broken.md", "ep 2.md", "ep 3.md", "ep 10.md", "unread.md"]),
        ("title", ["ep 2.md", "ep 10.md", "broken.md", "ep 3.md", "unread.md"]),
        ("date", ["ep 10.md", "ep 2.md", "broken.md", "ep 3.md", "unread.md"]),
        ("show", ["ep 2.md", "ep 10.md", "broken.md", "ep 3.md", "unread.md"]),
        ("length", ["ep 10.md", "ep 3.md", "ep 2.md", "broken.md", "unread.md"]),
    ],
)
def test_every_order_puts_what_is_unknown_last(by: str, names: list[str]) -> None:
    assert [each.entry.name for each in sort_rows(ROWS, by)] == names


def test_every_order_is_tested_with_files_still_unread() -> None:
    for by in SORTS:
        assert sort_rows([row("b.md"), row("a.md")], by)[0].entry.name == "a.md"
