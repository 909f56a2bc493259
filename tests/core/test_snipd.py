import re
import time
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core.episode import Block, BlockKind, Episode, Section
from tui.core.formats import snipd
from tui.core.formats.draft import Source
from tui.core.formats.table import split
from tui.core.reading import episode_from_bytes, read_all, read_episode

METADATA = """\
# #12 - Where the tide goes


<img src="https://img.example/?url=x&w=200" width="200" alt="Cover" />


## Episode metadata
- Episode title: #12 - Where the tide goes
- Show: Low Water
- Owner / Host: Ida Brandt
- Guests: [Olu Marsh](https://share.snipd.com/person/1), [Per Quist](https://share.snipd.com/person/2)
- Episode link: [open in Snipd](https://share.snipd.com/episode/aaaa)
- Episode publish date: 2024-11-26
- Episode AI description: A walk along the mud.
- Duration: 01:02:03
<details>
<summary>Show notes</summary>
> Boots &amp; salt <br/>> <br/>>  (0:55) The causeway<br/>> Guests: two gulls
</details>

- Show notes link: [open website](https://low.example/12)
- Export date: 2024-12-24T14:55
"""

SNIP = """\
### [08:00] Mud has memory


[🎧 Play snip - 2min️ (05:46 - 08:05)](https://share.snipd.com/snip/fe1)
<audio controls> <source src="https://low.example/12.mp3#t=05:46"> </audio>


**Mud has memory**

- It remembers every flood.


### ✨ Summary
Mud is a diary nobody meant to keep.


---


#### 📚 Transcript
<details>
<summary>Click to expand</summary>
<blockquote><b>Olu Marsh</b><br/><br/>But I think *so*.<br/>And then it rained.</blockquote><br/>\
<blockquote><b>Ida Brandt</b><br/><br/>Yeah.</blockquote>
</details>



---
"""

SIGNATURE = "Created with [Snipd](https://www.snipd.com) | Highlight & Take Notes from Podcasts"

BLANK = " "
"""The plugin leaves one at the end of each heading without tags."""

PLUGIN = f"""\
---
episode_title: "Reading the shore"
show_title: Low Water
show_author: Ida Brandt
guests:
  - Olu Marsh
episode_publish_date: 2025-04-30
mentioned_books:
  - "The Mud"
last_snip_date: 2025-05-01
episode_duration_minutes: 0
episode_url: "https://share.snipd.com/episode/bbbb"
snips_count: 9
from_snipd: true
---
# Reading the shore

![Cover](https://img.example/x)

## Episode metadata
- Episode title: Reading the shore
- Mentioned books: [The Mud](https://share.snipd.com/book/1) by [P. Quist](https://share.snipd.com/person/2)

## Snips

###  [Why *gravel* talks](https://share.snipd.com/snip/s1){BLANK}

🎧 01:56 - 03:20 (01:24)

<iframe src="https://share.snipd.com/embed/obsidian-player/snip/p1"></iframe>

- Gravel is sorted by the flood.

#### 💬 Quote

> Stones are the only honest
> witnesses.
> — Olu Marsh

Olu Marsh on witnesses.

#### 📚 Transcript

**Ida Brandt:** Are they?

**Olu Marsh:** They are.

---

My own words, written in the vault.

### ⭐ [A favourite](https://share.snipd.com/snip/s2) [[deep time]] [[grace]]

🎧 01:01:10 - 01:02:20 (01:10)

#### 📚 Transcript

Only this was said.

---

{SIGNATURE}"""


def read(text: str, name: str = "export.md") -> Episode:
    return episode_from_bytes(text.encode(), Path(name))


def section(episode: Episode, title: str) -> Section:
    return next(one for one in episode.sections if one.title == title)


def folds(blocks: tuple[Block, ...], name: str | None) -> list[str]:
    return [block.text for block in blocks if block.fold == name]


@pytest.fixture(scope="module")
def export() -> Episode:
    return read(f"{METADATA}\n\n## Snips\n\n\n{SNIP}\n\n{SIGNATURE}")


@pytest.fixture(scope="module")
def note() -> Episode:
    return read(PLUGIN, "Reading the shore.md")


