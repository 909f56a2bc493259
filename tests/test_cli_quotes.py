"""The commands quotes and import, as people and other programs use them."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.core.notebook.marking import added, changed, new_highlight
from tests.pty import Terminal
from tui import __main__ as entry
from tui.cli import quotes as command
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.values import Colour, Highlight
from tui.core.reading import read_episode

MAPS = "Ida Brandt on Paper Maps.txt"


@pytest.fixture
def marked(library: Path) -> list[Highlight]:
    """Three highlights of two episodes, in the notebook."""
    notebook = Notebook()
    made = []
    for name, words, changes in (
        ("harbours.md", "A spoonful at a time.", {"tags": ("sea", "slow"), "colour": Colour.BLUE}),
        ("harbours.md", "Dredging never ends.", {"note": "Ask Omar.", "is_favourite": True}),
        (MAPS, "Contours are read with the legs.", {"created": "2024-05-06T07:08:09Z", "tags": ("Séa",)}),
    ):
        episode = read_episode(library / name)
        source = notebook.of_episode(episode).source
        highlight = replace(new_highlight(source, episode, words), **changes)
        notebook.make(added(highlight))
        assert notebook.flush(20)
        made.append(highlight)
    notebook.close()
    return made


Run = Callable[..., tuple[str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], library: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command and returns what it printed."""
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(library))

    def ran(*words: str, code: int = 0) -> tuple[str, str]:
        assert entry.run([*words]) == code
        return capsys.readouterr()

    return ran


def texts(document: str) -> list[str]:
    return [highlight["text"] for highlight in json.loads(document)["highlights"]]


SPOON, DREDGE, LEGS = "A spoonful at a time.", "Dredging never ends.", "Contours are read with the legs."


@pytest.mark.usefixtures("marked")
def test_plain_text_is_what_a_pipe_gets(run: Run) -> None:
    out, err = run("quotes")
    assert err == ""
    assert out.startswith(
        "How harbours silt up\nLow Water #7, 2024-02-11\n\nThe river brings it\n\n  “A spoonful"
    )
    assert "  “Dredging never ends.”\n  Note: Ask Omar.\n  — ★ · " in out


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], [SPOON, DREDGE, LEGS]),
        (["--sort", "date"], [LEGS, SPOON, DREDGE]),
        (["--sort", "colour"], [DREDGE, LEGS, SPOON]),
        (["--sort", "tag"], [SPOON, LEGS, DREDGE]),
        (["--tag", "slow"], [SPOON]),
        (["--tag", "SEA"], [SPOON, LEGS]),
        (["--tag", "slow", "--tag", "sea"], [SPOON, LEGS]),
        (["--colour", "blue"], [SPOON]),
        (["--color", "amber", "--color", "blue"], [SPOON, DREDGE, LEGS]),
        (["--favourite"], [DREDGE]),
        (["--until", "2024"], [LEGS]),
        (["--until", "2024-05-06"], [LEGS]),
        (["--until", "2024-05-05"], []),
        (["--since", "2024-05-07"], [SPOON, DREDGE]),
        (["--episode", "paper brandt"], [LEGS]),
        (["--episode", "Low water"], [SPOON, DREDGE]),
        (["--episode", "nobody"], []),
        (["--favourite", "--tag", "sea"], []),
    ],
    ids=" ".join,
)
def test_what_is_wanted_is_printed_in_order(words: list[str], found: list[str], run: Run) -> None:
    out, err = run("quotes", "--json", *words, code=0 if found else 1)
    assert texts(out) == found
    assert bool(err) is not bool(found)


@pytest.mark.usefixtures("marked")
def test_a_path_limits_to_a_folder_or_an_episode(run: Run, library: Path, tmp_path: Path) -> None:
    assert texts(run("quotes", str(library), "--json")[0]) == [SPOON, DREDGE, LEGS]
    assert texts(run("quotes", str(library / MAPS), "--json")[0]) == [LEGS]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    out, err = run("quotes", str(elsewhere), code=1)
    assert out == ""
    assert err == f"pullquote: no highlights in {elsewhere} fit; 'h' marks one while you read\n"
    link = tmp_path / "link"
    link.symlink_to(library)
    assert texts(run("quotes", str(link), "--json")[0]) == [SPOON, DREDGE, LEGS]


