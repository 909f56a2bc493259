from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core.episode import BlockKind, Episode
from tui.core.formats import kindle_clippings
from tui.core.formats.draft import Source
from tui.core.formats.kindle_words import authors_of, is_note, places_of, title_and_author
from tui.core.formats.table import split
from tui.core.reading import episode_from_bytes, read_all

BOOK = "The Mud (Second Edition) (Brandt, Ida)"
ADDED = "Added on Friday, November 11, 2016 7:49:33 PM"


def entry(about: str, text: str, book: str = BOOK) -> str:
    return f"{book}\n- {about}\n\n{text}\n==========\n"


HIGHLIGHT = entry(
    f"Your Highlight on page 12 | Location 145-147 | {ADDED}", "Mud keeps what the sea forgets."
)
NOTE = entry(f"Your Note on page 12 | Location 147 | {ADDED}", "So true.")
BOOKMARK = entry(f"Your Bookmark on page 90 | Location 900 | {ADDED}", "")


def read(text: str, name: str = "My Clippings.txt") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


def shown(episode: Episode) -> list[tuple[str, str | None, str]]:
    return [(one.title, block.fold, block.text) for one in episode.sections for block in one.blocks]


def test_a_file_of_a_device_is_split_into_its_books(tmp_path: Path) -> None:
    path = tmp_path / "My Clippings.txt"
    other = entry(
        "Ihre Markierung auf Seite 7 | bei Position 96-96 | Hinzugefügt am 8. Mai 2020", "Watt.", "Ebbe"
    )
    path.write_bytes(f"\ufeff{HIGHLIGHT}{other}\ufeff{NOTE}".replace("\n", "\r\n").encode())
    books = list(read_all(path))
    assert [(book.format, book.title, book.people) for book in books] == [
        ("kindle-clippings", "The Mud (Second Edition)", ("Ida Brandt",)),
        ("kindle-clippings", "Ebbe", ()),
    ]
    assert [one.title for one in books[1].sections] == ["Seite 7 · Position 96-96"]


def test_a_highlight_is_a_quotation_named_by_its_place() -> None:
    episode = read(HIGHLIGHT)
    assert shown(episode) == [
        ("Page 12 · Location 145-147", None, "Mud keeps what the sea forgets."),
        ("Page 12 · Location 145-147", None, ADDED),
    ]
    assert episode.sections[0].blocks[0].kind is BlockKind.QUOTE


def test_a_note_joins_the_highlight_it_stands_on() -> None:
    assert shown(read(HIGHLIGHT + NOTE))[1] == ("Page 12 · Location 145-147", None, "So true.")


def test_a_note_without_a_highlight_stands_alone() -> None:
    assert shown(read(NOTE))[0] == ("Page 12 · Location 147", None, "So true.")


def test_bookmarks_are_kept_folded_at_the_end() -> None:
    assert shown(read(BOOKMARK + HIGHLIGHT))[-1] == (
        *("Bookmarks", "bookmarks", f"Page 90 · Location 900 · {ADDED}"),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Mud keeps", "Mud keeps what the sea forgets."),
        ("Well: mud keeps what the sea forgets. Ha.", "mud keeps what the sea forgets."),
    ],
)
def test_a_changed_highlight_shows_its_last_form_and_folds_the_earlier(before: str, after: str) -> None:
    first = entry(f"Your Highlight on Location 145-146 | {ADDED}", before)
    second = entry(f"Your Highlight on Location 145-147 | {ADDED}", after)
    assert shown(read(first + second)) == [
        ("Location 145-147", None, after),
        ("Location 145-147", None, ADDED),
        ("Location 145-147", "earlier version", before),
    ]


def test_other_words_at_the_same_place_are_another_highlight() -> None:
    other = entry(f"Your Highlight on page 12 | Location 146-148 | {ADDED}", "The tide is a clerk.")
    assert len(read(HIGHLIGHT + other).sections) == 2


def test_an_entry_that_stands_twice_is_shown_once() -> None:
    episode = read(HIGHLIGHT + HIGHLIGHT)
    assert len(episode.sections) == 1
    assert episode.notices == ("1 clipping stands in the file twice and shown once",)


def test_a_line_of_equal_signs_within_a_highlight_is_its_text() -> None:
    text = HIGHLIGHT.replace("forgets.", "forgets.\n==========\nand more")
    assert [text for _, _, text in shown(read(text))][:3] == [
        *("Mud keeps what the sea forgets.", "==========", "and more")
    ]


