from hypothesis import given
from hypothesis import strategies as st

from tests.making import bullet, episode, long_episode, paragraph, section
from tui.core.episode import Block, BlockKind, Episode, Place, Span, SpanKind
from tui.core.folds import Folds, FoldState
from tui.widgets.lines import LineKind
from tui.widgets.typesetting import Anchor, Typesetter

EPISODE = episode(
    section(0, "", "Before any heading there is a line."),
    section(1, "Silt", "The river brings it.", bullet("One."), bullet("Two, deeper.", 2)),
    section(
        2, "Turns", paragraph("I dredge.", speaker="Ida", start_s=62.0), paragraph("Still.", speaker="Ida")
    ),
    show="Low Water",
    number=7,
)


def drawn(typesetter: Typesetter) -> list[str]:
    lines = [typesetter.line(anchor) for anchor in typesetter.run(Anchor(0, 0), 1000)]
    return [
        line.prefix + line.source[line.start : line.end] + (f" [{line.aside}]" if line.aside else "")
        for line in lines
    ]


def test_an_episode_as_lines() -> None:
    assert drawn(Typesetter(EPISODE, 60)) == [
        "On Harbours",
        "Low Water #7",
        "",
        "Before any heading there is a line.",
        "",
        "Silt",
        "",
        "The river brings it.",
        "",
        "• One.",
        "  ◦ Two, deeper.",
        "",
        "Turns",
        "",
        "Ida [1:02]",
        "I dredge.",
        "",
        "Still.",
    ]


def test_bullets_hang() -> None:
    lines = drawn(Typesetter(episode(section(0, "", bullet("one two three four five"))), 12))
    assert lines[-3:] == ["• one two", "  three four", "  five"]


def test_quotes_and_code_and_rules_have_their_kinds() -> None:
    blocks = [Block(BlockKind.QUOTE, "q", 1), Block(BlockKind.CODE, "a\n b"), Block(BlockKind.RULE, "")]
    typesetter = Typesetter(episode(section(0, "", *blocks)), 40)
    kinds = [typesetter.line(anchor).kind for anchor in typesetter.run(Anchor(1, 0), 99)]
    shown = [kind for kind in kinds if kind is not LineKind.BLANK]
    assert shown == [LineKind.QUOTE, LineKind.CODE, LineKind.CODE, LineKind.RULE]


@given(st.integers(9, 90), st.integers(0, 200))
def test_back_undoes_run(width: int, count: int) -> None:
    typesetter = Typesetter(long_episode(6, 60), width)
    anchors = typesetter.run(Anchor(0, 0), count + 1)
    assert typesetter.back(anchors[-1], len(anchors) - 1) == Anchor(0, 0)
    assert anchors == sorted(set(anchors))


@given(st.integers(9, 90), st.integers(9, 90), st.integers(0, 11), st.integers(0, 900))
def test_a_place_survives_any_change_of_width(one: int, other: int, ordinal: int, offset: int) -> None:
    whole = long_episode()
    place = Place(ordinal, 0, min(offset, len(whole.sections[ordinal].text) - 1))
    for width in (one, other, one):
        typesetter = Typesetter(whole, width)
        anchor = typesetter.anchor(place)
        line = typesetter.line(anchor)
        assert typesetter.items[anchor.item] == (ordinal, 0)
        assert line.start <= place.offset
        assert line.is_last or place.offset <= line.end


def test_the_end_is_the_last_line() -> None:
    typesetter = Typesetter(long_episode(3), 40)
    assert typesetter.run(typesetter.end, 5) == [typesetter.end]
    assert typesetter.run(Anchor(0, 0), 10_000)[-1] == typesetter.end


FOLDED = episode(
    section(
        0,
        "Silt",
        "The river.",
        paragraph("Buy rope.", fold="sponsor"),
        paragraph("Use the code.", fold="sponsor"),
        paragraph("I dredge.", speaker="Ida", fold="transcript"),
        "The sea.",
    ),
    section(1, "Notes", paragraph("Hidden.", fold="show notes")),
    section(2, "", paragraph("Before a heading.", fold="page furniture")),
)


def test_a_closed_fold_is_one_line_and_a_section_keeps_its_heading() -> None:
    assert drawn(Typesetter(FOLDED, 40))[1:] == [
        "",
        "Silt",
        "",
        "The river.",
        "",
        "▸ Sponsor · 5 words",
        "▸ Transcript · 2 words",
        "",
        "The sea.",
        "",
        "Notes",
        "",
        "▸ Show notes · 1 word",
        "▸ Page furniture · 3 words",
    ]


