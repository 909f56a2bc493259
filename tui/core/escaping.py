"""Text that a markup language shows as it stands: its signs escaped, its lines kept apart."""

import re
from collections.abc import Iterable, Iterator

LIST_MARK = re.compile(r"\s*(?:- |\d+\. )")
"""What a quote of several blocks has before the items of a list."""

MARKDOWN_SIGNS = re.compile(
    r"""[\\`*<\[\]]               # code, emphasis, links, HTML
    |~~|~(?=[^~]*~)           # strikethrough, of one sign only where another follows
    |\$(?=[^$]*\$)            # formulas, likewise
    |==|%%                    # marks and comments
    |(?<!\w)_|_(?!\w)         # emphasis; inside a word an underscore is only itself
    |(?<!\S)\^(?=[\w-]+\s*$)  # what Obsidian would take for the name of the block
    |&(?=\#?\w+;)             # what looks like an entity
    |\#(?=\w*[^\W\d])         # tags
    """,
    re.VERBOSE,
)
"""What Markdown (CommonMark, GFM, Obsidian) would take for marks anywhere in a line."""

MARKDOWN_START = re.compile(r"(\s*)(?:([#>]|[-+=](?=[\s=-]|$)|~~~)|(\d+)([.)])(?=\s|$))")
"""What would make a line a heading, quotation, list or rule."""

CODE_INDENT = re.compile(r" {0,3}\t[ \t]*| {4}[ \t]*")
"""What would make a line code."""

BLANK = "&nbsp;"

BRACKETS_TO_ROUND = str.maketrans("[]", "()")


def percent_encoded(url: str, signs: str) -> str:
    """Return an address with those of its signs encoded that would end a link."""
    return "".join(f"%{ord(sign):02X}" if sign in signs else sign for sign in url)


def markdown_text(line: str) -> str:
    """Return a line of text that Markdown (CommonMark, GFM, Obsidian) shows as it stands."""
    indent = CODE_INDENT.match(line)
    if indent:
        width = len(indent[0].expandtabs(4))
        return BLANK * width + markdown_text(line[indent.end() :])
    line = MARKDOWN_SIGNS.sub(lambda signs: "".join("\\" + sign for sign in signs[0]), line)
    start = MARKDOWN_START.match(line)
    if start is None:
        return line
    blanks, sign, number, stop = start.groups()
    return f"{blanks}\\{line[len(blanks) :]}" if sign else f"{blanks}{number}\\{stop}{line[start.end() :]}"


def markdown_lines(text: str, *, alone: bool = True) -> Iterator[str]:
    """Yield the lines of a quote as Markdown: list items stay list items, other lines break where they do.

    Args:
        text: The quote, or a part of one.
        alone: Whether it is all of the quote: of that, a single line is no list item.
    """
    lines = text.split("\n")
    in_list = False
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        mark = LIST_MARK.match(line) if len(lines) > 1 or not alone else None
        # Only below another item an indent means depth.
        head = "" if mark is None else mark[0] if in_list else mark[0].lstrip()
        line = line if mark is None else head + line[mark.end() :]
        in_list = mark is not None
        breaks = line.strip() and following.strip() and not LIST_MARK.match(following)
        yield head + markdown_text(line[len(head) :]) + ("\\" if breaks else "")


def markdown_link(words: str, url: str) -> str:
    """Return a link of Markdown; the words are escaped already."""
    return f"[{words}]({percent_encoded(url, '()<> ')})"


def in_blockquote(lines: Iterable[str]) -> str:
    """Return lines of Markdown as a quotation."""
    return "\n".join(f"> {line}" for line in lines)


def org_text(line: str) -> str:
    """Return a line Org does not take for a heading or a keyword: a comma escapes it, as in Org's blocks."""
    return re.sub(r"^(?=\*|\s*#\+)", ",", line)


def org_link(words: str, url: str) -> str:
    """Return a link of Org, whose words can't hold square brackets."""
    return f"[[{percent_encoded(url, '[] ')}][{words.translate(BRACKETS_TO_ROUND)}]]"


def html_text(text: str) -> str:
    """Return a text that HTML shows as it stands, in an attribute too."""
    # Imported here: its table of 2,231 entities takes 10 ms, for escaping five signs.
    from html import escape

    return escape(text)
