"""An episode as JSON values, plain text and Markdown."""

import string
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tui.core.episode import Block, BlockKind, Episode, Section, Span, SpanKind
from tui.core.formats.markdown_blocks import markdown_items
from tui.core.markdown_writing import as_markdown
from tui.core.marking import inline_markdown
from tui.core.reading import episode_from_bytes
from tui.core.rendering import as_json, as_text

PARAGRAPH, BULLET, NUMBERED = BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.NUMBERED

SECTIONS = (
    Section(0, 1, "", (Block(PARAGRAPH, "Before any heading."),)),
    Section(
        1,
        2,
        "What 2 * 3 is",
        (
            Block(PARAGRAPH, "A strong word.", spans=(Span(2, 8, SpanKind.STRONG),)),
            Block(BULLET, "First", depth=1),
            Block(BULLET, "Inside", depth=2),
            Block(PARAGRAPH, "Goes on inside.", depth=2),
            Block(BULLET, "Second", depth=1),
            Block(NUMBERED, "One", depth=1, number=1),
            Block(NUMBERED, "Two", depth=1, number=2),
            Block(BULLET, "Two's own", depth=2),
            Block(BlockKind.QUOTE, "Said by someone.", depth=1),
            Block(BULLET, "Said in a list.", depth=2),
            Block(BlockKind.CODE, "if x:\n    y = `z`"),
            Block(BlockKind.TABLE_ROW, "name | a|b"),
            Block(BlockKind.TABLE_ROW, "one | 1"),
            Block(BlockKind.RULE, ""),
            Block(PARAGRAPH, "The end."),
        ),
        part="Arithmetic",
    ),
    Section(2, 3, "Deeper", (Block(PARAGRAPH, "More."),), speaker="Ada", start_s=62.5),
)

EPISODE = Episode(
    id="0123456789ab",
    path=Path("shelf/talk.md"),
    format="markdown",
    title="Numbers: a talk",
    sections=SECTIONS,
    show="Sums",
    number=7,
    people=("Ada", "Bo"),
    date="2024-05-01",
    url="https://example.org/7",
    duration_s=3720,
    language="en",
    tags=("maths",),
)

TEXT = """\
Numbers: a talk

Before any heading.

What 2 * 3 is

A strong word.

- First
  - Inside

    Goes on inside.

- Second
1. One
2. Two
  - Two's own

> Said by someone.

  - Said in a list.

if x:
    y = `z`

name | a|b
one | 1

---

The end.

Deeper

More.
"""

MARKDOWN = """\
---
title: "Numbers: a talk"
show: "Sums"
number: 7
people: ["Ada", "Bo"]
date: "2024-05-01"
url: "https://example.org/7"
duration: "1:02:00"
language: "en"
tags: ["maths"]
generator: "pullquote/1"
---

Before any heading.

## What 2 \\* 3 is

<!-- {"section": {"part": "Arithmetic", "speaker": null}} -->

A **strong** word.

- First
  - Inside

    Goes on inside.

- Second
1. One
2. Two
   - Two's own

> Said by someone.

> - Said in a list.

```
if x:
    y = `z`
```

| name | a\\|b |
| --- | --- |
| one | 1 |

***

The end.

### (1:02.5) Deeper

<!-- {"section": {"part": null, "speaker": "Ada"}} -->

More.
"""


def test_json_has_the_documented_keys_in_their_order() -> None:
    values = as_json(EPISODE)
    assert list(values) == [
        *("schema", "id", "path", "format", "why", "title", "show", "number", "people", "date"),
        *("url", "duration_s", "language", "tags", "words", "notices", "sections"),
    ]
    assert values["schema"] == 1
    assert values["path"] == "shelf/talk.md"
    assert values["people"] == ["Ada", "Bo"]
    assert values["words"] == EPISODE.words


def test_json_sections_hold_their_blocks() -> None:
    sections = as_json(EPISODE)["sections"]
    assert isinstance(sections, list)
    assert sections[2] == {
        "ordinal": 2,
        "level": 3,
        "title": "Deeper",
        "part": None,
        "speaker": "Ada",
        "start_s": 62.5,
        "words": 1,
        "blocks": [{"kind": "paragraph", "text": "More."}],
    }


def test_json_blocks_have_depth_and_number_only_where_there_are_any() -> None:
    sections = as_json(EPISODE)["sections"]
    assert isinstance(sections, list)
    blocks = sections[1]["blocks"]
    assert blocks[1] == {"kind": "bullet", "depth": 1, "text": "First"}
    assert list(blocks[5].items()) == [("kind", "numbered"), ("depth", 1), ("number", 1), ("text", "One")]


