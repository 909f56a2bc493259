import pytest

from tui.core.nested_fields import flattened


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(["a", None, "b"], ("a", "b"), id="texts"),
        pytest.param([{"name": "Ann", "role": "host"}, {"title": "T"}], ("Ann", "T"), id="names"),
        pytest.param([{"text": "So it is", "speaker": "Ann"}], ("So it is — Ann",), id="who said it"),
        pytest.param([{"quote": "So", "impact_reason": "Why"}], ("So\nWhy",), id="what more there is"),
        pytest.param([{"question": "Q?", "answer": "A."}], ("Q?\nA.",), id="question and answer"),
        pytest.param([{"Ann": "host"}], ("Ann: host",), id="text with a colon"),
        pytest.param([{"x": "1", "y": "2"}, [["z"]]], (), id="nothing to read"),
        pytest.param([{"name": "a\x1b[2J"}], ("a␛[2J",), id="cleaned"),
    ],
)
def test_lists(value: list[object], text: tuple[str, ...]) -> None:
    assert flattened({"Key": value}) == {"key": text}


LINES = ("0:00 Intro", "1:05 Leaves", "1:00:00 End")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param(
            "chapters",
            [
                {"startTime": "0", "title": "Intro"},
                {"startTime": "65.2", "title": "Leaves"},
                {"startTime": "3600", "title": "End"},
            ],
            id="podcasting 2.0",
        ),
        pytest.param(
            "podcast_chapters",
            {
                "version": "1.1.0",
                "chapters": [
                    {"startTime": "0", "title": "Intro", "img": None},
                    {"startTime": "65", "title": "Leaves"},
                    {"startTime": "3600", "title": "End"},
                ],
            },
            id="with a version",
        ),
        pytest.param(
            "timestamps", {"0:00": "Intro", "1:05": "Leaves", "1:00:00": "End"}, id="times as names"
        ),
        pytest.param(
            "Time-stamps",
            ["0:00 Intro", {"time": "1:05", "name": "Leaves"}, {"start": "01:00:00", "title": "End"}],
            id="mixed",
        ),
    ],
)
def test_chapters(name: str, value: object) -> None:
    assert flattened({name: value}) == {"chapters": LINES}


def test_chapters_without_times_are_their_titles() -> None:
    assert flattened({"chapters": [{"startTime": "soon", "title": "A"}, "B"]}) == {"chapters": ("A", "B")}
