import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.episode import Block, BlockKind, Episode, Section
from tui.core.reading import episode_from_bytes

PAGE = """\
Ada Moss: How Rivers Think | Stream Talk Podcast #12

Ada Moss: How Rivers Think | Stream Talk Podcast #12

Brief Summary

This episode of Stream Talk Podcast features a conversation with Ada Moss, a hydrologist. They walk a river.

  • Rivers remember their floods.
  • A dam is a promise.

Introduction

The host introduces Ada Moss, and later Bea Lund, who maps deltas from the air.

Floods

Moss explains why a flood plain is part of the river and not its victim.

Memory

Moss argues that gravel keeps a record of every flood, if one knows where to dig.

Bea Lund - Deltas

The conversation shifts to Bea Lund. Lund describes how a delta moves through the years.

Memory

Lund discusses what old maps remember that the land has forgotten.
"""

FOOTER = """
Watch the Video

Share

Stay Informed with Quality Articles

Discover curated summaries and insights from across the web. Save time while staying informed.

© 2024 BriefRead
"""


def read(text: str, name: str = "page.txt") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


def titles(episode: Episode) -> list[str]:
    return [section.title for section in episode.sections]


def blocks(episode: Episode) -> list[Block]:
    return [block for section in episode.sections for block in section.blocks]


def texts_of(section: Section) -> list[str]:
    return [block.text for block in section.blocks]


def texts(episode: Episode) -> list[str]:
    return [block.text for block in blocks(episode)]


def kinds(episode: Episode) -> list[str]:
    return [block.kind.value for block in blocks(episode)]


def test_a_copied_page_is_read_whole() -> None:
    episode = read(PAGE + FOOTER)
    assert episode.format == "page-text"
    assert episode.title == "Ada Moss: How Rivers Think | Stream Talk Podcast #12"
    assert (episode.show, episode.number) == ("Stream Talk Podcast", 12)
    expected = ["Brief Summary", "Introduction", "Floods", "Memory", "Bea Lund - Deltas", "Memory"]
    assert titles(episode) == expected
    assert [block.text for block in episode.sections[0].blocks[1:]] == [
        "Rivers remember their floods.",
        "A dam is a promise.",
    ]


def test_its_parts_follow_its_people() -> None:
    episode = read(PAGE + FOOTER)
    assert episode.people == ("Ada Moss", "Bea Lund")
    parts = [section.part for section in episode.sections]
    assert parts == [None, None, "Ada Moss", "Ada Moss", "Bea Lund", "Bea Lund"]
    assert [section.speaker for section in episode.sections] == parts


def test_the_footer_is_folded() -> None:
    episode = read(PAGE + FOOTER)
    assert titles(episode) == titles(read(PAGE))
    last = episode.sections[-1].blocks
    assert {block.fold for block in last[1:]} == {"page furniture"}
    assert [block.text for block in last[1:]] == [line for line in FOOTER.split("\n") if line]
    assert last[0].text.startswith("Lund discusses")
    assert last[0].fold is None


@pytest.mark.parametrize(
    "ending",
    [
        pytest.param(
            "\nShare\n\nWhat the two of them would share with a younger self, at some length.\n", id="section"
        ),
        pytest.param("\nShare\n", id="last line"),
        pytest.param("\nWatch the Video\n\nShare\n", id="incomplete"),
    ],
)
def test_what_no_mark_proves_a_footer_stays(ending: str) -> None:
    episode = read(PAGE + ending)
    assert "Share" in titles(episode) + texts(episode)
    assert not episode.notices


def test_a_footer_without_its_last_line_is_folded_when_complete() -> None:
    episode = read(PAGE + FOOTER.rpartition("\n©")[0])
    assert "Share" not in titles(episode)
    assert [block.fold for block in blocks(episode) if block.text == "Share"] == ["page furniture"]


def test_marks_win_over_the_file_name() -> None:
    assert read(PAGE, "page.md").format == "page-text"


ARTICLE = """\
A Walk Through Winter Markets

Nobody comes for the bread alone. They come because the square is warm at six and dark at seven.

What people buy

The stalls sell what keeps: cheese, apples, wool. Prices have hardly moved in a decade, says everyone.

What people remember

Smoke, and the sound of a brass band that was never quite in tune but always there on time.
"""


def test_an_article_without_marks_gets_its_headings() -> None:
    episode = read(ARTICLE)
    assert episode.title == "A Walk Through Winter Markets"
    assert titles(episode) == ["", "What people buy", "What people remember"]


