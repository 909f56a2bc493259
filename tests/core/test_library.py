"""Which files of a folder are episodes, in which order, and which one somebody means."""

import os
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tui.core import library as library_module
from tui.core.choosing import find_episode
from tui.core.library import (
    MAX_DEPTH,
    Library,
    holds_several,
    open_library,
    scan,
)
from tui.core.reading import read_episode
from tui.core.sorting import natural_key
from tui.errors import NotFoundError, UnreadableError

LEFT_OUT = [
    ".hidden.md",
    ".git/notes.md",
    "node_modules/package/notes.md",
    "__pycache__/notes.txt",
    "README.md",
    "readme.zh.md",
    "LICENSE.txt",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "code_of_conduct.md",
    "requirements-dev.txt",
    "robots.txt",
    "talk.md~",
    "#talk.md#",
    "talk.txt.part",
    "cover.jpg",
    "no-suffix",
]


def put(path: Path, text: str = "Words.\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(folder: Path, notices: list[str] | None = None) -> list[str]:
    return sorted(entry.name for entry in scan(folder, notices))


@pytest.fixture
def talks(tmp_path: Path) -> Library:
    """Four episodes, two of them by one show."""
    put(tmp_path / "one.md", "---\ntitle: Café Noir\nshow: Night Talks\n---\n\nAbout coffee.\n")
    put(tmp_path / "two.md", "---\ntitle: Café au lait\nshow: Night Talks\n---\n\nAbout milk.\n")
    put(tmp_path / "three.md", "---\ntitle: Café\n---\n\nAbout both.\n")
    put(tmp_path / "deep" / "four.md", "---\ntitle: Tea\nshow: Day Talks\nnumber: 12\n---\n\nAbout leaves.\n")
    return open_library(tmp_path)


def test_episodes_are_found_in_all_folders_by_their_suffix(tmp_path: Path) -> None:
    for name in ("a.md", "B.TXT", "c.srt", "season 1/d.vtt", "season 1/deep/e.markdown"):
        put(tmp_path / name)
    assert names(tmp_path) == ["B.TXT", "a.md", "c.srt", "season 1/d.vtt", "season 1/deep/e.markdown"]


def test_every_shape_that_is_read_is_listed(tmp_path: Path) -> None:
    known = (
        "md markdown mdown mkd mdx qmd txt text org html htm xhtml mhtml mht epub rss srt vtt ttml sbv lrc"
    )
    suffixes = known.split()
    for number, suffix in enumerate(suffixes):
        put(tmp_path / f"talk {number}.{suffix}")
    put(tmp_path / "talk a.json", '{"chapters": []}')
    put(tmp_path / "talk b.xml", "<rss/>")
    put(tmp_path / "talk c.csv", "Highlight,Title\n")
    assert len(names(tmp_path)) == len(suffixes) + 3


@pytest.mark.parametrize("name", ["package.json", "sitemap.xml", "table.csv", "summary.json"])
def test_data_that_is_no_episode_is_left_out(name: str, tmp_path: Path) -> None:
    put(tmp_path / name, '{"name": "<a/>,b"}')
    put(tmp_path / "talk.md")
    assert names(tmp_path) == ["talk.md"]


def test_only_data_files_are_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.md", "a.srt", "b.html", "c.json"):
        put(tmp_path / name)
    opened: list[str] = []
    real = os.open

    def counting(path: os.PathLike[str], flags: int) -> int:
        opened.append(Path(path).name)
        return real(path, flags)

    monkeypatch.setattr(os, "open", counting)
    assert names(tmp_path) == ["a.md", "b.html"]
    assert opened == ["c.json"]


def test_what_belongs_to_a_saved_page_is_left_out(tmp_path: Path) -> None:
    put(tmp_path / "Tides.html")
    put(tmp_path / "Tides_files" / "frame.html")
    put(tmp_path / "other_files" / "talk.md")
    assert names(tmp_path) == ["Tides.html", "other_files/talk.md"]


def test_the_files_of_one_episode_are_one_entry(tmp_path: Path) -> None:
    for name in ("tides.md", "tides.transcript.md", "tides.en.srt", "harbours.md", "deep/tides.md"):
        put(tmp_path / name)
    put(tmp_path / "tides.json", '{"unknown": true}')
    put(tmp_path / "tides.chapters.json")
    os.utime(tmp_path / "tides.en.srt", (3_000_000_000, 3_000_000_000))
    found = {entry.name: entry for entry in scan(tmp_path)}
    assert set(found) == {"tides.md", "harbours.md", "deep/tides.md"}
    labels = [variant.label for variant in found["tides.md"].variants]
    assert labels == ["summary", "transcript", "captions", "chapters"]
    assert found["tides.md"].mtime_ns == 3_000_000_000 * 10**9
    assert found["tides.md"].has(tmp_path / "tides.en.srt")
    assert not found["tides.md"].has(tmp_path / "harbours.md")
    assert found["harbours.md"].variants == found["deep/tides.md"].variants == ()


def test_whether_a_folder_holds_several_is_known_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "tides.md")
    put(tmp_path / "tides.srt")
    assert not holds_several(tmp_path)
    put(tmp_path / "wind.md")
    assert holds_several(tmp_path)
    for number in range(60):
        put(tmp_path / f"talk {number}.md")
    monkeypatch.setattr(library_module, "groups", None)
    assert holds_several(tmp_path)
    assert len(list(scan(tmp_path, grouped=False))) == 63


