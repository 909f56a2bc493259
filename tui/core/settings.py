"""What a user may choose: one TOML file in the configuration folder, never needed and never obeyed blindly.

A value that can't be used is said in words and its default taken: no mistake in the file stops the reader.
Starting without the file costs one look for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tui.paths import config_folder

if TYPE_CHECKING:
    from tui.core.quotes import QuoteSettings

FILE_NAME = "settings.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user chose, each with its default."""

    theme: str = "auto"
    """``auto`` (by the terminal), ``dark``, ``light``, or ``terminal`` for its own colours."""

    column: int = 70
    """How wide the text's column is, in cells."""

    justify: bool = False
    """Whether lines end evenly on the right."""

    quote_style: str = "attributed"
    quote_marks: str = "auto"
    quote_fields: tuple[str, ...] = ("speaker", "title", "show", "section", "time")
    templates: tuple[tuple[str, str], ...] = ()
    """The user's own styles for quotes: name and Jinja2 template."""

    clipboard: str | None = None
    """The name of the route (``core.routes``) that copies try first."""

    primary: bool = False
    """Whether a copy sets what the middle mouse button pastes too."""

    keys: Mapping[str, str] = field(default_factory=dict)
    """Commands with other keys than usual: ``reader.page_down`` and ``space,f``, as Textual spells them."""

    notices: tuple[str, ...] = ()
    """What in the file can't be used, in words for the reader."""

    @property
    def quotes(self) -> "QuoteSettings":
        """What was chosen about quotes."""
        # Imported here: it takes 2 ms, which the first frame does without.
        from tui.core.quotes import QuoteSettings

        return QuoteSettings(self.quote_style, self.quote_marks, self.quote_fields, self.templates)


def read_settings(path: Path | None, known_keys: Mapping[str, str]) -> Settings:
    """Return the settings of a file, each with its default where it is not there or can't be used.

    Args:
        path: The file; None is the one in the configuration folder.
        known_keys: All commands (``reader.page_down``) and their usual keys, comma-separated.

    Returns:
        The settings, and notices for what was left out. Nothing is raised for a bad file.
    """
    path = settings_path() if path is None else path
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, ValueError):
        # Reading it says in words why not.
        pass
    # Imported here: without a file, which is the usual case, the first frame need not wait for it.
    from tui.core.settings_file import parse_settings

    return parse_settings(path, known_keys)


def settings_path() -> Path:
    """Return where the settings file is, or would be."""
    return config_folder() / FILE_NAME