def test_a_single_short_line_makes_no_heading() -> None:
    body = "First, a paragraph that is long enough to count as body text in any reading of it."
    text = f"A Title Line\n\n{body}\n\nHm\n\nAnd then another paragraph that closes it."
    assert titles(read(text)) == [""]
    assert "Hm" in texts(read(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "T\n\nAlpha\n=====\n\nOne.\n\nBeta\n----\n\nTwo.\n", [("Alpha", 1), ("Beta", 2)], id="underlined"
        ),
        pytest.param(
            "T\n\nMAIN IDEAS\n\nOne is this.\n\nQUOTES:\n- Two\n",
            [("MAIN IDEAS", 1), ("QUOTES:", 1)],
            id="capitals",
        ),
        pytest.param(
            "T\n\n1. Water\n\nIt runs downhill, mostly.\n\n1.1 Ice\n\nIt stays where it is.\n",
            [("1. Water", 1), ("1.1 Ice", 2)],
            id="numbered",
        ),
        pytest.param(
            "T\n\nChapter 1: Dawn\n\nThe birds are first.\n\nChapter 2: Noon\n\nThe heat is second.\n",
            [("Chapter 1: Dawn", 1), ("Chapter 2: Noon", 1)],
            id="chapters",
        ),
        pytest.param(
            "T\n\nWhy rivers?\nBecause they were here first.\n\nWhy now?\nBecause it rained.\n",
            [("Why rivers?", 1), ("Why now?", 1)],
            id="right above the text",
        ),
        pytest.param(
            "题目\n\n引言\n\n这条河从山里流出来，一路向东，经过三座城市。\n\n结论\n\n河比城市更老。\n",
            [("引言", 1), ("结论", 1)],
            id="Chinese",
        ),
    ],
)
def test_headings_of_plain_text(text: str, expected: list[tuple[str, int]]) -> None:
    found = [(section.title, section.level) for section in read(text).sections if section.title]
    assert found == expected


@pytest.mark.parametrize(
    "line",
    [
        "He gave three reasons for leaving the valley:",
        "- a bullet",
        "https://example.org/a",
        "00:12:30",
        "and so it went on",
        "It ends here.",
        "“Never again”",
        "***",
    ],
)
def test_lines_that_are_no_headings(line: str) -> None:
    body = "A paragraph that is certainly long enough to be the body of whatever stands above it, and ends."
    assert line not in titles(read(f"Some Title\n\n{line}\n\n{body}\n\n{line}\n\n{body}\n"))


BODY = "A paragraph that is certainly long enough to be the body of whatever stands above it, and ends."
LONG_TITLE = "The Long Way From the Springs to the Harbour Through Seven Villages and Two Mills (Audio)"
CJK_BODY = "这条河从山里流出来，一路向东，经过三座城市，最后流进大海，谁也没有见过它停下来。"