def test_a_folder_of_well_known_names_is_one_episode(tmp_path: Path) -> None:
    for name in ("12/summary.md", "12/transcript.txt", "13/summary.md", "13/notes.md", "notes.md", "talk.md"):
        put(tmp_path / name)
    assert names(tmp_path) == ["12/summary.md", "13/summary.md", "notes.md", "talk.md"]


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_no_episode_is_left_out(name: str, tmp_path: Path) -> None:
    put(tmp_path / name)
    put(tmp_path / "talk.md")
    assert names(tmp_path) == ["talk.md"]


def test_a_virtual_environment_is_left_out(tmp_path: Path) -> None:
    put(tmp_path / "env" / "pyvenv.cfg")
    put(tmp_path / "env" / "notes.txt")
    put(tmp_path / "talk.md")
    assert names(tmp_path) == ["talk.md"]


def test_an_empty_file_is_an_entry_with_its_size(tmp_path: Path) -> None:
    (tmp_path / "empty.md").touch()
    put(tmp_path / "talk.md", "four")
    assert {entry.name: entry.size for entry in scan(tmp_path)} == {"empty.md": 0, "talk.md": 4}


def test_names_are_clean(tmp_path: Path) -> None:
    (tmp_path / "na\x1b[31m\nme.txt").touch()
    (tmp_path / os.fsdecode(b"b\xffd.txt")).touch()
    assert names(tmp_path) == ["b\ufffdd.txt", "na␛[31m me.txt"]


def test_scanning_gives_entries_before_it_has_seen_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in "abcdef":
        put(tmp_path / folder / "talk.md")
    opened: list[str] = []
    real = os.scandir

    def counting(path: str) -> Iterator[os.DirEntry[str]]:
        opened.append(path)
        return real(path)

    monkeypatch.setattr(os, "scandir", counting)
    first = list(islice(scan(tmp_path), 1))
    assert len(first) == 1
    assert len(opened) == 2


def test_linked_folders_are_followed_once_and_never_upwards(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    put(shelf / "real" / "talk.md")
    put(tmp_path / "elsewhere" / "other.md")
    (shelf / "a-link").symlink_to("real")
    (shelf / "elsewhere").symlink_to("../elsewhere")
    (shelf / "real" / "up").symlink_to("..")
    (shelf / "real" / "self").symlink_to(".")
    (shelf / "real" / "root").symlink_to("/")
    (shelf / "real" / "above").symlink_to("../..")
    assert names(shelf) == ["elsewhere/other.md", "real/talk.md"]


def test_what_is_no_ordinary_file_is_left_out_and_said(tmp_path: Path) -> None:
    put(tmp_path / "talk.md")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to("nowhere.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    notices: list[str] = []
    assert names(tmp_path, notices) == ["talk.md"]
    assert len(notices) == 1
    assert all(name in notices[0] for name in ("pipe.txt", "gone.txt", "loop.txt"))


def test_a_forbidden_folder_is_left_out_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "talk.md")
    put(tmp_path / "closed" / "other.md")
    real = os.scandir

    def refusing(path: str) -> Iterator[os.DirEntry[str]]:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    notices: list[str] = []
    assert names(tmp_path, notices) == ["talk.md"]
    assert len(notices) == 1
    assert "closed can't be read: you are not allowed to read it" in notices[0]


def test_folders_too_deep_are_left_out_and_said(tmp_path: Path) -> None:
    put(tmp_path.joinpath(*"d" * MAX_DEPTH, "talk.md"))
    put(tmp_path.joinpath(*"d" * (MAX_DEPTH + 1), "other.md"))
    notices: list[str] = []
    assert len(names(tmp_path, notices)) == 1
    assert len(notices) == 1
    assert f"more than {MAX_DEPTH} folders deep" in notices[0]


def test_the_library_is_in_natural_order(tmp_path: Path) -> None:
    for name in ("ep 10.md", "Ep 2.md", "ep 1.md", "Éclair.md", "zoo.md"):
        put(tmp_path / name)
    found = [entry.name for entry in open_library(tmp_path).entries]
    assert found == ["Éclair.md", "ep 1.md", "Ep 2.md", "ep 10.md", "zoo.md"]


def test_natural_order_takes_numbers_of_any_length() -> None:
    ordered = ["ep 07", "ep 8", "ep 9" + "0" * 6000, "ep x"]
    shuffled = random.Random(1).sample(ordered, k=len(ordered))
    assert sorted(shuffled, key=natural_key) == ordered


def test_more_episodes_than_a_library_holds_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_module, "MAX_ENTRIES", 2)
    for name in "abc":
        put(tmp_path / f"{name}.md")
    found = open_library(tmp_path)
    assert len(found.entries) == 2
    assert any("only the first 2 episodes" in notice for notice in found.notices)


