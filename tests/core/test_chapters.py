import json
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core.episode import Block, BlockKind, Episode, Section
from tui.core.formats.chapters import Chapter, chapters_of, with_chapters
from tui.core.reading import episode_from_bytes


def read(value: object, name: str) -> Episode:
    text = value if isinstance(value, str) else json.dumps(value)
    return episode_from_bytes(text.encode(), Path(name))


def outline(episode: Episode) -> list[tuple[float | None, str]]:
    return [(section.start_s, section.title) for section in episode.sections]


TWO = [(0, "Setting out"), (506.25, "The old line")]
PODLOVE = """\
<?xml version="1.0" encoding="UTF-8"?>
<psc:chapters version="1.2" xmlns:psc="http://podlove.org/simple-chapters">
  <psc:chapter start="0" title="Setting out"/>
  <psc:chapter start="8:26.250" title="The old line" href="https://example.org/line"/>
</psc:chapters>
"""
FFMETADATA = """\
;FFMETADATA1
title=The memory of mud
album=Low Water
[CHAPTER]
TIMEBASE=1/1000
START=0
END=506250
title=Setting out
[CHAPTER]
TIMEBASE=1/4
START=2025
END=3000
title=The old line
"""
VTT = "WEBVTT\n{}\n00:00.000 --> 08:26.250\nSetting out\n\n08:26.250 --> 15:00.000\nThe old line\n"


def chapters(start: str, first: object = 0, second: object = 506.25) -> list[dict[str, object]]:
    return [{start: first, "title": "Setting out"}, {start: second, "title": "The old line"}]


SHAPES: dict[str, tuple[object, str]] = {
    "podcasting 2.0": ({"version": "1.2.0", "chapters": chapters("startTime")}, "mud.chapters.json"),
    "a video's": ({"chapters": chapters("start_time")}, "mud.info.json"),
    "a bare list": (chapters("start", "0:00", "8:26.25"), "c.json"),
    "milliseconds": (chapters("startMs", 0, 506250), "c.json"),
    "podlove": (PODLOVE, "mud.psc"),
    "a cut one": (PODLOVE[: PODLOVE.index("</psc")], "mud.xml"),
    "ffmpeg": (FFMETADATA, "metadata.txt"),
    "audacity": ("0.000000\t506.250000\tSetting out\n506.250000\t900.000000\tThe old line\n", "Labels 1.txt"),
    "webvtt": (VTT.format("Kind: chapters\n"), "c.vtt"),
    "webvtt by name": (VTT.format(""), "c.chapters.vtt"),
}


@pytest.mark.parametrize(("value", "name"), SHAPES.values(), ids=SHAPES)
def test_every_shape_gives_the_same_outline(value: object, name: str) -> None:
    episode = read(value, name)
    assert episode.format == "chapters"
    assert outline(episode) == TWO
    data = (value if isinstance(value, str) else json.dumps(value)).encode()
    assert [(chapter.start_s, chapter.title) for chapter in chapters_of(data, name)] == TWO


def test_what_json_chapters_say_besides() -> None:
    episode = read(
        {
            "version": "1.2.0",
            "title": "The memory of mud",
            "podcastName": "Low Water",
            "author": "Ida Brandt",
            "description": "A walk over mud.",
            "chapters": [
                {"startTime": 0, "title": "Setting out", "url": "https://example.org/", "img": None},
                {"startTime": 100, "title": "A picture", "toc": False},
                {"startTime": 200, "title": None, "url": None},
            ],
        },
        "chapters.json",
    )
    assert (episode.title, episode.show) == ("The memory of mud", "Low Water")
    assert episode.people == ("Ida Brandt",)
    assert outline(episode) == [(None, ""), (0, "Setting out"), (200, "3:20")]
    assert episode.sections[0].text == "A walk over mud."
    link, picture = episode.sections[1].blocks
    assert link.spans[0].target == "https://example.org/"
    assert (picture.text, picture.start_s) == ("A picture", 100)