def headings(text: str) -> list[str]:
    return [title for title in titles(read(text)) if title]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"T\n\nPart One\n\nThe source\n\n{BODY}\n\nThe mouth\n\n{BODY}\n",
            ["Part One", "The source", "The mouth"],
            id="one below another",
        ),
        pytest.param(
            f"T\n\nThe source\n{BODY}\n\nPart Two\nThe mouth\n{BODY}\n",
            ["The source", "Part Two", "The mouth"],
            id="without blank lines",
        ),
        pytest.param(
            "T\n\nWhat it says\n\n• One\n• Two\n\nWhat it means\n\n1. Three\n2. Four\n",
            ["What it says", "What it means"],
            id="above lists",
        ),
        pytest.param(
            f"T\n\nWhat is a river?\n\n{BODY}\n\nWhat is a delta?\n\n{BODY}\n",
            ["What is a river?", "What is a delta?"],
            id="questions",
        ),
        pytest.param(
            "T\n\nKey takeaways:\n\n• One\n• Two\n\nAction items:\n\n• Three\n• Four\n",
            ["Key takeaways:", "Action items:"],
            id="all with colons",
        ),
        pytest.param(
            f"T\n\nThe source\n\nTwo kinds of springs are known:\n\n• Wet\n\nThe mouth\n\n{BODY}\n",
            ["The source", "The mouth"],
            id="above a line that leads in",
        ),
        pytest.param(
            f"T\n\n{LONG_TITLE}\n\n{BODY}\n\nThe mouth\n\n{BODY}\n",
            [LONG_TITLE, "The mouth"],
            id="long, set as a title",
        ),
        pytest.param(
            f"题目\n\n一、源头在哪里 [00:00-05:30]\n\n{CJK_BODY}\n\n“最后一里”的挑战\n\n{CJK_BODY}\n",
            ["一、源头在哪里 [00:00-05:30]", "“最后一里”的挑战"],
            id="Chinese, numbered, timed, quoted",
        ),
        pytest.param(
            f"T\n\n¿Qué es un río?\n\n{BODY}\n\nÜber Flüsse\n\n{BODY}\n",
            ["¿Qué es un río?", "Über Flüsse"],
            id="Spanish and German",
        ),
        pytest.param(
            f"T\n\n1. The source\n\n{BODY}\n\n2. The mouth\n\n{BODY}\n",
            ["1. The source", "2. The mouth"],
            id="numbers",
        ),
    ],
)
def test_headings_are_found_again(text: str, expected: list[str]) -> None:
    assert headings(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Lee",
        "March 3, 2024",
        "22. März 2025",
        "5 min read",
        "Q: Where does it end?",
        "But where does it end?",
        "Ann asks: “Where does it end?”",
        "x = a + b",
        "D419 C410 1E24 5B09 0D2C",
        "It rained. Nobody came",
        "In practice this means:",
        "那么它流到哪里？",
        "她说：“它流进大海。”",
        "他提到了三个原因：",
        "• Wet",
    ],
)
def test_more_lines_that_are_no_headings(line: str) -> None:
    text = f"T\n\nThe source\n\n{BODY}\n\n{line}\n\n{BODY}\n\nThe mouth\n\n{BODY}\n\n{line}\n\n{BODY}\n"
    assert headings(text) == ["The source", "The mouth"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The River\n\nIt comes at night\nwithout a sound of its own,\nand takes the bridge.\n\n"
            "It goes by day\nwith all we left on the quay,\nand leaves the bridge.\n",
            id="verse",
        ),
        pytest.param(
            "Log\n\nhi all\n\nIs anybody there?\n\nYes, me.\n\nHow high is it?\n\nTwo steps.\n\nok thanks\n",
            id="chat",
        ),
        pytest.param(
            "Shopping\n\nFlour\n\nWater\n\nSalted butter\n\nHoney from the mill\n\n" + BODY,
            id="a list above text",
        ),
        pytest.param(
            f"T\n\n{BODY}\n\n1. Embrace the flood\n\n2. Find the ford\n\n3. Thin the reeds\n\n{BODY}\n",
            id="numbered list",
        ),
        pytest.param(f"T\n\nVenue: the quay\n\nTopic: rivers\n\nRecorded at: noon\n\n{BODY}\n", id="fields"),
        pytest.param(
            f"T\n\n{BODY}\n\n“Never,” said Ann.\n\n“Why not?”\n\n“Because it rains.”\n\n{BODY}\n",
            id="dialogue",
        ),
    ],
)
def test_texts_without_headings_get_none(text: str) -> None:
    assert headings(text) == []


def test_the_first_line_above_fields_is_the_title() -> None:
    episode = read(f"On Rivers\nShow: Stream Talk\nDate: 2024-05-06\n\n{BODY}\n")
    assert (episode.title, episode.show, episode.date) == ("On Rivers", "Stream Talk", "2024-05-06")


def test_a_time_at_the_end_of_a_heading_is_when_it_begins() -> None:
    text = f"T\n\nThe source [02:30-05:00]\n\n{BODY}\n\nThe mouth [05:00-09:00]\n\n{BODY}\n"
    assert [section.start_s for section in read(text).sections] == [150, 300]


def test_headings_of_a_transcript_stand_above_turns() -> None:
    turns = "\n\n".join(
        f"Ann Lee: {BODY}\n\nBo Diaz: Yes, {part}." for part in ("one", "two", "three", "four")
    )
    text = f"On Rivers\n\nThe source\n\n{turns}\n\nThe mouth\n\nAnn Lee: It ends.\n\nWell\n\nand so on.\n"
    assert headings(text) == ["The source", "The mouth"]


def test_many_headings_right_above_each_other_are_read_in_one_go() -> None:
    # Underlined lines used to be read by recursion.
    text = "T\n\n" + "".join(f"Part {part}\n====\n" for part in range(3000)) + "The end.\n"
    assert len(read(text).sections) == 3000


def test_a_list_of_short_lines_stays_a_list_of_lines() -> None:
    text = "The Title\n\nFlour\n\nWater\n\nSalted butter\n\nHoney\n"
    assert titles(read(text)) == [""]
    assert texts(read(text)) == ["Flour", "Water", "Salted butter", "Honey"]


