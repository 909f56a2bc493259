import re
import sys
import time
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.episode import Block, Episode
from tui.core.reading import episode_from_bytes


def read(text: str, name: str = "notes.md") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


def titles(episode: Episode) -> list[str]:
    return [section.title for section in episode.sections]


def blocks(episode: Episode) -> list[Block]:
    return [block for section in episode.sections for block in section.blocks]


def texts(episode: Episode) -> list[str]:
    return [block.text for block in blocks(episode)]


def spans(block: Block) -> list[tuple[str, str, str | None]]:
    return [(span.kind.value, block.text[span.start : span.end], span.target) for span in block.spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("plain *em* **strong** ~~gone~~ `code`", "plain em strong gone code", id="emphasis"),
        pytest.param("soft\nbreak", "soft break", id="soft break"),
        pytest.param("hard\\\nbreak", "hard break", id="hard break"),
        pytest.param("see [the map](https://x.org/a) now", "see the map now", id="link"),
        pytest.param("see [the map](notes/a.md) now", "see the map now", id="link to a file"),
        pytest.param("![a red barn](barn.png) at dusk", "a red barn at dusk", id="image"),
        pytest.param("[[river]] and [[river_delta|the delta]]", "river and the delta", id="wikilinks"),
        pytest.param("![[sound.mp3]] plays", "sound.mp3 plays", id="embed"),
        pytest.param("![[barn.png|300]] at dusk", "barn.png at dusk", id="embed with its size"),
        pytest.param("[[river#Upper part]], [[#Mouth]]", "river > Upper part, Mouth", id="parts of pages"),
        pytest.param("[[river#^ab12]]", "river", id="block of a page"),
        pytest.param("on [day:: Monday [[x]]] then", "on day: Monday x then", id="bracketed field"),
        pytest.param("a %% b", "a %% b", id="unclosed comment"),
        pytest.param(
            "wet【12†source】 and :contentReference[oaicite:0]{index=0}.", "wet and.", id="citations"
        ),
        pytest.param("it is [cite: 1, 2] so", "it is so", id="Gemini's citations"),
        pytest.param("at [[00:12]](https://x.org/?t=12) then", "at [00:12] then", id="bracketed link text"),
        pytest.param("this is ==marked==, that is a == b", "this is marked, that is a == b", id="highlight"),
        pytest.param("said %%not really%% so", "said so", id="comment"),
        pytest.param("a thought ^thought-1", "a thought", id="block id"),
        pytest.param("a thought ^n1", "a thought", id="short block id"),
        pytest.param("energy is mc ^2", "energy is mc ^2", id="power"),
        pytest.param("as shown[^1] and[^note]", "as shown[1] and[note]", id="footnotes"),
        pytest.param("AT&amp;T &#8211; &hearts; a&#x202e;b", "AT&T – ♥ ab", id="entities, cleaned"),
        pytest.param(r"\[laughs\] and \*stars\*", "[laughs] and *stars*", id="escapes"),
        pytest.param("left  \t   right", "left right", id="runs of blanks"),
        pytest.param("a <b>b</b><br>c <span class='x'>d</span><!-- e -->", "a b c d", id="HTML"),
        pytest.param("a <img src='x' alt='b&amp;c'> d", "a b&c d", id="HTML image"),
        pytest.param("says <Speaker 1> to <host>", "says <Speaker 1> to <host>", id="no HTML"),
        pytest.param("<https://x.org/a>", "https://x.org/a", id="bare address"),
        pytest.param("#tag and #other", "#tag and #other", id="tags are no headings"),
        pytest.param("key:: value", "key:: value", id="inline field"),
        pytest.param("[Anna]: Hello", "[Anna]: Hello", id="a turn is no link definition"),
        pytest.param("[^1]: https://x.org/a", "[1]: https://x.org/a", id="footnote's text"),
        pytest.param("1 < 2 and 3 > 2", "1 < 2 and 3 > 2", id="comparison"),
    ],
)
def test_text_of_a_paragraph(text: str, expected: str) -> None:
    assert texts(read(f"# Title\n\n{text}\n")) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**strong**", [("strong", "strong", None)]),
        ("*em* and `code`", [("emphasis", "em", None), ("code", "code", None)]),
        ("~~gone~~ ==kept==", [("strike", "gone", None), ("mark", "kept", None)]),
        ("**a *b* c**", [("strong", "a b c", None), ("emphasis", "b", None)]),
        ("[w](https://x.org/a%20b)", [("link", "w", "https://x.org/a%20b")]),
        ("[w](mailto:a@x.org)", [("link", "w", "mailto:a@x.org")]),
        ("[w](file:///etc/passwd)", []),
        ("[w](javascript:alert)", []),
        ("[w](other.md)", []),
        ("[w][ref]\n\n[ref]: https://x.org", [("link", "w", "https://x.org")]),
        ('<a href="https://x.org">w</a> <i>x</i>', [("link", "w", "https://x.org"), ("emphasis", "x", None)]),
        ("==a **b**==", [("mark", "a b", None), ("strong", "b", None)]),
        ("** not strong **", []),
    ],
)
def test_spans_of_a_paragraph(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert spans(blocks(read(f"# Title\n\nFirst.\n\n{text}\n"))[1]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "- a\n  - b\n\n    more b\n- c",
            ["bullet1 a", "bullet2 b", "paragraph2 more b", "bullet1 c"],
            id="bullets",
        ),
        pytest.param("3. a\n4. b", ["numbered1 3 a", "numbered1 4 b"], id="numbers"),
        pytest.param("- [ ] a\n- [x] **b**", ["bullet1 ☐ a", "bullet1 ☑ b"], id="tasks"),
        pytest.param("> a\n>\n> > b", ["quote1 a", "quote2 b"], id="quotations"),
        pytest.param("> [!info]- Note this\n> body", ["quote1 Note this", "quote1 body"], id="callout"),
        pytest.param("> [!tip]\n> body", ["quote1 Tip", "quote1 body"], id="untitled callout"),
        pytest.param("> [!tip|left] A\n> b", ["quote1 A", "quote1 b"], id="callout with a place"),
        pytest.param("%%\nhidden\n\n# hidden\n%%\n\na", ["paragraph0 a"], id="comment of paragraphs"),
        pytest.param(
            "**a:** b\n**c**: d\ne **f:** g", ["paragraph0 a: b", "paragraph0 c: d e f: g"], id="bold labels"
        ),
        pytest.param(
            "a[^1]\n\n[^1]: b\n[^2]: c\n[d]: https://x.org",
            ["paragraph0 a[1]", "paragraph0 [1]: b", "paragraph0 [2]: c"],
            id="footnotes",
        ),
        pytest.param("<aside>\n\na\n\n</aside>", ["quote1 a"], id="aside"),
        pytest.param(
            "<blockquote>\n\n**a**\n\n</blockquote>\n\nb", ["quote1 a", "paragraph0 b"], id="quoted HTML"
        ),
        pytest.param("<blockquote>\n\na\n\nb", ["paragraph0 a", "paragraph0 b"], id="unclosed HTML"),
        pytest.param(
            "<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>",
            ["numbered1 1 a", "numbered1 2 b", "bullet2 c"],
            id="HTML lists",
        ),
        pytest.param("<table><tr><th>a</th><td>b</td></tr></table>", ["table_row0 a | b"], id="HTML table"),
        pytest.param("<pre>\na\n  b\n</pre>", ["code0 a\n  b"], id="preformatted"),
        pytest.param("<!-- a\n\nb", ["paragraph0 <!-- a", "paragraph0 b"], id="comment without an end"),
        pytest.param("<script>\n\nb", ["paragraph0 <script>", "paragraph0 b"], id="script without an end"),
        pytest.param("> - a", ["bullet2 a"], id="bullet in a quotation"),
        pytest.param("```py\na\n  b\n```", ["code0 a\n  b"], id="fence"),
        pytest.param("    a\n      b", ["code0 a\n  b"], id="indented code"),
        pytest.param("a\n\n---\n\nb", ["paragraph0 a", "rule0 ", "paragraph0 b"], id="rule"),
        pytest.param("| a | *b* |\n|---|---|\n| c | |", ["table_row0 a | b", "table_row0 c | "], id="table"),
        pytest.param("a\n• b\n▫ c", ["paragraph0 a", "bullet1 b", "bullet1 c"], id="typed bullets"),
        pytest.param(
            "**Show:** a\n**Date:** 2024", ["paragraph0 Show: a", "paragraph0 Date: 2024"], id="fields"
        ),
        pytest.param(
            "It is a sentence, and it ends.\n---\nb",
            ["paragraph0 It is a sentence, and it ends.", "rule0 ", "paragraph0 b"],
            id="rule right below a sentence",
        ),
        pytest.param(
            "<details>\n<summary>More</summary><blockquote>Ann<br/>so &amp; so</blockquote>\n</details>",
            ["paragraph0 More", "quote1 Ann", "quote1 so & so"],
            id="details",
        ),
        pytest.param("<!-- hidden\n\n# nothing -->\n\na", ["paragraph0 a"], id="comment"),
        pytest.param("<script>\nalert(1)\n</script>\n\na", ["paragraph0 a"], id="script"),
        pytest.param("- ## a\n- b", ["bullet1 a", "bullet1 b"], id="heading in a list"),
    ],
)
def test_blocks(text: str, expected: list[str]) -> None:
    found = blocks(read(f"# Title\n\n{text}\n"))
    shown = [f"{b.kind.value}{b.depth} {'' if b.number is None else f'{b.number} '}{b.text}" for b in found]
    assert shown == expected