def test_an_open_fold_keeps_its_line_above_what_it_holds() -> None:
    folds = Folds(FOLDED)
    folds.set_open(folds.all, is_open=True)
    assert drawn(Typesetter(FOLDED, 40, folds))[3:16] == [
        "",
        "The river.",
        "",
        "▾ Sponsor · 5 words",
        "",
        "Buy rope.",
        "",
        "Use the code.",
        "",
        "▾ Transcript · 2 words",
        "",
        "Ida",
        "I dredge.",
    ]


def test_times_stand_aside_where_nothing_else_shows_them() -> None:
    blocks = [
        Block(BlockKind.BULLET, "How silt arrives", 1, start_s=0.0),
        Block(BlockKind.BULLET, "What the dredger does", 1, start_s=754.0),
        Block(BlockKind.BULLET, "1:02:10 Questions", 1, start_s=3730.0),
        paragraph("I dredge.", speaker="Ida", start_s=62.0),
        paragraph("Still.", speaker="Ida", start_s=70.0),
    ]
    assert drawn(Typesetter(episode(section(0, "", *blocks)), 25))[2:] == [
        "• How silt arrives [0:00]",
        "• What the dredger does",
        "   [12:34]",
        "• 1:02:10 Questions",
        "",
        "Ida [1:02]",
        "I dredge.",
        "",
        "Still. [1:10]",
    ]


def test_a_heading_that_shows_the_time_shows_it_for_its_first_block() -> None:
    block = paragraph("I dredge.", start_s=62.0)
    assert drawn(Typesetter(episode(section(0, "Silt", block, start_s=62.0)), 40))[2:] == [
        "Silt [1:02]",
        "",
        "I dredge.",
    ]


BLOCKS = st.builds(
    Block,
    st.sampled_from([BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.RULE, BlockKind.TABLE_ROW]),
    st.sampled_from(["", "one", "two words and some more to wrap", "潮は満ちる潮は引く", "a | b", "c | dd"]),
    speaker=st.sampled_from([None, None, "Ida", "Omar"]),
    start_s=st.sampled_from([None, 0.0, 61.0]),
    fold=st.sampled_from([None, None, "sponsor", "transcript"]),
)
EPISODES = st.lists(
    st.tuples(st.sampled_from(["", "A heading"]), st.lists(BLOCKS, max_size=7)), min_size=1
).map(lambda made: episode(*(section(n, title, *blocks) for n, (title, blocks) in enumerate(made))))


@given(EPISODES, st.integers(9, 60), st.sampled_from([None, "Ida"]), st.data())
def test_every_place_is_reached_with_folds_open_and_closed(
    whole: Episode, width: int, only: str | None, data: st.DataObject
) -> None:
    folds = Folds(whole, FoldState(only))
    found = list(folds.all)
    opened = data.draw(st.lists(st.sampled_from(found))) if found else []
    folds.set_open(opened, is_open=True)
    typesetter = Typesetter(whole, width, folds)
    anchors = typesetter.run(Anchor(0, 0), 10_000)
    assert typesetter.back(anchors[-1], len(anchors) - 1) == anchors[0]
    assert typesetter.items == sorted(typesetter.items)
    for fold in found:
        assert typesetter.fold_lines[typesetter.fold_anchor(fold).item] == fold
    for part in whole.sections:
        for number, block in enumerate(part.blocks):
            for offset in range(len(block.text) + 1):
                place = Place(part.ordinal, number, offset)
                anchor = typesetter.anchor(place)
                again = typesetter.place(anchor)
                hiding = folds.closed_at(place)
                if hiding is not None:
                    assert anchor == typesetter.fold_anchor(hiding)
                    assert again == Place(hiding.section, hiding.start)
                else:
                    assert (again.section, again.block) == (place.section, place.block)
                    assert anchor.item not in typesetter.fold_lines
                    assert typesetter.line(anchor).start <= place.offset
                assert typesetter.anchor(again) == anchor
    shown = {tuple(typesetter.items[anchor.item]) for anchor in anchors}
    for part in whole.sections:
        for number in range(len(part.blocks)):
            assert (part.ordinal, number) in shown or folds.closed_at(Place(part.ordinal, number)) is not None


def rows(*texts: str, **fields: object) -> list[Block]:
    return [Block(BlockKind.TABLE_ROW, text, **fields) for text in texts]  # type: ignore[arg-type]


