"""The commands that search a library, as other programs and people use them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

FERRIES = (
    "# On Ferries\n\n## Ice\n\nThe river froze, and the ferrymen walked.\n\n## Bread\n\nBread was enough.\n"
)
CLOCKS = "# On Clocks\n\n## Rest\n\nA clock is never mended on the day it stopped; José waits.\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    (folder / "ferries.md").write_text(FERRIES, encoding="utf-8")
    (folder / "clocks.md").write_text(CLOCKS, encoding="utf-8")
    return folder


def pullquote(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    env = {**os.environ, "PULLQUOTE_HOME": str(home)}
    command = [sys.executable, "-m", "tui", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=env)


def test_what_fits_is_printed_and_the_status_says_if_anything_did(shelf: Path, tmp_path: Path) -> None:
    done = pullquote(tmp_path / "home", "search", "ferrymen froze", str(shelf))
    assert done.returncode == 0
    (line,) = done.stdout.splitlines()
    path, section, heading, extract = line.split("\t")
    assert (path, section, heading) == (str(shelf / "ferries.md"), "1", "Ice")
    assert extract == "The river froze, and the ferrymen walked."
    nothing = pullquote(tmp_path / "home", "search", "zzqqx", str(shelf))
    assert (nothing.returncode, nothing.stdout) == (1, "")


def test_the_document_is_the_one_that_is_promised(shelf: Path, tmp_path: Path) -> None:
    done = pullquote(tmp_path / "home", "search", "jose", str(shelf), "--json")
    document = json.loads(done.stdout)
    assert (document["schema"], document["query"], document["total"]) == (1, "jose", 1)
    (hit,) = document["hits"]
    assert hit["title"] == "On Clocks"
    assert hit["section"] == {"ordinal": 0, "title": "Rest"}
    assert [hit["extract"][start:end] for start, end in hit["spans"]] == ["José"]
    shown = json.loads(pullquote(tmp_path / "home", "show", hit["path"], "--format", "json").stdout)
    assert shown["id"] == hit["id"]


def test_a_word_with_a_mistake_is_said_to_be_another(shelf: Path, tmp_path: Path) -> None:
    done = pullquote(tmp_path / "home", "search", "ferrymn", str(shelf), "--count")
    assert done.stdout == "1\n"
    assert "ferrymen" in done.stderr


@pytest.mark.parametrize("query", ['"', "((", "-", "a OR", "show:", "*", "after:x", "\\", "title:(a", ""])
def test_nothing_that_is_typed_is_an_error(query: str, shelf: Path, tmp_path: Path) -> None:
    done = pullquote(tmp_path / "home", "search", "--count", "--", query, str(shelf))
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr


def test_an_index_is_made_checked_and_made_again(shelf: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    before = pullquote(home, "index", "--check", str(shelf))
    assert (before.returncode, before.stdout) == (1, "not there yet: 2 files to read\n")
    assert pullquote(home, "index", str(shelf)).stdout == "2 files read; the index is up to date\n"
    assert pullquote(home, "index", "--check", str(shelf)).returncode == 0
    assert pullquote(home, "index", "--rebuild", str(shelf)).stdout.startswith("2 files read")
    (shelf / "clocks.md").unlink()
    stale = pullquote(home, "index", "--check", str(shelf))
    assert stale.returncode == 1
    assert "1 gone" in stale.stdout
    assert pullquote(home, "index", "--check", "--rebuild", str(shelf)).returncode == 2


def test_without_a_place_for_an_index_the_files_are_searched(shelf: Path, tmp_path: Path) -> None:
    home = tmp_path / "a file"
    home.write_text("no folder")
    done = pullquote(home, "search", "--count", "bread", str(shelf))
    assert done.stdout == "1\n"
    assert "going through the files" in done.stderr


@pytest.mark.parametrize("before", [["--count"], ["--count", "--"], []])
def test_a_query_may_begin_with_a_minus(shelf: Path, tmp_path: Path, before: list[str]) -> None:
    after = [] if before else ["--count"]
    done = pullquote(tmp_path / "home", "search", *before, "-ferrymen", str(shelf), *after)
    assert (done.returncode, done.stderr) == (0, "")
    everything = pullquote(tmp_path / "home", "search", "-zzqqx", str(shelf), "--count")
    assert int(done.stdout) == int(everything.stdout) - 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--jsno", "bread"], "No such option '--jsno'"),
        (["bread", "--limit"], "--limit"),
        (["--limit", "none", "bread"], "is not a valid integer"),
        (["bread", ".", "more"], "only one thing can be named"),
        ([], "Missing argument 'QUERY'"),
    ],
)
def test_what_is_no_query_is_said(tmp_path: Path, words: list[str], said: str) -> None:
    done = pullquote(tmp_path / "home", "search", *words)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize("query", ["", " ", '"', "()"])
def test_a_query_without_words_is_told_so(shelf: Path, tmp_path: Path, query: str) -> None:
    done = pullquote(tmp_path / "home", "search", query, str(shelf))
    assert (done.returncode, done.stdout) == (1, "")
    assert "no words to look for" in done.stderr


@pytest.mark.parametrize("command", ["doctor", "config", "keys"])
def test_a_command_that_is_about_nothing_says_what_is_too_much(tmp_path: Path, command: str) -> None:
    done = pullquote(tmp_path / "home", command, "foo")
    assert done.returncode == 2
    assert "unexpected extra argument (foo)" in done.stderr