def test_text_all_in_capitals_has_no_headings_in_capitals() -> None:
    text = "TITLE\n\n>> WELCOME BACK\n\nTONIGHT WE TALK ABOUT RAIN\n\nAND ABOUT SNOW\n"
    assert titles(read(text)) == [""]


def test_wrapped_lines_are_joined_and_short_ones_are_not() -> None:
    text = (
        "A Letter\n\n"
        "This line was broken by a mail program at some seventy columns, as they\n"
        "all used to do, and this is where the paragraph goes on until it stops\n"
        "being one.\n\n"
        "Milk\nEggs\nA little patience\n"
    )
    paragraph = (
        "This line was broken by a mail program at some seventy columns, as they all used to do, "
        "and this is where the paragraph goes on until it stops being one."
    )
    assert texts(read(text)) == [paragraph, "Milk", "Eggs", "A little patience"]


def test_unwrapped_lines_are_paragraphs() -> None:
    long = "This paragraph is one long line, as text boxes in a browser make them. " * 2 + "It ends here."
    assert texts(read(f"Title\n\n{long}\n{long}\n{long}\n")) == [long, long, long]


def test_bullets_nest_by_indent_and_go_on_over_lines() -> None:
    text = "Title\n\n• one\n  goes on\n  – two\n  – three\n• four\n\n1. five\n2. six\n"
    found = [(block.kind.value, block.depth, block.number, block.text) for block in blocks(read(text))]
    assert found == [
        ("bullet", 1, None, "one goes on"),
        ("bullet", 2, None, "two"),
        ("bullet", 2, None, "three"),
        ("bullet", 1, None, "four"),
        ("numbered", 1, 1, "five"),
        ("numbered", 1, 2, "six"),
    ]


def test_a_line_of_signs_is_a_rule() -> None:
    assert kinds(read("Title\n\nBefore it.\n\n* * *\n\nAfter it.\n")) == ["paragraph", "rule", "paragraph"]


def test_runs_of_blanks_collapse() -> None:
    assert texts(read(f"Title\n\nleft{' ' * 100_000}right\tand more.\n")) == ["left right and more."]


TURNS = [
    (name, f"{text} {number}")
    for number in ("one", "two", "three")
    for name, text in (
        ("Ann Lee", "Welcome to part"),
        ("Bo Diaz", "Thank you for asking me number"),
        ("Ann Lee", "What brought you to it, number"),
        ("Bo Diaz", f"Train {number}: the slow"),
    )
]


def labelled(pattern: str) -> str:
    return "\n\n".join(
        pattern.format(name=name, text=text, time=f"00:{index:02d}:07")
        for index, (name, text) in enumerate(TURNS)
    )


@pytest.mark.parametrize(
    "pattern",
    [
        "{name} ({time}):\n{text}",
        "{name}: {time}\n\n{text}",
        "[{time}] - {name}: {text}",
        "{name}  {time}\n{text}",
    ],
)
def test_labels_of_a_transcript_are_taken_out_of_its_text(pattern: str) -> None:
    episode = read(labelled(pattern))
    assert texts(episode) == [text for _, text in TURNS]
    assert [block.speaker for block in blocks(episode)] == [name for name, _ in TURNS]
    assert [block.start_s for block in blocks(episode)] == [60 * index + 7 for index in range(12)]
    assert episode.people == ("Ann Lee", "Bo Diaz")


def test_turns_need_no_blank_lines_between_them() -> None:
    lines = "\n".join(f"{name}: {text}" for name, text in TURNS)
    assert texts(read(lines)) == [text for _, text in TURNS]


def test_a_speaker_goes_on_in_the_next_paragraph() -> None:
    episode = read(labelled("{name}: {text}\n\nAnd then {time}."))
    assert blocks(episode)[1].text == "And then 00:00:07."
    assert blocks(episode)[1].speaker == "Ann Lee"


def test_a_time_alone_goes_on_with_the_speaker() -> None:
    text = labelled("{name} ({time}):\n{text}") + "\n\n(00:15:00):\nStill me talking."
    last = blocks(read(text))[-1]
    assert (last.text, last.speaker, last.start_s) == ("Still me talking.", "Bo Diaz", 900)


def test_a_label_without_text_stays_as_it_is() -> None:
    assert texts(read(labelled("{name}: {text}") + "\n\nAnn Lee:"))[-1] == "Ann Lee:"