def test_an_export_says_what_the_episode_is(export: Episode) -> None:
    assert (export.format, export.title, export.show) == ("snipd", "#12 - Where the tide goes", "Low Water")
    assert (export.date, export.duration_s) == ("2024-11-26", 3723)
    assert export.url == "https://share.snipd.com/episode/aaaa"
    assert sorted(export.people) == ["Ida Brandt", "Olu Marsh", "Per Quist"]


def test_metadata_and_show_notes_are_folded_and_the_description_is_not(export: Episode) -> None:
    about = section(export, "Episode metadata").blocks
    assert folds(about, "show notes") == ["Boots & salt", "(0:55) The causeway", "Guests: two gulls"]
    assert "Export date: 2024-12-24T14:55" in folds(about, "metadata")
    assert folds(about, None) == []
    assert section(export, "Episode AI description").text == "A walk along the mud."


def test_a_snip_begins_where_its_stretch_does_not_where_it_was_asked_for(export: Episode) -> None:
    assert section(export, "Mud has memory").start_s == 5 * 60 + 46


def test_the_parts_of_a_snip_are_no_sections(export: Episode) -> None:
    assert [one.title for one in export.sections] == [
        *("Episode AI description", "Episode metadata", "Snips", "Mud has memory")
    ]


def test_what_was_said_in_a_snip_is_folded_with_its_speakers(export: Episode) -> None:
    said = [block for block in section(export, "Mud has memory").blocks if block.fold == "transcript"]
    assert [(block.speaker, block.text) for block in said] == [
        (None, "📚 Transcript"),
        ("Olu Marsh", "But I think *so*."),
        ("Olu Marsh", "And then it rained."),
        ("Ida Brandt", "Yeah."),
    ]


def test_a_snip_shows_its_title_once_and_its_bullets_and_summary(export: Episode) -> None:
    shown = folds(section(export, "Mud has memory").blocks, None)
    assert shown == [
        "🎧 Play snip - 2min️ (05:46 - 08:05)",
        "It remembers every flood.",
        "✨ Summary",
        "Mud is a diary nobody meant to keep.",
    ]


def test_the_signature_is_page_furniture(export: Episode) -> None:
    assert export.sections[-1].blocks[-1].fold == "page furniture"


def test_the_cover_is_left_out(export: Episode) -> None:
    assert "Cover" not in {block.text for one in export.sections for block in one.blocks}


def test_a_note_of_the_plugin_is_read(note: Episode) -> None:
    assert (note.format, note.title, note.show) == ("snipd", "Reading the shore", "Low Water")
    assert (note.date, note.duration_s, note.url) == (
        *("2025-04-30", None, "https://share.snipd.com/episode/bbbb"),
    )
    assert sorted(note.people) == ["Ida Brandt", "Olu Marsh"]
    assert note.tags == ("deep time", "grace")


def test_a_snip_of_the_plugin_has_its_time_and_link(note: Episode) -> None:
    snip = section(note, "Why gravel talks")
    assert snip.start_s == 116
    assert snip.spans[0].target == "https://share.snipd.com/snip/s1"


def test_a_favourite_keeps_its_star_and_its_tags_stand_below(note: Episode) -> None:
    snip = section(note, "⭐ A favourite")
    assert snip.start_s == 3670
    assert snip.blocks[0].text == "Tags: deep time, grace"


def test_a_quotation_knows_who_said_it(note: Episode) -> None:
    quotes = [block for one in note.sections for block in one.blocks if block.kind is BlockKind.QUOTE]
    assert [(block.text, block.speaker) for block in quotes] == [
        ("Stones are the only honest witnesses.", "Olu Marsh")
    ]


def test_words_between_snips_are_kept_and_shown(note: Episode) -> None:
    assert "My own words, written in the vault." in folds(section(note, "Why gravel talks").blocks, None)


def test_a_transcript_that_is_all_there_is_is_not_folded(note: Episode) -> None:
    assert "Only this was said." in folds(section(note, "⭐ A favourite").blocks, None)