def test_json_without_blocks_is_an_outline() -> None:
    sections = as_json(EPISODE, blocks=False)["sections"]
    assert isinstance(sections, list)
    assert not any("blocks" in section for section in sections)


def test_text_of_the_whole() -> None:
    assert as_text(EPISODE, None) == TEXT


def test_text_of_one_section_begins_with_its_heading() -> None:
    assert as_text(EPISODE, 2) == "Deeper\n\nMore.\n"


def test_text_says_who_speaks_when_it_changes() -> None:
    turns = (
        Block(PARAGRAPH, "Hello.", speaker="Ada", start_s=3),
        Block(PARAGRAPH, "And more.", speaker="Ada"),
        Block(PARAGRAPH, "Hello too.", speaker="Bo", start_s=3723),
    )
    episode = Episode("0" * 12, Path("t.txt"), "transcript", "T", (Section(0, 1, "", turns),))
    assert as_text(episode, 0) == "[0:03] Ada: Hello.\n\nAnd more.\n\n[1:02:03] Bo: Hello too.\n"


def test_text_says_when_an_item_begins_unless_the_item_does() -> None:
    chapters = (
        Block(BlockKind.BULLET, "Intro", 1, start_s=0),
        Block(BlockKind.NUMBERED, "Why goals fail", 1, number=2, start_s=83),
        Block(BlockKind.BULLET, "The rule of two minutes (10:45)", 1, start_s=645),
    )
    episode = Episode("0" * 12, Path("t.txt"), "page-text", "T", (Section(0, 1, "", chapters),))
    assert as_text(episode, 0) == (
        "- [0:00] Intro\n2. [1:23] Why goals fail\n- The rule of two minutes (10:45)\n"
    )


def test_markdown_of_the_whole() -> None:
    assert as_markdown(EPISODE, None) == MARKDOWN


def test_markdown_of_one_section_has_no_front_matter() -> None:
    assert as_markdown(EPISODE, 2) == "### (1:02.5) Deeper\n\nMore.\n"


@pytest.mark.parametrize("info", ["python", "c++", "C#", "objective-c"])
def test_a_fence_keeps_its_language(info: str) -> None:
    (code,) = markdown_items(f"```{info} title=x\na = 1\n```")
    assert isinstance(code, Block)
    assert code.language == info
    episode = replace(EPISODE, sections=(Section(0, 1, "", (code,)),))
    assert as_markdown(episode, 0) == f"```{info}\na = 1\n```\n"
    (again,) = episode_from_bytes(as_markdown(episode, None).encode(), Path("again.md")).sections[0].blocks
    assert again == code


def test_what_is_no_language_is_left_out() -> None:
    (code,) = markdown_items("``` {.x}\na = 1\n```")
    assert isinstance(code, Block)
    assert code.language is None


def test_tasks_are_tasks_again() -> None:
    tasks = (
        Block(BlockKind.BULLET, "☐ Buy a lamp", 1, (Span(2, 5, SpanKind.STRONG),)),
        Block(BlockKind.NUMBERED, "☑ Stop", 2, number=1),
        Block(BlockKind.BULLET, "☐", 1),
        Block(BlockKind.BULLET, "☐ [x] once", 1),
    )
    written = as_markdown(replace(EPISODE, sections=(Section(0, 1, "", tasks),)), 0)
    assert written == "- [ ] **Buy** a lamp\n  1. [x] Stop\n- ☐\n- [ ] \\[x\\] once\n"
    assert [block.text for block in markdown_items(written) if isinstance(block, Block)] == [
        block.text for block in tasks
    ]


def span(start: int, end: int, kind: SpanKind, target: str | None = None) -> Span:
    return Span(start, end, kind, target)


STRONG, EMPHASIS, CODE, LINK = SpanKind.STRONG, SpanKind.EMPHASIS, SpanKind.CODE, SpanKind.LINK