@pytest.mark.parametrize(
    ("text", "title", "sections"),
    [
        pytest.param(
            "# A\n\n## B\n\nb\n\n#### C\n\nc", "A", [("B", 2), ("C", 4)], id="title and deeper ones"
        ),
        pytest.param("# A\n\na\n\n## B\n\nb", "A", [("", 1), ("B", 2)], id="text under the title"),
        pytest.param("# A\n\na\n\n# B\n\nb", "Notes", [("A", 1), ("B", 1)], id="several first levels"),
        pytest.param("# A\n\n**Show:** x\n\n# B\n\nb", "A", [("", 1), ("B", 1)], id="fields under the title"),
        pytest.param(
            "a\n\n# A\n\n## B\n\nb", "Notes", [("", 1), ("A", 1), ("B", 2)], id="text before the first"
        ),
        pytest.param("### B\n\nb\n\n## C\n\nc", "Notes", [("B", 3), ("C", 2)], id="any level first"),
        pytest.param("---\ntitle: A!\n---\n# A\n\n# B\n\nb", "A!", [("B", 1)], id="title repeated"),
        pytest.param("---\ntitle: X\n---\n# A\n\n## B\n\nb", "X", [("A", 1), ("B", 2)], id="another title"),
        pytest.param("A\n=\n\nB\n-\n\nb", "A", [("B", 2)], id="setext"),
        pytest.param(
            "# A\n\n##\n\na\n\n## B ##\n\nb", "A", [("", 1), ("B", 2)], id="empty and closed headings"
        ),
        pytest.param(
            "# [A *b*](https://x.org) `c` 🎧\n\n## B\n\nb", "A b c 🎧", [("B", 2)], id="marks in a heading"
        ),
        pytest.param("```\n# no\n```\n\n## B\n\nb", "Notes", [("", 1), ("B", 2)], id="fence"),
        pytest.param("**A**\n\na\n\n**B:**\n\nb", "Notes", [("A", 1), ("B:", 1)], id="bold lines"),
        pytest.param(
            "# A\n\n**B**\n\nb\n\n**C**\n\nc", "A", [("B", 1), ("C", 1)], id="bold lines under a title"
        ),
        pytest.param("**A**\n\na\n\n## B\n\nb", "Notes", [("", 1), ("B", 2)], id="bold line among headings"),
        pytest.param(
            "1. **A**\n   - a\n2. **B**\n   - b", "Notes", [("1. A", 1), ("2. B", 1)], id="bold items"
        ),
        pytest.param("**1. A**: a\n\n**2. B**: b", "Notes", [("1. A", 1), ("2. B", 1)], id="bold run-ins"),
        pytest.param("- a\n- b", "Notes", [("", 1)], id="no heading at all"),
        pytest.param("**A**\na\n\n**B**\nb", "Notes", [("A", 1), ("B", 1)], id="bold lines right above text"),
        pytest.param(
            "🎯 **A**\n\na\n\n🎯 **B**\n\nb", "Notes", [("🎯 A", 1), ("🎯 B", 1)], id="signs before bold"
        ),
        pytest.param(
            "- **A**\n  - a\n- **B**\n  - b", "Notes", [("A", 1), ("B", 1)], id="bold bullets above others"
        ),
        pytest.param("- **A**\n- **B**", "Notes", [("", 1)], id="bold bullets alone"),
        pytest.param(
            "**一、起因**\n\n甲。\n\n**2、结果**：乙。",
            "Notes",
            [("一、起因", 1), ("2、结果", 1)],
            id="full-width numbers",
        ),
        pytest.param(
            "**Guest**: Ann\n\n**A**\n\na\n\n**B**\n\nb",
            "Notes",
            [("", 1), ("A", 1), ("B", 1)],
            id="a field is no title",
        ),
        pytest.param(
            "## S\n\n**1. A**: a\n\n**2. B**: b",
            "Notes",
            [("S", 2), ("1. A", 3), ("2. B", 3)],
            id="bold run-ins under the only heading",
        ),
        pytest.param(
            "### The long winter\n\n#### A\n\na\n\n#### B\n\nb",
            "The long winter",
            [("A", 4), ("B", 4)],
            id="title of a deeper level",
        ),
        pytest.param(
            "## Summary\n\n### A\n\na", "Notes", [("Summary", 2), ("A", 3)], id="a part is no title"
        ),
        pytest.param("Here's the summary:\n\n# A\n\n## B\n\nb", "A", [("", 1), ("B", 2)], id="preamble"),
        pytest.param("## **A** ##\n\na\n\n## **B**\n\nb", "Notes", [("A", 2), ("B", 2)], id="bold headings"),
        pytest.param(
            "Why it rains\n\nBecause of the sea, they say.\n\nWhy it stops\n\nNobody knows, they say.",
            "Notes",
            [("Why it rains", 1), ("Why it stops", 1)],
            id="plain lines",
        ),
        pytest.param("", "Notes", [("", 1)], id="empty"),
        pytest.param("# A\n", "A", [("", 1)], id="title alone"),
    ],
)
def test_title_and_sections(text: str, title: str, sections: list[tuple[str, int]]) -> None:
    episode = read(text)
    assert episode.title == title
    assert [(section.title, section.level) for section in episode.sections] == sections


