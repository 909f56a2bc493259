"""The query language: from what somebody types to a tree of what has to stand where.

    scaling laws             both words; the last one as the beginning of a word while it is typed
    "optimal rate"           these words one after the other
    -haiku   NOT haiku       not this one
    gpt OR claude   a | b    either; AND binds tighter, brackets group
    superpos*                words that begin like this
    show:lex  guest:askell  title:…  section:…  tag:…  title:(night OR day)
    after:2024-05  before:2025  is:unread

Nothing is an error: operators are operators only where one can stand, brackets and quotation marks that are
left open close at the end, an unknown field is words. The parser is one of recursive descent with a bound
on its depth; every text it passes on is cut into tokens of letters and digits (``core.search.tokens``), so
nothing is left that an engine could take for syntax.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from tui.core.formats.values import parse_date
from tui.core.search.tokens import is_single, words

LONGEST_QUERY = 1_000
"""Characters of a query that are looked at."""

MOST_LEAVES = 32
"""Words and phrases of a query that are looked at."""

DEEPEST = 40
"""How deep brackets and minus signs may stand in each other; deeper ones are passed over."""

TEXT_FIELDS = {
    "show": "show",
    "podcast": "show",
    "guest": "people",
    "host": "people",
    "person": "people",
    "people": "people",
    "speaker": "people",
    "title": "title",
    "section": "heading",
    "heading": "heading",
    "tag": "tags",
}
"""What fields are called in a query, and in the index."""

FIELD_NAMES = {"people": "guest", "heading": "section", "tags": "tag"}
"""What fields of the index are called when a query is said, where that is another name."""

SHORT_PREFIX = 2
"""The beginnings of words up to this length are looked for in headings and titles only: in bodies nearly
every section has one, which says nothing and takes long."""

TELLING = re.compile("[\u0590-\U0010ffff]{2}")
"""In scripts after Greek and Cyrillic two letters say as much as four: Hebrew and Arabic leave out vowels, a
Hangul letter is a syllable."""

DATE_FIELDS = ("after", "before")

OPERATORS = ("OR", "AND", "NOT")
UNREAD, *STARTED = ("unread", "reading", "finished")

STATES = (UNREAD, *STARTED, "highlighted")

LEXER = re.compile(
    r"\s+|(?P<bar>\|{1,2})|(?P<open>\()|(?P<close>\))|(?P<minus>-(?=[^\s)|]))"
    r"|(?P<field>[A-Za-z]{2,10}):(?=[^\s)|:/])"
    r"|[\"“”„«»](?P<phrase>[^\"“”„«»]*)(?P<ended>[\"“”„«»]|$)"
    r"|(?P<word>[^\s()|\"“”„«»]+)"
)
"""The signs of the language; every character belongs to one of them."""


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens that stand one after the other."""

    tokens: tuple[str, ...]
    """At least one."""

    is_prefix: bool = False
    """The last one is only the beginning of a word."""

    field: str | None = None
    """The field of the index they stand in; None for the whole section."""


@dataclass(frozen=True, slots=True)
class Dates:
    """Episodes from a day on, or before one."""

    first: int | None = None
    """``YYYYMMDD``, itself included."""

    before: int | None = None
    """``YYYYMMDD``, itself left out."""


@dataclass(frozen=True, slots=True)
class State:
    """Episodes in a state of reading."""

    name: str


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """All of these."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One of these at least."""

    nodes: tuple["Node", ...]


Node = Words | Dates | State | Not | All | Any

NOT_STARTED = All(tuple(Not(State(name)) for name in STARTED))
"""What ``is:unread`` means: of most episodes nobody has taken down any state."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A sign of the language."""

    kind: str
    text: str
    is_last: bool = False
    """It stands at the very end of what was typed."""

    is_open: bool = False
    """A phrase whose closing mark is not there yet."""


def parse(text: str, *, typing: bool = False) -> Node | None:
    """Return the tree of a query, or None where it asks for nothing.

    Args:
        text: What was typed; any text is a query.
        typing: More may come: the last word is taken for the beginning of one.
    """
    return Parser(list(lexemes(text[:LONGEST_QUERY])), typing=typing).read()


