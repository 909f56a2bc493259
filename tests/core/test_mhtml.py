"""Pages saved in one file, and letters with a page in them."""

import quopri
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.formats.draft import Source
from tui.core.formats.mhtml import fits, read
from tui.core.reading import episode_from_bytes, read_episode

PAGE = (
    '<!DOCTYPE html><html lang="de"><head>'
    '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    "<title>Häfen verlanden | Low Water</title></head><body><nav>Menü</nav><main><h1>Häfen verlanden</h1>"
    "<p>Jeder Fluß trägt seine Hügel ins Meer, Löffel für Löffel – und hört nie auf damit, sagt sie.</p>"
    "<h2>Der Bagger</h2><p>x = 1 und 100 % mehr</p></main></body></html>"
)


def saved(page: str = PAGE, encoding: str = "quoted-printable") -> str:
    body = quopri.encodestring(page.encode()).decode("ascii") if encoding == "quoted-printable" else page
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://low.example/7\r\n"
        "Subject: =?utf-8?Q?H=C3=A4fen=20verlanden?=\r\nDate: Mon, 1 Jan 2024 10:00:00 -0000\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--x--"\r\n\r\n\r\n'
        "----x--\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\nContent-Location: https://low.example/7\r\n\r\n{body}\r\n"
        "----x--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Location: https://low.example/x.png\r\n\r\niVBORw0KGgo=\r\n\r\n"
        "----x--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<p>A frame</p>\r\n----x----\r\n"
    )


@pytest.mark.parametrize("encoding", ["quoted-printable", "8bit", "binary"])
def test_a_saved_page_is_the_page_in_it(encoding: str) -> None:
    read_page = episode_from_bytes(saved(encoding=encoding).encode(), Path("page.mhtml"))
    assert (read_page.format, read_page.title, read_page.url) == (
        "mhtml",
        "Häfen verlanden",
        "https://low.example/7",
    )
    assert (
        read_page.sections[0].blocks[0].text.startswith("Jeder Fluß trägt seine Hügel ins Meer, Löffel für")
    )
    assert read_page.sections[1].text.startswith("x = 1 und 100 % mehr")
    assert (read_page.language, read_page.date) == ("de", None)
    assert not any("A frame" in section.text or "iVBOR" in section.text for section in read_page.sections)


def test_a_letter_is_read_by_its_page() -> None:
    letter = EmailMessage()
    letter["Subject"] = "This week: maps & tea"
    letter["Date"] = "Tue, 02 Jan 2024 08:00:00 +0100"
    letter.set_content("Plain words only.")
    letter.add_alternative("<html><body><h2>Maps</h2><p>Paper lasts.</p></body></html>", subtype="html")
    read_letter = episode_from_bytes(letter.as_bytes(), Path("letter.eml"))
    assert (read_letter.format, read_letter.title, read_letter.date) == (
        "mhtml",
        "This week: maps & tea",
        "2024-01-02",
    )
    assert [(section.title, section.text) for section in read_letter.sections] == [("Maps", "Paper lasts.")]


def test_a_message_without_a_page_stays_as_it_stands() -> None:
    header = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
    text = f"{header}--b\nContent-Type: text/plain\n\nwords\n--b--\n"
    assert "words" in read(Source(text, "x.mht")).sections[0].text


def test_the_head_of_a_large_page_reads_like_its_beginning(tmp_path: Path) -> None:
    parts = "".join(f"<h2>Teil {n}</h2><p>{'Wörter davon. ' * 9}</p>\n" for n in range(1500))
    path = tmp_path / "page.mht"
    path.write_text(saved(PAGE.replace("<h2>", f"{parts}<h2>", 1)), encoding="utf-8", newline="")
    whole, head = read_episode(path), read_episode(path, head=True)
    last = len(head.sections) - 1
    assert last > 100
    assert (head.title, head.sections[:last]) == (whole.title, whole.sections[:last])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (saved().replace("\r\n", "\n"), True),
        ("Title: Tea\nShow: Leaf\n\nWords.", False),
        ("Content-Type: text/plain\nMIME-Version: 1.0\n\nwords", False),
        ("# Notes\nMIME-Version: 1.0\nContent-Type: text/html\n", False),
        ("<html>MIME-Version: 1.0\nContent-Type: multipart/related\n", False),
    ],
)
def test_what_a_message_is_known_by(text: str, expected: bool) -> None:
    assert fits(Source(text, "x.txt")) is expected


@given(st.text(alphabet='-x\n :;="ABab<p>/multipart', max_size=200))
def test_any_message_is_read(text: str) -> None:
    assert read(
        Source(f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n{text}', "x.mht")
    ).sections
