"""The command line on names: of episodes, of files that can't be reached, of what is no file at all."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pty import Terminal
from tui import __main__ as entry

FEED = """\
<rss version="2.0"><channel><title>Low Water</title>
<item><title>Silt</title><description>Every river carries its hills to the sea.</description></item>
<item><title>Tides</title><description>The moon pulls at the water twice a day.</description></item>
</channel></rss>
"""


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.xml"
    path.write_text(FEED, encoding="utf-8")
    return path


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A folder that lists its files and lets nobody look at them."""
    folder = tmp_path / "locked"
    folder.mkdir()
    (folder / "talk.md").write_text("# Tea\n\nText.\n", encoding="utf-8")
    folder.chmod(0o600)
    if os.access(folder, os.X_OK):
        pytest.skip("nothing is locked for this user")
    yield folder
    folder.chmod(0o700)


def test_an_episode_of_several_opens_by_its_number(feed: Path) -> None:
    with Terminal([sys.executable, "-m", "tui", feed / "2"], cwd=ROOT) as terminal:
        terminal.wait_for("The moon pulls at the water", timeout=20)
        terminal.send("q")
        assert terminal.wait_exit() == 0


@pytest.mark.parametrize("number", ["0", "3"])
def test_a_number_beyond_the_last_episode_is_said(number: str, feed: Path) -> None:
    with Terminal([sys.executable, "-m", "tui", feed / number], cwd=ROOT, size=(200, 24)) as terminal:
        assert terminal.wait_exit() == 1
        assert f"there is no episode {number} in" in terminal.screen()[0]


def test_a_file_of_several_tells_that_it_shows_the_first(
    feed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.run(["show", str(feed)]) == 0
    first = capsys.readouterr()
    assert first.err == f"pullquote: {feed} holds 2 episodes: this is {feed}/1, and the last {feed}/2\n"
    assert entry.run(["show", f"{feed}/1"]) == 0
    assert capsys.readouterr() == (first.out, "")


def test_words_find_an_episode_inside_a_file(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["show", "tides", "--library", str(feed.parent)]) == 0
    assert "The moon pulls at the water" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["show", "outline", "list"])
def test_an_address_is_no_file(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run([command, "https://example.org/7"]) == 2
    assert capsys.readouterr().err == (
        "pullquote: https://example.org/7 is an address, no file; 'pullquote add' fetches pages of the web\n"
    )


def test_an_address_does_not_open_either() -> None:
    with Terminal([sys.executable, "-m", "tui", "https://example.org/7"], (200, 24), cwd=ROOT) as terminal:
        assert terminal.wait_exit() == 2
        assert "'pullquote add' fetches pages" in terminal.screen()[0]


@pytest.mark.parametrize("words", ["w" * 5000, "w" * 5000 + "/3", "\udcff.md", ""])
def test_impossible_names_are_one_line(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["show", words]) == 1
    err = capsys.readouterr().err
    assert err.startswith("pullquote: ")
    assert err.count("\n") == 1
    assert len(err) < 400


@pytest.mark.parametrize("command", ["show", "outline"])
def test_what_may_not_be_looked_at_is_said(
    command: str, locked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.run([command, str(locked / "talk.md")]) == 1
    assert "you are not allowed to read it" in capsys.readouterr().err


def test_a_title_without_quotes_is_told_to_have_some(capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["show", "bread", "remembers"]) == 2
    assert "put a title's words, or a path with blanks, in quotes; see" in capsys.readouterr().err
