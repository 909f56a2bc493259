"""Pages exported from Notion as Markdown: ``Title <32 hexadecimal digits>.md``.

Below the title stand the properties of the page's database, one a line. The digits, which Notion adds to
all names, are left out of the title and of links to other pages.
"""

import re
from dataclasses import replace
from pathlib import PurePath

from tui.core.formats import markdown
from tui.core.formats.draft import Draft, Source

NAMED = re.compile(r"(?P<title>.*?)[ _-]?[0-9a-f]{32}(?:_all)?", re.I)
DIGITS = re.compile(r"(?<=\S)(?: |%20|_)[0-9a-f]{32}\b")
"""In text and in addresses, where the blank before them is encoded."""

ASIDE = re.compile(r"^(<aside>)[ \t]*\n(.{0,5000}?)\n?[ \t]*</aside>", re.M | re.S)
"""A callout; what stands in it is Markdown, which needs blank lines around it."""

TITLE = re.compile(r"\s*# .+\n")
PROPERTY_LINES = re.compile(r"\s*\n(?P<lines>(?:[^\s#>*`|\[-][^\n:]{0,60}:(?: [^\n]*)?\n){1,60})(?=\n|\Z)")


def fits(source: Source) -> bool:
    """Say whether a file is a page of Notion's: its name ends in a page's number."""
    return NAMED.fullmatch(PurePath(source.name).stem) is not None


def read(source: Source) -> Draft:
    """Return a Notion page."""
    text = DIGITS.sub("", source.text)
    text = ASIDE.sub(lambda found: f"{found[1]}\n\n{found[2].strip()}\n\n</aside>", text)
    title = TITLE.match(text)
    begin = title.end() if title else 0
    properties = PROPERTY_LINES.match(text, begin) if title else None
    if properties:
        lines = properties["lines"].rstrip("\n").split("\n")
        text = text[:begin] + "\n" + "\n\n".join(lines) + "\n" + text[properties.end() :]
    draft = markdown.read(replace(source, text=text))
    found = NAMED.fullmatch(PurePath(source.name).stem)
    named = found["title"].strip() if found else ""
    return replace(draft, title=draft.title or named, why="Its name ends in the number of a Notion page.")