@pytest.mark.parametrize(
    ("line", "title", "author"),
    [
        ("The Mud (Ida Brandt)", "The Mud", "Ida Brandt"),
        ("The Mud (2nd) (Brandt, Ida)", "The Mud (2nd)", "Brandt, Ida"),
        ("泥 (重现经典) (（安·兰德）)", "泥 (重现经典)", "安·兰德"),
        ("铁道之旅 ((德)沃尔夫冈)", "铁道之旅", "德)沃尔夫冈"),
        ("规模（杰弗里）", "规模", "杰弗里"),
        ("The Mud (null)", "The Mud", ""),
        ("The Mud", "The Mud", ""),
        ("(Ida Brandt)", "(Ida Brandt)", ""),
        ("The Mud)", "The Mud)", ""),
        ("", "", ""),
    ],
)
def test_the_author_stands_in_the_last_brackets(line: str, title: str, author: str) -> None:
    assert title_and_author(line) == (title, author)


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Brandt, Ida", ("Ida Brandt",)),
        ("Brandt, Ida;Marsh, Olu", ("Ida Brandt", "Olu Marsh")),
        ("Ida Brandt, Olu Marsh, and Per Quist", ("Ida Brandt", "Olu Marsh", "Per Quist")),
        ("", ()),
    ],
)
def test_authors_are_named_as_they_are_called(author: str, names: tuple[str, ...]) -> None:
    assert authors_of(author) == names


@pytest.mark.parametrize(
    ("about", "place", "date"),
    [
        (f"Your Highlight on Location 528-530 | {ADDED}", "Location 528-530", ADDED),
        (f"Your Highlight on page 5-5 | {ADDED}", "Page 5-5", ADDED),
        (f"Your Highlight on page xii | Location 12-14 | {ADDED}", "Page xii · Location 12-14", ADDED),
        ("Highlight Loc. 345-47 | Added on Friday", "Loc. 345-47", "Added on Friday"),
        (
            "La subrayado en la página 6 | posición 36-40 | Añadido el lunes, 30 de mayo de 2019 18:00:39",
            "Página 6 · Posición 36-40",
            "Añadido el lunes, 30 de mayo de 2019 18:00:39",
        ),
        ("您在位置 #42-43的标注 | 添加于 2024年4月1日", "您在位置 #42-43的标注", "添加于 2024年4月1日"),
        (
            "位置No. 300-301のハイライト |作成日: 2024年3月4日",
            "位置No. 300-301のハイライト",
            "作成日: 2024年3月4日",
        ),
    ],
)
def test_the_second_line_tells_place_and_date_in_any_language(about: str, place: str, date: str) -> None:
    assert places_of(about) == (place, date)


@pytest.mark.parametrize(
    "about",
    [
        *(
            "Your Note on Location 68",
            "Ihre Notiz auf Seite 7",
            "La nota en la página 1",
            "Votre note sur la page 5",
        ),
        *(
            "La tua nota alla posizione 3",
            "您在位置 220 的笔记",
            "位置No. 300のメモ",
            "Ваша заметка на странице 5",
        ),
    ],
)
def test_notes_are_known_in_many_languages(about: str) -> None:
    assert is_note(f"{about} | 2024")


@pytest.mark.parametrize(
    "text",
    [
        "==========\nA title\n==========\n\nWords.\n",
        "Words.\n==========\n- 12 things\n",
        f"A title\n- 1\n{'=' * 11}\n",
    ],
)
def test_other_texts_are_not_taken_for_clippings(text: str) -> None:
    assert not kindle_clippings.fits(Source(text, "x.txt"))


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z"]), max_size=30)
ENTRY = st.builds(
    entry,
    st.builds(
        "{} on page {} | Location {}-{} | Added".format,
        st.sampled_from(["Your Highlight", "Your Note", "Your Bookmark", "Ihre Markierung"]),
        *[st.integers(0, 99)] * 3,
    ),
    TEXT | st.just("==========") | st.just("a\n==========\nb"),
    st.sampled_from([BOOK, "Ebbe (Marsh, Olu)", "Watt"]),
)


@given(st.lists(ENTRY, max_size=10), st.text(max_size=40))
def test_no_text_is_lost(made: list[str], rest: str) -> None:
    source = Source(HIGHLIGHT + "".join(made) + rest.replace("\r", ""), "My Clippings.txt")
    said = [one.text for one in kindle_clippings.entries(source.text)]
    parts = split(source)
    episodes = [read(part.text) for part in parts]
    known = "\n".join(text for episode in episodes for _, _, text in shown(episode))
    for text in said:
        assert all(" ".join(line.split()) in known for line in text.split("\n") if line.isprintable())


@pytest.mark.parametrize(
    "pattern", [HIGHLIGHT, NOTE, "==========\n", "a\n- 1\n==========\n", "(", "- 1\n", BOOKMARK]
)
def test_hostile_clippings_cost_no_more_than_their_length(pattern: str) -> None:
    once, thrice = (
        calls(partial(split, Source(HIGHLIGHT + pattern * count, "x.txt"))) for count in (100, 300)
    )
    assert thrice < 3.6 * once
    once, thrice = (calls(partial(read, HIGHLIGHT + pattern * count)) for count in (100, 300))
    assert thrice < 3.6 * once
