"""EPUBs: their documents in reading order, within bounds, whatever is wrong with the archive."""

import io
import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from tui.core.episode import Episode
from tui.core.formats import epub_package
from tui.core.reading import episode_from_bytes
from tui.errors import UnreadableError

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Low Water: the first year</dc:title><dc:creator id="c">Ida Brandt</dc:creator>
<dc:language>en-GB</dc:language>
<dc:contributor id="d">Bo Diaz</dc:contributor>
<meta refines="#d" property="role" scheme="marc:relators">nrt</meta>
<dc:date>2024-02-11</dc:date><dc:identifier id="id">urn:uuid:1</dc:identifier>
<dc:source>https://low.example/book</dc:source>
<dc:subject>Harbours</dc:subject><dc:subject>Silt</dc:subject></metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="b" href="text/two%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="text/notes.xhtml" media-type="application/xhtml+xml"/>
<item id="p" href="x.png" media-type="image/png"/>
<item id="gone" href="../../etc/passwd" media-type="application/xhtml+xml"/>
</manifest>
<spine><itemref idref="nav"/><itemref idref="a"/>
<itemref idref="b"/><itemref idref="gone"/><itemref idref="p"/>
<itemref idref="n" linear="no"/></spine></package>"""
NAV = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
    '<nav epub:type="toc"><ol>'
    '<li><a href="text/one.xhtml">How it began</a></li>'
    '<li><a href="text/two%20b.xhtml">Second <i>part</i></a></li>'
    "</ol></nav></body></html>"
)


def document(body: str) -> str:
    opening = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
    return f"{opening}<body>{body}</body></html>"


FILES = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/book.opf": PACKAGE,
    "OEBPS/nav.xhtml": NAV,
    "OEBPS/text/one.xhtml": document(
        "<header><h1>The river</h1></header><p>It brings <b>silt</b>.<a id='p1'/></p>"
        "<h2>Sand</h2><p>First.</p>"
    ),
    "OEBPS/text/two b.xhtml": document("<p>Second part</p><p>No heading here.</p>"),
    "OEBPS/text/notes.xhtml": document("<h2>Notes</h2><p>A note.</p>"),
    "OEBPS/x.png": "\x89PNG",
}


def packed(files: dict[str, str], *, compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compress) as archive:
        for name, text in files.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else compress
            archive.writestr(name, text.encode("utf-8"), kind)
    return data.getvalue()


def book(data: bytes) -> Episode:
    return episode_from_bytes(data, Path("book.epub"))


def test_documents_come_in_reading_order_under_their_headings() -> None:
    episode = book(packed(FILES))
    assert (episode.format, episode.title) == ("epub", "Low Water: the first year")
    assert [(section.title, section.level) for section in episode.sections] == [
        ("The river", 1),
        ("Sand", 2),
        ("Second part", 1),
    ]
    assert episode.sections[0].text == "It brings silt."
    assert [block.text for block in episode.sections[2].blocks if not block.fold] == ["No heading here."]
    assert episode.notices == ()


def test_the_table_of_contents_and_notes_are_folded_at_the_end() -> None:
    folded = [block.text for block in book(packed(FILES)).sections[-1].blocks if block.fold]
    assert folded == ["How it began", "Second part", "A note."]


def test_the_package_tells_what_the_book_is() -> None:
    episode = book(packed(FILES))
    assert (episode.date, episode.language, episode.url) == ("2024-02-11", "en", "https://low.example/book")
    assert set(episode.people) == {"Ida Brandt", "Bo Diaz"}
    assert episode.tags == ("Harbours", "Silt")


def test_headings_come_from_the_older_table_of_contents_too() -> None:
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint>'
        "<navLabel><text>Part the second</text></navLabel>"
        '<content src="text/two%20b.xhtml#start"/></navPoint></navMap></ncx>'
    )
    package = PACKAGE.replace(' properties="nav"', "").replace('href="nav.xhtml"', 'href="toc.ncx"')
    package = (
        package.replace('id="nav"', 'id="ncx"')
        .replace('<itemref idref="nav"/>', "")
        .replace("<spine>", '<spine toc="ncx">')
    )
    episode = book(packed({**FILES, "OEBPS/book.opf": package, "OEBPS/toc.ncx": ncx}))
    assert [section.title for section in episode.sections][:3] == ["The river", "Sand", "Part the second"]


def test_an_epub_whose_first_file_says_nothing_is_known_by_its_name() -> None:
    files = {name: text for name, text in FILES.items() if name != "mimetype"}
    assert book(packed(files)).title == "Low Water: the first year"


def test_an_archive_without_a_package_shows_its_documents() -> None:
    files = {name: text for name, text in FILES.items() if not name.endswith((".opf", "container.xml"))}
    episode = book(packed(files))
    assert [section.title for section in episode.sections if section.title] == ["Notes", "The river", "Sand"]
    assert "It brings silt." in " ".join(section.text for section in episode.sections)


def test_an_encrypted_book_is_refused_and_hidden_fonts_are_not() -> None:
    encryption = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<e:EncryptedData xmlns:e="http://www.w3.org/2001/04/xmlenc#">'
        '<e:EncryptionMethod Algorithm="{}"/></e:EncryptedData></encryption>'
    )
    locked = encryption.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    with pytest.raises(UnreadableError, match="encrypted"):
        book(packed({**FILES, "META-INF/encryption.xml": locked}))
    fonts = encryption.format("http://www.idpf.org/2008/embedding")
    assert book(packed({**FILES, "META-INF/encryption.xml": fonts})).sections


def test_what_unpacks_without_end_is_left_out_with_a_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub_package, "MAX_FILE_BYTES", 20_000)
    bomb = document("<p>" + "0" * 1_000_000 + "</p>")
    episode = book(packed({**FILES, "OEBPS/text/one.xhtml": bomb}))
    assert episode.notices == ("1 file of the EPUB could not be read",)
    assert [section.title for section in episode.sections] == ["Second part"]


def test_a_file_damaged_inside_leaves_the_others() -> None:
    data = packed(FILES, compress=zipfile.ZIP_STORED).replace(b"It brings <b>silt", b"It brings <b>milk")
    episode = book(data)
    assert episode.notices == ("1 file of the EPUB could not be read",)
    assert [section.title for section in episode.sections] == ["Second part"]


def test_damaged_archives_are_read_or_refused() -> None:
    whole = packed(FILES)
    dice = random.Random(5)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(dice.randrange(1, 8)):
            data[dice.randrange(70, len(data))] = dice.randrange(256)
        del data[dice.choice([len(data), dice.randrange(80, len(data))]) :]
        with suppress(UnreadableError):
            assert book(bytes(data)).sections


def test_an_archive_with_nothing_to_read_is_refused() -> None:
    with pytest.raises(UnreadableError, match="no documents"):
        book(packed({"mimetype": "application/epub+zip"}))
    with pytest.raises(UnreadableError, match="damaged"):
        book(b"PK\x03\x04" + bytes(200))