def table_lines(typesetter: Typesetter) -> list[str]:
    """The lines as they are drawn, blanks between columns included."""
    made = []
    for anchor in typesetter.run(Anchor(0, 0), 1000):
        whole = typesetter.line(anchor)
        shown = ""
        for line in whole.pieces:
            gaps = dict(line.gaps)
            chars = (line.source[at] + " " * gaps.get(at, 0) for at in range(line.start, line.end))
            shown += line.prefix + "".join(chars)
        made.append(shown)
    return made[2:]


def test_a_table_that_fits_is_set_in_columns_by_cells() -> None:
    table = rows("Harbour | Depth | Dredged", "清水 | 12 m | 毎年", "Ystad |  | never", "short", " | 7 | x")
    assert table_lines(Typesetter(episode(section(0, "", *table)), 40)) == [
        "Harbour | Depth | Dredged",
        "清水    | 12 m  | 毎年",
        "Ystad   |       | never",
        "short",
        "        | 7     | x",
    ]


def test_a_long_last_column_is_wrapped_below_its_beginning() -> None:
    table = rows("Harbour | What is dredged there every year", "Ystad | nothing", "short", "Åbo | ")
    typesetter = Typesetter(episode(section(0, "", *table)), 30)
    assert table_lines(typesetter) == [
        "Harbour | What is dredged",
        "          there every year",
        "Ystad   | nothing",
        "short",
        "Åbo     | ",
    ]
    assert typesetter.anchor(Place(0, 0, len("Harbour | What is dredged th"))) == Anchor(1, 2)


WIDE_TABLE = rows(
    "Harbour | What is dredged | Year",
    "Ystad | nothing at all | 1999",
    "清水港の長い名前 |  | 2004 or later",
    "Åbo | sand",
    " | silt | 2010",
)


def test_columns_that_do_not_fit_are_made_narrower_and_their_cells_wrapped() -> None:
    assert table_lines(Typesetter(episode(section(0, "", *WIDE_TABLE)), 28)) == [
        "Harbour   What is   Year",
        "          dredged",
        "",
        "Ystad     nothing   1999",
        "          at all",
        "",
        "清水港の            2004 or",
        "長い名前            later",
        "",
        "Åbo       sand",
        "          silt      2010",
    ]


def test_a_place_in_a_wrapped_cell_is_on_the_line_that_shows_it() -> None:
    typesetter = Typesetter(episode(section(0, "", *WIDE_TABLE)), 28)
    for item in range(1, 1 + len(WIDE_TABLE)):
        for number, line in enumerate(typesetter.lines(item)):
            for piece in line.pieces:
                for offset in range(piece.start, piece.end):
                    assert typesetter.anchor(Place(0, item - 1, offset)) == Anchor(item, number)
            assert typesetter.anchor(typesetter.place(Anchor(item, number))).item == item


def test_all_words_of_a_narrow_table_are_shown_once() -> None:
    for width in range(8, 40):
        typesetter = Typesetter(episode(section(0, "", *WIDE_TABLE)), width)
        for item, row in enumerate(WIDE_TABLE, start=1):
            pieces = [piece for line in typesetter.lines(item) for piece in line.pieces]
            shown = sorted(at for piece in pieces for at in range(piece.start, piece.end))
            assert len(shown) == len({*shown})
            assert {at for at, char in enumerate(row.text) if char not in " |"} <= {*shown}


def test_rows_without_room_for_columns_hang_and_are_parted() -> None:
    table = rows("Harbour | Dredged | Depth | Year", "Ystad | nothing | 7 m | 1999", "Åbo | silt | 9 | 1")
    assert table_lines(Typesetter(episode(section(0, "", *table)), 22)) == [
        "Harbour | Dredged |",
        "  Depth | Year",
        "",
        "Ystad | nothing | 7",
        "  m | 1999",
        "",
        "Åbo | silt | 9 | 1",
    ]


def test_the_first_of_several_rows_is_set_in_bold() -> None:
    blocks = [*rows("a | b", "c | d"), paragraph("Between."), *rows("e | f")]
    typesetter = Typesetter(episode(section(0, "", *blocks)), 30)
    bold = [item for item in range(1, 5) if Span(0, 5, SpanKind.STRONG) in typesetter.spans(item)]
    assert bold == [1]


def test_tables_are_told_apart_and_an_endless_one_is_not_measured() -> None:
    blocks = [*rows("a | b", "long | b"), paragraph("Between."), *rows("a | b")]
    assert table_lines(Typesetter(episode(section(0, "", *blocks)), 30)) == [
        "a    | b",
        "long | b",
        "",
        "Between.",
        "",
        "a | b",
    ]
    endless = episode(section(0, "", *rows(*(f"{number} | b" for number in range(2000)))))
    assert table_lines(Typesetter(endless, 30))[0] == "0 | b"
