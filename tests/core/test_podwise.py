import re
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core.episode import BlockKind, Episode, Section
from tui.core.formats import podwise
from tui.core.formats.draft import Source
from tui.core.reading import episode_from_bytes

FIELDS = """\
---
podcast: "Low Water: Mud & Tides"
episode: "Ida Brandt on the memory of mud"
link: https://podwise.ai/dashboard/episodes/8320330
publish-time: "2026-06-26"
save-time: "2026-07-01"
---
"""

TOOL = f"""{FIELDS}
# Ida Brandt on the memory of mud

## Summary

Mud keeps everything that falls on it.

Takeaways:
1. Mud is slow.
2. Slow things remember.

## Chapters

### [00:00] Chapter 1: The first mud

The walk begins at the causeway.

### [06:47] Chapter 2: A word from the boatyard [ad]

Buy a boat.

## Q&A

### Q1 [Olu Marsh]: Why does mud keep?
A1 [Ida Brandt]: Because nothing stirs it.

And nobody asks.

### Q2: Who asks?
A2: Nobody.

## Highlights

1. [00:15] The mud is a diary.
2. [1:16:01] To know the tide, wait for it.

## Keywords

1. **Silt**: Fine as flour.
2. **Mud**

## Transcript

[00:00] **Ida Brandt**
You can't hurry mud.

[00:42] - Olu Marsh: So it is slow.
[00:50] - Ida Brandt: Slower.
"""

WEB = f"""{FIELDS}# Summary

Mud keeps everything.

# Takeaways

* One.

# Q & A

**Q: Given the mud, what now?**

A: It is hard to tell.

---

**Q: Given the mud, what now?**

A: Wait.

# Outlines

## The first mud
[(00:00)](https://podwise.ai/dashboard/episodes/7559903?locate=0)
Ida walks out.

---

## The second mud
[(05:07)](https://podwise.ai/dashboard/episodes/7559903?locate=307)
Ida sinks in.

# Keywords

|Keywords|Explanation|
|---|---|
|Silt|Fine.|

# Highlights

- [(01:28)](https://podwise.ai/dashboard/episodes/7559903?locate=88) I feel like mud.

# Transcript

**Olu Marsh:**
[(00:00)](https://podwise.ai/dashboard/episodes/7559903?locate=0)
Where are we?

**Ida Brandt:**
[(00:07)](https://podwise.ai/dashboard/episodes/7559903?locate=7)
Halfway.

[(01:57)](https://podwise.ai/dashboard/episodes/7559903?locate=117)
To the island.
"""


def read(text: str, name: str = "episode.md") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


def section(episode: Episode, title: str) -> Section:
    return next(one for one in episode.sections if one.title == title)


@pytest.mark.parametrize("text", [TOOL, WEB])
def test_an_export_says_what_the_episode_is(text: str) -> None:
    episode = read(text)
    assert (episode.format, episode.title) == ("podwise", "Ida Brandt on the memory of mud")
    assert (episode.show, episode.date) == ("Low Water: Mud & Tides", "2026-06-26")
    assert episode.url == "https://podwise.ai/dashboard/episodes/8320330"
    assert set(episode.people) == {"Ida Brandt", "Olu Marsh"}


def test_the_title_is_no_section_of_the_tools_export() -> None:
    assert [one.title for one in read(TOOL).sections] == [
        *("Summary", "Takeaways", "Chapters", "Chapter 1: The first mud"),
        *("Chapter 2: A word from the boatyard [ad]", "Q&A", "Olu Marsh: Why does mud keep?", "Who asks?"),
        *("Highlights", "Keywords", "Transcript"),
    ]


def test_chapters_have_times_and_those_with_advertisements_are_folded() -> None:
    episode = read(TOOL)
    advertised = section(episode, "Chapter 2: A word from the boatyard [ad]")
    assert (advertised.start_s, [block.fold for block in advertised.blocks]) == (407, ["sponsor"])
    assert section(episode, "Chapter 1: The first mud").blocks[0].fold is None


def test_the_time_on_the_line_below_an_outlines_heading_is_its_own() -> None:
    outline = section(read(WEB), "The second mud")
    assert (outline.start_s, outline.text) == (307, "Ida sinks in.")
    assert outline.spans[0].target == "https://podwise.ai/dashboard/episodes/7559903?locate=307"


def test_answers_know_who_gives_them() -> None:
    answer = section(read(TOOL), "Olu Marsh: Why does mud keep?").blocks
    assert [(block.speaker, block.text) for block in answer] == [
        ("Ida Brandt", "Because nothing stirs it."),
        ("Ida Brandt", "And nobody asks."),
    ]


