"""Fetching a page of the web, from a server on this machine."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic

import pytest

from tui.core import web
from tui.core.web import Fetched, ascii_address, checked_address, fetch, is_address, name_of
from tui.errors import NotFoundError, UnreadableError, UsageError

PAGE = "<!doctype html><title>Tea</title><h1>Tea</h1><p>Grüner Tee.</p>"

ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode()),
    "/latin": (200, {"Content-Type": "text/html; charset=iso-8859-1"}, PAGE.encode("latin-1")),
    "/wrong-charset": (200, {"Content-Type": "text/html; charset=nonsense"}, PAGE.encode()),
    "/notes.md": (200, {"Content-Type": "text/markdown"}, b"# Tea\n\nText.\n"),
    "/talk.srt": (200, {"Content-Type": "text/plain"}, b"1\n00:00:01,000 --> 00:00:02,000\nHello.\n"),
    "/captions": (200, {"Content-Type": "text/vtt"}, b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n"),
    "/paper": (200, {"Content-Type": "application/pdf"}, b"%PDF"),
    "/style": (200, {"Content-Type": "text/css"}, b"p {}"),
    "/packed": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())),
    "/broken-pack": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, b"\x1f\x8b\x08broken"),
    "/bomb": (
        200,
        {"Content-Type": "text/html", "Content-Encoding": "gzip"},
        gzip.compress(bytes(11 * 1024**2)),
    ),
    "/brotli": (200, {"Content-Type": "text/html", "Content-Encoding": "br"}, b"x"),
    "/moved": (302, {"Location": "/page"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/to-password": (302, {"Location": "http://me:secret@127.0.0.1/"}, b""),
    "/error": (500, {"Content-Type": "text/html"}, b"no"),
}
for number in range(9):
    ANSWERS[f"/far{number}"] = (301, {"Location": f"/far{number + 1}"}, b"")
ANSWERS["/far9"] = ANSWERS["/page"]


class Server(BaseHTTPRequestHandler):
    """Answers as the table says; asked for it, slowly or without end."""

    agents: list[str] = []
    stopping = threading.Event()

    def do_GET(self) -> None:
        self.agents.append(self.headers["User-Agent"])
        if self.path == "/slow":
            self.stopping.wait(20)
        if self.path in ("/endless", "/drip"):
            self.pour(wait_s=0 if self.path == "/endless" else 0.1)
            return
        code, headers, body = ANSWERS.get(self.path.partition("?")[0], (404, {}, b"gone"))
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def pour(self, wait_s: float) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        while not self.stopping.wait(wait_s):
            try:
                self.wfile.write(b"x" * (100_000 if wait_s == 0 else 1))
                self.wfile.flush()
            except OSError:
                return

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    Server.stopping.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    Server.stopping.set()
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def test_a_page_comes_with_its_address_and_a_name(site: str) -> None:
    page = fetch(f"{site}/page#part")
    assert page == Fetched(b"\xef\xbb\xbf" + PAGE.encode(), f"{site}/page", "page.html", is_html=True)
    assert Server.agents[-1].startswith("Mozilla/5.0 (compatible; pullquote/")


@pytest.mark.parametrize("path", ["/latin", "/packed", "/wrong-charset", "/moved"])
def test_a_page_is_text_however_it_comes(path: str, site: str) -> None:
    assert fetch(site + path).data.removeprefix(b"\xef\xbb\xbf").decode() == PAGE


def test_redirections_are_followed_to_the_address_that_is_kept(site: str) -> None:
    assert fetch(f"{site}/moved").url == f"{site}/page"


@pytest.mark.parametrize(
    ("path", "name"), [("/notes.md", "notes.md"), ("/talk.srt", "talk.srt"), ("/captions", "captions.vtt")]
)
def test_other_texts_keep_their_suffix(path: str, name: str, site: str) -> None:
    page = fetch(site + path)
    assert (page.name, page.is_html) == (name, False)


@pytest.mark.parametrize(
    ("path", "error", "said"),
    [
        ("/nothing", NotFoundError, "the server says 404 Not Found"),
        ("/error", UnreadableError, "the server says 500 Internal Server Error"),
        ("/paper", UnreadableError, "is application/pdf, not a page of text; save it as a file"),
        ("/style", UnreadableError, "is text/css, not a page of text"),
        ("/broken-pack", UnreadableError, "comes packed, and can't be unpacked"),
        ("/brotli", UnreadableError, r"comes packed in a way that is not known \(br\)"),
        ("/bomb", UnreadableError, "is larger than 10 MB"),
        ("/endless", UnreadableError, "is larger than 10 MB"),
        ("/loop", UnreadableError, "leads on without ever showing a page"),
        ("/far0", UnreadableError, "leads on without ever showing a page"),
        ("/to-file", UnreadableError, "leads on .* or out of the web"),
        ("/to-password", UnreadableError, "leads elsewhere: the address holds a name or password"),
    ],
)
def test_what_can_not_be_had_is_said(path: str, error: type[Exception], said: str, site: str) -> None:
    with pytest.raises(error, match=said):
        fetch(site + path)


@pytest.mark.parametrize("path", ["/slow", "/drip"])
def test_a_slow_server_is_given_up(path: str, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "LIMIT_S", 0.6)
    begun = monotonic()
    with pytest.raises(UnreadableError, match="did not answer within"):
        fetch(site + path)
    assert monotonic() - begun < 10


def test_a_silent_server_is_given_up(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SILENCE_S", 0.2)
    with pytest.raises(UnreadableError, match="did not answer within"):
        fetch(f"{site}/slow")


def test_a_server_that_is_not_there_is_said() -> None:
    with pytest.raises(NotFoundError, match="can't be fetched: Connection refused"):
        fetch("http://127.0.0.1:1/page")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("file:///etc/passwd", "no address of the web"),
        ("ftp://example.org/x", "no address of the web"),
        ("https://", "no address of the web"),
        ("http://[broken", "no address of the web"),
        ("http://example.org:99999999/", "no address of the web"),
        ("https://me@example.org/", "holds a name or password"),
        ("https://me:secret@example.org/", "holds a name or password"),
    ],
)
def test_only_the_web_is_fetched(address: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        fetch(address)


def test_addresses_are_told_from_files() -> None:
    assert is_address("https://example.org")
    assert is_address("HTTP://example.org")
    assert is_address("file:///etc/passwd")
    assert not is_address("httpstories.md")
    assert not is_address("www.example.org/page.html")


def test_addresses_go_over_the_wire_in_ascii() -> None:
    assert ascii_address("https://bücher.example/ü?q=ä b&x=%20") == (
        "https://xn--bcher-kva.example/%C3%BC?q=%C3%A4%20b&x=%20"
    )
    assert ascii_address("http://[::1]:80/x") == "http://[::1]:80/x"
    assert checked_address(" https://example.org/a#b ") == "https://example.org/a"


@pytest.mark.parametrize(
    ("url", "suffix", "name"),
    [
        ("https://e.org/", ".html", "page.html"),
        ("https://e.org/a/talk.php?x=1", ".html", "talk.html"),
        ("https://e.org/talk.srt", "", "talk.srt"),
        ("https://e.org/..%2F..%2Fetc%2Fpasswd", "", "passwd"),
        ("https://e.org/" + "x" * 500, "", "x" * 100),
    ],
)
def test_a_page_has_a_harmless_name(url: str, suffix: str, name: str) -> None:
    assert name_of(url, suffix) == name
