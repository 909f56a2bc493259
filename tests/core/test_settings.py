"""Settings: what a file may say, and what becomes of everything else that people write into one."""

import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual.keys import Keys, _character_to_key

from tests.conftest import ROOT
from tui.core.keymap import NAMED_KEYS, SIGNS, chosen_keys, key_name
from tui.core.quotes import FIELDS, QuoteSettings
from tui.core.settings import Settings, read_settings, settings_path
from tui.core.settings_file import LARGEST_FILE, MOST_NOTICES, write_defaults
from tui.core.settings_table import SETTINGS, default_text
from tui.core.styles import STYLES
from tui.errors import PullquoteError

KEYS = {
    "reader.page_down": "space,pagedown",
    "reader.page_up": "b",
    "reader.copy": "y",
    "reader.copy_section": "y y",
    "reader.next_paragraph": "right_curly_bracket",
    "find.next": "ctrl+n",
    "find.previous": "ctrl+p",
    "everywhere.leave": "q,ctrl+q",
    "everywhere.palette": "colon,ctrl+p",
}
"""Commands as the reader has them: ctrl+p is taken twice on purpose."""


def read(tmp_path: Path, text: str | bytes) -> Settings:
    path = tmp_path / "settings.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_settings(path, KEYS)


def test_without_a_file_all_is_as_usual(home: Path) -> None:
    assert settings_path() == home / "config" / "settings.toml"
    assert read_settings(None, KEYS) == Settings()
    assert not (home / "config").exists()


def test_the_usual_ways_of_quoting_are_those_of_quotes() -> None:
    assert Settings().quotes == QuoteSettings()


