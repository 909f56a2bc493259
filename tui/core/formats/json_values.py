"""JSON as files hold it: whole, or cut anywhere because only its beginning was read.

What comes out is never trusted: ``texts``, ``number`` and their like take from a value only what is of the
kind asked for, clean.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tui.core.cleaning import clean, clean_line

DEEPEST = 64
"""How deep a document may be nested; no format read here goes deeper than eight."""

TOKEN = re.compile(r'"(?:[^"\\]++|\\(?:.|\Z))*+(?:"|(?P<cut>\Z))|[\[\]{}:,]|[^\s\[\]{}:,"]++', re.S)
"""A string, which the end of the text may cut, a mark, or any other value. Nothing is tried twice."""

CLOSERS = {"[": "]", "{": "}"}

Json = Mapping[str, object]
"""A JSON object."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a text holds as JSON."""

    value: object
    """Of dictionaries, lists, texts and numbers; None for a text that is no JSON."""

    complete: bool
    """False where the text is cut: then it is what stands before the cut."""


def load(text: str) -> Loaded:
    """Return the value a text holds as JSON (RFC 8259), or as much of it as is there.

    Of a text that is cut, everything open is closed after the last value that is complete. That takes one
    pass. A text that is no JSON, or nested too deeply, gives None.
    """
    # Imported here: of ten documents nine are no JSON.
    import json

    try:
        return Loaded(json.loads(text), complete=True)
    except (ValueError, RecursionError):
        closed = closed_early(text)
    try:
        # Python refuses to make whole numbers of thousands of digits; as floating ones they do no harm.
        return Loaded(json.loads(closed, parse_int=float) if closed else None, complete=closed == text)
    except (ValueError, RecursionError):
        return Loaded(None, complete=False)


def closed_early(text: str) -> str:
    """Return a cut JSON text up to its last complete value, with everything closed; "" if there is none."""
    open_now, after_colon = "", False
    end, to_close = 0, ""
    for token in TOKEN.finditer(text):
        mark = token[0]
        if mark in CLOSERS:
            open_now = CLOSERS[mark] + open_now
            if len(open_now) > DEEPEST:
                return ""
            end, to_close = token.end(), open_now
        elif mark in ("]", "}"):
            if not open_now.startswith(mark):
                return ""
            open_now = open_now[1:]
            end, to_close = token.end(), open_now
        elif mark not in (",", ":") and is_whole(token, text) and (after_colon or open_now[:1] == "]"):
            end, to_close = token.end(), open_now
        after_colon = mark == ":"
    # Without anything open at its first value, a text is a mere word.
    return text[:end] + to_close if end else ""


def is_whole(token: re.Match[str], text: str) -> bool:
    """Say whether a string is closed, or another value followed by something, so that it is not cut."""
    if token[0][0] == '"':
        return token["cut"] is None
    return token.end() < len(text)


def mapping(value: object) -> Json:
    """Return a value that is an object, or an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> Sequence[object]:
    """Return a value that is a list, or an empty one."""
    return value if isinstance(value, list) else ()


def objects(value: object) -> list[Json]:
    """Return the objects in a value that is a list."""
    return [item for item in items(value) if isinstance(item, dict)]


def text_of(value: object) -> str:
    """Return a text or number as clean text on one line; "" for anything else."""
    if isinstance(value, str):
        return clean_line(value)
    finite = number(value)
    return "" if finite is None else f"{finite:.15g}"


def lines_of(value: object) -> list[str]:
    """Return the lines of a text, clean and without blank ones."""
    if not isinstance(value, str):
        return []
    return [line for line in clean(value).text.split("\n") if line.strip()]


def first_text(value: Json, *names: str) -> str:
    """Return the first of an object's fields that holds a text, clean and on one line; "" without one."""
    return next((text for text in map(text_of, map(value.get, names)) if text), "")


def number(value: object) -> float | None:
    """Return a finite number, or None; texts that spell one count, truth values don't."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value[:40] if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def first_number(value: Json, *names: str) -> float | None:
    """Return the first of an object's fields that is a finite number, or None."""
    return next((found for found in map(number, map(value.get, names)) if found is not None), None)
