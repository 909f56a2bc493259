"""The real documents, and what they hold by their own marks: headings, paragraphs, items, speakers.

This is the other opinion that the readers are measured against, so it shares no code with them: a scanner
of lines for Markdown (the readers use markdown-it), selectolax used directly for HTML, and patterns of
our own for the labels of transcripts. It knows what a person sees at the beginning of lines, and no more.
"""

import html
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SUFFIXES = frozenset({".md", ".html", ".srt", ".txt"})

FRONT_MATTER = re.compile(r"---[ \t]*\n.*?^---[ \t]*$\n?", re.S | re.M)
TITLE_FIELD = re.compile(r"^title:[ \t]*(.+)$", re.M)
COMMENT = re.compile(r"<!--.*?-->", re.S)
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
ATX = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<text>.*?))?(?:[ \t]+#+)?[ \t]*$")
UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+•]|\d{1,4}[.)])[ \t]+(?P<text>\S.*)$")
QUOTE = re.compile(r"(?: {0,3}> ?)+")
ROW = re.compile(r" {0,3}\|.*\|[ \t]*$")
ROW_RULE = re.compile(r"[\s|:-]+$")
BOLD_LINE = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+\1[:：]?(?:\s*`[^`]*`)?$")
TIMED_LINE = re.compile(r"[^`]{1,80} `\[[^`]*\d:\d\d[^`]*\]`(?:\s*\*\*[^*]*\*\*)?$")
CALLOUT = re.compile(r"\[!\w+\][+-]?\s*")
ESCAPED = re.compile(r"\\([^\w\s]|_)")
LONGEST_UNDERLINED = 120
"""A longer line above dashes is a paragraph above a rule whose author left out the blank line."""

STAMP = re.compile(r"[\[(（`]*\d?\d(?::\d\d)+(?:[.,]\d+)?(?:\s*[-–~]\s*\d?\d(?::\d\d)+)?[\])）`]*")
CUE = re.compile(r"\d+\n\d\d:\d\d:\d\d,\d+ --> .*\n((?:.+\n?)*)")


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that a document shows."""

    kind: str
    """A heading, paragraph, item, row or code."""

    text: str
    """Without marks."""

    level: int = 0
    """Of a heading 1 to 6; of an item how far it is indented, in columns."""

    mark: str = ""
    """The mark of an item: ``•`` or its number."""

    bold: bool = False
    """All of it is set in bold, or it ends in a stretch of time, or is the title of a callout: without marks
    it looks like a heading."""


@dataclass(frozen=True, slots=True)
class Document:
    """One real document."""

    path: Path
    name: str
    """Its path below the corpus, or ``seed`` and its name."""

    kind: str
    """What ``SOURCES.tsv`` says it is."""

    @property
    def publisher(self) -> str:
        """The folder it comes from."""
        return self.name.partition("/")[0]

    @property
    def text(self) -> str:
        """What the file holds, with line feeds."""
        return self.path.read_text("utf-8-sig").replace("\r\n", "\n")


@dataclass(frozen=True)
class Marked:
    """A document with what its marks say."""

    document: Document
    pieces: tuple[Piece, ...]

    @cached_property
    def headings(self) -> list[Piece]:
        """Its headings, in their order."""
        return [piece for piece in self.pieces if piece.kind == "heading"]

    @cached_property
    def paragraphs(self) -> list[str]:
        """Everything that must be shown, as letters."""
        return [key for piece in self.pieces if (key := letters(piece.text))]

    @cached_property
    def look_alikes(self) -> list[str]:
        """What looks like a heading without marks but is none of its headings, as letters."""
        return [letters(piece.mark + piece.text) for piece in self.pieces if piece.bold]


def shared_folder() -> Path | None:
    """Return the folder of real documents: ``PULLQUOTE_SHARED``, or ``shared`` beside the checkout."""
    folder = Path(os.environ.get("PULLQUOTE_SHARED", ROOT / "../shared")).resolve()
    return folder if (folder / "corpus").is_dir() else None


def documents(shared: Path) -> list[Document]:
    """Return the documents of the corpus, and the page that the reader was asked for."""
    corpus = shared / "corpus"
    rows = (line.split("\t") for line in (corpus / "SOURCES.tsv").read_text("utf-8").splitlines()[1:])
    kinds = {row[0]: row[4] for row in rows}
    paths = sorted(path for path in corpus.rglob("*") if path.suffix in SUFFIXES)
    names = [path.relative_to(corpus).as_posix() for path in paths]
    found = [Document(path, name, kinds.get(name, "")) for path, name in zip(paths, names, strict=True)]
    seeds = sorted((shared / "seed").glob("*.txt"))
    return found + [Document(path, f"seed/{path.name}", "page-text") for path in seeds]


def marked(document: Document) -> Marked:
    """Return a document with what its marks say."""
    if document.path.suffix == ".html":
        return Marked(document, tuple(html_pieces(document.text)))
    if document.path.suffix == ".srt":
        return Marked(document, tuple(Piece("paragraph", line) for line in cue_lines(document.text)))
    return Marked(document, tuple(markdown_pieces(body_of(document.text))))


def body_of(text: str) -> str:
    """Return a text without its front matter."""
    found = FRONT_MATTER.match(text)
    return text[found.end() :] if found else text


def title_of(text: str) -> str:
    """Return the title in a text's front matter, or nothing."""
    front = FRONT_MATTER.match(text)
    found = TITLE_FIELD.search(front[0]) if front else None
    return found[1].strip().strip("\"'") if found else ""


def letters(text: str) -> str:
    """Return a text's letters and digits alone, in lower case, times left out."""
    return "".join(filter(str.isalnum, STAMP.sub(" ", text).casefold()))


def without_marks(text: str) -> str:
    """Return a line of Markdown as a page shows it: links are their words, pictures nothing."""
    text = ESCAPED.sub(lambda escape: f"&#{ord(escape[1])};", text)
    text = re.sub(r"!\[\[[^\]]*\]\]|!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]", r"\1", text)
    text = re.sub(
        r"\[([^\[\]]*(?:\[[^\]]*\][^\[\]]*)*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)", r"\1", text
    )
    text = re.sub(r"</?[a-z][a-z\d]*(?:\s[^<>]*)?/?>|<(?=https?://)|(?<=\w)>(?=\s|$)", "", text)
    text = re.sub(r"\*\*|__(?=\S)|(?<=\S)__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`+|==|~~", "", text)
    return " ".join(html.unescape(text).split())


def markdown_pieces(text: str) -> Iterator[Piece]:
    """Yield what a Markdown text shows."""
    scan = Scan()
    for line in COMMENT.sub("", text).split("\n"):
        yield from scan.read(line)
    yield from scan.end()


class Scan:
    """The lines read so far of what is not complete yet."""

    def __init__(self) -> None:
        self.fence = ""
        self.quoted = False
        self.lines: list[str] = []
        self.open = Piece("paragraph", "")

    def read(self, line: str) -> Iterator[Piece]:
        """Yield what a line completes."""
        opened = FENCE.match(line)
        if opened and (not self.fence or line.strip().startswith(self.fence)):
            yield from self.end()
            self.fence = "" if self.fence else opened[1]
        elif self.fence:
            yield Piece("code", line.strip())
        else:
            quoted = QUOTE.match(line)
            yield from self.read_text(line[quoted.end() :] if quoted else line, quoted=quoted is not None)

    def read_text(self, line: str, *, quoted: bool) -> Iterator[Piece]:
        """Yield what a line outside code completes; a heading in a quotation is not the document's own."""
        heading = ATX.match(line)
        if heading:
            yield from self.end()
            text = without_marks(heading["text"] or "")
            yield (
                Piece("paragraph", text, bold=True)
                if quoted
                else Piece("heading", text, len(heading["marks"]))
            )
        elif UNDERLINE.match(line) and not quoted and self.is_underlined(line):
            yield Piece("heading", without_marks(" ".join(self.lines)), 1 if "=" in line else 2)
            self.lines = []
        elif not line.strip() or RULE.match(line):
            yield from self.end()
        elif ROW.match(line):
            yield from self.end()
            if not ROW_RULE.match(line):
                cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
                yield Piece("row", "\t".join(without_marks(cell) for cell in cells))
        else:
            yield from self.read_line(line, quoted=quoted)

    def is_underlined(self, line: str) -> bool:
        """Say whether the lines so far are a heading by the line below them."""
        if not self.lines or self.open.kind != "paragraph" or self.quoted:
            return False
        return "=" in line or len(" ".join(self.lines)) <= LONGEST_UNDERLINED

    def read_line(self, line: str, *, quoted: bool) -> Iterator[Piece]:
        """Yield what a line of running text completes: it opens an item, or goes on."""
        if quoted and self.open.kind == "paragraph" and not self.quoted:
            yield from self.end()
        self.quoted = quoted
        callout = CALLOUT.match(line) if quoted else None
        if callout:
            if callout.end() < len(line):
                yield Piece("paragraph", without_marks(line[callout.end() :]), bold=True)
            return
        item = ITEM.match(line)
        if item:
            yield from self.end()
            mark = item["mark"] if item["mark"][0].isdigit() else "•"
            self.open = Piece("item", "", len(item["indent"].expandtabs(4)), mark)
            line = item["text"]
        self.lines.append(line.strip())

    def end(self) -> Iterator[Piece]:
        """Yield what is complete now."""
        if self.lines:
            bold = (
                (BOLD_LINE.match(self.lines[0]) or TIMED_LINE.match(self.lines[0]))
                if len(self.lines) == 1
                else None
            )
            text = without_marks(" ".join(self.lines))
            if text:
                yield replace(self.open, text=text, bold=bold is not None)
        self.lines, self.open = [], Piece("paragraph", "")


def without_headings(source: Marked) -> Marked:
    """Return a document without its headings and what looks like one: nothing but text."""
    return replace(source, pieces=tuple(piece for piece in source.pieces if is_prose(piece)))


def is_prose(piece: Piece) -> bool:
    """Say whether something in a document is neither a heading nor looks like one."""
    return piece.kind != "heading" and not piece.bold


UNSHOWN = "script, style, nav, header, footer, aside, form, svg, noscript, template"
HTML_KINDS = {"p": "paragraph", "li": "item", "blockquote": "paragraph", "pre": "code", "tr": "row"}
HTML_KINDS |= {f"h{level}": "heading" for level in range(1, 7)}


def html_pieces(text: str) -> Iterator[Piece]:
    """Yield what a saved page shows: the headings, paragraphs, items and rows of its main part."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    for node in tree.css(UNSHOWN):
        node.decompose()
    main = tree.css_first("main, article") or tree.body
    if main is None:
        return
    for node in main.traverse():
        tag = str(node.tag)
        shown = " ".join(node.text(separator=" ").split()) if tag in HTML_KINDS else ""
        if shown and tag[0] == "h":
            yield Piece("heading", shown, int(tag[1]))
        elif shown and not (tag == "li" and node.css_first("p, ul, ol")):
            yield Piece(HTML_KINDS[tag], shown, mark="•" if tag == "li" else "")


def cue_lines(text: str) -> Iterator[str]:
    """Yield the lines of SubRip's cues, without numbers and times."""
    for cue in CUE.finditer(text):
        yield from filter(None, map(str.strip, cue[1].split("\n")))


def page_text(marked: Marked, *, tight: bool = False) -> str:
    """Return a document as the text that a browser copies: no marks, headings as bare lines.

    Args:
        marked: The document.
        tight: No blank line stands between a heading and what follows it.
    """
    title = title_of(marked.document.text)
    pieces = list(marked.pieces)
    if title and (not pieces or letters(pieces[0].text) != letters(title)):
        pieces.insert(0, Piece("heading", title, 1))
    text = ""
    before = Piece("", "")
    for piece in pieces:
        together = before.kind == piece.kind and piece.kind in ("item", "row", "code")
        together = together or (tight and (before.kind == "heading" or before.bold))
        indent = "  " * (1 + piece.level // 2) if piece.kind == "item" else ""
        text += ("\n" if together else "\n\n") + indent + f"{piece.mark} {piece.text}".strip()
        before = piece
    return text.strip() + "\n"