@pytest.mark.parametrize("start", [float("nan"), -1, "soon", None, 1e300, True, [], 10**400])
def test_chapters_at_no_time_are_not_lost(start: object) -> None:
    value = {"chapters": [{"startTime": 5, "title": "One"}, {"startTime": start, "title": "Two"}]}
    assert [section.title for section in read(value, "c.json").sections] == ["One", "Two"]


def test_text_is_clean() -> None:
    assert outline(read({"chapters": [{"startTime": 1, "title": "a\x1b\nb"}]}, "c.json")) == [(1, "a␛ b")]


def said(start_s: float | None, text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text, start_s=start_s)


TRANSCRIPT = (
    Section(0, 1, "0:00", (said(0, "a"), said(60, "b"), said(None, "b2"), said(130, "c"))),
    Section(1, 1, "5:00", (said(300, "d"), said(400, "e"))),
)


def cut(chapters: list[Chapter]) -> list[tuple[str, str]]:
    return [
        (section.title, " ".join(block.text for block in section.blocks))
        for section in with_chapters(TRANSCRIPT, chapters)
    ]


def test_chapters_cut_a_transcript() -> None:
    assert cut([Chapter(0, "One"), Chapter(135, "Two"), Chapter(390, "Three"), Chapter(900, "Four")]) == [
        ("One", "a b b2"),
        ("Two", "c d"),
        ("Three", "e"),
        ("Four", ""),
    ]


def test_what_stands_before_the_first_chapter_stays() -> None:
    chapters = [Chapter(300, "Late"), Chapter(120, "Early"), Chapter(200, "Hidden", is_listed=False)]
    assert cut(chapters) == [("", "a b b2"), ("Early", "c"), ("Late", "d e")]


def test_transcripts_with_headings_or_without_times_stay_as_they_are() -> None:
    chapters = [Chapter(0, "One"), Chapter(10, "Two")]
    own = (Section(0, 1, "Introduction", (said(0, "a"),)), Section(1, 1, "More", (said(9, "b"),)))
    untimed = (Section(0, 1, "Part 1", (said(None, "a"),)),)
    assert with_chapters(own, chapters) == own
    assert with_chapters(untimed, chapters) == untimed
    assert with_chapters(TRANSCRIPT, []) == TRANSCRIPT


TIMES = st.none() | st.floats(0, 1000)


@given(st.lists(TIMES, max_size=20), st.lists(st.floats(0, 1000), max_size=8))
def test_no_block_is_lost_or_moved(times: list[float | None], starts: list[float]) -> None:
    blocks = tuple(said(start_s, str(index)) for index, start_s in enumerate(times))
    sections = with_chapters((Section(0, 1, "", blocks),), [Chapter(start, "c") for start in starts])
    assert tuple(block for section in sections for block in section.blocks) == blocks


def test_reading_takes_linear_time() -> None:
    def many_chapters(count: int) -> dict[str, object]:
        return {"chapters": [{"startTime": n * 60, "title": f"Chapter {n}"} for n in range(count)]}

    few, many = (calls(partial(read, many_chapters(count), "c.json")) for count in (500, 4_000))
    assert many <= 9 * few


@given(st.text(alphabet=';FMETADA1[]CHPR=/0123456789\n\t<psc:hapter start"> {}', max_size=200))
def test_no_text_does_any_harm(text: str) -> None:
    for opening in ("", ";FFMETADATA1\n[CHAPTER]\n", "<psc:chapters>", '{"chapters": [', "0\t1\t"):
        chapters_of((opening + text).encode(), "c")


def test_bytes_that_are_no_text_hold_no_chapters() -> None:
    assert chapters_of(b"\x89PNG\r\n\x1a\n" + bytes(100), "c.png") == ()
    assert chapters_of(b"", "c.json") == ()
