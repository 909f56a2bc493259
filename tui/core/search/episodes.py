"""Reading episodes for the index, by themselves or in processes of their own.

A process of its own reads while the engine writes, and when a file makes a parser crash or never end, only
that process is lost, and the file is passed over.
"""

import gc
import marshal
import os
import select
import struct
import sys
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from subprocess import PIPE, Popen
from threading import Lock, Thread
from typing import IO, TypeAlias

from tui.core.file_names import named
from tui.core.loading import episodes_of
from tui.core.search.changes import Work
from tui.core.search.engine import Row
from tui.core.search.keys import key_of
from tui.core.search.processes import start
from tui.core.search.rows import rows
from tui.core.siblings import Variant, variants_in
from tui.core.suffixes import is_data_name
from tui.errors import PullquoteError

LENGTH = struct.Struct(">Q")
"""Stands before every message between two processes."""

LEAST_LIMIT_S = 60.0
SLOWEST_BYTES_A_S = 50_000
"""A process that takes longer than both for a file hangs; real files are read some thirty times faster."""

ALIVE_S = 1.0
"""How often it is seen whether anybody still reads."""

GARBAGE_THRESHOLD = 50_000
"""How many objects are made between two looks for unused ones: parsing makes many, and few in circles."""

WAITING = 8
"""How many episodes that were read wait to be written, for each process."""

RowsByFile: TypeAlias = list[tuple[str, list[Row]]]
"""The rows of an episode's files, by the keys of the files."""


class LostError(Exception):
    """The process that read is lost."""


def read_work(library: Path, work: Work) -> RowsByFile:
    """Return what is to be indexed of an episode's files; of one that can't be read, nothing."""
    folder = folder_of(library, work.folder)
    sizes = {name: stamp[0] for name, stamp in work.files}
    variants: tuple[Variant, ...] = ()
    if len(sizes) > 1 or any(map(is_data_name, sizes)):
        variants = variants_in([named(name) for name in sizes], folder, lambda name: sizes[name])
        paths = [variant.path for variant in variants]
    else:
        paths = [folder / name for name in sizes]
    labels = {variant.path: variant.label for variant in variants} if len(variants) > 1 else {}
    group = key_of(paths[0], library) if labels else ""
    return [
        (key_of(path, library), list(rows_in(library, path, variants, group, labels.get(path, ""))))
        for path in paths
    ]


def rows_in(
    library: Path, path: Path, variants: tuple[Variant, ...], group: str, label: str
) -> Iterator[Row]:
    """Yield what is to be indexed of a file, as far as it can be read."""
    try:
        for episode in episodes_of(path, variants, head=False):
            of_several = episode.count > 1
            yield from rows(episode, key_of(episode.path, library), "" if of_several else group, label)
    except PullquoteError:
        return
    except Exception:  # noqa: BLE001 - one file that trips a parser up must not keep all others from the index
        return


def folder_of(library: Path, folder: str) -> Path:
    """Return a folder by its path below the library; that of a library that is one file is above it."""
    return library.parent if folder == os.pardir else library / folder


def read_all(
    library: Path, works: list[Work], processes: int
) -> Generator[tuple[Work, RowsByFile], None, None]:
    """Yield episodes with what is to be indexed of them, as they are read.

    Args:
        library: The folder of episodes.
        works: What is to be read.
        processes: How many processes read; none means that this one does.
    """
    if not processes:
        for work in works:
            yield work, read_work(library, work)
        return
    pool = Pool(library, works, processes)
    try:
        yield from pool.results()
    finally:
        pool.stop()


