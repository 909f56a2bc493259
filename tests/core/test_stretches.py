"""Stretches: what the sentence cursor goes through, over blocks, sections and very long paragraphs."""

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.counting import calls
from tests.making import bullet, episode, paragraph, section
from tui.core import stretches
from tui.core.episode import Block, BlockKind, Episode, Place
from tui.core.reading import read_episode
from tui.core.sentences import sentences
from tui.core.stretches import (
    LONG_BLOCK,
    PIECE,
    Stretch,
    character_edge,
    next_paragraph,
    next_sentence,
    paragraph_at,
    sentence_at,
    sentences_near,
    sentences_of,
    union,
    visible_sentences,
    word_edge,
)

HARBOURS = episode(
    section(0, "Silt", "Every river carries hills. A spoonful at a time.", bullet("Dredging never ends.")),
    section(1, "Empty heading"),
    section(
        2,
        "Tides",
        Block(BlockKind.RULE, ""),
        Block(BlockKind.CODE, "depth = 3.\nprint(depth)"),
        Block(BlockKind.TABLE_ROW, "Low. | 1.2 m."),
        paragraph("  "),
        "Twice a day it turns.",
    ),
)


def place(section: int, block: int, offset: int = 0) -> Place:
    return Place(section, block, offset)


def stretch(section: int, block: int, start: int, end: int) -> Stretch:
    return Stretch(place(section, block, start), place(section, block, end))


def words_of(found: Stretch | None, of: Episode = HARBOURS) -> str | None:
    """What a stretch inside one block holds."""
    if found is None:
        return None
    assert found.start.block == found.end.block
    return (
        of.sections[found.start.section].blocks[found.start.block].text[found.start.offset : found.end.offset]
    )


ALL_SENTENCES = [
    "Every river carries hills.",
    "A spoonful at a time.",
    "Dredging never ends.",
    "depth = 3.\nprint(depth)",
    "Low. | 1.2 m.",
    "Twice a day it turns.",
]


def test_sentences_follow_each_other_over_blocks_and_sections() -> None:
    found, at = [], sentence_at(HARBOURS, Place())
    while at is not None:
        found.append(at)
        at = next_sentence(HARBOURS, at, 1)
    assert [words_of(one) for one in found] == ALL_SENTENCES
    back, before = [found[-1]], next_sentence(HARBOURS, found[-1], -1)
    while before is not None:
        back.append(before)
        before = next_sentence(HARBOURS, before, -1)
    assert back[::-1] == found


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (place(0, -2), "Every river carries hills."),
        (place(0, -1), "Every river carries hills."),
        (place(0, 0, 25), "Every river carries hills."),
        (place(0, 0, 26), "A spoonful at a time."),
        (place(0, 0, 48), "Dredging never ends."),
        (place(0, 1, 999), "depth = 3.\nprint(depth)"),
        (place(1, -1), "depth = 3.\nprint(depth)"),
        (place(2, 3), "Twice a day it turns."),
        (place(2, 4, 21), None),
    ],
)
def test_the_sentence_at_a_place_or_the_next(at: Place, found: str | None) -> None:
    assert words_of(sentence_at(HARBOURS, at)) == found


def test_a_sentence_held_in_part_comes_first() -> None:
    part = stretch(0, 0, 6, 11)
    assert words_of(next_sentence(HARBOURS, part, 1)) == "Every river carries hills."
    assert words_of(next_sentence(HARBOURS, part, -1)) == "Every river carries hills."


def test_paragraphs_follow_each_other() -> None:
    first = paragraph_at(HARBOURS, place(0, 0, 30))
    assert first == stretch(0, 0, 0, 48)
    second = next_paragraph(HARBOURS, first, 1)
    assert words_of(second) == "Dredging never ends."
    assert second is not None
    assert next_paragraph(HARBOURS, second, -1) == first
    assert next_paragraph(HARBOURS, first, -1) is None
    assert words_of(paragraph_at(HARBOURS, place(1, -1))) == "depth = 3.\nprint(depth)"
    assert paragraph_at(HARBOURS, place(2, 4, 21)) is None


def test_code_and_rows_are_whole_and_rules_and_blanks_have_no_sentence() -> None:
    counts = [len(sentences_of(HARBOURS, 2, block)) for block in range(5)]
    assert counts == [0, 1, 1, 0, 1]
    assert sentences_of(HARBOURS, 0, 0) == ((0, 26), (27, 48))


@pytest.mark.parametrize(
    ("block", "length", "found"),
    [
        ((0, 0), 48, (27, 48)),
        ((0, 1), 20, (0, 20)),
        ((1, -1), 13, (0, 13)),
        ((2, -1), 5, (0, 5)),
        ((2, 0), 0, None),
        ((2, 1), 23, (0, 5)),
        ((2, 2), 13, None),
        ((0, -1), 4, None),
        ((0, -2), 11, None),
    ],
)
def test_what_a_stretch_holds_of_a_block(
    block: tuple[int, int], length: int, found: tuple[int, int] | None
) -> None:
    assert Stretch(place(0, 0, 27), place(2, 1, 5)).within(*block, length) == found


