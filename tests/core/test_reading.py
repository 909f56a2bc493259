import hashlib
from pathlib import Path

import pytest

from tui.core.episode import Episode
from tui.core.reading import HEAD_BYTES, episode_from_bytes, read_episode
from tui.errors import NotFoundError, UnreadableError

PAGE = "On Rivers\n\nOn Rivers\n\nBrief Summary\n\nThey are long, and they are old.\n"


def texts(episode: Episode) -> list[str]:
    return [block.text for section in episode.sections for block in section.blocks]


def test_the_id_is_made_from_the_bytes(tmp_path: Path) -> None:
    data = b"# A\n\ntext\n"
    one, other = tmp_path / "one.md", tmp_path / "other.md"
    one.write_bytes(data)
    other.write_bytes(data)
    assert read_episode(one).id == read_episode(other).id == hashlib.blake2b(data, digest_size=6).hexdigest()


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("2024-05-06-on-old-rivers.md", "On old rivers"),
        ("on_rivers.txt", "On rivers"),
        ("On Rivers - Part Two.md", "On Rivers - Part Two"),
        ("2024-05-06.md", "2024 05 06"),
        ("a\u202eb.md", "Ab"),
        (".md", ".md"),
    ],
)
def test_the_file_name_stands_in_for_a_title(name: str, title: str) -> None:
    assert episode_from_bytes(b"- a\n- b\n", Path(name)).title == title


@pytest.mark.parametrize("data", [b"", b" \n\n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_has_one_empty_section_and_says_so(data: bytes) -> None:
    episode = episode_from_bytes(data, Path("x.txt"))
    assert [section.blocks for section in episode.sections] == [()]
    assert "The file is empty" in episode.notices


def test_front_matter_alone_is_shown() -> None:
    episode = episode_from_bytes(b"---\ntitle: A\nmood: calm\n---\n", Path("x.md"))
    assert episode.title == "A"
    assert "mood: calm" in texts(episode)


def test_front_matter_goes_with_any_shape_of_text() -> None:
    text = f"---\nshow: Stream Talk\n---\n{PAGE}"
    episode = episode_from_bytes(text.encode(), Path("x.md"))
    assert (episode.format, episode.show, episode.title) == ("page-text", "Stream Talk", "On Rivers")


def test_a_title_that_is_a_list_is_passed_over() -> None:
    episode = episode_from_bytes(b"---\ntitle: [a, b]\n---\n# C\n\n## D\n\nd\n", Path("x.md"))
    assert episode.title == "C"
    assert any("title" in notice for notice in episode.notices)


def test_a_second_title_is_not_lost() -> None:
    text = f"---\ntitle: A\n---\n{PAGE}"
    episode = episode_from_bytes(text.encode(), Path("x.txt"))
    assert episode.title == "A"
    assert episode.sections[0].title == "On Rivers"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_encodings_and_line_ends_make_no_difference(encoding: str, line_end: str) -> None:
    text = line_end.join(
        ["# Café", "", "## One", "", "Où est-il né ? À Genève, là-bas.", "", "## Two", "", "Là."]
    )
    episode = episode_from_bytes(text.encode(encoding), Path("x.md"))
    assert episode.title == "Café"
    assert [section.title for section in episode.sections] == ["One", "Two"]
    assert texts(episode)[-1] == "Là."


def test_metadata_comes_from_all_places() -> None:
    text = (
        "---\nguest: Ann Lee\ndate: 2024-05-06\n---\n"
        "# On Tea | Leaf Talk #7\n\n- **Channel:** Leaf\n\n## A\n\nThe tea is in the pot.\n"
    )
    episode = episode_from_bytes(text.encode(), Path("x.md"))
    assert (episode.show, episode.number, episode.people) == ("Leaf", 7, ("Ann Lee",))
    assert (episode.date, episode.language) == ("2024-05-06", "en")
    assert texts(episode)[0] == "Channel: Leaf"


def test_binary_data_is_refused() -> None:
    with pytest.raises(UnreadableError):
        episode_from_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), Path("x.md"))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_episode(tmp_path / "none.md")


LONG = {
    "markdown": "# T\n\n"
    + "".join(f"## Part {n}\n\nSome *words* about {n}, and more.\n\n- a\n- b\n\n" for n in range(6000)),
    "page": "T\n\n"
    + "".join(f"Part {n}\n\nSome words about {n}, and some more of them.\n\n" for n in range(6000)),
    "transcript": "".join(
        f"{'AB'[n % 2]} ({n // 60:02d}:{n % 60:02d}:00):\nSome words about {n}.\n\n" for n in range(6000)
    ),
    "front matter": "---\ntitle: T\nsummary: |\n"
    + "  long\n" * 30_000
    + "---\n"
    + "## A\n\ntext\n\n" * 15_000,
    "Chinese": "# 题\n\n" + "".join(f"## 第{n}部分\n\n这条河从山里流出来。\n\n" for n in range(5000)),
}


@pytest.mark.parametrize("shape", LONG)
def test_the_head_of_a_large_file_is_the_beginning_of_the_whole(shape: str, tmp_path: Path) -> None:
    path = tmp_path / "large.md"
    path.write_text(LONG[shape], encoding="utf-8")
    head, whole = read_episode(path, head=True), read_episode(path)
    complete = len(head.sections) - 1
    assert head.partial
    assert not whole.partial
    assert complete > 10
    assert head.sections[:complete] == whole.sections[:complete]
    last = head.sections[-1]
    assert last.title == whole.sections[complete].title
    assert last.blocks[:-1] == whole.sections[complete].blocks[: len(last.blocks) - 1]
    assert (head.id, head.title, head.format) == (whole.id, whole.title, whole.format)


def test_the_head_of_a_small_file_is_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "small.md"
    path.write_text("# A\n\n" + "word " * 100)
    assert read_episode(path, head=True) == read_episode(path)


def test_a_head_without_blank_lines_ends_somewhere(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_text("wörd " * HEAD_BYTES, encoding="utf-8")
    head = read_episode(path, head=True)
    assert head.partial
    assert 0 < len(texts(head)[0].encode()) <= HEAD_BYTES


def test_truncated_bytes_are_partial() -> None:
    assert episode_from_bytes("# A\n\n## B\n\nwö".encode()[:-1], Path("x.md"), truncated=True).partial