def test_what_hangs_below_a_bold_item_moves_up() -> None:
    episode = read("1. **A**\n   - a\n     - deep\n2. **B**\n   - b\n\n- free\n")
    assert [(block.text, block.depth) for block in blocks(episode)] == [
        ("a", 1),
        ("deep", 2),
        ("b", 1),
        ("free", 1),
    ]


@pytest.mark.parametrize(
    ("heading", "title", "start_s"),
    [
        ("[08:00] The storm", "The storm", 480),
        ("01:02:03 - The storm", "The storm", 3723),
        ("(0:12) – The storm", "The storm", 12),
        ("The storm `[00:10:00 - 00:20:00]`", "The storm [00:10:00 - 00:20:00]", 600),
        ("[00:12] Chapter 1: The storm [ad]", "Chapter 1: The storm [ad]", 12),
        ("16:9 screens", "16:9 screens", None),
        ("The storm of 12:30", "The storm of 12:30", None),
    ],
)
def test_times_in_headings(heading: str, title: str, start_s: float | None) -> None:
    section = read(f"## {heading}\n\ntext\n\n## Other\n\nmore\n").sections[0]
    assert (section.title, section.start_s) == (title, start_s)


def test_a_fence_around_everything_is_unwrapped() -> None:
    episode = read("Here is your summary:\n\n```markdown\n# A\n\n## B\n\nb\n```\n")
    assert episode.title == "A"
    assert titles(episode) == ["", "B"]
    assert texts(episode) == ["Here is your summary:", "b"]