def test_lines_with_rising_times_are_timed() -> None:
    episode = read("Title\n\n0:00 Hello and welcome\n0:12 to the show\n1:05 about rivers\n")
    assert [(block.text, block.start_s) for block in blocks(episode)] == [
        ("Hello and welcome", 0),
        ("to the show", 12),
        ("about rivers", 65),
    ]


def test_summaries_with_labels_are_no_transcripts() -> None:
    text = "Title\n\nFocus: rivers.\n\nFocus: seas.\n\n" + "\n\n".join(
        "Some words about it all." for _ in range(9)
    )
    assert "Focus: rivers." in texts(read(text))


def test_a_long_transcript_is_cut_at_turns() -> None:
    turns = "\n\n".join(f"{'AB'[index % 2]}: " + "word " * 99 + f"end{index}." for index in range(60))
    episode = read(turns)
    assert titles(episode) == ["Part 1", "Part 2", "Part 3", "Part 4"]
    assert all(1500 <= section.words <= 1700 for section in episode.sections[:-1])


def test_a_timed_transcript_is_cut_by_its_clock() -> None:
    turns = "\n\n".join(f"{'AB'[n % 2]} (00:{n:02d}:00):\n" + "word " * 150 for n in range(20))
    episode = read(turns)
    assert titles(episode) == ["0:00", "5:00", "10:00", "15:00"]
    assert [section.start_s for section in episode.sections] == [0, 300, 600, 900]


def test_short_answers_in_a_transcript_are_no_headings() -> None:
    answer = "I grew up beside it, and my parents did, and theirs; there was never a time without it."
    turns = "\n\n".join(f"Ann Lee:\n\nYes\n\nBo Diaz:\n\n{answer}" for _ in range(6))
    assert titles(read(turns)) == [""]


def test_files_for_programs_are_shown_as_they_stand() -> None:
    episode = read('{\n  "colours": [\n    {"name": "One"}\n  ]\n}\n', "colours.json")
    assert episode.format == "text"
    assert texts(episode) == ['{\n  "colours": [\n    {"name": "One"}\n  ]\n}']


WORD = st.from_regex(r"[a-zA-Zäöéñ0-9]{1,9}[,.?]?", fullmatch=True)
LINE = st.lists(WORD, min_size=1, max_size=14).map(" ".join)
PAGES = (
    st.lists(st.lists(LINE, min_size=1, max_size=4).map("\n".join), min_size=1, max_size=12)
    # A first line that comes twice is the title, and shown once.
    .filter(lambda paragraphs: not "\n".join(paragraphs[1:2]).startswith(paragraphs[0]))
    .map("\n\n".join)
)


def shown_words(episode: Episode) -> list[str]:
    shown = [episode.title]
    for section in episode.sections:
        shown.append(section.title)
        shown += [
            f"{block.speaker or ''} {'' if block.number is None else block.number} {block.text}"
            for block in section.blocks
        ]
    return words(" ".join(shown))


def words(text: str) -> list[str]:
    """Its words; a number is the same with zeros before it, as in `01. Dawn`."""
    return [word.lstrip("0") or "0" for word in re.findall(r"\w+", text)]


@given(PAGES)
def test_no_word_of_a_page_is_lost(page: str) -> None:
    shown = iter(shown_words(read(page)))
    # Those of the page, in its order, and none skipped.
    missing = [word for word in words(page) if word not in shown]
    assert missing == []


@given(PAGES)
def test_a_page_read_again_from_its_blocks_has_the_same_words(page: str) -> None:
    once = read(page)
    again = read("\n\n".join([once.title, *texts(once)]))
    shown = [text for section in again.sections for text in (section.title, *texts_of(section))]
    assert words(" ".join(shown)) == words(" ".join(texts(once)))


@given(PAGES)
def test_ordinals_have_no_gaps_and_blocks_have_text(page: str) -> None:
    episode = read(page)
    assert [section.ordinal for section in episode.sections] == list(range(len(episode.sections)))
    assert all(block.text or block.kind is BlockKind.RULE for block in blocks(episode))


@given(PAGES, st.integers(min_value=0, max_value=400))
def test_the_head_of_a_page_reads_like_its_beginning(page: str, cut: int) -> None:
    opening = "Title\n\n" + "\n\n".join(f"The part {part}\n\n{BODY}" for part in range(300))
    whole = read(f"{opening}\n\n{page}")
    head = read(f"{opening}\n\n{page[:cut]}")
    assert titles(head)[:299] == titles(whole)[:299]
