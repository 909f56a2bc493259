"""Loading an episode: from the cache or its file, completed from the files beside it."""

import json
import os
import time
from pathlib import Path

import pytest

from tests.making import episode, section
from tui.core import cache
from tui.core.completing import completed
from tui.core.episode import Episode
from tui.core.formats.table import reader_named
from tui.core.loading import episodes_of, keep, loaded
from tui.core.siblings import variants_of
from tui.errors import NotFoundError

FRONT = "---\ntitle: {title}\nshow: Low Water\nnumber: 7\ndate: 2024-02-11\nguests: [Ida Brandt]\nurl: https://a.example/7\n---\n\n"


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


def captions(minutes: int) -> str:
    return "".join(
        f"{number}\n{clock(number * 10)},000 --> {clock(number * 10 + 9)},000\nThe water rose, {number}.\n\n"
        for number in range(minutes * 6)
    )


@pytest.fixture
def tides(tmp_path: Path) -> Path:
    """The summary of an episode with captions and chapters beside it."""
    file = tmp_path / "On Tides.md"
    file.write_text(
        f"{FRONT.format(title='The book of the tides')}## Silt\n\nThe river brings it.\n", encoding="utf-8"
    )
    (tmp_path / "On Tides.en.srt").write_text(captions(20), encoding="utf-8")
    chapters = [{"startTime": minutes * 60, "title": f"Tide {minutes}"} for minutes in (0, 7, 13)]
    (tmp_path / "On Tides.chapters.json").write_text(json.dumps({"version": "1.2.0", "chapters": chapters}))
    for path in tmp_path.iterdir():
        settle(path)
    return file


def settle(path: Path) -> None:
    """Make a file look as if it had not been changed lately: only then it is kept."""
    long_ago = time.time_ns() - 60_000_000_000
    os.utime(path, ns=(long_ago, long_ago))


def test_captions_take_from_their_summary_what_they_do_not_know(tides: Path) -> None:
    found = loaded(tides.with_name("On Tides.en.srt")).episode
    known = (found.title, found.show, found.number, found.date, found.people, found.url)
    assert known == (
        *("The book of the tides", "Low Water", 7, "2024-02-11"),
        *(("Ida Brandt",), "https://a.example/7"),
    )


def test_chapters_beside_captions_become_their_outline(tides: Path) -> None:
    found = loaded(tides.with_name("On Tides.en.srt"))
    assert [one.title for one in found.episode.sections] == ["Tide 0", "Tide 7", "Tide 13"]
    # A paragraph that a chapter begins in goes where more of it is said.
    assert [one.start_s for one in found.episode.sections] == [0, 420, 780]
    raw = [block.text for one in found.raw.sections for block in one.blocks]
    assert [block.text for one in found.episode.sections for block in one.blocks] == raw


def test_the_head_has_the_chapters_so_far(tides: Path) -> None:
    long = tides.with_name("On Tides.en.srt")
    long.write_text(captions(500), encoding="utf-8")
    last = {"startTime": 499 * 60, "title": "Last"}
    chapters = [*({"startTime": start * 60, "title": f"Tide {start}"} for start in (0, 7, 13)), last]
    tides.with_name("On Tides.chapters.json").write_text(
        json.dumps({"version": "1.2.0", "chapters": chapters})
    )
    head, whole = loaded(long, head=True).episode, loaded(long).episode
    assert head.partial
    assert [one.title for one in head.sections] == ["Tide 0", "Tide 7", "Tide 13"]
    assert head.sections[:2] == whole.sections[:2]
    assert [one.title for one in whole.sections] == ["Tide 0", "Tide 7", "Tide 13", "Last"]


def test_a_summary_keeps_its_own_outline(tides: Path) -> None:
    assert [one.title for one in loaded(tides).episode.sections] == ["Silt"]


