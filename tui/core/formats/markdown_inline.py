"""Text inside a Markdown block: from markdown-it's tokens to plain text with spans.

The parser is CommonMark with GitHub's tables and strike-through, and with what Obsidian adds:
wikilinks, embeds, highlights, comments, block ids. HTML is recognised so that its tags can be left out.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from tui.core.cleaning import clean, clean_line
from tui.core.episode import Span, SpanKind
from tui.core.formats.html_text import KNOWN, TAG, attribute
from tui.core.formats.lines import GAPS

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MAX_NESTING = 30
"""How deep lists, quotations and brackets are followed: deeper than anybody writes, and still fast."""

MARKED_CHARS = 2000
"""How far the end of a wikilink, highlight or comment is looked for, so that hostile text stays cheap."""

LINK_TARGET = re.compile(r"(?:https?://|mailto:)\S+$", re.I)
DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]\n]+\]:\s*(?:<|\S*[/#@]|\w+:)", re.ASCII)
"""A link's definition names an address; `[Anna]: Hello` is a turn of a transcript, and must not vanish."""

FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,40})\]")
BLOCK_ID = re.compile(r"\^(?=[\w-]*[A-Za-z])[A-Za-z0-9-]{3,}\s*$")

OPENING = {
    "strong_open": SpanKind.STRONG,
    "em_open": SpanKind.EMPHASIS,
    "s_open": SpanKind.STRIKE,
    "mark_open": SpanKind.MARK,
}
CLOSING = {name.replace("open", "close"): kind for name, kind in OPENING.items()}
TAG_KINDS = {
    "b": SpanKind.STRONG,
    "strong": SpanKind.STRONG,
    "i": SpanKind.EMPHASIS,
    "em": SpanKind.EMPHASIS,
    "cite": SpanKind.EMPHASIS,
    "code": SpanKind.CODE,
    "kbd": SpanKind.CODE,
    "mark": SpanKind.MARK,
    "s": SpanKind.STRIKE,
    "del": SpanKind.STRIKE,
    "strike": SpanKind.STRIKE,
    "a": SpanKind.LINK,
}


@cache
def parser() -> "MarkdownIt":
    """Return the one parser; it holds no state between documents."""
    # Imported here: it costs as much as all the rest of reading a page.
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    before_link = markdown.inline.ruler.before
    before_link("link", "footnote", read_footnote)
    before_link("link", "wikilink", read_wikilink)
    before_link("link", "highlight", read_highlight)
    before_link("link", "comment", read_comment)
    before_link("link", "block_id", read_block_id)
    markdown.block.ruler.at("reference", read_definition, {"alt": []})
    return markdown


