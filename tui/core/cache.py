"""Parsed episodes, kept so that opening a file again needs neither the parsers nor their time.

The cache is ours and disposable: one file for each episode in a folder of its own. Whatever is wrong with
an entry, or with the folder, means "not in the cache" and never an error; reading goes on without it.

An entry is a heading, a checksum with a length, and the episode as nested tuples written by ``marshal``.
The heading holds everything that has to be the same for the entry to be true: the versions of pullquote,
Python and the format, the file's path and its stamp. It is not taken apart but compared with the heading
that would be written now.

Why marshal: it is built into the interpreter, so loading it costs nothing, and it is the fastest reader of
tuples and strings that Python has. Unlike with pickle, nothing in the data can run: it only describes values.
It isn't proof against forged data, so only entries that belong to the reader are loaded, and only when their
checksum fits. What fits was written by this version of this module from values that were clean and in range;
therefore the fields are not checked again one by one.
"""

import gc
import marshal
import os
import stat
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from tui import __version__
from tui.core.episode import Block, BlockKind, Episode, Section, Span, SpanKind
from tui.paths import cache_folder, file_of

FORMAT = 4
"""Goes up when an entry is laid out differently."""

ENTRY_SUFFIX = ".episode"
UNFINISHED_SUFFIX = ".part"

LARGEST_ENTRY = 64 * 1024 * 1024
"""In bytes; a larger one is neither written nor read."""

MOST_BYTES = 100 * 1000 * 1000
"""How many bytes all entries may have together after ``prune``."""

SETTLED_NS = 2_000_000_000
"""How long a file has to be unchanged, in nanoseconds, before its time tells the next change apart: the
coarsest clock of a file system in use, that of FAT, ticks every 2 seconds."""

ABANDONED_NS = 3_600_000_000_000
"""After how long, in nanoseconds, an unfinished entry is nobody's any more."""

CHECKSUM_BYTES = 4
LENGTH_BYTES = 8

STANDARD_INPUT = "-"
"""The path of an episode that was not read from a file."""

BLOCK_KINDS = {kind.value: kind for kind in BlockKind}
SPAN_KINDS = {kind.value: kind for kind in SpanKind}
"""By value: a look-up here is several times faster than asking the enumeration."""

Stamp = tuple[int, int, int, int, int]
"""What tells that a file is still the one that was read: its size in bytes, when its content was changed and
when anything about it was (both in nanoseconds since 1970; only the first can be set back), inode, device."""

# What marshal can write: the fields of the values, in their order, kinds by value.
SpanFields = tuple[int, int, str, str | None]
BlockFields = tuple[
    str, str, int, tuple[SpanFields, ...], int | None, str | None, float | None, str | None, str | None
]
SectionFields = tuple[
    int, int, str, tuple[BlockFields, ...], str | None, str | None, float | None, tuple[SpanFields, ...]
]
EpisodeFields = tuple[
    str,  # id
    str,  # format
    str,  # title
    tuple[SectionFields, ...],
    str | None,  # show
    int | None,  # number
    tuple[str, ...],  # people
    str | None,  # date
    str | None,  # url
    int | None,  # duration_s
    str | None,  # language
    tuple[str, ...],  # tags
    tuple[str, ...],  # notices
    str,  # why
    int,  # count
    bool,  # partial
]
"""Without ``path``, which is the one that is asked for."""


def stamp(path: Path) -> Stamp | None:
    """Return a file's stamp: to be taken before the file is read, and given to ``store`` afterwards.

    None where there is nothing to rely on: no ordinary file, standard input, or a file changed so lately
    that one more change might not show in its time.
    """
    if os.fspath(path) == STANDARD_INPUT:
        return None
    try:
        status = file_of(path)[0].stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode) or time.time_ns() - status.st_mtime_ns < SETTLED_NS:
        return None
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)


def load(path: Path, *, head: bool = False, folder: Path | None = None) -> Episode | None:
    """Return the episode that a file held when it was stored, if the file is still the same; else None.

    Args:
        path: The file, or one of its several episodes; only the file's status is asked for.
        head: Only the beginning of it, which is stored beside the whole.
        folder: Where the entries lie; by default in our cache folder.
    """
    now = stamp(path)
    if now is None:
        return None
    try:
        key = key_of(path, head=head)
        entry = entry_of(key, folder)
        data = read_entry(entry, LARGEST_ENTRY)
    except OSError:
        return None
    expected = heading(key, now)
    if not data.startswith(expected):
        # It tells of an earlier state of the file or was written by another version: it gets replaced.
        return None
    episode = episode_in(memoryview(data)[len(expected) :], path)
    with suppress(OSError):
        if episode is None:
            entry.unlink()
        else:
            # The time of an entry says when it was last of use.
            os.utime(entry)
    return episode


