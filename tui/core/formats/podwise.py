"""Summaries out of Podwise: the Markdown of its command line tool and of its web application.

The tool (hardhackerlabs/podwise-cli) writes the title as the one first-level heading and second-level parts
below it; the web application writes no title, and every part as a first-level heading. Chapters, questions
and highlights have times and names in their text, which become what they stand for.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from tui.core.episode import Block, BlockKind, Span, SpanKind
from tui.core.formats import markdown
from tui.core.formats.draft import Draft, Heading, Item, Source, gather, same_title
from tui.core.formats.highlights import TRANSCRIPT, bold_speaker, cut, joined, leading_strong, lines_of
from tui.core.formats.markdown_blocks import TooDeepError, markdown_items
from tui.core.formats.parts import parted
from tui.core.formats.times import leading_time

ADDRESS = "podwise.ai/"
SHOWN_ADDRESS = re.compile(r"\]\(https?://(?:www\.)?podwise\.ai/dashboard/episodes/\d+")
SPONSOR = "sponsor"

PARTS = {
    "summary": "summary",
    "takeaways": "takeaways",
    "chapters": "chapters",
    "outlines": "chapters",
    "outline": "chapters",
    "q&a": "questions",
    "q & a": "questions",
    "qa": "questions",
    "highlights": "highlights",
    "keywords": "keywords",
    "mindmap": "mind map",
    "mind map": "mind map",
    "transcript": "transcript",
    "transcripts": "transcript",
}
"""The headings of an export, and what stands below them."""

AD = re.compile(r"\[ads?\]\s*$", re.I)
QUESTION = re.compile(r"Q\d{0,3}\s*(?:\[(?P<speaker>[^\]\n]{1,60})\])?\s*[:：]\s*")
ANSWER = re.compile(r"A\d{0,3}\s*(?:\[(?P<speaker>[^\]\n]{1,60})\])?\s*[:：]\s*")
SPEAKER = re.compile(r"(?:[-–—]\s+)?(?P<name>[^\s:：\[\](][^:：\n\[\]]{0,59}?)[:：]\s+(?=\S)")


def fits(source: Source) -> bool:
    """Say whether a document is Podwise's, by its fields or by addresses of its own in the text."""
    fields = source.fields
    addresses = (fields.get(key) for key in ("link", "url", "source"))
    if any(isinstance(address, str) and ADDRESS in address for address in addresses):
        return True
    named = "podcast" in fields and "episode" in fields and "publish-time" in fields
    return named or len(SHOWN_ADDRESS.findall(source.judged)) >= 2


def read(source: Source) -> Draft:
    """Return a summary with its chapters, questions, highlights and, folded, its transcript."""
    try:
        items = markdown_items(source.text)
    except (TooDeepError, RecursionError):
        return markdown.read(source)
    title, items = title_of(items, source.title)
    read_items = Export().read(items)
    why = "Its front matter or its addresses are Podwise's."
    return Draft(gather(read_items), why, title)


def title_of(items: list[Item], known: str) -> tuple[str, list[Item]]:
    """Return the title in the first heading, or "", and the items without it."""
    for index, item in enumerate(items):
        if isinstance(item, Heading) and item.text:
            is_title = item.level == 1 and item.text.strip().lower() not in PARTS
            if is_title and (not known or same_title(item.text, known)):
                return item.text, [*items[:index], *items[index + 1 :]]
            break
    return "", items


