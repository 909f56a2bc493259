from pathlib import Path

import pytest

from tui.core.episode import Block, Episode
from tui.core.formats.clocked_names import clocked_names
from tui.core.reading import episode_from_bytes

NAMES = ("Ida Brandt", "Ole Krog")
SAID = [f"The ice held for another day. We counted {count} boats." for count in range(7)]

PATTERNS = {
    "name  time": "{name}  {time}\n{text}\n\n",
    "name time": "{name} {time}\n{text}\n\n",
    "[name] time of day": "[{name}] 14:{time}\n{text}\n\n",
    "name [time]": "{name} [{time}]\n{text}\n\n",
    "name | time": "{name} | {time}\n\n{text}\n\n",
}
HEAD = (
    "Harbour Meeting\nMon, Feb 5, 2024 9:00AM • 3:10\n\nSUMMARY KEYWORDS\nice, boats\n\nSPEAKERS\n{names}\n\n"
)
FOOT = "Transcribed by https://otter.ai\n"


def turns(pattern: str, count: int) -> str:
    return "".join(
        pattern.format(name=NAMES[index % 2], time=f"{index:02}:{index * 7:02}", text=text)
        for index, text in enumerate(SAID[:count])
    )


def read(text: str) -> Episode:
    return episode_from_bytes(text.encode(), Path("harbour.txt"))


def blocks(episode: Episode) -> list[Block]:
    return [block for section in episode.sections for block in section.blocks]


@pytest.mark.parametrize("count", [4, 6, 7])
@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_a_few_labels_with_times_make_a_transcript(pattern: str, count: int) -> None:
    episode = read(turns(pattern, count))
    assert episode.format == "transcript"
    assert [section.title for section in episode.sections] == [""]
    hours_s = 14 * 3600 if "14:" in pattern else 0
    assert [(block.speaker, block.start_s, block.text) for block in blocks(episode)] == [
        (NAMES[index % 2], hours_s + index * 67, text) for index, text in enumerate(SAID[:count])
    ]


@pytest.mark.parametrize("count", [2, 3, 4, 7])
def test_the_head_of_a_meeting_says_who_speaks(count: int) -> None:
    head = HEAD.format(names=", ".join(NAMES))
    episode = read(head + turns(PATTERNS["name  time"], count) + FOOT)
    assert episode.format == "transcript"
    assert not {"SUMMARY KEYWORDS", "SPEAKERS"} & {section.title for section in episode.sections}
    said = [(block.speaker, block.text) for block in blocks(episode) if block.speaker]
    assert said == [(NAMES[index % 2], text) for index, text in enumerate(SAID[:count])]
    assert blocks(episode)[-1].text == FOOT.strip()


def test_one_person_whom_the_head_names_speaks() -> None:
    text = HEAD.format(names="Ida Brandt") + turns(PATTERNS["name  time"], 6).replace(
        "Ole Krog", "Ida Brandt"
    )
    assert [block.speaker for block in blocks(read(text))][-6:] == ["Ida Brandt"] * 6


@pytest.mark.parametrize(
    "labels",
    [
        ["Ida Brandt 0:10", "Ole Krog 1:10", "Ida Brandt 2:10"],
        ["Ida Brandt 0:10", "Ida Brandt 1:10", "Ida Brandt 2:10", "Ida Brandt 3:10"],
        ["Ida Brandt 3:10", "Ole Krog 2:10", "Ida Brandt 1:10", "Ole Krog 0:10"],
        ["Summary 0:10", "Questions 1:10", "Summary 2:10", "Questions 3:10"],
        ["The Ice 0:10", "The Boats 1:10", "The Harbour 2:10", "The Bread 3:10"],
    ],
    ids=["too few", "one name", "falling times", "parts", "chapters"],
)
def test_other_lines_with_times_are_no_labels(labels: list[str]) -> None:
    assert clocked_names([[label, "Some words about it."] for label in labels]) == ()


def test_names_below_quotations_are_no_labels() -> None:
    quotations = [[f"“The ice {count} held.”", f"{NAMES[count % 2]} {count}:10"] for count in range(6)]
    assert clocked_names(quotations) == ()
