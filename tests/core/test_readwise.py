import re
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core.episode import Block, BlockKind, Episode, Section
from tui.core.formats import readwise
from tui.core.formats.draft import Source
from tui.core.reading import episode_from_bytes

HEAD = """\
# Silt and Time

![rw-book-cover](https://img.example/x)

## Metadata
- Author: [[Low Water Daily]]
- Full Title: Silt and Time
- Category: #podcasts
- Document Tags: [[mud]] [[deep time]]
- URL: https://share.snipd.com/episode/dc0b

## Highlights
"""

SNIP = """\
- Advantages of mud
  Summary:
  Mud is slow.
  It keeps everything.
  Transcript:
  Speaker 1
  Yes, certainly. (Mostly.)
  Speaker 2
  Yeah
  Speaker 1
  More of it. ([Time 0:24:09](https://share.snipd.com/snip/b5ad))
    - **Tags:** #shore, #slow
    - **Note:** my words
      and more of them
"""

LOGSEQ = """\
retrieved:: [[2022/04/07]]
author:: [[Low Water Daily]]
category:: [[podcasts]]
source:: [[airr]]
tags::

- ![book_image](https://readwise-assets.example/x.png){:height 200 :width 200}
- ## [[Readwise Highlights]]
\t- link:: [https://www.airr.example/quote/61](https://www.airr.example/quote/61)
\t  on:: [[2021/09/14]]
\t  tags::
\t  Speaker 0: If water writes to
\t  a shore.
\t  Speaker 1: Then it reads.
\t- A second quotation
\t  over two lines
\t                link:: [null](null)
\t                on:: [[2021-05-24]]
\t- How to wait
\t
\t  Summary:
\t  One waits.
\t
\t  Transcript:
\t  Speaker 1
\t  I wait. ([Time 0:10:20](https://share.snipd.com/snip/f617))
"""


def read(text: str, name: str = "Silt and Time.md") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


def section(episode: Episode, title: str) -> Section:
    return next(one for one in episode.sections if one.title == title)


def blocks(episode: Episode) -> list[Block]:
    return [block for one in episode.sections for block in one.blocks]


def test_a_page_says_what_the_episode_is() -> None:
    episode = read(HEAD + SNIP)
    assert (episode.format, episode.title, episode.show) == ("readwise", "Silt and Time", "Low Water Daily")
    assert (episode.url, episode.tags) == ("https://share.snipd.com/episode/dc0b", ("mud", "deep time"))
    assert episode.people == ()


def test_the_author_of_a_book_is_a_person_and_no_show() -> None:
    text = HEAD.replace("#podcasts", "#books").replace("Low Water Daily", "Ida Brandt")
    episode = read(text + "- A thought. ([Location 12](https://readwise.io/x))\n")
    assert (episode.show, episode.people) == (None, ("Ida Brandt",))


def test_metadata_is_folded_and_the_cover_left_out() -> None:
    episode = read(HEAD + SNIP)
    about = section(episode, "Metadata").blocks
    assert {block.fold for block in about} == {"metadata"}
    assert "Author: Low Water Daily" in [block.text for block in about]
    assert not any("cover" in block.text for block in blocks(episode))


def test_a_highlight_out_of_snipd_has_title_time_summary_and_turns() -> None:
    snip = section(read(HEAD + SNIP), "Advantages of mud")
    assert snip.start_s == 24 * 60 + 9
    assert [(block.fold, block.speaker, block.text) for block in snip.blocks] == [
        (None, None, "Summary:"),
        (None, None, "Mud is slow."),
        (None, None, "It keeps everything."),
        ("transcript", "Speaker 1", "Yes, certainly. (Mostly.)"),
        ("transcript", "Speaker 2", "Yeah"),
        ("transcript", "Speaker 1", "More of it."),
        (None, None, "Tags: #shore, #slow"),
        (None, None, "Note: my words"),
        (None, None, "and more of them"),
        (None, None, "Time 0:24:09"),
    ]
    assert snip.blocks[-1].spans[0].target == "https://share.snipd.com/snip/b5ad"


@pytest.mark.parametrize(
    ("item", "title", "text"),
    [
        ("A thought. ([Location 1,234](https://readwise.io/x))", "Location 1,234", "A thought."),
        ("A thought. (Page 12)", "Page 12", "A thought."),
        ("See [this](https://x.example) too. (Page ix)", "Page ix", "See this too."),
        ("A thought. ([View Highlight](https://read.readwise.io/read/1))", "A thought.", "A thought."),
        ("A thought (with brackets)", "A thought (with brackets)", "A thought (with brackets)"),
        ("A thought (", "A thought (", "A thought ("),
    ],
)
def test_a_highlight_is_a_quotation_named_by_its_place_or_first_words(
    item: str, title: str, text: str
) -> None:
    episode = read(f"{HEAD}- {item}\n")
    quote = section(episode, title).blocks[0]
    assert (quote.kind, quote.text) == (BlockKind.QUOTE, text)


def test_a_favourite_has_a_star() -> None:
    text = "- A thought. ([Location 12](https://readwise.io/x))\n    - **Tags:** #favorite\n"
    assert read(HEAD + text).sections[-1].title == "⭐ Location 12"


def test_a_highlight_may_hold_rules_lists_and_fences() -> None:
    item = (
        "- Certainly! Here are notes:\n  ---\n  **What is silt?** \n  A fine thing.\n  - one\n  - two\n"
        "  ```bash\n  sift silt\n  # not a heading\n  ```\n  Transcript:\n  ada\n  Send it."
        " ([Time 0:00:02](https://share.snipd.com/snip/8f0f))\n- The next one.\n"
    )
    episode = read(HEAD + item)
    assert [one.title for one in episode.sections[2:]] == ["Certainly! Here are notes:", "The next one."]
    assert [(block.kind.value, block.text) for block in episode.sections[2].blocks[:5]] == [
        ("paragraph", "What is silt?"),
        ("paragraph", "A fine thing."),
        ("bullet", "one"),
        ("bullet", "two"),
        ("code", "sift silt\n# not a heading"),
    ]