def test_a_fence_around_code_stays() -> None:
    assert texts(read("```\nprint()\n```\n")) == ["print()"]


def test_a_document_in_one_field_is_read_from_it() -> None:
    episode = read("---\ntitle: T\nsummary: |\n  ## A\n\n  - one\n\n  ## B\n\n  two\n---\n\n")
    assert titles(episode) == ["A", "B"]
    assert texts(episode) == ["one", "two"]


def test_markdown_is_known_by_its_marks_in_any_file() -> None:
    text = "# A\n\n## B\n\nwith **marks**\n"
    assert read(text, "notes.txt").format == "markdown"
    assert titles(read(text, "notes.txt")) == ["B"]


TURNS = [
    turn
    for number in range(5)
    for turn in (("Ann Lee", f"Welcome back, {number}."), ("Bo Diaz", f"Thanks {number}: I *mean* it."))
]


@pytest.mark.parametrize("pattern", ["**{name}:** {text}", "**{name}:**\n\n{text}", "{name}: {text}"])
def test_turns_of_a_transcript(pattern: str) -> None:
    episode = read("\n\n".join(pattern.format(name=name, text=text) for name, text in TURNS))
    assert [block.speaker for block in blocks(episode)] == [name for name, _ in TURNS]
    assert texts(episode) == [text.replace("*", "") for _, text in TURNS]
    assert spans(blocks(episode)[1]) == [("emphasis", "mean", None)]