def test_a_question_that_comes_twice_is_two_sections() -> None:
    asked = [one for one in read(WEB).sections if one.title == "Given the mud, what now?"]
    assert [one.text for one in asked] == ["It is hard to tell.", "Wait."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TOOL, [(15, "The mud is a diary."), (4561, "To know the tide, wait for it.")]),
        (WEB, [(88, "I feel like mud.")]),
    ],
)
def test_highlights_are_quotations_with_times(text: str, expected: list[tuple[int, str]]) -> None:
    quotes = section(read(text), "Highlights").blocks
    assert {block.kind for block in quotes} == {BlockKind.QUOTE}
    assert [(block.start_s, block.text) for block in quotes] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            TOOL,
            [
                ("Ida Brandt", 0, "You can't hurry mud."),
                ("Olu Marsh", 42, "So it is slow."),
                ("Ida Brandt", 50, "Slower."),
            ],
        ),
        (
            WEB,
            [
                ("Olu Marsh", 0, "Where are we?"),
                ("Ida Brandt", 7, "Halfway."),
                ("Ida Brandt", 117, "To the island."),
            ],
        ),
    ],
)
def test_the_transcript_is_folded_turn_by_turn(text: str, expected: list[tuple[str, int, str]]) -> None:
    turns = section(read(text), "Transcript").blocks
    assert {block.fold for block in turns} == {"transcript"}
    assert [(block.speaker, block.start_s, block.text) for block in turns] == expected


def test_a_transcript_by_itself_is_not_folded() -> None:
    episode = read(f"{FIELDS}# Transcript\n\n[00:00] **Ida Brandt**\nMud.\n")
    assert [block.fold for one in episode.sections for block in one.blocks] == [None]


def test_addresses_in_the_text_tell_an_export_without_fields() -> None:
    assert podwise.fits(Source(WEB.partition("---\n# ")[2], "x.md"))


@pytest.mark.parametrize(
    "text",
    [
        '---\npodcast: "A"\nepisode: "12"\n---\n# Notes\n\nWords.\n',
        "# Notes\n\nI tried [it](https://podwise.ai/dashboard/episodes/1) once.\n",
    ],
)
def test_other_notes_are_not_taken_for_podwises(text: str) -> None:
    assert read(text).format == "markdown"


WORD = st.from_regex(r"[a-zA-Zäöé]{2,9}[,.?]?", fullmatch=True)
LINE = st.lists(WORD, min_size=1, max_size=10).map(" ".join)
PIECE = st.builds(
    lambda form, line: form.format(line),
    st.sampled_from(
        [
            *("{}", "- {}", "> {}", "## {}", "### [01:02] {}", "### Q1 [Ab Cd]: {}", "A1 [Ab Cd]: {}"),
            *("**Q: {}**", "A: {}", "1. [12:34] {}", "[00:01] - Ab: {}", "[00:01] **Ab**\n{}", "**{}:**"),
            *("# Transcript\n\n{}", "## Highlights\n\n{}", "## Q&A\n\n{}", "## Chapters\n\n{}", "---\n\n{}"),
            *("## Summary\n\n{}\nTakeaways:", "[(00:07)](https://podwise.ai/x)\n{}"),
        ]
    ),
    LINE,
)


@given(st.lists(PIECE, max_size=12))
def test_no_word_is_lost(pieces: list[str]) -> None:
    episode = read(f"{FIELDS}\n" + "\n\n".join(pieces))
    shown = " ".join(
        [*(one.title for one in episode.sections)]
        + [f"{block.speaker or ''} {block.text}" for one in episode.sections for block in one.blocks]
    )
    plain = re.sub(r"https?://\S+|\*\*Q: |\[[\d:]+\]", " ", "\n".join(pieces))
    assert [word for word in re.findall(r"[a-zA-Zäöé]{2,}", plain) if word not in shown] == []


@pytest.mark.parametrize(
    "pattern",
    ["# Transcript\n", "[00:01] - a: b\n", "**Q: **\n\n", "[(00:01)](x)\n", "### Q [", "Takeaways:\n\n"],
)
def test_hostile_text_costs_no_more_than_its_length(pattern: str) -> None:
    for part in ("Q&A", "Chapters", "Transcript", "Highlights"):
        texts = (f"{FIELDS}\n# {part}\n\n{pattern * count}" for count in (100, 300))
        once, thrice = (calls(partial(read, text)) for text in texts)
        assert thrice < 3.6 * once