def test_later_highlights_stand_under_their_own_heading() -> None:
    text = f"{HEAD}- One.\n## New highlights added May 27, 2026 at 11:20 AM\n- Two.\n"
    assert [(one.level, one.title) for one in read(text).sections[1:]] == [
        *((2, "Highlights"), (3, "One.")),
        *((2, "New highlights added May 27, 2026 at 11:20 AM"), (3, "Two.")),
    ]


def test_a_document_that_stands_in_a_file_twice_is_shown_once() -> None:
    once, twice = read(HEAD + SNIP), read(HEAD + SNIP + HEAD + SNIP)
    assert twice.sections == once.sections
    assert twice.notices == ("1 highlight stands in the file twice and is shown once",)
    assert once.notices == ()


def test_a_second_copy_with_more_in_it_adds_what_is_new() -> None:
    episode = read(f"{HEAD}{SNIP}{HEAD}{SNIP}- A new one.\n")
    assert [one.title for one in episode.sections] == [
        *("Metadata", "Highlights", "Advantages of mud", "A new one.")
    ]


def test_highlights_of_another_template_are_named_by_their_words() -> None:
    text = (
        "# Silt (Highlights)\n\n![rw-book-cover](https://img.example/x)\n\n## Highlights\n"
        "### id739414343\n[[2024-06-27]] 23:30\n> the tide comes from the side\n\n- [n] so true\n"
    )
    episode = read(text)
    named = section(episode, "the tide comes from the side")
    assert [block.text for block in named.blocks] == [
        *("2024-06-27 23:30", "the tide comes from the side", "[n] so true")
    ]


def test_own_words_around_the_highlights_are_kept() -> None:
    text = HEAD.replace("## Highlights", "## My thoughts\n\nI went there.\n\n## Highlights")
    assert section(read(text + SNIP), "My thoughts").text == "I went there."


def test_a_page_for_logseq_is_read_like_any_other() -> None:
    episode = read(LOGSEQ)
    assert (episode.format, episode.show, episode.url) == ("readwise", "Low Water Daily", None)
    assert [(one.title, one.start_s) for one in episode.sections[1:]] == [
        ("Readwise Highlights", None),
        ("If water writes to a shore. Then it reads.", None),
        ("A second quotation over two lines", None),
        ("How to wait", 620),
    ]
    first = episode.sections[2].blocks
    assert [(block.speaker, block.text) for block in first[:2]] == [
        ("Speaker 0", "If water writes to a shore."),
        ("Speaker 1", "Then it reads."),
    ]
    assert first[2].spans[0].target == "https://www.airr.example/quote/61"


@pytest.mark.parametrize(
    "text",
    [
        "# A talk\n\n## Highlights\n\n- One thing.\n- Another.\n",
        "# A talk\n\nI use readwise.\n\n## Highlights\n\n- One thing.\n",
    ],
)
def test_other_lists_of_highlights_are_not_taken_for_readwises(text: str) -> None:
    assert not readwise.fits(Source(text, "x.md"))


WORD = st.from_regex(r"[a-zA-Zäöé]{2,9}[,.?]?", fullmatch=True)
LINE = st.lists(WORD, min_size=1, max_size=10).map(" ".join)
PIECE = st.builds(
    lambda form, line: form.format(line),
    st.sampled_from(
        [
            *("- {}", "  {}", "  - {}", "    - **Note:** {}", "    - **Tags:** #{}", "  ---\n  {}", "# {}"),
            *(
                "  Transcript:\n  {}",
                "  Summary:\n  {}",
                "  Speaker 1\n  {}",
                "## {}",
                "{}",
                "### id12345\n> {}",
            ),
            *("- {} ([Time 0:00:02](https://share.snipd.com/snip/8))", "  ```\n  {}", "- {}::", "note:: {}"),
            *(
                "## New highlights added {}",
                "## Metadata\n- Author: {}",
                "\t- {}",
                "- ## [[Readwise Highlights]]\n{}",
            ),
        ]
    ),
    LINE,
)


@given(st.lists(PIECE, max_size=12))
def test_no_word_is_lost(pieces: list[str]) -> None:
    episode = read(HEAD + "\n".join(pieces))
    shown = " ".join(
        [episode.title, *(one.title for one in episode.sections)]
        + [f"{block.speaker or ''} {block.text}" for block in blocks(episode)]
    )
    plain = re.sub(r"https?://\S+|Transcript:|Readwise|\bid12345", " ", "\n".join(pieces))
    known = shown.casefold()
    lost = [word for word in re.findall(r"[a-zA-Zäöé]{2,}", plain) if word.casefold() not in known]
    assert [word for word in lost if word not in ("Summary", "Time", "Transcript")] == []


@pytest.mark.parametrize(
    "pattern",
    [
        "- a\n",
        "  Transcript:\n",
        "  Speaker 1\n",
        "    - **Note:** ",
        "  ```\n",
        "- a ([",
        "  x::\n",
        "# Silt and Time\n",
    ],
)
def test_hostile_text_costs_no_more_than_its_length(pattern: str) -> None:
    once, thrice = (calls(partial(read, HEAD + pattern * count)) for count in (150, 450))
    assert thrice < 3.6 * once


def test_code_in_a_highlight_is_kept() -> None:
    episode = read(HEAD + "- The loop is this:\n  ```\n  while tide:\n  wait()\n  ```\n")
    assert "while tide:" in " ".join(block.text for block in blocks(episode))
