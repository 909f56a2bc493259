"""Which files of a folder belong to one episode, and what each of them is."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core import siblings as siblings_module
from tui.core.file_names import KINDS, groups, named
from tui.core.siblings import variants_of
from tui.core.suffixes import SUFFIXES, VariantKind, sniffed

SUMMARY, STRUCTURED, NOTES = VariantKind.SUMMARY, VariantKind.STRUCTURED, VariantKind.NOTES
TRANSCRIPT, CAPTIONS, CHAPTERS = VariantKind.TRANSCRIPT, VariantKind.CAPTIONS, VariantKind.CHAPTERS

NAMES = [
    ("Tides.md", "tides", None),
    ("Tides.summary.md", "tides", SUMMARY),
    ("Tides_summary.md", "tides", SUMMARY),
    ("Tides - Summary.txt", "tides", SUMMARY),
    ("Tides.structured.md", "tides", STRUCTURED),
    ("Tides-notes.md", "tides", NOTES),
    ("Tides (Transcript).txt", "tides", TRANSCRIPT),
    ("Tides [transcript].html", "tides", TRANSCRIPT),
    ("Tides.transcript.de.md", "tides", TRANSCRIPT),
    ("Tides.srt", "tides", CAPTIONS),
    ("Tides.en.vtt", "tides", CAPTIONS),
    ("Tides.zh-Hans.vtt", "tides", CAPTIONS),
    ("Tides.en-orig.srt", "tides", CAPTIONS),
    ("Tides.en.forced.srt", "tides", CAPTIONS),
    ("Tides.mp3.srt", "tides", CAPTIONS),
    ("Tides.chapters.json", "tides", CHAPTERS),
    ("Tides.chapters.vtt", "tides", CHAPTERS),
    ("summary.md", "", SUMMARY),
    ("full-transcript.txt", "", TRANSCRIPT),
    ("show_notes.md", "", NOTES),
    ("en.vtt", "", CAPTIONS),
    ("总结.md", "", SUMMARY),
    # Words that are none of ours here.
    ("Tides.de.md", "tides.de", None),
    ("Make it.srt", "make it", CAPTIONS),
    ("make_it.srt", "make_it", CAPTIONS),
    ("On summaries of the sea.md", "on summaries of the sea", None),
    ("v1.5.md", "v1.5", None),
    ("It summary.md", "it", SUMMARY),
]


@pytest.mark.parametrize(("name", "base", "kind"), NAMES, ids=[name for name, _, _ in NAMES])
def test_a_name_says_whose_it_is_and_what(name: str, base: str, kind: VariantKind | None) -> None:
    found = named(name)
    assert (found.base, found.kind) == (base, kind)


TOGETHER = [
    ["Tides.md", "Tides.structured.md", "Tides.transcript.md"],
    ["Tides_summary.md", "Tides.txt"],
    ["Tides.md", "tides.SRT", "TIDES.chapters.json"],
    ["Tides.summary.md", "Tides_transcript.txt"],
    ["Tides.md", "Tides show notes.md", "Tides-full-transcript.txt"],
    ["The_Future_of_AI.txt", "The_Future_of_AI_summary.md"],
    ["Caf\u00e9.md", "Cafe\u0301.srt"],
    ["summary.md", "transcript.txt", "chapters.json"],
    ["index.md", "notes.md"],
    ["Shelf.md", "transcript.vtt"],
]


@pytest.mark.parametrize("names", TOGETHER, ids=" ".join)
def test_files_of_one_episode(names: list[str]) -> None:
    assert [[one.name for one in group] for group in groups(names, "shelf")] == [names]


APART = [
    ["Talk 1.md", "Talk 10.md"],
    ["Talk.md", "Talk 2.md"],
    ["summary.md", "transcript.md", "Harbours.md", "Tides.md"],
    ["Tides.md", "Tides.de.md"],
    ["export_2024-01-01.md", "export_2024-02-01.md"],
    ["Tides.md", "Tides (1).md", "Tides copy.md"],
    ["notes.md", "Harbours.md"],
    ["Caf\u00e9.md", "Cafe\u0301.md"],
    ["TIDES.md", "tides.md"],
]


@pytest.mark.parametrize("names", APART, ids=" ".join)
def test_files_of_several_episodes(names: list[str]) -> None:
    assert sorted(one.name for group in groups(names, "shelf") for one in group) == sorted(names)
    assert all(len(group) == 1 for group in groups(names, "shelf"))


def test_no_name_is_lost_where_one_could_join_several() -> None:
    names = ["x full raw notes.md", "x full notes.md", "x.md"]
    assert sorted(one.name for group in groups(names, "shelf") for one in group) == sorted(names)


WORDS = [*list(KINDS)[:12], "en", "it", "Talk", "Talk 1", "show", "full", "index", ""]
SOME_NAMES = st.builds(
    lambda words, separators, suffix: (
        "".join(word + separator for word, separator in zip(words, separators, strict=False)) + suffix
    ),
    st.lists(st.sampled_from(WORDS) | st.text(max_size=4), min_size=1, max_size=4),
    st.lists(st.sampled_from([" ", ".", "_", "-", " (", ")", ""]), min_size=4, max_size=4),
    st.sampled_from(sorted(SUFFIXES)),
)


@given(st.sets(SOME_NAMES, max_size=12), st.text(max_size=5))
def test_every_name_is_in_one_group(names: set[str], folder: str) -> None:
    found = [one.name for group in groups(names, folder) for one in group]
    assert sorted(found) == sorted(names)


def put(folder: Path, **sizes: int) -> None:
    """Make files; two underscores in a name stand for a point."""
    for name, size in sizes.items():
        (folder / name.replace("__", ".")).write_text("word " * (size // 5), encoding="utf-8")


def labels(path: Path) -> list[str]:
    return [variant.label for variant in variants_of(path)]


def test_the_summary_comes_first_and_the_chapters_last(tmp_path: Path) -> None:
    put(tmp_path, tides__md=50, tides__structured__md=50, tides__transcript__md=50, tides__en__vtt=50)
    put(tmp_path, tides__notes__txt=50, tides__chapters__json=50, harbours__md=50, tides2__md=50)
    assert labels(tmp_path / "tides.en.vtt") == [kind.value for kind in VariantKind]
    assert {variant.path for variant in variants_of(tmp_path / "tides.md")} == {
        path for path in tmp_path.iterdir() if path.name.startswith("tides.")
    }
    assert variants_of(tmp_path / "harbours.md") == ()
    assert variants_of(tmp_path / "gone.md") == ()
    assert variants_of(tmp_path / "nowhere" / "tides.md") == ()


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"tides_summary__md": 100, "tides__txt": 900}, ["summary", "transcript"]),
        ({"tides_summary__md": 100, "tides__txt": 100}, ["summary", "notes"]),
        ({"tides__md": 100, "tides__txt": 900}, ["summary", "transcript"]),
        ({"tides__txt": 700, "tides__srt": 900}, ["transcript", "captions"]),
        ({"tides__txt": 100, "tides__srt": 900}, ["summary", "captions"]),
        ({"tides__md": 100, "tides__en__srt": 900, "tides__de__srt": 900}, None),
    ],
)
def test_what_a_plain_name_holds_its_size_tells(
    sizes: dict[str, int], expected: list[str] | None, tmp_path: Path
) -> None:
    put(tmp_path, **sizes)
    expected = expected or ["summary", "captions de", "captions en"]
    assert labels(tmp_path / next(iter(sizes)).replace("__", ".")) == expected


def test_files_of_one_kind_are_told_apart(tmp_path: Path) -> None:
    put(tmp_path, tides__md=50, tides__notes__md=50, tides__takeaways__md=50, tides__notes__txt=50)
    assert labels(tmp_path / "tides.md") == ["summary", "notes md", "takeaways", "notes txt"]


def test_one_folder_is_listed_and_no_text_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, tides__md=50, tides__srt=50, **{f"talk{number}__md": 10 for number in range(50)})
    listed: list[object] = []
    real = os.listdir

    def counting(path: Path) -> list[str]:
        listed.append(path)
        return real(path)

    taken_apart: list[str] = []
    monkeypatch.setattr(os, "listdir", counting)
    monkeypatch.setattr(siblings_module, "sniffed", taken_apart.append)
    assert len(variants_of(tmp_path / "tides.md")) == 2
    assert listed == [tmp_path]
    assert taken_apart == []


DATA = [
    ("c.json", json.dumps({"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Silt"}]}), CHAPTERS),
    (
        "w.json",
        json.dumps({"text": "It rises.", "segments": [{"start": 0, "text": "It rises."}]}),
        TRANSCRIPT,
    ),
    ("p.json", json.dumps({"version": "1.0", "segments": [{"startTime": 0, "body": "Up."}]}), TRANSCRIPT),
    ("y.json", json.dumps({"wireMagic": "pb3", "events": [{"tStartMs": 0}]}), TRANSCRIPT),
    ("l.json", json.dumps([{"text": "It rises.", "start": 0.5, "duration": 2}]), TRANSCRIPT),
    ("s.json", json.dumps({"summary": "It rises.", "takeaways": ["Up."]}), SUMMARY),
    ("f.xml", '<?xml version="1.0"?>\n<rss version="2.0"><channel/></rss>', NOTES),
    ("k.xml", '<psc:chapters version="1.2"><psc:chapter start="0"/></psc:chapters>', CHAPTERS),
    ("r.csv", "Highlight,Book Title,Book Author\nUp.,Tides,Ida\n", NOTES),
    ("package.json", json.dumps({"name": "tide", "keywords": ["sea"], "version": "1.0"}), None),
    ("opml.xml", "<opml version='2.0'><body/></opml>", None),
    ("table.csv", "date,height\n2024-01-01,3.2\n", None),
    ("broken.json", '{"summary', None),
    ("empty.json", "", None),
]


@pytest.mark.parametrize(("name", "text", "kind"), DATA, ids=[name for name, _, _ in DATA])
def test_data_files_show_what_they_are(
    name: str, text: str, kind: VariantKind | None, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert sniffed(tmp_path / name) == kind
    assert sniffed(tmp_path / "gone.json") is None


def test_data_beside_a_text_is_one_of_its_files_if_it_is_known(tmp_path: Path) -> None:
    put(tmp_path, tides__md=50)
    (tmp_path / "tides.json").write_text('{"format": "unknown"}', encoding="utf-8")
    assert variants_of(tmp_path / "tides.md") == ()
    (tmp_path / "tides.json").write_text('{"chapters": [{"startTime": 0}]}', encoding="utf-8")
    assert labels(tmp_path / "tides.md") == ["summary", "chapters"]
    (tmp_path / "tides.srt").mkdir()
    assert labels(tmp_path / "tides.md") == ["summary", "chapters"]
