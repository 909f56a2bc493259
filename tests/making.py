"""Episodes for tests, made in a line or two."""

from pathlib import Path

from tui.core.episode import Block, BlockKind, Episode, Section


def paragraph(text: str, **fields: object) -> Block:
    return Block(BlockKind.PARAGRAPH, text, **fields)  # type: ignore[arg-type]


def bullet(text: str, depth: int = 1) -> Block:
    return Block(BlockKind.BULLET, text, depth)


def section(ordinal: int, title: str, *blocks: Block | str, **fields: object) -> Section:
    made = tuple(paragraph(block) if isinstance(block, str) else block for block in blocks)
    return Section(ordinal, 1, title, made, **fields)  # type: ignore[arg-type]


def episode(*sections: Section, title: str = "On Harbours", **fields: object) -> Episode:
    return Episode("0123456789ab", Path("harbours.md"), "markdown", title, sections, **fields)  # type: ignore[arg-type]


def long_episode(sections: int = 12, words: int = 120) -> Episode:
    """An episode of equal sections; section n's text names itself, so that a screen tells where it is."""
    return episode(
        *(
            section(number, f"Heading {number}", " ".join(f"word{number}x{word}" for word in range(words)))
            for number in range(sections)
        )
    )
