from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.episode import Episode
from tui.core.formats.draft import Source
from tui.core.formats.logseq import fits
from tui.core.reading import episode_from_bytes

PAGE = """title:: Leaf Talk 7
type:: [[Podcast/Episode]]
date:: [[2024-05-06]]
host:: [[Ann Lee]]

- ## On tea
  collapsed:: true
\t- {{video https://www.youtube.com/watch?v=abcdefghijk}}
\t- Leaves and #[[hot drinks]]
\t  id:: 62479ef9-0cff-4d23-9ef2-89a801244bce
\t\t- deeper
\t\t  and on
- ## Later
\t- {{youtube-timestamp 65}} one
\t- {{youtube-timestamp 165}} two
\t- {{youtube-timestamp 265}} three
\t- TODO buy leaves
\t  :LOGBOOK:
\t  CLOCK: [2024-05-06 Mon 10:00:00]
\t  :END:
\t- ```py
\t  - no block
\t  ```
"""


def read(text: str, name: str = "page.md") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


def shown(episode: Episode) -> list[str]:
    lines = []
    for section in episode.sections:
        lines.append(f"{'#' * section.level} {section.title}")
        lines += [f"{block.kind.value}{block.depth} {block.text}" for block in section.blocks]
    return lines


def test_a_page_is_an_outline_with_lists_below() -> None:
    episode = read(PAGE)
    assert episode.format == "logseq"
    assert shown(episode) == [
        "## On tea",
        "bullet1 https://www.youtube.com/watch?v=abcdefghijk",
        "bullet1 Leaves and hot drinks",
        "bullet2 deeper and on",
        "## Later",
        "bullet1 one",
        "bullet1 two",
        "bullet1 three",
        "bullet1 ☐ buy leaves",
        "code1 - no block",
    ]


def test_its_properties_and_macros_are_metadata() -> None:
    episode = read(PAGE)
    assert episode.title == "Leaf Talk 7"
    assert episode.people == ("Ann Lee",)
    assert (episode.date, episode.url) == ("2024-05-06", "https://www.youtube.com/watch?v=abcdefghijk")
    assert episode.tags == ("hot drinks",)
    assert [block.start_s for block in episode.sections[1].blocks[:3]] == [65, 165, 265]


def test_first_level_blocks_with_children_are_headings_where_none_is_set() -> None:
    episode = read("- One\n\t- a\n\t\t- b\n- Two\n  collapsed:: true\n\t- c\n- alone\n")
    assert shown(episode) == [
        "# One",
        "bullet1 a",
        "bullet2 b",
        "# Two",
        "bullet1 c",
        "rule0 ",
        "bullet1 alone",
    ]


def test_a_property_that_says_something_stays() -> None:
    episode = read("- # One\n  id:: 1\n\t- a\n\t  source:: a book\n")
    assert "bullet2 source: a book" in shown(episode)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- a\n- b\n\t- c\n", id="a list"),
        pytest.param("# A\n\n- a\n\t- b\n", id="a heading at the margin"),
        pytest.param("key:: value\n\nA paragraph of text.\n\nAnother one.\n", id="fields above text"),
        pytest.param("", id="empty"),
    ],
)
def test_other_lists_are_no_pages(text: str) -> None:
    assert not fits(Source(text, "page.md"))


WORDS = st.text(alphabet="abcdefg", min_size=1, max_size=6)


@given(st.lists(st.tuples(st.integers(0, 4), WORDS), min_size=1, max_size=20))
def test_no_block_is_lost(tree: list[tuple[int, str]]) -> None:
    lines = [f"{chr(9) * depth}- {word}x" for depth, word in tree]
    episode = read("\n".join(["a:: b", "", *lines, "- # last", "\t- x", "\t  id:: 1"]))
    found = iter(" ".join([episode.title, *shown(episode)]).split())
    assert [word for _, word in tree if f"{word}x" not in found] == []
