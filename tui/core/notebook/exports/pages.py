"""A page of notes as it lies in somebody's folder: what of ours is in it, and adding to it without harm.

What was exported, the page itself says: by the names of the highlights in it, and by a comment at its end
that tells each name with a fingerprint of what was written. So it is known what the person deleted, which is
not written again, and what they edited, which is not touched.
"""

import os
import re
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tui.core.files import display_name, read_bytes, read_error
from tui.core.notebook.exports.entries import entry_name
from tui.core.notebook.exports.markdown import RULE, SOURCE_KEY, entries, entry, episode_heading
from tui.core.notebook.values import Highlight, Source
from tui.errors import UnreadableError

NAME = re.compile(r"(?:^|\s)\^(h-[0-9a-f]{12})[ \t\r]*$", re.M)
"""A highlight's name behind it or on a line of its own."""

LEDGER = re.compile(r"^<!-- pullquote:((?: h-[0-9a-f]{12}:[0-9a-f]{8})*) -->[ \t\r]*$", re.M)
FRONT_MATTER = re.compile(r"\A---\r?\n.*?^---[ \t\r]*$", re.M | re.S)
SOURCE = re.compile(rf'^{SOURCE_KEY}: "?([0-9a-f]+)"?[ \t\r]*$', re.M)
EXPORTED = re.compile(r'^exported: "\d{4}-\d\d-\d\d"$', re.M)
HEADINGS = ("# ", "## ")

FINGERPRINT_DIGITS = 8
UNKNOWN = "0" * FINGERPRINT_DIGITS
"""The fingerprint of what was written nobody knows how: it is taken for edited."""

BOM = "\ufeff"


@dataclass(slots=True)
class Page:
    """A page of notes, and what is done to it."""

    path: Path
    """The file itself, no link to it."""

    text: str
    """Its lines ended by line feeds, unless the file ends them now so, now so."""

    status: os.stat_result
    """Of the file as it was read."""

    break_with: str = "\n"
    ledger: dict[str, str] = field(default_factory=dict)
    """The names of what was written, and their fingerprints."""

    names: set[str] = field(default_factory=set)
    """The names of what is in it."""

    source: str = ""
    """The id of the one episode it is about; empty where it is about several."""

    @property
    def known(self) -> set[str]:
        """The names of what was ever written to it."""
        return self.names | self.ledger.keys()

    @property
    def data(self) -> bytes:
        """The page as its file holds it."""
        return self.text.replace("\n", self.break_with).encode()


def read_page(path: Path) -> Page:
    """Return a page of notes.

    Raises:
        UnreadableError: It can't be read, or is not in UTF-8: then nothing can be added to it without harm.
    """
    file = Path(os.path.realpath(path))
    status = status_of(file)
    held = read_bytes(file)
    try:
        text = held.data.decode()
    except UnicodeDecodeError as error:
        name = display_name(path)
        raise UnreadableError(f"{name} is not in UTF-8: save it so, and what is new can be added") from error
    if text.count("\r\n") == text.count("\n") > 0:
        page = Page(file, text.replace("\r\n", "\n"), status, "\r\n")
    else:
        page = Page(file, text, status)
    front = FRONT_MATTER.match(page.text.removeprefix(BOM))
    source = SOURCE.search(front[0]) if front else None
    page.source = source[1] if source else ""
    for told in LEDGER.findall(page.text):
        page.ledger.update(pair.split(":") for pair in told.split())
    page.names.update(NAME.findall(page.text))
    return page


def status_of(path: Path) -> os.stat_result:
    """Return a file's status.

    Raises:
        PullquoteError: It is gone, or can't be looked at.
    """
    try:
        return path.stat()
    except (OSError, ValueError) as error:
        raise read_error(error, path) from error


def is_as_read(page: Page) -> bool:
    """Say whether nobody wrote to a page's file since it was read."""
    now, then = status_of(page.path), page.status
    return (now.st_mtime_ns, now.st_size, now.st_ino) == (then.st_mtime_ns, then.st_size, then.st_ino)


