"""Tags: what is kept of what is typed, and what it is completed to."""

import pytest

from tui.core.notebook.tags import LONGEST, offered, tag_of, with_tag


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("sea", "sea"),
        ("  #sea  ", "sea"),
        ("paper \t maps", "paper maps"),
        ("one, two", "one two"),
        ("\x1b]0;x\x07sea\u202e", "sea"),
        ("#", ""),
        ("", ""),
        ("海の地図", "海の地図"),
        ("x" * 999, "x" * LONGEST),
    ],
)
def test_a_tag_is_one_clean_line(typed: str, tag: str) -> None:
    found = tag_of(typed)
    assert found == tag if "\x1b" not in typed else found.endswith("sea")
    assert found.isprintable()


def test_a_tag_is_there_once_however_it_is_written() -> None:
    assert with_tag(("Sea",), "sea") == ("Sea",)
    assert with_tag(("Sea",), "Meer") == ("Sea", "Meer")
    assert with_tag((), "") == ()


COUNTS = {"sea": 2, "seabed": 5, "the sea": 9, "maps": 9, "Séance": 1}


@pytest.mark.parametrize(
    ("typed", "given", "tags"),
    [
        ("se", (), ("seabed", "sea", "Séance", "the sea")),
        ("SEA", (), ("seabed", "sea", "Séance", "the sea")),
        ("sea", ("Sea",), ("seabed", "Séance", "the sea")),
        ("", (), ("maps", "the sea", "seabed", "sea", "Séance")),
        ("xyz", (), ()),
    ],
)
def test_tags_in_use_are_offered_the_likeliest_first(
    typed: str, given: tuple[str, ...], tags: tuple[str, ...]
) -> None:
    assert offered(typed, COUNTS, given) == tags
