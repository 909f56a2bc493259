"""What makes a page dangerous to parse, found in one pass over its tags before any parser sees it.

A parser that follows the HTML standard looks through its open elements at almost every tag, and opens
formatting anew in each paragraph: nesting without end makes it take the square of a page's length
(HTML, 13.2.4). Real pages are some dozen elements deep; a page beyond the limits is read without a tree.
"""

import re

from tui.core.formats.lines import word_set

MAX_DEPTH = 400
"""How deep elements may be nested; browsers stop at 512."""

MAX_ATTRIBUTES = 1000
"""How many attributes a tag may have: a parser compares each with all before it."""

REOPENED_PER_TAG = 16
REOPENED_AT_LEAST = 50_000
"""How often formatting left open may be opened anew, for each tag of the page and at all."""

SEARCHED = 64
"""How far up the open elements the one that an end tag closes is looked for."""

# All of these are possessive, and none needs an end: what one has passed is never looked at again.
WITHIN_TAG = r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+"
UNSEEN = re.compile(
    r"<!--(?:[^-]++|-(?!->))*+"
    rf"|<(script|style|textarea|title|xmp|iframe|noembed|noframes)\b{WITHIN_TAG}>(?:[^<]++|<(?!/\1))*+",
    re.I,
)
"""Comments, and elements whose content holds no tags."""

NAMES = re.compile(rf"<(/?[a-z][^\s/>]*+){WITHIN_TAG}>?", re.I)
"""The names of tags, end tags with their slash."""

ATTRIBUTE = r"[\s/]++[^\s\"'>/=<]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'>]*+))?+"
MANY_ATTRIBUTES = re.compile(rf"<[a-z][^\s/>]*+(?:{ATTRIBUTE}){{{MAX_ATTRIBUTES + 1}}}", re.I)

VOID = word_set(
    "area base br col embed frame hr img input link meta param source track wbr keygen bgsound image"
)
"""Elements without content or end tag."""

ONCE_IN_A_PAGE = word_set("html head body")

FORMATTING = word_set("a b big code em font i nobr s small strike strong tt u")
"""Elements that go on in the next paragraph when they are left open."""

BLOCKS = word_set(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr listing main menu nav ol p plaintext pre search section "
    "summary table ul xmp li dd dt"
)
"""Elements that end a paragraph."""

CELLS = word_set("applet caption marquee object table td template th foreignobject desc")
"""Elements that no end tag inside of them can close something outside of."""

SPECIAL = BLOCKS | CELLS | word_set("button col colgroup frame frameset select tbody textarea tfoot thead tr")
"""Elements that the end tag of an ordinary element does not reach across."""

ROWS = word_set("td th tr")
TABLE_PARTS = ROWS | word_set("caption col colgroup tbody tfoot thead")
"""Elements whose tags are passed over outside of a table."""

CLOSES = {
    **dict.fromkeys(("dd", "dt"), word_set("dd dt")),
    **dict.fromkeys(("td", "th"), word_set("td th")),
    **dict.fromkeys(("thead", "tbody", "tfoot"), ROWS | word_set("thead tbody tfoot caption colgroup")),
    "tr": ROWS,
    "li": word_set("li"),
    "option": word_set("option"),
}
"""Elements whose start tag closes the one before."""

PARAGRAPH_DEPTH = 4
"""How many elements left open in a paragraph its end still closes."""

SELF_CLOSED = re.compile(r"<(?P<name>[a-zA-Z][\w:-]*)(?P<rest>(?:\s[^<>]*)?)/>")
XHTML = re.compile(r"\s*<\?xml|<html[^<>]{0,400}\sxmlns\s*=", re.I)
DECLARED_CHARS = 2000


class Nesting:
    """The elements that are open at a place in a page."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.formatting = 0
        self.tags = 0
        self.reopened = 0
        self.repeated = 0

    def begin(self, name: str) -> bool:
        """Take in a start tag, and say whether the page is within the limits so far."""
        self.tags += 1
        if name in ONCE_IN_A_PAGE:
            # The attributes of a second one are added to the first one's.
            self.repeated += 1
        elif name not in TABLE_PARTS or "table" in self.open:
            self.push(name)
        allowed = REOPENED_AT_LEAST + REOPENED_PER_TAG * self.tags
        return len(self.open) <= MAX_DEPTH and self.reopened <= allowed and self.repeated <= MAX_ATTRIBUTES

    def push(self, name: str) -> None:
        """Open an element, and close what it closes."""
        if name in FORMATTING:
            self.formatting += 1
        else:
            self.reopened += self.formatting
        if name in BLOCKS and "p" in self.open[-PARAGRAPH_DEPTH:]:
            self.end("p")
        closed = CLOSES.get(name, ())
        while self.open and self.open[-1] in closed:
            self.open.pop()
        if name not in VOID:
            self.open.append(name)

    def end(self, name: str) -> None:
        """Take in an end tag as the standard has it; where in doubt, elements count as still open."""
        at = len(self.open) - 1 if self.open and self.open[-1] == name else self.place_of(name)
        if at is None:
            return
        if name in FORMATTING or name == "form":
            self.formatting -= name in FORMATTING
            del self.open[at]
        else:
            # Formatting goes on after the end of what it was opened in.
            self.open[at:] = [inner for inner in self.open[at:] if inner in FORMATTING]

    def place_of(self, name: str) -> int | None:
        """Return the place of the open element that an end tag closes."""
        barrier: frozenset[str] = CELLS if name in SPECIAL else SPECIAL
        if name in FORMATTING or name == "form":
            barrier = frozenset()
        last = len(self.open) - 1
        for at in range(last, max(-1, last - SEARCHED), -1):
            if self.open[at] == name:
                return at
            if self.open[at] in barrier:
                return None
        return None


def is_parsable(source: str) -> bool:
    """Say whether a page can be parsed in time proportional to its length."""
    if MANY_ATTRIBUTES.search(source):
        return False
    nesting = Nesting()
    for name in NAMES.findall(UNSEEN.sub("", source)):
        if name[0] == "/":
            nesting.end(name[1:].lower())
        elif not nesting.begin(name.lower()):
            return False
    return True


def without_self_closing(source: str) -> str:
    """Return XHTML as HTML: ``<a id="x"/>``, which HTML takes for a start tag, gets an end tag."""
    if not XHTML.search(source, 0, DECLARED_CHARS):
        return source
    return SELF_CLOSED.sub(opened_and_closed, source)


def opened_and_closed(tag: re.Match[str]) -> str:
    """Return a tag that closes itself as a start and an end tag, if its element has content at all."""
    name = tag["name"]
    return tag[0] if name.lower() in VOID else f"<{name}{tag['rest']}></{name}>"
