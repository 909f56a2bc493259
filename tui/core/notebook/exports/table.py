"""The formats to take highlights away in, and taking them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tui.core.cleaning import clean, has_unsafe
from tui.core.files import is_there
from tui.core.notebook.exports import (
    anki,
    bibliography,
    jsonld,
    kindle,
    logseq,
    markdown,
    org,
    ours,
    readwise,
    text,
)
from tui.core.notebook.exports.entries import cleaned
from tui.core.notebook.exports.template import format_of_file, template_format
from tui.core.notebook.exports.values import ExportSettings, Format
from tui.core.notebook.values import Highlight, now
from tui.errors import UsageError

FORMATS = {
    known.name: known
    for known in (
        Format(
            "markdown", "Markdown", "Notes for Obsidian and others; a folder of them is only ever added to",
            ".md", markdown.render, by_episode=True,
        ),
        Format("text", "Plain text", "To read, to print, to send", ".txt", text.render, by_episode=True),
        Format("json", "JSON", "All there is, to be imported again without loss", ".json", ours.render),
        Format("jsonld", "Web annotations", "W3C Web Annotation in JSON-LD", ".jsonld", jsonld.render),
        Format("readwise", "Readwise", "The CSV that Readwise imports", ".csv", readwise.render),
        Format(
            "kindle", "Kindle clippings", "My Clippings.txt, for whatever imports from a Kindle",
            ".txt", kindle.render, stem="My Clippings",
        ),
        Format(
            "anki", "Anki package", "Cards; importing it again brings them up to date",
            ".apkg", anki.render_package, is_binary=True,
        ),
        Format(
            "anki-tsv", "Anki table", "Cards as a table, for a kind of note of your own",
            ".tsv", anki.render_table,
        ),
        Format("org", "Org", "Headings with properties and tags", ".org", org.render, by_episode=True),
        Format("logseq", "Logseq", "Blocks for a page of Logseq", ".md", logseq.render, by_episode=True),
        Format(
            "bibtex", "BibTeX", "The episodes as references, with what you marked",
            ".bib", bibliography.render_bibtex,
        ),
        Format(
            "csl-json", "CSL-JSON", "The same for Zotero, Pandoc and others",
            ".csl.json", bibliography.render_csl,
        ),
    )
}  # fmt: skip
"""Our formats by name, in the order of a menu."""


def formats(settings: ExportSettings) -> tuple[Format, ...]:
    """Return the formats to choose from: ours, then the user's templates."""
    own = [template_format(name, source) for name, source in settings.quotes.templates if name not in FORMATS]
    return (*FORMATS.values(), *own)


def format_named(name: str, settings: ExportSettings) -> Format:
    """Return a format by its name, or that of a template's file by its path.

    Raises:
        UsageError: There is none.
        PullquoteError: The template's file can't be read.
    """
    known = {found.name: found for found in formats(settings)}
    if name in known:
        return known[name]
    if is_there(Path(name)):
        return format_of_file(Path(name))
    raise UsageError(f"no format “{name}”: choose one of {', '.join(known)}, or the file of a template")


def export(highlights: Sequence[Highlight], format: Format, settings: ExportSettings) -> str | bytes:
    r"""Return highlights in a format, in their order.

    Nothing in a text can act on a terminal; its only controls are tabs and ``\n``, with ``\r`` before it
    where the format wants that.

    Raises:
        PullquoteError: A template of the user's is wrong, or a package can't be made.
    """
    made = format.render(cleaned(highlights), timed(settings))
    if isinstance(made, bytes):
        return made
    # Whatever a template makes of clean texts; the line ends that a format wants are no danger.
    plain = made.replace("\r\n", "\n")
    return clean(plain).text if has_unsafe(plain) else made


def timed(settings: ExportSettings) -> ExportSettings:
    """Return settings that say when it is exported."""
    return settings if settings.exported else replace(settings, exported=now())
