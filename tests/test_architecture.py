"""The promises of the structure, checked where no linter can see them."""

import ast
import pkgutil
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from textual.dom import DOMNode
from textual.screen import Screen

import tui
from tests.conftest import ROOT
from tests.making import long_episode
from tui import commands
from tui.app import PullquoteApp
from tui.core.episode import Episode
from tui.paths import STYLES
from tui.screens.copyas import CopyAsScreen
from tui.screens.export import ExportScreen
from tui.screens.help import HelpScreen
from tui.screens.library import LibraryScreen
from tui.screens.note import NoteScreen
from tui.screens.notebook.screen import NotebookScreen
from tui.screens.reader.screen import ReaderScreen
from tui.screens.speakers import SpeakersScreen
from tui.screens.tags import TagsScreen
from tui.widgets.drawn import Drawn
from tui.widgets.episode_list import EpisodeList
from tui.widgets.highlight_list import HighlightList
from tui.widgets.hints import Hints
from tui.widgets.hit_list import HitList
from tui.widgets.mark_list import MarkList
from tui.widgets.outline import Outline
from tui.widgets.page import Page
from tui.widgets.path_field import PathField
from tui.widgets.running_head import RunningHead
from tui.widgets.search_bar import SearchBar

SOURCES = sorted((ROOT / "tui").rglob("*.py"))

WITHOUT_TERMINAL = [
    "tui",
    "tui.__main__",
    "tui.cli",
    "tui.commands",
    "tui.errors",
    "tui.paths",
    *(
        module.name
        for package in ("cli", "core")
        for module in pkgutil.walk_packages([str(ROOT / "tui" / package)], f"tui.{package}.")
        if not module.name.endswith("__main__")
    ),
]

OWNERS: dict[str, tuple[type[DOMNode], ...]] = {
    "Everywhere": (PullquoteApp,),
    "Reader": (ReaderScreen,),
    "Labels": (ReaderScreen,),
    "Highlight labels": (ReaderScreen,),
    "Marks": (ReaderScreen,),
    "Reattach": (ReaderScreen,),
    "Links": (ReaderScreen,),
    "Select": (ReaderScreen,),
    "Copy as": (CopyAsScreen,),
    "Speakers": (SpeakersScreen,),
    "Note": (NoteScreen,),
    "Tags": (TagsScreen,),
    "Filter": (SearchBar,),
    "Find": (SearchBar, ReaderScreen),
    "Search": (SearchBar, ReaderScreen),
    "Related": (ReaderScreen,),
    "Outline": (Outline, ReaderScreen),
    "Library": (LibraryScreen, EpisodeList),
    "Notebook": (NotebookScreen, HighlightList),
    "Export": (ExportScreen,),
    "Export to": (PathField,),
    "Help": (HelpScreen,),
}
"""Who carries out the commands of each table."""


def test_what_is_below_the_screens_imports_neither_textual_nor_rich() -> None:
    """The first module that does is named; one process imports them all, one after the other."""
    check = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]:\n"
        "    importlib.import_module(name)\n"
        "    found = sys.modules.keys() & {'textual', 'rich'}\n"
        "    assert not found, f'{name} imports {found}'\n"
    )
    command = [sys.executable, "-c", check, *WITHOUT_TERMINAL]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name == "__init__.py"], ids=str)
def test_package_files_import_nothing(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]


def test_every_table_has_an_owner() -> None:
    assert set(OWNERS) == set(commands.TABLES)


@pytest.mark.parametrize(
    ("name", "command"),
    [(name, command) for name, table in commands.TABLES.items() for command in table],
    ids=lambda value: value if isinstance(value, str) else value.action,
)
def test_every_command_has_its_action(name: str, command: commands.Command) -> None:
    actions = [getattr(owner, f"action_{command.action}", None) for owner in OWNERS[name]]
    found = [action for action in actions if action is not None]
    assert found, f"nobody carries out {name}: {command.action}"
    assert all(action.__doc__ for action in found)


@pytest.mark.parametrize("name", [name for name in commands.TABLES if name != "Everywhere"])
def test_no_key_is_used_twice(name: str) -> None:
    keys = [key for command in commands.TABLES[name] for key in command.key_list]
    assert len(keys) == len(set(keys))
    # What is typed into a text field never acts as a command, so only other tables meet the general one;
    # the tables of what is typed have their own ctrl+p on purpose, and help its own way out.
    everywhere = {key for command in commands.EVERYWHERE for key in command.key_list}
    meant = {
        **{table: {"ctrl+p"} for table in ("Find", "Search", "Filter")},
        "Help": {"question_mark", "f1"},
    }
    assert everywhere & set(keys) == meant.get(name, set())


