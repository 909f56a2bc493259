from pathlib import Path

import pytest

from tui.core.adding import additions_of, titled_by_text
from tui.core.episode import Episode
from tui.core.furniture import PAGE_FURNITURE
from tui.core.reading import episode_from_bytes

SPOKEN = """\
0:00
good evening from the harbour
0:06
tonight we talk about mud and where
1:40
it goes when the tide is out
12:05
the dredgers come at dawn and leave
"""
PAGE = f"""\
Skip navigation
Search
Sign in
How Harbours Silt Up | Ada Moss
High Water
12.4K subscribers
Subscribe
310
Share
9,876 views  Mar 3, 2023
Ada Moss walks through a harbour that is turning into a meadow.

Chapters:
0:00 Good evening
1:40 Where mud goes
12:05 Dredgers

Transcript
{SPOKEN}"""


def read(text: str, name: str = "saved.txt") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


def test_the_title_of_a_copied_page_is_the_line_above_the_channel() -> None:
    episode = read(PAGE)
    assert (episode.title, episode.show) == ("How Harbours Silt Up | Ada Moss", "High Water")
    blocks = episode.sections[0].blocks
    assert [block.text for block in blocks if block.fold == PAGE_FURNITURE] == [
        "Skip navigation",
        "Search",
        "Sign in",
        "Subscribe",
        "310",
        "Share",
    ]
    assert [block.text for block in blocks if not block.fold][:3] == [
        "High Water",
        "12.4K subscribers",
        "9,876 views Mar 3, 2023",
    ]


def test_its_chapters_keep_their_times() -> None:
    blocks = [block for section in read(PAGE).sections for block in section.blocks]
    chapters = [(block.start_s, block.text) for block in blocks if block.depth]
    assert chapters == [(0, "Good evening"), (100, "Where mud goes"), (725, "Dredgers")]


def test_a_pasted_page_is_called_as_its_file_is() -> None:
    (addition,) = additions_of(PAGE.encode(), Path("-"))
    assert titled_by_text(addition, Path("-")).episode.title == read(PAGE).title


def test_without_buttons_the_first_line_is_the_title() -> None:
    episode = read(f"Why Does Silt Settle?\nHigh Water\n3 subscribers\n\nTranscript\n\n{SPOKEN}")
    assert episode.title == "Why Does Silt Settle?"
    assert [block.text for block in episode.sections[0].blocks][:2] == ["High Water", "3 subscribers"]


def test_a_known_title_stays() -> None:
    page = PAGE.removeprefix("Skip navigation\nSearch\nSign in\n")
    episode = read(f"---\ntitle: On Mud\n---\n{page}")
    assert episode.title == "On Mud"
    assert "How Harbours Silt Up | Ada Moss" in episode.sections[0].text


@pytest.mark.parametrize(
    "head",
    [
        "Mud settles where water rests.\nHigh Water\n12K subscribers\n",
        "0:00 / 12:30\nHigh Water\n12K subscribers\n",
        "He told us nothing. Then he left\nHigh Water\n12K subscribers\n",
        "Search\nHigh Water\n12K subscribers\n",
        "How Harbours Silt Up\nHigh Water\nIt has 12K subscribers\n",
    ],
    ids=["sentence", "time", "sentences", "no title", "no line of subscribers"],
)
def test_other_first_lines_are_no_titles(head: str) -> None:
    episode = read(f"{head}\n{SPOKEN}")
    assert episode.title == "Saved"
    assert "High Water" in "\n".join(section.text for section in episode.sections)
