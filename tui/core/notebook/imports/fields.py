"""Fields of JSON from anywhere, taken only as what they should be, clean."""

from collections.abc import Mapping

from tui.core.cleaning import clean, clean_line
from tui.core.formats.json_values import items, number
from tui.core.notebook.exports.entries import WEB, clean_value
from tui.core.notebook.values import Colour

LARGEST = 2**53
"""Greater numbers are no positions."""

COLOURS = {colour.value: colour for colour in Colour}


def line(value: object) -> str:
    """Return a text on one line; empty for anything else."""
    return clean_line(value) if isinstance(value, str) else ""


def optional_line(value: object) -> str | None:
    """Return a text on one line; None for anything else, and for an empty one."""
    return line(value) or None


def lines(value: object) -> str:
    """Return a text of any number of lines; empty for anything else."""
    return clean(value).text if isinstance(value, str) else ""


def names(value: object) -> tuple[str, ...]:
    """Return the texts of a list, or a single one, each once."""
    found = [value] if isinstance(value, str) else items(value)
    return tuple(dict.fromkeys(filter(None, map(line, found))))


def count(value: object) -> int:
    """Return a whole number from 0; 0 for anything else."""
    return min(max(value, 0), LARGEST) if isinstance(value, int) and not isinstance(value, bool) else 0


def optional_count(value: object) -> int | None:
    """Return a whole number from 0; None for anything else."""
    return count(value) if isinstance(value, int) and not isinstance(value, bool) else None


def seconds(value: object) -> float | None:
    """Return a time in seconds; None for anything else."""
    found = number(value) if isinstance(value, int | float) else None
    return found if found is not None and 0 <= found <= LARGEST else None


def colour(value: object) -> Colour:
    """Return the colour of a name; the first for any other."""
    return COLOURS.get(line(value), Colour.AMBER)


def url(value: object) -> str | None:
    """Return an address of the web; None for anything else."""
    told = line(value)
    return told if told.startswith(WEB) and len(told.split()) == 1 else None


def extra(value: object) -> dict[str, object]:
    """Return an object with its texts clean; an empty one for anything else."""
    found = clean_value(value) if isinstance(value, Mapping) else {}
    return found if isinstance(found, dict) else {}
