"""The rows that are left in a damaged file, page by page."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tui.core.notebook.pages import Image, image_of, records, varint

ROWS = [
    (1, "short", 7, 0.5, None, b"\x00\xff"),
    (2, "x" * 300, -1, -2.25, "", b""),
    (3, "long " * 9_000, 2**40, 1e300, "é 繩", b"z" * 5_000),
    (2**40, "far", -(2**50), 0.0, "\n", None),
]


def filled(file: Path, page_bytes: int, *, rows: int) -> list[tuple[object, ...]]:
    """Write rows into a database, and return them."""
    more = [(number, f"row {number}", number, 0.25, None, b"") for number in range(10, rows)]
    made: list[tuple[object, ...]] = [*ROWS, *more]
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA page_size = {page_bytes}")
        connection.execute(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER, c REAL, d TEXT, e BLOB)"
        )
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", made)
        connection.commit()
    return made


def rows_in(image: Image) -> set[tuple[object, ...]]:
    return {(number, *values[1:]) for number, values in records(image) if len(values) == 6}


@pytest.mark.parametrize("page_bytes", [512, 4096, 65536])
def test_every_row_is_found(tmp_path: Path, page_bytes: int) -> None:
    file = tmp_path / "t.db"
    made = filled(file, page_bytes, rows=2_000)

    image = image_of(file.read_bytes())

    assert image.page_bytes == page_bytes
    assert rows_in(image) == set(made)


def test_a_header_is_not_needed(tmp_path: Path) -> None:
    file = tmp_path / "t.db"
    made = filled(file, 4096, rows=500)

    assert rows_in(image_of(bytes(100) + file.read_bytes()[100:])) == set(made)


def test_what_was_written_last_is_found_beside_the_file(tmp_path: Path) -> None:
    file = tmp_path / "t.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c, d, e)")
        connection.execute("INSERT INTO t VALUES (1, 'old', 1, 1.0, 1, 1)")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("UPDATE t SET a = 'new'")
        data, wal = file.read_bytes(), file.with_name("t.db-wal").read_bytes()

    assert {row[1] for row in rows_in(image_of(data))} == {"old"}
    assert {row[1] for row in rows_in(image_of(data, wal))} == {"new"}
    assert {row[1] for row in rows_in(image_of(data, wal[:50]))} == {"old"}


@pytest.mark.parametrize("seed", range(20))
def test_nothing_in_a_file_is_an_error(tmp_path: Path, seed: int) -> None:
    file = tmp_path / "t.db"
    made = set(filled(file, 1024, rows=300))
    data, generator = bytearray(file.read_bytes()), random.Random(seed)
    for _ in range(seed * 20):
        data[generator.randrange(len(data))] = generator.randrange(256)
    del data[generator.randrange(len(data)) + 1 :]

    found = rows_in(image_of(bytes(data), generator.randbytes(3_000)))

    assert found <= made or seed


@pytest.mark.parametrize(
    ("data", "value", "end"),
    [(b"\x07", 7, 1), (b"\x81\x00", 128, 2), (b"\xff" * 9, 2**64 - 1, 9), (b"\x80\x80\x01z", 1, 3)],
)
def test_numbers_of_variable_length(data: bytes, value: int, end: int) -> None:
    assert varint(data, 0) == (value, end)


def test_rubbish_holds_nothing() -> None:
    assert list(records(image_of(b""))) == []
    assert list(records(image_of(bytes(50_000)))) == []