def test_a_missing_folder_is_not_found_with_a_way_on(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"there is no folder .*shelf; name another, or make it"):
        open_library(tmp_path / "shelf")


def test_an_empty_folder_says_where_to_put_files(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"no episodes in .*: put \.md or \.txt files there"):
        open_library(tmp_path)


def test_a_folder_of_what_is_no_episode_says_what_was_left_out(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(NotFoundError, match=r"no episodes in .*left out.*pipe\.txt\)$"):
        open_library(tmp_path)


def test_a_file_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="is not a folder"):
        open_library(put(tmp_path / "talk.md"))


def export(count: int) -> str:
    """A file of several episodes, as an app for podcasts writes them."""
    return "".join(
        f"# Tide {number}\n\n\n## Episode metadata\n- Episode title: Tide {number}\n- Show: Low Water\n"
        f"- Owner / Host: Ida Brandt\n\n\n## Snips\n\n\n### [0{number}:00] The step\n\n\n"
        f"[🎧 Play snip - 1min️ (0{number}:00 - 0{number}:50)](https://share.snipd.com/snip/{number})\n\n\n"
        f"- The water came up to step {number}.\n\n---\n\n"
        for number in range(1, count + 1)
    )


def test_a_file_of_several_episodes_is_a_library(tmp_path: Path) -> None:
    file = put(tmp_path / "export.md", export(11))
    found = open_library(file)
    assert found.folder == file
    assert [entry.path for entry in found.entries] == [file / str(number) for number in range(1, 12)]
    assert find_episode("tide 7", found) == file / "7"
    assert find_episode(read_episode(file / "5").id, found) == file / "5"
    assert find_episode("3", found) == file / "3"


def test_the_episodes_of_a_file_are_found_in_its_folder(talks: Library, tmp_path: Path) -> None:
    file = put(tmp_path / "export.md", export(3))
    library = open_library(tmp_path)
    assert len(library.entries) == len(talks.entries) + 1
    assert find_episode("tide 2", library) == file / "2"
    assert find_episode("noir", library) == tmp_path / "one.md"
    assert find_episode("export.md/3", library) == file / "3"
    with pytest.raises(NotFoundError, match="3 episodes fit"):
        find_episode("low water", library)


def test_an_episode_is_found_by_what_another_of_its_files_says(tmp_path: Path) -> None:
    put(tmp_path / "tides.srt", "1\n00:00:01,000 --> 00:00:02,000\nIt rises.\n")
    notes = put(tmp_path / "tides.transcript.md", "---\ntitle: The book\nshow: Low Water\n---\n\nIt rises.\n")
    put(tmp_path / "talk.md")
    library = open_library(tmp_path)
    assert find_episode("low water", library) == notes
    captions = tmp_path / "tides.srt"
    assert find_episode(read_episode(captions).id, library) == captions


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("noir", "one.md"),
        ("CAFE lait", "two.md"),
        ("night noir", "one.md"),
        ("tea 12", "four.md"),
        ("café", "three.md"),
        ("deep/four.md", "four.md"),
        ("two.md", "two.md"),
    ],
)
def test_words_find_the_one_episode_they_fit(words: str, name: str, talks: Library) -> None:
    assert find_episode(words, talks).name == name


def test_an_id_finds_its_episode(talks: Library) -> None:
    tea = talks.folder / "deep" / "four.md"
    assert find_episode(read_episode(tea).id, talks) == tea


def test_a_path_from_here_comes_before_the_library(
    talks: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    put(here / "one.md")
    monkeypatch.chdir(here)
    assert find_episode("one.md", talks).resolve() == here / "one.md"


def test_several_that_fit_are_named(talks: Library) -> None:
    with pytest.raises(NotFoundError, match=r"2 episodes fit “night talks”.*: Café Noir; Café au lait$"):
        find_episode("night talks", talks)


@pytest.mark.parametrize("words", ["cocoa", "tea 13", "gone.md", "", "0" * 12])
def test_words_that_fit_none_are_not_found(words: str, talks: Library) -> None:
    with pytest.raises(NotFoundError):
        find_episode(words, talks)


def test_episodes_that_cannot_be_read_are_passed_over(talks: Library) -> None:
    (talks.folder / "one.md").write_bytes(bytes(1000))
    assert find_episode("tea", talks).name == "four.md"