def not_understood(text: str) -> tuple[str, ...]:
    """Return the conditions of a query that leave nothing out, for nobody knows what they mean: ``is:foo``.

    One at the very end may still be being typed.
    """
    signs = list(lexemes(text[:LONGEST_QUERY]))
    found: list[str] = []
    for name, sign in pairwise(signs):
        field = name.text.lower()
        if name.kind != "field" or sign.kind not in ("phrase", "word") or sign.is_last:
            continue
        is_date, is_state = field in DATE_FIELDS, field == "is"
        if (is_date and dates(field, sign.text) is None) or (is_state and state(sign.text) is None):
            found.append(f"{field}:{sign.text}")
    return tuple(found)


def lexemes(text: str) -> Iterator[Lexeme]:
    """Yield the signs of a query."""
    for found in LEXER.finditer(text):
        kind = found.lastgroup
        if kind is None:
            continue
        if kind == "ended":
            kind = "phrase"
        is_open = kind == "phrase" and not found["ended"]
        yield Lexeme(kind, found[kind], is_last=found.end() == len(text), is_open=is_open)


class Parser:
    """The signs of a query, and how far they were read."""

    def __init__(self, signs: list[Lexeme], *, typing: bool) -> None:
        self.signs = signs
        self.typing = typing
        self.at = 0
        self.leaves = 0
        self.field: str | None = None
        """That of the brackets that are being read."""

    def read(self) -> Node | None:
        """Return the tree of the whole query."""
        found: list[Node] = []
        while self.at < len(self.signs):
            node = self.either(0)
            found += [node] if node is not None else []
            if self.peek("close"):  # one too many
                self.at += 1
        return joined(All, found)

    def peek(self, kind: str, text: str | None = None) -> bool:
        """Say whether the next sign is of a kind."""
        if self.at >= len(self.signs):
            return False
        sign = self.signs[self.at]
        return sign.kind == kind and (text is None or sign.text == text)

    def either(self, depth: int) -> Node | None:
        """Read what stands between ORs."""
        found = [self.every(depth)]
        while self.peek("bar") or self.is_or():
            self.at += 1
            found.append(self.every(depth))
        return joined(Any, [node for node in found if node is not None])

    def is_or(self) -> bool:
        """Say whether an OR comes next: one at the very end is still being typed, or is a word."""
        return self.peek("word", "OR") and self.at + 1 < len(self.signs)

    def every(self, depth: int) -> Node | None:
        """Read what must all be there, up to an OR or a closing bracket."""
        found: list[Node] = []
        while self.at < len(self.signs) and not (self.peek("bar") or self.peek("close")):
            if self.is_or() and found:
                break
            if found and (self.is_and() or self.is_operator_begun()):
                self.at += 1
                continue
            node = self.one(depth)
            found += [node] if node is not None else []
        return joined(All, found)

    def is_and(self) -> bool:
        """Say whether an AND comes next, which says what is meant anyway."""
        return self.peek("word", "AND") and self.at + 1 < len(self.signs)

    def is_operator_begun(self) -> bool:
        """Say whether only an operator is left: while more may come, it waits for what it is about."""
        is_last = self.typing and self.at + 1 == len(self.signs)
        return is_last and any(self.peek("word", name) for name in OPERATORS)

    def one(self, depth: int) -> Node | None:
        """Read one thing, or what it must not be."""
        is_not = self.peek("minus") or (self.peek("word", "NOT") and self.at + 1 < len(self.signs))
        if not is_not:
            return self.atom(depth, typing=self.typing)
        self.at += 1
        if self.at >= len(self.signs) or depth > DEEPEST:
            return None
        node = self.one(depth + 1) if self.peek("minus") else self.atom(depth + 1, typing=False)
        return Not(node) if node is not None else None

    def atom(self, depth: int, *, typing: bool) -> Node | None:
        """Read a group, a field, a phrase or a word."""
        sign = self.signs[self.at]
        self.at += 1
        if sign.kind == "open":
            return self.group(depth)
        if sign.kind == "field":
            return self.in_field(sign.text, depth, typing=typing)
        if sign.kind in ("phrase", "word"):
            return self.leaf(sign, typing=typing)
        # A sign that means nothing here is passed over; a closing bracket is for the group around.
        self.at -= sign.kind == "close"
        return None

    def group(self, depth: int) -> Node | None:
        """Read what stands in brackets; the opening one was read."""
        if depth > DEEPEST:
            return None
        node = self.either(depth + 1)
        if self.peek("close"):
            self.at += 1
        return node

    def group_in_field(self, depth: int, field: str) -> Node | None:
        """Read what stands in the brackets of a field; the opening one was read."""
        around, self.field = self.field, field
        node = self.group(depth)
        self.field = around
        return node

    def in_field(self, name: str, depth: int, *, typing: bool) -> Node | None:
        """Read what belongs to a field whose name was read; of an unknown one the name is a word."""
        sign = self.signs[self.at] if self.at < len(self.signs) else None
        field = name.lower()
        if sign is not None and sign.kind == "open" and field in TEXT_FIELDS:
            self.at += 1
            return self.group_in_field(depth, TEXT_FIELDS[field])
        if sign is None or sign.kind not in ("phrase", "word"):
            return self.leaf(Lexeme("word", name), typing=False)
        self.at += 1
        if field in TEXT_FIELDS:
            return self.leaf(sign, typing=typing, field=TEXT_FIELDS[field])
        if field in DATE_FIELDS:
            return dates(field, sign.text)
        if field == "is":
            return state(sign.text)
        return self.leaf(Lexeme("phrase", f"{name} {sign.text}", sign.is_last), typing=typing)

    def leaf(self, sign: Lexeme, *, typing: bool, field: str | None = None) -> Node | None:
        """Return the words of a sign, if there are any."""
        if typing and sign.is_last and is_field_begun(sign.text):
            return None
        found = tuple(words(sign.text))
        if not found or self.leaves >= MOST_LEAVES:
            return None
        self.leaves += 1
        is_typed = typing and sign.is_last and (sign.kind == "word" or sign.is_open)
        is_prefix = sign.text[-1:] == "*" or (is_typed and sign.text[-1:].isalnum())
        return Words(found, is_prefix and not is_single(found[-1]), field or self.field)


