from pathlib import Path

import pytest

from tui.core.episode import Block, Episode
from tui.core.reading import episode_from_bytes


def read(text: str, name: str = "notes.md") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


def blocks(episode: Episode) -> list[Block]:
    return [block for section in episode.sections for block in section.blocks]


VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(f"- **[05:30]({VIDEO}&t=330s)** - Leaves", [("Leaves", 330)], id="linked bullet"),
        pytest.param(f"[[00:08:02]]({VIDEO}&t=7m52s) Pots", [("Pots", 482)], id="the words count"),
        pytest.param(
            f"Pots last [1:02]({VIDEO}&t=62) long.", [("Pots last 1:02 long.", 62)], id="link within"
        ),
        pytest.param(
            'Leaves <a class="yt-timestamp" data-t="00:00:05">[00:00:05]</a>.',
            [("Leaves [00:00:05].", 5)],
            id="time in an attribute",
        ),
        pytest.param(
            "See [that talk](https://youtu.be/zzzzzzzzzzz?t=99).",
            [("See that talk.", None)],
            id="link elsewhere",
        ),
        pytest.param("- 0:10 a\n- 0:20 b\n- 0:30 c", [("a", 10), ("b", 20), ("c", 30)], id="rising times"),
        pytest.param(
            "- `00:10` – a\n- `00:20` – b\n- `00:30` – c", [("a", 10), ("b", 20), ("c", 30)], id="in code"
        ),
        pytest.param(
            "- **00:10** a\n- **00:20** b\n- **00:30** c", [("a", 10), ("b", 20), ("c", 30)], id="in bold"
        ),
        pytest.param(
            "- 9:30 a\n- 8:20 b\n- 7:10 c",
            [("9:30 a", None), ("8:20 b", None), ("7:10 c", None)],
            id="falling times",
        ),
        pytest.param("- 9:30 a\n- b", [("9:30 a", None), ("b", None)], id="one time"),
        pytest.param(
            "- a word (0:10)\n- b word [0:12]\n- c word (0:30)",
            [("a word (0:10)", 10), ("b word [0:12]", 12), ("c word (0:30)", 30)],
            id="times at the ends",
        ),
        pytest.param(
            "| T | W |\n|--|--|\n| 0:10 | a |\n| 0:20 | b |\n| 0:30 | c |",
            [("T | W", None), ("0:10 | a", 10), ("0:20 | b", 20), ("0:30 | c", 30)],
            id="table",
        ),
    ],
)
def test_times_of_blocks(lines: str, expected: list[tuple[str, float | None]]) -> None:
    episode = read(f"# Title\n\n## Notes\n\n{lines}\n")
    assert [(block.text, block.start_s) for block in blocks(episode)] == expected


def test_linked_times_tell_the_address_of_the_episode() -> None:
    episode = read(
        f"# T\n\n## [A]({VIDEO}&t=5s)\n\n- [0:07]({VIDEO}&t=7) a\n\n## B [1:00]({VIDEO}&t=60)\n\nb"
    )
    assert episode.url == VIDEO
    assert [section.start_s for section in episode.sections] == [5, 60]


def test_a_title_that_is_a_link_tells_the_address() -> None:
    episode = read("# [The long winter](https://x.org/7)\n\n**Podcast:** Leaf Talk\n\n---\n\n# Part one\n\na")
    assert (episode.title, episode.url, episode.show) == ("The long winter", "https://x.org/7", "Leaf Talk")
    assert [section.title for section in episode.sections] == ["", "Part one"]


def test_tags_and_fields_in_the_text_are_metadata() -> None:
    episode = read(
        "# T\n\nWith [guest:: [[Ann Lee]]] and #tea/green, not #12 or #fff or a#b.\n\n"
        "show:: Leaf Talk\n\n## A\n\n`#code`"
    )
    assert episode.people == ("Ann Lee",)
    assert episode.show == "Leaf Talk"
    assert episode.tags == ("tea/green",)