INLINE = [
    ("strong", "a b c", (span(2, 3, STRONG),), "a **b** c"),
    ("mark-and-strike", "a b", (span(0, 1, SpanKind.MARK), span(2, 3, SpanKind.STRIKE)), "==a== ~~b~~"),
    ("nested", "a b c", (span(0, 5, STRONG), span(2, 3, EMPHASIS)), "**a *b* c**"),
    ("same-stretch", "ab", (span(0, 2, STRONG), span(0, 2, EMPHASIS)), "***ab***"),
    ("overlapping", "a b c", (span(0, 3, STRONG), span(2, 5, EMPHASIS)), "**a *b*** *c*"),
    ("blanks-at-its-ends", "a b c", (span(1, 4, STRONG),), "a **b** c"),
    ("code-keeps-its-signs", "a *b* c", (span(2, 5, CODE),), "a `*b*` c"),
    ("code-with-back-quotes", "`a`", (span(0, 3, CODE),), "`` `a` ``"),
    ("code-is-innermost", "a b", (span(2, 3, CODE), span(2, 3, STRONG)), "a **`b`**"),
    ("side-by-side", "ab", (span(0, 1, STRONG), span(1, 2, STRONG)), "**a**b"),
    ("strong-inside-strong", "a b c", (span(0, 5, STRONG), span(2, 3, STRONG)), "**a b c**"),
    ("no-mark-between-letter-and-sign", "a(b)c", (span(1, 4, STRONG),), "a(b)c"),
    ("inside-a-word", "abc", (span(1, 2, STRONG),), "a**b**c"),
    ("nothing-begins-inside-code", "abcd", (span(0, 3, CODE), span(1, 4, STRONG)), "`abc`d"),
    ("link", "see here", (span(4, 8, LINK, "https://e.org/a_b"),), "see [here](https://e.org/a_b)"),
    ("no-picture", "see!here", (span(4, 8, LINK, "https://e.org"),), r"see\![here](https://e.org)"),
    ("equals-beside-a-mark", "a=b", (span(2, 3, SpanKind.MARK),), r"a\===b=="),
    ("link-with-brackets", "x", (span(0, 1, LINK, "https://e.org/(a b)"),), "[x](<https://e.org/(a%20b)>)"),
    ("signs-are-escaped", "*a* [b] <c> `d` \\e", (), r"\*a\* \[b\] \<c> \`d\` \\e"),
    ("underscores-inside-words-stay", "snake_case _x_", (), r"snake_case \_x\_"),
    ("ampersands", "R&D &amp; &#65;", (), r"R&D \&amp; \&#65;"),
    ("formulas", "$x^2$ for $5 ^a b^c d", (), r"$x^2$ for \$5 ^a b^c d"),
    ("what-would-be-left-out-of-a-cell", "a ^id | b ^id", (), r"a \^id | b \^id"),
    ("marks", "a==b %%c%% ~~d~~ ^e", (), r"a\=\=b \%\%c\%\% \~\~d\~\~ \^e"),
]


@pytest.mark.parametrize(("_name", "text", "spans", "expected"), INLINE, ids=[case[0] for case in INLINE])
def test_inline_markdown(_name: str, text: str, spans: tuple[Span, ...], expected: str) -> None:
    assert inline_markdown(text, spans) == expected


def read_again(episode: Episode) -> Episode:
    return episode_from_bytes(as_markdown(episode, None).encode(), Path("again.md"))


def shape(episode: Episode) -> list[tuple[object, ...]]:
    """What must survive: the outline, and every block's kind, depth and text."""
    return [
        (section.level, section.title, [(block.kind, block.depth, block.text) for block in section.blocks])
        for section in episode.sections
    ]


def test_markdown_read_again_is_the_same_episode() -> None:
    again = read_again(EPISODE)
    assert shape(again) == shape(EPISODE)
    assert (again.title, again.show, again.number) == (EPISODE.title, EPISODE.show, EPISODE.number)
    assert (again.people, again.date, again.url) == (EPISODE.people, EPISODE.date, EPISODE.url)
    assert (again.duration_s, again.language, again.tags) == (3720, "en", ("maths",))


@pytest.mark.parametrize("name", ["harbours.md", "Ida Brandt on Paper Maps.txt"])
def test_an_episode_from_a_file_survives_markdown(name: str, library: Path) -> None:
    episode = episode_from_bytes((library / name).read_bytes(), Path(name))
    assert shape(read_again(episode)) == shape(episode)


WORDS = st.text(st.sampled_from("abz AZ 019 éß日 " + string.punctuation), min_size=1, max_size=12).map(
    str.strip
)


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_no_sign_in_a_text_is_taken_for_markdown(words: list[str]) -> None:
    text = " ".join(" ".join(words).split()) or "x"
    # The reader of Markdown is lenient: to it these are bullets even where they are escaped.
    assume(not text.startswith(("- ", "* ")))
    section = Section(0, 2, "Heading", (Block(PARAGRAPH, text), Block(BULLET, text, depth=1)))
    episode = Episode("0" * 12, Path("t.md"), "markdown", "Title", (section,))
    assert shape(read_again(episode)) == shape(episode)
