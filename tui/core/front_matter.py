"""Front matter: what a document says about itself before its text, in YAML, TOML or JSON.

Read leniently. YAML is read from the parser's events: every scalar is text (so ``no`` is no truth value
and a number may have any length), aliases and tags are refused, and nesting has an end. What is not
strict YAML, as the frequent ``title: A: B``, is read line by line. The document itself is never lost.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tui.core.formats.draft import Fields
from tui.core.nested_fields import flattened

KEY = r"[^\W\d_][\w .()/-]{0,60}|[\"'][\w .-]{1,60}[\"']"
FIELD_LINE = re.compile(rf"({KEY})\s*:(?:\s+(.*))?$")
"""A key at the beginning of a line, and what follows its colon."""

OPENING = re.compile(r"\s*(---|\+\+\+)[ \t]*\n")
BLOCK_SCALAR = re.compile(r"[|>][+-]?\d?")
QUOTED = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^']|'')*)'")
CLOSED = re.compile(rf"(?:{QUOTED.pattern})\s*(?:\s#.*)?")
"""A value in quotes, perhaps with a comment after it."""

NOTHING = frozenset({"", "~", "null", "Null", "NULL", "None"})
VALUE_LINE = re.compile(
    rf"(?P<key> *(?:- +)?(?:{KEY}) *: +| *- +)(?P<value>[^\s|>&*!].*)",
)
"""A field or an item of a list with its value on the same line."""

ENDS_IN_BLOCK_SCALAR = re.compile(r"(?:^|[:\-?] +)[|>][+-]?\d?[+-]?[ ]*$")

TRIPPING = re.compile(r":(?:\s|$)|\s#|^[\"'%@`]|^\[[^\]]*$|^\[.*\]\s*\S|^\{(?!.*\}$)|^[\]},]")
"""What ends or opens something in YAML, where people only meant text."""

MAX_DEPTH = 12
VALUE_CHARS = 64 * 1024
"""A value without quotes is not longer; text in block form or quotes may be a whole document."""

LENIENT = "The front matter is not valid and was read line by line"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A document taken apart."""

    body: str
    fields: Fields = field(default_factory=dict)
    notices: tuple[str, ...] = ()


class RefusedError(ValueError):
    """Front matter uses what no document needs: aliases, tags, endless nesting."""


def split(text: str) -> FrontMatter:
    """Return a clean text's front matter and the text after it; without front matter all is text."""
    opening = OPENING.match(text)
    if opening:
        return split_fenced(text, opening)
    if text.lstrip()[:1] == "{":
        return split_json(text)
    return FrontMatter(text)


def split_fenced(text: str, opening: re.Match[str]) -> FrontMatter:
    """Return front matter between two lines of dashes (YAML) or pluses (TOML)."""
    fence = opening[1]
    closing = re.compile(r"^(?:---|\.\.\.)[ \t]*$" if fence == "---" else r"^\+\+\+[ \t]*$", re.M)
    end = closing.search(text, opening.end())
    if end is None:
        notice = f"The front matter begins with {fence} but never ends; it is shown as text"
        has_keys = begins_with_key(text[opening.end() : opening.end() + 2000])
        return FrontMatter(text, notices=(notice,) if has_keys else ())
    inner, body = text[opening.end() : end.start()], text[end.end() + 1 :]
    if inner.strip() and fence == "---" and not begins_with_key(inner):
        return FrontMatter(text)
    fields, notices = read_yaml(inner) if fence == "---" else read_toml(inner)
    return FrontMatter(body, fields, notices)


def begins_with_key(inner: str) -> bool:
    """Say whether the first line that is no comment is a field: text between two rules has none.

    Some publishing tools write one JSON object between the dashes, which is YAML too.
    """
    for line in inner.split("\n"):
        if line.strip() and not line.lstrip().startswith("#"):
            return FIELD_LINE.match(line) is not None or re.match(r"\s*\{\s*(?:\"|$)", line) is not None
    return False


def split_json(text: str) -> FrontMatter:
    """Return front matter that is one JSON object; a file that is all JSON has none."""
    start = len(text) - len(text.lstrip())
    # Imported here, as the other readers of front matter are: most documents have none of the kind.
    import json

    # Numbers stay as they are written: Python refuses to read very long ones.
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
    try:
        value, end = decoder.raw_decode(text, start)
    except (ValueError, RecursionError):
        return FrontMatter(text)
    after = text[end:]
    if not isinstance(value, dict) or not after.strip() or not after.lstrip(" \t").startswith("\n"):
        return FrontMatter(text)
    return FrontMatter(after.lstrip("\n"), flattened(value))


