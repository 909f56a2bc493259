import json
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core.episode import Block, Episode
from tui.core.reading import episode_from_bytes
from tui.errors import UnreadableError

Said = list[tuple[str | None, float | None, str]]


def read(value: object, name: str = "talk.json", *, truncated: bool = False) -> Episode:
    text = value if isinstance(value, str) else json.dumps(value)
    return episode_from_bytes(text.encode(), Path(name), truncated=truncated)


def blocks(episode: Episode) -> list[Block]:
    return [block for section in episode.sections for block in section.blocks]


def said(value: object) -> Said:
    episode = read(value)
    assert episode.format == "transcript-json"
    return [(block.speaker, block.start_s, block.text) for block in blocks(episode)]


TWO: Said = [("Ida", 0.5, "Mud is slow. It remembers."), ("Ole", 9, "So do boats.")]
"""What all of these say, each in its own way."""


def segments(text: str, start: str, end: str, speaker: str, unit: float = 1) -> list[dict[str, object]]:
    return [
        {start: begin * unit, end: finish * unit, text: said, speaker: who}
        for begin, finish, said, who in (
            (0.5, 4, " Mud is slow.", "Ida"),
            (4, 8, "It remembers.\n", "Ida"),
            (9, 12, "So do boats.", "Ole"),
        )
    ]


WHISPER = segments("text", "start", "end", "speaker")
SHAPES: dict[str, object] = {
    "whisper": {"text": "Mud is slow.", "segments": WHISPER, "language": "en"},
    "a bare list": WHISPER,
    "podcasting 2.0": {"version": "1.0.0", "segments": segments("body", "startTime", "endTime", "speaker")},
    "podwise": {"segments": segments("content", "start", "end", "speaker", unit=1000)},
    "assemblyai": {
        "id": "x",
        "text": "…",
        "utterances": segments("text", "start", "end", "speaker", unit=1000),
    },
    "deepgram": {
        "metadata": {},
        "results": {"utterances": segments("transcript", "start", "end", "speaker")},
    },
    "named times": {"transcript": segments("text", "start_time", "end_time", "speaker_name")},
    "milliseconds by name": {"captions": segments("text", "startMs", "endMs", "speaker", unit=1000)},
    "clock times": [
        {"timestamp": "00:00:00.5", "text": "Mud is slow.", "speaker": "Ida"},
        {"timestamp": "00:00:04", "text": "It remembers.", "speaker": "Ida"},
        {"timestamp": "00:00:09", "text": "So do boats.", "speaker": {"name": "Ole"}},
    ],
    "rev": {
        "monologues": [
            {
                "speaker": "Ida",
                "elements": [
                    {"type": "text", "value": "Mud", "ts": 0.5, "end_ts": 1},
                    {"type": "punct", "value": " "},
                    {"type": "text", "value": "is slow. It remembers.", "ts": 1, "end_ts": 8},
                ],
            },
            {"speaker": "Ole", "elements": [{"type": "text", "value": "So do boats.", "ts": 9}]},
        ]
    },
    "words": {
        "words": [
            {"word": word, "start": start, "end": start + 0.4, "speaker": who}
            for word, start, who in (
                *((" Mud", 0.5, "Ida"), (" is", 1, "Ida"), (" sl", 2, "Ida"), ("ow.", 2.3, "Ida")),
                *((" It", 4, "Ida"), (" remembers.", 4.5, "Ida"), (" So", 9, "Ole"), (" do", 9.5, "Ole")),
                (" boats.", 10, "Ole"),
            )
        ]
    },
    "words without blanks": [
        {"word": word, "start": start, "end": start + 0.4, "speaker": who}
        for word, start, who in (
            *(("Mud", 0.5, "Ida"), ("is", 1, "Ida"), ("slow", 2, "Ida"), (".", 2.3, "Ida")),
            *(("It", 4, "Ida"), ("remembers.", 4.5, "Ida"), ("So", 9, "Ole"), ("do", 9.5, "Ole")),
            ("boats.", 10, "Ole"),
        )
    ],
}


@pytest.mark.parametrize("value", SHAPES.values(), ids=SHAPES)
def test_every_shape_gives_the_same_transcript(value: object) -> None:
    assert said(value) == TWO


def test_amazons_words_and_marks_are_joined() -> None:
    items = [
        {"start_time": "0.5", "end_time": "0.9", "alternatives": [{"content": "Mud"}],
         "speaker_label": "spk_0"},
        {"type": "punctuation", "alternatives": [{"content": "."}], "speaker_label": "spk_0"},
    ]  # fmt: skip
    assert said({"results": {"transcripts": [{"transcript": "Mud."}], "items": items}}) == [
        ("spk_0", 0.5, "Mud.")
    ]


