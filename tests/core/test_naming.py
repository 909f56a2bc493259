"""Names for the files of new episodes."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.episode import Episode, Section
from tui.core.naming import LONGEST_NAME_BYTES, RESERVED, episode_file_name, safe_name


def episode(
    title: str, show: str | None = None, number: int | None = None, date: str | None = None
) -> Episode:
    return Episode("0" * 12, Path("x"), "markdown", title, (Section(0, 1, ""),), show, number, date=date)


@pytest.mark.parametrize(
    ("one", "name"),
    [
        (episode("How harbours silt up"), "How harbours silt up.md"),
        (
            episode("How harbours silt up", "Low Water", 7, "2024-02-11"),
            "2024-02-11 Low Water 7 - How harbours silt up.md",
        ),
        (episode("Ann: Tea | Leaf Talk #7", "Leaf Talk", 7), "Ann - Tea - Leaf Talk 7.md"),
        (episode("Tea", None, 7), "7 - Tea.md"),
        (episode("Tea on 2024-02-11", date="2024-02-11"), "Tea on 2024-02-11.md"),
        (episode('AC/DC: what? <a> "b" * [c] 12:30'), "AC-DC - what (a) 'b' (c) 12-30.md"),
        (episode("..hidden"), "hidden.md"),
        (episode("--help"), "help.md"),
        (episode("con"), "Episode con.md"),
        (episode("LPT1.tea"), "Episode LPT1.tea.md"),
        (episode("???"), "Episode.md"),
        (episode("Ends in points..."), "Ends in points.md"),
        (episode("Cafe\u0301"), "Café.md"),
        (episode("a\x1b[31m\u202eb\n c"), "a(31mb c.md"),
    ],
)
def test_a_name_reads_well_and_is_allowed_everywhere(one: Episode, name: str) -> None:
    assert episode_file_name(one) == name


def test_copies_of_one_name_are_numbered() -> None:
    assert episode_file_name(episode("Tea"), 2) == "Tea (2).md"
    assert episode_file_name(episode("字" * 500), 12).endswith(" (12).md")


def test_a_long_name_is_cut_between_words_and_characters() -> None:
    assert episode_file_name(episode("word " * 100)).endswith("word.md")
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    cut = episode_file_name(episode(family * 50))
    assert cut.removesuffix(".md").replace(family, "") == ""


@given(st.text(max_size=300), st.integers(1, 999))
def test_any_words_give_a_safe_name(words: str, copy: int) -> None:
    name = safe_name(words, f" ({copy})" if copy > 1 else "")
    assert len(name.encode()) <= LONGEST_NAME_BYTES
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert name[0] not in ".- ~"
    assert name.endswith(".md")
    assert name.removesuffix(".md") == name.removesuffix(".md").rstrip(". ")
    assert unicodedata.is_normalized("NFC", name)
    assert not RESERVED.fullmatch(name.partition(".")[0])