def mode_of(page: Page) -> int:
    """Return the rights of a page's file."""
    return stat.S_IMODE(page.status.st_mode)


def fingerprint(written: str) -> str:
    """Return what tells a text from any other, blanks at the ends of its lines aside."""
    lines = "\n".join(line.rstrip() for line in written.strip().split("\n"))
    return sha256(lines.encode()).hexdigest()[:FINGERPRINT_DIGITS]


def bring_up_to_date(page: Page, highlights: Iterable[Highlight]) -> tuple[int, int]:
    """Write anew those highlights in a page that have changed since; what the person edited stays.

    Returns:
        How many were written anew, and how many were changed here but are edited there.
    """
    changed = edited = 0
    for highlight in highlights:
        name, now = entry_name(highlight), entry(highlight)
        if name not in page.names or page.ledger.get(name) == fingerprint(now):
            continue
        lines = page.text.split("\n")
        start, end = extent(lines, name)
        there = "\n".join(lines[start:end])
        if fingerprint(there) == fingerprint(now):
            continue
        written = page.ledger.get(name, UNKNOWN)
        if fingerprint(there) == written:
            page.text = "\n".join([*lines[:start], *now.split("\n"), *lines[end:]])
            page.ledger[name] = fingerprint(now)
            changed += 1
        elif written != UNKNOWN:
            edited += 1
    return changed, edited


def extent(lines: Sequence[str], name: str) -> tuple[int, int]:
    """Return the first line of a highlight, and the one after its last."""
    at = next(number for number, line in enumerate(lines) if name in NAME.findall(line))
    start = at
    while start and not lines[start - 1].strip():
        start -= 1
    while start and lines[start - 1].startswith(">"):
        start -= 1
    end = at + 1
    while end < len(lines) and lines[end].rstrip() != RULE and not lines[end].startswith(HEADINGS):
        end += 1
    ends_in_rule = end < len(lines) and lines[end].rstrip() == RULE
    return start, end + 1 if ends_in_rule else end


def add(page: Page, source: Source, highlights: Sequence[Highlight]) -> None:
    """Add an episode's highlights at the end of a page, above the comment there if it still is."""
    ledger = last_ledger(page)
    above = page.text[: ledger.start()] if ledger else page.text
    below = page.text[ledger.start() :] if ledger else ""
    title, heading = last_headings(above)
    parts: list[str] = []
    if page.source != source.id and title != episode_heading(source).partition("\n")[0]:
        parts, heading = [episode_heading(source)], ""
    parts += entries(highlights, heading)
    page.text = "\n\n".join(filter(None, [above.rstrip("\n"), *parts])) + "\n"
    if below:
        page.text += "\n" + below
    for highlight in highlights:
        page.names.add(entry_name(highlight))
        page.ledger[entry_name(highlight)] = fingerprint(entry(highlight))


def last_ledger(page: Page) -> "re.Match[str] | None":
    """Return the last of the comments that tell what was written."""
    found = list(LEDGER.finditer(page.text))
    return found[-1] if found else None


def last_headings(text: str) -> tuple[str, str]:
    """Return the last title of an episode in a text, and the last heading below it."""
    title = heading = ""
    for line in text.split("\n"):
        if line.startswith("# "):
            title, heading = line, ""
        elif line.startswith("## "):
            heading = line
    return title, heading


def settle(page: Page, exported: str) -> None:
    """Write down in a page what was written to it, and on which day."""
    ledger = {**dict.fromkeys(sorted(page.names - page.ledger.keys()), UNKNOWN), **page.ledger}
    told = "".join(f" {name}:{mark}" for name, mark in ledger.items())
    line = f"<!-- pullquote:{told} -->"
    there = last_ledger(page)
    if there:
        page.text = page.text[: there.start()] + line + page.text[there.end() :]
    else:
        page.text = page.text.rstrip("\n") + f"\n\n{line}\n"
    front = FRONT_MATTER.match(page.text.removeprefix(BOM))
    if front:
        dated = EXPORTED.sub(f'exported: "{exported[:10]}"', front[0], count=1)
        page.text = page.text.replace(front[0], dated, 1)