def read_definition(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """Take a link's definition, and only what certainly is one."""
    from markdown_it.rules_block import reference

    line = state.src[state.bMarks[start] : state.eMarks[start]]
    return DEFINITION.match(line.lstrip(" >")) is not None and reference(state, start, end, silent)


def read_footnote(state: "StateInline", silent: bool) -> bool:
    """Show a footnote's mark as its number in brackets."""
    found = FOOTNOTE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.pending += f"[{found[1]}]"
    state.pos = found.end()
    return True


def read_wikilink(state: "StateInline", silent: bool) -> bool:
    """Show ``[[page#part|words]]`` and ``![[page]]`` as the words, or the page's name."""
    start = state.pos + state.src.startswith("![[", state.pos)
    if not state.src.startswith("[[", start):
        return False
    end = state.src.find("]]", start + 2, min(state.posMax, start + MARKED_CHARS))
    inner = state.src[start + 2 : end] if end > 0 else ""
    # `[[00:12]](https://…)` is a link whose text is in brackets, and `[[a](b)]` is no wikilink at all.
    if not inner.strip() or state.src.startswith("](", end + 1) or "[" in inner or "\n" in inner:
        return False
    if not silent:
        page, bar, words = inner.replace("\\|", "|").partition("|")
        state.pending += (words if bar else page).strip() or page.strip()
    state.pos = end + 2
    return True


def read_highlight(state: "StateInline", silent: bool) -> bool:
    """Read ``==marked words==``."""
    start = state.pos + 2
    if not state.src.startswith("==", state.pos) or state.src[start : start + 1] in ("", " ", "=", "\n"):
        return False
    end = state.src.find("==", start, min(state.posMax, start + MARKED_CHARS))
    if end < 0 or state.src[end - 1].isspace():
        return False
    if not silent:
        furthest = state.posMax
        state.push("mark_open", "mark", 1)
        state.pos, state.posMax = start, end
        state.md.inline.tokenize(state)
        state.posMax = furthest
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
    before = state.src[state.pos - 1 : state.pos]
    if state.src[state.pos] != "^" or not (before.isspace() or not before):
        return False
    if state.posMax - state.pos > FOOTNOTE_CHARS or not BLOCK_ID.match(state.src, state.pos, state.posMax):
        return False
    state.pos = state.posMax
    return True


FOOTNOTE_CHARS = 80
"""No block id or footnote's mark is longer."""


class InlineText:
    """Plain text being put together from tokens, with spans that fit it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.last = "\n"
        self.open: list[tuple[SpanKind, int, str | None]] = []
        self.spans: list[Span] = []

    def add(self, text: str) -> None:
        """Add text; white space meeting white space is not doubled."""
        text = GAPS.sub(" ", text)
        if self.last.isspace():
            text = text.lstrip()
        if text:
            self.pieces.append(text)
            self.length += len(text)
            self.last = text[-1]

    def add_break(self) -> None:
        """Add the end of a source line, as a line feed."""
        if self.last == "\n":
            return
        if self.last == " " and self.pieces:
            self.pieces[-1] = self.pieces[-1][:-1]
            self.length -= 1
        self.pieces.append("\n")
        self.length += 1
        self.last = "\n"

    def begin(self, kind: SpanKind, target: str | None = None) -> None:
        """Begin a span."""
        self.open.append((kind, self.length, target))

    def end(self, kind: SpanKind) -> None:
        """End the innermost open span of a kind."""
        for index in range(len(self.open) - 1, max(-1, len(self.open) - MAX_NESTING), -1):
            if self.open[index][0] is kind:
                _, start, target = self.open.pop(index)
                wanted = kind is not SpanKind.LINK or target
                if wanted and start < self.length:
                    self.spans.append(Span(start, self.length, kind, target))
                return

    def finished(self) -> tuple[str, tuple[Span, ...]]:
        """Return the text without white space at its ends, and its spans in order."""
        text = "".join(self.pieces).rstrip()
        spans = (trimmed(span, text) for span in self.spans)
        ordered = sorted((span for span in spans if span), key=lambda span: (span.start, -span.end))
        return text, tuple(ordered)


def trimmed(span: Span, text: str) -> Span | None:
    """Return a span without white space at its ends, or None if nothing is left of it."""
    start, end = span.start, min(span.end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end, span.kind, span.target) if start < end else None


def inline_text(token: "Token") -> tuple[str, tuple[Span, ...]]:
    """Return the text of a block's inline token, source lines ended by line feeds, and its spans."""
    content = token.content
    children = token.children or []
    only_text = len(children) == 1 and children[0].type == "text" and children[0].content == content
    if only_text and not GAPS.search(content) and "&" not in content:
        return content.strip(), ()
    built = InlineText()
    # The parser decodes entities, and percent signs in addresses it shows, after the text was cleaned.
    add_tokens(built, children, cleaned="&" not in content and "%" not in content)
    return built.finished()


def add_tokens(built: InlineText, tokens: Sequence["Token"], *, cleaned: bool) -> None:
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


def add_mark(built: InlineText, token: "Token") -> None:
    """Begin or end the span a token stands for."""
    if token.type == "link_open":
        built.begin(SpanKind.LINK, link_target(str(token.attrs.get("href", ""))))
    elif token.type == "link_close":
        built.end(SpanKind.LINK)
    elif token.type in OPENING:
        built.begin(OPENING[token.type])
    elif token.type in CLOSING:
        built.end(CLOSING[token.type])


def add_tag(built: InlineText, tag: str) -> None:
    """Leave out an HTML tag, heeding what it says about the text; show what is no tag of HTML."""
    if tag.startswith(("<!--", "<?", "<!")):
        return
    found = TAG.fullmatch(tag)
    name = found["name"].lower() if found else ""
    if found is None or name not in KNOWN:
        built.add(tag)
    elif name == "br":
        built.add_break()
    elif name == "img":
        built.add(attribute(tag, "alt"))
    elif name in TAG_KINDS:
        kind = TAG_KINDS[name]
        if found["close"]:
            built.end(kind)
        else:
            built.begin(kind, link_target(attribute(tag, "href")) if name == "a" else None)


def link_target(address: str) -> str | None:
    """Return an address a link may lead to, clean, or None: only the web and mail are followed."""
    target = clean_line(address)
    return target if LINK_TARGET.match(target) else None
