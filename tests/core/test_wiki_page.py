from pathlib import Path

import pytest

from tui.core.episode import Episode
from tui.core.formats.wiki_page import without_notes
from tui.core.furniture import PAGE_FURNITURE
from tui.core.reading import episode_from_bytes, read_episode

SAMPLE = Path(__file__).parents[1] / "fixtures" / "shapes" / "page-text" / "copied encyclopedia.txt"
BODY = "The first bells were rung by hand, often by the keeper's family, through nights of fog.[1]"


def read(text: str, name: str = "page.txt") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


def titles(episode: Episode) -> list[str]:
    return [section.title for section in episode.sections]


def texts(episode: Episode) -> list[str]:
    return [block.text for section in episode.sections for block in section.blocks if not block.fold]


def test_a_copied_page_has_the_headings_that_its_buttons_show() -> None:
    episode = read_episode(SAMPLE)
    assert episode.title == "Fog signal"
    assert episode.people == ()
    assert titles(episode) == ["", "Bells and guns", "Horns", "See also", "References"]
    assert [block.text for block in episode.sections[3].blocks] == ["Lightvessel", "Bell buoy"]


def test_marks_of_notes_are_taken_out_and_other_brackets_stay() -> None:
    shown = texts(read_episode(SAMPLE))
    assert shown[1].endswith("can be seen through the weather. Few are still in use.")
    assert shown[2] == "Main article: Fog bell"
    assert "fog. Clockwork took over in the century of steam. Some bells “ring[ed] on" in shown[3]
    assert "tried in the 1850s. They were heard for miles" in shown[4]
    assert shown[4].endswith("may hear nothing at all.")
    assert "[in Dutch]" in shown[-1]


def test_the_page_around_the_text_is_folded() -> None:
    blocks = read_episode(SAMPLE).sections[0].blocks
    assert [block.text for block in blocks if block.fold == PAGE_FURNITURE] == [
        "Article",
        "Talk",
        "Read",
        "Edit",
        "View history",
        "From Wikipedia, the free encyclopedia",
    ]


def test_buttons_on_lines_of_their_own_belong_to_the_headings_above_them() -> None:
    episode = read(f"Bells\n[ edit ]\n{BODY}\n\nGuns\n[ edit ]\n{BODY}\n")
    assert titles(episode) == ["Bells", "Guns"]


def test_without_buttons_headings_are_found_by_their_look() -> None:
    head = "Fog signal\nFrom Wikipedia, the free encyclopedia\n\n"
    episode = read(f"{head}Bells\n\nMain article: Fog bell\n\n{BODY}\n\nGuns\n\n{BODY} {BODY}\n")
    assert titles(episode) == ["", "Bells", "Guns"]
    assert "[1]" not in "".join(texts(episode))


@pytest.mark.parametrize(
    "text",
    [
        f"Bells\n\n{BODY}\n\nGuns\n\n{BODY}\n",
        f"Bells[edit]\n\n{BODY}\n\nGuns\n\n{BODY}\n",
        f"It was long. [edit]\n\n{BODY}\n\nWe begin again, then. [edit]\n\n{BODY}\n",
        f"They say: From Wikipedia, the free encyclopedia, one learns it.\n\n{BODY}\n",
        f"# Bells[edit]\n\n{BODY}\n\n# Guns[edit]\n\n{BODY}\n",
    ],
    ids=["no sign", "one button", "cuts", "named in the text", "Markdown"],
)
def test_brackets_of_other_documents_stay(text: str) -> None:
    episode = read(text)
    shown = "\n".join([episode.title, *titles(episode), *texts(episode)])
    assert shown.count("[1]") == text.count("[1]")
    assert shown.count("[edit]") == text.count("[edit]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lit in 1902.[3][note 1] It burned[better source needed] oil.", "Lit in 1902. It burned oil."),
        ("Built by whom,[who?] and when?[b][c]", "Built by whom, and when?"),
        ("As of 2021[update] it stands.[12]: 7 \u200b", "As of 2021 it stands. \u200b"),
        ("There were three[5]: 2 bells and a gun.", "There were three: 2 bells and a gun."),
        ("See [3], (list[s]) and [a] too.", "See [3], (list[s]) and [a] too."),
        ("He said [sic] so[sic].", "He said [sic] so[sic]."),
    ],
)
def test_marks_of_notes_stand_directly_behind_words_and_stops(text: str, expected: str) -> None:
    assert without_notes(text) == expected
