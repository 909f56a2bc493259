"""What meeting tools and video pages put between the turns of a transcript."""

import json
import time
from pathlib import Path

from tui.core.episode import BlockKind, Episode
from tui.core.reading import episode_from_bytes

SAID = (
    "The ferry waits for no one, and the ice waits for the ferry.",
    "They moved the hill, and the owner complained about the view.",
)


def read(text: str, name: str = "talk.txt") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


def said(episode: Episode) -> set[tuple[str | None, float | None]]:
    return {(block.speaker, block.start_s) for section in episode.sections for block in section.blocks}


def test_a_time_and_a_name_alone_on_a_line_are_a_label() -> None:
    names = ("Ada Moss", "Bo Lind")
    turns = "".join(f"[00:{i:02}:53.05] - {names[i % 2]}\n{SAID[i % 2]}\n\n" for i in range(12))
    episode = read(turns)
    assert episode.format == "transcript"
    assert said(episode) == {(names[i % 2], i * 60 + 53.05) for i in range(12)}


def test_a_list_of_chapters_names_no_speakers() -> None:
    episode = read("".join(f"[00:{i:02}:00] - {('The Break', 'The Talk')[i % 2]}\n" for i in range(12)))
    assert not any(speaker for speaker, _ in said(episode))


def test_a_time_that_is_spelled_out_below_itself_is_said_once() -> None:
    lines = "".join(f"{m}:21\n{m} minutes, 21 seconds\n{SAID[m % 2].lower()}\n" for m in range(2, 10))
    texts = [block.text for section in read(lines).sections for block in section.blocks]
    assert texts == [SAID[m % 2].lower() for m in range(2, 10)]


def test_titles_of_chapters_between_times_are_headings() -> None:
    first = "".join(f"0:0{i}\nwe talk about the ferry here\n" for i in range(4))
    second = "".join(f"5:1{i}\nand about the hill after that\n" for i in range(4))
    episode = read(f"Chapter 1: The ferry\n{first}Chapter 2: The hill\n{second}")
    assert [section.title for section in episode.sections] == ["Chapter 1: The ferry", "Chapter 2: The hill"]


def test_the_head_of_a_meeting_says_when_it_was_and_who_spoke() -> None:
    turns = "".join(f"{('Ada Moss', 'Bo Lind')[i % 2]}  {i}:04\n{SAID[i % 2]}\n\n" for i in range(12))
    episode = read(
        "On Ferries\nMon, Feb 3, 2025 10:00AM • 22:10\n\nSUMMARY KEYWORDS\nferry, hill\n\n"
        f"SPEAKERS\nAda Moss, Bo Lind\n\n{turns}"
    )
    assert (episode.date, episode.duration_s) == ("2025-02-03", 1330)
    assert episode.people == ("Ada Moss", "Bo Lind")
    assert episode.tags == ("ferry", "hill")
    assert [section.title for section in episode.sections] == [""]


def test_chapters_beside_the_texts_of_a_program_are_the_outline() -> None:
    texts = [
        {"start": i * 60000, "end": i * 60000 + 20000, "text": SAID[i % 2], "speaker": "A"} for i in range(10)
    ]
    chapters = [
        {"headline": "The ferry", "summary": "It waits.", "start": 0, "end": 300000},
        {"headline": "The hill", "summary": "It moves.", "start": 300000, "end": 600000},
    ]
    episode = read(json.dumps({"utterances": texts, "chapters": chapters}), "talk.json")
    assert [(section.title, section.start_s) for section in episode.sections] == [
        ("The ferry", 0.0),
        ("The hill", 300.0),
    ]
    assert episode.sections[1].blocks[0].text == "It moves."


def test_a_list_of_chapters_below_furniture_is_shown() -> None:
    page = "## Notes\n\nWords.\n\n## Support the show\n\n- 0:00 Ferry\n- 5:10 Hill\n- 20:00 Ice\n"
    episode = read(page, "notes.md")
    assert not any(block.fold for section in episode.sections for block in section.blocks)


def test_a_language_stands_behind_the_identifier_of_a_video() -> None:
    cues = "".join(f"{i + 1}\n00:00:{i:02},000 --> 00:00:{i + 1:02},000\nword {i}\n\n" for i in range(9))
    episode = read(cues, "Talk [abcdefghijk].pt-BR.srt")
    assert episode.url == "https://www.youtube.com/watch?v=abcdefghijk"


def test_a_note_below_a_highlight_may_be_indented_by_a_tab() -> None:
    page = "# T\n\n## Metadata\n- Author: [[A]]\n\n## Highlights\n- Some words here\n\t- Note: mine\n"
    kinds = {block.text: block.kind for section in read(page, "t.md").sections for block in section.blocks}
    assert kinds["Note: mine"] is not BlockKind.CODE


def test_a_text_of_line_ends_alone_is_read_at_once() -> None:
    begun = time.monotonic()
    read("\n" * 30_000 + "Words.\n")
    assert time.monotonic() - begun < 1.0
