"""Which of an episode's texts are named above the page."""

import pytest

from tui.widgets.running_head import Heading, variant_names
from tui.widgets.wrapping import cells

LABELS = ("summary", "transcript", "captions en", "captions de")


@pytest.mark.parametrize(
    ("width", "variant", "expected"),
    [
        (60, 0, "summary · transcript · captions en · captions de"),
        (60, 3, "summary · transcript · captions en · captions de"),
        (30, 0, "summary · transcript …"),
        (30, 2, "… transcript · captions en …"),
        (30, 3, "… captions en · captions de"),
        (14, 2, "captions en"),
        (8, 1, "transcr…"),
        (1, 3, "…"),
    ],
)
def test_what_fits_is_named_the_current_one_always(width: int, variant: int, expected: str) -> None:
    found = list(variant_names(Heading("", "", 0, width, LABELS, variant)))
    assert "".join(text for _, text in found) == expected
    assert variant in [number for number, _ in found]
    assert cells(expected) <= width


def test_without_other_texts_nothing_is_named() -> None:
    assert list(variant_names(Heading("", "", 0, 60))) == []
