"""One highlight of a Readwise page or table: what was marked, where, and what was said about it.

A highlight that comes from the podcast app Snipd begins with its title; its summary and its transcript,
in which names stand alone on their lines, follow below labels.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tui.core.episode import Block, BlockKind
from tui.core.formats.draft import Heading, Item
from tui.core.formats.highlights import (
    NUMBERED_SPEAKER,
    TRANSCRIPT,
    UNTITLED,
    apart,
    cut,
    first_words,
    joined,
    lines_of,
    spoken_lines,
    starred,
    unwrapped,
    without_headings,
)
from tui.core.formats.markdown_blocks import markdown_items
from tui.core.formats.times import STAMP, seconds
from tui.core.metadata import without_brackets

NESTED = re.compile(
    r"(?P<indent>\s{2,}|\t)[-*]\s+\**(?P<key>Tags?|Notes?|Color|Date)\**:\**\s*(?P<value>.*)$", re.I
)
"""What is nested below a highlight."""

PROPERTY = re.compile(r"\s*(?P<key>link|on|tags|note|location|color):: ?(?P<value>.*)$", re.I)
"""What Logseq's pages have on the lines of a highlight."""

LABEL = re.compile(r"(?:summary|key takeaways|takeaways|notes?|quote|transcript|ai notes)\s*:\s*$", re.I)
AI_NOTES = re.compile(r"episode ai notes\s*$", re.I)

PLACE = re.compile(
    rf"\s*\(?\[?\(?(?P<place>Time (?P<time>{STAMP})|Location [\d,]+(?:-\d+)?|Page \w{{1,8}}|"
    r"View (?:Highlight|Tweet))"
    r"\)?(?:\]\((?P<link>[^()\s]{1,2000})\))?\)\s*$",
    re.I,
)
"""Where a highlight stands, in brackets at its end; perhaps a link."""

PLACE_CHARS = 2200
AIRR_LINK = re.compile(r"\[(?P<words>[^\]\n]*)\]\((?P<link>[^)\n]*)\)")


@dataclass(slots=True)
class Parts:
    """The lines of a highlight, by what they are."""

    text: list[str]
    transcript: list[str]
    details: list[str]
    """Lines nested below it, as Markdown."""

    place: str = ""
    link: str = ""
    start_s: float | None = None


def item_of(lines: Sequence[str], level: int) -> list[Item]:
    """Return the heading and blocks of a highlight, given its lines without the mark of the list.

    Raises:
        TooDeepError: Lists or quotations in it are nested too deeply.
    """
    parts = parts_of(lines)
    title, text = titled(parts)
    is_quote = not title
    body = without_headings(markdown_items(apart(unwrapped(text) if is_quote else text)))
    body = [joined(line) for block in body for line in lines_of(block)]
    if is_quote:
        body = [quoted(block) for block in body]
        title = place_name(parts.place) or first_words(" ".join(block.text for block in body[:2])) or UNTITLED
    details = [joined(block) for block in without_headings(markdown_items(apart(parts.details)))]
    favourite = any(".favorite" in block.text or "#favorite" in block.text for block in details)
    fold = TRANSCRIPT if body else None
    said = [replace(turn, fold=fold) for turn in spoken_lines(parts.transcript)]
    where = markdown_items(f"[{parts.place}]({parts.link})") if parts.place and parts.link else []
    heading = Heading(starred(title, favourite), level, start_s=parts.start_s)
    return [heading, *body, *said, *details, *where]


def parts_of(lines: Sequence[str]) -> Parts:
    """Return the lines of a highlight sorted into its text, its transcript and what is nested below it."""
    parts = Parts([], [], [])
    into = parts.text
    for index, raw in enumerate(lines):
        nested = NESTED.match(raw) if index else None
        kept = PROPERTY.match(raw)
        line = raw[2:] if index and raw.startswith("  ") else raw
        if nested:
            into = parts.details
            into.append(f"**{nested['key'].strip('*')}:** {nested['value']}")
        elif kept:
            keep_property(parts, kept)
        elif into is not parts.details and line.strip().lower().rstrip(": ") == TRANSCRIPT and index:
            into = parts.transcript
        else:
            into.append(line.strip() if into is parts.details else line)
    take_place(parts)
    return parts


def keep_property(parts: Parts, kept: re.Match[str]) -> None:
    """Keep what a line ``key:: value`` says, unless it says nothing."""
    value = kept["value"].strip()
    linked = AIRR_LINK.fullmatch(value)
    says = without_brackets(value)
    if says and says != "null":
        link = linked["link"] if linked else ""
        shown = f"[{says}]({link})" if link and link != "null" else says
        parts.details.append(f"{kept['key'].capitalize()}: {shown}")


def take_place(parts: Parts) -> None:
    """Take the place out of the last line of what was marked."""
    for lines in (parts.transcript, parts.text):
        last = next((index for index in range(len(lines) - 1, -1, -1) if lines[index].strip()), None)
        if last is None:
            continue
        tail = lines[last][-PLACE_CHARS:]
        # The last bracket opens a place by itself, or the address of one.
        openings = (tail.rfind("("), tail.rfind("(", 0, max(0, tail.rfind("]("))))
        matches = (PLACE.match(tail, opening) for opening in openings if opening >= 0)
        found = next((match for match in matches if match), None)
        if found:
            parts.place, parts.link = found["place"], found["link"] or ""
            parts.start_s = seconds(found["time"]) if found["time"] else None
            lines[last] = lines[last][: len(lines[last]) - len(tail) + found.start()].rstrip()
        return


def titled(parts: Parts) -> tuple[str, list[str]]:
    """Return a highlight's own title, or "", and the lines below it: those of Snipd's have one."""
    lines = [line for line in parts.text if line.strip()] if parts.transcript else parts.text
    labelled = any(LABEL.match(line.strip()) for line in parts.text[1:])
    if not lines or not (parts.transcript or labelled or AI_NOTES.match(lines[0].strip())):
        return "", parts.text
    shown = markdown_items(lines[0].strip())
    title = shown[0].text if len(shown) == 1 else lines[0].strip()
    return title, [bold_label(line) for line in lines[1:]]


def bold_label(line: str) -> str:
    """Return a line that is a label as Markdown in bold, any other as it is."""
    return f"**{line.strip()}**" if LABEL.match(line.strip()) else line


def quoted(block: Block) -> Block:
    """Return a paragraph of what was marked as a quotation; lists and code stay what they are."""
    if block.kind is not BlockKind.PARAGRAPH or block.depth:
        return block
    numbered = NUMBERED_SPEAKER.match(block.text)
    if numbered:
        block = replace(cut(block, numbered.end()), speaker=numbered["name"])
    return replace(block, kind=BlockKind.QUOTE, depth=1)


def speaks_of_itself(text: str) -> bool:
    """Say whether a highlight begins with its title, as those that come from Snipd do."""
    lines = [line.strip() for line in text.split("\n", 400)[:400]]
    return any(LABEL.match(line) for line in lines[1:]) or bool(AI_NOTES.match(lines[0]))


def place_name(place: str) -> str:
    """Return a place as a title; a mere link has no name, and a time shows by itself."""
    return "" if place.lower().startswith(("view", "time")) else place
