"""Markdown as this program writes it, read again."""

from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.episode import Block, BlockKind, Episode, Section, Span, SpanKind
from tui.core.formats.turn_marks import GUARD, label_of, read_label, stamp, stamped_seconds
from tui.core.markdown_writing import as_markdown
from tui.core.reading import episode_from_bytes, read_all, read_episode
from tui.errors import PullquoteError

PARAGRAPH, BULLET, NUMBERED, QUOTE = (
    BlockKind.PARAGRAPH,
    BlockKind.BULLET,
    BlockKind.NUMBERED,
    BlockKind.QUOTE,
)


def episode_of(*sections: Section, title: str = "Title") -> Episode:
    return Episode("0" * 12, Path("t.md"), "markdown", title, sections)


def again(episode: Episode) -> Episode:
    read = episode_from_bytes(as_markdown(episode, None).encode(), Path("again.md"))
    assert read.format == "pullquote"
    return read


def rounded(start_s: float | None) -> float | None:
    return None if start_s is None else round(start_s, 3)


def shape(episode: Episode) -> list[object]:
    """All that must come back: the outline, and of every block all but its spans."""
    return [
        (
            *(section.level, section.title, section.part, section.speaker, rounded(section.start_s)),
            [replace(block, spans=(), start_s=rounded(block.start_s)) for block in section.blocks],
        )
        for section in episode.sections
    ]


def known(episode: Episode) -> list[object]:
    """What is known about an episode besides its text."""
    return [
        *(episode.title, episode.show, episode.number, episode.people, episode.date, episode.url),
        *(episode.duration_s, episode.language, episode.tags),
    ]


TURNS = (
    Block(PARAGRAPH, "Hello.", speaker="Ada", start_s=12),
    Block(PARAGRAPH, "I go on.", speaker="Ada"),
    Block(PARAGRAPH, "And later.", speaker="Ada", start_s=3723.25),
    Block(BULLET, "A point of mine.", 1, speaker="Bo *the* third"),
    Block(PARAGRAPH, "[music]"),
    Block(PARAGRAPH, "Nobody knows who, but when.", start_s=80),
    Block(BlockKind.CODE, "print('Ada')", speaker="Ada", start_s=81.5),
    Block(BlockKind.RULE, ""),
    Block(QUOTE, "Said by Ada.", 1, speaker="Ada"),
)

WRITTEN_TURNS = """\
## Talk

**Ada (0:12):** Hello.

I go on.

**Ada (1:02:03.25):** And later.

- **Bo \\*the\\* third:** A point of mine.

**:** \\[music\\]

**1:20** Nobody knows who, but when.

<!-- {"speaker": "Ada", "start_s": 81.5} -->

```
print('Ada')
```

***

> Said by Ada.
"""


def test_turns_are_labelled_as_people_label_them() -> None:
    assert as_markdown(episode_of(Section(0, 2, "Talk", TURNS)), 0) == WRITTEN_TURNS


def test_turns_come_back() -> None:
    episode = episode_of(Section(0, 2, "Talk", TURNS))
    assert shape(again(episode)) == shape(episode)


def test_folded_stretches_are_elements_named_by_their_summary() -> None:
    blocks = (
        Block(PARAGRAPH, "Shown."),
        Block(PARAGRAPH, "Buy <tea>.", fold="sponsor"),
        Block(BULLET, "Use our code.", 1, fold="sponsor"),
        Block(PARAGRAPH, "Everything said.", fold="transcript & notes"),
    )
    episode = episode_of(Section(0, 1, "", blocks))
    assert as_markdown(episode, 0) == (
        "Shown.\n\n<details><summary>sponsor</summary>\n\nBuy \\<tea>.\n\n- Use our code.\n\n</details>\n\n"
        "<details><summary>transcript &amp; notes</summary>\n\nEverything said.\n\n</details>\n"
    )
    assert shape(again(episode)) == shape(episode)


def test_a_time_that_a_text_begins_with_is_written_once() -> None:
    blocks = (Block(BULLET, "0:12 – Tea", 1, start_s=12), Block(BULLET, "1:30 – Milk", 1, start_s=90))
    episode = episode_of(Section(0, 2, "Chapters", blocks))
    assert as_markdown(episode, 0) == "## Chapters\n\n- 0:12 – Tea\n- 1:30 – Milk\n"
    assert shape(again(episode)) == shape(episode)


