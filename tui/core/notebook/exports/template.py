"""Highlights by a template of the user's own: one of the settings, or a file."""

from collections.abc import Callable, Sequence
from pathlib import Path

from tui.core.decoding import decode
from tui.core.files import display_name, read_bytes
from tui.core.notebook.exports.entries import plain_quote
from tui.core.notebook.exports.values import ExportSettings, Format
from tui.core.notebook.values import Highlight
from tui.core.styles import fields
from tui.core.templates import fill, names_in

OF_TEMPLATES = (".j2", ".jinja", ".jinja2", ".tmpl")
ALL = "highlights"
"""A template that names it is filled in once, with all of them; any other for each highlight by itself."""


def template_format(name: str, source: str, suffix: str = ".txt") -> Format:
    """Return the format that a template makes."""
    about = "A template of your own"
    return Format(name, name, about, suffix, renderer(name, source), by_episode=True)


def format_of_file(path: Path) -> Format:
    """Return the format that the template in a file makes; the file's name tells how those of exports end.

    Raises:
        PullquoteError: It can't be read, or is no text.
    """
    text = decode(read_bytes(path).data, name=display_name(path)).text
    plain = path.with_suffix("") if path.suffix.lower() in OF_TEMPLATES else path
    return template_format(path.name, text, plain.suffix or ".txt")


def renderer(name: str, source: str) -> Callable[[Sequence[Highlight], ExportSettings], str]:
    """Return what fills in a template."""

    def render(highlights: Sequence[Highlight], settings: ExportSettings) -> str:
        values = [values_of(highlight, settings) for highlight in highlights]
        if ALL in names_in(source, name):
            return fill(source, {ALL: values, "exported": settings.exported}, name) + "\n"
        return "\n\n".join(fill(source, value, name) for value in values) + "\n" if values else ""

    return render


def values_of(highlight: Highlight, settings: ExportSettings) -> dict[str, object]:
    """Return what a template may name of a highlight: all that a style of quotes may, and its own."""
    return {
        **fields(plain_quote(highlight), settings.quotes),
        "id": highlight.id,
        "colour": str(highlight.colour),
        "favourite": highlight.is_favourite,
        "created": highlight.created,
        "modified": highlight.modified,
    }