@pytest.mark.parametrize(
    "labels", [("Claim", "Evidence", "Doubts"), ("核心观点", "深度阐述", "关键数据和案例的完整呈现")]
)
def test_labels_that_come_once_under_each_heading_name_no_speakers(labels: tuple[str, ...]) -> None:
    sections = [
        f"## Part {n}\n\n" + "\n\n".join(f"**{label}:** words {n}" for label in labels) for n in range(5)
    ]
    episode = read("\n\n".join(sections))
    assert {block.speaker for block in blocks(episode)} == {None}
    assert texts(episode)[0] == f"{labels[0]}: words 0"


def test_times_at_line_ends_part_a_transcript() -> None:
    episode = read(
        "# T\n\n## Transcript\n\n[00:00:00]  Welcome to it\n[00:00:16]  and so on\n[00:00:25]  and on\n"
    )
    assert [(block.text, block.start_s) for block in blocks(episode)] == [
        ("Welcome to it", 0),
        ("and so on", 16),
        ("and on", 25),
    ]


def test_too_deep_lists_are_shown_as_they_stand() -> None:
    text = "\n".join("  " * depth + f"- item{depth}" for depth in range(60))
    episode = read(text)
    assert all(f"item{depth}" in texts(episode)[0] for depth in range(60))
    assert any("nested" in notice for notice in episode.notices)


def test_fifteen_levels_of_quotation_are_read() -> None:
    assert blocks(read("> " * 15 + "deep"))[0].depth == 15


