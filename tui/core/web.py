"""A page of the web, fetched once and only when somebody asks for it.

Only http and https, without names and passwords, a few redirections, ten megabytes, half a minute, and only
types of text. Nothing that the page refers to is fetched. What comes back is bytes for the readers.
"""

import gzip
import io
import threading
import zlib
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import PurePosixPath
from time import monotonic
from typing import IO, TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit, urlunsplit

from tui import __version__
from tui.core.cleaning import clean_line
from tui.core.files import ADDRESS
from tui.errors import NotFoundError, PullquoteError, UnreadableError, UsageError

if TYPE_CHECKING:
    from urllib.request import OpenerDirector, Request

MAX_BYTES = 10 * 1024 * 1024
LIMIT_S = 30.0
"""Seconds for everything: finding the server, redirections, the last byte."""

SILENCE_S = 10.0
"""Seconds without a byte after which a server is given up."""

MAX_REDIRECTIONS = 5
BITE = 65_536
USER_AGENT = f"Mozilla/5.0 (compatible; pullquote/{__version__}; reads one page on request)"
"""Some servers answer only to what begins so."""

ACCEPT = (
    "text/html, application/xhtml+xml, text/markdown, text/plain, text/vtt, application/json;q=0.9, */*;q=0.1"
)

SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/plain": "",
    "text/vtt": ".vtt",
    "application/x-subrip": ".srt",
    "text/srt": ".srt",
    "application/json": ".json",
    "application/json+chapters": ".json",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
}
"""Types that are read, and the suffix that a file of this type has; of plain text, that of its address."""

