import json
from pathlib import Path

from tui.core.episode import Episode
from tui.core.reading import episode_from_bytes


def read(text: str, name: str = "notes.md") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


FRONT = {
    "title": "Pots",
    "podcast_chapters": {
        "version": "1.1.0",
        "chapters": [
            {"startTime": 0, "title": "Intro", "url": None},
            {"startTime": 34.5, "title": "# *Leaves* [ad]", "url": None},
        ],
    },
}


def test_chapters_of_the_front_matter_stand_before_the_show_notes() -> None:
    episode = read(f"{json.dumps(FRONT)}\n\n\n### Links\n\n  * [A](https://x.org) — b\n")
    assert [section.title for section in episode.sections] == ["Chapters", "Links"]
    assert [section.ordinal for section in episode.sections] == [0, 1]
    chapters = [(block.text, block.start_s) for block in episode.sections[0].blocks]
    assert chapters == [("Intro", 0), ("# *Leaves* [ad]", 34)]


def test_chapters_that_the_text_has_too_are_not_shown_twice() -> None:
    notes = "## Notes\n\n- 0:00 Intro\n- 0:34 Leaves\n- 2:00 End\n"
    episode = read(f"{json.dumps(FRONT)}\n\n{notes}")
    assert [section.title for section in episode.sections] == ["Notes"]


DOCUMENT = """---
title: 'Pots: a talk'
date: 2025-04-24 23:14:06 +0000
summary: '## Summary: of it


  **1. Leaves**: they fall


  **2. Pots**: they last

  '
quotes:
- text: Leaves fall
  relevance_score: 6
- text: Pots last
  impact_reason: 'It matters: to all'
insights:
- text: Buy pots
  actionable: true
companies:
- name: Leaf Co
  position: 37
topics: [tea, pots]
guests:
- {name: Ann Lee, role: guest}
---
"""


def test_a_document_that_is_all_front_matter_is_shown_whole() -> None:
    episode = read(DOCUMENT)
    assert episode.title == "Pots: a talk"
    assert episode.people == ("Ann Lee",)
    assert [section.title for section in episode.sections] == [
        *("Summary: of it", "1. Leaves", "2. Pots", "Quotes", "Insights", "Companies", "Topics"),
    ]
    quotes = [(block.kind.value, block.text) for block in episode.sections[3].blocks]
    assert quotes == [("quote", "Leaves fall"), ("quote", "Pots last"), ("paragraph", "It matters: to all")]


def test_lists_beside_a_text_are_metadata_only() -> None:
    episode = read("---\ntitle: T\nquotes: [a, b]\n---\n## A\n\nText.\n")
    assert [section.title for section in episode.sections] == ["A"]


def test_lists_without_any_text_are_shown() -> None:
    episode = read("---\nquotes:\n- a\n- b\n---\n")
    assert [section.title for section in episode.sections] == ["Quotes"]