def test_a_time_that_means_something_else_is_left_alone() -> None:
    blocks = (Block(PARAGRAPH, "4:30 was when he woke."), Block(PARAGRAPH, "0:12 – Tea", start_s=12))
    episode = episode_of(Section(0, 2, "Talk", blocks))
    assert shape(again(episode)) == shape(episode)


def test_a_bold_beginning_is_a_label_only_of_somebody_who_speaks() -> None:
    bold = (Span(0, 6, SpanKind.STRONG),)
    blocks = (
        Block(BULLET, "Focus: on tea.", 1, (Span(0, 6, SpanKind.STRONG),)),
        Block(PARAGRAPH, "Hello.", speaker="Ada"),
        Block(PARAGRAPH, "Ada: is a name.", 0, (Span(0, 4, SpanKind.STRONG),), speaker="Ada"),
        Block(PARAGRAPH, "Colour too.", 0, bold, speaker="Ada"),
    )
    episode = episode_of(Section(0, 2, "Talk", blocks))
    read = again(episode)
    assert shape(read) == shape(episode)
    assert read.sections[0].blocks[0].spans == (Span(0, 6, SpanKind.STRONG),)


@pytest.mark.parametrize(
    ("title", "start_s"),
    [
        ("Tea", 62.5),
        ("0:12", 12.64),
        ("0:12", 12.0),
        ("10:30 is tea time", None),
        ("10:30 is tea time", 7.0),
        ("Tea [1:00 - 2:00]", 60.0),
        ("Tea [1:00 - 2:00]", None),
        (f"{GUARD}10:30", None),
        ("Ends in C#", None),
    ],
)
def test_headings_keep_their_time(title: str, start_s: float | None) -> None:
    episode = episode_of(Section(0, 3, title, (Block(PARAGRAPH, "Text."),), start_s=start_s))
    assert shape(again(episode)) == shape(episode)


def test_a_heading_in_whole_seconds_is_as_exact_as_its_first_turn() -> None:
    turn = Block(PARAGRAPH, "Hello.", speaker="Ada", start_s=15.66)
    episode = episode_of(Section(0, 1, "0:15", (turn,), start_s=15.66))
    assert as_markdown(episode, 0) == "# 0:15\n\n**Ada (0:15.66):** Hello.\n"
    for start_s in (15.66, 15.0, None):
        episode = episode_of(Section(0, 1, "0:15", (turn,), start_s=start_s))
        assert shape(again(episode)) == shape(episode)


def test_parts_that_the_text_does_not_show_are_noted() -> None:
    sections = (
        Section(0, 2, "Before"),
        Section(1, 2, "One", part="First --> half", speaker="Ada"),
        Section(2, 3, "Two", part="First --> half", speaker="Ada"),
        Section(3, 2, "After"),
    )
    assert shape(again(episode_of(*sections))) == shape(episode_of(*sections))


def test_an_episode_without_text_comes_back() -> None:
    episode = replace(episode_of(Section(0, 1, "")), show="Low Water")
    assert shape(again(episode)) == shape(episode)
    assert again(episode).show == "Low Water"


def test_what_is_known_comes_back() -> None:
    episode = replace(
        episode_of(Section(0, 1, "", (Block(PARAGRAPH, "Text."),)), title='A "title": of #1 – ünï'),
        show="Low Water",
        number=7,
        people=("Ada Lee", "Bo Diaz"),
        date="2024-05",
        url="https://example.org/7?a=b&c=d",
        duration_s=59,
        language="de",
        tags=("tea", "a tag"),
    )
    assert known(again(episode)) == known(episode)


def test_what_is_known_is_what_the_front_matter_says_and_no_more() -> None:
    """Lines of the text that look like fields were read when the episode was added, or are none."""
    lines = ("Tags: favourite", "Host: Cy Wu", "Author: Low Water", "Show: High Water", "Date: 2020-01-01")
    blocks = tuple(Block(PARAGRAPH, line) for line in lines)
    episode = replace(episode_of(Section(0, 1, "", blocks)), people=("Lee, Ada", "Bo Diaz"), language="en")
    assert known(again(episode)) == known(episode)


def test_other_fields_go_along() -> None:
    episode = episode_of(Section(0, 1, "", (Block(PARAGRAPH, "Text."),)))
    text = as_markdown(episode, None, {"added": "2026-01-31", "my rating": "5", "guests": ("Ada", "Bo")})
    assert 'added: "2026-01-31"\n"my rating": "5"\nguests: ["Ada", "Bo"]\n' in text