def test_actions_are_named_once_in_a_table() -> None:
    for table in commands.TABLES.values():
        actions = [command.action for command in table]
        assert len(actions) == len(set(actions))


SCREENS: tuple[type[Screen[Any]], ...] = (
    ReaderScreen,
    LibraryScreen,
    HelpScreen,
    CopyAsScreen,
    SpeakersScreen,
    NotebookScreen,
    ExportScreen,
    NoteScreen,
    TagsScreen,
)


def test_every_sheet_is_loaded_by_its_screen_and_nested_under_it() -> None:
    names = [screen.__name__.removesuffix("Screen").lower() for screen in SCREENS]
    assert sorted(path.stem for path in STYLES.glob("*.tcss")) == sorted(["app", *names])
    for screen, name in zip(SCREENS, names, strict=True):
        assert STYLES / f"{name}.tcss" == screen.CSS_PATH
        text = re.sub(r"/\*.*?\*/", "", (STYLES / f"{name}.tcss").read_text(encoding="utf-8"), flags=re.S)
        assert re.match(rf"\s*{screen.__name__} \{{", text)
        # A screen's sheet works on all screens once it is loaded: nothing in it may reach another one.
        assert len(re.findall(r"^\S.*\{", text, flags=re.M)) == 1


@pytest.mark.parametrize("shown", [None, long_episode(2)], ids=["library", "reader"])
def test_the_first_screen_has_its_sheet(shown: Episode | None) -> None:
    app = PullquoteApp(ROOT / "episodes", shown)
    name = "library" if shown is None else "reader"
    assert [path.name for path in app.css_path] == ["app.tcss", f"{name}.tcss"]


def test_looks_are_in_the_sheets_only() -> None:
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        assert "DEFAULT_CSS" not in text, path
        if path.name != "themes.py":
            assert not re.search(r"#[0-9a-fA-F]{6}\b", text), path
    for path in STYLES.glob("*.tcss"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        assert not re.search(r":[^;{]*#[0-9a-fA-F]{3,8}\b", text), f"{path}: colours are variables"


def test_text_is_never_read_as_markup() -> None:
    """Whatever shows text of a file says ``markup=False`` or takes ``Content``: a title may be ``[/]``."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in {"notify", "Static", "Label"} and "core" not in path.parts:
                given = {keyword.arg: keyword.value for keyword in node.keywords}
                markup = given.get("markup")
                assert isinstance(markup, ast.Constant), f"{path}:{node.lineno}"
                assert markup.value is False, f"{path}:{node.lineno}"
            assert name not in {"from_markup", "from_rich_text"}, f"{path}:{node.lineno}"


def test_workers_are_not_described_by_what_they_are_given() -> None:
    """Textual writes out every argument of a worker for a description: a large episode stops the keys."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or len(node.args.args) < 2:
                continue
            for made in node.decorator_list:
                if isinstance(made, ast.Call) and getattr(made.func, "id", "") == "work":
                    given = {keyword.arg: keyword.value for keyword in made.keywords}
                    said = given.get("description")
                    # Of an empty one Textual thinks as of none.
                    is_said = isinstance(said, ast.Name) or (isinstance(said, ast.Constant) and said.value)
                    assert is_said, f"{path}:{node.lineno}: {node.name}"


def test_the_readme_shows_the_table_of_keys() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.split("<!-- keys -->")[1].split("<!-- /keys -->")[0]
    assert shown.strip() == commands.markdown_tables().strip(), "run: make keys"


def test_the_version_is_said_once() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", tui.__version__)


@pytest.mark.parametrize(
    "widget",
    [Page, Outline, RunningHead, Hints, EpisodeList, HitList, MarkList, HighlightList],
    ids=lambda widget: widget.__name__,
)
def test_every_style_that_is_drawn_with_has_its_rule(widget: type[Drawn]) -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in STYLES.glob("*.tcss"))
    rules = set(re.findall(rf"\.{widget.STYLE_PREFIX}--([a-z0-9-]+) \{{", sheets))
    assert widget.INKS
    assert rules == widget.INKS
