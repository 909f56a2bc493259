"""From a file to an Episode: bytes, text, front matter, the reader that fits, and what it is about."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from tui.core.cleaning import clean_line
from tui.core.decoding import decode
from tui.core.episode import Episode, Section
from tui.core.files import display_name, read_bytes
from tui.core.formats.draft import Draft, Source
from tui.core.formats.table import reader_for
from tui.core.front_matter import FrontMatter, split
from tui.core.metadata import TEXT_KEYS, metadata, text_fields
from tui.core.people import cast

HEAD_BYTES = 128 * 1024
"""How much of a large file is parsed for its head."""

LEAST_HEAD_BYTES = 96 * 1024
"""The head is cut back to a blank line, but not further than this."""

ID_BYTES = 6
UNTITLED = "Untitled"
EMPTY = "The file is empty"

FILE_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}[-_ ]*")


def read_episode(path: Path, *, head: bool = False) -> Episode:
    """Return the episode that a file holds.

    Args:
        path: A regular file; it is only read.
        head: Parse only the beginning of a large file. The sections are then those of the whole file, up
            to the last, which may be cut short.

    Raises:
        UnreadableError: The file can't be read, or holds no text.
    """
    data = read_bytes(path).data
    episode_id = id_of(data)
    beginning = head_of(data) if head else data
    return episode_of(beginning, path, episode_id, truncated=len(beginning) < len(data))


def episode_from_bytes(data: bytes, path: Path, *, truncated: bool = False) -> Episode:
    """Return the episode that some bytes hold.

    Args:
        data: What a file or a stream holds.
        path: Where it comes from; its name may tell the shape and the title.
        truncated: The bytes are only a beginning: the last line and character may be cut.

    Raises:
        UnreadableError: The bytes are no text.
    """
    return episode_of(data, path, id_of(data), truncated=truncated)


def id_of(data: bytes) -> str:
    """Return an episode's id: 12 hexadecimal digits of the BLAKE2b hash of all bytes of its file."""
    return hashlib.blake2b(data, digest_size=ID_BYTES).hexdigest()


def head_of(data: bytes) -> bytes:
    """Return the beginning of a file, cut at a blank line; front matter stays whole."""
    begin = 0
    for fence in (b"---", b"+++"):
        if data.startswith(fence):
            begin = max(0, data.find(b"\n" + fence, len(fence)))
    if len(data) <= begin + HEAD_BYTES:
        return data
    cut = data.rfind(b"\n\n", begin + LEAST_HEAD_BYTES, begin + HEAD_BYTES)
    return data[: cut + 2 if cut >= 0 else begin + HEAD_BYTES]


def episode_of(data: bytes, path: Path, episode_id: str, *, truncated: bool) -> Episode:
    """Return the episode that bytes hold, under an id that is already known."""
    decoded = decode(data, truncated=truncated, name=display_name(path))
    front = document_in_field(split(decoded.text))
    source = Source(front.body, path.name, front.fields)
    reader = reader_for(source)
    draft = reader.read(source) if source.text.strip() else fields_as_text(source)
    title = source.title or draft.title or title_of_file(path)
    fields = {**text_fields(draft.sections), **front.fields}
    people = cast(draft.sections, title, fields)
    known = metadata(fields, title, clean_line(path.name), draft.sections)
    return Episode(
        id=episode_id,
        path=path,
        format=reader.name,
        title=title,
        sections=people.sections,
        show=known.show,
        number=known.number,
        people=people.people,
        date=known.date,
        url=known.url,
        duration_s=known.duration_s,
        language=known.language,
        tags=known.tags,
        notices=(*decoded.notices, *front.notices, *title_notices(front), *draft.notices),
        partial=truncated,
    )


def title_notices(front: FrontMatter) -> tuple[str, ...]:
    """Return a notice if the front matter's title is a list, which is no title."""
    if isinstance(front.fields.get("title"), tuple):
        return ("The front matter's title is a list and was passed over",)
    return ()


def document_in_field(front: FrontMatter) -> FrontMatter:
    """Return front matter that holds the whole document in one field, with that field as the text."""
    if front.body.strip():
        return front
    for key in TEXT_KEYS:
        value = front.fields.get(key)
        if isinstance(value, str) and value.strip():
            others = {name: other for name, other in front.fields.items() if name != key}
            return replace(front, body=value, fields=others)
    return front


def fields_as_text(source: Source) -> Draft:
    """Return a file without text: its fields as lines, so that they can be read; or that it is empty."""
    lines = [
        f"{key}: {value if isinstance(value, str) else ', '.join(value)}"
        for key, value in source.fields.items()
    ]
    if not lines:
        return Draft((Section(0, 1, ""),), "It is empty.", notices=(EMPTY,))
    shown = reader_for(Source("\n\n".join(lines), "fields.txt"))
    return shown.read(Source("\n\n".join(lines), "fields.txt", source.fields))


def title_of_file(path: Path) -> str:
    """Return a file's name as a title: without suffix and date, words apart."""
    stem = clean_line(path.stem)
    words = FILE_DATE.sub("", stem) or stem
    if " " not in words:
        words = words.replace("_", " ").replace("-", " ")
    words = " ".join(words.split())
    return words[:1].upper() + words[1:] or UNTITLED
