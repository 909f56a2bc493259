"""Values become rows and come back; rows that anybody may have written become values that harm nobody."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.cleaning import has_unsafe
from tui.core.notebook.notebook import Notebook
from tui.core.notebook.rows import (
    Row,
    bookmark_from,
    bookmark_row,
    highlight_from,
    highlight_row,
    reading_from,
    reading_row,
    source_from,
    source_row,
)
from tui.core.notebook.schema import COLUMNS, migrate
from tui.core.notebook.store import Store
from tui.core.notebook.values import Anchor, Bookmark, Colour, Highlight, Reading, ReadingState, Source

SOURCE = Source(
    "a" * 32,
    Path("/talks/tides.md"),
    "b" * 12,
    "Tides",
    "Low Water",
    7,
    ("Ida",),
    "2024",
    None,
    "en",
    ("sea",),
)

HIGHLIGHT = Highlight("c" * 32, SOURCE, Anchor("Two hold.", "before", "after", 3, 12, 1, "Rope"), "Two hold.")

clean_texts = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), max_size=20)
names = clean_texts.map(str.strip).filter(bool)
anchors = st.builds(Anchor, *[clean_texts] * 3, *[st.integers(0, 10**9)] * 3, clean_texts.map(str.strip))
values = st.none() | st.integers(-(2**60), 2**60) | st.floats() | st.text(max_size=9) | st.binary(max_size=9)


@given(
    st.builds(
        Highlight,
        id=st.just("c" * 32),
        source=st.just(SOURCE),
        anchor=anchors,
        text=clean_texts,
        colour=st.sampled_from(Colour),
        note=clean_texts,
        tags=st.lists(names, unique=True).map(tuple),
        is_favourite=st.booleans(),
        speaker=st.none() | names,
        start_s=st.none() | st.floats(0, 1e6),
        order=st.integers(1, 10**6),
        extra=st.dictionaries(names, st.none() | names | st.lists(st.integers(0, 9))),
    )
)
def test_a_highlight_comes_back_as_it_was(highlight: Highlight) -> None:
    assert highlight_from(highlight_row(highlight), SOURCE) == highlight


@given(st.builds(Bookmark, st.just("d" * 32), st.just(SOURCE), anchors, st.sampled_from(["", "a", "Z"])))
def test_a_bookmark_comes_back_as_it_was(bookmark: Bookmark) -> None:
    assert bookmark_from((1, *bookmark_row(bookmark)), SOURCE) == bookmark


@given(
    st.builds(
        Reading,
        st.just(SOURCE),
        st.sampled_from(ReadingState),
        st.none() | anchors,
        st.floats(0, 1),
        st.frozensets(st.integers(0, 500)),
        st.just("2026-01-02T03:04:05Z"),
    )
)
def test_how_far_a_reader_is_comes_back_as_it_was(reading: Reading) -> None:
    assert reading_from((1, *reading_row(reading), 5), SOURCE) == reading


@given(st.binary(min_size=1, max_size=30).filter(lambda name: b"\0" not in name))
def test_a_path_comes_back_whatever_its_bytes_are(name: bytes) -> None:
    source = replace(SOURCE, path=Path("/talks") / name.decode("utf-8", "surrogateescape"))

    assert source_from((1, *source_row(source), 0)) == source


READERS: dict[str, Callable[[Row], object]] = {
    "sources": lambda row: source_from(row),
    "highlights": lambda row: highlight_from(row, SOURCE),
    "bookmarks": lambda row: bookmark_from(row, SOURCE),
    "readings": lambda row: reading_from(row, SOURCE),
}


@pytest.mark.parametrize("table", READERS)
@given(st.data())
def test_a_row_of_anything_is_read(table: str, data: st.DataObject) -> None:
    row = tuple(data.draw(values) for _ in COLUMNS[table])

    READERS[table](row)


EVIL = "\x1b]52;c;QQ==\x07 \u202etxt.exe \x9b31m\x00"


@pytest.fixture(name="store")
def _store() -> Iterator[Store]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        yield Store(connection)


def texts_of(value: Any) -> Iterator[str]:
    """Yield all texts of a value, its path left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts_of(part)
    elif isinstance(value, Source | Highlight | Anchor):
        for name in value.__slots__:
            if name != "path":
                yield from texts_of(getattr(value, name))
    elif hasattr(value, "items"):
        yield from texts_of([part for pair in value.items() for part in pair])


def test_what_acts_on_terminals_is_cleaned_as_it_is_read(store: Store) -> None:
    evil_json = json.dumps([EVIL])
    store.put(None, replace(HIGHLIGHT, source=store.settle(SOURCE), tags=("sea",)))
    for table, columns in (
        ("sources", ("title", "show", "date", "url", "language", "content")),
        ("highlights", ("exact", "prefix", "heading", "text", "note", "speaker", "created", "colour")),
    ):
        for column in columns:
            store.ask(f"UPDATE {table} SET {column} = ?", [EVIL])
    store.ask("UPDATE sources SET people = ?, tags = ?", [evil_json, evil_json])
    store.ask("UPDATE highlights SET tags = ?, extra = ?", [evil_json, json.dumps({EVIL: [EVIL]})])

    (found,) = store.highlights()

    texts = list(texts_of(found))
    assert len(texts) > 15
    assert [text for text in texts if has_unsafe(text)] == []
    assert "␛]52" in found.note
    assert found.colour is Colour.AMBER


def test_bytes_that_are_no_text_are_read(store: Store) -> None:
    store.put(None, replace(HIGHLIGHT, source=store.settle(SOURCE)))
    store.ask("UPDATE highlights SET note = CAST(x'61ff62' AS TEXT)")

    assert [one.note for one in store.highlights()] == ["a\ufffdb"]


def test_a_colour_of_a_newer_program_is_left_alone(store: Store) -> None:
    store.put(None, replace(HIGHLIGHT, source=store.settle(SOURCE)))
    store.ask("UPDATE highlights SET colour = 'violet'")
    (found,) = store.highlights()

    store.put(found, replace(found, note="Why?"))

    assert store.ask("SELECT colour, note FROM highlights") == [("violet", "Why?")]


def test_a_highlight_without_its_source_is_read(store: Store) -> None:
    store.put(None, replace(HIGHLIGHT, source=store.settle(SOURCE)))
    store.ask("PRAGMA foreign_keys = OFF")
    store.ask("DELETE FROM sources")

    assert [one.text for one in Store(store.connection).highlights()] == ["Two hold."]


def test_a_notebook_of_evil_rows_is_read(tmp_path: Path) -> None:
    file = tmp_path / "notebook.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        migrate(connection)
        store = Store(connection)
        store.put(None, replace(HIGHLIGHT, source=store.settle(SOURCE)))
        store.ask("UPDATE highlights SET tags = '{\"a\": [1', extra = '[[[[', start_s = 'soon'")
        store.ask("UPDATE highlights SET is_favourite = 'yes'")
        store.ask("UPDATE sources SET path = x'ff00fe', people = 7, episode = 'seven'")

    window = Notebook(file)

    assert [(one.tags, one.start_s, one.is_favourite) for one in window.highlights()] == [((), None, False)]
    assert sum(window.highlighted().values()) == 1
    assert window.last_read() is None
    assert window.problem == ""