def store(episode: Episode, before: Stamp | None, *, folder: Path | None = None) -> bool:
    """Keep an episode for the next time and return whether that was done.

    Args:
        episode: As read from the file at its path, or the head of it.
        before: The file's stamp from before it was read. If there was none, or the file has another by
            now, the episode may not be what the file holds, and is not kept.
        folder: Where the entries lie; by default in our cache folder. It is made if need be.
    """
    if before is None or stamp(episode.path) != before:
        return False
    try:
        key = key_of(episode.path, head=episode.partial)
        data = entry_bytes(episode, heading(key, before))
        if len(data) > LARGEST_ENTRY:
            return False
        write_entry(entry_of(key, folder), data)
    except (OSError, ValueError):
        # ValueError is marshal's for a value it doesn't know, such as a subclass of str.
        return False
    return True


def prune(folder: Path | None = None, most_bytes: int = MOST_BYTES) -> int:
    """Remove the entries that were of no use for longest, until the others have at most ``most_bytes``.

    What a process left unfinished goes too. Returns how many files were removed.
    """
    removed, left, now = 0, most_bytes, time.time_ns()
    for used_ns, size, path in sorted(files_in(folder or entries_folder()), reverse=True):
        unfinished = path.suffix == UNFINISHED_SUFFIX
        if not unfinished:
            left -= size
        if now - used_ns > ABANDONED_NS if unfinished else left < 0:
            with suppress(OSError):
                path.unlink()
                removed += 1
    return removed


def files_in(folder: Path) -> list[tuple[int, int, Path]]:
    """Return our files in a folder: when each was last of use (ns), its size in bytes, its path."""
    found = []
    with suppress(OSError), os.scandir(folder) as items:
        for item in items:
            if item.name.endswith((ENTRY_SUFFIX, UNFINISHED_SUFFIX)):
                # Another process may have removed it in the meantime.
                with suppress(OSError):
                    status = item.stat(follow_symlinks=False)
                    found.append((status.st_mtime_ns, status.st_size, Path(item.path)))
    return found


def entries_folder() -> Path:
    """Return the folder of the entries; it need not exist."""
    return cache_folder() / "episodes"


def key_of(path: Path, *, head: bool = False) -> bytes:
    """Return what an entry is found by: the absolute path, byte for byte as the system has it.

    That of a head has a word before it, which no absolute path begins with.

    Names that only look the same (composed and decomposed accents) stay two. Raises OSError where the
    current folder, which a relative path needs, is gone.
    """
    return (b"head " if head else b"") + os.fsencode(path.absolute())


def entry_of(key: bytes, folder: Path | None) -> Path:
    """Return where the entry of a key lies.

    Two checksums make a collision unlikely; after one, each of the two files replaces the other's entry.
    """
    name = f"{zlib.crc32(key):08x}{zlib.adler32(key):08x}{ENTRY_SUFFIX}"
    return (folder or entries_folder()) / name


def heading(key: bytes, stamp: Stamp) -> bytes:
    """Return what an entry has to begin with to be true of a file with this stamp."""
    facts = (
        *("pullquote", __version__, edition(), "format", FORMAT),
        *("python", *sys.version_info[:2], "marshal", marshal.version),
        *("file", *stamp),
    )
    # No path holds a zero byte, so none can be the beginning of another's heading.
    return " ".join(map(str, facts)).encode() + b"\n" + key + b"\0"


@cache
def edition() -> int:
    """Return a number that changes when the code that parses does, as in a checkout between two versions.

    It is the checksum of the names, sizes and times of our own modules.
    """
    core = Path(__file__).parent
    facts = []
    # From an archive, where there are no such folders, the version alone has to do.
    with suppress(OSError):
        for folder in (core, core / "formats"):
            with os.scandir(folder) as items:
                modules = [item for item in items if item.name.endswith(".py")]
            for module in modules:
                status = module.stat()
                facts.append((module.name, status.st_size, status.st_mtime_ns))
    return zlib.crc32(repr(sorted(facts)).encode())


