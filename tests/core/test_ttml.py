from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core.episode import Episode
from tui.core.reading import episode_from_bytes

APPLE = """\
<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
    xmlns:podcasts="http://podcasts.apple.com/transcript-ttml-internal" xml:lang="en-GB">
<head><metadata><ttm:agent type="person" xml:id="S1">
<ttm:name type="full">Ida Brandt</ttm:name></ttm:agent></metadata></head>
<body dur="30.0"><div>
<p begin="0.5" end="4.0" ttm:agent="S1"><span podcasts:unit="sentence" begin="0.5"><span podcasts:unit="word"
begin="0.5">Mud</span><span podcasts:unit="word">is</span><span podcasts:unit="word">slow &amp; old.</span>
</span></p>
<p begin="00:01:02.250" ttm:agent="SPEAKER_2">So<br/>do boats.</p>
<p><span begin="65s">They wait.</span></p>
</div></body></tt>
"""


def read(text: str) -> Episode:
    return episode_from_bytes(text.encode(), Path("walk.ttml"))


@pytest.mark.parametrize("text", [APPLE, APPLE[: APPLE.index("</div>")]], ids=["whole", "cut"])
def test_timed_text_is_a_transcript(text: str) -> None:
    episode = read(text)
    assert (episode.format, episode.language) == ("ttml", "en")
    assert [(block.speaker, block.start_s, block.text) for block in episode.sections[0].blocks] == [
        ("Ida Brandt", 0.5, "Mud is slow & old."),
        ("SPEAKER_2", 62.25, "So do boats."),
        (None, 65, "They wait."),
    ]


def test_other_xml_is_somebody_elses() -> None:
    assert read("<note><p>Words.</p></note>").format != "ttml"
    assert read("<tt><body>Words.</body></tt>").sections[0].text == "<tt><body>Words.</body></tt>"


@pytest.mark.parametrize("piece", ["<p>a", "<p ", "<agent>", '<p begin="1"', '<p begin="1">a</p>'])
def test_reading_takes_linear_time(piece: str) -> None:
    few, many = (calls(partial(read, "<tt>" + piece * count)) for count in (300, 3_000))
    assert many <= 11 * few


@given(st.text(alphabet='<>/p="begin 1:tx&;', max_size=120))
def test_no_text_does_any_harm(text: str) -> None:
    read("<tt><p>" + text)