@pytest.mark.usefixtures("marked")
def test_a_renamed_episode_and_one_that_is_gone_keep_their_highlights(run: Run, library: Path) -> None:
    moved = library / "sub" / "moved.md"
    moved.parent.mkdir()
    (library / "harbours.md").rename(moved)
    assert texts(run("quotes", str(moved), "--json")[0]) == [SPOON, DREDGE]
    (library / MAPS).unlink()
    assert texts(run("quotes", str(library / MAPS), "--json")[0]) == [LEGS]
    assert LEGS in run("quotes")[0]


def test_none_at_all_is_said_and_ends_with_1(run: Run) -> None:
    assert run("quotes", code=1) == ("", "pullquote: no highlights fit; 'h' marks one while you read\n")
    assert json.loads(run("quotes", "--json", code=1)[0])["highlights"] == []


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["gone"], 1, "there is no gone; see the spelling"),
        (["https://x.org/y"], 2, "is an address, no file"),
        (["--format", "pdf"], 2, "no format “pdf”: choose one of markdown, text"),
        (["--json", "--format", "org"], 2, "--json is --format json, and can't be org as well"),
        (["--since", "soon"], 2, "'soon' is no date, like 2026-01-31"),
        (["--colour", "red"], 2, "'red' is not one of"),
        (["--sort", "size"], 2, "'size' is not one of"),
    ],
)
@pytest.mark.usefixtures("marked")
def test_what_cannot_be_done_is_one_line(words: list[str], code: int, message: str, run: Run) -> None:
    out, err = run("quotes", *words, code=code)
    assert out == ""
    assert len(err.splitlines()) == 1
    assert message in err


def test_formats_are_listed_with_the_templates_of_the_settings(run: Run, home: Path) -> None:
    (home / "config").mkdir()
    settings = '[templates]\nshort = "{{ quote }} ({{ title }})"\n'
    (home / "config" / "settings.toml").write_text(settings, encoding="utf-8")
    rows = [line.split("\t") for line in run("quotes", "--list-formats")[0].splitlines()]
    assert rows[0][:2] == ["markdown", ".md"]
    assert rows[-1] == ["short", ".txt", "A template of your own"]


@pytest.mark.usefixtures("marked")
def test_a_template_is_taken_by_name_or_from_a_file(run: Run, home: Path, tmp_path: Path) -> None:
    (home / "config").mkdir()
    settings = '[templates]\nshort = "{{ quote }} ({{ title }})"\n'
    (home / "config" / "settings.toml").write_text(settings, encoding="utf-8")
    out, _ = run("quotes", "--favourite", "--format", "short")
    assert out == "Dredging never ends. (How harbours silt up)\n"
    template = tmp_path / "all.md.j2"
    template.write_text("{{ highlights | length }} quotes", encoding="utf-8")
    assert run("quotes", "--format", str(template))[0] == "3 quotes\n"


@pytest.mark.usefixtures("marked")
def test_the_readme_names_the_formats(run: Run) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for line in run("quotes", "--list-formats")[0].splitlines():
        assert f"`{line.split(chr(9))[0]}`" in readme


