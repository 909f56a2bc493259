"""The blocks of a Logseq page: every line begins one, tabs tell whose child it is, properties are its own.

Read from the files that Logseq writes (version 0.9 and 0.10, Markdown graphs): ``- `` begins a block, its
further lines are indented by two blanks more, a property is a line ``name:: value`` right below the first.
"""

import re
from dataclasses import dataclass, field

from tui.core.episode import clock

BLOCK = re.compile(r"(?P<indent>[ \t]*)-(?:[ ](?P<text>.*)|$)")
PROPERTY = re.compile(r"(?P<name>[A-Za-z][\w./-]{0,60}):: ?(?P<value>.*)")
FENCE = re.compile(r"`{3,}|~{3,}")
HEADING = re.compile(r"#{1,6} +\S")

HIDDEN = re.compile(
    r"id|collapsed|heading|background[-_]color|background[-_]image|template|template-including-parent|created-at|"
    r"updated-at|card-.*|hl-.*|ls-type|logseq\..*|query-.*|public|filters|icon|exclude-from-graph-view|"
    r"file|file-path|file_path|macros|title",
    re.I,
)
"""Properties of a block that say how the app handles it, not what it is about."""

MARKERS = {"TODO": "[ ]", "LATER": "[ ]", "DOING": "[ ]", "NOW": "[ ]", "WAITING": "[ ]", "DONE": "[x]"}
MARKER = re.compile(rf"(?P<word>{'|'.join(MARKERS)}|CANCELED|CANCELLED) (?=\S)")

YOUTUBE_TIME = re.compile(r"\{\{youtube-timestamp (\d{1,6})\}\}\s*")
MACRO = re.compile(r"\{\{(?:video|youtube|vimeo|tweet|twitter|embed|cloze)\s+([^{}\n]{1,2000})\}\}")
TAG_LINK = re.compile(r"#\[\[([^\[\]\n]{1,200})\]\]")
LOGBOOK_END = ":END:"
QUOTE_MARKS = ("#+BEGIN_QUOTE", "#+END_QUOTE")
TAB_WIDTH = 4


@dataclass(slots=True)
class LogseqBlock:
    """A block of a page."""

    depth: int
    """How many blocks it stands in."""

    lines: list[str] = field(default_factory=list)
    """Its text as Markdown, without its mark and indent."""

    properties: dict[str, str] = field(default_factory=dict)

    @property
    def is_heading(self) -> bool:
        """Whether it is set as a heading."""
        marked = bool(self.lines) and HEADING.match(self.lines[0]) is not None
        return marked or (bool(self.lines) and self.properties.get("heading", "false") != "false")


def page_of(text: str) -> tuple[dict[str, str], list[LogseqBlock]]:
    """Return the properties of a page, and its blocks from top to bottom.

    Properties stand before the first block, or are all there is in it.
    """
    page = Page()
    for line in text.split("\n"):
        page.read(line)
    blocks = page.blocks
    if blocks and not blocks[0].lines and not (len(blocks) > 1 and blocks[1].depth):
        page.properties.update(blocks.pop(0).properties)
    return page.properties, blocks


class Page:
    """The blocks read so far, and the indents of those that are open."""

    def __init__(self) -> None:
        self.properties: dict[str, str] = {}
        self.blocks: list[LogseqBlock] = []
        self.indents: list[int] = []
        self.fence = ""
        self.in_logbook = False

    def read(self, line: str) -> None:
        """Take in a line."""
        opened = None if self.fence else BLOCK.fullmatch(line)
        if opened:
            self.open(len(opened["indent"].expandtabs(TAB_WIDTH)))
            self.add(opened["text"] or "", is_first=True)
        elif self.blocks:
            self.add(self.without_indent(line), is_first=False)
        else:
            self.read_before(line)

    def open(self, indent: int) -> None:
        """Begin a block below those that are indented less."""
        while self.indents and self.indents[-1] >= indent:
            self.indents.pop()
        self.blocks.append(LogseqBlock(len(self.indents)))
        self.indents.append(indent)
        self.in_logbook = False

    def without_indent(self, line: str) -> str:
        """Return a further line of a block without the block's indent."""
        width = self.indents[-1] + 2
        expanded = line.expandtabs(TAB_WIDTH)
        return expanded[min(width, len(expanded) - len(expanded.lstrip())) :]

    def read_before(self, line: str) -> None:
        """Take in a line that stands before the first block: a property of the page, or its text."""
        found = PROPERTY.fullmatch(line.strip())
        if found and not self.blocks:
            self.properties.setdefault(found["name"].lower(), found["value"].strip())
        elif line.strip():
            self.open(0)
            self.add(line.strip(), is_first=True)

    def add(self, text: str, *, is_first: bool) -> None:
        """Add a line to the last block: a property, or text."""
        block = self.blocks[-1]
        if self.skips(text):
            return
        marks = FENCE.match(text.strip())
        if marks and (not self.fence or text.strip().startswith(self.fence)):
            self.fence = "" if self.fence else marks[0]
        found = None if self.fence or marks else PROPERTY.fullmatch(text.strip())
        if found:
            block.properties.setdefault(found["name"].lower(), found["value"].strip())
        elif text.strip() or not is_first:
            block.lines.append(text if self.fence or marks else readable(text, is_first=is_first))

    def skips(self, text: str) -> bool:
        """Say whether a line only records when a task was worked on, or marks a quotation."""
        stripped = text.strip()
        if stripped == ":LOGBOOK:":
            self.in_logbook = True
        skipped = self.in_logbook and (
            stripped in (":LOGBOOK:", LOGBOOK_END) or stripped.startswith("CLOCK:")
        )
        if stripped == LOGBOOK_END:
            self.in_logbook = False
        return skipped or stripped.upper() in QUOTE_MARKS


def readable(text: str, *, is_first: bool) -> str:
    """Return a line with what only the app understands put into words: markers of tasks, macros, tags."""
    marker = MARKER.match(text) if is_first else None
    if marker:
        sign = MARKERS.get(marker["word"])
        text = f"{sign} {text[marker.end() :]}" if sign else text[marker.end() :]
    if "{{" in text:
        text = YOUTUBE_TIME.sub(lambda time: f"[{clock(int(time[1]))}] ", text)
        text = MACRO.sub(r"\1", text)
    return TAG_LINK.sub(r"[[\1]]", text)