def test_starting_without_a_file_loads_nothing_that_reading_one_takes() -> None:
    script = (
        "import sys; from tui.core.settings import read_settings; read_settings(None, {}); "
        "core = {f'tui.core.{name}' for name in ('quotes', 'styles', 'settings_file', 'keymap')}; "
        "print(sorted(({'tomllib', 'json'} | core) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_file_is_read(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        '\ufeff[reading]\ntheme = "light"\ncolumn = 64\njustify = true\n'
        '[quotes]\nstyle = "short"\nmarks = "fr"\nfields = ["title", "date", "title"]\n'
        '[templates]\nshort = "{{ quote }}"\n[clipboard]\nprefer = "osc52"\nprimary = true\n'
        '[keys]\nreader.page_down = "}, shift+f"\n"reader.next_paragraph" = "space"\n',
    )
    assert found == Settings(
        theme="light",
        column=64,
        justify=True,
        quote_style="short",
        quote_marks="fr",
        quote_fields=("title", "date"),
        templates=(("short", "{{ quote }}"),),
        clipboard="osc52",
        primary=True,
        keys={"reader.page_down": "right_curly_bracket,F", "reader.next_paragraph": "space"},
    )
    assert found.quotes == QuoteSettings("short", "fr", ("title", "date"), (("short", "{{ quote }}"),))


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ('[reading]\ntheme = "solar"', "[reading] theme is “solar”: auto, dark, light or terminal is due"),
        ("[reading]\ncolumn = 39", "[reading] column is 39: a whole number from 40 to 120 is due"),
        ("[reading]\ncolumn = true", "[reading] column is true: a whole number"),
        ("[reading]\ncolumn = 72.5", "[reading] column is 72.5: a whole number"),
        (f"[reading]\ncolumn = 0x{'f' * 9000}", "[reading] column is a huge number: a whole number"),
        ("[reading]\njustify = 1", "[reading] justify is 1: true or false is due"),
        ("[reading]\njustify = 2024-02-11", "justify is a date or time: true or false is due"),
        ("[reading]\ncolor = 1", "[reading] has no setting “color”; 'pullquote config' shows all"),
        ("[readng]\ncolumn = 60", "there is no setting “readng”; 'pullquote config' shows all"),
        ("column = 60", "there is no setting “column”"),
        ("reading = 3", "reading must be a table: write [reading] on a line of its own"),
        ("keys = 3", "keys must be a table"),
        ("templates = []", "templates must be a table"),
        ('[quotes]\nstyle = "fancy"', "[quotes] style is “fancy”: a style or the name of one of [templates]"),
        ("[quotes]\nstyle = []", "[quotes] style is a list"),
        ('[quotes]\nmarks = "klingon"', "[quotes] marks is “klingon”: auto, straight, none or a language"),
        ('[quotes]\nfields = ["title", "isbn"]', "[quotes] fields is a list: a list of speaker, title"),
        ('[quotes]\nfields = "title"', "[quotes] fields is “title”"),
        ("[templates]\nshort = 3", "[templates] short must be text of at most 10,000 characters"),
        ('[templates]\n" " = "x"', "[templates] “” is no name for a template; give it a word"),
        ('[clipboard]\nprefer = "pigeon"', "[clipboard] prefer is “pigeon”: auto, or a name that"),
        ("[clipboard]\nprefer = {}", "[clipboard] prefer is a table"),
        ('[keys]\nreader.pagedown = "f"', "[keys] there is no command “reader.pagedown”"),
        ('[keys]\nreader = "f"', "[keys] there is no command “reader”"),
        ('[keys]\nreader.page_up = ""', "reader.page_up wants the names of keys, like \"space, f\""),
        ("[keys]\nreader.page_up = 3", "reader.page_up wants the names of keys"),
        ('[keys]\nreader.page_up = "f,"', "reader.page_up has “”, which is no key’s name"),
        ('[keys]\nreader.page_up = "spcae"', "reader.page_up has “spcae”, which is no key’s name"),
        ('[keys]\nreader.page_up = "f f"', "reader.page_up has “f f”: keys pressed in a row"),
        ('[keys]\nreader.page_up = "y"', "reader.page_up: “y” belongs to reader.copy; give that another"),
        ('[keys]\nreader.page_up = "q"', "reader.page_up: “q” belongs to everywhere.leave"),
        ('[keys]\neverywhere.leave = "ctrl+n"', "everywhere.leave: “ctrl+n” belongs to find.next"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_and_its_default_taken(tmp_path: Path, text: str, notice: str) -> None:
    found = read(tmp_path, text)
    assert len(found.notices) == 1
    assert found.notices[0].startswith("settings.toml: ")
    assert notice in found.notices[0]
    assert found == Settings(notices=found.notices)


def test_one_mistake_spares_the_rest(tmp_path: Path) -> None:
    found = read(tmp_path, '[reading]\ntheme = "sepia"\ncolumn = 60\n[keys]\nreader.page_up = "K, q"\n')
    assert (found.theme, found.column, len(found.notices)) == ("auto", 60, 2)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"[reading\n", "is no TOML: "),
        (b"column = \n", "at line 1"),
        (b"a = 1\na = 2\n", "is no TOML"),
        (b"a = " + b"1" * 5000, "is no TOML"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (b"a = " + b"[" * 5000, "is nested too deeply"),
        (b"#" * (LARGEST_FILE + 1), "is larger than 50,000 bytes"),
    ],
    ids=["table", "value", "twice", "digits", "encoding", "depth", "size"],
)
def test_a_file_that_cannot_be_read_is_said_in_one_line(tmp_path: Path, data: bytes, problem: str) -> None:
    found = read(tmp_path, data)
    assert len(found.notices) == 1
    assert problem in found.notices[0]
    assert str(tmp_path / "settings.toml") in found.notices[0]
    assert found.notices[0].endswith("; the default settings are used")
    assert "\n" not in found.notices[0]
    assert found == Settings(notices=found.notices)


def test_a_folder_where_the_file_is_due_is_said(tmp_path: Path) -> None:
    assert "is a folder" in read_settings(tmp_path, KEYS).notices[0]


def test_a_link_to_itself_is_said(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.symlink_to(path)
    assert "leads back to itself" in read_settings(path, KEYS).notices[0]


def test_a_file_of_mistakes_is_told_in_a_few_lines(tmp_path: Path) -> None:
    found = read(tmp_path, "[reading]\n" + "".join(f"x{number} = 1\n" for number in range(500)))
    assert len(found.notices) == MOST_NOTICES + 1
    assert found.notices[-1] == "settings.toml: and 488 more"


def test_nothing_of_the_file_can_act_on_the_terminal(tmp_path: Path) -> None:
    found = read(tmp_path, '[reading]\n"\\u001b[31m" = 1\ntheme = "\\u001b]52;c;eA==\\u0007\\n"\n')
    assert len(found.notices) == 2
    assert not any(re.search(r"[\x00-\x1f]", notice) for notice in found.notices)


@given(st.one_of(st.text(max_size=60), st.binary(max_size=60)))
@example("[[reading]]\n")
@example("keys.reader.top.deeper = 1\n")
@example("a." * 2_000 + "a = 1")
def test_no_file_stops_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str | bytes) -> None:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(data)
    found = read_settings(path, KEYS)
    assert all(notice.isprintable() for notice in found.notices)


