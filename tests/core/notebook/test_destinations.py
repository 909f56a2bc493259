"""Where exports go."""

from pathlib import Path

import platformdirs
import pytest

from tui.core.notebook.destinations import (
    completed,
    is_inside,
    shown_path,
    suggested_folder,
    suggested_path,
    typed_path,
)
from tui.core.notebook.exports.table import FORMATS


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Somebody's own folder, with documents in it; we are in another one."""
    own = tmp_path / "ada"
    (own / "Documents").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setenv("HOME", str(own))
    monkeypatch.setattr(platformdirs, "user_documents_path", lambda: own / "Documents")
    monkeypatch.chdir(tmp_path / "elsewhere")
    return own


def test_exports_go_among_the_documents(people: Path) -> None:
    assert suggested_folder(people / "podcasts") == people / "Documents" / "pullquote"


def test_without_documents_they_go_where_we_are(people: Path) -> None:
    (people / "Documents").rmdir()
    assert suggested_folder(people / "podcasts") == Path.cwd() / "pullquote"


def test_they_never_go_into_the_library(people: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    assert suggested_folder(people / "Documents") == Path.cwd() / "pullquote"
    monkeypatch.chdir(people / "Documents")
    assert suggested_folder(people / "Documents") == people / "pullquote"
    assert suggested_folder(people) == home / "data" / "exports"


def test_a_link_does_not_hide_that_a_folder_is_in_the_library(people: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(people)
    assert is_inside(tmp_path / "link" / "Documents", people)
    assert not is_inside(tmp_path / "elsewhere", people)


def test_a_format_of_a_file_an_episode_gets_the_folder() -> None:
    folder = Path("/exports")
    assert suggested_path(folder, FORMATS["markdown"]) == folder
    assert suggested_path(folder, FORMATS["kindle"]) == folder / "My Clippings.txt"


def test_paths_are_written_as_people_write_them(people: Path) -> None:
    assert shown_path(people / "Documents" / "a.md") == "~/Documents/a.md"
    assert typed_path(" ~/Documents/a.md ") == people / "Documents" / "a.md"
    assert typed_path("b.md") == Path.cwd() / "b.md"
    assert typed_path("~nobody-of-this-name/x").is_absolute()
    assert shown_path(Path("/somewhere")) == "/somewhere"


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("No", "Notes "),
        ("Notes 2", "Notes 2/"),
        ("Notes 2/", "Notes 2/a.md"),
        ("nothing", "nothing"),
        ("no such folder/a", "no such folder/a"),
        (".h", ".hidden"),
        ("~/Doc", "~/Documents/"),
        ("bad", "bad"),
    ],
)
def test_names_are_completed_as_far_as_they_are_certain(people: Path, typed: str, whole: str) -> None:
    (Path.cwd() / "Notes 1").mkdir()
    (Path.cwd() / "Notes 2").mkdir()
    (Path.cwd() / "Notes 2" / "a.md").touch()
    (Path.cwd() / ".hidden").touch()
    (Path.cwd() / "bad\x1b[31m").touch()
    assert completed(typed) == whole
