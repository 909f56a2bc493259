"""Text inside a Markdown block: from markdown-it's tokens to plain text with spans.

The parser is CommonMark with GitHub's tables and strike-through, and with what Obsidian adds:
wikilinks, embeds, highlights, comments, inline fields, tags, block ids. HTML is recognised so that its
tags can be left out.
"""

import re
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from tui.core.cleaning import clean
from tui.core.episode import Span, SpanKind
from tui.core.formats.html_text import BLOCKS, KNOWN, TAG, add_inline_tag
from tui.core.formats.markdown_bounds import is_within_bounds
from tui.core.formats.spanned_text import SpannedText

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MAX_NESTING = 30
"""How deep lists, quotations and brackets are followed: deeper than anybody writes, and still fast."""

MARKED_CHARS = 2000
"""How far the end of a wikilink, highlight or comment is looked for, so that hostile text stays cheap."""

COMMENT_CHARS = 10_000
"""How far the end of a comment of several paragraphs is looked for."""

DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]\n]+\]:\s*(?:<|\S*[/#@]|\w+:)", re.ASCII)
"""A link's definition names an address; `[Anna]: Hello` is a turn of a transcript, and must not vanish."""

FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,40})\]")
BLOCK_ID = re.compile(r"\^(?:(?=[\w-]*[A-Za-z])[A-Za-z0-9-]{3,}|[A-Za-z]\d)\s*$")
BLOCK_ID_CHARS = 80
"""No block id is longer."""

PICTURE_SIZE = re.compile(r"\d+(?:x\d+)?")
"""What stands after an embed's bar is how large it is shown, not words."""

FIELD = re.compile(
    r"\[(?P<key>[^\W\d_][\w /-]{0,40})::[ \t]*(?P<value>(?:\[\[[^\[\]\n]{0,200}\]\]|[^\[\]\n]){0,300})\]"
)
"""An inline field of Obsidian's Dataview plugin: ``[key:: value]``."""

TAG_NAME = re.compile(r"#(?P<name>[\w/-]*[^\W\d_][\w/-]*)")
COLOUR = re.compile(r"(?=.*\d|(.)\1+$)(?:[0-9a-f]{3}|[0-9a-f]{6})", re.I)
"""A colour of CSS, which is no tag."""

MOST_TAGS = 50

MARKED = re.compile(r"[\\`*_!<&\[\]~=%^#]|\s\s|[\t\r\f\v]")
"""What a text must hold for there to be anything to parse in it."""

OPENING = {
    "strong_open": SpanKind.STRONG,
    "em_open": SpanKind.EMPHASIS,
    "s_open": SpanKind.STRIKE,
    "mark_open": SpanKind.MARK,
}
CLOSING = {name.replace("open", "close"): kind for name, kind in OPENING.items()}

Environment = MutableMapping[str, Any]
"""What the parser's rules note down while they read one document."""


@cache
def parser() -> "MarkdownIt":
    """Return the one parser of blocks; it holds no state between documents.

    Text inside blocks is parsed only where ``inline_text`` finds marks in it.
    """
    # Imported here: it costs as much as all the rest of reading a page.
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    markdown.disable(["inline", "text_join"])
    before_link = markdown.inline.ruler.before
    before_link("link", "footnote", read_footnote)
    before_link("link", "field", read_field)
    before_link("link", "wikilink", read_wikilink)
    before_link("link", "highlight", read_highlight)
    before_link("link", "comment", read_comment)
    before_link("link", "block_id", read_block_id)
    before_link("link", "tag", read_tag)
    markdown.block.ruler.at("reference", read_definition, {"alt": []})
    markdown.block.ruler.before("fence", "comment", read_comment_block, {"alt": ["paragraph", "list"]})
    return markdown


