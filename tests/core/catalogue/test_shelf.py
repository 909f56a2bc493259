"""The thread that keeps a library's rows up to date."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.core.catalogue.shelves import put
from tui.core.catalogue import shelf as shelf_module
from tui.core.catalogue import waiting as waiting_module
from tui.core.catalogue.once import listed
from tui.core.catalogue.reading import read_rows
from tui.core.catalogue.rows import Row
from tui.core.catalogue.shelf import Found, Lost, News, Shelf
from tui.core.catalogue.waiting import Waiting, read_all
from tui.core.search.changes import Work, changes
from tui.core.search.pool import Reader

PATIENCE_S = 20.0


class Heard:
    """Takes down what a shelf tells."""

    def __init__(self) -> None:
        self.news: list[News] = []
        self.has_come = threading.Condition()

    def __call__(self, news: News) -> None:
        with self.has_come:
            self.news.append(news)
            self.has_come.notify_all()

    def wait_for(self, fits: Callable[[News], bool], since: int = 0) -> News:
        """Return the first news from a number on that fit, once they have come."""
        with self.has_come:
            assert self.has_come.wait_for(lambda: any(map(fits, self.news[since:])), PATIENCE_S), self.news
            return next(news for news in self.news[since:] if fits(news))

    def titles(self, *titles: str, since: int = 0) -> None:
        """Wait until exactly these episodes are known and read."""
        self.wait_for(
            lambda news: (
                isinstance(news, Found)
                and not news.unread
                and sorted(row.title for row in news.rows) == sorted(titles)
            ),
            since,
        )


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    for name in ("a", "b", "c"):
        put(folder / f"{name}.md", name.upper())
    return folder


@pytest.fixture
def begun(library: Path) -> Iterator[tuple[Shelf, Heard]]:
    heard = Heard()
    shelf = Shelf(library, heard)
    shelf.start()
    heard.titles("A", "B", "C")
    yield shelf, heard
    shelf.close()
    assert not shelf.thread.is_alive()


def test_names_are_told_before_what_is_read(begun: tuple[Shelf, Heard]) -> None:
    first = begun[1].news[0]
    assert isinstance(first, Found)
    assert [row.title for row in first.rows] == ["a.md", "b.md", "c.md"]
    assert first.unread == 3


def test_what_was_kept_is_told_first(begun: tuple[Shelf, Heard], library: Path) -> None:
    begun[0].close()
    put(library / "d.md", "D")
    heard = Heard()
    shelf = Shelf(library, heard)
    shelf.start()
    heard.titles("A", "B", "C", "D")
    shelf.close()
    first = heard.news[0]
    assert isinstance(first, Found)
    assert [row.title for row in first.rows] == ["A", "B", "C"]


def test_it_looks_again_when_it_is_asked_to(begun: tuple[Shelf, Heard], library: Path) -> None:
    shelf, heard = begun
    put(library / "deep" / "d.md", "D")
    (library / "a.md").unlink()
    since = len(heard.news)
    shelf.look()
    heard.titles("B", "C", "D", since=since)
    # A few are told once they are read: no names come in between.
    assert all("d.md" not in row.title for news in heard.news if isinstance(news, Found) for row in news.rows)


def test_a_folder_that_vanishes_is_told_and_its_return_too(begun: tuple[Shelf, Heard], library: Path) -> None:
    shelf, heard = begun
    away = library.with_name("away")
    library.rename(away)
    shelf.look()
    lost = heard.wait_for(lambda news: isinstance(news, Lost))
    assert isinstance(lost, Lost)
    assert "there is no folder" in lost.reason
    away.rename(library)
    since = len(heard.news)
    shelf.look()
    heard.titles("A", "B", "C", since=since)
    for path in library.glob("*.md"):
        path.unlink()
    shelf.look()
    heard.wait_for(lambda news: isinstance(news, Lost) and "no episodes" in news.reason)


def test_what_it_could_not_list_is_told(library: Path) -> None:
    (library / "pipe.md").symlink_to(library / "nowhere")
    heard = Heard()
    shelf = Shelf(library, heard)
    shelf.start()
    heard.wait_for(lambda news: isinstance(news, Found) and any("pipe.md" in one for one in news.notices))
    shelf.close()


def test_it_ends_at_once_and_keeps_what_it_has_read(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(60):
        put(library / f"{number}.md", f"T{number}")
    monkeypatch.setattr(shelf_module, "TELL_S", 0.0)
    heard = Heard()
    shelf = Shelf(library, heard)
    shelf.start()
    heard.wait_for(lambda news: isinstance(news, Found) and 0 < news.unread < 60)
    began = time.monotonic()
    shelf.close()
    assert not shelf.thread.is_alive()
    assert time.monotonic() - began < 5
    contents = shelf.files.load()
    assert contents is not None
    assert any(row.is_read for row in contents.rows)


def test_the_front_is_kept(begun: tuple[Shelf, Heard]) -> None:
    shelf, _ = begun
    shelf.keep_front("front")
    shelf.close()
    assert shelf.files.load_front() == "front"


def test_no_more_files_than_a_library_holds(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library / "deep" / "d.md", "D")
    monkeypatch.setattr(shelf_module, "MAX_ENTRIES", 2)
    heard = Heard()
    shelf = Shelf(library, heard)
    shelf.start()
    found = heard.wait_for(lambda news: isinstance(news, Found) and not news.unread)
    shelf.close()
    assert isinstance(found, Found)
    assert [row.title for row in found.rows] == ["A", "B", "C"]
    assert found.notices == (f"only the first 2 files of {library} are listed",)


def test_what_is_in_sight_is_read_first(library: Path) -> None:
    works = changes(library, {}).work
    names = [work.files[0][0] for work in works]
    waiting = Waiting(works, in_sight=lambda: [names[-1], "elsewhere.md"])
    assert waiting.is_in_sight
    assert [work.files[0][0] for work in waiting] == [names[-1], *names[:-1]]
    assert not waiting.is_in_sight
    waiting.put(works[:1])
    assert len(waiting) == 1


def test_processes_of_their_own_read_the_same(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    works = changes(library, {}).work
    here = dict(read_all(library, Waiting(works)))
    monkeypatch.setattr(waiting_module, "FEW", 0)
    assert dict(read_all(library, Waiting(works))) == here


def test_what_makes_a_process_crash_is_one_row(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    works = changes(library, {}).work
    real = Reader.read

    def dies(reader: Reader, work: object) -> object:
        if work is works[1]:
            reader.process.kill()
            reader.process.wait()
        return real(reader, work)  # type: ignore[arg-type]

    monkeypatch.setattr(Reader, "read", dies)
    monkeypatch.setattr(waiting_module, "FEW", 0)
    rows = dict(read_all(library, Waiting(works)))
    assert "mistake" in rows[works[1]][0].problem
    assert rows[works[0]][0].is_read


def test_a_command_reads_only_what_is_new(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [row.title for row in listed(library).rows] == ["A", "B", "C"]
    put(library / "d.md", "D")
    read: list[str] = []

    def counted(base: Path, work: Work) -> list[Row]:
        read.extend(name for name, _ in work.files)
        return read_rows(base, work)

    monkeypatch.setattr(waiting_module, "read_rows", counted)
    assert [row.title for row in listed(library).rows] == ["A", "B", "C", "D"]
    assert read == ["d.md"]


def test_a_command_reads_long_files_wholly(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.core.catalogue.reading.LONG_BYTES", 100_000)
    text = "# Long\n\n" + "Words and more words go on. \n\n" * 6_000
    (library / "long.md").write_text(text, encoding="utf-8")
    long = next(row for row in listed(library).rows if row.title == "Long")
    assert long.is_whole
    assert long.words == 36_000
