from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core.episode import Episode
from tui.core.reading import episode_from_bytes

FIELDS = """\
---
kindle-sync:
  bookId: "17221"
  title: >-
    The Mud: A practical guide to
    silt
  author: "Ida Brandt, Olu Marsh, and Per Quist"
  asin: B0
  highlightsCount: 3
---
"""

QUOTED = f"""{FIELDS}
# The Mud: A practical guide to silt

## Metadata

- Author: [Ida Brandt, Olu Marsh, and Per Quist](https://books.example)
- ASIN: B0
- [Kindle link](kindle://book?action=open&asin=B0)

## Highlights

> installs *additional* mud ^ref-6465
>
> > — location: [499](kindle://book?action=open&asin=B0&location=499)

On sand it does not.

---

> Another thought. ^ref-1
>
> > — location: [500](kindle://book?action=open&asin=B0&location=500)

---

A thought on one line — location: [620](kindle://book?action=open) ^ref-9

---
"""

HEADED = f"""{FIELDS}# The Mud: A practical guide to silt

## Metadata

| Syntax | Description |
| ---------- | ---------- |
| **Author** | [Ida Brandt and Olu Marsh](https://books.example) |

---

## Highlight

Mud should be read. ^ref-64014
- Location: [260](kindle://book?action=open&asin=B0)

---
## Highlight

So should sand. ^ref-24032
- Location: [279](kindle://book)

### Note
Indeed.

And again.

---
"""


def read(text: str, name: str = "book.md") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


def outline(episode: Episode) -> list[tuple[int, str]]:
    return [(one.level, one.title) for one in episode.sections]


def texts(episode: Episode, index: int) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in episode.sections[index].blocks]


def test_highlights_in_quotations_are_named_by_their_location() -> None:
    episode = read(QUOTED)
    assert (episode.format, episode.title) == ("kindle-notes", "The Mud: A practical guide to silt")
    assert episode.people == ("Ida Brandt", "Olu Marsh", "Per Quist")
    assert outline(episode) == [
        *((2, "Metadata"), (2, "Highlights"), (3, "Location 499"), (3, "Location 500"), (3, "Location 620"))
    ]
    assert texts(episode, 2) == [("quote", "installs additional mud"), ("paragraph", "On sand it does not.")]
    assert texts(episode, 4) == [("quote", "A thought on one line")]


def test_highlights_under_headings_that_are_all_alike_are_named_by_their_location() -> None:
    episode = read(HEADED)
    assert episode.people == ("Ida Brandt", "Olu Marsh")
    assert outline(episode) == [(2, "Metadata"), (2, "Location 260"), (2, "Location 279")]
    assert texts(episode, 2) == [
        ("quote", "So should sand."),
        ("paragraph", "Note"),
        ("paragraph", "Indeed."),
        ("paragraph", "And again."),
    ]


@pytest.mark.parametrize("text", [QUOTED, HEADED])
def test_metadata_is_folded(text: str) -> None:
    assert {block.fold for block in read(text).sections[0].blocks} == {"metadata"}


WORD = st.from_regex(r"[a-zA-Zäöé]{2,9}", fullmatch=True)
PIECE = st.builds(
    lambda form, line: form.format(line),
    st.sampled_from(
        [
            *(
                "{}",
                "> {}\n>\n> > — location: [4](kindle://x)",
                "{} — location: [7](kindle://x)",
                "---\n\n{}",
            ),
            *(
                "## Highlight\n\n{}",
                "### Note\n{}",
                "{}\n- Location: [9](kindle://x)",
                "# {}",
                "## Metadata\n\n{}",
            ),
        ]
    ),
    st.lists(WORD, min_size=1, max_size=6).map(" ".join),
)


@given(st.lists(PIECE, max_size=10))
def test_no_word_is_lost(pieces: list[str]) -> None:
    episode = read(FIELDS + "\n\n".join(pieces))
    shown = " ".join([episode.title, *(f"{one.title} {one.text}" for one in episode.sections)]).casefold()
    words = " ".join(pieces).replace("kindle://x", "").replace("Highlight", "").casefold().split()
    assert [word for word in words if word.isalpha() and word not in shown] == []


@pytest.mark.parametrize(
    "pattern", ["a\n- 1\n", "## Metadata\n", "- Location: [1]\n", "a — location: 1\n\n", "> > "]
)
def test_hostile_notes_cost_no_more_than_their_length(pattern: str) -> None:
    once, thrice = (calls(partial(read, FIELDS + pattern * count)) for count in (150, 450))
    assert thrice < 3.6 * once
