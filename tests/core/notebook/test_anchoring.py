"""Highlights are found again after their text was edited, or said to be lost."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.core.counting import calls
from tui.core.episode import Block, BlockKind, Episode, Place, Section
from tui.core.notebook.anchoring import LONGEST, locate, locate_all
from tui.core.notebook.text import HEADING_BLOCK, EpisodeText
from tui.core.notebook.values import Anchor
from tui.core.reading import episode_from_bytes, read_episode
from tui.core.stretches import Stretch, section_sentences

NOTES = """\
# Harbours

Every river carries its hills to the sea, a spoonful at a time. Yes. The mud has to go somewhere.

## Dredging

- The dredger works while the town sleeps.
- It has never once been finished.
- "Nobody thanks the dredger," says Brandt – not even the pilots.

The first bucket came up in 1873. Yes. It held a boot, a bottle and a good deal of the Alps.

## Silt

Brandt's answer is that silt is patience made visible… A chart is a rumour about last year's floor.

Pilots learn the channel with their feet. They say it moves when nobody looks.
"""


def text_of(source: str, name: str = "harbours.md") -> EpisodeText:
    return EpisodeText(episode_from_bytes(source.encode(), Path(name)))


def anchor_of(words: str, text: EpisodeText, which: int = 0) -> Anchor:
    """Return the anchor of words as they stand in a text, of several the one of a number."""
    at = -1
    for _ in range(which + 1):
        at = text.text.index(words, at + 1)
    return text.anchor(text.stretch(at, at + len(words)))


def found(words: str, changed: str, which: int = 0) -> tuple[str, str] | None:
    """Return what stands in changed notes where words of the notes were marked, and what stands after it."""
    text = text_of(changed)
    stretch = locate(anchor_of(words, text_of(NOTES), which), text)
    if stretch is None:
        return None
    start, end = text.offset(stretch.start), text.offset(stretch.end)
    return text.text[start:end], text.text[end : end + 12].strip()


def test_a_text_that_did_not_change_gives_every_sentence_back() -> None:
    text = text_of(NOTES)
    sentences = [
        sentence
        for section in text.episode.sections
        for sentence in section_sentences(text.episode, section.ordinal)
    ]

    assert len(sentences) == 13
    for is_same in (True, False):
        assert locate_all([text.anchor(one) for one in sentences], text, is_same=is_same) == sentences


def test_a_file_that_is_read_otherwise_now_is_searched_though_it_is_the_same() -> None:
    text = text_of(NOTES)
    words = "It has never once been finished."
    anchor = anchor_of(words, text_of(f"A preface.\n\n{NOTES}"))

    stretch = locate(anchor, text, is_same=True)

    assert stretch is not None
    assert text.anchor(stretch).exact == words


SILT = "Brandt's answer is that silt is patience made visible… A chart is a rumour about last year's floor."


@pytest.mark.parametrize(
    ("words", "old", "new", "now"),
    [
        pytest.param(
            "The dredger works while the town sleeps.",
            "The dredger works",
            "The old dredger works",
            "The old dredger works while the town sleeps.",
            id="a word put in",
        ),
        pytest.param(
            "It held a boot, a bottle and a good deal of the Alps.",
            "a boot, a bottle",
            "a bottle",
            "It held a bottle and a good deal of the Alps.",
            id="words left out",
        ),
        pytest.param(
            "Every river carries its hills to the sea, a spoonful at a time.",
            "Every river carries",
            "All rivers carry",
            "All rivers carry its hills to the sea, a spoonful at a time.",
            id="the first words changed",
        ),
        pytest.param(
            "A chart is a rumour about last year's floor.",
            "last year's floor",
            "the floor of a year ago",
            "A chart is a rumour about the floor of a year ago.",
            id="the last words changed",
        ),
        pytest.param(
            "The mud has to go somewhere.",
            "The mud has to go somewhere.",
            "Teh mud hsa to go somwehere.",
            "Teh mud hsa to go somwehere.",
            id="slips of the finger",
        ),
        pytest.param(
            '"Nobody thanks the dredger," says Brandt – not even the pilots.',
            '"Nobody thanks the dredger," says Brandt – not',
            "«Nobody thanks the dredger,» says Brandt — not",
            "«Nobody thanks the dredger,» says Brandt — not even the pilots.",
            id="quotation marks and dashes",
        ),
        pytest.param(
            '"Nobody thanks the dredger," says Brandt – not even the pilots.',
            '"Nobody thanks the dredger," says Brandt – not even the pilots.',
            "Well, nobody thanks the dredger, she says, not even the pilots, ever.",
            "Well, nobody thanks the dredger, she says, not even the pilots, ever.",
            id="quotation marks left out",
        ),
        pytest.param(SILT, "…", "...", SILT.replace("…", "..."), id="an ellipsis"),
        pytest.param("dredger", "while the", "as the", "dredger", id="one word, its context reworded"),
        pytest.param("Pilots learn", "Pilots learn", "PILOTS LEARN", "PILOTS LEARN", id="case"),
        pytest.param(
            "It has never once been finished.\n\"Nobody thanks the dredger,\" says",
            "- It has never once been finished.\n- ",
            "\nIt has never been finished at all.\n\n",
            'It has never been finished at all.\n\n"Nobody thanks the dredger," says',
            id="list items become paragraphs",
        ),
        pytest.param(
            "It held a boot, a bottle and a good deal of the Alps.",
            "bottle and a good",
            "bottle\nand a\ngood",
            "It held a boot, a bottle and a good deal of the Alps.",
            id="lines broken elsewhere",
        ),
        pytest.param(
            "The first bucket came up in 1873. Yes. It held",
            "1873. Yes. It",
            "1873. Yes.\n\n## Finds\n\nIt",
            "The first bucket came up in 1873. Yes.\n\nFinds\n\nIt held",
            id="its section split",
        ),
        pytest.param(
            "deal of the Alps.\n\nSilt\n\nBrandt's answer is",
            "\n\n## Silt\n\n",
            "\n\n",
            "deal of the Alps.\n\nBrandt's answer is",
            id="its sections joined",
        ),
        pytest.param("Pilots learn", "## Silt", "## Mud, again", "Pilots learn", id="retitled"),
    ],
)  # fmt: skip
def test_it_is_found_after(words: str, old: str, new: str, now: str) -> None:
    assert old in NOTES

    result = found(words, NOTES.replace(old, new))

    assert result is not None
    assert result[0] == now


def test_accents_may_be_composed_otherwise() -> None:
    text = text_of("Un phare éclaire la côte.\n\n「ガラス」はレンズだ。\n")
    again = text_of(unicodedata.normalize("NFD", text.text))

    for words in ("phare éclaire la", "ガラス"):
        stretch = locate(anchor_of(words, text), again)
        assert stretch is not None
        assert again.anchor(stretch).exact == unicodedata.normalize("NFD", words)


def test_equal_words_are_told_apart_by_what_stands_around_them() -> None:
    turned = NOTES.replace("Harbours\n", "Ports\n").replace("## Dredging", "## Digging")
    head, digging, silt = turned.split("## ")
    first = head.removeprefix("# Ports")
    reordered = f"# Ports\n\n## {digging}## {silt}\n## Again{first}"

    assert found("Yes.", reordered, 0) == ("Yes.", "The mud has")
    assert found("Yes.", reordered, 1) == ("Yes.", "It held a b")


def test_of_equal_sections_the_nearest_of_its_heading_is_taken() -> None:
    part = "## Tides\n\nThe moon pulls. The water follows.\n\n"
    text = text_of(part * 3)
    anchors = [anchor_of("The water follows.", text, which) for which in range(3)]

    longer = text_of(f"Something new.\n\n{part * 3}")

    places = [stretch.start for stretch in locate_all(anchors, longer) if stretch]
    assert [longer.episode.sections[place.section].title for place in places] == ["Tides"] * 3
    assert len({place.section for place in places}) > 1


@pytest.mark.parametrize(
    ("words", "cut"),
    [
        pytest.param(
            "The first bucket came up in 1873.", "The first bucket came up in 1873. ", id="a sentence"
        ),
        pytest.param("The mud has to go somewhere.", " The mud has to go somewhere.", id="the last sentence"),
        pytest.param("boot", "It held a boot, a bottle and a good deal of the Alps.", id="a word"),
        pytest.param(
            "Pilots learn the channel with their feet. They say it moves when nobody looks.",
            "Pilots learn the channel with their feet. They say it moves when nobody looks.",
            id="a paragraph",
        ),
    ],
)
def test_what_was_cut_is_lost(words: str, cut: str) -> None:
    assert cut in NOTES
    assert found(words, NOTES.replace(cut, "")) is None


def test_the_same_short_words_elsewhere_are_not_taken_for_those_that_were_cut() -> None:
    changed = NOTES.replace("The first bucket came up in 1873. Yes. It held a boot", "It held a boot")

    assert "Yes." in changed
    assert found("Yes.", changed, 1) is None
    assert found("at", NOTES.replace("at a time", "each time")) is None


def test_what_an_import_brings_without_its_context_is_found_where_there_is_no_doubt() -> None:
    text = text_of(NOTES)

    def places(words: str) -> str | None:
        stretch = locate(Anchor(words), text)
        return text.anchor(stretch).exact if stretch else None

    assert places("The mud has to go somewhere") == "The mud has to go somewhere"
    assert places("the Mud has to go somewhere!") == "The mud has to go somewhere."
    assert places("Pilots learn a channel with their feet; they say it moves when nobody is looking.")
    assert places("Yes.") is None
    assert places("The mud wants to go elsewhere") is None
    assert places("Nothing of the kind was ever said, in any port.") is None


def test_a_sentence_goes_where_it_is_moved_though_nothing_goes_with_it() -> None:
    sentence = "A chart is a rumour about last year's floor."
    moved = NOTES.replace(f" {sentence}", "").replace("- It has", f"- {sentence}\n- It has")

    assert found(sentence, moved) == (sentence, "It has neve")


def test_the_half_of_a_long_quote_that_is_left_is_found() -> None:
    kept = "Pilots learn the channel with their feet."

    assert found(f"{SILT}\n\n{kept}", NOTES.replace(f"{SILT}\n\n", "")) is None
    assert found(f"{SILT}\n\n{kept}", NOTES.replace(kept, "").strip()) == (SILT, "They say i")


def test_a_regenerated_summary_keeps_its_highlights(samples: Path) -> None:
    path = next(samples.glob("*Lighthouses*.txt"))
    text = EpisodeText(read_episode(path))
    anchors = [
        text.anchor(section_sentences(text.episode, section.ordinal)[0])
        for section in text.episode.sections
        if section.text
    ]
    lines = path.read_text(encoding="utf-8").replace("the ", "a ").replace("light", "lamp")

    again = locate_all(anchors, text_of(lines, path.name))

    assert len(again) > 15
    assert None not in again


def test_a_very_long_quote_is_found_by_its_ends() -> None:
    body = "\n\n".join(f"Paragraph {n} tells of stone {n * n} and of water {n * 7 % 97}." for n in range(900))
    text = text_of(f"# Stones\n\n{body}\n\nThe end.\n")
    last = len(text.episode.sections[0].blocks) - 2
    whole = Stretch(Place(0, 5), Place(0, last, len(text.episode.sections[0].blocks[last].text)))
    assert len(text.anchor(whole).exact) > LONGEST

    changed = text_of(f"# Stones\n\n{body.replace('stone 90', 'rock 90')}\n\nThe end.\n")
    cut = text_of(f"# Stones\n\n{body[:200]}\n\nThe end.\n")

    assert locate(text.anchor(whole), changed) == whole
    assert locate(text.anchor(whole), cut) is None


def test_signs_without_words_are_found_between_what_surrounds_them() -> None:
    text = text_of("Stars: *** here. More: *** there.\n", "a.txt")
    again = text_of("Preface.\n\nStars: *** here. Much more: *** there.\n", "a.txt")

    places = [locate(anchor_of("***", text, which), again) for which in range(2)]

    assert [again.offset(place.start) for place in places if place] == [
        again.text.index("***"),
        again.text.rindex("***"),
    ]


def blocks(*texts: str) -> EpisodeText:
    made = tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)
    return EpisodeText(Episode("0" * 12, Path("a.md"), "markdown", "A", (Section(0, 1, "Head", made),)))


MEANT = (
    "a",
    "b",
    "Yes",
    "no",
    "head",
    "灯",
    "台",
    "é",
    "e\u0301",
    "…",
    ".",
    "“",
    "'",
    "-",
    "\n",
    "\x00",
    "\ud800",
)
WORDS = st.lists(st.sampled_from(MEANT), max_size=12).map(" ".join)


@st.composite
def marked(draw: st.DrawFn) -> tuple[EpisodeText, Stretch]:
    """A text and a stretch of it that begins and ends with what can be seen."""
    texts = draw(st.lists(WORDS.filter(lambda text: bool(text.strip())), min_size=1, max_size=5))
    text = blocks(*texts)
    first, last = sorted(draw(st.tuples(*[st.integers(0, len(texts) - 1)] * 2)))
    start = draw(st.integers(0, len(texts[first]) - 1))
    end = draw(st.integers(start if first == last else 0, len(texts[last]) - 1)) + 1
    return text, Stretch(Place(0, first, start), Place(0, last, end))


@given(marked())
def test_every_stretch_of_an_unchanged_text_is_found_where_it_is(case: tuple[EpisodeText, Stretch]) -> None:
    text, stretch = case
    anchor = text.anchor(stretch)
    if not anchor.exact.strip():
        return

    assert locate(anchor, text, is_same=True) == stretch
    assert locate(anchor, text) == stretch


@given(marked(), st.lists(WORDS, max_size=5))
@example((blocks("a"), Stretch(Place(0, 0), Place(0, 0, 1))), [])
@example((blocks("a", "."), Stretch(Place(0, 0), Place(0, 1, 1))), ["a a", ""])
def test_what_is_found_lies_in_the_text_and_can_be_quoted(
    case: tuple[EpisodeText, Stretch], others: list[str]
) -> None:
    text = blocks(*others)
    stretch = locate(case[0].anchor(case[1]), text)

    if stretch is not None:
        assert stretch.start < stretch.end
        for place in (stretch.start, stretch.end):
            assert place.block > HEADING_BLOCK
            assert place.offset <= len(text.episode.sections[place.section].blocks[place.block].text)
        assert text.anchor(stretch).exact.strip()


@given(st.text(), st.text(), st.text(), st.integers(), st.integers(), st.integers(), st.text())
def test_no_anchor_is_too_strange(
    exact: str, prefix: str, suffix: str, start: int, end: int, section: int, heading: str
) -> None:
    anchor = Anchor(exact, prefix, suffix, start, end, section, heading)

    for text in (blocks(), blocks(""), blocks("a b", exact, "c"), blocks(prefix + exact + suffix)):
        for is_same in (True, False):
            assert len(locate_all([anchor, anchor], text, is_same=is_same)) == 2


def test_an_accent_without_its_letter_is_not_the_one_of_a_word() -> None:
    text = blocks("e\u0301 there")

    assert locate(Anchor("\u0301", "e", " there", 1, 2), text) is not None
    assert locate(Anchor("\u0301", "e", " there", 1, 2), blocks("\u0301 \u0301 \u0301", "there")) is None


@pytest.mark.parametrize(
    ("body", "quote"),
    [
        pytest.param("a" * 200_000, "a" * 5_000 + "b", id="one letter"),
        pytest.param("a " * 100_000, "a " * 2_500 + "b", id="one word"),
        pytest.param("a b " * 50_000, "b b a a " * 500, id="two words"),
        pytest.param("Yes, it is what it is. " * 10_000, "It is what that was. " * 3, id="one sentence"),
        pytest.param("!?" * 100_000, "!?!!" * 10, id="signs"),
        pytest.param("e" + "\u0301" * 100_000, "e\u0301" * 100, id="accents"),
        pytest.param("灯台は毎晩同じ時刻に光る" * 10_000, "灯台は毎朝同じ時刻に光る" * 50, id="no blanks"),
    ],
)
def test_the_work_is_bounded_whatever_is_repeated(body: str, quote: str) -> None:
    text = blocks(body)
    anchor = Anchor(quote, "what stood before ", " what stood after", 0, len(quote), 0, "Head")
    assert len(text.words) >= 0

    assert calls(lambda: locate(anchor, text)) < 1_500_000
