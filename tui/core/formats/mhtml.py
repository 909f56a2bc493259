"""Pages saved with all they show in one file (MHTML, RFC 2557), and letters with a page in them (RFC 5322).

Only the page itself is read: its pictures and styles are left in the file.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from email.header import decode_header, make_header
from email.message import Message

from tui.core.cleaning import clean, clean_line
from tui.core.decoding import decode
from tui.core.formats import plain
from tui.core.formats.draft import Draft, Source
from tui.core.formats.html_line import ADDRESS
from tui.core.formats.html_page import html_to_draft
from tui.core.formats.lines import squeeze
from tui.core.metadata import FieldValue
from tui.errors import UnreadableError

HEADER_LINE = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n(?:[ \t][^\n]*\n)*")
MAX_HEADERS = 200
NEEDED = re.compile(r"^(?:mime-version|content-type):", re.I | re.M)
WITH_PAGE = re.compile(r"^content-type:\s*(?:multipart/|text/html)", re.I | re.M)

MAX_PARTS = 2000
"""How many parts of a file are looked through."""

WHY = "It is a web page saved as one file (MHTML), or a letter with one in it."


def fits(source: Source) -> bool:
    """Say whether a text begins with the header of a message that has a page in it."""
    header = header_of(source.judged.lstrip())
    return NEEDED.search(header) is not None and WITH_PAGE.search(header) is not None


def header_of(text: str) -> str:
    """Return the lines ``Name: value`` that a text begins with."""
    at = 0
    for _ in range(MAX_HEADERS):
        found = HEADER_LINE.match(text, at)
        if found is None:
            break
        at = found.end()
    return text[:at]


def read(source: Source) -> Draft:
    """Return the page in a message; without one, the message as it stands."""
    message = parsed(source.text)
    html = next(filter(None, (text_of(part) for part in parts(message, "text/html"))), "")
    if not html:
        return plain.read(source)
    fields: dict[str, FieldValue] = {}
    date = header(message, "Date")
    if date and not message.get("Snapshot-Content-Location"):
        # Of a saved page, the date says when it was saved.
        fields["date"] = date
    address = address_of(message)
    if address:
        fields["url"] = address
    draft = html_to_draft(html, source.title, fields)
    title = draft.title or header(message, "Subject")
    return Draft(draft.sections, WHY, title, draft.notices, draft.fields)


def parsed(text: str) -> Message:
    """Return a message taken apart; one that is cut short is one too."""
    from email.parser import Parser

    # What is not ASCII goes through the parser as it is: parts of 8 bits are text already.
    return Parser().parsestr(text.lstrip())


def parts(message: Message, kind: str) -> Iterator[Message]:
    """Yield the parts of a message that are of a kind, in their order."""
    for number, part in enumerate(message.walk()):
        if number >= MAX_PARTS:
            return
        if part.get_content_type() == kind:
            yield part


def text_of(part: Message) -> str:
    """Return the text of a part, clean; "" for one that can't be decoded."""
    payload = part.get_payload()
    if not isinstance(payload, str):
        return ""
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding not in ("quoted-printable", "base64"):
        return clean(payload).text
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset()
    try:
        return clean(data.decode(charset)).text if charset else decode(data).text
    except (LookupError, UnicodeDecodeError):
        return as_guessed(data)
    except UnreadableError:
        return ""


def as_guessed(data: bytes) -> str:
    """Return the text of bytes that are not in the encoding they are said to be in."""
    try:
        return decode(data).text
    except UnreadableError:
        return ""


def header(message: Message, name: str) -> str:
    """Return a header as clean text on one line, or ""."""
    value = str(message.get(name, ""))[:2000]
    with suppress(LookupError, ValueError):
        value = str(make_header(decode_header(value)))
    return squeeze(clean_line(value))


def address_of(message: Message) -> str:
    """Return the address that a saved page came from, or ""."""
    named = [header(message, name) for name in ("Snapshot-Content-Location", "Content-Location")]
    first = next(parts(message, "text/html"), None)
    addresses = (*named, header(first, "Content-Location") if first is not None else "")
    return next((address for address in addresses if ADDRESS.fullmatch(address)), "")