UTF_8_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came."""

    data: bytes
    """In UTF-8, where the server told the encoding; else as it came."""

    url: str
    """Where it came from, after redirections, without a fragment."""

    name: str
    """A name for it as if it were a file."""

    is_html: bool


def is_address(text: str) -> bool:
    """Say whether somebody means an address, of the web or not, rather than a file."""
    return ADDRESS.match(text) is not None


def fetch(address: str) -> Fetched:
    """Return a page of the web.

    Raises:
        UsageError: The address is none of http or https, or holds a password.
        NotFoundError: There is no such server or page.
        UnreadableError: It takes too long, is too large or is no text.
    """
    url = checked_address(address)
    outcome: list[Fetched | Exception] = []

    def run() -> None:
        try:
            outcome.append(download(url, monotonic() + LIMIT_S))
        except Exception as error:  # noqa: BLE001 - it is raised again below, in the thread that waits
            outcome.append(error)

    # In a thread of its own: looking up a server's name can't be given a time limit.
    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    worker.join(LIMIT_S)
    if not outcome:
        raise too_slow(url)
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]


def checked_address(address: str) -> str:
    """Return an address without its fragment, if it is one that may be fetched.

    Raises:
        UsageError: It may not.
    """
    try:
        parts = urlsplit(address.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"{shown(address)} is no address of the web") from error
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise UsageError(f"{shown(address)} is no address of the web: it begins with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise UsageError("the address holds a name or password, which would be kept in the episode")
    return urlunsplit(parts._replace(fragment=""))


def shown(address: str) -> str:
    """Return an address as a message shows it."""
    return clean_line(address)[:200]


def too_slow(url: str, limit_s: float = LIMIT_S) -> UnreadableError:
    """Return the error for a server that takes too long."""
    return UnreadableError(
        f"{shown(url)} did not answer within {limit_s:.0f} seconds; save the page as a file"
    )


def download(url: str, deadline: float) -> Fetched:
    """Return a page, whatever is wrong told as an error of ours.

    Raises:
        PullquoteError: It can't be had.
    """
    from urllib.request import Request

    request = Request(ascii_address(url), headers={"User-Agent": USER_AGENT, "Accept": ACCEPT})
    request.add_header("Accept-Encoding", "identity")
    try:
        with opener().open(request, timeout=SILENCE_S) as response:
            return received(response, deadline)
    except HTTPError as error:
        error.close()
        raise refused(url, error.code, error.reason) from error
    except TimeoutError as error:
        raise too_slow(url, SILENCE_S) from error
    except (URLError, HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        if isinstance(reason, TimeoutError):
            raise too_slow(url, SILENCE_S) from error
        told = clean_line(str(getattr(reason, "strerror", None) or reason))[:200]
        raise NotFoundError(f"{shown(url)} can't be fetched: {told or type(error).__name__}") from error


def refused(url: str, code: int, reason: object) -> PullquoteError:
    """Return the error for a server that sends no page, by its status."""
    if 300 <= code < 400:
        return UnreadableError(
            f"{shown(url)} leads on without ever showing a page, or out of the web; open it in a browser,"
            " copy the page, and use --clipboard"
        )
    kind = NotFoundError if code in (404, 410) else UnreadableError
    said = clean_line(reason if isinstance(reason, str) else "")
    return kind(f"{shown(url)}: the server says {code} {said}".rstrip())


def ascii_address(url: str) -> str:
    """Return an address as it goes over the wire: its host as IDNA, the rest percent-encoded."""
    from urllib.parse import quote

    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode() if not url.isascii() else parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    netloc = host if parts.port is None else f"{host}:{parts.port}"
    safe = "/%:=&?~#+!$,;'@()*[]|"
    return urlunsplit((parts.scheme, netloc, quote(parts.path, safe), quote(parts.query, safe), ""))


def opener() -> "OpenerDirector":
    """Return what opens addresses of the web, and none of files, FTP or data."""
    from urllib import request as web

    class Redirections(web.HTTPRedirectHandler):
        """Follows a few redirections, to the web only."""

        max_redirections = MAX_REDIRECTIONS
        max_repeats = 2

        def redirect_request(
            self, req: "Request", fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
        ) -> "Request | None":
            """Return the next request; an address that may not be fetched is an error."""
            try:
                checked_address(newurl)
            except UsageError as error:
                fp.close()
                raise UnreadableError(f"{shown(req.full_url)} leads elsewhere: {error}") from error
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    director = web.OpenerDirector()
    for handler in (
        *(web.ProxyHandler(), web.UnknownHandler(), web.HTTPHandler(), web.HTTPSHandler()),
        *(web.HTTPDefaultErrorHandler(), Redirections(), web.HTTPErrorProcessor()),
    ):
        director.add_handler(handler)
    return director


def received(response: HTTPResponse, deadline: float) -> Fetched:
    """Return what a server sends, if it is a text.

    Raises:
        UnreadableError: It is no text, too large or too slow.
    """
    url = checked_address(response.url)
    kind = response.headers.get_content_type().lower()
    suffix = SUFFIXES.get(kind)
    if suffix is None and (not kind.startswith("text/") or kind in ("text/css", "text/javascript")):
        raise UnreadableError(f"{shown(url)} is {clean_line(kind)}, not a page of text; save it as a file")
    data = body(response, url, deadline)
    charset = response.headers.get_content_charset()
    return Fetched(in_utf_8(data, charset), url, name_of(url, suffix or ""), suffix == ".html")


def body(response: HTTPResponse, url: str, deadline: float) -> bytes:
    """Return the bytes that a server sends, unpacked.

    Raises:
        UnreadableError: They are too many, or come too slowly.
    """
    bites: list[bytes] = []
    left = MAX_BYTES
    while bite := response.read1(BITE):
        left -= len(bite)
        if left < 0:
            raise too_large(url)
        if monotonic() > deadline:
            raise too_slow(url)
        bites.append(bite)
    return unpacked(b"".join(bites), response.headers.get("Content-Encoding", ""), url)


def too_large(url: str) -> UnreadableError:
    """Return the error for a page that is too large."""
    return UnreadableError(f"{shown(url)} is larger than {MAX_BYTES // 1024**2} MB; save it as a file")


def unpacked(data: bytes, encoding: str, url: str) -> bytes:
    """Return bytes that a server may have packed though it was not asked to.

    Raises:
        UnreadableError: They can't be unpacked, or are too many then.
    """
    if encoding.strip().lower() in ("", "identity"):
        return data
    if encoding.strip().lower() not in ("gzip", "x-gzip"):
        raise UnreadableError(
            f"{shown(url)} comes packed in a way that is not known ({clean_line(encoding)})"
        )
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            plain = file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError(f"{shown(url)} comes packed, and can't be unpacked") from error
    if len(plain) > MAX_BYTES:
        raise too_large(url)
    return plain


def in_utf_8(data: bytes, charset: str | None) -> bytes:
    """Return bytes whose encoding the server told, in UTF-8 with its mark; as they are where it is wrong."""
    if charset is None or data.startswith(UTF_8_MARK):
        return data
    try:
        return UTF_8_MARK + data.decode(charset).encode()
    except (LookupError, UnicodeError):
        return data


def name_of(url: str, suffix: str) -> str:
    """Return a name for a page as if it were a file, from its address and its type."""
    last = PurePosixPath(clean_line(unquote(urlsplit(url).path)).replace("\\", "/")).name[:100]
    if not suffix:
        return last or "page.txt"
    return (PurePosixPath(last).stem or "page") + suffix