def read_toml(inner: str) -> tuple[Fields, tuple[str, ...]]:
    """Return the fields of TOML, and what had to be said about it."""
    import tomllib

    try:
        return flattened(tomllib.loads(inner)), ()
    except (ValueError, RecursionError):
        fields, _ = read_lines(inner.replace(" = ", ": "))
        return fields, (LENIENT,)


def read_yaml(inner: str) -> tuple[Fields, tuple[str, ...]]:
    """Return the fields of YAML, and what had to be said about it.

    Strict YAML first; then line by line, with a notice unless every line was understood that way.
    """
    # Imported here: most documents have no front matter.
    import yaml

    for source in (inner, mended(inner)):
        try:
            return flattened(plain_values(source)), ()
        except RefusedError as error:
            fields, _ = read_lines(inner)
            return fields, (f"The front matter has {error}; it was read line by line",)
        except (yaml.YAMLError, ValueError, RecursionError):
            continue
    fields, complete = read_lines(inner)
    return fields, () if complete else (LENIENT,)


def mended(inner: str) -> str:
    """Return YAML with those values in quotes that people forget to quote, such as ``title: A: B``.

    Text in block form stays as it is.
    """
    lines: list[str] = []
    block_indent: int | None = None
    for line in inner.replace("\t", "  ").split("\n"):
        indent = len(line) - len(line.lstrip())
        if block_indent is not None and (indent > block_indent or not line.strip()):
            lines.append(line)
            continue
        block_indent = indent if ENDS_IN_BLOCK_SCALAR.search(line) else None
        found = None if block_indent is not None else VALUE_LINE.fullmatch(line)
        lines.append(in_quotes(found) if found else line)
    return "\n".join(lines)


def in_quotes(line: re.Match[str]) -> str:
    """Return a line with its value in single quotes if YAML would trip over it."""
    value = line["value"].rstrip()
    goes_on = value[0] in "\"'" and value.count(value[0]) == 1
    if goes_on or CLOSED.fullmatch(value) or not TRIPPING.search(value):
        return line[0]
    return line["key"] + "'" + value.replace("'", "''") + "'"


def plain_values(inner: str) -> Mapping[str, object]:
    """Return YAML as mappings, lists and texts.

    Raises:
        RefusedError: It has aliases, tags, very deep nesting or very long values.
        yaml.YAMLError: It is not YAML.
    """
    import yaml

    # libyaml where it is there: ten times as fast on the longest front matter.
    loader: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    building = Building()
    for event in yaml.parse(inner, Loader=loader):
        refuse(event)
        if isinstance(event, yaml.ScalarEvent):
            # Quoted, "null" is a word; libyaml and PyYAML tell plain style differently.
            is_nothing = not event.style and event.value in NOTHING
            building.add(None if is_nothing else event.value)
        elif isinstance(event, yaml.MappingStartEvent):
            building.open({})
        elif isinstance(event, yaml.SequenceStartEvent):
            building.open([])
        elif isinstance(event, yaml.CollectionEndEvent):
            building.close()
    return building.root if isinstance(building.root, dict) else {}


def refuse(event: object) -> None:
    """Refuse an event of the YAML parser that plain front matter does not need.

    Raises:
        RefusedError: With the name of what it is.
    """
    import yaml

    if isinstance(event, yaml.AliasEvent):
        raise RefusedError("aliases")
    if getattr(event, "tag", None):
        raise RefusedError("tags")
    if isinstance(event, yaml.ScalarEvent):
        is_plain = not event.style
        if is_plain and len(event.value) > VALUE_CHARS:
            raise RefusedError("a very long value")


