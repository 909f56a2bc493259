"""Adding: an episode becomes a clean Markdown file of a library (``writing`` writes it)."""

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tui.core.episode import Episode
from tui.core.field_sections import CHAPTERS, lists_in
from tui.core.files import MAX_BYTES, display_name
from tui.core.formats.draft import TITLE_KEYS, Fields, same_title
from tui.core.formats.table import split
from tui.core.markdown_writing import as_markdown
from tui.core.metadata import NUMBER_KEYS, PEOPLE_KEYS, TAG_KEYS, Metadata, metadata, normal_key
from tui.core.reading import document_of, episode_of, id_of, part_of, title_of_file
from tui.core.writing import write_error
from tui.errors import PullquoteError, UnreadableError

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
