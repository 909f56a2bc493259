"""The command line on files of several episodes, several files of one, and readers that somebody names."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pty import Terminal
from tui import __main__ as entry
from tui.core.formats.table import READERS

CLIPPINGS = """\
Tea and Milk (Ann Lee)
- Your Highlight on Location 12-13 | Added on Friday, November 11, 2016 7:49:33 PM

Leaves in water.
==========
Harbours (Bo Diaz)
- Your Highlight on Location 7-8 | Added on Friday, November 11, 2016 7:49:33 PM

Every river carries its hills to the sea.
==========
"""


@pytest.fixture
def clippings(tmp_path: Path) -> Path:
    path = tmp_path / "My Clippings.txt"
    path.write_text(CLIPPINGS, encoding="utf-8")
    return path


def test_list_shows_each_episode_of_a_file_of_several(
    clippings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (clippings, clippings.parent):
        assert entry.run(["list", str(path), "--json"]) == 0
        episodes = json.loads(capsys.readouterr().out)["episodes"]
        assert [Path(episode["path"]).name for episode in episodes] == ["1", "2"]
        assert {episode["title"] for episode in episodes} == {"Tea and Milk", "Harbours"}


def test_show_takes_one_episode_of_a_file_of_several(
    clippings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.run(["show", f"{clippings}/2"]) == 0
    assert "Every river carries its hills to the sea." in capsys.readouterr().out
    assert entry.run(["show", f"{clippings}/3"]) == 1


def test_list_shows_the_files_of_one_episode_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "talk.md").write_text("---\nshow: Leaf Talk\n---\n\n# Tea\n\nText.\n", encoding="utf-8")
    (tmp_path / "talk.transcript.txt").write_text("Ada: One.\n\nBo: Two.\n\n" * 12, encoding="utf-8")
    assert entry.run(["list", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "Tea\tLeaf Talk\t\t1\n"


def test_explain_says_who_was_asked(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["show", str(library / "harbours.md"), "--explain"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{library}/harbours.md is read as markdown. ")
    assert all(f"  {reader.name} " in out for reader in READERS)
    assert "\n  yes  markdown " in out


def test_explain_as_json(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["show", "harbours", "--library", str(library), "--explain", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["schema"], document["format"]) == (1, "markdown")


def test_explain_of_one_episode_of_several_names_the_file_it_is_from(
    clippings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.run(["show", f"{clippings}/2", "--explain"]) == 0
    assert "My Clippings.txt/2 is one of 2 episodes of a file known by" in capsys.readouterr().out


@pytest.mark.parametrize("more", [["--section", "1"], ["--style", "plain"], ["--format", "markdown"]])
def test_explain_goes_with_few_options(
    more: list[str], library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.run(["show", str(library / "harbours.md"), "--explain", *more]) == 2
    assert "--explain tells of the whole file" in capsys.readouterr().err


def test_explain_of_standard_input() -> None:
    words = [sys.executable, "-m", "tui", "show", "-", "--explain"]
    done = subprocess.run(
        words, input=b"# Tea\n\n## Milk\n\nText.\n", capture_output=True, cwd=ROOT, check=True
    )
    assert done.stdout.startswith(b"standard input is read as markdown. ")


@pytest.mark.parametrize("command", ["show", "outline", "list"])
def test_a_reader_can_be_forced(command: str, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [command, str(library / "harbours.md"), "--as", "text"]
    assert entry.run([*words, *([] if command == "list" else ["--library", str(library)])]) == 0
    out = capsys.readouterr().out
    assert ("## The river brings it" in out) is (command == "show")


def test_a_reader_can_be_forced_on_one_episode_of_several(
    clippings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.run(["show", f"{clippings}/2", "--as", "text"]) == 0
    out = capsys.readouterr().out
    assert "Every river carries" in out
    assert "Leaves in water" not in out
    assert entry.run(["show", f"{clippings}/2", "--as", "text", "--explain"]) == 0
    assert "My Clippings.txt/2 is read as text, because that was asked for" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["feed", "kindle-notebook"])
def test_a_reader_that_finds_nothing_loses_nothing(
    name: str, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.run(["show", str(library / "harbours.md"), "--as", name, "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["notices"] == [f"The reader {name} finds nothing in it; the text is shown as it stands"]
    assert "The river brings it" in json.dumps(shown["sections"])


def test_a_forced_reader_leaves_no_trace(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(library / "harbours.md")
    entry.run(["show", path])
    before = capsys.readouterr().out
    entry.run(["show", path, "--as", "text"])
    assert capsys.readouterr().out != before
    entry.run(["show", path])
    assert capsys.readouterr().out == before


@pytest.mark.parametrize(
    "words", [["show", "x.md", "--as", "nobody"], ["--as", "nobody", "x.md"], ["--as=nobody"]]
)
def test_a_wrong_name_names_the_right_ones(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(words) == 2
    err = capsys.readouterr().err
    assert err.startswith("pullquote: there is no reader “nobody”; there are: ")
    assert all(reader.name in err for reader in READERS)


@pytest.mark.parametrize("words", [["--as", "text"], ["--as=text"], ["--as", "text", "."]])
def test_a_reader_needs_a_file(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(words) == 2
    assert "--as READER is for one file" in capsys.readouterr().err


def test_a_reader_before_a_command_is_told_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["--as", "text", "show", "x.md"]) == 2
    assert "commands take it behind their name: 'show --as READER'" in capsys.readouterr().err


def test_the_reader_opens_and_reloads_a_file_as_told(library: Path) -> None:
    path = library / "harbours.md"
    with Terminal([sys.executable, "-m", "tui", "--as", "text", path], cwd=ROOT) as terminal:
        terminal.wait_for("## The river brings it", timeout=20)
        path.write_text(path.read_text(encoding="utf-8") + "\n## Written later\n", encoding="utf-8")
        terminal.send("r")
        terminal.wait_for("## Written later")
        terminal.send("q")
        assert terminal.wait_exit() == 0
