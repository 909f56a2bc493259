"""Adding: an episode becomes a clean Markdown file of a library, and nothing is overwritten unasked.

Files are written beside their place under a name of their own and moved there when they are whole and on
the disk. The folder is opened once and everything is done inside it, so that a link put in the way leads
nowhere else.
"""

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tui.core.cleaning import clean_line
from tui.core.episode import Episode
from tui.core.field_sections import CHAPTERS, lists_in
from tui.core.files import MAX_BYTES, display_name
from tui.core.formats.draft import TITLE_KEYS, Fields, same_title
from tui.core.formats.table import split
from tui.core.markdown_writing import as_markdown
from tui.core.metadata import NUMBER_KEYS, PEOPLE_KEYS, TAG_KEYS, Metadata, metadata, normal_key
from tui.core.reading import document_of, episode_of, id_of, part_of, title_of_file
from tui.errors import NotFoundError, PullquoteError, UnreadableError, UsageError

ROLES = frozenset({"host", "hosts", "guest", "guests", "interviewer", "interviewee", "narrator"})
"""Fields that say more of people than that they take part."""

OWN_FIELDS = frozenset({"generator", "voices", "times", "added", "pullquote"})
LONGEST_FIELD = 20_000
"""Characters of a field that are carried over."""

TITLE_WORDS = 10
TITLE_CHARS = 80

QUOTED = re.compile(r"[“„\"«「『]([^“”„\"«»「」『』]+)[”“\"»」』]")
"""A title inside a line; of the quotation marks in use, those that don't stand for an apostrophe."""

ADDED_LINE = re.compile(rb'^added: "[0-9-]{10}"\n', re.M)

NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
"""What file systems without hard links say."""

REASONS = {
    errno.EACCES: "you are not allowed to write there",
    errno.EPERM: "you are not allowed to write there",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
}