def test_a_stretch_that_ends_where_a_block_begins_holds_none_of_it() -> None:
    held = Stretch(place(0, 0, 48), place(0, 1, 0))
    assert held.within(0, 0, 48) is None
    assert held.within(0, 1, 20) is None


def test_sentences_that_are_seen_in_part_are_among_the_visible() -> None:
    seen = visible_sentences(HARBOURS, place(0, 0, 20), place(2, 1, 4))
    assert [words_of(one) for one in seen] == ALL_SENTENCES[:4]
    assert visible_sentences(HARBOURS, place(0, 0, 26), place(0, 0, 27)) == ()


def walk(of: Episode, start: Place, step: int, by: str) -> list[Place]:
    edge = {"words": word_edge, "characters": character_edge}[by]
    places = [start]
    while (here := edge(of, places[-1], step)) != places[-1]:
        places.append(here)
    return places[1:]


def pieces(text: str, by: str) -> list[str]:
    """A text cut at every edge a cursor stops at on its way forwards."""
    ends = [at.offset for at in walk(episode(section(0, "", text)), place(0, 0), 1, by)]
    return [text[start:end].strip() for start, end in zip([0, *ends], ends, strict=False)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It costs $3.50, don’t it?", ["It", "costs", "$", "3.50", ",", "don’t", "it", "?"]),
        ("Well-known – “yes”", ["Well-known", "–", "“", "yes", "”"]),
        ("東京へ行く", ["東", "京", "へ", "行", "く"]),
        ("GPT4は強い", ["GPT4", "は", "強", "い"]),
        ("कहानी सुनो", ["कहानी", "सुनो"]),
        ("hi 👩\u200d🔬👍🏽 ok", ["hi", "👩\u200d🔬👍🏽", "ok"]),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert pieces(text, "words") == found


@pytest.mark.parametrize(
    "characters",
    [
        ["a", "e\u0301", "o\u0308\u0323", "b"],
        ["👩\u200d🔬", "🇩🇪", "🇫🇷", "👍🏽"],
        ["ก็", "か\u3099", "한", "क्षि"],
    ],
)
def test_characters_stay_whole(characters: list[str]) -> None:
    text = "".join(characters)
    whole = episode(section(0, "", text))
    ends = [sum(map(len, characters[:count])) for count in range(len(characters) + 1)]
    assert [at.offset for at in walk(whole, place(0, 0), 1, "characters")] == ends[1:]
    assert [at.offset for at in walk(whole, place(0, 0, len(text)), -1, "characters")] == ends[-2::-1]


def test_a_long_row_of_flags_is_never_halved() -> None:
    flags = episode(section(0, "", "🇩🇪" * 500))
    back = walk(flags, place(0, 0, 1000), -1, "characters")
    assert [at.offset for at in back] == list(range(998, -1, -2))


def test_edges_cross_blocks_over_headings_rules_and_blanks() -> None:
    assert word_edge(HARBOURS, place(0, 0, 48), 1) == place(0, 1, 8)
    assert word_edge(HARBOURS, place(0, 1, 20), 1) == place(2, 1, 5)
    assert word_edge(HARBOURS, place(2, 1, 0), -1) == place(0, 1, 19)
    assert character_edge(HARBOURS, place(0, 1, 20), 1) == place(2, 1, 0)
    assert character_edge(HARBOURS, place(2, 1, 0), -1) == place(0, 1, 20)
    assert character_edge(HARBOURS, place(1, -1), 1) == place(2, 1, 0)
    assert character_edge(HARBOURS, place(1, -1), -1) == place(0, 1, 20)


def test_at_the_ends_of_the_episode_edges_stay() -> None:
    for edge in (word_edge, character_edge):
        assert edge(HARBOURS, place(0, 0), -1) == place(0, 0)
        assert edge(HARBOURS, place(2, 4, 21), 1) == place(2, 4, 21)


def test_an_episode_without_text_has_nothing_to_step_to() -> None:
    bare = episode(section(0, "Only a heading"))
    assert sentence_at(bare, Place()) is None
    assert paragraph_at(bare, Place()) is None
    assert visible_sentences(bare, Place(), place(0, 5)) == ()
    assert word_edge(bare, place(0, -1), 1) == place(0, -1)


TEXTS = st.text(alphabet="aB1.!? \t。中「」”\"'()-é\u0301👩\u200d🔬🇩🇪", max_size=40)
BLOCKS = st.builds(
    Block, st.sampled_from([BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.CODE, BlockKind.RULE]), TEXTS
)
EPISODES = st.lists(st.lists(BLOCKS, max_size=4), min_size=1, max_size=3).map(
    lambda sections: episode(*(section(ordinal, "T", *blocks) for ordinal, blocks in enumerate(sections)))
)


@given(EPISODES, st.integers(0, 8))
def test_steps_on_and_as_many_back_return(of: Episode, steps: int) -> None:
    for first, step in ((sentence_at, next_sentence), (paragraph_at, next_paragraph)):
        begun = here = first(of, Place())
        taken = 0
        while here is not None and taken < steps and (following := step(of, here, 1)) is not None:
            assert following > here
            here, taken = following, taken + 1
        for _ in range(taken):
            assert here is not None
            here = step(of, here, -1)
        assert here == begun


@given(EPISODES)
def test_edges_on_the_way_back_are_those_of_the_way_on(of: Episode) -> None:
    on = walk(of, Place(), 1, "characters")
    if on:
        assert walk(of, on[-1], -1, "characters") == on[-2::-1]
    words = walk(of, Place(), 1, "words")
    if words:
        starts = walk(of, words[-1], -1, "words")
        assert len(starts) == len(words)
        # The cursor stops once at the beginning of each word, just before its end.
        assert all(start < end for start, end in zip(starts[::-1], words, strict=True))


@given(EPISODES)
def test_every_character_lies_in_a_sentence_or_is_blank(of: Episode) -> None:
    for one in of.sections:
        for index, block in enumerate(one.blocks):
            if block.kind == BlockKind.RULE:
                continue
            inside = {at for start, end in sentences_of(of, one.ordinal, index) for at in range(start, end)}
            assert all(at in inside or char.isspace() for at, char in enumerate(block.text))


@given(EPISODES, st.data())
def test_a_union_covers_both_and_nothing_beyond(of: Episode, data: st.DataObject) -> None:
    known = visible_sentences(of, Place(), place(len(of.sections), 0))
    if not known:
        return
    one, other = data.draw(st.sampled_from(known)), data.draw(st.sampled_from(known))
    both = union(one, other)
    assert both == union(other, one)
    for found in of.sections:
        for index, block in enumerate(found.blocks):
            length = len(block.text)
            held = both.within(found.ordinal, index, length)
            for part in (one, other):
                span = part.within(found.ordinal, index, length)
                assert span is None or (held is not None and held[0] <= span[0] and span[1] <= held[1])
    assert {both.start, both.end} <= {one.start, one.end, other.start, other.end}


SPEECH = (
    "Dr. Adeyemi says the harbour lost 3.5 m of depth in a year, and nobody noticed! How could that be? "
    "“We looked at the quay,” she told us. “Never under it.” Then the pilots began to complain, one by one, "
    "that their old marks no longer agreed with what the lead line said. "
)
PAUSELESS = "and then we went on to the other side of the river where "


def long_text(unit: str, length: int = 3 * LONG_BLOCK) -> str:
    # The number moves every unit, so that no two pieces are alike.
    return "".join(f"{unit}{number} " for number in range(length // len(unit)))


@pytest.mark.parametrize(
    "unit", [SPEECH, PAUSELESS, "波止場は静かだ。船は来ない。", "x" * 90, " " * 90 + "Yes. "]
)
def test_a_long_block_has_the_same_sentences_from_wherever_one_asks(unit: str) -> None:
    text = long_text(unit)
    whole = sentences_near(text, 0, len(text))
    last = 0
    for start, end in whole:
        assert not text[last:start].strip()
        assert last <= start < end
        last = end
    assert not text[last:].strip()
    for offset in range(0, len(text), 997):
        near = sentences_near(text, offset, offset + 1)
        assert near == tuple(span for span in whole if span[0] <= offset < span[1])
    of = episode(section(0, "", text))
    assert sentences_of(of, 0, 0) == whole
    middle = sentence_at(of, place(0, 0, len(text) // 2))
    assert middle is not None
    on = next_sentence(of, middle, 1)
    assert on is not None
    assert next_sentence(of, on, -1) == middle


def test_pieces_of_a_long_block_cut_no_sentence_in_two() -> None:
    text = long_text(SPEECH)
    assert set(sentences_near(text, 0, len(text))) == set(sentences(text))


def test_a_key_in_a_paragraph_of_a_million_characters_looks_only_near_it() -> None:
    text = long_text(SPEECH, 1_000_000)
    of = episode(section(0, "", text))
    sentence_at(of, place(0, 0, 5))

    def keys(offset: int) -> None:
        here = sentence_at(of, place(0, 0, offset))
        assert here is not None
        next_sentence(of, here, 1)
        word_edge(of, here.end, -1)
        character_edge(of, here.end, -1)

    near = long_text(SPEECH, 50_000)
    sentences(near)  # the splitter keeps what it worked out, here or in a test before this one
    some = calls(lambda: sentences(near))
    for offset in range(50_000, 950_000, 90_011):
        assert calls(partial(keys, offset)) < some


def test_real_documents_are_covered(shared: Path) -> None:
    read = 0
    for path in sorted((shared / "seed").glob("*.txt")):
        of = read_episode(path)
        seen = visible_sentences(of, Place(), place(len(of.sections), 0))
        assert len(seen) > 50
        stepped, here = [], sentence_at(of, Place())
        while here is not None:
            stepped.append(here)
            here = next_sentence(of, here, 1)
        assert tuple(stepped) == seen
        read += 1
    assert read


def test_the_reach_of_a_piece_is_less_than_a_piece() -> None:
    assert stretches.LEAD < PIECE
    assert stretches.REACH < PIECE
    assert stretches.WINDOW % 2 == 0
