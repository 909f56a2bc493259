"""What is said of exports."""

from pathlib import Path

import pytest

from tests.core.notebook.making import highlight
from tui.core.notebook.exports.folders import Exported
from tui.core.notebook.exports.previews import MOST_SHOWN, preview_of, said_of
from tui.core.notebook.exports.table import FORMATS
from tui.core.notebook.exports.values import ExportSettings

MANY = [highlight(f"h{number}", f"Sentence number {number} of them.", start=number) for number in range(99)]


@pytest.mark.parametrize("name", FORMATS)
def test_a_preview_shows_the_beginning(name: str) -> None:
    shown = preview_of(MANY, FORMATS[name], ExportSettings())
    assert "Sentence number 0 of them." in shown
    assert f"number {MOST_SHOWN + 1} " not in shown
    assert "\r" not in shown


def test_a_preview_says_how_much_more_there_is() -> None:
    shown = preview_of(MANY, FORMATS["text"], ExportSettings())
    assert shown.endswith("and so on, for 89 more")
    assert "more" not in preview_of(MANY[:2], FORMATS["text"], ExportSettings())


@pytest.mark.parametrize(
    ("exported", "said"),
    [
        (Exported((Path("/x/a.md"),), 1), "1 highlight written to /x/a.md"),
        (Exported((Path("/x/a.md"), Path("/x/b.md")), 3, 2), "5 highlights written to 2 files in /x"),
        (Exported((), 0), "Nothing new to write: it is all in /x"),
        (
            Exported((Path("/x/a.md"),), 2, 0, 1),
            "2 highlights written to /x/a.md; 1 stays as it was edited there",
        ),
        (Exported((), 0, 0, 3), "Nothing new to write: it is all in /x; 3 stay as they were edited there"),
    ],
    ids=lambda value: "" if isinstance(value, str) else str(len(value.files)),
)
def test_what_was_written_is_said(exported: Exported, said: str) -> None:
    assert said_of(exported, Path("/x")) == said
