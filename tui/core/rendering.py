"""An episode as other programs take it: JSON values and plain text. For Markdown: ``markdown_writing``."""

from tui.core.episode import LIST_KINDS, Block, BlockKind, Episode, Section, clock, separator

SCHEMA = 1
"""The version of the JSON documents."""


def as_json(episode: Episode, *, blocks: bool = True) -> dict[str, object]:
    """Return an episode as the values of its JSON document, schema 1.

    Args:
        episode: The episode.
        blocks: Whether sections hold their text; an outline does without.
    """
    return {
        "schema": SCHEMA,
        "id": episode.id,
        "path": str(episode.path),
        "format": episode.format,
        "why": episode.why,
        "title": episode.title,
        "show": episode.show,
        "number": episode.number,
        "people": list(episode.people),
        "date": episode.date,
        "url": episode.url,
        "duration_s": episode.duration_s,
        "language": episode.language,
        "tags": list(episode.tags),
        "words": episode.words,
        "notices": list(episode.notices),
        "sections": [section_as_json(section, blocks=blocks) for section in episode.sections],
    }


def section_as_json(section: Section, *, blocks: bool) -> dict[str, object]:
    """Return a section as JSON values."""
    values: dict[str, object] = {
        "ordinal": section.ordinal,
        "level": section.level,
        "title": section.title,
        "part": section.part,
        "speaker": section.speaker,
        "start_s": section.start_s,
        "words": section.words,
    }
    if blocks:
        values["blocks"] = [block_as_json(block) for block in section.blocks]
    return values


def block_as_json(block: Block) -> dict[str, object]:
    """Return a block as JSON values: depth, number, speaker and the like only where there are any."""
    values: dict[str, object] = {"kind": str(block.kind)}
    if block.depth:
        values["depth"] = block.depth
    for name in ("number", "speaker", "start_s", "fold", "language"):
        value = getattr(block, name)
        if value is not None:
            values[name] = value
    values["text"] = block.text
    return values


def as_text(episode: Episode, section: int | None) -> str:
    """Return an episode, or one section of it by its ordinal, as plain text that ends in a line break."""
    if section is not None:
        return section_as_text(episode.sections[section]) + "\n"
    texts = [section_as_text(section) for section in episode.sections]
    return "\n\n".join([episode.title, *filter(None, texts)]) + "\n"


def section_as_text(section: Section) -> str:
    """Return a section's heading and blocks as plain text."""
    pieces = [section.title, "\n\n"] if section.title and section.blocks else [section.title]
    before: Block | None = None
    for block in section.blocks:
        if before:
            pieces.append(separator(before, block))
        pieces.append(block_as_text(block, turn_label(block, before)))
        before = block
    return "".join(pieces)


def turn_label(block: Block, before: Block | None) -> str:
    """Return who says a block and when, where that is known and the block before has not said it."""
    goes_on = before is not None and before.speaker == block.speaker and block.start_s is None
    when = "" if block.start_s is None or is_time_shown(block) else f"[{clock(block.start_s)}] "
    who = "" if block.speaker is None or goes_on else f"{block.speaker}: "
    return when + who


def is_time_shown(block: Block) -> bool:
    """Say whether an item of a list has its time in its text."""
    if block.kind not in LIST_KINDS or block.start_s is None:
        return False
    from tui.core.links import shown_time  # only where there are times

    return shown_time(block.text, block.start_s) is not None


def block_as_text(block: Block, label: str = "") -> str:
    """Return a block with its mark and label, every line of it indented by two blanks a level."""
    if block.kind == BlockKind.RULE:
        return "---"
    if block.kind == BlockKind.QUOTE:
        return "> " * max(block.depth, 1) + block.text
    if block.kind in LIST_KINDS:
        mark = "- " if block.number is None else f"{block.number}. "
        return "  " * (block.depth - 1) + mark + label + block.text
    return indented(label + block.text, "  " * block.depth)


def indented(text: str, indent: str) -> str:
    """Return a text with an indent before each of its lines."""
    return indent + text.replace("\n", "\n" + indent)
