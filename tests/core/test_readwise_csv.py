import csv
import re
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core.episode import Block, BlockKind, Episode, Section
from tui.core.formats import readwise_csv
from tui.core.formats.csv_tables import table_of
from tui.core.formats.draft import Source
from tui.core.formats.table import split
from tui.core.reading import episode_from_bytes, read_all

HEADER = (
    "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,"
    "Document tags\n"
)
MUD = (
    '"Mud keeps, it seems,\nwhat the sea ""forgets"".",The Mud,Ida Brandt,B01,my note,yellow,'
    '".favorite, Deep Work",page,12,2020-10-05 10:15:30+00:00,"shore, slow"\n'
)
CHAPTER = "Chapter two,The Mud,Ida Brandt,B01,.h2,,,page,20,2020-10-05 10:15:30+00:00,\n"
SECOND = "A second thought,The Mud,Ida Brandt,B01,,blue,,location,1204,2020-10-05 10:15:30+00:00,\n"
SNIP = (
    '"Tides turn\nSummary:\nThey do.\nTranscript:\nSpeaker 1\nYes they do.",Low Water 7,Low Water Daily,,,,,'
    "time_offset,1449,2021-10-05 10:15:30+00:00,\n"
)
IMPORTED = (
    "Highlight,Title,Author,URL,Note,Location,Date\n"
    '"A thought, with a comma",The Mud,Ida Brandt,https://mud.example,a note .slow,145,2026-01-02 03:04:05\n'
)
LIBRARY = (
    "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
    "Mud,https://mud.example/a,01g,\"['one', 'two']\",2022-11-06 04:33:50+00:00,0.25,new,True\n"
    "Sea,https://mud.example/b,01h,[],2022-11-06 04:33:50+00:00,0,feed,True\n"
)


def read(text: str, name: str = "export.csv") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


def section(episode: Episode, title: str) -> Section:
    return next(one for one in episode.sections if one.title == title)


def blocks(episode: Episode) -> list[Block]:
    return [block for one in episode.sections for block in one.blocks]


def test_each_book_of_an_export_is_an_episode(tmp_path: Path) -> None:
    path = tmp_path / "readwise-data.csv"
    path.write_text(f"\ufeff{HEADER}{MUD}{SNIP}{SECOND}", encoding="utf-8", newline="\r\n")
    books = list(read_all(path))
    assert [(book.format, book.title) for book in books] == [
        *(("readwise-csv", "The Mud"), ("readwise-csv", "Low Water 7"))
    ]
    assert [one.title for one in books[0].sections[1:]] == ["⭐ Page 12", "Location 1204"]


def test_a_book_has_its_author_and_tags() -> None:
    book = read(HEADER + MUD)
    assert (book.title, book.people, book.tags) == ("The Mud", ("Ida Brandt",), ("shore", "slow"))
    assert book.show is None


def test_a_highlight_has_its_note_tags_colour_and_date() -> None:
    marked = section(read(HEADER + MUD), "⭐ Page 12").blocks
    assert [(block.kind.value, block.text) for block in marked] == [
        ("quote", "Mud keeps, it seems,"),
        ("quote", 'what the sea "forgets".'),
        ("paragraph", "my note"),
        ("paragraph", "Tags: favorite, Deep Work"),
        ("paragraph", "yellow · 2020-10-05 10:15:30+00:00"),
    ]


def test_a_highlight_that_is_a_heading_opens_a_chapter() -> None:
    book = read(HEADER + MUD + CHAPTER + SECOND)
    assert [(one.level, one.title) for one in book.sections[1:]] == [
        *((1, "⭐ Page 12"), (2, "Chapter two"), (3, "Location 1204"))
    ]


def test_a_highlight_of_an_episode_has_its_time_and_transcript() -> None:
    episode = read(HEADER + SNIP)
    assert (episode.show, episode.people) == ("Low Water Daily", ())
    snip = section(episode, "Tides turn")
    assert snip.start_s == 1449
    assert [(block.fold, block.speaker, block.text) for block in snip.blocks[:3]] == [
        (None, None, "Summary:"),
        (None, None, "They do."),
        ("transcript", "Speaker 1", "Yes they do."),
    ]