def test_a_callout_with_a_transcript_has_speakers() -> None:
    snip = (
        "### [01:00] A snip\n\nWords.\n\n#### 📚 Transcript\n> [!quote]- Transcript\n>\n"
        "> **Speaker 2**\n> So it rains.\n>\n> **Speaker 1**\n> It does.\n"
    )
    episode = read(f"{METADATA}\n## Snips\n\n{snip}")
    said = [block for block in section(episode, "A snip").blocks if block.fold == "transcript"]
    assert [(block.speaker, block.text) for block in said[1:]] == [
        ("Speaker 2", "So it rains."),
        ("Speaker 1", "It does."),
    ]


def test_a_snip_without_a_name_is_named_by_its_time() -> None:
    snip = "### [01:05] 📚 Transcript\n\n**Ida Brandt:** Mud.\n"
    episode = read(f"{METADATA}\n## Snips\n\n{SNIP}\n{snip}")
    last = episode.sections[-1]
    assert (last.title, last.start_s) == ("1:05", 65)
    assert [(block.speaker, block.fold) for block in last.blocks] == [(None, None), ("Ida Brandt", None)]


def test_a_part_with_the_time_of_its_snip_belongs_to_it() -> None:
    snip = "### [01:05] Named\n\nWords.\n\n### [01:05] 📚 Transcript\n\n**Ida Brandt:** Mud.\n"
    episode = read(f"{METADATA}\n## Snips\n\n{snip}")
    assert [block.fold for block in section(episode, "Named").blocks] == [None, "transcript", "transcript"]


def test_the_transcript_of_the_whole_episode_is_folded() -> None:
    episode = read(f"{PLUGIN}\n\n---\n\n## Full episode transcript\n\n[00:03] **Ida Brandt:** Low tide.\n")
    said = section(episode, "Full episode transcript").blocks
    assert [(block.text, block.speaker, block.start_s, block.fold) for block in said] == [
        ("Low tide.", "Ida Brandt", 3, "transcript")
    ]


def test_wikilinks_with_escaped_bars_are_read() -> None:
    text = METADATA.replace("Show: Low Water", r"Show:: [[Low Water\|Low Water]]")
    assert read(f"{text}\n## Snips\n\n{SNIP}").show == "Low Water"


@pytest.mark.parametrize("owner", ["Low Water Media", "Tidal Podcast, LLC", "NPR", "a16z"])
def test_a_company_that_owns_a_show_is_no_host(owner: str) -> None:
    text = METADATA.replace("Ida Brandt", owner)
    assert read(f"{text}\n## Snips\n\n### [00:10] One\n\nWords.\n").people == ("Olu Marsh", "Per Quist")


def bulk(count: int) -> str:
    one = METADATA.replace("#12 - Where the tide goes", "#{number} - Where the tide goes")
    return "".join(f"{one}\n\n## Snips\n\n\n{SNIP}\n\n\n".replace("{number}", str(n)) for n in range(count))


def test_an_export_of_several_episodes_is_split(tmp_path: Path) -> None:
    path = tmp_path / "snipd_export_2024-12-24_14-55.md"
    path.write_text(bulk(3) + SIGNATURE, encoding="utf-8")
    episodes = list(read_all(path))
    assert [episode.title for episode in episodes] == [f"#{n} - Where the tide goes" for n in range(3)]
    assert [episode.number for episode in episodes] == [0, 1, 2]
    assert {len(episode.sections) for episode in episodes} == {4}
    assert read_episode(path / "2").title == "#1 - Where the tide goes"


def test_splitting_loses_nothing() -> None:
    text = "A word before.\n\n" + bulk(3)
    parts = split(Source(text, "export.md"))
    assert len(parts) == 3
    assert "".join(part.text for part in parts).split() == text.split()


def test_one_episode_is_not_split() -> None:
    assert len(split(Source(bulk(1), "export.md"))) == 1


def test_splitting_costs_what_the_file_is_long() -> None:
    once, thrice = (calls(partial(split, Source(bulk(count), "x.md"))) for count in (40, 120))
    assert thrice < 3.3 * once


