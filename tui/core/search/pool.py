"""Processes that read episodes beside this one: for the index, for the list of the library.

A process of its own reads while others work, and when a file makes a parser crash or never end, only that
process is lost, and the file is passed over.
"""

import gc
import marshal
import os
import select
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from subprocess import PIPE, Popen
from threading import Lock, Thread
from typing import IO, Any, Generic, TypeVar

from tui.core.search.changes import Work
from tui.core.search.processes import stand_back, start

LENGTH = struct.Struct(">Q")
"""Stands before every message between two processes."""

LEAST_LIMIT_S = 60.0
SLOWEST_BYTES_A_S = 50_000
"""A process that takes longer than both for a file hangs; real files are read some thirty times faster."""

GARBAGE_THRESHOLD = 50_000
"""How many objects are made between two looks for unused ones: parsing makes many, and few in circles."""

WAITING = 8
"""How many episodes that were read wait to be taken, for each process."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """What is read of an episode's files, and how it comes from one process to another."""

    module: str
    """The full name of the module that has it as ``READING``, and ``main`` for the process."""

    read: Callable[[Path, Work], T]
    """Returns what is read of the files in a library."""

    pack: Callable[[T], Any]
    """Returns that as ``marshal`` can write it …"""

    unpack: Callable[[Any], T]
    """… and from that what it was."""


class LostError(Exception):
    """The process that read is lost."""


class Pool(Generic[T]):
    """Processes that read, each served by a thread."""

    def __init__(self, library: Path, works: Iterator[Work], processes: int, reading: Reading[T]) -> None:
        """Prepare the reading; nothing is started yet.

        Args:
            library: The folder of episodes.
            works: What is to be read; asked for the next whenever a process has nothing to do.
            processes: How many processes read, at least one.
            reading: What is read.
        """
        self.library = library
        self.works = works
        self.reading = reading
        self.taking = Lock()
        self.is_stopped = False
        self.readers: set[Reader] = set()
        self.done: Queue[tuple[Work, T | None] | None] = Queue(processes * WAITING)
        self.threads = [Thread(target=self.serve, daemon=True) for _ in range(processes)]

    def results(self) -> Iterator[tuple[Work, T | None]]:
        """Yield what was read, in no certain order; None for what made a process crash or never end."""
        for thread in self.threads:
            thread.start()
        at_work = len(self.threads)
        while at_work:
            found = self.done.get()
            if found is None:
                at_work -= 1
            else:
                yield found

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
                if thread.is_alive():
                    thread.join(0.01)

    def next_work(self) -> Work | None:
        """Return what is to be read next; None if there is nothing left."""
        with self.taking:
            return None if self.is_stopped else next(self.works, None)

    def serve(self) -> None:
        """Have a process read, one episode after the other; a lost one is replaced."""
        reader: Reader | None = None
        try:
            while (work := self.next_work()) is not None:
                try:
                    reader = reader or self.new_reader()
                except OSError:
                    self.done.put((work, self.reading.read(self.library, work)))
                    continue
                try:
                    self.done.put((work, self.reading.unpack(reader.read(work))))
                except LostError:
                    self.end(reader)
                    reader = None
                    self.done.put((work, None))
        finally:
            if reader is not None:
                self.end(reader)
            self.done.put(None)

    def new_reader(self) -> "Reader":
        """Return a process that has begun.

        Raises:
            OSError: It can't be started.
        """
        reader = Reader(self.reading.module, self.library)
        self.readers.add(reader)
        return reader

    def end(self, reader: "Reader") -> None:
        """End a process."""
        self.readers.discard(reader)
        reader.end()


class Reader:
    """A process that reads."""

    def __init__(self, module: str, library: Path) -> None:
        """Start it.

        Raises:
            OSError: It can't be started.
        """
        self.process: Popen[bytes] = start(module, os.fspath(library.absolute()), stdin=PIPE, stdout=PIPE)

    def read(self, work: Work) -> object:
        """Return what the process has read, packed.

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
            found: object = marshal.loads(receive(source))
        except (OSError, EOFError, ValueError) as error:
            raise LostError from error
        return found

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


def serve(words: list[str], reading: Reading[T]) -> int:
    """Be a process that reads: take work from standard input and answer, until there is no more.

    Args:
        words: The library.
        reading: What is read.
    """
    library = Path(words[0])
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    gc.set_threshold(GARBAGE_THRESHOLD)
    stand_back()
    # Whatever a parser prints must not get between the messages.
    sys.stdout = sys.stderr
    with suppress(EOFError, OSError):
        while True:
            folder, files = marshal.loads(receive(source))
            send(sink, marshal.dumps(reading.pack(reading.read(library, Work(folder, files)))))
    return 0
