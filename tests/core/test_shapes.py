"""Every row of the table of readers has samples, and each is read by its row and by no other before it."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tui.core.formats.table import COLLECTIONS, READERS
from tui.core.markdown_writing import as_markdown
from tui.core.reading import episode_from_bytes, read_all, read_episode

FIXTURES = Path(__file__).parents[1] / "fixtures"
SHAPES = sorted(path for path in (FIXTURES / "shapes").glob("*/*") if path.is_file())
SEVERAL = sorted(path for path in (FIXTURES / "collections").glob("*/*") if path.is_file())

MADE_HERE = {"epub", "pullquote"}
"""Samples that a test below makes: an archive, and what the program itself writes."""


def test_every_reader_has_a_sample() -> None:
    assert {path.parent.name for path in SHAPES} | MADE_HERE == {reader.name for reader in READERS}
    assert {path.parent.name for path in SEVERAL} == {collection.name for collection in COLLECTIONS}


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_sample_is_read_by_its_own_reader(path: Path) -> None:
    episode = read_episode(path)
    assert episode.format == path.parent.name
    assert episode.why
    assert any(section.text for section in episode.sections)


@pytest.mark.parametrize("path", SEVERAL, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_collection_is_taken_apart(path: Path) -> None:
    episodes = list(read_all(path))
    assert len(episodes) == episodes[0].count > 1
    assert len({episode.id for episode in episodes}) == len(episodes)
    assert [episode.path for episode in episodes] == [path / str(n + 1) for n in range(len(episodes))]
    for episode in episodes:
        again = read_episode(episode.path)
        assert (again.title, again.id, again.sections) == (episode.title, episode.id, episode.sections)
        assert any(section.text for section in episode.sections)


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_is_written_of_a_sample_is_read_as_our_own(path: Path) -> None:
    episode = read_episode(path)
    again = episode_from_bytes(as_markdown(episode, None).encode(), Path("written.md"))
    assert again.format == "pullquote"
    assert again.title == episode.title
    assert [section.title for section in again.sections] == [section.title for section in episode.sections]
    assert [section.text for section in again.sections] == [section.text for section in episode.sections]


def test_an_epub_is_read_by_its_own_reader() -> None:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/>'
            "</rootfiles></container>",
        )
        book.writestr(
            "book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<dc:title>On Ferries</dc:title></metadata><manifest>"
            '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="a"/></spine></package>',
        )
        book.writestr("a.xhtml", "<html><body><h1>Ice</h1><p>The river froze.</p></body></html>")
    episode = episode_from_bytes(archive.getvalue(), Path("ferries.epub"))
    assert (episode.format, episode.title) == ("epub", "On Ferries")
    assert [section.title for section in episode.sections] == ["Ice"]