def test_what_readwise_imports_is_read_too() -> None:
    episode = read(IMPORTED)
    assert (episode.title, episode.url) == ("The Mud", "https://mud.example")
    assert section(episode, "Location 145").text.startswith("A thought, with a comma\n\na note .slow")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_are_read(delimiter: str) -> None:
    rows = list(csv.reader(StringIO(HEADER + MUD)))
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    assert read(text.getvalue()).sections == read(HEADER + MUD).sections


def test_a_table_with_highlights_only_is_read() -> None:
    episode = read("Highlight,Note\nA thought,mine\n")
    assert (episode.format, episode.sections[0].title) == ("readwise-csv", "A thought")


def test_a_library_is_shown_as_its_lists() -> None:
    episode = read(LIBRARY, "reader-library.csv")
    assert (episode.format, episode.title) == ("readwise-csv", "Reader library")
    assert [(one.title, one.text) for one in episode.sections] == [
        ("New", "Mud · one, two · 2022-11-06 · 25 % read"),
        ("Feed", "Sea · 2022-11-06"),
    ]
    assert episode.sections[0].blocks[0].spans[0].target == "https://mud.example/a"
    assert "holds no text" in episode.notices[0]


def test_columns_nobody_knows_are_kept() -> None:
    text = HEADER.strip() + ",Mood,Mood\n" + MUD.strip() + ",calm,happy,more\n"
    shown = [block.text for block in blocks(read(text))]
    assert {"mood: calm", "mood 2: happy", "more"} <= set(shown)


@pytest.mark.parametrize(
    "text", ["Title,Year\nMud,2020\n", "The highlight of the day was mud.\n\nMore.\n", "highlight\n"]
)
def test_other_tables_and_texts_are_not_taken_for_readwises(text: str) -> None:
    assert not readwise_csv.fits(Source(text, "x.csv"))


def test_a_quotation_mark_too_many_loses_nothing() -> None:
    words = [f"word{number}" for number in range(30_000)]
    broken = 'x,The Mud,Ida Brandt,,,,,,,,\n"' + "\n".join(words)
    book = read(HEADER + MUD + broken)
    shown = " ".join(block.text for block in blocks(book))
    assert section(book, "⭐ Page 12")
    assert all(word in shown for word in (words[0], words[15_000], words[-1]))


def test_splitting_loses_no_row() -> None:
    parts = split(Source(HEADER + MUD + SNIP + SECOND + CHAPTER, "x.csv"))
    assert sum(len(table_of(part.text).rows) for part in parts) == 4


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30) | st.sampled_from(
    ['"', '""', "a\nb", ".h1", "page", "12", "time_offset", "=1+1", "Summary:", "a\nTranscript:\nB\nc"]
)


@given(st.lists(st.lists(CELL, min_size=11, max_size=12), max_size=6))
def test_no_word_of_a_highlight_or_note_is_lost(rows: list[list[str]]) -> None:
    text = StringIO()
    csv.writer(text).writerows(rows)
    source = HEADER + text.getvalue()
    cells = [cell.replace("Transcript", "") for row in rows for cell in (row[0], row[4])]
    words = [word for cell in cells for word in re.findall(r"[a-z]{3,}", cell)]
    parts = split(Source(source, "x.csv"))
    shown = "".join(
        f"{one.title} {block.speaker} {block.text}"
        for part in parts
        for one in [*read(part.text).sections]
        for block in [Block(BlockKind.PARAGRAPH, ""), *one.blocks]
    )
    assert [word for word in words if word not in shown] == []


@given(st.text(max_size=300))
def test_any_text_below_a_header_is_read(text: str) -> None:
    assert read(HEADER + text).sections


@pytest.mark.parametrize("pattern", ['"', ",", "\n", '"a\n', "a,b\n", '""","', ";\t"])
def test_hostile_tables_cost_no_more_than_their_length(pattern: str) -> None:
    once, thrice = (calls(partial(read, HEADER + MUD + pattern * count)) for count in (500, 1500))
    assert thrice < 3.6 * once