def test_what_people_write_into_the_file_is_text() -> None:
    text = as_markdown(episode_of(Section(0, 2, "Talk", TURNS)), None)
    text += "\nMy own\nnote. **Cy:** said so.\n\n"
    text += "<details>\n<summary>More</summary>\n\nHidden.\n\n</details>\n\nEnd.\n"
    read = episode_from_bytes(text.encode(), Path("again.md"))
    texts = [block.text for block in read.sections[0].blocks]
    assert texts[: len(TURNS)] == [block.text for block in TURNS]
    assert "My own note. Cy: said so." in texts
    assert "Hidden." in texts
    assert texts[-1] == "End."


def test_marks_inside_code_are_code() -> None:
    code = Block(
        BlockKind.CODE, '<details><summary>x</summary>\n</details>\n<!-- {"speaker": "Ada"} -->\n```'
    )
    episode = episode_of(Section(0, 2, "Talk", (code, Block(PARAGRAPH, "After."))))
    assert shape(again(episode)) == shape(episode)


@pytest.mark.parametrize(
    "comment",
    [
        '<!-- {"speaker": ["Ada"], "start_s": "soon"} -->',
        '<!-- {"start_s": NaN} -->',
        '<!-- {"start_s": 1e400} -->',
        '<!-- {"section": 7} -->',
        "<!-- {" + "[" * 3000 + "} -->",
        "<!-- {broken} -->",
        "<details><summary></summary>",
        "</details>",
    ],
)
def test_damaged_marks_do_no_harm(comment: str) -> None:
    text = f'---\ntitle: "T"\ngenerator: "pullquote/1"\n---\n\nBefore.\n\n{comment}\n\nAfter.\n'
    texts = [block.text for block in episode_from_bytes(text.encode(), Path("t.md")).sections[0].blocks]
    assert texts[0] == "Before."
    assert texts[-1] == "After."


@given(st.floats(0, 3_500_000))
def test_a_stamp_is_exact_to_the_millisecond(seconds: float) -> None:
    assert stamped_seconds(stamp(seconds)) == round(seconds * 1000) / 1000


NAMES = st.sampled_from(["Ada", "Speaker 1", "Dr. B*o [x]", "日本 太郎", "Q", "Ada (0:12)", "a_b_"])


@given(st.none() | NAMES, st.none() | st.floats(0, 90_000))
def test_labels_come_back(speaker: str | None, start_s: float | None) -> None:
    read = read_label(label_of(speaker, start_s), frozenset({"Ada", "Ada (0:12)", speaker or "Ada"}))
    assert read is not None
    assert (read[0], rounded(read[1])) == (speaker, rounded(start_s))


