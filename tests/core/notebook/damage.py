"""What can happen to a database file."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

PAGE = 4096

Change = Callable[[bytes], bytes]


def flip_bits(data: bytearray, count: int, seed: int = 7) -> bytes:
    """Return bytes with some bits flipped, none in the first page."""
    generator = random.Random(seed)
    for _ in range(count):
        data[generator.randrange(PAGE, len(data))] ^= 1 << generator.randrange(8)
    return bytes(data)


def without_page(data: bytes, page: int) -> bytes:
    """Return bytes with one page zeroed."""
    return data[: page * PAGE] + bytes(PAGE) + data[(page + 1) * PAGE :]


def header_byte(data: bytes, at: int) -> bytes:
    """Return bytes with one byte of the header turned over."""
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def header_flip(at: int) -> Change:
    """Return what turns over one byte of the header."""
    return lambda data: header_byte(data, at)


def page_gone(page: int) -> Change:
    """Return what zeroes a page."""
    return lambda data: without_page(data, page)


BYTES: dict[str, Change] = {
    "no database": lambda _data: b"this is no database\n" * 400,
    "empty": lambda _data: b"",
    "zeros": lambda data: bytes(len(data)),
    "header gone": lambda data: bytes(100) + data[100:],
    "first page gone": lambda data: without_page(data, 0),
    "cut to half": lambda data: data[: len(data) // 2],
    "cut to a page": lambda data: data[:PAGE],
    "bits flipped": lambda data: flip_bits(bytearray(data), 60),
    **{f"header byte {at}": header_flip(at) for at in (0, 15, 16, 18, 19, 20, 28, 47, 60)},
    **{f"page {page} gone": page_gone(page) for page in (1, 2, 3, 4, 6, 9)},
    "pages moved": lambda data: data[:PAGE] + data[-PAGE:] + data[2 * PAGE :],
}
"""Ways to write the file anew."""

STATEMENTS = {
    "a table gone": "PRAGMA foreign_keys = OFF; DROP TABLE bookmarks",
    "highlights gone": "DROP TABLE highlights",
    "a column gone": "ALTER TABLE highlights RENAME COLUMN note TO remark",
    "another program's": (
        "DROP TABLE readings; DROP TABLE bookmarks; DROP TABLE highlights; DROP TABLE sources;"
        " CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES ('Low tide'); PRAGMA user_version = 0"
    ),
}
"""Ways to change what is in it."""

KINDS = (*BYTES, *STATEMENTS, "a folder in its place", "foreign companions")


def harm(file: Path, kind: str) -> None:
    """Do something to a notebook that is closed."""
    if kind in BYTES:
        file.write_bytes(BYTES[kind](file.read_bytes()))
    elif kind in STATEMENTS:
        with closing(sqlite3.connect(file)) as connection:
            connection.executescript(STATEMENTS[kind])
    elif kind == "a folder in its place":
        file.unlink()
        file.mkdir()
        (file / "letter.txt").write_text("Dear reader", encoding="utf-8")
    else:
        assert kind == "foreign companions"
        for ending in ("-wal", "-journal"):
            file.with_name(file.name + ending).write_bytes(random.Random(5).randbytes(20_000))


def copy_of(file: Path, folder: Path) -> Path:
    """Return a copy of a closed notebook in a folder of its own."""
    folder.mkdir()
    return Path(shutil.copy(file, folder / file.name))
