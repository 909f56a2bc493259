"""Why a file is read as it is."""

from pathlib import Path

from tui.core.explaining import as_json, as_lines, explain
from tui.core.formats.table import READERS, reader_named


def test_readers_are_told_in_order_up_to_the_one_that_fits(library: Path) -> None:
    path = library / "harbours.md"
    explanation = explain(path.read_bytes(), path)
    assert explanation.format == "markdown"
    assert [trial.name for trial in explanation.trials] == [reader.name for reader in READERS]
    answers = [trial.fits for trial in explanation.trials]
    chosen = answers.index(True)
    assert explanation.trials[chosen].name == "markdown"
    assert set(answers[:chosen]) == {False}
    assert set(answers[chosen + 1 :]) == {None}


def test_lines_say_it_to_people(library: Path) -> None:
    path = library / "Ida Brandt on Paper Maps.txt"
    lines = list(as_lines(explain(path.read_bytes(), path)))
    assert lines[0] == f"{path} is read as page-text. The page bears BriefRead's marks."
    assert "  no   pullquote" in "\n".join(lines)
    assert "  yes  page-text" in "\n".join(lines)
    assert lines[-1] == "The first that says yes reads it; --as READER makes it another one."


def test_a_forced_reader_is_told_as_such(library: Path) -> None:
    path = library / "harbours.md"
    explanation = explain(path.read_bytes(), path, reader_named("text"))
    assert (explanation.format, explanation.is_forced) == ("text", True)
    assert next(as_lines(explanation)).endswith("is read as text, because that was asked for.")


def test_json_holds_the_same(library: Path) -> None:
    path = library / "harbours.md"
    document = as_json(explain(path.read_bytes(), path))
    assert (document["format"], document["forced"], document["episodes"]) == ("markdown", False, 1)
    readers = document["readers"]
    assert isinstance(readers, list)
    assert {
        "name": "markdown",
        "fits": True,
        "cue": "headings and other marks of Markdown, or its suffix",
    } in readers
