"""What is said of exports: how one begins, and what it did."""

from collections.abc import Sequence
from pathlib import Path

from tui.core.notebook.destinations import shown_path
from tui.core.notebook.exports.folders import Exported
from tui.core.notebook.exports.table import export
from tui.core.notebook.exports.values import ExportSettings, Format
from tui.core.notebook.values import Highlight

MOST_SHOWN = 10
"""Highlights in the preview."""

LONGEST_PREVIEW = 6_000
"""Characters of it that are shown."""


def preview_of(highlights: Sequence[Highlight], format: Format, settings: ExportSettings) -> str:
    """Return the beginning of what is written.

    Raises:
        PullquoteError: A template of the user's is wrong.
    """
    if format.is_binary:
        lines = [f"{len(highlights):,} cards, each with the quote, its note and where it is from:", ""]
        return "\n".join([*lines, *(one.text for one in highlights[:MOST_SHOWN])])
    text = str(export(highlights[:MOST_SHOWN], format, settings)).replace("\r", "")
    more = len(highlights) - MOST_SHOWN
    if len(text) > LONGEST_PREVIEW:
        return f"{text[:LONGEST_PREVIEW]}\n…"
    return f"{text}\n… and so on, for {more:,} more" if more > 0 else text


def said_of(exported: Exported, path: Path) -> str:
    """Return what was written, and where, in a sentence."""
    stay = "stays as it was" if exported.edited == 1 else "stay as they were"
    kept = f"; {exported.edited:,} {stay} edited there" if exported.edited else ""
    if not exported.files:
        return f"Nothing new to write: it is all in {shown_path(path)}{kept}"
    count = exported.added + exported.changed
    what = f"{count:,} highlight{'' if count == 1 else 's'}"
    where = shown_path(exported.files[0])
    if len(exported.files) > 1:
        where = f"{len(exported.files):,} files in {shown_path(path)}"
    return f"{what} written to {where}{kept}"
