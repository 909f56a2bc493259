"""The settings a user can make, each once: its name in the file, its default, and what may stand there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from tui.core.settings import Settings

T = TypeVar("T")

COLUMNS = range(40, 121)
"""How wide the column can be, in cells."""


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One line of the file."""

    table: str
    name: str
    default: T
    about: str
    due: str
    """What may stand there, for the notice about something else."""

    read: Callable[[object], T | None]
    """Returns the value that was written, or None if it can't be used."""


def _one_of(*names: str) -> Callable[[object], str | None]:
    return lambda value: value if isinstance(value, str) and value in names else None


def _cells(value: object) -> int | None:
    # True and false are whole numbers too.
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if isinstance(value, int) and is_number and value in COLUMNS else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _word(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _marks(value: object) -> str | None:
    # Imported here, like all that follow: only a file that names such a value needs its list.
    from tui.core import quotation_marks

    return _one_of("auto", "straight", "none", "en", *quotation_marks.MARKS)(value)


def _fields(value: object) -> tuple[str, ...] | None:
    from tui.core import quotes

    if not isinstance(value, list) or not all(name in quotes.FIELDS for name in value):
        return None
    return tuple(dict.fromkeys(value))


def _route(value: object) -> str | None:
    from tui.core.routes import Route, survey

    found = survey({}, "")
    return _one_of("auto", *(one.name if isinstance(one, Route) else one.route for one in found))(value)


DEFAULTS = Settings()

THEME = Setting(
    "reading", "theme", DEFAULTS.theme,
    "auto (by what the terminal tells), dark, light, or terminal for its own colours.",
    "auto, dark, light or terminal", _one_of("auto", "dark", "light", "terminal"),
)  # fmt: skip
COLUMN = Setting(
    "reading", "column", DEFAULTS.column,
    f"How wide the text is set, in cells: {COLUMNS.start} to {COLUMNS.stop - 1}.",
    f"a whole number from {COLUMNS.start} to {COLUMNS.stop - 1}", _cells,
)  # fmt: skip
JUSTIFY = Setting(
    "reading", "justify", DEFAULTS.justify, "Whether lines end evenly on the right.", "true or false", _flag
)
STYLE = Setting(
    "quotes", "style", DEFAULTS.quote_style,
    "What a copy looks like: attributed, plain, markdown, obsidian, org, html, latex, json, link, citation,\n"
    "bibtex, csl-json, or the name of a template of yours.",
    "a style or the name of one of [templates]", _word,
)  # fmt: skip
MARKS = Setting(
    "quotes", "marks", DEFAULTS.quote_marks,
    "Quotation marks: auto (by the episode's language), straight, none, or a language: en, de, fr, ja …",
    "auto, straight, none or a language like en, de, fr, ja", _marks,
)  # fmt: skip
FIELDS: Setting[tuple[str, ...]] = Setting(
    "quotes", "fields", DEFAULTS.quote_fields,
    "What a citation says, where it is known: speaker, title, show, section, time, date, url.",
    "a list of speaker, title, show, section, time, date, url", _fields,
)  # fmt: skip
PREFER = Setting(
    "clipboard", "prefer", "auto",
    "The way to the clipboard that is tried first: auto, or a name that 'pullquote doctor' shows.",
    "auto, or a name that 'pullquote doctor' shows,", _route,
)  # fmt: skip
PRIMARY = Setting(
    "clipboard", "primary", DEFAULTS.primary,
    "Whether a copy is what the middle mouse button pastes, too (X11 and Wayland).",
    "true or false", _flag,
)  # fmt: skip

SETTINGS = (THEME, COLUMN, JUSTIFY, STYLE, MARKS, FIELDS, PREFER, PRIMARY)
"""All that is neither a template nor a key, in the order of the file."""

ABOUT_TEMPLATES = (
    "Styles of your own, each a name and a Jinja2 template. It may name quote, speaker, title, show, number,",
    "people, part, section, time, start_s, date, url, link, language, note, tags, file and citation.",
    'short = "{{ quote }} ({{ title }}{% if time %}, {{ time }}{% endif %})"',
)

ABOUT_KEYS = (
    "The keys of a command, with commas between; 'pullquote keys' says what each does. A comma itself is",
    "comma; others: ctrl+x, alt+x, shift+up, space, enter, tab, escape, backspace, pageup, pagedown, f1.",
)


def default_text(known_keys: Mapping[str, str]) -> str:
    """Return the file that holds every setting as a comment with its default; it ends in a line break.

    Args:
        known_keys: All commands and their usual keys, comma-separated.
    """
    # Imported here: only this command needs them, and the reader starts without.
    import json

    from tui.core.keymap import shown_keys

    lines = ["# To change a setting, take the # before its name away. What is not said here stays as it is."]
    table = ""
    for setting in SETTINGS:
        if setting.table != table:
            table = setting.table
            lines += ["", f"[{table}]"]
        lines += [f"# {line}" for line in setting.about.split("\n")]
        lines.append(f"#{setting.name} = {json.dumps(setting.default, ensure_ascii=False)}")
    lines += ["", "[templates]", *(f"# {line}" for line in ABOUT_TEMPLATES), "", "[keys]"]
    lines += [f"# {line}" for line in ABOUT_KEYS]
    lines += [
        f"#{command} = {json.dumps(shown_keys(keys), ensure_ascii=False)}"
        for command, keys in known_keys.items()
    ]
    return "\n".join(lines) + "\n"
