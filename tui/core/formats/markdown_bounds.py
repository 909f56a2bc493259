"""How many marks without an end the parser of Markdown is given: each makes it look through much of the rest.

Nobody writes thousands of them, but files that were damaged, or made to do harm, hold them.
"""

import re
from collections.abc import MutableMapping
from typing import Any

MOST_UNCLOSED = 5000
"""So many marks without an end are parsed in one document; paragraphs with more are text as it stands."""

LONG_CHARS = 10_000
"""In a shorter paragraph stars and the like do no harm."""

LONGEST_RUN = 1000
"""A longer run of one mark is counted as marks without an end."""

RUN = re.compile(rf"(?P<mark>[*_~`=])(?P=mark){{{LONGEST_RUN},}}")
OPENING = re.compile(r"(?:^|(?<=\s))[*_~]{1,9}(?=[^\s*_~])")
CLOSING = re.compile(r"(?<=[^\s*_~])[*_~]{1,9}(?=\s|$)")
WITHIN_WORDS = re.compile(r"(?<=\w)[*~]{1,9}(?=\w)")

PLAIN = "It has thousands of marks that are never closed; paragraphs full of them are shown as they stand"
"""What a reader is told."""


def is_within_bounds(content: str, environment: MutableMapping[str, Any]) -> bool:
    """Say whether a paragraph may be parsed, and count its marks without an end.

    Args:
        content: The source of the paragraph.
        environment: Where the document's count is kept, and ``is_plain`` noted for a paragraph refused.
    """
    unclosed = unclosed_in(content)
    if not unclosed:
        return True
    before = environment.get("unclosed", 0)
    if before + unclosed > MOST_UNCLOSED:
        environment["is_plain"] = True
        return False
    environment["unclosed"] = before + unclosed
    return True


def unclosed_in(content: str) -> int:
    """Return about how many marks of a paragraph have no end."""
    found = max(0, content.count("[") - content.count("]"))
    found += max(0, content.count("](") - content.count(")"))
    found += max(0, content.count("<!--") - content.count("-->"))
    if len(content) > LONG_CHARS and any(mark in content for mark in "*_~`="):
        found += sum(match.end() - match.start() for match in RUN.finditer(content))
        openings, closings = (sum(1 for _ in marks.finditer(content)) for marks in (OPENING, CLOSING))
        found += abs(openings - closings) + sum(1 for _ in WITHIN_WORDS.finditer(content)) // 2
    return found