@pytest.mark.parametrize(
    "text",
    [
        "# Notes\n\n## Snips\n\nof paper\n",
        "# Notes\n\n## Episode metadata\n\n- Show: Low Water\n",
        "Listen: https://share.snipd.com/snip/1\n\n# One\n\n# Two\n",
    ],
)
def test_other_notes_are_not_taken_for_snipds(text: str) -> None:
    assert not snipd.fits(Source(text, "notes.md"))


def test_unclosed_pieces_end_at_the_next_heading() -> None:
    text = SNIP.replace("</details>", "")
    episode = read(f"{METADATA}\n## Snips\n\n{text}\n### [09:00] After\n\nStill here.\n")
    assert section(episode, "After").text == "Still here."


def test_details_that_say_something_else_are_folded_as_details() -> None:
    episode = read(
        f"{METADATA}\n## Snips\n\n### [00:10] One\n\n"
        "<details>\n<summary>Sources</summary>\n\n- A book\n\n</details>\n"
    )
    assert folds(section(episode, "One").blocks, "details") == ["Sources", "A book"]


def test_text_decoded_here_is_clean() -> None:
    text = SNIP.replace("Yeah.", "Y&#27;[31mea&#x202e;h.").replace("<b>Ida Brandt", "<b>Ida&#10;&#7; Brandt")
    blocks = section(read(f"{METADATA}\n## Snips\n\n{text}"), "Mud has memory").blocks
    assert not any(
        re.search("[\x00-\x09\x0b-\x1f\u202e]", f"{block.text}{block.speaker}") for block in blocks
    )


WORD = st.from_regex(r"[a-zA-Zäöé]{1,9}[,.?]?", fullmatch=True)
LINE = st.lists(WORD, min_size=1, max_size=10).map(" ".join)
PIECE = st.builds(
    lambda form, line: form.format(line),
    st.sampled_from(
        [
            "{}",
            "- {}",
            "> {}",
            "### [01:02] {}",
            "#### {}",
            "### ⭐ [{}](https://share.snipd.com/snip/1) [[tag]]",
            "**{}:** words",
            "#### 📚 Transcript\n\n{}",
            "<details>\n<summary>Click to expand</summary>\n"
            "<blockquote><b>A B</b><br/><br/>{}</blockquote>\n</details>",
            "<details>\n<summary>Show notes</summary>\n> {}<br/>> more\n</details>",
            "<blockquote>{}",
            "🎧 00:01 - 00:05 (00:04)\n{}",
            "---\n\n{}",
        ]
    ),
    LINE,
)


@given(st.lists(PIECE, max_size=12))
def test_no_word_is_lost(pieces: list[str]) -> None:
    episode = read(METADATA + "\n## Snips\n\n" + "\n\n".join(pieces))
    shown = " ".join(
        [*(one.title for one in episode.sections)]
        + [f"{block.speaker or ''} {block.text}" for one in episode.sections for block in one.blocks]
    )
    words = re.findall(
        r"[a-zA-Zäöé]+", re.sub(r"<[^>]*>|https?://\S+|Click to expand|\[\[tag\]\]", " ", "\n".join(pieces))
    )
    missing = [word for word in words if word not in shown and word.lower() != "show"]
    assert [word for word in missing if word not in ("Show", "notes")] == []


HOSTILE = [
    "<details>\n<summary>Click to expand</summary>\n",
    "<blockquote><b>",
    "<details>\n<summary>Show notes</summary>\n> <br/>>",
    "### [x](https://share.snipd.com/snip/1) [[a]] #b[[c]]",
    "🎧 00:01 - 00:05 (\n",
    "#### 📚 Transcript\n",
    "# t\n## Episode metadata\n",
    "> — " * 3,
    "**a:** ",
]


@pytest.mark.parametrize("pattern", HOSTILE)
def test_hostile_text_costs_no_more_than_its_length(pattern: str) -> None:
    texts = (f"{METADATA}\n## Snips\n\n{pattern * count}" for count in (150, 450))
    once, thrice = (calls(partial(read, text)) for text in texts)
    assert thrice < 3.6 * once


def test_a_long_hostile_export_opens_within_seconds() -> None:
    began = time.process_time()
    read(METADATA + "\n## Snips\n\n" + "".join(pattern * 2000 + "\n\n" for pattern in HOSTILE))
    assert time.process_time() - began < 15
