from pathlib import Path

import pytest

from tui.core.episode import Block, Episode
from tui.core.reading import episode_from_bytes

STORY = (
    "the ferry left at dawn and nobody on the quay could say who had untied it because the harbour master "
    "slept until nine and his boy who knew every rope by the sound it made was away at his aunt's farm "
)
WORDS = (STORY * 24).split()
LINES = [" ".join(WORDS[index : index + 7]) for index in range(0, len(WORDS), 7)]


def clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def pasted(pattern: str, lines: list[str], *, step_s: int = 4) -> str:
    return "".join(pattern.format(time=clock(index * step_s), text=line) for index, line in enumerate(lines))


def read(text: str, name: str = "ferry.txt") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


def spoken(episode: Episode) -> list[Block]:
    return [block for section in episode.sections for block in section.blocks if block.start_s is not None]


PATTERNS = {
    "time above": "{time}\n{text}\n",
    "time before": "{time} {text}\n",
    "time in brackets": "[{time}] {text}\n",
    "blank lines": "{time}\n{text}\n\n",
    "blank lines between all": "{time}\n\n{text}\n\n",
}


@pytest.mark.parametrize("name", ["ferry.txt", "ferry.md"])
@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_captions_become_paragraphs_with_their_first_times(pattern: str, name: str) -> None:
    blocks = spoken(read(pasted(pattern, LINES), name))
    assert " ".join(block.text for block in blocks) == " ".join(WORDS)
    assert all(600 <= len(block.text) <= 1510 for block in blocks[:-1])
    said = 0
    for block in blocks:
        assert block.start_s == said // 7 * 4
        said += len(block.text.split())


@pytest.mark.parametrize(
    "head", ["Transcript\n", "The Untied Ferry\nHarbour Talks\n9 views  Mar 3, 2023\nTranscript\n"]
)
def test_the_page_above_captions_stays_apart(head: str) -> None:
    episode = read(head + pasted("{time}\n{text}\n", LINES))
    blocks = [block for section in episode.sections for block in section.blocks]
    above = [block.text for block in blocks if block.start_s is None]
    assert above[-1] == "Transcript"
    assert " ".join(block.text for block in spoken(episode)) == " ".join(WORDS)


def test_paragraphs_end_with_sentences() -> None:
    text = " ".join(f"Boat number {count} carried bread and salt to the lower island." for count in range(90))
    words = text.split()
    lines = [" ".join(words[index : index + 7]) for index in range(0, len(words), 7)]
    blocks = spoken(read(pasted("{time}\n{text}\n", lines)))
    assert len(blocks) > 5
    assert all(block.text.endswith("island.") for block in blocks)


def test_a_long_talk_gets_parts() -> None:
    episode = read(pasted("{time}\n{text}\n", LINES * 3))
    assert [section.start_s for section in episode.sections] == [0, 352, 704, 1056, 1408]


def test_turns_and_silences_end_paragraphs() -> None:
    lines = [*LINES[:4], ">> who was it then that pulled the rope", *LINES[4:7], "so what >> I said"]
    text = pasted("{time}\n{text}\n", lines) + "2:00\nmuch later the fog had gone and\n"
    blocks = spoken(read(text))
    assert [block.start_s for block in blocks] == [0, 16, 32, 120]
    assert blocks[1].text.startswith("who was it then")
    assert blocks[2].text == "I said"


def test_music_has_its_time_among_captions() -> None:
    blocks = spoken(read(pasted("{time}\n{text}\n", ["[Music]", *LINES])))
    assert (blocks[0].text[:7], blocks[0].start_s) == ("[Music]", 0)
    assert "0:00" not in " ".join(block.text for block in blocks)


def test_paragraphs_with_times_of_their_own_stay() -> None:
    sentences = [f"Boat number {count} carried bread." for count in range(12)]
    quick = spoken(read(pasted("{time}\n{text}\n", sentences)))
    assert [block.text for block in quick] == sentences
    slow = spoken(read(pasted("{time}\n{text}\n", LINES[:12], step_s=30)))
    assert [block.text for block in slow] == LINES[:12]
    long = [" ".join(WORDS[index : index + 40]) for index in range(0, 480, 40)]
    wide = spoken(read(pasted("{time}\n{text}\n", long, step_s=10)))
    assert [block.text for block in wide] == long


def test_turns_of_named_speakers_stay() -> None:
    text = "".join(
        f"{('Ida Brandt', 'Ole Krog')[count % 2]}  {clock(count * 4)}\n{line}\n\n"
        for count, line in enumerate(LINES[:12])
    )
    blocks = spoken(read(text))
    assert [block.text for block in blocks] == LINES[:12]


def test_a_head_is_read_like_the_whole() -> None:
    text = pasted("{time}\n{text}\n", LINES * 40)
    head = episode_from_bytes(text[: len(text) // 2].encode(), Path("ferry.txt"), truncated=True)
    whole = read(text)
    assert len(head.sections) > 10
    assert head.sections[:-1] == whole.sections[: len(head.sections) - 1]


def test_names_in_front_of_some_captions_are_speakers() -> None:
    lines = [f"Ida Brandt: {LINES[0]}", *LINES[1:20], f"Ole Krog: {LINES[20]}", *LINES[21:40]]
    blocks = spoken(read(pasted("{time}\n{text}\n", [*lines, *lines])))
    turns = [block for block in blocks if block.text.startswith((LINES[0], LINES[20]))]
    assert [(turn.speaker, turn.start_s) for turn in turns] == [
        ("Ida Brandt", 0),
        ("Ole Krog", 80),
        ("Ida Brandt", 160),
        ("Ole Krog", 240),
    ]
    assert " ".join(block.text for block in blocks) == " ".join([*LINES[:40], *LINES[:40]])


def test_a_caption_of_one_word_is_nobodys_name() -> None:
    lines = [word for line in LINES[:12] for word in (line, "Ida")]
    blocks = spoken(read(pasted("{time}\n{text}\n", lines)))
    assert {block.speaker for block in blocks} == {None}
    assert " ".join(block.text for block in blocks) == " ".join(lines)