class Building:
    """Mappings and lists being put together, without recursion."""

    def __init__(self) -> None:
        self.root: object = None
        self.stack: list[tuple[dict[str, object] | list[object], list[str]]] = []

    def add(self, value: object) -> None:
        """Add a value to the innermost open collection: in a mapping, keys and values take turns."""
        if not self.stack:
            self.root = value
            return
        into, key = self.stack[-1]
        if isinstance(into, list):
            into.append(value)
        elif key:
            into.setdefault(key.pop(), value)
        else:
            key.append(value if isinstance(value, str) else "")

    def open(self, collection: dict[str, object] | list[object]) -> None:
        """Begin a collection inside the innermost open one.

        Raises:
            RefusedError: It would be nested too deeply.
        """
        if len(self.stack) >= MAX_DEPTH:
            raise RefusedError("very deep nesting")
        self.add(collection)
        self.stack.append((collection, []))

    def close(self) -> None:
        """End the innermost open collection."""
        self.stack.pop()


def read_lines(inner: str) -> tuple[Fields, bool]:
    """Return the fields found in lines ``key: value``, and whether no line was left over.

    Understands lists below a key, text in block form (``|`` and ``>``), quotes and comments.
    """
    lines = Lines()
    for line in inner.split("\n"):
        lines.read(line)
    lines.finish()
    return flattened(lines.fields), lines.complete


class Lines:
    """Fields read so far from lines, and the one that following lines may belong to."""

    def __init__(self) -> None:
        self.fields: dict[str, object] = {}
        self.complete = True
        self.key = ""
        self.listed: list[object] = []
        self.block: list[str] | None = None
        self.tail: list[str] = []

    def read(self, line: str) -> None:
        """Take in a line."""
        indented = line[:1] in (" ", "\t", "-") or not line.strip()
        if self.block is not None and (line[:1] in (" ", "\t") or not line.strip()):
            self.block.append(line.strip())
        elif indented or line.startswith("#"):
            self.read_indented(line)
        else:
            self.read_field(line)

    def read_indented(self, line: str) -> None:
        """Take in an item of a list, a comment or a blank line; anything else can't be placed."""
        stripped = line.strip()
        if stripped.startswith("- ") and self.key:
            self.end_value()
            self.listed.append(unquoted(stripped[2:]))
        elif stripped and not stripped.startswith("#") and not self.goes_on(line, stripped):
            self.complete = False

    def goes_on(self, line: str, stripped: str) -> bool:
        """Take in an indented line as more of the value or item above it, if that is text."""
        above = self.listed[-1] if self.listed else self.fields.get(self.key)
        if line[:1] == "-" or FIELD_LINE.match(stripped) or not isinstance(above, str):
            return False
        self.tail.append(stripped)
        return True

    def end_value(self) -> None:
        """Put lines that go on with a value at its end."""
        if not self.tail:
            return
        tail = " ".join(self.tail)[:VALUE_CHARS]
        self.tail.clear()
        if self.listed:
            self.listed[-1] = f"{self.listed[-1]} {tail}"
        else:
            self.fields[self.key] = f"{self.fields[self.key]} {tail}"

    def read_field(self, line: str) -> None:
        """Take in a line that begins at the margin."""
        self.finish()
        found = FIELD_LINE.match(line)
        if found is None:
            self.complete = False
            return
        self.key, value = found[1].strip("\"'"), (found[2] or "").strip()
        if BLOCK_SCALAR.fullmatch(value):
            self.block = []
        elif value not in NOTHING:
            self.fields.setdefault(self.key, inline_value(value))
            self.complete = self.complete and value[0] not in "&*!{"

    def finish(self) -> None:
        """Put away the field whose lines have ended."""
        self.end_value()
        if self.block is not None:
            self.fields.setdefault(self.key, "\n".join(self.block).strip("\n"))
        elif self.listed:
            self.fields.setdefault(self.key, self.listed)
        self.key, self.listed, self.block = "", [], None


def inline_value(value: str) -> object:
    """Return a value written on its key's line: text, or a list in brackets."""
    if value.startswith("[") and value.endswith("]") and "[" not in value[1:]:
        return without_nothing(map(unquoted, value[1:-1].split(",")))
    if value[0] in "&*!{":
        return None
    return unquoted(value)[:VALUE_CHARS]


def without_nothing(texts: Iterable[str]) -> list[object]:
    """Return the texts that say something."""
    return [text for text in texts if text not in NOTHING]


def unquoted(value: str) -> str:
    """Return a value without the quotes around it, and without a comment after it."""
    quoted = QUOTED.match(value.strip())
    if quoted:
        return (quoted[1] or quoted[2] or "").replace("''", "'").replace('\\"', '"')
    return value.partition(" #")[0].strip()
