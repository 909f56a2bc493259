"""From a file to an Episode: bytes, text, front matter, the reader that fits, and what it is about."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tui.core.cleaning import clean_line
from tui.core.decoding import decode
from tui.core.episode import Episode, Section
from tui.core.files import display_name, read_bytes
from tui.core.formats.draft import Draft, Fields, Source
from tui.core.formats.table import Reader, is_own, reader_for, reader_named
from tui.core.formats.table import split as split_sources
from tui.core.front_matter import FrontMatter, split
from tui.core.furniture import folded
from tui.core.metadata import TEXT_KEYS, episode_in_fields, metadata, text_fields, title_in_fields
from tui.core.people import cast
from tui.core.title_facts import file_facts
from tui.errors import NotFoundError
from tui.paths import file_of

HEAD_BYTES = 128 * 1024
"""How much of a large file is parsed for its head."""

LEAST_HEAD_BYTES = 96 * 1024
"""The head is cut back to a blank line, but not further than this."""

ID_BYTES = 6
UNTITLED = "Untitled"
EMPTY = "The file is empty"
NOTHING_FOUND = "The reader {} finds nothing in it; the text is shown as it stands"

ZIP = b"PK\x03\x04"
EPUB = b"mimetypeapplication/epub+zip"
"""An EPUB is a ZIP archive whose first file, not compressed, says so (EPUB 3.3, OCF 4.3)."""

LONGEST_MIMETYPE = 128
"""In how many bytes from the file's first that has to stand."""

PAGE_BYTES = 1024
PAGE_BODY = re.compile(rb"<body[\s>]", re.I)
"""Where the text of a saved page begins; the styles before it can be longer than any head."""

FILE_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}[-_ ]*")


def read_episode(path: Path, *, head: bool = False, reader: Reader | None = None) -> Episode:
    """Return the episode that a file holds; of several, the one whose number the path ends in, or the first.

    Args:
        path: A regular file, or one of its episodes (``export.md/3``); it is only read.
        head: Parse only the beginning of a large file. The sections are then those of the whole file, up
            to the last, which may be cut short.
        reader: Who reads it, whatever it looks like, as one where no number is named; None for the first
            that fits.

    Raises:
        NotFoundError: The file has no such episode.
        UnreadableError: The file can't be read, or holds no text.
    """
    file, number = file_of(path)
    data = read_bytes(file).data
    beginning = head_of(data) if head else data
    document = document_of(beginning, file, truncated=len(beginning) < len(data))
    is_whole = reader is not None and number is None
    parts = [document.source] if is_whole else split_sources(document.source)
    if len(parts) > 1 and document.truncated:
        document = document_of(data, file, truncated=False)
        parts = split_sources(document.source)
    if number is not None and not 1 <= number <= len(parts):
        raise NotFoundError(f"there is no episode {number} in {display_name(file)}: it holds {len(parts)}")
    if len(parts) == 1:
        return episode_of(document, file, id_of(data), reader)
    number = number or 1
    return part_of(document, parts[number - 1], file / str(number), len(parts), reader)


def read_all(path: Path, *, head: bool = True) -> Iterator[Episode]:
    """Yield all episodes that a file holds.

    Args:
        path: A regular file, or one of its episodes; it is only read.
        head: Parse only the beginning of a large file that holds one.

    Raises:
        UnreadableError: The file can't be read, or holds no text.
    """
    first = read_episode(path, head=head)
    yield first
    if first.count > 1 and file_of(path)[1] is None:
        document = document_of(read_bytes(path).data, path, truncated=False)
        parts = split_sources(document.source)
        for number, part in enumerate(parts[1:], start=2):
            yield part_of(document, part, path / str(number), len(parts))


def episode_from_bytes(
    data: bytes, path: Path, *, truncated: bool = False, reader: Reader | None = None
) -> Episode:
    """Return the one episode that some bytes hold.

    Args:
        data: What a file or a stream holds.
        path: Where it comes from; its name may tell the shape and the title.
        truncated: The bytes are only a beginning: the last line and character may be cut.
        reader: Who reads it, whatever it looks like; None for the first that fits.

    Raises:
        UnreadableError: The bytes are no text.
    """
    return episode_of(document_of(data, path, truncated=truncated), path, id_of(data), reader)


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds, before anything is read out of it."""

    source: Source
    notices: tuple[str, ...]
    truncated: bool

    in_fields: bool = False
    """Its text is, if anything, one of the fields of its front matter."""


def document_of(data: bytes, path: Path, *, truncated: bool) -> Document:
    """Return the text of a file and its front matter; a file that is read as bytes keeps these.

    Raises:
        UnreadableError: It is neither.
    """
    is_named_so = path.suffix.lower() == ".epub"
    if data.startswith(ZIP) and (is_named_so or EPUB in data[:LONGEST_MIMETYPE]):
        return Document(Source("", path.name, data=data), (), truncated)
    decoded = decode(data, truncated=truncated, name=display_name(path))
    split_text = split(decoded.text)
    front = document_in_field(split_text)
    source = Source(front.body, path.name, front.fields)
    in_fields = not split_text.body.strip()
    return Document(source, (*decoded.notices, *front.notices), truncated, in_fields)


def id_of(data: bytes) -> str:
    """Return an episode's id: 12 hexadecimal digits of the BLAKE2b hash of all bytes of its file."""
    return hashlib.blake2b(data, digest_size=ID_BYTES).hexdigest()


