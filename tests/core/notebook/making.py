"""Highlights for tests, made in a line."""

from pathlib import Path

from tui.core.notebook.values import Anchor, Bookmark, Highlight, Source

TIDES = Source("tides", Path("/episodes/tides.md"), "aa", "Tides", "Low Water", 7, ("Ida Brandt",))
MAPS = Source("maps", Path("/episodes/maps.md"), "bb", "Paper Maps | Folded #12", "Folded", 12)


def highlight(id: str, text: str = "A word.", source: Source = TIDES, **fields: object) -> Highlight:
    """A highlight; ``section`` and ``start`` are those of its anchor, ``at`` the day of 2026 it was made."""
    anchor = Anchor(text, section=fields.pop("section", 0), start=fields.pop("start", 0), heading="Harbours")  # type: ignore[arg-type]
    fields.setdefault("created", f"2026-01-0{fields.pop('at', 1)}T12:00:00Z")
    return Highlight(id, source, anchor, text, **fields)  # type: ignore[arg-type]


def bookmark(id: str, text: str = "A place.", letter: str = "") -> Bookmark:
    return Bookmark(id, TIDES, Anchor(text), letter, "2026-01-01T12:00:00Z")
