"""Reading and writing the settings file: everything in it is somebody's typing, and may be wrong."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import mkstemp
from typing import TypeVar

from tui.core.cleaning import clean_line
from tui.core.files import display_name, read_bytes
from tui.core.settings import Settings
from tui.core.settings_table import (
    COLUMN,
    FIELDS,
    JUSTIFY,
    MARKS,
    PREFER,
    PRIMARY,
    SETTINGS,
    STYLE,
    THEME,
    Setting,
)  # fmt: skip
from tui.errors import PullquoteError, UnreadableError

LARGEST_FILE = 50_000
"""Bytes of settings that are read: the defaults take five thousand."""

MOST_NOTICES = 12
"""How many mistakes of a file are told."""

T = TypeVar("T")


def parse_settings(path: Path, known_keys: Mapping[str, str]) -> Settings:
    """Return the settings of a file that is there; see ``settings.read_settings``."""
    try:
        document = _Document(path.name, _parse(path))
    except PullquoteError as error:
        return Settings(notices=(f"{error}; the default settings are used",))
    return _settings(document, known_keys)


def write_defaults(path: Path, text: str) -> None:
    """Write a settings file, for its owner only, where there is none yet.

    Raises:
        PullquoteError: There is one already, or it can't be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = mkstemp(dir=path.parent, prefix=".settings-")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
            # A link, unlike a rename, fails where something of that name is already.
            os.link(name, path)
        finally:
            with suppress(OSError):
                Path(name).unlink()
    except OSError as error:
        name = display_name(path)
        if os.path.lexists(path):
            raise PullquoteError(
                f"{name} is there already, and stays as it is: edit it, or move it away"
            ) from error
        reason = clean_line(error.strerror or "unknown error")
        raise PullquoteError(f"{name} can't be written: {reason}; see the folder's permissions") from error


@dataclass(slots=True)
class _Document:
    """A parsed file of which the settings are taken one by one, so that what is left over can be told."""

    name: str
    tables: dict[str, object]
    notices: list[str] = field(default_factory=list)

    def take(self, setting: Setting[T]) -> T:
        """Return a setting's value, or its default."""
        table = self.table(setting.table)
        if setting.name not in table:
            return setting.default
        value = table.pop(setting.name)
        found = setting.read(value)
        if found is not None:
            return found
        self.tell(
            f"[{setting.table}] {setting.name} is {_shown(value)}: {setting.due} is due; the default is used"
        )
        return setting.default

    def table(self, name: str) -> dict[str, object]:
        """Return a table, empty if there is none."""
        found = self.tables.setdefault(name, {})
        if isinstance(found, dict):
            return found
        self.tell(f"{name} must be a table: write [{name}] on a line of its own; the defaults are used")
        self.tables[name] = {}
        return {}

    def tell(self, problem: str) -> None:
        """Keep a notice about this file."""
        self.notices.append(clean_line(f"{self.name}: {problem}"))

    def tell_left_over(self) -> None:
        """Keep a notice for everything that nobody took."""
        for name, table in self.tables.items():
            if isinstance(table, dict) and name in {setting.table for setting in SETTINGS}:
                for unknown in table:
                    self.tell(f"[{name}] has no setting {_shown(unknown)}; 'pullquote config' shows all")
            else:
                self.tell(f"there is no setting {_shown(name)}; 'pullquote config' shows all")


def _parse(path: Path) -> dict[str, object]:
    """Return what a file holds; raise PullquoteError if it can't be read."""
    data = read_bytes(path, limit=LARGEST_FILE + 1).data
    if len(data) > LARGEST_FILE:
        raise UnreadableError(f"{display_name(path)} is larger than {LARGEST_FILE:,} bytes: shorten it")
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except RecursionError as error:
        raise UnreadableError(f"{display_name(path)} is nested too deeply: correct it") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{display_name(path)} is not UTF-8: save it as that") from error
    except ValueError as error:
        # tomllib's own error, or Python's about a number of thousands of digits.
        raise UnreadableError(
            f"{display_name(path)} is no TOML: {_shortened(clean_line(str(error)))}; correct it"
        ) from error


def _settings(document: _Document, known_keys: Mapping[str, str]) -> Settings:
    templates = tuple(_templates(document))
    prefer = document.take(PREFER)
    settings = Settings(
        theme=document.take(THEME),
        column=document.take(COLUMN),
        justify=document.take(JUSTIFY),
        quote_style=_style(document, templates),
        quote_marks=document.take(MARKS),
        quote_fields=document.take(FIELDS),
        templates=templates,
        clipboard=None if prefer == PREFER.default else prefer,
        primary=document.take(PRIMARY),
        keys=_keys(document, known_keys),
    )
    document.tell_left_over()
    more = len(document.notices) - MOST_NOTICES
    told = document.notices[:MOST_NOTICES] + ([f"{document.name}: and {more} more"] if more > 0 else [])
    return replace(settings, notices=tuple(told))


def _templates(document: _Document) -> Iterator[tuple[str, str]]:
    from tui.core.templates import LONGEST_TEMPLATE

    table = document.table("templates")
    document.tables.pop("templates", None)
    for name, source in table.items():
        if not name.strip() or name != clean_line(name):
            document.tell(f"[templates] {_shown(name)} is no name for a template; give it a word")
        elif not isinstance(source, str) or len(source) > LONGEST_TEMPLATE:
            document.tell(
                f"[templates] {name} must be text of at most {LONGEST_TEMPLATE:,} characters; it is left out"
            )
        else:
            yield name, source


def _style(document: _Document, templates: tuple[tuple[str, str], ...]) -> str:
    style = document.take(STYLE)
    if style == STYLE.default or style in dict(templates):
        return style
    from tui.core.styles import STYLES

    if style in STYLES:
        return style
    document.tell(f"[quotes] style is {_shown(style)}: {STYLE.due} is due; the default is used")
    return STYLE.default


def _keys(document: _Document, known_keys: Mapping[str, str]) -> dict[str, str]:
    table = document.table("keys")
    document.tables.pop("keys", None)
    if not table:
        return {}
    from tui.core.keymap import chosen_keys

    chosen, problems = chosen_keys(dict(_flat(table)), known_keys)
    for problem in problems:
        document.tell(f"[keys] {problem}")
    return chosen


def _flat(table: dict[str, object]) -> Iterator[tuple[str, object]]:
    """Yield commands by their full name: TOML takes the dot in ``reader.top`` for a table in a table."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{action}", keys) for action, keys in value.items())
        else:
            yield name, value


def _shown(value: object) -> str:
    """Return a value as a notice shows it: short, in words where it is not simple."""
    if isinstance(value, str):
        return f"“{_shortened(clean_line(value), 40)}”"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and value.bit_length() > 64:
        # Python refuses to write out the longest ones.
        return "a huge number"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else "a date or time"


def _shortened(text: str, length: int = 120) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