def is_field_begun(text: str) -> bool:
    """Say whether a text is the name of a field with its colon: what it has to hold is still to be typed."""
    name = text.removesuffix(":").lower()
    return name != text.lower() and (name in TEXT_FIELDS or name in (*DATE_FIELDS, "is"))


def joined(kind: type[All] | type[Any], nodes: list[Node]) -> Node | None:
    """Return nodes as one: none, the only one, or all in a node of a kind."""
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    return kind(tuple(nodes))


def dates(field: str, text: str) -> Dates | None:
    """Return the days that ``after:`` (its first day on) or ``before:`` leaves; None while it is typed.

    Of a date that is being typed (``2019-0``) the part that is whole counts.
    """
    known = parse_date(text) or parse_date(text.rpartition("-")[0])
    if known is None:
        return None
    day = day_number(known)
    return Dates(first=day) if field == "after" else Dates(before=day)


def day_number(date: str) -> int:
    """Return a date (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``) as the number ``YYYYMMDD`` of its first day."""
    year, month, day = ([*map(int, date.split("-")), 1, 1])[:3]
    return year * 10_000 + month * 100 + day


def state(text: str) -> State | None:
    """Return the state that begins with a text, once that tells one from the others."""
    fitting = [name for name in STATES if name.startswith(text.lower())]
    return State(fitting[0]) if len(fitting) == 1 else None


def wanted_words(node: Node | None) -> tuple[Words, ...]:
    """Return the words and phrases of a query that are looked for, those that must not be left out."""
    if isinstance(node, Words):
        return (node,)
    if isinstance(node, All | Any):
        return tuple(leaf for part in node.nodes for leaf in wanted_words(part))
    return ()


def is_short(node: Node) -> bool:
    """Say whether a node is the short beginning of a word without a field: nearly every section has one."""
    if not isinstance(node, Words) or node.field is not None or len(node.tokens) > 1:
        return False
    return node.is_prefix and is_short_start(node.tokens[0])


def is_short_start(word: str) -> bool:
    """Say whether the beginning of a word is so short that nearly every section has one."""
    return len(word) <= SHORT_PREFIX and not TELLING.match(word)


def as_in_text(leaf: Words) -> Words:
    """Return words as they are looked for in texts: what is short as a whole word."""
    return replace(leaf, is_prefix=False) if is_short(leaf) else leaf