PIECES = st.sampled_from(
    [
        *("tea", "Milk", "0:12", "(1:02)", "**", "__", "- ", "•", "1.", "[x]", "[ ]", "[!note]", "==", "%%"),
        *(
            "<details>",
            "</details>",
            "<b>",
            "&amp;",
            "|",
            "```",
            "#",
            "Ada:",
            "Q:",
            ":",
            "日本",
            "\u3000",
            GUARD,
        ),
        *(
            "\\",
            "~~",
            "^id-1",
            "$",
            "http://e.org",
            "!",
            "[[a]]",
            "—",
            "key:: value",
            "☐",
            "☑ x",
            "a^2",
            "\U0001f375",
            "é",
            "---",
        ),
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=6).map(lambda pieces: " ".join(" ".join(pieces).split()))
SOME_TEXT = TEXTS.filter(lambda text: bool(text.strip(GUARD + " ")))
TIMES = st.none() | st.integers(0, 9_999_999).map(lambda milliseconds: milliseconds / 1000)
FOLDS = st.sampled_from([None, None, "transcript", "sponsor <x> & Sohn"])


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    kind = draw(st.sampled_from(list(BlockKind)))
    text = draw(SOME_TEXT)
    spans = draw(st.sampled_from([(), (Span(0, len(text.split()[0]), SpanKind.STRONG),)]))
    block = Block(kind, text, 0, spans, None, draw(st.none() | NAMES), draw(TIMES), draw(FOLDS))
    match kind:
        case BlockKind.RULE:
            return replace(block, text="", spans=(), speaker=None, start_s=None)
        case BlockKind.CODE | BlockKind.TABLE_ROW:
            plain = " ".join(text.replace("|", "/").replace(GUARD, "").split())
            return replace(block, text=plain or "x", spans=())
        case BlockKind.NUMBERED:
            return replace(block, depth=1, number=draw(st.integers(0, 999)))
        case BlockKind.PARAGRAPH:
            return block
    return replace(block, depth=1)


@st.composite
def sections(draw: st.DrawFn) -> Section:
    title = draw(SOME_TEXT)
    return Section(
        0, draw(st.integers(1, 6)), title, tuple(draw(st.lists(blocks(), max_size=6))), start_s=draw(TIMES)
    )


@given(st.lists(sections(), min_size=1, max_size=3))
def test_every_episode_comes_back(drawn: list[Section]) -> None:
    numbered = [replace(section, ordinal=ordinal) for ordinal, section in enumerate(drawn)]
    episode = episode_of(*numbered)
    assert shape(again(episode)) == shape(episode)


DOCUMENT = st.lists(
    st.sampled_from(
        [
            *("# Tea", "## Milk", "Some words of text that are long enough.", "- one", "  - two", "1. first"),
            *(
                "Ada: Hello there.",
                "Bo: Yes.",
                "[0:12] And now.",
                "[1:02] And then.",
                "**Bold**",
                "> said",
                "---",
            ),
            *(
                "| a | b |",
                "| --- | --- |",
                "Show: Low Water",
                "0:00 Intro",
                "```",
                "    code",
                "<details>",
                "",
            ),
        ]
    ),
    max_size=30,
).map("\n".join)


@given(DOCUMENT, st.sampled_from(["talk.md", "talk.txt"]))
def test_whatever_our_readers_make_of_a_document_comes_back(text: str, name: str) -> None:
    episode = episode_from_bytes(text.encode(), Path(name))
    read = again(episode)
    assert known(read) == known(episode)
    depthless = [
        [replace(block, depth=min(block.depth, 1)) for block in section.blocks]
        for section in episode.sections
    ]
    assert [section.title for section in read.sections] == [section.title for section in episode.sections]
    assert [
        [replace(block, depth=min(block.depth, 1), spans=()) for block in section.blocks]
        for section in read.sections
    ] == [[replace(block, spans=()) for block in section] for section in depthless]


def test_writing_and_reading_cost_no_more_than_their_length() -> None:
    """Twice the turns are twice the text, and every turn is one block."""
    turns = tuple(
        Block(
            PARAGRAPH, f"Turn {number}.", speaker=("Ada", "Bo")[number % 2], start_s=number, fold="transcript"
        )
        for number in range(2000)
    )
    one = as_markdown(episode_of(Section(0, 2, "Talk", turns[:1000])), None)
    two = as_markdown(episode_of(Section(0, 2, "Talk", turns)), None)
    assert len(two) < 2.2 * len(one)
    assert len(episode_from_bytes(two.encode(), Path("t.md")).sections[0].blocks) == 2000


def test_the_corpus_comes_back(shared: Path) -> None:
    read = 0
    for path in sorted((shared / "corpus").rglob("*")):
        if not path.is_file() or path.stat().st_size > 150_000:
            continue
        try:
            episodes = list(read_all(path, head=False))
        except PullquoteError:
            continue
        for episode in episodes:
            found = again(episode)
            assert known(found) == known(episode), path
            assert shape(found) == shape(episode), path
            read += 1
    assert read > 100


def test_neighbours_of_one_fold_are_one_element() -> None:
    folds = [None, "sponsor", "sponsor", None, "sponsor"]
    episode = episode_of(Section(0, 1, "", tuple(Block(PARAGRAPH, "x", fold=fold) for fold in folds)))
    assert as_markdown(episode, 0).count("<details>") == sum(bool(fold) for fold, _ in groupby(folds))


def test_a_head_is_the_beginning_of_the_whole(tmp_path: Path) -> None:
    turns = tuple(
        Block(
            PARAGRAPH,
            f"Turn {number}. " + "words " * 30,
            0,
            (),
            None,
            ("Ada", "Bo")[number % 2],
            number,
            fold,
        )
        for number in range(1500)
        for fold in (None if number % 100 else "sponsor",)
    )
    path = tmp_path / "talk.md"
    path.write_text(as_markdown(episode_of(Section(0, 2, "Talk", turns)), None), encoding="utf-8")
    head, whole = read_episode(path, head=True), read_episode(path)
    assert (head.partial, head.format, head.title) == (True, "pullquote", whole.title)
    shown = head.sections[0].blocks
    assert len(shown) > 500
    assert shown[:-1] == whole.sections[0].blocks[: len(shown) - 1]
