from pathlib import Path

import pytest

from tui.core.episode import Episode
from tui.core.reading import episode_from_bytes

QUOTED = """- "Tea is hot." - Ann Lee
- "Well-made pots last" — Bo Diaz
- “Leaves fall” (Cy Wu)
- "Nobody knows - or so it seems"
"""
PATTERNS = [
    pytest.param(f"# SUMMARY\nAnn talks.\n\n# IDEAS:\n- one\n\n# QUOTES:\n{QUOTED}\n# FACTS", id="headings"),
    pytest.param(
        f"**SUMMARY**\n\nAnn talks.\n\n**IDEAS:**\n\n- one\n\n**QUOTES**:\n\n{QUOTED}\n**FACTS**\n",
        id="bold lines",
    ),
    pytest.param(f"SUMMARY\n\nAnn talks.\n\nIDEAS:\n\n- one\n\nQUOTES:\n\n{QUOTED}\nFACTS\n", id="capitals"),
    pytest.param(
        f"SUMMARY: Ann talks.\n\nIDEAS:\n- one\n\nQUOTES:\n{QUOTED}\nFACTS:\n", id="on the same line"
    ),
    pytest.param(
        f"## SUMMARY:\nAnn talks.\n\n## IDEAS\n- one\n\n## QUOTES\n{QUOTED}\n## FACTS\n", id="second level"
    ),
]


def read(text: str, name: str = "ann-lee.txt") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


@pytest.mark.parametrize("text", PATTERNS)
def test_the_parts_are_the_outline(text: str) -> None:
    episode = read(text)
    assert episode.format == "fabric"
    assert episode.title == "Ann lee"
    assert [section.title.rstrip(":") for section in episode.sections] == [
        "SUMMARY",
        "IDEAS",
        "QUOTES",
        "FACTS",
    ]
    assert [block.text for block in episode.sections[0].blocks] == ["Ann talks."]


@pytest.mark.parametrize("text", PATTERNS)
def test_quotations_tell_who_said_them(text: str) -> None:
    quoted = read(text).sections[2].blocks
    assert [(block.text, block.speaker) for block in quoted] == [
        ('"Tea is hot."', "Ann Lee"),
        ('"Well-made pots last"', "Bo Diaz"),
        ("“Leaves fall”", "Cy Wu"),
        ('"Nobody knows - or so it seems"', None),
    ]


def test_a_title_above_the_parts_is_the_title() -> None:
    episode = read("# The long winter\n\n## SUMMARY\na\n\n## IDEAS\n- b\n\n## QUOTES\n- c\n")
    assert episode.title == "The long winter"
    assert [section.title for section in episode.sections] == ["SUMMARY", "IDEAS", "QUOTES"]


def test_ordinary_headings_are_no_pattern() -> None:
    assert read("# T\n\n## Summary\n\na\n\n## Ideas\n\nb\n\n## Quotes\n\nc\n").format == "markdown"
