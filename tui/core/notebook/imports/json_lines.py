"""In which line of a JSON text the items of a list begin, for telling what of it is not understood."""

from collections.abc import Container

from tui.core.formats.json_values import TOKEN


def item_lines(text: str, key: str, wanted: Container[int]) -> dict[int, int]:
    """Return in which line some items of a list begin, by their number from 0.

    Args:
        text: JSON, which may be cut.
        key: The key whose list is meant, wherever it comes first; empty for the outermost list.
        wanted: The numbers of the items.
    """
    found: dict[int, int] = {}
    depth, number, list_depth = 0, -1, 0 if key else 1
    at, line, before = 0, 1, ""
    for token in TOKEN.finditer(text):
        mark = token[0]
        if list_depth and depth == list_depth:
            if mark == "]":
                break
            if mark != ",":
                number += 1
                line += text.count("\n", at, token.start())
                at = token.start()
                if number in wanted:
                    found[number] = line
        if not list_depth and mark == "[" and before == f'"{key}"':
            list_depth = depth + 1
        depth += (mark in ("[", "{")) - (mark in ("]", "}"))
        before = before if mark == ":" else mark
    return found