def test_keys_can_change_places(tmp_path: Path) -> None:
    found = read(tmp_path, '[keys]\nreader.page_down = "b"\nreader.page_up = "space"\n')
    assert found.keys == {"reader.page_down": "b", "reader.page_up": "space"}
    assert found.notices == ()


def test_of_two_wishes_for_one_key_the_first_is_met() -> None:
    chosen, problems = chosen_keys({"reader.page_up": "x", "reader.copy": "x"}, KEYS)
    assert chosen == {"reader.page_up": "x"}
    assert problems == ["reader.copy: “x” belongs to reader.page_up; give that another key too"]


def test_a_refused_wish_takes_its_usual_key_back_from_another() -> None:
    chosen, problems = chosen_keys({"reader.page_up": "y", "reader.copy": "q"}, KEYS)
    assert chosen == {}
    assert len(problems) == 2


def test_usual_keys_written_out_change_nothing() -> None:
    assert chosen_keys(KEYS, KEYS) == ({}, [])
    # The find table's ctrl+p is the palette's too, which is meant.
    assert chosen_keys({"find.previous": "ctrl+p, up"}, KEYS) == ({"find.previous": "ctrl+p,up"}, [])


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("f", "f"), ("F", "F"), ("shift+f", "F"), ("ctrl+F", "ctrl+f"), ("é", "é"), ("?", "question_mark"),
        ("+", "plus"), ("ctrl++", "ctrl+plus"), ("comma", "comma"), ("-", "minus"), ("§", "section_sign"),
        ("Space", "space"), ("PgDn", "pagedown"), ("Esc", "escape"), ("F5", "f5"), ("↑", "up"),
        ("shift+Up", "shift+up"), ("shift+ctrl+left", "ctrl+shift+left"), ("shift+tab", "shift+tab"),
        ("", None), (" ", None), ("f25", None), ("hyper", None), ("ctl+x", None), ("ctrl+", None),
        ("\x1b", None),
    ],
)  # fmt: skip
def test_key_names(key: str, name: str | None) -> None:
    assert key_name(key) == name


def test_key_names_are_those_of_textual() -> None:
    assert all(name == _character_to_key(sign) for name, sign in SIGNS.items())
    assert {key.value for key in Keys if "+" not in key.value} >= NAMED_KEYS


def test_the_default_text_reads_back_to_the_defaults(tmp_path: Path) -> None:
    text = default_text(KEYS)
    assert read(tmp_path, text) == Settings()
    spelled_out = re.sub(r"(?m)^#(?! )", "", text)
    assert read(tmp_path, spelled_out) == Settings()
    assert len(re.findall(r"(?m)^[\w.]+ = ", spelled_out)) == len(SETTINGS) + len(KEYS)
    assert 'reader.next_paragraph = "}"' in spelled_out


def test_a_changed_line_of_the_default_text_is_obeyed(tmp_path: Path) -> None:
    text = default_text(KEYS).replace("#column = 70", "column = 71").replace("# short = ", "short = ")
    found = read(tmp_path, text)
    assert found.column == 71
    assert found.templates[0][0] == "short"
    assert found.notices == ()


def test_the_default_text_names_every_style_and_field() -> None:
    text = default_text(KEYS)
    assert all(re.search(rf"\b{name}\b", text) for name in (*STYLES, *FIELDS))


def test_the_defaults_are_written_once_and_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    write_defaults(path, "# one\n")
    assert path.read_text() == "# one\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with pytest.raises(PullquoteError, match="is there already"):
        write_defaults(path, "# two\n")
    assert path.read_text() == "# one\n"
    assert list(path.parent.iterdir()) == [path]


def test_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PullquoteError, match="is there already"):
        write_defaults(path, "# one\n")
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PullquoteError, match="can't be written"):
        write_defaults(tmp_path / "file" / "settings.toml", "")
