from hypothesis import given
from hypothesis import strategies as st

from tui.core.episode import Block, BlockKind
from tui.core.formats.draft import Heading, Item
from tui.core.formats.parts import parted


def said(words: int, start_s: float | None = None, speaker: str | None = None) -> Block:
    return Block(BlockKind.PARAGRAPH, "word " * words, speaker=speaker, start_s=start_s)


def headings(items: list[Item]) -> list[tuple[str, float | None]]:
    return [(item.text, item.start_s) for item in items if isinstance(item, Heading)]


def test_a_short_transcript_stays_in_one_piece() -> None:
    blocks = [said(100, n * 60.0) for n in range(12)]
    assert parted(blocks) == blocks
    assert headings(parted(blocks, always=True)) == [("0:00", 0), ("5:00", 300)]


def test_parts_end_at_the_longest_silence_near_their_due_length() -> None:
    blocks = [said(60, n * 30.0) for n in range(40)]
    silences = [0.0] * 40
    silences[8] = silences[19] = 5.0
    assert headings(parted(blocks, silences))[:3] == [("0:00", 0), ("4:00", 240), ("9:30", 570)]


def test_parts_end_at_a_turn() -> None:
    blocks = [said(150, None, "Ida" if n < 9 or n > 18 else "Ole") for n in range(40)]
    found = parted(blocks)
    begins = [found[index + 1] for index, item in enumerate(found) if isinstance(item, Heading)]
    assert begins[1] is blocks[9]
    assert headings(found)[:2] == [("Part 1", None), ("Part 2", None)]


def test_a_document_with_headings_keeps_them() -> None:
    items: list[Item] = [Heading("One", 1), *(said(900) for _ in range(9))]
    assert parted(items) == items


def test_lines_of_metadata_stand_above_the_first_part() -> None:
    items = [Block(BlockKind.BULLET, "Show: Low Water", 1), *(said(900) for _ in range(4))]
    assert headings(parted(items)) == [("Part 1", None), ("Part 2", None)]
    assert parted(items)[0] is items[0]


BLOCKS = st.lists(
    st.builds(
        said, st.integers(0, 2000), st.none() | st.floats(0, 4000), st.sampled_from([None, "Ida", "Ole"])
    ),
    max_size=30,
)


@given(BLOCKS)
def test_no_block_is_lost_or_moved(blocks: list[Block]) -> None:
    assert [item for item in parted(blocks, always=True) if isinstance(item, Block)] == blocks


@given(BLOCKS, st.data())
def test_the_beginning_is_parted_like_the_whole(blocks: list[Block], data: st.DataObject) -> None:
    timed = [said(len(block.text) // 5, 40.0 * index, block.speaker) for index, block in enumerate(blocks)]
    whole = parted(timed, always=True)
    beginning = parted(timed[: data.draw(st.integers(0, len(timed)))], always=True)
    last = max((index for index, item in enumerate(beginning) if isinstance(item, Heading)), default=0)
    assert beginning[:last] == whole[:last]
