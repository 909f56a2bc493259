from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.reading import title_of_file
from tui.core.title_facts import FileFacts, file_facts, show_and_number

VIDEO = "https://www.youtube.com/watch?v="


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ada Moss: On Rivers | Stream Talk #12", ("Stream Talk", 12)),
        ("On Rivers — Stream Talk, Episode 12", ("Stream Talk", 12)),
        ("Stream Talk #12", ("Stream Talk", 12)),
        ("Stream Podcast 412: On Rivers", ("Stream Podcast", 412)),
        ("Folge 12: Über Flüsse", (None, 12)),
        ("S2E5: On Rivers", (None, 5)),
        ("第12期：聊聊河流", (None, 12)),
        ("125. 与河流专家聊水", (None, 125)),
        ("Apollo 11: the landing", (None, None)),
        ("2024. A year of rain", (None, None)),
        ("3. Mai am Fluss", (None, None)),
        ("Ep 12:30 in the morning", (None, None)),
    ],
)
def test_a_title_tells_show_and_number_only_where_it_surely_does(
    title: str, expected: tuple[str | None, int | None]
) -> None:
    assert show_and_number(title) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "2024-03-01 Stream Talk - 123 - On Rivers.md",
            FileFacts("On Rivers", "Stream Talk", 123, "2024-03-01"),
        ),
        ("Stream Talk #12 - On Rivers.txt", FileFacts("On Rivers", "Stream Talk", 12)),
        ("EP12.md", FileFacts("", None, 12)),
        ("Folge 12 - Flüsse.md", FileFacts("Flüsse", None, 12)),
        ("S02E05 The Boat.md", FileFacts("The Boat", None, 5)),
        ("12. Rivers.md", FileFacts("Rivers", None, 12)),
        ("stream-talk-71.md", FileFacts("", "Stream Talk", 71)),
        ("On Rivers [abc-DEF_123].md", FileFacts("On Rivers", url=f"{VIDEO}abc-DEF_123")),
        ("on-rivers-aB3dE6gH9jK.md", FileFacts("on rivers", url=f"{VIDEO}aB3dE6gH9jK")),
        ("on-information.md", FileFacts("on information")),
        ("20240301_on_rivers.md", FileFacts("on rivers", date="2024-03-01")),
        ("apollo-11.md", FileFacts("apollo 11")),
        ("lecture-notes-3.md", FileFacts("lecture notes 3")),
        ("wine-of-1998.md", FileFacts("wine of 1998")),
        ("2024-99-99 x.md", FileFacts("2024-99-99 x")),
    ],
)
def test_a_file_name_tells_what_it_does(name: str, expected: FileFacts) -> None:
    assert file_facts(name) == expected


def test_a_word_and_a_number_tell_nothing_beside_a_title() -> None:
    assert file_facts("stream-talk-71.md", is_titled=True).show is None


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("2024-03-01 Stream Talk - 123 - On Rivers.md", "On Rivers"),
        ("on-rivers-aB3dE6gH9jK.md", "On rivers"),
        ("stream-talk-71.md", "Stream talk 71"),
        ("EP12.md", "EP12"),
    ],
)
def test_the_title_of_a_file_is_its_name_without_what_else_that_tells(name: str, title: str) -> None:
    assert title_of_file(Path(name)) == title


@given(st.text(max_size=400))
def test_any_name_is_read(name: str) -> None:
    facts = file_facts(name)
    assert facts.date is None or len(facts.date) == 10
    show_and_number(name)
