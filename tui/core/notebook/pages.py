"""Reading the rows that are left in a damaged database, page by page, whatever is wrong with the rest of it.

After “Database File Format” (sqlite.org/fileformat2.html): rows stand in the leaf pages of a table's tree,
which are told by their first byte. Here the trees, the schema and the header are not needed: each leaf is
taken by itself, and whose rows it has is told by the rows.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Value = int | float | str | bytes | None
Record = tuple[int, tuple[Value, ...]]
"""A row's number and its columns."""

Pages = Mapping[int, bytes]
"""By their numbers, from 1."""

HEADER_BYTES = 100
LEAF = 0x0D
LEAF_HEADER_BYTES = 8
COMMON_PAGE_BYTES = 4096

WAL_HEADER_BYTES, FRAME_HEADER_BYTES = 32, 24

LARGEST_PAYLOAD = 64 * 1024 * 1024
"""In bytes; a row that says it is longer is damaged."""

INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""How long the whole numbers of each serial type are."""

REAL, ZERO, ONE, FIRST_BLOB = 7, 8, 9, 12


@dataclass(frozen=True, slots=True)
class Image:
    """The pages of a database."""

    pages: Pages
    page_bytes: int


def image_of(data: bytes, wal: bytes = b"") -> Image:
    """Return the pages of a database file, with those that were written last from the file beside it."""
    size = page_size(data)
    pages = {
        number: data[start : start + size] for number, start in enumerate(range(0, len(data), size), start=1)
    }
    pages.update(frames(wal, size))
    return Image(pages, size)


def page_size(data: bytes) -> int:
    """Return how many bytes a page has; where the header is damaged, what nearly every database has."""
    found = int.from_bytes(data[16:18], "big")
    found = 65536 if found == 1 else found
    return found if found >= 512 and found & (found - 1) == 0 else COMMON_PAGE_BYTES


def frames(wal: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    """Yield the numbers and pages that a write-ahead log holds, those of the last time it was begun."""
    salts = wal[16:24]
    for start in range(WAL_HEADER_BYTES, len(wal) - size, FRAME_HEADER_BYTES + size):
        if wal[start + 8 : start + 16] != salts:
            return
        page = start + FRAME_HEADER_BYTES
        yield int.from_bytes(wal[start : start + 4], "big"), wal[page : page + size]


def records(image: Image) -> Iterator[Record]:
    """Yield all rows of all tables that can be read."""
    for number, page in image.pages.items():
        begin = HEADER_BYTES if number == 1 else 0
        if len(page) == image.page_bytes and page[begin] == LEAF:
            yield from records_of(page, begin, image)


def records_of(page: bytes, begin: int, image: Image) -> Iterator[Record]:
    """Yield the rows of a leaf page, those left out that can't be read."""
    count = int.from_bytes(page[begin + 3 : begin + 5], "big")
    pointers = page[begin + LEAF_HEADER_BYTES : begin + LEAF_HEADER_BYTES + 2 * count]
    for index in range(0, len(pointers) - 1, 2):
        try:
            yield record_at(page, int.from_bytes(pointers[index : index + 2], "big"), image)
        except (IndexError, KeyError, ValueError, struct.error):
            continue


def record_at(page: bytes, at: int, image: Image) -> Record:
    """Return the row in one cell of a leaf page.

    Raises:
        IndexError, KeyError, ValueError, struct.error: It is damaged.
    """
    size, at = varint(page, at)
    number, at = varint(page, at)
    if not 0 < size <= LARGEST_PAYLOAD:
        raise ValueError
    local = local_bytes(size, image.page_bytes)
    payload = page[at : at + local]
    if local < size:
        (following,) = struct.unpack_from(">I", page, at + local)
        payload += overflow(following, size - local, image)
    if len(payload) < size:
        raise ValueError
    return number, columns_of(payload)


def local_bytes(size: int, page_bytes: int) -> int:
    """Return how many bytes of a row stand in the leaf itself."""
    most = page_bytes - 35
    if size <= most:
        return size
    least = (page_bytes - 12) * 32 // 255 - 23
    wanted = least + (size - least) % (page_bytes - 4)
    return wanted if wanted <= most else least


def overflow(number: int, size: int, image: Image) -> bytes:
    """Return so many bytes of what a long row has on pages of its own.

    Raises:
        KeyError: There is no such page.
        ValueError: The pages lead in a circle.
    """
    parts: list[bytes] = []
    seen: set[int] = set()
    while size > 0:
        if number in seen:
            raise ValueError
        seen.add(number)
        page = image.pages[number]
        parts.append(page[4 : 4 + size])
        size -= len(page) - 4
        number = int.from_bytes(page[:4], "big")
    return b"".join(parts)


def columns_of(payload: bytes) -> tuple[Value, ...]:
    """Return the columns of a row.

    Raises:
        IndexError, ValueError, struct.error: It is damaged.
    """
    header, at = varint(payload, 0)
    types: list[int] = []
    while at < header:
        kind, at = varint(payload, at)
        types.append(kind)
    values: list[Value] = []
    for kind in types:
        value, at = column(payload, at, kind)
        values.append(value)
    return tuple(values)


def column(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    """Return one column of a serial type, and where the next begins."""
    if kind in INTEGER_BYTES:
        end = at + INTEGER_BYTES[kind]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if kind == REAL:
        return struct.unpack_from(">d", payload, at)[0], at + 8
    if kind < FIRST_BLOB:
        return {ZERO: 0, ONE: 1}.get(kind), at
    end = at + (kind - FIRST_BLOB) // 2
    if end > len(payload):
        raise ValueError
    data = payload[at:end]
    return (data.decode("utf-8", "replace") if kind % 2 else data), end


def varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of variable length, and where what follows it begins.

    Raises:
        IndexError: The data end before it does.
    """
    value = 0
    for _ in range(8):
        byte = data[at]
        at += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at
    return value << 8 | data[at], at + 1