def read_definition(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """Take a link's definition, and only what certainly is one."""
    from markdown_it.rules_block import reference

    line = state.src[state.bMarks[start] : state.eMarks[start]]
    return DEFINITION.match(line.lstrip(" >")) is not None and reference(state, start, end, silent)


def read_comment_block(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """Leave out ``%%a comment of whole lines%%``; one that is not closed soon is text."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("%%", begin):
        return False
    close = state.src.find("%%", begin + 2, begin + COMMENT_CHARS)
    if close < 0:
        return False
    line = start
    while line < end and state.eMarks[line] < close:
        line += 1
    if line >= end or state.src[close + 2 : state.eMarks[line]].strip():
        return False
    if not silent:
        state.line = line + 1
    return True


def read_footnote(state: "StateInline", silent: bool) -> bool:
    """Show a footnote's mark as its number in brackets."""
    found = FOOTNOTE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.pending += f"[{found[1]}]"
    state.pos = found.end()
    return True


def read_field(state: "StateInline", silent: bool) -> bool:
    """Show ``[key:: value]`` as ``key: value``, and note it down."""
    found = FIELD.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        fields = state.env.setdefault("fields", {})
        fields.setdefault(found["key"].strip().lower(), found["value"].strip())
        state.pending += f"{found['key']}: "
        read_inside(state, *found.span("value"))
    state.pos = found.end()
    return True


def read_inside(state: "StateInline", start: int, end: int) -> None:
    """Read a stretch of the text by itself."""
    furthest = state.posMax
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    state.posMax = furthest


def read_wikilink(state: "StateInline", silent: bool) -> bool:
    """Show ``[[page#part|words]]`` and ``![[page]]`` as the words, or the page's name and part."""
    is_embed = state.src.startswith("![[", state.pos)
    start = state.pos + is_embed
    if not state.src.startswith("[[", start):
        return False
    end = state.src.find("]]", start + 2, min(state.posMax, start + MARKED_CHARS))
    inner = state.src[start + 2 : end] if end > 0 else ""
    # `[[00:12]](https://…)` is a link whose text is in brackets, and `[[a](b)]` is no wikilink at all.
    if not inner.strip() or state.src.startswith("](", end + 1) or "[" in inner or "\n" in inner:
        return False
    if not silent:
        state.pending += wikilink_words(inner, is_embed=is_embed)
    state.pos = end + 2
    return True


def wikilink_words(inner: str, *, is_embed: bool) -> str:
    """Return what a wikilink shows: its own words, else ``page > part`` without a block's id."""
    target, _, words = inner.replace("\\|", "|").partition("|")
    words = words.strip()
    if words and not (is_embed and PICTURE_SIZE.fullmatch(words)):
        return words
    parts = [part.strip() for part in target.split("#") if part.strip()]
    shown = [part for part in parts if not part.startswith("^")] or parts
    return " > ".join(shown) or target.strip()


def read_highlight(state: "StateInline", silent: bool) -> bool:
    """Read ``==marked words==``."""
    start = state.pos + 2
    if not state.src.startswith("==", state.pos) or state.src[start : start + 1] in ("", " ", "=", "\n"):
        return False
    end = state.src.find("==", start, min(state.posMax, start + MARKED_CHARS))
    if end < 0 or state.src[end - 1].isspace():
        return False
    if not silent:
        state.push("mark_open", "mark", 1)
        read_inside(state, start, end)
        state.push("mark_close", "mark", -1)
    state.pos = end + 2
    return True


def read_comment(state: "StateInline", silent: bool) -> bool:
    """Leave out ``%%a comment%%``."""
    if not state.src.startswith("%%", state.pos):
        return False
    end = state.src.find("%%", state.pos + 2, min(state.posMax, state.pos + MARKED_CHARS))
    if end < 0:
        return False
    state.pos = end + 2
    return True


def read_block_id(state: "StateInline", silent: bool) -> bool:
    """Leave out ``^block-id`` at the end of a block."""
    if state.src[state.pos] != "^" or not is_apart(state):
        return False
    if state.posMax - state.pos > BLOCK_ID_CHARS or not BLOCK_ID.match(state.src, state.pos, state.posMax):
        return False
    state.pos = state.posMax
    return True


def read_tag(state: "StateInline", silent: bool) -> bool:
    """Note down ``#a-tag``; it stays in the text."""
    found = TAG_NAME.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "#" else None
    if found is None or not is_apart(state):
        return False
    if not silent:
        tags = state.env.setdefault("tags", {})
        if len(tags) < MOST_TAGS and not COLOUR.fullmatch(found["name"]):
            tags.setdefault(found["name"].strip("/-"))
        state.pending += found[0]
    state.pos = found.end()
    return True


def is_apart(state: "StateInline") -> bool:
    """Say whether a blank or nothing stands before the parser's place."""
    before = state.src[state.pos - 1 : state.pos]
    return before.isspace() or not before


@dataclass(frozen=True, slots=True)
class Inline:
    """The text of a block."""

    text: str
    """Source lines ended by line feeds."""

    spans: tuple[Span, ...] = ()
    addresses: Sequence[tuple[int, int, str]] = ()
    """Where links stand in it, and where they lead, whatever their scheme."""


def inline_text(content: str, environment: Environment | None = None) -> Inline:
    """Return the text of a block's source.

    Args:
        content: The source of one paragraph, heading or cell.
        environment: Links defined in the document; fields and tags are noted down in it.
    """
    if not MARKED.search(content):
        return Inline(content.strip())
    environment = {} if environment is None else environment
    if not is_within_bounds(content, environment):
        return Inline(content.strip())
    markdown = parser()
    tokens = markdown.inline.parse(content, markdown, environment, [])
    built = SpannedText()
    # The parser decodes entities, and percent signs in addresses it shows, after the text was cleaned.
    add_tokens(built, tokens, cleaned="&" not in content and "%" not in content)
    text, spans = built.finished()
    return Inline(text, spans, built.addresses)


def add_tokens(built: SpannedText, tokens: Sequence["Token"], *, cleaned: bool) -> None:
    """Add the text of tokens to the text being built."""
    for token in tokens:
        if token.type in ("text", "text_special"):
            built.add(token.content if cleaned else clean(token.content).text)
        elif token.type in ("softbreak", "hardbreak"):
            built.add_break()
        elif token.type == "code_inline":
            built.begin(SpanKind.CODE)
            built.add(token.content)
            built.end(SpanKind.CODE)
        elif token.type == "image":
            add_tokens(built, token.children or [], cleaned=cleaned)
        elif token.type == "html_inline":
            add_tag(built, token.content)
        else:
            add_mark(built, token)


def add_mark(built: SpannedText, token: "Token") -> None:
    """Begin or end the span a token stands for."""
    if token.type == "link_open":
        built.begin(SpanKind.LINK, str(token.attrs.get("href", "")) or None)
    elif token.type == "link_close":
        built.end(SpanKind.LINK)
    elif token.type in OPENING:
        built.begin(OPENING[token.type])
    elif token.type in CLOSING:
        built.end(CLOSING[token.type])


def add_tag(built: SpannedText, tag: str) -> None:
    """Leave out an HTML tag, heeding what it says about the text; show what is no tag of HTML."""
    if tag.startswith(("<!--", "<?", "<!")):
        return
    found = TAG.fullmatch(tag)
    name = found["name"].lower() if found else ""
    if found is None or name not in KNOWN:
        built.add(tag)
    elif name == "br" or name in BLOCKS:
        built.add_break()
    else:
        add_inline_tag(built, found, name)
