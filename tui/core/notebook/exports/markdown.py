"""Highlights as Markdown for a folder of notes: front matter, headings, quotations with names (Obsidian).

Each highlight is a quotation, the name by which Obsidian links to it (``^h-0123456789ab``), the note, and
a line with tags, time and link. The name is the same in every export, so that a later one knows what is
there already (``continuing``).
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from tui.core.escaping import in_blockquote, markdown_lines, markdown_link, markdown_text
from tui.core.notebook.exports.entries import (
    address,
    by_heading,
    by_source,
    day,
    entry_name,
    facts,
    marks,
    moment,
    web_url,
)
from tui.core.notebook.exports.values import ExportSettings
from tui.core.notebook.values import Highlight, Source

TITLE_FOR_ALL = "Highlights"
RULE = "---"
"""What ends a highlight."""

SOURCE_KEY = "pullquote"
"""The field of the front matter that names the episode, wherever the file is moved."""

WIKILINK = re.compile(r"(\[\[[^\[\]\n]+\]\])")
NO_TAG = re.compile(r"[^\w/-]+")


def render(highlights: Sequence[Highlight], settings: ExportSettings) -> str:
    """Return one document: of one episode with all that is known of it, of several with a heading each."""
    groups = by_source(highlights)
    if len(groups) == 1:
        source, group = groups[0]
        return episode_page(source, group, settings)
    parts = [part for source, group in groups for part in (episode_heading(source), *entries(group))]
    fields = {"title": TITLE_FOR_ALL, "exported": settings.exported[:10]}
    return "\n\n".join([front_matter(fields), *parts]) + "\n"


def episode_page(source: Source, highlights: Sequence[Highlight], settings: ExportSettings) -> str:
    """Return the document of one episode."""
    fields = {
        "title": source.title,
        "show": source.show,
        "number": source.number,
        "people": list(source.people),
        "date": source.date,
        "source": web_url(source),
        "tags": [tag for tag in map(tag_name, source.tags) if tag],
        "exported": settings.exported[:10],
        SOURCE_KEY: source.id,
    }
    return "\n\n".join([front_matter(fields), episode_heading(source), *entries(highlights)]) + "\n"


def front_matter(fields: Mapping[str, object]) -> str:
    """Return the fields that say something as YAML between two rules, their values written as JSON."""
    known = {key: value for key, value in fields.items() if value not in (None, "", [])}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in known.items()]
    return "\n".join([RULE, *lines, RULE])


def episode_heading(source: Source) -> str:
    """Return an episode's title as a heading, with its show and date below."""
    title = f"# {markdown_text(source.title)}"
    about = ", ".join(map(markdown_text, facts(source)))
    return f"{title}\n\n*{about}*" if about else title


def entries(highlights: Sequence[Highlight], heading_before: str = "") -> Iterator[str]:
    """Yield headings and highlights.

    Args:
        highlights: All of one episode.
        heading_before: The heading below which they come, as ``heading_line`` writes it; it is not repeated.
    """
    for heading, group in by_heading(highlights):
        line = heading_line(heading)
        if line and line != heading_before:
            yield line
        yield from map(entry, group)


def heading_line(heading: str) -> str:
    """Return the heading of a section; empty for the text before the first one."""
    return f"## {markdown_text(heading)}" if heading else ""


def entry(highlight: Highlight) -> str:
    """Return one highlight, the rule below it included."""
    note = "\n".join(note_lines(highlight.note))
    parts = [quotation(highlight.text), f"^{entry_name(highlight)}", note, details(highlight), RULE]
    return "\n\n".join(filter(None, parts))


def quotation(text: str) -> str:
    """Return the words of a highlight as a quotation."""
    return "\n".join(line.rstrip() for line in in_blockquote(markdown_lines(text)).split("\n"))


def note_lines(note: str) -> Iterator[str]:
    """Yield a note's lines as Markdown that shows them as they are, but for lists and links to notes."""
    lines = note.strip("\n").split("\n")
    links = [WIKILINK.split(line) for line in lines]
    # A link's words are escaped like all others, then put back: what stands around them needs escaping.
    escaped = markdown_lines("\n".join(lines))
    for line, parts in zip(escaped, links, strict=True):
        for link in parts[1::2]:
            line = line.replace(markdown_text(link), link)
        yield line.rstrip()


def details(highlight: Highlight) -> str:
    """Return tags, marks, speaker, time, day and link in one line."""
    tags = " ".join(f"#{tag}" for tag in dict.fromkeys(map(tag_name, highlight.tags)) if tag)
    link = address(highlight)
    parts = (
        tags,
        *marks(highlight),
        markdown_text(highlight.speaker or ""),
        moment(highlight),
        day(highlight),
        markdown_link("open", link) if link else "",
    )
    return " · ".join(filter(None, parts))


def tag_name(tag: str) -> str:
    """Return a tag as Obsidian takes it: no blanks, and something in it that is no digit."""
    name = NO_TAG.sub("-", tag).strip("-/")
    return f"{name}_" if name.isdigit() else name
