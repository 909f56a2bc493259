from pathlib import Path

import pytest

from tui.core.episode import Block, Episode
from tui.core.reading import episode_from_bytes


def read(text: str, name: str = "notes.md") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


def blocks(episode: Episode) -> list[Block]:
    return [block for section in episode.sections for block in section.blocks]


def folds(episode: Episode) -> list[tuple[str, str | None]]:
    return [(block.text, block.fold) for block in blocks(episode)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "> [!note]- A\n> b\n>\n> - c\n\nd",
            [("A", None), ("b", "note"), ("c", "note"), ("d", None)],
            id="callout",
        ),
        pytest.param("> [!note]+ A\n> b", [("A", None), ("b", None)], id="open callout"),
        pytest.param(
            "a\n\n<details>\n<summary>More</summary>\n\nb\n\n</details>\n\nc",
            [("a", None), ("More", None), ("b", "details"), ("c", None)],
            id="details",
        ),
        pytest.param(
            "a\n\n<details open><summary>More</summary>\n\nb\n\n</details>",
            [("a", None), ("More", None), ("b", None)],
            id="open details",
        ),
        pytest.param(
            "a\n\n<details><summary>🎙 Full Transcript (auto)</summary>\n\nb\n\n</details>",
            [("a", None), ("🎙 Full Transcript (auto)", None), ("b", "transcript")],
            id="transcript",
        ),
        pytest.param(
            "a\n\n<details><summary>Show Notes</summary>b</details>",
            [("a", None), ("Show Notes", None), ("b", "show notes")],
            id="show notes",
        ),
        pytest.param(
            "a\n\n<details><summary>A</summary>\n\n<details><summary>Transcript</summary>\n\nb\n\n</details>"
            "\n\nc\n\n</details>\n\n" + "long " * 9,
            [
                ("a", None),
                ("A", None),
                ("Transcript", "details"),
                ("b", "transcript"),
                ("c", "details"),
                (("long " * 9).strip(), None),
            ],
            id="nested",
        ),
        pytest.param(
            f"<details><summary>A</summary>\n\n{'all the text ' * 9}\n\n</details>",
            [("A", None), (("all the text " * 9).strip(), None)],
            id="nothing but details",
        ),
        pytest.param("a\n\n```dataview\nTABLE x\n```", [("a", None), ("TABLE x", "query")], id="query"),
    ],
)
def test_folds(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert folds(read(f"# Title\n\nA first paragraph, long enough.\n\n{text}\n"))[1:] == expected


def test_details_without_an_end_are_folded_up_to_the_next_heading() -> None:
    episode = read(
        "# T\n\n## A\n\nlong enough a text\n\n<details><summary>S</summary>\n\nb\n\n### C\n\nc\n\n## D\n\nd"
    )
    assert [section.title for section in episode.sections] == ["A", "S", "C", "D"]
    assert folds(episode)[1:] == [("b", "details"), ("c", "details"), ("d", None)]


SUMMARY = "It is about tea. " * 20


@pytest.mark.parametrize(
    "heading",
    ["Transcript", "📝 Full transcript", "Transcripción completa", "完整逐字稿", "Transcript (edited):"],
)
def test_a_transcript_below_a_summary_is_folded(heading: str) -> None:
    episode = read(
        f"# T\n\n## Summary\n\n{SUMMARY}\n\n## {heading}\n\nWords.\n\n### Later\n\nMore.\n\n## Links\n\nl"
    )
    assert [fold for _, fold in folds(episode)] == [None, "transcript", "transcript", None]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# T\n\nShow: Leaf Talk\n\n## Transcript\n\nWords.", id="transcript alone"),
        pytest.param(
            f"# T\n\n## S\n\n{SUMMARY}\n\n## Transcript analysis\n\nWords.", id="about a transcript"
        ),
    ],
)
def test_other_text_stays_open(text: str) -> None:
    assert {fold for _, fold in folds(read(text))} == {None}


def test_turns_in_details_stay_folded() -> None:
    address = "https://youtu.be/abcdefghijk?v=1&amp;t="
    rows = "\n".join(
        f'<p><span><a href="{address}{n}s">00:{n:02}</a></span> Words <b>number</b> {n}.</p>'
        for n in range(10, 50, 5)
    )
    episode = read(
        f"# T\n\n## Summary\n\n{SUMMARY}\n\n<details>\n"
        f"<summary>Full transcript</summary>\n\n{rows}\n</details>"
    )
    turns = blocks(episode)[2:]
    assert [(turn.text, turn.start_s, turn.fold) for turn in turns[:2]] == [
        ("Words number 10.", 10, "transcript"),
        ("Words number 15.", 15, "transcript"),
    ]
    assert [turns[0].text[span.start : span.end] for span in turns[0].spans] == ["number"]


def test_the_summary_of_details_with_headings_in_them_is_a_heading() -> None:
    lecture = "<details>\n<summary>Lecture {}</summary>\n\n### Points\n\n- one\n\n</details>\n\n"
    episode = read("# Lectures\n\nNotes.\n\n" + lecture.format(1) + lecture.format(2))
    assert [(section.level, section.title) for section in episode.sections] == [
        *((1, ""), (2, "Lecture 1"), (3, "Points"), (2, "Lecture 2"), (3, "Points")),
    ]
