"""The real documents beside the checkout: each opens, whole, with the outline its marks show."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest

from tui.core.cleaning import clean
from tui.core.episode import BlockKind, Episode
from tui.core.front_matter import split
from tui.core.outline import outline
from tui.core.reading import read_episode

ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
NUMBER = re.compile(r"^[\s>]*\d+[.)]\s")
STAMP = re.compile(r"\d?\d(?::\d\d)+(?:\.\d+)?")
PART = re.compile(r"Part \d+|\d+(?::\d\d){1,2}")
COVERED = 0.995
"""The share of a document's letters on lines that must come out as they are."""


def documents(shared: Path) -> list[Path]:
    return sorted(
        path for path in (shared / "corpus").rglob("*") if path.suffix in (".md", ".srt", ".html", ".txt")
    )


def letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def marked_headings(text: str) -> Iterator[tuple[int, str]]:
    """The headings a person sees in the source: their levels, their letters and digits."""
    fence = ""
    for line in re.sub(r"<!--.*?-->", "", text, flags=re.S).split("\n"):
        opened = FENCE.match(line)
        if opened and (not fence or line.strip() == fence):
            fence = "" if fence else opened[1]
        heading = None if fence or opened else ATX.match(line)
        if heading and heading[2]:
            words = re.sub(r"^[\[(]?\d?\d(:\d\d)+[\])]?", "", heading[2])
            yield len(heading[1]), letters(without_marks(words))


def without_marks(text: str) -> str:
    """A source without what only a program reads: comments, tags, addresses, the targets of links."""
    text = re.sub(r"<!--.*?-->", " ", text, flags=re.S)
    text = re.sub(r"</?[a-z]+(?:\s[^<>]*)?/?>|\[\[[^\]|]*\||\[!\w+\]", " ", text)
    return re.sub(r"\]\((?:[^()]|\([^()]*\))*\)", "]", text)


@pytest.fixture(scope="module")
def episodes(shared: Path) -> dict[Path, Episode]:
    return {path: read_episode(path) for path in documents(shared)}


def test_there_is_a_corpus(episodes: dict[Path, Episode]) -> None:
    assert len(episodes) > 100


def test_every_document_is_sound(episodes: dict[Path, Episode]) -> None:
    for path, episode in episodes.items():
        assert episode.title, path
        assert [section.ordinal for section in episode.sections] == list(range(len(episode.sections))), path
        for section in episode.sections:
            for text, spans in [(section.title, section.spans), *((b.text, b.spans) for b in section.blocks)]:
                assert all(0 <= span.start < span.end <= len(text) for span in spans), (path, text[:80])
            for block in section.blocks:
                assert block.text.strip() or block.kind is BlockKind.RULE, path
                assert "\n" not in block.text or block.kind is BlockKind.CODE, (path, block.text[:80])


def test_nothing_in_it_can_act_on_a_terminal(episodes: dict[Path, Episode]) -> None:
    for path, episode in episodes.items():
        shown = "\n".join(
            [episode.title, *episode.people, *episode.tags, episode.show or ""]
            + [f"{section.title}\n{section.text}" for section in episode.sections]
        )
        assert clean(shown).text == shown, path
        assert not any(
            unicodedata.category(character) == "Cc" for character in shown if character not in "\n\t"
        ), path


def test_its_outline_has_every_section(episodes: dict[Path, Episode]) -> None:
    for path, episode in episodes.items():
        entries = [entry.section for entry in outline(episode) if not entry.is_part]
        assert entries == list(range(len(episode.sections))), path


def test_the_outline_is_the_one_that_the_marks_show(episodes: dict[Path, Episode]) -> None:
    wrong: list[str] = []
    checked = 0
    for path, episode in episodes.items():
        expected = (
            list(marked_headings(split(path.read_text("utf-8-sig")).body)) if path.suffix == ".md" else []
        )
        if expected and expected[0] == (1, letters(episode.title)):
            expected = expected[1:]
        if not expected:
            continue  # Without marks the outline is a matter of judgement.
        checked += 1
        found = [(section.level, letters(section.title)) for section in episode.sections if section.title]
        if found != expected:
            wrong.append(
                f"{path.name}: {[pair for pair in zip_longest(found, expected) if pair[0] != pair[1]][:2]}"
            )
    print("\n".join(wrong))
    assert checked > 60
    assert wrong == []


def shown_letters(episode: Episode) -> tuple[str, str]:
    """All that is shown, each block with its speaker, and with its speaker only where that changes.

    The headings of parts are the reader's own, and may stand within a line of the source that was broken.
    """
    named, unnamed = [episode.title], [episode.title]
    for section in episode.sections:
        title = "" if PART.fullmatch(section.title) else section.title
        named.append(title)
        unnamed.append(title)
        before = None
        for block in section.blocks:
            named.append(f"{block.speaker or ''} {block.text}")
            unnamed.append(f"{block.speaker or ''} {block.text}" if block.speaker != before else block.text)
            before = block.speaker
    return letters(STAMP.sub("", " ".join(named))), letters(STAMP.sub("", " ".join(unnamed)))


def test_no_line_is_lost(episodes: dict[Path, Episode]) -> None:
    worst: list[tuple[float, str]] = []
    for path, episode in episodes.items():
        if path.suffix != ".md":
            continue
        pages = shown_letters(episode)
        source = without_marks(split(path.read_text("utf-8-sig")).body).split("\n")
        lines = [letters(STAMP.sub("", NUMBER.sub("", line))) for line in source]
        missing = [line for line in lines if not any(line in page for page in pages)]
        share = 1 - sum(map(len, missing)) / max(1, sum(map(len, lines)))
        worst.append((share, f"{path.name}: {[line[:80] for line in missing[:3]]}"))
    worst.sort()
    print("\n".join(f"{share:.4f} {name}" for share, name in worst[:10]))
    assert worst[0][0] >= COVERED


def test_facts_of_the_front_matter_come_out(episodes: dict[Path, Episode]) -> None:
    for path, episode in episodes.items():
        title = split(path.read_text("utf-8-sig")).fields.get("title") if path.suffix == ".md" else None
        if isinstance(title, str):
            assert letters(episode.title) == letters(title), path


def test_the_seed_is_read_as_its_author_would(shared: Path, seed: Path) -> None:
    episode = read_episode(seed)
    assert episode.format == "page-text"
    assert (episode.show, episode.number, episode.language) == ("Lex Fridman Podcast", 452, "en")
    assert episode.people == ("Dario Amodei", "Amanda Askell", "Chris Olah")
    assert len(episode.sections) == 38
    titles = [section.title for section in episode.sections]
    assert titles.count("Post-training") == titles.count("Constitutional AI") == 2
    parts = [section.part for section in episode.sections]
    ask, olah = (
        titles.index("Amanda Askell - Philosophy"),
        titles.index("Chris Olah - Mechanistic Interpretability"),
    )
    expected = [None] * 2 + ["Dario Amodei"] * (ask - 2) + ["Amanda Askell"] * (olah - ask)
    assert parts == expected + ["Chris Olah"] * (38 - olah)
    paragraphs = [line.strip(" •") for line in seed.read_text("utf-8").split("\n") if line.strip()]
    shown = [
        text for section in episode.sections for text in (section.title, *(b.text for b in section.blocks))
    ]
    assert paragraphs == [episode.title] * 2 + shown
    folded = [block.text for block in episode.sections[-1].blocks if block.fold]
    assert folded == paragraphs[paragraphs.index("Watch the Video") :]
    assert not episode.notices
