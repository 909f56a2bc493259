"""Adding episodes to a folder: what is written, where, and what is never overwritten."""

from datetime import date
from pathlib import Path

import pytest

from tui.core.adding import (
    Given,
    additions_of,
    markdown_of,
    standing,
    titled_by_text,
    with_given,
)
from tui.core.reading import episode_from_bytes
from tui.core.writing import write_file
from tui.errors import PullquoteError, UnreadableError

TODAY = date(2026, 1, 31)

PAGE = b"""---
title: How harbours silt up
podcast: Low Water
episode_number: 7
host: Ann Lee
guests: [Bo Diaz, Cy Wu]
published: 2024-02-11
created: 2024-03-01
rating: 5
tags: [sea]
---

## The river brings it

Every river carries its hills to the sea.
"""


def test_what_is_known_goes_into_the_front_matter() -> None:
    (addition,) = additions_of(PAGE, Path("harbours.md"))
    text = markdown_of(addition, TODAY).decode()
    assert text.startswith('---\ntitle: "How harbours silt up"\nshow: "Low Water"\nnumber: 7\n')
    for line in (
        'people: ["Ann Lee", "Bo Diaz", "Cy Wu"]',
        'date: "2024-02-11"',
        'tags: ["sea"]',
        'added: "2026-01-31"',
        'host: "Ann Lee"',
        'guests: ["Bo Diaz", "Cy Wu"]',
        'created: "2024-03-01"',
        'rating: "5"',
    ):
        assert f"\n{line}\n" in text
    assert "published" not in text
    assert "episode_number" not in text


def test_an_added_episode_reads_as_before() -> None:
    (addition,) = additions_of(PAGE, Path("harbours.md"))
    again = episode_from_bytes(markdown_of(addition, TODAY), Path("new.md"))
    before = addition.episode
    assert (again.title, again.show, again.number) == (before.title, before.show, before.number)
    assert (again.people, again.date, again.tags) == (before.people, before.date, before.tags)


def test_an_added_episode_can_be_added_again() -> None:
    (addition,) = additions_of(PAGE, Path("harbours.md"))
    text = markdown_of(addition, TODAY)
    (again,) = additions_of(text, Path("new.md"))
    assert markdown_of(again, TODAY) == text


def test_what_the_front_matter_holds_of_the_text_is_not_there_twice() -> None:
    page = (
        b"---\ntitle: Tea\nsummary: Leaves in water.\ninsights: [Never boil it twice., Warm the pot.]\n---\n"
    )
    (addition,) = additions_of(page, Path("tea.md"))
    text = markdown_of(addition, TODAY).decode()
    assert text.count("Warm the pot.") == 1
    assert text.count("Leaves in water.") == 1


def test_what_somebody_says_goes_first() -> None:
    (addition,) = additions_of(PAGE, Path("harbours.md"))
    told = with_given(addition, Given("Silt", "High Water", 9, "2025", "https://e.org/7", ("sea", "mud")))
    again = episode_from_bytes(markdown_of(told, TODAY), Path("new.md"))
    assert (again.title, again.show, again.number, again.date) == ("Silt", "High Water", 9, "2025")
    assert (again.url, again.tags) == ("https://e.org/7", ("sea", "mud"))


def test_a_pasted_text_without_a_title_is_called_by_its_first_words() -> None:
    (addition,) = additions_of(b"the quick brown fox jumps over the lazy dog and does it again.", Path("-"))
    assert (
        titled_by_text(addition, Path("-")).episode.title == "the quick brown fox jumps over the lazy dog and"
    )
    (titled,) = additions_of(b"# Tea\n\nText.\n\n## Milk\n\nMore.\n", Path("-"))
    assert titled_by_text(titled, Path("-")).episode.title == "Tea"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Here is a summary of “How Harbours Silt Up”:\n\n## Overview\n\nText.\n", "How Harbours Silt Up"),
        ("Sure! Here it is:\n\n## Overview\n\nSilt falls at rest.\n\n## More\n\nText.", "Silt falls at rest"),
        ("Here it is:\n", "Here it is"),
    ],
)
def test_an_answer_is_called_by_what_it_is_about(text: str, title: str) -> None:
    (addition,) = additions_of(text.encode(), Path("-"))
    assert titled_by_text(addition, Path("-")).episode.title == title


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_nothing_is_not_added(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="there is no text in standard input to add"):
        additions_of(data, Path("-"))


def test_what_is_no_text_is_not_added() -> None:
    with pytest.raises(UnreadableError):
        additions_of(bytes(1000), Path("-"))


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    outside, shelf = tmp_path / "outside.md", tmp_path / "shelf"
    shelf.mkdir()
    outside.write_bytes(b"precious")
    (shelf / "new.md").symlink_to(outside)
    (shelf / "gone.md").symlink_to(tmp_path / "nowhere.md")
    there = standing(shelf, "new.md", b"precious")
    assert there is not None
    assert there.is_link
    assert not there.is_same
    for name in ("new.md", "gone.md"):
        with pytest.raises(PullquoteError, match="is there already"):
            write_file(shelf, name, b"text", overwrite=False)
        write_file(shelf, name, b"text", overwrite=True)
        assert not (shelf / name).is_symlink()
    assert outside.read_bytes() == b"precious"
    assert not (tmp_path / "nowhere.md").exists()


def test_the_same_text_is_known_whatever_the_day(tmp_path: Path) -> None:
    (addition,) = additions_of(PAGE, Path("harbours.md"))
    (tmp_path / "new.md").write_bytes(markdown_of(addition, date(2020, 2, 2)))
    there = standing(tmp_path, "new.md", markdown_of(addition, TODAY))
    assert there is not None
    assert there.is_same
    other = standing(tmp_path, "new.md", b"else")
    assert other is not None
    assert not other.is_same
    assert other.size == (tmp_path / "new.md").stat().st_size
    assert standing(tmp_path, "other.md", b"else") is None


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "new.md").mkdir()
    with pytest.raises(PullquoteError, match="is no file; choose another --title"):
        standing(tmp_path, "new.md", b"text")
