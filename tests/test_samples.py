"""The sample episodes: what a newcomer sees first is read as it was meant, and is worth showing."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import ROOT
from tui.core.episode import BlockKind, Episode, SpanKind
from tui.core.reading import read_episode

PAGE = "Maren Oduya on Lighthouses - Long Exposure 118.txt"
MARKDOWN = "2024-03-18 The Bread Remembers.md"
TIMES = "Why bridges hum (notes).md"
TRANSCRIPT = "transcript - Late Notes, episode 27.txt"
JAPANESE = "街路樹の時間.md"
VAULT = "🗂 A Short Life of the Index Card.md"
EXTRACT = "2024-06-02 The Wires on the Sea Floor.md"
ALL = (PAGE, MARKDOWN, TIMES, TRANSCRIPT, JAPANESE, VAULT, EXTRACT)

MARKS = re.compile(
    r"%%.*?%%|\[\[[^]|]*\||^- \*\*\[[\d:]+\]\*\*|^(?:- \[[x ]\]|\d+\.) |\^\w+$|[*=~]", re.MULTILINE
)
"""Comments, the addresses of wikilinks, times, tasks, numbers, block names, emphasis."""

every_sample = pytest.mark.parametrize("name", ALL)


@cache
def sample(name: str) -> Episode:
    return read_episode(ROOT / "episodes" / name)


def titles(name: str) -> list[str]:
    return [section.title for section in sample(name).sections]


def test_these_are_all_samples(samples: Path) -> None:
    assert sorted(path.name for path in samples.iterdir()) == sorted(ALL)


@every_sample
def test_a_sample_is_long_enough_to_be_worth_reading(name: str) -> None:
    assert 900 < sample(name).words < 3000


@pytest.mark.parametrize("name", [name for name in ALL if name != TRANSCRIPT])
def test_a_sample_has_a_shape_to_see(name: str) -> None:
    assert 8 <= len(sample(name).sections) <= 24


@every_sample
def test_a_sample_is_read_without_complaint(name: str) -> None:
    assert sample(name).notices == ()
    assert not sample(name).partial


@every_sample
def test_addresses_lead_to_the_domain_reserved_for_examples(samples: Path, name: str) -> None:
    addresses = re.findall(r"https?://[^\s)\"'>]+", (samples / name).read_text(encoding="utf-8"))
    assert {urlsplit(address).hostname for address in addresses} <= {"example.org"}


@every_sample
def test_no_marks_are_left_in_the_text(name: str) -> None:
    left = re.compile(r"\*\*|==|\[\[|\]\]|^\s*(?:#{1,6} |> |[-•] )|%%", re.MULTILINE)
    for section in sample(name).sections:
        assert not left.search(section.text), section.title
        assert not left.search(section.title)


@every_sample
def test_every_line_of_prose_is_there_once(samples: Path, name: str) -> None:
    shown = " ".join(words_of(f"{section.title}\n{section.text}" for section in sample(name).sections))
    lines = prose_lines((samples / name).read_text(encoding="utf-8"))
    assert len(lines) >= 10
    assert {line: shown.count(line) for line in lines} == dict.fromkeys(lines, 1)


def words_of(texts: Iterable[str]) -> list[str]:
    return re.findall(r"\w+", "\n".join(texts))


def prose_lines(source: str) -> list[str]:
    """The words of each long line: without front matter, the title, marks, and what is hidden or moved."""
    if source.startswith("---\n"):
        source = source.split("\n---\n", 1)[1]
    source = MARKS.sub("", source)
    long_lines = [line for line in source.splitlines()[2:] if len(line) > 60 and "http" not in line]
    return [" ".join(words_of([line])) for line in long_lines if "Podcast #" not in line]


def test_the_pasted_page_is_known_by_its_shape() -> None:
    episode = sample(PAGE)
    assert episode.format == "page-text"
    assert episode.title.startswith("Maren Oduya: Lighthouses, Fog & the Long Craft of Being Seen")
    assert (episode.show, episode.number) == ("Long Exposure Podcast", 118)
    assert set(episode.people) >= {"Maren Oduya", "Tomas Reyle", "Ada Quillfeather"}


def test_the_pasted_pages_sections_stand_under_who_speaks() -> None:
    sections = sample(PAGE).sections
    assert len(sections) == 20
    assert [section.title for section in sections[:3]] == [
        "Brief Summary",
        "Introduction",
        "The first towers",
    ]
    same_title = [section for section in sections if section.title == "Keeping time"]
    assert [section.part for section in same_title] == ["Maren Oduya", "Ada Quillfeather"]
    bullets = [block for block in sections[0].blocks if block.kind is BlockKind.BULLET]
    assert len(bullets) == 4


def test_front_matter_is_metadata_and_not_text() -> None:
    episode = sample(MARKDOWN)
    assert episode.format == "markdown"
    assert episode.title == "The Bread Remembers: What Lives in a Sourdough Starter"
    assert (episode.show, episode.number, episode.date) == ("Kitchen Bench Science", 64, "2024-03-18")
    assert episode.duration_s == 52 * 60 + 40
    assert episode.url == "https://example.org/kitchen-bench/64-the-bread-remembers"
    assert episode.tags == ("food", "microbiology", "bread")
    assert "Dr. Leonie Amsel" in episode.people


def test_markdown_shows_every_kind_of_block_and_span() -> None:
    blocks = [block for section in sample(MARKDOWN).sections for block in section.blocks]
    wanted = {BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.NUMBERED, BlockKind.QUOTE, BlockKind.TABLE_ROW}
    assert wanted <= {block.kind for block in blocks}
    spans = [span for block in blocks for span in block.spans]
    assert {SpanKind.STRONG, SpanKind.EMPHASIS, SpanKind.LINK} <= {span.kind for span in spans}


def test_times_in_headings_are_when_the_sections_begin() -> None:
    begins = [section.start_s for section in sample(TIMES).sections if section.start_s is not None]
    assert begins == [0, 330, 845, 1180, 1635, 2300, 2930, 3450]


def test_the_notes_metadata_is_read_from_their_first_lines() -> None:
    episode = sample(TIMES)
    assert (episode.title, episode.show, episode.date) == ("Why Bridges Hum", "Load Paths", "2023-11-09")


def test_the_transcript_has_two_speakers_and_times() -> None:
    episode = sample(TRANSCRIPT)
    assert episode.title.startswith("Learning to Read Music at Fifty-One")
    assert (episode.show, episode.number) == ("Late Notes", 27)
    blocks = [block for section in episode.sections for block in section.blocks]
    speakers = Counter(block.speaker for block in blocks)
    assert set(speakers) - {None} == {"Nadia Ferreira-Holt", "Walter Asante-Reid"}
    starts = [block.start_s for block in blocks if block.start_s is not None]
    assert starts == sorted(starts)
    assert starts[-1] == 14 * 60 + 13


def test_the_japanese_episode_is_japanese() -> None:
    episode = sample(JAPANESE)
    assert episode.language == "ja"
    assert episode.title == "街路樹の時間——都市の木は誰のために立っているのか"
    assert "日陰の値段" in titles(JAPANESE)


def test_the_vault_note_shows_labels_instead_of_wikilinks_and_hides_comments() -> None:
    text = "\n".join(section.text for section in sample(VAULT).sections)
    assert "See also my own rules." in text
    assert "how much of the collection survives" not in text
    kinds = {
        span.kind for section in sample(VAULT).sections for block in section.blocks for span in block.spans
    }
    assert {SpanKind.MARK, SpanKind.STRIKE} <= kinds
    assert (sample(VAULT).show, sample(VAULT).date) == ("Stray Leaves", "2022-10-04")


def test_the_extract_is_bullets_under_its_headings() -> None:
    assert titles(EXTRACT) == [
        *("SUMMARY", "IDEAS", "INSIGHTS", "QUOTES", "HABITS", "FACTS", "REFERENCES"),
        *("ONE-SENTENCE TAKEAWAY", "RECOMMENDATIONS"),
    ]
    assert {block.kind for section in sample(EXTRACT).sections for block in section.blocks} == {
        BlockKind.BULLET
    }