HOSTILE = (
    *(
        "[",
        "![",
        "[a](b",
        "*a **b ",
        "`a``",
        "<!--",
        "<a ",
        "&#",
        "[[",
        "==a",
        "%%",
        "~~a",
        "[a]\n",
        "- ",
        "|a",
    ),
    *(
        "<b>",
        "^a ",
        "> ",
        "[^1",
        "![[",
        "<details>",
        "<details>\n\nx\n\n",
        "%% a\n\n",
        "[a:: b",
        "#a#b",
        "<script>\n\n",
    ),
    *(
        "> [!note]- x\n\n",
        "- 00:01 a\n",
        "**a**\n\n",
        "word.1 Next. ",
        "【1†s】",
        "<ul><li>",
        "<aside>\n\nx\n\n",
        "**a:** b\n",
        "• a *b*\n",
        "[^1]: a\n",
    ),
)


@pytest.mark.parametrize("pattern", HOSTILE)
def test_hostile_marks_cost_no_more_than_their_length(pattern: str) -> None:
    read("# T\n\n*once*, so that everything is imported")
    few, many = (calls_to_read("# T\n\n" + pattern * (size // len(pattern))) for size in (4_000, 16_000))
    # Four times the text; quadratic cost would be sixteen times the calls.
    assert many < 6 * few


def calls_to_read(text: str) -> int:
    """How many functions are called: unlike seconds, the same on a busy machine."""
    calls = 0

    def count(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return calls


def test_a_long_document_of_hostile_marks_opens_within_seconds() -> None:
    began = time.process_time()
    read("# T\n\n" + "".join(pattern * 1000 + "\n\n" for pattern in HOSTILE))
    assert time.process_time() - began < 10


WORD = st.from_regex(r"[a-zA-Zäöéñ]{1,9}[,.?]?", fullmatch=True)
LINE = st.lists(WORD, min_size=1, max_size=12).map(" ".join)
MARKED = st.builds(
    lambda form, line: form.format(line),
    st.sampled_from(
        [
            "{}",
            "## {}",
            "- {}",
            "> {}",
            "**{}**",
            "*{}* and",
            "1. {}",
            "`{}`",
            "[{}](https://x.org)",
            "==x {}==",
        ]
    ),
    LINE,
)
DOCUMENTS = st.lists(MARKED, min_size=1, max_size=14).map("\n\n".join)


@given(DOCUMENTS)
def test_no_word_of_a_document_is_lost(document: str) -> None:
    episode = read(document)
    shown = [] if not episode.sections else [episode.title]
    for section in episode.sections:
        shown += [
            section.title,
            *(f"{'' if block.number is None else block.number} {block.text}" for block in section.blocks),
        ]
    rest = iter(re.findall(r"\w+", " ".join(shown)))
    plain = re.sub(r"\(https://x.org\)", "", document)
    assert [word for word in re.findall(r"\w+", plain) if word not in rest] == []


@given(st.text(alphabet="ab \n#*_`[]()!<>-=|1.:&;^%~\\", max_size=200))
def test_spans_lie_inside_their_text(document: str) -> None:
    episode = read(document)
    for section in episode.sections:
        for text, found in [(section.title, section.spans), *((b.text, b.spans) for b in section.blocks)]:
            assert all(0 <= span.start < span.end <= len(text) for span in found)
            assert list(found) == sorted(found, key=lambda span: span.start)
    assert [section.ordinal for section in episode.sections] == list(range(len(episode.sections)))


def test_an_address_shown_as_text_holds_no_controls() -> None:
    found = texts(read("# T\n\nSee <https://example.org/%1b]0;own%07> and [it](https://example.org/%1b)."))
    assert found
    assert not any(ord(char) < 32 for text in found for char in text)


@given(DOCUMENTS, st.integers(2, 40))
def test_the_head_of_a_document_reads_like_its_beginning(document: str, times: int) -> None:
    text = "\n\n".join(f"## Part {n}\n\n{document}" for n in range(times))
    path = Path("notes.md")
    whole = episode_from_bytes(text.encode(), path)
    cut = text.rindex("\n\n") + 2
    head = episode_from_bytes(text[:cut].encode(), path, truncated=True)
    assert head.format == whole.format
    assert head.sections[:-1] == whole.sections[: len(head.sections) - 1]