def read_entry(entry: Path, largest: int) -> bytes:
    """Return what an entry holds; nothing if it isn't the reader's own file, or has more bytes than that.

    Raises:
        OSError: There is none, or it can't be read.
    """
    descriptor = os.open(entry, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
            return b""
        return file.read(status.st_size) if status.st_size <= largest else b""


def write_entry(entry: Path, data: bytes) -> None:
    """Write an entry whole or not at all, for the reader's eyes only.

    It isn't forced to the disk: what a power cut tears, the checksum shows.

    Raises:
        OSError: It can't be written.
    """
    # Only needed after an episode was parsed: loading it takes longer than loading an entry.
    from tempfile import mkstemp

    entry.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = mkstemp(dir=entry.parent, suffix=UNFINISHED_SUFFIX)
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        unfinished.replace(entry)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def entry_bytes(episode: Episode, heading: bytes) -> bytes:
    """Return an entry: heading, checksum, length and the episode's fields.

    Raises:
        ValueError: A field holds what marshal can't write.
    """
    body = marshal.dumps(episode_fields(episode))
    checksum = zlib.crc32(body).to_bytes(CHECKSUM_BYTES, "big")
    return b"".join((heading, checksum, len(body).to_bytes(LENGTH_BYTES, "big"), body))


def episode_in(data: memoryview, path: Path) -> Episode | None:
    """Return the episode in what follows an entry's heading; None if that is damaged."""
    checksum = int.from_bytes(data[:CHECKSUM_BYTES], "big")
    length = int.from_bytes(data[CHECKSUM_BYTES : CHECKSUM_BYTES + LENGTH_BYTES], "big")
    body = data[CHECKSUM_BYTES + LENGTH_BYTES :]
    if len(body) != length or zlib.crc32(body) != checksum:
        return None
    try:
        with collection_paused():
            return episode_from(marshal.loads(body), path)
    except (EOFError, LookupError, TypeError, ValueError):
        # A checksum that fits by chance.
        return None


@contextmanager
def collection_paused() -> Iterator[None]:
    """Keep the garbage collector from looking at what is being made again and again.

    Nothing of an episode is garbage until it is whole, and of a long one the collector takes as much time
    as the rest of loading.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def episode_fields(episode: Episode) -> EpisodeFields:
    """Return an episode's fields as marshal can write them."""
    return (
        episode.id,
        episode.format,
        episode.title,
        tuple(section_fields(section) for section in episode.sections),
        episode.show,
        episode.number,
        episode.people,
        episode.date,
        episode.url,
        episode.duration_s,
        episode.language,
        episode.tags,
        episode.notices,
        episode.why,
        episode.count,
        episode.partial,
    )


def section_fields(section: Section) -> SectionFields:
    """Return a section's fields as marshal can write them."""
    return (
        section.ordinal,
        section.level,
        section.title,
        tuple(block_fields(block) for block in section.blocks),
        section.part,
        section.speaker,
        section.start_s,
        span_fields(section.spans),
    )


def block_fields(block: Block) -> BlockFields:
    """Return a block's fields as marshal can write them."""
    return (
        block.kind.value,
        block.text,
        block.depth,
        span_fields(block.spans),
        block.number,
        block.speaker,
        block.start_s,
        block.fold,
        block.language,
    )


def span_fields(spans: tuple[Span, ...]) -> tuple[SpanFields, ...]:
    """Return the fields of spans as marshal can write them."""
    return tuple((span.start, span.end, span.kind.value, span.target) for span in spans)


def episode_from(fields: EpisodeFields, path: Path) -> Episode:
    """Return the episode with these fields, as read from a path."""
    episode_id, form, title, sections = fields[:4]
    made = tuple([section_from(section) for section in sections])
    return Episode(episode_id, path, form, title, made, *fields[4:])


def section_from(fields: SectionFields) -> Section:
    """Return the section with these fields."""
    ordinal, level, title, blocks, part, speaker, start_s, spans = fields
    # Of a long episode this makes tens of thousands: a call for each would take a quarter of the time.
    made = [
        Block(
            BLOCK_KINDS[kind],
            text,
            depth,
            spans_from(inside) if inside else (),
            number,
            who,
            said_s,
            fold,
            language,
        )
        for kind, text, depth, inside, number, who, said_s, fold, language in blocks
    ]
    return Section(ordinal, level, title, tuple(made), part, speaker, start_s, spans_from(spans))


def spans_from(spans: tuple[SpanFields, ...]) -> tuple[Span, ...]:
    """Return the spans with these fields."""
    return tuple([Span(start, end, SPAN_KINDS[kind], target) for start, end, kind, target in spans])