def head_of(data: bytes) -> bytes:
    """Return the beginning of a file, cut at a blank line; front matter and a page's styles stay whole."""
    begin = 0
    if data.startswith(ZIP):
        return data  # what is in it can't be found from its beginning alone
    for fence in (b"---", b"+++"):
        if data.startswith(fence):
            begin = max(0, data.find(b"\n" + fence, len(fence)))
    if data[:PAGE_BYTES].lstrip().startswith(b"<"):
        body = PAGE_BODY.search(data)
        begin = body.start() if body else 0
    if len(data) <= begin + HEAD_BYTES:
        return data
    cut = data.rfind(b"\n\n", begin + LEAST_HEAD_BYTES, begin + HEAD_BYTES)
    return data[: cut + 2 if cut >= 0 else begin + HEAD_BYTES]


def part_of(
    document: Document, part: Source, path: Path, count: int, reader: Reader | None = None
) -> Episode:
    """Return one of the several episodes of a file."""
    data = part.text.encode() + repr(sorted(part.fields.items())).encode()
    one = Document(part, document.notices, truncated=False)
    return replace(episode_of(one, path, id_of(data), reader), count=count)


def episode_of(document: Document, path: Path, episode_id: str, reader: Reader | None = None) -> Episode:
    """Return the episode a document holds, under an id that is already known."""
    source = document.source
    is_forced = reader is not None
    reader = reader or reader_for(source)
    draft = reader.read(source) if source.text.strip() or source.data else fields_as_text(source)
    if is_forced and source.text.strip() and not has_words(draft):
        notice = NOTHING_FOUND.format(reader.name)
        draft = replace(reader_named("text").read(source), notices=(*draft.notices, notice))
    draft = replace(draft, sections=with_field_sections(draft.sections, source, document.in_fields))
    # What we wrote into front matter is all that is known: lines of the text say no more than that.
    text_says = {} if is_own(source) else text_fields(draft.sections)
    fields = {**text_says, **draft.fields, **source.fields}
    given = source.title or title_in_fields(source.fields) or draft.title or title_in_fields(fields)
    title = given or episode_in_fields(fields) or title_of_file(file_of(path)[0])
    people = cast(draft.sections, title, fields)
    known = metadata(fields, title, clean_line(file_of(path)[0].name), draft.sections)
    return Episode(
        id=episode_id,
        path=path,
        format=reader.name,
        title=title,
        sections=folded(people.sections),
        show=known.show,
        number=known.number,
        people=(own_people(source) if is_own(source) else ()) or people.people,
        date=known.date,
        url=known.url,
        duration_s=known.duration_s,
        language=known.language,
        tags=known.tags,
        notices=(*document.notices, *title_notices(source.fields), *draft.notices),
        why=draft.why,
        partial=document.truncated,
    )


def has_words(draft: Draft) -> bool:
    """Say whether a reader found anything to show."""
    return any(section.title or section.blocks for section in draft.sections)


def own_people(source: Source) -> tuple[str, ...]:
    """Return the people that front matter of our own lists, names with a comma in them too."""
    listed = source.fields.get("people", ())
    return tuple(filter(None, map(clean_line, listed))) if isinstance(listed, tuple) else ()


def with_field_sections(
    sections: tuple[Section, ...], source: Source, in_fields: bool
) -> tuple[Section, ...]:
    """Return the sections with more for what the front matter lists: chapters; without a text, the rest."""
    if not any(isinstance(value, tuple) for value in source.fields.values()):
        return sections
    # Imported here: few documents have lists in their front matter.
    from tui.core.field_sections import with_chapters, with_lists

    sections = with_chapters(sections, source.fields)
    return with_lists(sections, source.fields) if in_fields else sections


def title_notices(fields: Fields) -> tuple[str, ...]:
    """Return a notice if the front matter's title is a list, which is no title."""
    if isinstance(fields.get("title"), tuple):
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
    from tui.core.field_sections import lists_in

    lists = lists_in(source.fields)
    lines = [
        f"{key}: {value if isinstance(value, str) else ', '.join(value)}"
        for key, value in source.fields.items()
        if key not in lists
    ]
    if not lines and lists:
        return Draft((Section(0, 1, ""),), "It is all front matter.")
    if not lines:
        return Draft((Section(0, 1, ""),), "It is empty.", notices=(EMPTY,))
    shown = reader_for(Source("\n\n".join(lines), "fields.txt"))
    return shown.read(Source("\n\n".join(lines), "fields.txt", source.fields))


def title_of_file(path: Path) -> str:
    """Return a file's name as a title: without suffix and date, words apart."""
    stem = clean_line(path.stem)
    words = file_facts(clean_line(path.name)).title or FILE_DATE.sub("", stem) or stem
    if " " not in words:
        words = words.replace("_", " ").replace("-", " ")
    words = " ".join(words.split())
    return words[:1].upper() + words[1:] or UNTITLED