class Export:
    """The items read so far, and the part of the export that is being read."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.part = ""
        self.level = 1
        """Of the part's heading."""

        self.is_ad = False
        self.speaker: str | None = None
        self.turns = Turns()
        self.summarised = False
        """There is text before the transcript."""

    def read(self, items: Iterable[Item]) -> list[Item]:
        """Return the items with what their text says about times and speakers as times and speakers."""
        for item in items:
            if isinstance(item, Heading):
                self.read_heading(item)
            elif item.kind is not BlockKind.RULE:
                self.read_block(item)
            elif self.part not in ("questions", "chapters", "transcript"):
                self.items.append(item)
        self.end_transcript()
        return self.items

    def read_heading(self, heading: Heading) -> None:
        """Take in a heading: of a part, or of a chapter or question within one."""
        part = PARTS.get(heading.text.strip().lower())
        if part and heading.level <= 2 and (heading.level <= self.level or not self.part):
            self.end_transcript()
            self.part, self.level, self.is_ad = part, heading.level, False
            self.items.append(heading)
        elif self.part == "questions":
            self.items.append(question_heading(heading))
        else:
            self.end_transcript()
            self.is_ad = self.part == "chapters" and AD.search(heading.text) is not None
            self.items.append(heading)

    def read_block(self, block: Block) -> None:
        """Take in a block as what its part of the export makes it."""
        readers = {
            "summary": self.read_summary,
            "chapters": self.read_chapter,
            "questions": self.read_question,
            "highlights": self.read_highlight,
            "transcript": self.turns.add,
        }
        readers.get(self.part, self.read_text)(block)
        self.summarised = self.summarised or self.part != TRANSCRIPT

    def read_text(self, block: Block) -> None:
        """Take in a block of any other part."""
        self.items.append(joined(block))

    def read_summary(self, block: Block) -> None:
        """Take in a block of the summary; the line above the takeaways is a heading."""
        lines = lines_of(block)
        if lines and lines[-1].text.strip().lower() == "takeaways:":
            self.items += [joined(line) for line in lines[:-1]]
            self.items.append(Heading("Takeaways", self.level + 1))
        else:
            self.read_text(block)

    def read_chapter(self, block: Block) -> None:
        """Take in a block of a chapter; a time at its beginning is the chapter's."""
        opens = bool(self.items) and isinstance(self.items[-1], Heading)
        timed = time_at_start(block) if opens else None
        if timed and isinstance(self.items[-1], Heading) and self.items[-1].start_s is None:
            self.items[-1] = linked(replace(self.items[-1], start_s=timed[0]), block)
            block = cut(block, timed[1])
        if block.text:
            self.items.append(replace(joined(block), fold=SPONSOR if self.is_ad else block.fold))

    def read_question(self, block: Block) -> None:
        """Take in a question as a heading, or an answer with who gives it."""
        asked = QUESTION.match(block.text) if leading_strong(block) else None
        if asked and block.kind is BlockKind.PARAGRAPH:
            lines = lines_of(block)
            words = cut(lines[0], min(asked.end(), len(lines[0].text)))
            if words.text:
                text = named_question(words.text, asked["speaker"])
                self.items.append(Heading(text, self.level + 1))
                lines = lines[1:]
            for line in lines:
                self.read_answer(line)
        else:
            self.read_answer(block)

    def read_answer(self, block: Block) -> None:
        """Take in a paragraph of an answer."""
        answered = ANSWER.match(block.text) if block.kind is BlockKind.PARAGRAPH else None
        if answered:
            self.speaker = answered["speaker"]
            block = cut(block, answered.end())
        elif self.items and isinstance(self.items[-1], Heading):
            self.speaker = None
        if block.text:
            self.items.append(replace(joined(block), speaker=self.speaker or block.speaker))

    def read_highlight(self, block: Block) -> None:
        """Take in a quotation with its time."""
        timed = time_at_start(block)
        if timed is None:
            self.read_text(block)
            return
        words = cut(block, timed[1])
        quote = Block(BlockKind.QUOTE, words.text, 1, words.spans, start_s=timed[0])
        self.items.append(joined(quote))

    def end_transcript(self) -> None:
        """Add the turns read so far: folded where a summary stands before them, else in parts."""
        turns = self.turns.finished()
        self.turns = Turns()
        self.items += [replace(turn, fold=TRANSCRIPT) for turn in turns] if self.summarised else parted(turns)


class Turns:
    """The turns of a transcript, and the lines with a name or a time that wait for their words."""

    def __init__(self) -> None:
        self.read: list[Block] = []
        self.speaker: str | None = None
        self.waiting: list[Block] = []
        self.named = False
        """A name is among what waits."""

        self.start_s: float | None = None
        """The time among what waits."""

    def add(self, block: Block) -> None:
        """Add a paragraph: one turn, or one on each line."""
        for line in lines_of(block):
            self.add_line(line)

    def add_line(self, line: Block) -> None:
        """Add a line: a time, a name, words, or several of these."""
        timed = time_at_start(line)
        words = cut(line, timed[1]) if timed else line
        name, length = bold_speaker(words)
        labelled = SPEAKER.match(words.text) if timed and not name else None
        if labelled:
            name, length = labelled["name"], labelled.end()
        if (name and self.named) or (timed and self.start_s is not None):
            self.give_up()
        self.speaker = name or self.speaker
        self.named = self.named or bool(name)
        self.start_s = timed[0] if timed else self.start_s
        words = cut(words, length)
        if not words.text:
            self.waiting.append(line)
            return
        self.read.append(replace(words, speaker=self.speaker, start_s=self.start_s))
        self.waiting, self.named, self.start_s = [], False, None

    def give_up(self) -> None:
        """Keep labels that no words came for as text."""
        self.read += self.waiting
        self.waiting, self.named, self.start_s = [], False, None

    def finished(self) -> list[Block]:
        """Return the turns."""
        self.give_up()
        return self.read


def question_heading(heading: Heading) -> Heading:
    """Return the heading of a question without its number."""
    asked = QUESTION.match(heading.text)
    if asked is None or asked.end() >= len(heading.text):
        return heading
    return Heading(named_question(heading.text[asked.end() :], asked["speaker"]), heading.level)


def named_question(text: str, speaker: str | None) -> str:
    """Return a question with the name of who asks it, where that is known."""
    return f"{speaker}: {text}" if speaker else text


def time_at_start(block: Block) -> tuple[float, int] | None:
    """Return the time in brackets that a block begins with, in seconds, and how long its mark is."""
    head = block.text[:40].replace("\n", " ")
    return leading_time(head) if head[:1] in ("[", "(") else None


def linked(heading: Heading, block: Block) -> Heading:
    """Return a heading that leads where the first words of a block lead."""
    first = block.spans[0] if block.spans else None
    if first is None or first.kind is not SpanKind.LINK or first.start > 1 or heading.spans:
        return heading
    return replace(heading, spans=(Span(0, len(heading.text), first.kind, first.target),))
