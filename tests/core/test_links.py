import pytest

from tui.core.links import shown_time


@pytest.mark.parametrize(
    ("text", "start_s", "shown"),
    [
        ("1:02:10 Questions", 3730, "1:02:10"),
        ("[00:12] Hello", 12.4, "00:12"),
        ("(12:34) The dredger", 754, "12:34"),
        ("The dredger 12:34", 754, "12:34"),
        ("The dredger – a long title that goes on and on (01:12:34)", 4354, "01:12:34"),
        ("How silt arrives", 0, None),
        ("At 10:30 they met", 12, None),
        ("", 0, None),
    ],
)
def test_a_text_may_show_its_own_time(text: str, start_s: float, shown: str | None) -> None:
    found = shown_time(text, start_s)
    assert (text[slice(*found)] if found else None) == shown
