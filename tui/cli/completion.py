"""What a shell offers to complete: files and folders, readers, styles."""

from collections.abc import Iterable

import click
from click.shell_completion import CompletionItem


def paths(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Leave it to the shell to offer files and folders."""
    return [CompletionItem(incomplete, type="file")]


def folders(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Leave it to the shell to offer folders."""
    return [CompletionItem(incomplete, type="dir")]


def named(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """Return the names that begin as somebody has begun to write."""
    return [CompletionItem(name) for name in dict.fromkeys(names) if name.startswith(incomplete)]


def reader_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the readers that can be forced."""
    from tui.core.formats.table import READERS

    return named((reader.name for reader in READERS), incomplete)


def style_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the styles of quotes, those of the settings among them."""
    from tui.commands import known_keys
    from tui.core.settings import read_settings
    from tui.core.styles import styles

    return named((style.name for style in styles(read_settings(None, known_keys()).quotes)), incomplete)


def format_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the formats of exports, the templates of the settings among them, and the files of templates."""
    from tui.commands import known_keys
    from tui.core.notebook.exports.table import formats
    from tui.core.notebook.exports.values import ExportSettings
    from tui.core.settings import read_settings

    known = formats(ExportSettings(read_settings(None, known_keys()).quotes))
    found = named((format.name for format in known), incomplete)
    return found or [CompletionItem(incomplete, type="file")]


def tag_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the tags of the notebook."""
    from tui.core.notebook.notebook import Notebook

    return named(Notebook().tag_counts(), incomplete)