@dataclass(frozen=True, slots=True)
class Addition:
    """An episode on its way into a library."""

    episode: Episode
    others: Fields = field(default_factory=dict)
    """Fields of its front matter that an episode has no place for."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody says about an episode; it goes before what the text says."""

    title: str | None = None
    show: str | None = None
    number: int | None = None
    date: str | None = None
    url: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands where a new file would go."""

    size: int
    mtime: float
    """In seconds since 1970."""

    is_same: bool
    """It holds the same, but for the day it was added."""

    is_link: bool


def additions_of(data: bytes, path: Path) -> list[Addition]:
    """Return the episodes that some bytes hold, at least one, as the readers understand them.

    Args:
        data: What a file, a stream or a clipboard holds.
        path: Where it comes from; its name may tell the shape and the title.

    Raises:
        UnreadableError: The bytes are no text, or there is none.
    """
    document = document_of(data, path, truncated=False)
    parts = split(document.source)
    if len(parts) == 1:
        episode = episode_of(document, path, id_of(data))
        refuse_empty(episode, document.source.text)
        shown = {CHAPTERS, *(lists_in(document.source.fields) if document.in_fields else ())}
        fields = {key: value for key, value in document.source.fields.items() if key not in shown}
        return [Addition(episode, others_of(fields, episode))]
    episodes = [
        part_of(document, part, path / str(number), len(parts)) for number, part in enumerate(parts, start=1)
    ]
    return [
        Addition(episode, others_of(part.fields, episode))
        for part, episode in zip(parts, episodes, strict=True)
    ]


def refuse_empty(episode: Episode, text: str) -> None:
    """Raise UnreadableError for an episode without a word, its title from its text aside."""
    has_blocks = any(section.title or section.blocks for section in episode.sections)
    if not has_blocks and not text.strip():
        raise UnreadableError(f"there is no text in {display_name(episode.path)} to add")


def others_of(fields: Fields, episode: Episode) -> Fields:
    """Return the fields of front matter that are not told by what an episode itself holds."""
    return {key: value for key, value in fields.items() if is_other(normal_key(key), value, episode)}


def is_other(key: str, value: str | tuple[str, ...], episode: Episode) -> bool:
    """Say whether a field holds something that an episode has no place for."""
    if key in ROLES:
        return True
    if not key or key in OWN_FIELDS or sum(map(len, value)) > LONGEST_FIELD or not any(value):
        return False
    if key in TITLE_KEYS and isinstance(value, str):
        return not same_title(value, episode.title)
    if key in (*PEOPLE_KEYS, *TAG_KEYS, *NUMBER_KEYS):
        return False
    told = metadata({key: value}, "", "", ())
    attributes = [name for name in Metadata.__slots__ if getattr(told, name)]
    return not attributes or any(getattr(told, name) != getattr(episode, name) for name in attributes)


def with_given(addition: Addition, given: Given) -> Addition:
    """Return an addition with what somebody says about it; tags join those that are known."""
    episode = addition.episode
    changed = replace(
        episode,
        title=given.title or episode.title,
        show=given.show or episode.show,
        number=episode.number if given.number is None else given.number,
        date=given.date or episode.date,
        url=given.url or episode.url,
        tags=tuple(dict.fromkeys((*episode.tags, *given.tags))),
    )
    return replace(addition, episode=changed)


def titled_by_text(addition: Addition, path: Path) -> Addition:
    """Return an addition with a title: its first words, if only the name of no file gave it one."""
    episode = addition.episode
    if episode.title != title_of_file(path):
        return addition
    title = words_for_title(episode) or episode.title
    return replace(addition, episode=replace(episode, title=title))


def words_for_title(episode: Episode) -> str:
    """Return what a text without a title can be called: its first words.

    A language model's answer begins with a line like ``Here is a summary of “How harbours silt up”:``. What
    it names is the title; without that, the first words of what follows it, whose headings are general.
    """
    blocks = (block.text for section in episode.sections for block in section.blocks)
    first = episode.sections[0].title or next(blocks, "")
    if first.endswith((":", "：")):
        named = QUOTED.search(first)
        first = named[1] if named else next(blocks, first)
    return " ".join(first.split()[:TITLE_WORDS])[:TITLE_CHARS].rstrip(" .,;:–-")


def markdown_of(addition: Addition, today: date) -> bytes:
    """Return an addition as the file that is written, in UTF-8."""
    others: Mapping[str, object] = {"added": today.isoformat(), **addition.others}
    return as_markdown(addition.episode, None, others).encode()


def standing(folder: Path, name: str, data: bytes) -> Standing | None:
    """Return what stands in a folder under a name; None if nothing does.

    Raises:
        PullquoteError: It can't be replaced, as it is a folder or the like, or can't be looked at.
    """
    path = folder / name
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise write_error(error, path) from error
    is_link = stat.S_ISLNK(status.st_mode)
    if not is_link and not stat.S_ISREG(status.st_mode):
        raise PullquoteError(f"{display_name(path)} is there and is no file; choose another --title")
    is_same = not is_link and status.st_size < MAX_BYTES and same_text(path, data)
    return Standing(status.st_size, status.st_mtime, is_same, is_link)


def same_text(path: Path, data: bytes) -> bool:
    """Say whether a file holds some bytes, but for the day it was added."""
    try:
        return ADDED_LINE.sub(b"", path.read_bytes(), count=1) == ADDED_LINE.sub(b"", data, count=1)
    except OSError:
        return False


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; nothing happens if it is there.

    Raises:
        PullquoteError: It can't be made, or is something else.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError(f"{display_name(folder)} is no folder; name one with --to DIR") from error
    except (OSError, ValueError) as error:
        raise write_error(error, folder) from error


def write_episode(folder: Path, name: str, data: bytes, *, overwrite: bool) -> Path:
    """Write a file into a folder, whole or not at all, and return its path.

    Args:
        folder: It has to be there.
        name: The file's name, without a folder.
        data: What it holds.
        overwrite: Whether a file of this name is replaced. A link is replaced itself, not what it leads to.

    Raises:
        PullquoteError: It can't be written, or is there already.
    """
    path = folder / name
    try:
        with opened_folder(folder) as directory:
            temporary = f".{secrets.token_hex(8)}.tmp"
            try:
                write_whole(temporary, data, directory)
                put_in_place(temporary, name, directory, overwrite=overwrite)
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(temporary, dir_fd=directory)
            os.fsync(directory)
    except FileExistsError as error:
        raise PullquoteError(f"{display_name(path)} is there already, and stays as it is") from error
    except (OSError, ValueError) as error:
        raise write_error(error, path) from error
    return path


@contextmanager
def opened_folder(folder: Path) -> Iterator[int]:
    """Open a folder to work inside it, wherever its name may lead to meanwhile."""
    directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield directory
    finally:
        os.close(directory)


def write_whole(name: str, data: bytes, directory: int) -> None:
    """Write a new file into an open folder and onto the disk; it gets the rights the user's mask leaves."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(name, flags, 0o644, dir_fd=directory)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_in_place(temporary: str, name: str, directory: int, *, overwrite: bool) -> None:
    """Give a file its name; without leave to overwrite, in a way that can't."""
    if overwrite:
        os.replace(temporary, name, src_dir_fd=directory, dst_dir_fd=directory)
        return
    try:
        os.link(temporary, name, src_dir_fd=directory, dst_dir_fd=directory, follow_symlinks=False)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        # Without hard links, somebody else's file could only come in between these two lines.
        with suppress(FileNotFoundError):
            os.stat(name, dir_fd=directory, follow_symlinks=False)
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name) from error
        os.replace(temporary, name, src_dir_fd=directory, dst_dir_fd=directory)


def write_error(error: OSError | ValueError, path: Path) -> PullquoteError:
    """Return our error for what the system said about writing."""
    if isinstance(error, ValueError):
        return NotFoundError(f"{display_name(path)} is no name for a file")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return NotFoundError(f"there is no folder {display_name(path.parent)}; name one with --to DIR")
    reason = REASONS.get(error.errno or 0) or clean_line(error.strerror or "unknown error")
    return PullquoteError(f"{display_name(path)} can't be written: {reason}")
