from hypothesis import given
from hypothesis import strategies as st

from tests.making import bullet, episode, long_episode, paragraph, section
from tui.core.episode import Block, BlockKind, Place
from tui.widgets.typesetting import Anchor, LineKind, Typesetter

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
