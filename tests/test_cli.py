"""The command line: what it prints, where, and what it ends with."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pty import Terminal
from tui import __main__ as entry
from tui import __version__
from tui.cli.main import COMMANDS
from tui.commands import TABLES, display_keys, known_keys
from tui.core import listing
from tui.core.catalogue.rows import Row, bare_row
from tui.core.cleaning import has_unsafe
from tui.core.settings import Settings, read_settings
from tui.errors import UsageError

MAPS = "Ida Brandt on Paper Maps.txt"


def pullquote(
    *words: str, stdin: bytes = b"", check: int = 0, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own, no terminal anywhere near it."""
    done = subprocess.run(
        [sys.executable, "-m", "tui", *words],
        input=stdin,
        capture_output=True,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )
    assert done.returncode == check, done.stderr.decode()
    return done


def error_line(done: subprocess.CompletedProcess[bytes]) -> str:
    """The one line on stderr; nothing may be on stdout."""
    assert done.stdout == b""
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("pullquote: ")
    return lines[0]


class Tty(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_list_prints_the_columns_with_tabs_between(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["list", str(library)]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert ["How harbours silt up", "Low Water", "2024-02-11", "1"] in rows
    assert len(rows) == 2


def test_list_sorts(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry.run(["list", str(library), "--sort", "title"])
    by_title = capsys.readouterr().out.splitlines()
    entry.run(["list", str(library), "--sort", "date"])
    by_date = capsys.readouterr().out.splitlines()
    assert by_title[0].startswith("How")
    assert by_date[0].startswith("How")
    entry.run(["list", str(library), "--sort", "length"])
    assert capsys.readouterr().out.splitlines() == by_title[::-1]


def test_list_json_is_one_document_of_episodes_without_sections(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.run(["list", str(library), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert list(document) == ["schema", "episodes"]
    harbours = next(found for found in document["episodes"] if found["show"] == "Low Water")
    assert harbours["number"] == 7
    assert "sections" not in harbours
    assert "schema" not in harbours


def test_list_tells_of_unreadable_files_and_lists_the_others(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (library / "broken.txt").write_bytes(bytes(1000))
    assert entry.run(["list", str(library)]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert len(err.splitlines()) == 1
    assert "broken.txt" in err


def test_list_of_nothing_readable_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.txt").write_bytes(bytes(1000))
    assert entry.run(["list", str(tmp_path)]) == 1
    assert capsys.readouterr().out == ""


def test_list_of_one_file(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["list", str(library / "harbours.md")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def listed(title: str, show: str = "") -> Row:
    return bare_row(["x.md"])._replace(title=title, show=show, words=4600)


@pytest.mark.parametrize("width", [40, 57, 80, 120])
def test_list_on_a_terminal_is_aligned_and_cut_by_cells(width: int) -> None:
    episodes = [listed("a" * 200, "Show"), listed("日本語の題名" * 20, "番組"), listed("Cafe\u0301")]
    lines = list(listing.aligned(episodes, width))
    assert {listing.cells(line) for line in lines} == {width}
    assert "…" in lines[0]
    assert all(line.endswith("  20 min") for line in lines)


def test_list_on_a_terminal_is_no_wider_than_what_it_holds() -> None:
    assert list(listing.aligned([listed("Short", "Show")], 120)) == ["Short  Show    20 min"]
    assert list(listing.aligned([], 120)) == []


def test_outline_numbers_sections_from_1(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["outline", str(library / "harbours.md")]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "How harbours silt up",
        "",
        "1  The river brings it",
        "2  The dredger takes it away",
    ]


def test_outline_json_leaves_blocks_out(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry.run(["outline", str(library / "harbours.md"), "--json"])
    document = json.loads(capsys.readouterr().out)
    assert [section["ordinal"] for section in document["sections"]] == [0, 1]
    assert not any("blocks" in section for section in document["sections"])


def test_show_prints_the_text(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["show", "harbours", "--library", str(library)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("How harbours silt up\n\nThe river brings it\n\nEvery river")
    assert out.endswith("- Dredging never ends.\n- It only falls behind.\n")


def test_show_section_counts_from_1(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry.run(["show", str(library / "harbours.md"), "--section", "2"])
    assert capsys.readouterr().out.startswith("The dredger takes it away\n\n- Dredging")


CITATION = "— How harbours silt up (Low Water #7), The river brings it"


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        (["--sentence", "2", "--style", "plain"], "A spoonful at a time.\n"),
        (
            ["--sentence", "1-2", "--style", "plain"],
            "Every river carries its hills to the sea. A spoonful at a time.\n",
        ),
        (["--sentence", "2"], f"“A spoonful at a time.”\n\n{CITATION}\n"),
        (
            ["--style", "markdown"],
            "> Every river carries its hills to the sea. A spoonful at a time.\n>\n"
            "> — How harbours silt up (Low Water #7), The river brings it\n",
        ),
        (["--style", "citation"], f"{CITATION[2:]}\n"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_show_prints_a_quote(
    words: list[str], printed: str, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.run(["show", str(library / "harbours.md"), "--section", "1", *words]) == 0
    assert capsys.readouterr().out == printed


def test_sentences_are_counted_over_the_blocks_of_a_section(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["show", str(library / "harbours.md"), "--section", "2"]
    assert entry.run([*words, "--format", "sentences"]) == 0
    assert capsys.readouterr().out == "1\tDredging never ends.\n2\tIt only falls behind.\n"
    assert entry.run([*words, "--sentence", "1-2", "--style", "plain"]) == 0
    assert capsys.readouterr().out == "- Dredging never ends.\n- It only falls behind.\n"


def test_a_sentence_beyond_the_last_says_how_many_there_are(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.run(["show", str(library / "harbours.md"), "--section", "2", "--sentence", "2-3"]) == 1
    assert (
        "there is no sentence 3 in section 2 of “How harbours silt up”: it has 2" in capsys.readouterr().err
    )


def test_an_unknown_style_names_those_there_are(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["show", str(library / "harbours.md"), "--section", "1", "--style", "fancy"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("pullquote: no style “fancy”: choose one of attributed, plain, markdown")


def test_a_quote_is_written_as_the_settings_say(
    library: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text(
        '[reading]\ncolumn = 7\n[quotes]\nstyle = "short"\nmarks = "de"\n'
        '[templates]\nshort = "{{ section }}: {{ quote | upper }}"\n',
        encoding="utf-8",
    )
    words = ["show", str(library / "harbours.md"), "--section", "1", "--sentence", "2"]
    assert entry.run(words) == 0
    out, err = capsys.readouterr()
    assert out == "The river brings it: A SPOONFUL AT A TIME.\n"
    assert err.startswith("pullquote: settings.toml: [reading] column is 7: a whole number from 40 to 120")
    assert entry.run([*words, "--style", "attributed"]) == 0
    assert capsys.readouterr().out.startswith("„A spoonful at a time.“\n")


def test_config_prints_a_settings_file(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["config"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    path = home / "config" / "settings.toml"
    assert out.startswith(f"# {path}\n")
    assert not path.parent.exists()
    path.parent.mkdir()
    path.write_text(re.sub(r"(?m)^#(?! )", "", out), encoding="utf-8")
    assert read_settings(path, known_keys()) == Settings()


def test_config_path_is_all_that_is_printed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["config", "--path"]) == 0
    assert capsys.readouterr().out == f"{home / 'config' / 'settings.toml'}\n"


def test_config_writes_the_file_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = home / "config" / "settings.toml"
    assert entry.run(["config", "--write"]) == 0
    assert capsys.readouterr() == ("", f"pullquote: wrote {path}\n")
    assert '#theme = "auto"' in path.read_text(encoding="utf-8")
    path.write_text("# mine\n", encoding="utf-8")
    assert entry.run(["config", "--write"]) == 1
    assert "is there already, and stays as it is" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "# mine\n"


def test_settings_name_every_command_once() -> None:
    assert len(known_keys()) == sum(map(len, TABLES.values()))
    assert known_keys()["reader.page_down"].startswith("space,")


@pytest.fixture
def tmux_here(tmp_path: Path) -> Path:
    """A PATH with a tmux in it that keeps what it is given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "tmux"
    program.write_text(f'#!/bin/sh\n[ "$1" = -V ] && echo "tmux 3.9" || /bin/cat > "{tmp_path}/copied"\n')
    program.chmod(0o700)
    return folder


def test_doctor_copies_nothing_unasked(tmux_here: Path, home: Path) -> None:
    out = pullquote("doctor", PATH=str(tmux_here), TMUX="/tmp/tmux,1,0", TERM="tmux-256color").stdout.decode()
    assert re.search(r"(?m)^Clipboard \(not tried; --try does, and replaces what is in it\)$", out)
    assert re.search(r"(?m)^  tmux +yes, a copy goes this way: inside tmux", out)
    assert re.search(r"(?m)^  xclip +no: not on an X11 display$", out)
    assert re.search(r"(?m)^  TERM +tmux-256color$", out)
    assert re.search(r"(?m)^  tmux +tmux 3\.9, we are inside it$", out)
    assert re.search(rf"(?m)^  pullquote +{re.escape(__version__)}$", out)
    assert f"{home / 'config' / 'settings.toml'} (not there" in out
    assert not (tmux_here.parent / "copied").exists()
    assert not any(home.iterdir())


def test_doctor_tries_every_way_when_asked(tmux_here: Path, home: Path) -> None:
    (home / "data").mkdir()
    kept = home / "data" / "last-copy.txt"
    kept.write_text("not to be lost", encoding="utf-8")
    out = pullquote("doctor", "--try", PATH=str(tmux_here), TMUX="/tmp/tmux,1,0").stdout.decode()
    assert re.search(r"(?m)^  tmux +yes, a copy goes this way: .* · tried: worked$", out)
    assert re.search(r"(?m)^  file +yes: always · tried: worked$", out)
    assert (tmux_here.parent / "copied").read_text(encoding="utf-8") == "pullquote doctor was here"
    assert kept.read_text(encoding="utf-8") == "not to be lost"
    assert list(kept.parent.iterdir()) == [kept]


def test_doctor_tells_what_the_settings_say(tmux_here: Path, home: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text('[clipboard]\nprefer = "file"\nfax = 1\n')
    out = pullquote("doctor", PATH=str(tmux_here), TMUX="1", SSH_TTY="/dev/pts/0").stdout.decode()
    assert re.search(r"(?m)^  file +yes, a copy goes this way: always$", out)
    assert re.search(r"(?m)^  tmux +yes: inside tmux", out)
    assert "notice  settings.toml: [clipboard] has no setting “fax”" in out
    assert re.search(r"(?m)^  SSH +yes \(SSH_TTY is set\)$", out)


def test_doctor_shows_nothing_that_acts_on_the_terminal(tmux_here: Path) -> None:
    (tmux_here / "tmux").write_text("#!/bin/sh\nprintf '\\033]52;c;eA==\\007tmux'\n")
    out = pullquote("doctor", PATH=str(tmux_here), TERM="x\x1b[31m", LANG="C").stdout.decode()
    assert not has_unsafe(out)
    assert "tmux, we are not inside it" in out


def test_doctor_waits_for_no_program(tmux_here: Path) -> None:
    (tmux_here / "tmux").write_text("#!/bin/sh\nexec /bin/sleep 60\n")
    assert "no answer (TimeoutExpired)" in pullquote("doctor", PATH=str(tmux_here)).stdout.decode()


def test_osc52_of_a_trial_reaches_the_terminal() -> None:
    command = [sys.executable, "-m", "tui", "doctor", "--try"]
    with Terminal(command, env={"TERM": "xterm-256color", "PATH": "/nowhere"}) as terminal:
        assert terminal.wait_exit() == 0
        assert terminal.clipboard() == ["pullquote doctor was here"]


def test_show_json_section_keeps_its_ordinal_from_0(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry.run(["show", str(library / "harbours.md"), "--section", "2", "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    assert [section["ordinal"] for section in document["sections"]] == [1]
    assert document["sections"][0]["blocks"][0] == {
        "kind": "bullet",
        "depth": 1,
        "text": "Dredging never ends.",
    }


def test_show_markdown_has_front_matter(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry.run(["show", str(library / MAPS), "--format", "markdown"])
    assert capsys.readouterr().out.startswith('---\ntitle: "Ida Brandt on Paper Maps')


def test_show_section_beyond_the_last_says_how_many_there_are(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.run(["show", str(library / "harbours.md"), "--section", "9"]) == 1
    assert "no section 9 in “How harbours silt up”: it has 2" in capsys.readouterr().err


def test_a_folder_where_an_episode_is_due(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["show", str(library)]) == 1
    assert "is a folder, and one episode is due" in capsys.readouterr().err


def test_the_library_is_the_configured_one(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(library))
    assert entry.run(["show", "brandt maps", "--section", "1"]) == 0
    assert capsys.readouterr().out.startswith("Brief Summary\n")


def test_the_library_is_episodes_here_without_configuration(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PULLQUOTE_LIBRARY", raising=False)
    library.rename(library.parent / "episodes")
    monkeypatch.chdir(library.parent)
    assert entry.run(["list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_keys_prints_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["keys"]) == 0
    out = capsys.readouterr().out
    for name, table in TABLES.items():
        assert f"{name}\n" in out
        for command in table:
            assert f"  {display_keys(command)} " in out
            assert command.help in out


def test_the_entry_knows_the_commands() -> None:
    assert set(COMMANDS) == entry.COMMANDS


@pytest.mark.parametrize(
    ("words", "opens"),
    [
        ([], True),
        (["talks"], True),
        (["-"], True),
        (["./list"], True),
        (["--", "list"], True),
        (["--", "-rf.txt"], True),
        (["list"], False),
        (["--help"], False),
        (["-rf.txt"], False),
        (["one", "two"], False),
    ],
    ids=lambda value: " ".join(value) or "nothing" if isinstance(value, list) else None,
)
def test_which_words_open_the_reader(words: list[str], opens: bool) -> None:
    assert entry.opens_reader(words) is opens


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["one", "two"],
            "there is no command “one”, and only one path can be opened; see 'pullquote --help'",
        ),
        (["show"], "Missing argument 'EPISODE'; see 'pullquote show --help'"),
        (["show", "x", "--section", "0"], "see 'pullquote show --help'"),
        (["list", "--sort", "size"], "'size' is not one of"),
        (["show", "x", "--style", "plain"], "name the section that is meant with --section N"),
        (["show", "x", "--format", "sentences"], "name the section that is meant with --section N"),
        (["show", "x", "--section", "1", "--sentence", "0"], "'0' is no number from 1, like 3, nor a range"),
        (["show", "x", "--section", "1", "--sentence", "3-2"], "'3-2' is no number from 1, like 3, nor a"),
        (["show", "x", "--section", "1", "--sentence", "²"], "is no number from 1"),
        (["show", "x", "--section", "1", "--style", "org", "--format", "json"], "take one of the two"),
        (["--nonsense"], "No such option"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_words_are_one_line_and_exit_2(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.run(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.startswith("pullquote: ")
    assert message in err


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["--version"]) == 0
    assert capsys.readouterr().out == f"pullquote {__version__}\n"
    assert entry.run(["--help"]) == 0
    out = capsys.readouterr().out
    assert "Usage: pullquote [OPTIONS] [--as READER] [PATH] | COMMAND" in out
    assert all(f"  {command} " in out for command in entry.COMMANDS)


def test_the_reader_needs_a_terminal(library: Path) -> None:
    assert "the reader needs a terminal; try 'pullquote show" in error_line(pullquote(str(library), check=2))


def test_the_reader_needs_a_terminal_that_can_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Tty())
    monkeypatch.setattr(sys, "stdout", Tty())
    monkeypatch.setenv("TERM", "dumb")
    with pytest.raises(UsageError, match="TERM=dumb"):
        entry.require_terminal(need_input=True)
    monkeypatch.setenv("TERM", "xterm")
    entry.require_terminal(need_input=True)


@pytest.mark.parametrize(
    ("name", "message"),
    [("gone", "there is no gone"), ("empty", "no episodes in empty"), ("pipe", "pipe is a pipe")],
)
def test_what_cannot_be_opened_is_said_before_the_reader_starts(
    name: str,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(entry, "require_terminal", lambda *, need_input: None)
    assert entry.run([name]) == 1
    assert capsys.readouterr().err.startswith(f"pullquote: {message}")


OPEN_WITHOUT_A_SCREEN = """
import sys, types
from tui import __main__ as entry
assert not {"click", "textual", "rich"} & set(sys.modules)
app = types.ModuleType("tui.app")
def run_reader(path, text, library=None):
    print(path, text, "click" in sys.modules)
    return 5
app.run_reader = run_reader
sys.modules["tui.app"] = app
entry.require_terminal = lambda *, need_input: None
sys.exit(entry.run(sys.argv[1:]))
"""
"""Opens the reader, with one that only tells what it was given."""


def test_opening_a_path_does_not_load_the_command_line(library: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPEN_WITHOUT_A_SCREEN, str(library)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (5, f"{library} None False\n"), done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["keys"],
        ["list"],
        ["outline", "harbours"],
        ["show", "harbours"],
        ["show", "harbours", "--section", "1", "--sentence", "2"],
        ["config"],
        ["doctor"],
    ],
    ids=" ".join,
)
def test_commands_load_neither_textual_nor_rich(words: list[str], library: Path) -> None:
    script = (
        "import sys; from tui import __main__ as entry; code = entry.run(sys.argv[1:]); "
        "sys.exit(code or int(bool({'textual', 'rich'} & set(sys.modules))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        env={**os.environ, "PULLQUOTE_LIBRARY": str(library)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


def test_standard_input_is_an_episode(library: Path) -> None:
    text = (library / "harbours.md").read_bytes()
    assert pullquote("show", "-", stdin=text).stdout.startswith(b"How harbours silt up\n")
    assert pullquote("outline", "-", stdin=text).stdout.endswith(b"2  The dredger takes it away\n")
    assert pullquote("list", "-", stdin=text).stdout.startswith(b"How harbours silt up\tLow Water")


READ_INPUT_ON_A_TERMINAL = """
import os, sys, types
from tui import __main__ as entry
def run_reader(path, text, library=None):
    print(path, text, os.isatty(0))
    print("typed", sys.stdin.buffer.raw.readline())
    return 0
app = types.ModuleType("tui.app")
app.run_reader = run_reader
sys.modules["tui.app"] = app
sys.exit(entry.run(["-"]))
"""
"""Opens the reader on standard input, with one that tells what it got and then reads a line of keys."""


def test_the_reader_of_standard_input_hears_keys_from_the_terminal() -> None:
    command = 'printf "Some words" | "$0" -c "$1"'
    with Terminal(["sh", "-c", command, sys.executable, READ_INPUT_ON_A_TERMINAL]) as terminal:
        terminal.wait_for("- b'Some words' True")
        terminal.write(b"keys\r")
        terminal.wait_for("typed b'keys\\n'")
        assert terminal.wait_exit() == 0


def test_a_list_on_a_terminal_fits_it(library: Path) -> None:
    with Terminal([sys.executable, "-m", "tui", "list", str(library)], size=(40, 10)) as terminal:
        assert terminal.wait_exit() == 0
        terminal.wait_for("How harbour")
        lines = [line.rstrip() for line in terminal.screen() if line.strip()]
    assert len(lines) == 2
    assert all(line.endswith(" 1 min") for line in lines)


def test_standard_input_that_is_no_text_is_refused() -> None:
    assert "not a text file" in error_line(pullquote("show", "-", stdin=bytes(1000), check=1))


def test_output_is_utf_8_in_every_locale(tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_text("# 日本語のお茶\n\nSencha – “green”.\n", encoding="utf-8")
    done = pullquote(
        "show", str(tmp_path / "tea.md"), LANG="C", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0"
    )
    assert done.stdout.decode("utf-8") == "日本語のお茶\n\nSencha – “green”.\n"


def test_nothing_a_file_or_its_name_holds_reaches_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "na\x1b]0;x\x07\u202eme.md"
    path.write_bytes(b"# Ti\x1b[31mtle\n\nWords \x9b31m&#27;]52;c;x&#7; and\x07 bells.\n")
    (tmp_path / "bro\x1b[31mken.txt").write_bytes(bytes(1000))
    for words in (
        ["list", str(tmp_path)],
        ["show", str(path)],
        ["outline", str(path)],
        ["show", "gone\x1b[2J"],
    ):
        done = subprocess.run([sys.executable, "-m", "tui", *words], capture_output=True, check=False)
        assert not has_unsafe((done.stdout + done.stderr).decode().replace("\t", ""))


def test_json_keeps_a_strange_path_whole(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"na\x1b[31m\xff.md")
    path.write_text("# Title\n\nWords.\n", encoding="utf-8")
    out = pullquote("show", str(path), "--format", "json").stdout.decode()
    assert not has_unsafe(out)
    assert json.loads(out)["path"] == str(path)


@pytest.mark.parametrize("words", [["list"], ["show", "harbours"], ["keys"]], ids=" ".join)
def test_a_reader_that_has_had_enough_ends_the_output_quietly(words: list[str], library: Path) -> None:
    nobody_reads, output = os.pipe()
    os.close(nobody_reads)
    done = subprocess.run(
        [sys.executable, "-m", "tui", *words],
        stdout=output,
        stderr=subprocess.PIPE,
        env={**os.environ, "PULLQUOTE_LIBRARY": str(library)},
        check=False,
    )
    os.close(output)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's full device")
def test_output_that_cannot_be_written_is_said(library: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tui", "list", str(library)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == b"pullquote: the output can't be written: No space left on device\n"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("pullquote do", "file,do plain,doctor"),
        ("pullquote --a", "plain,--as"),
        ("pullquote show --sen", "plain,--sentence"),
        ("pullquote show --as podwise-", "plain,podwise-json"),
        ("pullquote show --style csl", "plain,csl-json"),
        ("pullquote show talk", "file,talk"),
        ("pullquote outline talk --library lib", "file,lib"),
        ("pullquote ad", "file,ad plain,add"),
        ("pullquote add --cl", "plain,--clipboard"),
        ("pullquote add --to li", "dir,li"),
        ("pullquote list --sort da", "plain,date"),
    ],
)
def test_words_are_completed(words: str, found: str) -> None:
    count = str(len(words.split()) - 1)
    done = pullquote(_PULLQUOTE_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=count)
    assert done.stdout.decode().split() == found.split()


def test_help_says_how_completion_is_switched_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["--help"]) == 0
    out = capsys.readouterr().out
    for shell in ("bash", "zsh", "fish"):
        assert f"_PULLQUOTE_COMPLETE={shell}_source pullquote" in out


def test_completion_is_answered_by_the_command_line() -> None:
    done = pullquote(_PULLQUOTE_COMPLETE="bash_source")
    assert b"_PULLQUOTE_COMPLETE" in done.stdout