def pullquote(*words: str, check: int = 0) -> "subprocess.CompletedProcess[bytes]":
    done = subprocess.run([sys.executable, "-m", "tui", *words], capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == check, done.stderr.decode()
    return done


@pytest.mark.usefixtures("marked")
def test_a_package_for_anki_goes_through_a_pipe_and_tables_keep_their_line_ends() -> None:
    with zipfile.ZipFile(io.BytesIO(pullquote("quotes", "--format", "anki").stdout)) as package:
        assert "collection.anki2" in package.namelist()
    table = pullquote("quotes", "--format", "readwise").stdout
    assert table.count(b"\r\n") == 4
    assert len(list(csv.reader(io.StringIO(table.decode(), newline="")))) == 4


@pytest.mark.usefixtures("marked")
def test_a_reader_that_has_enough_is_no_error() -> None:
    words = [sys.executable, "-m", "tui", "quotes", "--json"]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(words, stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.usefixtures("marked")
def test_on_a_terminal_quotes_are_set_for_reading() -> None:
    with Terminal([sys.executable, "-m", "tui", "quotes"], size=(50, 40)) as terminal:
        terminal.wait_for("3 highlights")
        lines = [line.rstrip() for line in terminal.screen()]
    assert "How harbours silt up" in lines
    assert "  ▎ A spoonful at a time." in lines
    assert "    Ask Omar." in lines
    assert max(map(len, lines)) <= 50


@pytest.mark.usefixtures("marked")
def test_a_terminal_is_no_place_for_a_package(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    out, err = run("quotes", "--format", "anki", code=2)
    assert out == ""
    assert "the Anki package is no text for a terminal: add --to NAME.apkg, or pipe it" in err


@pytest.mark.usefixtures("marked")
def test_a_file_is_written_in_the_format_of_its_name_and_not_overwritten(run: Run, tmp_path: Path) -> None:
    beginnings = {"a.csv": b"Highlight,", "a.org": b"#+options", "a.apkg": b"PK", "a.md": b"---\n"}
    for name, begins in beginnings.items():
        out, err = run("quotes", "--to", str(tmp_path / name))
        assert (out, err) == (f"{tmp_path / name}\n", "")
        assert (tmp_path / name).read_bytes().startswith(begins)
    before = (tmp_path / "a.csv").read_bytes()
    out, err = run("quotes", "--to", str(tmp_path / "a.csv"))
    assert (out, err) == ("", "pullquote: nothing new: 3 highlights are there already\n")
    out, err = run("quotes", "--favourite", "--to", str(tmp_path / "a.csv"), code=1)
    assert out == ""
    assert "a.csv is there already, and stays as it is; --yes replaces it" in err
    assert (tmp_path / "a.csv").read_bytes() == before
    run("quotes", "--favourite", "--to", str(tmp_path / "a.csv"), "--yes")
    assert len((tmp_path / "a.csv").read_bytes().splitlines()) == 2


@pytest.mark.usefixtures("marked")
def test_a_file_is_replaced_if_somebody_agrees(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("mine", encoding="utf-8")
    asked: list[str] = []

    def agrees(question: str) -> bool:
        asked.append(question)
        return True

    monkeypatch.setattr(command, "agrees", agrees)
    run("quotes", "--to", str(path))
    assert asked == [f"{path} is there already. Replace it?"]
    assert path.read_text(encoding="utf-8").startswith("How harbours")


@pytest.mark.usefixtures("marked")
def test_a_folder_of_notes_is_continued(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    out, _ = run("quotes", "--to", str(folder), "--favourite")
    assert out.splitlines() == [str(folder / "2024-02-11 Low Water 7 - How harbours silt up.md")]
    out, _ = run("quotes", "--to", f"{folder}/", "--format", "markdown")
    assert len(out.splitlines()) == 2
    out, err = run("quotes", "--to", str(folder))
    assert (out, err) == ("", "pullquote: nothing new: 3 highlights are there already\n")
    page = folder / "2024-02-11 Low Water 7 - How harbours silt up.md"
    text = page.read_text(encoding="utf-8")
    assert text.index("Dredging") < text.index("spoonful")


@pytest.mark.usefixtures("marked")
def test_what_was_edited_here_and_there_is_said(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "all.md"
    run("quotes", "--to", str(page))
    page.write_text(page.read_text(encoding="utf-8").replace("Ask Omar.", "Asked."), encoding="utf-8")
    notebook = Notebook()
    highlight = next(one for one in notebook.highlights() if one.note)
    notebook.make(changed(highlight, replace(highlight, note="He knew.")))
    assert notebook.flush(20)
    notebook.close()
    _, err = run("quotes", "--to", str(page))
    assert err == "pullquote: 1 changed since, but edited in your notes: they stay as they are there\n"
    assert "Asked." in page.read_text(encoding="utf-8")


@pytest.mark.usefixtures("marked")
def test_nothing_is_written_into_the_library(run: Run, library: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in library.iterdir()}
    run("quotes", str(library), "--to", str(tmp_path / "notes"))
    run("quotes", "--json")
    assert {path: path.read_bytes() for path in library.iterdir()} == before


@pytest.mark.usefixtures("marked")
def test_an_export_is_imported_elsewhere_without_loss(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported, _ = run("quotes", "--json")
    path = tmp_path / "quotes.json"
    path.write_text(exported, encoding="utf-8")
    monkeypatch.setenv("PULLQUOTE_HOME", str(tmp_path / "elsewhere"))
    out, _ = run("import", str(path), "--dry-run")
    assert out == "pullquote JSON: 3 new, 0 known, 0 changed, 0 not understood (nothing was written)\n"
    run("quotes", code=1)
    out, _ = run("import", str(path))
    assert out == "pullquote JSON: 3 new, 0 known, 0 changed, 0 not understood\n"
    out, _ = run("import", str(path))
    assert out == "pullquote JSON: 0 new, 3 known, 0 changed, 0 not understood\n"
    again, _ = run("quotes", "--json")
    time = re.compile(r'"exported": ".*"')
    assert time.sub("", again) == time.sub("", exported)


def test_an_import_says_what_it_does_not_understand_and_what_has_no_place(
    run: Run, tmp_path: Path, library: Path
) -> None:
    path = tmp_path / "readwise.csv"
    path.write_text(
        "Highlight,Title,Author,URL,Note,Location,Date\n"
        "Dredging never ends.,How harbours silt up,Low Water,,Yes.,,\n"
        "Nobody said any such thing in there.,How harbours silt up,Low Water,,,,\n"
        ",How harbours silt up,,,,,\n"
        "From a book.,A book,Somebody,,,,\n",
        encoding="utf-8",
    )
    out, err = run("import", str(path))
    assert out.splitlines() == [
        "Readwise CSV: 3 new, 0 known, 0 changed, 1 not understood",
        "not in the library: A book (1)",
        "lost its place in How harbours silt up: “Nobody said any such thing in there.”",
    ]
    assert err == f"pullquote: {path}, line 4: there is no text in it\n"
    document = json.loads(run("quotes", str(library / "harbours.md"), "--json")[0])
    dredging = next(one for one in document["highlights"] if one["note"])
    assert (dredging["text"], dredging["anchor"]["heading"]) == (DREDGE, "The dredger takes it away")


@pytest.mark.usefixtures("marked")
def test_import_reads_standard_input() -> None:
    exported = pullquote("quotes", "--format", "jsonld").stdout
    words = [sys.executable, "-m", "tui", "import", "-"]
    done = subprocess.run(words, input=exported, capture_output=True, cwd=ROOT, check=False)
    assert done.stdout == b"web annotations: 0 new, 3 known, 0 changed, 0 not understood\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x00\x01" * 900, "binary"),
        (b"hello", "holds no highlights that can be imported: what can is our JSON, web annotations"),
        (b"[" * 9000, "is no JSON that can be read"),
        (b'{"kind": "pullquote highlights", "schema": 7}', "come from a newer pullquote (schema 7)"),
        (b'{"kind": "pullquote highlights", "schema": 1, "highlights": []}', None),
    ],
    ids=["binary", "text", "deep", "newer", "empty"],
)
def test_a_file_that_is_of_no_use_is_one_line(
    data: bytes, message: str | None, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    out, err = run("import", str(path), code=1)
    assert len((out + err).splitlines()) == 1
    if message:
        assert message in err


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["gone"], 1, "there is no gone"),
        (["https://x.org/y.json"], 2, "is an address, no file"),
        (["."], 1, "is a folder, not an ordinary file"),
        ([], 2, "Missing argument 'FILE'"),
    ],
)
def test_what_cannot_be_imported_is_one_line(words: list[str], code: int, message: str, run: Run) -> None:
    out, err = run("import", *words, code=code)
    assert (out, len(err.splitlines())) == ("", 1)
    assert message in err


def test_a_library_that_is_named_must_be_there(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "readwise.csv"
    path.write_text("Highlight,Title\nx,T\n", encoding="utf-8")
    _, err = run("import", str(path), "--library", str(tmp_path / "gone"), code=1)
    assert "there is no folder" in err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.usefixtures("marked")
def test_a_notebook_that_cannot_be_written_is_said(run: Run, home: Path, tmp_path: Path) -> None:
    exported, _ = run("quotes", "--json")
    path = tmp_path / "quotes.json"
    path.write_text(exported.replace("Dredging", "Digging").replace('"id": "', '"id": "0'), encoding="utf-8")
    (home / "data").chmod(0o500)
    try:
        assert run("import", str(path), code=1)[0] == ""
    finally:
        (home / "data").chmod(0o700)


def completed(*words: str) -> list[str]:
    environment = {
        **os.environ,
        "_PULLQUOTE_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["pullquote", *words]),
        "COMP_CWORD": str(len(words)),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tui"], env=environment, capture_output=True, text=True, check=False, cwd=ROOT
    )
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


@pytest.mark.usefixtures("marked")
def test_formats_tags_and_colours_are_completed() -> None:
    assert completed("quotes", "--format", "an") == ["anki", "anki-tsv"]
    assert completed("quotes", "--tag", "s") == ["sea", "slow"]
    assert completed("quotes", "--colour", "b") == ["blue"]
    assert "quotes" in completed("q")
