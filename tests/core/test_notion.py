from pathlib import Path

import pytest

from tui.core.episode import Episode
from tui.core.reading import episode_from_bytes

NUMBER = "0123456789abcdef0123456789abcdef"
PAGE = f"""# Leaf talk

Tags: tea, pots
Date: May 6, 2024
Host: Ann Lee
Status:
URL: https://x.org/1

<aside>
💡 Pots **matter**
</aside>

## Notes

- see [Other](Other%20page%20{NUMBER}.md)
- Other page {NUMBER}
"""


def read(text: str, name: str = f"Leaf talk {NUMBER}.md") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


def test_properties_below_the_title_are_metadata() -> None:
    episode = read(PAGE)
    assert episode.format == "notion"
    assert (episode.title, episode.date, episode.url) == ("Leaf talk", "2024-05-06", "https://x.org/1")
    assert episode.people == ("Ann Lee",)
    assert episode.tags == ("tea", "pots")


def test_a_callout_is_set_as_a_quotation() -> None:
    callout = next(block for block in read(PAGE).sections[0].blocks if "Pots" in block.text)
    assert (callout.kind.value, callout.depth, callout.text) == ("quote", 1, "💡 Pots matter")


def test_numbers_of_pages_are_left_out() -> None:
    assert [block.text for block in read(PAGE).sections[1].blocks] == ["see Other", "Other page"]


@pytest.mark.parametrize(
    "name", [f"Leaf talk {NUMBER}.md", f"Leaf talk {NUMBER}_all.md", f"Leaf talk-{NUMBER}.md"]
)
def test_the_file_gives_the_title_where_the_page_does_not(name: str) -> None:
    assert read("Only text.\n", name).title == "Leaf talk"


def test_other_names_are_no_pages() -> None:
    assert read(PAGE, "Leaf talk 0123.md").format == "markdown"
