"""JSON with each item of its lists on a line of its own: quick to write, easy to compare and to search."""

import json
from collections.abc import Mapping

from tui.core.cleaning import has_unsafe

INDENT = "  "


def written(document: Mapping[str, object]) -> str:
    """Return a document as text; if a path in it is unsafe, with all but ASCII as JSON escapes."""
    text = laid_out(document, "", ascii_only=False)
    return (laid_out(document, "", ascii_only=True) if has_unsafe(text) else text) + "\n"


def laid_out(document: Mapping[str, object], indent: str, *, ascii_only: bool) -> str:
    """Return an object with a line for each field, and one for each object in a list of them."""
    within = indent + INDENT

    def value_text(value: object) -> str:
        if isinstance(value, Mapping) and any(map(is_list_of_objects, value.values())):
            return laid_out(value, within, ascii_only=ascii_only)
        if isinstance(value, list) and is_list_of_objects(value):
            items = (f"{within}{INDENT}{compact(item, ascii_only=ascii_only)}" for item in value)
            return "[\n" + ",\n".join(items) + f"\n{within}]"
        return compact(value, ascii_only=ascii_only)

    fields = (f"{within}{json.dumps(key)}: {value_text(value)}" for key, value in document.items())
    return "{\n" + ",\n".join(fields) + f"\n{indent}}}"


def is_list_of_objects(value: object) -> bool:
    """Say whether a value is a list that begins with an object."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def compact(value: object, *, ascii_only: bool) -> str:
    """Return a value on one line.

    Raises:
        ValueError: There is a number in it that JSON does not have.
    """
    return json.dumps(value, ensure_ascii=ascii_only, allow_nan=False)
