import threading
from pathlib import Path

import pytest

from tui.core.episode import Place
from tui.core.finding import Hits
from tui.core.loading import Loaded, loaded
from tui.core.search import previews as module
from tui.core.search.asking import LibraryIndex, SectionHit
from tui.core.search.library_query import LibraryQuery
from tui.core.search.listing import Listing
from tui.core.search.previews import Previews
from tui.errors import PullquoteError


def first_hit(index: LibraryIndex, query: str) -> tuple[SectionHit, LibraryQuery, int | None]:
    listing = Listing(index.search(query))
    return listing.hits[0], listing.query, listing.extract(0, 80).at


def marked(hits: Hits) -> list[str]:
    return [hits.index.units[unit].text[hits.starts[n] : hits.ends[n]] for n, unit in enumerate(hits.units)]


def test_a_section_is_there_at_once_and_then_as_its_file_is(index: LibraryIndex) -> None:
    previews = Previews()
    hit, query, at = first_hit(index, "falls behind")
    early = previews.at_once(hit, query, at)
    assert early.read is None
    assert early.episode.sections[0].text == hit.text
    assert marked(early.hits) == ["falls", "behind"]
    assert early.current == 0
    late = previews.read(hit, query, at)
    assert late is not None
    assert late.read is not None
    assert late.place == Place(1, 0, hit.text.index("falls"))
    assert marked(late.hits) == ["falls", "behind"]
    assert previews.at_once(hit, query, at).episode is late.episode


def test_a_file_is_read_again_only_when_it_has_changed(
    index: LibraryIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    previews = Previews()
    hit, query, at = first_hit(index, "falls behind")
    stamps, read = iter([(1, 1), (1, 1), (1, 2)]), []

    def counted(path: Path) -> Loaded:
        read.append(path)
        return loaded(path)

    monkeypatch.setattr(module, "stamp", lambda _path: next(stamps))
    monkeypatch.setattr(module, "loaded", counted)
    for _ in range(3):
        previews.read(hit, query, at)
    assert read == [hit.path, hit.path]


def test_what_was_overtaken_is_not_read(index: LibraryIndex) -> None:
    previews = Previews()
    hit, query, at = first_hit(index, "falls behind")
    answers: list[object] = []
    with previews.reading:
        thread = threading.Thread(target=lambda: answers.append(previews.read(hit, query, at)))
        thread.start()
        while not previews.latest:
            """Until it waits."""
        previews.latest += 1
    thread.join()
    assert answers == [None]


def test_a_file_that_has_gone_is_an_error(index: LibraryIndex) -> None:
    hit, query, at = first_hit(index, "falls behind")
    hit.path.unlink()
    with pytest.raises(PullquoteError):
        Previews().read(hit, query, at)


def test_words_that_stand_elsewhere_by_now_are_marked_there(index: LibraryIndex) -> None:
    hit, query, at = first_hit(index, "falls behind")
    hit.path.write_text("## New\n\nNo.\n\n## Dredging laws\n\nNow it falls. Behind.\n", encoding="utf-8")
    found = Previews().read(hit, query, at)
    assert found is not None
    assert found.place == Place(1, 0, 7)
    assert marked(found.hits) == ["falls", "Behind"]


def test_of_a_long_episode_what_is_around_the_words_is_marked(
    shelf: Path, index: LibraryIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(f"## Part {n}\n\n{'An eel. ' * 40}\n\n" for n in range(120))
    (shelf / "Eels.md").write_text(text, encoding="utf-8")
    hit, query, _ = first_hit(index, "falls behind")
    eels = SectionHit(shelf / "Eels.md", 30, 1.0, ("An eel. " * 40).strip(), hit.card)
    query = LibraryQuery("eel", wanted=Listing(index.search("eel")).query.wanted)
    monkeypatch.setattr(module, "MARKED_WHOLLY", 1_000)
    found = Previews().read(eels, query, 3)
    assert found is not None
    assert not found.is_whole
    assert 0 < len(found.hits) < 120 * 40
    assert found.current is not None
    assert found.hits.place(found.current) == Place(30, 0, 3)


def test_a_long_section_of_the_index_is_shown_around_the_words(index: LibraryIndex) -> None:
    hit, _, _ = first_hit(index, "falls behind")
    text = "\n\n".join(f"Paragraph {n} of many, and long. {'So it goes. ' * 20}" for n in range(900))
    at = text.index("Paragraph 700")
    long = SectionHit(hit.path, 0, 1.0, text, hit.card)
    query = LibraryQuery("x", wanted=Listing(index.search('"paragraph 700"')).query.wanted)
    found = Previews().at_once(long, query, at)
    block = found.episode.sections[0].blocks[found.place.block]
    assert block.text.startswith("Paragraph 700")
    assert found.place.offset == 0
    assert found.current is not None
    assert len(found.episode.sections[0].blocks) < 200