def test_the_cache_keeps_what_the_file_says_by_itself(tides: Path) -> None:
    path = tides.with_name("On Tides.en.srt")
    first = loaded(path)
    keep(first)
    again = loaded(path)
    assert again.stamp is None
    assert (again.episode, again.raw, again.variants) == (first.episode, first.raw, first.variants)
    assert again.raw.show is None
    tides.write_text(FRONT.format(title="Another title"), encoding="utf-8")
    assert loaded(path).episode.title == "Another title"
    tides.unlink()
    assert loaded(path).episode.show is None


def test_the_head_of_a_large_file_is_kept_apart_from_the_whole(tides: Path) -> None:
    long = tides.with_name("On Tides.en.srt")
    long.write_text(captions(4000), encoding="utf-8")
    settle(long)
    first = loaded(long, head=True)
    keep(first)
    again = loaded(long, head=True)
    assert (again.episode, again.stamp) == (first.episode, None)
    assert again.episode.partial
    assert not loaded(long).episode.partial


def test_the_files_beside_an_episode_are_kept_with_it(tides: Path) -> None:
    keep(loaded(tides))
    assert all(cache.load(variant.path) for variant in variants_of(tides))


def test_a_reader_that_is_forced_reads_again(tides: Path) -> None:
    keep(loaded(tides))
    assert loaded(tides, reader=reader_named("text")).episode.format == "text"
    assert loaded(tides).episode.format == "markdown"


def test_in_a_folder_of_its_own_an_episode_has_the_folders_name(tmp_path: Path) -> None:
    folder = tmp_path / "12 on tides"
    folder.mkdir()
    (folder / "summary.md").write_text("# Summary\n\nThe river brings it.\n", encoding="utf-8")
    (folder / "transcript.srt").write_text(captions(1), encoding="utf-8")
    assert {loaded(path).episode.title for path in folder.iterdir()} == {"12 on tides"}


def test_all_episodes_of_a_file_come_with_their_paths(tmp_path: Path) -> None:
    file = tmp_path / "export.md"
    file.write_text(export(3), encoding="utf-8")
    found = list(episodes_of(file, head=True))
    assert [one.path for one in found] == [file / "1", file / "2", file / "3"]
    assert loaded(file / "3").episode.title == "Tide 3"
    assert loaded(file).variants == ()
    with pytest.raises(NotFoundError, match="no episode 4"):
        loaded(file / "4")


def export(count: int) -> str:
    """A file of several episodes, as an app for podcasts writes them."""
    return "".join(
        f"# Tide {number}\n\n\n## Episode metadata\n- Episode title: Tide {number}\n- Show: Low Water\n"
        f"- Owner / Host: Ida Brandt\n- Episode publish date: 2024-02-0{number}\n\n\n## Snips\n\n\n"
        f"### [0{number}:00] The step\n\n\n"
        f"[🎧 Play snip - 1min️ (0{number}:00 - 0{number}:50)](https://share.snipd.com/snip/{number})\n\n\n"
        f"- The water came up to step {number}.\n\n---\n\n"
        for number in range(1, count + 1)
    )


def plain(title: str, name: str, **fields: object) -> Episode:
    from dataclasses import replace

    return replace(episode(section(0, "", "Words.")), title=title, path=Path(name), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "name", "others", "expected"),
    [
        ("Tides", "tides.srt", ["The book of the tides"], "The book of the tides"),
        ("Tides", "tides.srt", ["Transcript of Tides"], "Tides"),
        ("Tides.en", "tides.en.srt", [], "Tides"),
        ("An own title", "tides.md", ["The book of the tides"], "An own title"),
        ("Transcript", "tides.txt", ["The book of the tides"], "The book of the tides"),
        ("Tides.structured", "tides.structured.md", [], "Tides"),
    ],
)
def test_titles(title: str, name: str, others: list[str], expected: str) -> None:
    siblings = [plain(other, "other name.md") for other in others]
    assert completed(plain(title, name), siblings).title == expected


def test_what_an_episode_knows_itself_stays() -> None:
    own = plain("Own", "a.md", show="Low Water", tags=("sea",))
    other = plain("Other", "a.html", show="High Water", date="2024", tags=("land",))
    found = completed(own, [other])
    assert (found.show, found.date, found.tags) == ("Low Water", "2024", ("sea",))
