from pathlib import Path

import pytest

from tui.core.episode import Episode
from tui.core.reading import episode_from_bytes


def read(text: str, name: str = "notes.md") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


def texts(episode: Episode) -> list[str]:
    return [block.text for section in episode.sections for block in section.blocks]


def titles(episode: Episode) -> list[str]:
    return [section.title for section in episode.sections]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "".join(
                f"Sentence about {word}.{n} More of it. "
                for n, word in enumerate(["tea", "pots", "leaves", "water", "cups"], 1)
            ),
            id="sources",
        ),
    ],
)
def test_glued_numbers_of_sources_are_left_out(text: str) -> None:
    assert not any(character.isdigit() for character in texts(read(f"# T\n\n{text}"))[0])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "It was 12.3 Degrees. Version 2.1 Came. No.1 Hit. No.2 Hit. No.3 Hit. No.4 Hit.",
            id="abbreviations",
        ),
        pytest.param("Ann left.1 Bo came.7 Cy stayed.3 Di slept.2 All.", id="no sequence"),
        pytest.param("GPT4 and B2B and H2O.", id="within words"),
    ],
)
def test_real_numbers_stay(text: str) -> None:
    assert texts(read(f"# T\n\n{text}")) == [text]


def test_a_fence_with_code_in_it_and_words_after_it_is_unwrapped() -> None:
    text = "Sure!\n\n```markdown\n# A\n\n## B\n\n```py\nx\n```\n\n## C\n\nc\n```\n\nShall I go on?\n"
    assert titles(read(text)) == ["", "B", "C"]
    assert texts(read(text)) == ["Sure!", "x", "c", "Shall I go on?"]


def test_code_first_and_more_below_is_no_wrapper() -> None:
    text = "```\nx\n```\n\n# A\n\n## B\n\n```py\ny\n```\n"
    assert [section.title for section in read(text).sections if section.title] == ["A", "B"]
