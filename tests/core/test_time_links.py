import pytest

from tui.core.formats.time_links import linked_time, time_in, whole


@pytest.mark.parametrize(
    ("address", "start_s"),
    [
        ("https://youtu.be/x?t=330", 330),
        ("https://www.youtube.com/watch?v=x&t=7m52s", 472),
        ("https://www.youtube.com/watch?v=x&t=1h2m3s", 3723),
        ("https://x.org/a.mp3#t=00:51:34.09", 3094.09),
        ("https://x.org/a?start=90s", 90),
        ("obsidian://podnotes?episodeName=a&url=b&time=1096.21", 1096.21),
        ("#t=00:01:01", 61),
        ("https://x.org/a?t=soon", None),
        ("https://x.org/a?t=", None),
        ("https://x.org/a", None),
        ("https://[x?t=1", None),
        ("https://x.org/?t=1" + "0" * 3000, None),
    ],
)
def test_times_in_addresses(address: str, start_s: float | None) -> None:
    assert time_in(address) == (None if start_s is None else pytest.approx(start_s))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.youtube.com/watch?v=x&t=7m52s", "https://www.youtube.com/watch?v=x"),
        ("https://x.org/a.mp3#t=10", "https://x.org/a.mp3"),
        ("https://x.org/a#part", "https://x.org/a#part"),
        ("#t=10", None),
    ],
)
def test_the_address_without_its_time(address: str, expected: str | None) -> None:
    assert whole(address) == expected


def test_only_words_that_are_a_time_say_when_a_text_was_said() -> None:
    address = "https://x.org/?t=9"
    assert linked_time("see that", [(0, 8, address)], is_heading=False) is None
    timed = linked_time("at ▶ 0:08 it", [(3, 9, address)], is_heading=False)
    assert timed is not None
    assert (timed.start_s, timed.address) == (8, "https://x.org/")
    heading = linked_time("see that", [(0, 8, address)], is_heading=True)
    assert heading is not None
    assert heading.start_s == 9