class Pool:
    """Processes that read, each served by a thread."""

    def __init__(self, library: Path, works: list[Work], processes: int) -> None:
        self.library = library
        self.works = iter(works)
        self.count = len(works)
        self.taking = Lock()
        self.is_stopped = False
        self.readers: set[Reader] = set()
        self.done: Queue[tuple[Work, RowsByFile]] = Queue(processes * WAITING)
        self.threads = [Thread(target=self.serve, daemon=True) for _ in range(processes)]

    def results(self) -> Iterator[tuple[Work, RowsByFile]]:
        """Yield what was read, in no certain order."""
        for thread in self.threads:
            thread.start()
        left = self.count
        while left:
            is_alive = any(thread.is_alive() for thread in self.threads)
            with suppress(Empty):
                yield self.done.get(timeout=ALIVE_S)
                left -= 1
                continue
            if not is_alive:
                return  # what is not read yet is read the next time

    def stop(self) -> None:
        """Let the processes end; what they are just reading is lost."""
        self.is_stopped = True
        for reader in tuple(self.readers):
            reader.process.kill()
        while any(thread.is_alive() for thread in self.threads):
            # A thread may wait for room.
            with suppress(Exception):
                self.done.get_nowait()
            for thread in self.threads:
                thread.join(0.01)

    def next_work(self) -> Work | None:
        """Return what is to be read next; None if there is nothing left."""
        with self.taking:
            return None if self.is_stopped else next(self.works, None)

    def serve(self) -> None:
        """Have a process read, one episode after the other; a lost one is replaced."""
        reader: Reader | None = None
        while (work := self.next_work()) is not None:
            try:
                reader = reader or self.new_reader()
            except OSError:
                self.done.put((work, read_work(self.library, work)))
                continue
            try:
                self.done.put((work, reader.read(work)))
            except LostError:
                self.end(reader)
                reader = None
                self.done.put((work, []))
        if reader is not None:
            self.end(reader)

    def new_reader(self) -> "Reader":
        """Return a process that has begun.

        Raises:
            OSError: It can't be started.
        """
        reader = Reader(self.library)
        self.readers.add(reader)
        return reader

    def end(self, reader: "Reader") -> None:
        """End a process."""
        self.readers.discard(reader)
        reader.end()


class Reader:
    """A process that reads."""

    def __init__(self, library: Path) -> None:
        """Start it.

        Raises:
            OSError: It can't be started.
        """
        self.process: Popen[bytes] = start(__name__, os.fspath(library.absolute()), stdin=PIPE, stdout=PIPE)

    def read(self, work: Work) -> RowsByFile:
        """Return what the process has read.

        Raises:
            LostError: It has ended, or does not come to an end.
        """
        taken = sum(stamp[0] for _, stamp in work.files)
        limit_s = LEAST_LIMIT_S + taken / SLOWEST_BYTES_A_S
        source, sink = self.process.stdout, self.process.stdin
        if source is None or sink is None:
            raise LostError
        try:
            send(sink, marshal.dumps((work.folder, work.files)))
            if not select.select([source], [], [], limit_s)[0]:
                raise LostError
            found = marshal.loads(receive(source))
        except (OSError, EOFError, ValueError) as error:
            raise LostError from error
        return [(key, [Row._make(row) for row in of_file]) for key, of_file in found]

    def end(self) -> None:
        """End the process."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            # What was not sent yet is sent when a pipe is closed, and nobody reads it.
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self.process.wait()


def send(sink: IO[bytes], message: bytes) -> None:
    """Write a message.

    Raises:
        OSError: Nobody reads it.
    """
    sink.write(LENGTH.pack(len(message)) + message)
    sink.flush()


def receive(source: IO[bytes]) -> bytes:
    """Return the next message.

    Raises:
        EOFError: There is none, or only a part of one.
    """
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    message = source.read(length)
    if len(message) < length:
        raise EOFError
    return message


def main(words: list[str]) -> int:
    """Be a process that reads: take work from standard input and answer, until there is no more."""
    library = Path(words[0])
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    gc.set_threshold(GARBAGE_THRESHOLD)
    # Whatever a parser prints must not get between the messages.
    sys.stdout = sys.stderr
    with suppress(EOFError, OSError):
        while True:
            folder, files = marshal.loads(receive(source))
            found = read_work(library, Work(folder, files))
            send(sink, marshal.dumps([(key, [tuple(row) for row in of_file]) for key, of_file in found]))
    return 0