def test_youtubes_events_are_read() -> None:
    events = [
        {"tStartMs": 0, "dDurationMs": 90_000, "id": 1},
        {"tStartMs": 500, "dDurationMs": 2000, "segs": [{"utf8": "mud"}, {"utf8": " is", "tOffsetMs": 300}]},
        {"tStartMs": 1900, "aAppend": 1, "segs": [{"utf8": "\n"}]},
        {"tStartMs": 2000, "dDurationMs": 2000, "segs": [{"utf8": ">> slow &amp; old"}]},
    ]
    assert said({"wireMagic": "pb3", "events": events}) == [(None, 0.5, "mud is"), (None, 2, "slow & old")]


def test_whispers_programs_give_times_in_their_own_ways() -> None:
    pipeline = {
        "text": "a b",
        "chunks": [{"timestamp": [0.5, 2.0], "text": " Mud"}, {"timestamp": [2, None], "text": " is."}],
    }
    assert said(pipeline) == [(None, 0.5, "Mud is.")]
    native = {
        "result": {"language": "en"},
        "transcription": [
            {"timestamps": {"from": "00:00:00,500"}, "offsets": {"from": 500, "to": 3000}, "text": " Mud is"},
            {"timestamps": {"from": "00:00:03,000"}, "offsets": {"from": 3000, "to": 6000}, "text": " slow."},
        ],
    }
    assert said(native) == [(None, 0.5, "Mud is slow.")]
    assert read(native).language == "en"


def test_numbered_voices_are_speakers_but_no_people() -> None:
    value = {
        "utterances": [
            {"speaker": n % 2, "start": n * 4, "end": n * 4 + 3, "transcript": "Yes."} for n in range(4)
        ]
    }
    assert [speaker for speaker, _, _ in said(value)] == ["Speaker 0", "Speaker 1"] * 2
    assert read(value).people == ()


def test_labels_in_the_text_are_speakers_where_there_are_no_others() -> None:
    value = [
        {"start": n * 4, "duration": 3, "text": f"{'Ida' if n % 2 else 'Ole'}: Yes, {n}."} for n in range(6)
    ]
    assert [speaker for speaker, _, _ in said(value)] == ["Ole", "Ida"] * 3


def test_what_it_says_about_the_episode() -> None:
    value = {"language": "da", "duration": 77.6, "title": "Mud", "segments": WHISPER}
    episode = read(value)
    assert (episode.language, episode.duration_s, episode.title) == ("da", 77, "Mud")


def test_a_text_without_times_is_read_as_one() -> None:
    text = "Mud is slow. It remembers what falls on it. " * 200
    episode = read({"text": text, "language": "en"})
    assert [section.title for section in episode.sections] == ["Part 1"]
    assert " ".join(block.text for block in blocks(episode)) == text.strip()


def test_times_come_before_a_text() -> None:
    value = {"text": "Mud is slow. " * 5000, "segments": WHISPER}
    assert said(value) == TWO
    head = read(json.dumps(value)[:50_000], truncated=True)
    assert (head.format, len(head.sections), head.sections[0].title) == ("transcript-json", 1, "")


@pytest.mark.parametrize(
    "value",
    [{"chapters": [{"title": "One"}]}, {"name": "x", "items": [1]}, {}, [1, 2],
     [{"text": {"a": 1}, "start": 1}], {"text": "words", "author": "me"}, "{]", {"results": [{"id": 1}]}],
)  # fmt: skip
def test_other_json_is_somebody_elses(value: object) -> None:
    assert read(value).format == "text"


def test_text_is_clean() -> None:
    value = [{"start": 0, "text": "a\x1b[31m\u202eb"}, {"start": 1, "text": "\ud800c"}]
    assert said(value) == [(None, 0, "a␛[31mb \ufffdc")]


def long_transcript(count: int) -> str:
    return json.dumps(
        {
            "language": "en",
            "segments": [
                {"id": n, "start": n * 3.5, "end": n * 3.5 + 3, "text": f" This is sentence {n}, as it was.",
                 "speaker": f"SPEAKER_0{n // 9 % 2}", "tokens": [n, n + 1, n + 2]}
                for n in range(count)
            ],
        }
    )  # fmt: skip


@pytest.mark.parametrize("share", [0.4, 0.6123, 0.8])
def test_a_head_is_read_like_the_whole(share: float) -> None:
    text = long_transcript(2000)
    whole, head = read(text), read(text[: int(len(text) * share)], truncated=True)
    assert head.format == whole.format
    assert len(head.sections) > 3
    assert head.sections[:-1] == whole.sections[: len(head.sections) - 1]


def test_reading_takes_linear_time() -> None:
    few, many = (calls(partial(read, long_transcript(count))) for count in (500, 4_000))
    assert many <= 9 * few


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["text", "start", "end", "speaker", "segments", "words", "events", "segs", "offsets", "utf8"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@given(JSON)
def test_no_json_does_any_harm(value: object) -> None:
    with suppress(UnreadableError):  # Text of controls is refused.
        read(value)
    read({"segments": [value, *WHISPER]})
