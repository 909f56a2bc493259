from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.episode import Block, BlockKind, Episode, Section
from tui.core.outline import OutlineEntry, outline


def episode(*sections: Section) -> Episode:
    return Episode("0" * 12, Path("x.md"), "markdown", "T", sections)


def shape(*levels: int) -> list[tuple[int, int | None]]:
    entries = outline(episode(*(Section(index, level, f"S{index}") for index, level in enumerate(levels))))
    return [(entry.depth, entry.parent) for entry in entries]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        pytest.param([2, 2], [(0, None), (0, None)], id="flat"),
        pytest.param([1, 2, 3, 2], [(0, None), (1, 0), (2, 1), (1, 0)], id="nested"),
        pytest.param([3, 5, 4], [(0, None), (1, 0), (1, 0)], id="skipped levels"),
        pytest.param([3, 2, 3], [(0, None), (0, None), (1, 1)], id="a higher one later"),
    ],
)
def test_levels_become_depths(levels: list[int], expected: list[tuple[int, int | None]]) -> None:
    assert shape(*levels) == expected


def test_parts_are_entries_above_their_sections() -> None:
    entries = outline(
        episode(
            Section(0, 1, "Introduction"),
            Section(1, 1, "Tea", part="Ann Lee"),
            Section(2, 1, "Bo Diaz - Cups", part="Bo Diaz"),
            Section(3, 2, "Handles", part="Bo Diaz"),
        )
    )
    assert entries == (
        OutlineEntry("Introduction", 0, 0),
        OutlineEntry("Ann Lee", 0, 1, is_part=True),
        OutlineEntry("Tea", 1, 1, parent=1),
        OutlineEntry("Bo Diaz", 0, 2, is_part=True),
        OutlineEntry("Cups", 1, 2, parent=3),
        OutlineEntry("Handles", 2, 3, parent=4),
    )


@pytest.mark.parametrize(
    ("section", "label"),
    [
        (Section(0, 1, ""), "Opening"),
        (Section(0, 1, "", (Block(BlockKind.PARAGRAPH, "Text."),)), "Opening"),
        (Section(0, 1, "Ann Lee", part="Ann Lee"), "Ann Lee"),
        (Section(0, 1, "Ann Lees Garten", part="Ann Lee"), "Ann Lees Garten"),
        (Section(0, 1, "Ann Lee – Tea - and more", part="Ann Lee"), "Tea - and more"),
        (Section(0, 1, "Ann Lee - Tea"), "Ann Lee - Tea"),
    ],
)
def test_labels(section: Section, label: str) -> None:
    assert outline(episode(section))[-1].label == label


def test_an_opening_is_no_parent() -> None:
    entries = outline(episode(Section(0, 1, ""), Section(1, 2, "A")))
    assert [entry.parent for entry in entries] == [None, None]


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from([None, "P", "Q"])), min_size=1))
def test_every_section_is_there_once_and_below_its_parent(sections: list[tuple[int, str | None]]) -> None:
    entries = outline(
        episode(
            *(Section(index, level, f"S{index}", part=part) for index, (level, part) in enumerate(sections))
        )
    )
    assert [entry.section for entry in entries if not entry.is_part] == list(range(len(sections)))
    for index, entry in enumerate(entries):
        if entry.parent is None:
            assert entry.depth == 0
        else:
            assert entry.parent < index
            assert entry.depth == entries[entry.parent].depth + 1
